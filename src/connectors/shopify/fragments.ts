/** What we ask of each thing at Shopify, wherever it stands in an operation. */

/**
 * How many children come with the order itself. They keep the most an order can cost below the 1,000
 * points that one query may ask for, even where the shop counts every child; what is longer is followed.
 */
export const FIRST = {
  lines: 10,
  fulfillments: 5,
  fulfillmentLines: 8,
  scans: 5,
  fulfillmentOrders: 5,
  fulfillmentOrderLines: 8,
  refunds: 2,
  refundLines: 6,
  refundShippingLines: 3,
  refundTransactions: 5,
  transactions: 10,
  returns: 2,
  returnLines: 6,
  exchanges: 2,
  reverses: 2,
  reverseDeliveries: 3,
  shippingLines: 3,
  discounts: 20,
} as const;

const MONEY = `
fragment Bag on MoneyBag {
  shopMoney { amount currencyCode }
  presentmentMoney { amount currencyCode }
}
fragment Tax on TaxLine { title rate priceSet { ...Bag } }
fragment Allocation on DiscountAllocation {
  allocatedAmountSet { ...Bag } discountApplication { index }
}
fragment Transaction on OrderTransaction {
  id kind status gateway createdAt processedAt
  amountSet { ...Bag } parentTransaction { id }
}
fragment Refund on Refund {
  id createdAt processedAt note return { id }
  totalRefundedSet { ...Bag }
  refundLineItems(first: ${FIRST.refundLines}) { nodes { ...RefundLine } pageInfo { hasNextPage endCursor } }
  refundShippingLines(first: ${FIRST.refundShippingLines}) { nodes { ...RefundShipping } }
  transactions(first: ${FIRST.refundTransactions}) { nodes { ...RefundTransaction } }
}
fragment RefundTransaction on OrderTransaction { id kind status amountSet { ...Bag } }
fragment RefundShipping on RefundShippingLine { subtotalAmountSet { ...Bag } taxAmountSet { ...Bag } }
fragment RefundLine on RefundLineItem {
  quantity restockType restocked lineItem { id }
  subtotalSet { ...Bag } totalTaxSet { ...Bag }
}`;

/** What a refund would come to. */
const QUOTES = `
fragment Suggestion on SuggestedRefund {
  amountSet { ...Bag } maximumRefundableSet { ...Bag }
  shipping { maximumRefundableSet { ...Bag } taxSet { ...Bag } }
  refundLineItems { quantity lineItem { id } subtotalSet { ...Bag } totalTaxSet { ...Bag } }
  suggestedTransactions { gateway parentTransaction { id } maximumRefundableSet { ...Bag } }
}`;

const SHIPMENTS = `
fragment Fulfillment on Fulfillment {
  id status displayStatus createdAt updatedAt deliveredAt estimatedDeliveryAt
  location { id }
  trackingInfo { ...Tracking }
  fulfillmentLineItems(first: ${FIRST.fulfillmentLines}) {
    nodes { ...FulfillmentLine } pageInfo { hasNextPage endCursor }
  }
  events(first: ${FIRST.scans}, sortKey: HAPPENED_AT) { nodes { ...Scan } pageInfo { hasNextPage endCursor } }
}
fragment Tracking on FulfillmentTrackingInfo { company number url }
fragment FulfillmentLine on FulfillmentLineItem { id quantity lineItem { id } }
fragment Scan on FulfillmentEvent { id status message happenedAt city province country }

fragment WorkFacts on FulfillmentOrder {
  id status fulfillBy
  assignedLocation { name location { id } }
  deliveryMethod { methodType }
  destination { ...Destination }
  fulfillmentHolds { ...Hold }
  supportedActions { action }
}
fragment FulfillmentOrder on FulfillmentOrder {
  ...WorkFacts
  lineItems(first: ${FIRST.fulfillmentOrderLines}) {
    nodes { ...FulfillmentOrderLine } pageInfo { hasNextPage endCursor }
  }
}
fragment FulfillmentOrderLine on FulfillmentOrderLineItem { id totalQuantity remainingQuantity lineItem { id } }
fragment Hold on FulfillmentHold { id reason reasonNotes displayReason handle heldByRequestingApp }
fragment Destination on FulfillmentOrderDestination {
  firstName lastName company address1 address2 city province zip countryCode phone
}`;

