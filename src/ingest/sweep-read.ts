import type { Channel } from "../domain/channel.js";
import { ChannelError } from "../domain/errors.js";
import type { Change } from "../domain/event.js";
import { mintId } from "../domain/id.js";
import { needsPerson } from "../domain/problem.js";
import type { OrderRef, Snapshot } from "../domain/snapshot.js";
import { instant } from "../domain/time.js";
import type { Recorded, RecordScope } from "../events/recorder.js";
import { DatabaseError } from "../store/errors.js";
import { changesOfVersion } from "../store/events.js";
import { askRefresh, REFRESH_PRIORITY } from "../store/refreshes.js";
import { advanceSweep, isAskedFor, markSurveyed, type Sweep } from "../store/sweeps.js";
import type { DutyContext } from "./duty.js";

/** What it takes to read orders for a sweep. */
export interface SweepReading extends DutyContext {
  channel: Channel;
  sweep: Sweep;
  signal: AbortSignal;
  patienceMs?: number;
  readsAtOnce?: number;
}

/** An order to be read, and how the list showed it; null where it did not. */
export interface Suspect {
  ref: OrderRef;
  print: string | null;
}

/** The longest that one read may take. */
const READ_TIMEOUT_MS = 45_000;
/** Rounds in which a shop that does not answer stops the sweep; after that it is the order that cannot be read. */
const PATIENT_ROUNDS = 3;

/**
 * Reads orders, a few at once, and records what they have become. One that cannot be read is missed and asked for again;
 * throws where the shop itself wants to be left alone, when those under way have ended.
 */
export async function readOrders(
  reading: SweepReading,
  suspects: readonly Suspect[],
): Promise<void> {
  const waiting = suspects.values();
  const stops: unknown[] = [];
  const readOn = async () => {
    for (const suspect of waiting) {
      if (stops.length > 0 || reading.signal.aborted) return;
      try {
        await readOne(reading, suspect);
      } catch (error) {
        stops.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: reading.readsAtOnce ?? 2 }, readOn));
  reading.signal.throwIfAborted();
  if (stops.length > 0) throw stops[0];
}

async function readOne(reading: SweepReading, suspect: Suspect): Promise<void> {
  const { channel, recorder, sweep, signal, log, now } = reading;
  const { ref } = suspect;
  const { nativeId } = ref;
  const { channelId } = sweep;
  try {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(READ_TIMEOUT_MS)]);
    const snapshot = (await channel.read(ref, deadline)) ?? {
      ref: { nativeId },
      deletedAt: instant(now()),
    };
    await recorder.transact(sweep.tenantId, (scope) => keep(reading, scope, suspect, snapshot));
  } catch (error) {
    if (signal.aborted || stopsAll(error, sweep)) throw error;
    log.warn({ err: error, channelId, nativeId }, "an order was not read by a sweep");
    await recorder.transact(sweep.tenantId, (scope) => askAgain(reading, scope, nativeId));
  }
}

/**
 * Records what was read. Only what this changes was missed: what a webhook or a poll brought meanwhile was not, nor what
 * happened since the sweep began (or a little before, where nobody asked for it), since they may still bring that.
 */
async function keep(
  { sweep, now, patienceMs = 5 * 60_000 }: SweepReading,
  scope: RecordScope,
  { ref: { nativeId }, print }: Suspect,
  snapshot: Snapshot,
): Promise<void> {
  const { channelId, startedAt, commandId } = sweep;
  const at = now();
  const actor = { kind: "CHANNEL", id: channelId, name: null } as const;
  const origin = { source: "RECONCILE", actor, channelId, now: at } as const;
  const [recorded] = await scope.record(origin, [snapshot]);
  if (recorded?.orderId == null && !snapshot.deletedAt)
    throw new ChannelError("CHANNEL_REJECTED", `order ${nativeId} was read without its head`);
  const toldBy = startedAt.getTime() - (commandId === null ? patienceMs : 0);
  const mayStillCome =
    isYoung(snapshot, new Date(toldBy)) || (await isAskedFor(scope.tx, sweep, nativeId));
  const repaired = recorded?.changed && !mayStillCome ? 1 : 0;
  if (recorded && repaired > 0) await tell(scope, sweep, recorded, at);
  await markSurveyed(scope.tx, sweep, [nativeId], at, print ?? undefined);
  await advanceSweep(scope.tx, sweep, { looked: 1, missed: repaired, repaired });
}

/** Says that an order was put right, with all that its own events say of that. */
async function tell(
  scope: RecordScope,
  { channelId, commandId }: Sweep,
  { orderId, version }: Recorded,
  now: Date,
): Promise<void> {
  if (orderId === null) return;
  const changes: Change[] = await changesOfVersion(scope.tx, scope.tenantId, orderId, version);
  await scope.append([
    {
      id: mintId("Event"),
      type: "SYNC_REPAIRED",
      occurredAt: instant(now),
      channelId,
      orderId,
      subjectId: orderId,
      orderVersion: version,
      source: "RECONCILE",
      actor: { kind: "SYSTEM", id: null, name: null },
      causedBy: commandId,
      deliveryId: null,
      changes,
      tracking: null,
    },
  ]);
}

/** Missed and not repaired; whoever reads asked-for orders tries again, with pauses. */
async function askAgain(
  { sweep, now }: SweepReading,
  { tx, tenantId }: RecordScope,
  nativeId: string,
): Promise<void> {
  const { channelId } = sweep;
  const ask = { priority: REFRESH_PRIORITY.sweep, source: "RECONCILE", dueAt: now() } as const;
  await askRefresh(tx, { tenantId, channelId, nativeIds: [nativeId], ...ask });
  await markSurveyed(tx, sweep, [nativeId], now());
  await advanceSweep(tx, sweep, { looked: 1, missed: 1 });
}

function isYoung({ head }: Snapshot, since: Date): boolean {
  const changedAt = head?.value.platformUpdatedAt;
  return changedAt != null && new Date(changedAt) > since;
}

/** Whether nothing else would be read either; a shop that is merely silent is waited for some rounds. */
function stopsAll(error: unknown, { failures }: Sweep): boolean {
  if (error instanceof DatabaseError) return error.retryable;
  if (!(error instanceof ChannelError)) return false;
  if (needsPerson(error) || error.retryAfterMs !== null) return true;
  return error.retryable && failures < PATIENT_ROUNDS;
}
