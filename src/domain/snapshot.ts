import type { FulfillmentFacts, FulfillmentOrderFacts, PackageFacts } from "./fulfillment.js";
import type { LineFacts, OrderHead } from "./order.js";
import type { RefundFacts, TransactionFacts } from "./refund.js";
import type { ReturnFacts } from "./return.js";
import type { Instant } from "./time.js";
import type { Scan } from "./tracking.js";

/** How a channel names one of its orders. */
export interface OrderRef {
  /** The platform's stable id, as text (Shopify: the gid). */
  nativeId: string;
  number?: string;
  /** When it was placed, where that is known: some shops show an app no old orders, though they have them. */
  placedAt?: Instant;
}

/**
 * What one read of a channel says of one order, in sections. Every id in it is the platform's. No platform says
 * everything in one message, so each section stands alone, with its own age.
 */
export interface Snapshot {
  ref: OrderRef;
  /** Set where the channel says that the order is gone. */
  deletedAt?: Instant;
  head?: Section<OrderHead>;
  lines?: Section<Native<LineFacts>[]>;
  /** Shipments with their packages. */
  fulfillments?: Section<NativeFulfillment[]>;
  /** Scans of parcels. */
  scans?: Section<NativeScan[]>;
  fulfillmentOrders?: Section<Native<FulfillmentOrderFacts>[]>;
  returns?: Section<Native<ReturnFacts>[]>;
  refunds?: Section<Native<RefundFacts>[]>;
  transactions?: Section<Native<TransactionFacts>[]>;
}

/** One part of a snapshot. Only a complete section may remove what it does not name. */
export interface Section<T> {
  /** The platform's own version of it (its updated-at), else the time our read began. An older one changes nothing. */
  asOf: Instant;
  complete: boolean;
  value: T;
}

/** Facts under the platform's id. */
export type Native<T> = T & { nativeId: string };
export type NativeFulfillment = Native<FulfillmentFacts> & { packages: Native<PackageFacts>[] };
export interface NativeScan extends Scan {
  /** The platform's id, or a stated natural key. */
  nativeId: string;
  fulfillmentNativeId: string;
  /** Package it belongs to; null where the platform knows only the shipment. */
  packageNativeId: string | null;
}
