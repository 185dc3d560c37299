import { z } from "zod";
import type { Snapshot } from "../../domain/snapshot.js";
import { instant } from "../../domain/time.js";
import { unlessGone } from "../gone.js";
import type { Magento } from "./client.js";
import { FIELDS } from "./fields.js";
import { translateShipment } from "./fulfillment.js";
import { isRefunded, lineIdsOf } from "./line.js";
import {
  type CreditmemoPayload,
  creditmemoPayload,
  type InvoicePayload,
  invoicePayload,
  type OrderPayload,
  orderPayload,
  type ShipmentPayload,
  shipmentPayload,
} from "./payload.js";
import { type ReturnPayload, returnPayload } from "./payload-return.js";
import { translateCreditmemo } from "./refund.js";
import { translateReturn } from "./return.js";
import { type Row, searchAll } from "./search.js";
import type { Shop } from "./shop.js";
import { translateMoves } from "./transaction.js";
import { orderSnapshot } from "./translate.js";

/** Where and how one shop is read. */
export interface Reader {
  magento: Magento;
  shop: Shop;
  now: () => Date;
}

/** Everything the shop holds of one order. */
export interface OrderRecords {
  order: OrderPayload;
  shipments: ShipmentPayload[];
  invoices: InvoicePayload[];
  creditmemos: CreditmemoPayload[];
  /** null where the shop has none of its own. */
  returns: ReturnPayload[] | null;
  /** When reading began: nothing but the order itself tells of its changes, and not of all. */
  readAt: Date;
}

/** The whole of one order, or null where it is gone for good. */
export async function readOrder(
  reader: Reader,
  orderId: string,
  signal?: AbortSignal,
): Promise<Snapshot | null> {
  const records = await readRecords(reader, orderId, signal);
  return records && snapshotOf(records, reader.shop);
}

/** The records of one order, or null where it is gone for good. */
export async function readRecords(
  reader: Reader,
  orderId: string,
  signal?: AbortSignal,
): Promise<OrderRecords | null> {
  const readAt = reader.now();
  const order = await unlessGone(() => readHead(reader.magento, orderId, signal));
  if (order === null) return null;
  const parts = await readPartsOf(reader, [order.entity_id], signal);
  return recordsOf(order, parts, readAt);
}

/** Only what the shop says of the order itself tells that it is gone. */
async function readHead(
  magento: Magento,
  orderId: string,
  signal?: AbortSignal,
): Promise<OrderPayload> {
  const fields = FIELDS.order;
  return orderPayload.parse(await magento.get(`/orders/${orderId}`, { fields }, signal));
}

/** Shipments, invoices, credit memos and returns of some orders, as rows. */
export interface Parts {
  shipments: Row[];
  invoices: Row[];
  creditmemos: Row[];
  /** null where the shop has none of its own. */
  returns: Row[] | null;
}

/** The parts of many orders, whole. */
export function readPartsOf(
  reader: Pick<Reader, "magento" | "shop">,
  orderIds: readonly string[],
  signal?: AbortSignal,
): Promise<Parts> {
  return partsOf(reader, orderIds, FIELDS, signal);
}

/** The parts of many orders in a call for each kind, more only where a list has more than a page. */
export async function partsOf(
  { magento, shop }: Pick<Reader, "magento" | "shop">,
  orderIds: readonly string[],
  fields: Readonly<Record<"shipment" | "invoice" | "creditmemo" | "return", string>>,
  signal?: AbortSignal,
): Promise<Parts> {
  const all = (path: string, picked: string) =>
    searchAll(magento, { path, field: "order_id", values: orderIds, fields: picked }, signal);
  const [shipments, invoices, creditmemos, returns] = await Promise.all([
    all("/shipments", fields.shipment),
    all("/invoices", fields.invoice),
    all("/creditmemos", fields.creditmemo),
    shop.rma ? all("/returns", fields.return) : null,
  ]);
  return { shipments, invoices, creditmemos, returns };
}

/** One order with its share of the parts. Throws ZodError on a part that cannot be read. */
export function recordsOf(order: OrderPayload, parts: Parts, readAt: Date): OrderRecords {
  const own = (rows: readonly Row[]) =>
    rows.filter(({ order_id }) => String(order_id) === order.entity_id);
  return {
    order,
    shipments: z.array(shipmentPayload).parse(own(parts.shipments)),
    invoices: z.array(invoicePayload).parse(own(parts.invoices)),
    creditmemos: z.array(creditmemoPayload).parse(own(parts.creditmemos)),
    returns: parts.returns && z.array(returnPayload).parse(own(parts.returns)),
    readAt,
  };
}

/** The snapshot of an order's records, every section complete. */
export function snapshotOf(records: OrderRecords, shop: Shop): Snapshot {
  const { order, shipments, invoices, creditmemos, returns } = records;
  const snapshot = orderSnapshot(order, shop);
  const lines = new Set(snapshot.lines?.value.map(({ nativeId }) => nativeId));
  const isLine = (rowId: string) => lines.has(rowId);
  const section = <T>(value: T) => ({ asOf: instant(records.readAt), complete: true, value });
  return {
    ...snapshot,
    fulfillments: section(shipments.map((it) => translateShipment(it, isLine))),
    refunds: section(creditmemos.map((it) => translateCreditmemo(it, isRefunded(order)))),
    transactions: section(translateMoves(order, invoices, creditmemos)),
    ...(returns && {
      returns: section(returns.map((it) => translateReturn(it, shop, lineIdsOf(order)))),
    }),
  };
}
