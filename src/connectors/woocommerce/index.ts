import type { Channel, Connector, OpenContext } from "../../domain/channel.js";
import { instant } from "../../domain/time.js";
import { createHttp, urgent } from "../http.js";
import { capabilitiesOf } from "./capability.js";
import { createWoo } from "./client.js";
import { findStep } from "./find.js";
import { performStep } from "./perform.js";
import { planSteps } from "./plan.js";
import { probeShop } from "./probe.js";
import { pullOrders } from "./pull.js";
import { quoteRefund } from "./quote.js";
import { readOrder } from "./read.js";
import { parseSettings, settingsSchema } from "./settings.js";
import { shopOf } from "./shop.js";
import { MEANINGS } from "./status.js";
import { surveyOrders } from "./survey.js";
import {
  ensureWebhooks,
  listWebhooks,
  receiveWebhook,
  registrationsOf,
  removeWebhooks,
  translateKept,
} from "./webhooks.js";

/** Shops of WooCommerce 9 and 10 over `wc/v3`, with core order fulfillments, an extension's trackings, or neither. */
export const woocommerce: Connector = {
  platform: "WOOCOMMERCE",
  name: "WooCommerce",
  settings: settingsSchema,
  capabilities: capabilitiesOf({ coreFulfillments: true }),
  meanings: MEANINGS,
  open,
};

/** WordPress has no limits of its own; PHP workers are few, so we leave some to the shop's customers. */
const MAX_IN_FLIGHT = 6;

/**
 * PHP goes on when the connection is cut, up to its own limit (max_execution_time), which counts no waiting for a payment
 * gateway; hosts give it up to five minutes.
 */
const SETTLE_MS = 300_000;

function open(given: unknown, context: OpenContext): Channel {
  const settings = parseSettings(given);
  const now = context.now ?? (() => new Date());
  const http = createHttp({
    name: "WooCommerce",
    fetch: context.fetch,
    maxInFlight: MAX_IN_FLIGHT,
    now: () => now().getTime(),
    // WooCommerce counts nothing itself; only a host's own limit speaks, and only when it is reached.
    onRetryAfter: (until) => context.onRateLimit?.({ remaining: 0, resetsAt: instant(until) }),
  });
  const woo = createWoo(settings, http, now);
  const shop = shopOf(context.probe);
  const reader = { woo, shop, now };
  const commands = { ...reader, woo: createWoo(settings, urgent(http), now) };
  return {
    capabilities: context.probe?.capabilities ?? woocommerce.capabilities,
    probe: (signal) => probeShop(woo, settings, signal),
    pull: (window) => pullOrders(reader, window),
    survey: (window) => surveyOrders(reader, window),
    read: (ref, signal) => readOrder(reader, ref.nativeId, signal),
    receive: (request) => receiveWebhook(request, context.webhookSecret, shop, now()),
    translate: (kept) => translateKept(kept, shop),
    quote: (order, asked) => quoteRefund(order, asked, shop),
    plan: (command, order) => planSteps(command, order, shop),
    perform: (call) => performStep(commands, call),
    find: (call) => findStep(commands, call),
    settleMs: SETTLE_MS,
    webhooks: async (url, signal) => registrationsOf(await listWebhooks(woo, url, signal)),
    ensureWebhooks: (url, signal) => ensureWebhooks(woo, url, context.webhookSecret, signal),
    removeWebhooks: (url, signal) => removeWebhooks(woo, url, signal),
  };
}
