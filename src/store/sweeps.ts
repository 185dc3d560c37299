import { and, asc, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Glance } from "../domain/channel.js";
import { type Held, holdChannel } from "./channel-sync.js";
import type { Tx } from "./db.js";
import { channels, orders, refreshes, sweeps } from "./tables.js";

/** A look at all orders of a shop that were placed in a window, as far as it has come. */
export interface Sweep {
  tenantId: string;
  id: string;
  channelId: string;
  /** Orders placed from then to then, both ends included. */
  from: Date;
  to: Date;
  /** The command that asked for it; null where it was time for one. */
  commandId: string | null;
  startedAt: Date;
  /** The page after which it goes on; null before the first. */
  cursor: string | null;
  /** Whether the shop's list is through, so that what it did not show is looked at. */
  listed: boolean;
  /** Orders looked at, found to differ from the shop, and put right. */
  looked: number;
  missed: number;
  repaired: number;
  /** Rounds that failed since it last came on. */
  failures: number;
}

/** The sweep that a channel's holder is in the middle of; null where it is in none. */
export async function currentSweep(tx: Tx, { tenantId, channelId }: Held): Promise<Sweep | null> {
  const [row] = await tx
    .select()
    .from(sweeps)
    .where(and(isOfChannel(tenantId, channelId), isNull(sweeps.finishedAt)));
  return row ?? null;
}

/** Begins a sweep; a channel has one at a time. */
export async function beginSweep(
  tx: Tx,
  sweep: Pick<Sweep, "tenantId" | "id" | "channelId" | "from" | "to" | "commandId" | "startedAt">,
): Promise<Sweep> {
  const [row] = await tx.insert(sweeps).values(sweep).returning();
  return row as Sweep;
}

/** How a sweep came on: pages, and what it found. Counts are added. */
export interface SweepProgress {
  cursor?: string | null;
  listed?: boolean;
  looked?: number;
  missed?: number;
  repaired?: number;
  failures?: number;
  error?: string | null;
  finishedAt?: Date;
}

/** Writes how a sweep came on, and the sweep itself as it stands then. */
export async function advanceSweep(
  tx: Tx,
  sweep: Sweep,
  { looked = 0, missed = 0, repaired = 0, ...changes }: SweepProgress,
): Promise<void> {
  const [row] = await tx
    .update(sweeps)
    .set({
      ...changes,
      looked: sql`${sweeps.looked} + ${looked}`,
      missed: sql`${sweeps.missed} + ${missed}`,
      repaired: sql`${sweeps.repaired} + ${repaired}`,
    })
    .where(and(eq(sweeps.tenantId, sweep.tenantId), eq(sweeps.id, sweep.id)))
    .returning();
  Object.assign(sweep, row);
}

/** Says when the next sweep is due, unless somebody else is in charge of the channel by now: throws LeaseLost. */
export async function planSweep(tx: Tx, held: Held, nextSweepAt: Date): Promise<void> {
  await holdChannel(tx, held);
  await tx
    .update(channels)
    .set({ nextSweepAt })
    .where(and(eq(channels.tenantId, held.tenantId), eq(channels.id, held.channelId)));
}

/** Ends what is under way, since nobody is going to go on with it. */
export async function endSweeps(
  tx: Tx,
  tenantId: string,
  channelId: string,
  finishedAt: Date,
  error: string,
): Promise<void> {
  await tx
    .update(sweeps)
    .set({ finishedAt, error })
    .where(and(isOfChannel(tenantId, channelId), isNull(sweeps.finishedAt)));
}

/** What must be read of a page, and what need not be. */
export interface Sorted {
  /** Unknown here, or not as it looked when it was last read. */
  toRead: Glance[];
  /** Just as it looked to an earlier sweep, or left to a read that was asked for already. */
  settled: string[];
}

