/**
 * What the operations send and are answered, by Shopify's schema 2026-10; long, since it says it of every one.
 * Made by `npx graphql-codegen`; enums are plain text, since their values grow between versions.
 */

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  | T
  | { [P in keyof T]?: P extends " $fragmentName" | "__typename" ? T[P] : never };
export type AttributeInput = {
  key: string;
  value: string;
};

export type ExchangeLineItemAppliedDiscountInput = {
  description?: string | null | undefined;
  value: ExchangeLineItemAppliedDiscountValueInput;
};

export type ExchangeLineItemAppliedDiscountValueInput =
  | { amount: MoneyInput; percentage?: never }
  | { amount?: never; percentage: number };

export type ExchangeLineItemInput = {
  appliedDiscount?: ExchangeLineItemAppliedDiscountInput | null | undefined;
  giftCardCodes?: Array<string> | null | undefined;
  quantity: number;
  variantId?: string | null | undefined;
};

export type FulfillmentEventInput = {
  address1?: string | null | undefined;
  city?: string | null | undefined;
  country?: string | null | undefined;
  estimatedDeliveryAt?: string | null | undefined;
  fulfillmentId: string;
  happenedAt?: string | null | undefined;
  latitude?: number | null | undefined;
  longitude?: number | null | undefined;
  message?: string | null | undefined;
  province?: string | null | undefined;
  status: string;
  zip?: string | null | undefined;
};

export type FulfillmentInput = {
  lineItemsByFulfillmentOrder: Array<FulfillmentOrderLineItemsInput>;
  notifyCustomer?: boolean | null | undefined;
  originAddress?: FulfillmentOriginAddressInput | null | undefined;
  trackingInfo?: FulfillmentTrackingInput | null | undefined;
};

export type FulfillmentOrderHoldInput = {
  externalId?: string | null | undefined;
  fulfillmentOrderLineItems?: Array<FulfillmentOrderLineItemInput> | null | undefined;
  handle?: string | null | undefined;
  notifyMerchant?: boolean | null | undefined;
  reason: string;
  reasonNotes?: string | null | undefined;
};

export type FulfillmentOrderLineItemInput = {
  id: string;
  quantity: number;
};

export type FulfillmentOrderLineItemsInput = {
  fulfillmentOrderId: string;
  fulfillmentOrderLineItems?: Array<FulfillmentOrderLineItemInput> | null | undefined;
};

export type FulfillmentOriginAddressInput = {
  address1?: string | null | undefined;
  address2?: string | null | undefined;
  city?: string | null | undefined;
  countryCode: string;
  provinceCode?: string | null | undefined;
  zip?: string | null | undefined;
};

export type FulfillmentTrackingInput = {
  company?: string | null | undefined;
  number?: string | null | undefined;
  numbers?: Array<string> | null | undefined;
  url?: string | null | undefined;
  urls?: Array<string> | null | undefined;
};

export type LocalizedFieldInput = {
  key: string;
  value: string;
};

export type MailingAddressInput = {
  address1?: string | null | undefined;
  address2?: string | null | undefined;
  city?: string | null | undefined;
  company?: string | null | undefined;
  countryCode?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  phone?: string | null | undefined;
  provinceCode?: string | null | undefined;
  zip?: string | null | undefined;
};

export type MetafieldInput = {
  id?: string | null | undefined;
  key?: string | null | undefined;
  namespace?: string | null | undefined;
  type?: string | null | undefined;
  value?: string | null | undefined;
};

export type MoneyInput = {
  amount: string;
  currencyCode: string;
};

export type OrderCancelRefundMethodInput =
  | { originalPaymentMethodsRefund: boolean; storeCreditRefund?: never }
  | { originalPaymentMethodsRefund?: never; storeCreditRefund: OrderCancelStoreCreditRefundInput };

export type OrderCancelStoreCreditRefundInput = {
  expiresAt?: string | null | undefined;
};

export type OrderInput = {
  customAttributes?: Array<AttributeInput> | null | undefined;
  email?: string | null | undefined;
  id: string;
  localizedFields?: Array<LocalizedFieldInput> | null | undefined;
  metafields?: Array<MetafieldInput> | null | undefined;
  note?: string | null | undefined;
  phone?: string | null | undefined;
  poNumber?: string | null | undefined;
  shippingAddress?: MailingAddressInput | null | undefined;
  tags?: Array<string> | null | undefined;
};

export type OrderTransactionInput = {
  amount: string;
  gateway: string;
  kind: string;
  orderId: string;
  parentId?: string | null | undefined;
};

export type RefundDutyInput = {
  dutyId: string;
  refundType?: string | null | undefined;
};

