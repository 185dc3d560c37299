import {
  formatted,
  inBoth,
  minus,
  negative,
  nothing,
  one,
  partOf,
  plain,
  plus,
  sum,
} from "./amount.js";
import { ApiError, refuseInvalid } from "./errors.js";
import { unpriced } from "./invoices.js";
import {
  advance,
  isPricedElsewhere,
  note,
  parentOf,
  quantityToRefund,
  refundable,
  touch,
} from "./order.js";
import { isGateway } from "./payments.js";
import { goodsIn } from "./shipments.js";
import type { Site } from "./site.js";
import type { Creditmemo, DocumentItem, Invoice, Item, Order, Pair } from "./state.js";

export interface RefundWish {
  /** Quantities by item id in ten-thousandths; empty refunds everything that is left. */
  quantities: ReadonlyMap<number, number>;
  /** Base currency; null refunds all shipping that is left. */
  shipping: number | null;
  /** Base currency; null where not named. */
  adjustmentPositive: number | null;
  adjustmentNegative: number | null;
  /** Item ids whose goods go back on the shelf; nobody else's do. */
  restock: readonly number[];
  comment?: { comment: string; isVisibleOnFront: number } | null;
  notify?: boolean;
  appendComment?: boolean;
}

/** Refunds out of the order, which never moves money through a gateway. */
export function refundOrder(site: Site, order: Order, wish: RefundWish): Creditmemo {
  return refund(site, order, wish, null);
}

/** Refunds one invoice; online through its gateway. Offline methods have no such refunds at all. */
export function refundInvoice(
  site: Site,
  { order, invoice, isOnline }: { order: Order; invoice: Invoice; isOnline: boolean },
  wish: RefundWish,
): Creditmemo {
  const left = (invoice.amounts.grand_total?.base ?? 0) - invoice.baseTotalRefunded;
  const isRefundable =
    isGateway(order.payment.method) &&
    invoice.state === 2 &&
    left > 0 &&
    !(isOnline && invoice.transactionId === null);
  if (!isRefundable) refuseInvalid("Creditmemo", ["We can't create creditmemo for the invoice."]);
  return refund(site, order, wish, { invoice, isOnline });
}

type Source = { invoice: Invoice; isOnline: boolean } | null;

function refund(site: Site, order: Order, wish: RefundWish, source: Source): Creditmemo {
  const items = order.items.flatMap((item) => rowOf(site, order, item, wish.quantities));
  const shipping = shippingOf(order, wish);
  const positive = inBoth(wish.adjustmentPositive ?? 0, order.rate);
  const negativePart = inBoth(wish.adjustmentNegative ?? 0, order.rate);
  const adjustment = minus(positive, negativePart);
  const subtotal = sum(items.map(({ rowTotal }) => rowTotal));
  const tax = sum(items.map((item) => item.tax));
  const discount = negative(sum(items.map((item) => item.discount)));
  const total = sum([subtotal, tax, discount, shipping, adjustment]);
  refuseInvalid("Creditmemo", complaintsAbout(order, { wish, total, source }));
  const now = site.now();
  const isOnline = source?.isOnline ?? false;
  const creditmemo: Creditmemo = {
    id: site.nextId("sales_creditmemo"),
    incrementId: site.nextNumber("creditmemo", order.storeId),
    orderId: order.id,
    createdAt: now,
    updatedAt: now,
    emailSent: wish.notify ?? false,
    state: 2,
    invoiceId: source?.invoice.id ?? null,
    amounts: {
      discount_amount: discount,
      grand_total: total,
      discount_tax_compensation_amount: nothing,
      shipping_amount: shipping,
      shipping_incl_tax: shipping,
      shipping_tax_amount: nothing,
      subtotal,
      subtotal_incl_tax: sum(items.map(({ rowTotalInclTax }) => rowTotalInclTax)),
      tax_amount: tax,
    },
    adjustment,
    adjustmentPositive: wish.adjustmentPositive === null ? null : positive,
    adjustmentNegative: wish.adjustmentNegative === null ? null : negativePart,
    items,
    transactionId: isOnline ? `txn_${site.random.text(16)}` : null,
    comments: wish.comment
      ? [
          {
            id: site.nextId("sales_creditmemo_comment"),
            ...wish.comment,
            createdAt: now,
            isCustomerNotified: Number((wish.notify ?? false) && (wish.appendComment ?? false)),
          },
        ]
      : [],
  };
  site.data.creditmemos.push(creditmemo);
  book(site, order, creditmemo, isOnline);
  if (source) source.invoice.baseTotalRefunded += total.base;
  for (const row of items) restock(site, order, row, wish.restock);
  advance(site, order);
  tell(site, order, creditmemo);
  return creditmemo;
}

