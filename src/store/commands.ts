import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { type CommandStatus, commandStatusOf, ENDED, type Step } from "../domain/command.js";
import type { Tx } from "./db.js";
import {
  commandAttempts,
  commandSteps,
  commands,
  events,
  fulfillments,
  packages,
  reservations,
  returns,
} from "./tables.js";
import { insertAll } from "./upsert.js";

export type CommandRow = typeof commands.$inferSelect;
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
      ),
    );
  return row ?? null;
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
    .where(and(eq(commands.tenantId, tenantId), eq(commands.id, id)));
  const [row] = forUpdate ? await query.for("update") : await query;
  if (!row) return null;
  const steps = await tx
    .select()
    .from(commandSteps)
    .where(and(eq(commandSteps.tenantId, tenantId), eq(commandSteps.commandId, id)))
    .orderBy(asc(commandSteps.index));
  return { row, steps };
}

/** How a command stands now; null where there is none. */
export async function statusOf(
  tx: Tx,
  tenantId: string,
  id: string,
): Promise<CommandStatus | null> {
  const [row] = await tx
    .select({ status: commands.status })
    .from(commands)
    .where(and(eq(commands.tenantId, tenantId), eq(commands.id, id)));
  return (row?.status as CommandStatus | undefined) ?? null;
}

/** Writes a new command, its steps and what they reserve. */
export async function insertCommand(
  tx: Tx,
  row: typeof commands.$inferInsert,
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

/** Begins an attempt: a row before the first byte leaves. */
export async function beginAttempt(
  tx: Tx,
  tenantId: string,
  stepId: string,
  startedAt: Date,
): Promise<number> {
  const [last] = await tx
    .select({ number: commandAttempts.number })
    .from(commandAttempts)
    .where(and(eq(commandAttempts.tenantId, tenantId), eq(commandAttempts.stepId, stepId)))
    .orderBy(desc(commandAttempts.number))
    .limit(1);
  const number = (last?.number ?? 0) + 1;
  await tx.insert(commandAttempts).values({ tenantId, stepId, number, startedAt });
  return number;
}

export type AttemptEnd = Partial<
  Pick<
    typeof commandAttempts.$inferSelect,
    "durationMs" | "httpStatus" | "outcome" | "errorCode" | "message" | "verifiedBy"
  >
>;

/** Writes down how a step's latest attempt ended. */
export async function endAttempt(
  tx: Tx,
  tenantId: string,
  stepId: string,
  end: AttemptEnd,
): Promise<void> {
  await tx
    .update(commandAttempts)
    .set(end)
    .where(
      and(
        eq(commandAttempts.tenantId, tenantId),
        eq(commandAttempts.stepId, stepId),
        sql`${commandAttempts.number} = (
          select max(number) from ${commandAttempts} where tenant_id = ${tenantId} and step_id = ${stepId})`,
      ),
    );
}

/** A claimed command: whose it is and for how long. */
export interface Claim {
  tenantId: string;
  id: string;
  channelId: string;
}

/**
 * Claims the oldest command that is due, for the system role, at a channel that is not in `busy`: one whose order has
 * nothing older to send and nothing on its way. While the outcome of one that moves money is unknown, others of its order
 * that move money wait, and hold up nobody else. What another process is claiming is passed over.
 */
export async function claimCommand(
  tx: Tx,
  claim: { owner: string; now: Date; leaseMs: number; busy: readonly string[] },
): Promise<Claim | null> {
  const at = sql`${claim.now.toISOString()}::timestamptz`;
  const [row] = await tx.execute<{ tenant_id: string; id: string; channel_id: string }>(sql`
    update commands set lease_owner = ${claim.owner},
      lease_until = ${at} + ${claim.leaseMs} * interval '1 millisecond'
    where (tenant_id, id) = (
      select c.tenant_id, c.id from commands c
      join channels s on s.tenant_id = c.tenant_id and s.id = c.channel_id
      where c.finished_at is null and c.status in ('QUEUED', 'RETRYING') and c.next_attempt_at <= ${at}
        and not ${waitsForMoney(sql`c`)}
        and (c.lease_until is null or c.lease_until < ${at})
        and s.disconnected_at is null and s.health <> 'PAUSED'
        and not c.channel_id = any (select jsonb_array_elements_text(${JSON.stringify(claim.busy)}::jsonb))
        and not exists (
          select 1 from commands o
          where o.tenant_id = c.tenant_id and o.order_id = c.order_id and o.id <> c.id and o.finished_at is null
            and (o.status = 'IN_FLIGHT'
              or (o.status in ('QUEUED', 'RETRYING') and o.id < c.id and not ${waitsForMoney(sql`o`)})))
      order by c.next_attempt_at, c.id
      limit 1
      for update of c skip locked)
    returning tenant_id, id, channel_id`);
  return row ? { tenantId: row.tenant_id, id: row.id, channelId: row.channel_id } : null;
}

/** Whether a command moves money and another of its order did so with an outcome that nobody knows. */
function waitsForMoney(command: SQL): SQL {
  return sql`(${command}.money and exists (
    select 1 from commands m
    where m.tenant_id = ${command}.tenant_id and m.order_id = ${command}.order_id and m.id <> ${command}.id
      and m.finished_at is null and m.money and m.status = 'NEEDS_ATTENTION'))`;
}

/** Keeps a claim alive; false where it was lost, and then nothing more may be sent. */
export async function renewLease(
  tx: Tx,
  claim: Claim,
  owner: string,
  until: Date,
): Promise<boolean> {
  const rows = await tx
    .update(commands)
    .set({ leaseUntil: until })
    .where(
      and(
        eq(commands.tenantId, claim.tenantId),
        eq(commands.id, claim.id),
        eq(commands.leaseOwner, owner),
      ),
    )
    .returning({ id: commands.id });
  return rows.length > 0;
}

/** Commands whose owner is gone in the middle of a step, for the system role. */
export async function findAbandoned(tx: Tx, now: Date, limit: number): Promise<Claim[]> {
  return tx
    .select({ tenantId: commands.tenantId, id: commands.id, channelId: commands.channelId })
    .from(commands)
    .where(
      and(
        eq(commands.status, "IN_FLIGHT"),
        isNull(commands.finishedAt),
        sql`${commands.leaseUntil} < ${now.toISOString()}::timestamptz`,
      ),
    )
    .limit(limit);
}

/** When the next command is due, for the system role; null where none waits. */
export async function nextDue(tx: Tx): Promise<Date | null> {
  const [row] = await tx.execute<{ at: string | null }>(sql`
    select min(next_attempt_at)::text as at from ${commands} where finished_at is null and status in ('QUEUED', 'RETRYING')`);
  return row?.at ? new Date(row.at) : null;
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
        inArray(commands.status, ["NEEDS_ATTENTION", "IN_FLIGHT"]),
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
  for (const table of [fulfillments, packages, returns]) {
    const [part] = await tx
      .select({ orderId: table.orderId })
      .from(table)
      .where(and(eq(table.tenantId, tenantId), eq(table.id, partId)));
    if (part) return part;
  }
  return null;
}
