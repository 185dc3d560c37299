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
  childrenOf,
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
  const items = order.items.flatMap((item) =>
    rowOf(site, { order, item, source }, wish.quantities),
  );
  const shipping = shippingOf(site, order, wish);
  const shippingTax = shippingTaxOf(order, shipping, source);
  const positive = inBoth(wish.adjustmentPositive ?? 0, order.rate);
  const negativePart = inBoth(wish.adjustmentNegative ?? 0, order.rate);
  const adjustment = minus(positive, negativePart);
  const subtotal = sum(items.map(({ rowTotal }) => rowTotal));
  const tax = sum([...items.map((item) => item.tax), shippingTax]);
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
      shipping_incl_tax: plus(shipping, shippingTax),
      shipping_tax_amount: shippingTax,
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

/**
 * One row. What is priced elsewhere comes along without amounts: a child with its parent, and a bundle that costs what its
 * parts cost with any of these, and then with all of it that was invoiced (CreditmemoFactory::getQtyToRefund).
 */
function rowOf(
  site: Site,
  { order, item, source }: { order: Order; item: Item; source: Source },
  quantities: RefundWish["quantities"],
): DocumentItem[] {
  const isAll = quantities.size === 0;
  const wished = (each: Item): number =>
    isAll ? quantityToRefund(order, each) : (quantities.get(each.id) ?? 0);
  const parent = parentOf(order, item);
  if (isPricedElsewhere(order, item)) {
    const isTouched = childrenOf(order, item).some((child) => wished(child) > 0);
    const whole = isTouched ? item.invoiced : 0;
    const qty = parent ? (wished(parent) / one) * item.perParent : whole;
    return qty > 0 ? [{ id: site.nextId("sales_creditmemo_item"), ...unpriced(item), qty }] : [];
  }
  const left = quantityToRefund(order, item);
  const sold = item.isQtyDecimal ? wished(item) : Math.trunc(wished(item) / one) * one;
  // Of an invoice no more than it billed is refunded, and nothing said (CreditmemoFactory::createByInvoice).
  const qty = source ? Math.min(sold, billedBy(site, source.invoice, item)) : sold;
  if (qty > left)
    throw new ApiError(400, 'We found an invalid quantity to refund item "%1".', [item.name]);
  if (qty <= 0) return [];
  const { amounts } = item;
  const part = (invoiced: Pair | undefined, refunded: Pair | undefined): Pair => {
    const rest = minus(invoiced ?? nothing, refunded);
    return qty === left ? rest : partOf(rest, qty, left);
  };
  return [
    {
      id: site.nextId("sales_creditmemo_item"),
      orderItemId: item.id,
      qty,
      rowTotal: part(amounts.row_invoiced, amounts.amount_refunded),
      rowTotalInclTax: partOf(amounts.row_total_incl_tax ?? nothing, qty, item.ordered),
      tax: part(amounts.tax_invoiced, amounts.tax_refunded),
      discount: part(amounts.discount_invoiced, amounts.discount_refunded),
    },
  ];
}

/** What an invoice billed of a row and none of its credit memos gave back. */
function billedBy({ data }: Site, invoice: Invoice, item: Item): number {
  const count = (rows: readonly DocumentItem[]): number =>
    rows.filter((row) => row.orderItemId === item.id).reduce((all, { qty }) => all + qty, 0);
  const memos = data.creditmemos.filter(({ invoiceId }) => invoiceId === invoice.id);
  return count(invoice.items) - count(memos.flatMap(({ items }) => items));
}

/**
 * The shipping to give back without its tax: what was named, or all that is left of it, invoiced or not. A shop that shows
 * shipping with tax in its credit memos takes the amount with tax (Creditmemo\Total\Shipping).
 */
function shippingOf(
  { shippingShownWithTax }: Site,
  { amounts, rate }: Order,
  { shipping }: RefundWish,
): Pair {
  const all = amounts.shipping_amount ?? nothing;
  const left = minus(all, amounts.shipping_refunded);
  if (shipping === null) return left;
  const withTax = amounts.shipping_incl_tax ?? nothing;
  const gone = plus(amounts.shipping_refunded, amounts.shipping_tax_refunded ?? nothing);
  const most = shippingShownWithTax ? minus(withTax, gone) : left;
  if (shipping > most.base)
    throw new ApiError(400, "Maximum shipping amount allowed to refund is: %1", [
      formatted(most.base),
    ]);
  if (shipping === most.base) return left;
  return shippingShownWithTax ? partOf(all, shipping, withTax.base) : inBoth(shipping, rate);
}

/** Its tax, in proportion; of an invoice, of what that one billed (Creditmemo\Total\Tax). */
function shippingTaxOf({ amounts }: Order, shipping: Pair, source: Source): Pair {
  const all = amounts.shipping_amount ?? nothing;
  if (all.base === 0 || shipping.base === 0) return nothing;
  if (source)
    return partOf(source.invoice.amounts.shipping_tax_amount ?? nothing, shipping.base, all.base);
  const left = minus(all, amounts.shipping_refunded);
  const tax = amounts.shipping_tax_amount ?? nothing;
  return shipping.base === left.base
    ? minus(tax, amounts.shipping_tax_refunded)
    : partOf(tax, shipping.base, all.base);
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
  amounts.shipping_tax_refunded = plus(
    amounts.shipping_tax_refunded,
    own.shipping_tax_amount ?? nothing,
  );
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

/** Goods that left go back on the shelf they left from; of those that did not, the reservation ends. */
function restock({ data }: Site, order: Order, row: DocumentItem, wished: readonly number[]): void {
  const item = order.items.find(({ id }) => id === row.orderItemId);
  if (!item || !wished.includes(item.id)) return;
  const shipment = data.shipments.find(
    ({ orderId, items }) =>
      orderId === order.id && items.some(({ orderItemId }) => orderItemId === item.id),
  );
  for (const { sku, amount } of goodsIn(order, item, row.qty)) {
    const stock = data.sourceItems.find(
      (each) => each.sku === sku && each.source_code === shipment?.sourceCode,
    );
    if (stock) stock.quantity += amount;
    else data.reserved[sku] = (data.reserved[sku] ?? 0) - amount;
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
