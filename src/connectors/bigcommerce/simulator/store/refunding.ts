import { portion, sum, taxed } from "./amounts.js";
import { gatewayOf, isOnline } from "./gateways.js";
import { setStatus } from "./ordering.js";
import { addTransaction } from "./paying.js";
import type { Order, Refund, RefundItem, RefundItemType } from "./state.js";
import { awaitingPayment, cancelled, partiallyRefunded, refunded } from "./statuses.js";
import { type Store, saveOrder } from "./store.js";
import {
  discountedTotal,
  lineOf,
  lineTax,
  refundedItems,
  refundedQuantity,
  taxIn,
  totalsOf,
} from "./totals.js";

/** One thing to give back: units of a line, or an amount of something else. */
export interface RefundWish {
  type: RefundItemType;
  itemId: number;
  quantity?: number;
  amount?: number;
  reason?: string;
  /** Taken off what units come to: amounts below zero. */
  adjustments?: RefundItem["adjustments"];
}

export interface Quote {
  items: RefundItem[];
  amount: number;
  tax: number;
  /** Below zero where the items come to more than is left of the order's money. */
  adjustment: number;
  /** Of the amount, what was asked for of the order as a whole. */
  orderLevel: number;
}

export interface NewRefund {
  quote: Quote;
  payments: { provider: string; amount: number; offline: boolean }[];
  reason?: string;
  /** Amount and tax by the merchant's own sums. */
  override?: { amount: number; tax: number } | undefined;
}

/** Why something cannot be given back; the message is what the platform would put in its title. */
export class RefundRefused extends Error {}

/** Payments that were declined gave nothing back. */
export const refundedTotal = ({ refunds }: Order): number =>
  sum(
    refunds.map(({ amount, payments }) => {
      const declined = payments.filter((payment) => payment.declined !== undefined);
      return amount - sum(declined.map((payment) => payment.amount));
    }),
  );

/** What can still be given back of an order. */
export const refundable = (order: Order): number =>
  totalsOf(order).total.inc - refundedTotal(order);

/**
 * What these items come to, cut down to what is left of the order's money (`adjustment` in the specification). Throws
 * RefundRefused where an item is unknown or more than is left of it, where nothing is left at all, and where no money can
 * go back: "you must receive payment of the order before you can issue a refund", and of a cancelled order the control
 * panel refunds nothing before its status is another (so merchants' guides say; the API is taken to do alike).
 */
export function quote(order: Order, wishes: readonly RefundWish[]): Quote {
  if (!isPaid(order)) throw new RefundRefused("The order has no settled payment to refund.");
  if (order.statusId === cancelled)
    throw new RefundRefused("Orders with the status Cancelled cannot be refunded.");
  const items: RefundItem[] = [];
  for (const wish of wishes) items.push(price(order, wish, items));
  const asked = sum(items.map((item) => item.amount));
  const amount = Math.min(asked, refundable(order));
  if (amount <= 0) throw new RefundRefused("Refund amount is greater than remaining amount");
  const ofOrder = items.filter(({ type }) => type === "ORDER");
  return {
    items,
    amount,
    tax: sum(items.map((item) => item.tax)),
    adjustment: amount - asked,
    orderLevel: sum(ofOrder.map((item) => item.amount)),
  };
}

/** Whether the money of an order came in. An order typed in by hand has no payment status; its own status tells. */
function isPaid({ paymentStatus, statusId }: Order): boolean {
  if (paymentStatus === "") return statusId !== awaitingPayment;
  return ["captured", "paid", "partially refunded", "refunded"].includes(paymentStatus);
}

/**
 * Refunds a quote and has online payments carried out a moment later. Stock stays where it is. A refund is a record of its
 * own, so one that changes neither status nor payment status (the second of parts) leaves the order's date as it was: no
 * word says that it does not, and a reader must be ready for it.
 */
