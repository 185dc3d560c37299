import { z } from "zod";
import type { PullWindow } from "../../domain/channel.js";
import { toUtc } from "./clock.js";
import { FIELDS } from "./fields.js";
import { advanceAgain, again, againSchema, searchAgain, type Turns } from "./rescan.js";
import {
  changedAt,
  disobedient,
  type Found,
  filter,
  PAGE,
  type Row,
  type Search,
} from "./search.js";
import type { Shop } from "./shop.js";

/**
 * What is asked for changes, one after the other: an order's own time does not move with its second shipment, nor does
 * anything else tell of it (measured).
 */
const STREAMS = ["orders", "shipments", "invoices", "creditmemos"] as const;
export type Stream = (typeof STREAMS)[number];

/** Magento stamps in whole seconds when a statement runs, and checkouts commit seconds later. */
const POLL_OVERLAP_MS = 30_000;

/**
 * Where a walk stands. `ids`: orders down to the id `below` were read. `changes`: of one stream all rows up to (`at`,
 * `id`). `again`: what tells of no change, in rescan.ts.
 */
export const positionSchema = z.discriminatedUnion("walk", [
  z.object({
    walk: z.literal("ids"),
    to: z.string().nullable(),
    below: z.number().nullable(),
    read: z.number(),
  }),
  z.object({
    walk: z.literal("changes"),
    stream: z.enum(STREAMS),
    from: z.string(),
    to: z.string().nullable(),
    at: z.string(),
    id: z.number(),
  }),
  againSchema,
  z.object({ walk: z.literal("end") }),
]);
export type Position = z.output<typeof positionSchema>;
type Of<W extends Position["walk"]> = Extract<Position, { walk: W }>;

/** Where a walk begins: by id, newest first, or by time of change. */
export function startOf({ from, to }: PullWindow): Position {
  const until = to ? toUtc(to) : null;
  if (!from) return { walk: "ids", to: until, below: null, read: 0 };
  return streamFrom("orders", toUtc(new Date(from.getTime() - POLL_OVERLAP_MS)), until);
}

/** What to ask for at a position. */
export function searchOf(position: Exclude<Position, Of<"end">>): Search {
  switch (position.walk) {
    case "ids":
      return {
        path: "/orders",
        fields: FIELDS.order,
        groups: [
          ...(position.below === null ? [] : [[filter("entity_id", "lt", String(position.below))]]),
          ...(position.to === null ? [] : [[filter("created_at", "lteq", position.to)]]),
        ],
        sort: [["entity_id", "DESC"]],
        pageSize: PAGE,
      };
    case "changes":
      return {
        path: `/${position.stream}`,
        fields: position.stream === "orders" ? FIELDS.order : FIELDS.change,
        // Rows of the last second that were not read yet, and all that changed later.
        groups: [
          [filter("updated_at", "gteq", position.at)],
          [filter("updated_at", "gt", position.at), filter("entity_id", "gt", String(position.id))],
          ...(position.to === null ? [] : [[filter("updated_at", "lteq", position.to)]]),
        ],
        sort: [
          ["updated_at", "ASC"],
          ["entity_id", "ASC"],
        ],
        pageSize: PAGE,
      };
    case "again":
      return searchAgain(position);
  }
}

/** Where a walk goes on after what was found there. Throws ChannelError where the shop ignored what it was asked. */
export function advance(
  position: Exclude<Position, Of<"end">>,
  found: Found,
  { now, shop, turns }: { now: Date; shop: Pick<Shop, "rma">; turns: Turns },
): Position {
  const { items, total } = found;
  const last = items.at(-1);
  const isOver = !last || items.length >= total;
  switch (position.walk) {
    case "ids": {
      const { below } = position;
      if (items.some((row, at) => row.entity_id >= (items[at - 1]?.entity_id ?? below ?? Infinity)))
        throw disobedient("/orders");
      if (isOver) return { walk: "end" };
      return { ...position, below: last.entity_id, read: position.read + items.length };
    }
    case "changes": {
      if (items.some((row) => !isBehind(row, position))) throw disobedient(`/${position.stream}`);
      if (!isOver) return { ...position, at: changedAt(last), id: last.entity_id };
      const next = STREAMS[STREAMS.indexOf(position.stream) + 1];
      if (next) return streamFrom(next, position.from, position.to);
      return again("shipments", turns, now);
    }
    case "again":
      return advanceAgain(position, found, now, shop) ?? { walk: "end" };
  }
}

/** One state of one record, as fine as Magento tells states apart. */
export function keyOf(stream: Stream, row: Row): string {
  return `${stream} ${row.entity_id} ${changedAt(row)}`;
}

function streamFrom(stream: Stream, from: string, to: string | null): Of<"changes"> {
  return { walk: "changes", stream, from, to, at: from, id: 0 };
}

function isBehind(row: Row, { at, id }: Of<"changes">): boolean {
  const changed = changedAt(row);
  return changed > at || (changed === at && row.entity_id > id);
}
