import { createHmac, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { specsDir } from "../support/specs.js";

export interface Letterhead {
  /** Topics under which this platform may deliver anything. */
  topics: readonly string[];
  /** Headers that prove a body genuine. `secret` is the one we gave the shop, `settings` are its own. */
  sign(
    body: Buffer,
    topic: string,
    secret: string,
    settings: Record<string, unknown>,
  ): Record<string, string>;
  /** What the platform's own documents show of its deliveries. */
  recorded(): Buffer[];
}

const hmac = (key: string, ...parts: (Buffer | string)[]) =>
  parts.reduce((sum, part) => sum.update(part), createHmac("sha256", key)).digest("base64");

/** How each platform that delivers proves itself, told apart from how we check it. */
export const letterheads: Record<string, Letterhead> = {
  shopify: {
    topics: [
      "orders/create",
      "orders/updated",
      "orders/cancelled",
      "orders/delete",
      "refunds/create",
      "returns/request",
      "fulfillments/create",
      "fulfillment_events/create",
      "order_transactions/create",
    ],
    sign: (body, topic, _secret, { clientSecret, shop }) => ({
      "content-type": "application/json",
      "x-shopify-topic": topic,
      "x-shopify-shop-domain": String(shop),
      "x-shopify-webhook-id": randomUUID(),
      "x-shopify-triggered-at": new Date().toISOString(),
      "x-shopify-hmac-sha256": hmac(String(clientSecret), body),
    }),
    recorded: () =>
      filesOf("shopify/webhook-samples").map((text) =>
        Buffer.from(JSON.stringify((JSON.parse(text) as { response?: unknown }).response ?? {})),
      ),
  },
  woocommerce: {
    topics: ["order.created", "order.updated", "order.deleted", "order.restored"],
    sign: (body, topic, secret) => ({
      "content-type": "application/json",
      "x-wc-webhook-topic": topic,
      "x-wc-webhook-id": "7",
      "x-wc-webhook-signature": hmac(secret, body),
    }),
    recorded: () =>
      filesOf("woocommerce/samples")
        .filter((text) => text.includes("line_items"))
        .slice(0, 8)
        .map((text) => Buffer.from(text)),
  },
  bigcommerce: {
    topics: ["any"],
    sign: (body, _topic, secret, { clientSecret }) => {
      const id = randomUUID();
      const timestamp = String(Math.floor(Date.now() / 1000));
      return {
        "content-type": "application/json",
        "x-tributary-key": createHmac("sha256", secret)
          .update("bigcommerce webhook")
          .digest("base64url"),
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": `v1,${hmac(String(clientSecret ?? ""), `${id}.${timestamp}.`, body)}`,
      };
    },
    recorded: () =>
      filesOf("bigcommerce/webhook-callback-samples").map((text) => Buffer.from(text)),
  },
};

function filesOf(folder: string): string[] {
  const path = join(specsDir ?? "", folder);
  if (!specsDir || !existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith(".json"))
    .map((name) => readFileSync(join(path, name), "utf8"));
}
