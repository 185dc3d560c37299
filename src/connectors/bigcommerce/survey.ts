import { z } from "zod";
import type { Glance, SurveyedPage, SurveyWindow } from "../../domain/channel.js";
import { instant } from "../../domain/time.js";
import { parseCursor } from "../cursor.js";
import { printOf } from "../print.js";
import { queryTime, shiftSeconds } from "./clock.js";
import { orderPayload, type RefundPayload } from "./payload.js";
import { FOLDED, type Reader, readRefunds } from "./read.js";
import { isDraft } from "./status.js";
import { PAGE, type Row, refuseFalling, rowSchema } from "./walk.js";

const positionSchema = z.object({ below: z.number() });

/**
 * Every order placed in a window at a glance, by id: what is placed, archived or deleted meanwhile moves no other out of
 * sight. Two requests a page. The print holds all that the list says with lines, addresses and fees, and the refunds, which
 * move no date. It leaves out the shipments but for how much left: another tracking number shows in its webhook alone.
 */
export async function* surveyOrders(
  reader: Reader,
  window: SurveyWindow,
): AsyncGenerator<SurveyedPage> {
  let { below } = window.cursor
    ? parseCursor("BigCommerce", positionSchema, window.cursor)
    : { below: 0 };
  for (;;) {
    const query = {
      ...FOLDED,
      sort: "id:asc",
      limit: String(PAGE),
      page: "1",
      min_id: String(below + 1),
      min_date_created: queryTime(shiftSeconds(instant(window.from), 0)),
      max_date_created: queryTime(shiftSeconds(instant(window.to), 1)),
    };
    const found = await reader.api.get("/v2/orders", query, window.signal);
    const rows = z.array(rowSchema).parse(found);
    refuseFalling(rows, below);
    const last = rows.at(-1);
    if (!last) return;
    const orders = rows.filter(({ status_id }) => !isDraft(Number(status_id ?? Number.NaN)));
    const ids = orders.map(({ id }) => String(id));
    const refunds = await readRefunds(reader.api, ids, window.signal);
    below = last.id;
    yield {
      orders: orders.map((row) => glanceAt(row, refunds)),
      cursor: JSON.stringify({ below }),
    };
    if (rows.length < PAGE) return;
  }
}

/** What is read of an order; one that cannot be read is known by all of it. */
function glanceAt(row: Row, refunds: readonly RefundPayload[]): Glance {
  const nativeId = String(row.id);
  const order = orderPayload.safeParse(row).data ?? row;
  const own = refunds.filter(({ order_id }) => order_id === nativeId);
  return { nativeId, print: printOf([order, own]) };
}
