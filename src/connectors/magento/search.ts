import { z } from "zod";
import { ChannelError } from "../../domain/errors.js";
import type { Magento } from "./client.js";

/** One condition on a column; Magento knows no others than these of us. */
export interface Filter {
  field: string;
  is: "eq" | "gt" | "gteq" | "lt" | "lteq" | "in" | "nin";
  value: string;
}

export interface Search {
  /** "/orders", "/shipments", "/invoices", "/creditmemos" or "/returns". */
  path: string;
  /** Every group must hold, and of each group any filter. */
  groups: readonly (readonly Filter[])[];
  /** Columns in order, with the direction: without one Magento sorts downward. */
  sort: readonly (readonly [field: string, direction: "ASC" | "DESC"])[];
  pageSize: number;
  /** Which parts of each item to send, in Magento's own notation. */
  fields?: string;
}

export interface Found {
  items: Row[];
  /** How many there are in all, on this page and behind it. */
  total: number;
}

/** A whole number, which extensions of shops also write as text. */
const whole = z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]);

/** What walking needs of a row; the rest is looked at later, one by one. */
const rowSchema = z.looseObject({
  entity_id: whole,
  order_id: whole.optional(),
  created_at: z.string().optional(),
  updated_at: z.string().optional(),
});
export type Row = z.output<typeof rowSchema>;

/** When a row changed last, as Magento writes it; what changes without a word keeps the time of its making. */
export function changedAt(row: Row): string {
  return row.updated_at ?? row.created_at ?? "";
}

/** One condition, to be put into a group. */
export function filter(field: string, is: Filter["is"], value: string): Filter {
  return { field, is, value };
}

/** Under `fields` an empty list is null (measured). */
const foundSchema = z
  .object({ items: z.array(rowSchema).nullable(), total_count: whole })
  .transform(({ items, total_count }): Found => ({ items: items ?? [], total: total_count }));

/**
 * One page of a list. The first page is always asked for: filters do the walking, since 2.3 repeats its last page where
 * later versions answer an empty one. A shop that limits pages (off by default) names its limit, and gets its way.
 */
export async function search(
  magento: Magento,
  wanted: Search,
  signal?: AbortSignal,
): Promise<Found> {
  try {
    return foundSchema.parse(await magento.get(wanted.path, queryOf(wanted), signal));
  } catch (error) {
    const limit = pageLimit(error);
    if (limit === null || limit >= wanted.pageSize) throw error;
    const query = queryOf({ ...wanted, pageSize: limit });
    return foundSchema.parse(await magento.get(wanted.path, query, signal));
  }
}

/** All rows with one of these values in a column, in pages by id. */
export async function searchAll(
  magento: Magento,
  wanted: Pick<Search, "path" | "fields"> & { field: string; values: readonly string[] },
  signal?: AbortSignal,
): Promise<Row[]> {
  const { path, field, values, fields } = wanted;
  const rows: Row[] = [];
  if (values.length === 0) return rows;
  for (;;) {
    const last = rows.at(-1)?.entity_id ?? 0;
    const found = await search(
      magento,
      {
        path,
        ...(fields ? { fields } : {}),
        groups: [
          [{ field, is: "in", value: values.join(",") }],
          [{ field: "entity_id", is: "gt", value: String(last) }],
        ],
        sort: [["entity_id", "ASC"]],
        pageSize: PAGE,
      },
      signal,
    );
    if (found.items.some(({ entity_id }) => entity_id <= last)) throw disobedient(path);
    rows.push(...found.items);
    if (found.items.length === 0 || found.items.length >= found.total) return rows;
  }
}

/** Rows of one page: Magento's own highest where it limits pages is 300, and a row of an order has 15 KB. */
export const PAGE = 100;

/** A list that ignores what it was asked would be read for ever, or in parts. */
export function disobedient(path: string): ChannelError {
  return new ChannelError(
    "CHANNEL_REJECTED",
    `Magento: the shop ignores filters when it lists ${path.slice(1)}, so none could be sure to be seen; find out which extension changes its REST API`,
    { mayHaveHappened: false },
  );
}

function queryOf({ groups, sort, pageSize, fields }: Search): Record<string, string> {
  const query: Record<string, string> = {};
  groups.forEach((filters, group) => {
    filters.forEach(({ field, is, value }, at) => {
      const name = `searchCriteria[filterGroups][${group}][filters][${at}]`;
      query[`${name}[field]`] = field;
      query[`${name}[value]`] = value;
      query[`${name}[conditionType]`] = is;
    });
  });
  sort.forEach(([field, direction], at) => {
    query[`searchCriteria[sortOrders][${at}][field]`] = field;
    query[`searchCriteria[sortOrders][${at}][direction]`] = direction;
  });
  query["searchCriteria[pageSize]"] = String(pageSize);
  query["searchCriteria[currentPage]"] = "1";
  if (fields) query.fields = `items[${fields}],total_count`;
  return query;
}

/** "Maximum SearchCriteria pageSize is 50" */
function pageLimit(error: unknown): number | null {
  if (!(error instanceof ChannelError) || error.httpStatus !== 400) return null;
  const limit = /SearchCriteria pageSize is (\d+)/.exec(error.upstreamMessage ?? "")?.[1];
  return limit === undefined ? null : Number(limit);
}