export function refund(store: Store, order: Order, wish: NewRefund): Refund {
  const { quote: quoted, payments, reason = "", override } = wish;
  const made: Refund = {
    id: store.nextId("refund"),
    createdAt: store.now(),
    reason,
    amount: override?.amount ?? quoted.amount,
    tax: override?.tax ?? quoted.tax,
    overridden: override !== undefined,
    items: quoted.items,
    payments: payments.map((each) => ({
      ...each,
      id: store.nextId("refundPayment"),
      transactionId: null,
    })),
  };
  order.refunds.push(made);
  const isWhole = refundable(order) <= 0;
  const [status, paymentStatus] = isWhole
    ? ([refunded, "refunded"] as const)
    : ([partiallyRefunded, "partially refunded"] as const);
  const changes = order.statusId !== status || order.paymentStatus !== paymentStatus;
  order.paymentStatus = paymentStatus;
  store.tell("store/order/refund/created", {
    type: "order",
    id: order.id,
    refund: { refund_id: made.id },
  });
  if (changes) setStatus(store, order, status);
  for (const { id } of made.payments)
    store.later(order, { kind: "refund", refundId: made.id, paymentId: id });
  return made;
}

/** The provider sends the money of one payment of a refund. */
export function sendRefund(
  store: Store,
  order: Order,
  { refundId, paymentId }: { refundId: number; paymentId: number },
): void {
  const made = order.refunds.find(({ id }) => id === refundId);
  const payment = made?.payments.find(({ id }) => id === paymentId);
  if (!payment || payment.transactionId !== null) return;
  const { provider, amount } = payment;
  const transaction = addTransaction(store, order, { event: "refund", gateway: provider, amount });
  payment.transactionId = transaction.id;
}

/**
 * The provider sends nothing after all, which the refund tells from now on. The order's status stays as the refund had
 * set it: that a store puts it back is nowhere said.
 */
export function declineRefund(store: Store, order: Order, refundId: number, why: string): void {
  const made = order.refunds.find(({ id }) => id === refundId);
  if (!made) throw new Error(`order ${order.id} has no refund ${refundId}`);
  for (const payment of made.payments) if (!payment.offline) payment.declined = why;
  const before = order.paymentStatus;
  order.paymentStatus = refundedTotal(order) > 0 ? "partially refunded" : "captured";
  if (order.paymentStatus !== before) saveOrder(store, order);
  else store.changed();
}

/** Every item of an order that is not given back yet. */
export function everything(order: Order): RefundWish[] {
  const left = (type: RefundItemType, itemId: number, whole: number): RefundWish[] => {
    const amount = whole - requestedOf(order, type, itemId);
    return amount > 0 ? [{ type, itemId, amount }] : [];
  };
  const { taxInclusive } = order;
  const base = ({ ex, inc }: { ex: number; inc: number }): number => (taxInclusive ? inc : ex);
  return [
    ...order.lines.flatMap((line): RefundWish[] => {
      const quantity = line.quantity - refundedQuantity(order, line.id);
      const itemId = line.id;
      const wrap = line.wrapping && requestedOf(order, "GIFT_WRAPPING", itemId) === 0;
      return [
        ...(quantity > 0 ? [{ type: "PRODUCT", itemId, quantity } as const] : []),
        ...(wrap ? [{ type: "GIFT_WRAPPING", itemId, quantity: line.quantity } as const] : []),
      ];
    }),
    ...order.destinations.flatMap(({ id, shipping, handling }) => [
      ...left("SHIPPING", id, base(shipping)),
      ...left("HANDLING", id, base(handling)),
    ]),
    ...order.fees.flatMap(({ id, cost }) => left("FEE", id, base(cost))),
  ];
}

/** What was already given back of an item, in the terms it was asked in; of wrapping, its units. */
function requestedOf(order: Order, type: RefundItemType, itemId: number): number {
  const own = refundedItems(order).filter((item) => item.type === type && item.itemId === itemId);
  return sum(own.map(({ requested, quantity }) => requested ?? quantity));
}

function price(order: Order, wish: RefundWish, before: readonly RefundItem[]): RefundItem {
  const { type, itemId, reason = "", adjustments = [] } = wish;
  const priced =
    type === "PRODUCT" || type === "GIFT_WRAPPING"
      ? priceUnits(order, wish, before)
      : priceAmount(order, wish, before);
  const amount = priced.amount + sum(adjustments.map((each) => each.amount));
  if (amount < 0) throw new RefundRefused("Adjustments exceed the amount of the item.");
  return { type, itemId, reason, adjustments, ...priced, amount };
}

