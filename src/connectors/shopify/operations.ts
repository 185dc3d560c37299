/**
 * The operations that read orders and shops, and those that ship. Every operation that is sent to the Admin API is
 * validated against the official schemas in the tests, and the access scopes that the connector declares are derived
 * there from them.
 */
import {
  FIRST,
  FULFILLMENT,
  FULFILLMENT_ORDER,
  LINE,
  MONEY,
  REFUND,
  REFUND_LINE,
  TRANSACTION,
  WHOLE_ORDER,
} from "./fragments.js";
import { mutation, query } from "./operation.js";
import type {
  Cancelled,
  Deleted,
  EventsOfFulfillment,
  Fulfilled,
  FulfillmentIds,
  FulfillmentOrdersOf,
  FulfillmentPayload,
  JobState,
  LinesOfFulfillment,
  LinesOfFulfillmentOrder,
  LinesOfOrder,
  LinesOfRefund,
  LocationPage,
  OrderCount,
  OrderFeed,
  OrderPayload,
  OwnerOfFulfillmentOrder,
  RefundIds,
  RefundPayload,
  Scanned,
  ShopFacts,
  Subscribed,
  SubscriptionPage,
  Tracked,
  TransactionsOf,
} from "./payload.js";

/** Children a page when they are followed; longer lists of ids cost one point each. */
const PAGE = { children: 50, orders: 50, list: 250 } as const;

/** Who changed when, oldest change first. Costs a point an order. */
export const ordersChanged = query<OrderFeed, { query: string; after: string | null }>(
  `query OrdersChanged($query: String!, $after: String) {
    orders(first: ${PAGE.orders}, after: $after, query: $query, sortKey: UPDATED_AT) {
      nodes { id updatedAt } pageInfo { hasNextPage endCursor }
    }
  }`,
);

/** Everything there is, newest order first. */
export const ordersNewestFirst = query<OrderFeed, { after: string | null }>(
  `query OrdersNewestFirst($after: String) {
    orders(first: ${PAGE.orders}, after: $after, sortKey: PROCESSED_AT, reverse: true) {
      nodes { id updatedAt } pageInfo { hasNextPage endCursor }
    }
  }`,
);

/** How many orders there are; `query` as in the feed. */
export const ordersCount = query<OrderCount, { query: string | null }>(
  "query OrdersCount($query: String) { ordersCount(query: $query, limit: null) { count precision } }",
);

/** One order with the first of all its children; its returns only for apps that may see returns. */
export const wholeOrder = query<{ order: OrderPayload | null }, { id: string; returns: boolean }>(
  `query WholeOrder($id: ID!, $returns: Boolean!) {
    order(id: $id) {
      ...Order
      returns(first: ${FIRST.returns}) @include(if: $returns) {
        nodes { ...Return } pageInfo { hasNextPage endCursor }
      }
    }
  }`,
  WHOLE_ORDER,
);

/** The order of a fulfillment order, whose webhooks name nothing else. */
export const ownerOfFulfillmentOrder = query<OwnerOfFulfillmentOrder, { id: string }>(
  "query OwnerOfFulfillmentOrder($id: ID!) { fulfillmentOrder(id: $id) { orderId } }",
);

export const moreLines = query<LinesOfOrder, { id: string; after: string | null }>(
  `query MoreLines($id: ID!, $after: String) {
    order(id: $id) {
      lineItems(first: ${PAGE.children}, after: $after) { nodes { ...Line } pageInfo { hasNextPage endCursor } }
    }
  }`,
  [LINE, MONEY],
);

export const moreFulfillmentOrders = query<
  FulfillmentOrdersOf,
  { id: string; after: string | null }
>(
  `query MoreFulfillmentOrders($id: ID!, $after: String) {
    order(id: $id) {
      fulfillmentOrders(first: 20, after: $after) { nodes { ...FulfillmentOrder } pageInfo { hasNextPage endCursor } }
    }
  }`,
  [FULFILLMENT_ORDER],
);

export const moreFulfillmentOrderLines = query<
  LinesOfFulfillmentOrder,
  { id: string; after: string | null }
>(
  `query MoreFulfillmentOrderLines($id: ID!, $after: String) {
    fulfillmentOrder(id: $id) {
      lineItems(first: 100, after: $after) {
        nodes { id totalQuantity remainingQuantity lineItem { id } } pageInfo { hasNextPage endCursor }
      }
    }
  }`,
);

export const moreFulfillmentLines = query<LinesOfFulfillment, { id: string; after: string | null }>(
  `query MoreFulfillmentLines($id: ID!, $after: String) {
    fulfillment(id: $id) {
      fulfillmentLineItems(first: 100, after: $after) {
        nodes { id quantity lineItem { id } } pageInfo { hasNextPage endCursor }
      }
    }
  }`,
);

export const moreScans = query<EventsOfFulfillment, { id: string; after: string | null }>(
  `query MoreScans($id: ID!, $after: String) {
    fulfillment(id: $id) {
      events(first: 100, after: $after, sortKey: HAPPENED_AT) {
        nodes { id status message happenedAt city province country } pageInfo { hasNextPage endCursor }
      }
    }
  }`,
);

