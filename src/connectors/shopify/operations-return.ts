/** The operations that read returns and move them on. */
import { MONEY, REFUND, REFUND_LINE, RETURN } from "./fragments.js";
import { mutation, query } from "./operation.js";
import type { RefundPayload, UserErrorPayload } from "./payload.js";
import type {
  LinesOfReturn,
  LinesOfReverse,
  OwnerOfReturn,
  OwnerOfReverse,
  OwnerOfReverseDelivery,
  ReasonPage,
  Returnables,
  ReturnPayload,
  ReturnsOf,
} from "./payload-return.js";

interface Id {
  id: string;
}
/** The answer of a mutation that makes or moves a return. */
interface Returned {
  return: Id | null;
  userErrors: UserErrorPayload[];
}
interface Delivered {
  reverseDelivery: Id | null;
  userErrors: UserErrorPayload[];
}
interface Processed {
  return: { id: string; refunds: { nodes: RefundPayload[] } } | null;
  userErrors: UserErrorPayload[];
}
type Paged = { id: string; after: string | null };

export const moreReturns = query<ReturnsOf, Paged>(
  `query MoreReturns($id: ID!, $after: String) {
    order(id: $id) {
      returns(first: 5, after: $after) { nodes { ...Return } pageInfo { hasNextPage endCursor } }
    }
  }`,
  [RETURN],
);

export const oneReturn = query<{ return: ReturnPayload | null }, Id>(
  "query OneReturn($id: ID!) { return(id: $id) { ...Return } }",
  [RETURN],
);

export const moreReturnLines = query<LinesOfReturn, Paged>(
  `query MoreReturnLines($id: ID!, $after: String) {
    return(id: $id) {
      returnLineItems(first: 50, after: $after) {
        nodes {
          id quantity processedQuantity returnReasonNote customerNote returnReasonDefinition { handle }
          ... on ReturnLineItem { fulfillmentLineItem { id lineItem { id } } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`,
);

export const moreReverseLines = query<LinesOfReverse, Paged>(
  `query MoreReverseLines($id: ID!, $after: String) {
    reverseFulfillmentOrder(id: $id) {
      lineItems(first: 50, after: $after) {
        nodes { id totalQuantity fulfillmentLineItem { id } dispositions { type quantity createdAt } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`,
);

export const ownerOfReturn = query<OwnerOfReturn, Id>(
  "query OwnerOfReturn($id: ID!) { return(id: $id) { order { id } } }",
);
export const ownerOfReverse = query<OwnerOfReverse, Id>(
  "query OwnerOfReverse($id: ID!) { reverseFulfillmentOrder(id: $id) { order { id } } }",
);
export const ownerOfReverseDelivery = query<OwnerOfReverseDelivery, Id>(
  "query OwnerOfReverseDelivery($id: ID!) { reverseDelivery(id: $id) { reverseFulfillmentOrder { order { id } } } }",
);

/** What was shipped and may still be sent back: returns name shipped lines, not ordered ones. */
export const returnables = query<Returnables, Paged>(
  `query Returnables($id: ID!, $after: String) {
    returnableFulfillments(orderId: $id, first: 10, after: $after) {
      nodes {
        id
        returnableFulfillmentLineItems(first: 50) {
          nodes { quantity fulfillmentLineItem { id lineItem { id } } } pageInfo { hasNextPage }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`,
);

export const returnReasons = query<ReasonPage, { after: string | null }>(
  `query ReturnReasons($after: String) {
    returnReasonDefinitions(first: 100, after: $after) {
      nodes { id handle deleted } pageInfo { hasNextPage endCursor }
    }
  }`,
);

/** One shipped line that comes back, as Shopify takes it. */
export interface ReturnLineInput {
  fulfillmentLineItemId: string;
  quantity: number;
  returnReasonDefinitionId?: string;
  returnReasonNote?: string;
  customerNote?: string;
}
interface ReturnInput {
  orderId: string;
  returnLineItems: ReturnLineInput[];
}

export const returnCreate = mutation<{ returnCreate: Returned | null }, { input: ReturnInput }>(
  `mutation ReturnCreate($input: ReturnInput!) {
    returnCreate(returnInput: $input) { return { id } userErrors { field message code } }
  }`,
);

