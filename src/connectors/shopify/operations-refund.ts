/** The operations that price and give refunds. */
import { mutation, query } from "./operation.js";
import type * as Api from "./payload.js";

/** What these pieces, and all that is left of the shipping where it is asked for, come to. Changes nothing. */
export const suggestedRefund = query<Api.SuggestedRefundQuery, Api.SuggestedRefundQueryVariables>(
  `query SuggestedRefund($id: ID!, $lines: [RefundLineItemInput!], $shipping: Boolean!) {
    order(id: $id) {
      taxesIncluded
      transactions(first: 150) { ...Transaction }
      suggestedRefund(refundLineItems: $lines, refundShipping: $shipping) { ...Suggestion }
    }
  }`,
);

/** The notes of an order's refunds, in which a step finds its own. */
export const refundNotes = query<Api.RefundNotesQuery, Api.RefundNotesQueryVariables>(
  "query RefundNotes($id: ID!) { order(id: $id) { refunds(first: 250) { id note } } }",
);

/** One refund as it stands now. */
export const refundMade = query<Api.RefundMadeQuery, Api.RefundMadeQueryVariables>(
  "query RefundMade($id: ID!) { refund(id: $id) { ...Refund } }",
);

/** Since 2026-04 only with a key; the same key with the same input answers what was done the first time. */
export const refundCreate = mutation<Api.RefundCreateMutation, Api.RefundCreateMutationVariables>(
  `mutation RefundCreate($input: RefundInput!, $key: String!) {
    refundCreate(input: $input) @idempotent(key: $key) {
      refund { ...Refund } userErrors { field message }
    }
  }`,
);
