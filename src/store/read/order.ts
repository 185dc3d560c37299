import { and, eq } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { OrderDocument } from "../../domain/document.js";
import type { EventSource } from "../../domain/event.js";
import type { Tx } from "../db.js";
import {
  fulfillmentOrders,
  fulfillments,
  holds,
  orderLines,
  orderPlatformStatuses,
  orders,
  packages,
  refunds,
  reservations,
  returns,
  trackingEvents,
  transactions,
} from "../tables.js";
import { type Access, isAnyOf, visible } from "./access.js";

/** An order as it is read: its document, and the columns beside it that do not follow its version. */
export interface OrderRecord extends OrderDocument {
  version: number;
  platform: string;
  updatedAt: Date;
  observedAt: Date;
  observedSource: EventSource;
  platformUpdatedAt: Date | null;
  diverged: boolean;
}

/** Orders by our ids, in no particular order; such as do not exist or are not visible are missing. */
export async function ordersById(
  tx: Tx,
  access: Access,
  ids: readonly string[],
): Promise<OrderRecord[]> {
  const rows = await tx
    .select(recordColumns)
    .from(orders)
    .where(and(visible(orders, access), isAnyOf(orders.id, ids)));
  return rows.map(toRecord);
}

/** Our id of an order by the platform's; null where it is not known or not visible. */
export async function orderIdByNativeId(
  tx: Tx,
  access: Access,
  channelId: string,
  nativeId: string,
): Promise<string | null> {
  const [row] = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(
      and(visible(orders, access), eq(orders.channelId, channelId), eq(orders.nativeId, nativeId)),
    );
  return row?.id ?? null;
}

/** Kinds of parts that have a table, by the noun of their id. */
export const PART_TABLES = {
  OrderLine: orderLines,
  Fulfillment: fulfillments,
  Package: packages,
  TrackingEvent: trackingEvents,
  FulfillmentOrder: fulfillmentOrders,
  Hold: holds,
  Return: returns,
  Refund: refunds,
  Transaction: transactions,
} as const;
export type PartType = keyof typeof PART_TABLES;

/** Which order each part belongs to. */
export function ordersOfParts(
  tx: Tx,
  access: Access,
  type: PartType,
  ids: readonly string[],
): Promise<{ id: string; orderId: string }[]> {
  const table = PART_TABLES[type];
  return tx
    .select({ id: table.id, orderId: table.orderId })
    .from(table)
    .where(and(visible(table, access), isAnyOf(table.id, ids)));
}

/** Packages with a tracking number (as normalizeTrackingNumber gives it), the newest first. */
export function packagesByTracking(
  tx: Tx,
  access: Access,
  number: string,
  limit: number,
): Promise<{ id: string; orderId: string }[]> {
  return tx
    .select({ id: packages.id, orderId: packages.orderId })
    .from(packages)
    .where(and(visible(packages, access), eq(packages.trackingNumber, number)))
    .orderBy(packages.orderId)
    .limit(limit);
}

/** How much of each line unfinished steps hold. */
export function reservationsOf(
  tx: Tx,
  { tenantId }: Access,
  orderIds: readonly string[],
): Promise<{ orderId: string; lineId: string; quantity: string }[]> {
  return tx
    .select({
      orderId: reservations.orderId,
      lineId: reservations.lineId,
      quantity: reservations.quantity,
    })
    .from(reservations)
    .where(of(reservations, tenantId, orderIds));
}

/** When each platform status was first seen with its present value. */
export function statusSightings(
  tx: Tx,
  { tenantId }: Access,
  orderIds: readonly string[],
): Promise<{ orderId: string; field: string; value: string; observedAt: Date }[]> {
  const { orderId, field, value, observedAt } = orderPlatformStatuses;
  return tx
    .select({ orderId, field, value, observedAt })
    .from(orderPlatformStatuses)
    .where(of(orderPlatformStatuses, tenantId, orderIds));
}

function of(
  table: { tenantId: PgColumn; orderId: PgColumn },
  tenantId: string,
  orderIds: readonly string[],
) {
  return and(eq(table.tenantId, tenantId), isAnyOf(table.orderId, orderIds));
}

const recordColumns = {
  document: orders.document,
  version: orders.version,
  platform: orders.platform,
  updatedAt: orders.updatedAt,
  observedAt: orders.observedAt,
  observedSource: orders.observedSource,
  platformUpdatedAt: orders.platformUpdatedAt,
  diverged: orders.diverged,
};

interface RecordRow extends Omit<OrderRecord, keyof OrderDocument | "observedSource"> {
  document: unknown;
  observedSource: string;
}

/** The document was parsed for this row alone, so that the columns can be laid upon it without a copy. */
function toRecord({ document, observedSource, ...columns }: RecordRow): OrderRecord {
  return Object.assign(document as OrderDocument, columns, {
    observedSource: observedSource as EventSource,
  });
}
