import { and, asc, desc, type SQL, sql } from "drizzle-orm";
import type { Tx } from "../db.js";
import { orders } from "../tables.js";
import { type Access, visible } from "./access.js";
import { type OrderFilter, orderCondition } from "./order-filter.js";

export type OrderSortField = "PLACED_AT" | "UPDATED_AT" | "TOTAL" | "NUMBER";
export interface OrderSort {
  field: OrderSortField;
  direction: "ASC" | "DESC";
}

/** Where an order lies in a sorted list: the sort value as text, and its id. */
export interface OrderPosition {
  value: string;
  id: string;
}

export interface OrderPageWish {
  filter: OrderFilter;
  sort: OrderSort;
  /** Go on right behind this one; null begins at the end that comes first. */
  after: OrderPosition | null;
  /** Read from the other end. */
  backward: boolean;
  limit: number;
}

/** Positions of one page, in reading order (from the other end where asked backward). */
export async function orderPage(
  tx: Tx,
  access: Access,
  wish: OrderPageWish,
): Promise<OrderPosition[]> {
  const { print } = SORTS[wish.sort.field];
  const rows = await orderPageQuery(tx, access, wish);
  return rows.map(({ value, id }) => ({ value: print(value), id }));
}

/** The statement of one page. It reads an index and no document: those come by id. */
export function orderPageQuery(
  tx: Tx,
  access: Access,
  { filter, sort, after, backward, limit }: OrderPageWish,
) {
  const { column, read } = SORTS[sort.field];
  const ascending = (sort.direction === "ASC") !== backward;
  const direction = ascending ? asc : desc;
  const behind = after && isBehind(column, ascending, read(after.value), after.id);
  return tx
    .select({ value: column, id: orders.id })
    .from(orders)
    .where(and(visible(orders, access), orderCondition(filter, access), behind ?? undefined))
    .orderBy(direction(column), direction(orders.id))
    .limit(limit);
}

/** How many orders a filter finds, counted up to `max`, beyond which it is not exact. */
export async function countOrders(
  tx: Tx,
  access: Access,
  filter: OrderFilter,
  max: number,
): Promise<{ value: number; exact: boolean }> {
  const found = tx
    .select({ one: sql`1`.as("one") })
    .from(orders)
    .where(and(visible(orders, access), orderCondition(filter, access)))
    .limit(max + 1)
    .as("found");
  const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(found);
  const count = row?.count ?? 0;
  return { value: Math.min(count, max), exact: count <= max };
}

interface SortBy {
  column:
    | typeof orders.placedAt
    | typeof orders.updatedAt
    | typeof orders.totalMinor
    | typeof orders.number;
  /** The column's value out of a cursor's text. */
  read: (text: string) => SQL;
  print: (value: Date | bigint | string) => string;
}

const moment: Omit<SortBy, "column"> = {
  read: (text) => sql`${text}::timestamptz`,
  print: (value) => (value as Date).toISOString(),
};
const SORTS: Record<OrderSortField, SortBy> = {
  PLACED_AT: { column: orders.placedAt, ...moment },
  UPDATED_AT: { column: orders.updatedAt, ...moment },
  TOTAL: { column: orders.totalMinor, read: (text) => sql`${text}::bigint`, print: String },
  NUMBER: { column: orders.number, read: (text) => sql`${text}`, print: String },
};

/** A comparison of whole rows, which an index on both columns serves. */
function isBehind(column: SortBy["column"], ascending: boolean, value: SQL, id: string): SQL {
  const operator = sql.raw(ascending ? ">" : "<");
  return sql`(${column}, ${orders.id}) ${operator} (${value}, ${id})`;
}
