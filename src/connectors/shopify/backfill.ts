import type { PulledPage, PullWindow } from "../../domain/channel.js";
import { ordersOfWindow } from "./bulk.js";
import { ordersCount, ordersNewestFirst } from "./operations.js";
import type { Reader } from "./read.js";
import { readMany } from "./read-many.js";
import { readPlace, windowBefore } from "./windows.js";

/**
 * Up to so many orders are read page by page, which is quicker than to wait for an export and read what it cannot hold; more
 * would take all the points of a shop for hours.
 */
const FEW = 400;

/**
 * Everything, newest first. A shop with few orders is read page by page, one with many by exports of a window of time each;
 * the newest window comes first, and a cursor holds the window, its export, and how far that was read.
 */
export async function* backfill(reader: Reader, window: PullWindow): AsyncIterable<PulledPage> {
  const { cursor, signal } = window;
  const counted = await reader.client.call(ordersCount, { query: null }, signal);
  const estimatedTotal = counted.ordersCount?.count ?? null;
  const kept = cursor ? readPlace(cursor) : null;
  const isSmall = cursor ? kept === null : (estimatedTotal ?? 0) <= FEW;
  if (isSmall) return yield* pageByPage(reader, window, estimatedTotal);
  let place = kept ?? (await windowBefore(reader, null, signal));
  while (place) {
    const { from } = place;
    for await (const portion of ordersOfWindow(reader, place, signal))
      yield { ...portion.found, cursor: JSON.stringify(portion.place), estimatedTotal };
    place = await windowBefore(reader, from, signal);
  }
}

/** A cheap feed of ids, then each order whole. */
async function* pageByPage(
  reader: Reader,
  { cursor, signal }: PullWindow,
  estimatedTotal: number | null,
): AsyncIterable<PulledPage> {
  let after = cursor || null;
  for (;;) {
    const { orders } = await reader.client.call(ordersNewestFirst, { after }, signal);
    after = orders.pageInfo.endCursor ?? after;
    const found = await readMany(reader, orders.nodes, signal);
    yield { ...found, cursor: after ?? "", estimatedTotal };
    if (!orders.pageInfo.hasNextPage) return;
  }
}
