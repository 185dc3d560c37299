import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "../db.js";
import { sweeps } from "../tables.js";
import { type Access, isAnyOf } from "./access.js";

/** What the sweeps of a channel came to: in the last day, and when the last one was through. */
export interface SweepFigures {
  channelId: string;
  /** When the last one that saw everything ended. */
  lastReconcileAt: Date | null;
  /** Orders found to differ, and put right, by those that ended in the last 24 hours or are under way. */
  missed: number;
  repaired: number;
}

/** The figures of these channels; one that was never swept is missing. */
export async function sweepFigures(
  tx: Tx,
  { tenantId }: Pick<Access, "tenantId">,
  channelIds: readonly string[],
): Promise<SweepFigures[]> {
  const rows = await tx
    .select({
      channelId: sweeps.channelId,
      lastReconcileAt: sql<string | null>`max(finished_at) filter (where error is null)`,
      missed: sql<number>`coalesce(sum(missed) filter (where ${LATELY}), 0)::int`,
      repaired: sql<number>`coalesce(sum(repaired) filter (where ${LATELY}), 0)::int`,
    })
    .from(sweeps)
    .where(and(eq(sweeps.tenantId, tenantId), isAnyOf(sweeps.channelId, channelIds)))
    .groupBy(sweeps.channelId);
  return rows.map(({ lastReconcileAt, ...row }) => ({
    ...row,
    lastReconcileAt: lastReconcileAt === null ? null : new Date(lastReconcileAt),
  }));
}

const LATELY = sql`(finished_at is null or finished_at >= now() - interval '24 hours')`;
