import { UNTRACKED } from "../../domain/fulfillment.js";
import type { NativeFulfillment } from "../../domain/snapshot.js";
import { normalizeTrackingNumber, type Tracking } from "../../domain/tracking.js";
import { fromUtc } from "./clock.js";
import { markerOf } from "./marker.js";
import type { ShipmentPayload } from "./payload.js";

/** The carrier code of trackings whose carrier the shop does not know; its name is in the title. */
export const CUSTOM_CARRIER = "custom";

/**
 * A shipment: it left, and cannot be taken back. Each tracking number is a package; Magento does not say which lines are
 * in which. `isLine` tells rows that are lines of ours from those that belong to another (variants of configurable products).
 */
export function translateShipment(
  from: ShipmentPayload,
  isLine: (rowId: string) => boolean,
): NativeFulfillment {
  const lines = from.items
    .filter(({ order_item_id, qty }) => qty > 0 && isLine(order_item_id))
    .map(({ order_item_id, qty }) => ({ lineId: order_item_id, quantity: qty }));
  const createdAt = fromUtc(from.created_at);
  const packages = new Map<string, NativeFulfillment["packages"][number]>();
  for (const track of from.tracks) {
    const tracking = trackingOf(track);
    // Tracks have ids, but a number that stands twice is one parcel, and one that is being sent has no id yet.
    const nativeId = tracking ? normalizeTrackingNumber(tracking.number) : UNTRACKED;
    packages.set(nativeId, { nativeId, tracking, lines: [] });
  }
  const [only, ...others] = packages.values();
  if (only && others.length === 0) only.lines = lines;
  return {
    nativeId: from.entity_id,
    status: "SUCCESS",
    deliveryStatus: "UNKNOWN",
    locationId: from.extension_attributes?.source_code ?? null,
    lines,
    createdAt,
    shippedAt: createdAt,
    deliveredAt: null,
    platformStatuses: [],
    marker: markerOf(from.comments),
    packages: only ? [only, ...others] : [{ nativeId: UNTRACKED, tracking: null, lines }],
  };
}

function trackingOf(track: ShipmentPayload["tracks"][number]): Tracking | null {
  if (track.track_number === null) return null;
  const isCustom = track.carrier_code === CUSTOM_CARRIER;
  return {
    number: track.track_number,
    carrier: track.title ?? (isCustom ? null : track.carrier_code),
    carrierCode: isCustom ? null : track.carrier_code,
    url: null,
    estimatedDeliveryAt: null,
  };
}
