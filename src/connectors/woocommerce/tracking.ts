import { z } from "zod";
import type { PackageFacts } from "../../domain/fulfillment.js";
import type { Native, NativeFulfillment } from "../../domain/snapshot.js";
import { type Instant, instant } from "../../domain/time.js";
import { normalizeTrackingNumber } from "../../domain/tracking.js";
import { carrierName, sameCarrier } from "./carrier.js";
import { fromGmt } from "./clock.js";
import { type Packing, packingsOf } from "./packing.js";
import { metaValue, type OrderPayload, type TrackingPayload, trackingPayload } from "./payload.js";
import type { Shop } from "./shop.js";

/** Before the ids of shipments that are trackings which somebody else made. */
export const TRACKING_PREFIX = "tracking:";
/** Before the ids of shipments that we made of trackings; the step's token follows, since trackings change with every update. */
export const SHIPMENT_PREFIX = "shipment:";

/**
 * The trackings that Shipment Tracking and its likes keep in the order's meta; unreadable entries are left out. PHP has
 * one type for lists and maps: with a gap in it (after a deletion) the list comes as a map.
 */
export function trackingsOf({ meta_data }: Pick<OrderPayload, "meta_data">): TrackingPayload[] {
  const value = metaValue(meta_data, "_wc_shipment_tracking_items");
  const entries = z
    .union([z.array(z.unknown()), z.record(z.string(), z.unknown()).transform(Object.values)])
    .catch([])
    .parse(value);
  return entries.flatMap((entry) => trackingPayload.safeParse(entry).data ?? []);
}

/** What of an order left in parcels of which an extension knows, as our own packings tell it. */
export function packedItems(order: OrderPayload): Packing["items"] {
  const numbers = new Set(trackingsOf(order).map(numberOf));
  return packingsOf(order)
    .filter((packing) => packing.numbers.some((number) => numbers.has(number)))
    .flatMap(({ items }) => items);
}

/** How a tracking's number is compared. */
export function numberOf({ tracking_number }: TrackingPayload): string {
  return normalizeTrackingNumber(tracking_number);
}

/**
 * The shipments that an order's trackings make. Of a number that is there twice the later tells; it is one parcel. Those
 * that we made have the lines and the packages of their packing; others are for the whole order, and name no lines.
 */
export function shipmentsOfTrackings(order: OrderPayload, shop: Shop): NativeFulfillment[] {
  const byNumber = new Map<string, TrackingPayload[]>();
  for (const tracking of trackingsOf(order))
    byNumber.set(numberOf(tracking), [...(byNumber.get(numberOf(tracking)) ?? []), tracking]);
  const packings = packingsOf(order);
  const packed = packings
    .filter((packing) => packing.shipment !== null)
    .flatMap((packing) => {
      const trackings = packing.numbers.flatMap((number) => byNumber.get(number)?.at(-1) ?? []);
      return trackings.length > 0 ? [shipmentOf(trackings, packing, order, shop)] : [];
    });
  const known = new Set(packings.flatMap(({ numbers }) => numbers));
  const others = [...byNumber]
    .filter(([number]) => !known.has(number))
    .map(([, trackings]) => ({
      ...shipmentOf(trackings.slice(-1), null, order, shop),
      nativeId: foreignId(trackings[0] as TrackingPayload),
    }));
  return [...packed, ...others];
}

/** The id of a shipment that somebody else's tracking makes. Some plugins number none: then its number stands for it. */
export function foreignId(tracking: TrackingPayload): string {
  return `${TRACKING_PREFIX}${tracking.tracking_id ?? numberOf(tracking)}`;
}

/** One tracking as a shipment. `fallbackAt` stands where it does not say when it was shipped. */
export function trackingFulfillment(
  tracking: TrackingPayload,
  fallbackAt: Instant,
): NativeFulfillment {
  const shippedAt = shippedAtOf(tracking);
  return {
    ...SHIPPED,
    nativeId: foreignId(tracking),
    lines: [],
    createdAt: shippedAt ?? fallbackAt,
    shippedAt,
    marker: null,
    packages: [packageOf(tracking, null, {})],
  };
}

const SHIPPED = {
  status: "SUCCESS",
  deliveryStatus: "UNKNOWN",
  locationId: null,
  deliveredAt: null,
  platformStatuses: [] as NativeFulfillment["platformStatuses"],
} as const;

function shipmentOf(
  trackings: readonly TrackingPayload[],
  packing: Packing | null,
  order: OrderPayload,
  shop: Shop,
): NativeFulfillment {
  const shippedAt = trackings.flatMap((it) => shippedAtOf(it) ?? []).sort()[0] ?? null;
  return {
    ...SHIPPED,
    nativeId: packing?.shipment ?? "",
    lines: packing?.items.map((it) => ({ lineId: it.item_id, quantity: it.qty })) ?? [],
    createdAt: shippedAt ?? (fromGmt(order.date_created_gmt) as Instant),
    shippedAt,
    marker: packing?.marker ?? null,
    packages: trackings.map((it) => packageOf(it, order, shop.trackings?.providers ?? {})),
  };
}

/** `providers`: links of the carriers that the shop knows, by their names. */
function packageOf(
  tracking: TrackingPayload,
  order: OrderPayload | null,
  providers: Readonly<Record<string, string>>,
): Native<PackageFacts> {
  const slug = tracking.tracking_provider;
  const known = Object.entries(providers).find(([name]) => slug && sameCarrier(name, slug));
  const link = tracking.tracking_link ?? tracking.custom_tracking_link ?? known?.[1] ?? null;
  return {
    nativeId: numberOf(tracking),
    lines: [],
    tracking: {
      number: tracking.tracking_number,
      carrier: known?.[0] ?? (slug ? carrierName(slug) : tracking.custom_tracking_provider),
      carrierCode: slug,
      url: link && expanded(link, tracking, order),
      estimatedDeliveryAt: null,
    },
  };
}

function shippedAtOf({ date_shipped: at }: TrackingPayload): Instant | null {
  if (typeof at === "number") return instant(at * 1000);
  if (!at) return null;
  if (/^\d{9,}$/.test(at)) return instant(Number(at) * 1000);
  const day = /^\d{4}-\d{2}-\d{2}$/.exec(at);
  return day && !Number.isNaN(Date.parse(at)) ? instant(`${day[0]}T00:00:00Z`) : null;
}

/**
 * A link with what it is about. Shipment Tracking marks number, postcode and country, AST the number; links of own
 * carriers keep their mark in the meta, and with AST in its answers too (measured).
 */
function expanded(
  link: string,
  tracking: TrackingPayload,
  order: OrderPayload | null,
): string | null {
  const values: Record<string, string> = {
    "%1$s": tracking.tracking_number,
    "%number%": tracking.tracking_number,
    "%2$s": order?.shipping.postcode ?? "",
    "%3$s": order?.shipping.country ?? "",
  };
  const url = link.replaceAll(/%[123]\$s|%number%/g, (mark) =>
    encodeURIComponent(values[mark] ?? ""),
  );
  return /^https?:\/\//.test(url) ? url : null;
}
