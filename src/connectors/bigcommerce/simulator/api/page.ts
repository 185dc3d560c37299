import { invalidField, Problem, V2Error } from "./errors.js";
import type { RouteAnswer } from "./route.js";

const usualLimit = 50;
const mostV2 = 250;
const mostV3 = 250;

/** One page of a v2 list: bare, and 204 without a body where it is empty. */
export function pageV2<T>(
  list: readonly T[],
  query: URLSearchParams,
  show: (each: T) => unknown = (each) => each,
): RouteAnswer {
  const page = whole(query, "page", 1);
  const limit = whole(query, "limit", usualLimit);
  if (page === undefined) throw invalidField("page");
  if (limit === undefined) throw invalidField("limit");
  if (limit > mostV2) throw new V2Error(413, `The limit must not be greater than ${mostV2}.`);
  const rows = list.slice((page - 1) * limit, page * limit);
  return rows.length === 0 ? { status: 204 } : { body: rows.map(show) };
}

/** One page of a v3 list in its envelope; an empty one is an empty list. */
export function pageV3<T>(
  list: readonly T[],
  query: URLSearchParams,
  { most = mostV3, show = (each) => each }: { most?: number; show?: (each: T) => unknown } = {},
): RouteAnswer {
  const page = whole(query, "page", 1);
  const limit = whole(query, "limit", usualLimit);
  if (page === undefined || limit === undefined)
    throw new Problem(422, "The filter(s): page, limit are not valid filter parameter(s).");
  if (limit > most) throw new Problem(413, `The limit must not be greater than ${most}.`);
  const rows = list.slice((page - 1) * limit, page * limit);
  const pages = Math.ceil(list.length / limit);
  const link = (to: number): string => {
    const next = new URLSearchParams(query);
    next.set("page", String(to));
    next.set("limit", String(limit));
    return `?${next}`;
  };
  const links = {
    ...(page > 1 && { previous: link(page - 1) }),
    ...(page < pages && { next: link(page + 1) }),
    current: link(page),
  };
  const pagination = {
    total: list.length,
    count: rows.length,
    per_page: limit,
    current_page: page,
    total_pages: pages,
    links,
  };
  return { body: { data: rows.map(show), meta: { pagination } } };
}

/** A whole number above 0 of the query; undefined where it is none. */
function whole(query: URLSearchParams, name: string, usual: number): number | undefined {
  const given = query.get(name);
  if (given === null) return usual;
  return /^[1-9]\d*$/.test(given) ? Number(given) : undefined;
}
