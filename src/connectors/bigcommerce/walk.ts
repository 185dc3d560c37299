import { z } from "zod";
import type { PullWindow } from "../../domain/channel.js";
import { ChannelError } from "../../domain/errors.js";
import { type Instant, instant } from "../../domain/time.js";
import { momentOf, queryTime, shiftSeconds } from "./clock.js";
import { FOLDED } from "./read.js";

/** How many orders with their lines are asked for at once. */
export const PAGE = 100;
/** `date_modified` counts whole seconds; the rest allows for orders that are saved late. */
const POLL_OVERLAP_SECONDS = 30;

const polled = {
  archived: z.boolean(),
  /** Where this poll began. */
  begun: z.iso.datetime(),
  since: z.iso.datetime(),
};

/**
 * Where a walk stands. `newest`: all orders down to and with `above` were read. `changes`: everything changed before `since`
 * was read. `span`: a few seconds in which more changed than a page holds are read by id, `below` being the last. Archived
 * orders are in no list but one of their own, which is walked by changes after the living. `refunds`: last come orders of
 * which only a refund has news; those down to `above` were read.
 */
export const positionSchema = z.discriminatedUnion("walk", [
  z.object({
    walk: z.literal("newest"),
    above: z.number().nullable(),
    total: z.number().nullable(),
  }),
  z.object({ walk: z.literal("changes"), ...polled }),
  z.object({
    walk: z.literal("span"),
    ...polled,
    until: z.iso.datetime(),
    below: z.number(),
  }),
  z.object({ walk: z.literal("refunds"), begun: z.iso.datetime(), above: z.number() }),
  z.object({ walk: z.literal("end") }),
]);
export type Position = z.output<typeof positionSchema>;
export type LateRefunds = Extract<Position, { walk: "refunds" }>;

export function startOf({ from }: PullWindow): Position {
  if (!from) return { walk: "newest", above: null, total: null };
  const begun = shiftSeconds(instant(from), -POLL_OVERLAP_SECONDS);
  return { walk: "changes", archived: false, begun, since: begun };
}

/** What paging needs of an order; the rest is looked at later, one by one. */
export const rowSchema = z.looseObject({
  id: z.union([z.number(), z.string().regex(/^\d+$/)]).transform(Number),
  date_created: z.string(),
  date_modified: z.string().nullish(),
});
export type Row = z.output<typeof rowSchema>;

/**
 * There is no cursor, and pages counted by number shift while orders come and change; so every page is the first one
 * behind a bound: an id, or a time and then an id.
 */
export function queryOf(position: Position, { to }: PullWindow): Record<string, string> {
  const archived: Record<string, string> =
    "archived" in position && position.archived ? { is_deleted: "true" } : {};
  const common: Record<string, string> = { ...FOLDED, ...archived, limit: String(PAGE), page: "1" };
  switch (position.walk) {
    case "newest":
      return {
        ...common,
        sort: "id:desc",
        ...(position.above === null ? {} : { max_id: String(position.above) }),
        ...(to ? { max_date_created: queryTime(instant(to)) } : {}),
      };
    case "changes":
      return {
        ...common,
        sort: "date_modified:asc",
        min_date_modified: queryTime(position.since),
        ...(to ? { max_date_modified: queryTime(instant(to)) } : {}),
      };
    case "span":
      return {
        ...common,
        sort: "id:asc",
        min_id: String(position.below),
        min_date_modified: queryTime(position.since),
        max_date_modified: queryTime(shiftSeconds(position.until, 1)),
      };
    case "refunds":
    case "end":
      return {};
  }
}

/** Where a walk goes on after these rows; throws ChannelError where the store ignored what it was asked. */
export function advance(position: Position, rows: readonly Row[]): Position {
  const last = rows.at(-1);
  const isFull = rows.length >= PAGE;
  switch (position.walk) {
    case "newest":
      refuseDisorder(rows, "id:desc", (a, b) => a.id > b.id);
      if (rows.some((row) => row.id > (position.above ?? row.id))) throw disobedient("max_id");
      return last && isFull ? { ...position, above: last.id } : { walk: "end" };
    case "changes": {
      if (!last || !isFull) return afterChanges(position);
      refuseDisorder(rows, "date_modified:asc", (a, b) => changedAt(a) <= changedAt(b));
      const until = changedAt(last);
      // The last second may go on behind the page. One second more is read again, whether the bound is in it or not.
      const since = shiftSeconds(until, -1);
      if (since > position.since) return { ...position, since };
      return { ...position, walk: "span", until, below: 0 };
    }
    case "span":
      refuseDisorder(rows, "id:asc", (a, b) => a.id < b.id);
      if (last && isFull) return { ...position, below: last.id };
      // All of it was read, so the walk goes on behind it, lest it come to the same place.
      return {
        walk: "changes",
        archived: position.archived,
        begun: position.begun,
        since: shiftSeconds(position.until, 1),
      };
    case "refunds":
    case "end":
      return position;
  }
}

function afterChanges({ archived, begun }: { archived: boolean; begun: Instant }): Position {
  return archived
    ? { walk: "refunds", begun, above: 0 }
    : { walk: "changes", archived: true, begun, since: begun };
}

/** Whether a row was not met before on this walk, as it is now. The row at a bound is sent again. */
export function isFresh(row: Row, position: Position, seen: ReadonlySet<string>): boolean {
  if (position.walk === "newest" && row.id === position.above) return false;
  if (position.walk === "span" && row.id === position.below) return false;
  return !seen.has(keyOf(row));
}

/** One state of one order, as fine as BigCommerce tells states apart. */
export function keyOf(row: Row): string {
  return `${row.id} ${changedAt(row)}`;
}

function changedAt(row: Row): Instant {
  return (momentOf(row.date_modified) ?? momentOf(row.date_created)) as Instant;
}

/** Throws where orders do not come by rising id, all of them above `below`. */
export function refuseFalling(rows: readonly Row[], below: number): void {
  refuseDisorder(rows, "id:asc", (a, b) => a.id < b.id);
  if (rows.some(({ id }) => id <= below)) throw disobedient("min_id");
}

function refuseDisorder(
  rows: readonly Row[],
  sort: string,
  inOrder: (a: Row, b: Row) => boolean,
): void {
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (before && !inOrder(before, row)) throw disobedient(`sort=${sort}`);
  }
}

function disobedient(parameter: string): ChannelError {
  return new ChannelError(
    "CHANNEL_REJECTED",
    `BigCommerce: the store ignores ${parameter} when it lists orders, so none could be sure to be seen; whatever stands between here and BigCommerce must pass query parameters on`,
    { mayHaveHappened: false },
  );
}
