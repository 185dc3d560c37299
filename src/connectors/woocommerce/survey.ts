import { z } from "zod";
import type { Glance, SurveyedPage, SurveyWindow } from "../../domain/channel.js";
import { parseCursor } from "../cursor.js";
import { printOf } from "../print.js";
import type { Reader } from "./read.js";
import { DRAFT_STATUSES } from "./status.js";
import { advance, isFresh, type Position, positionSchema, queryOf, rowSchema } from "./walk.js";

/**
 * Every order placed in a window at a glance, the bin after the living: one thin page for a hundred. Walked by id with
 * overlap, so that neither new orders nor deleted ones push another out of sight.
 */
export async function* surveyOrders(
  reader: Reader,
  window: SurveyWindow,
): AsyncGenerator<SurveyedPage> {
  let position: Position = window.cursor
    ? parseCursor("WooCommerce", positionSchema, window.cursor)
    : { walk: "ids", status: "any", offset: 0, lastId: null };
  while (position.walk !== "end") {
    const { body } = await reader.woo.get(
      "/wc/v3/orders",
      surveyQuery(position, window),
      window.signal,
    );
    const rows = z.array(glanceSchema).parse(body);
    const next = advance(position, rows, {});
    const orders = rows
      .filter((row) => isFresh(row, position, NONE) && !DRAFT_STATUSES.has(row.status))
      .map((row): Glance => ({ nativeId: String(row.id), print: printOf(toldOf(row)) }));
    position = next;
    if (orders.length > 0) yield { orders, cursor: JSON.stringify(position) };
  }
}

const NONE: ReadonlySet<string> = new Set();

/** Meta that may change without the order's time of change, as some extensions save it beside the order. */
const TOLD_META = ["_wc_shipment_tracking_items", "_fulfillment_status"];

/** Times of change are whole seconds: what is cheap to have is told besides, should two changes share one. */
const HEAD = ["status", "date_modified_gmt", "total", "refunds", "customer_note", "shipping"];

const glanceSchema = rowSchema.extend({
  status: z.string(),
  meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })).catch([]),
});

/** Both ends of `after` and `before` are exclusive, to the second. Older shops send all meta, which changes nothing. */
function surveyQuery(position: Position, { from, to }: SurveyWindow): Record<string, string> {
  const after = new Date(from.getTime() - 1000);
  return {
    ...queryOf(position, { to: new Date(to.getTime() + 1000) }),
    after: after.toISOString().slice(0, 19),
    _fields: ["id", ...HEAD, "meta_data"].join(","),
    include_meta: TOLD_META.join(","),
  };
}

function toldOf(row: z.output<typeof glanceSchema>): unknown[] {
  const meta = TOLD_META.map((wanted) => row.meta_data.find(({ key }) => key === wanted)?.value);
  return [...HEAD.map((field) => row[field]), meta];
}
