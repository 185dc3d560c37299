import type { Channel } from "../domain/channel.js";
import { ChannelError } from "../domain/errors.js";
import { mintId } from "../domain/id.js";
import { instant } from "../domain/time.js";
import { turnReconcile } from "../events/reconcile.js";
import type { RecordScope } from "../events/recorder.js";
import { findSync, type Held, holdChannel, LeaseLost } from "../store/channel-sync.js";
import { DatabaseError } from "../store/errors.js";
import { describeReconcile, holdReconcile, holdUnfinished } from "../store/reconciles.js";
import {
  advanceSweep,
  beginSweep,
  currentSweep,
  markSurveyed,
  planSweep,
  type Sweep,
  type SweepProgress,
  sortPage,
  unlistedOrders,
} from "../store/sweeps.js";
import { isCursorRefused } from "./backfill.js";
import type { Duty, DutyContext } from "./duty.js";
import { readOrders, type SweepReading } from "./sweep-read.js";

export interface SweepOptions extends DutyContext {
  /** From the end of one sweep to the next. Default 24 hours. */
  everyMs?: number;
  /** From the end of the backfill to the first sweep. Default 10 minutes. */
  firstAfterMs?: number;
  /** How far back orders were placed that a sweep looks at by itself. Default 30 days. */
  windowMs?: number;
  /**
   * What the shop says changed less than this ago, webhooks and polls may still bring: a sweep that nobody asked for
   * takes it in and counts nothing. Default 5 minutes.
   */
  patienceMs?: number;
  /** Orders read at once. Default 2, since webhooks and polls go before. */
  readsAtOnce?: number;
}

const DAY_MS = 24 * 3_600_000;
/** Rounds without any progress after which a sweep is given up. */
const GIVE_UP_AFTER = 10;
/** After one that was given up. */
const TRY_AGAIN_MS = 3_600_000;
/** Orders that the list did not show, read in one go. */
const UNLISTED = 50;

/**
 * Looks for what was missed: once a day, and when somebody asks, all orders that were placed in a window are compared
 * with what the sweep before saw of them; what differs is read, and so is what the shop does not show any more. Page by
 * page, so that whoever is in charge next goes on where this one ended. What it changes is told as repaired.
 */
export function sweep(options: SweepOptions): Duty {
  return {
    name: "sweep",
    tellsHealth: false,
    // An order that the backfill has not brought yet is not missed.
    due: ({ backfillStatus, reconcileAsked, nextSweepAt }, now) =>
      backfillStatus === "COMPLETED" &&
      (reconcileAsked || nextSweepAt === null || nextSweepAt <= now),
    async run(held, _sync, signal) {
      const channel = await options.openChannel(held.tenantId, held.channelId);
      for (;;) {
        const current = await nextSweep(options, held);
        if (!current || signal.aborted) return;
        await oneRound(options, held, { channel, sweep: current, signal });
      }
    },
  };
}

/** Goes on with the sweep that is under way, or begins one that was asked for or is due; null where there is none. */
function nextSweep(options: SweepOptions, held: Held): Promise<Sweep | null> {
  const { recorder, now, windowMs = 30 * DAY_MS, firstAfterMs = 600_000 } = options;
  const { tenantId, channelId } = held;
  return recorder.transact(tenantId, async (scope) => {
    const { tx } = scope;
    await holdChannel(tx, held);
    const current = await currentSweep(tx, held);
    if (current) return current;
    const at = now();
    const begun = { tenantId, id: mintId("Sweep"), channelId, startedAt: at };
    const asked = (await holdUnfinished(tx, tenantId, channelId)).at(0);
    if (asked) {
      await turnReconcile(scope, asked, "IN_FLIGHT", { now: at });
      const { from, to } = asked.command;
      const window = { from: new Date(from), to: new Date(to) };
      return beginSweep(tx, { ...begun, ...window, commandId: asked.id });
    }
    const nextSweepAt = (await findSync(tx, tenantId, channelId))?.nextSweepAt ?? null;
    if (nextSweepAt === null) await planSweep(tx, held, new Date(at.getTime() + firstAfterMs));
    if (nextSweepAt === null || nextSweepAt > at) return null;
    const window = { from: new Date(at.getTime() - windowMs), to: at };
    return beginSweep(tx, { ...begun, ...window, commandId: null });
  });
}

interface Round {
  channel: Channel;
  sweep: Sweep;
  signal: AbortSignal;
}

/** Goes on until the sweep ends or something stops it; throws what did, unless the sweep was given up for it. */
async function oneRound(options: SweepOptions, held: Held, round: Round): Promise<void> {
  const { signal, sweep } = round;
  try {
    await walk(options, held, round);
    signal.throwIfAborted();
    await finish(options, held, sweep, null);
  } catch (error) {
    if (signal.aborted || error instanceof LeaseLost) throw error;
    if (isGivenUp(error, sweep)) return finish(options, held, sweep, error);
    const counts = !(error instanceof ChannelError && error.retryAfterMs !== null);
    await save(options, held, sweep, {
      failures: sweep.failures + (counts ? 1 : 0),
      error: wordsOf(error),
      ...(isCursorRefused(error) ? { cursor: null } : {}),
    });
    throw error;
  }
}