export type RefundInput = {
  allowOverRefunding?: boolean | null | undefined;
  currency?: string | null | undefined;
  discrepancyReason?: string | null | undefined;
  note?: string | null | undefined;
  notify?: boolean | null | undefined;
  orderId: string;
  processedAt?: string | null | undefined;
  refundDuties?: Array<RefundDutyInput> | null | undefined;
  refundLineItems?: Array<RefundLineItemInput> | null | undefined;
  refundMethods?: Array<RefundMethodInput> | null | undefined;
  shipping?: ShippingRefundInput | null | undefined;
  transactions?: Array<OrderTransactionInput> | null | undefined;
};

export type RefundLineItemInput = {
  lineItemId: string;
  locationId?: string | null | undefined;
  quantity: number;
  restockType?: string | null | undefined;
};

export type RefundMethodInput = { storeCreditRefund: StoreCreditRefundInput };

export type RefundShippingInput = {
  fullRefund?: boolean | null | undefined;
  shippingRefundAmount?: MoneyInput | null | undefined;
};

export type RestockingFeeInput = {
  percentage: number;
};

export type ReturnApproveRequestInput = {
  id: string;
  notifyCustomer?: boolean | null | undefined;
};

export type ReturnDeclineRequestInput = {
  declineNote?: string | null | undefined;
  declineReason: string;
  id: string;
  notifyCustomer?: boolean | null | undefined;
};

export type ReturnInput = {
  exchangeLineItems?: Array<ExchangeLineItemInput> | null | undefined;
  orderId: string;
  requestedAt?: string | null | undefined;
  returnLineItems: Array<ReturnLineItemInput>;
  returnShippingFee?: ReturnShippingFeeInput | null | undefined;
};

export type ReturnLineItemInput = {
  fulfillmentLineItemId: string;
  quantity: number;
  restockingFee?: RestockingFeeInput | null | undefined;
  returnReasonDefinitionId?: string | null | undefined;
  returnReasonNote?: string | null | undefined;
};

export type ReturnLineItemRemoveFromReturnInput = {
  quantity: number;
  returnLineItemId: string;
};

export type ReturnProcessExchangeLineItemInput = {
  id: string;
  quantity: number;
};

export type ReturnProcessFinancialTransferInput = { issueRefund: ReturnProcessRefundInput };

export type ReturnProcessInput = {
  exchangeLineItems?: Array<ReturnProcessExchangeLineItemInput> | null | undefined;
  financialTransfer?: ReturnProcessFinancialTransferInput | null | undefined;
  note?: string | null | undefined;
  notifyCustomer?: boolean | null | undefined;
  refundDuties?: Array<RefundDutyInput> | null | undefined;
  refundShipping?: RefundShippingInput | null | undefined;
  returnId: string;
  returnLineItems?: Array<ReturnProcessReturnLineItemInput> | null | undefined;
  tipLineId?: string | null | undefined;
};

export type ReturnProcessRefundInput = {
  allowOverRefunding?: boolean | null | undefined;
  orderTransactions: Array<ReturnRefundOrderTransactionInput>;
  refundMethods?: Array<RefundMethodInput> | null | undefined;
};

export type ReturnProcessReturnLineItemInput = {
  dispositions?: Array<ReverseFulfillmentOrderDisposeInput> | null | undefined;
  id: string;
  quantity: number;
};

export type ReturnRefundOrderTransactionInput = {
  parentId: string;
  transactionAmount: MoneyInput;
};

export type ReturnRequestInput = {
  orderId: string;
  returnLineItems: Array<ReturnRequestLineItemInput>;
  returnShippingFee?: ReturnShippingFeeInput | null | undefined;
};

export type ReturnRequestLineItemInput = {
  customerNote?: string | null | undefined;
  fulfillmentLineItemId: string;
  quantity: number;
  restockingFee?: RestockingFeeInput | null | undefined;
  returnReasonDefinitionId?: string | null | undefined;
};

export type ReturnShippingFeeInput = {
  amount: MoneyInput;
};

export type ReverseDeliveryTrackingInput = {
  number?: string | null | undefined;
  url?: string | null | undefined;
};

export type ReverseFulfillmentOrderDisposeInput = {
  dispositionType: string;
  locationId?: string | null | undefined;
  quantity: number;
  reverseFulfillmentOrderLineItemId: string;
};

export type ShippingRefundInput = {
  amount?: string | null | undefined;
  fullRefund?: boolean | null | undefined;
};

export type StoreCreditRefundInput = {
  amount: MoneyInput;
  expiresAt?: string | null | undefined;
};

export type BulkRunMutationVariables = Exact<{
  query: string;
}>;

export type BulkRunMutation = {
  bulkOperationRunQuery: {
    bulkOperation: BulkFragment | null;
    userErrors: Array<{ field: Array<string> | null; message: string; code: string | null }>;
  } | null;
};

export type BulkFragment = {
  id: string;
  status: string;
  errorCode: string | null;
  createdAt: string;
  url: string | null;
  partialDataUrl: string | null;
};

