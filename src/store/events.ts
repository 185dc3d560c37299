import { and, eq, ne, sql } from "drizzle-orm";
import type { Change, LoggedEvent, NewEvent } from "../domain/event.js";
import { instant } from "../domain/time.js";
import type { Tx } from "./db.js";
import { events, logEpochs } from "./tables.js";
import { insertAll } from "./upsert.js";

/**
 * A place in the log. Its order is (epoch, xid, seq): transaction ids, since sequence numbers alone are not commit order;
 * and the epoch before them, since ids of another cluster mean nothing here.
 */
export interface Position {
  epoch: number;
  xid: bigint;
  seq: bigint;
}

/** An event with its tenant and place. */
export interface PlacedEvent {
  tenantId: string;
  position: Position;
  event: LoggedEvent;
}

/** What one read of the log found, and how far the log can be read at that moment. */
export interface LogRead {
  placed: PlacedEvent[];
  /** Everything before it is committed and final; what comes later has a later place. */
  horizon: Position;
  /** Whether something committed already waits above the horizon for an older transaction to end. */
  more: boolean;
}

/** Puts facts into the log of one tenant; they become visible to readers when the transaction and all older ones are over. */
export async function appendEvents(
  tx: Tx,
  tenantId: string,
  news: readonly NewEvent[],
): Promise<void> {
  if (news.length === 0) return;
  const [latest] = await tx.select({ epoch: sql<number>`max(${logEpochs.epoch})` }).from(logEpochs);
  if (!latest?.epoch) throw new Error("the log has no epoch yet; beginEpoch must run at start");
  await insertAll(
    tx,
    events,
    news.map((event) => ({
      ...event,
      tenantId,
      epoch: latest.epoch,
      occurredAt: new Date(event.occurredAt),
    })),
  );
}

/** What this transaction has said so far of one version of an order, each path once. */
export async function changesOfVersion(
  tx: Tx,
  tenantId: string,
  orderId: string,
  version: number,
): Promise<Change[]> {
  const rows = await tx
    .select({ changes: events.changes })
    .from(events)
    .where(
      and(
        eq(events.tenantId, tenantId),
        eq(events.orderId, orderId),
        eq(events.orderVersion, version),
        ne(events.type, "COMMAND_UPDATED"),
        sql`${events.xid} = pg_current_xact_id()`,
      ),
    )
    .orderBy(events.epoch, events.xid, events.seq);
  const all = rows.flatMap(({ changes }) => changes);
  return [...new Map(all.map((change) => [change.path, change])).values()];
}

/** Reads events after a place and below the horizon, oldest first; of one tenant, or of all (as the system role). */
export async function readEvents(
  tx: Tx,
  after: Position,
  limit: number,
  tenantId: string | null,
): Promise<LogRead> {
  const horizon = await readHorizon(tx);
  const rows = await tx
    .select()
    .from(events)
    .where(
      and(
        tenantId === null ? undefined : eq(events.tenantId, tenantId),
        sql`(${events.epoch}, ${events.xid}, ${events.seq}) > (${after.epoch}::int, ${String(after.xid)}::xid8, ${String(after.seq)}::bigint)`,
        sql`(${events.epoch} < ${horizon.epoch} or ${events.xid} < ${String(horizon.xid)}::xid8)`,
      ),
    )
    .orderBy(events.epoch, events.xid, events.seq)
    .limit(limit);
  return {
    placed: rows.map(toPlaced),
    horizon: { epoch: horizon.epoch, xid: horizon.xid, seq: 0n },
    more: horizon.more,
  };
}

/** How far the log can be read now. */
export async function readHorizon(tx: Tx): Promise<Position & { more: boolean }> {
  // One statement, one snapshot: what is visible in it with an id at or above xmin is what still has to wait.
  const [row] = await tx.execute<{ epoch: number; xid: string; more: boolean }>(sql`
    with latest as (select max(epoch) as epoch from ${logEpochs}),
         snapshot as materialized (select pg_snapshot_xmin(pg_current_snapshot()) as xmin)
    select latest.epoch, snapshot.xmin::text as xid,
      exists (select 1 from ${events} where epoch = latest.epoch and xid >= snapshot.xmin) as more
    from latest, snapshot`);
  if (!row?.epoch) throw new Error("the log has no epoch yet; beginEpoch must run at start");
  return { epoch: row.epoch, xid: BigInt(row.xid), seq: 0n, more: row.more };
}

