import { adopt } from "./adopt.js";
import { distinct, gateOf, type Told } from "./age.js";
import type { Fulfillment, Package, TrackingEvent } from "./fulfillment.js";
import type { NodeType } from "./id.js";
import type { LineFacts, Order, OrderHead } from "./order.js";
import type { Identity } from "./part.js";
import type { LineQuantity } from "./quantity.js";
import type { Native, NativeFulfillment, NativeScan, Snapshot } from "./snapshot.js";
import type { Instant } from "./time.js";

/** What merging needs besides the two sides. */
export interface MergeContext {
  mint: (type: NodeType) => string;
  now: Instant;
}

export interface Merged {
  order: Order;
  /** Planned shipments that the channel has now reported. */
  adopted: Fulfillment[];
}

/** An order of which nothing is known yet but its head. */
export function newOrder(
  channelId: string,
  nativeId: string,
  head: OrderHead,
  context: MergeContext,
): Order {
  return {
    id: context.mint("Order"),
    channelId,
    nativeId,
    version: 0,
    updatedAt: context.now,
    deletedAt: null,
    sections: {},
    head,
    lines: [],
    fulfillments: [],
    fulfillmentOrders: [],
    refunds: [],
    transactions: [],
  };
}

/**
 * Takes into an order what a channel says of it. Pure and idempotent: the same snapshot twice changes nothing the second
 * time. Each section is guarded by its own age, and so is each row that came in a partial one; an older word changes
 * nothing, only a complete section removes, and only what the channel owns. Rows keep the id they were given first.
 */
export function merge(before: Order, snapshot: Snapshot, context: MergeContext): Merged {
  const order = structuredClone(before);
  const letIn = gateOf(order.sections, context.now);
  const head = letIn("head", snapshot.head);
  if (head) order.head = carryOver(order.head, head.value);
  mergeDeletion(order, snapshot, head !== null);
  const lines = letIn("lines", snapshot.lines);
  if (lines) order.lines = mergeLines(order, lines, context);
  const lineIds = idsOf(order.lines);
  const shipments = letIn("fulfillments", snapshot.fulfillments);
  const adopted = shipments ? mergeFulfillments(order, shipments, lineIds, context) : [];
  const scans = letIn("scans", snapshot.scans);
  if (scans) mergeScans(order, scans, context);
  const work = letIn("fulfillmentOrders", snapshot.fulfillmentOrders);
  if (work)
    order.fulfillmentOrders = mergeRows(
      order.fulfillmentOrders,
      work,
      "FulfillmentOrder",
      context,
    ).map((row) => ({ ...row, lines: ours(row.lines, lineIds) }));
  const refunds = letIn("refunds", snapshot.refunds);
  if (refunds)
    order.refunds = mergeRows(order.refunds, refunds, "Refund", context).map((row) => ({
      ...row,
      lines: ours(row.lines, lineIds),
    }));
  const moves = letIn("transactions", snapshot.transactions);
  if (moves) order.transactions = mergeRows(order.transactions, moves, "Transaction", context);
  resolveLines(order);
  return { order, adopted };
}

/**
 * What a newer head leaves unsaid stays as it was known: where one status field serves for everything, a later value of it
 * (WooCommerce's `refunded`) hides what an earlier one (`completed`) said of another dimension. And a platform that keeps
 * no time of canceling names a new one with every change; the first is kept.
 */
function carryOver(before: OrderHead, now: OrderHead): OrderHead {
  return {
    ...now,
    claims: { ...before.claims, ...now.claims },
    canceledAt: now.canceledAt && (before.canceledAt ?? now.canceledAt),
  };
}

/** An order is gone when the channel says so, unless in a word older than the head we know; a head seen later brings it back. */
function mergeDeletion(order: Order, { head, deletedAt }: Snapshot, headTaken: boolean): void {
  if (deletedAt) {
    if (headTaken || !head) order.deletedAt ??= deletedAt;
  } else if (order.deletedAt && headTaken && head && head.asOf > order.deletedAt)
    order.deletedAt = null;
}

function mergeLines(
  order: Order,
  section: Told<Native<LineFacts>[]>,
  context: MergeContext,
): Order["lines"] {
  const rows = mergeRows(order.lines, section, "OrderLine", context);
  const ids = idsOf(rows);
  return rows.map((row) => ({
    ...row,
    parentLineId:
      row.parentLineId === null ? null : (ids.get(row.parentLineId) ?? row.parentLineId),
  }));
}

