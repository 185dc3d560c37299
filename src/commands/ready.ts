import type { Channel } from "../domain/channel.js";
import { type CommandStatus, ENDED, isKept } from "../domain/command.js";
import type { Order } from "../domain/order.js";
import type { Identity } from "../domain/part.js";
import { instant } from "../domain/time.js";
import { commandUpdated } from "../events/command.js";
import type { Origin, Recorder } from "../events/recorder.js";
import { attemptsOf, beginAttempt } from "../store/attempts.js";
import { isPaused } from "../store/channel-sync.js";
import type { Claim } from "../store/claims.js";
import { advance, reservedOf, type StepRow, type StoredCommand } from "../store/commands.js";
import type { Alarm } from "./alarm.js";
import { type Doubt, doubtOf } from "./doubt.js";
import { storeError, type UserErrorData } from "./face.js";
import { type Held, hold } from "./hold.js";
import { keptFacts } from "./kept.js";
import { recheck } from "./recheck.js";
import { basic } from "./refusal.js";
import { failFrom, finishStep, move } from "./settle.js";

export interface PerformParts {
  recorder: Recorder;
  /** Who claimed: nothing is sent for a claim that somebody else holds by now. */
  owner: string;
  openChannel: (tenantId: string, channelId: string) => Promise<Channel>;
  now: () => Date;
  alarm: Alarm;
  /** How soon after an unknown outcome the order is read again. Milliseconds. */
  lookAfterMs: number;
  /** How long after a step in doubt was sent its shop may still carry it out; what the channel says where absent. */
  settleMs?: number | undefined;
  /** How long after a look that did not find a step in doubt it is looked for again. Milliseconds. */
  lookAgainMs: number;
}

interface Next {
  command: StoredCommand;
  step: StepRow;
  order: Order;
}
/** A step that is about to be sent: committed as IN_FLIGHT. */
export interface Ready extends Next {
  kind: "send";
  attempt: number;
  /** When it was first sent, where an earlier attempt may have done it; null where none may. */
  since: Date | null;
}
/** A step that may have happened. */
export interface Doubted extends Next {
  kind: "look";
  doubt: Doubt;
}

/**
 * The next step, ready to be sent or to be looked for; null where the command has none, or it ended here without asking
 * the shop; "again" where the gateway has done a step itself and there may be another.
 */
export async function makeReady(
  { recorder, owner, now }: PerformParts,
  claim: Claim,
): Promise<Ready | Doubted | "again" | null> {
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
    const doubt = doubtOf(await attemptsOf(scope.tx, claim.tenantId, step.id));
    if (step.status === "OUTCOME_UNKNOWN") {
      if (!doubt) throw new Error(`step ${step.id} is in doubt and was never sent`);
      return { kind: "look", command, step, order: stored.order, doubt };
    }
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
    if (isMade(step, stored.order)) {
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
    return {
      kind: "send",
      command,
      step,
      order: stored.order,
      attempt,
      since: doubt?.since ?? null,
    };
  });
}

/** Whether the shop has reported what a step makes while it waited to be sent again: that is not made once more. */
function isMade({ step, partId }: StepRow, { fulfillments, returns, refunds }: Order): boolean {
  if (step.kind === "ORDER_CANCEL") return false;
  const isThere = (row: Identity) =>
    row.id === partId && row.nativeId !== null && row.removedAt === null;
  switch (step.creates?.noun) {
    case "Fulfillment":
      return fulfillments.some((row) => isThere(row) && row.status === "SUCCESS");
    case "Return":
      return returns.some((row) => isThere(row) && row.stage !== "CANCELED");
    case "Refund":
      return refunds.some((row) => isThere(row) && row.status !== "FAILED");
    default:
      return false;
  }
}

/** Why a step is not sent any more: it still waited at its deadline. */
function lateness({ row }: StoredCommand, step: StepRow, now: Date): UserErrorData | null {
  if (!row.deadline || now <= row.deadline || step.sentAt !== null) return null;
  const message = `was still waiting at its deadline ${instant(row.deadline)}, so it was not sent`;
  return basic("CHANNEL_UNAVAILABLE", message, null);
}

/** What stands against a step by now. */
async function obstacles(
  { scope: { tx, tenantId }, command: { row }, stored }: Held,
  step: StepRow,
): Promise<UserErrorData[]> {
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

/** OUTCOME_UNKNOWN is to be looked for. */
const DUE: ReadonlySet<string> = new Set(["QUEUED", "RETRYING", "OUTCOME_UNKNOWN"]);

/** The first step that is not over, if there is something to do: one on its way or left to a person holds up what is behind it. */
function nextStep({ steps }: StoredCommand): StepRow | null {
  const open = steps.find((step) => !ENDED.has(step.status as CommandStatus));
  return open && DUE.has(open.status) ? open : null;
}

/** Who is behind what a command does. */
export function originOf({ row }: StoredCommand, now: Date): Origin {
  return { source: "COMMAND", actor: row.actor, causedBy: row.id, now };
}
