/** The operations that look over many orders at once. */
import { query } from "./operation.js";
import type * as Api from "./payload.js";

/** Orders by the time of placing, at a glance; returns only for apps that may see returns. */
export const survey = query<Api.SurveyQuery, Api.SurveyQueryVariables>(
  `query Survey($query: String!, $after: String, $returns: Boolean!) {
    orders(first: 50, after: $after, query: $query, sortKey: PROCESSED_AT) {
      nodes { ...Glance } pageInfo { hasNextPage endCursor }
    }
  }`,
);

/** Fulfillment orders by the time of change: holds and moves do not change their order's. */
export const workChanged = query<Api.WorkChangedQuery, Api.WorkChangedQueryVariables>(
  `query WorkChanged($query: String!, $after: String) {
    fulfillmentOrders(first: 100, after: $after, query: $query, sortKey: UPDATED_AT, includeClosed: true) {
      nodes { id orderId updatedAt } pageInfo { hasNextPage endCursor }
    }
  }`,
);
