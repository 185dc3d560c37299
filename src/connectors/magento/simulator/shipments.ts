import { one } from "./amount.js";
import { ApiError, refuseInvalid } from "./errors.js";
import { sources } from "./inventory.js";
import { advance, canShip, isShippedElsewhere, parentOf, quantityToShip } from "./order.js";
import type { Site } from "./site.js";
import type { Item, Order, Shipment, Track } from "./state.js";

export interface ShipmentWish {
  /** Quantities by item id in ten-thousandths; empty ships everything that is left. */
  quantities: ReadonlyMap<number, number>;
  tracks?: readonly TrackWish[];
  comment?: CommentWish | null;
  notify?: boolean;
  appendComment?: boolean;
  /** Absent deducts from "default", whether or not the website sells from it (measured). */
  sourceCode?: string | null;
}
export interface TrackWish {
  trackNumber: string;
  title: string;
  carrierCode: string;
}
export interface CommentWish {
  comment: string;
  isVisibleOnFront: number;
}

/**
 * Creates a shipment. Quantities above what is open are lowered to it without a word, fractions of whole
 * goods are cut off, and rows that cannot be shipped are passed over; all as measured.
 */
export function ship(site: Site, order: Order, wish: ShipmentWish): Shipment {
  const { tracks = [], comment = null, notify = false, appendComment = false } = wish;
  const rows = rowsOf(order, wish.quantities);
  refuseInvalid("Shipment", [
    ...complaintsAbout(order),
    ...(rows.length === 0 ? ["You can't create a shipment without products."] : []),
    ...tracks
      .filter(({ trackNumber }) => trackNumber === "")
      .map(() => "Please enter a tracking number."),
  ]);
  const sourceCode = wish.sourceCode ?? "default";
  if (!sources.some(({ source_code }) => source_code === sourceCode))
    throw new ApiError(400, "Could not save a shipment, see error log for details");
  const now = site.now();
  const shipment: Shipment = {
    id: site.nextId("sales_shipment"),
    incrementId: site.nextNumber("shipment", order.storeId),
    orderId: order.id,
    createdAt: now,
    updatedAt: now,
    emailSent: notify,
    sourceCode,
    items: [],
    tracks: [],
    comments: [],
  };
  for (const { item, quantity } of rows) deliver(site, { order, shipment, item, quantity });
  for (const track of tracks) shipment.tracks.push(trackOf(site, track));
  if (comment) {
    shipment.comments.push({
      id: site.nextId("sales_shipment_comment"),
      ...comment,
      createdAt: now,
      isCustomerNotified: Number(notify && appendComment),
    });
  }
  site.data.shipments.push(shipment);
  site.changed();
  advance(site, order);
  return shipment;
}

/** A new track; it changes neither the shipment's row nor the order's. */
export function trackOf(site: Site, wish: TrackWish): Track {
  const now = site.now();
  return {
    id: site.nextId("sales_shipment_track"),
    createdAt: now,
    updatedAt: now,
    weight: null,
    qty: null,
    ...wish,
  };
}

interface Row {
  item: Item;
  quantity: number;
}

function rowsOf(order: Order, quantities: ShipmentWish["quantities"]): Row[] {
  return order.items.flatMap((item) => {
    const open = quantityToShip(order, item);
    const wished = quantities.size === 0 ? open : Math.min(quantities.get(item.id) ?? 0, open);
    const quantity = item.isQtyDecimal ? wished : Math.trunc(wished / one) * one;
    return quantity > 0 ? [{ item, quantity }] : [];
  });
}

function complaintsAbout(order: Order): string[] {
  if (order.state === "holded" || order.state === "payment_review")
    return [`A shipment cannot be created when an order has a status of ${order.status}`];
  return canShip(order) ? [] : ["The order does not allow a shipment to be created."];
}

/** Books one row: on the shipment, on the order's row, and out of the source's stock. */
function deliver(
  site: Site,
  { order, shipment, item, quantity }: Row & { order: Order; shipment: Shipment },
): void {
  const { data } = site;
  shipment.items.push({
    id: site.nextId("sales_shipment_item"),
    orderItemId: item.id,
    qty: quantity,
  });
  item.shipped += quantity;
  item.updatedAt = site.now();
  for (const { sku, amount } of goodsIn(order, item, quantity)) {
    data.reserved[sku] = (data.reserved[sku] ?? 0) - amount;
    const stock = data.sourceItems.find(
      (each) => each.sku === sku && each.source_code === shipment.sourceCode,
    );
    if (stock) stock.quantity -= amount;
  }
}

/** The stocked goods behind a row: itself, or the children that leave together with it. */
export function goodsIn(
  order: Order,
  item: Item,
  quantity: number,
): { sku: string; amount: number }[] {
  if (item.isVirtual) return [];
  const parts = order.items.filter(
    (each) => parentOf(order, each) === item && isShippedElsewhere(order, each) && item.bundle,
  );
  if (parts.length === 0) return [{ sku: item.sku, amount: quantity }];
  return parts.map(({ sku, perParent }) => ({ sku, amount: (quantity / one) * perParent }));
}
