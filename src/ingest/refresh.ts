import type { Logger } from "pino";
import type { OpenChannel } from "../domain/channel.js";
import { ChannelError, NotFound } from "../domain/errors.js";
import { needsPerson, stateAfter } from "../domain/problem.js";
import { instant } from "../domain/time.js";
import type { Recorder } from "../events/recorder.js";
import type { Database } from "../store/db.js";
import { keepDeadLetter, letterOfOrder } from "../store/deliveries.js";
import { DatabaseError } from "../store/errors.js";
import { dropRefresh, finishRefresh, postponeRefresh, type Refresh } from "../store/refreshes.js";
import { backoffMs } from "./backoff.js";
import { reportHealth } from "./health.js";

export interface RefreshOptions {
  db: Database;
  recorder: Recorder;
  openChannel: OpenChannel;
  log: Logger;
  now?: () => Date;
  /** The longest that one read may take; must be shorter than the lease. Default 45,000 ms. */
  readTimeoutMs?: number;
  /** From a read to the next of the same order, where somebody asked meanwhile. Default 1,000 ms. */
  cooldownMs?: number;
}

/** Failures after which an order that its connector cannot read becomes a dead letter. */
export const GIVE_UP_AFTER = 5;

/**
 * Reads one claimed order and records it; what is gone for good is recorded as deleted. A failure puts the row off,
 * and says of the channel what it must. Answers how long the whole channel is to be left in peace, where the shop
 * asks for that. Throws only where the database fails; the lease then brings the row back.
 */
export async function refreshOrder(
  options: RefreshOptions,
  refresh: Refresh,
  signal: AbortSignal,
): Promise<{ quietMs: number }> {
  try {
    await readAndRecord(options, refresh, signal);
    return { quietMs: 0 };
  } catch (error) {
    if (signal.aborted) {
      await postpone(options, refresh, 0, false);
      return { quietMs: 0 };
    }
    return handleFailure(options, refresh, error);
  }
}

async function readAndRecord(
  { recorder, openChannel, now = () => new Date(), ...limits }: RefreshOptions,
  refresh: Refresh,
  signal: AbortSignal,
): Promise<void> {
  const { tenantId, channelId, nativeId, source, deliveryId } = refresh;
  const channel = await openChannel(tenantId, channelId);
  const deadline = AbortSignal.timeout(limits.readTimeoutMs ?? 45_000);
  const snapshot = (await channel.read({ nativeId }, AbortSignal.any([signal, deadline]))) ?? {
    ref: { nativeId },
    deletedAt: instant(now()),
  };
  const actor = { kind: "CHANNEL", id: channelId, name: null } as const;
  await recorder.transact(tenantId, async (scope) => {
    const at = now();
    const origin = { source, actor, channelId, deliveryId, now: at };
    const [recorded] = await scope.record(origin, [snapshot]);
    if (recorded?.orderId == null && !snapshot.deletedAt)
      throw new ChannelError("CHANNEL_REJECTED", `order ${nativeId} was read without its head`);
    await finishRefresh(scope.tx, refresh, new Date(at.getTime() + (limits.cooldownMs ?? 1_000)));
  });
}

async function handleFailure(
  options: RefreshOptions,
  refresh: Refresh,
  error: unknown,
): Promise<{ quietMs: number }> {
  const { log, db, recorder, now = () => new Date() } = options;
  const { tenantId, channelId, nativeId } = refresh;
  if (error instanceof NotFound) {
    await db.forTenant(tenantId, (tx) => dropRefresh(tx, refresh));
    return { quietMs: 0 };
  }
  log.warn(
    { err: error, channelId, nativeId, attempts: refresh.attempts + 1 },
    "an order was not read",
  );
  const quietMs = error instanceof ChannelError ? (error.retryAfterMs ?? 0) : 0;
  const failures = refresh.attempts + 1;
  const passes = passesByItself(error);
  if (!passes && failures >= GIVE_UP_AFTER) {
    await giveUp(options, refresh, error);
    return { quietMs };
  }
  // That the shop asks for patience, or that our database fails, says nothing of this order.
  const counts = quietMs === 0 && !(error instanceof DatabaseError && error.retryable);
  await postpone(options, refresh, Math.max(quietMs, backoffMs(failures)), counts);
  const state = error instanceof ChannelError && passes ? stateAfter(error, failures, now()) : null;
  if (state)
    await reportHealth(
      recorder,
      { tenantId, channelId, source: refresh.source, now: now() },
      state,
    );
  return { quietMs };
}

/** Whether the same read may succeed later, by itself or once a person has mended the channel. */
function passesByItself(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.retryable;
  return error instanceof ChannelError && (error.retryable || needsPerson(error));
}

async function postpone(
  { db, now = () => new Date() }: RefreshOptions,
  refresh: Refresh,
  delayMs: number,
  counts: boolean,
): Promise<void> {
  const dueAt = new Date(now().getTime() + delayMs);
  await db.forTenant(refresh.tenantId, (tx) => postponeRefresh(tx, refresh, dueAt, counts));
}

/** An order that cannot be read is shown among the dead letters, and asked for no more until there is news of it. */
async function giveUp(
  { db, log, now = () => new Date() }: RefreshOptions,
  refresh: Refresh,
  error: unknown,
): Promise<void> {
  const { tenantId, channelId, nativeId, source } = refresh;
  log.error({ err: error, channelId, nativeId }, "an order that cannot be read is a dead letter");
  const reason = `order ${nativeId} could not be read: ${error instanceof Error ? error.message : "unknown"}`;
  const body = letterOfOrder(nativeId);
  await db.forTenant(tenantId, async (tx) => {
    const letter = { tenantId, channelId, source, topic: null, reason, receivedAt: now(), body };
    await keepDeadLetter(tx, letter);
    await dropRefresh(tx, refresh);
  });
}