export type FulfillmentCancelMutationVariables = Exact<{
  id: string;
}>;

export type FulfillmentCancelMutation = {
  fulfillmentCancel: {
    fulfillment: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string }>;
  } | null;
};

export type FulfillmentCreateMutationVariables = Exact<{
  fulfillment: FulfillmentInput;
}>;

export type FulfillmentCreateMutation = {
  fulfillmentCreate: {
    fulfillment: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string }>;
  } | null;
};

export type FulfillmentEventCreateMutationVariables = Exact<{
  event: FulfillmentEventInput;
}>;

export type FulfillmentEventCreateMutation = {
  fulfillmentEventCreate: {
    fulfillmentEvent: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string }>;
  } | null;
};

export type OrderCancelMutationVariables = Exact<{
  id: string;
  reason: string;
  restock: boolean;
  notifyCustomer?: boolean | null | undefined;
  refundMethod?: OrderCancelRefundMethodInput | null | undefined;
}>;

export type OrderCancelMutation = {
  orderCancel: {
    job: { id: string; done: boolean } | null;
    orderCancelUserErrors: Array<{
      field: Array<string> | null;
      message: string;
      code: string | null;
    }>;
  } | null;
};

export type OrderUpdateMutationVariables = Exact<{
  input: OrderInput;
}>;

export type OrderUpdateMutation = {
  orderUpdate: {
    order: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string }>;
  } | null;
};

export type RefundCreateMutationVariables = Exact<{
  input: RefundInput;
  key: string;
}>;

export type RefundCreateMutation = {
  refundCreate: {
    refund: RefundFragment | null;
    userErrors: Array<{ field: Array<string> | null; message: string }>;
  } | null;
};

export type RefundFragment = {
  id: string;
  createdAt: string | null;
  processedAt: string;
  note: string | null;
  return: { id: string } | null;
  totalRefundedSet: BagFragment;
  refundLineItems: {
    nodes: Array<RefundLineFragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
  refundShippingLines: { nodes: Array<RefundShippingFragment> };
  transactions: { nodes: Array<RefundTransactionFragment> };
};

export type BagFragment = {
  shopMoney: { amount: string; currencyCode: string };
  presentmentMoney: { amount: string; currencyCode: string };
};

export type RefundLineFragment = {
  quantity: number;
  restockType: string;
  restocked: boolean;
  lineItem: { id: string };
  subtotalSet: BagFragment;
  totalTaxSet: BagFragment;
};

export type RefundShippingFragment = { subtotalAmountSet: BagFragment; taxAmountSet: BagFragment };

export type RefundTransactionFragment = {
  id: string;
  kind: string;
  status: string;
  amountSet: BagFragment;
};

export type RemoveFromReturnMutationVariables = Exact<{
  id: string;
  lines?: Array<ReturnLineItemRemoveFromReturnInput> | null | undefined;
}>;

export type RemoveFromReturnMutation = {
  removeFromReturn: {
    return: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string; code: string | null }>;
  } | null;
};

export type ReturnApproveMutationVariables = Exact<{
  input: ReturnApproveRequestInput;
}>;

export type ReturnApproveMutation = {
  returnApproveRequest: {
    return: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string; code: string | null }>;
  } | null;
};

export type ReturnCancelMutationVariables = Exact<{
  id: string;
}>;

export type ReturnCancelMutation = {
  returnCancel: {
    return: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string; code: string | null }>;
  } | null;
};

export type ReturnCloseMutationVariables = Exact<{
  id: string;
}>;

export type ReturnCloseMutation = {
  returnClose: {
    return: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string; code: string | null }>;
  } | null;
};

export type ReturnCreateMutationVariables = Exact<{
  input: ReturnInput;
}>;

export type ReturnCreateMutation = {
  returnCreate: {
    return: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string; code: string | null }>;
  } | null;
};

export type ReturnDeclineMutationVariables = Exact<{
  input: ReturnDeclineRequestInput;
}>;

export type ReturnDeclineMutation = {
  returnDeclineRequest: {
    return: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string; code: string | null }>;
  } | null;
};

export type ReturnProcessMutationVariables = Exact<{
  input: ReturnProcessInput;
}>;

export type ReturnProcessMutation = {
  returnProcess: {
    return: { id: string; refunds: { nodes: Array<RefundFragment> } } | null;
    userErrors: Array<{ field: Array<string> | null; message: string; code: string | null }>;
  } | null;
};

export type ReturnRequestMutationVariables = Exact<{
  input: ReturnRequestInput;
}>;

export type ReturnRequestMutation = {
  returnRequest: {
    return: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string; code: string | null }>;
  } | null;
};

export type ReverseDeliveryCreateMutationVariables = Exact<{
  id: string;
  tracking?: ReverseDeliveryTrackingInput | null | undefined;
  notifyCustomer?: boolean | null | undefined;
}>;

