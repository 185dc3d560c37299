import { and, eq, lt, sql } from "drizzle-orm";
import { derive } from "../domain/derive.js";
import { DOCUMENT_SHAPE } from "../domain/document.js";
import { mintId } from "../domain/id.js";
import { shapeOrder } from "../domain/shape.js";
import { instant } from "../domain/time.js";
import { completeWork } from "../domain/work.js";
import type { Database, Tx } from "./db.js";
import { loadOrders, lockOrders, type StoredOrder } from "./orders.js";
import { derivedColumns, saveTexts } from "./save-orders.js";
import { saveWork } from "./save-work.js";
import { orders, tenants } from "./tables.js";

export interface Rebuilding {
  done: number;
  total: number;
}

/** In one transaction, which is held for well under a second. */
const BATCH = 200;

/**
 * Shapes every order anew whose document is of an older shape than this program's, and writes its texts with it:
 * batch by batch, so that it goes on where it was ended, and from many processes at once, since each order is held
 * while it is written. The facts are the same, so that no version rises and no event is told. Gives how many there were.
 */
export async function rebuildDocuments(
  db: Database,
  onProgress: (progress: Rebuilding) => void = () => undefined,
): Promise<number> {
  const all = await db.asSystem((tx) => tx.select({ id: tenants.tenantId }).from(tenants));
  const left = new Map<string, number>();
  for (const { id } of all) left.set(id, await db.forTenant(id, (tx) => countOld(tx, id)));
  const total = [...left.values()].reduce((sum, count) => sum + count, 0);
  let done = 0;
  for (const [tenantId, count] of left) {
    for (let written = count; written > 0; ) {
      written = await db.forTenant(tenantId, (tx) => rebuildBatch(tx, tenantId));
      done += written;
      if (written > 0) onProgress({ done, total: Math.max(done, total) });
    }
  }
  return done;
}

async function countOld(tx: Tx, tenantId: string): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(orders)
    .where(isOld(tenantId));
  return row?.count ?? 0;
}

async function rebuildBatch(tx: Tx, tenantId: string): Promise<number> {
  const old = await tx
    .select({ channelId: orders.channelId, nativeId: orders.nativeId })
    .from(orders)
    .where(isOld(tenantId))
    .limit(BATCH);
  // In the same sequence everywhere, so that two processes wait for each other and never both.
  for (const channelId of [...new Set(old.map((row) => row.channelId))].sort()) {
    const nativeIds = old.flatMap((row) => (row.channelId === channelId ? row.nativeId : []));
    await lockOrders(tx, tenantId, channelId, nativeIds);
    const stored = await loadOrders(tx, tenantId, channelId, nativeIds);
    await saveShapes(tx, tenantId, [...stored.values()]);
  }
  return old.length;
}

function isOld(tenantId: string) {
  return and(eq(orders.tenantId, tenantId), lt(orders.documentShape, DOCUMENT_SHAPE));
}

/** Writes what is derived of orders, in one statement each for documents and texts, and the work that they have to have by now. */
async function saveShapes(tx: Tx, tenantId: string, stored: readonly StoredOrder[]): Promise<void> {
  if (stored.length === 0) return;
  const context = { mint: mintId, now: instant(new Date()) };
  const writes = stored.map(({ order }) => ({
    before: order,
    order: { ...order, fulfillmentOrders: completeWork(order, context) },
  }));
  await saveWork(tx, tenantId, writes);
  const rows = writes.map(({ order }) => {
    const derived = derive(order);
    return { id: order.id, document: shapeOrder(order, derived), ...derivedColumns(derived) };
  });
  const at = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as shaped(id text, document jsonb, state text,
    "paymentStatus" text, "fulfillmentStatus" text, "deliveryStatus" text, "returnStatus" text, diverged boolean)`;
  await tx.execute(sql`
    update ${orders} set document = shaped.document, document_shape = ${DOCUMENT_SHAPE}, state = shaped.state,
      payment_status = shaped."paymentStatus", fulfillment_status = shaped."fulfillmentStatus",
      delivery_status = shaped."deliveryStatus", return_status = shaped."returnStatus", diverged = shaped.diverged
    from ${at}
    where ${orders.tenantId} = ${tenantId} and ${orders.id} = shaped.id`);
  await saveTexts(
    tx,
    tenantId,
    writes.map(({ order }) => ({ before: null, order })),
  );
}
