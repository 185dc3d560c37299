import type { OrderRef, Snapshot } from "../../domain/snapshot.js";
import type { Instant } from "../../domain/time.js";
import { whyUnreadable } from "../unread.js";
import { translateFulfillment } from "./fulfillment.js";
import {
  errorPayload,
  fulfillmentPayload,
  notePayload,
  orderPayload,
  refundPayload,
  trackingPayload,
} from "./payload.js";
import { orderOfLinks, orderOfRefund } from "./refund.js";
import type { Shop } from "./shop.js";
import { DRAFT_STATUSES } from "./status.js";
import { trackingFulfillment } from "./tracking.js";
import { hidesSections, orderSnapshot } from "./translate.js";

/** What one record of the shop means for orders. */
export type Recognised =
  /** It says all of the sections in it; `refresh` where the order has more that must be read. */
  | { kind: "snapshot"; snapshot: Snapshot; refresh: boolean }
  /** It is about this order and does not say enough by itself. */
  | { kind: "hint"; ref: OrderRef; reason: string }
  | { kind: "ignored"; reason: string }
  | { kind: "unreadable"; reason: string };

/** Tells what a record is and for which order. Takes anything and never throws. */
export function recognise(body: unknown, shop: Shop, now: Instant): Recognised {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    return { kind: "ignored", reason: "it is no single record" };
  const record = body as Record<string, unknown>;
  const found = KINDS.find((kind) => kind.has.every((key) => key in record));
  if (!found) return { kind: "ignored", reason: "it is none of an order's records" };
  try {
    return found.read(record, shop, now);
  } catch (error) {
    return { kind: "unreadable", reason: `${found.name}: ${whyUnreadable(error)}` };
  }
}

interface Kind {
  name: string;
  /** A record with all of these is one; the first kind that fits counts. */
  has: string[];
  read(body: Record<string, unknown>, shop: Shop, now: Instant): Recognised;
}

const ignored = (name: string, ...has: string[]): Kind => ({
  name,
  has,
  read: () => ({ kind: "ignored", reason: `it is ${name}` }),
});

const KINDS: readonly Kind[] = [
  { name: "order", has: ["id", "status", "line_items", "billing"], read: readOrder },
  { name: "refund", has: ["id", "amount", "refunded_payment"], read: readRefund },
  { name: "fulfillment", has: ["id", "entity_id", "is_fulfilled"], read: readFulfillment },
  { name: "order note", has: ["id", "note", "customer_note"], read: readNote },
  { name: "tracking", has: ["tracking_id", "tracking_number"], read: readTracking },
  { name: "error", has: ["code", "message"], read: readError },
  ignored("a webhook", "id", "delivery_url"),
  ignored("a customer", "id", "is_paying_customer"),
  ignored("a product", "id", "permalink"),
  ignored("a coupon", "id", "discount_type"),
  ignored("a custom action", "action", "arg"),
  { name: "deletion", has: ["id"], read: readBareId },
];

function readOrder(body: unknown, shop: Shop): Recognised {
  const order = orderPayload.parse(body);
  if (DRAFT_STATUSES.has(order.status))
    return { kind: "ignored", reason: `it is a cart (${order.status}), not an order yet` };
  return {
    kind: "snapshot",
    snapshot: orderSnapshot(order, shop),
    refresh: hidesSections(order, shop),
  };
}

/** A refund does not name its currency, so it only tells which order to read. */
function readRefund(body: unknown): Recognised {
  return hint(orderOfRefund(refundPayload.parse(body)), "a refund");
}

function readNote(body: unknown): Recognised {
  return hint(orderOfLinks(notePayload.parse(body)._links), "an order note");
}

function readFulfillment(body: unknown, shop: Shop, now: Instant): Recognised {
  const payload = fulfillmentPayload.parse(body);
  // Its times are site-local: without the shop's zone they would be hours off.
  if (shop.zone === null || payload.date_deleted) return hint(payload.entity_id, "a fulfillment");
  const value = [translateFulfillment(payload, shop.zone)];
  const fulfillments = { asOf: now, complete: false, value };
  const snapshot = { ref: { nativeId: payload.entity_id }, fulfillments };
  return { kind: "snapshot", snapshot, refresh: true };
}

function readTracking(body: unknown, _shop: Shop, now: Instant): Recognised {
  const payload = trackingPayload.parse(body);
  const orderId = orderOfLinks(payload._links);
  if (orderId === null) return { kind: "ignored", reason: "it is a tracking of an unnamed order" };
  const value = [trackingFulfillment(payload, now)];
  const fulfillments = { asOf: now, complete: false, value };
  return {
    kind: "snapshot",
    snapshot: { ref: { nativeId: orderId }, fulfillments },
    refresh: true,
  };
}

/** An order that was deleted for good before it was sent arrives as an error in its place (measured). */
function readError(body: unknown): Recognised {
  const error = errorPayload.parse(body);
  return { kind: "ignored", reason: `it is an error without an order's id (${error.code})` };
}

function readBareId({ id, ...rest }: Record<string, unknown>): Recognised {
  const isId = typeof id === "number" || (typeof id === "string" && /^\d+$/.test(id));
  if (isId && Object.keys(rest).length === 0) return hint(String(id), "a deletion");
  return { kind: "ignored", reason: "it is none of an order's records" };
}

function hint(orderId: string | null, what: string): Recognised {
  return orderId === null
    ? { kind: "ignored", reason: `it is ${what} of an unnamed order` }
    : { kind: "hint", ref: { nativeId: orderId }, reason: `it is ${what}` };
}
