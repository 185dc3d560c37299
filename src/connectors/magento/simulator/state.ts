/**
 * What a simulated Magento keeps: the rows of its database. Times are whole seconds of Unix time; amounts
 * and quantities are whole ten-thousandths, as the decimal(20,4) and decimal(12,4) columns hold them.
 */
export interface SiteData {
  integrations: Integration[];
  orders: Record<string, Order>;
  invoices: Invoice[];
  shipments: Shipment[];
  creditmemos: Creditmemo[];
  transactions: Transaction[];
  returns: Return[];
  bulks: Bulk[];
  sourceItems: SourceItem[];
  /** What open orders hold of each SKU, in ten-thousandths. */
  reserved: Record<string, number>;
  /** The last id given in each sequence, and the last number of each document and store ("order 1"). */
  last: Record<string, number>;
}

/** An activated integration; `resources` is what its access tree allows. */
export interface Integration {
  consumerKey: string;
  consumerSecret: string;
  accessToken: string;
  accessTokenSecret: string;
  resources: "all" | string[];
}

/** An amount in the website's base currency and in the order's own. */
export interface Pair {
  base: number;
  order: number;
}
export type Amounts<Name extends string> = Partial<Record<Name, Pair>>;

export type OrderState =
  | "new"
  | "pending_payment"
  | "processing"
  | "payment_review"
  | "complete"
  | "closed"
  | "canceled"
  | "holded";

/** Column names of sales_order that have a base_ twin. */
export type OrderAmount =
  | "adjustment_negative"
  | "adjustment_positive"
  | `discount_${"amount" | "canceled" | "invoiced" | "refunded"}`
  | `discount_tax_compensation_${"amount" | "invoiced" | "refunded"}`
  | "grand_total"
  | `shipping_${"amount" | "canceled" | "discount_amount" | "incl_tax" | "invoiced" | "refunded"}`
  | "shipping_discount_tax_compensation_amount"
  | `shipping_tax_${"amount" | "refunded"}`
  | "subtotal"
  | `subtotal_${"canceled" | "incl_tax" | "invoiced" | "refunded"}`
  | `tax_${"amount" | "canceled" | "invoiced" | "refunded"}`
  | `total_${"canceled" | "due" | "invoiced" | "offline_refunded" | "online_refunded" | "paid" | "refunded"}`;

/** Column names of sales_order_item that have a base_ twin. */
export type ItemAmount =
  | "amount_refunded"
  | `discount_${"amount" | "invoiced" | "refunded"}`
  | `discount_tax_compensation_${"amount" | "invoiced" | "refunded"}`
  | "original_price"
  | "price"
  | "price_incl_tax"
  | "row_invoiced"
  | "row_total"
  | "row_total_incl_tax"
  | `tax_${"amount" | "invoiced" | "refunded"}`;

export interface Order {
  id: number;
  /** What people call it: "000001042", per store; not the id in URLs. */
  incrementId: string;
  storeId: number;
  createdAt: number;
  /** Moves only when the order's own row changes, which is not with everything that happens to it. */
  updatedAt: number;
  state: OrderState;
  status: string;
  /** State and status before a hold. */
  held: { state: OrderState; status: string } | null;
  currency: string;
  /** Order currency per base currency, in ten-thousandths. */
  rate: number;
  customer: Customer;
  billing: Address;
  /** null: nothing to ship. */
  shipping: Address | null;
  amounts: Amounts<OrderAmount>;
  items: Item[];
  payment: Payment;
  histories: StatusHistory[];
  coupon: string | null;
  extOrderId: string | null;
  customerNoteNotify: boolean;
  protectCode: string;
}

export interface Customer {
  /** null: a guest. */
  id: number | null;
  email: string;
  firstname: string;
  lastname: string;
}

export interface Address {
  id: number;
  city: string;
  company: string | null;
  country_id: string;
  email: string;
  firstname: string;
  lastname: string;
  postcode: string;
  region: string | null;
  region_code: string | null;
  region_id: number | null;
  street: string[];
  telephone: string;
}

export interface Item {
  id: number;
  /** Row of the configurable or bundle this row belongs to. */
  parentId: number | null;
  productId: number;
  productType: "simple" | "configurable" | "virtual" | "downloadable" | "bundle";
  sku: string;
  name: string;
  createdAt: number;
  updatedAt: number;
  ordered: number;
  invoiced: number;
  shipped: number;
  refunded: number;
  canceled: number;
  isQtyDecimal: boolean;
  isVirtual: boolean;
  weight: number;
  /** Percent in ten-thousandths: 8.25 % is 82500. */
  taxPercent: number;
  discountPercent: number;
  amounts: Amounts<ItemAmount>;
  /** How many of this child one unit of the parent holds. */
  perParent: number;
  /** Of a bundle: whether its children are shipped, and priced, each by itself. */
  bundle: { shipSeparately: boolean; priceByChildren: boolean } | null;
  /** What the API shows under product_option. */
  productOption: Record<string, unknown> | null;
}

