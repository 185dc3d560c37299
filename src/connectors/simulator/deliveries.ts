import type { Faults } from "./faults.js";

/** How a platform delivers webhooks, as data. */
export interface DeliveryPolicy {
  /** Milliseconds between an event and its first attempt; `settled()` does not wait for them. */
  delayMs: number;
  /** Waits before the second, third, … attempt; empty where the platform never tries again. */
  retryDelaysMs: readonly number[];
  /** How long the receiver may take to answer. */
  timeoutMs: number;
  /** Whether this status of the receiver counts as delivered. */
  succeeds: (status: number) => boolean;
  /** Failed attempts in a row, over all deliveries of a subscription, after which it is switched off. */
  failuresToSwitchOff: number;
  /** true: a delivery whose last attempt failed switches its subscription off too. Default false. */
  lastFailureSwitchesOff?: boolean;
  /** Deliveries under way at one time. */
  concurrency: number;
}

/** One thing to tell one subscriber. */
export interface Delivery {
  /** Id of the subscription; failures in a row are counted by it. */
  subscription: string;
  /** Named to faults and in the log. */
  topic: string;
  url: string;
  /** While one delivery of this key has not been built, further ones are merged into it. */
  key?: string;
  /** Waits this long instead of the policy's delay. */
  delayMs?: number;
  /** Built when it leaves, once for all attempts. null: there is nothing left to tell. */
  body: () => string | null | Promise<string | null>;
  headers: (body: string) => Record<string, string>;
  /** Further headers, made anew for each attempt: a time, and what is signed over it. */
  attemptHeaders?: (body: string) => Record<string, string>;
}

export interface Deliveries {
  /** Takes a delivery into the outbox; never throws. */
  enqueue(delivery: Delivery): void;
  /** Forgets what still waits for a subscription, and its failures. */
  forget(subscription: string): void;
  /** Failed attempts in a row of a subscription. */
  failures(subscription: string): number;
  /** Lets everything new leave at once and resolves when it has; retries count only when due now. */
  settled(): Promise<void>;
  /** Drops what waits and ends what is under way. */
  stop(): Promise<void>;
}

interface Waiting {
  delivery: Delivery;
  attempt: number;
  dueAtMs: number;
  built?: Built;
  /** Held back by a fault, finished. */
  late?: true;
}
interface Built {
  body: string;
  headers: Record<string, string>;
}

export interface DeliveryOptions {
  policy: DeliveryPolicy;
  faults: Faults;
  /** Told once when a subscription has failed too often. */
  switchOff: (subscription: string) => void;
  log?: ((message: string) => void) | undefined;
}

/**
 * A webhook outbox in memory. A delivery waits (and merges), is built, sent, and on failure waits again
 * until the policy's schedule is used up. Faults: "webhook-drop" loses it on the way, "webhook-double"
 * sends it twice, "webhook-late" holds the finished body back, so that a newer one may overtake it.
 */
