import type { Channel, Outcome } from "../domain/channel.js";
import type { StepCall } from "../domain/command.js";
import { ChannelError } from "../domain/errors.js";
import type { Order } from "../domain/order.js";
import { instant } from "../domain/time.js";
import type { Claim } from "../store/claims.js";
import type { StepRow } from "../store/commands.js";
import type { PerformParts, Ready } from "./ready.js";

/** Sends a step to its shop. Never throws: what broke off may have happened. */
export async function send(
  parts: PerformParts,
  claim: Claim,
  ready: Ready,
  signal: AbortSignal,
): Promise<Outcome> {
  const { step, order } = ready;
  try {
    const channel = await parts.openChannel(claim.tenantId, claim.channelId);
    if (step.step.kind === "ORDER_REFRESH")
      return await refresh(channel, order, signal, parts.now());
    return await channel.perform(callOf(ready, signal));
  } catch (cause) {
    if (cause instanceof ChannelError && !cause.mayHaveHappened)
      return { kind: "refused", error: cause };
    return { kind: "unknown", error: brokenOff(step, cause) };
  }
}

/** The claim was lost before a byte left. */
export function notSent(): Outcome {
  const message = "the gateway stopped before this was sent";
  const detail = { retryable: true, mayHaveHappened: false };
  return { kind: "refused", error: new ChannelError("CHANNEL_UNAVAILABLE", message, detail) };
}

/** What a connector is told of a step, be it to do it or to look for it. */
export function callOf(
  { step, order, since }: { step: StepRow; order: Order; since: Date | null },
  signal: AbortSignal,
): StepCall {
  return {
    step: step.step,
    marker: step.marker,
    key: step.id,
    order: { nativeId: order.nativeId },
    ...(since && { sentAt: instant(since) }),
    signal,
  };
}

/** What is to be said of a call that ended without an answer. */
export function brokenOff({ id }: StepRow, cause: unknown): ChannelError {
  if (cause instanceof ChannelError) return cause;
  const message = `step ${id} broke off while its shop was asked`;
  return new ChannelError("CHANNEL_UNAVAILABLE", message, { cause });
}

/** Reading is no effect: whatever goes wrong, nothing was done. */
async function refresh(
  channel: Channel,
  { nativeId, head: { placedAt } }: Order,
  signal: AbortSignal,
  now: Date,
): Promise<Outcome> {
  try {
    const snapshot = (await channel.read({ nativeId, placedAt }, signal)) ?? {
      ref: { nativeId },
      deletedAt: instant(now),
    };
    return { kind: "done", snapshot, nativeId: null, httpStatus: null };
  } catch (error) {
    if (error instanceof ChannelError) return { kind: "refused", error };
    throw error;
  }
}
