import { z } from "zod";
import type { RefundFacts } from "../../domain/refund.js";
import type { Native, NativeFulfillment, Section, Snapshot } from "../../domain/snapshot.js";
import { instant } from "../../domain/time.js";
import { unlessGone } from "../gone.js";
import type { Woo } from "./client.js";
import { translateFulfillment } from "./fulfillment.js";
import {
  type FulfillmentPayload,
  fulfillmentPayload,
  type OrderPayload,
  orderPayload,
  type RefundPayload,
  refundPayload,
} from "./payload.js";
import { orderOfRefund, translateRefund } from "./refund.js";
import type { Shop } from "./shop.js";
import { DRAFT_STATUSES, TRASH } from "./status.js";
import { shipmentsOfTrackings } from "./tracking.js";
import { orderSnapshot } from "./translate.js";

/** Where and how one shop is read. */
export interface Reader {
  woo: Woo;
  shop: Shop;
  now: () => Date;
}

/** Everything the shop holds of one order, as it came. */
export interface OrderRecords {
  order: OrderPayload;
  refunds: RefundPayload[];
  /** Null where the shop has no core fulfillments. */
  fulfillments: FulfillmentPayload[] | null;
  /** When each kind began to be read; the order's own body bears its version. */
  refundsAt: Date;
  fulfillmentsAt: Date;
}

/** The whole of one order, or null where it is gone for good or no order yet. An order in the bin has `deletedAt`. */
export async function readOrder(
  reader: Reader,
  orderId: string,
  signal?: AbortSignal,
): Promise<Snapshot | null> {
  const records = await readRecords(reader, orderId, signal);
  return records && snapshotOf(records, reader.shop);
}

/** The records of one order, or null where it is gone for good or no order yet. */
export async function readRecords(
  reader: Reader,
  orderId: string,
  signal?: AbortSignal,
): Promise<OrderRecords | null> {
  const refundsAt = reader.now();
  const order = await unlessGone(() => readHead(reader.woo, orderId, signal));
  if (!order || DRAFT_STATUSES.has(order.status)) return null;
  const fulfillmentsAt = reader.now();
  const [refunds, fulfillments] = await Promise.all([
    order.refunds.length > 0 ? readRefunds(reader.woo, order.id, signal) : [],
    order.status !== TRASH && reader.shop.coreFulfillments
      ? readFulfillments(reader.woo, order.id, signal)
      : null,
  ]);
  return { order, refunds, fulfillments, refundsAt, fulfillmentsAt };
}

/** Only what the shop says of the order itself tells that it is gone; that a part of it is not found does not. */
async function readHead(woo: Woo, orderId: string, signal?: AbortSignal): Promise<OrderPayload> {
  const { body } = await woo.get(`/wc/v3/orders/${orderId}`, {}, signal);
  return orderPayload.parse(body);
}

/** The snapshot of an order's records, every section complete. Throws on a refund or fulfillment that cannot be read. */
export function snapshotOf(records: OrderRecords, shop: Shop): Snapshot {
  const { order } = records;
  const refunds: Section<Native<RefundFacts>[]> = {
    asOf: instant(records.refundsAt),
    complete: true,
    value: records.refunds.map((refund) => translateRefund(refund, order)),
  };
  return {
    ...orderSnapshot(order, shop),
    refunds,
    ...fulfillmentsOf(records, shop),
  };
}

function fulfillmentsOf(
  { order, fulfillments, fulfillmentsAt }: OrderRecords,
  shop: Shop,
): { fulfillments?: Section<NativeFulfillment[]> } {
  const { zone } = shop;
  if (fulfillments === null || zone === null) return {};
  const own = fulfillments
    .filter((it) => !it.date_deleted)
    .map((it) => translateFulfillment(it, zone));
  const value = [...own, ...shipmentsOfTrackings(order, shop)];
  return { fulfillments: { asOf: instant(fulfillmentsAt), complete: true, value } };
}

/** Fulfillments of an order that are not deleted. */
export async function readFulfillments(
  woo: Woo,
  orderId: string,
  signal?: AbortSignal,
): Promise<FulfillmentPayload[]> {
  const { body } = await woo.get(`/wc/v3/orders/${orderId}/fulfillments`, {}, signal);
  return z.array(fulfillmentPayload).parse(body);
}

async function readRefunds(
  woo: Woo,
  orderId: string,
  signal?: AbortSignal,
): Promise<RefundPayload[]> {
  const refunds: RefundPayload[] = [];
  for (let page = 1; ; page++) {
    const query = { per_page: "100", page: String(page) };
    const { body } = await woo.get(`/wc/v3/orders/${orderId}/refunds`, query, signal);
    const found = z.array(refundPayload).parse(body);
    refunds.push(...found);
    if (found.length < 100) return refunds;
  }
}

/** Below this many orders with refunds, asking each is no dearer than asking for all at once. */
const FEW = 3;

/**
 * Refunds of many orders in few calls: by their ids, which the orders name, from the list over all orders. An order
 * whose refunds that list does not show (seen empty on 9.9.5) is asked itself.
 */
export async function readRefundsOf(
  woo: Woo,
  orders: readonly OrderPayload[],
  signal?: AbortSignal,
): Promise<Map<string, RefundPayload[]>> {
  const refunded = orders.filter((order) => order.refunds.length > 0);
  const byOrder = new Map<string, RefundPayload[]>(orders.map((order) => [order.id, []]));
  if (refunded.length > FEW) {
    const ids = refunded.flatMap((order) => order.refunds.map(({ id }) => id));
    for (const refund of await readRefundsById(woo, ids, signal))
      byOrder.get(orderOfRefund(refund) ?? "")?.push(refund);
  }
  const missing = refunded.filter(
    (order) => byOrder.get(order.id)?.length !== order.refunds.length,
  );
  await Promise.all(
    missing.map(async (order) => byOrder.set(order.id, await readRefunds(woo, order.id, signal))),
  );
  return byOrder;
}

async function readRefundsById(
  woo: Woo,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<RefundPayload[]> {
  const chunks = Array.from({ length: Math.ceil(ids.length / 100) }, (_, index) =>
    ids.slice(index * 100, (index + 1) * 100),
  );
  const found = await Promise.all(
    chunks.map(async (chunk) => {
      const query = { include: chunk.join(","), per_page: "100" };
      const answer = await woo.call({ method: "GET", path: "/wc/v3/refunds", query, signal });
      return z.array(refundPayload).safeParse(answer.body).data ?? [];
    }),
  );
  return found.flat();
}
