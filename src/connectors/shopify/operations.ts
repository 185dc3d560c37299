/**
 * The operations that read orders and shops, and those that ship. Every operation that is sent to the Admin API is
 * validated against the official schemas in the tests, and the access scopes that the connector declares are derived
 * there from them.
 */
import { mutation, query } from "./operation.js";
import type * as Api from "./payload.js";

/** Children a page when they are followed; longer lists of ids cost one point each. */
const PAGE = { children: 45, orders: 50, list: 250 } as const;

/** Who changed when, oldest change first. Costs a point an order. */
export const ordersChanged = query<Api.OrdersChangedQuery, Api.OrdersChangedQueryVariables>(
  `query OrdersChanged($query: String!, $after: String) {
    orders(first: ${PAGE.orders}, after: $after, query: $query, sortKey: UPDATED_AT) {
      nodes { id updatedAt } pageInfo { hasNextPage endCursor }
    }
  }`,
);

/** Everything there is, newest order first. */
export const ordersNewestFirst = query<
  Api.OrdersNewestFirstQuery,
  Api.OrdersNewestFirstQueryVariables
>(
  `query OrdersNewestFirst($after: String) {
    orders(first: ${PAGE.orders}, after: $after, sortKey: PROCESSED_AT, reverse: true) {
      nodes { id updatedAt } pageInfo { hasNextPage endCursor }
    }
  }`,
);

/** How many orders there are; `query` as in the feed. */
export const ordersCount = query<Api.OrdersCountQuery, Api.OrdersCountQueryVariables>(
  "query OrdersCount($query: String) { ordersCount(query: $query, limit: null) { count precision } }",
);

/** One order with the first of all its children; its returns only for apps that may see returns. */
export const wholeOrder = query<Api.WholeOrderQuery, Api.WholeOrderQueryVariables>(
  `query WholeOrder($id: ID!, $returns: Boolean!) {
    order(id: $id) { ...Order }
  }`,
);

/** The order of a fulfillment order, whose webhooks name nothing else. */
export const ownerOfFulfillmentOrder = query<
  Api.OwnerOfFulfillmentOrderQuery,
  Api.OwnerOfFulfillmentOrderQueryVariables
>("query OwnerOfFulfillmentOrder($id: ID!) { fulfillmentOrder(id: $id) { orderId } }");

export const moreLines = query<Api.MoreLinesQuery, Api.MoreLinesQueryVariables>(
  `query MoreLines($id: ID!, $after: String) {
    order(id: $id) {
      lineItems(first: ${PAGE.children}, after: $after) { nodes { ...Line } pageInfo { hasNextPage endCursor } }
    }
  }`,
);

export const moreFulfillmentOrders = query<
  Api.MoreFulfillmentOrdersQuery,
  Api.MoreFulfillmentOrdersQueryVariables
>(
  `query MoreFulfillmentOrders($id: ID!, $after: String) {
    order(id: $id) {
      fulfillmentOrders(first: 20, after: $after) { nodes { ...FulfillmentOrder } pageInfo { hasNextPage endCursor } }
    }
  }`,
);

export const moreFulfillmentOrderLines = query<
  Api.MoreFulfillmentOrderLinesQuery,
  Api.MoreFulfillmentOrderLinesQueryVariables
>(
  `query MoreFulfillmentOrderLines($id: ID!, $after: String) {
    fulfillmentOrder(id: $id) {
      lineItems(first: 100, after: $after) {
        nodes { ...FulfillmentOrderLine } pageInfo { hasNextPage endCursor }
      }
    }
  }`,
);

export const moreFulfillmentLines = query<
  Api.MoreFulfillmentLinesQuery,
  Api.MoreFulfillmentLinesQueryVariables
>(
  `query MoreFulfillmentLines($id: ID!, $after: String) {
    fulfillment(id: $id) {
      fulfillmentLineItems(first: 100, after: $after) {
        nodes { ...FulfillmentLine } pageInfo { hasNextPage endCursor }
      }
    }
  }`,
);

export const moreScans = query<Api.MoreScansQuery, Api.MoreScansQueryVariables>(
  `query MoreScans($id: ID!, $after: String) {
    fulfillment(id: $id) {
      events(first: 100, after: $after, sortKey: HAPPENED_AT) {
        nodes { ...Scan } pageInfo { hasNextPage endCursor }
      }
    }
  }`,
);

export const moreRefundLines = query<Api.MoreRefundLinesQuery, Api.MoreRefundLinesQueryVariables>(
  `query MoreRefundLines($id: ID!, $after: String) {
    refund(id: $id) {
      refundLineItems(first: ${PAGE.children}, after: $after) { nodes { ...RefundLine } pageInfo { hasNextPage endCursor } }
    }
  }`,
);

