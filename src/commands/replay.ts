import { createHash } from "node:crypto";
import type { Viewer } from "../domain/scope.js";
import { type CommandRow, findByKey } from "../store/commands.js";
import type { Database } from "../store/db.js";
import type { SubmitResult, Wish, WriteOptions } from "./face.js";
import { refused } from "./refusal.js";

/** What this idempotency key stands for already; null where it is new, absent, or the run is dry. */
export async function replayed(
  db: Database,
  viewer: Viewer,
  wish: Wish,
  { idempotencyKey, dryRun }: WriteOptions,
): Promise<SubmitResult | null> {
  if (idempotencyKey === null || dryRun) return null;
  const before = await db.forTenant(viewer.tenantId, (tx) =>
    findByKey(tx, viewer.tenantId, viewer.client, idempotencyKey),
  );
  return before && replayOf(before, wish);
}

/** The same key again: the same command whatever its state, or a refusal where it stands for something else. */
export function replayOf(before: CommandRow, wish: Wish): SubmitResult {
  if (before.inputHash !== hashOf(wish))
    return refused([
      {
        kind: "IdempotencyError",
        code: "IDEMPOTENCY_KEY_REUSED",
        message: `this idempotency key stands for command ${before.id} with other input; use a new key for a new wish`,
        path: ["options", "idempotencyKey"],
        originalCommandId: before.id,
      },
    ]);
  return {
    command: before.id,
    replayed: true,
    orderId: before.orderId,
    partIds: before.resultId && before.resultId !== before.orderId ? [before.resultId] : [],
    preview: null,
    errors: [],
  };
}

/** Hash of mutation and input, not of the options: the same wish gives the same, whatever order its fields came in. */
export function hashOf(wish: Wish): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(wish)))
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
