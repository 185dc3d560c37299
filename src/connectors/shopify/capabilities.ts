import type { Capability } from "../../domain/channel.js";
import { ALL_ORDERS, OPTIONAL_SCOPES, READ_WORK, WRITE_WORK } from "./scopes.js";

/** What Shopify can do for an app with all access scopes. */
export const CAPABILITIES: readonly Capability[] = [
  can("ORDER_READ", {
    requiredScopes: ["read_orders", READ_WORK[0]],
    constraints: [`orders older than 60 days only with ${ALL_ORDERS}`],
    note: `${OPTIONAL_SCOPES.join(", ")} add customers, product ids and places`,
    idempotent: "NATURAL",
  }),
  can("ORDER_CANCEL", {
    requiredScopes: ["write_orders"],
    constraints: [
      "the whole order, for good",
      "refused where something was shipped, a return is open or an authorization is pending",
      "with a refund all that was received goes back the way it came; what was only authorised is voided either way",
    ],
  }),
  can("ORDER_NOTE", {
    requiredScopes: ["write_orders"],
    constraints: [
      "an order has one note, for the shop's staff; a line is put behind what is there",
    ],
  }),
  can("ORDER_TAG", { requiredScopes: ["write_orders"], idempotent: "NATURAL" }),
  can("ORDER_ADDRESS_UPDATE", {
    requiredScopes: ["write_orders"],
    constraints: ["countries and regions by their codes"],
    idempotent: "NATURAL",
  }),
  can("FULFILLMENT_CREATE", {
    requiredScopes: [WRITE_WORK[0]],
    constraints: [
      "one fulfillment per location",
      "only work that is open and not on hold",
      "the time of shipping is when Shopify hears of it",
    ],
    note: `${WRITE_WORK.slice(1).join(" or ")} for work that a fulfillment service does`,
  }),
  can("FULFILLMENT_PARTIAL", { requiredScopes: [WRITE_WORK[0]] }),
  can("FULFILLMENT_MULTI_PACKAGE", {
    support: "PARTIAL",
    requiredScopes: [WRITE_WORK[0]],
    constraints: [
      "one carrier for all packages of a fulfillment",
      "packages that name their lines become a fulfillment each",
    ],
  }),
  can("FULFILLMENT_FROM_LOCATION", {
    support: "PARTIAL",
    requiredScopes: [WRITE_WORK[0]],
    constraints: ["only the location that the fulfillment order is assigned to"],
  }),
  can("FULFILLMENT_TRACKING_UPDATE", {
    requiredScopes: [WRITE_WORK[0]],
    constraints: ["one carrier for all packages of a fulfillment"],
    idempotent: "NATURAL",
  }),
  can("FULFILLMENT_CANCEL", {
    requiredScopes: [WRITE_WORK[0]],
    constraints: ["Shopify keeps no reason"],
    idempotent: "NATURAL",
  }),
  can("FULFILLMENT_EVENT_CREATE", {
    requiredScopes: ["write_fulfillments"],
    constraints: [
      "told of the fulfillment, not of one of its packages",
      "RETURNED_TO_SENDER, LOST and PARTIALLY_DELIVERED are kept by the gateway alone",
    ],
  }),
  can("FULFILLMENT_ORDER_HOLD", {
    requiredScopes: [WRITE_WORK[0]],
    constraints: [
      "the whole of a fulfillment order",
      "at most ten holds of this app on one",
      "CUSTOMER_REQUEST stands in the shop as its other",
    ],
    note: "holds of others are released only where they are named",
  }),
  can("FULFILLMENT_ORDER_MOVE", {
    requiredScopes: [WRITE_WORK[0]],
    constraints: ["only to places that Shopify names for it, which stock the goods"],
  }),
  can("FULFILLMENT_ORDER_SPLIT", {
    requiredScopes: [WRITE_WORK[0]],
    constraints: ["by moving some of its lines to another place"],
  }),
  can("RETURN_CREATE", {
    requiredScopes: ["write_returns"],
    constraints: [
      "only pieces that were shipped",
      "a tracking number once the return is approved; Shopify finds the carrier itself",
      "Shopify keeps no resolution",
    ],
    note: "reasons are those of Shopify's library that say the same, else its other",
  }),
  can("RETURN_APPROVE", {
    requiredScopes: ["write_returns"],
    constraints: ["as a whole; pieces that are not agreed to are taken off the return after it"],
    idempotent: "NATURAL",
  }),
  can("RETURN_RECEIVE", {
    requiredScopes: ["write_returns"],
    constraints: [
      "DAMAGED is kept as not restocked",
      "what is refused at the door is taken off the return, and a return of which nothing is taken is canceled",
      "stock goes back to the location that the piece left from",
    ],
  }),
  can("RETURN_CLOSE", {
    requiredScopes: ["write_returns"],
    constraints: [
      "canceled only while open and before anything came back; a request is declined instead",
    ],
    idempotent: "NATURAL",
  }),
  can("EXCHANGE_CREATE", {
    requiredScopes: ["write_returns", "read_products"],
    constraints: [
      "with a return that is agreed to at once, not with one that is asked for",
      "whole units of variants that bear the SKU alone, at their full price",
      "the goods come into the same order, with work of their own, as the last of the return is taken in",
    ],
  }),
  can("REFUND_QUOTE", { requiredScopes: ["read_orders"], idempotent: "NATURAL" }),
  can("REFUND_LINES", {
    requiredScopes: ["write_orders"],
    constraints: [
      "by the payments that still hold money, and never more than they hold",
      "manual payments are only written down; somebody sends the money by hand",
      "store credit only to customers with an account",
      "a refund for an open return takes no key; it needs write_returns",
    ],
    idempotent: "KEYED",
  }),
  can("REFUND_SHIPPING", { requiredScopes: ["write_orders"], idempotent: "KEYED" }),
  can("REFUND_ARBITRARY_AMOUNT", {
    requiredScopes: ["write_orders"],
    constraints: ["what differs from lines and shipping stands in the shop as a discrepancy"],
    idempotent: "KEYED",
  }),
  can("REFUND_RESTOCK", {
    requiredScopes: ["write_orders"],
    constraints: [
      "pieces that left go back to the location named, else to the one they left from",
      "pieces that did not leave are canceled and free again",
    ],
    idempotent: "KEYED",
  }),
  can("NOTIFY_CUSTOMER", {
    requiredScopes: [WRITE_WORK[0]],
    constraints: [
      "of shipments, tracking, cancellations and refunds; Shopify tells nobody unless asked",
    ],
  }),
  can("WEBHOOK_ORDER", { requiredScopes: ["read_orders"], idempotent: "NATURAL" }),
  can("WEBHOOK_FULFILLMENT", {
    requiredScopes: ["read_fulfillments", READ_WORK[0]],
    idempotent: "NATURAL",
  }),
  can("WEBHOOK_RETURN", { requiredScopes: ["read_returns"], idempotent: "NATURAL" }),
  can("WEBHOOK_REFUND", { requiredScopes: ["read_orders"], idempotent: "NATURAL" }),
  can("POLL_UPDATED_SINCE", {
    requiredScopes: ["read_orders"],
    constraints: ["scans and parcels that come back change no time that could be polled"],
    idempotent: "NATURAL",
  }),
];

