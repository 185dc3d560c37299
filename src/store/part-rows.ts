import { isDeepStrictEqual } from "node:util";
import type { Order } from "../domain/order.js";
import type { Identity } from "../domain/part.js";

/** What the row of every part of an order holds, with the part's place among its like. */
export function partRow(tenantId: string, { id, channelId }: Pick<Order, "id" | "channelId">) {
  return (part: Identity, position: number) => ({
    tenantId,
    orderId: id,
    channelId,
    id: part.id,
    nativeId: part.nativeId,
    owner: part.owner,
    removedAt: part.removedAt ? new Date(part.removedAt) : null,
    position,
  });
}

/** What a part says beside who it is. */
export function factsOf<Row extends Identity>(row: Row): Omit<Row, keyof Identity> {
  const { id: _, nativeId: _n, owner: _o, removedAt: _r, ...facts } = row;
  return facts;
}

/**
 * Rows that are new, changed or moved, each with its place. Those without an id of the platform come first: one of them may
 * give up its own to another of the same statement.
 */
export function differing<Row extends Identity>(
  before: readonly Row[] | undefined,
  after: readonly Row[],
  besides: (row: Row) => boolean = () => false,
): [row: Row, position: number][] {
  const old = new Map(before?.map((row, position) => [row.id, { row, position }]));
  const rows = after.flatMap((row, position): [row: Row, position: number][] => {
    const known = old.get(row.id);
    const same = known?.position === position && isDeepStrictEqual(known.row, row) && !besides(row);
    return same ? [] : [[row, position]];
  });
  const named = ([{ nativeId }]: [row: Row, position: number]) => Number(nativeId !== null);
  return rows.sort((a, b) => named(a) - named(b));
}
