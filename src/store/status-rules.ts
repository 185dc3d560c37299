import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { mintId } from "../domain/id.js";
import type { StatusMeaning } from "../domain/status.js";
import type { StatusRule } from "../domain/status-rule.js";
import type { Tx } from "./db.js";
import { orderPlatformStatuses, orders, statusRules } from "./tables.js";

/** The merchant's rules of one shop, the oldest first. */
export async function loadRules(
  tx: Tx,
  tenantId: string,
  channelId: string,
): Promise<StatusRule[]> {
  const rows = await tx
    .select(RULE)
    .from(statusRules)
    .where(isOfChannel(tenantId, channelId))
    .orderBy(asc(statusRules.id));
  return rows as StatusRule[];
}

/** Rules of many shops at once, each with its shop. */
export async function rulesOfChannels(
  tx: Tx,
  tenantId: string,
  channelIds: readonly string[],
): Promise<(StatusRule & { channelId: string })[]> {
  const rows = await tx
    .select({ ...RULE, channelId: statusRules.channelId })
    .from(statusRules)
    .where(and(eq(statusRules.tenantId, tenantId), inArray(statusRules.channelId, [...channelIds])))
    .orderBy(asc(statusRules.id));
  return rows as (StatusRule & { channelId: string })[];
}

/** Keeps a rule in the place of what was said of that word in that dimension, to be applied to the orders that bear it. */
export async function saveRule(
  tx: Tx,
  tenantId: string,
  channelId: string,
  { field, value, dimension, unified }: StatusMeaning,
): Promise<void> {
  const row = { tenantId, id: mintId("StatusMapping"), channelId, field, value, dimension };
  await tx
    .insert(statusRules)
    .values({ ...row, unified })
    .onConflictDoUpdate({
      target: [
        statusRules.tenantId,
        statusRules.channelId,
        statusRules.field,
        statusRules.value,
        statusRules.dimension,
      ],
      set: { unified, appliedAt: null, appliedTo: null },
    });
}

/** A rule whose orders are still to be derived anew. */
export interface PendingRule {
  id: string;
  field: string;
  value: string;
  /** The last order that it was applied to; null before the first. */
  appliedTo: string | null;
}

/** The next rule of a shop that is not applied yet; null where none is. Held until the transaction ends. */
export async function nextPendingRule(
  tx: Tx,
  tenantId: string,
  channelId: string,
): Promise<PendingRule | null> {
  const { id, field, value, appliedTo } = statusRules;
  const [row] = await tx
    .select({ id, field, value, appliedTo })
    .from(statusRules)
    .where(and(isOfChannel(tenantId, channelId), isNull(statusRules.appliedAt)))
    .orderBy(asc(statusRules.id))
    .limit(1)
    .for("no key update");
  return row ?? null;
}

/** Orders of a shop that bear the rule's word, by their native ids, in the order of our ids after `appliedTo`. */
export async function ordersUnder(
  tx: Tx,
  tenantId: string,
  channelId: string,
  rule: PendingRule,
  limit: number,
): Promise<{ id: string; nativeId: string }[]> {
  return tx
    .select({ id: orders.id, nativeId: orders.nativeId })
    .from(orderPlatformStatuses)
    .innerJoin(orders, isSameOrder())
    .where(
      and(
        eq(orderPlatformStatuses.tenantId, tenantId),
        eq(orderPlatformStatuses.field, rule.field),
        eq(orderPlatformStatuses.value, rule.value),
        eq(orders.channelId, channelId),
        rule.appliedTo === null ? undefined : gt(orderPlatformStatuses.orderId, rule.appliedTo),
      ),
    )
    .orderBy(asc(orderPlatformStatuses.orderId))
    .limit(limit);
}

/** How far a rule was applied; `done`: to all. */
export async function advanceRule(
  tx: Tx,
  tenantId: string,
  id: string,
  progress: { appliedTo: string | null; done: boolean },
): Promise<void> {
  const { appliedTo, done } = progress;
  await tx
    .update(statusRules)
    .set({ appliedTo, appliedAt: done ? sql`now()` : null })
    .where(and(eq(statusRules.tenantId, tenantId), eq(statusRules.id, id)));
}

/** How many orders of each shop bear each word now. */
export async function countWords(
  tx: Tx,
  tenantId: string,
  channelIds: readonly string[],
): Promise<{ channelId: string; field: string; value: string; count: number }[]> {
  const { field, value } = orderPlatformStatuses;
  return tx
    .select({ channelId: orders.channelId, field, value, count: sql<number>`count(*)::int` })
    .from(orderPlatformStatuses)
    .innerJoin(orders, isSameOrder())
    .where(
      and(
        eq(orderPlatformStatuses.tenantId, tenantId),
        inArray(orders.channelId, [...channelIds]),
        isNull(orders.deletedAt),
      ),
    )
    .groupBy(orders.channelId, field, value);
}

/**
 * In a selection from channels: whether some rule of the row's channel is not applied to all of its orders yet. Names are
 * written out, since drizzle leaves the table of a column away where it selects from one only.
 */
export const HAS_PENDING_RULES = sql<boolean>`exists (select 1 from status_rules as rule where rule.tenant_id = channels.tenant_id
  and rule.channel_id = channels.id and rule.applied_at is null)`;

const RULE = {
  id: statusRules.id,
  field: statusRules.field,
  value: statusRules.value,
  dimension: statusRules.dimension,
  unified: statusRules.unified,
};

function isOfChannel(tenantId: string, channelId: string) {
  return and(eq(statusRules.tenantId, tenantId), eq(statusRules.channelId, channelId));
}

function isSameOrder() {
  return and(
    eq(orders.tenantId, orderPlatformStatuses.tenantId),
    eq(orders.id, orderPlatformStatuses.orderId),
  );
}
