import { gmtTime, siteTime } from "./clock.js";
import { money, needsProcessing, totalsOf } from "./items.js";
import { productOf } from "./products.js";
import type { Site } from "./site.js";
import type { CouponLine, FeeLine, Line, Meta, Order, ShippingLine } from "./state.js";
import { rateOf } from "./taxes.js";

const symbols: Readonly<Record<string, string>> = {
  USD: "$",
  EUR: "€",
  GBP: "£",
  CAD: "$",
  AUD: "$",
  CHF: "CHF",
  SEK: "kr",
  JPY: "¥",
  KWD: "د.ك",
};
const writable = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** An order as GET /wc/v3/orders/<id> and every webhook show it, with its 47 keys; `dp` is the number of decimals. */
export function viewOrder(site: Site, order: Order, dp = 2): Record<string, unknown> {
  const totals = totalsOf(order);
  const amount = (cents: number): string => money(cents, dp);
  return {
    id: order.id,
    parent_id: 0,
    status: order.status,
    currency: order.currency,
    version: site.version,
    prices_include_tax: order.pricesIncludeTax,
    date_created: siteTime(order.createdAt),
    date_modified: siteTime(order.modifiedAt),
    discount_total: amount(totals.discount),
    discount_tax: amount(totals.discountTax),
    shipping_total: amount(totals.shipping),
    shipping_tax: amount(totals.shippingTax),
    cart_tax: amount(totals.cartTax),
    total: amount(totals.total),
    total_tax: amount(totals.totalTax),
    customer_id: order.customerId,
    order_key: order.orderKey,
    billing: order.billing,
    shipping: order.shipping,
    payment_method: order.paymentMethod,
    payment_method_title: order.paymentMethodTitle,
    transaction_id: order.transactionId,
    customer_ip_address: "",
    customer_user_agent: "",
    created_via: order.createdVia,
    customer_note: order.customerNote,
    date_completed: order.completedAt === null ? null : siteTime(order.completedAt),
    date_paid: order.paidAt === null ? null : siteTime(order.paidAt),
    cart_hash: "",
    number: order.number,
    meta_data: order.meta,
    line_items: order.lines.map((line) => viewLine(site, order, line, amount)),
    tax_lines: viewTaxLines(order, totals.cartTax, totals.shippingTax, amount),
    shipping_lines: order.shippingLines.map((line) => viewShipping(site, order, line, amount)),
    fee_lines: order.feeLines.map((line) => viewFee(site, order, line, amount)),
    coupon_lines: order.couponLines.map((line) => viewCoupon(line, amount)),
    refunds: viewRefundSummaries(site, order, amount),
    payment_url: `${site.url}/checkout/order-pay/${order.id}/?pay_for_order=true&key=${order.orderKey}`,
    is_editable: ["pending", "on-hold", "auto-draft"].includes(order.status),
    needs_payment: ["pending", "failed"].includes(order.status) && totals.total > 0,
    needs_processing: needsProcessing(order),
    date_created_gmt: gmtTime(order.createdAt),
    date_modified_gmt: gmtTime(order.modifiedAt),
    date_completed_gmt: order.completedAt === null ? null : gmtTime(order.completedAt),
    date_paid_gmt: order.paidAt === null ? null : gmtTime(order.paidAt),
    currency_symbol: symbols[order.currency] ?? order.currency,
    _links: viewLinks(site, order),
  };
}

type Amount = (cents: number) => string;

export function viewLine(
  site: Site,
  order: Order,
  line: Line,
  amount: Amount,
): Record<string, unknown> {
  const product = productOf(line);
  return {
    id: line.id,
    name: line.name,
    product_id: line.productId,
    variation_id: line.variationId,
    quantity: line.quantity,
    tax_class: "",
    subtotal: amount(line.subtotal),
    subtotal_tax: amount(line.subtotalTax),
    total: amount(line.total),
    total_tax: amount(line.totalTax),
    taxes: taxesOf(
      order,
      taxText(site, order, { net: line.total, tax: line.totalTax }, amount),
      taxText(site, order, { net: line.subtotal, tax: line.subtotalTax }, amount),
    ),
    meta_data: line.meta.map(viewItemMeta),
    sku: product?.sku ?? null,
    ...(site.version === "10.5.0" && { global_unique_id: product ? "" : null }),
    price: unitPrice(line),
    image: { id: product && line.variationId === 0 ? "" : 0, src: "" },
    parent_name: product?.parentName ?? null,
  };
}

/** A JSON number, as WooCommerce's own float division gives it; nothing is counted with it. */
export function unitPrice({ total, quantity }: { total: number; quantity: number }): number {
  return total / 100 / Math.max(1, quantity);
}

