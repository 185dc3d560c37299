import { z } from "zod";
import { RETURN_REASONS } from "../../domain/return.js";

/** Tracking as Shopify takes it: one company for all numbers of a fulfillment. */
const tracking = z.object({
  company: z.string().nullable(),
  numbers: z.array(z.string()),
  /** One for each number, or none at all: Shopify pairs them by position. */
  urls: z.array(z.string()).nullable(),
});
export type Tracking = z.output<typeof tracking>;

const parcel = z.object({
  number: z.string(),
  company: z.string().nullable(),
  url: z.string().nullable(),
});
export type Parcel = z.output<typeof parcel>;

const text = z.string().nullable();
const address = z.object({
  firstName: text,
  lastName: text,
  company: text,
  address1: text,
  address2: text,
  city: text,
  provinceCode: text,
  zip: text,
  countryCode: text,
  phone: text,
});

const told = { notifyCustomer: z.boolean().nullable() };
/** So many pieces of a row of a return; `before` is what was processed, or in it, when this was planned. */
const returnLine = { returnLineId: z.string(), quantity: z.number(), before: z.number() };

const pieces = z.object({ lineItemId: z.string(), quantity: z.number() });

/** Money to give back; amounts are in the currency that the customer paid in, tax included. */
const refund = {
  lines: z.array(
    z.object({
      lineItemId: z.string(),
      quantity: z.number(),
      restockType: z.enum(["RETURN", "CANCEL", "NO_RESTOCK"]),
      locationId: text,
    }),
  ),
  shipping: text,
  amount: z.string(),
  currency: z.string(),
  reason: text,
  storeCredit: z.boolean(),
  /** The open return that it pays for. Absent in steps of older versions. */
  returnId: text.default(null),
  ...told,
};

/** What a step will send: plain JSON, kept with the command, all that performing it needs. */
export const stepRequest = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("fulfill"),
    work: z.array(
      z.object({
        fulfillmentOrderId: z.string(),
        lines: z.array(z.object({ id: z.string(), quantity: z.number() })),
      }),
    ),
    tracking: tracking.nullable(),
    notifyCustomer: z.boolean().nullable(),
  }),
  z.object({
    act: z.literal("track"),
    fulfillmentId: z.string(),
    parcels: z.array(parcel),
    replace: z.boolean(),
    notifyCustomer: z.boolean().nullable(),
  }),
  z.object({ act: z.literal("cancelFulfillment"), fulfillmentId: z.string() }),
  z.object({
    act: z.literal("scan"),
    fulfillmentId: z.string(),
    status: z.string(),
    happenedAt: z.string(),
    message: z.string().nullable(),
  }),
  z.object({
    act: z.literal("hold"),
    fulfillmentOrderId: z.string(),
    reason: z.string(),
    note: text,
  }),
  z.object({
    act: z.literal("release"),
    fulfillmentOrderId: z.string(),
    holdIds: z.array(z.string()),
  }),
  z.object({
    act: z.literal("move"),
    fulfillmentOrderId: z.string(),
    locationId: z.string(),
    /** Rows of it; null: all that is left. */
    rows: z.array(z.object({ id: z.string(), quantity: z.number() })).nullable(),
    /** The ordered pieces that go there, and those that were there when this was planned. */
    pieces: z.array(pieces),
    before: z.array(pieces),
  }),
  z.object({
    act: z.literal("cancelOrder"),
    reason: z.string(),
    restock: z.boolean(),
    /** Whether all that is left of the money goes back the way it came. Absent in steps of older versions. */
    refund: z.boolean().default(false),
    notifyCustomer: z.boolean().nullable(),
  }),
  z.object({ act: z.literal("addNote"), text: z.string() }),
  z.object({
    act: z.literal("changeTags"),
    how: z.enum(["add", "remove"]),
    tags: z.array(z.string()),
  }),
  z.object({ act: z.literal("changeAddress"), address }),
  z.object({ act: z.literal("refund"), ...refund }),
  z.object({
    act: z.literal("createReturn"),
    requested: z.boolean(),
    lines: z.array(
      z.object({
        lineItemId: z.string(),
        quantity: z.number(),
        reason: z.enum(RETURN_REASONS),
        note: text,
      }),
    ),
    /** What the customer gets instead. Absent in steps of older versions. */
    exchange: z.array(z.object({ sku: z.string(), quantity: z.number() })).default([]),
  }),
  z.object({ act: z.literal("approveReturn"), returnId: z.string(), ...told }),
  z.object({
    act: z.literal("declineReturn"),
    returnId: z.string(),
    reason: z.string(),
    note: z.string(),
    ...told,
  }),
  z.object({
    act: z.literal("processReturn"),
    returnId: z.string(),
    lines: z.array(z.object({ ...returnLine, disposition: z.string(), locationId: text })),
    /** Whether nothing is awaited after it, so that what is sent instead may go. Absent in steps of older versions. */
    isLast: z.boolean().default(false),
    ...told,
  }),
  z.object({
    act: z.literal("removeFromReturn"),
    returnId: z.string(),
    lines: z.array(z.object(returnLine)),
  }),
  z.object({ act: z.literal("endReturn"), returnId: z.string(), how: z.enum(["close", "cancel"]) }),
  z.object({
    act: z.literal("trackReturn"),
    /** Null where a step before makes the return; then `of` says which pieces it has. */
    returnId: text,
    of: z.array(z.object({ lineItemId: z.string(), quantity: z.number() })),
    number: z.string(),
    url: text,
    ...told,
  }),
  z.object({ act: z.literal("read") }),
  z.object({ act: z.literal("nothing") }),
]);
export type StepRequest = z.output<typeof stepRequest>;
export type RequestOf<Act extends StepRequest["act"]> = Extract<StepRequest, { act: Act }>;
