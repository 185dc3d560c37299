import { and, asc, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { ChannelCommandType, CommandStatus, CommandType } from "../../domain/command.js";
import type { Tx } from "../db.js";
import { commandAttempts, commandSteps, commands } from "../tables.js";
import { type Access, isAnyOf, visible } from "./access.js";

/** A command as it is read. */
export type CommandRecord = Awaited<ReturnType<typeof select>>[number];

const shown = {
  id: commands.id,
  channelId: commands.channelId,
  orderId: commands.orderId,
  type: commands.type,
  status: commands.status,
  idempotencyKey: commands.idempotencyKey,
  client: commands.client,
  actor: commands.actor,
  targetId: commands.targetId,
  resultId: commands.resultId,
  errors: commands.errors,
  createdAt: commands.createdAt,
  finishedAt: commands.finishedAt,
  nextAttemptAt: commands.nextAttemptAt,
  deadline: commands.deadline,
  resolution: commands.resolution,
};

async function select(tx: Tx, where: SQL | undefined, order: SQL, limit?: number) {
  const query = tx.select(shown).from(commands).where(where).orderBy(order);
  const rows = await (limit === undefined ? query : query.limit(limit));
  return rows.map((row) => ({
    ...row,
    type: row.type as CommandType | ChannelCommandType,
    status: row.status as CommandStatus,
  }));
}

export function commandsById(
  tx: Tx,
  access: Access,
  ids: readonly string[],
): Promise<CommandRecord[]> {
  return select(tx, and(visible(commands, access), isAnyOf(commands.id, ids)), asc(commands.id));
}

/** Every command of these orders, the newest first. */
export async function commandsOfOrders(
  tx: Tx,
  access: Access,
  orderIds: readonly string[],
): Promise<(CommandRecord & { orderId: string })[]> {
  const rows = await select(
    tx,
    and(visible(commands, access), isAnyOf(commands.orderId, orderIds)),
    desc(commands.id),
  );
  return rows as (CommandRecord & { orderId: string })[];
}

/** Just how the commands of these orders stand, the newest first. */
export async function commandStatuses(
  tx: Tx,
  access: Access,
  orderIds: readonly string[],
): Promise<{ orderId: string; status: CommandStatus }[]> {
  const rows = await tx
    .select({ orderId: commands.orderId, status: commands.status })
    .from(commands)
    .where(and(visible(commands, access), isAnyOf(commands.orderId, orderIds)))
    .orderBy(desc(commands.id));
  return rows as { orderId: string; status: CommandStatus }[];
}

export interface CommandFilter {
  status?: readonly string[] | null | undefined;
  type?: readonly string[] | null | undefined;
  channelId?: readonly string[] | null | undefined;
  orderId?: readonly string[] | null | undefined;
  /** Ids of actors, as Command.requestedBy shows them. */
  actorId?: readonly string[] | null | undefined;
  createdAt?: { gte?: Date | null | undefined; lt?: Date | null | undefined } | null | undefined;
}

/** The newest first: ids are in order of creation. `before` is the id after which to go on. */
export function commandPage(
  tx: Tx,
  access: Access,
  filter: CommandFilter,
  page: { before: string | null; limit: number },
): Promise<CommandRecord[]> {
  const where = and(
    visible(commands, access),
    page.before === null ? undefined : lt(commands.id, page.before),
    filter.status ? isAnyOf(commands.status, filter.status) : undefined,
    filter.type ? isAnyOf(commands.type, filter.type) : undefined,
    filter.channelId ? isAnyOf(commands.channelId, filter.channelId) : undefined,
    filter.orderId ? isAnyOf(commands.orderId, filter.orderId) : undefined,
    filter.actorId ? isAnyOf(sql`(${commands.actor} ->> 'id')`, filter.actorId) : undefined,
    filter.createdAt?.gte ? gte(commands.createdAt, filter.createdAt.gte) : undefined,
    filter.createdAt?.lt ? lt(commands.createdAt, filter.createdAt.lt) : undefined,
  );
  return select(tx, where, desc(commands.id), page.limit);
}

export interface StepRecord {
  id: string;
  commandId: string;
  index: number;
  status: CommandStatus;
  summary: string;
}

/** The steps of these commands, in order. */
export async function stepsOfCommands(
  tx: Tx,
  { tenantId }: Access,
  commandIds: readonly string[],
): Promise<StepRecord[]> {
  const rows = await tx
    .select({
      id: commandSteps.id,
      commandId: commandSteps.commandId,
      index: commandSteps.index,
      status: commandSteps.status,
      step: commandSteps.step,
    })
    .from(commandSteps)
    .where(and(eq(commandSteps.tenantId, tenantId), isAnyOf(commandSteps.commandId, commandIds)))
    .orderBy(asc(commandSteps.commandId), asc(commandSteps.index));
  return rows.map(({ step, status, ...row }) => ({
    ...row,
    status: status as CommandStatus,
    summary: step.summary,
  }));
}

export type AttemptRecord = typeof commandAttempts.$inferSelect;

/** The attempts at these steps, in order. */
export function attemptsOfSteps(
  tx: Tx,
  { tenantId }: Access,
  stepIds: readonly string[],
): Promise<AttemptRecord[]> {
  return tx
    .select()
    .from(commandAttempts)
    .where(and(eq(commandAttempts.tenantId, tenantId), isAnyOf(commandAttempts.stepId, stepIds)))
    .orderBy(asc(commandAttempts.stepId), asc(commandAttempts.number));
}
