import {
  type FulfillmentOrderFacts,
  type Hold,
  type PackageFacts,
  UNTRACKED,
} from "../../domain/fulfillment.js";
import type { Address } from "../../domain/order.js";
import type { Native, NativeFulfillment, NativeScan } from "../../domain/snapshot.js";
import type { PlatformStatus } from "../../domain/status.js";
import { instant } from "../../domain/time.js";
import { normalizeTrackingNumber } from "../../domain/tracking.js";
import type {
  DestinationFragment,
  FulfillmentFragment,
  FulfillmentOrderFragment,
  HoldFragment,
  ScanFragment,
  TrackingFragment,
} from "./payload.js";
import { DELIVERY, HOLD, METHOD, SHIPMENT, WORK, wordOf } from "./status.js";

/** A shipment with its packages: one for each tracking number, or one untracked. */
export function translateFulfillment(fulfillment: FulfillmentFragment): NativeFulfillment {
  const status = wordOf(SHIPMENT, fulfillment.status, "OPEN");
  const createdAt = instant(fulfillment.createdAt);
  return {
    nativeId: fulfillment.id,
    status,
    deliveryStatus: wordOf(DELIVERY, fulfillment.displayStatus ?? "", "UNKNOWN"),
    locationId: fulfillment.location?.id ?? null,
    // The schema lets a line tell no quantity.
    lines: fulfillment.fulfillmentLineItems.nodes.flatMap(({ lineItem, quantity }) =>
      quantity ? [{ lineId: lineItem.id, quantity }] : [],
    ),
    createdAt,
    shippedAt: status === "SUCCESS" ? createdAt : null,
    deliveredAt: fulfillment.deliveredAt && instant(fulfillment.deliveredAt),
    platformStatuses: platformStatuses(fulfillment),
    marker: null,
    packages: translatePackages(fulfillment),
  };
}

/** The scans of a shipment. Shopify ties them to the shipment; where it has one package they are that one's. */
export function translateScans(fulfillment: FulfillmentFragment): NativeScan[] {
  const packages = translatePackages(fulfillment);
  const only = packages.length === 1 ? (packages[0]?.nativeId ?? null) : null;
  return fulfillment.events.nodes.map((scan) => translateScan(scan, fulfillment.id, only));
}

/** Work to be done at one place. A state that we do not know cannot be worked on, hence INCOMPLETE. */
export function translateFulfillmentOrder(
  work: FulfillmentOrderFragment,
): Native<FulfillmentOrderFacts> {
  return {
    nativeId: work.id,
    status: wordOf(WORK, work.status, "INCOMPLETE"),
    method: wordOf(METHOD, work.deliveryMethod?.methodType ?? "", "UNKNOWN"),
    locationId: work.assignedLocation.location?.id ?? null,
    locationName: work.assignedLocation.name,
    destination: work.destination && translateDestination(work.destination),
    shipBy: work.fulfillBy && instant(work.fulfillBy),
    lines: work.lineItems.nodes.map((line) => ({
      nativeId: line.id,
      lineId: line.lineItem.id,
      total: line.totalQuantity,
      remaining: line.remainingQuantity,
    })),
    holds: work.fulfillmentHolds.map(translateHold),
    supportedActions: work.supportedActions.map(({ action }) => action),
  };
}

/** Natural key of the package with this number. */
function packageKey({ number }: { number: string | null }): string {
  return number ? normalizeTrackingNumber(number) : UNTRACKED;
}

function translatePackages(fulfillment: FulfillmentFragment): Native<PackageFacts>[] {
  const byKey = new Map<string, Native<PackageFacts>>();
  for (const tracking of fulfillment.trackingInfo) {
    const key = packageKey(tracking);
    if (!byKey.has(key))
      byKey.set(key, translatePackage(key, tracking, fulfillment.estimatedDeliveryAt));
  }
  if (byKey.size === 0) byKey.set(UNTRACKED, { nativeId: UNTRACKED, tracking: null, lines: [] });
  return [...byKey.values()];
}

function translatePackage(
  nativeId: string,
  { number, company, url }: TrackingFragment,
  estimatedDeliveryAt: string | null,
): Native<PackageFacts> {
  const tracking = number
    ? {
        number,
        carrier: company,
        carrierCode: null,
        url,
        estimatedDeliveryAt: estimatedDeliveryAt && instant(estimatedDeliveryAt),
      }
    : null;
  return { nativeId, tracking, lines: [] };
}

/** One scan, of a package where it is known which. */
export function translateScan(
  scan: ScanFragment,
  fulfillmentNativeId: string,
  packageNativeId: string | null,
): NativeScan {
  return {
    nativeId: scan.id,
    fulfillmentNativeId,
    packageNativeId,
    status: wordOf(DELIVERY, scan.status, "UNKNOWN"),
    rawStatus: scan.status,
    message: scan.message,
    city: scan.city,
    region: scan.province,
    country: scan.country,
    occurredAt: instant(scan.happenedAt),
    source: "Shopify",
  };
}

function translateHold(hold: HoldFragment): Hold {
  return {
    id: hold.id,
    reason: wordOf(HOLD, hold.reason, "OTHER"),
    note: hold.reasonNotes ?? hold.displayReason,
    since: null,
    by: null,
    ours: hold.heldByRequestingApp,
  };
}

function translateDestination(destination: DestinationFragment): Address {
  const { firstName, lastName } = destination;
  return {
    name: [firstName, lastName].filter(Boolean).join(" ") || null,
    company: destination.company,
    line1: destination.address1,
    line2: destination.address2,
    city: destination.city,
    region: destination.province,
    regionCode: null,
    postalCode: destination.zip,
    country: destination.countryCode,
    phone: destination.phone,
  };
}

function platformStatuses({ status, displayStatus }: FulfillmentFragment): PlatformStatus[] {
  const said = [
    { field: "status", value: status },
    { field: "displayStatus", value: displayStatus },
  ];
  return said.flatMap(({ field, value }) =>
    value === null ? [] : [{ field, value, label: null, isCustom: false }],
  );
}
