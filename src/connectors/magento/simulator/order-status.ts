import { minus, nothing } from "./amount.js";
import { ApiError } from "./errors.js";
import { canCancel, canHold, quantityToCancel, setState, touch } from "./order.js";
import { goodsIn } from "./shipments.js";
import type { Site } from "./site.js";
import type { Order } from "./state.js";

/**
 * Cancels what is neither invoiced nor shipped, also of an order that is partly both. Gives false, and does
 * nothing, where the order is held, over, or invoiced in full.
 */
export function cancel(site: Site, order: Order): boolean {
  if (!canCancel(order)) return false;
  const { amounts } = order;
  for (const item of order.items) {
    const quantity = quantityToCancel(order, item);
    if (quantity <= 0) continue;
    item.canceled += quantity;
    item.updatedAt = site.now();
    for (const { sku, amount } of goodsIn(order, item, quantity))
      site.data.reserved[sku] = (site.data.reserved[sku] ?? 0) - amount;
  }
  amounts.subtotal_canceled = minus(amounts.subtotal ?? nothing, amounts.subtotal_invoiced);
  amounts.tax_canceled = minus(amounts.tax_amount ?? nothing, amounts.tax_invoiced);
  amounts.shipping_canceled = minus(amounts.shipping_amount ?? nothing, amounts.shipping_invoiced);
  amounts.discount_canceled = minus(amounts.discount_amount ?? nothing, amounts.discount_invoiced);
  amounts.total_canceled = minus(amounts.grand_total ?? nothing, amounts.total_paid);
  setState(order, "canceled");
  touch(site, order);
  return true;
}

/** Puts the order on hold; what it was before comes back with `unhold`. */
export function hold(site: Site, order: Order): true {
  if (!canHold(order)) throw new ApiError(400, "A hold action is not available.");
  order.held = { state: order.state, status: order.status };
  setState(order, "holded");
  touch(site, order);
  return true;
}

export function unhold(site: Site, order: Order): true {
  if (order.state !== "holded" || !order.held)
    throw new ApiError(400, "You cannot remove the hold.");
  Object.assign(order, order.held);
  order.held = null;
  touch(site, order);
  return true;
}

/** What POST /V1/orders/:id/comments gives. */
export interface HistoryWish {
  comment: string | null;
  entityName: string | null;
  isCustomerNotified: number;
  isVisibleOnFront: number;
  /** Any status there is, whatever the state (measured on 2.4.6). */
  status: string | null;
}

/** Adds to the history. The order's row, and so updated_at, changes only with the status. */
export function comment(site: Site, order: Order, wish: HistoryWish): true {
  order.histories.unshift({
    id: site.nextId("sales_order_status_history"),
    createdAt: site.now(),
    ...wish,
  });
  site.changed();
  if (wish.status !== null && wish.status !== order.status) {
    order.status = wish.status;
    touch(site, order);
  }
  return true;
}

/** Removes an order and all its documents from the database, as only modules and hands can. */
export function erase(site: Site, order: Order): void {
  const { data } = site;
  const others = <T extends { orderId: number }>(rows: readonly T[]): T[] =>
    rows.filter(({ orderId }) => orderId !== order.id);
  delete data.orders[String(order.id)];
  data.invoices = others(data.invoices);
  data.shipments = others(data.shipments);
  data.creditmemos = others(data.creditmemos);
  data.transactions = others(data.transactions);
  data.returns = others(data.returns);
  site.changed();
}
