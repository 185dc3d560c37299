import type {
  ExchangeLineWish,
  ReturnApprove,
  ReturnCancel,
  ReturnClose,
  ReturnCreate,
  ReturnDecline,
  ReturnReceive,
  ReturnTrackingUpdate,
  Step,
  TrackingWish,
} from "../../domain/command.js";
import { GatewayError, InvalidInput, NotFound } from "../../domain/errors.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { byLine } from "../../domain/quantity.js";
import { awaitedOf, type Disposition, type Return, type ReturnLine } from "../../domain/return.js";
import { checkWhole, count, nativeLineId, quantityAt, step } from "./plan-step.js";
import type { RequestOf } from "./request.js";

type Reported = Return & { nativeId: string };

/** A return, and the parcel it comes in where it is known already. */
export function planReturn(command: ReturnCreate, order: Order): Step[] {
  const { lines, requested, tracking, note, exchangeLines = [] } = command;
  checkWhole(lines, "returned", quantityAt);
  checkExchange(exchangeLines, requested);
  if (requested && tracking)
    throw new GatewayError(
      "CAPABILITY_NOT_SUPPORTED",
      "Shopify knows parcels only of returns that are approved; approve this one first, then tell the tracking number",
    );
  const wanted = lines.map((line) => ({
    lineItemId: nativeLineId(order, line.lineId),
    quantity: line.quantity,
    reason: line.reason,
    note: line.note ?? note,
  }));
  const verb = requested ? "ask for a return of" : "open a return of";
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const sent = exchangeLines.reduce((sum, { quantity }) => sum + quantity, 0);
  const instead = sent > 0 ? `, with ${count(sent, "unit")} to be sent instead` : "";
  const summary = `${verb} ${count(units, "unit")} of ${count(lines.length, "line")}${instead}`;
  const made: Step = {
    ...step("RETURN_CREATE", summary, {
      act: "createReturn",
      requested,
      lines: wanted,
      exchange: exchangeLines,
    }),
    creates: {
      noun: "Return",
      lines,
      requested,
      tracking,
      note,
      projection: "NATIVE",
    },
  };
  const of = wanted.map(({ lineItemId, quantity }) => ({ lineItemId, quantity }));
  return tracking ? [made, trackStep("RETURN_CREATE", { of }, tracking, command)] : [made];
}

function checkExchange(lines: readonly ExchangeLineWish[], requested: boolean): void {
  if (requested && lines.length > 0)
    throw new GatewayError(
      "CAPABILITY_NOT_SUPPORTED",
      "Shopify exchanges only with returns that are agreed to at once; leave requested out, or exchangeLines",
    );
  lines.forEach(({ sku, quantity }, index) => {
    if (Number.isInteger(quantity)) return;
    throw new InvalidInput(
      `${quantity} of "${sku}" cannot be sent: Shopify counts in whole units`,
      ["exchangeLines", String(index), "quantity"],
    );
  });
}

function trackStep(
  kind: Step["kind"],
  target: Pick<RequestOf<"trackReturn">, "returnId"> | Pick<RequestOf<"trackReturn">, "of">,
  { number, url }: TrackingWish,
  { notifyCustomer }: { notifyCustomer: boolean | null },
): Step {
  return step(kind, "tell the tracking number of the parcel that comes back", {
    act: "trackReturn",
    returnId: null,
    of: [],
    ...target,
    number,
    url,
    notifyCustomer,
  });
}

export function planReturnTracking(command: ReturnTrackingUpdate, order: Order): Step {
  const { nativeId: returnId } = reported(order, command.returnId);
  return trackStep("RETURN_TRACKING_UPDATE", { returnId }, command.tracking, command);
}

/** Shopify approves a return as a whole; what is not agreed to is taken off it right after. */
export function planApproval(command: ReturnApprove, order: Order): Step[] {
  const row = reported(order, command.returnId);
  checkWhole(command.lines, "approved");
  const agreed = byLine(command.lines);
  const removals = row.lines.flatMap((line) => {
    const quantity = Math.min(line.requested, agreed.get(line.lineId) ?? 0);
    agreed.set(line.lineId, (agreed.get(line.lineId) ?? 0) - quantity);
    return removal(line, line.requested - quantity);
  });
  const { notifyCustomer } = command;
  return [
    step(
      "RETURN_APPROVE",
      `approve return ${row.name}`,
      { act: "approveReturn", returnId: row.nativeId, notifyCustomer },
      "NATURAL",
    ),
    ...removalStep("RETURN_APPROVE", row, removals, "that is not agreed to"),
  ];
}

export function planDecline(command: ReturnDecline, order: Order): Step {
  const row = reported(order, command.returnId);
  const { reason, notifyCustomer } = command;
  return step(
    "RETURN_DECLINE",
    `decline return ${row.name}`,
    {
      act: "declineReturn",
      returnId: row.nativeId,
      reason: declineReasonOf(reason),
      note: reason.slice(0, LONGEST_NOTE),
      notifyCustomer,
    },
    "NATURAL",
  );
}

/** As long as Shopify takes what is told to the customer. */
const LONGEST_NOTE = 500;

/** ReturnDeclineReason, found in what a caller wrote. */
function declineReasonOf(reason: string): string {
  if (/final sale/i.test(reason)) return "FINAL_SALE";
  return /period|deadline|too late|expired|return window/i.test(reason)
    ? "RETURN_PERIOD_ENDED"
    : "OTHER";
}

