import type { z } from "zod";
import type { ReturnCreate, ReturnLineWish, Step, TrackingWish } from "../../domain/command.js";
import { InvalidInput, NotFound } from "../../domain/errors.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { moveReturn, type Return, type ReturnMove } from "../../domain/return.js";
import { cannot, type Plans, QUIET } from "../plan.js";
import { lineOf, reportedId } from "../wish.js";
import { count } from "../words.js";
import type { requests, Track } from "./request.js";
import {
  conditionOption,
  type ReturnOption,
  reasonOption,
  resolutionOption,
} from "./return-option.js";
import type { Shop } from "./shop.js";

type ReturnPlans = Pick<Plans, Extract<keyof Plans, `RETURN_${string}`>>;

/** What commands about returns take at Adobe Commerce; none where the shop has no returns of its own. */
export function returnPlans(order: Order, shop: Shop): ReturnPlans {
  if (!shop.rma) return {};
  const move = (
    kind: MoveKind,
    returnId: string,
    to: ReturnMove,
    notify: boolean | null = null,
  ) => [planMove(kind, returnOf(order, returnId), to, notify ?? false)];
  return {
    RETURN_CREATE: (wish) => [planCreate(wish, order, shop)],
    RETURN_APPROVE: ({ returnId, lines }) =>
      move("RETURN_APPROVE", returnId, { to: "approved", lines }),
    RETURN_DECLINE: ({ returnId, reason, notifyCustomer }) =>
      move("RETURN_DECLINE", returnId, { to: "declined", reason }, notifyCustomer),
    RETURN_RECEIVE: ({ returnId, lines }) =>
      move("RETURN_RECEIVE", returnId, { to: "received", lines }),
    RETURN_CLOSE: ({ returnId }) => move("RETURN_CLOSE", returnId, { to: "closed" }),
    RETURN_TRACKING_UPDATE: ({ returnId, tracking }) => [
      planTrack(returnOf(order, returnId), tracking),
    ],
    RETURN_CANCEL: () => {
      throw cannot(
        "Adobe Commerce cancels no returns; decline it while it is asked for, or close it",
      );
    },
  };
}

type MoveKind = "RETURN_APPROVE" | "RETURN_DECLINE" | "RETURN_RECEIVE" | "RETURN_CLOSE";

const COMMON = { ...QUIET, support: "NATIVE", idempotent: "NATURAL" } as const;

function planCreate(wish: ReturnCreate, order: Order, shop: Shop): Step {
  const { lines, requested, tracking, note } = wish;
  const request: z.input<typeof requests.RETURN_CREATE> = {
    items: lines.map((line, index) => itemOf(line, index, order, shop)),
    requested,
    track: tracking && trackIn(tracking),
    note,
  };
  return {
    ...COMMON,
    kind: "RETURN_CREATE",
    summary: `${requested ? "ask for" : "open"} a return of ${count(lines.length, "line")}`,
    idempotent: "CHECK_THEN_ACT",
    request,
    creates: { noun: "Return", lines, requested, tracking, note, projection: "NATIVE" },
  };
}

function itemOf(line: ReturnLineWish, index: number, order: Order, { returnOptions }: Shop) {
  const { lineId, quantity, reason, resolution } = line;
  if (!Number.isInteger(quantity))
    throw new InvalidInput(
      `Adobe Commerce takes back whole pieces only, not ${quantity} of line ${lineId}`,
      ["lines", String(index), "quantity"],
    );
  const {
    reason: reasons = [],
    condition = [],
    resolution: resolutions = [],
  } = returnOptions ?? {};
  return {
    rowId: lineOf(lineId, order).nativeId,
    quantity,
    reason: optionFor(reasonOption(reasons, reason), "reason", reason, reasons),
    condition: conditionOption(condition, reason)?.value ?? null,
    resolution: optionFor(
      resolutionOption(resolutions, resolution),
      "resolution",
      resolution,
      resolutions,
    ),
  };
}

/** The shop wants one of its own options; which one stands for ours, its people decide by naming it. */
function optionFor(
  found: ReturnOption | undefined,
  attribute: string,
  wanted: string,
  options: readonly ReturnOption[],
): string | null {
  if (found) return found.value;
  if (options.length === 0) return null;
  throw new InvalidInput(
    `no ${attribute} of this shop stands for ${wanted}: it has ${options.map(({ label }) => label).join(", ")}; add one (or Other) under Stores > Attributes > Returns and probe the channel again`,
    ["lines"],
  );
}

const SUMMARIES: Record<MoveKind, string> = {
  RETURN_APPROVE: "authorize a return",
  RETURN_DECLINE: "deny a return",
  RETURN_RECEIVE: "take in what came back; Adobe Commerce restocks with the credit memo only",
  RETURN_CLOSE: "close a return",
};

/** Every item as it is to be afterwards, so that a second try changes nothing. */
function planMove(kind: MoveKind, before: Return, move: ReturnMove, notify: boolean): Step {
  const after = moveReturn(before, move);
  const request: z.input<typeof requests.RETURN_MOVE> = {
    returnId: reportedId("return", before),
    stage: after.stage,
    items: after.lines.flatMap(({ nativeId, approved, received, rejected, disposition }) =>
      nativeId === null ? [] : [{ itemId: nativeId, approved, received, rejected, disposition }],
    ),
    note: move.to === "declined" ? move.reason : null,
    notify,
  };
  return { ...COMMON, kind, summary: SUMMARIES[kind], request };
}

function planTrack(before: Return, tracking: TrackingWish): Step {
  const request: z.input<typeof requests.RETURN_TRACKING_UPDATE> = {
    returnId: reportedId("return", before),
    track: trackIn(tracking),
  };
  return {
    ...COMMON,
    kind: "RETURN_TRACKING_UPDATE",
    summary: "add the tracking number of a return",
    request,
  };
}

function trackIn({ number, carrier, carrierCode }: TrackingWish): Track {
  return { number, carrier, carrierCode };
}

function returnOf(order: Order, returnId: string): Return {
  const found = present(order.returns).find(({ id }) => id === returnId);
  if (!found) throw new NotFound("return", returnId);
  return found;
}
