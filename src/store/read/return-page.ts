import { and, desc, gte, isNull, lt, sql } from "drizzle-orm";
import type { Tx } from "../db.js";
import { returns } from "../tables.js";
import { type Access, isAnyOf, visible } from "./access.js";
import type { MomentFilter } from "./order-filter.js";

/** Which returns; everything that is given must hold. Absent and null are the same. */
export interface ReturnFilter {
  status?: readonly string[] | null;
  channelId?: readonly string[] | null;
  orderId?: readonly string[] | null;
  requestedAt?: MomentFilter | null;
}

/** A return in its list: where its document lies, and what it is sorted by. */
export interface ReturnPosition {
  id: string;
  orderId: string;
  requestedAt: Date;
}

/** The newest first. `after` is the position to go on right behind; null begins with the newest. */
export function returnPage(
  tx: Tx,
  access: Access,
  filter: ReturnFilter,
  page: { after: Pick<ReturnPosition, "id" | "requestedAt"> | null; limit: number },
): Promise<ReturnPosition[]> {
  return returnPageQuery(tx, access, filter, page);
}

/** The statement of one page; it reads an index and no document. */
export function returnPageQuery(
  tx: Tx,
  access: Access,
  { status, channelId, orderId, requestedAt }: ReturnFilter,
  { after, limit }: Parameters<typeof returnPage>[3],
) {
  const where = and(
    visible(returns, access),
    isNull(returns.removedAt),
    status ? isAnyOf(returns.status, status) : undefined,
    channelId ? isAnyOf(returns.channelId, channelId) : undefined,
    orderId ? isAnyOf(returns.orderId, orderId) : undefined,
    requestedAt?.gte ? gte(returns.requestedAt, requestedAt.gte) : undefined,
    requestedAt?.lt ? lt(returns.requestedAt, requestedAt.lt) : undefined,
    after
      ? sql`(${returns.requestedAt}, ${returns.id}) < (${after.requestedAt.toISOString()}::timestamptz, ${after.id})`
      : undefined,
  );
  return tx
    .select({ id: returns.id, orderId: returns.orderId, requestedAt: returns.requestedAt })
    .from(returns)
    .where(where)
    .orderBy(desc(returns.requestedAt), desc(returns.id))
    .limit(limit);
}
