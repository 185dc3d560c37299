import type { Derived } from "./derive.js";
import type { DocumentFulfillmentOrder, LineQuantities } from "./document.js";
import type { FulfillmentOrder, FulfillmentOrderStatus } from "./fulfillment.js";
import type { Order, OrderLine } from "./order.js";
import { present } from "./part.js";
import { sumQuantities } from "./quantity.js";
import { isSynthetic, statusOfWork } from "./work.js";

/** Shapes work for reading: as its platform tells of it, or, where the gateway keeps it, as the order's quantities say. Pure. */
export function shapeWork(
  work: FulfillmentOrder,
  order: Order,
  derived: Pick<Derived, "byLine" | "statuses">,
): DocumentFulfillmentOrder {
  const { id, nativeId, locationId, shipBy, holds } = work;
  const is = { id, nativeId, synthetic: isSynthetic(work), locationId, shipBy, holds };
  const lines = present(order.lines);
  if (is.synthetic) return { ...is, ...follows(work, order, derived, lines) };
  const lineIds = new Set(lines.map((line) => line.id));
  return {
    ...is,
    status: statusOfWork(work),
    method: work.method,
    destination: work.destination,
    lines: work.lines
      .filter((line) => lineIds.has(line.lineId))
      .map(({ lineId, total, remaining }) => ({ lineId, total, remaining })),
  };
}

/** What is to be done of the whole order. Where something needs shipping, nothing else has to be done for the work to be over. */
function follows(
  { holds }: FulfillmentOrder,
  { head }: Order,
  { byLine, statuses }: Pick<Derived, "byLine" | "statuses">,
  lines: readonly OrderLine[],
) {
  const shipped = lines.filter((line) => line.requiresShipping);
  const counts = (some: readonly OrderLine[]) =>
    some.map((line) => byLine.get(line.id) as LineQuantities);
  const work = counts(shipped.length > 0 ? shipped : lines);
  const digital = lines.length > 0 && shipped.length === 0;
  return {
    status: statusOf(work, { held: holds.length > 0, canceled: statuses.ORDER === "CANCELED" }),
    method: digital ? ("DIGITAL" as const) : ("UNKNOWN" as const),
    destination: digital ? null : head.shippingAddress,
    lines: lines.map(({ id }) => {
      const { ordered, unfulfilled } = byLine.get(id) as LineQuantities;
      return { lineId: id, total: ordered, remaining: unfulfilled };
    }),
  };
}

function statusOf(
  work: readonly LineQuantities[],
  { held, canceled }: { held: boolean; canceled: boolean },
): FulfillmentOrderStatus {
  if (canceled) return "CANCELED";
  const sum = (pick: (line: LineQuantities) => number) => sumQuantities(work.map(pick));
  if (work.length > 0 && sum((line) => line.unfulfilled) === 0) return "CLOSED";
  if (held) return "ON_HOLD";
  return sum((line) => line.fulfilled) > 0 ? "IN_PROGRESS" : "OPEN";
}
