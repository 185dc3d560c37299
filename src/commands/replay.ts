import { createHash } from "node:crypto";
import type { Command } from "../domain/command.js";
import type { Viewer } from "../domain/scope.js";
import { findByKey, loadCommand, type StepRow, type StoredCommand } from "../store/commands.js";
import type { Tx } from "../store/db.js";
import type { SubmitResult, Wish, WriteOptions } from "./face.js";
import { refused } from "./refusal.js";

/** What this idempotency key stands for already; null where it is new, absent, or the run is dry. */
export async function findReplay(
  tx: Tx,
  viewer: Viewer,
  wish: Wish,
  { idempotencyKey, dryRun }: WriteOptions,
): Promise<SubmitResult | null> {
  if (idempotencyKey === null || dryRun) return null;
  const before = await findByKey(tx, viewer.tenantId, viewer.client, idempotencyKey);
  const command = before && (await loadCommand(tx, viewer.tenantId, before.id));
  return command && replayOf(command, wish);
}

/** The same key again: the same command whatever its state, or a refusal where it stands for something else. */
function replayOf({ row, steps }: StoredCommand, wish: Wish): SubmitResult {
  if (row.inputHash !== hashOf(wish))
    return refused([
      {
        kind: "IdempotencyError",
        code: "IDEMPOTENCY_KEY_REUSED",
        message: `this idempotency key stands for command ${row.id} with other input; use a new key for a new wish`,
        path: ["options", "idempotencyKey"],
        originalCommandId: row.id,
      },
    ]);
  const { made, changed } = partsOf(row.command, steps);
  return {
    command: row.id,
    replayed: true,
    orderId: row.orderId,
    partIds: [...made, ...changed],
    preview: null,
    errors: [],
  };
}

/** Shipments, returns and refunds that a command makes, and those that it changes. */
export function partsOf(command: Command, steps: readonly Pick<StepRow, "partId">[]) {
  const made = steps.flatMap(({ partId }) => partId ?? []);
  if ("fulfillmentId" in command) return { made, changed: [command.fulfillmentId] };
  if ("returnId" in command) return { made, changed: [command.returnId] };
  return { made, changed: [] };
}

/** Hash of mutation and input, not of the options: the same wish gives the same, whatever order its fields came in. */
export function hashOf(wish: Wish): string {
  return hashOfInput(wish);
}
/** The same of any input. */
export function hashOfInput(input: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(input)))
    .digest("hex");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
