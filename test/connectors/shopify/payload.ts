import type {
  BagFragment,
  FulfillmentFragment,
  FulfillmentOrderFragment,
  LineFragment,
  OrderFragment,
  RefundFragment,
  TransactionFragment,
} from "../../../src/connectors/shopify/payload.js";

/** The same amount in both currencies of a US shop. */
export const usd = (amount: string): BagFragment => ({
  shopMoney: { amount, currencyCode: "USD" },
  presentmentMoney: { amount, currencyCode: "USD" },
});

export const page = <T>(nodes: T[]) => ({
  nodes,
  pageInfo: { hasNextPage: false, endCursor: null },
});

export const gid = (type: string, id: number): string => `gid://shopify/${type}/${id}`;

export function linePayload(given: Partial<LineFragment> = {}): LineFragment {
  return {
    id: gid("LineItem", 1),
    title: "Harbor Mug",
    variantTitle: null,
    sku: "MUG-01",
    quantity: 2,
    currentQuantity: 2,
    requiresShipping: true,
    product: null,
    variant: null,
    image: null,
    weight: null,
    originalUnitPriceSet: usd("10.0"),
    originalTotalSet: usd("20.0"),
    taxLines: [],
    discountAllocations: [],
    customAttributes: [],
    ...given,
  };
}

export function refundPayload(given: Partial<RefundFragment> = {}): RefundFragment {
  return {
    id: gid("Refund", 1),
    createdAt: "2026-11-02T10:00:00Z",
    processedAt: "2026-11-02T10:00:00Z",
    note: null,
    return: null,
    totalRefundedSet: usd("0.0"),
    refundLineItems: page([]),
    refundShippingLines: { nodes: [] },
    transactions: { nodes: [] },
    ...given,
  };
}

export function refundedLine(quantity: number, restockType: string, amount = "10.0") {
  return {
    quantity,
    restockType,
    restocked: restockType !== "NO_RESTOCK",
    lineItem: { id: gid("LineItem", 1) },
    subtotalSet: usd(amount),
    totalTaxSet: usd("0.0"),
  };
}

export function transactionPayload(given: Partial<TransactionFragment> = {}): TransactionFragment {
  return {
    id: gid("OrderTransaction", 1),
    kind: "SALE",
    status: "SUCCESS",
    gateway: "bogus",
    createdAt: "2026-11-01T10:00:00Z",
    processedAt: "2026-11-01T10:00:00Z",
    amountSet: usd("25.0"),
    parentTransaction: null,
    ...given,
  };
}

export function fulfillmentPayload(given: Partial<FulfillmentFragment> = {}): FulfillmentFragment {
  return {
    id: gid("Fulfillment", 1),
    status: "SUCCESS",
    displayStatus: "FULFILLED",
    createdAt: "2026-11-01T12:00:00Z",
    updatedAt: "2026-11-01T12:00:00Z",
    deliveredAt: null,
    estimatedDeliveryAt: null,
    location: { id: gid("Location", 1) },
    trackingInfo: [],
    fulfillmentLineItems: page([
      { id: gid("FulfillmentLineItem", 1), quantity: 2, lineItem: { id: gid("LineItem", 1) } },
    ]),
    events: page([]),
    ...given,
  };
}

export function workPayload(
  given: Partial<FulfillmentOrderFragment> = {},
): FulfillmentOrderFragment {
  return {
    id: gid("FulfillmentOrder", 1),
    status: "OPEN",
    fulfillBy: null,
    assignedLocation: { name: "Berlin", location: { id: gid("Location", 1) } },
    deliveryMethod: { methodType: "SHIPPING" },
    destination: null,
    fulfillmentHolds: [],
    supportedActions: [{ action: "CREATE_FULFILLMENT" }],
    lineItems: page([
      {
        id: gid("FulfillmentOrderLineItem", 1),
        totalQuantity: 2,
        remainingQuantity: 2,
        lineItem: { id: gid("LineItem", 1) },
      },
    ]),
    ...given,
  };
}

/** Two mugs at 10.00 and 5.00 for shipping, paid, from one location. */
export function orderPayload(given: Partial<OrderFragment> = {}): OrderFragment {
  return {
    id: gid("Order", 1),
    legacyResourceId: "1",
    name: "#1001",
    sourceName: "web",
    test: false,
    taxesIncluded: false,
    edited: false,
    updatedAt: "2026-11-01T10:00:00Z",
    processedAt: "2026-11-01T09:59:00Z",
    cancelledAt: null,
    cancelReason: null,
    closedAt: null,
    displayFinancialStatus: "PAID",
    displayFulfillmentStatus: "UNFULFILLED",
    returnStatus: "NO_RETURN",
    note: null,
    tags: [],
    email: null,
    phone: null,
    paymentGatewayNames: ["bogus"],
    customAttributes: [],
    customer: null,
    billingAddress: null,
    shippingAddress: null,
    originalTotalPriceSet: usd("25.0"),
    totalPriceSet: usd("25.0"),
    totalDiscountsSet: usd("0.0"),
    currentTotalPriceSet: usd("25.0"),
    currentSubtotalPriceSet: usd("20.0"),
    currentTotalDiscountsSet: usd("0.0"),
    currentTotalTaxSet: usd("0.0"),
    originalTotalDutiesSet: null,
    totalReceivedSet: usd("25.0"),
    totalRefundedSet: usd("0.0"),
    taxLines: [],
    discountApplications: { nodes: [] },
    shippingLines: {
      nodes: [
        {
          id: gid("ShippingLine", 1),
          title: "Standard",
          code: null,
          carrierIdentifier: null,
          originalPriceSet: usd("5.0"),
          discountedPriceSet: usd("5.0"),
          taxLines: [],
          discountAllocations: [],
        },
      ],
    },
    lineItems: page([linePayload()]),
    transactions: [transactionPayload()],
    refunds: [],
    fulfillments: [],
    fulfillmentOrders: page([workPayload()]),
    ...given,
  };
}