async function walk(options: SweepOptions, held: Held, round: Round): Promise<void> {
  const { channel, sweep, signal } = round;
  const reading: SweepReading = { ...options, ...round };
  if (!sweep.listed) {
    const { from, to, cursor } = sweep;
    const window = { from, to, signal, ...(cursor === null ? {} : { cursor }) };
    for await (const page of channel.survey(window)) {
      signal.throwIfAborted();
      const { toRead, settled } = await options.db.forTenant(held.tenantId, (tx) =>
        sortPage(tx, sweep, page.orders),
      );
      const suspects = toRead.map(({ nativeId, print }) => ({ ref: { nativeId }, print }));
      await readOrders(reading, suspects);
      await save(options, held, sweep, { cursor: page.cursor, looked: settled.length }, settled);
    }
    signal.throwIfAborted();
    await save(options, held, sweep, { listed: true });
  }
  for (;;) {
    const unlisted = await options.db.forTenant(held.tenantId, (tx) =>
      unlistedOrders(tx, sweep, UNLISTED),
    );
    if (unlisted.length === 0) return;
    await readOrders(
      reading,
      unlisted.map(({ nativeId, placedAt }) => ({
        ref: { nativeId, placedAt: instant(placedAt) },
        print: null,
      })),
    );
    await save(options, held, sweep, {});
  }
}

/** Writes how a sweep came on, as long as this process is in charge. What came on has not failed. */
function save(
  { recorder, now }: SweepOptions,
  held: Held,
  sweep: Sweep,
  progress: SweepProgress,
  settled: readonly string[] = [],
): Promise<void> {
  return recorder.transact(held.tenantId, async ({ tx }) => {
    await markSurveyed(tx, sweep, settled, now());
    await holdChannel(tx, held);
    await advanceSweep(tx, sweep, { failures: 0, error: null, ...progress });
    await describe(tx, sweep);
  });
}

/** Ends a sweep, well or given up, with the command that asked for it. */
async function finish(
  options: SweepOptions,
  held: Held,
  sweep: Sweep,
  failure: unknown,
): Promise<void> {
  const { recorder, log, now, everyMs = DAY_MS } = options;
  const at = now();
  const failed = failure !== null;
  await recorder.transact(held.tenantId, async (scope) => {
    await holdChannel(scope.tx, held);
    const error = failed ? wordsOf(failure) : null;
    await advanceSweep(scope.tx, sweep, { finishedAt: at, error });
    if (sweep.commandId === null) {
      const pauseMs = failed ? Math.min(everyMs, TRY_AGAIN_MS) : everyMs;
      await planSweep(scope.tx, held, new Date(at.getTime() + pauseMs));
    } else await finishCommand(scope, sweep, failure, at);
  });
  const { channelId, looked, missed, repaired, startedAt } = sweep;
  const told = { channelId, looked, missed, repaired, tookMs: at.getTime() - startedAt.getTime() };
  if (failed) log.warn({ ...told, err: failure }, "a sweep was given up");
  else
    log.info(told, missed > 0 ? "a sweep found what was missed" : "a sweep found nothing missed");
}

async function finishCommand(
  scope: RecordScope,
  sweep: Sweep,
  failure: unknown,
  now: Date,
): Promise<void> {
  const command = await holdReconcile(scope.tx, sweep.tenantId, sweep.commandId ?? "");
  if (!command) return;
  await describe(scope.tx, sweep);
  if (failure === null) return turnReconcile(scope, command, "SUCCEEDED", { now });
  const code = failure instanceof ChannelError ? failure.code : "CHANNEL_UNAVAILABLE";
  const error = { code, message: wordsOf(failure), path: null, detail: { kind: "BasicUserError" } };
  return turnReconcile(scope, command, "FAILED", { now, errors: [error] });
}

/** How far it is, in the words of its command's step. */
async function describe(tx: RecordScope["tx"], sweep: Sweep): Promise<void> {
  const { commandId, tenantId, from, to, looked, missed, repaired } = sweep;
  if (commandId === null) return;
  const window = `compare orders placed from ${instant(from)} to ${instant(to)}`;
  const found = `${looked} looked at, ${missed} missed, ${repaired} repaired`;
  await describeReconcile(tx, tenantId, commandId, `${window}: ${found}`);
}

/** Whether it is of no use to go on: nobody but a person can mend it, or it has failed too often. */
function isGivenUp(error: unknown, { failures }: Sweep): boolean {
  if (error instanceof DatabaseError) return false;
  if (error instanceof ChannelError && error.retryAfterMs !== null) return false;
  if (failures + 1 >= GIVE_UP_AFTER) return true;
  return error instanceof ChannelError && !error.retryable && !isCursorRefused(error);
}

/** A connector's own errors are written for people; of any other only the kind may be shown. */
function wordsOf(error: unknown): string {
  if (error instanceof ChannelError) return error.message;
  return `it failed inside the gateway (${error instanceof Error ? error.name : typeof error}); its log tells more`;
}
