import Big from "big.js";
import { z } from "zod";

/**
 * What BigCommerce sends, by its OpenAPI descriptions of v2 and v3 and their examples. Only what we read is named, and only
 * what we cannot do without is required. Numbers come out of `parseJson`: whole ones as numbers, others as text.
 */
const id = z.union([z.number(), z.string().regex(/^\d+$/)]).transform(String);
/** A number that some versions and proxies write as text. */
const code = z.union([z.number(), z.string().regex(/^\d+$/)]).transform(Number);
const amount = z
  .union([z.string(), z.number()])
  .transform((value) => (value === "" ? "0" : String(value)))
  .pipe(z.string().regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i, "is no amount"))
  .transform((value) => Big(value).toFixed());
const optionalAmount = amount.nullish().transform((value) => value ?? "0");
const quantity = z.union([z.number(), z.string()]).transform(Number).pipe(z.number().finite());
const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => (value?.trim() ? value : null))
  .catch(null);
/** 0 stands for none: a guest, a product outside the catalog, a transaction without a forerunner. */
const reference = id
  .nullish()
  .transform((value) => (value && value !== "0" ? value : null))
  .catch(null);
/** Sub-resources that were not asked for come as a link object in place of a list. */
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .unknown()
    .optional()
    .transform((value) => (Array.isArray(value) ? value : []))
    .pipe(z.array(item));

const formField = z.object({ name: z.string(), value: text });
const address = z
  .object({
    first_name: text,
    last_name: text,
    company: text,
    street_1: text,
    street_2: text,
    city: text,
    state: text,
    zip: text,
    country_iso2: text,
    phone: text,
    email: text,
    form_fields: listOf(formField),
  })
  .partial();

const appliedDiscount = z.object({
  id: text,
  amount: optionalAmount,
  name: text,
  code: text,
});
const productOption = z.object({ display_name: text, display_value: text, type: text });

const product = z.object({
  id,
  product_id: reference,
  variant_id: reference,
  order_address_id: reference,
  name: z.string(),
  sku: text,
  upc: text,
  type: z.string(),
  price_ex_tax: amount,
  price_inc_tax: amount,
  total_inc_tax: amount,
  total_tax: amount,
  discounted_total_inc_tax: amount.optional(),
  weight: optionalAmount,
  quantity,
  quantity_shipped: quantity.default(0),
  quantity_refunded: quantity.default(0),
  wrapping_name: text,
  wrapping_message: text,
  parent_order_product_id: reference,
  applied_discounts: listOf(appliedDiscount),
  product_options: listOf(productOption),
  configurable_fields: listOf(z.object({ name: text, value: text })),
});

/** Some examples show one line in place of a list of lines. */
const lineItems = z
  .unknown()
  .transform((value) => (Array.isArray(value) ? value : value ? [value] : []))
  .pipe(z.array(product));
const shippingConsignment = address.extend({
  id,
  line_items: lineItems,
  shipping_method: text,
  cost_ex_tax: optionalAmount,
  cost_inc_tax: optionalAmount,
  cost_tax: optionalAmount,
  handling_cost_ex_tax: optionalAmount,
  handling_cost_inc_tax: optionalAmount,
  handling_cost_tax: optionalAmount,
});
const pickupConsignment = z.object({
  id,
  pickup_method_display_name: text,
  location: z
    .object({
      id,
      name: text,
      address_line_1: text,
      address_line_2: text,
      city: text,
      state: text,
      postal_code: text,
      country_alpha2: text,
      phone: text,
    })
    .nullish(),
  line_items: lineItems,
});
const otherConsignment = z.object({ line_items: lineItems });

/** Until August 2025 this came as a list of one, and stores may still send it so. */
const consignments = z.preprocess(
  (value) => (Array.isArray(value) ? value[0] : value),
  z.object({
    shipping: z.array(shippingConsignment).default([]),
    pickups: z.array(pickupConsignment).default([]),
    downloads: z.array(otherConsignment).default([]),
    email: z.object({ gift_certificates: z.array(otherConsignment).default([]) }).nullish(),
  }),
);

const fee = z.object({
  id,
  display_name_customer: text,
  display_name_merchant: text,
  /** Both spellings are sent. */
  cost_ex_tax: amount.optional(),
  cost_exc_tax: amount.optional(),
  cost_inc_tax: amount,
  cost_tax: optionalAmount,
});

