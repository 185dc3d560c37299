import { z } from "zod";

const trackingWish = z.object({
  number: z.string(),
  carrier: z.string().nullable(),
  carrierCode: z.string().nullable(),
  url: z.string().nullable(),
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
  ORDER_CANCEL: z.object({ reason: z.string() }),
  ORDER_STATUS: z.object({ status: z.literal("completed") }),
  ORDER_NOTE_ADD: z.object({ text: z.string(), toCustomer: z.boolean() }),
};
