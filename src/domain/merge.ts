import { adopt } from "./adopt.js";
import type { Fulfillment, Package, TrackingEvent } from "./fulfillment.js";
import type { NodeType } from "./id.js";
import type { Order, OrderHead, SectionName } from "./order.js";
import type { Identity } from "./part.js";
import type { LineQuantity } from "./quantity.js";
import type { Native, NativeFulfillment, NativeScan, Section, Snapshot } from "./snapshot.js";
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
 * time. Each section is guarded by its own age; an older one changes nothing, only a complete one removes, and only what
 * the channel owns. Rows keep the id they were given first.
 */
export function merge(before: Order, snapshot: Snapshot, context: MergeContext): Merged {
  const order = structuredClone(before);
  const taken = new Set<SectionName>();
  const accept = <T>(name: SectionName, section: Section<T> | undefined): section is Section<T> => {
    if (!section || isOlder(section, order.sections[name])) return false;
    if (section.complete) order.sections[name] = section.asOf;
    taken.add(name);
    return true;
  };
  const adopted: Fulfillment[] = [];
  if (accept("head", snapshot.head)) order.head = snapshot.head.value;
  if (accept("lines", snapshot.lines)) order.lines = mergeLines(order, snapshot.lines, context);
  const lineIds = idsOf(order.lines);
  if (accept("fulfillments", snapshot.fulfillments))
    adopted.push(...mergeFulfillments(order, snapshot.fulfillments, lineIds, context));
  if (accept("scans", snapshot.scans)) mergeScans(order, snapshot.scans, context);
  if (accept("fulfillmentOrders", snapshot.fulfillmentOrders))
    order.fulfillmentOrders = mergeRows(
      order.fulfillmentOrders,
      snapshot.fulfillmentOrders,
      "FulfillmentOrder",
      context,
    ).map((row) => ({ ...row, lines: ours(row.lines, lineIds) }));
  if (accept("refunds", snapshot.refunds))
    order.refunds = mergeRows(order.refunds, snapshot.refunds, "Refund", context).map((row) => ({
      ...row,
      lines: ours(row.lines, lineIds),
    }));
  if (accept("transactions", snapshot.transactions))
    order.transactions = mergeRows(
      order.transactions,
      snapshot.transactions,
      "Transaction",
      context,
    );
  resolveLines(order);
  mergeDeletion(order, snapshot, taken);
  return { order, adopted };
}

/** Whether a section is older than what is already known; equal age is let in, since shops count in seconds. */
function isOlder(section: Section<unknown>, known: Instant | undefined): boolean {
  return known !== undefined && section.asOf < known;
}

function mergeDeletion(order: Order, snapshot: Snapshot, taken: Set<SectionName>): void {
  if (snapshot.deletedAt) order.deletedAt ??= snapshot.deletedAt;
  else if (order.deletedAt && taken.has("head") && (snapshot.head?.asOf ?? "") > order.deletedAt)
    order.deletedAt = null;
}

function mergeLines(
  order: Order,
  section: NonNullable<Snapshot["lines"]>,
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
  section: Section<Native<object>[]>,
  type: NodeType,
  context: MergeContext,
): Row[] {
  const known = new Map(
    rows.filter((row) => row.nativeId !== null).map((row) => [row.nativeId, row]),
  );
  const seen = new Set<string>();
  const reported: Row[] = [];
  for (const facts of section.value) {
    if (seen.has(facts.nativeId)) continue;
    seen.add(facts.nativeId);
    const row = known.get(facts.nativeId);
    const identity: Identity = {
      id: row?.id ?? context.mint(type),
      nativeId: facts.nativeId,
      owner: "CHANNEL",
      removedAt: null,
    };
    reported.push({ ...row, ...facts, ...identity } as unknown as Row);
  }
  const others = rows
    .filter((row) => row.nativeId === null || !seen.has(row.nativeId))
    .map((row) => (section.complete ? withdrawn(row, section.asOf) : row));
  return section.complete ? [...reported, ...others] : inPlace(rows, reported, others);
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
  section: Section<NativeFulfillment[]>,
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
    (row) => row.nativeId === null && row.owner === "CHANNEL" && !row.removedAt,
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
    const row = order.fulfillments.find((f) => f.nativeId === news.nativeId) as Fulfillment;
    const old = previous.get(news.nativeId);
    // A shipment's own message names all its packages, also where the section does not name all shipments.
    row.packages = mergeRows(
      old?.packages ?? [],
      { asOf: section.asOf, complete: true, value: news.packages },
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

function mergeScans(order: Order, section: Section<NativeScan[]>, context: MergeContext): void {
  const news = new Map<Package, NativeScan[]>();
  for (const scan of section.value) {
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

/** The package a scan belongs to: the named one, else the shipment's first; a shipment without any gets an untracked one. */
function parcelOf(order: Order, scan: NativeScan, context: MergeContext): Package | null {
  const shipment = order.fulfillments.find((f) => f.nativeId === scan.fulfillmentNativeId);
  if (!shipment) return null;
  const named = shipment.packages.find((p) => p.nativeId === scan.packageNativeId);
  const first =
    named ?? shipment.packages.find((p) => p.removedAt === null) ?? shipment.packages[0];
  if (first) return first;
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
