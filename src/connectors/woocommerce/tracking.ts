import { z } from "zod";
import type { NativeFulfillment } from "../../domain/snapshot.js";
import { type Instant, instant } from "../../domain/time.js";
import { normalizeTrackingNumber } from "../../domain/tracking.js";
import { carrierName } from "./carrier.js";
import { fromGmt } from "./clock.js";
import { metaValue, type OrderPayload, type TrackingPayload, trackingPayload } from "./payload.js";

/** Before the ids of shipments that are trackings of an extension, which no core route can change. */
export const TRACKING_PREFIX = "tracking:";

/** The trackings that Shipment Tracking and its likes keep in the order's meta; unreadable entries are left out. */
export function trackingOfOrder(order: OrderPayload): NativeFulfillment[] {
  const entries = z
    .array(z.unknown())
    .catch([])
    .parse(metaValue(order.meta_data, "_wc_shipment_tracking_items"));
  const placedAt = fromGmt(order.date_created_gmt) as Instant;
  return entries.flatMap((entry) => {
    const tracking = trackingPayload.safeParse(entry);
    return tracking.success ? [trackingFulfillment(tracking.data, placedAt)] : [];
  });
}

/**
 * One tracking as a shipment. It is for the order as a whole, so it names no lines. `fallbackAt` stands where it
 * does not say when it was shipped.
 */
export function trackingFulfillment(
  tracking: TrackingPayload,
  fallbackAt: Instant,
): NativeFulfillment {
  const shippedAt = shippedAtOf(tracking);
  const slug = tracking.tracking_provider;
  return {
    nativeId: `${TRACKING_PREFIX}${tracking.tracking_id}`,
    status: "SUCCESS",
    deliveryStatus: "UNKNOWN",
    locationId: null,
    lines: [],
    createdAt: shippedAt ?? fallbackAt,
    shippedAt,
    deliveredAt: null,
    platformStatuses: [],
    marker: null,
    packages: [
      {
        nativeId: normalizeTrackingNumber(tracking.tracking_number),
        lines: [],
        tracking: {
          number: tracking.tracking_number,
          carrier: slug ? carrierName(slug) : tracking.custom_tracking_provider,
          carrierCode: slug,
          url: linkOf(tracking),
          estimatedDeliveryAt: null,
        },
      },
    ],
  };
}

function shippedAtOf({ date_shipped: at }: TrackingPayload): Instant | null {
  if (typeof at === "number") return instant(at * 1000);
  if (!at) return null;
  if (/^\d{9,}$/.test(at)) return instant(Number(at) * 1000);
  const day = /^\d{4}-\d{2}-\d{2}$/.exec(at);
  return day ? instant(`${day[0]}T00:00:00Z`) : null;
}

/** Links of own carriers keep their placeholder `%1$s` for the number (measured). */
function linkOf(tracking: TrackingPayload): string | null {
  const link = tracking.tracking_link ?? tracking.custom_tracking_link;
  const url = link?.replaceAll("%1$s", encodeURIComponent(tracking.tracking_number)) ?? null;
  return url && /^https?:\/\//.test(url) ? url : null;
}
