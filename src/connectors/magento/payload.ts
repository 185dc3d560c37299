import { z } from "zod";
import { roundQuantity } from "../../domain/quantity.js";
import { stored } from "./amount.js";

/**
 * What Magento really sends, as recorded from Open Source 2.4.6-p11 and named in the schemas of 2.4.6 to 2.4.9. Only
 * what we read is named, and only what we cannot do without is required: a column that was never written is left out,
 * and under `fields` an empty list is null. Numbers come out of `parseJson`: whole ones as numbers, others as text.
 */
export const wholeId = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String);
const id = wholeId;
const number = z.union([
  z.number(),
  z.string().regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/, "is no number"),
]);
/** Absent means that the column was never written, which Magento itself counts as nothing. */
const amount = number.nullish().transform((digits) => stored(digits ?? 0));
const quantity = number.nullish().transform((digits) => roundQuantity(Number(digits ?? 0)));
export const text = z
  .string()
  .nullish()
  .transform((value) => (value?.trim() ? value : null));
export const time = z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/, "is no time in UTC");
const currency = z.string().length(3);
/** 0 or 1, in some versions true or false. */
const flag = z
  .union([z.number(), z.boolean(), z.string()])
  .nullish()
  .transform(Number)
  .transform(Boolean);
export const listOf = <T extends z.ZodType>(entry: T) =>
  z
    .array(entry)
    .nullish()
    .transform((entries) => entries ?? []);

const address = z.object({
  entity_id: id.nullish(),
  email: text,
  firstname: text,
  middlename: text,
  lastname: text,
  company: text,
  street: listOf(z.string()),
  city: text,
  region: text,
  region_code: text,
  postcode: text,
  country_id: text,
  telephone: text,
});

const item = z.object({
  item_id: id,
  parent_item_id: id.nullish(),
  product_id: id.nullish(),
  product_type: text,
  sku: text,
  name: text,
  is_virtual: flag,
  is_qty_decimal: flag,
  weight: number.nullish(),
  qty_ordered: quantity,
  qty_canceled: quantity,
  qty_shipped: quantity,
  qty_refunded: quantity,
  qty_invoiced: quantity,
  price: amount,
  base_price: amount,
  row_total: amount,
  base_row_total: amount,
  discount_amount: amount,
  base_discount_amount: amount,
  tax_amount: amount,
  base_tax_amount: amount,
  discount_tax_compensation_amount: amount,
  base_discount_tax_compensation_amount: amount,
  weee_tax_applied_row_amount: amount,
  /** Named so: the column is cut off in Magento itself. */
  base_weee_tax_applied_row_amnt: amount,
  /** What was billed and given back of it so far, of which Magento counts what a refund of some pieces comes to. */
  base_row_invoiced: amount,
  base_amount_refunded: amount,
  base_tax_invoiced: amount,
  base_tax_refunded: amount,
  base_discount_invoiced: amount,
  base_discount_refunded: amount,
  base_discount_tax_compensation_invoiced: amount,
  base_discount_tax_compensation_refunded: amount,
});

const comment = z.object({
  entity_id: id.nullish(),
  comment: text,
  created_at: time.nullish(),
  is_visible_on_front: flag,
});

const payment = z.object({
  method: text,
  amount_authorized: amount,
  base_amount_authorized: amount,
});

const appliedTax = z.object({
  title: text,
  code: text,
  percent: number.nullish(),
  amount,
  base_amount: amount,
});

/** Extensions and versions differ here, so whatever is not as expected counts as not said. */
const orderExtension = z
  .object({
    shipping_assignments: listOf(
      z.object({
        shipping: z.object({ address: address.nullish(), method: text }).nullish(),
      }),
    ).catch([]),
    payment_additional_info: listOf(z.object({ key: z.string(), value: text })).catch([]),
    applied_taxes: listOf(appliedTax).catch([]),
  })
  .catch({ shipping_assignments: [], payment_additional_info: [], applied_taxes: [] });

