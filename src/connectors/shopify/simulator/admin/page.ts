import { GraphQLError } from "graphql";
import { LosslessNumber, parse, stringify } from "lossless-json";
import { compare } from "../shop/status.js";

/** What the platform demands of every connection. */
export interface PageArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  reverse?: boolean | null;
}

export interface Paging<T> {
  /** Where an item stands in the order, e.g. its `updatedAt`; equals are told apart by id. Default only the id. */
  value?: (item: T) => string;
  id: (item: T) => string;
  node: (item: T) => unknown;
}

/** The most that one page may hold. */
const mostPerPage = 250;
/** Asks for all there is, which only a file can hold; no client can write it. */
export const everything = Number.POSITIVE_INFINITY;

/**
 * One page of a connection. Cursors hold a place in the sort order, not an index, so items that move
 * between two pages are neither repeated nor lost. Rejects what the platform rejects.
 */
export function page<T>(items: readonly T[], given: PageArguments, paging: Paging<T>) {
  const { first, last, after, before, reverse } = given;
  refuseBadSizes(given);
  const direction = reverse ? -1 : 1;
  const keyed = items
    .map((item) => ({ item, key: `${paging.value?.(item) ?? ""} ${paging.id(item)}` }))
    .sort((a, b) => direction * compare(a.key, b.key));
  const within = keyed.filter(
    ({ key }) =>
      (!after || direction * compare(key, keyOf(after)) > 0) &&
      (!before || direction * compare(key, keyOf(before)) < 0),
  );
  const kept = first != null ? within.slice(0, first) : within.slice(-(last ?? 0) || within.length);
  const edges = kept.map(({ item, key }) => ({ cursor: cursorOf(key), node: paging.node(item) }));
  return {
    nodes: edges.map(({ node }) => node),
    edges,
    pageInfo: {
      hasNextPage: first != null ? within.length > kept.length : Boolean(before),
      hasPreviousPage: last != null ? within.length > kept.length : Boolean(after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** The beginning of a list that is no connection; there `first` may be left out. */
export function firstOf<T>(items: readonly T[], { first }: PageArguments): readonly T[] {
  if (first == null) return items;
  refuseBadSizes({ first });
  return items.slice(0, first);
}

/** An error of the request itself, as the platform codes it. */
export const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });

function refuseBadSizes({ first, last }: PageArguments): void {
  if (first == null && last == null) throw badRequest("you must provide one of first or last");
  if (first != null && last != null)
    throw badRequest("providing both first and last is not supported");
  const [name, size] = first != null ? ["first", first] : ["last", last ?? 0];
  if (size < 0) throw badRequest(`${name} must be a positive integer when provided.`);
  if (size > mostPerPage && size !== everything)
    throw badRequest(`${name} cannot exceed ${mostPerPage}`);
}

function cursorOf(key: string): string {
  const [value, id] = split(key);
  const number = /^[1-9]\d*$/.test(id) ? new LosslessNumber(id) : id;
  const place = { last_id: number, last_value: value || id };
  return Buffer.from(stringify(place) ?? "").toString("base64");
}

function keyOf(cursor: string): string {
  try {
    const place = parse(Buffer.from(cursor, "base64").toString()) as Record<string, unknown>;
    const id = String(place.last_id);
    if (place.last_id === undefined) throw new TypeError("no last_id");
    return `${place.last_value === id ? "" : place.last_value} ${id}`;
  } catch (cause) {
    throw new GraphQLError("Invalid cursor for current pagination sort.", {
      extensions: { code: "BAD_REQUEST" },
      originalError: cause instanceof Error ? cause : null,
    });
  }
}

function split(key: string): [value: string, id: string] {
  const at = key.lastIndexOf(" ");
  return [key.slice(0, at), key.slice(at + 1)];
}
