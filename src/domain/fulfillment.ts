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

/** Work to be done, at one place. */
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
/** What holds work back. */
export interface Hold {
  /** The shop's inside a snapshot, ours inside an order. */
  id: string;
  reason: HoldReason;
  note: string | null;
  since: Instant | null;
  by: string | null;
  /** Whether the platform says that this gateway placed it; absent where it does not say. */
  ours?: boolean;
}
export interface PlacedHold extends Hold {
  /** The platform's id; null for a hold that the gateway keeps. */
  nativeId: string | null;
  /** Which command of ours placed it, where it is known. */
  commandId: string | null;
}

/**
 * Work on an order. One that the gateway keeps because its platform tells of none has the owner GATEWAY and covers the whole
 * order; its lines and status follow from the order's quantities and are not kept.
 */
export interface FulfillmentOrder extends FulfillmentOrderFacts, Identity {
  holds: PlacedHold[];
}

/** Natural key of a package with this tracking number, or of the one without any. */
export const UNTRACKED = "untracked";
