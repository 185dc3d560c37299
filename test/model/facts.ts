import { derive } from "../../src/domain/derive.js";
import type { Order } from "../../src/domain/order.js";
import { present } from "../../src/domain/part.js";

/**
 * What an order says of itself that only its shop decides, in the shop's own ids: no matter on which way, and in how many
 * steps, it came to be known. Statuses that remember what a shop's one field said before are left out; its words are in.
 */
export function factsOf(order: Order) {
  const { byLine, totals } = derive(order);
  const nativeOf = new Map(order.lines.map((line) => [line.id, line.nativeId]));
  const pieces = (lines: readonly { lineId: string; quantity: number }[]) =>
    lines.map(({ lineId, quantity }) => `${quantity} × ${nativeOf.get(lineId)}`).sort();
  const { head } = order;
  return {
    number: head.number,
    words: head.platformStatuses.map(({ field, value }) => `${field} ${value}`).sort(),
    isCanceled: head.canceledAt !== null,
    address: head.shippingAddress,
    notes: head.notes.map(({ text }) => text),
    total: totals.total,
    captured: totals.captured,
    refunded: totals.refunded,
    lines: present(order.lines)
      .map(({ id, nativeId, total }) => ({ nativeId, total, quantities: byLine.get(id) }))
      .sort(byId),
    shipments: present(order.fulfillments)
      .map(({ nativeId, status, lines, packages }) => ({
        nativeId,
        status,
        lines: pieces(lines),
        numbers: present(packages)
          .flatMap(({ tracking }) => tracking?.number ?? [])
          .sort(),
      }))
      .sort(byId),
    refunds: present(order.refunds)
      .map(({ nativeId, status, amount, lines }) => ({
        nativeId,
        status,
        amount,
        lines: pieces(lines),
      }))
      .sort(byId),
  };
}

function byId(a: { nativeId: string | null }, b: { nativeId: string | null }): number {
  return (a.nativeId ?? "") < (b.nativeId ?? "") ? -1 : 1;
}
