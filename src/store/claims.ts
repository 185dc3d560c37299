import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "./db.js";
import { commands } from "./tables.js";

/** A claimed command: whose it is and for how long. */
export interface Claim {
  tenantId: string;
  id: string;
  channelId: string;
}

/**
 * Claims the oldest command about an order that is due, for the system role, at a channel that is not in `busy`: one whose
 * order has nothing on its way. One in doubt is looked for; while it is, nothing else of its order is sent (but an order may
 * be read, and held back, lest what was not there is sent again all the same). One to be sent has nothing older to send before it. While the outcome of one that moves money is left to a
 * person, others of its order that move money wait, and hold up nobody else. What another process is claiming is passed over.
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
      where c.finished_at is null and c.order_id is not null and c.status in ('QUEUED', 'RETRYING', 'OUTCOME_UNKNOWN') and c.next_attempt_at <= ${at}
        and (c.lease_until is null or c.lease_until < ${at})
        and s.disconnected_at is null and s.health <> 'PAUSED'
        and not c.channel_id = any (select jsonb_array_elements_text(${JSON.stringify(claim.busy)}::jsonb))
        and not exists (
          select 1 from commands o
          where o.tenant_id = c.tenant_id and o.order_id = c.order_id and o.id <> c.id and o.finished_at is null
            and o.status = 'IN_FLIGHT')
        and (c.status = 'OUTCOME_UNKNOWN' or not ${waitsForMoney(sql`c`)} and not exists (
          select 1 from commands o
          where o.tenant_id = c.tenant_id and o.order_id = c.order_id and o.id <> c.id and o.finished_at is null
            and (o.status = 'OUTCOME_UNKNOWN' and c.type not in ('ORDER_REFRESH', 'FULFILLMENT_ORDER_HOLD')
              or o.status in ('QUEUED', 'RETRYING') and o.id < c.id and not ${waitsForMoney(sql`o`)})))
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
      and m.finished_at is null and m.money and m.status in ('NEEDS_ATTENTION', 'OUTCOME_UNKNOWN')))`;
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
        isNotNull(commands.orderId),
        sql`${commands.leaseUntil} < ${now.toISOString()}::timestamptz`,
      ),
    )
    .limit(limit);
}

/** When the next command is due that was not at a time already, for the system role; null where none waits. */
export async function nextDue(tx: Tx, since: Date): Promise<Date | null> {
  const [row] = await tx.execute<{ at: string | null }>(sql`
    select min(next_attempt_at)::text as at from ${commands} 
    where finished_at is null and order_id is not null and status in ('QUEUED', 'RETRYING', 'OUTCOME_UNKNOWN')
      and next_attempt_at > ${since.toISOString()}::timestamptz`);
  return row?.at ? new Date(row.at) : null;
}
