/** What we ask of each thing at Shopify, wherever it stands in an operation. */

/**
 * How many children come with the order itself. They keep the most an order can cost below the 1,000
 * points that one query may ask for; what is longer is followed page by page.
 */
export const FIRST = {
  lines: 10,
  fulfillments: 5,
  fulfillmentLines: 10,
  scans: 5,
  fulfillmentOrders: 5,
  fulfillmentOrderLines: 10,
  refunds: 3,
  refundLines: 8,
  transactions: 10,
  returns: 2,
  returnLines: 8,
} as const;

export const MONEY = `
fragment Money on MoneyBag {
  shopMoney { amount currencyCode }
  presentmentMoney { amount currencyCode }
}`;

const ADDRESS = `
fragment Address on MailingAddress {
  firstName lastName name company address1 address2 city province provinceCode countryCodeV2 zip phone
}`;

export const LINE = `
fragment Line on LineItem {
  id title variantTitle sku quantity currentQuantity requiresShipping
  product { id } variant { id barcode } image { url } weight { unit value }
  originalUnitPriceSet { ...Money } originalTotalSet { ...Money }
  taxLines { title rate priceSet { ...Money } }
  discountAllocations { allocatedAmountSet { ...Money } discountApplication { index } }
  customAttributes { key value }
}`;

export const TRANSACTION = `
fragment Transaction on OrderTransaction {
  id kind status gateway createdAt processedAt
  amountSet { ...Money } parentTransaction { id }
}`;

export const FULFILLMENT = `
fragment Fulfillment on Fulfillment {
  id status displayStatus createdAt updatedAt deliveredAt estimatedDeliveryAt
  location { id }
  trackingInfo { company number url }
  fulfillmentLineItems(first: ${FIRST.fulfillmentLines}) {
    nodes { id quantity lineItem { id } } pageInfo { hasNextPage endCursor }
  }
  events(first: ${FIRST.scans}, sortKey: HAPPENED_AT) {
    nodes { id status message happenedAt city province country } pageInfo { hasNextPage endCursor }
  }
}`;

export const FULFILLMENT_ORDER = `
fragment FulfillmentOrder on FulfillmentOrder {
  id status fulfillBy
  assignedLocation { name location { id } }
  deliveryMethod { methodType }
  destination { firstName lastName company address1 address2 city province zip countryCode phone }
  fulfillmentHolds { id reason reasonNotes displayReason }
  supportedActions { action }
  lineItems(first: ${FIRST.fulfillmentOrderLines}) {
    nodes { id totalQuantity remainingQuantity lineItem { id } } pageInfo { hasNextPage endCursor }
  }
}`;

export const REFUND_LINE = `
fragment RefundLine on RefundLineItem {
  quantity restockType restocked lineItem { id }
  subtotalSet { ...Money } totalTaxSet { ...Money }
}`;

export const REFUND = `
fragment Refund on Refund {
  id createdAt processedAt note return { id }
  totalRefundedSet { ...Money }
  refundLineItems(first: ${FIRST.refundLines}) { nodes { ...RefundLine } pageInfo { hasNextPage endCursor } }
  refundShippingLines(first: 3) { nodes { subtotalAmountSet { ...Money } taxAmountSet { ...Money } } }
  transactions(first: 5) { nodes { id kind status amountSet { ...Money } } }
}`;

export const RETURN = `
fragment Return on Return {
  id name status createdAt
  decline { reason note }
  returnLineItems(first: ${FIRST.returnLines}) {
    nodes {
      id quantity processedQuantity returnReasonNote customerNote returnReasonDefinition { handle }
      ... on ReturnLineItem { fulfillmentLineItem { id lineItem { id } } }
    }
    pageInfo { hasNextPage endCursor }
  }
  reverseFulfillmentOrders(first: 2) {
    nodes {
      id status
      lineItems(first: ${FIRST.returnLines}) {
        nodes { id totalQuantity fulfillmentLineItem { id } dispositions { type quantity createdAt } }
        pageInfo { hasNextPage endCursor }
      }
      reverseDeliveries(first: 3) {
        nodes {
          id
          deliverable {
            ... on ReverseDeliveryShippingDeliverable {
              tracking { carrierName number url } label { publicFileUrl }
            }
          }
        }
      }
    }
  }
}`;

const ORDER = `
fragment Order on Order {
  id legacyResourceId name sourceName test taxesIncluded edited
  updatedAt processedAt cancelledAt cancelReason closedAt
  displayFinancialStatus displayFulfillmentStatus returnStatus
  note tags email phone paymentGatewayNames
  customAttributes { key value }
  customer { id displayName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } }
  billingAddress { ...Address } shippingAddress { ...Address }
  originalTotalPriceSet { ...Money } totalPriceSet { ...Money } totalDiscountsSet { ...Money }
  currentTotalPriceSet { ...Money } currentSubtotalPriceSet { ...Money }
  currentTotalDiscountsSet { ...Money } currentTotalTaxSet { ...Money }
  originalTotalDutiesSet { ...Money }
  totalReceivedSet { ...Money } totalRefundedSet { ...Money }
  taxLines { title rate priceSet { ...Money } }
  discountApplications(first: 20) {
    nodes {
      index
      ... on DiscountCodeApplication { code }
      ... on AutomaticDiscountApplication { title }
      ... on ManualDiscountApplication { title }
      ... on ScriptDiscountApplication { title }
    }
  }
  shippingLines(first: 5) {
    nodes {
      id title code carrierIdentifier originalPriceSet { ...Money } discountedPriceSet { ...Money }
      taxLines { priceSet { ...Money } }
      discountAllocations { allocatedAmountSet { ...Money } discountApplication { index } }
    }
  }
  lineItems(first: ${FIRST.lines}) { nodes { ...Line } pageInfo { hasNextPage endCursor } }
  transactions(first: ${FIRST.transactions}) { ...Transaction }
  refunds(first: ${FIRST.refunds}) { ...Refund }
  fulfillments(first: ${FIRST.fulfillments}) { ...Fulfillment }
  fulfillmentOrders(first: ${FIRST.fulfillmentOrders}) {
    nodes { ...FulfillmentOrder } pageInfo { hasNextPage endCursor }
  }
}`;

/** Every fragment that an order with the first of its children is made of. */
export const WHOLE_ORDER = [
  ORDER,
  MONEY,
  ADDRESS,
  LINE,
  TRANSACTION,
  FULFILLMENT,
  FULFILLMENT_ORDER,
  REFUND,
  REFUND_LINE,
  RETURN,
];