type Priced = Pick<RefundItem, "quantity" | "requested" | "amount" | "tax">;

/** Units cost what all up to them cost less what those before cost, so that all of them cost the whole. */
function priceUnits(
  order: Order,
  { type, itemId, quantity = 0 }: RefundWish,
  before: readonly RefundItem[],
): Priced {
  const line = lineOf(order, itemId);
  if (!line || (type === "GIFT_WRAPPING" && !line.wrapping))
    throw new RefundRefused(`Order product with id ${itemId} was not found.`);
  const own = before.filter((item) => item.type === type && item.itemId === itemId);
  const already =
    sum(own.map((item) => item.quantity)) +
    (type === "PRODUCT" ? refundedQuantity(order, itemId) : requestedOf(order, type, itemId));
  if (quantity < 1 || already + quantity > line.quantity)
    throw new RefundRefused(
      `Quantity for order product ${itemId} exceeds the refundable quantity.`,
    );
  const whole = type === "PRODUCT" ? discountedTotal(line) : (line.wrapping?.cost.inc ?? 0);
  const wholeTax =
    type === "PRODUCT" ? lineTax(order, line) : taxIn(line.wrapping?.cost ?? { ex: 0, inc: 0 });
  const between = (total: number): number =>
    portion(total, already + quantity, line.quantity, order.currency) -
    portion(total, already, line.quantity, order.currency);
  return { quantity, requested: null, amount: between(whole), tax: between(wholeTax) };
}

function priceAmount(
  order: Order,
  { type, itemId, amount = 0 }: RefundWish,
  before: readonly RefundItem[],
): Priced {
  const most = mostOf(order, type, itemId);
  const own = before.filter((item) => item.type === type && item.itemId === itemId);
  const already = requestedOf(order, type, itemId) + sum(own.map((item) => item.requested ?? 0));
  if (amount <= 0 || already + amount > most)
    throw new RefundRefused(`Amount for ${type} exceeds the refundable amount.`);
  const asked = { quantity: 0, requested: amount };
  if (type === "ORDER") return { ...asked, amount, tax: 0 };
  if (type === "TAX") return { ...asked, amount, tax: amount };
  const cost = taxed(amount, order);
  return { ...asked, amount: cost.inc, tax: taxIn(cost) };
}

/** The whole that an amount can be asked of; throws RefundRefused where the order has no such item. */
function mostOf(order: Order, type: RefundItemType, itemId: number): number {
  const totals = totalsOf(order);
  if ((type === "ORDER" || type === "TAX") && itemId === order.id)
    return type === "ORDER" ? totals.total.inc : totals.tax;
  const destination = order.destinations.find(({ id }) => id === itemId);
  const costs: Partial<Record<RefundItemType, { ex: number; inc: number } | undefined>> = {
    SHIPPING: destination?.shipping,
    HANDLING: destination?.handling,
    FEE: order.fees.find(({ id }) => id === itemId)?.cost,
  };
  const cost = costs[type];
  if (!cost) throw new RefundRefused(`Item ${itemId} of type ${type} was not found in the order.`);
  return order.taxInclusive ? cost.inc : cost.ex;
}

/** A way in which money can go back. */
export interface Provider {
  provider: string;
  description: string;
  /** A person must send it. */
  offline: boolean;
  reason: string;
}

/** The ways in which an order's money can go back, in the order of the published example: the one it was paid by is last. */
export function providersOf({ gateway, customerId }: Order): Provider[] {
  const custom = { provider: "custom", description: "Custom", offline: true, reason: byHand };
  return [
    ...(customerId > 0
      ? [{ provider: "storecredit", description: "Store Credit", offline: false, reason: "" }]
      : []),
    custom,
    ...(gateway === "custom" ? [] : [wayBack(gateway)]),
  ];
}

/** By what an order was paid. */
export function wayBack(gateway: string): Provider {
  const offline = !isOnline(gateway);
  const description = gatewayOf(gateway).label;
  return { provider: gateway, description, offline, reason: offline ? byHand : "" };
}

const byHand = "This is an offline payment provider.";
