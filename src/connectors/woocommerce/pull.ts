import { z } from "zod";
import type { PulledPage, PullWindow, Unreadable } from "../../domain/channel.js";
import { InvalidInput } from "../../domain/errors.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { toGmt } from "./clock.js";
import { type FulfillmentPayload, type OrderPayload, orderPayload } from "./payload.js";
import {
  type OrderRecords,
  type Reader,
  readFulfillments,
  readRefundsOf,
  snapshotOf,
} from "./read.js";
import { describe } from "./recognise.js";
import { isGone } from "./refusal.js";
import { DRAFT_STATUSES, TRASH } from "./status.js";
import { fulfillmentStatusOf } from "./translate.js";

const PAGE = 100;
/** Rows of the page before that are read again, so that an order deleted meanwhile cannot push another out of sight. */
const BACKFILL_OVERLAP = 5;
/** `modified_after` is exclusive and knows whole seconds only; the rest allows for orders that are saved late. */
const POLL_OVERLAP_MS = 30_000;

/**
 * Orders of a window in pages, the bin (which WooCommerce shows only when asked) after the living. Without `from` by
 * id, newest first; with `from` by time of change, oldest first, some of them twice. Cursors resume either walk.
 */
export async function* pullOrders(reader: Reader, window: PullWindow): AsyncGenerator<PulledPage> {
  let position: Position | null = window.cursor
    ? parseCursor(window.cursor)
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

/**
 * Where a walk stands. `ids`: so many orders from the newest were read, the last had `lastId`; with `second` only those
 * changed in that very second. `changes`: everything changed up to and including `after` was read.
 */
const positionSchema = z.discriminatedUnion("walk", [
  z.object({
    walk: z.literal("ids"),
    status: z.enum(["any", TRASH]),
    offset: z.number(),
    lastId: z.number().nullable(),
    second: z.string().optional(),
  }),
  z.object({ walk: z.literal("changes"), status: z.enum(["any", TRASH]), after: z.string() }),
  z.object({ walk: z.literal("end") }),
]);
type Position = z.output<typeof positionSchema>;
type Status = "any" | typeof TRASH;

function parseCursor(cursor: string): Position {
  try {
    return positionSchema.parse(JSON.parse(cursor));
  } catch (cause) {
    throw new InvalidInput("the cursor is none that a pull of WooCommerce gave", ["cursor"], {
      cause,
    });
  }
}

function startOf(window: PullWindow, status: Status): Position {
  return window.from
    ? {
        walk: "changes",
        status,
        after: toGmt(new Date(window.from.getTime() - POLL_OVERLAP_MS)),
      }
    : { walk: "ids", status, offset: 0, lastId: null };
}

/** What paging needs of an order; the rest is looked at later, one by one. */
const rowSchema = z.looseObject({ id: z.number(), date_modified_gmt: z.string() });
type Row = z.output<typeof rowSchema>;

async function readPage(reader: Reader, position: Position, window: PullWindow) {
  const { headers, body } = await reader.woo.get(
    "/wc/v3/orders",
    queryOf(position, window),
    window.signal,
  );
  const total = Number(headers.get("x-wp-total") ?? Number.NaN);
  return { items: z.array(rowSchema).parse(body), total: Number.isNaN(total) ? null : total };
}

/** Times go out as UTC without a Z: with one, `dates_are_gmt` shifts them by the site's offset (measured). */
function queryOf(position: Position, { to }: PullWindow): Record<string, string> {
  if (position.walk === "end") return {};
  const common = { per_page: String(PAGE), status: position.status, dates_are_gmt: "true" };
  if (position.walk === "changes")
    return {
      ...common,
      orderby: "modified",
      order: "asc",
      modified_after: position.after,
      ...(to ? { modified_before: toGmt(to) } : {}),
    };
  const { second } = position;
  return {
    ...common,
    orderby: "id",
    order: "desc",
    offset: String(firstRow(position)),
    ...(second ? { modified_after: shift(second, -1), modified_before: shift(second, 1) } : {}),
    ...(!second && to ? { before: toGmt(to) } : {}),
  };
}

function firstRow(position: Extract<Position, { walk: "ids" }>): number {
  return Math.max(0, position.offset - BACKFILL_OVERLAP);
}

function advance(position: Position, items: Row[], window: PullWindow): Position {
  if (position.walk === "ids") return advanceByIds(position, items, window);
  if (position.walk === "end") return position;
  const last = items.at(-1)?.date_modified_gmt;
  if (items.length < PAGE || last === undefined) return afterPass(position.status, window);
  // The last second may go on over the page's end, so it is read again from its beginning.
  if (items[0]?.date_modified_gmt !== last) return { ...position, after: shift(last, -1) };
  // A whole page of one second: equal times come in any order on 9.9.5, so this second is walked by id.
  return { walk: "ids", status: position.status, offset: 0, lastId: null, second: last };
}

function advanceByIds(
  position: Extract<Position, { walk: "ids" }>,
  items: Row[],
  window: PullWindow,
): Position {
  const start = firstRow(position);
  const first = items[0]?.id;
  const isGap = position.lastId !== null && (first === undefined || first < position.lastId);
  // So many orders were deleted that the overlap is gone: go back until it is there again.
  if (isGap && start > 0) return { ...position, offset: Math.max(0, start - PAGE) };
  const lowest = items.reduce((min, row) => Math.min(min, row.id), position.lastId ?? Infinity);
  if (items.length === PAGE) return { ...position, offset: start + items.length, lastId: lowest };
  return position.second
    ? { walk: "changes", status: position.status, after: position.second }
    : afterPass(position.status, window);
}

function afterPass(status: Status, window: PullWindow): Position {
  return status === "any" ? startOf(window, TRASH) : { walk: "end" };
}

function isFresh(row: Row, position: Position, seen: ReadonlySet<string>): boolean {
  if (position.walk === "ids" && position.lastId !== null && row.id >= position.lastId)
    return false;
  return !seen.has(keyOf(row));
}

function keyOf(row: Row): string {
  return `${row.id} ${row.date_modified_gmt}`;
}

/** A UTC second as WooCommerce writes it, moved by so many seconds. */
function shift(second: string, by: number): string {
  return toGmt(new Date(Date.parse(`${second}Z`) + by * 1000));
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
    unreadable.push(unread(row, order.error));
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
      unreadable.push(
        unread(
          rows.find(({ id }) => String(id) === order.id),
          error,
        ),
      );
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
    try {
      return [order.id, await readFulfillments(reader.woo, order.id, signal)];
    } catch (error) {
      if (isGone(error)) return [order.id, "gone"];
      throw error;
    }
  });
  return new Map(await Promise.all(entries));
}

function unread(row: Row | undefined, error: unknown): Unreadable {
  return {
    ref: row ? { nativeId: String(row.id) } : null,
    reason: describe(error),
    body: row ?? null,
  };
}
