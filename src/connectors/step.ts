import { z } from "zod";
import type { Finding, Outcome } from "../domain/channel.js";
import { ChannelError, type ErrorCode } from "../domain/errors.js";
import type { Snapshot } from "../domain/snapshot.js";
import { classifyStatus } from "./http.js";
import { whyUnreadable } from "./unread.js";

/** A look before sending showed that the step is done already. */
export interface Found {
  kind: "found";
  snapshot: Snapshot | null;
  nativeId: string | null;
  /** How many bear its marker, where more than one may. */
  times?: number;
}

/**
 * Does one step: looks at the shop first, and sends what that look prepared. `prepare` is missing where no
 * such step is ever sent to this platform. Never throws; whatever fails before the write is refused, since the shop did nothing.
 */
export async function lookThenSend<Sending extends { kind: "send" }>(
  platform: string,
  prepare: (() => Promise<Found | Sending>) | undefined,
  send: (sending: Sending) => Promise<Outcome>,
): Promise<Outcome> {
  if (!prepare) {
    const message = `${platform}: no step of this kind is sent to a shop; refuse the command before it is planned`;
    return {
      kind: "refused",
      error: new ChannelError("CAPABILITY_NOT_SUPPORTED", message, { mayHaveHappened: false }),
    };
  }
  let prepared: Found | Sending;
  try {
    prepared = await prepare();
  } catch (error) {
    return { kind: "refused", error: unsent(platform, error) };
  }
  if (prepared.kind === "send") return send(prepared);
  const { snapshot, nativeId } = prepared;
  return { kind: "done", snapshot, nativeId, httpStatus: null };
}

/**
 * Looks for a step that may have happened, with the look that it was prepared by: what is still to be sent has not
 * happened. What refuses it now (nothing left to ship) may be its own effect, which the look does not recognise.
 */
export async function lookFor(
  platform: string,
  prepare: (() => Promise<Found | { kind: "send" }>) | undefined,
): Promise<Finding> {
  if (!prepare) return { kind: "absent" };
  try {
    const prepared = await prepare();
    if (prepared.kind === "send") return { kind: "absent" };
    const { snapshot, nativeId, times = 1 } = prepared;
    return { kind: "found", snapshot, nativeId, times };
  } catch (error) {
    return { kind: "unclear", error: unsent(platform, error) };
  }
}

/** How a platform refuses a step before anything is sent: for a reason that the message tells with its remedy. */
export function refusing(platform: string): (code: ErrorCode, message: string) => ChannelError {
  return (code, message) =>
    new ChannelError(code, `${platform}: ${message}`, { mayHaveHappened: false });
}

/** What an answer says about a write, by its status alone. Success that cannot be read (`body` undefined) is none. */
export function verdictByStatus(answer: { status: number; body: unknown }): Verdict {
  const verdict = classifyStatus(answer.status);
  return verdict === "done" && answer.body === undefined ? "unknown" : verdict;
}
export type Verdict = Outcome["kind"];

/** How one write is sent and read. */
export interface OneWrite<Answer extends { status: number; body: unknown }> {
  call: () => Promise<Answer>;
  verdictOf: (answer: Answer) => Verdict;
  refusal: (answer: Answer) => ChannelError;
  /** Whether a refusal says that what was wanted is so already. */
  achieves?: ((error: ChannelError) => boolean) | undefined;
  /** The id of what is made, where it is not the answer's `id`. */
  nativeId?: string | undefined;
  readBack: () => Promise<Snapshot | null>;
}

/** Sends one write and reads the order back; the answer's `id` names what was made. Never throws. */
export async function sendOnce<Answer extends { status: number; body: unknown }>(
  platform: string,
  { call, verdictOf, refusal, achieves, nativeId, readBack }: OneWrite<Answer>,
): Promise<Outcome> {
  try {
    const answer = await call();
    const verdict = verdictOf(answer);
    if (verdict === "done" && isHollow(answer.body))
      return { kind: "unknown", error: unreadable(platform, null, true) };
    if (verdict !== "done") {
      const error = refusal(answer);
      if (!achieves?.(error)) return { kind: verdict, error };
    }
    return {
      kind: "done",
      snapshot: await attempt(readBack),
      nativeId: nativeId ?? idIn(answer.body),
      httpStatus: answer.status,
    };
  } catch (cause) {
    return broken(platform, cause);
  }
}

/** Success that says nothing of what was done, or bears the words of an error, may have done nothing. A list may be empty. */
function isHollow(body: unknown): boolean {
  if (typeof body !== "object" || body === null) return true;
  if (Array.isArray(body)) return false;
  const fields = body as Record<string, unknown>;
  const isError = "message" in fields && ("code" in fields || "errors" in fields);
  return Object.keys(fields).length === 0 || (isError && !("id" in fields));
}

function idIn(body: unknown): string | null {
  return z.object({ id: z.number() }).safeParse(body).data?.id.toString() ?? null;
}

/** What is to be said of a write that broke off. */
export function broken(platform: string, cause: unknown): Exclude<Outcome, { kind: "done" }> {
  const error = cause instanceof ChannelError ? cause : unreadable(platform, cause, true);
  return { kind: error.mayHaveHappened ? "unknown" : "refused", error };
}

/** Something beside the step itself, which stands whether or not this succeeds: null where it fails. */
export async function attempt<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch {
    return null;
  }
}

/** Whatever stopped us before a write: the shop did nothing of it. */
export function unsent(platform: string, error: unknown): ChannelError {
  if (!(error instanceof ChannelError)) return unreadable(platform, error, false);
  if (!error.mayHaveHappened) return error;
  const code = error.code === "INTERNAL" ? "CHANNEL_REJECTED" : error.code;
  return new ChannelError(code, error.message, {
    retryable: error.retryable,
    retryAfterMs: error.retryAfterMs,
    httpStatus: error.httpStatus,
    upstreamCode: error.upstreamCode,
    upstreamMessage: error.upstreamMessage,
    mayHaveHappened: false,
    cause: error,
  });
}

/** The shop answered, but nothing that can be read. */
export function unreadable(
  platform: string,
  cause: unknown,
  mayHaveHappened: boolean,
): ChannelError {
  return new ChannelError(
    "CHANNEL_REJECTED",
    `${platform}: the shop answered what cannot be read${cause instanceof z.ZodError ? ` (${whyUnreadable(cause)})` : ""}; if it stays so, look for an extension of the shop that changes its API`,
    {
      mayHaveHappened,
      cause,
    },
  );
}
