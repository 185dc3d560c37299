/** The operations that read the whole of a list that came full. So many there are never, or hardly ever. */
import { DISCOUNT } from "./fragments.js";
import { query } from "./operation.js";
import type * as Api from "./payload.js";

export const manyShippingLines = query<
  Api.ManyShippingLinesQuery,
  Api.ManyShippingLinesQueryVariables
>(
  "query ManyShippingLines($id: ID!) { order(id: $id) { shippingLines(first: 50) { nodes { ...Shipping } } } }",
);

export const manyDiscounts = query<Api.ManyDiscountsQuery, Api.ManyDiscountsQueryVariables>(
  `query ManyDiscounts($id: ID!) { order(id: $id) { discountApplications(first: 250) { nodes { ${DISCOUNT} } } } }`,
);

export const manyOfRefund = query<Api.ManyOfRefundQuery, Api.ManyOfRefundQueryVariables>(
  `query ManyOfRefund($id: ID!) {
    refund(id: $id) {
      refundShippingLines(first: 50) { nodes { ...RefundShipping } }
      transactions(first: 100) { nodes { ...RefundTransaction } }
    }
  }`,
);

export const manyReverses = query<Api.ManyReversesQuery, Api.ManyReversesQueryVariables>(
  "query ManyReverses($id: ID!) { return(id: $id) { reverseFulfillmentOrders(first: 20) { nodes { ...Reverse } } } }",
);

export const manyReverseDeliveries = query<
  Api.ManyReverseDeliveriesQuery,
  Api.ManyReverseDeliveriesQueryVariables
>(
  `query ManyReverseDeliveries($id: ID!) {
    reverseFulfillmentOrder(id: $id) { reverseDeliveries(first: 100) { nodes { ...ReverseDelivery } } }
  }`,
);

export const moreReturnables = query<Api.MoreReturnablesQuery, Api.MoreReturnablesQueryVariables>(
  `query MoreReturnables($id: ID!, $after: String) {
    returnableFulfillment(id: $id) {
      returnableFulfillmentLineItems(first: 100, after: $after) {
        nodes { ...Returnable } pageInfo { hasNextPage endCursor }
      }
    }
  }`,
);
