import { capture, voidPayment } from "./paying.js";
import { sendRefund } from "./refunding.js";
import type { Order, Pending } from "./state.js";
import type { Store } from "./store.js";

/** Payments that an answer promised and that are carried out a moment later. */
export interface Jobs {
  add(order: Order, pending: Pending): void;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
  /** Does what still waits, at once. */
  stop(): void;
}

/** How long a payment provider takes. */
const delayMs = 80;

/** Carries payments out; those that an earlier life of the store left over come first. */
export function startJobs(store: () => Store): Jobs {
  const waiting = new Map<Pending, { order: Order; timer: NodeJS.Timeout }>();
  let told: (() => void)[] = [];

  function run(pending: Pending): void {
    const job = waiting.get(pending);
    if (!job) return;
    clearTimeout(job.timer);
    waiting.delete(pending);
    carryOut(store(), job.order, pending);
    if (waiting.size > 0) return;
    for (const tell of told.splice(0)) tell();
  }

  function add(order: Order, pending: Pending): void {
    if (!order.pending.includes(pending)) order.pending.push(pending);
    waiting.set(pending, { order, timer: setTimeout(() => run(pending), delayMs) });
  }

  return {
    add,
    async settled() {
      if (waiting.size > 0) await new Promise<void>((resolve) => told.push(resolve));
    },
    stop() {
      for (const pending of [...waiting.keys()]) run(pending);
      told = [];
    },
  };
}

/** Does one pending payment and forgets it. */
export function carryOut(store: Store, order: Order, pending: Pending): void {
  order.pending = order.pending.filter((each) => each !== pending);
  if (pending.kind === "refund") sendRefund(store, order, pending);
  else if (pending.kind === "capture") capture(store, order);
  else voidPayment(store, order);
}
