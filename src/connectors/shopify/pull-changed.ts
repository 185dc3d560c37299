import { z } from "zod";
import type { PulledPage, PullWindow } from "../../domain/channel.js";
import { parseCursor } from "../cursor.js";
import { ordersChanged, ordersCount } from "./operations.js";
import { workChanged } from "./operations-survey.js";
import type { Reader } from "./read.js";
import { readMany } from "./read-many.js";

/**
 * Orders that changed in a window: a cheap feed of ids by the order's own time of change, then one of fulfillment orders by
 * theirs, since holds and moves do not change the order's; each order is read whole. A page's cursor is given only with the
 * complete page, so whoever stores both together loses nothing.
 */
export async function* pullChanged(
  reader: Reader,
  window: PullWindow & { from: Date },
): AsyncIterable<PulledPage> {
  const { from, to, signal } = window;
  const query = changedIn(from, to);
  let place = window.cursor ? parseCursor("Shopify", cursor, window.cursor) : FIRST;
  const { ordersCount: counted } = await reader.client.call(ordersCount, { query }, signal);
  const read = new Set<string>();
  for (;;) {
    const { changes, pageInfo } = await FEEDS[place.feed](reader, query, place.after, signal);
    const ids = changes
      .filter(({ updatedAt }) => isWithin(updatedAt, from, to))
      .map(({ id }) => id);
    const wanted = [...new Set(ids)].filter((id) => !read.has(id));
    const found = await readMany(
      reader,
      wanted.map((id) => ({ id })),
      signal,
    );
    for (const id of wanted) read.add(id);
    const isOver = place.feed === "work" && !pageInfo.hasNextPage;
    place =
      pageInfo.hasNextPage || isOver
        ? { feed: place.feed, after: pageInfo.endCursor ?? place.after }
        : { feed: "work", after: null };
    yield { ...found, cursor: JSON.stringify(place), estimatedTotal: counted?.count ?? null };
    if (isOver) return;
  }
}

const cursor = z.object({ feed: z.enum(["orders", "work"]), after: z.string().nullable() });
type Place = z.output<typeof cursor>;
const FIRST: Place = { feed: "orders", after: null };

type Feed = (
  reader: Reader,
  query: string,
  after: string | null,
  signal?: AbortSignal,
) => Promise<{
  changes: { id: string; updatedAt: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}>;

const FEEDS: Record<Place["feed"], Feed> = {
  async orders({ client }, query, after, signal) {
    const { orders } = await client.call(ordersChanged, { query, after }, signal);
    return { changes: orders.nodes, pageInfo: orders.pageInfo };
  },
  async work({ client }, query, after, signal) {
    const { fulfillmentOrders } = await client.call(workChanged, { query, after }, signal);
    return {
      changes: fulfillmentOrders.nodes.map(({ orderId: id, updatedAt }) => ({ id, updatedAt })),
      pageInfo: fulfillmentOrders.pageInfo,
    };
  },
};

function changedIn(from: Date, to: Date | undefined): string {
  const since = `updated_at:>='${from.toISOString()}'`;
  return to ? `${since} AND updated_at:<='${to.toISOString()}'` : since;
}

/** Shopify ignores search terms that it does not understand, without a word; so the answer is checked again. */
function isWithin(updatedAt: string, from: Date, to: Date | undefined): boolean {
  const at = Date.parse(updatedAt);
  // The feeds know whole seconds only.
  if (at < Math.floor(from.getTime() / 1000) * 1000) return false;
  return !to || at <= to.getTime();
}
