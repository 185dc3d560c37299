import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { ChannelReconcile, CommandStatus, Step } from "../domain/command.js";
import type { Tx } from "./db.js";
import { commandSteps, commands, type StoredError } from "./tables.js";

/** A command that asks for a sweep of a channel. It has no order, so that no worker takes it: the channel's holder does. */
export interface Reconcile
  extends Omit<typeof commands.$inferSelect, "orderId" | "command" | "status"> {
  orderId: null;
  command: ChannelReconcile;
  status: CommandStatus;
}

/** Writes a command with its one step. */
export async function insertReconcile(
  tx: Tx,
  row: Omit<typeof commands.$inferInsert, "orderId" | "command"> & { command: ChannelReconcile },
  step: { id: string; marker: string; step: Step },
): Promise<void> {
  const { tenantId, id: commandId, status } = row;
  await tx.insert(commands).values(row);
  await tx.insert(commandSteps).values({ ...step, tenantId, commandId, index: 0, status });
}

/** A command that asks for a sweep, held until the transaction ends; null where there is none of that id. */
export async function holdReconcile(
  tx: Tx,
  tenantId: string,
  id: string,
): Promise<Reconcile | null> {
  const [row] = await tx
    .select()
    .from(commands)
    .where(and(eq(commands.tenantId, tenantId), eq(commands.id, id), isNull(commands.orderId)))
    .for("update");
  return (row as Reconcile | undefined) ?? null;
}

/** Those of a channel that have not ended, the oldest first, held until the transaction ends. */
export async function holdUnfinished(
  tx: Tx,
  tenantId: string,
  channelId: string,
): Promise<Reconcile[]> {
  const rows = await tx
    .select()
    .from(commands)
    .where(
      and(
        eq(commands.tenantId, tenantId),
        eq(commands.channelId, channelId),
        isNull(commands.orderId),
        isNull(commands.finishedAt),
      ),
    )
    .orderBy(asc(commands.id))
    .for("update");
  return rows as Reconcile[];
}

/** Moves a command and its step, and says why it failed where it did. */
export async function moveReconcile(
  tx: Tx,
  { tenantId, id }: Reconcile,
  move: { status: CommandStatus; finishedAt: Date | null; errors: StoredError[] },
): Promise<void> {
  await tx
    .update(commands)
    .set(move)
    .where(and(eq(commands.tenantId, tenantId), eq(commands.id, id)));
  const sentAt = move.status === "IN_FLIGHT" ? { sentAt: sql`now()` } : {};
  await tx
    .update(commandSteps)
    .set({ status: move.status, ...sentAt })
    .where(and(eq(commandSteps.tenantId, tenantId), eq(commandSteps.commandId, id)));
}

/** Says anew what a command's step does, and how far it is. */
export async function describeReconcile(
  tx: Tx,
  tenantId: string,
  commandId: string,
  summary: string,
): Promise<void> {
  const told = JSON.stringify({ summary });
  await tx
    .update(commandSteps)
    .set({ step: sql`${commandSteps.step} || ${told}::jsonb` })
    .where(and(eq(commandSteps.tenantId, tenantId), eq(commandSteps.commandId, commandId)));
}

/** In a selection from channels: whether a sweep of the row's channel was asked for that has not ended. */
export const IS_RECONCILE_ASKED = sql<boolean>`exists (select 1 from commands as asked where asked.tenant_id = channels.tenant_id
  and asked.channel_id = channels.id and asked.order_id is null and asked.finished_at is null)`;