export const returnRequest = mutation<{ returnRequest: Returned | null }, { input: ReturnInput }>(
  `mutation ReturnRequest($input: ReturnRequestInput!) {
    returnRequest(input: $input) { return { id } userErrors { field message code } }
  }`,
);

export const returnApprove = mutation<
  { returnApproveRequest: Returned | null },
  { input: { id: string; notifyCustomer?: boolean } }
>(
  `mutation ReturnApprove($input: ReturnApproveRequestInput!) {
    returnApproveRequest(input: $input) { return { id } userErrors { field message code } }
  }`,
);

export const returnDecline = mutation<
  { returnDeclineRequest: Returned | null },
  { input: { id: string; declineReason: string; declineNote: string; notifyCustomer?: boolean } }
>(
  `mutation ReturnDecline($input: ReturnDeclineRequestInput!) {
    returnDeclineRequest(input: $input) { return { id } userErrors { field message code } }
  }`,
);

export const returnClose = mutation<{ returnClose: Returned | null }, Id>(
  `mutation ReturnClose($id: ID!) {
    returnClose(id: $id) { return { id } userErrors { field message code } }
  }`,
);

export const returnCancel = mutation<{ returnCancel: Returned | null }, Id>(
  `mutation ReturnCancel($id: ID!) {
    returnCancel(id: $id) { return { id } userErrors { field message code } }
  }`,
);

export const removeFromReturn = mutation<
  { removeFromReturn: Returned | null },
  { id: string; lines: { returnLineItemId: string; quantity: number }[] }
>(
  `mutation RemoveFromReturn($id: ID!, $lines: [ReturnLineItemRemoveFromReturnInput!]) {
    removeFromReturn(returnId: $id, returnLineItems: $lines) { return { id } userErrors { field message code } }
  }`,
);

/** What becomes of some pieces that came back. */
export interface DispositionInput {
  reverseFulfillmentOrderLineItemId: string;
  quantity: number;
  dispositionType: string;
  locationId?: string;
}
export interface ProcessInput {
  returnId: string;
  returnLineItems: { id: string; quantity: number; dispositions: DispositionInput[] }[];
  refundShipping?: { shippingRefundAmount: MoneyInput } | { fullRefund: true };
  financialTransfer?: {
    issueRefund: {
      orderTransactions: { parentId: string; transactionAmount: MoneyInput }[];
      refundMethods?: { storeCreditRefund: { amount: MoneyInput } }[];
    };
  };
  note?: string;
  notifyCustomer?: boolean;
}
export interface MoneyInput {
  amount: string;
  currencyCode: string;
}

/** Confirms what came back, says what becomes of it, and pays for it where it is told to. Takes no key. */
export const returnProcess = mutation<{ returnProcess: Processed | null }, { input: ProcessInput }>(
  `mutation ReturnProcess($input: ReturnProcessInput!) {
    returnProcess(input: $input) {
      return { id refunds(first: 10, reverse: true) { nodes { ...Refund } } }
      userErrors { field message code }
    }
  }`,
  [REFUND, REFUND_LINE, MONEY],
);

interface TrackingInput {
  number: string;
  url?: string;
}

/** No lines: all that is to come back is in the parcel. */
export const reverseDeliveryCreate = mutation<
  { reverseDeliveryCreateWithShipping: Delivered | null },
  { id: string; tracking: TrackingInput; notifyCustomer: boolean | null }
>(
  `mutation ReverseDeliveryCreate($id: ID!, $tracking: ReverseDeliveryTrackingInput, $notifyCustomer: Boolean) {
    reverseDeliveryCreateWithShipping(reverseFulfillmentOrderId: $id, reverseDeliveryLineItems: [], trackingInput: $tracking, notifyCustomer: $notifyCustomer) {
      reverseDelivery { id } userErrors { field message code }
    }
  }`,
);

export const reverseDeliveryUpdate = mutation<
  { reverseDeliveryShippingUpdate: Delivered | null },
  { id: string; tracking: TrackingInput; notifyCustomer: boolean | null }
>(
  `mutation ReverseDeliveryUpdate($id: ID!, $tracking: ReverseDeliveryTrackingInput, $notifyCustomer: Boolean) {
    reverseDeliveryShippingUpdate(reverseDeliveryId: $id, trackingInput: $tracking, notifyCustomer: $notifyCustomer) {
      reverseDelivery { id } userErrors { field message code }
    }
  }`,
);
