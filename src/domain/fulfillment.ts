import type { Address } from "./address.js";
import type { Identity, MadeBy } from "./part.js";
import type { LineQuantity, Quantity } from "./quantity.js";
import type { DeliveryStatus, PlatformStatus } from "./status.js";
import type { Instant } from "./time.js";
import type { Scan, Tracking } from "./tracking.js";

export const FULFILLMENT_ENTITY_STATUSES = [
  "PENDING",
  "OPEN",
  "SUCCESS",
  "CANCELED",
  "ERROR",
] as const;
/** PENDING: asked for, not yet reported by the channel. OPEN: a draft or being prepared there. SUCCESS: it left. */
export type FulfillmentEntityStatus = (typeof FULFILLMENT_ENTITY_STATUSES)[number];

/** What was done: lines that left together. Ids of lines are the shop's inside a snapshot and ours inside an order. */
export interface FulfillmentFacts {
  status: FulfillmentEntityStatus;
  /** What the platform itself says of the parcels where it gives no scans; UNKNOWN where it does not say. */
  deliveryStatus: DeliveryStatus;
  /** The platform's id of the place it left from. */
  locationId: string | null;
  lines: LineQuantity[];
  createdAt: Instant;
  shippedAt: Instant | null;
  deliveredAt: Instant | null;
  platformStatuses: PlatformStatus[];
  /** The token by which a step recognises its own effect, where the platform could keep it. */
  marker: string | null;
}

export interface PackageFacts {
  tracking: Tracking | null;
  /** Which lines are in this package; empty where the platform does not say. */
  lines: LineQuantity[];
}
/** `nativeId` is the platform's id or, where it gives none, a stated natural key (the normalised tracking number, "untracked"). */
export interface Package extends PackageFacts, Identity {
  scans: TrackingEvent[];
}
export interface TrackingEvent extends Scan, Identity {
  recordedAt: Instant;
}
export interface Fulfillment extends FulfillmentFacts, Identity, MadeBy {
  packages: Package[];
}

export const FULFILLMENT_ORDER_STATUSES = [
  "OPEN",
  "SCHEDULED",
  "IN_PROGRESS",
  "ON_HOLD",
  "INCOMPLETE",
  "CLOSED",
  "CANCELED",
] as const;
export type FulfillmentOrderStatus = (typeof FULFILLMENT_ORDER_STATUSES)[number];

export const DELIVERY_METHODS = ["SHIPPING", "PICKUP", "LOCAL", "DIGITAL", "UNKNOWN"] as const;
export type DeliveryMethod = (typeof DELIVERY_METHODS)[number];

export const HOLD_REASONS = [
  "AWAITING_PAYMENT",
  "FRAUD_REVIEW",
  "ADDRESS",
  "OUT_OF_STOCK",
  "CUSTOMER_REQUEST",
  "OTHER",
] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** Work to be done, at one place. Native on Shopify; elsewhere the platform has none. */
export interface FulfillmentOrderFacts {
  status: FulfillmentOrderStatus;
  method: DeliveryMethod;
  locationId: string | null;
  locationName: string | null;
  destination: Address | null;
  shipBy: Instant | null;
  lines: FulfillmentOrderLine[];
  holds: Hold[];
  /** What the platform says can be done with it now, in its own words ("CREATE_FULFILLMENT"). */
  supportedActions: string[];
}
export interface FulfillmentOrderLine {
  /** The platform's id of this row, needed to ship it. */
  nativeId: string;
  lineId: string;
  total: Quantity;
  remaining: Quantity;
}
export interface Hold {
  /** The platform's id. */
  id: string;
  reason: HoldReason;
  note: string | null;
  since: Instant | null;
  by: string | null;
}
export interface FulfillmentOrder extends FulfillmentOrderFacts, Identity {}

/** Natural key of a package with this tracking number, or of the one without any. */
export const UNTRACKED = "untracked";
