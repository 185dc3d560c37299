import type { Snapshot } from "../domain/snapshot.js";
import { type ChannelSync, type Held, savePoll } from "../store/channel-sync.js";
import type { Duty, DutyContext } from "./duty.js";
import { changeHealth } from "./health.js";
import { recordPage } from "./page.js";

export interface PollOptions extends DutyContext {
  /** From the end of one poll to the next, give or take a tenth by chance. Default 60,000 ms. */
  everyMs?: number;
  /** How far a poll looks back behind the last change it knows: shops stamp in seconds and commit out of order. Default 120,000 ms. */
  overlapMs?: number;
  random?: () => number;
}

/**
 * How far a shop's clock may be behind ours. The watermark follows the times that the shop itself gives; only where
 * nothing comes for long it follows our clock, at this distance.
 */
const CLOCK_SKEW_MS = 15 * 60_000;
/** How long the first poll of a fresh channel lets the backfill go ahead. */
const HEAD_START_MS = 60_000;

/** A poll that broke off: where it goes on, while this process is in charge. */
interface Unfinished {
  from: Date;
  cursor: string;
  seenTo: Date | null;
  /** What changed after it need not be in the pages that are left, however long they waited. */
  startedAt: Date;
}

/**
 * Asks a shop what changed: what its webhooks lost comes in here. The watermark moves when everything found is
 * recorded, and not before, since pages need not come in the order of changes; a poll that broke off goes on with its
 * next page.
 */
export function poll(options: PollOptions): Duty {
  const unfinished = new Map<string, Unfinished>();
  return {
    name: "poll",
    tellsHealth: true,
    due: (sync, now) =>
      (sync.nextPollAt === null || sync.nextPollAt <= now) && !isFirstPageComing(sync, now),
    run: (held, sync, signal) => pollOnce(options, unfinished, held, sync, signal),
  };
}

/** What the backfill's first page brings as imported shall not come as new before it. */
function isFirstPageComing({ backfillStatus, connectedAt }: ChannelSync, now: Date): boolean {
  return backfillStatus === "PENDING" && now.getTime() - connectedAt.getTime() < HEAD_START_MS;
}

async function pollOnce(
  options: PollOptions,
  unfinished: Map<string, Unfinished>,
  held: Held,
  sync: ChannelSync,
  signal: AbortSignal,
): Promise<void> {
  const { recorder, openChannel, now, overlapMs = 120_000 } = options;
  const { tenantId, channelId } = held;
  const channel = await openChannel(tenantId, channelId);
  const resumed = unfinished.get(channelId);
  const startedAt = resumed?.startedAt ?? now();
  // A cursor is tried once: one that the shop takes no more must not stop every poll to come.
  unfinished.delete(channelId);
  const polledTo = sync.polledTo ?? behind(sync.connectedAt);
  const from = resumed?.from ?? new Date(polledTo.getTime() - overlapMs);
  let seenTo = resumed?.seenTo ?? null;
  const window = { from, signal, ...(resumed ? { cursor: resumed.cursor } : {}) };
  for await (const page of channel.pull(window)) {
    signal.throwIfAborted();
    await recorder.transact(tenantId, (scope) =>
      recordPage(scope, { channelId, source: "POLL", now: now() }, page),
    );
    seenTo = latestChange(page.snapshots, seenTo);
    unfinished.set(channelId, { from, cursor: page.cursor, seenTo, startedAt });
  }
  signal.throwIfAborted();
  unfinished.delete(channelId);
  await finish(options, held, { sync, startedAt, seenTo });
}

async function finish(
  { recorder, now, everyMs = 60_000, random = Math.random }: PollOptions,
  held: Held,
  done: { sync: ChannelSync; startedAt: Date; seenTo: Date | null },
): Promise<void> {
  const { tenantId, channelId } = held;
  const { sync, startedAt, seenTo } = done;
  const nextAt = new Date(now().getTime() + everyMs * (0.9 + random() * 0.2));
  // Never later than our clock, in case the shop's runs ahead.
  const seen = seenTo && seenTo < startedAt ? seenTo : startedAt;
  const polledTo = seenTo && seen > behind(startedAt) ? seen : behind(startedAt);
  await recorder.transact(tenantId, async (scope) => {
    await savePoll(scope.tx, held, { at: startedAt, nextAt, polledTo });
    if (sync.health === "HEALTHY") return;
    const origin = { tenantId, channelId, source: "POLL", now: now() } as const;
    await changeHealth(scope, origin, { health: "HEALTHY", problem: null });
  });
}

function behind(moment: Date): Date {
  return new Date(moment.getTime() - CLOCK_SKEW_MS);
}

/** The latest change that was told of, by the shop's own clock. */
function latestChange(snapshots: readonly Snapshot[], seenTo: Date | null): Date | null {
  let latest = seenTo;
  for (const { head } of snapshots) {
    const at = head?.value.platformUpdatedAt;
    if (at && (!latest || new Date(at) > latest)) latest = new Date(at);
  }
  return latest;
}
