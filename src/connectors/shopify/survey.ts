import type { Glance, SurveyedPage, SurveyWindow } from "../../domain/channel.js";
import { printOf } from "../print.js";
import { FIRST } from "./fragments.js";
import { survey } from "./operations-survey.js";
import type { GlanceFragment } from "./payload.js";
import { asReturnsAllow, fetchOrder, type Reader } from "./read.js";

/**
 * Orders placed in a window at a glance, oldest first. Shopify's cursors hold a place and no number, so that orders which
 * come and go meanwhile neither repeat nor lose others. An order with more children than a glance shows is read whole.
 */
export async function* surveyOrders(
  reader: Reader,
  window: SurveyWindow,
): AsyncIterable<SurveyedPage> {
  const { from, to, signal } = window;
  const query = `processed_at:>='${from.toISOString()}' AND processed_at:<='${to.toISOString()}'`;
  let after = window.cursor || null;
  for (;;) {
    const { orders } = await asReturnsAllow(reader, (returns) =>
      reader.client.call(survey, { query, after, returns }, signal),
    );
    const placed = orders.nodes.filter(({ processedAt }) => isWithin(processedAt, from, to));
    const glances: Glance[] = [];
    for (const order of placed) {
      const glance = await glanceAt(reader, order, signal);
      if (glance) glances.push(glance);
    }
    after = orders.pageInfo.endCursor ?? after;
    yield { orders: glances, cursor: after ?? "" };
    if (!orders.pageInfo.hasNextPage) return;
  }
}

/** Shopify ignores search terms that it does not understand, without a word, and keeps whole seconds. */
function isWithin(processedAt: string, from: Date, to: Date): boolean {
  const at = Date.parse(processedAt);
  return at >= Math.floor(from.getTime() / 1000) * 1000 && at <= to.getTime();
}

async function glanceAt(
  reader: Reader,
  order: GlanceFragment,
  signal?: AbortSignal,
): Promise<Glance | null> {
  if (!hasMore(order)) return { nativeId: order.id, print: printOf(order) };
  const whole = await fetchOrder(reader, { nativeId: order.id }, signal);
  return whole && { nativeId: order.id, print: printOf(whole.order) };
}

/** Whether some of its children are out of sight. */
function hasMore(order: GlanceFragment): boolean {
  const lists = ["fulfillments", "refunds", "transactions"] as const;
  const pages = [
    order.fulfillmentOrders,
    ...(order.returns ? [order.returns] : []),
    ...(order.returns?.nodes ?? []).map(({ returnLineItems }) => returnLineItems),
  ];
  return (
    lists.some((list) => order[list].length >= FIRST[list]) ||
    pages.some(({ pageInfo }) => pageInfo.hasNextPage)
  );
}
