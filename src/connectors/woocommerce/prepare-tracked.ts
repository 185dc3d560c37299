import type { StepCall } from "../../domain/command.js";
import { type Instant, instant } from "../../domain/time.js";
import { normalizeTrackingNumber } from "../../domain/tracking.js";
import type { Found } from "../step.js";
import type { WooRequest } from "./client.js";
import { type Packing, packingKey, packingsOf, putPacking } from "./packing.js";
import type { OrderPayload } from "./payload.js";
import { type Prepared, present, refuse, refuseClosed, refuseExcess } from "./prepare.js";
import { type OrderRecords, type Reader, snapshotOf } from "./read.js";
import { requests } from "./request.js";
import { numberOf, SHIPMENT_PREFIX, trackingsOf } from "./tracking.js";
import { isWritten, trackingBody } from "./tracking-body.js";

/** Whether a step goes to an extension that keeps trackings. */
export function isTracked(request: unknown): boolean {
  return typeof request === "object" && request !== null && "via" in request;
}

/**
 * A parcel: its packing is written first, since a tracking has no room for a token nor for lines. Found by the number,
 * which is one parcel however often it stands there; somebody else's tracking of this number becomes ours by its packing.
 */
export async function prepareTrackedShipment(reader: Reader, call: StepCall): Promise<Prepared> {
  const request = requests.TRACKED_SHIPMENT.parse(call.step.request);
  const records = await present(reader, call);
  const { order } = records;
  const before = foundParcel(records, reader, call);
  if (before) return before;
  refuseClosed(records);
  for (const { itemId, quantity } of request.items) refuseExcess(records, itemId, quantity);
  const number = normalizeTrackingNumber(request.tracking.number);
  const shipment = `${SHIPMENT_PREFIX}${call.marker}`;
  const isThere = trackingsOf(order).some((it) => numberOf(it) === number);
  const packing: Packing = {
    key: packingKey(call.marker),
    shipment,
    marker: call.marker,
    numbers: [number],
    items: request.items.map(({ itemId, quantity }) => ({ item_id: itemId, qty: quantity })),
  };
  const add = addRequest(reader, order, request.tracking, request.shippedAt);
  return {
    kind: "send",
    nativeId: shipment,
    ...inOrder(putPacking(order.id, packing), isThere ? null : add),
  };
}

/** The parcel of this step: its packing, and a tracking of the number. More than one tracking were sent more than once. */
export function foundParcel(records: OrderRecords, { shop }: Reader, call: StepCall): Found | null {
  const { tracking } = requests.TRACKED_SHIPMENT.parse(call.step.request);
  const { order } = records;
  const number = normalizeTrackingNumber(tracking.number);
  const times = trackingsOf(order).filter((it) => numberOf(it) === number).length;
  const packing = packingsOf(order).find(({ marker }) => marker === call.marker);
  if (!packing || times === 0) return null;
  const snapshot = snapshotOf(records, shop);
  return { kind: "found", snapshot, nativeId: packing.shipment, times };
}

/** One more tracking of a shipment, or one of its numbers once more with another carrier. */
export async function prepareTrackingAdd(reader: Reader, call: StepCall): Promise<Prepared> {
  const request = requests.TRACKING_ADD.parse(call.step.request);
  const records = await present(reader, call);
  const { order } = records;
  const number = normalizeTrackingNumber(request.tracking.number);
  const packing = packingsOf(order).find(({ key, shipment }) =>
    request.shipment === null ? key === packingKey(call.marker) : shipment === request.shipment,
  );
  const same = trackingsOf(order).filter(
    (it) => numberOf(it) === number && isWritten(it, request.tracking, reader.shop),
  );
  const isKnown = packing?.numbers.includes(number) ?? false;
  if (same.length > 0 && isKnown)
    return {
      kind: "found",
      snapshot: snapshotOf(records, reader.shop),
      nativeId: request.shipment,
      times: same.length,
    };
  refuseGone(order, request);
  const known = packing?.numbers ?? [];
  const next: Packing = {
    key: packingKey(call.marker),
    shipment: request.shipment,
    marker: null,
    items: [],
    ...packing,
    numbers: [...new Set([...known, ...request.numbers, number])],
  };
  const add = addRequest(reader, order, request.tracking, null);
  const put = putPacking(order.id, next);
  return {
    kind: "send",
    ...(request.shipment === null ? {} : { nativeId: request.shipment }),
    ...(isKnown ? { request: add } : inOrder(put, same.length > 0 ? null : add)),
  };
}

/** Trackings that go. None left is what was wanted. */
export async function prepareTrackingTidy(reader: Reader, call: StepCall): Promise<Prepared> {
  const { numbers, wanted } = requests.TRACKING_TIDY.parse(call.step.request);
  const records = await present(reader, call);
  const all = trackingsOf(records.order);
  const excess = all.filter((it, index) => {
    const number = numberOf(it);
    if (!numbers.includes(number)) return false;
    const isLatest = !all.slice(index + 1).some((later) => numberOf(later) === number);
    return !wanted.includes(number) || !isLatest;
  });
  const requestsOf = excess.map((it) => deleteRequest(reader, records.order, it.tracking_id));
  const last = requestsOf.pop();
  if (!last) return { kind: "found", snapshot: snapshotOf(records, reader.shop), nativeId: null };
  return {
    kind: "send",
    before: requestsOf,
    request: last,
    achieves: (error) =>
      error.upstreamCode === "woocommerce_rest_order_shipment_tracking_invalid_id",
  };
}

/** What comes before, and what counts. */
function inOrder(put: WooRequest, add: WooRequest | null) {
  return add ? { before: [put], request: add } : { request: put };
}

/** Throws where a shipment of the shop has none of its trackings any more. */
function refuseGone(
  order: OrderPayload,
  { shipment, numbers }: { shipment: string | null; numbers: string[] },
): void {
  if (shipment === null) return;
  if (trackingsOf(order).some((it) => numbers.includes(numberOf(it)))) return;
  throw refuse("NOT_FOUND", `order ${order.id} has no tracking of shipment ${shipment} any more`);
}

function addRequest(
  reader: Reader,
  order: OrderPayload,
  tracking: Parameters<typeof trackingBody>[0],
  shippedAt: string | null,
): WooRequest {
  const at: Instant | null = shippedAt === null ? null : instant(shippedAt);
  return {
    method: "POST",
    path: pathOf(reader, order),
    body: trackingBody(tracking, { shippedAt: at, now: reader.now() }, reader.shop),
  };
}

function deleteRequest(reader: Reader, order: OrderPayload, trackingId: string | null): WooRequest {
  if (trackingId !== null)
    return { method: "DELETE", path: `${pathOf(reader, order)}/${trackingId}` };
  throw refuse(
    "CAPABILITY_NOT_SUPPORTED",
    `order ${order.id} has a tracking without an id, as another plugin wrote it; take it away in the shop`,
  );
}

function pathOf({ shop }: Reader, order: OrderPayload): string {
  if (shop.trackings) return `/${shop.trackings.namespace}/orders/${order.id}/shipment-trackings`;
  throw refuse(
    "CAPABILITY_NOT_SUPPORTED",
    "the extension that kept trackings was not there when this shop was last looked at; activate it and check the channel",
  );
}