/** An order read with `include=consignments.line_items,fees` and `consignment_structure=object`. */
export const orderPayload = z.object({
  id,
  status_id: code,
  status: text,
  custom_status: text,
  payment_status: text,
  payment_method: text,
  date_created: z.string().min(1),
  date_modified: z.string().nullish(),
  date_shipped: z.string().nullish(),
  is_deleted: z.boolean().optional(),
  default_currency_code: z.string().length(3),
  store_default_currency_code: text,
  store_default_to_transactional_exchange_rate: amount.nullish().transform((value) => value ?? "1"),
  is_tax_inclusive_pricing: z.boolean().default(false),
  subtotal_ex_tax: amount,
  subtotal_inc_tax: amount,
  shipping_cost_ex_tax: optionalAmount,
  shipping_cost_inc_tax: optionalAmount,
  handling_cost_ex_tax: optionalAmount,
  handling_cost_inc_tax: optionalAmount,
  wrapping_cost_ex_tax: optionalAmount,
  wrapping_cost_inc_tax: optionalAmount,
  wrapping_cost_tax: optionalAmount,
  total_inc_tax: amount,
  total_tax: amount,
  store_credit_amount: optionalAmount,
  discount_amount: optionalAmount,
  coupon_discount: optionalAmount,
  items_shipped: quantity.default(0),
  customer_id: reference,
  customer_message: text,
  staff_notes: text,
  order_source: text,
  channel_id: text,
  external_source: text,
  external_id: text,
  external_order_id: text,
  billing_address: address.nullish(),
  consignments,
  fees: listOf(fee),
});

/** `items` of refunds and shipments; `product_id` is the catalog's and of no use here. */
export const shipmentPayload = z.object({
  id,
  order_id: id,
  order_address_id: reference,
  date_created: z.string().min(1),
  tracking_number: text,
  tracking_carrier: text,
  tracking_link: text,
  generated_tracking_link: text,
  shipping_method: text,
  shipping_provider: text,
  shipping_provider_display_name: text,
  comments: text,
  items: listOf(z.object({ order_product_id: id, quantity })),
});

export const refundPayload = z.object({
  id,
  order_id: id,
  created: z.string().min(1),
  reason: text,
  total_amount: amount,
  items: listOf(
    z.object({
      item_type: z.string(),
      item_id: id.nullish(),
      quantity: quantity.nullish(),
      requested_amount: amount.nullish(),
      adjustments: listOf(z.object({ amount: optionalAmount })),
      reason: text,
    }),
  ),
  payments: listOf(
    z.object({
      amount: optionalAmount,
      is_declined: z.boolean().nullish(),
      declined_message: text,
    }),
  ),
});

/** What a refund would come to, and the ways in which the money can go back: each is a list of payments to be made together. */
export const quotePayload = z.object({
  total_refund_amount: amount,
  refund_methods: z.array(
    z.array(
      z.object({
        provider_id: z.string().min(1),
        provider_description: text,
        amount,
        /** A person must send it. */
        offline: z.boolean(),
      }),
    ),
  ),
});

export const transactionPayload = z.object({
  id,
  event: z.string(),
  method: z.string(),
  amount,
  currency: z.string().length(3),
  gateway: text,
  status: text,
  test: z.boolean().nullish(),
  date_created: z.string().nullish(),
  reference_transaction_id: reference,
});

export const hookPayload = z.object({
  id,
  scope: z.string(),
  destination: z.string(),
  is_active: z.boolean(),
  headers: z.record(z.string(), z.string()).nullish().catch(null),
});

/** The body of a callback; `data` differs by scope: shipments and transactions each name their order in their own way. */
export const callbackPayload = z.object({
  scope: z.string(),
  hash: z.string().min(1),
  producer: text,
  data: z.object({
    type: z.string(),
    id: id.optional().catch(undefined),
    orderId: id.optional(),
    order_id: id.optional(),
  }),
});

export type OrderPayload = z.output<typeof orderPayload>;
export type ProductPayload = z.output<typeof product>;
export type AddressPayload = z.output<typeof address>;
export type ShippingConsignment = z.output<typeof shippingConsignment>;
export type PickupConsignment = z.output<typeof pickupConsignment>;
export type ShipmentPayload = z.output<typeof shipmentPayload>;
export type RefundPayload = z.output<typeof refundPayload>;
export type TransactionPayload = z.output<typeof transactionPayload>;

/** Every line of an order, wherever it goes. */
export function productsOf({ consignments: all }: OrderPayload): ProductPayload[] {
  const parts = [
    ...all.shipping,
    ...all.pickups,
    ...all.downloads,
    ...(all.email?.gift_certificates ?? []),
  ];
  return parts.flatMap((part) => part.line_items);
}
