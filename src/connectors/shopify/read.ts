import { ChannelError } from "../../domain/errors.js";
import type { OrderRef, Snapshot } from "../../domain/snapshot.js";
import { instant } from "../../domain/time.js";
import type { Client } from "./client.js";
import { FIRST } from "./fragments.js";
import { typeOfGid } from "./gid.js";
import type { Operation } from "./operation.js";
import {
  fulfillmentIds,
  manyTransactions,
  moreFulfillmentLines,
  moreFulfillmentOrderLines,
  moreFulfillmentOrders,
  moreLines,
  moreRefundLines,
  moreScans,
  oneFulfillment,
  oneRefund,
  ownerOfFulfillmentOrder,
  refundIds,
  wholeOrder,
} from "./operations.js";
import {
  moreReturns,
  ownerOfReturn,
  ownerOfReverse,
  ownerOfReverseDelivery,
} from "./operations-return.js";
import { followPages, type Page } from "./pages.js";
import type {
  FulfillmentFragment,
  FulfillmentOrderFragment,
  MoreScansQuery,
  OrderFragment,
  RefundFragment,
  ScanFragment,
} from "./payload.js";
import { completeFullLists } from "./read-full.js";
import { completeReturn } from "./read-return.js";
import { ALL_ORDERS } from "./scopes.js";
import { type Origin, translateOrder } from "./translate.js";

/** What reading takes. */
export interface Reader {
  client: Client;
  /** The way to files that lie elsewhere. */
  fetch: typeof fetch;
  shop: string;
  now: () => Date;
  /** Whether the app may see returns, as far as we know; a shop that denies them is not asked again. */
  returns: { readable: boolean };
  /** Whether the app may see orders of any age, as far as we know. */
  seesAll: boolean;
}

/**
 * An order with all its sections, every page of every child followed; null where the shop has it no more. The
 * ref may also name a fulfillment order, as its webhooks do; the snapshot names the order then. Throws where it cannot be
 * told whether the shop has it.
 */
export async function readOrder(
  reader: Reader,
  ref: OrderRef,
  signal?: AbortSignal,
): Promise<Snapshot | null> {
  const found = await fetchOrder(reader, ref, signal);
  if (!found) refuseOutOfSight(reader, ref);
  return found && translateOrder(found.order, found.origin);
}

/** How old an order may be at least that no app is denied: 60 days, less one for clocks and time zones. */
const SHOWN_MS = 59 * 86_400_000;

/** Throws where an order may well be there: without read_all_orders the shop denies that it has any older ones. */
function refuseOutOfSight({ seesAll, now }: Reader, { nativeId, placedAt }: OrderRef): void {
  const isYoung = placedAt !== undefined && now().getTime() - Date.parse(placedAt) < SHOWN_MS;
  if (seesAll || isYoung || typeOfGid(nativeId) !== "Order") return;
  throw new ChannelError(
    "CHANNEL_REJECTED",
    `Shopify: the shop shows no order ${nativeId}; either it is gone, or it is older than 60 days, which the app may not see: ask for the access scope ${ALL_ORDERS}`,
    { mayHaveHappened: false },
  );
}

/** The order as the shop tells it, every page followed, not yet translated. */
export async function fetchOrder(
  reader: Reader,
  ref: OrderRef,
  signal?: AbortSignal,
): Promise<{ order: OrderFragment; origin: Origin } | null> {
  const { client, shop, now } = reader;
  const readAt = instant(now());
  const id = await orderIdOf(client, ref.nativeId, signal);
  if (id === null) return null;
  const order = await askOrder(reader, id, signal);
  // An answer that does not speak of the order at all says nothing of its being gone.
  if (order === null) return null;
  const partial = await complete(order, client, signal);
  return { order, origin: { shop, readAt, partial } };
}

async function askOrder(
  reader: Reader,
  id: string,
  signal?: AbortSignal,
): Promise<OrderFragment | null> {
  const { order } = await asReturnsAllow(reader, (returns) =>
    reader.client.call(wholeOrder, { id, returns }, signal),
  );
  return order;
}

/** Asks with returns, and without where the shop does not let the app see these. */
export async function asReturnsAllow<T>(
  { returns }: Reader,
  ask: (returns: boolean) => Promise<T>,
): Promise<T> {
  // Others who ask at the same time may learn it first.
  const asked = returns.readable;
  try {
    return await ask(asked);
  } catch (error) {
    const isDenied = error instanceof ChannelError && error.code === "SCOPE_NOT_GRANTED_BY_CHANNEL";
    if (!isDenied || !asked) throw error;
    const answer = await ask(false);
    returns.readable = false;
    return answer;
  }
}

/** The order that a gid leads to: webhooks of fulfillment orders and returns name nothing else. */
async function orderIdOf(client: Client, id: string, signal?: AbortSignal): Promise<string | null> {
  const asked = { id };
  switch (typeOfGid(id)) {
    case "FulfillmentOrder": {
      const { fulfillmentOrder } = await client.call(ownerOfFulfillmentOrder, asked, signal);
      return fulfillmentOrder?.orderId ?? null;
    }
    case "Return":
      return (await client.call(ownerOfReturn, asked, signal)).return?.order.id ?? null;
    case "ReverseFulfillmentOrder": {
      const { reverseFulfillmentOrder } = await client.call(ownerOfReverse, asked, signal);
      return reverseFulfillmentOrder?.order?.id ?? null;
    }
    case "ReverseDelivery": {
      const { reverseDelivery } = await client.call(ownerOfReverseDelivery, asked, signal);
      return reverseDelivery?.reverseFulfillmentOrder.order?.id ?? null;
    }
    default:
      return id;
  }
}

