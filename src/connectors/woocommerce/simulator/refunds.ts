import { RestError } from "./errors.js";
import { trimDrafts } from "./fulfillments.js";
import { insertRefund, remainingRefund, saveOrder } from "./order.js";
import { changeStatus } from "./order-status.js";
import { productOf, stockId } from "./products.js";
import type { Site } from "./site.js";
import type { Line, Order, Refund, RefundItem } from "./state.js";

/** What a refund is to give back; amounts in cents. */
export interface RefundWish {
  amount: number;
  reason?: string;
  items: { itemId: number; quantity: number; total: number; tax: number }[];
  /** Ask the order's gateway to send the money. */
  pay: boolean;
  restock: boolean;
}

/** Payment gateways of the site. The orders' "stripe" is of a plugin that has been removed since. */
export const gateways: Readonly<Record<string, { title: string; refunds: boolean }>> = {
  woocommerce_payments: { title: "Credit / Debit Cards", refunds: true },
  bacs: { title: "Direct bank transfer", refunds: false },
  cheque: { title: "Check payments", refunds: false },
  cod: { title: "Cash on delivery", refunds: false },
};

/**
 * Makes a refund as wc_create_refund does: the amount is checked, quantities are not. Throws the HTTP 500
 * by which WooCommerce words its business refusals; nothing is left behind then.
 */
export function createRefund(site: Site, order: Order, wish: RefundWish): Refund {
  const remaining = remainingRefund(site, order);
  if (wish.amount < 0 || wish.amount > remaining) throw refused("Invalid refund amount.");
  if (wish.pay) askGateway(order);
  const refund = insertRefund(site, order, {
    amount: wish.amount,
    reason: wish.reason ?? "",
    paid: wish.pay,
    items: wish.items.flatMap((each) => refundItem(site, order, each)),
  });
  if (wish.restock) restock(site, order, refund);
  if (site.fulfillments) trimDrafts(site, order);
  if (refund.full && order.status !== "refunded") changeStatus(site, order, "refunded");
  else saveOrder(site, order);
  return refund;
}

function askGateway({ paymentMethod }: Order): void {
  const gateway = gateways[paymentMethod];
  if (!gateway) throw refused("The payment gateway for this order does not exist.");
  if (!gateway.refunds)
    throw refused("The payment gateway for this order does not support automatic refunds.");
}

/** HTTP 500, and "data" is the bare number. */
function refused(message: string): RestError {
  return new RestError("woocommerce_rest_cannot_create_order_refund", message, 500, 500);
}

/** An id that is none of the order's is passed over without a word. */
function refundItem(
  site: Site,
  order: Order,
  { itemId, quantity, total, tax }: RefundWish["items"][number],
): RefundItem[] {
  const lists = { line: order.lines, shipping: order.shippingLines, fee: order.feeLines };
  for (const kind of ["line", "shipping", "fee"] as const) {
    if (!lists[kind].some(({ id }) => id === itemId)) continue;
    const [id, metaId] = [site.nextId("item"), site.nextId("itemMeta")];
    return [{ id, metaId, kind, refundedItemId: itemId, quantity, total, tax }];
  }
  return [];
}

/** Puts back what the refund names, nine of three included (measured). */
function restock(site: Site, order: Order, refund: Refund): void {
  for (const { refundedItemId, quantity } of refund.items) {
    const line = order.lines.find(({ id }) => id === refundedItemId);
    const stock = line && site.data.stock[stockId(line)];
    if (!line || quantity === 0 || stock === undefined || productOf(line)?.digital !== false)
      continue;
    site.data.stock[stockId(line)] = stock + quantity;
    addToMeta(site, line, "_reduced_stock", -quantity);
    addToMeta(site, line, "_restock_refunded_items", quantity);
  }
}

function addToMeta(site: Site, line: Line, key: string, change: number): void {
  const found = line.meta.find((each) => each.key === key);
  if (found) found.value = String(Number(found.value) + change);
  else line.meta.push({ id: site.nextId("itemMeta"), key, value: String(change) });
}
