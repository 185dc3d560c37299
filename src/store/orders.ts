import { and, eq, inArray, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { OrderDocument } from "../domain/document.js";
import type { EventSource } from "../domain/event.js";
import type {
  Fulfillment,
  FulfillmentOrder,
  FulfillmentOrderFacts,
  Package,
  TrackingEvent,
} from "../domain/fulfillment.js";
import type { Order } from "../domain/order.js";
import type { Identity, MadeBy } from "../domain/part.js";
import type { Return } from "../domain/return.js";
import { type Instant, instant } from "../domain/time.js";
import type { Tx } from "./db.js";
import {
  commandSteps,
  fulfillmentOrders,
  fulfillments,
  orderLines,
  orders,
  packages,
  refunds,
  returns,
  trackingEvents,
  transactions,
} from "./tables.js";

/** An order with the document that was last written of it. */
export interface StoredOrder {
  order: Order;
  document: OrderDocument;
  seen: Seen;
}
/** When an order was last seen at its shop, and how. */
export interface Seen {
  at: Date;
  source: EventSource;
}

/**
 * Holds orders until the transaction ends, also such as do not exist yet, always in the same sequence, so that two
 * transactions that want the same orders wait and never deadlock.
 */
export async function lockOrders(
  tx: Tx,
  tenantId: string,
  channelId: string,
  nativeIds: readonly string[],
): Promise<void> {
  const keys = [...new Set(nativeIds)]
    .sort()
    .map((nativeId) => `${tenantId}/${channelId}/${nativeId}`);
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtextextended(key, 0))
    from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) as key`);
}

/** Where an order lives, by our id; null where there is none. */
export async function findOrder(
  tx: Tx,
  tenantId: string,
  orderId: string,
): Promise<{ channelId: string; nativeId: string } | null> {
  const [row] = await tx
    .select({ channelId: orders.channelId, nativeId: orders.nativeId })
    .from(orders)
    .where(and(eq(orders.tenantId, tenantId), eq(orders.id, orderId)));
  return row ?? null;
}

/**
 * Whole orders by their native ids, in a constant number of statements; those that do not exist are missing from the map.
 */
export async function loadOrders(
  tx: Tx,
  tenantId: string,
  channelId: string,
  nativeIds: readonly string[],
): Promise<Map<string, StoredOrder>> {
  const heads = await tx
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.tenantId, tenantId),
        eq(orders.channelId, channelId),
        inArray(orders.nativeId, [...nativeIds]),
      ),
    );
  if (heads.length === 0) return new Map();
  const partsOf = await loadParts(
    tx,
    tenantId,
    heads.map((head) => head.id),
  );
  return new Map(
    heads.map((row) => {
      const order: Order = {
        id: row.id,
        channelId: row.channelId,
        nativeId: row.nativeId,
        version: row.version,
        updatedAt: instant(row.updatedAt),
        deletedAt: row.deletedAt && instant(row.deletedAt),
        sections: row.sections,
        head: row.head,
        ...partsOf(row.id),
      };
      const seen = { at: row.observedAt, source: row.observedSource as EventSource };
      return [row.nativeId, { order, document: row.document as OrderDocument, seen }];
    }),
  );
}

type Parts = Pick<
  Order,
  "lines" | "fulfillments" | "fulfillmentOrders" | "returns" | "refunds" | "transactions"
>;

async function loadParts(
  tx: Tx,
  tenantId: string,
  orderIds: string[],
): Promise<(orderId: string) => Parts> {
  const of = (t: { tenantId: PgColumn; orderId: PgColumn }) =>
    and(eq(t.tenantId, tenantId), inArray(t.orderId, orderIds));
  const all = {
    lines: await tx.select().from(orderLines).where(of(orderLines)).orderBy(orderLines.position),
    fulfillments: await tx
      .select()
      .from(fulfillments)
      .where(of(fulfillments))
      .orderBy(fulfillments.position),
    packages: await tx.select().from(packages).where(of(packages)).orderBy(packages.position),
    scans: await tx
      .select()
      .from(trackingEvents)
      .where(of(trackingEvents))
      .orderBy(trackingEvents.position),
    work: await tx
      .select()
      .from(fulfillmentOrders)
      .where(of(fulfillmentOrders))
      .orderBy(fulfillmentOrders.position),
    returns: await tx.select().from(returns).where(of(returns)).orderBy(returns.position),
    refunds: await tx.select().from(refunds).where(of(refunds)).orderBy(refunds.position),
    transactions: await tx
      .select()
      .from(transactions)
      .where(of(transactions))
      .orderBy(transactions.position),
  };
  const made = [...all.fulfillments, ...all.returns, ...all.refunds];
  const sentAt = made.some((row) => row.commandId)
    ? await loadSentAt(tx, tenantId, orderIds)
    : new Map<string, Instant>();
  const lines = groupBy(all.lines, (row) => row.orderId);
  const shipments = groupBy(all.fulfillments, (row) => row.orderId);
  const parcels = groupBy(all.packages, (row) => row.fulfillmentId);
  const scans = groupBy(all.scans, (row) => row.packageId);
  const work = groupBy(all.work, (row) => row.orderId);
  const comingBack = groupBy(all.returns, (row) => row.orderId);
  const moneyBack = groupBy(all.refunds, (row) => row.orderId);
  const moved = groupBy(all.transactions, (row) => row.orderId);
  const madeBy = ({ id, commandId, stepIndex }: MadeRow): MadeBy => ({
    commandId,
    stepIndex,
    sentAt: sentAt.get(id) ?? null,
  });
  const toReturn = (row: (typeof all.returns)[number]): Return => ({
    ...part(row),
    ...madeBy(row),
    projection: row.projection,
    made: row.made,
  });
  const toPackage = (row: (typeof all.packages)[number]): Package => ({
    ...part(row),
    scans: (scans.get(row.id) ?? []).map(
      (scan): TrackingEvent => ({ ...part(scan), recordedAt: instant(scan.recordedAt) }),
    ),
  });
  const toFulfillment = (row: (typeof all.fulfillments)[number]): Fulfillment => ({
    ...part(row),
    ...madeBy(row),
    packages: (parcels.get(row.id) ?? []).map(toPackage),
  });
  return (orderId) => ({
    lines: (lines.get(orderId) ?? []).map(part),
    fulfillments: (shipments.get(orderId) ?? []).map(toFulfillment),
    fulfillmentOrders: (work.get(orderId) ?? []).map(toWork),
    returns: (comingBack.get(orderId) ?? []).map(toReturn),
    refunds: (moneyBack.get(orderId) ?? []).map((row) => ({ ...part(row), ...madeBy(row) })),
    transactions: (moved.get(orderId) ?? []).map(part),
  });
}

/** When the steps were sent that make parts of these orders. */
async function loadSentAt(
  tx: Tx,
  tenantId: string,
  orderIds: string[],
): Promise<Map<string, Instant>> {
  const rows = await tx
    .select({ partId: commandSteps.partId, sentAt: commandSteps.sentAt })
    .from(commandSteps)
    .where(and(eq(commandSteps.tenantId, tenantId), inArray(commandSteps.orderId, orderIds)));
  return new Map(
    rows.flatMap((row) =>
      row.partId && row.sentAt ? [[row.partId, instant(row.sentAt)] as const] : [],
    ),
  );
}

/** Holds were once kept under the platform's own id alone. */
function toWork(row: PartRow<FulfillmentOrderFacts>): FulfillmentOrder {
  const { holds, ...work } = part(row);
  return {
    ...work,
    holds: holds.map((hold) => ({ nativeId: hold.id, commandId: null, ...hold })),
  };
}

interface MadeRow extends Omit<MadeBy, "sentAt"> {
  id: string;
}

interface PartRow<Facts> {
  id: string;
  nativeId: string | null;
  owner: Identity["owner"];
  removedAt: Date | null;
  facts: Facts;
}

function part<Facts>(row: PartRow<Facts>): Facts & Identity {
  return {
    ...row.facts,
    id: row.id,
    nativeId: row.nativeId,
    owner: row.owner,
    removedAt: row.removedAt && instant(row.removedAt),
  };
}

function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
