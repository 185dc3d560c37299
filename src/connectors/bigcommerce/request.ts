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
  ORDER_CANCEL: z.object({}),
  ORDER_STATUS: z.object({}),
};