/** The same list as far as these scopes allow it. */
export function capabilitiesWith(granted: ReadonlySet<string>): Capability[] {
  const withoutAssigned = new Set([...granted].filter((scope) => scope !== WRITE_WORK[1]));
  return CAPABILITIES.map((capability) => {
    const opens = NOT_BY_ASSIGNED.has(capability.operation) ? withoutAssigned : granted;
    const { requiredScopes } = capability;
    return { ...capability, granted: requiredScopes.every((scope) => isGranted(scope, opens)) };
  });
}

/** Who may only fulfill what was assigned to them may neither hold it back nor give it to others. */
const NOT_BY_ASSIGNED: ReadonlySet<Capability["operation"]> = new Set([
  "FULFILLMENT_ORDER_HOLD",
  "FULFILLMENT_ORDER_MOVE",
  "FULFILLMENT_ORDER_SPLIT",
]);

/** What these scopes lack for the whole list. */
export function missingScopes(granted: ReadonlySet<string>): string[] {
  const required = new Set(CAPABILITIES.flatMap(({ requiredScopes }) => requiredScopes));
  return [...required].filter((scope) => !isGranted(scope, granted)).sort();
}

/** The scopes on fulfillment orders stand for each other: which one an app needs depends on who does the work. */
function isGranted(scope: string, granted: ReadonlySet<string>): boolean {
  const alternatives = [READ_WORK, WRITE_WORK].find((list) => list.some((each) => each === scope));
  return (alternatives ?? [scope]).some((each) => granted.has(each));
}

function can(
  operation: Capability["operation"],
  more: Partial<Capability> & { requiredScopes: string[] },
): Capability {
  return {
    operation,
    support: "NATIVE",
    constraints: [],
    note: null,
    granted: true,
    idempotent: "CHECK_THEN_ACT",
    ...more,
  };
}
