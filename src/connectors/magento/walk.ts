import { z } from "zod";
import type { PullWindow } from "../../domain/channel.js";
import { toUtc } from "./clock.js";
import { FIELDS } from "./fields.js";
import { FINAL_STATUSES } from "./return.js";
import { disobedient, type Filter, type Found, PAGE, type Row, type Search } from "./search.js";
import type { Shop } from "./shop.js";

/**
 * What is asked for changes, one after the other: an order's own time does not move with its second shipment, nor does
 * anything else tell of it (measured).
 */
const STREAMS = ["orders", "shipments", "invoices", "creditmemos"] as const;
export type Stream = (typeof STREAMS)[number];

/** Magento stamps in whole seconds when a statement runs, and checkouts commit seconds later. */
const POLL_OVERLAP_MS = 30_000;

const HOUR_MS = 3_600_000;
const TURN_MS = 60_000;
/** At a poll a minute each piece of the past comes once in about an hour. */
const PIECES = 56;
/** How long after a shipment was made its tracks are looked at again and again. */
const TRACKED = 14 * 24 * HOUR_MS;
/** The same of returns, which name no time of change at all. */
const RETURNED = 90 * 24 * HOUR_MS;

/**
 * Where a walk stands. `ids`: orders down to the id `below` were read. `changes`: of one stream all rows up to (`at`,
 * `id`). `tracks`: of shipments made in the first range all up to `id`; the ranges behind it come after.
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
  z.object({
    walk: z.literal("tracks"),
    ranges: z.array(z.tuple([z.string(), z.string()])).min(1),
    id: z.number(),
  }),
  z.object({
    walk: z.literal("returns"),
    ranges: z.array(z.tuple([z.string(), z.string()])),
    id: z.number(),
  }),
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
    case "tracks": {
      const [from, to] = position.ranges[0] as [string, string];
      return {
        path: "/shipments",
        fields: FIELDS.shipment,
        groups: [
          [filter("created_at", "gteq", from)],
          [filter("created_at", "lt", to)],
          [filter("entity_id", "gt", String(position.id))],
        ],
        sort: [["entity_id", "ASC"]],
        pageSize: PAGE,
      };
    }
    case "returns": {
      const [range] = position.ranges;
      return {
        path: "/returns",
        fields: FIELDS.return,
        groups: [
          ...(range
            ? [
                [filter("date_requested", "gteq", range[0])],
                [filter("date_requested", "lt", range[1])],
              ]
            : [[filter("status", "nin", FINAL_STATUSES.join(","))]]),
          [filter("entity_id", "gt", String(position.id))],
        ],
        sort: [["entity_id", "ASC"]],
        pageSize: PAGE,
      };
    }
  }
}

/** Where a walk goes on after what was found there. Throws ChannelError where the shop ignored what it was asked. */
export function advance(
  position: Exclude<Position, Of<"end">>,
  found: Found,
  now: Date,
  { rma }: Pick<Shop, "rma">,
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
      return { walk: "tracks", ranges: rangesAt(now, TRACKED), id: 0 };
    }
    case "tracks": {
      if (items.some((row) => row.entity_id <= position.id)) throw disobedient("/shipments");
      if (!isOver) return { ...position, id: last.entity_id };
      const ranges = position.ranges.slice(1);
      if (ranges.length > 0) return { walk: "tracks", ranges, id: 0 };
      return rma ? { walk: "returns", ranges: rangesAt(now, RETURNED), id: 0 } : { walk: "end" };
    }
    case "returns": {
      if (items.some((row) => row.entity_id <= position.id)) throw disobedient("/returns");
      if (!isOver) return { ...position, id: last.entity_id };
      const [range, ...ranges] = position.ranges;
      return range ? { walk: "returns", ranges, id: 0 } : { walk: "end" };
    }
  }
}

/** One state of one record, as fine as Magento tells states apart. */
export function keyOf(stream: Stream, row: Row): string {
  return `${stream} ${row.entity_id} ${changedAt(row)}`;
}

function streamFrom(stream: Stream, from: string, to: string | null): Of<"changes"> {
  return { walk: "changes", stream, from, to, at: from, id: 0 };
}

/**
 * A track that was added or deleted later shows nowhere but in its shipment, whose time stays as it was (measured), and a
 * return has no such time. So those of the last hour are looked at in each poll, and of the past one piece by turns.
 */
function rangesAt(now: Date, pastMs: number): [string, string][] {
  const turn = Math.floor(now.getTime() / TURN_MS) % PIECES;
  const piece = pastMs / PIECES;
  const range = (fromMs: number, toMs: number): [string, string] => [
    toUtc(new Date(now.getTime() - fromMs)),
    toUtc(new Date(now.getTime() - toMs)),
  ];
  // The shop's clock may be ahead of ours.
  return [range(HOUR_MS, -HOUR_MS), range((turn + 1) * piece, turn * piece)];
}

function isBehind(row: Row, { at, id }: Of<"changes">): boolean {
  const changed = changedAt(row);
  return changed > at || (changed === at && row.entity_id > id);
}

function changedAt(row: Row): string {
  return row.updated_at ?? row.created_at ?? "";
}

function filter(field: string, is: Filter["is"], value: string): Filter {
  return { field, is, value };
}