/** The fulfillment orders of an order as they are now, all their lines followed; null where the order is gone. */
export async function readWork(
  client: Client,
  orderId: string,
  signal?: AbortSignal,
): Promise<FulfillmentOrderFragment[] | null> {
  const { order } = await client.call(moreFulfillmentOrders, { id: orderId, after: null }, signal);
  if (!order) return null;
  const page = order.fulfillmentOrders;
  await followPages({
    client,
    page,
    id: orderId,
    operation: moreFulfillmentOrders,
    pick: (data) => data.order?.fulfillmentOrders,
    signal,
  });
  await workLines(page.nodes, client, signal);
  return page.nodes;
}

/** All scans of a fulfillment, or null where it is gone. */
export async function readScans(
  client: Client,
  id: string,
  signal?: AbortSignal,
): Promise<ScanFragment[] | null> {
  const { fulfillment } = await client.call(moreScans, { id, after: null }, signal);
  if (!fulfillment) return null;
  const page = fulfillment.events;
  const pick = (data: MoreScansQuery) => data.fulfillment?.events;
  await followPages({ client, page, id, operation: moreScans, pick, signal });
  return page.nodes;
}

/** Fetches what did not come with the order itself, into it. Answers which sections lack rows all the same. */
export async function complete(
  order: OrderFragment,
  client: Client,
  signal?: AbortSignal,
): Promise<Set<keyof Snapshot>> {
  const { id } = order;
  const follow = <Data, Row>(
    page: Page<Row>,
    of: string,
    operation: Operation<Data, { id: string; after: string | null }>,
    pick: (data: Data) => Page<Row> | undefined,
  ) => followPages({ client, page, id: of, operation, pick, signal });

  const partial = new Set<keyof Snapshot>();
  await follow(order.lineItems, id, moreLines, (data) => data.order?.lineItems);
  await follow(
    order.fulfillmentOrders,
    id,
    moreFulfillmentOrders,
    (data) => data.order?.fulfillmentOrders,
  );
  await moreOfLists(order, client, partial, signal);
  await completeFullLists(order, client, signal);
  await workLines(order.fulfillmentOrders.nodes, client, signal);
  for (const fulfillment of order.fulfillments) {
    await follow(
      fulfillment.fulfillmentLineItems,
      fulfillment.id,
      moreFulfillmentLines,
      (data) => data.fulfillment?.fulfillmentLineItems,
    );
    await follow(fulfillment.events, fulfillment.id, moreScans, (data) => data.fulfillment?.events);
  }
  for (const refund of order.refunds)
    await follow(
      refund.refundLineItems,
      refund.id,
      moreRefundLines,
      (data) => data.refund?.refundLineItems,
    );
  if (order.returns) {
    await follow(order.returns, id, moreReturns, (data) => data.order?.returns);
    for (const row of order.returns.nodes) await completeReturn(row, client, signal);
  }
  return partial;
}

async function workLines(
  works: FulfillmentOrderFragment[],
  client: Client,
  signal?: AbortSignal,
): Promise<void> {
  for (const { id, lineItems: page } of works)
    await followPages({
      client,
      page,
      id,
      operation: moreFulfillmentOrderLines,
      pick: (data) => data.fulfillmentOrder?.lineItems,
      signal,
    });
}

/**
 * Fulfillments, refunds and transactions are lists without cursors. One that came back full may be longer: then
 * all ids are asked for, and what is missing one by one. Beyond 250 (transactions 150) Shopify shows nothing.
 */
async function moreOfLists(
  order: OrderFragment,
  client: Client,
  partial: Set<keyof Snapshot>,
  signal?: AbortSignal,
): Promise<void> {
  const { id } = order;
  if (order.fulfillments.length >= FIRST.fulfillments) {
    const ids = (await client.call(fulfillmentIds, { id }, signal)).order?.fulfillments ?? [];
    order.fulfillments = await each(
      ids,
      order.fulfillments,
      async (one): Promise<FulfillmentFragment | null> =>
        (await client.call(oneFulfillment, { id: one }, signal)).fulfillment,
    );
    if (ids.length >= LIST_END) partial.add("fulfillments").add("scans");
  }
  if (order.refunds.length >= FIRST.refunds) {
    const ids = (await client.call(refundIds, { id }, signal)).order?.refunds ?? [];
    order.refunds = await each(
      ids,
      order.refunds,
      async (one): Promise<RefundFragment | null> =>
        (await client.call(oneRefund, { id: one }, signal)).refund,
    );
    if (ids.length >= LIST_END) partial.add("refunds");
  }
  if (order.transactions.length >= FIRST.transactions) {
    const many = await client.call(manyTransactions, { id }, signal);
    order.transactions = many.order?.transactions ?? order.transactions;
    if (order.transactions.length >= TRANSACTIONS_END) partial.add("transactions");
  }
}

const LIST_END = 250;
const TRANSACTIONS_END = 150;

/** The rows of all ids in order, those that are there already from there. */
async function each<T extends { id: string }>(
  ids: { id: string }[],
  known: T[],
  fetch: (id: string) => Promise<T | null>,
): Promise<T[]> {
  const byId = new Map(known.map((row) => [row.id, row]));
  const rows: T[] = [];
  for (const { id } of ids) {
    const row = byId.get(id) ?? (await fetch(id));
    if (row) rows.push(row);
  }
  return rows;
}