const RETURNS = `
fragment Return on Return {
  id name status createdAt
  decline { reason note }
  returnLineItems(first: ${FIRST.returnLines}) { nodes { ...ReturnLine } pageInfo { hasNextPage endCursor } }
  exchangeLineItems(first: ${FIRST.exchanges}) { nodes { ...Exchange } pageInfo { hasNextPage endCursor } }
  reverseFulfillmentOrders(first: ${FIRST.reverses}) { nodes { ...Reverse } }
}
fragment Exchange on ExchangeLineItem { id quantity processableQuantity lineItems { id } }
fragment ReturnLine on ReturnLineItemType {
  id quantity processedQuantity returnReasonNote customerNote returnReasonDefinition { handle }
  ... on ReturnLineItem { fulfillmentLineItem { id lineItem { id } } }
}
fragment Reverse on ReverseFulfillmentOrder {
  id status
  lineItems(first: ${FIRST.returnLines}) { nodes { ...ReverseLine } pageInfo { hasNextPage endCursor } }
  reverseDeliveries(first: ${FIRST.reverseDeliveries}) { nodes { ...ReverseDelivery } }
}
fragment Returnable on ReturnableFulfillmentLineItem { quantity fulfillmentLineItem { id lineItem { id } } }
fragment ReverseLine on ReverseFulfillmentOrderLineItem {
  id totalQuantity fulfillmentLineItem { id } dispositions { type quantity createdAt }
}
fragment ReverseDelivery on ReverseDelivery {
  id
  deliverable {
    ... on ReverseDeliveryShippingDeliverable { tracking { carrierName number url } label { publicFileUrl } }
  }
}`;

const SHOPS = `
fragment Reason on ReturnReasonDefinition { id handle deleted }
fragment Subscription on WebhookSubscription { id topic uri format }`;

/** A discount by its place in the order's list; no fragment, since the types of fragments on interfaces come out wrong. */
export const DISCOUNT = `
  index
  ... on DiscountCodeApplication { code }
  ... on AutomaticDiscountApplication { title }
  ... on ManualDiscountApplication { title }
  ... on ScriptDiscountApplication { title }`;

const ORDERS = `
fragment OrderFacts on Order {
  id legacyResourceId name sourceName test taxesIncluded edited
  updatedAt processedAt cancelledAt cancelReason closedAt
  displayFinancialStatus displayFulfillmentStatus returnStatus
  note tags email phone paymentGatewayNames
  customAttributes { ...Attribute }
  customer { ...Customer }
  billingAddress { ...Address } shippingAddress { ...Address }
  originalTotalPriceSet { ...Bag } totalPriceSet { ...Bag } totalDiscountsSet { ...Bag }
  currentTotalPriceSet { ...Bag } currentSubtotalPriceSet { ...Bag }
  currentTotalDiscountsSet { ...Bag } currentTotalTaxSet { ...Bag }
  originalTotalDutiesSet { ...Bag }
  totalReceivedSet { ...Bag } totalRefundedSet { ...Bag }
  taxLines { ...Tax }
}
fragment Order on Order {
  ...OrderFacts
  discountApplications(first: ${FIRST.discounts}) { nodes { ${DISCOUNT} } }
  shippingLines(first: ${FIRST.shippingLines}) { nodes { ...Shipping } }
  lineItems(first: ${FIRST.lines}) { nodes { ...Line } pageInfo { hasNextPage endCursor } }
  transactions(first: ${FIRST.transactions}) { ...Transaction }
  refunds(first: ${FIRST.refunds}) { ...Refund }
  fulfillments(first: ${FIRST.fulfillments}) { ...Fulfillment }
  fulfillmentOrders(first: ${FIRST.fulfillmentOrders}) {
    nodes { ...FulfillmentOrder } pageInfo { hasNextPage endCursor }
  }
  returns(first: ${FIRST.returns}) @include(if: $returns) { nodes { ...Return } pageInfo { hasNextPage endCursor } }
}
fragment Attribute on Attribute { key value }
fragment Customer on Customer {
  id displayName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber }
}
fragment Address on MailingAddress {
  firstName lastName name company address1 address2 city province provinceCode countryCodeV2 zip phone
}
fragment Shipping on ShippingLine {
  id title code carrierIdentifier originalPriceSet { ...Bag } discountedPriceSet { ...Bag }
  taxLines { ...Tax }
  discountAllocations { ...Allocation }
}
fragment Line on LineItem {
  id title variantTitle sku quantity currentQuantity requiresShipping
  product { id } variant { id barcode } image { url } weight { unit value }
  originalUnitPriceSet { ...Bag } originalTotalSet { ...Bag }
  taxLines { ...Tax }
  discountAllocations { ...Allocation }
  customAttributes { ...Attribute }
}`;

