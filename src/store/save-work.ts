import type { Order } from "../domain/order.js";
import type { Tx } from "./db.js";
import { differing, factsOf, partRow } from "./part-rows.js";
import { fulfillmentOrders, holds } from "./tables.js";
import { upsert } from "./upsert.js";

/** Writes work that differs from before, and which order each new hold belongs to, in two statements at most. */
export async function saveWork(
  tx: Tx,
  tenantId: string,
  writes: readonly { before: Order | null; order: Order }[],
): Promise<void> {
  const rows = writes.flatMap(({ before, order }) => {
    const row = partRow(tenantId, order);
    return differing(before?.fulfillmentOrders, order.fulfillmentOrders).map(([work, at]) => ({
      ...row(work, at),
      status: work.status,
      locationNativeId: work.locationId,
      shipBy: work.shipBy ? new Date(work.shipBy) : null,
      facts: factsOf(work),
    }));
  });
  await upsert(tx, fulfillmentOrders, ["tenantId", "id"], rows);
  const placed = writes.flatMap(({ before, order }) => {
    const known = new Set(before ? holdIdsOf(before) : []);
    const { id: orderId, channelId } = order;
    return holdIdsOf(order)
      .filter((id) => !known.has(id))
      .map((id) => ({ tenantId, id, orderId, channelId }));
  });
  await upsert(tx, holds, ["tenantId", "id"], placed);
}

function holdIdsOf({ fulfillmentOrders }: Order): string[] {
  return fulfillmentOrders.flatMap((work) => work.holds.map(({ id }) => id));
}
