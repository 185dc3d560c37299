import { z } from "zod";
import type { PulledPage, PullWindow, Unreadable } from "../../domain/channel.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { parseCursor } from "../cursor.js";
import { unlessGone } from "../gone.js";
import { unread } from "../unread.js";
import { readLateRefunds } from "./late-refund.js";
import { type OrderPayload, orderPayload } from "./payload.js";
import { hasShipments, type Reader, readRefunds, readShipments, readTransactions } from "./read.js";
import type { OrderRecords } from "./record.js";
import { isDraft } from "./status.js";
import { snapshotOf } from "./translate.js";
import {
  advance,
  isFresh,
  keyOf,
  type Position,
  positionSchema,
  queryOf,
  type Row,
  rowSchema,
  startOf,
} from "./walk.js";

/**
 * Orders of a window in pages. Without `from` by id, newest first; with `from` by time of change, oldest first, some of
 * them twice, and last those of which only a refund has news. A page of 100 takes two requests, and one more for each
 * order that shipped and each that has a payment log.
 */
export async function* pullOrders(reader: Reader, window: PullWindow): AsyncGenerator<PulledPage> {
  let position = window.cursor
    ? parseCursor("BigCommerce", positionSchema, window.cursor)
    : startOf(window);
  if (position.walk === "newest" && position.total === null)
    position = { ...position, total: await countOrders(reader, window.signal) };
  const seen = new Set<string>();
  const told = new Set<number>();
  while (position.walk !== "end") {
    const readAt = reader.now();
    const { rows, next } =
      position.walk === "refunds"
        ? await readLateRefunds(reader, position, told, window)
        : await readPage(reader, position, window);
    const fresh = rows.filter((row) => isFresh(row, position, seen));
    for (const row of fresh) {
      seen.add(keyOf(row));
      told.add(row.id);
    }
    if (fresh.length > 0)
      yield {
        ...(await completePage(reader, fresh, readAt, window.signal)),
        cursor: JSON.stringify(next),
        estimatedTotal: position.walk === "newest" ? position.total : null,
      };
    position = next;
  }
}

async function readPage(
  reader: Reader,
  position: Position,
  window: PullWindow,
): Promise<{ rows: Row[]; next: Position }> {
  const found = await reader.api.get("/v2/orders", queryOf(position, window), window.signal);
  const rows = z.array(rowSchema).parse(found);
  return { rows, next: advance(position, rows) };
}

const countSchema = z.object({
  count: z.number(),
  statuses: z.array(z.object({ id: z.number(), count: z.number() })).default([]),
});

/** How many orders there are, those that never were finished left out; null where the store does not say. */
async function countOrders(reader: Reader, signal?: AbortSignal): Promise<number | null> {
  const counted = countSchema.safeParse(await reader.api.get("/v2/orders/count", {}, signal)).data;
  if (!counted) return null;
  const drafts = counted.statuses.filter(({ id }) => isDraft(id));
  return drafts.reduce((rest, { count }) => rest - count, counted.count);
}

async function completePage(
  reader: Reader,
  rows: Row[],
  readAt: Date,
  signal?: AbortSignal,
): Promise<Pick<PulledPage, "snapshots" | "unreadable">> {
  const unreadable: Unreadable[] = [];
  const orders = rows.flatMap((row) => {
    if (isDraft(Number(row.status_id ?? Number.NaN))) return [];
    const order = orderPayload.safeParse(row);
    if (order.success) return [order.data];
    unreadable.push(unread(row.id, row, order.error));
    return [];
  });
  const refunds = await readRefunds(
    reader.api,
    orders.map(({ id }) => id),
    signal,
  );
  const records = await Promise.all(
    orders.map(async (order) => {
      const own = refunds.filter(({ order_id }) => order_id === order.id);
      return completeOrder(reader, { order, refunds: own, readAt }, signal);
    }),
  );
  const snapshots: Snapshot[] = [];
  for (const each of records) {
    if (each === null) continue;
    try {
      snapshots.push(snapshotOf(each, reader.shop));
    } catch (error) {
      const row = rows.find(({ id }) => String(id) === each.order.id);
      unreadable.push(unread(each.order.id, row ?? null, error));
    }
  }
  return { snapshots, unreadable };
}

/** What an order has besides; null where it went meanwhile. */
async function completeOrder(
  reader: Reader,
  known: Pick<OrderRecords, "refunds" | "readAt"> & { order: OrderPayload },
  signal?: AbortSignal,
): Promise<OrderRecords | null> {
  const { order } = known;
  const parts = await unlessGone(() =>
    Promise.all([
      hasShipments(order) ? readShipments(reader.api, order.id, signal) : [],
      readTransactions(reader, order, signal),
    ]),
  );
  if (parts === null) return null;
  const [shipments, transactions] = parts;
  return { ...known, shipments, transactions };
}
