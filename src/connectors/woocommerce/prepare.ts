import type { StepCall, TrackingWish } from "../../domain/command.js";
import type { ChannelError } from "../../domain/errors.js";
import { lessQuantity, sumQuantities } from "../../domain/quantity.js";
import { type Found, refusing } from "../step.js";
import { carrierSlug } from "./carrier.js";
import type { WooRequest } from "./client.js";
import { itemsOf, OTHER_CARRIER } from "./fulfillment.js";
import { type FulfillmentPayload, metaText } from "./payload.js";
import {
  type OrderRecords,
  type Reader,
  readFulfillments,
  readRecords,
  snapshotOf,
} from "./read.js";
import { translateRefund } from "./refund.js";
import { requests } from "./request.js";
import { TRASH } from "./status.js";
import { packedItems } from "./tracking.js";
import { MARKER_KEY } from "./translate.js";

/** Why a step is not sent, before it is. */
export const refuse = refusing("WooCommerce");

/** What a step comes to once the shop's present state was looked at. */
export type Prepared =
  | {
      kind: "send";
      /** Writes that mean nothing alone and may be made again: where one fails, nothing happened. */
      before?: readonly WooRequest[];
      /** The one write that counts, ready to be sent. */
      request: WooRequest;
      /** Tells an error that means that the goal is reached anyway. */
      achieves?: (error: ChannelError) => boolean;
      /** The id of what it makes, where the shop's answer has another. */
      nativeId?: string;
    }
  | Found;
/** Looks and checks, writes nothing; throws ChannelError where the step must not be sent. */
export type Prepare = (reader: Reader, call: StepCall) => Promise<Prepared>;

/** Where a change of tracking leaves its token, beside that of the step which made the shipment. */
const UPDATE_MARKER_KEY = "_tributary_update";

/** A new fulfillment: found by its marker, refused for closed orders and for more than is open. */
export async function prepareShipment(reader: Reader, call: StepCall): Promise<Prepared> {
  const request = requests.FULFILLMENT_CREATE.parse(call.step.request);
  const records = await present(reader, call);
  const before = foundShipment(records, reader, call.marker);
  if (before) return before;
  refuseClosed(records);
  for (const { itemId, quantity } of request.items) refuseExcess(records, itemId, quantity);
  const items = request.items.map((it) => ({ item_id: Number(it.itemId), qty: it.quantity }));
  const meta = { _items: items, ...trackingMeta(request.tracking), [MARKER_KEY]: call.marker };
  return {
    kind: "send",
    request: {
      method: "POST",
      path: `/wc/v3/orders/${call.order.nativeId}/fulfillments`,
      body: {
        status: "fulfilled",
        is_fulfilled: true,
        // Without an id of 0 an entry is dropped without a word (measured on 10.5.0).
        meta_data: Object.entries(meta).map(([key, value]) => ({ id: 0, key, value })),
        ...notify(request.notify),
      },
    },
  };
}

/** The fulfillment that bears this token, if any. */
export function foundShipment(
  records: OrderRecords,
  { shop }: Reader,
  marker: string,
): Found | null {
  const marked = (records.fulfillments ?? []).filter((it) => markerOf(it) === marker);
  const [first] = marked;
  if (!first) return null;
  const snapshot = snapshotOf(records, shop);
  return { kind: "found", snapshot, nativeId: first.id, times: marked.length };
}

/** PUT replaces the whole meta and defaults to "unfulfilled", so everything is sent again. */
export async function prepareTracking(reader: Reader, call: StepCall): Promise<Prepared> {
  const request = requests.FULFILLMENT_TRACKING_UPDATE.parse(call.step.request);
  const { nativeId } = call.order;
  const all = await readFulfillments(reader.woo, nativeId, call.signal);
  const shipment = all.find((it) => it.id === request.fulfillmentId);
  if (!shipment)
    throw refuse(
      "NOT_FOUND",
      `order ${nativeId} has no fulfillment ${request.fulfillmentId} any more`,
    );
  if (metaText(shipment.meta_data, UPDATE_MARKER_KEY) === call.marker)
    return { kind: "found", snapshot: null, nativeId: shipment.id };
  const kept = shipment.meta_data
    .filter(({ key }) => !TRACKING_KEYS.has(key) && key !== UPDATE_MARKER_KEY && key !== "_items")
    .map(({ id, key, value }) => ({ id: id ?? 0, key, value }));
  const items = itemsOf(shipment).map((it) => ({ item_id: Number(it.item_id), qty: it.qty }));
  const changed = {
    _items: items,
    ...trackingMeta(request.tracking),
    [UPDATE_MARKER_KEY]: call.marker,
  };
  return {
    kind: "send",
    request: {
      method: "PUT",
      path: `/wc/v3/orders/${nativeId}/fulfillments/${shipment.id}`,
      body: {
        status: shipment.status,
        is_fulfilled: shipment.is_fulfilled,
        meta_data: [
          ...kept,
          ...Object.entries(changed).map(([key, value]) => ({
            id: shipment.meta_data.find((it) => it.key === key)?.id ?? 0,
            key,
            value,
          })),
        ],
        ...notify(request.notify),
      },
    },
  };
}

