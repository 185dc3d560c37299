import type { Random } from "../../../simulator/random.js";

/**
 * What a simulated BigCommerce store keeps. Times are whole seconds of Unix time, the platform's resolution.
 * Amounts are whole ten-thousandths of the order's transactional currency: the API shows four decimals.
 */
export interface StoreData {
  credentials: Credentials;
  orders: Record<string, Order>;
  hooks: Hook[];
  /** Units on hand by variant id; digital goods have none. */
  stock: Record<string, number>;
  /** The last id given in each of the store's sequences. */
  last: Record<Sequence, number>;
}

export interface Credentials {
  storeHash: string;
  accessToken: string;
  clientId: string;
  clientSecret: string;
}

export type Sequence =
  | "order"
  | "product"
  | "address"
  | "option"
  | "coupon"
  | "fee"
  | "tax"
  | "shipment"
  | "transaction"
  | "refund"
  | "refundPayment"
  | "message"
  | "metafield"
  | "hook"
  | "event";

/** One amount without and with its tax. */
export interface Cost {
  ex: number;
  inc: number;
}

export interface Address {
  first_name: string;
  last_name: string;
  company: string;
  street_1: string;
  street_2: string;
  city: string;
  state: string;
  zip: string;
  country: string;
  country_iso2: string;
  phone: string;
  email: string;
}

/** Where a part of an order goes, and what bringing it there costs. */
export interface Destination {
  id: number;
  address: Address;
  method: string;
  shipping: Cost;
  handling: Cost;
}

export interface Discount {
  id: string;
  amount: number;
  name: string;
  code: string | null;
  target: "order" | "product";
}

export interface Line {
  id: number;
  /** 0 where nothing is shipped: downloads, and what is picked up. */
  destinationId: number;
  /** Id of the order's pickup; 0 where nobody comes for it. */
  pickupId: number;
  productId: number;
  variantId: number;
  sku: string;
  name: string;
  type: "physical" | "digital";
  quantity: number;
  /** Of one unit, before discounts. */
  price: Cost;
  weightGrams: number;
  wrapping: { name: string; message: string; cost: Cost } | null;
  discounts: Discount[];
  options: LineOption[];
}
export interface LineOption {
  id: number;
  optionId: number;
  name: string;
  value: string;
  valueId: string;
}

export interface Coupon {
  id: number;
  code: string;
  percent: number;
  discount: number;
}
export interface Fee {
  id: number;
  name: string;
  cost: Cost;
}

export interface Order {
  id: number;
  statusId: number;
  archived: boolean;
  customerId: number;
  createdAt: number;
  modifiedAt: number;
  shippedAt: number | null;
  /** What the customer pays in; every amount of the order is in it. */
  currency: string;
  /** What the storefront showed prices in. */
  displayCurrency: string;
  taxInclusive: boolean;
  /** Tax in hundredths of a percent: 825 is 8.25 %. */
  taxRate: number;
  gateway: string;
  paymentStatus: string;
  paymentId: string;
  cartId: string;
  source: string;
  externalOrderId: string | null;
  staffNotes: string;
  customerMessage: string;
  billing: Address;
  destinations: Destination[];
  lines: Line[];
  coupons: Coupon[];
  fees: Fee[];
  /** Where the customer comes for the goods; an order has this or destinations, never both. */
  pickup: { id: number; instructions: string } | null;
  shipments: Shipment[];
  transactions: Transaction[];
  refunds: Refund[];
  messages: Message[];
  metafields: Metafield[];
  /** Payments that were accepted and are carried out a moment later. */
  pending: Pending[];
}

export type Pending =
  | { kind: "capture" | "void" }
  | { kind: "refund"; refundId: number; paymentId: number };

export interface Shipment {
  id: number;
  destinationId: number;
  createdAt: number;
  items: { lineId: number; quantity: number }[];
  trackingNumber: string;
  trackingCarrier: string;
  trackingLink: string;
  provider: string;
  method: string;
  cost: number;
  comments: string;
}

export interface Transaction {
  id: number;
  event: "purchase" | "authorization" | "capture" | "refund" | "void" | "pending" | "settled";
  gateway: string;
  amount: number;
  createdAt: number;
  gatewayTransactionId: string;
  referenceId: number | null;
}

export type RefundItemType =
  | "PRODUCT"
  | "GIFT_WRAPPING"
  | "SHIPPING"
  | "HANDLING"
  | "ORDER"
  | "TAX"
  | "FEE";
export interface RefundItem {
  type: RefundItemType;
  itemId: number;
  /** 0 where an amount was asked for. */
  quantity: number;
  /** What was asked for; null where a quantity was. */
  requested: number | null;
  amount: number;
  tax: number;
  reason: string;
  /** What was taken off, each below zero. */
  adjustments: { amount: number; description: string }[];
}
export interface Refund {
  id: number;
  createdAt: number;
  reason: string;
  amount: number;
  tax: number;
  overridden: boolean;
  items: RefundItem[];
  payments: {
    id: number;
    provider: string;
    amount: number;
    offline: boolean;
    transactionId: number | null;
    /** Why the provider sent nothing after all. */
    declined?: string;
  }[];
}

export interface Message {
  id: number;
  createdAt: number;
  from: "customer" | "admin";
  subject: string;
  text: string;
}

export interface Metafield {
  id: number;
  permissionSet: string;
  namespace: string;
  key: string;
  value: string;
  description: string;
  createdAt: number;
  modifiedAt: number;
}

export interface Hook {
  id: number;
  scope: string;
  destination: string;
  active: boolean;
  headers: Record<string, string> | null;
  createdAt: number;
  updatedAt: number;
}

/** A store without orders; the same choices give the same credentials. */
export function emptyStore({ text }: Random): StoreData {
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  return {
    credentials: {
      storeHash: text(10, letters),
      accessToken: text(31, letters),
      clientId: text(31, letters),
      clientSecret: text(64),
    },
    orders: {},
    hooks: [],
    stock: {},
    last: {
      order: 99,
      product: 0,
      address: 0,
      option: 0,
      coupon: 0,
      fee: 0,
      tax: 0,
      shipment: 0,
      transaction: 0,
      refund: 0,
      refundPayment: 0,
      message: 0,
      metafield: 0,
      hook: 18_048_000,
      event: 0,
    },
  };
}
