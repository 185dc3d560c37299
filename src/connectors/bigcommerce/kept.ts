import { z } from "zod";
import type { KeptBody, Translation } from "../../domain/channel.js";
import { readJson } from "../json.js";
import { meaningOf } from "./callback.js";

/** What paging needs of an order is all that is needed to read it again. */
const pulledOrder = z.object({ id: z.number(), status_id: z.number(), date_created: z.string() });

/**
 * What a body says that was kept. A callback only ever names its order. A pulled order names itself and lacks its
 * shipments, refunds and payments, which its totals depend on; so it is read again rather than believed by half.
 */
export function translateKept({ body }: KeptBody): Translation {
  const record = readJson(body);
  if (record === undefined) return { kind: "unreadable", reason: "the body is no JSON" };
  const order = pulledOrder.safeParse(record).data;
  if (order) return { kind: "hint", ref: { nativeId: String(order.id) } };
  return meaningOf(record);
}
