import type { CommandStatus } from "../domain/command.js";
import { ENDED } from "../domain/command.js";
import type { Viewer } from "../domain/scope.js";
import { instant } from "../domain/time.js";
import type { Bus } from "../events/bus.js";
import type { Origin, Recorder } from "../events/recorder.js";
import { verifyAttempts } from "../store/attempts.js";
import { type CommandRow, reserve, reservedOf } from "../store/commands.js";
import { askRefresh, REFRESH_PRIORITY } from "../store/refreshes.js";
import { type CommandResult, type Resolution, storeError, type UserErrorData } from "./face.js";
import { type Held, hold } from "./hold.js";
import { checkMoneyScope } from "./options.js";
import { actorOf, plannedPart } from "./planned.js";
import { shortageOf } from "./recheck.js";
import { reconcileActs } from "./reconcile.js";
import { basic } from "./refusal.js";
import { failFrom, finishStep, move } from "./settle.js";

export interface ResolveParts {
  recorder: Recorder;
  bus: Bus;
  now?: () => Date;
}

/** What people do with commands that did not simply end: withdraw, try again, or say what became of them. */
export function createResolve(parts: ResolveParts) {
  const { recorder, bus, now = () => new Date() } = parts;
  const act = async (
    viewer: Viewer,
    commandId: string,
    work: (taken: Taken) => Promise<UserErrorData[]>,
  ): Promise<CommandResult> => {
    const isVisible = ({ channelId }: CommandRow) =>
      viewer.channelIds === null || viewer.channelIds.includes(channelId);
    const result = await recorder.transact(
      viewer.tenantId,
      async (scope): Promise<CommandResult> => {
        const held = await hold(scope, commandId, isVisible);
        if (!held)
          return {
            command: null,
            errors: [
              basic(
                "NOT_FOUND",
                `command ${commandId} does not exist or is not visible to this key`,
                ["id"],
              ),
            ],
          };
        const origin = { ...by(viewer, commandId), now: now() };
        return { command: commandId, errors: await work({ ...held, origin }) };
      },
    );
    bus.notify("commands");
    return result;
  };
  const sweeps = reconcileActs(parts);
  return {
    cancel: async (viewer: Viewer, commandId: string) =>
      (await sweeps.cancel(viewer, commandId)) ?? act(viewer, commandId, cancel),
    retry: async (viewer: Viewer, commandId: string) =>
      (await sweeps.retry(viewer, commandId)) ??
      act(viewer, commandId, (taken) => retry(taken, viewer)),
    resolve: async (viewer: Viewer, commandId: string, resolution: Resolution) =>
      (await sweeps.resolve(viewer, commandId)) ??
      act(viewer, commandId, (taken) => resolve(taken, resolution)),
  };
}

interface Taken extends Held {
  origin: Origin;
}

function by(viewer: Viewer, commandId: string): Omit<Origin, "now"> {
  return { source: "MANUAL", actor: actorOf(viewer), causedBy: commandId };
}

async function cancel({ scope, command, origin }: Taken): Promise<UserErrorData[]> {
  const { id, status } = command.row;
  if (ENDED.has(status as CommandStatus))
    return [
      basic("ALREADY_IN_STATE", `command ${id} is over (${status}); there is nothing to withdraw`, [
        "id",
      ]),
    ];
  const first = command.steps.find((step) => !ENDED.has(step.status as CommandStatus));
  if (!first || status === "IN_FLIGHT")
    return [basic("COMMAND_IN_FLIGHT", `command ${id} is on its way; wait for its end`, ["id"])];
  if (status === "NEEDS_ATTENTION" || status === "OUTCOME_UNKNOWN")
    return [
      basic("COMMAND_IN_FLIGHT", `command ${id} may have happened; say so with commandResolve`, [
        "id",
      ]),
    ];
  await failFrom(scope, command, first, {}, origin, "CANCELED");
  return [];
}

async function retry(
  { scope, command, stored, origin }: Taken,
  viewer: Viewer,
): Promise<UserErrorData[]> {
  const { id, status, money } = command.row;
  const forbidden = money ? checkMoneyScope(viewer, ["id"]) : [];
  if (forbidden.length > 0) return forbidden;
  if (status === "RETRYING" || status === "QUEUED" || status === "OUTCOME_UNKNOWN") {
    await move(scope, command, { steps: [], command: { nextAttemptAt: origin.now } }, [], origin);
    return [];
  }
  if (status === "NEEDS_ATTENTION")
    return [
      basic(
        "COMMAND_IN_FLIGHT",
        `command ${id} may have happened, so it is not sent again; say with commandResolve what became of it`,
        ["id"],
      ),
    ];
  if (status === "IN_FLIGHT")
    return [basic("COMMAND_IN_FLIGHT", `command ${id} is on its way`, ["id"])];
  if (status === "SUCCEEDED")
    return [basic("ALREADY_IN_STATE", `command ${id} has succeeded`, ["id"])];
  const again = command.steps.filter(
    (step) => step.status === "FAILED" || step.status === "CANCELED",
  );
  const reserved = await reservedOf(scope.tx, scope.tenantId, command.row.orderId);
  const short = shortageOf(
    again.map(({ step }) => step),
    { order: stored.order, reserved },
  );
  if (short.length > 0) return short.map((error) => ({ ...error, path: ["id"] }));
  await reserve(scope.tx, scope.tenantId, command.row.orderId, again);
  const facts = again.flatMap((step) => plannedPart(step, origin.now));
  const steps = again.map((step) => ({ id: step.id, status: "QUEUED" as const }));
  await move(
    scope,
    command,
    { steps, command: { nextAttemptAt: origin.now, errors: [] } },
    facts,
    origin,
  );
  return [];
}

/** In the place of the doubt that it ends. */
const saidNotDone = storeError(
  basic("CHANNEL_REJECTED", "it was not done, as somebody found out who looked in the shop", null),
);

async function resolve(
  { scope, command, stored, origin }: Taken,
  { outcome, note }: Resolution,
): Promise<UserErrorData[]> {
  const { row } = command;
  const step = command.steps.find(
    ({ status }) => status === "NEEDS_ATTENTION" || status === "OUTCOME_UNKNOWN",
  );
  if (!step)
    return [
      basic(
        "ALREADY_IN_STATE",
        `command ${row.id} is ${row.status}; only one that needs attention can be resolved`,
        ["id"],
      ),
    ];
  if (note.trim() === "")
    return [basic("INVALID_INPUT", "say in note how you know what became of it", ["note"])];
  const resolution = { outcome, note, actor: origin.actor, at: instant(origin.now) };
  const by = `${origin.actor.kind}:${origin.actor.name ?? origin.actor.id}`;
  await verifyAttempts(scope.tx, scope.tenantId, step.id, by);
  await move(
    scope,
    command,
    {
      steps: [],
      command: { resolution, nextAttemptAt: origin.now, leaseOwner: null, leaseUntil: null },
    },
    [],
    origin,
  );
  if (outcome === "DONE") await finishStep(scope, command, step, null, origin);
  else await failFrom(scope, command, step, { command: { errors: [saidNotDone] } }, origin);
  await askRefresh(scope.tx, {
    tenantId: scope.tenantId,
    channelId: row.channelId,
    nativeIds: [stored.order.nativeId],
    priority: REFRESH_PRIORITY.person,
    source: "RECONCILE",
    dueAt: origin.now,
  });
  return [];
}
