import type {
  DocumentExchangeLine,
  DocumentFulfillment,
  DocumentFulfillmentOrder,
  DocumentLine,
  DocumentPackage,
  DocumentRefund,
  DocumentReturn,
  DocumentReturnLine,
  DocumentReturnShipment,
  DocumentScan,
  DocumentTracking,
  DocumentTransaction,
} from "../domain/document.js";
import type { PlacedHold } from "../domain/fulfillment.js";
import type { LineQuantity } from "../domain/quantity.js";
import type { ChannelRecord, LocationRecord } from "../store/read/channel.js";
import type { CommandRecord } from "../store/read/command.js";
import type { OrderRecord } from "../store/read/order.js";

/**
 * What resolvers get as their root. A part of an order is the document's own object with the way back to its order,
 * so that climbing up costs nothing; the public types only point downward.
 */
export type OrderNode = OrderRecord;
export type ChannelNode = ChannelRecord;
export type LocationNode = LocationRecord;
export interface CommandNode extends CommandRecord {
  replayed?: boolean;
}

interface OfOrder {
  order: OrderNode;
}
export interface LineNode extends DocumentLine, OfOrder {}
export interface FulfillmentNode extends DocumentFulfillment, OfOrder {}
export interface FulfillmentOrderNode extends DocumentFulfillmentOrder, OfOrder {}
export interface HoldNode extends PlacedHold, OfOrder {}
export interface ReturnNode extends DocumentReturn, OfOrder {}
export interface ReturnLineNode extends DocumentReturnLine {
  line: LineNode;
}
export type ReturnShipmentNode = DocumentReturnShipment;
export type ExchangeLineNode = DocumentExchangeLine;
export interface RefundNode extends DocumentRefund, OfOrder {}
export interface TransactionNode extends DocumentTransaction, OfOrder {}
export interface PackageNode extends DocumentPackage, OfOrder {
  fulfillment: FulfillmentNode;
}

export function linesOf(order: OrderNode): LineNode[] {
  return order.lines.map((line) => ({ ...line, order }));
}
export function fulfillmentsOf(order: OrderNode): FulfillmentNode[] {
  return order.fulfillments.map((fulfillment) => ({ ...fulfillment, order }));
}
export function fulfillmentOrdersOf(order: OrderNode): FulfillmentOrderNode[] {
  return order.fulfillmentOrders.map((work) => ({ ...work, order }));
}
export function holdsOf(order: OrderNode, holds: readonly PlacedHold[] = order.holds): HoldNode[] {
  return holds.map((hold) => ({ ...hold, order }));
}
export function returnsOf(order: OrderNode): ReturnNode[] {
  return order.returns.map((row) => ({ ...row, order }));
}
export function refundsOf(order: OrderNode): RefundNode[] {
  return order.refunds.map((refund) => ({ ...refund, order }));
}
export function transactionsOf(order: OrderNode): TransactionNode[] {
  return order.transactions.map((transaction) => ({ ...transaction, order }));
}
export function packagesOf(fulfillment: FulfillmentNode): PackageNode[] {
  const { order } = fulfillment;
  return fulfillment.packages.map((parcel) => ({ ...parcel, order, fulfillment }));
}
export function allPackagesOf(order: OrderNode): PackageNode[] {
  return fulfillmentsOf(order).flatMap(packagesOf);
}
export function trackingsOf(order: OrderNode): DocumentTracking[] {
  return allPackagesOf(order).flatMap(({ tracking }) => tracking ?? []);
}
export function scansOf(order: OrderNode): DocumentScan[] {
  return trackingsOf(order).flatMap(({ events }) => events);
}

export function lineOf(order: OrderNode, id: string): LineNode | null {
  const line = order.lines.find((candidate) => candidate.id === id);
  return line ? { ...line, order } : null;
}

/** Quantities with their lines; such whose line has left the order are left out. */
export function withLines<T extends { lineId: string } = LineQuantity>(
  order: OrderNode,
  rows: readonly T[],
): (T & { line: LineNode })[] {
  return rows.flatMap((row) => {
    const line = lineOf(order, row.lineId);
    return line ? { ...row, line } : [];
  });
}
