import { createHash } from "node:crypto";
import { z } from "zod";
import type {
  KeptBody,
  Receipt,
  Translation,
  WebhookRegistration,
  WebhookRequest,
} from "../../domain/channel.js";
import { instant } from "../../domain/time.js";
import { isGone } from "../gone.js";
import { readJson } from "../json.js";
import type { Woo } from "./client.js";
import { webhookPayload } from "./payload.js";
import { type Recognised, recognise } from "./recognise.js";
import { refusal } from "./refusal.js";
import { hostsOf, type Shop } from "./shop.js";
import { isSigned } from "./signature.js";

/** What we subscribe to; refunds and fulfillments come as order.updated. */
const TOPICS = ["order.created", "order.updated", "order.deleted", "order.restored"] as const;

/** What a delivery means. `secret` signed it, `now` is when it came. Offline; never throws. */
export function receiveWebhook(
  request: WebhookRequest,
  secret: string,
  shop: Shop,
  now: Date,
): Receipt {
  const { headers, body } = request;
  const topic = headers["x-wc-webhook-topic"] ?? null;
  const signature = headers["x-wc-webhook-signature"];
  if (!signature && topic === null && isPing(body))
    return {
      kind: "ignored",
      topic: null,
      reason: "a ping, sent once when a webhook is made",
      store: false,
    };
  if (!signature) return { kind: "rejected", reason: "no X-WC-Webhook-Signature" };
  if (!isSigned(body, signature, secret))
    return { kind: "rejected", reason: "X-WC-Webhook-Signature does not fit the body" };
  if (!topic?.startsWith("order."))
    return { kind: "ignored", topic, reason: "not about orders", store: false };
  const [source] = hostsOf([headers["x-wc-webhook-source"] ?? ""]);
  if (source && shop.hosts.size > 0 && !shop.hosts.has(source))
    return { kind: "ignored", topic, reason: elsewhere(source), store: false };
  return readDelivery(topic, headers["x-wc-webhook-id"] ?? "", body, shop, now);
}

/** A copy of a shop (staging) has its webhooks and their secrets too, and orders of the same ids. */
function elsewhere(host: string): string {
  return `it comes from ${host}, which is another site: most likely a copy of this shop, where our webhooks are to be deleted (WooCommerce > Settings > Advanced > Webhooks); where it is this shop's own new address, check the channel`;
}

/** What a body says that was kept; deliveries and pulled orders are the same records. Never throws. */
export function translateKept({ topic, body, receivedAt }: KeptBody, shop: Shop): Translation {
  const record = readJson(body);
  if (record === undefined) return { kind: "unreadable", reason: "the body is no JSON" };
  return understand(record, topic, shop, receivedAt);
}

function readDelivery(
  topic: string,
  webhookId: string,
  body: Buffer,
  shop: Shop,
  now: Date,
): Receipt {
  const record = readJson(body.toString("utf8"));
  if (record === undefined)
    return {
      kind: "unreadable",
      topic,
      dedupeKey: dedupeKeyOf(webhookId, "", body),
      reason: "the body is no JSON",
    };
  const dedupeKey = dedupeKeyOf(webhookId, idOf(record) ?? "", body);
  const found = understand(record, topic, shop, now);
  switch (found.kind) {
    case "snapshot":
      return {
        kind: "snapshot",
        topic,
        dedupeKey,
        snapshot: found.snapshot,
        refresh: found.refresh,
      };
    case "hint":
      return { kind: "hint", topic, dedupeKey, ref: found.ref };
    case "ignored":
      return { kind: "ignored", topic, reason: found.reason, store: true };
    case "unreadable":
      return { kind: "unreadable", topic, dedupeKey, reason: found.reason };
  }
}

/** What is delivered as news of an order and is no whole order (a plugin left parts out) still says which one to read. */
function understand(record: unknown, topic: string | null, shop: Shop, now: Date): Recognised {
  const found = recognise(record, shop, instant(now));
  const id = idOf(record);
  const isPart = topic?.startsWith("order.") && id !== null && !hasLines(record);
  return found.kind === "ignored" && isPart
    ? { kind: "hint", ref: { nativeId: id }, reason: "it is part of an order" }
    : found;
}

function idOf(record: unknown): string | null {
  const id = z.union([z.number(), z.string().regex(/^\d+$/)]);
  return z.object({ id }).safeParse(record).data?.id.toString() ?? null;
}

function hasLines(record: unknown): boolean {
  return z.object({ line_items: z.unknown() }).safeParse(record).data?.line_items !== undefined;
}

/** X-WC-Webhook-Delivery-ID cannot serve: different news within one second share it (measured). */
function dedupeKeyOf(webhookId: string, resourceId: string, body: Buffer): string {
  const head = `${webhookId}\n${resourceId}\n`;
  return createHash("sha256").update(head).update(body).digest("base64url");
}

/** Form-encoded, unsigned and without any header of its own. */
function isPing(body: Buffer): boolean {
  return /^webhook_id=\d+$/.test(body.toString("utf8").trim());
}

type Webhook = z.output<typeof webhookPayload>;

/** Our subscriptions: those that deliver to `url`. */
export async function listWebhooks(
  woo: Woo,
  url: string,
  signal?: AbortSignal,
): Promise<Webhook[]> {
  const ours: Webhook[] = [];
  for (let page = 1; ; page++) {
    const query = { per_page: "100", page: String(page) };
    const { body } = await woo.get("/wc/v3/webhooks", query, signal);
    const found = z.array(webhookPayload).parse(body);
    ours.push(...found.filter((hook) => hook.delivery_url === url));
    if (found.length < 100) return ours;
  }
}

/**
 * Makes the missing subscriptions and wakes those that WooCommerce disabled after failed deliveries, with the
 * secret sent again. A paused one was paused by a person and stays so.
 */
export async function ensureWebhooks(
  woo: Woo,
  url: string,
  secret: string,
  signal?: AbortSignal,
): Promise<WebhookRegistration[]> {
  const ours = await listWebhooks(woo, url, signal);
  for (const topic of TOPICS) {
    if (ours.some((hook) => hook.topic === topic)) continue;
    const body = { name: `Tributary ${topic}`, topic, delivery_url: url, secret, status: "active" };
    await write(woo, { method: "POST", path: "/wc/v3/webhooks", body }, signal);
  }
  for (const hook of ours) {
    if (hook.status !== "disabled") continue;
    const body = { status: "active", secret };
    await write(woo, { method: "PUT", path: `/wc/v3/webhooks/${hook.id}`, body }, signal);
  }
  return registrationsOf(await listWebhooks(woo, url, signal));
}

/** Deletes our subscriptions for good; one that is gone already is fine. */
export async function removeWebhooks(woo: Woo, url: string, signal?: AbortSignal): Promise<void> {
  for (const hook of await listWebhooks(woo, url, signal)) {
    const path = `/wc/v3/webhooks/${hook.id}`;
    const answer = await woo.call({ method: "DELETE", path, query: { force: "true" }, signal });
    if (answer.status < 300) continue;
    const error = refusal(answer, woo.where({ method: "DELETE", path }));
    if (!isGone(error)) throw error;
  }
}

export function registrationsOf(webhooks: readonly Webhook[]): WebhookRegistration[] {
  return webhooks.map(({ topic, status }) => ({ topic, active: status === "active" }));
}

async function write(
  woo: Woo,
  request: { method: "POST" | "PUT"; path: string; body: unknown },
  signal?: AbortSignal,
): Promise<void> {
  const answer = await woo.call({ ...request, signal });
  if (answer.status >= 300) throw refusal(answer, woo.where(request));
}
