import { dbDate } from "./clock.js";
import { ApiError, internal, refuseMissing } from "./errors.js";
import type { PhpParams, PhpValue } from "./php.js";
import type { Site } from "./site.js";

/** A search as the request gave it; groups are joined by AND, filters within a group by OR. */
export interface SearchCriteria {
  groups: Filter[][];
  sorts: { field: string; direction: string | null }[];
  pageSize: number | null;
  currentPage: number | null;
}
interface Filter {
  field: string;
  value: string;
  condition: string;
}

/** A collection that can be searched by the columns of its table. */
export interface Collection<T> {
  rows: readonly T[];
  /** Columns of the table; any other field is an error of SQL. */
  columns: readonly string[];
  row: (entity: T) => Readonly<Record<string, unknown>>;
  view: (entity: T) => unknown;
}

/** Reads searchCriteria in camelCase or snake_case; throws where the parameter is not there at all. */
export function criteriaOf({ limits }: Site, query: PhpParams): SearchCriteria {
  const given = query.searchCriteria ?? query.search_criteria;
  if (given === undefined) refuseMissing(["searchCriteria"]);
  const criteria = snakeCased(typeof given === "object" ? given : {});
  const number = (value: PhpValue | undefined): number | null =>
    typeof value === "string" && value !== "" ? Number.parseInt(value, 10) || 0 : null;
  const pageSize = number(criteria.page_size);
  if (limits && (pageSize ?? 0) > limits.maxPageSize) {
    const most = { max: limits.maxPageSize };
    throw new ApiError(400, "Maximum SearchCriteria pageSize is %max", most);
  }
  return {
    groups: listOf(criteria.filter_groups).map((group) => listOf(group.filters).map(filterOf)),
    sorts: listOf(criteria.sort_orders).map(sortOf),
    pageSize: pageSize ?? limits?.defaultPageSize ?? null,
    currentPage: number(criteria.current_page),
  };
}

/** The page asked for, with the search repeated and the total counted. */
export function found<T>(
  { lastPageRepeats }: Site,
  criteria: SearchCriteria,
  { rows, columns, row, view }: Collection<T>,
): Record<string, unknown> {
  const { groups, sorts, pageSize, currentPage } = criteria;
  const fields = [...groups.flat(), ...sorts].map(({ field }) => field);
  if (!fields.every((field) => columns.includes(field))) throw internal("6b03b21de1b09");
  const isPlain = groups.length === 0 && sorts.length === 0;
  const entries = rows.map((entity) => ({ entity, values: isPlain ? {} : row(entity) }));
  const hits = entries.filter(({ values }) =>
    groups.every((group) => group.length === 0 || group.some((filter) => fits(values, filter))),
  );
  if (sorts.length > 0) hits.sort((one, other) => compare(sorts, one.values, other.values));
  const pages = pageSize ? Math.max(1, Math.ceil(hits.length / pageSize)) : 1;
  const asked = Math.max(1, currentPage ?? 1);
  const page = lastPageRepeats ? Math.min(asked, pages) : asked;
  const shown = pageSize ? hits.slice((page - 1) * pageSize, page * pageSize) : hits;
  return {
    items: shown.map(({ entity }) => view(entity)),
    search_criteria: viewCriteria(criteria),
    total_count: hits.length,
  };
}

/** The criteria of a list that belongs to one entity, such as an order's comments. */
export function belongingTo(id: number): SearchCriteria {
  const filter = { field: "parent_id", value: String(id), condition: "eq" };
  return { groups: [[filter]], sorts: [], pageSize: null, currentPage: null };
}

function viewCriteria({ groups, sorts, pageSize, currentPage }: SearchCriteria) {
  return {
    filter_groups: groups.map((filters) => ({
      filters: filters.map(({ field, value, condition }) => ({
        field,
        value,
        condition_type: condition,
      })),
    })),
    ...(sorts.length > 0 && {
      sort_orders: sorts.map(({ field, direction }) => ({
        field,
        ...(direction !== null && { direction }),
      })),
    }),
    ...(pageSize !== null && { page_size: pageSize }),
    ...(currentPage !== null && { current_page: currentPage }),
  };
}

