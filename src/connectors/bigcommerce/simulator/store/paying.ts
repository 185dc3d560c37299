import { gatewayOf } from "./gateways.js";
import { setStatus } from "./ordering.js";
import { productOf } from "./products.js";
import type { Order, Transaction } from "./state.js";
import { awaitingFulfillment, awaitingPayment, completed } from "./statuses.js";
import { type Store, saveOrder } from "./store.js";
import { totalsOf } from "./totals.js";

/** Leaves the payment page: paid at once, authorized, or to be paid by other means. */
export function completeCheckout(store: Store, order: Order, { paid }: { paid: boolean }): void {
  const { method, authorizesOnly } = gatewayOf(order.gateway);
  if (method !== "credit_card") {
    order.paymentStatus = method === "custom" ? "" : "pending";
    if (method === "offline") addTransaction(store, order, { event: "pending" });
    setStatus(store, order, awaitingPayment);
    if (paid) settle(store, order);
    return;
  }
  order.paymentId = `ch_${store.random.text(24)}`;
  order.paymentStatus = paid && !authorizesOnly ? "captured" : "authorized";
  addTransaction(store, order, {
    event: order.paymentStatus === "captured" ? "purchase" : "authorization",
  });
  takeStock(store, order);
  setStatus(store, order, order.paymentStatus === "captured" ? nextStatus(order) : awaitingPayment);
}

/** The provider takes no money and notes no transaction. */
export function declinePayment(order: Order): void {
  order.paymentStatus = "declined";
}

/** The money that an order waited for is there. Throws where it waited for none. */
export function settle(store: Store, order: Order): void {
  if (order.paymentStatus === "authorized") {
    capture(store, order);
    return;
  }
  if (order.statusId !== awaitingPayment || order.paymentStatus === "paid")
    throw new Error(`order ${order.id} waits for no payment`);
  const { method } = gatewayOf(order.gateway);
  // An order typed in by hand has no payment status ever; its status alone says that it is paid.
  order.paymentStatus = method === "custom" ? "" : "paid";
  if (method === "offline") addTransaction(store, order, { event: "settled" });
  takeStock(store, order);
  setStatus(store, order, nextStatus(order));
}

/** Takes authorized money. An order that waited for it goes on to be fulfilled. */
export function capture(store: Store, order: Order): void {
  order.paymentStatus = "captured";
  addTransaction(store, order, { event: "capture" });
  if (order.statusId === awaitingPayment) setStatus(store, order, nextStatus(order));
  else saveOrder(store, order);
}

/** Lets authorized money go. The order's own status stays. */
export function voidPayment(store: Store, order: Order): void {
  order.paymentStatus = "void";
  addTransaction(store, order, { event: "void" });
  saveOrder(store, order);
}

/**
 * Notes a transaction and tells of it; it is of the order's whole total and by its gateway unless told. It is a record of its own:
 * the order's date stays.
 */
export function addTransaction(
  store: Store,
  order: Order,
  given: Pick<Transaction, "event"> & Partial<Transaction>,
): Transaction {
  const transaction: Transaction = {
    id: store.nextId("transaction"),
    gateway: order.gateway,
    amount: totalsOf(order).total.inc,
    createdAt: store.now(),
    gatewayTransactionId: order.paymentId,
    referenceId: order.transactions[0]?.id ?? null,
    ...given,
  };
  order.transactions.push(transaction);
  store.tell("store/order/transaction/created", {
    type: "transaction",
    order_id: String(order.id),
    transaction_id: transaction.gatewayTransactionId,
    transaction_status: transaction.event === "pending" ? "pending" : "complete",
    transaction_type: transaction.event,
    platform_transaction_id: String(transaction.id),
    provider_transaction_id: transaction.gatewayTransactionId,
    result: { code: "", message: "", type: "" },
  });
  return transaction;
}

const nextStatus = ({ lines }: Order): number =>
  lines.every(({ type }) => type === "digital") ? completed : awaitingFulfillment;

function takeStock(store: Store, order: Order): void {
  for (const { sku, type, quantity } of order.lines)
    if (type === "physical" && sku !== "") moveStock(store, sku, -quantity, "order");
}

/** Changes what is on hand and tells of it, by variant and by product. */
export function moveStock(store: Store, sku: string, by: number, cause: "order" | "hand"): void {
  const { productId, variantId, skuId } = productOf(sku);
  const value = Math.max(0, (store.data.stock[variantId] ?? 0) + by);
  store.data.stock[variantId] = value;
  const event = cause === "order" ? "inventory/order/updated" : "inventory/updated";
  const inventory = { product_id: productId, method: "absolute", value };
  store.tell(`store/product/${event}`, { type: "product", id: productId, inventory });
  if (skuId === null) return;
  store.tell(`store/sku/${event}`, {
    type: "sku",
    id: skuId,
    inventory: { ...inventory, variant_id: variantId },
  });
}