/** Fulfillments and refunds are lists without pages: where one is full, all ids are asked for, then one by one. */
export const fulfillmentIds = query<Api.FulfillmentIdsQuery, Api.FulfillmentIdsQueryVariables>(
  `query FulfillmentIds($id: ID!) { order(id: $id) { fulfillments(first: ${PAGE.list}) { id } } }`,
);
export const refundIds = query<Api.RefundIdsQuery, Api.RefundIdsQueryVariables>(
  `query RefundIds($id: ID!) { order(id: $id) { refunds(first: ${PAGE.list}) { id } } }`,
);
export const oneFulfillment = query<Api.OneFulfillmentQuery, Api.OneFulfillmentQueryVariables>(
  "query OneFulfillment($id: ID!) { fulfillment(id: $id) { ...Fulfillment } }",
);
export const oneRefund = query<Api.OneRefundQuery, Api.OneRefundQueryVariables>(
  "query OneRefund($id: ID!) { refund(id: $id) { ...Refund } }",
);
export const manyTransactions = query<
  Api.ManyTransactionsQuery,
  Api.ManyTransactionsQueryVariables
>(
  "query ManyTransactions($id: ID!) { order(id: $id) { transactions(first: 150) { ...Transaction } } }",
);

/** Who the shop is and what we may do there. */
export const shopFacts = query<Api.ShopFactsQuery, Api.ShopFactsQueryVariables>(
  `query ShopFacts {
    shop { name myshopifyDomain currencyCode ianaTimezone plan { publicDisplayName } }
    currentAppInstallation { accessScopes { handle } }
  }`,
);

export const locations = query<Api.LocationsQuery, Api.LocationsQueryVariables>(
  `query Locations($after: String) {
    locations(first: 50, after: $after, includeInactive: true, includeLegacy: true) {
      nodes { id name address { address1 address2 city province provinceCode countryCode zip phone } }
      pageInfo { hasNextPage endCursor }
    }
  }`,
);

export const webhookSubscriptions = query<Api.WebhooksQuery, Api.WebhooksQueryVariables>(
  `query Webhooks($after: String) {
    webhookSubscriptions(first: 100, after: $after) {
      nodes { ...Subscription } pageInfo { hasNextPage endCursor }
    }
  }`,
);

export const webhookCreate = mutation<
  Api.WebhookCreateMutation,
  Api.WebhookCreateMutationVariables
>(
  `mutation WebhookCreate($topic: WebhookSubscriptionTopic!, $uri: String!) {
    webhookSubscriptionCreate(topic: $topic, webhookSubscription: { uri: $uri, format: JSON }) {
      webhookSubscription { ...Subscription } userErrors { field message }
    }
  }`,
);

export const webhookDelete = mutation<
  Api.WebhookDeleteMutation,
  Api.WebhookDeleteMutationVariables
>(
  `mutation WebhookDelete($id: ID!) {
    webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } }
  }`,
);

export const fulfillmentCreate = mutation<
  Api.FulfillmentCreateMutation,
  Api.FulfillmentCreateMutationVariables
>(
  `mutation FulfillmentCreate($fulfillment: FulfillmentInput!) {
    fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }
  }`,
);

export const trackingUpdate = mutation<
  Api.TrackingUpdateMutation,
  Api.TrackingUpdateMutationVariables
>(
  `mutation TrackingUpdate($id: ID!, $tracking: FulfillmentTrackingInput!, $notifyCustomer: Boolean) {
    fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: $notifyCustomer) {
      fulfillment { id } userErrors { field message }
    }
  }`,
);

export const fulfillmentCancel = mutation<
  Api.FulfillmentCancelMutation,
  Api.FulfillmentCancelMutationVariables
>(
  `mutation FulfillmentCancel($id: ID!) {
    fulfillmentCancel(id: $id) { fulfillment { id } userErrors { field message } }
  }`,
);

export const scanCreate = mutation<
  Api.FulfillmentEventCreateMutation,
  Api.FulfillmentEventCreateMutationVariables
>(
  `mutation FulfillmentEventCreate($event: FulfillmentEventInput!) {
    fulfillmentEventCreate(fulfillmentEvent: $event) { fulfillmentEvent { id } userErrors { field message } }
  }`,
);

/** Without a refund method the money stays where it is; what was only authorised is voided either way. */
export const orderCancel = mutation<Api.OrderCancelMutation, Api.OrderCancelMutationVariables>(
  `mutation OrderCancel($id: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $notifyCustomer: Boolean, $refundMethod: OrderCancelRefundMethodInput) {
    orderCancel(orderId: $id, reason: $reason, restock: $restock, notifyCustomer: $notifyCustomer, refundMethod: $refundMethod) {
      job { id done } orderCancelUserErrors { field message code }
    }
  }`,
);

export const job = query<Api.JobQuery, Api.JobQueryVariables>(
  "query Job($id: ID!) { job(id: $id) { id done } }",
);