/** What no export holds: connections inside lists, and those beyond the fifth. */
const EXPORTS = `
fragment Bulk on BulkOperation { id status errorCode createdAt url partialDataUrl }
fragment OrderRest on Order {
  discountApplications(first: 20) @include(if: $discounted) { nodes { ${DISCOUNT} } }
  refunds(first: ${FIRST.refunds}) @include(if: $refunded) { ...Refund }
  fulfillments(first: ${FIRST.fulfillments}) @include(if: $shipped) { ...Fulfillment }
  returns(first: ${FIRST.returns}) @include(if: $returns) { nodes { ...Return } pageInfo { hasNextPage endCursor } }
}`;

/**
 * What of an order may change, and that it did: a fulfillment order's holds, a scan and a parcel that comes back move no time
 * of the order. The newest of each come first where they may be asked for so.
 */
const GLANCES = `
fragment Glance on Order {
  id processedAt updatedAt displayFinancialStatus displayFulfillmentStatus returnStatus
  transactions(first: ${FIRST.transactions}) { id status }
  refunds(first: ${FIRST.refunds}) { id updatedAt }
  fulfillments(first: ${FIRST.fulfillments}) {
    id status displayStatus updatedAt events(first: 1, sortKey: ID, reverse: true) { nodes { id } }
  }
  fulfillmentOrders(first: ${FIRST.fulfillmentOrders}) {
    nodes { id status updatedAt assignedLocation { name } fulfillmentHolds { id } } pageInfo { hasNextPage }
  }
  returns(first: ${FIRST.returns}) @include(if: $returns) { nodes { ...GlanceReturn } pageInfo { hasNextPage } }
}
fragment GlanceReturn on Return {
  id status totalQuantity
  returnLineItems(first: ${FIRST.returnLines}) { nodes { id quantity processedQuantity } pageInfo { hasNextPage } }
  reverseFulfillmentOrders(first: 2) {
    nodes {
      id status
      lineItems(first: ${FIRST.returnLines}) { nodes { id dispositions { type quantity } } }
      reverseDeliveries(first: 3) {
        nodes { id deliverable { ... on ReverseDeliveryShippingDeliverable { tracking { number } } } }
      }
    }
  }
}`;

/** Every fragment by its name. */
export const FRAGMENTS: ReadonlyMap<string, string> = new Map(
  [MONEY, QUOTES, SHIPMENTS, RETURNS, ORDERS, GLANCES, EXPORTS, SHOPS]
    .flatMap((texts) => texts.trim().split(/^(?=fragment )/m))
    .map((text) => [/^fragment (\w+)/.exec(text)?.[1] ?? text, text.trim()]),
);

/** A text with what its fragments select in their place, as a query must be that is told as text itself. */
export function inlined(text: string): string {
  return text.replace(/\.{3}(\w+)/g, (spread, name: string) => {
    const fragment = FRAGMENTS.get(name);
    return fragment ? inlined(fragment.slice(fragment.indexOf("{") + 1, -1)) : spread;
  });
}