/** How Shopify names what becomes of goods; what is damaged is not restocked there. */
const DISPOSITION: Record<Disposition, string> = {
  RESTOCK: "RESTOCKED",
  NOT_RESTOCKED: "NOT_RESTOCKED",
  DAMAGED: "NOT_RESTOCKED",
  MISSING: "MISSING",
  PROCESSING: "PROCESSING_REQUIRED",
};

/**
 * What came back is processed. Shopify has no word for goods that were refused at the door: they are taken off the
 * return, so that the customer keeps them; where nothing of a return is taken, it is canceled. What the customer is to
 * get instead goes with the last of it.
 */
export function planReceipt(command: ReturnReceive, order: Order): Step[] {
  const row = reported(order, command.returnId);
  checkWhole(
    command.lines.flatMap(({ lineId, received, rejected }) => [
      { lineId, quantity: received },
      { lineId, quantity: rejected },
    ]),
    "received",
  );
  const spread = spreadOver(row, command.lines);
  const lines = spread.flatMap(({ line, received, disposition }) =>
    received > 0 && line.nativeId
      ? [
          {
            returnLineId: line.nativeId,
            quantity: received,
            before: line.received,
            disposition: DISPOSITION[disposition],
            locationId: disposition === "RESTOCK" ? shippedFrom(order, line.lineId) : null,
          },
        ]
      : [],
  );
  const removals = spread.flatMap(({ line, rejected }) => removal(line, rejected));
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const refused = removals.reduce((sum, { quantity }) => sum + quantity, 0);
  const all = row.lines.reduce((sum, { requested }) => sum + requested, 0);
  if (units === 0 && refused === all)
    return [endStep("RETURN_RECEIVE", row, "cancel", "since nothing of it is taken")];
  const handled = spread.reduce((sum, { received, rejected }) => sum + received + rejected, 0);
  const awaited = [...awaitedOf(row.lines).values()].reduce((sum, quantity) => sum + quantity, 0);
  const received = step("RETURN_RECEIVE", `take in ${count(units, "unit")} of return ${row.name}`, {
    act: "processReturn",
    returnId: row.nativeId,
    lines,
    isLast: handled >= awaited,
    notifyCustomer: command.notifyCustomer,
  });
  return [
    ...(lines.length > 0 ? [received] : []),
    ...removalStep("RETURN_RECEIVE", row, removals, "that was refused"),
  ];
}

/** Spreads what came back of each line over the return's rows, in their order, as far as each was approved. */
function spreadOver(row: Reported, wishes: ReturnReceive["lines"]) {
  const left = wishes.map((wish) => ({ ...wish }));
  return row.lines.flatMap((line) => {
    const wish = left.find(({ lineId }) => lineId === line.lineId);
    if (!wish) return [];
    const room = line.approved - line.received - line.rejected;
    const received = Math.min(wish.received, room);
    const rejected = Math.min(wish.rejected, room - received);
    wish.received -= received;
    wish.rejected -= rejected;
    return [{ line, received, rejected, disposition: wish.disposition }];
  });
}

export function planClose(command: ReturnClose, order: Order): Step {
  return endStep("RETURN_CLOSE", reported(order, command.returnId), "close");
}

export function planReturnCancel(command: ReturnCancel, order: Order): Step {
  const row = reported(order, command.returnId);
  if (row.stage === "REQUESTED")
    throw new GatewayError(
      "CAPABILITY_NOT_SUPPORTED",
      `Shopify cancels only returns that were approved; decline ${row.name} instead`,
    );
  return endStep("RETURN_CANCEL", row, "cancel");
}

function endStep(
  kind: Step["kind"],
  { nativeId, name }: Reported,
  how: "close" | "cancel",
  why?: string,
): Step {
  const summary = `${how} return ${name}${why ? `, ${why}` : ""}`;
  return step(kind, summary, { act: "endReturn", returnId: nativeId, how }, "NATURAL");
}

type Removal = RequestOf<"removeFromReturn">["lines"][number];

function removal({ nativeId, requested }: ReturnLine, quantity: number): Removal[] {
  return quantity > 0 && nativeId ? [{ returnLineId: nativeId, quantity, before: requested }] : [];
}

function removalStep(kind: Step["kind"], row: Reported, lines: Removal[], why: string): Step[] {
  if (lines.length === 0) return [];
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const request = { act: "removeFromReturn" as const, returnId: row.nativeId, lines };
  return [step(kind, `take ${count(units, "unit")} off return ${row.name} ${why}`, request)];
}

/** A return that the shop knows. */
export function reported(order: Order, id: string): Reported {
  const row = present(order.returns).find((each) => each.id === id);
  if (!row) throw new NotFound("return", id);
  const { nativeId } = row;
  if (nativeId === null)
    throw new GatewayError(
      "COMMAND_IN_FLIGHT",
      `return ${id} is not known to the shop yet; wait until the command that makes it has ended`,
    );
  return { ...row, nativeId };
}

/** The place that a line was shipped from, where it goes back to the stock. */
function shippedFrom(order: Order, lineId: string): string {
  const shipment = present(order.fulfillments).find(
    ({ status, locationId, lines }) =>
      status === "SUCCESS" && locationId !== null && lines.some((row) => row.lineId === lineId),
  );
  if (shipment?.locationId) return shipment.locationId;
  throw new InvalidInput(
    `line ${lineId} goes back to the stock, and nobody knows where it left from; receive it as NOT_RESTOCKED and set the stock in the shop`,
    ["lines"],
  );
}
