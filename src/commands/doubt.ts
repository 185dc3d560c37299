import type { Step } from "../domain/command.js";
import { ChannelError, type ErrorCode } from "../domain/errors.js";
import { instant } from "../domain/time.js";
import type { Attempt, Look } from "../store/attempts.js";

/** What is known of a step that may have happened. */
export interface Doubt {
  /** The latest attempt, with the looks for what it did. */
  last: Attempt;
  /** When it was first sent, as far as nobody said since that this did nothing: what is older is not its effect. */
  since: Date;
  /** How often it was sent again because it had been looked for and was not there. */
  resent: number;
}

/** What is to be done with it now. `person`: nobody but a person can tell. */
export type Next = { kind: "look"; at: Date } | { kind: "send" } | { kind: "person" };

/** Absent so often, it is not there. Both looks come after the shop's latest possible commit. */
const ABSENCES = 2;
/** How much longer than usual the next look waits after each that was unclear: in all well over an hour, as shops are away for an hour now and then. After the last a person is asked. */
const PATIENCE = [1, 3, 12, 60, 240, 720] as const;
/** How often a step that was not there is sent again. Only money whose platform knows it by its key is, and once. */
const RESENDS = 3;

/** What is in doubt of a step by its attempts, the first first; null where none may have done it. */
export function doubtOf(attempts: readonly Attempt[]): Doubt | null {
  let open: Attempt[] = [];
  for (const attempt of attempts) {
    const notFound = attempt.verifiedBy === "NOT_FOUND_AT_CHANNEL";
    if (attempt.verifiedBy !== null && !notFound) open = [];
    else if (attempt.outcome === "UNKNOWN" || attempt.outcome === null) open.push(attempt);
  }
  const [first] = open;
  const last = attempts.at(-1);
  if (!first || !last) return null;
  return { last, since: first.startedAt, resent: open.filter(isNotFound).length };
}

function isNotFound({ verifiedBy }: Attempt): boolean {
  return verifiedBy === "NOT_FOUND_AT_CHANNEL";
}

/**
 * What becomes of a step after a look that did not find it: absent once, it is looked for again, for a shop may show late
 * what it has; absent twice, it is sent again where a second time does no harm that could not be undone; unclear, it is
 * looked for again after ever longer times.
 */
export function afterLook(
  step: Step,
  { resent }: Doubt,
  looks: readonly Look[],
  { now, againMs, wishMs }: { now: Date; againMs: number; wishMs: number | null },
): Next {
  const count = (seen: Look["seen"]) => looks.filter((look) => look.seen === seen).length;
  const later = (ms: number): Next => ({ kind: "look", at: new Date(now.getTime() + ms) });
  if (looks.at(-1)?.seen === "UNCLEAR") {
    const factor = PATIENCE[count("UNCLEAR") - 1];
    return factor ? later(Math.max(againMs * factor, wishMs ?? 0)) : { kind: "person" };
  }
  if (count("ABSENT") < ABSENCES) return later(againMs);
  return resent < resendsOf(step) ? { kind: "send" } : { kind: "person" };
}

function resendsOf(step: Step): number {
  if (!step.money) return RESENDS;
  return isKeyedMoney(step) ? 1 : 0;
}

/** Money that its platform moves once however often it is asked with the same key. */
export function isKeyedMoney({ money, idempotent }: Step): boolean {
  return money && idempotent === "KEYED";
}

const WORDS = { FOUND: "there", ABSENT: "not there", UNCLEAR: "unclear" } as const;

/** Why a step was in doubt and what was seen of it since, for the person who is to find out. */
export function evidenceOf({ last, resent }: Doubt, looks: readonly Look[]): ChannelError {
  const tries = resent > 0 ? `sent ${resent + 1} times; ` : "";
  const seen = looks.map(
    ({ at, seen: what, message }) =>
      `at ${instant(at)} (${message === null ? WORDS[what] : `${WORDS[what]}: ${message}`})`,
  );
  const looked = seen.length > 0 ? `; looked for in the shop ${seen.join(", ")}` : "";
  const message = `${tries}${last.message ?? "no answer came"}; it may have happened${looked}: say with commandResolve what became of it`;
  const { httpStatus, errorCode } = last;
  return new ChannelError((errorCode ?? "CHANNEL_UNAVAILABLE") as ErrorCode, message, {
    httpStatus,
  });
}
