import type { MoneyBag } from "./money.js";
import type { Identity, MadeBy } from "./part.js";
import { byLine, lessQuantity, type Quantity, roundQuantity } from "./quantity.js";
import type { Instant } from "./time.js";
import type { Tracking } from "./tracking.js";

/** How far the decision about a return is; how far its goods are follows from lines and shipments. */
export const RETURN_STAGES = ["REQUESTED", "OPEN", "DECLINED", "CLOSED", "CANCELED"] as const;
export type ReturnStage = (typeof RETURN_STAGES)[number];

export const RETURN_STATUSES = [
  "REQUESTED",
  "APPROVED",
  "DECLINED",
  "IN_TRANSIT",
  "PARTIALLY_RECEIVED",
  "RECEIVED",
  "INSPECTED",
  "CLOSED",
  "CANCELED",
] as const;
/** Stage and goods in one word. INSPECTED: all has come, and it is decided what becomes of every piece. */
export type ReturnStatus = (typeof RETURN_STATUSES)[number];

export const RETURN_REASONS = [
  "DEFECTIVE",
  "DAMAGED_IN_TRANSIT",
  "WRONG_ITEM",
  "NOT_AS_DESCRIBED",
  "SIZE_TOO_SMALL",
  "SIZE_TOO_LARGE",
  "COLOR",
  "STYLE",
  "UNWANTED",
  "ARRIVED_LATE",
  "OTHER",
  "UNKNOWN",
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** What becomes of goods that came back; PROCESSING: not decided yet. */
export const DISPOSITIONS = [
  "RESTOCK",
  "NOT_RESTOCKED",
  "DAMAGED",
  "MISSING",
  "PROCESSING",
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export const RESOLUTIONS = ["REFUND", "EXCHANGE", "STORE_CREDIT", "REPAIR", "NONE"] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** How a return lives on its platform: as its own entity, as a note beside the refund, or not at all. */
export const RETURN_PROJECTIONS = ["NATIVE", "REFUND_AND_NOTE", "LOCAL_ONLY"] as const;
export type ReturnProjection = (typeof RETURN_PROJECTIONS)[number];

/** Goods that come back. Ids of lines are the shop's inside a snapshot and ours inside an order. */
export interface ReturnFacts {
  /** As people call it: "#1001-R1". */
  name: string;
  stage: ReturnStage;
  lines: ReturnLine[];
  shipments: ReturnShipment[];
  requestedAt: Instant;
  /** Why it was declined, or what was said with it. */
  note: string | null;
  marker: string | null;
  /** true where a closed one can be opened again, and so keeps what did not come from other returns (Shopify). */
  reopens?: boolean;
  /** What the customer gets instead, as far as the order holds it; absent where nothing. */
  exchangeLines?: ExchangeLine[];
}
/** Goods that are sent for those that come back; `nativeId` is the platform's id of this row. */
export interface ExchangeLine {
  nativeId: string;
  sku: string;
  name: string;
  quantity: Quantity;
  /** Before discounts. */
  unitPrice: MoneyBag;
}
export interface ReturnLine {
  lineId: string;
  /** The platform's id of this row; null where the gateway keeps the return. */
  nativeId: string | null;
  requested: Quantity;
  approved: Quantity;
  /** Came back and was taken. */
  received: Quantity;
  /** Came back and was not taken. */
  rejected: Quantity;
  /** Of what was received, how much the shop counts in its stock again. */
  restocked: Quantity;
  reason: ReturnReason;
  /** The platform's own word for the reason. */
  rawReason: string | null;
  note: string | null;
  disposition: Disposition | null;
  resolution: Resolution;
}
export interface ReturnShipment {
  tracking: Tracking | null;
  labelUrl: string | null;
}
export interface Return extends ReturnFacts, Identity, MadeBy {
  projection: ReturnProjection;
  /** false while a command merely asks for it. */
  made: boolean;
}

/** One thing that happens to a return after it was asked for. */
export type ReturnMove =
  | { to: "approved"; lines: { lineId: string; quantity: Quantity }[] }
  | { to: "declined"; reason: string }
  | { to: "received"; lines: ReceivedLine[] }
  | { to: "tracked"; shipment: ReturnShipment }
  | { to: "closed" }
  | { to: "canceled" };
export interface ReceivedLine {
  lineId: string;
  received: Quantity;
  rejected: Quantity;
  disposition: Disposition;
}

/** From which stages each move is possible. A return is canceled only before anything came back. */
const MOVES_FROM: Record<ReturnMove["to"], readonly ReturnStage[]> = {
  approved: ["REQUESTED"],
  declined: ["REQUESTED"],
  received: ["OPEN"],
  tracked: ["OPEN"],
  closed: ["OPEN"],
  canceled: ["REQUESTED", "OPEN"],
};

/** Whether a move is possible from where a return stands, be it a document's or our own; one not made yet does not move. */
export function canMove(
  row: { planned: boolean; status: ReturnStatus; lines: readonly Handled[] },
  move: ReturnMove["to"],
): boolean {
  if (row.planned || !MOVES_FROM[move].includes(stageOf(row.status))) return false;
  return move !== "canceled" || row.lines.every((line) => handledOf(line) === 0);
}

function stageOf(status: ReturnStatus): ReturnStage {
  return (RETURN_STAGES as readonly string[]).includes(status) ? (status as ReturnStage) : "OPEN";
}
type Handled = Pick<ReturnLine, "received" | "rejected">;

/** Where a return stands. */
export function returnStatusOf(
  facts: Pick<ReturnFacts, "stage" | "lines" | "shipments">,
): ReturnStatus {
  if (facts.stage !== "OPEN") return facts.stage;
  if (facts.lines.every((line) => handledOf(line) === 0))
    return facts.shipments.some((shipment) => shipment.tracking) ? "IN_TRANSIT" : "APPROVED";
  if (isOutstanding(facts)) return "PARTIALLY_RECEIVED";
  const undecided = facts.lines.some(
    (line) => line.received > 0 && (line.disposition ?? "PROCESSING") === "PROCESSING",
  );
  return undecided ? "RECEIVED" : "INSPECTED";
}

/** Whether an approved return still waits for goods. */
export function isOutstanding({ stage, lines }: Pick<ReturnFacts, "stage" | "lines">): boolean {
  return stage === "OPEN" && lines.some((line) => lessQuantity(line.approved, handledOf(line)) > 0);
}

/** How much of a line came back, taken or not. */
function handledOf(line: Handled): Quantity {
  return roundQuantity(line.received + line.rejected);
}

/** How much of an order's line this row takes up, so that it cannot be returned twice. */
export function claimedBy(
  { stage, reopens }: Pick<ReturnFacts, "stage" | "reopens">,
  line: ReturnLine,
): Quantity {
  switch (stage) {
    case "REQUESTED":
      return line.requested;
    case "OPEN":
      return Math.max(line.approved, handledOf(line));
    case "CLOSED":
      return reopens ? Math.max(line.approved, handledOf(line)) : handledOf(line);
    case "DECLINED":
    case "CANCELED":
      return 0;
  }
}

/** How much of each line may still come back: approved and not yet handled. */
export function awaitedOf(lines: readonly ReturnLine[]): Map<string, Quantity> {
  return byLine(
    lines.map((line) => ({
      lineId: line.lineId,
      quantity: lessQuantity(line.approved, handledOf(line)),
    })),
  );
}

/** A return after a move. Pure; what was not approved of a line stays asked for and is counted no more. */
export function moveReturn<R extends ReturnFacts>(before: R, move: ReturnMove): R {
  switch (move.to) {
    case "approved": {
      const rest = byLine(move.lines);
      const lines = before.lines.map((line) => {
        const approved = Math.min(line.requested, rest.get(line.lineId) ?? 0);
        rest.set(line.lineId, lessQuantity(rest.get(line.lineId) ?? 0, approved));
        return { ...line, approved };
      });
      return { ...before, stage: "OPEN", lines };
    }
    case "declined":
      return { ...before, stage: "DECLINED", note: move.reason };
    case "received":
      return { ...before, lines: move.lines.reduce(receive, before.lines) };
    case "tracked":
      return { ...before, shipments: [...before.shipments, move.shipment] };
    case "closed":
      return { ...before, stage: "CLOSED" };
    case "canceled":
      return { ...before, stage: "CANCELED" };
  }
}

/** Spreads what came back of a line over its rows, in their order, each as far as it was approved. */
function receive(lines: ReturnLine[], news: ReceivedLine): ReturnLine[] {
  let { received, rejected } = news;
  return lines.map((line) => {
    if (line.lineId !== news.lineId) return line;
    const taken = Math.min(received, lessQuantity(line.approved, handledOf(line)));
    const room = lessQuantity(line.approved, roundQuantity(handledOf(line) + taken));
    const refused = Math.min(rejected, room);
    received = lessQuantity(received, taken);
    rejected = lessQuantity(rejected, refused);
    if (taken + refused === 0) return line;
    return {
      ...line,
      received: roundQuantity(line.received + taken),
      rejected: roundQuantity(line.rejected + refused),
      disposition: taken > 0 ? news.disposition : line.disposition,
    };
  });
}
