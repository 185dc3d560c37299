import { z } from "zod";
import type { WooRequest } from "./client.js";
import { fulfillmentItems, type OrderPayload } from "./payload.js";

/** Before the keys of an order's meta that say what its trackings hold; the step's token follows. */
const PACKING_KEY = "_tributary_packing_";

const packingSchema = z.object({
  /** The id that the shipment has here; null: the gateway keeps the shipment, and the tracking is only shown in the shop. */
  shipment: z.string().nullable(),
  /** Token of the step that made the shipment; null where somebody else did. */
  marker: z.string().nullable(),
  /** Tracking numbers that it has or had, normalised. */
  numbers: z.array(z.string()),
  items: fulfillmentItems,
});

/**
 * Which trackings make one shipment, and what it holds. An extension's tracking is for the whole order and has no room for
 * either, so both stand in the order's meta, written before the tracking; without its tracking a packing means nothing.
 */
export interface Packing extends z.output<typeof packingSchema> {
  key: string;
}

/** The packings of an order; entries that cannot be read are left out. */
export function packingsOf({ meta_data }: Pick<OrderPayload, "meta_data">): Packing[] {
  return meta_data.flatMap(({ key, value }) => {
    const packing = key.startsWith(PACKING_KEY) ? packingSchema.safeParse(value).data : undefined;
    return packing ? [{ ...packing, key }] : [];
  });
}

/** The key of a packing that the step with this token writes. */
export function packingKey(marker: string): string {
  return `${PACKING_KEY}${marker}`;
}

/** Writes a packing, over the one of its key. Doing it again changes nothing. */
export function putPacking(orderId: string, { key, items, ...packing }: Packing): WooRequest {
  const value = {
    ...packing,
    items: items.map(({ item_id, qty }) => ({ item_id: Number(item_id), qty })),
  };
  return {
    method: "PUT",
    path: `/wc/v3/orders/${orderId}`,
    body: { meta_data: [{ key, value }] },
  };
}
