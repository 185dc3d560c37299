import { READ_WORK } from "./scopes.js";

/**
 * What each webhook topic means to us, and which of them we subscribe to. A hint makes the gateway read the
 * order, which is always right. A body serves as well only where it comes out exactly as a read would:
 * - orders/*: the head lacks what was received, holds and returns; lines lack barcodes. Hint.
 * - fulfillments/*: displayed status, delivery time and estimate are missing. Hint.
 * - fulfillment_events/*: the package is not named. Hint.
 * - returns/*: the lines are a number, or differences. reverse_*: only the parcel or the decision. Hint.
 * - refunds/create, order_transactions/create: whole where paid in the shop's own currency. Body and read,
 *   since the order's totals move with them.
 */
export type Meaning = "hint" | "body" | "deleted" | "uninstalled";

/** Scopes of which any one lets an app subscribe. */
type Scopes = readonly string[];
interface Topic {
  meaning: Meaning;
  /** Absent: not subscribed to; it may still come, from a subscription made elsewhere. */
  scopes?: Scopes;
}

const ORDERS: Scopes = ["read_orders"];
const FULFILLMENTS: Scopes = ["read_fulfillments"];
const RETURNS: Scopes = ["read_returns"];

const TOPICS: Readonly<Record<string, Topic>> = {
  "orders/create": { meaning: "hint", scopes: ORDERS },
  "orders/updated": { meaning: "hint", scopes: ORDERS },
  "orders/cancelled": { meaning: "hint", scopes: ORDERS },
  "orders/edited": { meaning: "hint", scopes: ORDERS },
  "orders/paid": { meaning: "hint", scopes: ORDERS },
  "orders/fulfilled": { meaning: "hint", scopes: ORDERS },
  "orders/partially_fulfilled": { meaning: "hint", scopes: ORDERS },
  "orders/delete": { meaning: "deleted", scopes: ORDERS },
  "order_transactions/create": { meaning: "body", scopes: ORDERS },
  "refunds/create": { meaning: "body", scopes: ORDERS },
  "fulfillments/create": { meaning: "hint", scopes: FULFILLMENTS },
  "fulfillments/update": { meaning: "hint", scopes: FULFILLMENTS },
  "fulfillment_events/create": { meaning: "hint", scopes: FULFILLMENTS },
  "fulfillment_events/delete": { meaning: "hint", scopes: FULFILLMENTS },
  "fulfillment_orders/placed_on_hold": { meaning: "hint", scopes: READ_WORK },
  "fulfillment_orders/hold_released": { meaning: "hint", scopes: READ_WORK },
  "fulfillment_orders/moved": { meaning: "hint", scopes: READ_WORK },
  "fulfillment_orders/split": { meaning: "hint", scopes: READ_WORK },
  "fulfillment_orders/merged": { meaning: "hint", scopes: READ_WORK },
  "fulfillment_orders/cancelled": { meaning: "hint", scopes: READ_WORK },
  "fulfillment_orders/rescheduled": { meaning: "hint", scopes: READ_WORK },
  "fulfillment_orders/scheduled_fulfillment_order_ready": { meaning: "hint", scopes: READ_WORK },
  "fulfillment_orders/order_routing_complete": { meaning: "hint", scopes: READ_WORK },
  "returns/request": { meaning: "hint", scopes: RETURNS },
  "returns/approve": { meaning: "hint", scopes: RETURNS },
  "returns/decline": { meaning: "hint", scopes: RETURNS },
  "returns/cancel": { meaning: "hint", scopes: RETURNS },
  "returns/close": { meaning: "hint", scopes: RETURNS },
  "returns/reopen": { meaning: "hint", scopes: RETURNS },
  // Its published sample is an empty body; orders/updated comes beside it.
  "returns/process": { meaning: "hint" },
  "returns/update": { meaning: "hint", scopes: RETURNS },
  "reverse_deliveries/attach_deliverable": { meaning: "hint", scopes: RETURNS },
  "reverse_fulfillment_orders/dispose": { meaning: "hint", scopes: RETURNS },
  "app/uninstalled": { meaning: "uninstalled", scopes: [] },
};

/** What a topic means. Further topics of nouns that we know are hints; null is for news of other things. */
export function meaningOf(topic: string): Meaning | null {
  const known = TOPICS[topic];
  if (known) return known.meaning;
  return HINTING.test(topic) ? "hint" : null;
}

const HINTING =
  /^(orders|fulfillment_orders|fulfillment_holds|returns|reverse_deliveries|reverse_fulfillment_orders)\//;

/** Topics that an app with these scopes subscribes to, as the API names them ("ORDERS_CREATE"). */
export function subscribable(granted: ReadonlySet<string>): string[] {
  return Object.entries(TOPICS).flatMap(([topic, { scopes }]) =>
    scopes && (scopes.length === 0 || scopes.some((scope) => granted.has(scope)))
      ? [topic.toUpperCase().replace("/", "_")]
      : [],
  );
}
