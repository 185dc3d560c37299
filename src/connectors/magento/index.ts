import type { Channel, Connector, OpenContext } from "../../domain/channel.js";
import { instant } from "../../domain/time.js";
import { createHttp, urgent } from "../http.js";
import { capabilitiesOf } from "./capability.js";
import { createMagento } from "./client.js";
import { findStep } from "./find.js";
import { translateKept } from "./kept.js";
import { performStep } from "./perform.js";
import { planSteps } from "./plan.js";
import { probeShop } from "./probe.js";
import { pullOrders } from "./pull.js";
import { readOrder } from "./read.js";
import type { Rescan } from "./rescan.js";
import { parseSettings, settingsSchema } from "./settings.js";
import { shopOf } from "./shop.js";
import { MEANINGS } from "./status.js";
import { surveyOrders } from "./survey.js";

/** Shops of Magento Open Source and Adobe Commerce 2.4 over their REST API. */
export const magento: Connector = {
  platform: "MAGENTO",
  name: "Magento",
  settings: settingsSchema,
  capabilities: capabilitiesOf({ sources: true, rma: true, missing: new Set() }),
  meanings: MEANINGS,
  open,
};

/** Magento has no limits of its own; PHP workers are few, so we leave some to the shop's customers. */
const MAX_IN_FLIGHT = 4;

/** What Magento's own nginx.conf.sample gives PHP (max_execution_time=600): a write of which no answer came may be at work until then. */
const SETTLE_MS = 600_000;

const NO_WEBHOOKS = "Magento sends no webhooks, so this came from somebody else";

function open(given: unknown, context: OpenContext): Channel {
  const settings = parseSettings(given);
  const now = context.now ?? (() => new Date());
  const http = createHttp({
    name: "Magento",
    fetch: context.fetch,
    maxInFlight: MAX_IN_FLIGHT,
    now: () => now().getTime(),
    // Magento counts nothing itself; only what stands before it speaks, and only when its limit is reached.
    onRetryAfter: (until) => context.onRateLimit?.({ remaining: 0, resetsAt: instant(until) }),
  });
  const client = createMagento(settings, http, now);
  const shop = shopOf(context.probe);
  const reader = { magento: client, shop, now };
  const commands = { ...reader, magento: createMagento(settings, urgent(http), now) };
  const rescan: Rescan = { takenTo: null };
  return {
    capabilities: context.probe?.capabilities ?? magento.capabilities,
    probe: (signal) => probeShop(client, settings, signal),
    pull: (window) => pullOrders(reader, window, rescan),
    survey: (window) => surveyOrders(reader, window),
    read: (ref, signal) => readOrder(reader, ref.nativeId, signal),
    receive: () => ({ kind: "rejected", reason: NO_WEBHOOKS }),
    translate: (kept) => translateKept(kept, shop),
    plan: (command, order) => planSteps(command, order, shop),
    perform: (call) => performStep(commands, call),
    settleMs: SETTLE_MS,
    find: (call) => findStep(commands, call),
    webhooks: async () => [],
    ensureWebhooks: async () => [],
    removeWebhooks: async () => {},
  };
}
