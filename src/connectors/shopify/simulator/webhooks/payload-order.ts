import { gid, type Shop, shopCurrency, uuidOf } from "../shop/shop.js";
import type { Customer, Discount, Order, ShippingLine } from "../shop/state.js";
import { financialStatus, progressOf } from "../shop/status.js";
import {
  currentTotals,
  lineTotal,
  minus,
  nothing,
  outstanding,
  placedTotals,
  plain,
  sum,
} from "../shop/totals.js";
import { lineWire } from "./payload-line.js";
import { fulfillmentWire, refundWire } from "./payload-parts.js";
import {
  address,
  allocated,
  allocations,
  fullName,
  localTime,
  moneySet,
  numeral,
  shopAmount,
  taxLines,
  type Wire,
} from "./wire.js";

/** The body of every orders/* webhook that tells the whole order. */
export function orderWire(shop: Shop, order: Order): Wire {
  const customer = shop.customer(order.customerId);
  return {
    id: numeral(order.id),
    admin_graphql_api_id: gid("Order", order.id),
    ...head(shop, order),
    ...money(order),
    billing_address: address(order.billingAddress),
    customer: customer ? customerWire(customer) : null,
    discount_applications: order.discounts.map((each) => discountWire(order, each)),
    fulfillments: order.fulfillments.map((each) => fulfillmentWire(shop, order, each)),
    line_items: order.lines.map((line) => ({
      ...lineWire(shop, order, line),
      attributed_staffs: [],
      current_quantity: line.quantity - line.removed - refundedUnits(order, line.id),
      sales_line_item_group_id: null,
    })),
    payment_terms: null,
    refunds: order.refunds.map((each) => refundWire(shop, order, each)),
    shipping_address: address(order.shippingAddress),
    shipping_lines: order.shippingLines.map((each) => shippingWire(order, each)),
    returns: [],
    line_item_groups: [],
  };
}

function head(shop: Shop, order: Order): Wire {
  const token = uuidOf(order.id).replaceAll("-", "");
  return {
    ...unknowns,
    buyer_accepts_marketing: false,
    cancel_reason: order.cancelReason?.toLowerCase() ?? null,
    cancelled_at: localTime(order.cancelledAt),
    closed_at: localTime(order.closedAt),
    confirmation_number: order.confirmationNumber,
    confirmed: true,
    contact_email: order.email,
    created_at: localTime(order.createdAt),
    currency: shopCurrency,
    customer_locale: order.locale,
    discount_codes: order.discounts.flatMap((each, index) =>
      each.kind === "code" ? [codeWire(order, each, index)] : [],
    ),
    duties_included: false,
    email: order.email ?? "",
    estimated_taxes: false,
    financial_status: financialStatus(order, shop.now()).toLowerCase(),
    fulfillment_status: progressOf(order),
    name: order.name,
    note: order.note,
    note_attributes: order.attributes.map(({ key, value }) => ({ name: key, value })),
    number: order.number - 1000,
    order_number: order.number,
    order_status_url: `https://${shop.domain}/orders/${token}/authenticate`,
    payment_gateway_names: [...new Set(order.transactions.map(({ gateway }) => gateway))],
    phone: order.phone,
    po_number: order.poNumber,
    presentment_currency: order.currency,
    processed_at: localTime(order.processedAt),
    source_name: "web",
    tags: order.tags.join(", "),
    tax_exempt: false,
    taxes_included: order.taxesIncluded,
    test: order.test,
    token,
    total_weight: order.lines.reduce((grams, line) => grams + line.grams * line.quantity, 0),
    updated_at: localTime(order.updatedAt),
  };
}

function money(order: Order): Wire {
  const placed = placedTotals(order);
  const current = currentTotals(order);
  const both = (name: string, amount: { shop: number; presentment: number }): Wire => ({
    [name]: shopAmount(amount),
    [`${name}_set`]: moneySet(order, amount),
  });
  const taxes = [...order.lines, ...order.shippingLines].flatMap((taxed) => taxed.taxes);
  return {
    current_shipping_price_set: moneySet(order, current.shipping),
    ...both("current_subtotal_price", current.subtotal),
    current_total_additional_fees_set: null,
    ...both("current_total_discounts", current.discounts),
    current_total_duties_set: null,
    ...both("current_total_price", current.total),
    ...both("current_total_tax", current.tax),
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    ...both("subtotal_price", placed.subtotal),
    tax_lines: taxLines(order, mergeTaxes(taxes)),
    total_cash_rounding_payment_adjustment_set: moneySet(order, nothing),
    total_cash_rounding_refund_adjustment_set: moneySet(order, nothing),
    ...both("total_discounts", placed.discounts),
    ...both("total_line_items_price", sum(order.lines.map(lineTotal))),
    total_outstanding: shopAmount(outstanding(order)),
    ...both("total_price", placed.total),
    total_shipping_price_set: moneySet(order, placed.shipping),
    ...both("total_tax", placed.tax),
    total_tip_received: plain(0, shopCurrency),
  };
}

