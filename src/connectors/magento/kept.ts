import { z } from "zod";
import type { KeptBody, Translation } from "../../domain/channel.js";
import { parseJson } from "../json.js";
import { whyUnreadable } from "../unread.js";
import { orderPayload } from "./payload.js";
import type { Shop } from "./shop.js";
import { orderSnapshot } from "./translate.js";

/** A row of a list: an order's bears its own number, any other names its order. */
const rowSchema = z.looseObject({
  entity_id: z.union([z.number().int(), z.string()]),
  order_id: z.union([z.number().int(), z.string()]).nullish(),
});

/**
 * What a kept row of a pull says. An order that can be read now is its head and lines, and is read again for its parts; a
 * shipment or return leads to its order, since alone it may be older than what is known. Never throws.
 */
export function translateKept({ body }: KeptBody, shop: Shop): Translation {
  try {
    const row = rowSchema.safeParse(parseJson(body));
    if (!row.success) return { kind: "ignored", reason: "the body is no record of Magento's" };
    const { order_id } = row.data;
    if (order_id != null) return { kind: "hint", ref: { nativeId: String(order_id) } };
    const order = orderPayload.parse(row.data);
    return { kind: "snapshot", snapshot: orderSnapshot(order, shop), refresh: true };
  } catch (error) {
    return { kind: "unreadable", reason: whyUnreadable(error) };
  }
}