export interface Payment {
  id: number;
  method: string;
  lastTransId: string | null;
  ccLast4: string | null;
  paid: Pair | null;
  paidOnline: number;
  refunded: Pair | null;
  shippingCaptured: Pair | null;
  shippingRefunded: Pair | null;
}

export interface StatusHistory {
  id: number;
  comment: string | null;
  createdAt: number;
  entityName: string | null;
  isCustomerNotified: number;
  isVisibleOnFront: number;
  status: string | null;
}

/** A comment on an invoice, shipment or credit memo. */
export interface Comment {
  id: number;
  comment: string;
  createdAt: number;
  isCustomerNotified: number;
  isVisibleOnFront: number;
}

interface Document {
  id: number;
  incrementId: string;
  orderId: number;
  createdAt: number;
  updatedAt: number;
  emailSent: boolean;
  comments: Comment[];
}
export type DocumentAmount =
  | "discount_amount"
  | "discount_tax_compensation_amount"
  | "grand_total"
  | `shipping_${"amount" | "discount_tax_compensation_amount" | "incl_tax" | "tax_amount"}`
  | "subtotal"
  | "subtotal_incl_tax"
  | "tax_amount";
/** A row of an invoice or credit memo; a configurable's child has no amounts. */
export interface DocumentItem {
  id: number;
  orderItemId: number;
  qty: number;
  rowTotal: Pair;
  rowTotalInclTax: Pair;
  tax: Pair;
  discount: Pair;
}

export interface Invoice extends Document {
  state: 1 | 2 | 3;
  amounts: Amounts<DocumentAmount>;
  items: DocumentItem[];
  transactionId: string | null;
  baseTotalRefunded: number;
}

export interface Creditmemo extends Document {
  state: 1 | 2 | 3;
  invoiceId: number | null;
  amounts: Amounts<DocumentAmount>;
  adjustment: Pair;
  /** null where the request did not name it. */
  adjustmentPositive: Pair | null;
  adjustmentNegative: Pair | null;
  items: DocumentItem[];
  transactionId: string | null;
}

export interface Shipment extends Document {
  sourceCode: string;
  items: { id: number; orderItemId: number; qty: number }[];
  tracks: Track[];
}
export interface Track {
  id: number;
  createdAt: number;
  updatedAt: number;
  weight: number | null;
  qty: number | null;
  trackNumber: string;
  title: string;
  carrierCode: string;
}

export interface Transaction {
  id: number;
  orderId: number;
  txnId: string;
  type: "capture" | "refund";
  createdAt: number;
}

export interface SourceItem {
  sku: string;
  source_code: string;
  quantity: number;
  status: number;
}

/** A return merchandise authorisation of Adobe Commerce. */
export interface Return {
  id: number;
  incrementId: string;
  orderId: number;
  requestedAt: number;
  updatedAt: number;
  email: string | null;
  status: string;
  items: ReturnItem[];
  comments: ReturnComment[];
  tracks: { id: number; track_number: string; carrier_title: string; carrier_code: string }[];
}
export interface ReturnItem {
  id: number;
  orderItemId: number;
  requested: number;
  authorized: number;
  approved: number;
  returned: number;
  reason: string;
  condition: string;
  resolution: string;
  status: string;
}
export interface ReturnComment {
  id: number;
  comment: string;
  createdAt: number;
  customerNotified: boolean;
  visibleOnFront: boolean;
  status: string;
  admin: boolean;
}

export interface Bulk {
  uuid: string;
  topic: string;
  startedAt: number;
  operations: BulkOperation[];
}
export interface BulkOperation {
  /** JSON of what was asked. */
  input: string;
  /** 1 complete, 3 failed for good, 4 open. */
  status: 1 | 3 | 4;
  message: string | null;
}

const resourcesOfReader = ["Magento_Sales::actions_view", "Magento_Backend::store"];

/** A site without a single order, and with two integrations: one for everything, one that only reads orders. */
export function emptySite(secretText: (length: number) => string): SiteData {
  const integration = (resources: Integration["resources"]): Integration => ({
    consumerKey: secretText(32),
    consumerSecret: secretText(32),
    accessToken: secretText(32),
    accessTokenSecret: secretText(32),
    resources,
  });
  return {
    integrations: [integration("all"), integration(resourcesOfReader)],
    orders: {},
    invoices: [],
    shipments: [],
    creditmemos: [],
    transactions: [],
    returns: [],
    bulks: [],
    sourceItems: [],
    reserved: {},
    last: {},
  };
}
