import { gid, type Shop } from "../shop/shop.js";
import type { Fulfillment, FulfillmentOrder, Hold, Order, ParcelEvent } from "../shop/state.js";
import { displayStatus, latestFirst, supportedActions } from "../shop/status.js";
import { lineOf } from "../webhooks/payload-parts.js";
import { lineNode } from "./line-nodes.js";
import { connection, locationById, locationNode, type Node } from "./nodes.js";
import { firstOf, type PageArguments, page } from "./page.js";

/** A fulfillment with its parcels and their events. */
export function fulfillmentNode(shop: Shop, order: Order, fulfillment: Fulfillment): Node {
  const location = locationById(shop, fulfillment.locationId);
  const happened = (status: string) =>
    latestFirst(fulfillment).find((event) => event.status === status)?.happenedAt ?? null;
  return {
    __typename: "Fulfillment",
    id: gid("Fulfillment", fulfillment.id),
    legacyResourceId: fulfillment.id,
    name: `${order.name}.${fulfillment.ordinal}`,
    status: fulfillment.status,
    displayStatus: displayStatus(fulfillment),
    createdAt: fulfillment.createdAt,
    updatedAt: fulfillment.updatedAt,
    inTransitAt: happened("IN_TRANSIT"),
    deliveredAt: happened("DELIVERED"),
    estimatedDeliveryAt:
      latestFirst(fulfillment).find((event) => event.estimatedDeliveryAt)?.estimatedDeliveryAt ??
      null,
    totalQuantity: fulfillment.lines.reduce((units, { quantity }) => units + quantity, 0),
    requiresShipping: fulfillment.lines.some(
      ({ lineId }) => lineOf(order, lineId).requiresShipping,
    ),
    location: location && locationNode(location),
    service: {
      id: gid("FulfillmentService", "manual"),
      handle: "manual",
      serviceName: "Manual",
      type: "MANUAL",
    },
    trackingInfo: (given: PageArguments) => firstOf(fulfillment.tracking, given),
    fulfillmentLineItems: (given: PageArguments) =>
      connection(fulfillment.lines, given, ({ id, quantity, lineId }) => ({
        __typename: "FulfillmentLineItem",
        id: gid("FulfillmentLineItem", id),
        quantity,
        lineItem: () => lineNode(shop, order, lineOf(order, lineId)),
      })),
    events: (given: PageArguments & { sortKey: string }) =>
      page(fulfillment.events, given, {
        ...(given.sortKey === "HAPPENED_AT" && { value: (event: ParcelEvent) => event.happenedAt }),
        id: ({ id }) => id,
        node: eventNode,
      }),
  };
}

export const eventNode = (event: ParcelEvent): Node => ({
  ...event,
  __typename: "FulfillmentEvent",
  id: gid("FulfillmentEvent", event.id),
});

/** What is to be shipped from one place. */
export function fulfillmentOrderNode(shop: Shop, order: Order, target: FulfillmentOrder): Node {
  const id = gid("FulfillmentOrder", target.id);
  const address = order.shippingAddress;
  return {
    __typename: "FulfillmentOrder",
    id,
    status: target.status,
    requestStatus: "UNSUBMITTED",
    orderId: gid("Order", order.id),
    orderName: order.name,
    createdAt: target.createdAt,
    updatedAt: target.updatedAt,
    fulfillAt: target.fulfillAt,
    fulfillBy: null,
    assignedLocation: assignedNode(shop, target),
    deliveryMethod: {
      __typename: "DeliveryMethod",
      id: gid("DeliveryMethod", target.id),
      methodType: target.method,
      minDeliveryDateTime: null,
      maxDeliveryDateTime: null,
    },
    destination: address && {
      ...address,
      __typename: "FulfillmentOrderDestination",
      id: gid("FulfillmentOrderDestination", target.id),
      email: order.email,
    },
    fulfillmentHolds: target.holds.map(holdNode),
    supportedActions: supportedActions(target).map((action) => ({ action, externalUrl: null })),
    lineItems: (given: PageArguments) =>
      connection(target.lines, given, (line) => {
        const ordered = lineOf(order, line.lineId);
        const item = shop.variant(ordered.variantId)?.inventoryItemId;
        return {
          __typename: "FulfillmentOrderLineItem",
          id: gid("FulfillmentOrderLineItem", line.id),
          totalQuantity: line.total,
          remainingQuantity: line.remaining,
          sku: ordered.sku,
          inventoryItemId: item && gid("InventoryItem", item),
          lineItem: () => lineNode(shop, order, ordered),
        };
      }),
    locationsForMove: (given: PageArguments) =>
      connection(shop.data.locations, given, (location) => ({
        location: locationNode(location),
        movable: location.id !== target.locationId,
        message: location.id === target.locationId ? "Current location." : null,
      })),
  };
}

const reasons: Record<string, string> = {
  AWAITING_PAYMENT: "Awaiting payment",
  AWAITING_RETURN_ITEMS: "Awaiting return items",
  HIGH_RISK_OF_FRAUD: "High risk of fraud",
  INCORRECT_ADDRESS: "Incorrect address",
  INVENTORY_OUT_OF_STOCK: "Inventory out of stock",
  ONLINE_STORE_POST_PURCHASE_CROSS_SELL: "Pending upsell offer",
  OTHER: "Other",
  UNKNOWN_DELIVERY_DATE: "Unknown delivery date",
};

export const holdNode = (hold: Hold): Node => ({
  __typename: "FulfillmentHold",
  id: gid("FulfillmentHold", hold.id),
  handle: hold.handle,
  reason: hold.reason,
  reasonNotes: hold.reasonNotes,
  displayReason: reasons[hold.reason] ?? hold.reason,
  heldByRequestingApp: hold.byApp,
});

function assignedNode(shop: Shop, { locationId }: FulfillmentOrder): Node {
  const location = locationById(shop, locationId);
  return {
    ...location?.address,
    name: location?.name,
    location: location && locationNode(location),
  };
}
