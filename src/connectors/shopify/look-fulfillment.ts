import { normalizeTrackingNumber } from "../../domain/tracking.js";
import { refuse } from "./outcome.js";
import type { FulfillmentFragment, OrderFragment, ScanFragment } from "./payload.js";
import type { Parcel, RequestOf } from "./request.js";
import { type Look, pieces, whenMade } from "./sight.js";
import { mergeParcels, trackingOf } from "./tracking.js";

/**
 * A shipment bears no token: it is the one of the same pieces and numbers that was made since. One that was made since and
 * canceled again was made; one like it from shortly before may be an earlier one, or clocks differ.
 */
export const lookForShipment: Look<"fulfill"> = (order, { work, tracking }, sought) => {
  const wanted = pieces(piecesOf(order, work));
  const numbers = keysOf(tracking?.numbers ?? []);
  const alike = order.fulfillments.filter(
    (each) =>
      pieces(shippedPieces(each)) === wanted &&
      keysOf(each.trackingInfo.flatMap(({ number }) => number ?? [])) === numbers,
  );
  const made = alike.filter(({ createdAt }) => whenMade(createdAt, sought) === "since");
  const [own] = made;
  if (own) return { nativeId: own.id, times: made.length };
  const near = alike.find(({ createdAt }) => whenMade(createdAt, sought) === "near");
  if (near)
    throw refuse(
      "COMMAND_IN_FLIGHT",
      `${near.id} holds the same pieces and was made shortly before this was sent; look in the shop whether it is this shipment`,
    );
  return null;
};

/** The ordered lines that rows of fulfillment orders stand for. */
function piecesOf({ fulfillmentOrders }: OrderFragment, work: RequestOf<"fulfill">["work"]) {
  const rows = new Map(
    fulfillmentOrders.nodes.flatMap(({ lineItems }) =>
      lineItems.nodes.map(({ id, lineItem }) => [id, lineItem.id] as const),
    ),
  );
  return work
    .flatMap(({ lines }) => lines)
    .map(({ id, quantity }) => {
      const lineItemId = rows.get(id);
      if (lineItemId) return { lineItemId, quantity };
      throw refuse("NOT_FOUND", `${id} is in no fulfillment order any more`);
    });
}

const shippedPieces = ({ fulfillmentLineItems }: FulfillmentFragment) =>
  fulfillmentLineItems.nodes.map(({ quantity, lineItem }) => ({
    lineItemId: lineItem.id,
    quantity: quantity ?? 0,
  }));

const keysOf = (numbers: readonly string[]): string =>
  JSON.stringify([...new Set(numbers.map(normalizeTrackingNumber))].sort());

export const lookForTracking: Look<"track"> = (order, { fulfillmentId, parcels, replace }) => {
  const there = standing(order, fulfillmentId);
  if (there.status === "CANCELLED")
    throw refuse("ALREADY_IN_STATE", `${fulfillmentId} is canceled`);
  const present = parcelsThere(there);
  const wished = trackingOf(replace ? parcels : mergeParcels(present, parcels));
  const now = trackingOf(present);
  const isSo =
    keysOf(now.numbers) === keysOf(wished.numbers) &&
    (wished.company === null || isSameWord(now.company, wished.company)) &&
    (wished.urls === null || String(now.urls) === String(wished.urls));
  return isSo ? { nativeId: fulfillmentId } : null;
};

/** The numbers that a fulfillment has. */
export function parcelsThere({ trackingInfo }: FulfillmentFragment): Parcel[] {
  return trackingInfo.flatMap(({ number, company, url }) =>
    number ? [{ number, company, url }] : [],
  );
}

export const lookForCancellation: Look<"cancelFulfillment"> = (order, { fulfillmentId }) =>
  standing(order, fulfillmentId).status === "CANCELLED" ? { nativeId: fulfillmentId } : null;

export const lookForScan: Look<"scan"> = (order, request) => {
  const known = scanIn(standing(order, request.fulfillmentId).events.nodes, request);
  return known ? { nativeId: known.id } : null;
};

/** The same word at the same moment is the same scan. Shopify keeps moments to the second. */
export function scanIn(
  scans: readonly ScanFragment[],
  { status, happenedAt }: Pick<RequestOf<"scan">, "status" | "happenedAt">,
): ScanFragment | undefined {
  const second = (at: string) => Math.floor(Date.parse(at) / 1000);
  return scans.find(
    (each) => each.status === status && second(each.happenedAt) === second(happenedAt),
  );
}

function standing({ fulfillments }: OrderFragment, id: string): FulfillmentFragment {
  const found = fulfillments.find((each) => each.id === id);
  if (!found) throw refuse("NOT_FOUND", `${id} is gone`);
  return found;
}

const isSameWord = (a: string | null, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
