import { z } from "zod";
import type { Glance, SurveyedPage, SurveyWindow } from "../../domain/channel.js";
import { parseCursor } from "../cursor.js";
import { printOf } from "../print.js";
import { toUtc } from "./clock.js";
import { FIELDS } from "./fields.js";
import { type Parts, partsOf, type Reader } from "./read.js";
import { disobedient, filter, PAGE, type Row, search } from "./search.js";

const positionSchema = z.object({ after: z.number() });

/**
 * Every order placed in a window at a glance, by id: what is placed or deleted meanwhile moves no other out of sight. An
 * order's own time of change leaves out half of what happens to it, so its shipments, tracks, invoices, credit memos,
 * comments and addresses are in the print, in a call for each kind and page.
 */
export async function* surveyOrders(
  reader: Reader,
  window: SurveyWindow,
): AsyncGenerator<SurveyedPage> {
  let { after } = window.cursor
    ? parseCursor("Magento", positionSchema, window.cursor)
    : { after: 0 };
  for (;;) {
    const { items, total } = await search(
      reader.magento,
      {
        path: "/orders",
        fields: FIELDS.glance.order,
        groups: [
          [filter("created_at", "gteq", toUtc(window.from))],
          [filter("created_at", "lteq", toUtc(window.to))],
          [filter("entity_id", "gt", String(after))],
        ],
        sort: [["entity_id", "ASC"]],
        pageSize: PAGE,
      },
      window.signal,
    );
    if (items.some(({ entity_id }) => entity_id <= after)) throw disobedient("/orders");
    const last = items.at(-1);
    if (!last) return;
    after = last.entity_id;
    const ids = items.map(({ entity_id }) => String(entity_id));
    const parts = await partsOf(reader, ids, FIELDS.glance, window.signal);
    const orders = items.map((row) => glanceAt(row, parts));
    yield { orders, cursor: JSON.stringify({ after }) };
    if (items.length >= total) return;
  }
}

function glanceAt(order: Row, parts: Parts): Glance {
  const own = (rows: Row[] | null) =>
    (rows ?? []).filter(({ order_id }) => order_id === order.entity_id);
  const { shipments, invoices, creditmemos, returns } = parts;
  const seen = [order, ...[shipments, invoices, creditmemos, returns].map(own)];
  return { nativeId: String(order.entity_id), print: printOf(seen) };
}