/** Takes rows of one noun in by their native ids; what a complete section does not name is marked removed. */
function mergeRows<Row extends Identity>(
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

function mergeFulfillments(
  order: Order,
  section: Told<NativeFulfillment[]>,
  lineIds: Map<string, string>,
  context: MergeContext,
): Fulfillment[] {
  const value = section.value.map((news) => ({
    ...news,
    lines: ours(news.lines, lineIds),
    packages: news.packages.map((parcel) => ({ ...parcel, lines: ours(parcel.lines, lineIds) })),
  }));
  const known = new Set(order.fulfillments.map((row) => row.nativeId));
  const planned = order.fulfillments.filter(
    (row) => row.nativeId === null && row.owner === "CHANNEL",
  );
  const matches = adopt(
    planned,
    value.filter((news) => !known.has(news.nativeId)),
  );
  for (const [news, row] of matches) row.nativeId = news.nativeId;
  const previous = new Map(order.fulfillments.map((row) => [row.nativeId, row]));
  order.fulfillments = mergeRows(
    order.fulfillments,
    { ...section, value: value.map(({ packages: _, ...facts }) => facts) },
    "Fulfillment",
    context,
  );
  for (const news of value) {
    const old = previous.get(news.nativeId);
    if (old && section.later.has(news.nativeId)) continue;
    const row = order.fulfillments.find((f) => f.nativeId === news.nativeId) as Fulfillment;
    // A shipment's own message names all its packages, also where the section does not name all shipments.
    row.packages = mergeRows(
      old?.packages ?? [],
      { asOf: section.asOf, complete: true, value: distinct(news.packages), later: new Set() },
      "Package",
      context,
    ).map((parcel) => ({ ...parcel, scans: parcel.scans ?? [] }));
    row.commandId = old?.commandId ?? null;
    row.stepIndex = old?.stepIndex ?? null;
    row.sentAt = old?.sentAt ?? null;
    row.marker = news.marker ?? old?.marker ?? null;
  }
  return [...matches.values()].map(
    (row) => order.fulfillments.find((f) => f.id === row.id) as Fulfillment,
  );
}

function mergeScans(order: Order, section: Told<NativeScan[]>, context: MergeContext): void {
  const news = new Map<Package, NativeScan[]>();
  for (const scan of section.value) {
    if (section.later.has(scan.nativeId)) continue;
    const parcel = parcelOf(order, scan, context);
    if (parcel) news.set(parcel, [...(news.get(parcel) ?? []), scan]);
  }
  for (const shipment of order.fulfillments)
    for (const parcel of shipment.packages) {
      const value = (news.get(parcel) ?? []).map(
        ({ fulfillmentNativeId: _f, packageNativeId: _p, ...scan }) => scan,
      );
      if (value.length === 0 && !section.complete) continue;
      parcel.scans = mergeRows<TrackingEvent>(
        parcel.scans,
        { ...section, value },
        "TrackingEvent",
        context,
      ).map((scan) => ({ ...scan, recordedAt: scan.recordedAt ?? context.now }));
    }
}

/**
 * The package a scan belongs to: the named one (it moves there), else the one that has it, else the shipment's first;
 * a shipment without any gets an untracked one.
 */
function parcelOf(order: Order, scan: NativeScan, context: MergeContext): Package | null {
  const shipment = order.fulfillments.find((f) => f.nativeId === scan.fulfillmentNativeId);
  if (!shipment) return null;
  const { packages } = shipment;
  const isIt = (row: TrackingEvent) => row.nativeId === scan.nativeId;
  const holder = packages.find((parcel) => parcel.scans.some(isIt));
  const named = packages.find(
    (parcel) => parcel.nativeId !== null && parcel.nativeId === scan.packageNativeId,
  );
  const parcel = named ?? holder ?? packages.find((each) => each.removedAt === null) ?? packages[0];
  if (!parcel) return untracked(shipment, context);
  if (holder && holder !== parcel) {
    parcel.scans.push(...holder.scans.filter(isIt));
    holder.scans = holder.scans.filter((row) => !isIt(row));
  }
  return parcel;
}

function untracked(shipment: Fulfillment, context: MergeContext): Package {
  const parcel: Package = {
    id: context.mint("Package"),
    nativeId: null,
    owner: "GATEWAY",
    removedAt: null,
    tracking: null,
    lines: [],
    scans: [],
  };
  shipment.packages.push(parcel);
  return parcel;
}

function idsOf(lines: Order["lines"]): Map<string, string> {
  return new Map(lines.flatMap((line) => (line.nativeId ? [[line.nativeId, line.id]] : [])));
}

/** Line references in our ids; one that is not known (yet) keeps the shop's id, marked, so that nothing is lost. */
function ours<T extends LineQuantity | { lineId: string }>(
  lines: readonly T[],
  ids: Map<string, string>,
): T[] {
  return lines.map((line) => ({
    ...line,
    lineId: ids.get(line.lineId) ?? markUnknown(line.lineId, ids),
  }));
}

const UNKNOWN_LINE = "native:";

function markUnknown(lineId: string, ids: Map<string, string>): string {
  const known = lineId.startsWith(UNKNOWN_LINE) || [...ids.values()].includes(lineId);
  return known ? lineId : `${UNKNOWN_LINE}${lineId}`;
}

/** Lines that arrived after what names them. */
function resolveLines(order: Order): void {
  const ids = idsOf(order.lines);
  const resolve = (line: { lineId: string }) => {
    if (line.lineId.startsWith(UNKNOWN_LINE))
      line.lineId = ids.get(line.lineId.slice(UNKNOWN_LINE.length)) ?? line.lineId;
  };
  for (const shipment of order.fulfillments) {
    shipment.lines.forEach(resolve);
    for (const parcel of shipment.packages) parcel.lines.forEach(resolve);
  }
  for (const refund of order.refunds) refund.lines.forEach(resolve);
  for (const work of order.fulfillmentOrders) work.lines.forEach(resolve);
}
