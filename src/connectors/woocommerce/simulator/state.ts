/**
 * What a simulated WooCommerce site keeps: the rows of its database. Times are whole seconds of Unix time,
 * as WooCommerce keeps them; amounts are whole cents, since it counts with the site's two decimals in
 * every currency (real sites store line totals unrounded and show them with two decimals; a KWD order
 * loses its third decimal either way).
 */
export interface SiteData {
  keys: ApiKey[];
  orders: Record<string, Order>;
  refunds: Refund[];
  notes: Note[];
  fulfillments: Fulfillment[];
  webhooks: Webhook[];
  /** Units in stock by product or variation id; digital goods have none. */
  stock: Record<string, number>;
  /** The last id given in each of the database's sequences; orders and refunds share one. */
  last: Record<Sequence, number>;
}

export type Sequence =
  | "post"
  | "number"
  | "item"
  | "itemMeta"
  | "meta"
  | "note"
  | "fulfillment"
  | "fulfillmentMeta"
  | "webhook";

export interface ApiKey {
  consumerKey: string;
  consumerSecret: string;
  permissions: "read" | "write" | "read_write";
}

export interface Meta {
  id: number;
  key: string;
  value: unknown;
}

/** A postal address under WooCommerce's own names; only billing has an e-mail. */
export interface Address {
  first_name: string;
  last_name: string;
  company: string;
  address_1: string;
  address_2: string;
  city: string;
  state: string;
  postcode: string;
  country: string;
  email?: string;
  phone: string;
}

export interface Line {
  id: number;
  name: string;
  /** 0 where the product is unknown to the site. */
  productId: number;
  variationId: number;
  quantity: number;
  subtotal: number;
  subtotalTax: number;
  total: number;
  totalTax: number;
  meta: Meta[];
}
export interface ShippingLine {
  id: number;
  title: string;
  methodId: string;
  total: number;
  tax: number;
  meta: Meta[];
}
export interface FeeLine {
  id: number;
  name: string;
  taxable: boolean;
  total: number;
  tax: number;
  meta: Meta[];
}
export interface CouponLine {
  id: number;
  code: string;
  percent: number;
  discount: number;
  discountTax: number;
  metaId: number;
}

export interface Order {
  id: number;
  number: string;
  status: string;
  currency: string;
  pricesIncludeTax: boolean;
  createdAt: number;
  modifiedAt: number;
  paidAt: number | null;
  completedAt: number | null;
  customerId: number;
  orderKey: string;
  billing: Address;
  shipping: Address;
  paymentMethod: string;
  paymentMethodTitle: string;
  transactionId: string;
  customerNote: string;
  createdVia: string;
  meta: Meta[];
  lines: Line[];
  shippingLines: ShippingLine[];
  feeLines: FeeLine[];
  couponLines: CouponLine[];
  /** The one tax rate that applies, with the id of its tax line; null: untaxed. */
  tax: { itemId: number; rateId: number } | null;
}

/** Amounts are positive here and negated where the API shows them so. */
export interface Refund {
  id: number;
  orderId: number;
  createdAt: number;
  amount: number;
  reason: string;
  /** Whether a gateway sent the money. */
  paid: boolean;
  metaId: number;
  /** Meta that came with the request; absent: none. */
  meta?: Meta[];
  full: boolean;
  taxItemId: number;
  items: RefundItem[];
}
export interface RefundItem {
  id: number;
  metaId: number;
  kind: "line" | "shipping" | "fee";
  /** The order's own item this one gives back. */
  refundedItemId: number;
  quantity: number;
  total: number;
  tax: number;
}

export interface Note {
  id: number;
  orderId: number;
  createdAt: number;
  text: string;
  customerNote: boolean;
  author: string;
}

export interface Fulfillment {
  id: number;
  orderId: number;
  fulfilled: boolean;
  updatedAt: number;
  deletedAt: number | null;
  meta: Meta[];
}

export interface Webhook {
  id: number;
  name: string;
  status: "active" | "paused" | "disabled";
  topic: string;
  deliveryUrl: string;
  secret: string;
  createdAt: number;
  modifiedAt: number | null;
}

/** A site without a single order, and with three API keys: read_write, read and write. */
export function emptySite(secretText: (length: number) => string): SiteData {
  const key = (permissions: ApiKey["permissions"]): ApiKey => ({
    consumerKey: `ck_${secretText(40)}`,
    consumerSecret: `cs_${secretText(40)}`,
    permissions,
  });
  return {
    keys: [key("read_write"), key("read"), key("write")],
    orders: {},
    refunds: [],
    notes: [],
    fulfillments: [],
    webhooks: [],
    stock: {},
    last: {
      post: 500,
      number: 0,
      item: 0,
      itemMeta: 0,
      meta: 0,
      note: 0,
      fulfillment: 0,
      fulfillmentMeta: 0,
      webhook: 0,
    },
  };
}
