import { isDeepStrictEqual } from "node:util";
import { and, eq, inArray } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Derived } from "../domain/derive.js";
import { DOCUMENT_SHAPE, type OrderDocument } from "../domain/document.js";
import { minorUnits } from "../domain/money.js";
import { type Order, orderCurrency } from "../domain/order.js";
import type { Identity } from "../domain/part.js";
import { returnStatusOf } from "../domain/return.js";
import { normalizeTrackingNumber } from "../domain/tracking.js";
import type { Tx } from "./db.js";
import type { Seen } from "./orders.js";
import { differing, factsOf, partRow } from "./part-rows.js";
import { saveWork } from "./save-work.js";
import {
  channels,
  fulfillments,
  orderLines,
  orderPlatformStatuses,
  orders,
  orderTags,
  orderTexts,
  packages,
  refunds,
  returns,
  trackingEvents,
  transactions,
} from "./tables.js";
import { textsOf } from "./texts.js";
import { upsert } from "./upsert.js";

/** What `record` writes of one order; `before` is null for a new one. */
export interface OrderWrite {
  before: Order | null;
  beforeDocument: OrderDocument | null;
  order: Order;
  derived: Derived;
  document: OrderDocument;
  /** When it was last seen, where that is not now: it was only derived anew. */
  seen: Seen | null;
}
/**
 * Writes orders with everything that differs from before, in a number of statements that does not grow with them.
 * That an order was seen moves with every read, also of one that did not change.
 */
export async function saveOrders(
  tx: Tx,
  tenantId: string,
  writes: readonly OrderWrite[],
  seen: Seen,
): Promise<void> {
  const changed = writes.filter((write) => !isDeepStrictEqual(write.before, write.order));
  const unchanged = writes.filter((write) => !changed.includes(write));
  if (unchanged.length > 0) await touch(tx, tenantId, unchanged, seen);
  if (changed.length === 0) return;
  const platforms = await platformsOf(tx, tenantId, changed);
  const head = (write: OrderWrite) => orderRow(tenantId, write, platforms, write.seen ?? seen);
  await upsert(tx, orders, ["tenantId", "id"], changed.map(head));
  await saveParts(tx, tenantId, changed);
  await saveTags(tx, tenantId, changed);
  await savePlatformStatuses(tx, tenantId, changed, seen.at);
  await saveTexts(tx, tenantId, changed);
}

async function touch(
  tx: Tx,
  tenantId: string,
  writes: readonly OrderWrite[],
  seen: Seen,
): Promise<void> {
  const ids = writes.map((write) => write.order.id);
  await tx
    .update(orders)
    .set({ observedAt: seen.at, observedSource: seen.source })
    .where(and(eq(orders.tenantId, tenantId), inArray(orders.id, ids)));
}

async function platformsOf(
  tx: Tx,
  tenantId: string,
  writes: readonly OrderWrite[],
): Promise<Map<string, string>> {
  const ids = [...new Set(writes.map((write) => write.order.channelId))];
  const rows = await tx
    .select({ id: channels.id, platform: channels.platform })
    .from(channels)
    .where(and(eq(channels.tenantId, tenantId), inArray(channels.id, ids)));
  return new Map(rows.map((row) => [row.id, row.platform]));
}

function orderRow(
  tenantId: string,
  { order, derived, document }: OrderWrite,
  platforms: Map<string, string>,
  seen: Seen,
): typeof orders.$inferInsert {
  const { head } = order;
  return {
    tenantId,
    id: order.id,
    channelId: order.channelId,
    nativeId: order.nativeId,
    version: order.version,
    platform: platforms.get(order.channelId) ?? "",
    number: head.number,
    emailNormalized: head.email?.trim().toLowerCase() ?? null,
    ...derivedColumns(derived),
    currency: orderCurrency(order),
    totalMinor: minorUnits(head.totals.total.shop),
    country: (head.shippingAddress ?? head.billingAddress)?.country ?? null,
    placedAt: new Date(head.placedAt),
    updatedAt: new Date(order.updatedAt),
    deletedAt: order.deletedAt ? new Date(order.deletedAt) : null,
    head,
    sections: order.sections,
    document,
    documentShape: DOCUMENT_SHAPE,
    observedAt: seen.at,
    observedSource: seen.source,
    platformUpdatedAt: head.platformUpdatedAt ? new Date(head.platformUpdatedAt) : null,
  };
}

/** What follows from the facts and is filtered by. */
export function derivedColumns({ statuses, anomalies }: Derived) {
  return {
    state: statuses.ORDER,
    paymentStatus: statuses.PAYMENT,
    fulfillmentStatus: statuses.FULFILLMENT,
    deliveryStatus: statuses.DELIVERY,
    returnStatus: statuses.RETURN,
    diverged: anomalies.length > 0,
  };
}

async function saveParts(tx: Tx, tenantId: string, writes: readonly OrderWrite[]): Promise<void> {
  const rows = writes.map((write) => partRows(tenantId, write));
  const save = <T extends PgTable & { $inferInsert: { tenantId: string; id: string } }>(
    table: T,
    pick: (of: (typeof rows)[number]) => T["$inferInsert"][],
  ) => upsert(tx, table, ["tenantId", "id"], rows.flatMap(pick));
  await save(orderLines, (of) => of.lines);
  await save(fulfillments, (of) => of.fulfillments);
  await save(packages, (of) => of.packages);
  await save(trackingEvents, (of) => of.scans);
  await saveWork(tx, tenantId, writes);
  await save(returns, (of) => of.returns);
  await save(refunds, (of) => of.refunds);
  await save(transactions, (of) => of.transactions);
}

