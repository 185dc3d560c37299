/**
 * What the shop keeps: plain JSON, ids as decimal strings, times as "2026-10-01T08:00:00Z" (the platform
 * knows no fractions of a second), amounts as whole minor units.
 */

/** One amount in the shop's currency and in the one the customer paid in, each in minor units. */
export interface Bag {
  shop: number;
  presentment: number;
}

export interface Address {
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  address1: string | null;
  address2: string | null;
  city: string | null;
  province: string | null;
  provinceCode: string | null;
  country: string | null;
  countryCode: string | null;
  zip: string | null;
  phone: string | null;
}

export interface Tax {
  title: string;
  /** Decimal string, "0.0825". */
  rate: string;
  amount: Bag;
}

/** How much of which of the order's discounts lies on a line. */
export interface Allocation {
  index: number;
  amount: Bag;
}

export interface Line {
  id: string;
  variantId: string | null;
  productId: string | null;
  sku: string | null;
  title: string;
  variantTitle: string | null;
  vendor: string | null;
  quantity: number;
  /** Units taken off again by editing the order. */
  removed: number;
  grams: number;
  requiresShipping: boolean;
  unitPrice: Bag;
  allocations: Allocation[];
  taxes: Tax[];
  attributes: Attribute[];
  /** The return whose goods it is sent for; absent for what the order was placed with. */
  exchangedIn?: string;
}

export interface Attribute {
  key: string;
  value: string;
}

export interface ShippingLine {
  id: string;
  title: string;
  code: string | null;
  price: Bag;
  allocations: Allocation[];
  taxes: Tax[];
}

export interface Discount {
  kind: "code" | "automatic";
  name: string;
  /** Per cent as a decimal string, or a fixed sum over the whole order. */
  value: { percentage: string } | { amount: Bag };
  target: "LINE_ITEM" | "SHIPPING_LINE";
}

export interface Transaction {
  id: string;
  kind: "AUTHORIZATION" | "CAPTURE" | "SALE" | "REFUND" | "VOID";
  status: "SUCCESS" | "PENDING" | "FAILURE";
  gateway: string;
  amount: Bag;
  createdAt: string;
  parentId: string | null;
  paymentId: string;
  authorizationExpiresAt: string | null;
  errorCode: string | null;
}

export type Restock = "RETURN" | "CANCEL" | "NO_RESTOCK";

export interface RefundLine {
  id: string;
  lineId: string;
  quantity: number;
  restock: Restock;
  locationId: string | null;
  subtotal: Bag;
  tax: Bag;
}

export interface Refund {
  id: string;
  createdAt: string;
  processedAt: string;
  note: string | null;
  lines: RefundLine[];
  shipping: { id: string; shippingLineId: string; amount: Bag; tax: Bag }[];
  /** What was paid back beside lines and shipping, below zero where it was more. */
  adjustments: { id: string; reason: string; amount: Bag }[];
  transactionIds: string[];
  /** The return it was issued for; absent for one made beside returns. */
  returnId?: string;
}

/** Goods that a customer sends back. */
export interface Return {
  id: string;
  name: string;
  status: "REQUESTED" | "OPEN" | "CLOSED" | "CANCELED" | "DECLINED";
  createdAt: string;
  closedAt: string | null;
  requestApprovedAt: string | null;
  decline: { reason: string; note: string | null } | null;
  lines: ReturnLine[];
  /** What the customer gets instead. */
  exchanges: ExchangeLine[];
  /** What the merchant has to take in; none before the return is approved. */
  reverse: ReverseOrder | null;
}

export interface ReturnLine {
  id: string;
  fulfillmentLineItemId: string;
  lineId: string;
  quantity: number;
  /** Confirmed by processing the return. */
  processed: number;
  /** Of these, paid back by refunds of this return. */
  refunded: number;
  /** Which of the shop's reasons; null where none was given. */
  reasonId: string | null;
  reasonNote: string;
  customerNote: string | null;
}

export interface ExchangeLine {
  id: string;
  variantId: string;
  quantity: number;
  /** Put into the order by processing the return. */
  processed: number;
  /** The order's lines that hold them. */
  lineIds: string[];
}

export interface ReverseOrder {
  id: string;
  status: "OPEN" | "CLOSED" | "CANCELED";
  lines: ReverseLine[];
  deliveries: ReverseDelivery[];
}

export interface ReverseLine {
  id: string;
  returnLineId: string;
  total: number;
  dispositions: Disposition[];
}