/** One tax line for each title and rate. */
export function mergeTaxes(
  taxes: Order["lines"][number]["taxes"],
): Order["lines"][number]["taxes"] {
  const merged = new Map<string, (typeof taxes)[number]>();
  for (const { title, rate, amount } of taxes) {
    const key = `${title} ${rate}`;
    merged.set(key, { title, rate, amount: sum([amount, merged.get(key)?.amount ?? nothing]) });
  }
  return [...merged.values()];
}

/** What this shop never knows of an order. */
const unknowns = Object.fromEntries(
  [
    "app_id browser_ip cart_token checkout_token client_details device_id landing_site landing_site_ref location_id",
    "merchant_business_entity_id merchant_of_record_app_id reference referring_site source_identifier source_url user_id",
  ]
    .flatMap((names) => names.split(" "))
    .map((name) => [name, null]),
);

const refundedUnits = (order: Order, lineId: string): number =>
  order.refunds
    .flatMap(({ lines }) => lines)
    .filter((line) => line.lineId === lineId)
    .reduce((units, { quantity }) => units + quantity, 0);

function codeWire(order: Order, discount: Discount, index: number): Wire {
  const given = [...order.lines, ...order.shippingLines].flatMap((each) => each.allocations);
  const amount = allocated(given.filter((each) => each.index === index));
  const type =
    discount.target === "SHIPPING_LINE"
      ? "shipping"
      : "percentage" in discount.value
        ? "percentage"
        : "fixed_amount";
  return { code: discount.name, amount: shopAmount(amount), type };
}

function discountWire(order: Order, { kind, name, value, target }: Discount): Wire {
  return {
    target_type: target.toLowerCase(),
    type: kind === "code" ? "discount_code" : "automatic",
    value:
      "percentage" in value ? value.percentage : plain(value.amount.presentment, order.currency),
    value_type: "percentage" in value ? "percentage" : "fixed_amount",
    allocation_method: "across",
    target_selection: "all",
    ...(kind === "code" ? { code: name } : { title: name }),
  };
}

function customerWire(customer: Customer): Wire {
  return {
    id: numeral(customer.id),
    created_at: localTime(customer.createdAt),
    updated_at: localTime(customer.createdAt),
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: "disabled",
    note: null,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    email: customer.email,
    phone: customer.phone,
    currency: shopCurrency,
    tax_exemptions: [],
    admin_graphql_api_id: gid("Customer", customer.id),
    default_address: {
      ...defaultAddress(customer),
      id: numeral(String(BigInt(customer.id) + 1n)),
      customer_id: numeral(customer.id),
      country_name: customer.address.country,
      default: true,
    },
  };
}

function defaultAddress({ address: given }: Customer): Wire {
  const { latitude, longitude, ...rest } = { latitude: null, longitude: null, ...address(given) };
  return { ...rest, name: fullName(given) };
}

function shippingWire(order: Order, line: ShippingLine): Wire {
  const discounted = minus(line.price, allocated(line.allocations));
  const back = order.refunds
    .flatMap(({ shipping }) => shipping)
    .filter(({ shippingLineId }) => shippingLineId === line.id)
    .map(({ amount }) => amount);
  return {
    id: numeral(line.id),
    carrier_identifier: null,
    code: line.code,
    current_discounted_price_set: moneySet(order, minus(discounted, ...back)),
    discounted_price: shopAmount(discounted),
    discounted_price_set: moneySet(order, discounted),
    is_removed: false,
    phone: null,
    price: shopAmount(line.price),
    price_set: moneySet(order, line.price),
    requested_fulfillment_service_id: null,
    source: "shopify",
    title: line.title,
    tax_lines: taxLines(order, line.taxes),
    discount_allocations: allocations(order, line.allocations),
  };
}
