import { z } from "zod";

const rows = z.array(z.object({ rowId: z.string(), quantity: z.number() }));
const track = z.object({
  number: z.string(),
  carrier: z.string().nullable(),
  carrierCode: z.string().nullable(),
});

/** What `perform` needs of each kind of step that is sent; native ids only, plain JSON. */
export const requests = {
  FULFILLMENT_CREATE: z.object({
    rows,
    /** Rows of the parts of bundles, which must be named beside them in case they leave alone. */
    parts: rows,
    tracks: z.array(track),
    sourceCode: z.string().nullable(),
    notify: z.boolean(),
  }),
  FULFILLMENT_TRACKING_UPDATE: z.object({
    shipmentId: z.string(),
    tracks: z.array(track),
    replace: z.boolean(),
    notify: z.boolean(),
  }),
  ORDER_CANCEL: z.object({}),
};
export type Track = z.output<typeof track>;