export const moreRefundLines = query<LinesOfRefund, { id: string; after: string | null }>(
  `query MoreRefundLines($id: ID!, $after: String) {
    refund(id: $id) {
      refundLineItems(first: ${PAGE.children}, after: $after) { nodes { ...RefundLine } pageInfo { hasNextPage endCursor } }
    }
  }`,
  [REFUND_LINE, MONEY],
);

/** Fulfillments and refunds are lists without pages: where one is full, all ids are asked for, then one by one. */
export const fulfillmentIds = query<FulfillmentIds, { id: string }>(
  `query FulfillmentIds($id: ID!) { order(id: $id) { fulfillments(first: ${PAGE.list}) { id } } }`,
);
export const refundIds = query<RefundIds, { id: string }>(
  `query RefundIds($id: ID!) { order(id: $id) { refunds(first: ${PAGE.list}) { id } } }`,
);
export const oneFulfillment = query<{ fulfillment: FulfillmentPayload | null }, { id: string }>(
  "query OneFulfillment($id: ID!) { fulfillment(id: $id) { ...Fulfillment } }",
  [FULFILLMENT],
);
export const oneRefund = query<{ refund: RefundPayload | null }, { id: string }>(
  "query OneRefund($id: ID!) { refund(id: $id) { ...Refund } }",
  [REFUND, REFUND_LINE, MONEY],
);
export const manyTransactions = query<TransactionsOf, { id: string }>(
  "query ManyTransactions($id: ID!) { order(id: $id) { transactions(first: 150) { ...Transaction } } }",
  [TRANSACTION, MONEY],
);

/** Who the shop is and what we may do there. */
export const shopFacts = query<ShopFacts, Record<string, never>>(
  `query ShopFacts {
    shop { name myshopifyDomain currencyCode ianaTimezone plan { publicDisplayName } }
    currentAppInstallation { accessScopes { handle } }
  }`,
);

export const locations = query<LocationPage, { after: string | null }>(
  `query Locations($after: String) {
    locations(first: 50, after: $after, includeInactive: true, includeLegacy: true) {
      nodes { id name address { address1 address2 city province provinceCode countryCode zip phone } }
      pageInfo { hasNextPage endCursor }
    }
  }`,
);

export const webhookSubscriptions = query<SubscriptionPage, { after: string | null }>(
  `query Webhooks($after: String) {
    webhookSubscriptions(first: 100, after: $after) {
      nodes { id topic uri format } pageInfo { hasNextPage endCursor }
    }
  }`,
);

export const webhookCreate = mutation<Subscribed, { topic: string; uri: string }>(
  `mutation WebhookCreate($topic: WebhookSubscriptionTopic!, $uri: String!) {
    webhookSubscriptionCreate(topic: $topic, webhookSubscription: { uri: $uri, format: JSON }) {
      webhookSubscription { id topic uri format } userErrors { field message }
    }
  }`,
);

export const webhookDelete = mutation<Deleted, { id: string }>(
  `mutation WebhookDelete($id: ID!) {
    webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } }
  }`,
);

export const fulfillmentCreate = mutation<Fulfilled, { fulfillment: unknown }>(
  `mutation FulfillmentCreate($fulfillment: FulfillmentInput!) {
    fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }
  }`,
);

export const trackingUpdate = mutation<
  Tracked,
  { id: string; tracking: unknown; notifyCustomer: boolean | null }
>(
  `mutation TrackingUpdate($id: ID!, $tracking: FulfillmentTrackingInput!, $notifyCustomer: Boolean) {
    fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: $notifyCustomer) {
      fulfillment { id } userErrors { field message }
    }
  }`,
);

export const fulfillmentCancel = mutation<Cancelled, { id: string }>(
  `mutation FulfillmentCancel($id: ID!) {
    fulfillmentCancel(id: $id) { fulfillment { id } userErrors { field message } }
  }`,
);

export const scanCreate = mutation<Scanned, { event: unknown }>(
  `mutation FulfillmentEventCreate($event: FulfillmentEventInput!) {
    fulfillmentEventCreate(fulfillmentEvent: $event) { fulfillmentEvent { id } userErrors { field message } }
  }`,
);

/** Without a refund method the money stays where it is; what was only authorised is voided either way. */
export const orderCancel = mutation<
  JobState,
  {
    id: string;
    reason: string;
    restock: boolean;
    notifyCustomer: boolean | null;
    refundMethod: { originalPaymentMethodsRefund: true } | null;
  }
>(
  `mutation OrderCancel($id: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $notifyCustomer: Boolean, $refundMethod: OrderCancelRefundMethodInput) {
    orderCancel(orderId: $id, reason: $reason, restock: $restock, notifyCustomer: $notifyCustomer, refundMethod: $refundMethod) {
      job { id done } orderCancelUserErrors { field message code }
    }
  }`,
);

export const job = query<{ job: { id: string; done: boolean } | null }, { id: string }>(
  "query Job($id: ID!) { job(id: $id) { id done } }",
);