export const orderPayload = z.object({
  entity_id: id,
  increment_id: z.string(),
  state: text,
  status: text,
  created_at: time,
  updated_at: time,
  store_id: id.nullish(),
  store_name: text,
  ext_order_id: text,
  base_currency_code: currency,
  order_currency_code: currency,
  grand_total: amount,
  base_grand_total: amount,
  subtotal: amount,
  base_subtotal: amount,
  discount_amount: amount,
  base_discount_amount: amount,
  discount_tax_compensation_amount: amount,
  base_discount_tax_compensation_amount: amount,
  shipping_amount: amount,
  base_shipping_amount: amount,
  shipping_discount_amount: amount,
  base_shipping_discount_amount: amount,
  shipping_discount_tax_compensation_amount: amount,
  /** Named so: the column is cut off in Magento itself. */
  base_shipping_discount_tax_compensation_amnt: amount,
  shipping_tax_amount: amount,
  base_shipping_tax_amount: amount,
  base_shipping_refunded: amount,
  base_shipping_tax_refunded: amount,
  tax_amount: amount,
  base_tax_amount: amount,
  total_paid: amount,
  base_total_paid: amount,
  total_refunded: amount,
  base_total_refunded: amount,
  coupon_code: text,
  discount_description: text,
  shipping_description: text,
  customer_id: id.nullish(),
  customer_email: text,
  customer_firstname: text,
  customer_middlename: text,
  customer_lastname: text,
  customer_note: text,
  items: listOf(item),
  billing_address: address.nullish(),
  payment: payment.nullish(),
  status_histories: listOf(comment),
  extension_attributes: orderExtension.nullish(),
});

export const shipmentPayload = z.object({
  entity_id: id,
  order_id: id,
  increment_id: text,
  created_at: time,
  updated_at: time.nullish(),
  items: listOf(z.object({ order_item_id: id, qty: quantity })),
  tracks: listOf(
    z.object({
      entity_id: id,
      track_number: text,
      title: text,
      carrier_code: text,
    }),
  ),
  comments: listOf(comment),
  extension_attributes: z.object({ source_code: text }).nullish().catch(null),
});

export const creditmemoPayload = z.object({
  entity_id: id,
  order_id: id,
  /** Set where it gives back one invoice's money. */
  invoice_id: id.nullish(),
  created_at: time,
  updated_at: time.nullish(),
  state: number.nullish().transform((digits) => (digits == null ? null : Number(digits))),
  base_currency_code: currency,
  order_currency_code: currency,
  grand_total: amount,
  base_grand_total: amount,
  shipping_amount: amount,
  base_shipping_amount: amount,
  shipping_tax_amount: amount,
  base_shipping_tax_amount: amount,
  items: listOf(
    z.object({
      order_item_id: id,
      qty: quantity,
      row_total: amount,
      base_row_total: amount,
      discount_amount: amount,
      base_discount_amount: amount,
      tax_amount: amount,
      base_tax_amount: amount,
      discount_tax_compensation_amount: amount,
      base_discount_tax_compensation_amount: amount,
    }),
  ),
  comments: listOf(comment),
});

export const invoicePayload = z.object({
  entity_id: id,
  order_id: id,
  created_at: time,
  updated_at: time.nullish(),
  state: number.nullish().transform((digits) => (digits == null ? null : Number(digits))),
  base_currency_code: currency,
  order_currency_code: currency,
  grand_total: amount,
  base_grand_total: amount,
  /** The gateway's own id of the payment; money that has none came by another way. */
  transaction_id: text,
  items: listOf(z.object({ order_item_id: id, qty: quantity })),
});

const complaint = z.object({
  message: z.string(),
  parameters: z
    .union([z.array(z.unknown()), z.record(z.string(), z.unknown())])
    .nullish()
    .catch(null),
});

/**
 * A template with its values apart: by name where it says `%name`, in order where it says `%1`. Several complaints at once
 * stand below one that only says so.
 */
export const errorPayload = complaint.extend({ errors: listOf(complaint).catch([]) });
export type ErrorPayload = z.output<typeof complaint>;

export type OrderPayload = z.output<typeof orderPayload>;
export type ItemPayload = OrderPayload["items"][number];
export type AddressPayload = z.output<typeof address>;
export type CommentPayload = z.output<typeof comment>;
export type ShipmentPayload = z.output<typeof shipmentPayload>;
export type CreditmemoPayload = z.output<typeof creditmemoPayload>;
export type InvoicePayload = z.output<typeof invoicePayload>;
