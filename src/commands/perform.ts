import type { Outcome } from "../domain/channel.js";
import type { Claim } from "../store/claims.js";
import { loadCommand } from "../store/commands.js";
import { lockOrders } from "../store/orders.js";
import { askRefresh, REFRESH_PRIORITY } from "../store/refreshes.js";
import { recordEffect } from "./known-effect.js";
import { lookFor } from "./look.js";
import { makeReady, originOf, type PerformParts, type Ready } from "./ready.js";
import { notSent, send } from "./send.js";
import { settle } from "./settle.js";

/**
 * Takes a claimed command as far as it goes: step by step, each checked once more against what is true now, committed as
 * on its way before the first byte leaves, and settled with what came back. A step in doubt is looked for instead. No
 * transaction is held while a shop is asked.
 */
export async function performCommand(
  parts: PerformParts,
  claim: Claim,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const next = await makeReady(parts, claim);
    if (!next) return;
    if (next === "again") continue;
    const goesOn =
      next.kind === "look"
        ? await lookFor(parts, claim, next, signal)
        : await carryOut(parts, claim, next, signal);
    if (!goesOn) return;
  }
}

/** Sends a step and writes down what came back; whether there may be a next step to send now. */
async function carryOut(
  parts: PerformParts,
  claim: Claim,
  ready: Ready,
  signal: AbortSignal,
): Promise<boolean> {
  const startedAt = Date.now();
  const sent = !signal.aborted;
  const outcome = sent ? await send(parts, claim, ready, signal) : notSent();
  const durationMs = Date.now() - startedAt;
  return writeBack(parts, claim, ready, { outcome, sent, durationMs });
}

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
    const { nativeId } = ready.order;
    await lockOrders(scope.tx, claim.tenantId, channelId, [nativeId]);
    if (outcome.kind === "done") await recordEffect(scope, ready, outcome.snapshot, origin);
    const command = await loadCommand(scope.tx, claim.tenantId, claim.id, { forUpdate: true });
    const step = command?.steps.find((row) => row.id === ready.step.id);
    if (!command || !step) return false;
    await settle(scope, command, step, { outcome, attempt: ready.attempt, ...how }, origin);
    // The shop may show it long before it is looked for.
    if (outcome.kind === "unknown")
      await askRefresh(scope.tx, {
        tenantId: claim.tenantId,
        channelId,
        nativeIds: [nativeId],
        priority: REFRESH_PRIORITY.webhook,
        source: "RECONCILE",
        dueAt: new Date(origin.now.getTime() + parts.lookAfterMs),
      });
    return outcome.kind === "done" && command.row.orderId === orderId;
  });
}
