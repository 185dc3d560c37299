import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import {
  type Command,
  type CommandStatus,
  commandStatusOf,
  ENDED,
  type Step,
} from "../domain/command.js";
import { nodeTypeOf } from "../domain/id.js";
import type { Tx } from "./db.js";
import {
  commandSteps,
  commands,
  events,
  fulfillmentOrders,
  fulfillments,
  packages,
  reservations,
  returns,
} from "./tables.js";
import { insertAll } from "./upsert.js";

/** A command about an order. Those about a whole channel are in sweeps, and nothing here answers them. */
export type CommandRow = OrderCommand<typeof commands.$inferSelect>;
type OrderCommand<Row> = Omit<Row, "orderId" | "command"> & { orderId: string; command: Command };
export type StepRow = typeof commandSteps.$inferSelect;

/** A command with its steps in order. */
export interface StoredCommand {
  row: CommandRow;
  steps: StepRow[];
}

/** Holds an idempotency key until the transaction ends, so that of callers who bring it at once one comes first. */
export async function lockIdempotencyKey(
  tx: Tx,
  tenantId: string,
  client: string,
  key: string,
): Promise<void> {
  const name = JSON.stringify([tenantId, client, key]);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 1))`);
}

export async function findByKey(
  tx: Tx,
  tenantId: string,
  client: string,
  key: string,
): Promise<CommandRow | null> {
  const [row] = await tx
    .select()
    .from(commands)
    .where(
      and(
        eq(commands.tenantId, tenantId),
        eq(commands.client, client),
        eq(commands.idempotencyKey, key),
        isNotNull(commands.orderId),
      ),
    );
  return (row as CommandRow | undefined) ?? null;
}

/** A command with its steps, or null. `forUpdate` holds it until the transaction ends. */
export async function loadCommand(
  tx: Tx,
  tenantId: string,
  id: string,
  { forUpdate = false } = {},
): Promise<StoredCommand | null> {
  const query = tx
    .select()
    .from(commands)
    .where(and(eq(commands.tenantId, tenantId), eq(commands.id, id), isNotNull(commands.orderId)));
  const [row] = forUpdate ? await query.for("update") : await query;
  if (!row) return null;
  const steps = await tx
    .select()
    .from(commandSteps)
    .where(and(eq(commandSteps.tenantId, tenantId), eq(commandSteps.commandId, id)))
    .orderBy(asc(commandSteps.index));
  return { row: row as CommandRow, steps };
}

/** How commands stand now; such as do not exist are missing. */
export async function statusesOf(
  tx: Tx,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, CommandStatus>> {
  const rows = await tx
    .select({ id: commands.id, status: commands.status })
    .from(commands)
    .where(and(eq(commands.tenantId, tenantId), inArray(commands.id, [...ids])));
  return new Map(rows.map((row) => [row.id, row.status as CommandStatus]));
}

/** Writes a new command, its steps and what they reserve. */
export async function insertCommand(
  tx: Tx,
  row: OrderCommand<typeof commands.$inferInsert>,
  steps: readonly (typeof commandSteps.$inferInsert)[],
): Promise<void> {
  await tx.insert(commands).values(row);
  await insertAll(tx, commandSteps, steps);
  await reserve(tx, row.tenantId, row.orderId, steps);
}

/** Holds the quantities that steps are going to ship; what they are to refund or return the order itself holds as planned. */
export async function reserve(
  tx: Tx,
  tenantId: string,
  orderId: string,
  steps: readonly { id: string; step: Step }[],
): Promise<void> {
  await insertAll(
    tx,
    reservations,
    steps.flatMap(({ id, step }) =>
      (step.creates?.noun === "Fulfillment" ? step.creates.lines : []).map(
        ({ lineId, quantity }) => ({
          tenantId,
          orderId,
          lineId,
          stepId: id,
          quantity: String(quantity),
        }),
      ),
    ),
  );
}

export async function release(tx: Tx, tenantId: string, stepIds: readonly string[]): Promise<void> {
  if (stepIds.length === 0) return;
  await tx
    .delete(reservations)
    .where(and(eq(reservations.tenantId, tenantId), inArray(reservations.stepId, [...stepIds])));
}

/** What unfinished steps hold of an order's lines, by line; those of one command may be left out. */
export async function reservedOf(
  tx: Tx,
  tenantId: string,
  orderId: string,
  exceptStepIds: readonly string[] = [],
): Promise<Map<string, number>> {
  const rows = await tx
    .select({
      lineId: reservations.lineId,
      stepId: reservations.stepId,
      quantity: reservations.quantity,
    })
    .from(reservations)
    .where(and(eq(reservations.tenantId, tenantId), eq(reservations.orderId, orderId)));
  const sums = new Map<string, number>();
  for (const row of rows) {
    if (exceptStepIds.includes(row.stepId)) continue;
    sums.set(row.lineId, (sums.get(row.lineId) ?? 0) + Number(row.quantity));
  }
  return sums;
}

/** A step's new state; where the command follows from it, with what else changes in the command. */
export interface Progress {
  steps: { id: string; status: CommandStatus; sentAt?: Date }[];
  command?: Partial<
    Pick<
      CommandRow,
      "errors" | "resultId" | "nextAttemptAt" | "leaseOwner" | "leaseUntil" | "resolution"
    >
  >;
}

/**
 * Moves steps on and derives the command's status from all of them; a step that ended gives back what it reserved.
 * Answers the status before and after.
 */
export async function advance(
  tx: Tx,
  { row, steps }: StoredCommand,
  progress: Progress,
  now: Date,
): Promise<{ before: CommandStatus; after: CommandStatus }> {
  const before = row.status as CommandStatus;
  for (const { id, status, sentAt } of progress.steps)
    await tx
      .update(commandSteps)
      .set({ status, ...(sentAt && { sentAt }) })
      .where(and(eq(commandSteps.tenantId, row.tenantId), eq(commandSteps.id, id)));
  const moved = new Map(progress.steps.map((step) => [step.id, step.status]));
  for (const step of steps) step.status = moved.get(step.id) ?? step.status;
  const ended = progress.steps.filter((step) => ENDED.has(step.status)).map((step) => step.id);
  await release(tx, row.tenantId, ended);
  const after = commandStatusOf(steps.map((step) => step.status as CommandStatus));
  const finished = ENDED.has(after);
  const changes = {
    status: after,
    finishedAt: finished ? now : null,
    ...(finished && { leaseOwner: null, leaseUntil: null, nextAttemptAt: null }),
    ...progress.command,
  };
  await tx
    .update(commands)
    .set(changes)
    .where(and(eq(commands.tenantId, row.tenantId), eq(commands.id, row.id)));
  Object.assign(row, changes);
  return { before, after };
}

/** Steps of these orders whose outcome nobody knows, with their commands. */
export async function findUnsettled(
  tx: Tx,
  tenantId: string,
  orderIds: readonly string[],
): Promise<StoredCommand[]> {
  const rows = await tx
    .select({ id: commands.id })
    .from(commands)
    .where(
      and(
        eq(commands.tenantId, tenantId),
        inArray(commands.orderId, [...orderIds]),
        inArray(commands.status, ["NEEDS_ATTENTION", "OUTCOME_UNKNOWN", "IN_FLIGHT"]),
      ),
    );
  const found: StoredCommand[] = [];
  for (const { id } of rows) {
    const command = await loadCommand(tx, tenantId, id, { forUpdate: true });
    if (command) found.push(command);
  }
  return found;
}

/** What happened to an order after one of its versions, oldest first. */
export function eventsAfterVersion(tx: Tx, tenantId: string, orderId: string, version: number) {
  return tx
    .select({ type: events.type, changes: events.changes, orderVersion: events.orderVersion })
    .from(events)
    .where(
      and(
        eq(events.tenantId, tenantId),
        eq(events.orderId, orderId),
        sql`${events.orderVersion} > ${version}`,
      ),
    )
    .orderBy(events.epoch, events.xid, events.seq);
}

/** The order that a shipment, a parcel or a return belongs to; null where there is none. */
export async function orderOfPart(
  tx: Tx,
  tenantId: string,
  partId: string,
): Promise<{ orderId: string } | null> {
  const table = WRITTEN_PARTS[nodeTypeOf(partId) as keyof typeof WRITTEN_PARTS];
  if (!table) return null;
  const [part] = await tx
    .select({ orderId: table.orderId })
    .from(table)
    .where(and(eq(table.tenantId, tenantId), eq(table.id, partId)));
  return part ?? null;
}

/** Parts of an order that a write names without naming the order. */
const WRITTEN_PARTS = {
  Fulfillment: fulfillments,
  FulfillmentOrder: fulfillmentOrders,
  Package: packages,
  Return: returns,
} as const;
