import type { Told } from "./age.js";
import type {
  FulfillmentOrder,
  FulfillmentOrderFacts,
  FulfillmentOrderStatus,
  Hold,
  PlacedHold,
} from "./fulfillment.js";
import { ours } from "./line-refs.js";
import type { Order } from "./order.js";
import { present } from "./part.js";
import { type MergeContext, mergeRows } from "./rows.js";
import type { Native } from "./snapshot.js";

/** Whether the gateway keeps this work itself, since its platform tells of none. */
export function isSynthetic({ owner }: Pick<FulfillmentOrder, "owner">): boolean {
  return owner === "GATEWAY";
}

/** Holds that the gateway keeps: they stand whatever the shop tells of its own, until they are released here. */
export function keptHolds({ holds }: Pick<FulfillmentOrder, "holds">): PlacedHold[] {
  return holds.filter(({ nativeId }) => nativeId === null);
}

/** The work that the gateway keeps of an order, where there is any. */
export function syntheticWork({
  fulfillmentOrders,
}: Pick<Order, "fulfillmentOrders">): FulfillmentOrder | undefined {
  return present(fulfillmentOrders).find(isSynthetic);
}

/** Whether this gateway placed a hold, by what it keeps or by what the platform says. */
export function isPlacedHere({ nativeId, ours, commandId }: PlacedHold): boolean {
  return nativeId === null || ours === true || commandId !== null;
}

/** Nothing more is to be done of such work. */
export const WORK_ENDS: ReadonlySet<FulfillmentOrderStatus> = new Set([
  "CLOSED",
  "CANCELED",
  "INCOMPLETE",
]);

const UNDERWAY: ReadonlySet<FulfillmentOrder["status"]> = new Set([
  "OPEN",
  "SCHEDULED",
  "IN_PROGRESS",
]);

/** How work stands that the platform tells of, once what is held here is counted. */
export function statusOfWork(work: FulfillmentOrder): FulfillmentOrder["status"] {
  return UNDERWAY.has(work.status) && keptHolds(work).length > 0 ? "ON_HOLD" : work.status;
}

/** Takes in what a channel says of its work. Holds keep their ids, and those that the gateway keeps stay. Pure. */
export function mergeWork(
  rows: readonly FulfillmentOrder[],
  section: Told<Native<FulfillmentOrderFacts>[]>,
  lineIds: Map<string, string>,
  context: MergeContext,
): FulfillmentOrder[] {
  const before = new Map(rows.map((row) => [row.id, row.holds]));
  const told = new Set(section.value.map(({ nativeId }) => nativeId));
  return mergeRows(rows, section, "FulfillmentOrder", context).map((row) => {
    const isNews =
      row.nativeId !== null && told.has(row.nativeId) && !section.later.has(row.nativeId);
    const holds = isNews ? placed(before.get(row.id) ?? [], row.holds, context) : row.holds;
    return { ...row, lines: ours(row.lines, lineIds), holds };
  });
}

function placed(
  before: readonly PlacedHold[],
  told: readonly Hold[],
  context: MergeContext,
): PlacedHold[] {
  const shown = told.map((hold): PlacedHold => {
    const known = before.find(({ nativeId }) => nativeId === hold.id);
    return {
      ...hold,
      id: known?.id ?? context.mint("Hold"),
      nativeId: hold.id,
      commandId: known?.commandId ?? null,
    };
  });
  return [...shown, ...before.filter(({ nativeId }) => nativeId === null)];
}

/**
 * An order whose platform told of no work has one that the gateway keeps: made once, its id is for ever. It goes when the
 * platform does tell. Holds that were kept under the platform's own id alone get one of ours. Pure and idempotent.
 */
export function completeWork(order: Order, context: MergeContext): FulfillmentOrder[] {
  const named = order.fulfillmentOrders.map((row) =>
    row.holds.every(isNamed)
      ? row
      : {
          ...row,
          holds: row.holds.map((hold) =>
            isNamed(hold) ? hold : { ...hold, id: context.mint("Hold") },
          ),
        },
  );
  if (order.sections.fulfillmentOrders !== undefined)
    return named.map((row) =>
      isSynthetic(row) && row.removedAt === null ? { ...row, removedAt: context.now } : row,
    );
  return named.some((row) => row.removedAt === null) ? named : [...named, newWork(context)];
}

function isNamed({ id, nativeId }: PlacedHold): boolean {
  return id !== nativeId;
}

function newWork(context: MergeContext): FulfillmentOrder {
  return {
    id: context.mint("FulfillmentOrder"),
    nativeId: null,
    owner: "GATEWAY",
    removedAt: null,
    status: "OPEN",
    method: "UNKNOWN",
    locationId: null,
    locationName: null,
    destination: null,
    shipBy: null,
    lines: [],
    holds: [],
    supportedActions: [],
  };
}