/** The `taxes` of an item; none where the order is untaxed. */
export function taxesOf(
  { tax }: Order,
  total: string,
  subtotal: string,
): { id: number; total: string; subtotal: string }[] {
  return tax ? [{ id: tax.rateId, total, subtotal }] : [];
}

/** One tax of an item: 9.9.5 shows it as it was counted, unrounded and unpadded ("2.0625" of "2.06"; recorded). */
export function taxText(
  { version }: Site,
  order: Order,
  { net, tax }: { net: number; tax: number },
  amount: Amount,
): string {
  if (version === "10.5.0") return amount(tax);
  const exact = (net * (rateOf(order)?.basisPoints ?? 0)) / 1_000_000;
  const counted = Math.round(exact * 100) === tax ? exact : tax / 100;
  return String(Number(counted.toFixed(6)));
}

export function viewItemMeta({ id, key, value }: Meta): Record<string, unknown> {
  const label =
    key.startsWith("_") || key === "coupon_info" ? key : key.charAt(0).toUpperCase() + key.slice(1);
  return { id, key, value, display_key: label, display_value: value };
}

function viewTaxLines(
  order: Order,
  cart: number,
  shipping: number,
  amount: Amount,
): Record<string, unknown>[] {
  return order.tax ? [viewTaxLine(order, order.tax.itemId, amount(cart), amount(shipping))] : [];
}

/** One tax line of an order or refund. */
export function viewTaxLine(
  order: Order,
  itemId: number,
  cart: string,
  shipping: string,
): Record<string, unknown> {
  const rate = rateOf(order);
  return {
    id: itemId,
    rate_code: rate?.code ?? "",
    rate_id: rate?.id ?? 0,
    label: rate?.label ?? "",
    compound: false,
    tax_total: cart,
    shipping_tax_total: shipping,
    rate_percent: (rate?.basisPoints ?? 0) / 100,
    meta_data: [],
  };
}

export function viewShipping(
  site: Site,
  order: Order,
  line: ShippingLine,
  amount: Amount,
): Record<string, unknown> {
  return {
    id: line.id,
    method_title: line.title,
    method_id: line.methodId,
    instance_id: "",
    total: amount(line.total),
    total_tax: amount(line.tax),
    taxes: taxesOf(order, taxText(site, order, { net: line.total, tax: line.tax }, amount), ""),
    tax_status: "taxable",
    meta_data: line.meta.map(viewItemMeta),
  };
}

export function viewFee(
  site: Site,
  order: Order,
  line: FeeLine,
  amount: Amount,
): Record<string, unknown> {
  return {
    id: line.id,
    name: line.name,
    tax_class: "",
    tax_status: line.taxable ? "taxable" : "none",
    amount: "",
    total: amount(line.total),
    total_tax: amount(line.tax),
    taxes: line.taxable
      ? taxesOf(order, taxText(site, order, { net: line.total, tax: line.tax }, amount), "")
      : [],
    meta_data: line.meta.map(viewItemMeta),
  };
}

function viewCoupon(
  { id, code, percent, discount, discountTax, metaId }: CouponLine,
  amount: Amount,
): Record<string, unknown> {
  const value = JSON.stringify([17, code, "percent", percent]);
  return {
    id,
    code,
    // The one amount that is not padded: "4.9" (measured).
    discount: money(discount).replace(/\.?0+$/, ""),
    discount_tax: amount(discountTax),
    meta_data: [viewItemMeta({ id: metaId, key: "coupon_info", value })],
    discount_type: "percent",
    nominal_amount: percent,
    free_shipping: false,
  };
}

/** Newest first; of one second the oldest first (as recorded). A refund of nothing reads "-0.00". */
function viewRefundSummaries(
  { data }: Site,
  order: Order,
  amount: Amount,
): Record<string, unknown>[] {
  return data.refunds
    .filter(({ orderId }) => orderId === order.id)
    .sort((one, other) => other.createdAt - one.createdAt || one.id - other.id)
    .map(({ id, reason, amount: cents }) => ({ id, reason, total: `-${amount(cents)}` }));
}

function viewLinks({ url }: Site, { id, customerId }: Order): Record<string, unknown> {
  const api = `${url}/wp-json/wc/v3`;
  return {
    self: [{ href: `${api}/orders/${id}`, targetHints: { allow: writable } }],
    collection: [{ href: `${api}/orders` }],
    email_templates: [{ embeddable: true, href: `${api}/orders/${id}/actions/email_templates` }],
    ...(customerId > 0 && { customer: [{ href: `${api}/customers/${customerId}` }] }),
  };
}
