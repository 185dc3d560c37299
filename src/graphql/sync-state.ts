import type { CommandStatus } from "../domain/command.js";
import type { DocumentRefund, DocumentReturn } from "../domain/document.js";
import type { Context } from "./context.js";
import type { SyncStateWord } from "./types/order.js";

/** What a command's status says of what it is about, where it says anything. */
const BY_COMMAND: Partial<Record<CommandStatus, SyncStateWord>> = {
  OUTCOME_UNKNOWN: "OUTCOME_UNKNOWN",
  NEEDS_ATTENTION: "OUTCOME_UNKNOWN",
  IN_FLIGHT: "PUSHING",
  ACCEPTED: "PENDING_PUSH",
  QUEUED: "PENDING_PUSH",
  RETRYING: "PENDING_PUSH",
};

/** What to tell first where an order has several writes. */
const URGENCY: readonly SyncStateWord[] = ["OUTCOME_UNKNOWN", "PUSHING", "PENDING_PUSH"];

/** How an order and its shop agree; `statuses` are those of its commands, the newest first. */
export function orderSyncState(
  statuses: readonly CommandStatus[],
  diverged: boolean,
): SyncStateWord {
  const states = new Set(statuses.map((status) => BY_COMMAND[status]));
  const urgent = URGENCY.find((state) => states.has(state));
  if (urgent) return urgent;
  if (statuses[0] === "FAILED") return "PUSH_FAILED";
  return diverged ? "DIVERGED" : "SYNCED";
}

/** How a part of an order and the shop agree; `status` is that of the command that made it. */
export function partSyncState(
  part: { nativeId: string | null; owner?: "CHANNEL" | "GATEWAY" },
  status: CommandStatus | null,
): SyncStateWord {
  if (part.nativeId !== null) return "SYNCED";
  const waiting = status && BY_COMMAND[status];
  if (waiting) return waiting;
  if (status === "FAILED" || status === "CANCELED") return "PUSH_FAILED";
  return part.owner === "CHANNEL" ? "SYNCED" : "LOCAL_ONLY";
}

/** How a part of an order and the shop agree, by the command that asked for it. */
export async function madeSyncState(
  { loaders }: Pick<Context, "loaders">,
  part: Parameters<typeof partSyncState>[0] & { commandId: string | null },
): Promise<SyncStateWord> {
  const { commandId } = part;
  const command = commandId === null ? null : await loaders.command.load(commandId);
  return partSyncState(part, command?.status ?? null);
}

/** A refund is the shop's in the end: one that was done and not reported yet agrees with it, one in doubt does not. */
export async function refundSyncState(
  context: Pick<Context, "loaders">,
  refund: Pick<DocumentRefund, "nativeId" | "commandId" | "status">,
): Promise<SyncStateWord> {
  if (refund.nativeId === null && refund.status === "SUCCEEDED") return "SYNCED";
  if (refund.nativeId === null && refund.status === "OUTCOME_UNKNOWN") return "OUTCOME_UNKNOWN";
  return madeSyncState(context, { ...refund, owner: "CHANNEL" });
}

/** One that the shop made and has not reported yet agrees with it. */
export async function returnSyncState(
  context: Pick<Context, "loaders">,
  row: Pick<DocumentReturn, "nativeId" | "commandId" | "owner" | "planned">,
): Promise<SyncStateWord> {
  if (row.owner === "CHANNEL" && !row.planned) return "SYNCED";
  return madeSyncState(context, row);
}