export interface Disposition {
  id: string;
  type: "RESTOCKED" | "NOT_RESTOCKED" | "PROCESSING_REQUIRED" | "MISSING";
  quantity: number;
  locationId: string | null;
  createdAt: string;
}

export interface ReverseDelivery {
  id: string;
  lines: { id: string; reverseLineId: string; quantity: number }[];
  tracking: TrackingInfo | null;
  label: { url: string; at: string } | null;
}

export interface Hold {
  id: string;
  handle: string | null;
  reason: string;
  reasonNotes: string | null;
  /** What the app calls it, by which it may lift it again. */
  externalId: string | null;
  /** Whether the app that asks has placed it, not a person in the admin. */
  byApp: boolean;
}

export interface FulfillmentOrder {
  id: string;
  status: "OPEN" | "IN_PROGRESS" | "SCHEDULED" | "ON_HOLD" | "CLOSED" | "CANCELLED";
  locationId: string;
  method: "SHIPPING" | "NONE";
  createdAt: string;
  updatedAt: string;
  fulfillAt: string | null;
  lines: { id: string; lineId: string; total: number; remaining: number }[];
  holds: Hold[];
}

export interface TrackingInfo {
  company: string | null;
  number: string | null;
  url: string | null;
}

export interface ParcelEvent {
  id: string;
  status: string;
  message: string | null;
  happenedAt: string;
  createdAt: string;
  estimatedDeliveryAt: string | null;
  address1: string | null;
  city: string | null;
  province: string | null;
  country: string | null;
  zip: string | null;
  latitude: number | null;
  longitude: number | null;
}

export interface Fulfillment {
  id: string;
  /** 1, 2, … within the order; the name is "#1042.1". */
  ordinal: number;
  status: "SUCCESS" | "CANCELLED";
  locationId: string;
  createdAt: string;
  updatedAt: string;
  tracking: TrackingInfo[];
  lines: { id: string; lineId: string; quantity: number; fulfillmentOrderId: string }[];
  events: ParcelEvent[];
}

export interface Order {
  id: string;
  number: number;
  name: string;
  confirmationNumber: string;
  createdAt: string;
  updatedAt: string;
  processedAt: string;
  cancelledAt: string | null;
  cancelReason: string | null;
  closedAt: string | null;
  test: boolean;
  edited: boolean;
  /** The customer's currency. */
  currency: string;
  taxesIncluded: boolean;
  customerId: string | null;
  email: string | null;
  phone: string | null;
  locale: string;
  note: string | null;
  poNumber: string | null;
  tags: string[];
  attributes: Attribute[];
  billingAddress: Address | null;
  shippingAddress: Address | null;
  lines: Line[];
  shippingLines: ShippingLine[];
  discounts: Discount[];
  transactions: Transaction[];
  refunds: Refund[];
  fulfillmentOrders: FulfillmentOrder[];
  fulfillments: Fulfillment[];
  returns: Return[];
}

export interface Customer {
  id: string;
  createdAt: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  address: Address;
}

export interface Variant {
  id: string;
  productId: string;
  inventoryItemId: string;
  sku: string;
  title: string;
  grams: number;
  requiresShipping: boolean;
  /** The only location that has it in stock. */
  locationId: string;
  available: number;
  updatedAt: string;
}

export interface Product {
  id: string;
  title: string;
  handle: string;
  variants: Variant[];
}

export interface Location {
  id: string;
  name: string;
  address: Address;
}

export interface Subscription {
  id: string;
  /** As in the schema: "ORDERS_CREATE". */
  topic: string;
  uri: string;
  name: string | null;
  includeFields: string[];
  createdAt: string;
  updatedAt: string;
}

/** A task that an answer has promised: an order's cancellation. */
export interface Job {
  id: string;
  done: boolean;
  cancel: { orderId: string; reason: string; restock: boolean; refund: boolean };
}

/** What became of a mutation that was sent with a key. */
interface Kept {
  key: string;
  fingerprint: string;
  orderId: string;
  refundId: string;
}

/** How the payment provider answers when money is to go back: at once, later, or with a refusal. */
export type Provider = "prompt" | "slow" | "refusing";

export interface ShopData {
  /** Where ids begin, where not where they usually do. */
  firstId?: string;
  /** How many ids of each kind were given out. */
  given: Record<string, number>;
  lastOrderNumber: number;
  installed: boolean;
  tokens: { token: string; expiresAt: string }[];
  orders: Order[];
  customers: Customer[];
  products: Product[];
  locations: Location[];
  subscriptions: Subscription[];
  jobs: Job[];
  kept: Kept[];
  /** Absent: prompt. */
  provider?: Provider;
}