/** One row; a child priced elsewhere comes along with its parent, without amounts. */
function rowOf(
  site: Site,
  order: Order,
  item: Item,
  quantities: RefundWish["quantities"],
): DocumentItem[] {
  const isAll = quantities.size === 0;
  const wished = (each: Item): number =>
    isAll ? quantityToRefund(order, each) : (quantities.get(each.id) ?? 0);
  const parent = parentOf(order, item);
  if (isPricedElsewhere(order, item)) {
    const qty = parent ? (wished(parent) / one) * item.perParent : 0;
    return qty > 0 ? [{ id: site.nextId("sales_creditmemo_item"), ...unpriced(item), qty }] : [];
  }
  const qty = item.isQtyDecimal ? wished(item) : Math.trunc(wished(item) / one) * one;
  if (qty > quantityToRefund(order, item))
    throw new ApiError(400, 'We found an invalid quantity to refund item "%1".', [item.name]);
  if (qty <= 0) return [];
  const isLast = qty === quantityToRefund(order, item) && item.invoiced === item.ordered;
  const part = (all: Pair | undefined, before: Pair | undefined): Pair =>
    isLast ? minus(all ?? nothing, before) : partOf(all ?? nothing, qty, item.ordered);
  const { amounts } = item;
  return [
    {
      id: site.nextId("sales_creditmemo_item"),
      orderItemId: item.id,
      qty,
      rowTotal: part(amounts.row_total, amounts.amount_refunded),
      rowTotalInclTax: partOf(amounts.row_total_incl_tax ?? nothing, qty, item.ordered),
      tax: part(amounts.tax_amount, amounts.tax_refunded),
      discount: part(amounts.discount_amount, amounts.discount_refunded),
    },
  ];
}

/** The shipping to give back: what was named, or all that is left of it, invoiced or not. */
function shippingOf({ amounts, rate }: Order, { shipping }: RefundWish): Pair {
  const left = minus(amounts.shipping_amount ?? nothing, amounts.shipping_refunded);
  if (shipping === null) return left;
  if (shipping > left.base) {
    const most = [formatted(left.base)];
    throw new ApiError(400, "Maximum shipping amount allowed to refund is: %1", most);
  }
  return shipping === left.base ? left : inBoth(shipping, rate);
}

function complaintsAbout(
  order: Order,
  { wish, total, source }: { wish: RefundWish; total: Pair; source: Source },
): string[] {
  const isOver = ["holded", "payment_review", "canceled", "closed"].includes(order.state);
  const complaints = isOver
    ? [`A creditmemo can not be created when an order has a status of ${order.status}`]
    : [];
  for (const id of wish.quantities.keys()) {
    const item = order.items.find((each) => each.id === id);
    if (!item)
      complaints.push(
        "The creditmemo contains product item that is not part of the original order.",
      );
    else if (isPricedElsewhere(order, item))
      complaints.push("The creditmemo contains incorrect product items.");
  }
  if (order.state === "closed" && wish.quantities.size === 0)
    complaints.push(...overRefunded(order));
  const invoiceLeft = source
    ? (source.invoice.amounts.grand_total?.base ?? 0) - source.invoice.baseTotalRefunded
    : Number.POSITIVE_INFINITY;
  const most = Math.min(refundable(order).base, invoiceLeft);
  if (total.base > most) complaints.push(`The most money available to refund is ${plain(most)}.`);
  else if (total.base <= 0 && complaints.length === 0)
    complaints.push("The credit memo's total must be positive.");
  return complaints;
}

