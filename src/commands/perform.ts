import type { Channel, Outcome } from "../domain/channel.js";
import { type CommandStatus, ENDED, isKept } from "../domain/command.js";
import { ChannelError } from "../domain/errors.js";
import type { Order } from "../domain/order.js";
import { instant } from "../domain/time.js";
import type { Origin, Recorder } from "../events/recorder.js";
import { beginAttempt } from "../store/attempts.js";
import { isPaused } from "../store/channel-sync.js";
import type { Claim } from "../store/claims.js";
import {
  advance,
  loadCommand,
  reservedOf,
  type StepRow,
  type StoredCommand,
} from "../store/commands.js";
import { lockOrders } from "../store/orders.js";
import { askRefresh, REFRESH_PRIORITY } from "../store/refreshes.js";
import { storeError, type UserErrorData } from "./face.js";
import { type Held, hold } from "./hold.js";
import { keptFacts } from "./kept.js";
import { knownEffect } from "./known-effect.js";
import { recheck } from "./recheck.js";
import { basic } from "./refusal.js";
import { commandUpdated } from "./report.js";
import { failFrom, finishStep, move, settle } from "./settle.js";

export interface PerformParts {
  recorder: Recorder;
  /** Who claimed: nothing is sent for a claim that somebody else holds by now. */
  owner: string;
  openChannel: (tenantId: string, channelId: string) => Promise<Channel>;
  now: () => Date;
  /** How soon after an unknown outcome the order is read again. Milliseconds. */
  lookAfterMs: number;
}

/** A step that is about to be sent: committed as IN_FLIGHT. */
interface Ready {
  command: StoredCommand;
  step: StepRow;
  order: Order;
  attempt: number;
}

/**
 * Takes a claimed command as far as it goes: step by step, each checked once more against what is true now, committed as
 * on its way before the first byte leaves, and settled with what came back. No transaction is held while a shop is asked.
 */
export async function performCommand(
  parts: PerformParts,
  claim: Claim,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const ready = await makeReady(parts, claim);
    if (!ready) return;
    if (ready === "again") continue;
    const startedAt = Date.now();
    const sent = !signal.aborted;
    const outcome = sent ? await send(parts, claim, ready, signal) : notSent();
    const durationMs = Date.now() - startedAt;
    if (!(await writeBack(parts, claim, ready, { outcome, sent, durationMs }))) return;
  }
}

/**
 * The next step, ready to be sent; null where the command has none, or it ended here without asking the shop; "again"
 * where the gateway has done a step itself and there may be another.
 */
async function makeReady(
  { recorder, owner, now }: PerformParts,
  claim: Claim,
): Promise<Ready | "again" | null> {
  return recorder.transact(claim.tenantId, async (scope) => {
    const held = await hold(scope, claim.id);
    if (!held) return null;
    const { command, stored } = held;
    // It took so long to get here that the claim ran out; whoever has it now goes on with it.
    if (command.row.leaseOwner !== owner) return null;
    const origin = originOf(command, now());
    // Somebody paused the shop between two steps: the rest waits as any command does.
    if (await isPaused(scope.tx, claim.tenantId, claim.channelId)) return null;
    const step = nextStep(command);
    if (!step) return null;
    const late = lateness(command, step, origin.now);
    if (late) {
      await giveUp(held, step, [late], origin, "CANCELED");
      return null;
    }
    // Failed by the shop's own report, which ends a step and nothing behind it.
    if (command.steps.some(({ status }) => status === "FAILED")) {
      await giveUp(held, step, [], origin, "CANCELED");
      return null;
    }
    if (isGivenBack(step, stored.order)) {
      await finishStep(scope, command, step, null, origin);
      return "again";
    }
    const errors = await obstacles(held, step);
    if (errors.length > 0) {
      await giveUp(held, step, errors, origin);
      return null;
    }
    if (isKept(step.step.kind)) {
      const progress = { steps: [{ id: step.id, status: "SUCCEEDED" as const }] };
      const facts = keptFacts(command.row.command, step, origin);
      await move(scope, command, progress, facts, origin);
      return "again";
    }
    const attempt = await beginAttempt(scope.tx, claim.tenantId, step.id, origin.now);
    const progress = { steps: [{ id: step.id, status: "IN_FLIGHT" as const, sentAt: origin.now }] };
    const status = await advance(scope.tx, command, progress, origin.now);
    await scope.append([commandUpdated(command.row, status, null, origin)]);
    return { command, step, order: stored.order, attempt };
  });
}

/** Whether the shop has reported a step's refund while it waited to be sent again: such money is not moved once more. */
function isGivenBack({ step, partId }: StepRow, { refunds }: Order): boolean {
  return (
    step.kind === "REFUND_CREATE" &&
    refunds.some((row) => row.id === partId && row.nativeId !== null && row.status !== "FAILED")
  );
}

/** Why a step is not sent any more: it still waited at its deadline. */
function lateness({ row }: StoredCommand, step: StepRow, now: Date): UserErrorData | null {
  if (!row.deadline || now <= row.deadline || step.sentAt !== null) return null;
  const message = `was still waiting at its deadline ${instant(row.deadline)}, so it was not sent`;
  return basic("CHANNEL_UNAVAILABLE", message, null);
}

