import { ChannelError } from "../../domain/errors.js";
import { instant } from "../../domain/time.js";
import { fileLines } from "./bulk-file.js";
import { BrokenFile, ordersIn } from "./bulk-groups.js";
import { type BulkOrder, completeBulkOrder } from "./bulk-order.js";
import { exportEnd, startExport } from "./bulk-run.js";
import { ordersMade } from "./operations-bulk.js";
import type { BulkFragment } from "./payload.js";
import type { Reader } from "./read.js";
import { type ReadOrders, readMany, translateMany } from "./read-many.js";
import { isMadeIn, type Place, searchOf } from "./windows.js";

/** Orders of a window, and the place behind them. */
export interface Portion {
  found: ReadOrders;
  place: Place;
}

/**
 * All orders of a window, from where a run before came to: out of an export, as far as it brings them, and what it does not
 * bring page by page. The place is told as soon as an export runs, so that whoever goes on later takes up the same.
 */
export async function* ordersOfWindow(
  reader: Reader,
  start: Place,
  signal?: AbortSignal,
): AsyncIterable<Portion> {
  let place = start;
  const seen = new Set<string>();
  if (place.stage === "export") {
    const id = place.operation ?? (await startExport(reader, searchOf(place), signal))?.id ?? null;
    place = { ...place, operation: id };
    if (id) yield { found: NOTHING, place };
    const ended = id && (await exportEnd(reader, id, signal));
    const isWhole = ended ? yield* exported(reader, ended, place, seen, signal) : false;
    place = { ...place, stage: isWhole ? "over" : "pages", operation: null, done: 0 };
    if (isWhole) yield { found: NOTHING, place };
  }
  if (place.stage === "pages") yield* pages(reader, place, seen, signal);
}

const NOTHING: ReadOrders = { snapshots: [], unreadable: [] };
/** How many orders of a file are told at once. */
const AT_ONCE = 50;

/** What an export holds; answers whether that is all. The last order of one that broke off may lack lines and is left out. */
async function* exported(
  reader: Reader,
  { status, url, partialDataUrl, createdAt }: BulkFragment,
  start: Place,
  seen: Set<string>,
  signal?: AbortSignal,
): AsyncGenerator<Portion, boolean> {
  const isWhole = status === "COMPLETED";
  const file = isWhole ? url : partialDataUrl;
  // A file without lines is not written.
  if (!file) return isWhole;
  const readAt = instant(createdAt);
  let done = 0;
  let batch: BulkOrder[] = [];
  const flush = async (): Promise<Portion> => {
    const read = (each: BulkOrder) => completeBulkOrder(reader, each, readAt, signal);
    const found = await translateMany(batch, read, signal);
    batch = [];
    return { found, place: { ...start, done } };
  };
  try {
    for await (const order of ordersIn(fileLines(reader.fetch, file, signal))) {
      // Only now that another follows is it known that the one before is whole.
      if (batch.length >= AT_ONCE) yield await flush();
      done++;
      seen.add(order.id);
      if (done > start.done && isMadeIn(order.root, start)) batch.push(order);
    }
  } catch (error) {
    if (!isFileLost(error)) throw error;
    for (const { id } of batch) seen.delete(id);
    return false;
  }
  const last = isWhole ? undefined : batch.pop();
  if (last) seen.delete(last.id);
  if (batch.length > 0) yield await flush();
  return isWhole;
}

/** A file that cannot be read now cannot be read later either: its address has ended, or it is cut. */
function isFileLost(error: unknown): boolean {
  if (error instanceof BrokenFile) return true;
  const status = error instanceof ChannelError ? (error.httpStatus ?? 0) : 0;
  return status >= 400 && status < 500;
}

/** What is left of a window, newest first. */
async function* pages(
  reader: Reader,
  start: Place,
  seen: ReadonlySet<string>,
  signal?: AbortSignal,
): AsyncIterable<Portion> {
  const query = searchOf(start);
  let { after } = start;
  for (;;) {
    const { orders } = await reader.client.call(ordersMade, { query, after }, signal);
    const wanted = orders.nodes.filter((each) => isMadeIn(each, start) && !seen.has(each.id));
    const found = await readMany(reader, wanted, signal);
    after = orders.pageInfo.endCursor ?? after;
    const stage = orders.pageInfo.hasNextPage ? "pages" : "over";
    yield { found, place: { ...start, stage, after } };
    if (stage === "over") return;
  }
}
