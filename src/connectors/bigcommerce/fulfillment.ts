import { UNTRACKED } from "../../domain/fulfillment.js";
import type { NativeFulfillment } from "../../domain/snapshot.js";
import type { Instant } from "../../domain/time.js";
import { normalizeTrackingNumber, type Tracking } from "../../domain/tracking.js";
import { markerIn } from "../marker.js";
import { carrierName } from "./carrier.js";
import { momentOf } from "./clock.js";
import type { ShipmentPayload } from "./payload.js";

/**
 * A shipment with its one package, since it has room for one tracking number. What was shipped has left: BigCommerce keeps
 * no drafts, and hears nothing more of a parcel.
 */
export function translateShipment(from: ShipmentPayload): NativeFulfillment {
  const createdAt = momentOf(from.date_created) as Instant;
  const lines = from.items.map((it) => ({ lineId: it.order_product_id, quantity: it.quantity }));
  const marker = markerIn(from.comments);
  const tracking = trackingOf(from, marker);
  return {
    nativeId: from.id,
    status: "SUCCESS",
    deliveryStatus: "UNKNOWN",
    locationId: null,
    lines,
    createdAt,
    shippedAt: createdAt,
    deliveredAt: null,
    platformStatuses: [],
    marker,
    packages: [
      {
        nativeId: tracking ? normalizeTrackingNumber(tracking.number) : UNTRACKED,
        tracking,
        lines,
      },
    ],
  };
}

function trackingOf(from: ShipmentPayload, marker: string | null): Tracking | null {
  if (from.tracking_number === null) return null;
  // "custom" stands for none of the store's own carriers.
  const provider = from.shipping_provider === "custom" ? null : from.shipping_provider;
  const named =
    carrierName(provider, from.tracking_carrier) ??
    (provider ? from.shipping_provider_display_name : null);
  return {
    number: from.tracking_number,
    // A carrier that BigCommerce has no word for stands in our own shipments under the method.
    carrier: named ?? (marker ? from.shipping_method : null),
    carrierCode: provider ?? from.tracking_carrier,
    url: from.tracking_link ?? from.generated_tracking_link,
    estimatedDeliveryAt: null,
  };
}
