import { adopt, sameShipment } from "./adopt.js";
import { distinct, type Told } from "./age.js";
import type { Fulfillment, Package, TrackingEvent } from "./fulfillment.js";
import { ours } from "./line-refs.js";
import type { Order } from "./order.js";
import { type MergeContext, mergeRows } from "./rows.js";
import type { NativeFulfillment, NativeScan } from "./snapshot.js";

/**
 * Takes shipments and their packages in, and ties such as a command planned to what the channel now reports; answers
 * those. Changes the order in place.
 */
export function mergeFulfillments(
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
    sameShipment,
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

/** Takes scans in, each at its parcel. Changes the order in place. */
export function mergeScans(order: Order, section: Told<NativeScan[]>, context: MergeContext): void {
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
