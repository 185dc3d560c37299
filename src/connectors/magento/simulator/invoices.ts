import { formatted, minus, negative, nothing, one, partOf, plus, sum } from "./amount.js";
import { refuseInvalid } from "./errors.js";
import {
  advance,
  canInvoice,
  childrenOf,
  isPricedElsewhere,
  note,
  parentOf,
  quantityToInvoice,
  touch,
} from "./order.js";
import { isGateway } from "./payments.js";
import type { Site } from "./site.js";
import type { DocumentItem, Invoice, Item, Order, Pair } from "./state.js";

export interface InvoiceWish {
  /** Quantities by item id in ten-thousandths; empty invoices everything that is left. */
  quantities: ReadonlyMap<number, number>;
  /** Takes the money through the gateway, where there is one. */
  capture: boolean;
  /** The gateway has not answered yet; the invoice stays open. */
  pending?: boolean;
  comment?: { comment: string; isVisibleOnFront: number } | null;
  notify?: boolean;
  appendComment?: boolean;
}

/** Creates an invoice; the first one of an order has all of its shipping. */
export function invoice(site: Site, order: Order, wish: InvoiceWish): Invoice {
  const { quantities, comment = null, notify = false, appendComment = false } = wish;
  refuseInvalid("Invoice", complaintsAbout(order, quantities));
  const isFirst = order.amounts.shipping_invoiced === undefined;
  const items = order.items.flatMap((item) => rowOf(site, order, item, quantities));
  const subtotal = sum(items.map(({ rowTotal }) => rowTotal));
  const shipping = order.shipping && isFirst ? order.amounts.shipping_amount : undefined;
  const shippingTax = (shipping && order.amounts.shipping_tax_amount) ?? nothing;
  const tax = sum([...items.map((item) => item.tax), shippingTax]);
  const discount = negative(sum(items.map((item) => item.discount)));
  const now = site.now();
  const created: Invoice = {
    id: site.nextId("sales_invoice"),
    incrementId: site.nextNumber("invoice", order.storeId),
    orderId: order.id,
    createdAt: now,
    updatedAt: now,
    emailSent: notify,
    state: 1,
    amounts: {
      discount_amount: discount,
      grand_total: sum([subtotal, tax, discount, shipping ?? nothing]),
      discount_tax_compensation_amount: nothing,
      ...(shipping && {
        shipping_amount: shipping,
        shipping_discount_tax_compensation_amount: nothing,
        shipping_incl_tax: plus(shipping, shippingTax),
        shipping_tax_amount: shippingTax,
      }),
      subtotal,
      subtotal_incl_tax: sum(items.map(({ rowTotalInclTax }) => rowTotalInclTax)),
      tax_amount: tax,
    },
    items,
    transactionId: null,
    baseTotalRefunded: 0,
    comments: comment
      ? [
          {
            id: site.nextId("sales_invoice_comment"),
            ...comment,
            createdAt: now,
            isCustomerNotified: Number(notify && appendComment),
          },
        ]
      : [],
  };
  site.data.invoices.push(created);
  book(site, order, created);
  touch(site, order);
  if (!wish.pending) pay(site, order, created, wish.capture);
  return created;
}

/** The money of an invoice is there, through the gateway or by the merchant's word. */
export function pay(site: Site, order: Order, invoice: Invoice, capture: boolean): void {
  const total = invoice.amounts.grand_total ?? nothing;
  const { amounts, payment } = order;
  invoice.state = 2;
  invoice.updatedAt = site.now();
  amounts.total_paid = plus(amounts.total_paid, total);
  amounts.total_due = minus(amounts.grand_total ?? nothing, amounts.total_paid);
  payment.paid = plus(payment.paid ?? undefined, total);
  if (invoice.amounts.shipping_amount) payment.shippingCaptured = invoice.amounts.shipping_amount;
  touch(site, order);
  advance(site, order);
  if (!capture || !isGateway(payment.method)) return;
  const id = site.nextId("sales_payment_transaction");
  invoice.transactionId = `txn_${site.random.text(16)}`;
  payment.lastTransId = invoice.transactionId;
  payment.paidOnline += total.base;
  site.data.transactions.push({
    id,
    orderId: order.id,
    txnId: invoice.transactionId,
    type: "capture",
    createdAt: site.now(),
  });
  const comment = `Captured amount of ${formatted(total.base)} online. Transaction ID: "${invoice.transactionId}"`;
  note(site, order, { comment, entityName: "invoice" });
}

