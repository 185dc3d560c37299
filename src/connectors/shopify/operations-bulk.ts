/** The operations that export orders into a file, and what such a file cannot hold. */
import { mutation, query } from "./operation.js";
import type * as Api from "./payload.js";

export const bulkRun = mutation<Api.BulkRunMutation, Api.BulkRunMutationVariables>(
  `mutation BulkRun($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: true) {
      bulkOperation { ...Bulk } userErrors { field message code }
    }
  }`,
);

export const bulkState = query<Api.BulkStateQuery, Api.BulkStateQueryVariables>(
  "query BulkState($id: ID!) { bulkOperation(id: $id) { ...Bulk } }",
);

/** The newest exports of this app, with what they were asked. */
export const bulkRecent = query<Api.BulkRecentQuery, Api.BulkRecentQueryVariables>(
  `query BulkRecent {
    bulkOperations(first: 20, sortKey: CREATED_AT, reverse: true) { nodes { ...Bulk query } }
  }`,
);

/**
 * What is exported of each order: five connections, which is the most that an export may have, and none of them inside a
 * list. Never sorted: exports that sort by the time of change were seen to lose orders.
 */
export const bulkOrders = query<Api.BulkOrdersQuery, Api.BulkOrdersQueryVariables>(
  `query BulkOrders {
    orders {
      edges { node {
        __typename createdAt discountCodes ...OrderFacts
        transactions { ...Transaction }
        fulfillments { id }
        refunds { id }
        lineItems { edges { node { __typename ...Line } } }
        shippingLines { edges { node { __typename ...Shipping } } }
        fulfillmentOrders {
          edges { node {
            __typename ...WorkFacts
            lineItems { edges { node { __typename ...FulfillmentOrderLine } } }
          } }
        }
      } }
    }
  }`,
);

/** What of an order no export holds, as far as it has any. */
export const orderRest = query<Api.OrderRestQuery, Api.OrderRestQueryVariables>(
  `query OrderRest($id: ID!, $shipped: Boolean!, $refunded: Boolean!, $discounted: Boolean!, $returns: Boolean!) {
    order(id: $id) { updatedAt ...OrderRest }
  }`,
);

/** When the first order was made. */
export const firstOrder = query<Api.FirstOrderQuery, Api.FirstOrderQueryVariables>(
  "query FirstOrder { orders(first: 1, sortKey: CREATED_AT) { nodes { createdAt } } }",
);

/** The orders of a window, newest first. */
export const ordersMade = query<Api.OrdersMadeQuery, Api.OrdersMadeQueryVariables>(
  `query OrdersMade($query: String!, $after: String) {
    orders(first: 50, after: $after, query: $query, sortKey: CREATED_AT, reverse: true) {
      nodes { id createdAt } pageInfo { hasNextPage endCursor }
    }
  }`,
);