function filterOf({ field, value, condition_type }: PhpParams): Filter {
  const condition = textOf(condition_type);
  return { field: textOf(field), value: textOf(value), condition: condition || "eq" };
}

function sortOf({ field, direction }: PhpParams): SearchCriteria["sorts"][number] {
  if (direction === undefined) return { field: textOf(field), direction: null };
  const wanted = textOf(direction).toUpperCase();
  if (wanted === "ASC" || wanted === "DESC") return { field: textOf(field), direction: wanted };
  throw new ApiError(
    400,
    "The sort order has to be specified as %1 for ascending order or %2 for descending order.",
    ["ASC", "DESC"],
  );
}

type Test = (value: Comparable, wanted: Comparable, filter: Filter) => boolean;
type Comparable = string | number;

const tests: Readonly<Record<string, Test>> = {
  eq: (value, wanted) => value === wanted,
  neq: (value, wanted) => value !== wanted,
  gt: (value, wanted) => value > wanted,
  gteq: (value, wanted) => value >= wanted,
  moreq: (value, wanted) => value >= wanted,
  from: (value, wanted) => value >= wanted,
  lt: (value, wanted) => value < wanted,
  lteq: (value, wanted) => value <= wanted,
  to: (value, wanted) => value <= wanted,
  in: (value, _, filter) => listed(value, filter),
  nin: (value, _, filter) => !listed(value, filter),
  finset: (value, wanted) => String(value).split(",").includes(String(wanted)),
  nfinset: (value, wanted) => !String(value).split(",").includes(String(wanted)),
  like: (value, _, filter) => isLike(value, filter.value),
  nlike: (value, _, filter) => !isLike(value, filter.value),
};

/** An unknown condition is taken for "eq" (measured); null fits nothing but "null". */
function fits(values: Readonly<Record<string, unknown>>, filter: Filter): boolean {
  const value = values[filter.field];
  const isNull = typeof value !== "string" && typeof value !== "number";
  if (filter.condition === "null") return isNull;
  if (filter.condition === "notnull") return !isNull;
  if (isNull) return false;
  const test = tests[filter.condition] ?? tests.eq;
  const cast = (text: string): Comparable => comparable(value, filter.field, text);
  return test?.(cast(String(value)), cast(filter.value), filter) ?? false;
}

/** As the database compares: numbers as numbers, dates as dates, text without regard to case. */
function comparable(column: Comparable, field: string, text: string): Comparable {
  if (typeof column === "number") return Number.parseFloat(text) || 0;
  return field.endsWith("_at") ? dbDate(text) : text.toLowerCase();
}

function listed(value: Comparable, { field, value: list }: Filter): boolean {
  return list.split(",").some((each) => comparable(value, field, each.trim()) === value);
}

function isLike(value: Comparable, pattern: string): boolean {
  const expression = pattern
    .toLowerCase()
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  return new RegExp(`^${expression}$`, "s").test(String(value));
}

/** By each sort in turn; one without a direction runs downwards (measured). */
function compare(
  sorts: SearchCriteria["sorts"],
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): number {
  for (const { field, direction } of sorts) {
    const [first, second] = [one[field] ?? "", other[field] ?? ""] as [Comparable, Comparable];
    if (first === second) continue;
    return first < second === (direction === "ASC") ? -1 : 1;
  }
  return 0;
}

function listOf(value: PhpValue | undefined): PhpParams[] {
  if (typeof value !== "object") return [];
  return Object.values(value).filter((each): each is PhpParams => typeof each === "object");
}

function snakeCased(value: PhpParams): PhpParams {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      typeof inner === "object" ? snakeCased(inner) : inner,
    ]),
  );
}

function textOf(value: PhpValue | undefined): string {
  return typeof value === "string" ? value : "";
}
