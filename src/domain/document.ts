import type {
  DeliveryMethod,
  FulfillmentEntityStatus,
  FulfillmentOrderStatus,
  PlacedHold,
} from "./fulfillment.js";
import type { MoneyBag } from "./money.js";
import type {
  Address,
  CustomerRef,
  DiscountLine,
  KeyValue,
  OrderNote,
  ShippingLine,
  TaxLine,
} from "./order.js";
import type { LineQuantity, Quantity } from "./quantity.js";
import type { RefundStatus, TransactionKind, TransactionStatus } from "./refund.js";
import type {
  Disposition,
  ExchangeLine,
  Resolution,
  ReturnProjection,
  ReturnReason,
  ReturnStatus,
} from "./return.js";
import type {
  DeliveryStatus,
  FulfillmentStatus,
  OrderReturnStatus,
  OrderState,
  PaymentStatus,
  PlatformStatus,
  StatusProvenance,
} from "./status.js";
import type { Instant } from "./time.js";
import type { Scan, Tracking } from "./tracking.js";

/** Raised whenever the shape below changes, so that documents of an older shape are rebuilt. */
export const DOCUMENT_SHAPE = 3;

/**
 * An order shaped for reading: what the API shows of it and what follows its version, shaped once when it changes.
 * Two equal documents are the same order to everybody; whatever may differ at equal version (health, freshness,
 * reservations, commands) is not in it. Removed rows are not in it, but for tracking numbers that went.
 */
export interface OrderDocument {
  id: string;
  number: string;
  channelId: string;
  nativeId: string;
  adminUrl: string | null;
  source: string | null;
  isTest: boolean;
  placedAt: Instant;
  canceledAt: Instant | null;
  cancelReason: string | null;
  completedAt: Instant | null;
  archivedAt: Instant | null;
  deletedAt: Instant | null;
  state: OrderState;
  paymentStatus: PaymentStatus;
  fulfillmentStatus: FulfillmentStatus;
  deliveryStatus: DeliveryStatus;
  returnStatus: OrderReturnStatus;
  platformStatuses: PlatformStatus[];
  statusProvenance: StatusProvenance[];
  tags: string[];
  totals: DocumentTotals;
  taxesIncluded: boolean;
  shippingLines: ShippingLine[];
  taxLines: TaxLine[];
  discounts: DiscountLine[];
  paymentMethods: string[];
  customer: CustomerRef | null;
  email: string | null;
  phone: string | null;
  shippingAddress: Address | null;
  billingAddress: Address | null;
  notes: OrderNote[];
  attributes: KeyValue[];
  holds: PlacedHold[];
  anomalies: Anomaly[];
  lines: DocumentLine[];
  fulfillmentOrders: DocumentFulfillmentOrder[];
  fulfillments: DocumentFulfillment[];
  returns: DocumentReturn[];
  refunds: DocumentRefund[];
  transactions: DocumentTransaction[];
}

/** What a platform says that cannot be right: kept raw, clamped here, told. */
export interface Anomaly {
  code: string;
  message: string;
  lineId: string | null;
}

export interface DocumentTotals {
  original: MoneyBag;
  subtotal: MoneyBag;
  shipping: MoneyBag;
  discounts: MoneyBag;
  tax: MoneyBag;
  duties: MoneyBag | null;
  total: MoneyBag;
  authorized: MoneyBag;
  captured: MoneyBag;
  refunded: MoneyBag;
  refundPending: MoneyBag;
  /** total − captured, never below zero, net of what was refunded of an edit. */
  outstanding: MoneyBag;
}

/**
 * ordered = canceled + unfulfilled + fulfilled; delivered ≤ shipped ≤ fulfilled; returnRejected + returnReceived ≤
 * returnApproved ≤ returnRequested. What commands are going to return or refund is taken off `returnable` and
 * `fulfillable` as soon as it is planned, and counts nowhere else before it is done.
 */