export type ReverseDeliveryCreateMutation = {
  reverseDeliveryCreateWithShipping: {
    reverseDelivery: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string; code: string | null }>;
  } | null;
};

export type ReverseDeliveryUpdateMutationVariables = Exact<{
  id: string;
  tracking?: ReverseDeliveryTrackingInput | null | undefined;
  notifyCustomer?: boolean | null | undefined;
}>;

export type ReverseDeliveryUpdateMutation = {
  reverseDeliveryShippingUpdate: {
    reverseDelivery: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string; code: string | null }>;
  } | null;
};

export type TagsAddMutationVariables = Exact<{
  id: string;
  tags: Array<string>;
}>;

export type TagsAddMutation = {
  tagsAdd: { userErrors: Array<{ field: Array<string> | null; message: string }> } | null;
};

export type TagsRemoveMutationVariables = Exact<{
  id: string;
  tags: Array<string>;
}>;

export type TagsRemoveMutation = {
  tagsRemove: { userErrors: Array<{ field: Array<string> | null; message: string }> } | null;
};

export type TrackingUpdateMutationVariables = Exact<{
  id: string;
  tracking: FulfillmentTrackingInput;
  notifyCustomer?: boolean | null | undefined;
}>;

export type TrackingUpdateMutation = {
  fulfillmentTrackingInfoUpdate: {
    fulfillment: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string }>;
  } | null;
};

export type WebhookCreateMutationVariables = Exact<{
  topic: string;
  uri: string;
}>;

export type WebhookCreateMutation = {
  webhookSubscriptionCreate: {
    webhookSubscription: SubscriptionFragment | null;
    userErrors: Array<{ field: Array<string> | null; message: string }>;
  } | null;
};

export type SubscriptionFragment = { id: string; topic: string; uri: string; format: string };

export type WebhookDeleteMutationVariables = Exact<{
  id: string;
}>;

export type WebhookDeleteMutation = {
  webhookSubscriptionDelete: {
    deletedWebhookSubscriptionId: string | null;
    userErrors: Array<{ field: Array<string> | null; message: string }>;
  } | null;
};

export type WorkHoldMutationVariables = Exact<{
  id: string;
  hold: FulfillmentOrderHoldInput;
}>;

export type WorkHoldMutation = {
  fulfillmentOrderHold: {
    fulfillmentHold: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string; code: string | null }>;
  } | null;
};

export type WorkMoveMutationVariables = Exact<{
  id: string;
  locationId: string;
  rows?: Array<FulfillmentOrderLineItemInput> | null | undefined;
}>;

export type WorkMoveMutation = {
  fulfillmentOrderMove: {
    movedFulfillmentOrder: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string }>;
  } | null;
};

export type WorkReleaseMutationVariables = Exact<{
  id: string;
  holdIds: Array<string>;
}>;

export type WorkReleaseMutation = {
  fulfillmentOrderReleaseHold: {
    fulfillmentOrder: { id: string } | null;
    userErrors: Array<{ field: Array<string> | null; message: string; code: string | null }>;
  } | null;
};

export type BulkOrdersQueryVariables = Exact<{ [key: string]: never }>;

export type BulkOrdersQuery = {
  orders: {
    edges: Array<{
      node: {
        createdAt: string;
        discountCodes: Array<string>;
        transactions: Array<TransactionFragment>;
        fulfillments: Array<{ id: string }>;
        refunds: Array<{ id: string }>;
        lineItems: { edges: Array<{ node: LineFragment & { __typename: "LineItem" } }> };
        shippingLines: {
          edges: Array<{ node: ShippingFragment & { __typename: "ShippingLine" } }>;
        };
        fulfillmentOrders: {
          edges: Array<{
            node: {
              lineItems: {
                edges: Array<{
                  node: FulfillmentOrderLineFragment & { __typename: "FulfillmentOrderLineItem" };
                }>;
              };
            } & WorkFactsFragment & { __typename: "FulfillmentOrder" };
          }>;
        };
      } & OrderFactsFragment & { __typename: "Order" };
    }>;
  };
};

export type OrderFactsFragment = {
  id: string;
  legacyResourceId: string;
  name: string;
  sourceName: string | null;
  test: boolean;
  taxesIncluded: boolean;
  edited: boolean;
  updatedAt: string;
  processedAt: string;
  cancelledAt: string | null;
  cancelReason: string | null;
  closedAt: string | null;
  displayFinancialStatus: string | null;
  displayFulfillmentStatus: string;
  returnStatus: string;
  note: string | null;
  tags: Array<string>;
  email: string | null;
  phone: string | null;
  paymentGatewayNames: Array<string>;
  customAttributes: Array<AttributeFragment>;
  customer: CustomerFragment | null;
  billingAddress: AddressFragment | null;
  shippingAddress: AddressFragment | null;
  originalTotalPriceSet: BagFragment;
  totalPriceSet: BagFragment;
  totalDiscountsSet: BagFragment | null;
  currentTotalPriceSet: BagFragment;
  currentSubtotalPriceSet: BagFragment;
  currentTotalDiscountsSet: BagFragment;
  currentTotalTaxSet: BagFragment;
  originalTotalDutiesSet: BagFragment | null;
  totalReceivedSet: BagFragment;
  totalRefundedSet: BagFragment;
  taxLines: Array<TaxFragment>;
};

