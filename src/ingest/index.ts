import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import type { Bus } from "../events/bus.js";
import { type ChannelSync, leaseChannels, releaseChannels } from "../store/channel-sync.js";
import { forgetDeliveries } from "../store/deliveries.js";
import { type BackfillProgress, backfill } from "./backfill.js";
import type { DutyContext } from "./duty.js";
import { poll } from "./poller.js";
import { type Post, takePost } from "./post.js";
import { probe } from "./prober.js";
import { rederive } from "./rederive.js";
import { startRefresher } from "./refresher.js";
import { repeat } from "./repeat.js";
import { sweep } from "./sweep.js";
import { type WatchdogOptions, watchdog } from "./watchdog.js";

export interface IngestOptions extends Omit<DutyContext, "now"> {
  bus: Bus;
  webhookAddress: WatchdogOptions["webhookAddress"];
  now?: () => Date;
  /** Told how backfills come on. */
  onProgress?: (progress: BackfillProgress) => void;
  /** From one poll of a channel to the next. Default 60,000 ms. */
  pollEveryMs?: number;
  /** How far a poll looks back. Default 120,000 ms. */
  pollOverlapMs?: number;
  /** From one look at a shop's webhooks to the next. Default 300,000 ms. */
  watchEveryMs?: number;
  /** From one look at what a shop can do to the next. Default 6 hours. */
  probeEveryMs?: number;
  /** From one sweep of a channel to the next. Default 24 hours. */
  sweepEveryMs?: number;
  /** From the end of a backfill to the first sweep. Default 10 minutes. */
  firstSweepAfterMs?: number;
  /** How long what has just changed is left to webhooks and polls. Default 5 minutes. */
  sweepPatienceMs?: number;
  /** Orders of one channel read at once. Default 4. */
  readsPerChannel?: number;
  /** From a read to the next of the same order, where somebody asked meanwhile. Default 1,000 ms. */
  readCooldownMs?: number;
  /** How long a channel stays this process's after its last sign of life. Default 30,000 ms. */
  leaseMs?: number;
  /** The longest pause between two looks at what is to be done. Default 1,000 ms. */
  idleMs?: number;
  /** How long a stop waits for calls to shops to end. Default 10,000 ms. */
  drainMs?: number;
}

export interface Ingest {
  /** Ends what is under way, gives every channel back and resolves. */
  stop(): Promise<void>;
}

/** How long raw deliveries and dead letters are kept. */
const KEEP_RAW_MS = 30 * 24 * 3_600_000;
const FORGET_EVERY_MS = 10 * 60_000;
const FORGET_ROWS = 1_000;

/**
 * Everything that comes in without being sent: backfill, polls, webhooks kept alive, orders read again. Any number of
 * processes may run it; each channel is one process's at a time, and orders to be read are shared. Never rejects.
 */
export function startIngest(options: IngestOptions): Ingest {
  const { db, bus, log, now = () => new Date() } = options;
  const { leaseMs = 30_000, idleMs = 1_000, drainMs = 10_000 } = options;
  const owner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const context = { ...options, now };
  const duties = [
    backfill(context),
    poll({
      ...context,
      ...defined({ everyMs: options.pollEveryMs, overlapMs: options.pollOverlapMs }),
    }),
    probe({ ...context, ...defined({ everyMs: options.probeEveryMs }) }),
    rederive(context),
    sweep({
      ...context,
      ...defined({
        everyMs: options.sweepEveryMs,
        firstAfterMs: options.firstSweepAfterMs,
        patienceMs: options.sweepPatienceMs,
      }),
    }),
    watchdog({ ...context, ...defined({ everyMs: options.watchEveryMs }) }),
  ];
  const refresher = startRefresher({
    ...context,
    idleMs,
    ...defined({ perChannel: options.readsPerChannel, cooldownMs: options.readCooldownMs }),
  });
  const posts = new Map<string, { post: Post; settingsRevision: string }>();
  /** Channels whose duties are still ending. */
  const leaving = new Set<string>();
  const rounds = repeat(round, idleMs);
  const forgetting = repeat(forget, FORGET_EVERY_MS);
  const deaf = [bus.listen("channels", rounds.hurry), bus.listen("refreshes", refresher.wake)];

  async function round(): Promise<void> {
    const readAt = now();
    try {
      const syncs = await db.asSystem((tx) => leaseChannels(tx, owner, leaseMs));
      leaveLost(syncs);
      for (const sync of syncs) postOf(sync)?.attend(sync, readAt);
    } catch (error) {
      log.error({ err: error }, "channels could not be looked after");
    }
  }

  /**
   * Somebody else is in charge of these now, or they were paused or disconnected; those whose settings changed are
   * begun anew, without the pauses that the old ones earned.
   */
  function leaveLost(syncs: readonly ChannelSync[]): void {
    const kept = new Map(syncs.map((sync) => [sync.channelId, sync.settingsRevision]));
    for (const [channelId, { post, settingsRevision }] of posts) {
      if (kept.get(channelId) === settingsRevision) continue;
      posts.delete(channelId);
      leaving.add(channelId);
      void post.leave().then(() => {
        leaving.delete(channelId);
        rounds.hurry();
      });
    }
  }

  /** Null until the duties of the post before have ended: a channel paused and resumed would have each twice. */
  function postOf({ tenantId, channelId, settingsRevision }: ChannelSync): Post | null {
    if (leaving.has(channelId)) return null;
    const known = posts.get(channelId);
    if (known) return known.post;
    const held = { tenantId, channelId, owner };
    const post = takePost(held, duties, { ...context, onDone: rounds.hurry });
    posts.set(channelId, { post, settingsRevision });
    return post;
  }

  async function forget(): Promise<void> {
    const before = new Date(now().getTime() - KEEP_RAW_MS);
    try {
      await db.asSystem((tx) => forgetDeliveries(tx, before, FORGET_ROWS));
    } catch (error) {
      log.error({ err: error }, "old deliveries could not be forgotten");
    }
  }

  return {
    async stop() {
      for (const stopHearing of deaf) stopHearing();
      await Promise.all([rounds.stop(), forgetting.stop()]);
      const leaving = [...posts.values()].map(({ post }) => post.leave());
      await Promise.race([
        Promise.all([refresher.stop(), ...leaving]),
        wait(drainMs, undefined, { ref: false }).then(() =>
          log.warn(
            { drainMs },
            "some shop did not let go in time; what it still says is not taken",
          ),
        ),
      ]);
      await db
        .asSystem((tx) => releaseChannels(tx, owner))
        .catch((error: unknown) =>
          log.warn({ err: error }, "channels wait for their leases to end"),
        );
    },
  };
}

/** Without what is undefined, so that defaults stand. */
function defined<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [K in keyof T]?: NonNullable<T[K]> };
}
