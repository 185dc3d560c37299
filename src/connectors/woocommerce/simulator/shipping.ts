import { carriers } from "../../simulator/catalog.js";
import type { NewShipment } from "../../simulator/shop.js";
import {
  createFulfillment,
  fulfilledQuantity,
  fulfillmentsOf,
  type GivenMeta,
} from "./fulfillments.js";
import { addNote } from "./notes.js";
import { refundedQuantity } from "./order.js";
import { changeStatus } from "./order-status.js";
import { productOf } from "./products.js";
import type { Site } from "./site.js";
import type { Order } from "./state.js";
import { addTracking } from "./trackings.js";

interface Packed {
  lineId: number;
  quantity: number;
}

/**
 * The merchant ships in the admin. With core fulfillments that makes one, and the merchant completes the
 * order when nothing is left; with a plugin it makes a tracking where there is a number; else a note to the customer says
 * it. Without fulfillments the status follows. Gives the id of the fulfillment, of the tracking, or of the note.
 */
export function shipOrder(site: Site, order: Order, { lines, tracking }: NewShipment = {}): string {
  const open = openLines(site, order);
  const packed = lines ? lines.map(({ sku, quantity }) => packedOf(order, sku, quantity)) : open;
  if (packed.length === 0) throw new Error(`order ${order.id} has nothing left to ship`);
  const number = tracking?.number;
  const carrier = carriers.find(({ code, name }) => [code, name].includes(tracking?.carrier ?? ""));
  const name = carrier?.name ?? tracking?.carrier;
  const id = site.fulfillments
    ? fulfil(site, order, packed, trackingMeta(number, tracking?.carrier, carrier))
    : site.tracking && number
      ? addTracking(site, order, { number, provider: name ?? "" }).tracking_id
      : addNote(site, order.id, shippedText(number, name), { customerNote: true }).id;
  const isLeft = site.fulfillments ? openLines(site, order).length > 0 : lines !== undefined;
  if (!isLeft) changeStatus(site, order, "completed");
  else if (!site.fulfillments) changeStatus(site, order, "partial-shipped");
  return String(id);
}

/** A merchant's draft: packed but not sent. */
export function draftShipment(site: Site, order: Order, lines: readonly Packed[]): void {
  createFulfillment(site, order, false, [itemsMeta(lines)]);
}

/** What of the goods is neither in a fulfillment nor refunded. */
export function openLines(site: Site, order: Order): Packed[] {
  const all = fulfillmentsOf(site, order);
  return order.lines
    .filter((line) => productOf(line)?.digital === false)
    .map(({ id, quantity }) => ({
      lineId: id,
      quantity: quantity - refundedQuantity(site, order, id) - fulfilledQuantity(all, id),
    }))
    .filter(({ quantity }) => quantity > 0);
}

function packedOf(order: Order, sku: string, quantity: number): Packed {
  const line = order.lines.find((each) => productOf(each)?.sku === sku);
  if (line) return { lineId: line.id, quantity };
  throw new RangeError(`order ${order.id} has no line with the SKU "${sku}"`);
}

function fulfil(
  site: Site,
  order: Order,
  packed: readonly Packed[],
  tracking: GivenMeta[],
): number {
  return createFulfillment(site, order, true, [itemsMeta(packed), ...tracking]).id;
}

function itemsMeta(packed: readonly Packed[]): GivenMeta {
  return {
    id: 0,
    key: "_items",
    value: packed.map(({ lineId, quantity }) => ({ item_id: lineId, qty: quantity })),
  };
}

function trackingMeta(
  number: string | undefined,
  given: string | undefined,
  carrier: (typeof carriers)[number] | undefined,
): GivenMeta[] {
  if (!number) return [];
  const provider: GivenMeta[] = carrier
    ? [
        { id: 0, key: "_shipment_provider", value: carrier.code },
        { id: 0, key: "_tracking_url", value: carrier.trackingUrl(number) },
      ]
    : [
        { id: 0, key: "_shipment_provider", value: "other" },
        { id: 0, key: "_provider_name", value: given ?? "" },
      ];
  return [
    { id: 0, key: "_tracking_number", value: number },
    ...provider,
    { id: 0, key: "_shipping_option", value: "tracking-number" },
  ];
}

function shippedText(number: string | undefined, carrier: string | undefined): string {
  return number
    ? `Shipped with ${carrier ?? "a carrier"}: ${number}`
    : "Your order has been shipped.";
}
