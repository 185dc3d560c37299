import type { WebhookRegistration } from "../../domain/channel.js";
import { ChannelError } from "../../domain/errors.js";
import type { Client } from "./client.js";
import { webhookCreate, webhookDelete, webhookSubscriptions } from "./operations.js";
import type { UserError } from "./outcome.js";
import type { Page } from "./pages.js";
import type { SubscriptionFragment } from "./payload.js";
import { grantedScopes } from "./scopes.js";
import { subscribable } from "./topics.js";

/** Our subscriptions: those that deliver to `url`. Shopify deletes one that fails eight times; it has none that sleep. */
export async function listWebhooks(
  client: Client,
  url: string,
  signal?: AbortSignal,
): Promise<WebhookRegistration[]> {
  return (await ours(client, url, signal)).map(({ topic }) => ({ topic, active: true }));
}

/**
 * Creates what is missing of the topics that the app's scopes allow; leaves those of others alone. One topic
 * that is refused does not keep the others from being made; then it throws what was said of it.
 */
export async function ensureWebhooks(
  client: Client,
  url: string,
  signal?: AbortSignal,
): Promise<WebhookRegistration[]> {
  const granted = await grantedScopes(client, signal);
  const present = new Set((await ours(client, url, signal)).map(({ topic }) => topic));
  const missing = subscribable(granted).filter((topic) => !present.has(topic));
  const failures: unknown[] = [];
  for (const topic of missing)
    await subscribe(client, topic, url, signal).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
  return listWebhooks(client, url, signal);
}

async function subscribe(
  client: Client,
  topic: string,
  uri: string,
  signal?: AbortSignal,
): Promise<void> {
  const answer = await client.call(webhookCreate, { topic, uri }, signal);
  const made = answer.webhookSubscriptionCreate;
  // Another process was quicker.
  if (made?.userErrors.some(({ message }) => /already been taken/.test(message))) return;
  if (!made?.webhookSubscription) throw refused(`subscribe to ${topic}`, made?.userErrors);
}

/** Deletes our subscriptions. */
export async function removeWebhooks(
  client: Client,
  url: string,
  signal?: AbortSignal,
): Promise<void> {
  for (const { id, topic } of await ours(client, url, signal)) {
    const { webhookSubscriptionDelete: gone } = await client.call(webhookDelete, { id }, signal);
    if (gone && gone.userErrors.length > 0)
      throw refused(`unsubscribe from ${topic}`, gone.userErrors);
  }
}

async function ours(
  client: Client,
  url: string,
  signal?: AbortSignal,
): Promise<SubscriptionFragment[]> {
  const found: SubscriptionFragment[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page<SubscriptionFragment> = (
      await client.call(webhookSubscriptions, { after }, signal)
    ).webhookSubscriptions;
    found.push(...page.nodes.filter(({ uri }) => uri === url));
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}

function refused(what: string, errors: UserError[] | undefined): ChannelError {
  const message = errors?.map((error) => error.message).join("; ") || "without a reason";
  return new ChannelError("CHANNEL_REJECTED", `Shopify: cannot ${what}: ${message}`, {
    upstreamMessage: message,
    mayHaveHappened: false,
  });
}
