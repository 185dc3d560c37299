import { filterBound, isDate } from "./clock.js";
import type { Parameters } from "./parameters.js";
import { buildPhpQuery, type PhpParams } from "./php.js";
import type { RouteAnswer, RouteCall } from "./router.js";

/** Arguments that every list takes. */
export const collectionParameters: Parameters = {
  context: { type: "string", enum: ["view", "edit"], default: "view" },
  page: { type: "integer", default: 1, minimum: 1 },
  per_page: { type: "integer", default: 10, minimum: 1, maximum: 100 },
  search: { type: "string" },
  after: { type: "string", format: "date-time" },
  before: { type: "string", format: "date-time" },
  exclude: { type: "array", items: { type: "integer" }, default: [] },
  include: { type: "array", items: { type: "integer" }, default: [] },
  offset: { type: "integer" },
  order: { type: "string", enum: ["asc", "desc"], default: "desc" },
};

/** Those of orders and refunds besides. */
export const orderCollectionParameters: Parameters = {
  ...collectionParameters,
  modified_after: { type: "string", format: "date-time" },
  modified_before: { type: "string", format: "date-time" },
  dates_are_gmt: { type: "boolean", default: false },
  orderby: {
    type: "string",
    enum: ["date", "id", "include", "title", "slug", "modified"],
    default: "date",
  },
  parent: { type: "array", items: { type: "integer" }, default: [] },
  parent_exclude: { type: "array", items: { type: "integer" }, default: [] },
  dp: { type: "integer", default: 2 },
};

interface Row {
  id: number;
  createdAt: number;
  modifiedAt?: number | null;
}

/**
 * The rows that dates, include and exclude leave, in the order asked for. Ties follow the id, but for times of change in
 * 9.9.5, which has equal ones in any order (measured).
 */
export function filtered<T extends Row>(
  rows: readonly T[],
  { site, args }: Pick<RouteCall, "site" | "args">,
): T[] {
  const include = args.include as number[];
  const exclude = args.exclude as number[];
  const bound = (name: string): number | undefined =>
    typeof args[name] === "string" && isDate(args[name])
      ? filterBound(args[name], args.dates_are_gmt === true)
      : undefined;
  const [after, before] = [bound("after"), bound("before")];
  const [modifiedAfter, modifiedBefore] = [bound("modified_after"), bound("modified_before")];
  // Every bound is exclusive and to the second: what happened in that very second is left out (measured).
  const kept = rows.filter(
    ({ id, createdAt, modifiedAt }) =>
      (include.length === 0 || include.includes(id)) &&
      !exclude.includes(id) &&
      (after === undefined || createdAt > after) &&
      (before === undefined || createdAt < before) &&
      (modifiedAfter === undefined || (modifiedAt ?? createdAt) > modifiedAfter) &&
      (modifiedBefore === undefined || (modifiedAt ?? createdAt) < modifiedBefore),
  );
  const by = String(args.orderby ?? "date");
  const isStable = site.version === "10.5.0" || by !== "modified";
  const lots = new Map(isStable ? [] : kept.map(({ id }) => [id, site.random.integer(0, 1e6)]));
  return kept.sort(comparison<T>(by, args.order === "asc", include, lots));
}

/** Of equal rows the lot decides, where they have one. */
function comparison<T extends Row>(
  by: string,
  ascending: boolean,
  include: readonly number[],
  lots: ReadonlyMap<number, number>,
) {
  const direction = ascending ? 1 : -1;
  const sorts: Record<string, (row: T) => number> = {
    date: ({ createdAt }) => createdAt,
    modified: ({ createdAt, modifiedAt }) => modifiedAt ?? createdAt,
    include: ({ id }) => include.indexOf(id) * direction,
  };
  const value = sorts[by] ?? (({ id }: T) => id);
  const lot = ({ id }: T): number => lots.get(id) ?? id;
  return (one: T, other: T): number =>
    direction * (value(one) - value(other) || lot(one) - lot(other));
}

/**
 * One page of rows with the headers of a list: X-WP-Total, X-WP-TotalPages and Link, whose URLs repeat
 * the query, credentials included. A page past the end is empty and no error.
 */
export function paged<T>(
  { site, args, query }: RouteCall,
  path: string,
  rows: readonly T[],
  view: (row: T) => unknown,
): RouteAnswer {
  const perPage = args.per_page as number;
  const page = args.page as number;
  const start = (args.offset as number | undefined) ?? (page - 1) * perPage;
  const pages = Math.ceil(rows.length / perPage);
  const linkTo = (to: number, rel: string): string => {
    const { _fields, ...rest } = query;
    const params: PhpParams = {
      ...rest,
      ...(_fields && { _fields }),
      page: String(to),
      ...shownDefaults(args),
    };
    return `<${site.url}/wp-json${path}?${buildPhpQuery(params)}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [linkTo(Math.min(page - 1, Math.max(1, pages)), "prev")] : []),
    ...(pages > page ? [linkTo(page + 1, "next")] : []),
  ];
  return {
    body: rows.slice(start, start + perPage).map(view),
    headers: {
      "x-wp-total": String(rows.length),
      "x-wp-totalpages": String(pages),
      ...(links.length > 0 && { link: links.join(", ") }),
    },
  };
}

/** The recorded links name these even where the client did not, and the status as a list. */
function shownDefaults({ dp, context, status }: RouteCall["args"]): PhpParams {
  const shown: PhpParams = { context: String(context) };
  if (Array.isArray(status)) shown.status = Object.fromEntries((status as string[]).entries());
  if (dp !== undefined) shown.dp = String(dp);
  return shown;
}
