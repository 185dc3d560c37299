import { z } from "zod";
import type { PullWindow } from "../../domain/channel.js";
import { ChannelError } from "../../domain/errors.js";
import { toGmt } from "./clock.js";
import { TRASH } from "./status.js";

const PAGE = 100;
/** Rows of the page before that are read again, so that an order deleted meanwhile cannot push another out of sight. */
const BACKFILL_OVERLAP = 5;
/** `modified_after` is exclusive and knows whole seconds only; the rest allows for orders that are saved late. */
const POLL_OVERLAP_MS = 30_000;

/**
 * Where a walk stands. `ids`: so many orders from the newest were read, the last had `lastId`; with `second` only those
 * changed in that very second. `changes`: everything changed up to and including `after` was read.
 */
export const positionSchema = z.discriminatedUnion("walk", [
  z.object({
    walk: z.literal("ids"),
    status: z.enum(["any", TRASH]),
    offset: z.number(),
    lastId: z.number().nullable(),
    second: z.string().optional(),
  }),
  z.object({ walk: z.literal("changes"), status: z.enum(["any", TRASH]), after: z.string() }),
  z.object({ walk: z.literal("end") }),
]);
export type Position = z.output<typeof positionSchema>;
type Status = "any" | typeof TRASH;

/** Where a walk over the living ("any") or the bin begins. */
export function startOf(window: PullWindow, status: Status): Position {
  return window.from
    ? {
        walk: "changes",
        status,
        after: toGmt(new Date(window.from.getTime() - POLL_OVERLAP_MS)),
      }
    : { walk: "ids", status, offset: 0, lastId: null };
}

/** What paging needs of an order; the rest is looked at later, one by one. */
export const rowSchema = z.looseObject({ id: z.number(), date_modified_gmt: z.string() });
export type Row = z.output<typeof rowSchema>;

/** Times go out as UTC without a Z: with one, `dates_are_gmt` shifts them by the site's offset (measured). */
export function queryOf(position: Position, { to }: PullWindow): Record<string, string> {
  if (position.walk === "end") return {};
  const common = { per_page: String(PAGE), status: position.status, dates_are_gmt: "true" };
  if (position.walk === "changes")
    return {
      ...common,
      orderby: "modified",
      order: "asc",
      modified_after: position.after,
      ...(to ? { modified_before: toGmt(to) } : {}),
    };
  const { second } = position;
  return {
    ...common,
    orderby: "id",
    order: "desc",
    offset: String(firstRow(position)),
    ...(second ? { modified_after: shift(second, -1), modified_before: shift(second, 1) } : {}),
    ...(!second && to ? { before: toGmt(to) } : {}),
  };
}

function firstRow(position: Extract<Position, { walk: "ids" }>): number {
  return Math.max(0, position.offset - BACKFILL_OVERLAP);
}

/** Where a walk goes on after these rows; throws ChannelError where the shop ignored what it was asked. */
export function advance(position: Position, items: Row[], window: PullWindow): Position {
  if (position.walk === "ids") return advanceByIds(position, items, window);
  if (position.walk === "end") return position;
  const last = items.at(-1)?.date_modified_gmt;
  if (items.length < PAGE || last === undefined) return afterPass(position.status, window);
  // The last second may go on over the page's end, so it is read again from its beginning.
  if (items[0]?.date_modified_gmt !== last)
    return { ...position, after: onward(position.after, shift(last, -1)) };
  // A whole page of one second: equal times come in any order on 9.9.5, so this second is walked by id.
  return { walk: "ids", status: position.status, offset: 0, lastId: null, second: last };
}

function advanceByIds(
  position: Extract<Position, { walk: "ids" }>,
  items: Row[],
  window: PullWindow,
): Position {
  const start = firstRow(position);
  const first = items[0]?.id;
  if (items.some((row, at) => row.id > (items[at - 1]?.id ?? row.id)))
    throw disobedient("orderby=id&order=desc");
  const isGap = position.lastId !== null && (first === undefined || first < position.lastId);
  // So many orders were deleted that the overlap is gone: go back until it is there again.
  if (isGap && start > 0) return { ...position, offset: Math.max(0, start - PAGE) };
  const lowest = items.reduce((min, row) => Math.min(min, row.id), position.lastId ?? Infinity);
  if (items.length === PAGE) return { ...position, offset: start + items.length, lastId: lowest };
  return position.second
    ? { walk: "changes", status: position.status, after: position.second }
    : afterPass(position.status, window);
}

/** Guards a walk against shops that ignore the filter, where it would never end. */
function onward(before: string, after: string): string {
  if (after > before) return after;
  throw disobedient("modified_after");
}

function disobedient(parameter: string): ChannelError {
  return new ChannelError(
    "CHANNEL_REJECTED",
    `WooCommerce: the shop ignores ${parameter} when it lists orders, so none could be sure to be seen; update WooCommerce (9 or later), or switch off what changes its REST API`,
    { mayHaveHappened: false },
  );
}

function afterPass(status: Status, window: PullWindow): Position {
  return status === "any" ? startOf(window, TRASH) : { walk: "end" };
}

/** Whether a row was not met before on this walk, as it is now. */
export function isFresh(row: Row, position: Position, seen: ReadonlySet<string>): boolean {
  if (position.walk === "ids" && position.lastId !== null && row.id >= position.lastId)
    return false;
  return !seen.has(keyOf(row));
}

/** One state of one order, as fine as WooCommerce tells states apart. */
export function keyOf(row: Row): string {
  return `${row.id} ${row.date_modified_gmt}`;
}

/** A UTC second as WooCommerce writes it, moved by so many seconds. */
function shift(second: string, by: number): string {
  return toGmt(new Date(Date.parse(`${second}Z`) + by * 1000));
}
