import { adopt, sameRefund, sameReturn } from "./adopt.js";
import type { Told } from "./age.js";
import type { NodeType } from "./id.js";
import { ours } from "./line-refs.js";
import type { Order } from "./order.js";
import type { Identity, MadeBy } from "./part.js";
import type { Refund, RefundFacts } from "./refund.js";
import type { Return, ReturnFacts, ReturnLine } from "./return.js";
import { type MergeContext, mergeRows } from "./rows.js";
import type { Native } from "./snapshot.js";
import type { Instant } from "./time.js";

/** Takes returns in, and ties such as a command planned to what the channel now reports; answers those. Changes the order in place. */
export function mergeReturns(
  order: Order,
  section: Told<Native<ReturnFacts>[]>,
  lineIds: Map<string, string>,
  context: MergeContext,
): Return[] {
  const value = section.value.map((news) => ({ ...news, lines: ours(news.lines, lineIds) }));
  const before = new Map(order.returns.map((row) => [row.id, row]));
  const { rows, adopted } = mergeMade<Return, ReturnFacts>(
    order.returns,
    { ...section, value },
    { type: "Return", alike: sameReturn },
    context,
  );
  const told = new Set(value.map((news) => news.nativeId));
  order.returns = rows.map((row) =>
    row.nativeId !== null && told.has(row.nativeId)
      ? { ...row, projection: "NATIVE", made: true, lines: withOurWords(row, before.get(row.id)) }
      : row,
  );
  return named(order.returns, adopted);
}

/** What the platform has no word for stays as it was said here: what is wished for a line, and why it is not sold again. */
function withOurWords({ lines }: Return, before: Return | undefined): ReturnLine[] {
  const known = new Map(askedFor(before)?.lines.map((line) => [line.lineId, line]));
  return lines.map((line) => {
    const own = known.get(line.lineId);
    const vaguer = line.disposition === "NOT_RESTOCKED" && own?.disposition === "DAMAGED";
    return {
      ...line,
      resolution: own?.resolution ?? line.resolution,
      disposition: vaguer ? "DAMAGED" : line.disposition,
    };
  });
}

/** The row as it was known, where a command of ours asked for it. */
function askedFor<Row extends MadeBy>(row: Row | undefined): Row | null {
  return row?.commandId ? row : null;
}

/** Takes refunds in, as `mergeReturns` does. */
export function mergeRefunds(
  order: Order,
  section: Told<Native<RefundFacts>[]>,
  lineIds: Map<string, string>,
  context: MergeContext,
): Refund[] {
  const value = section.value.map((news) => ({ ...news, lines: ours(news.lines, lineIds) }));
  const before = new Map(order.refunds.map((row) => [row.id, row]));
  const { rows, adopted } = mergeMade<Refund, RefundFacts>(
    order.refunds,
    { ...section, value },
    { type: "Refund", alike: sameRefund },
    context,
  );
  // Where the platform ties no refund to a return, or says nothing of the stock, what we asked for still does.
  order.refunds = rows.map((row) => {
    const asked = askedFor(before.get(row.id));
    const restock = new Map(asked?.lines.map((line) => [line.lineId, line.restocked]));
    return {
      ...row,
      returnId: row.returnId ?? before.get(row.id)?.returnId ?? null,
      lines: row.lines.map((line) => ({
        ...line,
        restocked: line.restocked ?? restock.get(line.lineId) ?? null,
      })),
    };
  });
  return named(order.refunds, adopted);
}

/** Ties refunds to the returns they pay for, also to such as arrived after them. Changes the order in place. */
export function resolveReturns(order: Order): void {
  const ids = new Map(
    order.returns.flatMap((row) => (row.nativeId === null ? [] : [[row.nativeId, row.id]])),
  );
  for (const refund of order.refunds)
    if (refund.returnId !== null) refund.returnId = ids.get(refund.returnId) ?? refund.returnId;
}

type Made = Identity & MadeBy & { marker: string | null };

function mergeMade<Row extends Made & Facts, Facts extends { marker: string | null }>(
  rows: readonly Row[],
  section: Told<Native<Facts>[]>,
  { type, alike }: { type: NodeType; alike: (row: Row, news: Facts, sentAt: Instant) => boolean },
  context: MergeContext,
): { rows: Row[]; adopted: Set<string> } {
  const known = new Set(rows.map((row) => row.nativeId));
  const matches = adopt(
    rows.filter((row) => row.nativeId === null && row.owner === "CHANNEL"),
    section.value.filter((news) => !known.has(news.nativeId)),
    alike,
  );
  const nativeIds = new Map([...matches].map(([news, row]) => [row.id, news.nativeId]));
  const tied = rows.map((row) => ({ ...row, nativeId: nativeIds.get(row.id) ?? row.nativeId }));
  const markers = new Map(tied.map((row) => [row.id, row.marker]));
  const merged = mergeRows<Row>(tied, section, type, context).map((row) => ({
    ...row,
    commandId: row.commandId ?? null,
    stepIndex: row.stepIndex ?? null,
    sentAt: row.sentAt ?? null,
    marker: row.marker ?? markers.get(row.id) ?? null,
  }));
  return { rows: merged, adopted: new Set(nativeIds.keys()) };
}

function named<Row extends Identity>(rows: readonly Row[], ids: ReadonlySet<string>): Row[] {
  return rows.filter((row) => ids.has(row.id));
}
