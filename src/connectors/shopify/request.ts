import { z } from "zod";

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
    act: z.literal("cancelOrder"),
    reason: z.string(),
    restock: z.boolean(),
    notifyCustomer: z.boolean().nullable(),
  }),
  z.object({ act: z.literal("read") }),
  z.object({ act: z.literal("nothing") }),
]);
export type StepRequest = z.output<typeof stepRequest>;
export type RequestOf<Act extends StepRequest["act"]> = Extract<StepRequest, { act: Act }>;
