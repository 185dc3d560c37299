import type { Logger } from "pino";
import type { Instant } from "../domain/time.js";
import { saveTally, type Tally } from "../store/channel-sync.js";
import type { Database } from "../store/db.js";

/**
 * Counts what would otherwise write a channel's row at every request: when webhooks came, how many bore a wrong
 * signature, what the shop says of its limits. Written at most once per interval and channel.
 */
export interface Tallies {
  webhookCame(tenantId: string, channelId: string, at: Date): void;
  signatureFailed(tenantId: string, channelId: string): void;
  rateLimited(tenantId: string, channelId: string, limit: RateLimit): void;
  /** Writes what is counted; resolves when it is written, or was logged as lost. */
  flush(): Promise<void>;
}

export interface RateLimit {
  remaining: number;
  resetsAt: Instant | null;
}

export interface TallyOptions {
  db: Database;
  log: Logger;
  /** The longest that a count waits. Default 1,000 ms. */
  everyMs?: number;
}

/** The first count after a pause is written at once, the others at the end of the interval. */
export function createTallies({ db, log, everyMs = 1000 }: TallyOptions): Tallies {
  let counts = new Map<string, { tenantId: string; channelId: string; tally: Tally }>();
  let timer: NodeJS.Timeout | undefined;
  let writtenAtMs = 0;
  let writing: Promise<void> = Promise.resolve();

  function of(tenantId: string, channelId: string): Tally {
    const place = `${tenantId} ${channelId}`;
    let entry = counts.get(place);
    if (!entry) {
      const tally = { signatureFailures: 0, lastWebhookAt: null, rateLimit: null };
      entry = { tenantId, channelId, tally };
      counts.set(place, entry);
    }
    if (!timer) {
      timer = setTimeout(() => void flush(), Math.max(0, writtenAtMs + everyMs - Date.now()));
      timer.unref();
    }
    return entry.tally;
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writtenAtMs = Date.now();
    const batch = counts;
    counts = new Map();
    writing = writing.then(async () => {
      for (const { tenantId, channelId, tally } of batch.values()) {
        await db
          .forTenant(tenantId, (tx) => saveTally(tx, tenantId, channelId, tally))
          .catch((error: unknown) =>
            log.warn({ err: error, channelId }, "counts were not written"),
          );
      }
    });
    return writing;
  }

  return {
    webhookCame(tenantId, channelId, at) {
      of(tenantId, channelId).lastWebhookAt = at;
    },
    signatureFailed(tenantId, channelId) {
      of(tenantId, channelId).signatureFailures += 1;
    },
    rateLimited(tenantId, channelId, limit) {
      const resetsAt = limit.resetsAt === null ? null : new Date(limit.resetsAt);
      of(tenantId, channelId).rateLimit = { remaining: limit.remaining, resetsAt };
    },
    flush,
  };
}