/** Rows of an order's parts, only such as differ from before. */
function partRows(tenantId: string, { before, beforeDocument, order, derived }: OrderWrite) {
  const row = partRow(tenantId, order);
  const counts = new Map(beforeDocument?.lines.map((line) => [line.id, line.quantities]));
  const recounted = (line: Identity) =>
    !isDeepStrictEqual(counts.get(line.id), derived.byLine.get(line.id));
  const shipmentsBefore = before?.fulfillments ?? [];
  return {
    lines: differing(before?.lines, order.lines, recounted).map(([line, at]) => ({
      ...row(line, at),
      sku: line.sku,
      ordered: String(line.ordered),
      canceled: String(derived.byLine.get(line.id)?.canceled ?? 0),
      fulfilled: String(derived.byLine.get(line.id)?.fulfilled ?? 0),
      facts: factsOf(line),
    })),
    fulfillments: differing(shipmentsBefore, order.fulfillments).map(([shipment, at]) => {
      const { packages: _, commandId, stepIndex, sentAt: __, ...facts } = factsOf(shipment);
      const { status, locationId, marker } = shipment;
      return {
        ...row(shipment, at),
        status,
        locationNativeId: locationId,
        commandId,
        stepIndex,
        marker,
        facts,
      };
    }),
    packages: differing(parcelsOf(shipmentsBefore), parcelsOf(order.fulfillments)).map(
      ([parcel, at]) => ({
        ...row(parcel, at),
        fulfillmentId: parcel.fulfillmentId,
        trackingNumber: parcel.tracking && normalizeTrackingNumber(parcel.tracking.number),
        carrierCode: parcel.tracking?.carrierCode ?? null,
        facts: { tracking: parcel.tracking, lines: parcel.lines },
      }),
    ),
    scans: differing(scansOf(shipmentsBefore), scansOf(order.fulfillments)).map(([scan, at]) => {
      const { fulfillmentId, packageId, recordedAt, ...facts } = factsOf(scan);
      const moments = { occurredAt: new Date(scan.occurredAt), recordedAt: new Date(recordedAt) };
      return { ...row(scan, at), fulfillmentId, packageId, ...moments, facts };
    }),
    returns: differing(before?.returns, order.returns).map(([each, at]) => {
      const { commandId, stepIndex, sentAt: _, projection, made, ...facts } = factsOf(each);
      return {
        ...row(each, at),
        commandId,
        stepIndex,
        marker: each.marker,
        status: returnStatusOf(each),
        projection,
        made,
        requestedAt: new Date(each.requestedAt),
        facts,
      };
    }),
    refunds: differing(before?.refunds, order.refunds).map(([refund, at]) => {
      const { commandId, stepIndex, sentAt: _, ...facts } = factsOf(refund);
      const { status, marker } = refund;
      return { ...row(refund, at), commandId, stepIndex, marker, status, facts };
    }),
    transactions: differing(before?.transactions, order.transactions).map(([transaction, at]) => ({
      ...row(transaction, at),
      facts: factsOf(transaction),
    })),
  };
}

function parcelsOf(shipments: Order["fulfillments"]) {
  return shipments.flatMap((f) => f.packages.map((parcel) => ({ ...parcel, fulfillmentId: f.id })));
}

function scansOf(shipments: Order["fulfillments"]) {
  return parcelsOf(shipments).flatMap((parcel) =>
    parcel.scans.map((scan) => ({
      ...scan,
      fulfillmentId: parcel.fulfillmentId,
      packageId: parcel.id,
    })),
  );
}

async function saveTags(tx: Tx, tenantId: string, writes: readonly OrderWrite[]): Promise<void> {
  const moved = writes.filter(
    ({ before, order }) => !isDeepStrictEqual(before ? tagsOf(before) : [], tagsOf(order)),
  );
  if (moved.length === 0) return;
  const ids = moved.map((write) => write.order.id);
  await tx
    .delete(orderTags)
    .where(and(eq(orderTags.tenantId, tenantId), inArray(orderTags.orderId, ids)));
  const rows = moved.flatMap(({ order }) =>
    tagsOf(order).map((tag) => ({ tenantId, orderId: order.id, tag })),
  );
  await upsert(tx, orderTags, ["tenantId", "tag", "orderId"], rows);
}

/** The shop's own and those that only we keep. */
function tagsOf({ head }: Order): string[] {
  return [...new Set([...head.tags, ...(head.keptTags ?? [])])];
}

/** What orders are found by in words. */
export async function saveTexts(
  tx: Tx,
  tenantId: string,
  writes: readonly Pick<OrderWrite, "before" | "order">[],
): Promise<void> {
  const rows = writes.flatMap(({ before, order }) => {
    const texts = textsOf(order);
    const same = before !== null && isDeepStrictEqual(textsOf(before), texts);
    return same ? [] : [{ tenantId, orderId: order.id, ...texts }];
  });
  await upsert(tx, orderTexts, ["tenantId", "orderId"], rows);
}

/** Keeps since when each of the platform's status fields has its present value. */
async function savePlatformStatuses(
  tx: Tx,
  tenantId: string,
  writes: readonly OrderWrite[],
  at: Date,
): Promise<void> {
  const rows = writes.flatMap(({ before, order }) => {
    const known = new Map(
      before?.head.platformStatuses.map((status) => [status.field, status.value]),
    );
    return order.head.platformStatuses
      .filter((status) => known.get(status.field) !== status.value)
      .map(({ field, value }) => ({ tenantId, orderId: order.id, field, value, observedAt: at }));
  });
  await upsert(tx, orderPlatformStatuses, ["tenantId", "orderId", "field"], rows);
}
