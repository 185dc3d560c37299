import { z } from "zod";
import { HOLD_REASONS } from "../../domain/fulfillment.js";
import { DISPOSITIONS, RETURN_STAGES } from "../../domain/return.js";

const rows = z.array(z.object({ rowId: z.string(), quantity: z.number() }));
const track = z.object({
  number: z.string(),
  carrier: z.string().nullable(),
  carrierCode: z.string().nullable(),
});

const word = z.string().nullable();

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
  ORDER_NOTE_ADD: z.object({ text: z.string() }),
  ORDER_ADDRESS_UPDATE: z.object({
    firstname: z.string(),
    lastname: z.string(),
    company: word,
    street: z.array(z.string()).min(1),
    city: z.string(),
    region: word,
    regionCode: word,
    postcode: z.string(),
    country: z.string(),
    telephone: word,
  }),
  ORDER_STATUS: z.object({
    /** On hold, and why; null: not any more. */
    hold: z.object({ reason: z.enum(HOLD_REASONS), note: word }).nullable(),
  }),
  REFUND_CREATE: z.object({
    /** The invoice whose money its gateway sends back; null: books only, of the order as a whole. */
    invoiceId: z.string().nullable(),
    rows: z.array(z.object({ rowId: z.string(), quantity: z.number(), restock: z.boolean() })),
    /** Base currency, with tax; "0" where none is given back. */
    shipping: z.string(),
    /** Base currency: what all of it must come to. */
    amount: z.string(),
    reason: word,
    notify: z.boolean(),
    /** Whether it stands for canceling, which nothing may have left for. */
    cancels: z.boolean(),
  }),
  RETURN_CREATE: z.object({
    items: z.array(
      z.object({
        rowId: z.string(),
        quantity: z.number(),
        /** Ids of the shop's own options; null where it has none. */
        reason: word,
        condition: word,
        resolution: word,
      }),
    ),
    requested: z.boolean(),
    track: track.nullable(),
    note: word,
  }),
  RETURN_TRACKING_UPDATE: z.object({ returnId: z.string(), track }),
  /** Approving, declining, receiving and closing: how the return is to be afterwards. */
  RETURN_MOVE: z.object({
    returnId: z.string(),
    stage: z.enum(RETURN_STAGES),
    items: z.array(
      z.object({
        itemId: z.string(),
        approved: z.number(),
        received: z.number(),
        rejected: z.number(),
        disposition: z.enum(DISPOSITIONS).nullable(),
      }),
    ),
    note: word,
    notify: z.boolean(),
  }),
};
export type Track = z.output<typeof track>;
