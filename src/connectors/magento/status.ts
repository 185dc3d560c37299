import type { PlatformStatus, StatusClaims } from "../../domain/status.js";
import { type Claimed, meaningsOf } from "../meaning.js";

/**
 * What Magento's state claims; its status is a label that merchants extend and may set against the state (measured), so
 * it is kept and never read. Payment and shipping follow from amounts and shipments: only where nothing happened yet
 * does a state say more than these. complete means that nothing is left to ship or to invoice, closed that all was
 * refunded.
 */
const BY_STATE: Readonly<Record<string, Claimed>> = {
  new: { ORDER: "PENDING", PAYMENT: "PENDING", FULFILLMENT: "UNFULFILLED" },
  pending_payment: { ORDER: "PENDING", PAYMENT: "PENDING", FULFILLMENT: "UNFULFILLED" },
  payment_review: { ORDER: "PENDING", PAYMENT: "PENDING", FULFILLMENT: "ON_HOLD" },
  processing: { ORDER: "OPEN" },
  holded: { ORDER: "OPEN", FULFILLMENT: "ON_HOLD" },
  complete: { ORDER: "COMPLETED" },
  closed: { ORDER: "COMPLETED" },
  canceled: { ORDER: "CANCELED" },
};

/** The table above, row by row. */
export const MEANINGS = meaningsOf("state", BY_STATE);

/** Status codes that Magento ships with (table sales_order_status). */
const CORE_STATUSES: ReadonlySet<string> = new Set([
  "canceled",
  "closed",
  "complete",
  "fraud",
  "holded",
  "payment_review",
  "paypal_canceled_reversal",
  "paypal_reversed",
  "pending",
  "pending_payment",
  "pending_paypal",
  "processing",
]);

/** The platform's own words. */
export function platformStatuses(state: string | null, status: string | null): PlatformStatus[] {
  const word = (field: string, value: string | null, isCustom: boolean) =>
    value === null ? [] : [{ field, value, label: null, isCustom }];
  return [
    ...word("state", state, state !== null && !(state in BY_STATE)),
    ...word("status", status, status !== null && !CORE_STATUSES.has(status)),
  ];
}

/** The claims of those words. `paid`: whether any money came in. A state that is not known claims no more than UNKNOWN. */
export function statusClaims(words: readonly PlatformStatus[], paid: boolean): StatusClaims {
  const state = words.find(({ field }) => field === "state");
  if (!state) return {};
  const claimed: Claimed = {
    ...(BY_STATE[state.value] ?? { ORDER: "UNKNOWN" }),
    ...(state.value === "canceled" && !paid ? { PAYMENT: "VOIDED" } : {}),
  };
  const claims = Object.entries(claimed).map(([dimension, value]) => [
    dimension,
    { value, basis: "PLATFORM_FIELD", from: [state] },
  ]);
  return Object.fromEntries(claims) as StatusClaims;
}
