import type { StepCall } from "../../domain/command.js";
import { ChannelError } from "../../domain/errors.js";
import { byLine, lessQuantity } from "../../domain/quantity.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { normalizeTrackingNumber } from "../../domain/tracking.js";
import { trackOf } from "./carrier.js";
import type { MagentoRequest } from "./client.js";
import { FIELDS } from "./fields.js";
import { markedBy } from "./marked.js";
import { markerComment } from "./marker.js";
import { type ItemPayload, type ShipmentPayload, shipmentPayload } from "./payload.js";
import {
  type Closed,
  foundIn,
  idIn,
  type Prepared,
  presentRecords,
  refuse,
  refuseClosed,
  refuseVariant,
} from "./prepare.js";
import type { OrderRecords, Reader } from "./read.js";
import { requests, type Track } from "./request.js";

/** A new shipment: found by its marker, refused where the order or its lines cannot leave. */
export async function prepareShipment(reader: Reader, call: StepCall): Promise<Prepared> {
  const request = requests.FULFILLMENT_CREATE.parse(call.step.request);
  const records = await presentRecords(reader, call);
  const before = markedBy(records, call);
  if (before) return foundIn(records, reader, before);
  refuseClosed(records, CANNOT_SHIP);
  for (const { rowId, quantity } of request.rows) refuseExcess(records, rowId, quantity);
  const items = [...request.rows, ...request.parts].map(({ rowId, quantity }) => ({
    order_item_id: Number(rowId),
    qty: quantity,
  }));
  const { sourceCode } = request;
  return {
    kind: "send",
    requests: [
      {
        method: "POST",
        path: `/order/${call.order.nativeId}/ship`,
        body: {
          items,
          // The mail would have our reference in it, so it is sent by itself.
          notify: false,
          appendComment: false,
          comment: { comment: markerComment(call.marker), is_visible_on_front: 0 },
          tracks: request.tracks.map(trackOf),
          ...(sourceCode === null
            ? {}
            : { arguments: { extension_attributes: { source_code: sourceCode } } }),
        },
      },
    ],
    idOf: idIn,
    differs: (nativeId, after) => shippedOtherwise(request.rows, nativeId, after),
    ...(request.notify ? { after: mailOf } : {}),
  };
}

/** Tracks cannot be changed: what is missing is added, then what is no longer wished deleted. */
export async function prepareTracking(reader: Reader, call: StepCall): Promise<Prepared> {
  const request = requests.FULFILLMENT_TRACKING_UPDATE.parse(call.step.request);
  const path = `/shipment/${request.shipmentId}`;
  const body = await reader.magento.get(path, { fields: FIELDS.shipment }, call.signal);
  const shipment = shipmentPayload.parse(body);
  if (shipment.order_id !== call.order.nativeId)
    throw refuse("NOT_FOUND", `order ${call.order.nativeId} has no shipment ${request.shipmentId}`);
  const missing = request.tracks.filter((wish) => !shipment.tracks.some((it) => isSame(it, wish)));
  const obsolete = request.replace
    ? shipment.tracks.filter((it) => !request.tracks.some((wish) => isSame(it, wish)))
    : [];
  const writes: MagentoRequest[] = [
    ...missing.map((wish) => addTrack(shipment, wish)),
    ...obsolete.map(({ entity_id }) => ({
      method: "DELETE" as const,
      path: `/shipment/track/${entity_id}`,
    })),
  ];
  if (writes.length === 0) return foundIn(await presentRecords(reader, call), reader);
  const after = () => mailOf(request.shipmentId);
  return { kind: "send", requests: writes, ...(request.notify ? { after } : {}) };
}

const CANNOT_SHIP: Closed = {
  canceled: ["CHANNEL_REJECTED", "is canceled in the shop"],
  closed: ["CHANNEL_REJECTED", "is closed in the shop: all of it was refunded"],
  holded: ["ON_HOLD", "is on hold in the shop; release it there first"],
  payment_review: ["ON_HOLD", "has its payment under review in the shop"],
};

/**
 * Magento ships what is left of a line where more is asked, without a word, and drops the fraction of a quantity unless
 * the product is sold in decimals (both measured). So both are checked here, at the last moment.
 */
function refuseExcess(records: OrderRecords, rowId: string, wanted: number): void {
  refuseVariant(records, rowId);
  const { order } = records;
  const row = order.items.find(({ item_id }) => item_id === rowId);
  if (!row)
    throw refuse(
      "QUANTITY_EXCEEDS_FULFILLABLE",
      `order ${order.entity_id} has no line ${rowId} any more`,
    );
  if (!row.is_qty_decimal && !Number.isInteger(wanted))
    throw refuse(
      "INVALID_INPUT",
      `${wanted} of line ${rowId} were to be shipped, and the shop sells it in whole pieces`,
    );
  const open = openOf(row);
  if (wanted <= open) return;
  throw refuse(
    "QUANTITY_EXCEEDS_FULFILLABLE",
    `${wanted} of line ${rowId} were to be shipped and ${open} are open (ordered ${row.qty_ordered}, shipped ${row.qty_shipped}, refunded ${row.qty_refunded}, canceled ${row.qty_canceled})`,
  );
}

/** What Magento itself would ship of a row (Order\Item::getSimpleQtyToShip). */
function openOf(row: ItemPayload): number {
  if (row.is_virtual) return 0;
  const gone = Math.max(row.qty_shipped, row.qty_refunded);
  return lessQuantity(lessQuantity(row.qty_ordered, gone), row.qty_canceled);
}

/** Somebody was quicker between our look and our write, and Magento shipped what was left. */
function shippedOtherwise(
  rows: readonly { rowId: string; quantity: number }[],
  nativeId: string,
  after: Snapshot,
): ChannelError | null {
  const shipment = after.fulfillments?.value.find((it) => it.nativeId === nativeId);
  if (!shipment) return null;
  const shipped = byLine(shipment.lines);
  const parted = new Set(
    after.lines?.value.flatMap(({ parentLineId }) => (parentLineId ? [parentLineId] : [])),
  );
  // A bundle whose parts leave alone has no quantity of its own in a shipment.
  const short = rows.find(
    ({ rowId, quantity }) => !parted.has(rowId) && (shipped.get(rowId) ?? 0) !== quantity,
  );
  if (!short) return null;
  return new ChannelError(
    "QUANTITY_EXCEEDS_FULFILLABLE",
    `Magento: shipment ${nativeId} holds ${shipped.get(short.rowId) ?? 0} of line ${short.rowId} instead of ${short.quantity}: the rest was shipped, refunded or canceled by somebody else in the same moment`,
    { httpStatus: 200, mayHaveHappened: true },
  );
}

function isSame(track: ShipmentPayload["tracks"][number], wish: Track): boolean {
  if (normalizeTrackingNumber(track.track_number ?? "") !== normalizeTrackingNumber(wish.number))
    return false;
  const { title } = trackOf(wish);
  return (wish.carrier ?? wish.carrierCode) === null || track.title === title;
}

function addTrack(shipment: ShipmentPayload, wish: Track): MagentoRequest {
  const entity = {
    order_id: Number(shipment.order_id),
    parent_id: Number(shipment.entity_id),
    ...trackOf(wish),
    // Required by the schema, and of no use to anybody.
    weight: 0,
    qty: 0,
    description: "",
  };
  return { method: "POST", path: "/shipment/track", body: { entity } };
}

function mailOf(shipmentId: string | null): MagentoRequest[] {
  return [{ method: "POST", path: `/shipment/${shipmentId}/emails` }];
}
