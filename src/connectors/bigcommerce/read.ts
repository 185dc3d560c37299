import { z } from "zod";
import type { Snapshot } from "../../domain/snapshot.js";
import { unlessGone } from "../gone.js";
import type { BigCommerce } from "./client.js";
import {
  type OrderPayload,
  orderPayload,
  productsOf,
  type RefundPayload,
  refundPayload,
  type ShipmentPayload,
  shipmentPayload,
  type TransactionPayload,
  transactionPayload,
} from "./payload.js";
import type { OrderRecords } from "./record.js";
import type { Shop } from "./shop.js";
import { isDraft } from "./status.js";
import { snapshotOf } from "./translate.js";

/** Where and how one store is read. */
export interface Reader {
  api: BigCommerce;
  shop: Shop;
  now: () => Date;
}

/** What folds lines, addresses and fees into the order itself, which would be three requests more. */
export const FOLDED = {
  include: "consignments.line_items,fees",
  consignment_structure: "object",
} as const;

/** The whole of one order, or null where it is gone or no order yet. An archived order has `deletedAt`. */
export async function readOrder(
  reader: Reader,
  orderId: string,
  signal?: AbortSignal,
): Promise<Snapshot | null> {
  const records = await readRecords(reader, orderId, signal);
  return records && snapshotOf(records, reader.shop);
}

/**
 * The records of one order, in two to four requests, or null where it is gone or no order yet. `sure`: asks for shipments
 * even where the order says that it has none.
 */
export async function readRecords(
  reader: Reader,
  orderId: string,
  signal?: AbortSignal,
  { sure = false } = {},
): Promise<OrderRecords | null> {
  const readAt = reader.now();
  const order = await unlessGone(() => readHead(reader.api, orderId, signal));
  if (!order || isDraft(order.status_id)) return null;
  const [shipments, refunds, transactions] = await Promise.all([
    sure || hasShipments(order) ? readShipments(reader.api, order.id, signal) : [],
    readRefunds(reader.api, [order.id], signal),
    readTransactions(reader, order, signal),
  ]);
  return { order, shipments, refunds, transactions, readAt };
}

/** Only what the store says of the order itself tells that it is gone; that a part of it is not found does not. */
async function readHead(
  api: BigCommerce,
  orderId: string,
  signal?: AbortSignal,
): Promise<OrderPayload> {
  return orderPayload.parse(await api.get(`/v2/orders/${orderId}`, FOLDED, signal));
}

/** Whether an order says that something of it left. */
export function hasShipments(order: OrderPayload): boolean {
  return order.items_shipped > 0 || productsOf(order).some((it) => it.quantity_shipped > 0);
}

export async function readShipments(
  api: BigCommerce,
  orderId: string,
  signal?: AbortSignal,
): Promise<ShipmentPayload[]> {
  return z
    .array(shipmentPayload)
    .parse(await api.list(`/v2/orders/${orderId}/shipments`, {}, signal));
}

/** Refunds of many orders at once. */
export async function readRefunds(
  api: BigCommerce,
  orderIds: readonly string[],
  signal?: AbortSignal,
): Promise<RefundPayload[]> {
  if (orderIds.length === 0) return [];
  return listRefunds(api, { "order_id:in": orderIds.join(",") }, signal);
}

/** Refunds of any order, by the filters of v3. */
export async function listRefunds(
  api: BigCommerce,
  filters: Record<string, string>,
  signal?: AbortSignal,
): Promise<RefundPayload[]> {
  const found = await api.list("/v3/orders/payment_actions/refunds", filters, signal);
  return z.array(refundPayload).parse(found);
}

/** Payments that may have a log; nobody logs one that has not begun, or one made outside the store. */
const LOGGED: ReadonlySet<string> = new Set([
  "authorized",
  "captured",
  "capture pending",
  "declined",
  "held for review",
  "paid",
  "partially refunded",
  "refunded",
  "void",
  "void pending",
]);

/** The payment log of an order; null where there is none to be expected, or the token may not see it. */
export async function readTransactions(
  { api, shop }: Reader,
  order: OrderPayload,
  signal?: AbortSignal,
): Promise<TransactionPayload[] | null> {
  if (!shop.readsTransactions || !LOGGED.has(order.payment_status ?? "")) return null;
  const found = await api.get(`/v3/orders/${order.id}/transactions`, {}, signal);
  return z.array(transactionPayload).parse(found);
}
