import { z } from "zod";

/** How a parcel is tracked, in BigCommerce's own fields; an empty text takes what is there away. */
const tracking = z.object({
  tracking_number: z.string(),
  tracking_link: z.string(),
  shipping_provider: z.string(),
  tracking_carrier: z.string(),
  /** Holds the carrier's name where BigCommerce has no word for it. */
  shipping_method: z.string().optional(),
});
export type TrackingFields = z.output<typeof tracking>;

/** What `perform` needs of each kind of step that is sent; native ids only, plain JSON. */
export const requests = {
  FULFILLMENT_CREATE: z.object({
    addressId: z.string(),
    items: z.array(z.object({ productId: z.string(), quantity: z.number() })),
    tracking,
  }),
  FULFILLMENT_TRACKING_UPDATE: z.object({ shipmentId: z.string(), tracking }),
  FULFILLMENT_CANCEL: z.object({ shipmentId: z.string() }),
  REFUND_CREATE: z.object({
    /** Amounts are in the order's transactional currency, tax included; `fixed` where the caller named it. */
    lines: z.array(
      z.object({ id: z.string(), quantity: z.number(), amount: z.string(), fixed: z.boolean() }),
    ),
    shipping: z.string().nullable(),
    extra: z.string().nullable(),
    /** What all of it comes to. */
    amount: z.string(),
    currency: z.string(),
    reason: z.string().nullable(),
    toStoreCredit: z.boolean(),
  }),
  ORDER_NOTE_ADD: z.object({ text: z.string() }),
  /** In the store's own fields; an empty text takes what is there away. */
  ORDER_ADDRESS_UPDATE: z.object({
    addressId: z.string(),
    address: z.record(z.string(), z.string()),
  }),
  ORDER_CANCEL: z.object({}),
  ORDER_STATUS: z.object({}),
};
