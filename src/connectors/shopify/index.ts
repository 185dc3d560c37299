import type { Channel, Connector, OpenContext } from "../../domain/channel.js";
import { backfill } from "./backfill.js";
import { CAPABILITIES } from "./capabilities.js";
import { createClient } from "./client.js";
import { performStep } from "./commands.js";
import { findStep, SETTLE_MS } from "./find.js";
import { planCommand } from "./plan.js";
import { probeShop } from "./probe.js";
import { pullChanged } from "./pull-changed.js";
import { quoteRefund } from "./quote.js";
import { type Reader, readOrder } from "./read.js";
import { ALL_ORDERS } from "./scopes.js";
import { parseSettings, type Settings, settingsSchema } from "./settings.js";
import { MEANINGS } from "./status.js";
import { ensureWebhooks, listWebhooks, removeWebhooks } from "./subscriptions.js";
import { surveyOrders } from "./survey.js";
import { type Receiver, receiveWebhook, translateKept } from "./webhooks.js";

/** Shopify through its GraphQL Admin API. */
export const shopify: Connector = {
  platform: "SHOPIFY",
  name: "Shopify",
  settings: settingsSchema,
  capabilities: [...CAPABILITIES],
  meanings: MEANINGS,
  open: (settings, context) => openShop(parseSettings(settings), context),
};

function openShop(settings: Settings, context: OpenContext): Channel {
  const { fetch, onRateLimit, probe } = context;
  const now = context.now ?? (() => new Date());
  const client = createClient({ settings, fetch, onRateLimit, now: () => now().getTime() });
  const { shop } = settings;
  const scopes = probe?.findings.scopes;
  const has = (scope: string) => !Array.isArray(scopes) || scopes.includes(scope);
  const returns = { readable: has("read_returns") };
  const reader: Reader = { client, fetch, shop, now, returns, seesAll: has(ALL_ORDERS) };
  const awaited: Reader = { ...reader, client: client.urgent };
  const receiver: Receiver = {
    shops: [shop, String(probe?.findings.domain ?? shop)],
    currency: probe?.currency ?? null,
    secrets: [settings.clientSecret, settings.previousClientSecret ?? []].flat(),
    now,
  };
  return {
    capabilities: probe?.capabilities ?? [...CAPABILITIES],
    settleMs: SETTLE_MS,
    probe: (signal) => probeShop(client, shop, signal),
    pull: ({ from, ...window }) =>
      from ? pullChanged(reader, { ...window, from }) : backfill(reader, window),
    survey: (window) => surveyOrders(reader, window),
    read: (ref, signal) => readOrder(reader, ref, signal),
    receive: (request) => receiveWebhook(receiver, request),
    translate: (kept) => translateKept(receiver, kept),
    quote: (order, asked, signal) => quoteRefund(awaited, order, asked, signal),
    plan: planCommand,
    perform: (call) => performStep(awaited, call),
    find: (call) => findStep(awaited, call),
    webhooks: (url, signal) => listWebhooks(client, url, signal),
    ensureWebhooks: (url, signal) => ensureWebhooks(client, url, signal),
    removeWebhooks: (url, signal) => removeWebhooks(client, url, signal),
  };
}
