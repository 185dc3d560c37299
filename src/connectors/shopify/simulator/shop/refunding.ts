import { orderNews, refundNews, transactionNews } from "../webhooks/news.js";
import { isManual } from "../webhooks/payload-parts.js";
import { addTransaction } from "./placing.js";
import { takeOffUnits } from "./routing.js";
import { type News, type Shop, touch } from "./shop.js";
import type { Bag, Line, Order, Refund, RefundLine, Restock, Transaction } from "./state.js";
import { lineNet, minus, nothing, placedTotals, portion, sum, taxOf } from "./totals.js";

/** Money that goes back over the transaction by which it came. */
export interface Paying {
  parent: Transaction;
  amount: Bag;
}

export interface RefundWish {
  lines: { line: Line; quantity: number; restock: Restock; locationId: string | null }[];
  /** How much of the shipping goes back, before tax. */
  shipping: Bag;
  money: Paying[];
  /** The return that it pays for. */
  returnId?: string;
  /** What the customer gets as credit in this shop instead. */
  credit?: Bag;
  note: string | null;
  /** When the refund counts as made. Default now. */
  processedAt?: string | null;
  /** Why the money differs from what lines and shipping come to. */
  reason?: string | null;
}

/** Refunds, tells the world, and gives the record. Quantities and amounts were checked before. */
export function refundOrder(shop: Shop, order: Order, wish: RefundWish): Refund {
  const refund = recordRefund(shop, order, wish);
  touch(shop, order);
  shop.say([...newsOf(shop, order, refund), orderNews(shop, "ORDERS_UPDATED", order)]);
  return refund;
}

/** What a refund gives to tell, beside the order. */
export const newsOf = (shop: Shop, order: Order, refund: Refund): News[] => [
  refundNews(shop, order, refund),
  ...order.transactions
    .filter(({ id }) => refund.transactionIds.includes(id))
    .map((each) => transactionNews(order, each)),
];

/** Writes the refund into the order: lines, stock, what is no longer to be shipped, and the money. */
export function recordRefund(shop: Shop, order: Order, wish: RefundWish): Refund {
  const lines = wish.lines.map((each) => refundLine(shop, order, each));
  const shipping = refundShipping(shop, order, wish.shipping);
  for (const { line, quantity, restock } of wish.lines) {
    if (restock === "CANCEL") takeOffUnits(shop, order, line.id, quantity);
    const variant = shop.variant(line.variantId);
    if (variant && restock !== "NO_RESTOCK") variant.available += quantity;
  }
  const transactionIds = moveMoney(shop, order, wish).map(({ id }) => id);
  const reckoned = sum([
    ...lines.flatMap(({ subtotal, tax }) => (order.taxesIncluded ? [subtotal] : [subtotal, tax])),
    ...shipping.flatMap(({ amount, tax }) => (order.taxesIncluded ? [amount] : [amount, tax])),
  ]);
  const moved = sum([...wish.money.map(({ amount }) => amount), wish.credit ?? nothing]);
  const difference = minus(reckoned, moved);
  const adjusts = moved.presentment > 0 && difference.presentment !== 0;
  const refund: Refund = {
    id: shop.mint("Refund", order),
    createdAt: shop.now(),
    processedAt: wish.processedAt ?? shop.now(),
    note: wish.note,
    lines,
    shipping,
    adjustments: adjusts
      ? [
          {
            id: shop.mint("OrderAdjustment", order),
            reason: wish.reason ?? "REFUND_DISCREPANCY",
            amount: difference,
          },
        ]
      : [],
    transactionIds,
    ...(wish.returnId !== undefined && { returnId: wish.returnId }),
  };
  order.refunds.push(refund);
  return refund;
}

/** Asks the payment provider for each part; manual payments and credit are only written down, so they succeed at once. */
function moveMoney(shop: Shop, order: Order, { money, credit }: RefundWish): Transaction[] {
  const answers = { prompt: "SUCCESS", slow: "PENDING", refusing: "FAILURE" } as const;
  const answer = answers[shop.data.provider ?? "prompt"];
  const back = money.map(({ parent, amount }) =>
    addTransaction(shop, order, {
      kind: "REFUND",
      gateway: parent.gateway,
      amount,
      parentId: parent.id,
      status: isManual(parent) ? "SUCCESS" : answer,
      errorCode: answer === "FAILURE" && !isManual(parent) ? "PROCESSING_ERROR" : null,
    }),
  );
  const credited = credit
    ? [addTransaction(shop, order, { kind: "REFUND", gateway: storeCredit, amount: credit })]
    : [];
  return [...back, ...credited];
}

