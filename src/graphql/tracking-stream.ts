import type { DocumentScan } from "../domain/document.js";
import { type LoggedEvent, TRACKING_EVENT_TYPES } from "../domain/event.js";
import type { DeliveryStatus } from "../domain/status.js";
import { normalizeTrackingNumber } from "../domain/tracking.js";
import type { From, StreamItem } from "../events/log.js";
import { reaches } from "./auth.js";
import type { Context } from "./context.js";
import type { EventTest } from "./event-filter.js";
import {
  allPackagesOf,
  type FulfillmentNode,
  fulfillmentsOf,
  type OrderNode,
  type PackageNode,
} from "./nodes.js";
import { endedBy, follow } from "./stream.js";

/** Which parcels, as callers ask for them. */
export interface TrackingWish {
  channelIds?: string[] | null;
  orderIds?: string[] | null;
  fulfillmentIds?: string[] | null;
  trackingNumbers?: string[] | null;
  carrierCodes?: string[] | null;
  statuses?: DeliveryStatus[] | null;
  onlyChanges?: boolean | null;
}

export interface TrackingUpdateNode {
  kind: "tracking";
  cursor: string;
  order: OrderNode;
  fulfillment: FulfillmentNode | null;
  package: PackageNode | null;
  event: DocumentScan | null;
  previousStatus: string;
}
export type TrackingItem = Exclude<StreamItem, { kind: "event" }> | TrackingUpdateNode;

/** The log's news of parcels, with the order as it is now. */
export function followTracking(
  context: Context,
  from: From,
  wish: TrackingWish,
): AsyncIterable<TrackingItem> {
  const end = new AbortController();
  context.signal = AbortSignal.any([context.signal, end.signal]);
  return endedBy(end, updates(context, from, wish));
}

async function* updates(
  context: Context,
  from: From,
  wish: TrackingWish,
): AsyncGenerator<TrackingItem> {
  for await (const item of follow(context, from, trackingTest(wish, context))) {
    if (item.kind !== "event") yield item;
    else {
      const update = await updateOf(context, item.event);
      if (update) yield update;
    }
  }
}

const TYPES: ReadonlySet<string> = new Set(TRACKING_EVENT_TYPES);

function trackingTest(wish: TrackingWish, { viewer }: Context): EventTest {
  const onlyChanges = wish.onlyChanges ?? true;
  return {
    quick: ({ type, tracking, channelId, orderId }) =>
      TYPES.has(type) &&
      tracking !== null &&
      reaches(viewer, channelId) &&
      names(wish.channelIds, channelId) &&
      names(wish.orderIds, orderId) &&
      names(wish.fulfillmentIds, tracking.fulfillmentId) &&
      names(wish.statuses, tracking.status) &&
      (!onlyChanges || tracking.scanId === null || tracking.status !== tracking.previousStatus),
    slow: async (event, context) => {
      if (!wish.trackingNumbers && !wish.carrierCodes) return true;
      const tracking = (await updateOf(context, event))?.package?.tracking;
      if (!tracking) return false;
      const numbers = wish.trackingNumbers?.map(normalizeTrackingNumber);
      return (
        names(numbers, normalizeTrackingNumber(tracking.number)) &&
        names(wish.carrierCodes, tracking.carrierCode)
      );
    },
  };
}

/** What a subscriber sees; null where the order is gone or was hidden from this key since. */
async function updateOf(
  { loaders }: Context,
  { orderId, tracking, cursor }: LoggedEvent,
): Promise<TrackingUpdateNode | null> {
  const order = orderId === null ? null : await loaders.order.load(orderId);
  if (order === null || tracking === null) return null;
  const { fulfillmentId, packageId, scanId, previousStatus } = tracking;
  const parcel = allPackagesOf(order).find(({ id }) => id === packageId) ?? null;
  return {
    kind: "tracking",
    cursor,
    order,
    fulfillment: fulfillmentsOf(order).find(({ id }) => id === fulfillmentId) ?? null,
    package: parcel,
    event: parcel?.tracking?.events.find(({ id }) => id === scanId) ?? null,
    previousStatus,
  };
}

/** An absent list names everything. */
function names<T>(wanted: readonly T[] | null | undefined, value: T | null): boolean {
  return !wanted || (value !== null && wanted.includes(value));
}
