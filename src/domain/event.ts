import type { Instant } from "./time.js";

export const EVENT_SOURCES = [
  "WEBHOOK",
  "POLL",
  "BACKFILL",
  "RECONCILE",
  "COMMAND",
  "CARRIER",
  "MANUAL",
] as const;
/** How a change came to us. */
export type EventSource = (typeof EVENT_SOURCES)[number];

export const EVENT_TYPES = [
  "ORDER_IMPORTED",
  "ORDER_CREATED",
  "ORDER_UPDATED",
  "ORDER_CANCELED",
  "ORDER_COMPLETED",
  "ORDER_STATUS_CHANGED",
  "ORDER_HELD",
  "ORDER_RELEASED",
  "ORDER_NOTE_ADDED",
  "ORDER_DELETED",
  "ORDER_ARCHIVED",
  "PAYMENT_CHANGED",
  "FULFILLMENT_ORDER_CHANGED",
  "FULFILLMENT_CREATED",
  "FULFILLMENT_UPDATED",
  "FULFILLMENT_CANCELED",
  "FULFILLMENT_REMOVED",
  "TRACKING_ADDED",
  "TRACKING_UPDATED",
  "DELIVERED",
  "DELIVERY_EXCEPTION",
  "RETURN_REQUESTED",
  "RETURN_UPDATED",
  "RETURN_RECEIVED",
  "RETURN_CLOSED",
  "REFUND_CREATED",
  "REFUND_UPDATED",
  "COMMAND_UPDATED",
  "CHANNEL_HEALTH_CHANGED",
  "SYNC_REPAIRED",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Which types say that a parcel moved or that its number came, changed or went. */
export const TRACKING_EVENT_TYPES = [
  "TRACKING_ADDED",
  "TRACKING_UPDATED",
  "DELIVERED",
  "DELIVERY_EXCEPTION",
] as const satisfies readonly EventType[];

export const ACTOR_KINDS = ["USER", "API_CLIENT", "CHANNEL", "SYSTEM"] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];
export interface Actor {
  kind: ActorKind;
  id: string | null;
  name: string | null;
}

/** One changed value of the order as the API shows it. Under personal paths before and after are always null. */
export interface Change {
  /** Dotted, with ids instead of indexes: "fulfillments.ful_01k9….status". */
  path: string;
  before: unknown;
  after: unknown;
}

/** A fact, before it has its place in the log. */
export interface NewEvent {
  id: string;
  type: EventType;
  occurredAt: Instant;
  channelId: string | null;
  orderId: string | null;
  /** Id of what it is about: an order, a fulfillment, a package, a refund, a command, a channel. */
  subjectId: string | null;
  orderVersion: number | null;
  source: EventSource;
  actor: Actor;
  causedBy: string | null;
  deliveryId: string | null;
  changes: Change[];
  /** What subscribers to parcels need besides, for tracking types only. */
  tracking: TrackingChange | null;
}
export interface TrackingChange {
  fulfillmentId: string;
  packageId: string;
  /** The scan, where a scan was the news. */
  scanId: string | null;
  previousStatus: string;
  status: string;
}

/** A fact in the log. `cursor` is opaque to everybody but the store. */
export interface LoggedEvent extends NewEvent {
  cursor: string;
  recordedAt: Instant;
}
