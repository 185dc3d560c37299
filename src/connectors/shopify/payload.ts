/**
 * What the Admin API answers to our operations, field by field as they select it. Enums are plain text:
 * Shopify adds values between versions. Null where the schema allows it, where a scope may be missing, and
 * where the REST-shaped bodies of webhooks, which are brought into this shape, do not say.
 */
import type { Page } from "./payload-page.js";
import type { ReturnPayload } from "./payload-return.js";

export type { Page };

interface MoneyPayload {
  amount: string;
  currencyCode: string;
}
export interface BagPayload {
  shopMoney: MoneyPayload;
  presentmentMoney: MoneyPayload;
}

interface List<T> {
  nodes: T[];
}
interface Id {
  id: string;
}

export interface OrderPayload {
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
  /** Null: not said (webhooks). */
  returnStatus: string | null;
  note: string | null;
  tags: string[];
  email: string | null;
  phone: string | null;
  paymentGatewayNames: string[];
  customAttributes: AttributePayload[];
  customer: CustomerPayload | null;
  billingAddress: AddressPayload | null;
  shippingAddress: AddressPayload | null;
  /** When the order was placed; null: not said (webhooks). */
  originalTotalPriceSet: BagPayload | null;
  totalPriceSet: BagPayload;
  totalDiscountsSet: BagPayload | null;
  currentTotalPriceSet: BagPayload;
  currentSubtotalPriceSet: BagPayload;
  currentTotalDiscountsSet: BagPayload;
  currentTotalTaxSet: BagPayload;
  originalTotalDutiesSet: BagPayload | null;
  /** Null: not said (webhooks). */
  totalReceivedSet: BagPayload | null;
  totalRefundedSet: BagPayload;
  taxLines: TaxPayload[];
  discountApplications: List<DiscountPayload>;
  shippingLines: List<ShippingPayload>;
  lineItems: Page<LinePayload>;
  transactions: TransactionPayload[];
  refunds: RefundPayload[];
  fulfillments: FulfillmentPayload[];
  fulfillmentOrders: Page<FulfillmentOrderPayload>;
  /** Absent where the app may not see returns, and in webhooks. */
  returns?: Page<ReturnPayload>;
}

export interface AttributePayload {
  key: string;
  value: string | null;
}
export interface CustomerPayload {
  id: string;
  displayName: string | null;
  defaultEmailAddress: { emailAddress: string } | null;
  defaultPhoneNumber: { phoneNumber: string } | null;
}
export interface AddressPayload {
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
}
export interface TaxPayload {
  title: string;
  rate: number | string | null;
  priceSet: BagPayload;
}
export interface DiscountPayload {
  index: number;
  code?: string;
  title?: string;
}
export interface AllocationPayload {
  allocatedAmountSet: BagPayload;
  discountApplication: { index: number };
}
export interface ShippingPayload {
  id: string | null;
  title: string;
  code: string | null;
  carrierIdentifier: string | null;
  originalPriceSet: BagPayload;
  discountedPriceSet: BagPayload;
  taxLines: { priceSet: BagPayload }[];
  discountAllocations: AllocationPayload[];
}
export interface LinePayload {
  id: string;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  quantity: number;
  currentQuantity: number;
  requiresShipping: boolean;
  product: Id | null;
  variant: { id: string; barcode: string | null } | null;
  image: { url: string } | null;
  /** Of one unit. */
  weight: { unit: string; value: number } | null;
  originalUnitPriceSet: BagPayload;
  originalTotalSet: BagPayload;
  taxLines: TaxPayload[];
  discountAllocations: AllocationPayload[];
  customAttributes: AttributePayload[];
}
export interface TransactionPayload {
  id: string;
  kind: string;
  status: string;
  gateway: string | null;
  createdAt: string;
  processedAt: string | null;
  amountSet: BagPayload;
  parentTransaction: Id | null;
}

export interface FulfillmentPayload {
  id: string;
  status: string;
  displayStatus: string | null;
  createdAt: string;
  updatedAt: string;
  deliveredAt: string | null;
  estimatedDeliveryAt: string | null;
  location: Id | null;
  trackingInfo: TrackingPayload[];
  fulfillmentLineItems: Page<FulfillmentLinePayload>;
  events: Page<ScanPayload>;
}
export interface TrackingPayload {
  company: string | null;
  number: string | null;
  url: string | null;
}
interface FulfillmentLinePayload {
  id: string;
  quantity: number;
  lineItem: Id;
}
export interface ScanPayload {
  id: string;
  status: string;
  message: string | null;
  happenedAt: string;
  city: string | null;
  province: string | null;
  country: string | null;
}

