import type { ShopView } from "../../simulator/shop.js";
import { decimal, shown } from "./amount.js";
import { isPricedElsewhere, isShippedElsewhere } from "./order.js";
import type { Site } from "./site.js";

/** The shop's own truth about one order. Rows that only stand for others are no lines. */
export function viewShop({ data, edition }: Site, orderId: string): ShopView | null {
  const order = data.orders[orderId];
  if (!order) return null;
  const own = <T extends { orderId: number }>(rows: readonly T[]): T[] =>
    rows.filter((row) => row.orderId === order.id);
  const isLine = (itemId: number): boolean => {
    const item = order.items.find(({ id }) => id === itemId);
    return item !== undefined && !isPricedElsewhere(order, item);
  };
  return {
    orderId,
    number: order.incrementId,
    status: order.status,
    total: decimal(order.amounts.grand_total?.order ?? 0, order.currency),
    currency: order.currency,
    deleted: false,
    lines: order.items
      .filter((item) => !isShippedElsewhere(order, item))
      .map(({ id, sku, ordered }) => ({ id: String(id), sku, quantity: shown(ordered) })),
    shipments: own(data.shipments).map(({ id, items, tracks }) => ({
      id: String(id),
      canceled: false,
      lines: items.map(({ orderItemId, qty }) => ({
        lineId: String(orderItemId),
        quantity: shown(qty),
      })),
      tracking: tracks.map(({ trackNumber }) => trackNumber),
    })),
    refunds: own(data.creditmemos).map(({ id, amounts, items, transactionId }) => ({
      id: String(id),
      moved: transactionId !== null,
      amount: decimal(amounts.grand_total?.order ?? 0, order.currency),
      lines: items
        .filter(({ orderItemId }) => isLine(orderItemId))
        .map(({ orderItemId, qty }) => ({ lineId: String(orderItemId), quantity: shown(qty) })),
    })),
    ...(edition === "commerce" && {
      returns: own(data.returns).map(({ id, status, items }) => ({
        id: String(id),
        status,
        lines: items.map(({ orderItemId, requested, returned }) => ({
          lineId: String(orderItemId),
          requested,
          received: returned,
        })),
      })),
    }),
    stock: stockOf(data),
  };
}

/** What all sources hold of each SKU, less what open orders hold of it: what may still be sold. */
function stockOf({ sourceItems, reserved }: Site["data"]): Record<string, number> {
  const held = new Map<string, number>();
  for (const { sku, quantity } of sourceItems) held.set(sku, (held.get(sku) ?? 0) + quantity);
  return Object.fromEntries(
    Array.from(held, ([sku, quantity]) => [sku, shown(quantity - (reserved[sku] ?? 0))]),
  );
}
