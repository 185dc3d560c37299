import type { DeliveryStatus } from "./status.js";
import type { Instant } from "./time.js";

/** A carrier's number for one parcel, and what is known of it. */
export interface Tracking {
  number: string;
  carrier: string | null;
  carrierCode: string | null;
  url: string | null;
  estimatedDeliveryAt: Instant | null;
}

/** One scan of a parcel. */
export interface Scan {
  status: DeliveryStatus;
  rawStatus: string | null;
  message: string | null;
  city: string | null;
  region: string | null;
  country: string | null;
  occurredAt: Instant;
  /** Who told: the platform's name, a carrier's, or MANUAL. */
  source: string;
}

/** How tracking numbers are compared: upper case, without spaces and dashes. */
export function normalizeTrackingNumber(number: string): string {
  return number.toUpperCase().replace(/[\s-]/g, "");
}

/**
 * Where a parcel is, from its scans: the scan that happened last decides, and what is final stays:
 * after DELIVERED (or another end) an earlier or vaguer word lowers nothing. Of scans at one time the one further on counts
 * as the later, since many carriers tell only the day.
 */
export function deliveryStatusOf(scans: readonly Scan[], fallback: DeliveryStatus): DeliveryStatus {
  const ordered = [...scans].sort(
    (a, b) => compareText(a.occurredAt, b.occurredAt) || urgency(a.status) - urgency(b.status),
  );
  let status: DeliveryStatus | null = null;
  for (const scan of ordered) {
    if (scan.status === "UNKNOWN") continue;
    if (status !== null && FINAL.has(status) && !FINAL.has(scan.status)) continue;
    status = scan.status;
  }
  return status ?? fallback;
}

/** How an order or a shipment stands, from its parcels. */
export function rollUpDelivery(parcels: readonly DeliveryStatus[]): DeliveryStatus {
  if (parcels.length === 0) return "NOT_SHIPPED";
  if (parcels.every((p) => p === "DELIVERED")) return "DELIVERED";
  if (parcels.some((p) => p === "DELIVERED" || p === "PARTIALLY_DELIVERED"))
    return "PARTIALLY_DELIVERED";
  return parcels.reduce((worst, next) => (urgency(next) > urgency(worst) ? next : worst));
}

/** Ends of a parcel's way. */
const FINAL: ReadonlySet<DeliveryStatus> = new Set(["DELIVERED", "RETURNED_TO_SENDER", "LOST"]);

/** What to show first where parcels differ: trouble before progress. */
const URGENCY: readonly DeliveryStatus[] = [
  "UNKNOWN",
  "NOT_SHIPPED",
  "LABEL_CREATED",
  "IN_TRANSIT",
  "READY_FOR_PICKUP",
  "OUT_FOR_DELIVERY",
  "PARTIALLY_DELIVERED",
  "DELIVERED",
  "DELAYED",
  "ATTEMPT_FAILED",
  "EXCEPTION",
  "RETURNED_TO_SENDER",
  "LOST",
];

function urgency(status: DeliveryStatus): number {
  return URGENCY.indexOf(status);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
