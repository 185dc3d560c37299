import { money, sum } from "../store/amounts.js";
import { currencyOf } from "../store/currencies.js";
import { gatewayOf } from "../store/gateways.js";
import type { Fee, Order } from "../store/state.js";
import { statusOf } from "../store/statuses.js";
import { type Store, storeCurrency } from "../store/store.js";
import { shippedQuantity, taxIn, totalsOf } from "../store/totals.js";
import { consignments } from "./consignment-view.js";
import { rfc2822, rfc2822OrEmpty } from "./time.js";

/** What a request wants folded into an order. */
export interface Includes {
  consignments: boolean;
  lineItems: boolean;
  fees: boolean;
}

/** Reads `include` and `consignment_structure`; consignments are folded in only where both ask for them. */
export function includesOf(query: URLSearchParams): Includes {
  const asked = (query.get("include") ?? "").split(",");
  const isObject = query.get("consignment_structure") === "object";
  const lineItems = isObject && asked.includes("consignments.line_items");
  return {
    consignments: lineItems || (isObject && asked.includes("consignments")),
    lineItems,
    fees: asked.includes("fees"),
  };
}

/** A pointer to a sub-resource, as v2 puts it in the place of the thing itself. */
export const link = (
  { url, data }: Store,
  resource: string,
): { url: string; resource: string } => ({
  url: `${url}/stores/${data.credentials.storeHash}/v2${resource}`,
  resource,
});

/** An order as v2 shows it. */
export function orderView(store: Store, order: Order, includes: Includes): unknown {
  const { id } = order;
  const path = `/orders/${id}`;
  return {
    id,
    ...head(order),
    ...amounts(order),
    ...currencies(order),
    ...unused,
    is_deleted: order.archived,
    is_tax_inclusive_pricing: order.taxInclusive,
    items_total: sum(order.lines.map(({ quantity }) => quantity)),
    items_shipped: sum(order.lines.map((line) => shippedQuantity(order, line.id))),
    order_is_digital: order.lines.every(({ type }) => type === "digital"),
    shipping_address_count: order.destinations.length,
    billing_address: { ...order.billing, form_fields: [] },
    products: link(store, `${path}/products`),
    shipping_addresses: link(store, `${path}/shippingaddresses`),
    coupons: link(store, `${path}/coupons`),
    consignments: includes.consignments
      ? consignments(store, order, includes.lineItems)
      : link(store, `${path}/consignments`),
    fees: includes.fees ? order.fees.map(feeView) : link(store, `${path}/fees`),
  };
}

function head(order: Order): Record<string, unknown> {
  const status = statusOf(order.statusId);
  const { label, method } = gatewayOf(order.gateway);
  return {
    customer_id: order.customerId,
    date_created: rfc2822(order.createdAt),
    date_modified: rfc2822(order.modifiedAt),
    date_shipped: rfc2822OrEmpty(order.shippedAt),
    status_id: order.statusId,
    status: status.name,
    custom_status: status.customLabel,
    cart_id: order.cartId,
    payment_method: label,
    payment_provider_id: method === "credit_card" ? order.paymentId : "",
    payment_status: order.paymentStatus,
    staff_notes: order.staffNotes,
    customer_message: order.customerMessage,
    order_source: order.source,
    external_order_id: order.externalOrderId ?? "",
    channel_id: 1,
    customer_locale: "en",
    tax_provider_id: "BasicTaxProvider",
  };
}

function amounts(order: Order): Record<string, unknown> {
  const { subtotal, subtotalTax, shipping, handling, wrapping, ...rest } = totalsOf(order);
  const base = ({ ex, inc }: { ex: number; inc: number }): string =>
    money(order.taxInclusive ? inc : ex);
  return {
    subtotal_ex_tax: money(subtotal.ex),
    subtotal_inc_tax: money(subtotal.inc),
    subtotal_tax: money(subtotalTax),
    base_shipping_cost: base(shipping),
    shipping_cost_ex_tax: money(shipping.ex),
    shipping_cost_inc_tax: money(shipping.inc),
    shipping_cost_tax: money(taxIn(shipping)),
    shipping_cost_tax_class_id: 2,
    base_handling_cost: base(handling),
    handling_cost_ex_tax: money(handling.ex),
    handling_cost_inc_tax: money(handling.inc),
    handling_cost_tax: money(taxIn(handling)),
    handling_cost_tax_class_id: 2,
    base_wrapping_cost: base(wrapping),
    wrapping_cost_ex_tax: money(wrapping.ex),
    wrapping_cost_inc_tax: money(wrapping.inc),
    wrapping_cost_tax: money(taxIn(wrapping)),
    wrapping_cost_tax_class_id: 3,
    total_ex_tax: money(rest.total.ex),
    total_inc_tax: money(rest.total.inc),
    total_tax: money(rest.tax),
    discount_amount: money(rest.discount),
    coupon_discount: money(rest.couponDiscount),
    // Always 0, says the specification; what was refunded stands in v3 alone.
    refunded_amount: money(0),
    store_credit_amount: money(0),
    gift_certificate_amount: money(0),
  };
}

/** "Default" is what the customer pays in here, and "store default" what the merchant counts in. */
function currencies({ currency, displayCurrency }: Order): Record<string, unknown> {
  const isShownOtherwise = displayCurrency !== currency;
  return {
    currency_id: currencyOf(displayCurrency).id,
    currency_code: displayCurrency,
    currency_exchange_rate: isShownOtherwise ? currencyOf(displayCurrency).rate : "1.0000000000",
    default_currency_id: currencyOf(currency).id,
    default_currency_code: currency,
    store_default_currency_code: storeCurrency,
    store_default_to_transactional_exchange_rate: currencyOf(currency).rate,
  };
}

/** Fields that no order of this store has anything to say in. */
const unused = {
  ip_address: "192.0.2.10",
  ip_address_v6: "",
  geoip_country: "United States",
  geoip_country_iso2: "US",
  ebay_order_id: "0",
  is_email_opt_in: false,
  credit_card_type: null,
  external_id: null,
  external_merchant_id: null,
  external_source: null,
};

export function feeView({ id, name, cost }: Fee): unknown {
  return {
    id,
    type: "custom_fee",
    display_name_customer: name,
    display_name_merchant: name,
    source: "AA",
    base_cost: money(cost.ex),
    cost_ex_tax: money(cost.ex),
    cost_inc_tax: money(cost.inc),
    cost_tax: money(taxIn(cost)),
    tax_class_id: null,
  };
}
