import type { Order } from "./order.js";
import type { LineQuantity } from "./quantity.js";

/** Our ids of an order's lines by the platform's. */
export function idsOf(lines: Order["lines"]): Map<string, string> {
  return new Map(lines.flatMap((line) => (line.nativeId ? [[line.nativeId, line.id]] : [])));
}

/** Line references in our ids; one that is not known (yet) keeps the shop's id, marked, so that nothing is lost. */
export function ours<T extends LineQuantity | { lineId: string }>(
  lines: readonly T[],
  ids: Map<string, string>,
): T[] {
  return lines.map((line) => ({
    ...line,
    lineId: ids.get(line.lineId) ?? markUnknown(line.lineId, ids),
  }));
}

const UNKNOWN_LINE = "native:";

function markUnknown(lineId: string, ids: Map<string, string>): string {
  const known = lineId.startsWith(UNKNOWN_LINE) || [...ids.values()].includes(lineId);
  return known ? lineId : `${UNKNOWN_LINE}${lineId}`;
}

/** Ties what names lines to such as arrived after it. Changes the order in place. */
export function resolveLines(order: Order): void {
  const ids = idsOf(order.lines);
  const resolve = (line: { lineId: string }) => {
    if (line.lineId.startsWith(UNKNOWN_LINE))
      line.lineId = ids.get(line.lineId.slice(UNKNOWN_LINE.length)) ?? line.lineId;
  };
  for (const shipment of order.fulfillments) {
    shipment.lines.forEach(resolve);
    for (const parcel of shipment.packages) parcel.lines.forEach(resolve);
  }
  for (const part of [...order.refunds, ...order.returns]) part.lines.forEach(resolve);
  for (const work of order.fulfillmentOrders) work.lines.forEach(resolve);
}
