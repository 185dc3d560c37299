import { z } from "zod";

const trackingWish = z.object({
  number: z.string(),
  carrier: z.string().nullable(),
  carrierCode: z.string().nullable(),
  url: z.string().nullable(),
});
const address = z.object({
  name: z.string().nullable(),
  company: z.string().nullable(),
  line1: z.string().nullable(),
  line2: z.string().nullable(),
  city: z.string().nullable(),
  region: z.string().nullable(),
  regionCode: z.string().nullable(),
  postalCode: z.string().nullable(),
  country: z.string().nullable(),
  phone: z.string().nullable(),
});
/** What `perform` needs of each kind of step that is sent; native ids only, plain JSON. */
export const requests = {
  FULFILLMENT_CREATE: z.object({
    items: z.array(z.object({ itemId: z.string(), quantity: z.number() })),
    tracking: trackingWish.nullable(),
    notify: z.boolean().nullable(),
  }),
  FULFILLMENT_TRACKING_UPDATE: z.object({
    fulfillmentId: z.string(),
    tracking: trackingWish.nullable(),
    notify: z.boolean().nullable(),
  }),
  FULFILLMENT_CANCEL: z.object({ fulfillmentId: z.string(), notify: z.boolean().nullable() }),
  /** In shops that keep trackings: one parcel, and what it holds. */
  TRACKED_SHIPMENT: z.object({
    via: z.literal("trackings"),
    items: z.array(z.object({ itemId: z.string(), quantity: z.number() })),
    tracking: trackingWish,
    shippedAt: z.string().nullable(),
  }),
  /** One more tracking of a shipment, which has `numbers` already; `shipment` null: one that the gateway keeps. */
  TRACKING_ADD: z.object({
    via: z.literal("trackings"),
    shipment: z.string().nullable(),
    numbers: z.array(z.string()),
    tracking: trackingWish,
  }),
  /** Of the trackings with `numbers`, those that are not `wanted` go, and all but the latest of those that are. */
  TRACKING_TIDY: z.object({
    via: z.literal("trackings"),
    numbers: z.array(z.string()),
    wanted: z.array(z.string()),
  }),
  ORDER_CANCEL: z.object({ reason: z.string() }),
  ORDER_STATUS: z.object({ status: z.literal("completed") }),
  ORDER_NOTE_ADD: z.object({ text: z.string(), toCustomer: z.boolean() }),
  ORDER_ADDRESS_UPDATE: z.object({ address }),
  /** Amounts are decimal strings with tax, in the order's currency. */
  REFUND_CREATE: z.object({
    amount: z.string(),
    lines: z.array(z.object({ itemId: z.string(), quantity: z.number(), amount: z.string() })),
    shipping: z.string().nullable(),
    reason: z.string().nullable(),
    restock: z.boolean(),
    /** The payment gateway that is to send the money; null: the refund is only recorded. */
    gateway: z.string().nullable(),
    /** Refunds that were there when it was planned. */
    known: z.array(z.string()),
  }),
};