/** Taking a fulfillment back. One that is gone already is what was asked for; an order that is gone is not. */
export async function prepareShipmentCancel(reader: Reader, call: StepCall): Promise<Prepared> {
  const request = requests.FULFILLMENT_CANCEL.parse(call.step.request);
  const records = await present(reader, call);
  const all =
    records.fulfillments ?? (await readFulfillments(reader.woo, records.order.id, call.signal));
  if (!all.some(({ id }) => id === request.fulfillmentId))
    return { kind: "found", snapshot: snapshotOf(records, reader.shop), nativeId: null };
  return {
    kind: "send",
    request: {
      method: "DELETE",
      path: `/wc/v3/orders/${call.order.nativeId}/fulfillments/${request.fulfillmentId}`,
      ...(request.notify === null ? {} : { query: { notify_customer: String(request.notify) } }),
    },
    // Fulfillments number their errors, which tells one that is gone from an order that is.
    achieves: (error) => error.code === "NOT_FOUND" && /^\d+$/.test(error.upstreamCode ?? ""),
  };
}

/** The order as it is in the shop now. Throws where it is gone or in the bin. */
export async function present(reader: Reader, { order, signal }: StepCall): Promise<OrderRecords> {
  const records = await readRecords(reader, order.nativeId, signal);
  if (records && records.order.status !== TRASH) return records;
  throw refuse("NOT_FOUND", `order ${order.nativeId} is deleted in the shop`);
}

/** Throws where the shop canceled the order. */
export function refuseClosed({ order }: OrderRecords): void {
  if (order.status === "cancelled")
    throw refuse("CHANNEL_REJECTED", `order ${order.id} is canceled in the shop`);
}

/**
 * WooCommerce checks no quantity (50 of 3 and other orders' lines are accepted), so we do, at the last moment. What
 * was refunded beyond what ever left was refunded before it was shipped and cannot leave any more.
 */
export function refuseExcess(records: OrderRecords, itemId: string, wanted: number): void {
  const { order } = records;
  const ordered = order.line_items.find((it) => it.id === itemId)?.quantity;
  if (ordered === undefined)
    throw refuse(
      "QUANTITY_EXCEEDS_FULFILLABLE",
      `order ${order.id} has no line ${itemId} any more`,
    );
  const shipped = sumQuantities(
    [
      ...(records.fulfillments ?? []).filter((it) => it.is_fulfilled).flatMap(itemsOf),
      ...packedItems(order),
    ]
      .filter((it) => it.item_id === itemId)
      .map((it) => it.qty),
  );
  const refunded = refundedQuantity(records, itemId);
  const open = lessQuantity(ordered, Math.max(shipped, refunded));
  if (wanted <= open) return;
  throw refuse(
    "QUANTITY_EXCEEDS_FULFILLABLE",
    `${wanted} of line ${itemId} were to be shipped and ${open} are open (ordered ${ordered}, shipped ${shipped}, refunded ${refunded})`,
  );
}

/** How many pieces of a line were refunded so far. */
export function refundedQuantity({ order, refunds }: OrderRecords, itemId: string): number {
  return sumQuantities(
    refunds
      .flatMap((refund) => translateRefund(refund, order).lines)
      .filter((it) => it.lineId === itemId)
      .map((it) => it.quantity),
  );
}

function markerOf(shipment: FulfillmentPayload): string | null {
  return metaText(shipment.meta_data, MARKER_KEY);
}

const TRACKING_KEYS: ReadonlySet<string> = new Set([
  "_tracking_number",
  "_shipment_provider",
  "_shipping_provider",
  "_provider_name",
  "_tracking_url",
  "_shipping_option",
]);

function trackingMeta(tracking: TrackingWish | null): Record<string, string> {
  if (!tracking) return {};
  const slug = carrierSlug(tracking);
  const name = tracking.carrier ?? tracking.carrierCode;
  return {
    _tracking_number: tracking.number,
    ...(slug ? { _shipment_provider: slug } : {}),
    ...(!slug && name ? { _shipment_provider: OTHER_CARRIER, _provider_name: name } : {}),
    ...(tracking.url ? { _tracking_url: tracking.url } : {}),
  };
}

function notify(customer: boolean | null): { notify_customer?: boolean } {
  return customer === null ? {} : { notify_customer: customer };
}
