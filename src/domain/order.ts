import type { Address } from "./address.js";
import type { Fulfillment, FulfillmentOrder } from "./fulfillment.js";
import type { MoneyBag } from "./money.js";
import type { Identity } from "./part.js";
import type { Quantity } from "./quantity.js";
import type { Refund, Transaction } from "./refund.js";
import type { Return } from "./return.js";
import type { PlatformStatus, StatusClaims, StatusRulings } from "./status.js";
import type { Instant } from "./time.js";

/** The whole of one order as we hold it: facts only, nothing derived. Written by `record` alone. */
export interface Order {
  id: string;
  channelId: string;
  nativeId: string;
  /** Gapless from 1; 0 for an order not yet written. */
  version: number;
  /** When it last changed visibly here. */
  updatedAt: Instant;
  deletedAt: Instant | null;
  sections: SectionAges;
  head: OrderHead;
  lines: OrderLine[];
  fulfillments: Fulfillment[];
  fulfillmentOrders: FulfillmentOrder[];
  returns: Return[];
  refunds: Refund[];
  transactions: Transaction[];
}

/** The parts of an order that a channel tells apart from each other. */
export type SectionName =
  | "head"
  | "lines"
  | "fulfillments"
  | "scans"
  | "fulfillmentOrders"
  | "returns"
  | "refunds"
  | "transactions";

/** How old each section is that an order holds. */
export interface SectionAges extends Partial<Record<SectionName, Instant>> {
  /** How old rows are, by the platform's id, that a partial section told of later than the whole. */
  rows?: Partial<Record<SectionName, Record<string, Instant>>>;
}

/** What an order says of itself as a whole. */
export interface OrderHead {
  number: string;
  /** Where it was placed, in the platform's words ("web", "pos", "rest-api"). */
  source: string | null;
  isTest: boolean;
  placedAt: Instant;
  /** When the platform last changed it. */
  platformUpdatedAt: Instant | null;
  canceledAt: Instant | null;
  cancelReason: string | null;
  completedAt: Instant | null;
  archivedAt: Instant | null;
  taxesIncluded: boolean;
  /** The shop's own currency comes first in every bag. */
  totals: HeadTotals;
  shippingLines: ShippingLine[];
  taxLines: TaxLine[];
  discounts: DiscountLine[];
  paymentMethods: string[];
  /** The platform's own id of the way it was paid, where `paymentMethods` are titles for people: a connector plans refunds by it. */
  paymentGateway?: string | null;
  customer: CustomerRef | null;
  email: string | null;
  phone: string | null;
  shippingAddress: Address | null;
  billingAddress: Address | null;
  notes: OrderNote[];
  tags: string[];
  /** Tags that only we keep, where the platform has none. */
  keptTags?: string[];
  attributes: KeyValue[];
  platformStatuses: PlatformStatus[];
  claims: StatusClaims;
  /** What the merchant's rules make of `platformStatuses`, anew with each record. */
  rulings?: StatusRulings;
  adminUrl: string | null;
}

/** Amounts the platform states. Null where it does not say; then it is computed from refunds and transactions or left at zero. */
export interface HeadTotals {
  /** When placed. */
  original: MoneyBag;
  /** Now, lines after discounts, without shipping; with or without tax as the shop shows it. */
  subtotal: MoneyBag;
  shipping: MoneyBag;
  discounts: MoneyBag;
  tax: MoneyBag;
  duties: MoneyBag | null;
  /** Now, after edits; refunds do not lower it. */
  total: MoneyBag;
  authorized: MoneyBag | null;
  /** Received so far, refunds not taken off. */
  captured: MoneyBag | null;
  refunded: MoneyBag | null;
}

export interface LineFacts {
  name: string;
  sku: string | null;
  barcode: string | null;
  variantTitle: string | null;
  imageUrl: string | null;
  requiresShipping: boolean;
  weightGrams: Quantity | null;
  /** As placed or last edited upward. */
  ordered: Quantity;
  /** What the platform says was taken off the order before it was fulfilled; 0 where it does not say. */
  canceled: Quantity;
  /** What the platform says was fulfilled, where it names no shipments; null where shipments tell. */
  fulfilled: Quantity | null;
  unitPrice: MoneyBag;
  discounts: MoneyBag;
  tax: MoneyBag;
  total: MoneyBag;
  properties: KeyValue[];
  externalProductId: string | null;
  externalVariantId: string | null;
  /** Bundle or configurable it belongs to: the shop's id inside a snapshot, ours inside an order. */
  parentLineId: string | null;
}
export interface OrderLine extends LineFacts, Identity {}

export interface ShippingLine {
  /** The platform's id. */
  id: string;
  title: string;
  code: string | null;
  carrier: string | null;
  price: MoneyBag;
  discounts: MoneyBag;
  tax: MoneyBag;
}
export interface TaxLine {
  title: string;
  /** A fraction as decimal string: "0.0825". */
  rate: string | null;
  amount: MoneyBag;
}
export interface DiscountLine {
  code: string | null;
  title: string | null;
  amount: MoneyBag;
}
export interface KeyValue {
  key: string;
  value: string;
}
export interface CustomerRef {
  nativeId: string | null;
  displayName: string | null;
  email: string | null;
  phone: string | null;
}
export interface OrderNote {
  text: string;
  author: string | null;
  at: Instant;
  customerVisible: boolean;
  /** Set for a note of ours: kept here only, or written to the shop as well, which may not show it again. */
  kept?: "HERE" | "PUSHED";
}

/** Currency of the shop side of this order's amounts. */
export function orderCurrency(order: { head: OrderHead }): string {
  return order.head.totals.total.shop.currency;
}

export type { Address };
