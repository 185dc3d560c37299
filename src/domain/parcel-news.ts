import { isDeepStrictEqual } from "node:util";
import { diffValue } from "./diff.js";
import type {
  DocumentFulfillment,
  DocumentPackage,
  DocumentScan,
  DocumentTracking,
} from "./document.js";
import type { EventType } from "./event.js";
import { about, type OrderNews } from "./news.js";
import type { DeliveryStatus } from "./status.js";
import { deliveryStatusOf } from "./tracking.js";

/** What became of a shipment's parcels. */
export function parcelNews(
  before: DocumentFulfillment | undefined,
  after: DocumentFulfillment,
): OrderNews[] {
  return after.packages.flatMap((parcel) => movedParcel(before, parcel, after));
}

/** A parcel's way from where it was to where it is: its number, then each new scan in the order things happened. */
function movedParcel(
  before: DocumentFulfillment | undefined,
  { id, tracking: is }: DocumentPackage,
  shipment: DocumentFulfillment,
): OrderNews[] {
  const was = before?.packages.find((parcel) => parcel.id === id)?.tracking ?? null;
  if (!is || isDeepStrictEqual(was, is)) return [];
  const news: OrderNews[] = [];
  let status = was?.status ?? "NOT_SHIPPED";
  const tell = (next: DeliveryStatus, scan: DocumentScan | null, own?: Partial<OrderNews>) => {
    news.push({
      ...about(movement(status, next), id, scan?.occurredAt ?? null, []),
      ...own,
      tracking: {
        fulfillmentId: shipment.id,
        packageId: id,
        scanId: scan?.id ?? null,
        previousStatus: status,
        status: next,
      },
    });
    status = next;
  };
  const scans = newScans(before, is);
  // Said by the shop alone, without a scan; news unless the shipment was there already.
  const arrived =
    scans.length === 0 &&
    is.status !== before?.deliveryStatus &&
    movement(status, is.status) !== "TRACKING_UPDATED";
  if (was === null)
    tell(scans.length > 0 || arrived ? status : is.status, null, { type: "TRACKING_ADDED" });
  const settled = shipment.status !== "SUCCESS" || was?.status === is.status;
  for (const [index, scan] of scans.entries()) {
    const later = new Set(scans.slice(index + 1));
    const until = is.events.filter((each) => !later.has(each));
    tell(settled || later.size === 0 ? is.status : deliveryStatusOf(until, status), scan);
  }
  const path = `fulfillments.${shipment.id}.packages.${id}.tracking`;
  if (was !== null && scans.length === 0)
    tell(is.status, null, { changes: diffValue(path, was, is) });
  else if (arrived) tell(is.status, null);
  return news;
}

/** Scans that the shipment did not have, also not in another of its parcels, in the order they happened. */
function newScans(before: DocumentFulfillment | undefined, is: DocumentTracking): DocumentScan[] {
  const known = new Set(
    before?.packages.flatMap(({ tracking }) => tracking?.events.map((scan) => scan.id) ?? []),
  );
  // Newest first in the document.
  return is.events.filter((scan) => !known.has(scan.id)).reverse();
}

const TROUBLE = new Set(["EXCEPTION", "ATTEMPT_FAILED", "LOST", "RETURNED_TO_SENDER", "DELAYED"]);

function movement(previous: string, status: string): EventType {
  if (status === previous) return "TRACKING_UPDATED";
  if (status === "DELIVERED") return "DELIVERED";
  return TROUBLE.has(status) ? "DELIVERY_EXCEPTION" : "TRACKING_UPDATED";
}
