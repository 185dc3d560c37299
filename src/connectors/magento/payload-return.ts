import { z } from "zod";
import { listOf, text, time, wholeId } from "./payload.js";

/**
 * A return (RMA) as the schemas of Adobe Commerce 2.4.6 to 2.4.9 name it; no traffic of one was recorded, so only what
 * we cannot do without is required. It names no time of change.
 */
const count = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?$/, "is no quantity")])
  .nullish()
  .transform((given) => Number(given ?? 0));
const option = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((given) => (given == null || given === "" ? null : String(given)));

export const returnPayload = z.object({
  entity_id: wholeId,
  increment_id: text,
  order_id: wholeId,
  order_increment_id: text,
  store_id: wholeId.nullish(),
  customer_id: wholeId.nullish(),
  date_requested: time,
  customer_custom_email: text,
  status: text,
  items: listOf(
    z.object({
      entity_id: wholeId,
      order_item_id: wholeId,
      qty_requested: count,
      qty_authorized: count,
      qty_approved: count,
      qty_returned: count,
      reason: option,
      condition: option,
      resolution: option,
      status: text,
    }),
  ),
  comments: listOf(
    z.object({ entity_id: wholeId.nullish(), comment: text, created_at: time.nullish() }),
  ),
  tracks: listOf(
    z.object({
      entity_id: wholeId,
      track_number: text,
      carrier_title: text,
      carrier_code: text,
    }),
  ),
});
export type ReturnPayload = z.output<typeof returnPayload>;
export type ReturnItemPayload = ReturnPayload["items"][number];
