import type { PulledPage, PullWindow, Unreadable } from "../../domain/channel.js";
import { ChannelError } from "../../domain/errors.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { whyUnreadable } from "../unread.js";
import { ordersChanged, ordersCount, ordersNewestFirst } from "./operations.js";
import { fetchOrder, type Reader } from "./read.js";
import { translateOrder } from "./translate.js";

/**
 * Orders of a window in pages: a cheap feed of ids, then each order whole, four at a time. A page's cursor is
 * given only with the complete page, so whoever stores both together loses nothing.
 */
export async function* pullOrders(reader: Reader, window: PullWindow): AsyncIterable<PulledPage> {
  const { from, to, signal } = window;
  const query = from ? changedIn(from, to) : null;
  let after = window.cursor || null;
  const { ordersCount: counted } = await reader.client.call(ordersCount, { query }, signal);
  for (;;) {
    const { orders } = query
      ? await reader.client.call(ordersChanged, { query, after }, signal)
      : await reader.client.call(ordersNewestFirst, { after }, signal);
    const wanted = orders.nodes.filter(({ updatedAt }) => isWithin(updatedAt, from, to));
    after = orders.pageInfo.endCursor ?? after;
    yield {
      ...(await readAll(reader, wanted, signal)),
      cursor: after ?? "",
      estimatedTotal: counted?.count ?? null,
    };
    if (!orders.pageInfo.hasNextPage) return;
  }
}

/** Orders read at once; the client has room for two commands besides. */
const AT_ONCE = 4;

function changedIn(from: Date, to: Date | undefined): string {
  const since = `updated_at:>='${from.toISOString()}'`;
  return to ? `${since} AND updated_at:<='${to.toISOString()}'` : since;
}

/** Shopify ignores search terms that it does not understand, without a word; so the answer is checked again. */
function isWithin(updatedAt: string, from: Date | undefined, to: Date | undefined): boolean {
  const at = Date.parse(updatedAt);
  // The feed knows whole seconds only.
  if (from && at < Math.floor(from.getTime() / 1000) * 1000) return false;
  return !to || at <= to.getTime();
}

async function readAll(
  reader: Reader,
  orders: { id: string }[],
  signal?: AbortSignal,
): Promise<{ snapshots: Snapshot[]; unreadable: Unreadable[] }> {
  const snapshots: (Snapshot | null)[] = new Array(orders.length).fill(null);
  const unreadable: Unreadable[] = [];
  const queue = [...orders.entries()];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [place, { id }] = next;
      let body: unknown = null;
      try {
        const found = await fetchOrder(reader, { nativeId: id }, signal);
        body = found?.order;
        if (found) snapshots[place] = translateOrder(found.order, found.origin);
      } catch (error) {
        // What the shop refuses or fails at comes later; an order in a form of its own keeps no other back.
        if (error instanceof ChannelError || signal?.aborted) throw error;
        unreadable.push({ ref: { nativeId: id }, reason: whyUnreadable(error), body });
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    // After a failure the other workers end with the order they have.
    queue.length = 0;
  }
  return { snapshots: snapshots.filter((snapshot) => snapshot !== null), unreadable };
}