export type TransactionFragment = {
  id: string;
  kind: string;
  status: string;
  gateway: string | null;
  createdAt: string;
  processedAt: string | null;
  amountSet: BagFragment;
  parentTransaction: { id: string } | null;
};

export type LineFragment = {
  id: string;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  quantity: number;
  currentQuantity: number;
  requiresShipping: boolean;
  product: { id: string } | null;
  variant: { id: string; barcode: string | null } | null;
  image: { url: string } | null;
  weight: { unit: string; value: number } | null;
  originalUnitPriceSet: BagFragment;
  originalTotalSet: BagFragment;
  taxLines: Array<TaxFragment>;
  discountAllocations: Array<AllocationFragment>;
  customAttributes: Array<AttributeFragment>;
};

export type ShippingFragment = {
  id: string | null;
  title: string;
  code: string | null;
  carrierIdentifier: string | null;
  originalPriceSet: BagFragment;
  discountedPriceSet: BagFragment;
  taxLines: Array<TaxFragment>;
  discountAllocations: Array<AllocationFragment>;
};

export type WorkFactsFragment = {
  id: string;
  status: string;
  fulfillBy: string | null;
  assignedLocation: { name: string; location: { id: string } | null };
  deliveryMethod: { methodType: string } | null;
  destination: DestinationFragment | null;
  fulfillmentHolds: Array<HoldFragment>;
  supportedActions: Array<{ action: string }>;
};

export type FulfillmentOrderLineFragment = {
  id: string;
  totalQuantity: number;
  remainingQuantity: number;
  lineItem: { id: string };
};

export type AttributeFragment = { key: string; value: string | null };

export type CustomerFragment = {
  id: string;
  displayName: string;
  defaultEmailAddress: { emailAddress: string } | null;
  defaultPhoneNumber: { phoneNumber: string } | null;
};

export type AddressFragment = {
  firstName: string | null;
  lastName: string | null;
  name: string | null;
  company: string | null;
  address1: string | null;
  address2: string | null;
  city: string | null;
  province: string | null;
  provinceCode: string | null;
  countryCodeV2: string | null;
  zip: string | null;
  phone: string | null;
};

export type TaxFragment = { title: string; rate: number | null; priceSet: BagFragment };

export type AllocationFragment = {
  allocatedAmountSet: BagFragment;
  discountApplication: { index: number };
};

export type DestinationFragment = {
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  address1: string | null;
  address2: string | null;
  city: string | null;
  province: string | null;
  zip: string | null;
  countryCode: string | null;
  phone: string | null;
};

export type HoldFragment = {
  id: string;
  reason: string;
  reasonNotes: string | null;
  displayReason: string;
  handle: string | null;
  heldByRequestingApp: boolean;
};

export type BulkRecentQueryVariables = Exact<{ [key: string]: never }>;

export type BulkRecentQuery = {
  bulkOperations: { nodes: Array<{ query: string } & BulkFragment> };
};

export type BulkStateQueryVariables = Exact<{
  id: string;
}>;

export type BulkStateQuery = { bulkOperation: BulkFragment | null };

export type FirstOrderQueryVariables = Exact<{ [key: string]: never }>;

export type FirstOrderQuery = { orders: { nodes: Array<{ createdAt: string }> } };

export type FulfillmentIdsQueryVariables = Exact<{
  id: string;
}>;

export type FulfillmentIdsQuery = { order: { fulfillments: Array<{ id: string }> } | null };

export type JobQueryVariables = Exact<{
  id: string;
}>;

export type JobQuery = { job: { id: string; done: boolean } | null };

export type LocationsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;

