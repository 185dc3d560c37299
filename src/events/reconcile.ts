import { type CommandStatus, ENDED } from "../domain/command.js";
import type { Actor } from "../domain/event.js";
import { moveReconcile, type Reconcile } from "../store/reconciles.js";
import type { StoredError } from "../store/tables.js";
import { commandUpdated } from "./command.js";
import type { RecordScope } from "./recorder.js";

/** Moves a command that asks for a sweep, which its holder has in hand, and tells those who wait for it. */
export async function turnReconcile(
  scope: RecordScope,
  command: Reconcile,
  status: CommandStatus,
  { now, actor = SYSTEM, errors = [] }: { now: Date; actor?: Actor; errors?: StoredError[] },
): Promise<void> {
  const finishedAt = ENDED.has(status) ? now : null;
  await moveReconcile(scope.tx, command, { status, finishedAt, errors });
  const origin = { source: "COMMAND", actor, now } as const;
  await scope.append([
    commandUpdated(command, { before: command.status, after: status }, null, origin),
  ]);
}

const SYSTEM: Actor = { kind: "SYSTEM", id: null, name: null };