/** The place right before the first event recorded at or after a moment; the horizon where there is none. */
export async function positionSince(tx: Tx, tenantId: string, since: Date): Promise<Position> {
  const [row] = await tx
    .select({ epoch: events.epoch, xid: events.xid, seq: events.seq })
    .from(events)
    .where(
      and(
        eq(events.tenantId, tenantId),
        sql`${events.recordedAt} >= ${since.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(events.epoch, events.xid, events.seq)
    .limit(1);
  return row ? { epoch: row.epoch, xid: BigInt(row.xid), seq: row.seq - 1n } : readHorizon(tx);
}

/** How the log stands: its epoch, and before which transaction events may be gone. */
export interface LogState {
  epoch: number;
  /** Events of this epoch with an id below it may have been dropped; 0 where none were. */
  prunedBefore: bigint;
}

export async function readLogState(tx: Tx): Promise<LogState> {
  const [row] = await tx.execute<{ epoch: number; pruned: string }>(sql`
    select epoch, coalesce(pruned_before, '0'::xid8)::text as pruned from ${logEpochs} order by epoch desc limit 1`);
  if (!row) throw new Error("the log has no epoch yet; beginEpoch must run at start");
  return { epoch: row.epoch, prunedBefore: BigInt(row.pruned) };
}

/**
 * Begins a new epoch where this cluster is not the one whose transaction ids the log holds (a restore elsewhere, a
 * promoted standby), so that old and new ids are never compared. The first is a number of this database alone: a cursor
 * of another gateway's log must not pass for one of ours. Runs at every start; answers the epoch in force.
 */
export async function beginEpoch(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ epoch: number }>(sql`
    with cluster as (
      select (select system_identifier::text from pg_control_system()) as system_identifier,
             (select timeline_id from pg_control_checkpoint()) as timeline,
             (select oid::text from pg_database where datname = current_database()) as database
    ), latest as (
      select * from ${logEpochs} order by epoch desc limit 1
    ), begun as (
      insert into ${logEpochs} (epoch, system_identifier, timeline)
      select coalesce(
          (select epoch from latest),
          -- 28 bits, which leaves room to count on from there.
          ('x' || left(md5(cluster.system_identifier || ' ' || cluster.database), 7))::bit(28)::int
        ) + 1, cluster.system_identifier, cluster.timeline
      from cluster
      where not exists (
        select 1 from latest
        where latest.system_identifier = cluster.system_identifier and latest.timeline = cluster.timeline
      )
      on conflict (epoch) do nothing
      returning epoch
    )
    select coalesce((select epoch from begun), (select epoch from latest)) as epoch`);
  if (!row?.epoch) return beginEpoch(tx);
  return row.epoch;
}

/**
 * Drops what was recorded before a moment and remembers how far, so that a reader with an older cursor is told instead of
 * missing something in silence. Answers how many events went.
 */
export async function pruneEvents(tx: Tx, before: Date): Promise<number> {
  const [row] = await tx.execute<{ dropped: string }>(sql`
    with gone as (
      delete from ${events} where recorded_at < ${before.toISOString()}::timestamptz returning epoch, xid
    ), marked as (
      update ${logEpochs} set pruned_before = greatest(coalesce(pruned_before, '0'::xid8), last.xid)
      from (select epoch, (max(xid)::text::bigint + 1)::text::xid8 as xid from gone group by epoch) as last
      where ${logEpochs.epoch} = last.epoch
    )
    select count(*)::text as dropped from gone`);
  return Number(row?.dropped ?? 0);
}

/** One event by its id, or null. */
export async function findEvent(tx: Tx, tenantId: string, id: string): Promise<LoggedEvent | null> {
  const [row] = await tx
    .select()
    .from(events)
    .where(and(eq(events.tenantId, tenantId), eq(events.id, id)));
  return row ? toPlaced(row).event : null;
}

/** -1, 0 or 1. */
export function comparePositions(a: Position, b: Position): number {
  if (a.epoch !== b.epoch) return a.epoch < b.epoch ? -1 : 1;
  if (a.xid !== b.xid) return a.xid < b.xid ? -1 : 1;
  return a.seq === b.seq ? 0 : a.seq < b.seq ? -1 : 1;
}

/** A place as opaque text. */
export function encodeCursor({ epoch, xid, seq }: Position): string {
  return Buffer.from(`${epoch}.${xid}.${seq}`).toString("base64url");
}

/** The place of a cursor, or null where the text is none. */
export function decodeCursor(cursor: string): Position | null {
  const parts = /^(\d{1,9})\.(\d{1,20})\.(\d{1,19})$/.exec(
    Buffer.from(cursor, "base64url").toString(),
  );
  if (!parts) return null;
  return {
    epoch: Number(parts[1]),
    xid: BigInt(parts[2] as string),
    seq: BigInt(parts[3] as string),
  };
}

/** A row of the log with its place. */
export function toPlaced(row: typeof events.$inferSelect): PlacedEvent {
  const { tenantId, epoch, xid, seq, occurredAt, recordedAt, ...rest } = row;
  const position = { epoch, xid: BigInt(xid), seq };
  return {
    tenantId,
    position,
    event: {
      ...rest,
      type: rest.type as LoggedEvent["type"],
      source: rest.source as LoggedEvent["source"],
      occurredAt: instant(occurredAt),
      recordedAt: instant(recordedAt),
      cursor: encodeCursor(position),
    },
  };
}
