import type { Snapshot } from "../domain/snapshot.js";
import { type ChannelSync, type Held, savePoll, savePolledTo } from "../store/channel-sync.js";
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

/**
 * Asks a shop what changed: what its webhooks lost comes in here. The watermark moves with each page, in the
 * transaction that records it.
 */
export function poll(options: PollOptions): Duty {
  return {
    name: "poll",
    tellsHealth: true,
    due: ({ nextPollAt }, now) => nextPollAt === null || nextPollAt <= now,
    run: (held, sync, signal) => pollOnce(options, held, sync, signal),
  };
}

async function pollOnce(
  options: PollOptions,
  held: Held,
  sync: ChannelSync,
  signal: AbortSignal,
): Promise<void> {
  const { recorder, openChannel, now, everyMs = 60_000, overlapMs = 120_000 } = options;
  const { tenantId, channelId } = held;
  const startedAt = now();
  const channel = await openChannel(tenantId, channelId);
  const polledTo = sync.polledTo ?? behind(sync.connectedAt);
  const from = new Date(polledTo.getTime() - overlapMs);
  const origin = { channelId, source: "POLL" as const };
  for await (const page of channel.pull({ from, signal })) {
    signal.throwIfAborted();
    const seenTo = watermark(page.snapshots, startedAt);
    await recorder.transact(tenantId, async (scope) => {
      await recordPage(scope, { ...origin, now: now() }, page);
      if (seenTo) await savePolledTo(scope.tx, held, seenTo);
    });
  }
  signal.throwIfAborted();
  const jitter = 0.9 + (options.random ?? Math.random)() * 0.2;
  const nextAt = new Date(now().getTime() + everyMs * jitter);
  await recorder.transact(tenantId, async (scope) => {
    await savePolledTo(scope.tx, held, behind(startedAt));
    await savePoll(scope.tx, held, { at: startedAt, nextAt });
    if (sync.health !== "HEALTHY")
      await changeHealth(
        scope,
        { tenantId, now: now(), ...origin },
        { health: "HEALTHY", problem: null },
      );
  });
}

function behind(moment: Date): Date {
  return new Date(moment.getTime() - CLOCK_SKEW_MS);
}

/** The latest change that a page tells of, by the shop's own clock; never later than ours, in case that runs ahead. */
function watermark(snapshots: readonly Snapshot[], now: Date): Date | null {
  const times = snapshots.flatMap(({ head }) => {
    const at = head?.value.platformUpdatedAt;
    return at ? [Date.parse(at)] : [];
  });
  return times.length > 0 ? new Date(Math.min(now.getTime(), Math.max(...times))) : null;
}
