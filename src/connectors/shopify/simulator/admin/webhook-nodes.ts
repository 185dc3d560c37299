import { gid } from "../shop/shop.js";
import type { Subscription } from "../shop/state.js";
import type { Node } from "./nodes.js";

/** A subscription; its version is the app's own and cannot be chosen one by one. */
export const subscriptionNode = (subscription: Subscription, apiVersion: string): Node => ({
  __typename: "WebhookSubscription",
  id: gid("WebhookSubscription", subscription.id),
  topic: subscription.topic,
  uri: subscription.uri,
  format: "JSON",
  filter: null,
  includeFields: subscription.includeFields,
  name: subscription.name,
  createdAt: subscription.createdAt,
  updatedAt: subscription.updatedAt,
  apiVersion: { handle: apiVersion, supported: true },
});
