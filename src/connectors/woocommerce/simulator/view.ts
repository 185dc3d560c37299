import type { ShopView } from "../../simulator/shop.js";
import { itemsOf } from "./fulfillments.js";
import { money, totalsOf } from "./items.js";
import { productOf, products, stockId } from "./products.js";
import type { Site } from "./site.js";
import type { Fulfillment } from "./state.js";
import { trackingsOf } from "./trackings.js";

/** The shop's own truth about one order; drafts are no shipments, and a tracking is one without lines. */
export function viewShop({ data }: Site, orderId: string): ShopView | null {
  const order = data.orders[orderId];
  if (!order) return null;
  const own = <T extends { orderId: number }>(rows: readonly T[]): T[] =>
    rows.filter((row) => row.orderId === order.id);
  return {
    orderId,
    number: order.number,
    status: order.status,
    total: money(totalsOf(order).total),
    currency: order.currency,
    deleted: order.status === "trash",
    lines: order.lines.map((line) => ({
      id: String(line.id),
      sku: productOf(line)?.sku ?? null,
      quantity: line.quantity,
    })),
    shipments: [
      ...own(data.fulfillments)
        .filter(({ fulfilled }) => fulfilled)
        .map(viewFulfillment),
      ...trackingsOf(order).map(({ tracking_id, tracking_number }) => ({
        id: tracking_id,
        canceled: false,
        lines: [],
        tracking: [tracking_number],
      })),
    ],
    refunds: own(data.refunds).map(({ id, amount, paid, items }) => ({
      id: String(id),
      amount: money(amount),
      lines: items
        .filter(({ kind }) => kind === "line")
        .map(({ refundedItemId, quantity }) => ({ lineId: String(refundedItemId), quantity })),
      moved: paid,
    })),
    stock: Object.fromEntries(
      products
        .filter((product) => data.stock[stockId(product)] !== undefined)
        .map((product) => [product.sku, data.stock[stockId(product)] ?? 0]),
    ),
  };
}

function viewFulfillment(fulfillment: Fulfillment): ShopView["shipments"][number] {
  return {
    id: String(fulfillment.id),
    canceled: fulfillment.deletedAt !== null,
    lines: itemsOf(fulfillment).map(({ item_id, qty }) => ({
      lineId: String(item_id),
      quantity: qty,
    })),
    tracking: fulfillment.meta
      .filter(({ key }) => key === "_tracking_number")
      .map(({ value }) => String(value)),
  };
}
