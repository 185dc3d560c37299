import type { Told } from "./age.js";
import type { NodeType } from "./id.js";
import type { Identity } from "./part.js";
import type { Native } from "./snapshot.js";
import type { Instant } from "./time.js";

/** What merging needs besides the two sides. */
export interface MergeContext {
  mint: (type: NodeType) => string;
  now: Instant;
}

/** Takes rows of one noun in by their native ids; what a complete section does not name is marked removed. */
export function mergeRows<Row extends Identity>(
  rows: readonly Row[],
  { value, asOf, complete, later }: Told<Native<object>[]>,
  type: NodeType,
  context: MergeContext,
): Row[] {
  const known = new Map(
    rows.filter((row) => row.nativeId !== null).map((row) => [row.nativeId, row]),
  );
  const seen = new Set(value.map((facts) => facts.nativeId));
  const reported = value.map((facts): Row => {
    const row = known.get(facts.nativeId);
    if (row && later.has(facts.nativeId)) return row;
    const identity: Identity = {
      id: row?.id ?? context.mint(type),
      nativeId: facts.nativeId,
      owner: "CHANNEL",
      removedAt: null,
    };
    return { ...row, ...facts, ...identity } as unknown as Row;
  });
  const others = rows
    .filter((row) => row.nativeId === null || !seen.has(row.nativeId))
    .map((row) =>
      complete && !(row.nativeId !== null && later.has(row.nativeId)) ? withdrawn(row, asOf) : row,
    );
  return complete ? [...reported, ...others] : inPlace(rows, reported, others);
}

/** Keeps the order of rows where only some were reported. */
function inPlace<Row extends Identity>(
  rows: readonly Row[],
  reported: Row[],
  others: Row[],
): Row[] {
  const byId = new Map([...others, ...reported].map((row) => [row.id, row]));
  const kept = rows.map((row) => byId.get(row.id) as Row);
  const known = new Set(rows.map((row) => row.id));
  return [...kept, ...reported.filter((row) => !known.has(row.id))];
}

function withdrawn<Row extends Identity>(row: Row, at: Instant): Row {
  const stays = row.owner === "GATEWAY" || row.nativeId === null || row.removedAt !== null;
  return stays ? row : { ...row, removedAt: at };
}
