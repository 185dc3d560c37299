import { RestError } from "./errors.js";
import { trimDrafts } from "./fulfillments.js";
import { gatewayOf } from "./gateways.js";
import { addNote } from "./notes.js";
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
  /** Written once all else is done. */
  meta?: { key: string; value: unknown }[];
}

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
  if (wish.meta) refund.meta = wish.meta.map((each) => ({ id: site.nextId("meta"), ...each }));
  if (site.fulfillments) trimDrafts(site, order);
  if (refund.full && order.status !== "refunded") changeStatus(site, order, "refunded");
  else saveOrder(site, order);
  return refund;
}

/** The gateway sends the money, or not: then WooCommerce takes its refund back and passes the gateway's words on. */
function askGateway({ paymentMethod, transactionId }: Order): void {
  const gateway = gatewayOf(paymentMethod);
  if (!gateway) throw refused("The payment gateway for this order does not exist.");
  if (!gateway.refunds)
    throw refused("The payment gateway for this order does not support automatic refunds.");
  // Without the charge that it belongs to no gateway can refund; this is what core says of a plain "no".
  if (!transactionId)
    throw refused(
      "An error occurred while attempting to create the refund using the payment gateway API.",
    );
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

/** Puts back what the refund names, nine of three included (measured); nothing of a line whose stock came back before. */
function restock(site: Site, order: Order, refund: Refund): void {
  for (const { refundedItemId, quantity } of refund.items) {
    const line = order.lines.find(({ id }) => id === refundedItemId);
    const stock = line && site.data.stock[stockId(line)];
    if (!line || quantity === 0 || stock === undefined || productOf(line)?.digital !== false)
      continue;
    const reduced = line.meta.find(({ key }) => key === "_reduced_stock");
    if (Number(reduced?.value ?? 0) === 0) continue;
    const now = stock + quantity;
    site.data.stock[stockId(line)] = now;
    addNote(site, order.id, `Item #${stockId(line)} stock increased from ${stock} to ${now}.`);
    addToMeta(site, line, "_reduced_stock", -quantity);
    addToMeta(site, line, "_restock_refunded_items", quantity);
  }
}

function addToMeta(site: Site, line: Line, key: string, change: number): void {
  const found = line.meta.find((each) => each.key === key);
  if (found) found.value = String(Number(found.value) + change);
  else line.meta.push({ id: site.nextId("itemMeta"), key, value: String(change) });
}
