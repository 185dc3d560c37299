import { claimRefreshes, nextRefreshAt, type Refresh } from "../store/refreshes.js";
import { type RefreshOptions, refreshOrder } from "./refresh.js";

export interface RefresherOptions extends RefreshOptions {
  /** Reads of one channel under way at once. Default 4. */
  perChannel?: number;
  /** How long a claim holds without being finished: after it another process reads. Default 60,000 ms. */
  leaseMs?: number;
  /** The longest pause between two looks at what is due. Default 1,000 ms. */
  idleMs?: number;
}

export interface Refresher {
  /** There may be something due. */
  wake(): void;
  /** Claims nothing more, gives up reads under way and resolves when their rows are back. */
  stop(): Promise<void>;
}

/** Reads the orders that were asked for, of all tenants, as fast as each channel's places allow. Never rejects. */
export function startRefresher(options: RefresherOptions): Refresher {
  const { db, log, now = () => new Date() } = options;
  const { perChannel = 4, leaseMs = 60_000, idleMs = 1_000 } = options;
  const stopping = new AbortController();
  const reading = new Map<Refresh, Promise<void>>();
  /** Until when a shop asked to be left in peace. */
  const quietUntil = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let lookAgain = false;

  function wake(): void {
    if (stopping.signal.aborted) return;
    lookAgain = true;
    looking ??= look().finally(() => {
      looking = null;
    });
  }

  async function look(): Promise<void> {
    clearTimeout(timer);
    let pauseMs = idleMs;
    while (lookAgain && !stopping.signal.aborted) {
      lookAgain = false;
      try {
        pauseMs = await claim();
      } catch (error) {
        log.error({ err: error }, "orders to be read could not be claimed");
        pauseMs = idleMs;
      }
    }
    if (!stopping.signal.aborted) timer = setTimeout(wake, pauseMs);
  }

  /** Starts what has room; answers how long to wait for the next look. */
  async function claim(): Promise<number> {
    const at = now();
    const { claimed, nextAt } = await db.asSystem(async (tx) => ({
      claimed: await claimRefreshes(tx, { now: at, leaseMs, perChannel, taken: places(at) }),
      nextAt: await nextRefreshAt(tx),
    }));
    for (const refresh of claimed) start(refresh);
    const dueInMs = nextAt ? nextAt.getTime() - now().getTime() : idleMs;
    // What is due and was not claimed waits for a place, and whoever gives a place back wakes us.
    return dueInMs > 0 ? Math.min(dueInMs, idleMs) : idleMs;
  }

  function start(refresh: Refresh): void {
    const done = refreshOrder(options, refresh, stopping.signal)
      .then(({ quietMs }) => {
        if (quietMs > 0) quietUntil.set(refresh.channelId, now().getTime() + quietMs);
      })
      .catch((error: unknown) => {
        const { channelId, nativeId } = refresh;
        log.error({ err: error, channelId, nativeId }, "a read was lost; its lease brings it back");
      })
      .finally(() => {
        reading.delete(refresh);
        wake();
      });
    reading.set(refresh, done);
  }

  function places(at: Date): Map<string, number> {
    const taken = new Map<string, number>();
    for (const { channelId } of reading.keys())
      taken.set(channelId, (taken.get(channelId) ?? 0) + 1);
    for (const [channelId, untilMs] of quietUntil) {
      if (untilMs > at.getTime()) taken.set(channelId, perChannel);
      else quietUntil.delete(channelId);
    }
    return taken;
  }

  wake();
  return {
    wake,
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await looking;
      await Promise.all(reading.values());
    },
  };
}