export type LocationsQuery = {
  locations: {
    nodes: Array<{
      id: string;
      name: string;
      address: {
        address1: string | null;
        address2: string | null;
        city: string | null;
        province: string | null;
        provinceCode: string | null;
        countryCode: string | null;
        zip: string | null;
        phone: string | null;
      };
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type ManyDiscountsQueryVariables = Exact<{
  id: string;
}>;

export type ManyDiscountsQuery = {
  order: {
    discountApplications: {
      nodes: Array<{ title: string; index: number } | { code: string; index: number }>;
    };
  } | null;
};

export type ManyOfRefundQueryVariables = Exact<{
  id: string;
}>;

export type ManyOfRefundQuery = {
  refund: {
    refundShippingLines: { nodes: Array<RefundShippingFragment> };
    transactions: { nodes: Array<RefundTransactionFragment> };
  } | null;
};

export type ManyReverseDeliveriesQueryVariables = Exact<{
  id: string;
}>;

export type ManyReverseDeliveriesQuery = {
  reverseFulfillmentOrder: { reverseDeliveries: { nodes: Array<ReverseDeliveryFragment> } } | null;
};

export type ReverseDeliveryFragment = {
  id: string;
  deliverable: {
    tracking: { carrierName: string | null; number: string | null; url: string | null } | null;
    label: { publicFileUrl: string | null } | null;
  } | null;
};

export type ManyReversesQueryVariables = Exact<{
  id: string;
}>;

export type ManyReversesQuery = {
  return: { reverseFulfillmentOrders: { nodes: Array<ReverseFragment> } } | null;
};

export type ReverseFragment = {
  id: string;
  status: string;
  lineItems: {
    nodes: Array<ReverseLineFragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
  reverseDeliveries: { nodes: Array<ReverseDeliveryFragment> };
};

export type ReverseLineFragment = {
  id: string;
  totalQuantity: number;
  fulfillmentLineItem: { id: string } | null;
  dispositions: Array<{ type: string; quantity: number; createdAt: string }>;
};

export type ManyShippingLinesQueryVariables = Exact<{
  id: string;
}>;

export type ManyShippingLinesQuery = {
  order: { shippingLines: { nodes: Array<ShippingFragment> } } | null;
};

export type ManyTransactionsQueryVariables = Exact<{
  id: string;
}>;

export type ManyTransactionsQuery = { order: { transactions: Array<TransactionFragment> } | null };

export type MoreExchangesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;

export type MoreExchangesQuery = {
  return: {
    exchangeLineItems: {
      nodes: Array<ExchangeFragment>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type ExchangeFragment = {
  id: string;
  quantity: number;
  processableQuantity: number;
  lineItems: Array<{ id: string }> | null;
};

export type MoreFulfillmentLinesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;

export type MoreFulfillmentLinesQuery = {
  fulfillment: {
    fulfillmentLineItems: {
      nodes: Array<FulfillmentLineFragment>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type FulfillmentLineFragment = {
  id: string;
  quantity: number | null;
  lineItem: { id: string };
};

export type MoreFulfillmentOrderLinesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;

export type MoreFulfillmentOrderLinesQuery = {
  fulfillmentOrder: {
    lineItems: {
      nodes: Array<FulfillmentOrderLineFragment>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type MoreFulfillmentOrdersQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;

export type MoreFulfillmentOrdersQuery = {
  order: {
    fulfillmentOrders: {
      nodes: Array<FulfillmentOrderFragment>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type FulfillmentOrderFragment = {
  lineItems: {
    nodes: Array<FulfillmentOrderLineFragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
} & WorkFactsFragment;

export type MoreLinesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;

export type MoreLinesQuery = {
  order: {
    lineItems: {
      nodes: Array<LineFragment>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type MoreRefundLinesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;

export type MoreRefundLinesQuery = {
  refund: {
    refundLineItems: {
      nodes: Array<RefundLineFragment>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type MoreReturnLinesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;

export type MoreReturnLinesQuery = {
  return: {
    returnLineItems: {
      nodes: Array<
        ReturnLine_ReturnLineItem_Fragment | ReturnLine_UnverifiedReturnLineItem_Fragment
      >;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

type ReturnLine_ReturnLineItem_Fragment = {
  id: string;
  quantity: number;
  processedQuantity: number;
  returnReasonNote: string;
  customerNote: string | null;
  fulfillmentLineItem: { id: string; lineItem: { id: string } };
  returnReasonDefinition: { handle: string } | null;
};

type ReturnLine_UnverifiedReturnLineItem_Fragment = {
  id: string;
  quantity: number;
  processedQuantity: number;
  returnReasonNote: string;
  customerNote: string | null;
  returnReasonDefinition: { handle: string } | null;
};

export type ReturnLineFragment =
  | ReturnLine_ReturnLineItem_Fragment
  | ReturnLine_UnverifiedReturnLineItem_Fragment;

export type MoreReturnablesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;

export type MoreReturnablesQuery = {
  returnableFulfillment: {
    returnableFulfillmentLineItems: {
      nodes: Array<ReturnableFragment>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type ReturnableFragment = {
  quantity: number;
  fulfillmentLineItem: { id: string; lineItem: { id: string } };
};

export type MoreReturnsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;

export type MoreReturnsQuery = {
  order: {
    returns: {
      nodes: Array<ReturnFragment>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type ReturnFragment = {
  id: string;
  name: string;
  status: string;
  createdAt: string;
  decline: { reason: string; note: string | null } | null;
  returnLineItems: {
    nodes: Array<ReturnLine_ReturnLineItem_Fragment | ReturnLine_UnverifiedReturnLineItem_Fragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
  exchangeLineItems: {
    nodes: Array<ExchangeFragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
  reverseFulfillmentOrders: { nodes: Array<ReverseFragment> };
};

export type MoreReverseLinesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;

export type MoreReverseLinesQuery = {
  reverseFulfillmentOrder: {
    lineItems: {
      nodes: Array<ReverseLineFragment>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type MoreScansQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;

export type MoreScansQuery = {
  fulfillment: {
    events: {
      nodes: Array<ScanFragment>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type ScanFragment = {
  id: string;
  status: string;
  message: string | null;
  happenedAt: string;
  city: string | null;
  province: string | null;
  country: string | null;
};

export type OneFulfillmentQueryVariables = Exact<{
  id: string;
}>;

export type OneFulfillmentQuery = { fulfillment: FulfillmentFragment | null };

export type FulfillmentFragment = {
  id: string;
  status: string;
  displayStatus: string | null;
  createdAt: string;
  updatedAt: string;
  deliveredAt: string | null;
  estimatedDeliveryAt: string | null;
  location: { id: string } | null;
  trackingInfo: Array<TrackingFragment>;
  fulfillmentLineItems: {
    nodes: Array<FulfillmentLineFragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
  events: {
    nodes: Array<ScanFragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type TrackingFragment = {
  company: string | null;
  number: string | null;
  url: string | null;
};

export type OneRefundQueryVariables = Exact<{
  id: string;
}>;

export type OneRefundQuery = { refund: RefundFragment | null };

export type OneReturnQueryVariables = Exact<{
  id: string;
}>;

export type OneReturnQuery = { return: ReturnFragment | null };

export type OrderNoteQueryVariables = Exact<{
  id: string;
}>;

export type OrderNoteQuery = { order: { note: string | null } | null };

export type OrderRestQueryVariables = Exact<{
  id: string;
  shipped: boolean;
  refunded: boolean;
  discounted: boolean;
  returns: boolean;
}>;

export type OrderRestQuery = { order: ({ updatedAt: string } & OrderRestFragment) | null };

export type OrderRestFragment = {
  discountApplications?: {
    nodes: Array<{ title: string; index: number } | { code: string; index: number }>;
  };
  refunds?: Array<RefundFragment>;
  fulfillments?: Array<FulfillmentFragment>;
  returns?: {
    nodes: Array<ReturnFragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type OrdersChangedQueryVariables = Exact<{
  query: string;
  after?: string | null | undefined;
}>;

export type OrdersChangedQuery = {
  orders: {
    nodes: Array<{ id: string; updatedAt: string }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type OrdersCountQueryVariables = Exact<{
  query?: string | null | undefined;
}>;

export type OrdersCountQuery = { ordersCount: { count: number; precision: string } | null };

export type OrdersMadeQueryVariables = Exact<{
  query: string;
  after?: string | null | undefined;
}>;

export type OrdersMadeQuery = {
  orders: {
    nodes: Array<{ id: string; createdAt: string }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type OrdersNewestFirstQueryVariables = Exact<{
  after?: string | null | undefined;
}>;

export type OrdersNewestFirstQuery = {
  orders: {
    nodes: Array<{ id: string; updatedAt: string }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type OwnerOfFulfillmentOrderQueryVariables = Exact<{
  id: string;
}>;

export type OwnerOfFulfillmentOrderQuery = { fulfillmentOrder: { orderId: string } | null };

export type OwnerOfReturnQueryVariables = Exact<{
  id: string;
}>;

export type OwnerOfReturnQuery = { return: { order: { id: string } } | null };

export type OwnerOfReverseQueryVariables = Exact<{
  id: string;
}>;

export type OwnerOfReverseQuery = {
  reverseFulfillmentOrder: { order: { id: string } | null } | null;
};

export type OwnerOfReverseDeliveryQueryVariables = Exact<{
  id: string;
}>;

export type OwnerOfReverseDeliveryQuery = {
  reverseDelivery: { reverseFulfillmentOrder: { order: { id: string } | null } } | null;
};

export type PlacesForWorkQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;

export type PlacesForWorkQuery = {
  fulfillmentOrder: {
    locationsForMove: {
      nodes: Array<{
        movable: boolean;
        message: string | null;
        location: { id: string; name: string };
      }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type RefundIdsQueryVariables = Exact<{
  id: string;
}>;

export type RefundIdsQuery = { order: { refunds: Array<{ id: string }> } | null };

export type RefundMadeQueryVariables = Exact<{
  id: string;
}>;

export type RefundMadeQuery = { refund: RefundFragment | null };

export type RefundNotesQueryVariables = Exact<{
  id: string;
}>;

export type RefundNotesQuery = {
  order: { refunds: Array<{ id: string; note: string | null }> } | null;
};

export type ReturnReasonsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;

export type ReturnReasonsQuery = {
  returnReasonDefinitions: {
    nodes: Array<ReasonFragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type ReasonFragment = { id: string; handle: string; deleted: boolean };

export type ReturnablesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;

export type ReturnablesQuery = {
  returnableFulfillments: {
    nodes: Array<{
      id: string;
      returnableFulfillmentLineItems: {
        nodes: Array<ReturnableFragment>;
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
      };
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type ShopFactsQueryVariables = Exact<{ [key: string]: never }>;

export type ShopFactsQuery = {
  shop: {
    name: string;
    myshopifyDomain: string;
    currencyCode: string;
    ianaTimezone: string;
    plan: { publicDisplayName: string };
  };
  currentAppInstallation: { accessScopes: Array<{ handle: string }> };
};

export type SuggestedRefundQueryVariables = Exact<{
  id: string;
  lines?: Array<RefundLineItemInput> | null | undefined;
  shipping: boolean;
}>;

export type SuggestedRefundQuery = {
  order: {
    taxesIncluded: boolean;
    transactions: Array<TransactionFragment>;
    suggestedRefund: SuggestionFragment | null;
  } | null;
};

export type SuggestionFragment = {
  amountSet: BagFragment;
  maximumRefundableSet: BagFragment;
  shipping: { maximumRefundableSet: BagFragment; taxSet: BagFragment };
  refundLineItems: Array<{
    quantity: number;
    lineItem: { id: string };
    subtotalSet: BagFragment;
    totalTaxSet: BagFragment;
  }>;
  suggestedTransactions: Array<{
    gateway: string | null;
    parentTransaction: { id: string } | null;
    maximumRefundableSet: BagFragment | null;
  }>;
};

export type SurveyQueryVariables = Exact<{
  query: string;
  after?: string | null | undefined;
  returns: boolean;
}>;

export type SurveyQuery = {
  orders: {
    nodes: Array<GlanceFragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type GlanceFragment = {
  id: string;
  processedAt: string;
  updatedAt: string;
  displayFinancialStatus: string | null;
  displayFulfillmentStatus: string;
  returnStatus: string;
  transactions: Array<{ id: string; status: string }>;
  refunds: Array<{ id: string; updatedAt: string }>;
  fulfillments: Array<{
    id: string;
    status: string;
    displayStatus: string | null;
    updatedAt: string;
    events: { nodes: Array<{ id: string }> };
  }>;
  fulfillmentOrders: {
    nodes: Array<{
      id: string;
      status: string;
      updatedAt: string;
      assignedLocation: { name: string };
      fulfillmentHolds: Array<{ id: string }>;
    }>;
    pageInfo: { hasNextPage: boolean };
  };
  returns?: { nodes: Array<GlanceReturnFragment>; pageInfo: { hasNextPage: boolean } };
};

export type GlanceReturnFragment = {
  id: string;
  status: string;
  totalQuantity: number;
  returnLineItems: {
    nodes: Array<{ id: string; quantity: number; processedQuantity: number }>;
    pageInfo: { hasNextPage: boolean };
  };
  reverseFulfillmentOrders: {
    nodes: Array<{
      id: string;
      status: string;
      lineItems: {
        nodes: Array<{ id: string; dispositions: Array<{ type: string; quantity: number }> }>;
      };
      reverseDeliveries: {
        nodes: Array<{
          id: string;
          deliverable: { tracking: { number: string | null } | null } | null;
        }>;
      };
    }>;
  };
};

export type VariantsBySkuQueryVariables = Exact<{
  query: string;
}>;

export type VariantsBySkuQuery = {
  productVariants: { nodes: Array<{ id: string; sku: string | null }> };
};

export type WebhooksQueryVariables = Exact<{
  after?: string | null | undefined;
}>;

export type WebhooksQuery = {
  webhookSubscriptions: {
    nodes: Array<SubscriptionFragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

export type WholeOrderQueryVariables = Exact<{
  id: string;
  returns: boolean;
}>;

export type WholeOrderQuery = { order: OrderFragment | null };

export type OrderFragment = {
  discountApplications: {
    nodes: Array<{ title: string; index: number } | { code: string; index: number }>;
  };
  shippingLines: { nodes: Array<ShippingFragment> };
  lineItems: {
    nodes: Array<LineFragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
  transactions: Array<TransactionFragment>;
  refunds: Array<RefundFragment>;
  fulfillments: Array<FulfillmentFragment>;
  fulfillmentOrders: {
    nodes: Array<FulfillmentOrderFragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
  returns?: {
    nodes: Array<ReturnFragment>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
} & OrderFactsFragment;

export type WorkChangedQueryVariables = Exact<{
  query: string;
  after?: string | null | undefined;
}>;

export type WorkChangedQuery = {
  fulfillmentOrders: {
    nodes: Array<{ id: string; orderId: string; updatedAt: string }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};
