import { createHmac } from "node:crypto";
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import {
  createDeliveries,
  type Deliveries,
  type DeliveryPolicy,
} from "../../simulator/deliveries.js";
import type { Faults } from "../../simulator/faults.js";
import { invalidId } from "./errors.js";
import { viewOrder } from "./order-view.js";
import { phpJson } from "./php.js";
import { type Site, wordpressVersion } from "./site.js";
import type { Webhook } from "./state.js";

/**
 * Action Scheduler as measured: one delivery at a time, none repeated, any answer from 200 to 302 is
 * success, and the seventh failure in a row (a counter above 5) switches the webhook off.
 */
const policy: DeliveryPolicy = {
  delayMs: 60_000,
  retryDelaysMs: [],
  timeoutMs: 60_000,
  succeeds: (status) => status >= 200 && status < 303,
  failuresToSwitchOff: 7,
  concurrency: 1,
};

const userAgentOf = ({ version }: Site): string =>
  `WooCommerce/${version} Hookshot (WordPress/${wordpressVersion})`;

export interface WebhookOptions {
  site: Site;
  faults: Faults;
  /** How long the queue waits for its runner; the real one needs a visitor or a cron, often a minute. */
  delayMs?: number;
  /** true: deliver to loopback and any port too. */
  relaxed: boolean;
  log?: ((message: string) => void) | undefined;
}

export interface Webhooks {
  /** Queues a delivery for every active webhook of the topic. */
  tell(topic: string, orderId: number): void;
  /** The unsigned, form-encoded ping that a new webhook gets, at once. */
  ping(webhook: Webhook): void;
  /** Failures no longer count, as after PUT status=active. */
  forget(webhook: Webhook): void;
  settled: Deliveries["settled"];
  stop: Deliveries["stop"];
}

/** The site's webhook deliveries. */
export function createWebhooks({
  site,
  faults,
  delayMs = policy.delayMs,
  relaxed,
  log,
}: WebhookOptions): Webhooks {
  const deliveries = createDeliveries({
    policy: { ...policy, delayMs },
    faults,
    switchOff: (id) => {
      const webhook = site.data.webhooks.find((each) => String(each.id) === id);
      if (!webhook) return;
      webhook.status = "disabled";
      webhook.modifiedAt = site.now();
      site.changed();
    },
    log,
  });

  return {
    tell(topic, orderId) {
      for (const webhook of site.data.webhooks) {
        if (webhook.status !== "active" || webhook.topic !== topic) continue;
        deliveries.enqueue({
          subscription: String(webhook.id),
          topic,
          url: webhook.deliveryUrl,
          key: `${webhook.id} ${orderId}`,
          body: async () => {
            if (!relaxed) await checkPublic(webhook.deliveryUrl);
            return payload(site, topic, orderId);
          },
          headers: (body) => headersOf(site, webhook, body),
        });
      }
    },
    ping(webhook) {
      deliveries.enqueue({
        subscription: `ping ${webhook.id}`,
        topic: "ping",
        url: webhook.deliveryUrl,
        delayMs: 0,
        body: async () => {
          if (!relaxed) await checkPublic(webhook.deliveryUrl);
          return `webhook_id=${webhook.id}`;
        },
        headers: () => ({
          "user-agent": userAgentOf(site),
          "content-type": "application/x-www-form-urlencoded",
        }),
      });
    },
    forget: ({ id }) => deliveries.forget(String(id)),
    settled: deliveries.settled,
    stop: deliveries.stop,
  };
}

/** Built when it is delivered: the order as it is by then, or the error of an order that is gone. */
function payload(site: Site, topic: string, orderId: number): string {
  if (topic.endsWith(".deleted")) return phpJson({ id: orderId });
  const order = site.data.orders[orderId];
  return phpJson(order ? viewOrder(site, order) : invalidId("shop_order", 404));
}

function headersOf(site: Site, webhook: Webhook, body: string): Record<string, string> {
  const [resource = "", event = ""] = webhook.topic.split(".");
  return {
    "user-agent": userAgentOf(site),
    "content-type": "application/json",
    "x-wc-webhook-source": `${site.url}/`,
    "x-wc-webhook-topic": webhook.topic,
    "x-wc-webhook-resource": resource,
    "x-wc-webhook-event": event,
    "x-wc-webhook-signature": createHmac("sha256", webhook.secret).update(body).digest("base64"),
    "x-wc-webhook-id": String(webhook.id),
    // Of webhook and second only, so two deliveries may share it (measured).
    "x-wc-webhook-delivery-id": createHmac("md5", "site salt")
      .update(`${webhook.id}${site.now()}`)
      .digest("hex"),
  };
}

const privateAddresses = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["127.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const) {
  privateAddresses.addSubnet(network, prefix);
}
const allowedPorts = ["", "80", "443", "8080"];

/** WordPress's wp_http_validate_url; rejects with the message that WordPress logs. */
async function checkPublic(deliveryUrl: string): Promise<void> {
  const refusal = new Error("A valid URL was not provided.");
  const { hostname, port } = new URL(deliveryUrl);
  if (!allowedPorts.includes(port) || hostname.startsWith("[")) throw refusal;
  const address = isIP(hostname) ? hostname : (await lookup(hostname, { family: 4 })).address;
  if (privateAddresses.check(address)) throw refusal;
}