/** What stands against a step by now. One that may have happened already is not given up for that. */
async function obstacles(
  { scope: { tx, tenantId }, command: { row }, stored }: Held,
  step: StepRow,
): Promise<UserErrorData[]> {
  if (step.status === "OUTCOME_UNKNOWN") return [];
  const reserved = await reservedOf(tx, tenantId, row.orderId, [step.id]);
  return recheck(row.command, step, { ...stored, reserved });
}

/** Ends a command that cannot go on; nothing more of it is sent. */
async function giveUp(
  { scope, command }: Held,
  step: StepRow,
  errors: UserErrorData[],
  origin: Origin,
  status?: "CANCELED",
): Promise<void> {
  const told = [...command.row.errors, ...errors.map(storeError)];
  await failFrom(scope, command, step, { command: { errors: told } }, origin, status);
}

async function send(
  parts: PerformParts,
  claim: Claim,
  ready: Ready,
  signal: AbortSignal,
): Promise<Outcome> {
  const { step, order } = ready;
  const { nativeId } = order;
  try {
    const channel = await parts.openChannel(claim.tenantId, claim.channelId);
    if (step.step.kind === "ORDER_REFRESH")
      return await refresh(channel, nativeId, signal, parts.now());
    return await channel.perform({
      step: step.step,
      marker: step.marker,
      key: step.id,
      order: { nativeId },
      signal,
    });
  } catch (cause) {
    if (cause instanceof ChannelError && !cause.mayHaveHappened)
      return { kind: "refused", error: cause };
    const error =
      cause instanceof ChannelError
        ? cause
        : new ChannelError(
            "CHANNEL_UNAVAILABLE",
            `step ${step.id} broke off while it was on its way`,
            { cause },
          );
    return { kind: "unknown", error };
  }
}

/** The claim was lost before a byte left. */
function notSent(): Outcome {
  const message = "the gateway stopped before this was sent";
  const detail = { retryable: true, mayHaveHappened: false };
  return { kind: "refused", error: new ChannelError("CHANNEL_UNAVAILABLE", message, detail) };
}

/** Reading is no effect: whatever goes wrong, nothing was done. */
async function refresh(
  channel: Channel,
  nativeId: string,
  signal: AbortSignal,
  now: Date,
): Promise<Outcome> {
  try {
    const snapshot = (await channel.read({ nativeId }, signal)) ?? {
      ref: { nativeId },
      deletedAt: instant(now),
    };
    return { kind: "done", snapshot, nativeId: null, httpStatus: null };
  } catch (error) {
    if (error instanceof ChannelError) return { kind: "refused", error };
    throw error;
  }
}

/** Writes down what came back; whether there may be a next step to send now. */
async function writeBack(
  parts: PerformParts,
  claim: Claim,
  ready: Ready,
  { outcome, ...how }: { outcome: Outcome; sent: boolean; durationMs: number },
): Promise<boolean> {
  const { recorder, now } = parts;
  return recorder.transact(claim.tenantId, async (scope) => {
    const origin = originOf(ready.command, now());
    const { orderId, channelId } = ready.command.row;
    await lockOrders(scope.tx, claim.tenantId, channelId, [ready.order.nativeId]);
    if (outcome.kind === "done") {
      const facts = knownEffect(ready, outcome.snapshot, origin);
      if (facts.length > 0) await scope.recordLocal(origin, orderId, facts);
      if (outcome.snapshot) await scope.record({ ...origin, channelId }, [outcome.snapshot]);
    }
    const command = await loadCommand(scope.tx, claim.tenantId, claim.id, { forUpdate: true });
    const step = command?.steps.find((row) => row.id === ready.step.id);
    if (!command || !step) return false;
    await settle(scope, command, step, { outcome, attempt: ready.attempt, ...how }, origin);
    if (outcome.kind === "unknown" || (outcome.kind === "done" && !outcome.snapshot))
      await askRefresh(scope.tx, {
        tenantId: claim.tenantId,
        channelId,
        nativeIds: [ready.order.nativeId],
        priority: REFRESH_PRIORITY.webhook,
        source: "RECONCILE",
        dueAt: new Date(
          origin.now.getTime() + (outcome.kind === "unknown" ? parts.lookAfterMs : 0),
        ),
      });
    return outcome.kind === "done" && command.row.orderId === orderId;
  });
}

/** OUTCOME_UNKNOWN stands only for what its platform knows by its key; else a step in doubt needs a person. */
const SENDABLE: ReadonlySet<string> = new Set(["QUEUED", "RETRYING", "OUTCOME_UNKNOWN"]);

/** The first step that is not over, if it may be sent: one that is on its way or in doubt holds up what is behind it. */
function nextStep({ steps }: StoredCommand): StepRow | null {
  const open = steps.find((step) => !ENDED.has(step.status as CommandStatus));
  return open && SENDABLE.has(open.status) ? open : null;
}

function originOf({ row }: StoredCommand, now: Date): Origin {
  return { source: "COMMAND", actor: row.actor, causedBy: row.id, now };
}