/** The gateway of money that stays in the shop as the customer's credit. */
const storeCredit = "shopify_store_credit";

/** The payment provider settles what it has not answered yet, and the shop tells of it. */
export function settleRefunds(shop: Shop, order: Order): void {
  const open = order.transactions.filter(
    ({ kind, status }) => kind === "REFUND" && status === "PENDING",
  );
  for (const each of open) each.status = "SUCCESS";
  touch(shop, order);
  shop.say([
    ...open.map((each) => transactionNews(order, each)),
    orderNews(shop, "ORDERS_UPDATED", order),
  ]);
}

/** What lines and shipping come to with their tax, as the admin would suggest to pay back. */
export function reckon(order: Order, lines: RefundWish["lines"], shipping: Bag) {
  const subtotal = sum(
    lines.map(({ line, quantity }) => portion(lineNet(line), quantity, line.quantity)),
  );
  const tax = sum([
    ...lines.map(({ line, quantity }) => portion(taxOf(line), quantity, line.quantity)),
    shippingTax(order, shipping),
  ]);
  return { subtotal, tax, total: sum([subtotal, shipping, order.taxesIncluded ? nothing : tax]) };
}

/** Payments of which something can still go back, each with that much. */
export function refundableTransactions(order: Order): Paying[] {
  return order.transactions
    .filter(({ kind, status }) => status === "SUCCESS" && (kind === "SALE" || kind === "CAPTURE"))
    .map((parent) => ({ parent, amount: minus(parent.amount, ...paidBack(order, parent)) }))
    .filter(({ amount }) => amount.presentment > 0);
}

/** All that may still go back, store credit counted as gone. */
export function mostRefundable(order: Order): Bag {
  const credited = order.transactions
    .filter(({ gateway, status }) => gateway === storeCredit && status === "SUCCESS")
    .map(({ amount }) => amount);
  return minus(sum(refundableTransactions(order).map(({ amount }) => amount)), ...credited);
}

/** Shares a sum out over the payments, the oldest first; what they do not hold stays away. */
export function payingBack(order: Order, total: Bag): Paying[] {
  let left = total;
  return refundableTransactions(order).flatMap(({ parent, amount: most }) => {
    if (left.presentment <= 0) return [];
    const amount = left.presentment < most.presentment ? left : most;
    left = minus(left, amount);
    return [{ parent, amount }];
  });
}

/** Shipping that was not paid back yet, before tax. */
export function shippingLeft(order: Order): Bag {
  const back = order.refunds.flatMap(({ shipping }) => shipping.map(({ amount }) => amount));
  return minus(placedTotals(order).shipping, ...back);
}

const paidBack = (order: Order, parent: Transaction): Bag[] =>
  order.transactions
    .filter(
      ({ kind, status, parentId }) =>
        kind === "REFUND" && status !== "FAILURE" && parentId === parent.id,
    )
    .map(({ amount }) => amount);

function refundLine(shop: Shop, order: Order, wish: RefundWish["lines"][number]): RefundLine {
  const { line, quantity, restock, locationId } = wish;
  return {
    id: shop.mint("RefundLineItem", order),
    lineId: line.id,
    quantity,
    restock,
    locationId:
      locationId ??
      (restock === "NO_RESTOCK" ? null : (shop.variant(line.variantId)?.locationId ?? null)),
    subtotal: portion(lineNet(line), quantity, line.quantity),
    tax: portion(taxOf(line), quantity, line.quantity),
  };
}

function refundShipping(shop: Shop, order: Order, amount: Bag): Refund["shipping"] {
  const [line] = order.shippingLines;
  if (!line || amount.presentment === 0) return [];
  return [
    {
      id: shop.mint("RefundShippingLine", order),
      shippingLineId: line.id,
      amount,
      tax: shippingTax(order, amount),
    },
  ];
}

/** The tax that goes back with so much of the shipping. */
export function shippingTax(order: Order, amount: Bag): Bag {
  const whole = placedTotals(order).shipping;
  const tax = sum(order.shippingLines.map(taxOf));
  return {
    shop: portion(tax, amount.shop, whole.shop).shop,
    presentment: portion(tax, amount.presentment, whole.presentment).presentment,
  };
}
