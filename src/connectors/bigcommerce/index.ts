import type { Channel, Connector, OpenContext } from "../../domain/channel.js";
import { receiveCallback } from "./callback.js";
import { capabilitiesWithout } from "./capability.js";
import { createBigCommerce } from "./client.js";
import { findStep, SETTLE_MS } from "./find.js";
import { translateKept } from "./kept.js";
import { performStep } from "./perform.js";
import { planSteps } from "./plan.js";
import { probeStore } from "./probe.js";
import { pullOrders } from "./pull.js";
import { quoteRefund } from "./quote.js";
import { readOrder } from "./read.js";
import { createSequence } from "./sequence.js";
import { parseSettings, settingsSchema } from "./settings.js";
import { shopOf } from "./shop.js";
import { MEANINGS } from "./status.js";
import { surveyOrders } from "./survey.js";
import { ensureHooks, listHooks, registrationsOf, removeHooks } from "./webhooks.js";

/** Stores of BigCommerce: orders over v2, money, webhooks and locations over v3. */
export const bigcommerce: Connector = {
  platform: "BIGCOMMERCE",
  name: "BigCommerce",
  settings: settingsSchema,
  capabilities: capabilitiesWithout(new Set()),
  meanings: MEANINGS,
  open,
};

function open(given: unknown, context: OpenContext): Channel {
  const settings = parseSettings(given);
  const now = context.now ?? (() => new Date());
  const { webhookSecret } = context;
  const { storeHash, clientSecret = null } = settings;
  const api = createBigCommerce(settings, {
    fetch: context.fetch,
    now,
    onRateLimit: context.onRateLimit,
  });
  const reader = { api, shop: shopOf(context.probe), now };
  const urgent = { ...reader, api: api.urgent };
  const refunds = createSequence();
  const trust = { storeHash, webhookSecret, clientSecret };
  return {
    capabilities: context.probe?.capabilities ?? bigcommerce.capabilities,
    probe: (signal) => probeStore(api, signal),
    pull: (window) => pullOrders(reader, window),
    survey: (window) => surveyOrders(reader, window),
    read: (ref, signal) => readOrder(reader, ref.nativeId, signal),
    receive: (request) => receiveCallback(request, trust, now()),
    plan: planSteps,
    translate: translateKept,
    quote: (order, asked, signal) => quoteRefund(urgent, order, asked, signal),
    perform: (call) => {
      const perform = () => performStep(urgent, call);
      return call.step.kind === "REFUND_CREATE" ? refunds(call.order.nativeId, perform) : perform();
    },
    settleMs: SETTLE_MS,
    find: (call) => findStep(urgent, call),
    webhooks: async (url, signal) => registrationsOf(await listHooks(api, url, signal)),
    ensureWebhooks: (url, signal) => ensureHooks(api, url, webhookSecret, signal),
    removeWebhooks: (url, signal) => removeHooks(api, url, signal),
  };
}
