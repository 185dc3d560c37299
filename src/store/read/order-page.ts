import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Tx } from "../db.js";
import { orders, orderTexts } from "../tables.js";
import { type Access, visible } from "./access.js";
import { type OrderFilter, orderCondition } from "./order-filter.js";
import { isFound, relevanceOf, type Search } from "./search.js";

export type OrderSortField = "PLACED_AT" | "UPDATED_AT" | "TOTAL" | "NUMBER" | "RELEVANCE";
export interface OrderSort {
  field: OrderSortField;
  direction: "ASC" | "DESC";
}

/** Where an order lies in a sorted list: the sort value as text, and its id. */
export interface OrderPosition {
  value: string;
  id: string;
}

/** Which orders: both must hold. */
export interface OrderWish {
  filter: OrderFilter;
  /** null searches for nothing. */
  search: Search | null;
}

export interface OrderPageWish extends OrderWish {
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
export function orderPageQuery(tx: Tx, access: Access, wish: OrderPageWish) {
  const { sort, after, backward, limit } = wish;
  const { columnOf, read } = SORTS[sort.field];
  const column = columnOf(wish.search);
  const ascending = (sort.direction === "ASC") !== backward;
  const direction = ascending ? asc : desc;
  const behind = after && isBehind(column, ascending, read(after.value), after.id);
  const query = tx
    .select({ value: column as SQL<SortValue>, id: orders.id })
    .from(orders)
    .$dynamic();
  if (sort.field === "RELEVANCE") query.innerJoin(orderTexts, areTextsOfOrder());
  return query
    .where(and(isWished(access, wish), behind ?? undefined))
    .orderBy(direction(column), direction(orders.id))
    .limit(limit);
}

function isWished(access: Access, { filter, search }: OrderWish): SQL | undefined {
  return and(
    visible(orders, access),
    orderCondition(filter, access),
    search ? isFound(search) : undefined,
  );
}

function areTextsOfOrder(): SQL {
  return and(eq(orderTexts.tenantId, orders.tenantId), eq(orderTexts.orderId, orders.id)) as SQL;
}

/** How many orders a filter and a search find, counted up to `max`, beyond which it is not exact. */
export async function countOrders(
  tx: Tx,
  access: Access,
  wish: OrderWish,
  max: number,
): Promise<{ value: number; exact: boolean }> {
  const found = tx
    .select({ one: sql`1`.as("one") })
    .from(orders)
    .where(isWished(access, wish))
    .limit(max + 1)
    .as("found");
  const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(found);
  const count = row?.count ?? 0;
  return { value: Math.min(count, max), exact: count <= max };
}

type SortValue = Date | bigint | string | number;

interface SortBy {
  /** What is sorted by: a column, so that an index serves it, or how well an order fits what is searched for. */
  columnOf: (search: Search | null) => AnyPgColumn | SQL<number>;
  /** Its value out of a cursor's text. */
  read: (text: string) => SQL;
  print: (value: SortValue) => string;
}

const moment: Omit<SortBy, "columnOf"> = {
  read: (text) => sql`${text}::timestamptz`,
  print: (value) => (value as Date).toISOString(),
};
const SORTS: Record<OrderSortField, SortBy> = {
  PLACED_AT: { columnOf: () => orders.placedAt, ...moment },
  UPDATED_AT: { columnOf: () => orders.updatedAt, ...moment },
  TOTAL: {
    columnOf: () => orders.totalMinor,
    read: (text) => sql`${text}::bigint`,
    print: String,
  },
  NUMBER: { columnOf: () => orders.number, read: (text) => sql`${text}`, print: String },
  RELEVANCE: {
    columnOf: (search) => relevanceOf(search ?? NOTHING),
    read: (text) => sql`${text}::int`,
    print: String,
  },
};
const NOTHING: Search = { words: [], fields: [] };

/** A comparison of whole rows, which an index on both columns serves. */
function isBehind(
  column: AnyPgColumn | SQL<number>,
  ascending: boolean,
  value: SQL,
  id: string,
): SQL {
  const operator = sql.raw(ascending ? ">" : "<");
  return sql`(${column}, ${orders.id}) ${operator} (${value}, ${id})`;
}
