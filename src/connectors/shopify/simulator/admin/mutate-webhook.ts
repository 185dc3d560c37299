import { isIP } from "node:net";
import { gid, type Shop } from "../shop/shop.js";
import type { Subscription } from "../shop/state.js";
import { isAllowed } from "../webhooks/scopes.js";
import { type Asking, notKept, type Refusal, readId } from "./asking.js";
import { subscriptionNode } from "./webhook-nodes.js";

interface SubscriptionInput {
  uri?: string | null;
  callbackUrl?: string | null;
  format?: string | null;
  filter?: string | null;
  includeFields?: string[] | null;
  metafieldNamespaces?: string[] | null;
  metafields?: unknown[] | null;
  name?: string | null;
}

export interface WebhookOptions {
  shop: Shop;
  /** Lets http and hosts that are not public pass. */
  relaxedDelivery: boolean;
  /** Told when a subscription is gone, so that nothing waits for it. */
  forget: (subscriptionId: string) => void;
}

/** Subscriptions of the app. */
export function webhookMutations({ shop, relaxedDelivery, forget }: WebhookOptions) {
  const { subscriptions } = shop.data;
  const find = (given: string): Subscription | undefined => {
    const id = readId("WebhookSubscription", given);
    return subscriptions.find((each) => each.id === id);
  };
  const missing: Refusal = { field: ["id"], message: "Webhook subscription does not exist" };

  function problems(topic: string, input: SubscriptionInput, self?: Subscription): Refusal[] {
    const uri = uriOf(input) ?? self?.uri ?? "";
    const address = ["webhookSubscription", "callbackUrl"];
    const taken = subscriptions.some(
      (each) => each !== self && each.topic === topic && each.uri === uri,
    );
    return [
      ...addressProblems(uri, relaxedDelivery).map((message) => ({ field: address, message })),
      ...(taken
        ? [{ field: address, message: "Address for this topic has already been taken" }]
        : []),
    ];
  }

  return {
    webhookSubscriptionCreate(
      {
        topic,
        webhookSubscription: input,
      }: { topic: string; webhookSubscription: SubscriptionInput },
      asking: Asking,
    ) {
      refuseUnkept(input);
      const errors: Refusal[] = isAllowed(topic, asking.scopes)
        ? problems(topic, input)
        : [
            {
              field: ["topic"],
              message: "You cannot create a webhook subscription with the specified topic",
            },
          ];
      if (errors.length > 0) return { webhookSubscription: null, userErrors: errors };
      const at = shop.now();
      const created: Subscription = {
        id: shop.mint("WebhookSubscription"),
        topic,
        uri: uriOf(input) ?? "",
        name: input.name ?? null,
        includeFields: input.includeFields ?? [],
        createdAt: at,
        updatedAt: at,
      };
      subscriptions.push(created);
      shop.say([]);
      return { webhookSubscription: subscriptionNode(created, asking.apiVersion), userErrors: [] };
    },

    webhookSubscriptionUpdate(
      { id, webhookSubscription: input }: { id: string; webhookSubscription: SubscriptionInput },
      asking: Asking,
    ) {
      refuseUnkept(input);
      const found = find(id);
      const errors = found ? problems(found.topic, input, found) : [missing];
      if (!found || errors.length > 0) return { webhookSubscription: null, userErrors: errors };
      found.uri = uriOf(input) ?? found.uri;
      found.name = input.name ?? found.name;
      found.includeFields = input.includeFields ?? found.includeFields;
      found.updatedAt = shop.now();
      shop.say([]);
      return { webhookSubscription: subscriptionNode(found, asking.apiVersion), userErrors: [] };
    },

    webhookSubscriptionDelete({ id }: { id: string }) {
      const found = find(id);
      if (!found) return { deletedWebhookSubscriptionId: null, userErrors: [missing] };
      subscriptions.splice(subscriptions.indexOf(found), 1);
      forget(found.id);
      shop.say([]);
      return { deletedWebhookSubscriptionId: gid("WebhookSubscription", found.id), userErrors: [] };
    },
  };
}

const uriOf = ({ uri, callbackUrl }: SubscriptionInput): string | null =>
  uri ?? callbackUrl ?? null;

function refuseUnkept({ format, filter, metafields }: SubscriptionInput): void {
  if (format === "XML") throw notKept("webhooks in XML");
  if (filter) throw notKept("filters of webhooks");
  if (metafields?.length) throw notKept("metafields");
}

/** Why the platform would not deliver there: only https to public hosts. */
function addressProblems(uri: string, relaxed: boolean): string[] {
  if (!URL.canParse(uri)) return [uri === "" ? "Address can't be blank" : "Address is invalid"];
  if (relaxed) return [];
  const { protocol, hostname } = new URL(uri);
  if (protocol !== "https:") return [`Address protocol ${protocol}// is not supported`];
  const isPublic =
    hostname.includes(".") &&
    isIP(hostname) === 0 &&
    !/\.(local|localhost|internal|myshopify\.com)$/.test(hostname);
  return isPublic ? [] : ["Address is not allowed"];
}
