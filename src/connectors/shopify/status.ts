import type {
  DeliveryMethod,
  FulfillmentEntityStatus,
  FulfillmentOrderStatus,
  HoldReason,
} from "../../domain/fulfillment.js";
import type { TransactionKind, TransactionStatus } from "../../domain/refund.js";
import type {
  DeliveryStatus,
  FulfillmentStatus,
  OrderReturnStatus,
  PaymentStatus,
  StatusMeaning,
} from "../../domain/status.js";

/**
 * Shopify's words and ours. Shopify adds words between versions, so every table is read through `wordOf`,
 * which has an answer for those it does not know; the raw word is kept beside the translation.
 */
export type Words<T> = Readonly<Record<string, T>>;

export function wordOf<T, U>(words: Words<T>, word: string, unknown: U): T | U {
  return Object.hasOwn(words, word) ? (words[word] as T) : unknown;
}

/** OrderDisplayFinancialStatus */
export const PAYMENT: Words<PaymentStatus> = {
  AUTHORIZED: "AUTHORIZED",
  EXPIRED: "EXPIRED",
  PAID: "PAID",
  PARTIALLY_PAID: "PARTIALLY_PAID",
  PARTIALLY_REFUNDED: "PARTIALLY_REFUNDED",
  PENDING: "PENDING",
  REFUNDED: "REFUNDED",
  VOIDED: "VOIDED",
};

/** OrderDisplayFulfillmentStatus; OPEN, PENDING_FULFILLMENT and RESTOCKED are words of older versions. */
export const FULFILLMENT: Words<FulfillmentStatus> = {
  FULFILLED: "FULFILLED",
  FULFILLMENT_NOT_REQUIRED: "NOT_REQUIRED",
  IN_PROGRESS: "IN_PROGRESS",
  ON_HOLD: "ON_HOLD",
  OPEN: "UNFULFILLED",
  PARTIALLY_FULFILLED: "PARTIALLY_FULFILLED",
  PENDING_FULFILLMENT: "IN_PROGRESS",
  REQUEST_DECLINED: "UNFULFILLED",
  RESTOCKED: "UNFULFILLED",
  SCHEDULED: "SCHEDULED",
  UNFULFILLED: "UNFULFILLED",
};

/** OrderReturnStatus; RETURN_FAILED says neither that something came back nor that nothing will. */
export const RETURN: Words<OrderReturnStatus> = {
  INSPECTION_COMPLETE: "IN_PROGRESS",
  IN_PROGRESS: "IN_PROGRESS",
  NO_RETURN: "NONE",
  RETURNED: "RETURNED",
  RETURN_REQUESTED: "REQUESTED",
};

/** What these tables say, for people. That an order is canceled or completed is told by times, which are no words. */
export const MEANINGS: readonly StatusMeaning[] = [
  { field: "closed", value: "false", dimension: "ORDER", unified: "OPEN" },
  ...Object.entries(PAYMENT).map(([value, unified]) => ({
    field: "displayFinancialStatus",
    value,
    dimension: "PAYMENT" as const,
    unified,
  })),
  ...Object.entries(FULFILLMENT).map(([value, unified]) => ({
    field: "displayFulfillmentStatus",
    value,
    dimension: "FULFILLMENT" as const,
    unified,
  })),
  ...Object.entries(RETURN).map(([value, unified]) => ({
    field: "returnStatus",
    value,
    dimension: "RETURN" as const,
    unified,
  })),
];

/** FulfillmentStatus */
export const SHIPMENT: Words<FulfillmentEntityStatus> = {
  CANCELLED: "CANCELED",
  ERROR: "ERROR",
  FAILURE: "ERROR",
  OPEN: "OPEN",
  PENDING: "OPEN",
  SUCCESS: "SUCCESS",
};

/**
 * FulfillmentDisplayStatus and FulfillmentEventStatus, whose words mean the same. FULFILLED and
 * MARKED_AS_FULFILLED say that it left, not where it is; CONFIRMED that the carrier knows of it.
 */
