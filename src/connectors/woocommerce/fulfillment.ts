import { UNTRACKED } from "../../domain/fulfillment.js";
import type { NativeFulfillment } from "../../domain/snapshot.js";
import { normalizeTrackingNumber, type Tracking } from "../../domain/tracking.js";
import { carrierName } from "./carrier.js";
import { fromSiteTime } from "./clock.js";
import { type FulfillmentPayload, fulfillmentItems, metaText, metaValue } from "./payload.js";
import { MARKER_KEY } from "./translate.js";

/** The slug of a carrier that WooCommerce does not know; its name is in `_provider_name`. */
export const OTHER_CARRIER = "other";

/**
 * A core fulfillment: one shipment with one package, since it has room for one tracking number. Its times are
 * site-local and stand in `zone`. Drafts ("unfulfilled") are OPEN. Throws on what it cannot read.
 */
export function translateFulfillment(from: FulfillmentPayload, zone: string): NativeFulfillment {
  const lines = itemsOf(from).map(({ item_id, qty }) => ({ lineId: item_id, quantity: qty }));
  const tracking = trackingOf(from);
  const fulfilledAt = metaText(from.meta_data, "_date_fulfilled");
  const at = fromSiteTime(fulfilledAt ?? from.date_updated, zone);
  return {
    nativeId: from.id,
    status: from.is_fulfilled ? "SUCCESS" : "OPEN",
    deliveryStatus: "UNKNOWN",
    locationId: null,
    lines,
    createdAt: at,
    shippedAt: from.is_fulfilled ? at : null,
    deliveredAt: null,
    platformStatuses: [{ field: "status", value: from.status, label: null, isCustom: false }],
    marker: metaText(from.meta_data, MARKER_KEY),
    packages: [
      {
        nativeId: tracking ? normalizeTrackingNumber(tracking.number) : UNTRACKED,
        tracking,
        lines,
      },
    ],
  };
}

/** What a fulfillment ships, by order line. */
export function itemsOf(from: FulfillmentPayload): { item_id: string; qty: number }[] {
  return fulfillmentItems.parse(metaValue(from.meta_data, "_items") ?? []);
}

function trackingOf({ meta_data }: FulfillmentPayload): Tracking | null {
  const number = metaText(meta_data, "_tracking_number");
  if (number === null) return null;
  // One trunk version wrote `_shipping_provider`; 10.5 and its documentation say `_shipment_provider`.
  const slug =
    metaText(meta_data, "_shipment_provider") ?? metaText(meta_data, "_shipping_provider");
  const name = metaText(meta_data, "_provider_name");
  const isKnown = slug !== null && slug !== OTHER_CARRIER;
  return {
    number,
    carrier: isKnown ? carrierName(slug) : name,
    carrierCode: isKnown ? slug : null,
    url: metaText(meta_data, "_tracking_url"),
    estimatedDeliveryAt: null,
  };
}
