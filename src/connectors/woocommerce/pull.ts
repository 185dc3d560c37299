import { z } from "zod";
import type { PulledPage, PullWindow, Unreadable } from "../../domain/channel.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { parseCursor } from "../cursor.js";
import { unlessGone } from "../gone.js";
import { unread } from "../unread.js";
import { type FulfillmentPayload, type OrderPayload, orderPayload } from "./payload.js";
import {
  type OrderRecords,
  type Reader,
  readFulfillments,
  readRefundsOf,
  snapshotOf,
} from "./read.js";
import { DRAFT_STATUSES, TRASH } from "./status.js";
import { fulfillmentStatusOf } from "./translate.js";
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
 * Orders of a window in pages, the bin (which WooCommerce shows only when asked) after the living. Without `from` by
 * id, newest first; with `from` by time of change, oldest first, some of them twice. Cursors resume either walk.
 */
export async function* pullOrders(reader: Reader, window: PullWindow): AsyncGenerator<PulledPage> {
  let position: Position | null = window.cursor
    ? parseCursor("WooCommerce", positionSchema, window.cursor)
    : startOf(window, "any");
  const seen = new Set<string>();
  while (position && position.walk !== "end") {
    const readAt = reader.now();
    const rows = await readPage(reader, position, window);
    const next = advance(position, rows.items, window);
    const fresh = rows.items.filter((row) => isFresh(row, position as Position, seen));
    for (const row of fresh) seen.add(keyOf(row));
    if (fresh.length > 0)
      yield {
        ...(await completePage(reader, fresh, readAt, window.signal)),
        cursor: JSON.stringify(next),
        estimatedTotal: position.walk === "ids" && position.status === "any" ? rows.total : null,
      };
    position = next;
  }
}

async function readPage(reader: Reader, position: Position, window: PullWindow) {
  const { headers, body } = await reader.woo.get(
    "/wc/v3/orders",
    queryOf(position, window),
    window.signal,
  );
  const total = Number(headers.get("x-wp-total") ?? Number.NaN);
  return { items: z.array(rowSchema).parse(body), total: Number.isNaN(total) ? null : total };
}

async function completePage(
  reader: Reader,
  rows: Row[],
  readAt: Date,
  signal?: AbortSignal,
): Promise<Pick<PulledPage, "snapshots" | "unreadable">> {
  const unreadable: Unreadable[] = [];
  const orders = rows.flatMap((row) => {
    const order = orderPayload.safeParse(row);
    if (order.success) return DRAFT_STATUSES.has(order.data.status) ? [] : [order.data];
    unreadable.push(unread(row.id, row, order.error));
    return [];
  });
  const fulfillmentsAt = reader.now();
  const [refunds, fulfillments] = await Promise.all([
    readRefundsOf(reader.woo, orders, signal),
    readFulfillmentsOf(reader, orders, signal),
  ]);
  const snapshots: Snapshot[] = [];
  for (const order of orders) {
    const shipped = fulfillments.get(order.id);
    if (shipped === "gone") continue;
    const records: OrderRecords = {
      order,
      refunds: refunds.get(order.id) ?? [],
      fulfillments: shipped ?? null,
      refundsAt: readAt,
      fulfillmentsAt: shipped?.length ? fulfillmentsAt : readAt,
    };
    try {
      snapshots.push(snapshotOf(records, reader.shop));
    } catch (error) {
      const row = rows.find(({ id }) => String(id) === order.id);
      unreadable.push(unread(order.id, row ?? null, error));
    }
  }
  return { snapshots, unreadable };
}

/**
 * Fulfillments by order. Only orders with a `_fulfillment_status` are asked: every fulfillment leaves one there, and
 * when the last is deleted it goes. "gone": the order was deleted meanwhile.
 */
async function readFulfillmentsOf(
  reader: Reader,
  orders: readonly OrderPayload[],
  signal?: AbortSignal,
): Promise<Map<string, FulfillmentPayload[] | "gone">> {
  if (!reader.shop.coreFulfillments) return new Map();
  const living = orders.filter((order) => order.status !== TRASH);
  const entries = living.map(async (order): Promise<[string, FulfillmentPayload[] | "gone"]> => {
    if (fulfillmentStatusOf(order) === null) return [order.id, []];
    const found = await unlessGone(() => readFulfillments(reader.woo, order.id, signal));
    return [order.id, found ?? "gone"];
  });
  return new Map(await Promise.all(entries));
}
