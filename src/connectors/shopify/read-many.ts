import type { Unreadable } from "../../domain/channel.js";
import { ChannelError } from "../../domain/errors.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { whyUnreadable } from "../unread.js";
import type { OrderFragment } from "./payload.js";
import { fetchOrder, type Reader } from "./read.js";
import { type Origin, translateOrder } from "./translate.js";

/** What a page holds of orders that were read. */
export interface ReadOrders {
  snapshots: Snapshot[];
  unreadable: Unreadable[];
}

/** These orders as they are now, each read whole, in the order given; those that are gone are left out. */
export function readMany(
  reader: Reader,
  orders: readonly { id: string }[],
  signal?: AbortSignal,
): Promise<ReadOrders> {
  return translateMany(orders, ({ id }) => fetchOrder(reader, { nativeId: id }, signal), signal);
}

/** Orders at once; the client has room for two commands besides. */
const AT_ONCE = 4;

/** Reads orders, each in whatever way, and translates them, four at a time. */
export async function translateMany<T extends { id: string }>(
  orders: readonly T[],
  read: (order: T) => Promise<{ order: OrderFragment; origin: Origin } | null>,
  signal?: AbortSignal,
): Promise<ReadOrders> {
  const snapshots: (Snapshot | null)[] = new Array(orders.length).fill(null);
  const unreadable: Unreadable[] = [];
  const queue = [...orders.entries()];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [place, each] = next;
      let body: unknown = null;
      try {
        const found = await read(each);
        body = found?.order;
        if (found) snapshots[place] = translateOrder(found.order, found.origin);
      } catch (error) {
        // What the shop refuses or fails at comes later; an order in a form of its own keeps no other back.
        if (error instanceof ChannelError || signal?.aborted) throw error;
        unreadable.push({ ref: { nativeId: each.id }, reason: whyUnreadable(error), body });
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
