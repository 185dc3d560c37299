import type { PlatformStatus, StatusClaims, StatusMeaning } from "../../domain/status.js";
import { type Claimed, meaningsOf } from "../meaning.js";

/** Statuses of things that are no orders: carts on their way through the checkout. */
export const DRAFT_STATUSES: ReadonlySet<string> = new Set(["checkout-draft", "auto-draft"]);
/** The bin; such an order can still be read. */
export const TRASH = "trash";

/**
 * What the one status field of WooCommerce claims. It overwrites itself (`refunded` hides `completed`), so a word
 * speaks only of what it is about. Absent: it says nothing of that dimension, and facts or what was known remain.
 */
const BY_FIELD: Readonly<Record<string, Claimed>> = {
  pending: { ORDER: "PENDING", PAYMENT: "PENDING", FULFILLMENT: "UNFULFILLED" },
  "on-hold": { ORDER: "PENDING", PAYMENT: "PENDING", FULFILLMENT: "UNFULFILLED" },
  processing: { ORDER: "OPEN", PAYMENT: "PAID", FULFILLMENT: "UNFULFILLED" },
  completed: { ORDER: "COMPLETED", PAYMENT: "PAID" },
  cancelled: { ORDER: "CANCELED" },
  failed: { ORDER: "PENDING", PAYMENT: "FAILED" },
  refunded: { PAYMENT: "REFUNDED" },
};

/** What is only likely: core has no "shipped", so a completed order counts as such; the others come from common plugins. */
const ASSUMED: Readonly<Record<string, Claimed>> = {
  // What left is told by shipments; without one, an earlier word for "shipped" must not outlive the order.
  cancelled: { FULFILLMENT: "UNFULFILLED" },
  completed: { FULFILLMENT: "FULFILLED" },
  shipped: { FULFILLMENT: "FULFILLED" },
  "partial-shipped": { FULFILLMENT: "PARTIALLY_FULFILLED" },
  "partially-shipped": { FULFILLMENT: "PARTIALLY_FULFILLED" },
  delivered: { FULFILLMENT: "FULFILLED", DELIVERY: "DELIVERED" },
};

/** What core fulfillments write into the order's meta `_fulfillment_status`. */
const BY_FULFILLMENT_META: Readonly<Record<string, Claimed>> = {
  unfulfilled: { FULFILLMENT: "UNFULFILLED" },
  partially_fulfilled: { FULFILLMENT: "PARTIALLY_FULFILLED" },
  fulfilled: { FULFILLMENT: "FULFILLED" },
};

/** What this build makes of each word, for people. */
export const MEANINGS: readonly StatusMeaning[] = [
  ...meaningsOf("status", BY_FIELD),
  ...meaningsOf("status", ASSUMED),
  ...meaningsOf("_fulfillment_status", BY_FULFILLMENT_META),
];

const CORE = new Set([...Object.keys(BY_FIELD), "checkout-draft", "auto-draft", TRASH]);

/** The platform's own words. `labels` are those of the shop (`/orders/statuses`). */
export function platformStatuses(
  status: string,
  fulfillmentStatus: string | null,
  labels: Readonly<Record<string, string>>,
): PlatformStatus[] {
  const own = [
    { field: "status", value: status, label: labels[status] ?? null, isCustom: !CORE.has(status) },
  ];
  if (fulfillmentStatus === null) return own;
  return [
    ...own,
    { field: "_fulfillment_status", value: fulfillmentStatus, label: null, isCustom: false },
  ];
}

/** The claims of those words. `paid`: whether the shop says that money came in; `canceled`: whatever the word says now. */
export function statusClaims(
  words: readonly PlatformStatus[],
  { paid, canceled }: { paid: boolean; canceled: boolean },
): StatusClaims {
  const [status, fulfillment] = words;
  const claims: StatusClaims = {};
  if (!status) return claims;
  const field = BY_FIELD[status.value] ?? {};
  add(claims, field, "PLATFORM_FIELD", [status]);
  if (status.value === "cancelled" && !paid)
    add(claims, { PAYMENT: "VOIDED" }, "PLATFORM_FIELD", [status]);
  add(claims, ASSUMED[canceled ? "cancelled" : status.value] ?? {}, "ASSUMED", [status]);
  if (fulfillment)
    add(claims, BY_FULFILLMENT_META[fulfillment.value] ?? {}, "PLATFORM_FIELD", [fulfillment]);
  return claims;
}

function add(
  claims: StatusClaims,
  claimed: Claimed,
  basis: "PLATFORM_FIELD" | "ASSUMED",
  from: PlatformStatus[],
): void {
  for (const [dimension, value] of Object.entries(claimed))
    Object.assign(claims, { [dimension]: { value, basis, from } });
}
