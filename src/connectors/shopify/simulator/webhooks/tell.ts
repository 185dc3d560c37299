import { createHmac, randomUUID } from "node:crypto";
import { stringify } from "lossless-json";
import type { Deliveries, DeliveryPolicy } from "../../../simulator/deliveries.js";
import type { Random } from "../../../simulator/random.js";
import { apiVersion } from "../admin/answer.js";
import type { News } from "../shop/shop.js";
import type { Subscription } from "../shop/state.js";

/** Five seconds to answer; eight further attempts within four hours; then, in the end, no subscription. */
export const deliveryPolicy: DeliveryPolicy = {
  delayMs: 0,
  retryDelaysMs: [1, 2, 4, 8, 16, 32, 64, 113].map((minutes) => minutes * 60_000),
  timeoutMs: 5_000,
  succeeds: (status) => status >= 200 && status < 300,
  failuresToSwitchOff: 8,
  concurrency: 8,
};

export interface TellOptions {
  news: News[];
  eventId: string;
  subscriptions: readonly Subscription[];
  deliveries: Deliveries;
  domain: string;
  clientSecret: string;
  random: Random;
  /** When the act was done. */
  at: Date;
}

/**
 * Puts what one act brought about into the outbox, for every subscriber of its topics. The bodies are
 * written now, so that a retry sends what was true then; which topic comes first is left to chance.
 */
export function tellSubscribers(options: TellOptions): void {
  const { news, eventId, subscriptions, deliveries, domain, clientSecret, random, at } = options;
  const triggeredAt = at.toISOString();
  const mail = news.flatMap(({ topic, body }) => {
    const listeners = subscriptions.filter((each) => each.topic === topic);
    const payload = listeners.length > 0 ? body() : {};
    return listeners.map((subscription) => ({
      subscription,
      place: random.fraction(),
      text: write(payload, subscription),
    }));
  });
  for (const { subscription, text } of mail.sort((a, b) => a.place - b.place)) {
    const topic = topicPath(subscription.topic);
    deliveries.enqueue({
      subscription: subscription.id,
      topic,
      url: subscription.uri,
      body: () => text,
      headers: (body) => ({
        "content-type": "application/json",
        "user-agent": "Shopify-Captain-Hook",
        "x-shopify-topic": topic,
        "x-shopify-hmac-sha256": createHmac("sha256", clientSecret).update(body).digest("base64"),
        "x-shopify-shop-domain": domain,
        "x-shopify-api-version": apiVersion,
        "x-shopify-webhook-id": randomUUID(),
        "x-shopify-triggered-at": triggeredAt,
        "x-shopify-event-id": eventId,
        ...(subscription.name && { "x-shopify-name": subscription.name }),
      }),
    });
  }
}

const resources = [
  "ORDER_TRANSACTIONS",
  "FULFILLMENT_ORDERS",
  "FULFILLMENT_EVENTS",
  "REVERSE_DELIVERIES",
  "REVERSE_FULFILLMENT_ORDERS",
];

/** "FULFILLMENT_ORDERS_PLACED_ON_HOLD" → "fulfillment_orders/placed_on_hold". */
function topicPath(topic: string): string {
  const resource =
    resources.find((each) => topic.startsWith(`${each}_`)) ?? topic.split("_")[0] ?? "";
  return `${resource}/${topic.slice(resource.length + 1)}`.toLowerCase();
}

function write(payload: Record<string, unknown>, { includeFields }: Subscription): string {
  if (includeFields.length === 0) return stringify(payload) ?? "";
  const wanted = Object.entries(payload).filter(([name]) => includeFields.includes(name));
  return stringify(Object.fromEntries(wanted)) ?? "";
}
