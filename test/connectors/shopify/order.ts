import { mintId } from "../../../src/domain/id.js";
import { merge, newOrder } from "../../../src/domain/merge.js";
import type { Order } from "../../../src/domain/order.js";
import type { Snapshot } from "../../../src/domain/snapshot.js";

/** The order as the gateway holds it after this snapshot, with ids of its own. */
export function orderOf(snapshot: Snapshot): Order {
  if (!snapshot.head) throw new Error("an order begins with its head");
  const context = { mint: mintId, now: "2026-11-03T00:00:00.000Z" };
  const empty = newOrder("channel", snapshot.ref.nativeId, snapshot.head.value, context);
  return merge(empty, snapshot, context).order;
}
