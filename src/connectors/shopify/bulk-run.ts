import { setTimeout as sleep } from "node:timers/promises";
import { ChannelError } from "../../domain/errors.js";
import { inlined } from "./fragments.js";
import { bulkOrders, bulkRecent, bulkRun, bulkState } from "./operations-bulk.js";
import type { BulkFragment } from "./payload.js";
import type { Reader } from "./read.js";

/**
 * Starts an export of the orders that a search finds; null where this shop starts none now: others of this app are under
 * way, it refuses the query, or denies a part of it. One that asks the very same, from a run that broke off, is taken up.
 */
export async function startExport(
  { client }: Reader,
  search: string,
  signal?: AbortSignal,
): Promise<BulkFragment | null> {
  const text = exportOf(search);
  const { bulkOperations } = await client.call(bulkRecent, {}, signal);
  const same = bulkOperations.nodes.find(
    ({ query, status }) => query === text && (status === "CREATED" || status === "RUNNING"),
  );
  if (same) return same;
  try {
    const answer = await client.call(bulkRun, { query: text }, signal);
    return answer.bulkOperationRunQuery?.bulkOperation ?? null;
  } catch (error) {
    const isDenied = error instanceof ChannelError && error.code === "SCOPE_NOT_GRANTED_BY_CHANNEL";
    if (isDenied) return null;
    throw error;
  }
}

/** The query that an export runs. It takes no variables and no fragments. */
function exportOf(search: string): string {
  const query = bulkOrders.text.slice(
    bulkOrders.text.indexOf("{"),
    bulkOrders.text.indexOf("\nfragment"),
  );
  return inlined(query.replace("orders", `orders(query: ${JSON.stringify(search)})`)).replace(
    /\s+/g,
    " ",
  );
}

/** An export once it is over, however it ended; null where the shop knows nothing of it. */
export async function exportEnd(
  { client }: Reader,
  id: string,
  signal?: AbortSignal,
): Promise<BulkFragment | null> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    const { bulkOperation } = await client.call(bulkState, { id }, signal);
    if (!bulkOperation || !UNDER_WAY.has(bulkOperation.status)) return bulkOperation;
    await sleep(waitMs, undefined, { signal });
  }
}

const UNDER_WAY = new Set(["CREATED", "RUNNING", "CANCELING"]);
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 15_000;
