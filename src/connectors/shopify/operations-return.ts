/** The operations that read returns and move them on. */
import { mutation, query } from "./operation.js";
import type * as Api from "./payload.js";

export const moreReturns = query<Api.MoreReturnsQuery, Api.MoreReturnsQueryVariables>(
  `query MoreReturns($id: ID!, $after: String) {
    order(id: $id) {
      returns(first: 5, after: $after) { nodes { ...Return } pageInfo { hasNextPage endCursor } }
    }
  }`,
);

export const oneReturn = query<Api.OneReturnQuery, Api.OneReturnQueryVariables>(
  "query OneReturn($id: ID!) { return(id: $id) { ...Return } }",
);

export const moreReturnLines = query<Api.MoreReturnLinesQuery, Api.MoreReturnLinesQueryVariables>(
  `query MoreReturnLines($id: ID!, $after: String) {
    return(id: $id) {
      returnLineItems(first: 50, after: $after) {
        nodes { ...ReturnLine } pageInfo { hasNextPage endCursor }
      }
    }
  }`,
);

export const moreExchanges = query<Api.MoreExchangesQuery, Api.MoreExchangesQueryVariables>(
  `query MoreExchanges($id: ID!, $after: String) {
    return(id: $id) {
      exchangeLineItems(first: 50, after: $after) {
        nodes { ...Exchange } pageInfo { hasNextPage endCursor }
      }
    }
  }`,
);

/** What is sold under a SKU. A search term that Shopify cannot read is ignored, so that all is found. */
export const variantsBySku = query<Api.VariantsBySkuQuery, Api.VariantsBySkuQueryVariables>(
  `query VariantsBySku($query: String!) {
    productVariants(first: 25, query: $query) { nodes { id sku } }
  }`,
);

export const moreReverseLines = query<
  Api.MoreReverseLinesQuery,
  Api.MoreReverseLinesQueryVariables
>(
  `query MoreReverseLines($id: ID!, $after: String) {
    reverseFulfillmentOrder(id: $id) {
      lineItems(first: 50, after: $after) {
        nodes { ...ReverseLine } pageInfo { hasNextPage endCursor }
      }
    }
  }`,
);

export const ownerOfReturn = query<Api.OwnerOfReturnQuery, Api.OwnerOfReturnQueryVariables>(
  "query OwnerOfReturn($id: ID!) { return(id: $id) { order { id } } }",
);
export const ownerOfReverse = query<Api.OwnerOfReverseQuery, Api.OwnerOfReverseQueryVariables>(
  "query OwnerOfReverse($id: ID!) { reverseFulfillmentOrder(id: $id) { order { id } } }",
);
export const ownerOfReverseDelivery = query<
  Api.OwnerOfReverseDeliveryQuery,
  Api.OwnerOfReverseDeliveryQueryVariables
>(
  "query OwnerOfReverseDelivery($id: ID!) { reverseDelivery(id: $id) { reverseFulfillmentOrder { order { id } } } }",
);

/** What was shipped and may still be sent back: returns name shipped lines, not ordered ones. */
export const returnables = query<Api.ReturnablesQuery, Api.ReturnablesQueryVariables>(
  `query Returnables($id: ID!, $after: String) {
    returnableFulfillments(orderId: $id, first: 6, after: $after) {
      nodes {
        id
        returnableFulfillmentLineItems(first: 50) {
          nodes { ...Returnable } pageInfo { hasNextPage endCursor }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`,
);

export const returnReasons = query<Api.ReturnReasonsQuery, Api.ReturnReasonsQueryVariables>(
  `query ReturnReasons($after: String) {
    returnReasonDefinitions(first: 100, after: $after) {
      nodes { ...Reason } pageInfo { hasNextPage endCursor }
    }
  }`,
);

export const returnCreate = mutation<Api.ReturnCreateMutation, Api.ReturnCreateMutationVariables>(
  `mutation ReturnCreate($input: ReturnInput!) {
    returnCreate(returnInput: $input) { return { id } userErrors { field message code } }
  }`,
);

export const returnRequest = mutation<
  Api.ReturnRequestMutation,
  Api.ReturnRequestMutationVariables
>(
  `mutation ReturnRequest($input: ReturnRequestInput!) {
    returnRequest(input: $input) { return { id } userErrors { field message code } }
  }`,
);

export const returnApprove = mutation<
  Api.ReturnApproveMutation,
  Api.ReturnApproveMutationVariables
>(
  `mutation ReturnApprove($input: ReturnApproveRequestInput!) {
    returnApproveRequest(input: $input) { return { id } userErrors { field message code } }
  }`,
);

export const returnDecline = mutation<
  Api.ReturnDeclineMutation,
  Api.ReturnDeclineMutationVariables
>(
  `mutation ReturnDecline($input: ReturnDeclineRequestInput!) {
    returnDeclineRequest(input: $input) { return { id } userErrors { field message code } }
  }`,
);

export const returnClose = mutation<Api.ReturnCloseMutation, Api.ReturnCloseMutationVariables>(
  `mutation ReturnClose($id: ID!) {
    returnClose(id: $id) { return { id } userErrors { field message code } }
  }`,
);

export const returnCancel = mutation<Api.ReturnCancelMutation, Api.ReturnCancelMutationVariables>(
  `mutation ReturnCancel($id: ID!) {
    returnCancel(id: $id) { return { id } userErrors { field message code } }
  }`,
);

export const removeFromReturn = mutation<
  Api.RemoveFromReturnMutation,
  Api.RemoveFromReturnMutationVariables
>(
  `mutation RemoveFromReturn($id: ID!, $lines: [ReturnLineItemRemoveFromReturnInput!]) {
    removeFromReturn(returnId: $id, returnLineItems: $lines) { return { id } userErrors { field message code } }
  }`,
);

/** Confirms what came back, says what becomes of it, and pays for it where it is told to. Takes no key. */
export const returnProcess = mutation<
  Api.ReturnProcessMutation,
  Api.ReturnProcessMutationVariables
>(
  `mutation ReturnProcess($input: ReturnProcessInput!) {
    returnProcess(input: $input) {
      return { id refunds(first: 10, reverse: true) { nodes { ...Refund } } }
      userErrors { field message code }
    }
  }`,
);

/** No lines: all that is to come back is in the parcel. */
export const reverseDeliveryCreate = mutation<
  Api.ReverseDeliveryCreateMutation,
  Api.ReverseDeliveryCreateMutationVariables
>(
  `mutation ReverseDeliveryCreate($id: ID!, $tracking: ReverseDeliveryTrackingInput, $notifyCustomer: Boolean) {
    reverseDeliveryCreateWithShipping(reverseFulfillmentOrderId: $id, reverseDeliveryLineItems: [], trackingInput: $tracking, notifyCustomer: $notifyCustomer) {
      reverseDelivery { id } userErrors { field message code }
    }
  }`,
);

export const reverseDeliveryUpdate = mutation<
  Api.ReverseDeliveryUpdateMutation,
  Api.ReverseDeliveryUpdateMutationVariables
>(
  `mutation ReverseDeliveryUpdate($id: ID!, $tracking: ReverseDeliveryTrackingInput, $notifyCustomer: Boolean) {
    reverseDeliveryShippingUpdate(reverseDeliveryId: $id, trackingInput: $tracking, notifyCustomer: $notifyCustomer) {
      reverseDelivery { id } userErrors { field message code }
    }
  }`,
);
