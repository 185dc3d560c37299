import type { ShopView } from "../../../simulator/shop.js";
import { plain } from "./amounts.js";
import { products } from "./products.js";
import { statusOf } from "./statuses.js";
import type { Store } from "./store.js";
import { totalsOf } from "./totals.js";

/** The store's own truth about one order; shipments that were deleted are gone. */
export function viewOrder({ data }: Store, orderId: string): ShopView | null {
  const order = data.orders[orderId];
  if (!order) return null;
  const { currency } = order;
  return {
    orderId,
    number: orderId,
    status: statusOf(order.statusId).name,
    total: plain(totalsOf(order).total.inc, currency),
    currency,
    deleted: order.archived,
    lines: order.lines.map(({ id, sku, quantity }) => ({
      id: String(id),
      sku: sku === "" ? null : sku,
      quantity,
    })),
    shipments: order.shipments.map(({ id, items, trackingNumber }) => ({
      id: String(id),
      canceled: false,
      lines: items.map(({ lineId, quantity }) => ({ lineId: String(lineId), quantity })),
      tracking: trackingNumber === "" ? [] : [trackingNumber],
    })),
    refunds: order.refunds.map(({ id, amount, items, payments }) => ({
      id: String(id),
      amount: plain(amount, currency),
      lines: items
        .filter(({ type }) => type === "PRODUCT")
        .map(({ itemId, quantity }) => ({ lineId: String(itemId), quantity })),
      moved: payments.every(({ offline, declined }) => !offline && declined === undefined),
    })),
    stock: stockOf(data.stock),
  };
}

const stockOf = (units: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    products.flatMap(({ good, variantId }) =>
      good.digital ? [] : [[good.sku, units[variantId] ?? 0] as const],
    ),
  );
