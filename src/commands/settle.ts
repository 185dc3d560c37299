import type { Outcome } from "../domain/channel.js";
import { type CommandStatus, ENDED } from "../domain/command.js";
import type { ChannelError } from "../domain/errors.js";
import type { LocalFact } from "../domain/local.js";
import { commandUpdated } from "../events/command.js";
import type { Origin, RecordScope } from "../events/recorder.js";
import { type AttemptEnd, endAttempt, lastAttempt, mayHaveHappened } from "../store/attempts.js";
import { advance, type Progress, type StepRow, type StoredCommand } from "../store/commands.js";
import type { StoredError } from "../store/tables.js";
import { isKeyedMoney } from "./doubt.js";
import { storeError } from "./face.js";
import { confirmedPart, droppedPart, unclearPart } from "./planned.js";
import { asUserError } from "./refusal.js";
import { retryDelayMs } from "./retry.js";

/**
 * What becomes of a step and its command after the shop was asked. done: it ended well. refused: the shop certainly did
 * nothing, so it is tried again where that may help and has failed where not (money fails at once: a person tries again);
 * what waits behind a failed step is withdrawn. unknown: it may have happened; it keeps what it reserved and ends when it
 * is looked for (`look`), the channel reports the effect or a person says what became of it.
 *
 * Runs under the order's lock with the command held. A step that ended meanwhile (the channel's report was quicker than
 * its answer) stays as it ended.
 */
export async function settle(
  scope: RecordScope,
  command: StoredCommand,
  step: StepRow,
  verdict: Verdict,
  origin: Origin,
): Promise<void> {
  const { tx, tenantId } = scope;
  const { outcome, attempt, durationMs } = verdict;
  await endAttempt(tx, tenantId, step.id, attempt, { durationMs, ...describe(outcome) });
  if (ENDED.has(step.status as CommandStatus)) return;
  if (outcome.kind === "done") return finishStep(scope, command, step, outcome.nativeId, origin);
  // A refusal that comes this late tells nothing of the try that is under way by now.
  if (attempt < (await lastAttempt(tx, tenantId, step.id))) return;
  // A refusal of the second try tells nothing of the first; one that comes late ends the doubt of its own.
  if (outcome.kind === "unknown" || (await mayHaveHappened(tx, tenantId, step.id)))
    return doubt(scope, command, step, origin);
  return sendAgainOrFail(scope, command, step, { ...verdict, error: outcome.error }, origin);
}

/** It may have happened: it is looked for as soon as that tells. */
function doubt(
  scope: RecordScope,
  command: StoredCommand,
  step: StepRow,
  origin: Origin,
): Promise<void> {
  const next = { status: "OUTCOME_UNKNOWN", at: origin.now } as const;
  return leaveOpen(scope, command, step, next, origin, unclearPart(step));
}

/** A step is left as it stands, to be taken up again at a time by whoever claims it then; at none by itself where that is null. */
export function leaveOpen(
  scope: RecordScope,
  command: StoredCommand,
  step: StepRow,
  { status, at, ...told }: { status: OpenStatus; at: Date | null; errors?: StoredError[] },
  origin: Origin,
  facts: LocalFact[] = [],
): Promise<void> {
  const progress = {
    steps: [{ id: step.id, status }],
    command: { ...told, nextAttemptAt: at, leaseOwner: null, leaseUntil: null },
  };
  return move(scope, command, progress, facts, origin);
}
type OpenStatus = Extract<CommandStatus, "OUTCOME_UNKNOWN" | "RETRYING" | "NEEDS_ATTENTION">;

/** It did not happen. */
function sendAgainOrFail(
  scope: RecordScope,
  command: StoredCommand,
  step: StepRow,
  { error, attempt, sent }: Verdict & { error: ChannelError },
  origin: Origin,
): Promise<void> {
  const held = sent && step.step.money && !isKeyedMoney(step.step);
  const again = error.retryable && !held;
  const delayMs = again ? retryDelayMs(attempt, error.retryAfterMs) : null;
  if (delayMs !== null) {
    const at = new Date(origin.now.getTime() + delayMs);
    return leaveOpen(scope, command, step, { status: "RETRYING", at }, origin);
  }
  const remedy = error.retryable && held ? "; nothing was moved: try again with commandRetry" : "";
  const errors = errorsOf(command, error, remedy);
  return failFrom(scope, command, step, { command: { errors } }, origin);
}

/** What came of a step, and how it was sent. */
interface Verdict {
  outcome: Outcome;
  attempt: number;
  durationMs: number | null;
  /** false: no byte of it left the gateway. */
  sent: boolean;
}

/** The shop did it: what the step makes is there, whether or not the channel has shown it yet. */
export async function finishStep(
  scope: RecordScope,
  command: StoredCommand,
  step: StepRow,
  nativeId: string | null,
  origin: Origin,
): Promise<void> {
  const facts = confirmedPart(step, nativeId, origin.now);
  await move(scope, command, { steps: [{ id: step.id, status: "SUCCEEDED" }] }, facts, origin);
}

/** A step has failed: it and all that waits behind it make nothing any more. */
export async function failFrom(
  scope: RecordScope,
  command: StoredCommand,
  step: StepRow,
  more: Pick<Progress, "command">,
  origin: Origin,
  status: "FAILED" | "CANCELED" = "FAILED",
): Promise<void> {
  const behind = command.steps.filter(
    (row) => row.index > step.index && !ENDED.has(row.status as CommandStatus),
  );
  const steps = [
    { id: step.id, status },
    ...behind.map((row) => ({ id: row.id, status: "CANCELED" as const })),
  ];
  const dropped = [step, ...behind].flatMap(droppedPart);
  await move(scope, command, { steps, ...more }, dropped, origin);
}

/** Moves steps, writes what that means for the order, and says so where the command's status changed. */
export async function move(
  scope: RecordScope,
  command: StoredCommand,
  progress: Progress,
  facts: LocalFact[],
  origin: Origin,
): Promise<void> {
  const status = await advance(scope.tx, command, progress, origin.now);
  const recorded =
    facts.length > 0 ? await scope.recordLocal(origin, command.row.orderId, facts) : null;
  if (status.before !== status.after || recorded?.changed)
    await scope.append([commandUpdated(command.row, status, recorded?.version ?? null, origin)]);
}

function describe(outcome: Outcome): AttemptEnd {
  if (outcome.kind === "done") return { outcome: "DONE", httpStatus: outcome.httpStatus };
  const { httpStatus, code, message } = outcome.error;
  return {
    outcome: outcome.kind === "refused" ? "REFUSED" : "UNKNOWN",
    httpStatus,
    errorCode: code,
    message,
  };
}

function errorsOf({ row }: StoredCommand, error: ChannelError, remedy = "") {
  const told = asUserError(error, row.channelId);
  return [...row.errors, storeError({ ...told, message: `${told.message}${remedy}` })];
}