function complaintsAbout(order: Order, quantities: InvoiceWish["quantities"]): string[] {
  const known = new Map(order.items.map((item) => [item.id, item]));
  const complaints: string[] = [];
  let total = 0;
  if (quantities.size === 0)
    for (const item of order.items) total += quantityToInvoice(order, item);
  for (const [id, quantity] of quantities) {
    const item = known.get(id);
    if (!item) {
      complaints.push(
        "The invoice contains one or more items that are not part of the original order.",
      );
    } else if (quantity > quantityToInvoice(order, item) && !isPricedElsewhere(order, item)) {
      complaints.push(
        `The quantity to invoice must not be greater than the uninvoiced quantity for product SKU "${item.sku}".`,
      );
    } else total += Math.max(0, quantity);
  }
  if (total <= 0 && complaints.length === 0)
    complaints.push("The invoice can't be created without products. Add products and try again.");
  if (["holded", "payment_review", "canceled", "complete", "closed"].includes(order.state))
    complaints.push(`An invoice cannot be created when an order has a status of ${order.status}`);
  else if (!canInvoice(order))
    complaints.push("The order does not allow an invoice to be created.");
  return complaints;
}

/**
 * One row. A row priced elsewhere takes its part of the parent's quantity, but all that was ordered where
 * everything left is invoiced; hence a child that says 3 invoiced of 2 (measured).
 */
function rowOf(
  site: Site,
  order: Order,
  item: Item,
  quantities: InvoiceWish["quantities"],
): DocumentItem[] {
  const isAll = quantities.size === 0;
  const wished = (each: Item): number =>
    isAll ? quantityToInvoice(order, each) : (quantities.get(each.id) ?? 0);
  if (isPricedElsewhere(order, item)) {
    const qty = quantityBeside(order, item, wished, isAll);
    return qty > 0 ? [{ id: site.nextId("sales_invoice_item"), ...unpriced(item), qty }] : [];
  }
  const qty = wished(item);
  if (qty <= 0) return [];
  const isLast = qty === quantityToInvoice(order, item);
  const part = (all: Pair | undefined, before: Pair | undefined): Pair =>
    isLast ? minus(all ?? nothing, before) : partOf(all ?? nothing, qty, item.ordered);
  const { amounts } = item;
  const tax = part(amounts.tax_amount, amounts.tax_invoiced);
  const rowTotal = part(amounts.row_total, amounts.row_invoiced);
  return [
    {
      id: site.nextId("sales_invoice_item"),
      orderItemId: item.id,
      qty,
      rowTotal,
      rowTotalInclTax: partOf(amounts.row_total_incl_tax ?? nothing, qty, item.ordered),
      tax,
      discount: part(amounts.discount_amount, amounts.discount_invoiced),
    },
  ];
}

function quantityBeside(
  order: Order,
  item: Item,
  wished: (each: Item) => number,
  isAll: boolean,
): number {
  const parent = parentOf(order, item);
  if (!parent) return childrenOf(order, item).some((child) => wished(child) > 0) ? item.ordered : 0;
  if (wished(parent) <= 0) return 0;
  return isAll ? item.ordered : (wished(parent) / one) * item.perParent;
}

/** The amounts of a row whose price is on another one. */
export function unpriced({ id }: Item): Omit<DocumentItem, "id" | "qty"> {
  return {
    orderItemId: id,
    rowTotal: nothing,
    rowTotalInclTax: nothing,
    tax: nothing,
    discount: nothing,
  };
}

/** What is invoiced is added up on the order and its rows. */
function book(site: Site, order: Order, { items, amounts: own }: Invoice): void {
  const { amounts } = order;
  for (const row of items) {
    const item = order.items.find(({ id }) => id === row.orderItemId);
    if (!item) continue;
    item.invoiced += row.qty;
    item.updatedAt = site.now();
    item.amounts.row_invoiced = plus(item.amounts.row_invoiced, row.rowTotal);
    item.amounts.tax_invoiced = plus(item.amounts.tax_invoiced, row.tax);
    item.amounts.discount_invoiced = plus(item.amounts.discount_invoiced, row.discount);
    item.amounts.discount_tax_compensation_invoiced = nothing;
  }
  amounts.discount_invoiced = plus(amounts.discount_invoiced, own.discount_amount ?? nothing);
  amounts.discount_tax_compensation_invoiced = nothing;
  amounts.shipping_invoiced = plus(amounts.shipping_invoiced, own.shipping_amount ?? nothing);
  amounts.subtotal_invoiced = plus(amounts.subtotal_invoiced, own.subtotal ?? nothing);
  amounts.tax_invoiced = plus(amounts.tax_invoiced, own.tax_amount ?? nothing);
  amounts.total_invoiced = plus(amounts.total_invoiced, own.grand_total ?? nothing);
}
