import type { Address } from "../domain/address.js";
import type { Command, TrackingWish } from "../domain/command.js";
import { hasLines } from "../domain/note.js";
import type { Order } from "../domain/order.js";
import { present } from "../domain/part.js";
import { awaitedOf } from "../domain/return.js";
import { normalizeTrackingNumber, type Tracking } from "../domain/tracking.js";
import { isPlacedHere } from "../domain/work.js";
import { type Done, pushedText } from "./known-effect.js";
import { changesReturn, type ReturnChange } from "./return-move.js";

/**
 * Whether an order shows what a step, which makes no part of its own, was to do. In doubt it does not. `before`: how it was
 * known until now.
 */
export function hasHappened(done: Done, before: Order | null): boolean {
  const { command } = done.command.row;
  const { order } = done;
  const text = pushedText(done);
  if (text !== null)
    return order.head.notes.some((note) => !note.kept && hasLines(note.text, text));
  if (changesReturn(command)) return hasMoved(command, order);
  switch (command.type) {
    case "ORDER_CANCEL":
      return order.head.canceledAt !== null;
    case "ORDER_TAGS_UPDATE":
      return hasTags(command, order.head.tags);
    case "ORDER_ADDRESS_UPDATE":
      return isAt(order.head.shippingAddress, command.shippingAddress);
    case "FULFILLMENT_TRACKING_UPDATE":
    case "FULFILLMENT_CANCEL":
    case "TRACKING_EVENT_ADD":
      return isShipmentSo(command, order);
    case "FULFILLMENT_ORDER_HOLD":
    case "FULFILLMENT_ORDER_RELEASE":
    case "FULFILLMENT_ORDER_MOVE":
      // What goes with it, a note of words that only the connector knows, shows nothing here.
      return done.step.step.kind === command.type && isWorkSo(command, order, before);
    default:
      return false;
  }
}

type WorkChange = Extract<Command, { type: `FULFILLMENT_ORDER_${string}` }>;

/**
 * Work that was moved in part shows as work of its own, which may be anybody's. Several holds may stand for one reason, so
 * that only one which was not there before can be the step's.
 */
function isWorkSo(command: WorkChange, order: Order, before: Order | null): boolean {
  const work = present(order.fulfillmentOrders).find(({ id }) => id === command.fulfillmentOrderId);
  switch (command.type) {
    case "FULFILLMENT_ORDER_HOLD":
      return Boolean(
        work?.holds.some(
          (hold) =>
            !isHeldBy(before, hold.id) &&
            isPlacedHere(hold) &&
            hold.reason === command.reason &&
            (command.note === null || hold.note === command.note),
        ),
      );
    case "FULFILLMENT_ORDER_RELEASE":
      return !work?.holds.some(({ id }) => command.holdIds.includes(id));
    case "FULFILLMENT_ORDER_MOVE":
      return command.lines === null && work?.locationId === command.locationId;
  }
}

function isHeldBy(order: Order | null, holdId: string): boolean {
  return Boolean(
    order?.fulfillmentOrders.some(({ holds }) => holds.some(({ id }) => id === holdId)),
  );
}

type ShipmentChange = Extract<Command, { fulfillmentId: string }>;

function isShipmentSo(command: ShipmentChange, order: Order): boolean {
  const shipment = order.fulfillments.find((row) => row.id === command.fulfillmentId);
  if (command.type === "FULFILLMENT_CANCEL")
    return !shipment || shipment.status === "CANCELED" || shipment.removedAt !== null;
  const parcels = shipment?.packages.filter((parcel) => parcel.removedAt === null) ?? [];
  if (command.type === "TRACKING_EVENT_ADD")
    return parcels.some((parcel) =>
      parcel.scans.some(
        (scan) => scan.status === command.status && scan.occurredAt === command.occurredAt,
      ),
    );
  return areFollowed(
    command.packages.map((parcel) => parcel.tracking),
    parcels.map((parcel) => parcel.tracking),
  );
}

/** A return that the shop does not tell of shows nothing; what came back shows only once nothing of it is awaited. */
function hasMoved(command: ReturnChange, order: Order): boolean {
  const row = order.returns.find(({ id }) => id === command.returnId);
  if (!row || row.nativeId === null) return false;
  switch (command.type) {
    case "RETURN_APPROVE":
      return row.stage === "OPEN" || row.stage === "CLOSED";
    case "RETURN_DECLINE":
      return row.stage === "DECLINED";
    case "RETURN_RECEIVE": {
      const awaited = awaitedOf(row.lines);
      return command.lines.every(({ lineId }) => awaited.get(lineId) === 0);
    }
    case "RETURN_TRACKING_UPDATE":
      return areFollowed(
        [command.tracking],
        row.shipments.map((shipment) => shipment.tracking),
      );
    case "RETURN_CLOSE":
      return row.stage === "CLOSED";
    case "RETURN_CANCEL":
      return row.stage === "CANCELED" || row.removedAt !== null;
  }
}

function areFollowed(
  wished: readonly (TrackingWish | null)[],
  shown: readonly (Tracking | null)[],
): boolean {
  const known = new Set(numbersOf(shown));
  const numbers = numbersOf(wished);
  return numbers.length > 0 && numbers.every((number) => known.has(number));
}

function numbersOf(parcels: readonly (TrackingWish | null)[]): string[] {
  return parcels.flatMap((tracking) =>
    tracking ? [normalizeTrackingNumber(tracking.number)] : [],
  );
}

/** Shops write tags in their own case. */
function hasTags({ add, remove }: { add: string[]; remove: string[] }, shown: string[]): boolean {
  const tags = new Set(shown.map((tag) => tag.toLowerCase()));
  const has = (tag: string) => tags.has(tag.toLowerCase());
  return add.every(has) && !remove.some(has);
}

/** A shop may know an address by more than was said of it, never by less. */
function isAt(shown: Address | null, wished: Address): boolean {
  if (!shown) return false;
  return (Object.keys(wished) as (keyof Address)[]).every(
    (field) => !wished[field]?.trim() || plain(wished[field]) === plain(shown[field]),
  );
}

function plain(text: string | null): string {
  return text?.trim().toLowerCase() ?? "";
}
