import { editNews, orderNews, refundNews, transactionNews } from "../webhooks/news.js";
import { numeral } from "../webhooks/wire.js";
import { addTransaction } from "./placing.js";
import { type Paying, recordRefund, refundableTransactions } from "./refunding.js";
import { takeOffUnits } from "./routing.js";
import { type Shop, touch } from "./shop.js";
import type { Line, Order, Restock, Transaction } from "./state.js";
import { unfulfilledQuantity } from "./status.js";
import { currentQuantity, currentTotals, outstanding, payments } from "./totals.js";

/** The customer pays what is open: captures what was authorised, else pays anew. Throws when nothing is. */
export function payOrder(shop: Shop, order: Order): Transaction {
  const amount = outstanding(order);
  if (amount.shop <= 0 || order.cancelledAt)
    throw new Error(`order ${order.name} has nothing left to pay`);
  const authorization = order.transactions.find(({ kind }) => kind === "AUTHORIZATION");
  const pending = order.transactions.find(({ status }) => status === "PENDING");
  const capture = authorization !== undefined && payments(order).authorized.shop > 0;
  const paid = addTransaction(shop, order, {
    kind: capture ? "CAPTURE" : "SALE",
    gateway: (capture ? authorization : pending)?.gateway ?? "manual",
    amount,
    parentId: (capture ? authorization : pending)?.id ?? null,
  });
  touch(shop, order);
  shop.say([
    transactionNews(order, paid),
    orderNews(shop, "ORDERS_PAID", order),
    orderNews(shop, "ORDERS_UPDATED", order),
  ]);
  return paid;
}

/** Puts changes of the order's own fields in, whoever made them. */
export function updateOrder(shop: Shop, order: Order, changes: Partial<Order>): void {
  Object.assign(order, changes);
  touch(shop, order);
  shop.say([orderNews(shop, "ORDERS_UPDATED", order)]);
}

/** The merchant edits the order: units of a line are taken off before they are shipped. */
export function removeUnits(shop: Shop, order: Order, line: Line, units: number): void {
  takeOffUnits(shop, order, line.id, units);
  line.removed += units;
  order.edited = true;
  touch(shop, order);
  shop.say([editNews(shop, order, line, units), orderNews(shop, "ORDERS_UPDATED", order)]);
}

/** Why the order cannot be canceled, or null when it can. */
export function whyNotCancel(order: Order): string | null {
  if (order.cancelledAt) return "Order has already been cancelled";
  if (order.fulfillments.some(({ status }) => status === "SUCCESS"))
    return "Order has fulfillments that cannot be cancelled";
  if (order.returns.some(({ status }) => status === "OPEN" || status === "REQUESTED"))
    return "Order has active returns in progress";
  if (
    order.transactions.some(({ status, kind }) => status === "PENDING" && kind === "AUTHORIZATION")
  )
    return "Order has pending payment authorizations";
  return null;
}

export interface Cancelling {
  reason: string;
  restock: boolean;
  refund: boolean;
}

/** Cancels for good: nothing stays to be shipped, what was authorised is voided, what was paid goes back if asked. */
export function cancelOrder(
  shop: Shop,
  order: Order,
  { reason, restock, refund }: Cancelling,
): void {
  const already = new Set(order.transactions);
  const restockType: Restock = restock ? "CANCEL" : "NO_RESTOCK";
  const money: Paying[] = refund ? refundableTransactions(order) : [];
  const { authorized } = payments(order);
  const authorization = order.transactions.find(({ kind }) => kind === "AUTHORIZATION");
  const record = recordRefund(shop, order, {
    lines: order.lines
      .map((line) => ({
        line,
        quantity: currentQuantity(order, line),
        restock: restockType,
        locationId: null,
      }))
      .filter(({ quantity }) => quantity > 0),
    shipping: currentTotals(order).shipping,
    money,
    note: null,
  });
  if (authorization && authorized.shop > 0)
    addTransaction(shop, order, {
      kind: "VOID",
      gateway: authorization.gateway,
      amount: authorized,
      parentId: authorization.id,
    });
  for (const line of order.lines)
    takeOffUnits(shop, order, line.id, unfulfilledQuantity(order, line));
  order.cancelledAt = shop.now();
  order.cancelReason = reason;
  touch(shop, order);
  shop.say([
    orderNews(shop, "ORDERS_CANCELLED", order),
    orderNews(shop, "ORDERS_UPDATED", order),
    refundNews(shop, order, record),
    ...order.transactions
      .filter((each) => !already.has(each))
      .map((each) => transactionNews(order, each)),
  ]);
}

/** Deletes the order with all that belongs to it. */
export function deleteOrder(shop: Shop, order: Order): void {
  shop.remove(order);
  shop.say([{ topic: "ORDERS_DELETE", body: () => ({ id: numeral(order.id) }) }]);
}
