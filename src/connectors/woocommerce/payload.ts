import { z } from "zod";

/**
 * What WooCommerce really sends, as recorded from 9.9.5 and 10.5.0; its own OPTIONS schemas are broken by its
 * answers. Only what we read is named, and only what we cannot do without is required. Numbers come out of
 * `parseJson`: whole ones as numbers, others as text.
 */
const id = z.union([z.number(), z.string().regex(/^\d+$/)]).transform(String);
const amount = z
  .union([z.string(), z.number()])
  .transform((value) => (value === "" ? "0" : String(value)))
  .pipe(z.string().regex(/^-?\d+(\.\d+)?$/, "is no amount"));
const quantity = z.union([z.number(), z.string()]).transform(Number).pipe(z.number().finite());
const text = z
  .string()
  .nullish()
  .transform((value) => (value?.trim() ? value : null));
const gmt = z.string().nullish();

/** PHP has one type for lists and maps: a list that a plugin took something out of comes as a map, an empty map as a list. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.union([z.array(item), z.record(z.string(), item).transform((map) => Object.values(map))]);
const unlessList = <Map extends z.ZodType>(map: Map) =>
  z.preprocess((value) => (Array.isArray(value) && value.length === 0 ? {} : value), map);

const meta = z.object({
  id: z.number().optional(),
  key: z.string(),
  value: z.unknown().optional(),
  display_key: z.unknown().optional(),
  display_value: z.unknown().optional(),
});
/** Plugins write what they like: an entry without a key is left out, a map (PHP has one type for both) is read as a list. */
const metaData = z
  .union([z.array(z.unknown()), z.record(z.string(), z.unknown()).transform(Object.values)])
  .nullish()
  .transform((entries) => (entries ?? []).flatMap((entry) => meta.safeParse(entry).data ?? []));

const addressFields = z
  .object({
    first_name: text,
    last_name: text,
    company: text,
    address_1: text,
    address_2: text,
    city: text,
    state: text,
    postcode: text,
    country: text,
    email: text,
    phone: text,
  })
  .partial();
const address = unlessList(addressFields);

/** The tax of one item by rate; a rate that does not apply to it bears an empty amount. */
const taxes = listOf(z.object({ id, total: amount }))
  .nullish()
  .transform((rows) => rows ?? []);

const lineItem = z.object({
  id,
  name: z.string(),
  product_id: id.nullish().catch(null),
  variation_id: id.nullish().catch(null),
  quantity,
  subtotal: amount,
  subtotal_tax: amount,
  total: amount,
  total_tax: amount,
  taxes,
  sku: text,
  global_unique_id: text,
  image: z.object({ src: text }).nullish().catch(null),
  parent_name: text,
  meta_data: metaData,
});
const feeLine = z.object({
  id,
  name: text,
  total: amount,
  total_tax: amount,
  taxes,
  meta_data: metaData,
});
const shippingLine = z.object({
  id,
  method_title: text,
  method_id: text,
  total: amount,
  total_tax: amount,
  taxes,
});
const taxLine = z.object({
  label: text,
  rate_code: text,
  rate_percent: z.union([z.number(), z.string()]).nullish(),
  tax_total: amount,
  shipping_tax_total: amount,
});
const couponLine = z.object({ code: text, discount: amount, discount_tax: amount });

const orderFields = z.object({
  id,
  /** What plugins make of it; not the id, and with some nothing. */
  number: z.union([z.string(), z.number()]).nullish(),
  status: z.string(),
  currency: z.string().length(3),
  prices_include_tax: z.boolean(),
  date_created_gmt: z.string(),
  date_modified_gmt: gmt,
  date_completed_gmt: gmt,
  date_paid_gmt: gmt,
  discount_total: amount,
  discount_tax: amount,
  shipping_total: amount,
  shipping_tax: amount,
  total: amount,
  total_tax: amount,
  customer_id: id.nullish().catch(null),
  billing: address,
  shipping: address,
  payment_method: text,
  payment_method_title: text,
  created_via: text,
  customer_note: text,
  needs_processing: z.boolean().optional(),
  line_items: listOf(lineItem),
  shipping_lines: listOf(shippingLine).default([]),
  tax_lines: listOf(taxLine).default([]),
  fee_lines: listOf(feeLine).default([]),
  coupon_lines: listOf(couponLine).default([]),
  refunds: listOf(z.object({ id, total: amount })).default([]),
  meta_data: metaData,
});

export const orderPayload = orderFields.transform((order) => ({
  ...order,
  number: String(order.number ?? "").trim() || order.id,
}));

const refundItem = z.object({
  id,
  quantity: quantity.optional(),
  total: amount,
  total_tax: amount,
  taxes,
  meta_data: metaData,
});
const links = z.object({ up: z.array(z.object({ href: z.string() })).optional() }).optional();

export const refundPayload = z.object({
  id,
  /** Only in the list over all orders. */
  parent_id: id.optional(),
  date_created_gmt: z.string(),
  amount,
  reason: text,
  line_items: listOf(refundItem).default([]),
  shipping_lines: listOf(refundItem).default([]),
  fee_lines: listOf(refundItem).default([]),
  meta_data: metaData,
  _links: links,
});

export const fulfillmentPayload = z.object({
  id,
  entity_type: z.literal("WC_Order").optional(),
  entity_id: id,
  status: z.string(),
  is_fulfilled: z.boolean(),
  /** Site-local, without a twin in UTC. */
  date_updated: z.string(),
  date_deleted: z.string().nullish(),
  meta_data: metaData,
});
export const fulfillmentItems = z.array(z.object({ item_id: id, qty: quantity }));

/** One tracking of the Shipment Tracking extensions, in the meta of an order or from their own route. */
export const trackingPayload = z.object({
  /** Some plugins that write the same meta number none. */
  tracking_id: text,
  tracking_number: z.union([z.string(), z.number()]).transform(String),
  tracking_provider: text,
  custom_tracking_provider: text,
  tracking_link: text,
  custom_tracking_link: text,
  /** Unix seconds in the meta, a day on the route. */
  date_shipped: z.union([z.number(), z.string()]).nullish(),
  _links: links,
});

export const notePayload = z.object({
  id,
  author: text,
  date_created_gmt: z.string(),
  note: z.string(),
  customer_note: z.boolean(),
  _links: links,
});

export const webhookPayload = z.object({
  id,
  topic: z.string(),
  status: z.string(),
  delivery_url: z.string(),
});

/** Errors: `code` may be a number, `data` a number, and `data.status` a text. */
export const errorPayload = z.object({
  code: z.union([z.string(), z.number()]).transform(String),
  message: z.string(),
});

export type OrderPayload = z.output<typeof orderPayload>;
export type LineItem = z.output<typeof lineItem>;
export type AddressPayload = z.output<typeof addressFields>;
export type RefundPayload = z.output<typeof refundPayload>;
export type FulfillmentPayload = z.output<typeof fulfillmentPayload>;
export type TrackingPayload = z.output<typeof trackingPayload>;

export type Meta = z.output<typeof meta>;

/** The value of a meta entry, or undefined where there is none. */
export function metaValue(entries: readonly Meta[], key: string): unknown {
  return entries.find((entry) => entry.key === key)?.value;
}

/** The same as text; null where it is empty or no text. */
export function metaText(entries: readonly Meta[], key: string): string | null {
  const value = metaValue(entries, key);
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

/** 0 stands for none: no variation, no product, a guest. */
export function isSet(id: string | null | undefined): id is string {
  return id != null && id !== "0";
}
