import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { KeptBody, Receipt, Translation, WebhookRequest } from "../../domain/channel.js";
import type { OrderRef } from "../../domain/snapshot.js";
import { instant } from "../../domain/time.js";
import { whyUnreadable } from "../unread.js";
import { gid } from "./gid.js";
import { meaningOf } from "./topics.js";
import { NotInShopCurrency, translateWebhook } from "./translate-webhook.js";
import { parseBody } from "./webhook-payload.js";

/** What verifying and reading a delivery takes. */
export interface Receiver {
  /** The shop's domain as it was given and as the shop itself says it. */
  shops: string[];
  /** The shop's own currency, where it is known. */
  currency: string | null;
  /** Client secrets that may have signed, the present one first. Never empty. */
  secrets: string[];
  now: () => Date;
}

/** What a delivery says. Pure, offline, and never throws. */
export function receiveWebhook(receiver: Receiver, request: WebhookRequest): Receipt {
  const header = headersOf(request);
  const refusal = refusalOf(receiver, request.body, header);
  if (refusal) return { kind: "rejected", reason: refusal };
  const topic = header("topic")?.toLowerCase() ?? null;
  const delivery = header("webhook-id") ?? createHash("sha256").update(request.body).digest("hex");
  const dedupeKey = `${delivery}:${topic}`;
  if (topic === null)
    return { kind: "unreadable", topic, dedupeKey, reason: "the delivery names no topic" };
  if (COMPLIANCE.has(topic))
    return {
      kind: "ignored",
      topic,
      reason: "a request about personal data, for a person to answer within 30 days",
      store: true,
    };
  const meaning = meaningOf(topic);
  if (meaning === null)
    return { kind: "ignored", topic, reason: `${topic} tells nothing of orders`, store: false };
  if (meaning === "uninstalled") return { kind: "uninstalled", topic, dedupeKey };
  try {
    const body = parseBody(request.body.toString("utf8"));
    const triggeredAt = new Date(header("triggered-at") ?? Number.NaN);
    const at = Number.isNaN(triggeredAt.getTime()) ? receiver.now() : triggeredAt;
    return read({ receiver, topic, meaning, dedupeKey, body, at });
  } catch (error) {
    return { kind: "unreadable", topic, dedupeKey, reason: `${topic}: ${whyUnreadable(error)}` };
  }
}

/** What a body says that was kept. A pulled order is no delivery: it only tells which order to read. Never throws. */
export function translateKept(receiver: Receiver, { topic, ...kept }: KeptBody): Translation {
  const meaning = topic === null ? "hint" : meaningOf(topic);
  if (meaning === null || meaning === "uninstalled")
    return { kind: "ignored", reason: `${topic} tells nothing of orders` };
  try {
    const body = parseBody(kept.body);
    const at = kept.receivedAt;
    return read({ receiver, topic: topic ?? "", meaning, dedupeKey: "", body, at });
  } catch (error) {
    return { kind: "unreadable", reason: `${topic ?? "record"}: ${whyUnreadable(error)}` };
  }
}

interface Delivery {
  receiver: Receiver;
  topic: string;
  meaning: "hint" | "body" | "deleted";
  dedupeKey: string;
  body: unknown;
  at: Date;
}

type Read = Extract<Receipt, { kind: "snapshot" | "hint" | "ignored" }>;

function read({ receiver, topic, meaning, dedupeKey, body, at }: Delivery): Read {
  const ref = refOf(body);
  if (!ref)
    return {
      kind: "ignored",
      topic,
      reason: "the body names no order; the next poll brings what changed",
      store: true,
    };
  if (meaning === "deleted") {
    const snapshot = { ref, deletedAt: instant(at) };
    return { kind: "snapshot", topic, dedupeKey, snapshot, refresh: false };
  }
  const hint: Read = { kind: "hint", topic, dedupeKey, ref };
  if (meaning === "hint") return hint;
  try {
    const { shops, currency } = receiver;
    const snapshot = translateWebhook(topic, body, { shop: shops[0] ?? "", currency });
    return snapshot ? { kind: "snapshot", topic, dedupeKey, snapshot, refresh: true } : hint;
  } catch (error) {
    if (error instanceof NotInShopCurrency) return hint;
    throw error;
  }
}

/** Mandatory topics of apps in the App Store, set in the app and not by API. */
const COMPLIANCE = new Set(["customers/data_request", "customers/redact", "shop/redact"]);

type Header = (name: string) => string | undefined;

/** Classic deliveries bear `x-shopify-…` headers, those of the newer events `shopify-…`. */
function headersOf({ headers }: WebhookRequest): Header {
  return (name) => headers[`x-shopify-${name}`] ?? headers[`shopify-${name}`];
}

/** Why a delivery is not from our shop, or null. All shops of one app share its secret, so the shop is compared too. */
function refusalOf({ secrets, shops }: Receiver, body: Buffer, header: Header): string | null {
  const signature = header("hmac-sha256");
  if (!signature) return "the delivery bears no signature";
  const given = Buffer.from(signature, "base64");
  const isSigned = secrets
    .map((secret) => createHmac("sha256", secret).update(body).digest())
    .map((expected) => given.length === expected.length && timingSafeEqual(given, expected));
  if (!isSigned.includes(true)) return "the signature does not fit the body and the client secret";
  const domain = header("shop-domain")?.toLowerCase();
  if (domain && !shops.includes(domain))
    return `the delivery is from ${domain}, not from ${shops[0]}`;
  return null;
}

/** What leads to an order where a body does not name one. */
const PARTS =
  /gid:\/\/shopify\/(FulfillmentOrder|Return|ReverseFulfillmentOrder|ReverseDelivery)\/\d+/;

/**
 * The order that a body is about. Webhooks of fulfillment orders, and some of returns, name only these; then the ref
 * names the first of them, and reading it leads to the order.
 */
function refOf(body: unknown): OrderRef | null {
  if (typeof body !== "object" || body === null) return null;
  const fields = body as Record<string, unknown>;
  // A pulled order's own id is the gid; a delivery's is a number.
  const own = fields.admin_graphql_api_id ?? fields.id;
  if (typeof own === "string" && own.startsWith("gid://shopify/Order/"))
    return typeof fields.name === "string"
      ? { nativeId: own, number: fields.name }
      : { nativeId: own };
  const orderId = fields.order_id ?? inner(fields.order_edit)?.order_id;
  if (typeof orderId === "string") return { nativeId: gid("Order", orderId) };
  const order = inner(fields.order);
  const named = order?.admin_graphql_api_id ?? order?.id;
  if (typeof named === "string") return { nativeId: gid("Order", named) };
  const part = PARTS.exec(JSON.stringify(body));
  if (part) return { nativeId: part[0] };
  // orders/delete tells the bare id.
  return Object.keys(fields).length === 1 && typeof fields.id === "string"
    ? { nativeId: gid("Order", fields.id) }
    : null;
}

function inner(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)
    : undefined;
}
