import { applyMade } from "./apply-made.js";
import { applyWork } from "./apply-work.js";
import type { PackageWish } from "./command.js";
import { InvalidInput } from "./errors.js";
import { type Fulfillment, type Package, UNTRACKED } from "./fulfillment.js";
import type { LocalFact, PlannedShipment } from "./local.js";
import type { Order } from "./order.js";
import type { MergeContext } from "./rows.js";
import { normalizeTrackingNumber } from "./tracking.js";

/** Takes into an order what only we know of it. Pure; throws InvalidInput where a fact names what the order does not have. */
export function applyLocal(before: Order, fact: LocalFact, context: MergeContext): Order {
  const order = structuredClone(before);
  switch (fact.kind) {
    case "shipment-planned": {
      const known = order.fulfillments.find((f) => f.id === fact.fulfillmentId);
      if (!known) order.fulfillments.push(planned(fact, context));
      // Its step is to be tried once more.
      else if (known.nativeId === null)
        Object.assign(known, { status: "PENDING", removedAt: null });
      break;
    }
    case "shipment-confirmed":
      confirm(order, fact, context);
      break;
    case "shipment-dropped": {
      const shipment = shipmentOf(order, fact.fulfillmentId);
      // The channel reported it meanwhile: then it did come.
      if (shipment.nativeId === null) {
        shipment.status = "ERROR";
        shipment.removedAt ??= context.now;
      }
      break;
    }
    case "shipment-kept": {
      const shipment = shipmentOf(order, fact.fulfillmentId);
      shipment.owner = "GATEWAY";
      shipment.status = "SUCCESS";
      shipment.shippedAt = fact.shippedAt;
      for (const parcel of shipment.packages) parcel.owner = "GATEWAY";
      break;
    }
    case "shipment-tracked": {
      const shipment = shipmentOf(order, fact.fulfillmentId);
      shipment.packages = retracked(shipment.packages, fact.packages, fact.replace, context);
      break;
    }
    case "shipment-canceled":
      shipmentOf(order, fact.fulfillmentId).status = "CANCELED";
      break;
    case "parcel-scanned": {
      const parcel = order.fulfillments
        .flatMap((f) => f.packages)
        .find((p) => p.id === fact.packageId);
      if (!parcel)
        throw new InvalidInput(`package ${fact.packageId} is not part of order ${order.id}`);
      parcel.scans.push({
        ...fact.scan,
        id: context.mint("TrackingEvent"),
        nativeId: null,
        owner: "GATEWAY",
        removedAt: null,
        recordedAt: context.now,
      });
      break;
    }
    case "hold-placed":
    case "holds-released":
    case "work-moved":
      applyWork(order, fact, context);
      break;
    case "note-added":
      order.head.notes = [...order.head.notes, fact.note];
      break;
    case "tags-kept": {
      const removed = new Set(fact.remove);
      const kept = (order.head.keptTags ?? []).filter((tag) => !removed.has(tag));
      order.head.keptTags = [...new Set([...kept, ...fact.add])];
      break;
    }
    default:
      applyMade(order, fact, context.now);
  }
  return order;
}

function shipmentOf(order: Order, id: string): Fulfillment {
  const shipment = order.fulfillments.find((f) => f.id === id);
  if (!shipment) throw new InvalidInput(`fulfillment ${id} is not part of order ${order.id}`);
  return shipment;
}

/** What the channel already reported in full stays as it reported it. */
function confirm(
  order: Order,
  fact: Extract<LocalFact, { kind: "shipment-confirmed" }>,
  context: MergeContext,
): void {
  const shipment = shipmentOf(order, fact.fulfillmentId);
  if (shipment.nativeId !== null) return;
  const twin = order.fulfillments.find(
    (f) => fact.nativeId !== null && f.nativeId === fact.nativeId,
  );
  if (twin) {
    // The report came first and was not recognised as ours: the id that was promised stays, the other gives way.
    twin.nativeId = null;
    twin.owner = "GATEWAY";
    twin.removedAt ??= context.now;
  }
  shipment.nativeId = fact.nativeId;
  shipment.status = "SUCCESS";
  shipment.removedAt = null;
  shipment.shippedAt ??= fact.shippedAt;
}

function planned(fact: PlannedShipment, context: MergeContext): Fulfillment {
  const wishes: PackageWish[] =
    fact.packages.length > 0 ? fact.packages : [{ tracking: null, lines: [] }];
  return {
    id: fact.fulfillmentId,
    nativeId: null,
    owner: "CHANNEL",
    removedAt: null,
    status: "PENDING",
    deliveryStatus: "UNKNOWN",
    locationId: fact.locationId,
    lines: fact.lines,
    createdAt: fact.plannedAt,
    shippedAt: null,
    deliveredAt: null,
    platformStatuses: [],
    marker: fact.marker,
    commandId: fact.commandId,
    stepIndex: fact.stepIndex,
    sentAt: null,
    packages: byKey(wishes).map((wish) => packageOf(wish, "CHANNEL", context)),
  };
}

function packageOf(wish: PackageWish, owner: Package["owner"], context: MergeContext): Package {
  return {
    id: context.mint("Package"),
    nativeId: keyOf(wish),
    owner,
    removedAt: null,
    tracking: wish.tracking && { ...wish.tracking, estimatedDeliveryAt: null },
    lines: wish.lines,
    scans: [],
  };
}

function keyOf(wish: PackageWish): string {
  return wish.tracking ? normalizeTrackingNumber(wish.tracking.number) : UNTRACKED;
}

/** One wish for each tracking number, with the lines of all that name it: a shipment has a number once. */
function byKey(wishes: readonly PackageWish[]): PackageWish[] {
  const found = new Map<string, PackageWish>();
  for (const wish of wishes) {
    const first = found.get(keyOf(wish));
    found.set(keyOf(wish), first ? { ...first, lines: [...first.lines, ...wish.lines] } : wish);
  }
  return [...found.values()];
}

function retracked(
  packages: Package[],
  wishes: PackageWish[],
  replace: boolean,
  context: MergeContext,
): Package[] {
  const keys = new Set(wishes.map(keyOf));
  const kept = packages.map((parcel) => {
    if (parcel.nativeId !== null && keys.has(parcel.nativeId)) {
      const wish = wishes.find((w) => keyOf(w) === parcel.nativeId) as PackageWish;
      return {
        ...parcel,
        removedAt: null,
        tracking: wish.tracking && { ...wish.tracking, estimatedDeliveryAt: null },
      };
    }
    // An untracked package gives way to one that has a number.
    const gone = replace || parcel.tracking === null;
    return gone ? { ...parcel, removedAt: parcel.removedAt ?? context.now } : parcel;
  });
  const known = new Set(packages.map((parcel) => parcel.nativeId));
  const added = byKey(wishes).filter((wish) => !known.has(keyOf(wish)));
  return [...kept, ...added.map((wish) => packageOf(wish, "GATEWAY", context))];
}
