import { carriers } from "../../../simulator/catalog.js";
import { fulfillmentEventNews, fulfillmentNews, orderNews } from "../webhooks/news.js";
import { closeWhenDone, openFulfillmentOrder } from "./routing.js";
import { type Shop, touch } from "./shop.js";
import type { Fulfillment, FulfillmentOrder, Order, ParcelEvent, TrackingInfo } from "./state.js";
import { fulfillmentStatus } from "./status.js";

/** Units of one line of one fulfillment order. */
export interface Portion {
  from: FulfillmentOrder;
  line: FulfillmentOrder["lines"][number];
  quantity: number;
}

/** Ships portions that were checked before, all from one place. */
export function fulfill(
  shop: Shop,
  order: Order,
  portions: Portion[],
  tracking: TrackingInfo[],
): Fulfillment {
  const at = shop.now();
  const fulfillment: Fulfillment = {
    id: shop.mint("Fulfillment", order),
    ordinal: order.fulfillments.length + 1,
    status: "SUCCESS",
    locationId: portions[0]?.from.locationId ?? "",
    createdAt: at,
    updatedAt: at,
    tracking,
    lines: portions.map(({ from, line, quantity }) => ({
      id: shop.mint("FulfillmentLineItem", order),
      lineId: line.lineId,
      quantity,
      fulfillmentOrderId: from.id,
    })),
    events: [],
  };
  for (const { from, line, quantity } of portions) {
    line.remaining -= quantity;
    from.status = "IN_PROGRESS";
    from.updatedAt = at;
    closeWhenDone(shop, from);
  }
  order.fulfillments.push(fulfillment);
  touch(shop, order);
  const whole = fulfillmentStatus(order) === "FULFILLED";
  shop.say([
    fulfillmentNews(shop, "FULFILLMENTS_CREATE", order, fulfillment),
    orderNews(shop, whole ? "ORDERS_FULFILLED" : "ORDERS_PARTIALLY_FULFILLED", order),
    orderNews(shop, "ORDERS_UPDATED", order),
  ]);
  return fulfillment;
}

/** Takes a fulfillment back; its units wait again, in new fulfillment orders. */
export function cancelFulfillment(shop: Shop, order: Order, fulfillment: Fulfillment): void {
  fulfillment.status = "CANCELLED";
  const method = order.fulfillmentOrders.find(
    ({ id }) => id === fulfillment.lines[0]?.fulfillmentOrderId,
  )?.method;
  openFulfillmentOrder(shop, order, {
    locationId: fulfillment.locationId,
    method: method ?? "SHIPPING",
    units: fulfillment.lines,
  });
  changed(shop, order, fulfillment);
}

/** Puts other tracking in the place of what there was. */
export function replaceTracking(
  shop: Shop,
  order: Order,
  fulfillment: Fulfillment,
  tracking: TrackingInfo[],
): void {
  fulfillment.tracking = tracking;
  changed(shop, order, fulfillment);
}

/** Notes what happened to a parcel. */
export function addEvent(
  shop: Shop,
  order: Order,
  fulfillment: Fulfillment,
  given: Partial<ParcelEvent> & { status: string },
): ParcelEvent {
  const event: ParcelEvent = {
    id: shop.mint("FulfillmentEvent", order),
    message: null,
    happenedAt: shop.now(),
    createdAt: shop.now(),
    estimatedDeliveryAt: null,
    address1: null,
    city: null,
    province: null,
    country: null,
    zip: null,
    latitude: null,
    longitude: null,
    ...given,
  };
  fulfillment.events.push(event);
  fulfillment.updatedAt = shop.now();
  touch(shop, order);
  shop.say([
    fulfillmentEventNews(order, fulfillment, event),
    fulfillmentNews(shop, "FULFILLMENTS_UPDATE", order, fulfillment),
    orderNews(shop, "ORDERS_UPDATED", order),
  ]);
  return event;
}

/** The tracking page of a carrier that the shop knows by name, else null. */
export function trackingUrl(company: string | null, number: string | null): string | null {
  const known = carriers.find(({ name }) => name.toLowerCase() === company?.toLowerCase());
  return known && number ? known.trackingUrl(number) : null;
}

function changed(shop: Shop, order: Order, fulfillment: Fulfillment): void {
  fulfillment.updatedAt = shop.now();
  touch(shop, order);
  shop.say([
    fulfillmentNews(shop, "FULFILLMENTS_UPDATE", order, fulfillment),
    orderNews(shop, "ORDERS_UPDATED", order),
  ]);
}