export function createDeliveries({
  policy,
  faults,
  switchOff,
  log = () => {},
}: DeliveryOptions): Deliveries {
  const waiting = new Set<Waiting>();
  const failuresInARow = new Map<string, number>();
  const stopping = new AbortController();
  let underWay = 0;
  let settling = 0;
  let timer: NodeJS.Timeout | undefined;
  let told: (() => void)[] = [];

  /** Starts what is due and looks again when the next one is. */
  function pump(): void {
    clearTimeout(timer);
    if (stopping.signal.aborted) return;
    const nowMs = Date.now();
    for (const each of waiting) {
      if (underWay >= policy.concurrency) break;
      if (each.dueAtMs > nowMs) continue;
      waiting.delete(each);
      underWay += 1;
      void deliver(each).finally(() => {
        underWay -= 1;
        pump();
        for (const tell of told.splice(0)) tell();
      });
    }
    if (underWay >= policy.concurrency || waiting.size === 0) return;
    const nextMs = Math.min(...Array.from(waiting, (each) => each.dueAtMs));
    timer = setTimeout(pump, Math.max(0, nextMs - Date.now()));
    timer.unref();
  }

  async function deliver(each: Waiting): Promise<void> {
    const { delivery } = each;
    const { topic, subscription } = delivery;
    try {
      each.built ??= (await build(delivery)) ?? undefined;
      if (!each.built) return;
      if (!each.late && isHeldBack(each)) return;
      if (faults.take("webhook-double", topic)) await send(delivery, each.built);
      const status = await send(delivery, each.built);
      if (policy.succeeds(status)) {
        failuresInARow.delete(subscription);
        return log(`webhook ${topic} delivered, answer ${status}`);
      }
      failed(each, `answer ${status}`);
    } catch (cause) {
      if (!stopping.signal.aborted)
        failed(each, cause instanceof Error ? cause.message : String(cause));
    }
  }

  /** Whether a fault loses a finished delivery or puts it back to come late. */
  function isHeldBack(each: Waiting): boolean {
    const { topic } = each.delivery;
    if (faults.take("webhook-drop", topic)) {
      log(`webhook ${topic} lost on the way`);
      return true;
    }
    const late = faults.take("webhook-late", topic);
    if (late) waiting.add({ ...each, late: true, dueAtMs: Date.now() + (late.ms ?? 1_000) });
    return late !== undefined;
  }

  async function send(
    { url, attemptHeaders }: Delivery,
    { body, headers }: Built,
  ): Promise<number> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(policy.timeoutMs)]);
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { ...headers, ...attemptHeaders?.(body) },
      redirect: "manual",
      signal,
    });
    await response.body?.cancel();
    return response.status;
  }

  function failed({ delivery, attempt, built }: Waiting, reason: string): void {
    const { subscription, topic } = delivery;
    const failures = (failuresInARow.get(subscription) ?? 0) + 1;
    failuresInARow.set(subscription, failures);
    log(`webhook ${topic} failed, ${failures} in a row: ${reason}`);
    const delayMs = policy.retryDelaysMs[attempt];
    const isLast = delayMs === undefined && policy.lastFailureSwitchesOff === true;
    if (failures >= policy.failuresToSwitchOff || isLast) {
      forget(subscription);
      switchOff(subscription);
      return;
    }
    if (delayMs === undefined) return;
    waiting.add({
      delivery,
      attempt: attempt + 1,
      dueAtMs: Date.now() + delayMs,
      ...(built && { built }),
    });
  }

  function forget(subscription: string): void {
    failuresInARow.delete(subscription);
    for (const each of waiting)
      if (each.delivery.subscription === subscription) waiting.delete(each);
  }

  const isNew = ({ attempt, built }: Waiting): boolean => attempt === 0 && !built;
  const isAwaited = (each: Waiting): boolean =>
    isNew(each) || each.late === true || each.dueAtMs <= Date.now();

  return {
    enqueue(delivery) {
      if (stopping.signal.aborted) return;
      const merges = ({ built, delivery: { key } }: Waiting): boolean =>
        !built && key !== undefined && key === delivery.key;
      if (Array.from(waiting).some(merges)) return;
      const dueAtMs = Date.now() + (settling > 0 ? 0 : (delivery.delayMs ?? policy.delayMs));
      waiting.add({ delivery, attempt: 0, dueAtMs });
      pump();
    },
    forget,
    failures: (subscription) => failuresInARow.get(subscription) ?? 0,
    async settled() {
      settling += 1;
      for (const each of waiting) if (isNew(each)) each.dueAtMs = 0;
      pump();
      while (!stopping.signal.aborted && (underWay > 0 || Array.from(waiting).some(isAwaited))) {
        await new Promise<void>((resolve) => told.push(resolve));
      }
      settling -= 1;
    },
    async stop() {
      waiting.clear();
      clearTimeout(timer);
      stopping.abort();
      while (underWay > 0) await new Promise<void>((resolve) => told.push(resolve));
      told = [];
    },
  };
}

async function build({ body, headers }: Delivery): Promise<Built | null> {
  const built = await body();
  return built === null ? null : { body: built, headers: headers(built) };
}
