import {
  orderPayload,
  refundPayload,
  shipmentPayload,
  transactionPayload,
} from "../../../src/connectors/bigcommerce/payload.js";
import type { OrderRecords } from "../../../src/connectors/bigcommerce/record.js";
import type { Shop } from "../../../src/connectors/bigcommerce/shop.js";
import { parseJson } from "../../../src/connectors/json.js";

type Differences = Record<string, unknown>;

/** An order as v2 sends it with consignments and fees: two mugs and a poster to one address, shipping, a coupon. */
export function orderBody(differences: Differences = {}): Record<string, unknown> {
  return {
    id: 218,
    customer_id: 11,
    date_created: "Tue, 05 Mar 2019 21:40:11 +0000",
    date_modified: "Mon, 11 Mar 2019 15:17:25 +0000",
    date_shipped: "",
    status_id: 11,
    status: "Awaiting Fulfillment",
    custom_status: "Awaiting Fulfillment",
    subtotal_ex_tax: "45.0000",
    subtotal_inc_tax: "49.5000",
    shipping_cost_ex_tax: "10.0000",
    shipping_cost_inc_tax: "11.0000",
    handling_cost_ex_tax: "0.0000",
    handling_cost_inc_tax: "0.0000",
    wrapping_cost_ex_tax: "0.0000",
    wrapping_cost_inc_tax: "0.0000",
    wrapping_cost_tax: "0.0000",
    total_ex_tax: "50.0000",
    total_inc_tax: "55.5000",
    total_tax: "5.5000",
    is_tax_inclusive_pricing: false,
    items_total: 3,
    items_shipped: 0,
    payment_method: "Credit Card",
    payment_status: "captured",
    refunded_amount: "0.0000",
    default_currency_code: "USD",
    store_default_currency_code: "USD",
    store_default_to_transactional_exchange_rate: "1.0000000000",
    discount_amount: "0.0000",
    coupon_discount: "5.0000",
    staff_notes: "",
    customer_message: "",
    billing_address: addressBody(),
    order_source: "www",
    channel_id: 1,
    external_source: null,
    external_id: null,
    external_order_id: "",
    consignments: { pickups: [], shipping: [consignmentBody()], downloads: [], email: {} },
    fees: [],
    ...differences,
  };
}

export function addressBody(differences: Differences = {}): Record<string, unknown> {
  return {
    first_name: "Jane",
    last_name: "Doe",
    company: "",
    street_1: "455 Main Street",
    street_2: "",
    city: "Austin",
    state: "Texas",
    zip: "78751",
    country: "United States",
    country_iso2: "US",
    phone: "555-0134",
    email: "janedoe@example.com",
    form_fields: [],
    ...differences,
  };
}

/** Inside a consignment money is JSON numbers. */
export function consignmentBody(differences: Differences = {}): Record<string, unknown> {
  return {
    id: 51,
    ...addressBody({ first_name: "Trish", street_1: "666 Sussex St" }),
    shipping_method: "Flat Rate",
    cost_ex_tax: 10,
    cost_inc_tax: 11,
    cost_tax: 1,
    handling_cost_ex_tax: 0,
    handling_cost_inc_tax: 0,
    handling_cost_tax: 0,
    line_items: [
      productBody(),
      productBody({ id: 66, sku: "POSTER-A2", name: "Poster", quantity: 1, applied_discounts: [] }),
    ],
    ...differences,
  };
}

export function productBody(differences: Differences = {}): Record<string, unknown> {
  return {
    id: 65,
    order_id: 218,
    product_id: 77,
    variant_id: 89,
    order_address_id: 51,
    name: "Enamel Mug",
    sku: "MUG-01",
    upc: "",
    type: "physical",
    price_ex_tax: "15.0000",
    price_inc_tax: "16.5000",
    total_ex_tax: "30.0000",
    total_inc_tax: "33.0000",
    total_tax: "3.0000",
    weight: "0.5000",
    quantity: 2,
    quantity_shipped: 0,
    quantity_refunded: 0,
    wrapping_name: "",
    wrapping_message: "",
    parent_order_product_id: null,
    applied_discounts: [
      { id: "coupon", amount: "5.0000", name: "$5 off", code: "S2549JM0Y", target: "order" },
    ],
    product_options: [],
    configurable_fields: [],
    discounted_total_inc_tax: "28.0000",
    ...differences,
  };
}

export function shipmentBody(differences: Differences = {}): Record<string, unknown> {
  return {
    id: 6,
    order_id: 218,
    customer_id: 11,
    order_address_id: 51,
    date_created: "Mon, 11 Mar 2019 17:22:08 +0000",
    tracking_number: "EJ958083578US",
    merchant_shipping_cost: "0.0000",
    shipping_method: "None",
    comments: "Ready to go...",
    shipping_provider: "usps",
    tracking_carrier: "",
    tracking_link: "",
    items: [{ order_product_id: 65, product_id: 77, quantity: 1 }],
    shipping_provider_display_name: "USPS",
    generated_tracking_link: "https://tools.usps.example/EJ958083578US",
    ...differences,
  };
}

export function refundBody(differences: Differences = {}): Record<string, unknown> {
  return {
    id: 3,
    order_id: 218,
    user_id: 1,
    created: "2019-03-12T10:00:00Z",
    reason: "Damaged",
    total_amount: 14,
    total_tax: 1.5,
    items: [{ item_type: "PRODUCT", item_id: 65, quantity: 1, requested_amount: null }],
    payments: [{ id: 1, provider_id: "stripe", amount: 14, offline: false, is_declined: false }],
    ...differences,
  };
}

export function transactionBody(differences: Differences = {}): Record<string, unknown> {
  return {
    id: 900,
    order_id: "218",
    event: "purchase",
    method: "credit_card",
    amount: 55.5,
    currency: "USD",
    gateway: "stripe",
    status: "ok",
    test: false,
    date_created: "2019-03-05T21:40:12Z",
    reference_transaction_id: 0,
    ...differences,
  };
}

export interface Bodies {
  order?: Differences;
  shipments?: Differences[];
  refunds?: Differences[];
  /** null: not asked for. */
  transactions?: Differences[] | null;
}

/** The records of an order, read as the client reads JSON. */
export function recordsOf(bodies: Bodies = {}): OrderRecords {
  const read = (body: unknown) => parseJson(JSON.stringify(body));
  return {
    order: orderPayload.parse(read(orderBody(bodies.order))),
    shipments: (bodies.shipments ?? []).map((it) => shipmentPayload.parse(read(shipmentBody(it)))),
    refunds: (bodies.refunds ?? []).map((it) => refundPayload.parse(read(refundBody(it)))),
    transactions:
      bodies.transactions?.map((it) => transactionPayload.parse(read(transactionBody(it)))) ?? null,
    readAt: new Date("2026-11-23T04:00:00Z"),
  };
}

export const shop: Shop = {
  statusLabels: { "11": "To be packed" },
  gramsPerUnit: "28.349523125",
  readsTransactions: true,
  adminUrl: (id) => `https://store-abc.example/manage/orders/${id}`,
};
