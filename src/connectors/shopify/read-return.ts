import type { Client } from "./client.js";
import { FIRST } from "./fragments.js";
import { manyReverseDeliveries, manyReverses } from "./operations-more.js";
import {
  moreExchanges,
  moreReturnLines,
  moreReturns,
  moreReverseLines,
  oneReturn,
} from "./operations-return.js";
import { followPages } from "./pages.js";
import type {
  MoreReturnsQuery,
  ReturnFragment,
  ReturnLineFragment,
  ReverseFragment,
} from "./payload.js";

/** A return as it is now with all its lines, or null where it is gone. */
export async function readReturn(
  client: Client,
  id: string,
  signal?: AbortSignal,
): Promise<ReturnFragment | null> {
  const { return: row } = await client.call(oneReturn, { id }, signal);
  if (row) await completeReturn(row, client, signal);
  return row;
}

/** The returns of an order as they are now, all their lines followed; null where the order is gone. */
export async function readReturns(
  client: Client,
  orderId: string,
  signal?: AbortSignal,
): Promise<ReturnFragment[] | null> {
  const { order } = await client.call(moreReturns, { id: orderId, after: null }, signal);
  if (!order) return null;
  const page = order.returns;
  const pick = (data: MoreReturnsQuery) => data.order?.returns;
  await followPages({ client, page, id: orderId, operation: moreReturns, pick, signal });
  for (const row of page.nodes) await completeReturn(row, client, signal);
  return page.nodes;
}

/** Fetches the lines of a return, and of what goes instead, that did not come with it, into it. */
export async function completeReturn(
  row: ReturnFragment,
  client: Client,
  signal?: AbortSignal,
): Promise<void> {
  await followPages({
    client,
    page: row.returnLineItems,
    id: row.id,
    operation: moreReturnLines,
    pick: (data) => data.return?.returnLineItems,
    signal,
  });
  await followPages({
    client,
    page: row.exchangeLineItems,
    id: row.id,
    operation: moreExchanges,
    pick: (data) => data.return?.exchangeLineItems,
    signal,
  });
  if (row.reverseFulfillmentOrders.nodes.length >= FIRST.reverses)
    row.reverseFulfillmentOrders =
      (await client.call(manyReverses, { id: row.id }, signal)).return?.reverseFulfillmentOrders ??
      row.reverseFulfillmentOrders;
  for (const reverse of row.reverseFulfillmentOrders.nodes)
    await completeReverse(reverse, client, signal);
}

async function completeReverse(
  reverse: ReverseFragment,
  client: Client,
  signal?: AbortSignal,
): Promise<void> {
  const { id } = reverse;
  if (reverse.reverseDeliveries.nodes.length >= FIRST.reverseDeliveries)
    reverse.reverseDeliveries =
      (await client.call(manyReverseDeliveries, { id }, signal)).reverseFulfillmentOrder
        ?.reverseDeliveries ?? reverse.reverseDeliveries;
  await followPages({
    client,
    page: reverse.lineItems,
    id,
    operation: moreReverseLines,
    pick: (data) => data.reverseFulfillmentOrder?.lineItems,
    signal,
  });
}

/** The shipped line that comes back; null for goods that stand in no order of the shop. */
export function shippedLine(line: ReturnLineFragment) {
  return "fulfillmentLineItem" in line ? line.fulfillmentLineItem : null;
}