export const DELIVERY: Words<DeliveryStatus> = {
  ATTEMPTED_DELIVERY: "ATTEMPT_FAILED",
  CANCELED: "NOT_SHIPPED",
  CARRIER_PICKED_UP: "IN_TRANSIT",
  CONFIRMED: "LABEL_CREATED",
  DELAYED: "DELAYED",
  DELIVERED: "DELIVERED",
  FAILURE: "EXCEPTION",
  IN_TRANSIT: "IN_TRANSIT",
  LABEL_PRINTED: "LABEL_CREATED",
  LABEL_PURCHASED: "LABEL_CREATED",
  LABEL_VOIDED: "NOT_SHIPPED",
  NOT_DELIVERED: "EXCEPTION",
  OUT_FOR_DELIVERY: "OUT_FOR_DELIVERY",
  PICKED_UP: "DELIVERED",
  READY_FOR_PICKUP: "READY_FOR_PICKUP",
  SUBMITTED: "NOT_SHIPPED",
};

/** Which FulfillmentEventStatus says it at the shop; the others Shopify has no word for. */
export const SCAN_WORD: Partial<Record<DeliveryStatus, string>> = {
  LABEL_CREATED: "LABEL_PRINTED",
  IN_TRANSIT: "IN_TRANSIT",
  OUT_FOR_DELIVERY: "OUT_FOR_DELIVERY",
  READY_FOR_PICKUP: "READY_FOR_PICKUP",
  DELIVERED: "DELIVERED",
  DELAYED: "DELAYED",
  ATTEMPT_FAILED: "ATTEMPTED_DELIVERY",
  EXCEPTION: "FAILURE",
};

/** FulfillmentOrderStatus */
export const WORK: Words<FulfillmentOrderStatus> = {
  CANCELLED: "CANCELED",
  CLOSED: "CLOSED",
  INCOMPLETE: "INCOMPLETE",
  IN_PROGRESS: "IN_PROGRESS",
  ON_HOLD: "ON_HOLD",
  OPEN: "OPEN",
  SCHEDULED: "SCHEDULED",
};

/** DeliveryMethodType */
export const METHOD: Words<DeliveryMethod> = {
  LOCAL: "LOCAL",
  NONE: "DIGITAL",
  PICKUP_POINT: "PICKUP",
  PICK_UP: "PICKUP",
  RETAIL: "PICKUP",
  SHIPPING: "SHIPPING",
};

/** FulfillmentHoldReason, whose other words have none of ours. */
export const HOLD: Words<HoldReason> = {
  AWAITING_PAYMENT: "AWAITING_PAYMENT",
  HIGH_RISK_OF_FRAUD: "FRAUD_REVIEW",
  INCORRECT_ADDRESS: "ADDRESS",
  INVENTORY_OUT_OF_STOCK: "OUT_OF_STOCK",
};

/** Which FulfillmentHoldReason says it at the shop. */
export const HOLD_WORD: Record<HoldReason, string> = {
  AWAITING_PAYMENT: "AWAITING_PAYMENT",
  FRAUD_REVIEW: "HIGH_RISK_OF_FRAUD",
  ADDRESS: "INCORRECT_ADDRESS",
  OUT_OF_STOCK: "INVENTORY_OUT_OF_STOCK",
  CUSTOMER_REQUEST: "OTHER",
  OTHER: "OTHER",
};

/** OrderTransactionKind; CHANGE is cash handed back over the counter, SUGGESTED_REFUND moves nothing. */
export const MOVEMENT: Words<TransactionKind> = {
  AUTHORIZATION: "AUTHORIZATION",
  CAPTURE: "CAPTURE",
  EMV_AUTHORIZATION: "AUTHORIZATION",
  REFUND: "REFUND",
  SALE: "SALE",
  VOID: "VOID",
};

/** OrderTransactionStatus */
export const MOVEMENT_STATUS: Words<TransactionStatus> = {
  AWAITING_RESPONSE: "PENDING",
  ERROR: "FAILED",
  FAILURE: "FAILED",
  PENDING: "PENDING",
  SUCCESS: "SUCCEEDED",
};

/** OrderCancelReason, found in what a caller wrote. */
export function cancelReasonOf(reason: string): string {
  const word = reason.trim().toUpperCase();
  return CANCEL_REASONS.find((known) => word.includes(known)) ?? "OTHER";
}

const CANCEL_REASONS = ["CUSTOMER", "DECLINED", "FRAUD", "INVENTORY", "STAFF"];
