import { randomUUID } from "node:crypto";
import { type ChannelReconcile, type CommandStatus, ENDED } from "../domain/command.js";
import { mintId } from "../domain/id.js";
import type { Viewer } from "../domain/scope.js";
import { instant } from "../domain/time.js";
import type { Bus } from "../events/bus.js";
import { commandUpdated } from "../events/command.js";
import { turnReconcile } from "../events/reconcile.js";
import type { Recorder, RecordScope } from "../events/recorder.js";
import { findSync } from "../store/channel-sync.js";
import type { Database } from "../store/db.js";
import { holdReconcile, insertReconcile, type Reconcile } from "../store/reconciles.js";
import type { CommandResult, ReconcileWindow, UserErrorData } from "./face.js";
import { newMarker } from "./marker.js";
import { actorOf } from "./planned.js";
import { basic } from "./refusal.js";
import { hashOfInput } from "./replay.js";
import { disconnectedChannel, findVisible, unknownChannel } from "./shop.js";

export interface ReconcileParts {
  db: Database;
  recorder: Recorder;
  bus: Bus;
  now?: () => Date;
}

/**
 * Asks for a sweep of a shop: a command about the whole channel, which the process in charge of the channel carries out
 * when it comes to it. Several are carried out one after the other.
 */
export async function askReconcile(
  { db, recorder, bus, now = () => new Date() }: ReconcileParts,
  viewer: Viewer,
  channelId: string,
  { from, to }: ReconcileWindow,
): Promise<CommandResult> {
  if (!(await findVisible(db, viewer, channelId))) return refusal(unknownChannel(channelId).errors);
  const at = now();
  const until = to && to < at ? to : at;
  if (from >= until) {
    const message = `from ${instant(from)} must lie before to (${instant(until)}) and in the past; orders placed in between are compared`;
    return refusal([basic("INVALID_INPUT", message, ["from"])]);
  }
  const result = await recorder.transact(viewer.tenantId, async (scope): Promise<CommandResult> => {
    const obstacle = await obstacleAt(scope, channelId);
    if (obstacle) return refusal([obstacle]);
    const command = { from: instant(from), to: instant(until), channelId } as const;
    return { command: await write(scope, viewer, command, at), errors: [] };
  });
  bus.notify("channels");
  return result;
}

async function write(
  scope: RecordScope,
  viewer: Viewer,
  window: Omit<ChannelReconcile, "type">,
  at: Date,
): Promise<string> {
  const { tx, tenantId } = scope;
  const { channelId, from, to } = window;
  const command = { type: "CHANNEL_RECONCILE", ...window } as const;
  const actor = actorOf(viewer);
  const row = {
    tenantId,
    id: mintId("Command"),
    channelId,
    type: command.type,
    status: "QUEUED",
    command,
    client: viewer.client,
    actor,
    inputHash: hashOfInput(command),
    targetId: channelId,
    resultId: channelId,
  };
  const step = {
    summary: `compare orders placed from ${from} to ${to}`,
    kind: command.type,
    money: false,
    support: "NATIVE",
    idempotent: "NATURAL",
    request: null,
    creates: null,
  } as const;
  await insertReconcile(tx, row, { id: randomUUID(), marker: newMarker(), step });
  const status = { before: null, after: "QUEUED" };
  const how = { source: "COMMAND", actor, now: at } as const;
  await scope.append([commandUpdated({ ...row, orderId: null }, status, null, how)]);
  return row.id;
}

/**
 * What people do with commands that ask for a sweep: withdraw them before they begin, or try them again. Each answers null
 * for a command that is about an order.
 */
export function reconcileActs({
  recorder,
  bus,
  now = () => new Date(),
}: Omit<ReconcileParts, "db">) {
  const act =
    (work: (scope: RecordScope, command: Reconcile, how: How) => Promise<UserErrorData[]>) =>
    async (viewer: Viewer, commandId: string): Promise<CommandResult | null> => {
      const result = await recorder.transact(viewer.tenantId, async (scope) => {
        const command = await holdReconcile(scope.tx, viewer.tenantId, commandId);
        const { channelIds } = viewer;
        if (!command || (channelIds && !channelIds.includes(command.channelId))) return null;
        const errors = await work(scope, command, { now: now(), actor: actorOf(viewer) });
        return { command: commandId, errors };
      });
      if (result) bus.notify("channels");
      return result;
    };
  return {
    cancel: act(cancel),
    retry: act(retry),
    resolve: act(async (_scope, row) => [over(row)]),
  };
}

interface How {
  now: Date;
  actor: ReturnType<typeof actorOf>;
}

async function cancel(scope: RecordScope, row: Reconcile, how: How): Promise<UserErrorData[]> {
  if (row.status !== "QUEUED") return [over(row)];
  await turnReconcile(scope, row, "CANCELED", how);
  return [];
}

async function retry(scope: RecordScope, row: Reconcile, how: How): Promise<UserErrorData[]> {
  if (row.status === "QUEUED") return [];
  if (row.status !== "FAILED" && row.status !== "CANCELED") return [over(row)];
  const obstacle = await obstacleAt(scope, row.channelId);
  if (obstacle) return [obstacle];
  await turnReconcile(scope, row, "QUEUED", how);
  return [];
}

/** Under way or over: nothing to be done about it. */
function over({ id, status }: Reconcile): UserErrorData {
  if (ENDED.has(status satisfies CommandStatus))
    return basic("ALREADY_IN_STATE", `command ${id} is over (${status})`, ["id"]);
  return basic("COMMAND_IN_FLIGHT", `command ${id} is ${status}; wait for its end`, ["id"]);
}

/** Why a channel cannot be swept now. Held until the transaction ends, so that it stays as it is. */
async function obstacleAt({ tx, tenantId }: RecordScope, channelId: string) {
  const sync = await findSync(tx, tenantId, channelId);
  if (!sync) return disconnectedChannel(channelId).errors[0] ?? null;
  if (sync.health !== "PAUSED") return null;
  return basic("ON_HOLD", `${channelId} is paused, so nothing is read from it; resume it first`, [
    "id",
  ]);
}

function refusal(errors: UserErrorData[]): CommandResult {
  return { command: null, errors };
}