/** A configurable's child counts more invoiced than refunded, and is asked for again (measured). */
function overRefunded(order: Order): string[] {
  return order.items
    .filter((item) => parentOf(order, item) && isPricedElsewhere(order, item))
    .filter(({ invoiced, refunded }) => invoiced > refunded)
    .map(
      ({ sku }) =>
        `The quantity to creditmemo must not be greater than the unrefunded quantity for product SKU "${sku}".`,
    );
}

/** What is refunded is added up on the order, its rows and its payment. */
function book(site: Site, order: Order, memo: Creditmemo, isOnline: boolean): void {
  const { amounts, payment } = order;
  const { amounts: own } = memo;
  for (const row of memo.items) {
    const item = order.items.find(({ id }) => id === row.orderItemId);
    if (!item) continue;
    item.refunded += row.qty;
    item.updatedAt = site.now();
    item.amounts.amount_refunded = plus(item.amounts.amount_refunded, row.rowTotal);
    item.amounts.tax_refunded = plus(item.amounts.tax_refunded, row.tax);
    item.amounts.discount_refunded = plus(item.amounts.discount_refunded, row.discount);
    item.amounts.discount_tax_compensation_refunded = nothing;
  }
  const total = own.grand_total ?? nothing;
  const way = isOnline ? "total_online_refunded" : "total_offline_refunded";
  amounts[way] = plus(amounts[way], total);
  amounts.total_refunded = plus(amounts.total_refunded, total);
  amounts.discount_refunded = plus(amounts.discount_refunded, own.discount_amount ?? nothing);
  amounts.discount_tax_compensation_refunded = nothing;
  amounts.shipping_refunded = plus(amounts.shipping_refunded, own.shipping_amount ?? nothing);
  amounts.shipping_tax_refunded = nothing;
  amounts.subtotal_refunded = plus(amounts.subtotal_refunded, own.subtotal ?? nothing);
  amounts.tax_refunded = plus(amounts.tax_refunded, own.tax_amount ?? nothing);
  if (memo.adjustmentPositive)
    amounts.adjustment_positive = plus(amounts.adjustment_positive, memo.adjustmentPositive);
  if (memo.adjustmentNegative)
    amounts.adjustment_negative = plus(amounts.adjustment_negative, memo.adjustmentNegative);
  payment.refunded = plus(payment.refunded ?? undefined, total);
  payment.shippingRefunded = amounts.shipping_refunded;
  order.customerNoteNotify = memo.emailSent;
  touch(site, order);
}

function restock({ data }: Site, order: Order, row: DocumentItem, wished: readonly number[]): void {
  const item = order.items.find(({ id }) => id === row.orderItemId);
  if (!item || !wished.includes(item.id)) return;
  const shipment = data.shipments.find(({ orderId }) => orderId === order.id);
  for (const { sku, amount } of goodsIn(order, item, row.qty)) {
    const code = shipment?.sourceCode ?? "default";
    const stock = data.sourceItems.find((each) => each.sku === sku && each.source_code === code);
    if (stock) stock.quantity += amount;
  }
}

function tell(site: Site, order: Order, { amounts, transactionId }: Creditmemo): void {
  const amount = formatted(amounts.grand_total?.base ?? 0);
  const comment = transactionId
    ? `We refunded ${amount} online. Transaction ID: "${transactionId}"`
    : `We refunded ${amount} offline.`;
  note(site, order, { comment, entityName: "creditmemo" });
  if (!transactionId) return;
  site.data.transactions.push({
    id: site.nextId("sales_payment_transaction"),
    orderId: order.id,
    txnId: transactionId,
    type: "refund",
    createdAt: site.now(),
  });
}