/** Compares a page with what earlier sweeps saw; what this sweep has looked at before is left out. */
export async function sortPage(
  tx: Tx,
  { tenantId, channelId, startedAt }: Sweep,
  glances: readonly Glance[],
): Promise<Sorted> {
  const nativeIds = glances.map(({ nativeId }) => nativeId);
  if (nativeIds.length === 0) return { toRead: [], settled: [] };
  const known = await tx
    .select({ nativeId: orders.nativeId, print: orders.print, surveyedAt: orders.surveyedAt })
    .from(orders)
    .where(and(isOrderOf(tenantId, channelId), inArray(orders.nativeId, nativeIds)));
  const byId = new Map(known.map((row) => [row.nativeId, row]));
  const asked = await askedFor(tx, tenantId, channelId, nativeIds);
  const toRead = new Map<string, Glance>();
  const settled = new Set<string>();
  for (const glance of glances) {
    const before = byId.get(glance.nativeId);
    if (before?.surveyedAt && before.surveyedAt >= startedAt) continue;
    if (before?.print === glance.print || asked.has(glance.nativeId)) settled.add(glance.nativeId);
    else toRead.set(glance.nativeId, glance);
  }
  return { toRead: [...toRead.values()], settled: [...settled] };
}

/** Living orders placed in the window that the shop's list did not show, the oldest first. */
export async function unlistedOrders(
  tx: Tx,
  { tenantId, channelId, from, to, startedAt }: Sweep,
  limit: number,
): Promise<{ nativeId: string; placedAt: Date }[]> {
  return tx
    .select({ nativeId: orders.nativeId, placedAt: orders.placedAt })
    .from(orders)
    .where(
      and(
        isOrderOf(tenantId, channelId),
        sql`${orders.placedAt} between ${from.toISOString()}::timestamptz and ${to.toISOString()}::timestamptz`,
        isNull(orders.deletedAt),
        or(isNull(orders.surveyedAt), lt(orders.surveyedAt, startedAt)),
      ),
    )
    .orderBy(asc(orders.placedAt), asc(orders.id))
    .limit(limit);
}

/** Whether somebody asked already that this order be read: a webhook, or a failure before. */
export async function isAskedFor(
  tx: Tx,
  { tenantId, channelId }: Sweep,
  nativeId: string,
): Promise<boolean> {
  return (await askedFor(tx, tenantId, channelId, [nativeId])).has(nativeId);
}

/**
 * These orders were looked at. `print`: how the one that was read looked in the list. Those that somebody is writing
 * just now are passed over rather than waited for where many are marked at once: they are looked at again.
 */
export async function markSurveyed(
  tx: Tx,
  { tenantId, channelId }: Sweep,
  nativeIds: readonly string[],
  at: Date,
  print?: string,
): Promise<void> {
  if (nativeIds.length === 0) return;
  const free = tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(isOrderOf(tenantId, channelId), inArray(orders.nativeId, [...nativeIds])))
    .for("no key update", nativeIds.length > 1 ? { skipLocked: true } : {});
  await tx
    .update(orders)
    .set({ surveyedAt: at, ...(print === undefined ? {} : { print }) })
    .where(and(eq(orders.tenantId, tenantId), inArray(orders.id, free)));
}

async function askedFor(
  tx: Tx,
  tenantId: string,
  channelId: string,
  nativeIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx
    .select({ nativeId: refreshes.nativeId })
    .from(refreshes)
    .where(
      and(
        eq(refreshes.tenantId, tenantId),
        eq(refreshes.channelId, channelId),
        inArray(refreshes.nativeId, [...nativeIds]),
      ),
    );
  return new Set(rows.map(({ nativeId }) => nativeId));
}

function isOfChannel(tenantId: string, channelId: string) {
  return and(eq(sweeps.tenantId, tenantId), eq(sweeps.channelId, channelId));
}

function isOrderOf(tenantId: string, channelId: string) {
  return and(eq(orders.tenantId, tenantId), eq(orders.channelId, channelId));
}
