import type { Finding } from "../domain/channel.js";
import { type CommandStatus, ENDED } from "../domain/command.js";
import { ChannelError } from "../domain/errors.js";
import { instant } from "../domain/time.js";
import { type Attempt, keepLooks, type Look, verifyAttempts } from "../store/attempts.js";
import type { Claim } from "../store/claims.js";
import { loadCommand } from "../store/commands.js";
import { lockOrders } from "../store/orders.js";
import { afterLook, evidenceOf } from "./doubt.js";
import { storeError } from "./face.js";
import { type Held, hold } from "./hold.js";
import { recordEffect } from "./known-effect.js";
import { type Doubted, originOf, type PerformParts } from "./ready.js";
import { asUserError } from "./refusal.js";
import { brokenOff, callOf } from "./send.js";
import { finishStep, leaveOpen } from "./settle.js";

type Found = Extract<Finding, { kind: "found" }>;
/** What a look came to. early: the shop may still carry it out. */
type Seen = Finding | { kind: "early"; at: Date };

/**
 * Looks for a step that may have happened, not before the shop's latest possible commit. Found, it ends as if the shop
 * had answered; else `afterLook` says what becomes of it. The channel's own report may end it while it is looked for, and a
 * person may: then only what was found still counts. Answers whether there may be a next step to send now.
 */
export async function lookFor(
  parts: PerformParts,
  claim: Claim,
  doubted: Doubted,
  signal: AbortSignal,
): Promise<boolean> {
  const seen = unlessAnothers(await look(parts, claim, doubted, signal), doubted);
  if (seen.kind === "found") return keepFound(parts, claim, doubted, seen);
  // Cut off by us, it says nothing of the shop.
  if (signal.aborted) return false;
  return parts.recorder.transact(claim.tenantId, async (scope) => {
    const held = await hold(scope, claim.id);
    if (held?.command.row.leaseOwner !== parts.owner) return false;
    const step = held.command.steps.find(({ id }) => id === doubted.step.id);
    if (step?.status !== "OUTCOME_UNKNOWN") return true;
    await keepOpen(parts, held, doubted, seen);
    return false;
  });
}

async function look(
  { openChannel, settleMs, now }: PerformParts,
  claim: Claim,
  doubted: Doubted,
  signal: AbortSignal,
): Promise<Seen> {
  const { step, doubt } = doubted;
  // Reading is no effect.
  if (step.step.kind === "ORDER_REFRESH") return { kind: "absent" };
  try {
    const channel = await openChannel(claim.tenantId, claim.channelId);
    const at = settledAt(doubt.last, settleMs ?? channel.settleMs);
    if (now() < at) return { kind: "early", at };
    return await channel.find(callOf({ ...doubted, since: doubt.since }, signal));
  } catch (cause) {
    return { kind: "unclear", error: brokenOff(step, cause) };
  }
}

/** What another step is known to have made is not this one's, however much it looks so. */
function unlessAnothers(seen: Seen, { step, order }: Doubted): Seen {
  if (seen.kind !== "found" || seen.nativeId === null || step.partId === null) return seen;
  const { nativeId } = seen;
  const made = [...order.fulfillments, ...order.returns, ...order.refunds];
  const other = made.find((row) => row.nativeId === nativeId && row.id !== step.partId);
  if (!other?.commandId) return seen;
  const message = `${nativeId} looks like it, but command ${other.commandId} made that; see in the shop whether there is another`;
  return { kind: "unclear", error: new ChannelError("COMMAND_IN_FLIGHT", message) };
}

/** When the shop can no longer carry out an attempt: the call may have left as late as it ended here. */
function settledAt({ startedAt, durationMs }: Attempt, settleMs: number): Date {
  return new Date(startedAt.getTime() + (durationMs ?? 0) + settleMs);
}

async function keepFound(
  { recorder, now, alarm }: PerformParts,
  claim: Claim,
  doubted: Doubted,
  found: Found,
): Promise<boolean> {
  const { command: before, step: sought, order, doubt } = doubted;
  const { snapshot, nativeId, times } = found;
  // Of a shipment, a return or a refund the order shows it itself.
  if (times > 1 && sought.partId === null)
    alarm({
      orderId: order.id,
      marker: sought.marker,
      message: `"${sought.step.summary}" of command ${claim.id} was carried out ${times} times: take the others back in the shop`,
    });
  return recorder.transact(claim.tenantId, async (scope) => {
    const origin = originOf(before, now());
    await lockOrders(scope.tx, claim.tenantId, claim.channelId, [order.nativeId]);
    await recordEffect(scope, doubted, snapshot, origin);
    const command = await loadCommand(scope.tx, claim.tenantId, claim.id, { forUpdate: true });
    const step = command?.steps.find(({ id }) => id === sought.id);
    if (!command || !step) return false;
    await keepLooks(scope.tx, doubt.last, [...doubt.last.looks, ...lookOf(found, origin.now)]);
    await verifyAttempts(scope.tx, claim.tenantId, step.id, "FOUND_AT_CHANNEL");
    if (!ENDED.has(step.status as CommandStatus))
      await finishStep(scope, command, step, nativeId, origin);
    return true;
  });
}

/** It was not found, or not to be looked for yet. */
async function keepOpen(
  { now, lookAgainMs }: PerformParts,
  { scope, command }: Held,
  { step, doubt }: Doubted,
  seen: Exclude<Seen, Found>,
): Promise<void> {
  const origin = originOf(command, now());
  if (seen.kind === "early")
    return leaveOpen(scope, command, step, { status: "OUTCOME_UNKNOWN", at: seen.at }, origin);
  const looks = [...doubt.last.looks, ...lookOf(seen, origin.now)];
  await keepLooks(scope.tx, doubt.last, looks);
  const wishMs = seen.kind === "unclear" ? seen.error.retryAfterMs : null;
  const times = { now: origin.now, againMs: lookAgainMs, wishMs };
  const next = afterLook(step.step, doubt, looks, times);
  switch (next.kind) {
    case "look":
      return leaveOpen(scope, command, step, { status: "OUTCOME_UNKNOWN", at: next.at }, origin);
    case "send":
      await verifyAttempts(scope.tx, scope.tenantId, step.id, "NOT_FOUND_AT_CHANNEL");
      return leaveOpen(scope, command, step, { status: "RETRYING", at: origin.now }, origin);
    case "person": {
      const error = asUserError(evidenceOf(doubt, looks), command.row.channelId);
      const errors = [...command.row.errors, storeError(error)];
      return leaveOpen(
        scope,
        command,
        step,
        { status: "NEEDS_ATTENTION", at: null, errors },
        origin,
      );
    }
  }
}

function lookOf(seen: Seen, now: Date): Look[] {
  const at = instant(now);
  switch (seen.kind) {
    case "found":
      return [{ at, seen: "FOUND", message: null }];
    case "absent":
      return [{ at, seen: "ABSENT", message: null }];
    case "unclear":
      return [{ at, seen: "UNCLEAR", message: seen.error.message }];
    case "early":
      return [];
  }
}
