/** The five dimensions of an order's status, and the words of each. Adding a word is additive; clients must expect new ones. */
export const ORDER_STATES = ["PENDING", "OPEN", "COMPLETED", "CANCELED", "UNKNOWN"] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const PAYMENT_STATUSES = [
  "PENDING",
  "AUTHORIZED",
  "PARTIALLY_PAID",
  "PAID",
  "OVERPAID",
  "PARTIALLY_REFUNDED",
  "REFUNDED",
  "VOIDED",
  "EXPIRED",
  "FAILED",
  "DISPUTED",
  "UNKNOWN",
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export const FULFILLMENT_STATUSES = [
  "NOT_REQUIRED",
  "UNFULFILLED",
  "SCHEDULED",
  "ON_HOLD",
  "IN_PROGRESS",
  "PARTIALLY_FULFILLED",
  "FULFILLED",
  "UNKNOWN",
] as const;
export type FulfillmentStatus = (typeof FULFILLMENT_STATUSES)[number];

export const DELIVERY_STATUSES = [
  "NOT_SHIPPED",
  "LABEL_CREATED",
  "IN_TRANSIT",
  "OUT_FOR_DELIVERY",
  "READY_FOR_PICKUP",
  "PARTIALLY_DELIVERED",
  "DELIVERED",
  "DELAYED",
  "ATTEMPT_FAILED",
  "EXCEPTION",
  "RETURNED_TO_SENDER",
  "LOST",
  "UNKNOWN",
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const ORDER_RETURN_STATUSES = [
  "NONE",
  "REQUESTED",
  "IN_PROGRESS",
  "PARTIALLY_RETURNED",
  "RETURNED",
  "DECLINED",
  "UNKNOWN",
] as const;
export type OrderReturnStatus = (typeof ORDER_RETURN_STATUSES)[number];

export const STATUS_DIMENSIONS = ["ORDER", "PAYMENT", "FULFILLMENT", "DELIVERY", "RETURN"] as const;
export type StatusDimension = (typeof STATUS_DIMENSIONS)[number];

/** Which word of which dimension. */
export interface StatusOf {
  ORDER: OrderState;
  PAYMENT: PaymentStatus;
  FULFILLMENT: FulfillmentStatus;
  DELIVERY: DeliveryStatus;
  RETURN: OrderReturnStatus;
}

/** On what a status rests: on amounts and quantities, on the platform's own field, on a merchant's rule, or on a guess. */
export const STATUS_BASES = ["FACTS", "PLATFORM_FIELD", "MERCHANT_RULE", "ASSUMED"] as const;
export type StatusBasis = (typeof STATUS_BASES)[number];

/** What the platform itself says in one of its status fields, kept whatever we make of it. */
export interface PlatformStatus {
  field: string;
  value: string;
  label: string | null;
  isCustom: boolean;
}

/** What one value of a platform's status field says of one dimension, in our word. */
export type StatusMeaning = {
  [D in StatusDimension]: { field: string; value: string; dimension: D; unified: StatusOf[D] };
}[StatusDimension];

/**
 * What a platform's status field claims about a dimension, in our words. A claim is used only where facts
 * are silent, and a one-field platform that says nothing of a dimension makes no claim about it.
 */
export type StatusClaims = {
  [D in StatusDimension]?: {
    value: StatusOf[D];
    basis: "PLATFORM_FIELD" | "ASSUMED";
    from: PlatformStatus[];
  };
};

/** What a merchant's rules make of the raw words, see status-rule; it stands in the place of the claim. */
export type StatusRulings = {
  [D in StatusDimension]?: { value: StatusOf[D]; ruleId: string; from: PlatformStatus[] };
};

export interface StatusProvenance {
  dimension: StatusDimension;
  basis: StatusBasis;
  from: PlatformStatus[];
  /** The merchant's rule that it rests on. */
  ruleId?: string;
}