export interface LineQuantities {
  ordered: Quantity;
  canceled: Quantity;
  unfulfilled: Quantity;
  /** Before reservations of unfinished commands, which are taken off when it is read. */
  fulfillable: Quantity;
  onHold: Quantity;
  fulfilled: Quantity;
  shipped: Quantity;
  delivered: Quantity;
  /** Asked back in all returns that were neither declined nor canceled. */
  returnRequested: Quantity;
  returnApproved: Quantity;
  returnReceived: Quantity;
  returnRejected: Quantity;
  /** What left and is in no return yet. */
  returnable: Quantity;
  refunded: Quantity;
  restocked: Quantity;
  /** Came back and can be sold no more, or never came although it was said to. */
  writtenOff: Quantity;
}

export interface DocumentLine {
  id: string;
  nativeId: string | null;
  name: string;
  sku: string | null;
  barcode: string | null;
  variantTitle: string | null;
  imageUrl: string | null;
  requiresShipping: boolean;
  weightGrams: Quantity | null;
  quantities: LineQuantities;
  unitPrice: MoneyBag;
  discounts: MoneyBag;
  tax: MoneyBag;
  total: MoneyBag;
  properties: KeyValue[];
  externalProductId: string | null;
  externalVariantId: string | null;
  parentLineId: string | null;
}

export interface DocumentFulfillment {
  id: string;
  nativeId: string | null;
  owner: "CHANNEL" | "GATEWAY";
  status: FulfillmentEntityStatus;
  deliveryStatus: DeliveryStatus;
  /** The platform's id of the place. */
  locationId: string | null;
  lines: LineQuantity[];
  packages: DocumentPackage[];
  createdAt: Instant;
  shippedAt: Instant | null;
  deliveredAt: Instant | null;
  platformStatuses: PlatformStatus[];
  commandId: string | null;
}
export interface DocumentPackage {
  id: string;
  lines: LineQuantity[];
  tracking: DocumentTracking | null;
}
export interface DocumentTracking extends Tracking {
  status: DeliveryStatus;
  source: string;
  /** When this number was withdrawn; null while it stands. */
  removedAt: Instant | null;
  /** Newest first. */
  events: DocumentScan[];
}
export interface DocumentScan extends Scan {
  id: string;
  recordedAt: Instant;
}

export interface DocumentFulfillmentOrder {
  id: string;
  nativeId: string | null;
  /** Whether the gateway keeps it because the platform tells of none. */
  synthetic: boolean;
  status: FulfillmentOrderStatus;
  method: DeliveryMethod;
  locationId: string | null;
  destination: Address | null;
  shipBy: Instant | null;
  lines: { lineId: string; total: Quantity; remaining: Quantity }[];
  holds: PlacedHold[];
}

export interface DocumentReturn {
  id: string;
  nativeId: string | null;
  owner: "CHANNEL" | "GATEWAY";
  name: string;
  status: ReturnStatus;
  lines: DocumentReturnLine[];
  /** Absent where nothing is sent for what comes back. */
  exchangeLines?: DocumentExchangeLine[];
  shipments: DocumentReturnShipment[];
  requestedAt: Instant;
  note: string | null;
  projection: ReturnProjection;
  commandId: string | null;
  /** Whether a command merely asks for it. */
  planned: boolean;
}
export interface DocumentReturnLine {
  lineId: string;
  requested: Quantity;
  approved: Quantity;
  received: Quantity;
  rejected: Quantity;
  reason: ReturnReason;
  rawReason: string | null;
  note: string | null;
  disposition: Disposition | null;
  resolution: Resolution;
}
export type DocumentExchangeLine = Omit<ExchangeLine, "nativeId">;
export interface DocumentReturnShipment {
  tracking: DocumentTracking | null;
  labelUrl: string | null;
}
export interface DocumentRefund {
  id: string;
  nativeId: string | null;
  returnId: string | null;
  commandId: string | null;
  status: RefundStatus;
  amount: MoneyBag;
  lines: { lineId: string; quantity: Quantity; amount: MoneyBag; restocked: boolean | null }[];
  shipping: MoneyBag | null;
  reason: string | null;
  createdAt: Instant;
}
export interface DocumentTransaction {
  id: string;
  nativeId: string | null;
  kind: TransactionKind;
  status: TransactionStatus;
  gateway: string | null;
  amount: MoneyBag;
  processedAt: Instant | null;
}
