import type { ChannelHealth } from "./channel.js";
import { ChannelError, type ErrorCode } from "./errors.js";
import { type Instant, instant } from "./time.js";

/** What is wrong with a channel now and what to do about it, in words for people. */
export interface ChannelProblem {
  code: ErrorCode;
  message: string;
  remedy: string;
  since: Instant;
}

/** How a channel is, and why where it is not well. */
export interface ChannelState {
  health: ChannelHealth;
  problem: ChannelProblem | null;
}

/** Failures in a row after which a channel counts as degraded, and as down. */
export const FAILURES = { degraded: 3, down: 10 } as const;

/**
 * What failures in a row say of a channel; null where they say nothing yet. Refused credentials count at once, since
 * waiting does not mend them; a shop that asks for patience is never down.
 */
export function stateAfter(error: unknown, failures: number, now: Date): ChannelState | null {
  const since = instant(now);
  const code = codeOf(error);
  const message = messageOf(error);
  if (needsPerson(error)) {
    const remedy =
      "Give the shop's key the permission that the message names, or the channel other credentials with channelUpdate";
    return { health: "AUTH_REQUIRED", problem: { code, message, remedy, since } };
  }
  if (failures < FAILURES.degraded) return null;
  const down = failures >= FAILURES.down && code !== "CHANNEL_RATE_LIMITED";
  const remedy =
    code === "CHANNEL_RATE_LIMITED"
      ? "Nothing need be done: it goes on as soon as the shop allows it"
      : "Check that the shop answers; it is tried again by itself, more seldom the longer it fails";
  return { health: down ? "DOWN" : "DEGRADED", problem: { code, message, remedy, since } };
}

/** Whether only a person can mend it: credentials refused or a permission missing. */
export function needsPerson(error: unknown): boolean {
  if (!(error instanceof ChannelError)) return false;
  return (
    error.httpStatus === 401 ||
    error.httpStatus === 403 ||
    error.code === "SCOPE_NOT_GRANTED_BY_CHANNEL"
  );
}

/** The shop told us that our app was removed. */
export function uninstalled(now: Date): ChannelState {
  return {
    health: "AUTH_REQUIRED",
    problem: {
      code: "CHANNEL_REJECTED",
      message: "The app was removed from the shop",
      remedy: "Install the app again, and give the channel its new credentials with channelUpdate",
      since: instant(now),
    },
  };
}

/** Somebody wants the shop left in peace, for a reason in their own words. */
export function paused(by: string, reason: string | null, now: Date): ChannelProblem {
  return {
    code: "ON_HOLD",
    message: `Paused by ${by}${reason === null ? "" : `: ${reason}`}`,
    remedy: "Resume it with channelResume; everything that waits goes on then",
    since: instant(now),
  };
}

/** Well, but without webhooks, since the shop could not reach us. */
export function unreachableFromShop(now: Date): ChannelProblem {
  return {
    code: "INVALID_INPUT",
    message:
      "The shop has no webhooks, since it cannot know where this gateway is; it is polled only",
    remedy: "Set PUBLIC_URL to the https address at which the shop reaches this gateway",
    since: instant(now),
  };
}

/** Well, but the shop did not take or show our webhooks. */
export function webhooksRefused(error: unknown, now: Date): ChannelProblem {
  return {
    code: codeOf(error),
    message: `The shop's webhooks could not be set up, so it is polled only: ${messageOf(error)}`,
    remedy: "Do what the message says; it is tried again by itself",
    since: instant(now),
  };
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof ChannelError && error.code !== "INTERNAL"
    ? error.code
    : "CHANNEL_UNAVAILABLE";
}

/** A connector's own errors are written for people; of any other only the kind may be shown. */
function messageOf(error: unknown): string {
  if (error instanceof ChannelError) return error.message;
  return `Reading the shop failed inside the gateway (${error instanceof Error ? error.name : typeof error}); its log tells more`;
}
