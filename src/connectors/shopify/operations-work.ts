/** The operations that hold work back, release it, and give it to another place. */
import { mutation, query } from "./operation.js";
import type * as Api from "./payload.js";

export const workHold = mutation<Api.WorkHoldMutation, Api.WorkHoldMutationVariables>(
  `mutation WorkHold($id: ID!, $hold: FulfillmentOrderHoldInput!) {
    fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) {
      fulfillmentHold { id } userErrors { field message code }
    }
  }`,
);

/** The ids are not optional here: without them Shopify releases the holds of others too. */
export const workRelease = mutation<Api.WorkReleaseMutation, Api.WorkReleaseMutationVariables>(
  `mutation WorkRelease($id: ID!, $holdIds: [ID!]!) {
    fulfillmentOrderReleaseHold(id: $id, holdIds: $holdIds) {
      fulfillmentOrder { id } userErrors { field message code }
    }
  }`,
);

/** Which places may do it, in Shopify's own opinion. */
export const placesForWork = query<Api.PlacesForWorkQuery, Api.PlacesForWorkQueryVariables>(
  `query PlacesForWork($id: ID!, $after: String) {
    fulfillmentOrder(id: $id) {
      locationsForMove(first: 50, after: $after) {
        nodes { movable message location { id name } } pageInfo { hasNextPage endCursor }
      }
    }
  }`,
);

export const workMove = mutation<Api.WorkMoveMutation, Api.WorkMoveMutationVariables>(
  `mutation WorkMove($id: ID!, $locationId: ID!, $rows: [FulfillmentOrderLineItemInput!]) {
    fulfillmentOrderMove(id: $id, newLocationId: $locationId, fulfillmentOrderLineItems: $rows) {
      movedFulfillmentOrder { id } userErrors { field message }
    }
  }`,
);
