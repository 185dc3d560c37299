import { z } from "zod";
import { toUtc } from "./clock.js";
import { FIELDS } from "./fields.js";
import { FINAL_STATUSES } from "./return.js";
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

/*
 * What moves no time of change: a track that is added to a shipment later or deleted, a comment that keeps an order's status
 * (measured), an address that is corrected (PUT /orders/:id as measured; the admin's Order\AddressSave saves that row alone);
 * and returns have no such time at all. So what is recent is looked at again: all of it in about an hour, a piece in each poll.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TURN_MS = 60_000;
/** Each piece of the past has its turn, which is a minute, once in about an hour. */
const PIECES = 56;

interface Silent {
  fields: string;
  /** When a record was made, by the column that says so, and for how long it is looked at again. */
  madeAt: string;
  pastMs: number;
}

/** In the order in which they are looked at. */
const SILENT = {
  shipments: { fields: FIELDS.shipment, madeAt: "created_at", pastMs: 14 * DAY_MS },
  orders: { fields: FIELDS.silent, madeAt: "created_at", pastMs: 14 * DAY_MS },
  returns: { fields: FIELDS.return, madeAt: "date_requested", pastMs: 90 * DAY_MS },
} as const satisfies Record<string, Silent>;
type List = keyof typeof SILENT;
const LISTS = Object.keys(SILENT) as List[];

const range = z.tuple([z.string(), z.string()]);

/** Of one list all that the first look asks for up to `id` was read; looks behind it come after. Null: those not over. */
export const againSchema = z.object({
  walk: z.literal("again"),
  list: z.enum(LISTS),
  turns: z.tuple([z.number(), z.number()]),
  looks: z.array(range.nullable()),
  id: z.number(),
});
export type Again = z.output<typeof againSchema>;

/** The first and the last turn that a poll takes; the first is the later one where none came since. */
export type Turns = Again["turns"];

/** Which turns of one shop were taken; kept while its channel is open, so that a slow shop's poll misses none. */
export interface Rescan {
  takenTo: number | null;
}

/** The turns that came since the last ones were taken, and where none is known, the present one. */
export function turnsAt(now: Date, { takenTo }: Rescan): Turns {
  const turn = Math.floor(now.getTime() / TURN_MS);
  return [takenTo === null ? turn : Math.max(takenTo + 1, turn - PIECES + 1), turn];
}

/** Where looking at a list again begins. */
export function again(list: List, turns: Turns, now: Date): Again {
  const { pastMs } = SILENT[list];
  return {
    walk: "again",
    list,
    turns,
    looks: [...always(list, now), ...pieces(turns, now, pastMs)],
    id: 0,
  };
}

/** What to ask for at a position. */
export function searchAgain({ list, looks, id }: Again): Search {
  const { fields, madeAt } = SILENT[list];
  const [look = null] = looks;
  return {
    path: `/${list}`,
    fields,
    groups: [
      ...(look
        ? [[filter(madeAt, "gteq", look[0])], [filter(madeAt, "lt", look[1])]]
        : [[filter("status", "nin", FINAL_STATUSES.join(","))]]),
      [filter("entity_id", "gt", String(id))],
    ],
    sort: [["entity_id", "ASC"]],
    pageSize: PAGE,
  };
}

/** Where it goes on after what was found; null at the end. Throws ChannelError where the shop ignored what it was asked. */
export function advanceAgain(
  position: Again,
  { items, total }: Found,
  now: Date,
  { rma }: Pick<Shop, "rma">,
): Again | null {
  const { list, turns, looks, id } = position;
  if (items.some((row) => row.entity_id <= id)) throw disobedient(`/${list}`);
  const last = items.at(-1);
  if (last && items.length < total) return { ...position, id: last.entity_id };
  if (looks.length > 1) return { ...position, looks: looks.slice(1), id: 0 };
  const rest = LISTS.slice(LISTS.indexOf(list) + 1).filter((next) => next !== "returns" || rma);
  const begun = rest.map((next) => again(next, turns, now));
  return begun.find((next) => next.looks.length > 0) ?? null;
}

const silentOrder = z.looseObject({
  state: z.string().nullish(),
  status_histories: z.array(z.looseObject({ created_at: z.string().nullish() })).nullish(),
});

/** Whether something of an order may have changed in silence: while it is open, or where a comment came after its last change. */
export function mayHaveChanged(row: Row): boolean {
  const { data } = silentOrder.safeParse(row);
  if (!data || !OVER.has(data.state ?? "")) return true;
  return (data.status_histories ?? []).some((it) => (it.created_at ?? "") > changedAt(row));
}
const OVER: ReadonlySet<string> = new Set(["complete", "closed", "canceled"]);

/** What is looked at in each poll: shipments of the last hour, when most tracks come, and returns that are not over. */
function always(list: List, now: Date): Again["looks"] {
  if (list === "returns") return [null];
  // The shop's clock may be ahead of ours.
  return list === "shipments" ? [between(now, HOUR_MS, -HOUR_MS)] : [];
}

/** The pieces of the past whose turns these are; where they go over its end, the newest piece comes next. */
function pieces([first, last]: Turns, now: Date, pastMs: number): Again["looks"] {
  if (first > last) return [];
  const piece = pastMs / PIECES;
  const [from, to] = [first % PIECES, last % PIECES];
  const runs =
    from <= to
      ? [[from, to]]
      : [
          [from, PIECES - 1],
          [0, to],
        ];
  return runs.map(([newest = 0, oldest = 0]) => between(now, (oldest + 1) * piece, newest * piece));
}

function between(now: Date, fromMs: number, toMs: number): [string, string] {
  return [toUtc(new Date(now.getTime() - fromMs)), toUtc(new Date(now.getTime() - toMs))];
}
