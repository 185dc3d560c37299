import type {
  PaymentStatus,
  PlatformStatus,
  StatusClaims,
  StatusMeaning,
} from "../../domain/status.js";
import { type Claimed, meaningsOf } from "../meaning.js";

/** Statuses of an order by id. The labels are the store's own and may say anything. */
export const STATUS = {
  incomplete: 0,
  pending: 1,
  shipped: 2,
  partiallyShipped: 3,
  refunded: 4,
  cancelled: 5,
  declined: 6,
  awaitingPayment: 7,
  awaitingPickup: 8,
  awaitingShipment: 9,
  completed: 10,
  awaitingFulfillment: 11,
  manualVerification: 12,
  disputed: 13,
  partiallyRefunded: 14,
} as const;

/** The customer left at the payment page: no order yet. */
export const isDraft = (statusId: number): boolean => statusId === STATUS.incomplete;
/** Nothing of such an order leaves any more. */
export const isClosed = (statusId: number): boolean =>
  statusId === STATUS.cancelled || statusId === STATUS.declined;

/** Statuses that say how much has left, which stay when a shipment is deleted. */
export const MOVES_BACK: ReadonlySet<number> = new Set([STATUS.shipped, STATUS.partiallyShipped]);

/**
 * What the one status field claims. It overwrites itself (14 "Partially Refunded" takes the place of 2 "Shipped"), so a
 * status speaks only of what it is about: 4 and 14 say nothing of goods, 2, 3 and 10 nothing of money.
 */
const BY_STATUS: Readonly<Record<number, Claimed>> = {
  [STATUS.pending]: { ORDER: "PENDING", PAYMENT: "PENDING", FULFILLMENT: "UNFULFILLED" },
  [STATUS.awaitingPayment]: { ORDER: "PENDING", PAYMENT: "PENDING", FULFILLMENT: "UNFULFILLED" },
  [STATUS.awaitingFulfillment]: { ORDER: "OPEN", PAYMENT: "PAID", FULFILLMENT: "UNFULFILLED" },
  [STATUS.awaitingShipment]: { ORDER: "OPEN", PAYMENT: "PAID", FULFILLMENT: "IN_PROGRESS" },
  [STATUS.awaitingPickup]: {
    ORDER: "OPEN",
    PAYMENT: "PAID",
    FULFILLMENT: "IN_PROGRESS",
    DELIVERY: "READY_FOR_PICKUP",
  },
  [STATUS.partiallyShipped]: {
    ORDER: "OPEN",
    FULFILLMENT: "PARTIALLY_FULFILLED",
    DELIVERY: "IN_TRANSIT",
  },
  [STATUS.shipped]: { ORDER: "COMPLETED", FULFILLMENT: "FULFILLED", DELIVERY: "IN_TRANSIT" },
  [STATUS.completed]: { ORDER: "COMPLETED", FULFILLMENT: "FULFILLED", DELIVERY: "UNKNOWN" },
  [STATUS.refunded]: { PAYMENT: "REFUNDED" },
  [STATUS.partiallyRefunded]: { PAYMENT: "PARTIALLY_REFUNDED" },
  [STATUS.cancelled]: { ORDER: "CANCELED" },
  [STATUS.declined]: { ORDER: "CANCELED", PAYMENT: "FAILED" },
  [STATUS.disputed]: { PAYMENT: "DISPUTED" },
};

/** Statuses that know more of the money than `payment_status` does, which lags behind or is empty for offline payments. */
const OUTRANKS_PAYMENT_STATUS: ReadonlySet<number> = new Set([
  STATUS.refunded,
  STATUS.partiallyRefunded,
  STATUS.declined,
  STATUS.disputed,
]);

/** What `payment_status` claims; a capture or void that is only scheduled leaves the money authorized. */
const BY_PAYMENT: Readonly<Record<string, PaymentStatus>> = {
  authorized: "AUTHORIZED",
  captured: "PAID",
  "capture pending": "AUTHORIZED",
  declined: "FAILED",
  "held for review": "PENDING",
  paid: "PAID",
  "partially refunded": "PARTIALLY_REFUNDED",
  pending: "PENDING",
  refunded: "REFUNDED",
  void: "VOIDED",
  "void pending": "AUTHORIZED",
};

/** What this build makes of either field's values. */
export const MEANINGS: readonly StatusMeaning[] = [
  ...meaningsOf("status_id", BY_STATUS),
  ...Object.entries(BY_PAYMENT).flatMap(([value, PAYMENT]) =>
    meaningsOf("payment_status", { [value]: { PAYMENT } }),
  ),
];

/** What an order says of its statuses, and how the store calls them. */
export interface StatusWords {
  status_id: number;
  status: string | null;
  custom_status: string | null;
  payment_status: string | null;
}

/** The platform's own words. `labels` are the store's, by status id; the order names its own where they are not known. */
export function platformStatuses(
  order: StatusWords,
  labels: Readonly<Record<string, string>>,
): PlatformStatus[] {
  const label = labels[order.status_id] ?? order.custom_status ?? order.status;
  const isCustom = !Object.values(STATUS).some((known) => known === order.status_id);
  const own = { field: "status_id", value: String(order.status_id), label, isCustom };
  if (!order.payment_status) return [own];
  return [
    own,
    { field: "payment_status", value: order.payment_status, label: null, isCustom: false },
  ];
}

/** The claims of those words. */
export function statusClaims(order: StatusWords, words: readonly PlatformStatus[]): StatusClaims {
  const [status, payment] = words;
  const claims: StatusClaims = {};
  if (!status) return claims;
  add(claims, BY_STATUS[order.status_id] ?? {}, status);
  const said = payment && BY_PAYMENT[payment.value];
  if (said && !OUTRANKS_PAYMENT_STATUS.has(order.status_id))
    add(claims, { PAYMENT: said }, payment);
  return claims;
}

function add(claims: StatusClaims, claimed: Claimed, from: PlatformStatus): void {
  for (const [dimension, value] of Object.entries(claimed))
    Object.assign(claims, { [dimension]: { value, basis: "PLATFORM_FIELD", from: [from] } });
}
