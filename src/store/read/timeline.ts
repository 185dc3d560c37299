import { and, eq, getTableColumns, sql } from "drizzle-orm";
import type { LoggedEvent } from "../../domain/event.js";
import type { Tx } from "../db.js";
import { encodeCursor, type Position, readHorizon, toPlaced } from "../events.js";
import { events } from "../tables.js";
import { type Access, isAnyOf, visible } from "./access.js";

export interface TimelineWish {
  /** Only these types; null: all. */
  types: readonly string[] | null;
  after: Position | null;
  limit: number;
}

/**
 * The log of each of these orders, oldest first, up to `limit` events an order, in one statement besides the horizon's;
 * and a cursor as far as the log could be read.
 */
export async function timelines(
  tx: Tx,
  access: Access,
  orderIds: readonly string[],
  { types, after, limit }: TimelineWish,
): Promise<{ events: LoggedEvent[]; horizon: string }> {
  const horizon = await readHorizon(tx);
  const place = sql`(${events.epoch}, ${events.xid}, ${events.seq})`;
  const ofOrder = tx
    .select(getTableColumns(events))
    .from(events)
    .where(
      and(
        visible(events, access),
        eq(events.orderId, sql`asked.id`),
        sql`(${events.epoch} < ${horizon.epoch} or ${events.xid} < ${String(horizon.xid)}::xid8)`,
        types ? isAnyOf(events.type, types) : undefined,
        after
          ? sql`${place} > (${after.epoch}::int, ${String(after.xid)}::xid8, ${String(after.seq)}::bigint)`
          : undefined,
      ),
    )
    .orderBy(events.epoch, events.xid, events.seq)
    .limit(limit)
    .as("of_order");
  const rows = await tx
    .select()
    .from(sql`unnest(${sql.param([...orderIds])}::text[]) as asked(id)`)
    .crossJoinLateral(ofOrder);
  return {
    events: rows.map((row) => toPlaced(row.of_order).event),
    horizon: encodeCursor(horizon),
  };
}