export interface FulfillmentOrderPayload {
  id: string;
  status: string;
  fulfillBy: string | null;
  assignedLocation: { name: string; location: Id | null };
  deliveryMethod: { methodType: string } | null;
  destination: DestinationPayload | null;
  fulfillmentHolds: HoldPayload[];
  supportedActions: { action: string }[];
  lineItems: Page<FulfillmentOrderLinePayload>;
}
interface FulfillmentOrderLinePayload {
  id: string;
  totalQuantity: number;
  remainingQuantity: number;
  lineItem: Id;
}
export interface HoldPayload {
  id: string;
  reason: string;
  reasonNotes: string | null;
  displayReason: string;
}
export interface DestinationPayload {
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
}

export interface RefundPayload {
  id: string;
  createdAt: string | null;
  processedAt: string;
  note: string | null;
  /** The return that it was issued for; null also where the app may not see returns. */
  return: Id | null;
  totalRefundedSet: BagPayload;
  refundLineItems: Page<RefundLinePayload>;
  refundShippingLines: List<{ subtotalAmountSet: BagPayload; taxAmountSet: BagPayload }>;
  transactions: List<{ id: string; kind: string; status: string; amountSet: BagPayload }>;
}
export interface RefundLinePayload {
  quantity: number;
  restockType: string;
  restocked: boolean;
  lineItem: Id;
  subtotalSet: BagPayload;
  totalTaxSet: BagPayload;
}

export interface OrderFeed {
  orders: Page<{ id: string; updatedAt: string }>;
}
export interface OrderCount {
  ordersCount: { count: number; precision: string } | null;
}
export interface LinesOfOrder {
  order: { lineItems: Page<LinePayload> } | null;
}
export interface FulfillmentOrdersOf {
  order: { fulfillmentOrders: Page<FulfillmentOrderPayload> } | null;
}
export interface LinesOfFulfillmentOrder {
  fulfillmentOrder: { lineItems: Page<FulfillmentOrderLinePayload> } | null;
}
export interface LinesOfFulfillment {
  fulfillment: { fulfillmentLineItems: Page<FulfillmentLinePayload> } | null;
}
export interface EventsOfFulfillment {
  fulfillment: { events: Page<ScanPayload> } | null;
}
export interface LinesOfRefund {
  refund: { refundLineItems: Page<RefundLinePayload> } | null;
}
export interface FulfillmentIds {
  order: { fulfillments: Id[] } | null;
}
export interface RefundIds {
  order: { refunds: Id[] } | null;
}
export interface TransactionsOf {
  order: { transactions: TransactionPayload[] } | null;
}
export interface OwnerOfFulfillmentOrder {
  fulfillmentOrder: { orderId: string } | null;
}

export interface ShopFacts {
  shop: {
    name: string;
    myshopifyDomain: string;
    currencyCode: string;
    ianaTimezone: string;
    plan: { publicDisplayName: string };
  };
  currentAppInstallation: { accessScopes: { handle: string }[] };
}
export interface LocationPage {
  locations: Page<{ id: string; name: string; address: LocationAddress }>;
}
interface LocationAddress {
  address1: string | null;
  address2: string | null;
  city: string | null;
  province: string | null;
  provinceCode: string | null;
  countryCode: string | null;
  zip: string | null;
  phone: string | null;
}
export interface SubscriptionPayload {
  id: string;
  topic: string;
  uri: string;
  format: string;
}
export interface SubscriptionPage {
  webhookSubscriptions: Page<SubscriptionPayload>;
}

/** What a mutation refused, in the shop's words; only some mutations give a code. */
export interface UserErrorPayload {
  field: string[] | null;
  message: string;
  code?: string | null;
}
export interface Subscribed {
  webhookSubscriptionCreate: {
    webhookSubscription: SubscriptionPayload | null;
    userErrors: UserErrorPayload[];
  } | null;
}
export interface Deleted {
  webhookSubscriptionDelete: { userErrors: UserErrorPayload[] } | null;
}
export interface Fulfilled {
  fulfillmentCreate: { fulfillment: Id | null; userErrors: UserErrorPayload[] } | null;
}
export interface Tracked {
  fulfillmentTrackingInfoUpdate: {
    fulfillment: Id | null;
    userErrors: UserErrorPayload[];
  } | null;
}
export interface Cancelled {
  fulfillmentCancel: { fulfillment: Id | null; userErrors: UserErrorPayload[] } | null;
}
export interface Scanned {
  fulfillmentEventCreate: {
    fulfillmentEvent: Id | null;
    userErrors: UserErrorPayload[];
  } | null;
}
export interface JobState {
  orderCancel: {
    job: { id: string; done: boolean } | null;
    orderCancelUserErrors: UserErrorPayload[];
  } | null;
}
