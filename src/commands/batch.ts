import type { Viewer } from "../domain/scope.js";
import type { Bus } from "../events/bus.js";
import type { Database } from "../store/db.js";
import type { BatchItem, BatchResult, Commands } from "./face.js";
import { untilEnded, WAIT_MS } from "./wait.js";

/** So many orders of a batch are written to at once: enough to keep a database busy, and few of its connections. */
const AT_ONCE = 4;

/**
 * Submits many wishes: those about one order one after the other as they come, different orders beside each other. Each is
 * checked, and keeps its idempotency key, as if it had come alone; whatever becomes of one stops no other. Those that wait
 * for their end do so together, as long as the most patient of them.
 */
export function createSubmitAll(parts: { db: Database; bus: Bus }, submit: Commands["submit"]) {
  return async (viewer: Viewer, items: readonly BatchItem[]): Promise<BatchResult[]> => {
    const begun = Date.now();
    const results: BatchResult[] = new Array(items.length);
    const queue = byOrder(items);
    const drain = async () => {
      for (let indexes = queue.shift(); indexes; indexes = queue.shift())
        for (const index of indexes)
          results[index] = await submitOne(submit, viewer, items[index] as BatchItem);
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, drain));
    const waiting = items.flatMap(({ options }, index) => {
      const result = results[index];
      const waits = options.waitUntil === "SUCCEEDED" && result && "command" in result;
      return waits && result.command
        ? [{ command: result.command, ms: options.waitTimeoutMs ?? WAIT_MS }]
        : [];
    });
    const patience = Math.max(0, ...waiting.map(({ ms }) => ms));
    const commands = waiting.map(({ command }) => command);
    await untilEnded(parts, viewer.tenantId, commands, begun + patience);
    return results;
  };
}

/** Places of the items about each order, in the order they came. */
function byOrder(items: readonly BatchItem[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [index, { wish }] of items.entries())
    groups.set(wish.orderId, [...(groups.get(wish.orderId) ?? []), index]);
  return [...groups.values()];
}

async function submitOne(
  submit: Commands["submit"],
  viewer: Viewer,
  { wish, options }: BatchItem,
): Promise<BatchResult> {
  try {
    return await submit(viewer, wish, { ...options, waitUntil: "ACCEPTED" });
  } catch (fault) {
    return { fault };
  }
}
