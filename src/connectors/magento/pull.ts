import type { z } from "zod";
import type { PulledPage, PullWindow, Unreadable } from "../../domain/channel.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { instant } from "../../domain/time.js";
import { parseCursor } from "../cursor.js";
import { unread } from "../unread.js";
import { FIELDS } from "./fields.js";
import { translateShipment } from "./fulfillment.js";
import { type OrderPayload, orderPayload, shipmentPayload } from "./payload.js";
import { returnPayload } from "./payload-return.js";
import { type Parts, type Reader, readPartsOf, recordsOf, snapshotOf } from "./read.js";
import { type Again, mayHaveChanged, type Rescan, turnsAt } from "./rescan.js";
import { translateReturn } from "./return.js";
import { type Row, search, searchAll } from "./search.js";
import {
  advance,
  keyOf,
  type Position,
  positionSchema,
  type Stream,
  searchOf,
  startOf,
} from "./walk.js";

type Content = Pick<PulledPage, "snapshots" | "unreadable">;

/**
 * Orders of a window in pages. Without `from` by id, newest first; with `from` by time of change of everything that
 * belongs to an order, and at the end what may have changed in silence. Cursors resume either walk.
 */
export async function* pullOrders(
  reader: Reader,
  window: PullWindow,
  rescan: Rescan = { takenTo: null },
): AsyncGenerator<PulledPage> {
  let position: Position = window.cursor
    ? parseCursor("Magento", positionSchema, window.cursor)
    : startOf(window);
  const seen = new Set<string>();
  while (position.walk !== "end") {
    const readAt = reader.now();
    const found = await search(reader.magento, searchOf(position), window.signal);
    const turns = turnsAt(readAt, rescan);
    const next = advance(position, found, { now: readAt, shop: reader.shop, turns });
    const content = await contentOf(reader, position, found.items, { seen, readAt, window });
    if (content.snapshots.length + content.unreadable.length > 0)
      yield {
        ...content,
        cursor: JSON.stringify(next),
        estimatedTotal: position.walk === "ids" ? position.read + found.total : null,
      };
    if (position.walk === "again" && next.walk === "end") rescan.takenTo = position.turns[1];
    position = next;
  }
}

interface Visit {
  /** States of records that are in a snapshot of this pull already. */
  seen: Set<string>;
  readAt: Date;
  window: PullWindow;
}

async function contentOf(
  reader: Reader,
  position: Exclude<Position, { walk: "end" }>,
  rows: Row[],
  visit: Visit,
): Promise<Content> {
  if (position.walk === "again") return contentAgain(reader, position, rows, visit);
  const stream: Stream = position.walk === "ids" ? "orders" : position.stream;
  const fresh = rows.filter((row) => !visit.seen.has(keyOf(stream, row)));
  const orders = stream === "orders" ? fresh : await ordersOf(reader, fresh, visit.window.signal);
  return wholeOrders(reader, orders, visit);
}

async function contentAgain(
  reader: Reader,
  { list }: Again,
  rows: Row[],
  visit: Visit,
): Promise<Content> {
  if (list === "shipments") return shipmentsOnly(rows, visit.readAt);
  if (list === "returns") return returnsOnly(reader, rows, visit.readAt);
  const ids = rows
    .filter((row) => mayHaveChanged(row) && !visit.seen.has(keyOf("orders", row)))
    .map(({ entity_id }) => String(entity_id));
  return wholeOrders(reader, await ordersBy(reader, ids, visit.window.signal), visit);
}

/** The orders that shipments, invoices or credit memos belong to. */
function ordersOf(reader: Reader, rows: readonly Row[], signal?: AbortSignal): Promise<Row[]> {
  const ids = new Set(rows.flatMap(({ order_id }) => (order_id ? [String(order_id)] : [])));
  return ordersBy(reader, [...ids], signal);
}

function ordersBy(reader: Reader, ids: string[], signal?: AbortSignal): Promise<Row[]> {
  return searchAll(
    reader.magento,
    { path: "/orders", field: "entity_id", values: ids, fields: FIELDS.order },
    signal,
  );
}

async function wholeOrders(
  reader: Reader,
  rows: readonly Row[],
  { seen, readAt, window }: Visit,
): Promise<Content> {
  const unreadable: Unreadable[] = [];
  const orders = rows.flatMap((row): [Row, OrderPayload][] => {
    const order = orderPayload.safeParse(row);
    if (order.success) return [[row, order.data]];
    unreadable.push(unread(row.entity_id, row, order.error));
    return [];
  });
  const ids = orders.map(([, { entity_id }]) => entity_id);
  const parts = await readPartsOf(reader, ids, window.signal);
  for (const row of rows) seen.add(keyOf("orders", row));
  for (const stream of ["shipments", "invoices", "creditmemos"] as const satisfies (keyof Parts)[])
    for (const row of parts[stream]) seen.add(keyOf(stream, row));
  const snapshots = orders.flatMap(([row, order]): Snapshot[] => {
    try {
      return [snapshotOf(recordsOf(order, parts, readAt), reader.shop)];
    } catch (error) {
      unreadable.push(unread(row.entity_id, row, error));
      return [];
    }
  });
  return { snapshots, unreadable };
}

/** What shipments alone say of their orders: themselves, with all their tracks. */
function shipmentsOnly(rows: readonly Row[], readAt: Date): Content {
  return partsOnly(rows, shipmentPayload, (shipments) => ({
    fulfillments: section(
      readAt,
      shipments.map((shipment) => translateShipment(shipment, () => true)),
    ),
  }));
}

function returnsOnly({ shop }: Reader, rows: readonly Row[], readAt: Date): Content {
  return partsOnly(rows, returnPayload, (returns) => ({
    returns: section(
      readAt,
      returns.map((rma) => translateReturn(rma, shop, (rowId) => rowId)),
    ),
  }));
}

/** What parts alone say of their orders, as sections that remove nothing. */
function partsOnly<Part extends { order_id: string }>(
  rows: readonly Row[],
  payload: z.ZodType<Part>,
  sectionsOf: (parts: Part[]) => Partial<Snapshot>,
): Content {
  const unreadable: Unreadable[] = [];
  const byOrder = new Map<string, Part[]>();
  for (const row of rows) {
    const part = payload.safeParse(row);
    if (part.success) {
      const { order_id } = part.data;
      byOrder.set(order_id, [...(byOrder.get(order_id) ?? []), part.data]);
      continue;
    }
    unreadable.push(unread(row.order_id, row, part.error));
  }
  const snapshots = Array.from(byOrder, ([nativeId, parts]) => ({
    ref: { nativeId },
    ...sectionsOf(parts),
  }));
  return { snapshots, unreadable };
}

function section<T>(readAt: Date, value: T) {
  return { asOf: instant(readAt), complete: false, value };
}
