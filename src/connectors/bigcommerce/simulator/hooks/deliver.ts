import { createHash, createHmac } from "node:crypto";
import {
  createDeliveries,
  type Deliveries,
  type DeliveryPolicy,
} from "../../../simulator/deliveries.js";
import type { Faults } from "../../../simulator/faults.js";
import type { Hook } from "../store/state.js";
import { type EventData, type Store, storeId } from "../store/store.js";
import { hears } from "./scopes.js";

/** Only 2xx counts; eleven retries within two days; after the last the hook is switched off. */
export const deliveryPolicy: DeliveryPolicy = {
  delayMs: 1_000,
  retryDelaysMs: [60, 180, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 50_400, 86_400].map(
    (seconds) => seconds * 1_000,
  ),
  timeoutMs: 10_000,
  succeeds: (status) => status >= 200 && status < 300,
  failuresToSwitchOff: Number.POSITIVE_INFINITY,
  lastFailureSwitchesOff: true,
  concurrency: 8,
};

/** A new or changed hook may take this long to be active; what happens before, it never hears of. */
export const activationSeconds = 60;

export interface HookOptions {
  store: () => Store;
  faults: Faults;
  /** "wide" hooks are active at once and hear sooner. */
  plan: "standard" | "wide";
  log?: ((message: string) => void) | undefined;
}

export interface Hooks {
  /** Puts an event into the outbox for every active hook that hears of it. */
  tell(scope: string, data: EventData): void;
  forget(hook: Hook): void;
  settled: Deliveries["settled"];
  stop: Deliveries["stop"];
}

/** The store's callbacks. */
export function createHooks({ store, faults, plan, log }: HookOptions): Hooks {
  const isWide = plan === "wide";
  const deliveries = createDeliveries({
    policy: { ...deliveryPolicy, ...(isWide && { delayMs: 100 }) },
    faults,
    switchOff: (id) => switchOff(store(), id),
    log,
  });

  return {
    tell(scope, data) {
      const { credentials, hooks } = store().data;
      const now = store().now();
      const isOn = ({ active, updatedAt }: Hook): boolean =>
        active && (isWide || now - updatedAt >= activationSeconds);
      const body = bodyOf(store(), scope, data);
      for (const hook of hooks.filter((each) => isOn(each) && hears(each.scope, scope))) {
        const id = `msg_${store().nextId("event")}`;
        deliveries.enqueue({
          subscription: String(hook.id),
          topic: scope,
          url: hook.destination,
          body: () => body,
          headers: () => ({
            ...hook.headers,
            "content-type": "application/json",
            "user-agent": "BigCommerce",
            "webhook-id": id,
          }),
          attemptHeaders: (text) => sign({ id, text, secret: credentials.clientSecret }),
        });
      }
    },
    forget: ({ id }) => deliveries.forget(String(id)),
    settled: deliveries.settled,
    stop: deliveries.stop,
  };
}

/**
 * Standard Webhooks: HMAC-SHA256 by the client secret over id, time and body. Each attempt is signed at its own
 * time, by the machine's clock and not the store's: receivers allow five minutes.
 */
function sign({
  id,
  text,
  secret,
}: {
  id: string;
  text: string;
  secret: string;
}): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac("sha256", secret)
    .update(`${id}.${timestamp}.${text}`)
    .digest("base64");
  return { "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}

/**
 * What an event says: what it was about and no more. The hash is SHA-1 over the rest, so that two like events
 * of one second share it; the platform does not publish what exactly it hashes.
 */
function bodyOf(store: Store, scope: string, data: EventData): string {
  const said = {
    scope,
    store_id: storeId,
    data,
    created_at: store.now(),
    producer: `stores/${store.data.credentials.storeHash}`,
  };
  const hash = createHash("sha1").update(JSON.stringify(said)).digest("hex");
  const { created_at, producer, ...rest } = said;
  return JSON.stringify({ ...rest, hash, created_at, producer });
}

function switchOff(store: Store, id: string): void {
  const hook = store.data.hooks.find((each) => String(each.id) === id);
  if (!hook) return;
  hook.active = false;
  hook.updatedAt = store.now();
  store.changed();
}
