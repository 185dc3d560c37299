import { cancelOrder } from "./ordering.js";
import { type Shop, uuidOf } from "./shop.js";
import type { Job, Order } from "./state.js";

/** What was promised in an answer and is done a moment later. */
export interface Jobs {
  cancel(order: Order, how: Omit<Job["cancel"], "orderId">): Job;
  /** Whether a cancellation of this order waits. */
  cancels(order: Order): boolean;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
  /** Does what still waits, at once. */
  stop(): void;
}

/** How long a job waits for its turn. */
const delayMs = 120;

/** Runs jobs after their answer has left; those of an earlier life of the shop run first. */
export function startJobs(shop: Shop): Jobs {
  const timers = new Map<Job, NodeJS.Timeout>();
  let told: (() => void)[] = [];

  function run(job: Job): void {
    clearTimeout(timers.get(job));
    timers.delete(job);
    const { orderId, ...how } = job.cancel;
    const order = shop.order(orderId);
    job.done = true;
    if (order && !order.cancelledAt) cancelOrder(shop, order, how);
    if (timers.size > 0) return;
    for (const tell of told) tell();
    told = [];
  }
  for (const job of shop.data.jobs) if (!job.done) run(job);

  return {
    cancel(order, how) {
      const id = uuidOf(`cancel ${order.id} ${shop.data.jobs.length}`);
      const job: Job = { id, done: false, cancel: { orderId: order.id, ...how } };
      shop.data.jobs.push(job);
      timers.set(
        job,
        setTimeout(() => run(job), delayMs),
      );
      return job;
    },
    cancels: ({ id }) => shop.data.jobs.some((job) => !job.done && job.cancel.orderId === id),
    async settled() {
      if (timers.size > 0) await new Promise<void>((resolve) => told.push(resolve));
    },
    stop() {
      for (const job of [...timers.keys()]) run(job);
    },
  };
}
