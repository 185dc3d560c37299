/** The operations that price and give refunds. */
import { MONEY, REFUND, REFUND_LINE, TRANSACTION } from "./fragments.js";
import { mutation, query } from "./operation.js";
import type { BagPayload, RefundPayload, TransactionPayload, UserErrorPayload } from "./payload.js";

/** One line to be refunded, as Shopify takes it. */
export interface RefundLineInput {
  lineItemId: string;
  quantity: number;
  restockType: string;
  locationId?: string;
}

/** What Shopify suggests to pay back, and by which payments; `transactions` are all of the order's. */
export interface SuggestedPayload {
  order: {
    taxesIncluded: boolean;
    transactions: TransactionPayload[];
    suggestedRefund: {
      amountSet: BagPayload;
      maximumRefundableSet: BagPayload;
      shipping: { maximumRefundableSet: BagPayload; taxSet: BagPayload };
      refundLineItems: {
        quantity: number;
        lineItem: { id: string };
        subtotalSet: BagPayload;
        totalTaxSet: BagPayload;
      }[];
      suggestedTransactions: {
        gateway: string | null;
        parentTransaction: { id: string } | null;
        maximumRefundableSet: BagPayload | null;
      }[];
    } | null;
  } | null;
}

/** What these pieces, and all that is left of the shipping where it is asked for, come to. Changes nothing. */
export const suggestedRefund = query<
  SuggestedPayload,
  { id: string; lines: RefundLineInput[]; shipping: boolean }
>(
  `query SuggestedRefund($id: ID!, $lines: [RefundLineItemInput!], $shipping: Boolean!) {
    order(id: $id) {
      taxesIncluded
      transactions(first: 150) { ...Transaction }
      suggestedRefund(refundLineItems: $lines, refundShipping: $shipping) {
        amountSet { ...Money } maximumRefundableSet { ...Money }
        shipping { maximumRefundableSet { ...Money } taxSet { ...Money } }
        refundLineItems { quantity lineItem { id } subtotalSet { ...Money } totalTaxSet { ...Money } }
        suggestedTransactions { gateway parentTransaction { id } maximumRefundableSet { ...Money } }
      }
    }
  }`,
  [TRANSACTION, MONEY],
);

/** The notes of an order's refunds, in which a step finds its own. */
export const refundNotes = query<
  { order: { refunds: { id: string; note: string | null }[] } | null },
  { id: string }
>("query RefundNotes($id: ID!) { order(id: $id) { refunds(first: 250) { id note } } }");

/** One refund as it stands now. */
export const refundMade = query<{ refund: RefundPayload | null }, { id: string }>(
  "query RefundMade($id: ID!) { refund(id: $id) { ...Refund } }",
  [REFUND, REFUND_LINE, MONEY],
);

/** One payment back over the payment by which it came. */
export interface RefundTransactionInput {
  orderId: string;
  parentId: string;
  gateway: string;
  kind: "REFUND";
  amount: string;
}
export interface RefundInput {
  orderId: string;
  currency: string;
  note: string;
  notify?: boolean;
  refundLineItems: RefundLineInput[];
  shipping?: { amount: string } | { fullRefund: true };
  transactions: RefundTransactionInput[];
  refundMethods?: { storeCreditRefund: { amount: { amount: string; currencyCode: string } } }[];
  discrepancyReason?: string;
}

/** Since 2026-04 only with a key; the same key with the same input answers what was done the first time. */
export const refundCreate = mutation<
  { refundCreate: { refund: RefundPayload | null; userErrors: UserErrorPayload[] } | null },
  { input: RefundInput; key: string }
>(
  `mutation RefundCreate($input: RefundInput!, $key: String!) {
    refundCreate(input: $input) @idempotent(key: $key) {
      refund { ...Refund } userErrors { field message }
    }
  }`,
  [REFUND, REFUND_LINE, MONEY],
);
