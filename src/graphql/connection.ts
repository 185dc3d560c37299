import { InvalidInput } from "../domain/errors.js";

/** No page is larger; asking for more is refused rather than silently cut. */
export const MAX_PAGE = 250;

export interface PageArgs {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** Which way to read, from where, and how far; `limit` items are wanted. */
export interface PageWish {
  backward: boolean;
  limit: number;
  cursor: string | null;
}

/** Checks the arguments of a connection; throws InvalidInput where they contradict each other. */
export function pageWish(args: PageArgs, byDefault: number): PageWish {
  const { first, after, last, before } = args;
  if (last != null) {
    if (after != null)
      throw new InvalidInput("`last` goes with `before`, not with `after`", ["after"]);
    return { backward: true, limit: pageSize(last, "last"), cursor: before ?? null };
  }
  if (before != null) throw new InvalidInput("`before` goes with `last`", ["before"]);
  return { backward: false, limit: pageSize(first ?? byDefault, "first"), cursor: after ?? null };
}

/** A page size between 0 and 250; throws InvalidInput. */
export function pageSize(size: number, name: string): number {
  if (size < 0 || size > MAX_PAGE)
    throw new InvalidInput(`\`${name}\` is ${size}; it can be 0 to ${MAX_PAGE}`, [name]);
  return size;
}

export interface Edge<T> {
  node: T;
  cursor: string;
}
export interface Connection<T> {
  edges: Edge<T>[];
  nodes: T[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/** A connection of a page that was read with one item more than was wanted, in reading order. */
export function connectionOf<T>(
  read: T[],
  wish: PageWish,
  cursorOf: (item: T) => string,
): Connection<T> {
  const more = read.length > wish.limit;
  const nodes = more ? read.slice(0, wish.limit) : [...read];
  if (wish.backward) nodes.reverse();
  const edges = nodes.map((node) => ({ node, cursor: cursorOf(node) }));
  const cameFrom = wish.cursor !== null;
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: wish.backward ? cameFrom : more,
      hasPreviousPage: wish.backward ? more : cameFrom,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A connection of a list that is at hand, with ids as cursors. A cursor whose item is gone is refused. */
export function connectionOfList<T extends { id: string }>(
  all: readonly T[],
  args: PageArgs,
  byDefault: number,
): Connection<T> {
  const wish = pageWish(args, byDefault);
  const after = wish.cursor === null ? null : openCursor(wish.cursor, ["item"])[1];
  const start = after === null ? 0 : all.findIndex((item) => item.id === after) + 1;
  if (after !== null && start === 0)
    throw new InvalidInput("The item that this cursor names is gone; begin again without it", [
      "after",
    ]);
  return connectionOf(all.slice(start, start + wish.limit + 1), wish, (item) =>
    sealCursor(["item", item.id]),
  );
}

/** A cursor is opaque to callers: parts as base64url JSON, the first naming what list it belongs to. */
export function sealCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/**
 * The parts of a cursor; throws InvalidInput where it is none of ours, or of another list or sort than `kind`
 * (the parts it must begin with).
 */
export function openCursor(cursor: string, kind: readonly string[]): string[] {
  const parts = partsOf(cursor);
  if (parts === null) throw new InvalidInput(`"${cursor.slice(0, 40)}" is no cursor of this API`);
  if (kind.some((part, index) => parts[index] !== part)) {
    throw new InvalidInput(
      `This cursor belongs to a list by ${parts.slice(0, kind.length).join(" ")}, not by ${kind.join(" ")}; ` +
        "begin again without it when the sort changes",
    );
  }
  return parts;
}

function partsOf(cursor: string): string[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    const isOurs = Array.isArray(parts) && parts.every((part) => typeof part === "string");
    return isOurs ? (parts as string[]) : null;
  } catch {
    return null;
  }
}
