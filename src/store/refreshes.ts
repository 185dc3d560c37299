import { and, eq, sql } from "drizzle-orm";
import type { EventSource } from "../domain/event.js";
import type { Tx } from "./db.js";
import { refreshes } from "./tables.js";

/** How urgent a read is. */
export const REFRESH_PRIORITY = { person: 0, webhook: 1, sweep: 2 } as const;

export interface RefreshAsk {
  tenantId: string;
  channelId: string;
  /** The platform's ids of the orders. */
  nativeIds: readonly string[];
  priority: (typeof REFRESH_PRIORITY)[keyof typeof REFRESH_PRIORITY];
  source: EventSource;
  deliveryId?: string | null;
  dueAt: Date;
}

/** One order that is to be read now, under lease. */
export interface Refresh {
  tenantId: string;
  channelId: string;
  nativeId: string;
  source: EventSource;
  deliveryId: string | null;
  /** How often it was asked for; higher than this when the read is over means: once more. */
  asked: number;
  /** Reads that failed before this one. */
  attempts: number;
}

/**
 * Asks that orders be read again. Asking for one that waits already costs nothing more: it is read once. One that
 * waits out a failure goes on waiting, unless a person asks. Sorted, so that two who ask for the same never deadlock.
 */
export async function askRefresh(tx: Tx, ask: RefreshAsk): Promise<void> {
  const nativeIds = [...new Set(ask.nativeIds)].sort();
  if (nativeIds.length === 0) return;
  const { tenantId, channelId, priority, source, dueAt } = ask;
  const row = { tenantId, channelId, priority, source, dueAt, deliveryId: ask.deliveryId ?? null };
  await tx
    .insert(refreshes)
    .values(nativeIds.map((nativeId) => ({ ...row, nativeId })))
    .onConflictDoUpdate({
      target: [refreshes.tenantId, refreshes.channelId, refreshes.nativeId],
      set: {
        asked: sql`${refreshes.asked} + 1`,
        priority: sql`least(${refreshes.priority}, excluded.priority)`,
        dueAt: sql`case when ${refreshes.attempts} > 0 and excluded.priority > 0 then ${refreshes.dueAt}
                   else least(${refreshes.dueAt}, excluded.due_at) end`,
        deliveryId: sql`coalesce(excluded.delivery_id, ${refreshes.deliveryId})`,
      },
    });
}

export interface ClaimOptions {
  now: Date;
  leaseMs: number;
  /** Reads of one channel under way at once, in this process. */
  perChannel: number;
  /** Places already taken in this process, by channel; a channel to be left in peace takes all of its own. */
  taken: ReadonlyMap<string, number>;
}

/**
 * Claims what is due, of each channel as much as has room and the most urgent first, for the system role.
 * What another process claimed is passed over; a claim that nobody finishes ends with its lease.
 */
export async function claimRefreshes(tx: Tx, options: ClaimOptions): Promise<Refresh[]> {
  const { now, leaseMs, perChannel, taken } = options;
  const at = sql`${now.toISOString()}::timestamptz`;
  const due = sql`(
    select r.*
      from channels c
      left join json_each_text(${JSON.stringify(Object.fromEntries(taken))}::json) t on t.key = c.id
      cross join lateral (
        select tenant_id, channel_id, native_id
          from refreshes
         where channel_id = c.id and tenant_id = c.tenant_id and due_at <= ${at}
           and (lease_until is null or lease_until < ${at})
         order by priority, due_at
         limit greatest(${perChannel}::int - coalesce(t.value::int, 0), 0)
           for update skip locked
      ) r
     where c.disconnected_at is null and c.health <> 'PAUSED'
  ) due`;
  const rows = await tx
    .update(refreshes)
    .set({ leaseUntil: sql`${at} + make_interval(secs => ${leaseMs / 1000})` })
    .from(due)
    .where(
      sql`${refreshes.tenantId} = due.tenant_id and ${refreshes.channelId} = due.channel_id
          and ${refreshes.nativeId} = due.native_id`,
    )
    .returning({
      tenantId: refreshes.tenantId,
      channelId: refreshes.channelId,
      nativeId: refreshes.nativeId,
      source: sql<EventSource>`${refreshes.source}`,
      deliveryId: refreshes.deliveryId,
      asked: refreshes.asked,
      attempts: refreshes.attempts,
    });
  return rows;
}

/** A read is in: the row goes, or waits for `againAt` where somebody asked meanwhile. Answers whether it waits. */
export async function finishRefresh(tx: Tx, refresh: Refresh, againAt: Date): Promise<boolean> {
  const gone = await tx
    .delete(refreshes)
    .where(and(isRefresh(refresh), eq(refreshes.asked, refresh.asked)))
    .returning({ nativeId: refreshes.nativeId });
  if (gone.length > 0) return false;
  const kept = await tx
    .update(refreshes)
    .set({ leaseUntil: null, attempts: 0, dueAt: againAt })
    .where(isRefresh(refresh))
    .returning({ nativeId: refreshes.nativeId });
  return kept.length > 0;
}

/** A read failed and is tried again at `dueAt`; `counts` is false where the order had no part in it. */
export async function postponeRefresh(
  tx: Tx,
  refresh: Refresh,
  dueAt: Date,
  counts: boolean,
): Promise<void> {
  await tx
    .update(refreshes)
    .set({ leaseUntil: null, dueAt, attempts: refresh.attempts + (counts ? 1 : 0) })
    .where(isRefresh(refresh));
}

/** Takes a row away that nobody need read any more. */
export async function dropRefresh(tx: Tx, refresh: Refresh): Promise<void> {
  await tx.delete(refreshes).where(isRefresh(refresh));
}

/** When the next row is due that nobody reads; null where none waits. For the system role. */
export async function nextRefreshAt(tx: Tx): Promise<Date | null> {
  const [row] = await tx
    .select({ at: sql<string | null>`min(greatest(${refreshes.dueAt}, ${refreshes.leaseUntil}))` })
    .from(refreshes);
  return row?.at ? new Date(row.at) : null;
}

function isRefresh({ tenantId, channelId, nativeId }: Refresh) {
  return and(
    eq(refreshes.tenantId, tenantId),
    eq(refreshes.channelId, channelId),
    eq(refreshes.nativeId, nativeId),
  );
}
