import { z } from "zod";
import { parseCursor } from "../cursor.js";
import { ordersCount } from "./operations.js";
import { firstOrder } from "./operations-bulk.js";
import type { Reader } from "./read.js";

const place = z.object({
  /** The window by the time that orders were made: from then, to before then; null: without an end. */
  from: z.string(),
  until: z.string().nullable(),
  /** Whether it is read from an export or page by page, or is over. */
  stage: z.enum(["export", "pages", "over"]),
  /** The export under way. */
  operation: z.string().nullable(),
  /** How many orders of its file are done. */
  done: z.number(),
  /** The page after which it goes on. */
  after: z.string().nullable(),
});
/** How far a backfill by windows has come: a cursor holds just this. */
export type Place = z.output<typeof place>;
export type Span = Pick<Place, "from" | "until">;

/** A place that was kept; text of another kind is a page of a backfill that goes without windows. */
export function readPlace(cursor: string): Place | null {
  return cursor.startsWith("{") ? parseCursor("Shopify", place, cursor) : null;
}

/** The most orders that one window should hold: what is lost when an export fails. */
const MOST = 2_000;
const DAY_MS = 86_400_000;
const FIRST_SPAN_MS = 30 * DAY_MS;
const SHORTEST_MS = 60_000;

/** The newest window before a moment that has orders; null where there are none. Costs a count or two. */
export async function windowBefore(
  { client, now }: Reader,
  before: string | null,
  signal?: AbortSignal,
): Promise<Place | null> {
  const { orders } = await client.call(firstOrder, {}, signal);
  const [first] = orders.nodes;
  let until = before;
  let spanMs = FIRST_SPAN_MS;
  while (first && (until === null || Date.parse(until) > Date.parse(first.createdAt))) {
    const end = until === null ? now().getTime() : Date.parse(until);
    const from = `${new Date(end - spanMs).toISOString().slice(0, 19)}Z`;
    const query = searchOf({ from, until });
    const { ordersCount: counted } = await client.call(ordersCount, { query }, signal);
    // A window that the shop does not count is none without orders.
    const count = counted?.count ?? 1;
    if (count > MOST && spanMs > SHORTEST_MS) spanMs /= 2;
    else if (count > 0)
      return { from, until, stage: "export", operation: null, done: 0, after: null };
    else {
      until = from;
      spanMs *= 2;
    }
  }
  return null;
}

export function searchOf({ from, until }: Span): string {
  const since = `created_at:>='${from}'`;
  return until === null ? since : `${since} AND created_at:<'${until}'`;
}

/** Shopify ignores search terms that it does not understand, without a word; so what was found is checked again. */
export function isMadeIn({ createdAt }: { createdAt: string }, { from, until }: Span): boolean {
  const at = Date.parse(createdAt);
  return at >= Date.parse(from) && (until === null || at < Date.parse(until));
}
