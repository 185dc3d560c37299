import { setStatus } from "./ordering.js";
import type { Line, Order, Shipment } from "./state.js";
import { partiallyShipped, shipped } from "./statuses.js";
import { type Store, saveOrder } from "./store.js";
import { shippedQuantity } from "./totals.js";

/** What a new shipment says; the store adds id and time. */
export type NewShipment = Omit<Shipment, "id" | "createdAt">;

/** A provider that the store links to by itself: its name, and the page of a parcel. */
interface Provider {
  name: string;
  link: (number: string) => string;
}

const afterShip =
  (slug: string) =>
  (number: string): string =>
    `https://store.aftership.com/${slug}/${encodeURIComponent(number)}`;

/** The values `shipping_provider` may have; carrier_<id> are the merchant's own. */
export const providers: Readonly<Record<string, Provider>> = {
  auspost: { name: "Australia Post", link: afterShip("australia-post") },
  canadapost: { name: "Canada Post", link: afterShip("canada-post") },
  endicia: { name: "Endicia", link: afterShip("usps") },
  usps: {
    name: "USPS",
    link: (number) =>
      `https://trkcnfrm1.smi.usps.com/PTSInternetWeb/InterLabelInquiry.do?strOrigTrackNum=${number}`,
  },
  fedex: {
    name: "FedEx",
    link: (number) => `https://www.fedex.com/Tracking?tracknumbers=${number}`,
  },
  royalmail: { name: "Royal Mail", link: afterShip("royal-mail") },
  ups: { name: "UPS", link: (number) => `https://www.ups.com/track?tracknum=${number}` },
  upsready: {
    name: "UPS® Ready",
    link: (number) => `https://www.ups.com/track?tracknum=${number}`,
  },
  upsonline: { name: "UPS", link: (number) => `https://www.ups.com/track?tracknum=${number}` },
  shipperhq: { name: "ShipperHQ", link: () => "" },
};

/** The store's own link for provider or carrier and number; empty where only a number is known. */
export function trackingLink({ provider, trackingCarrier, trackingNumber }: Shipment): string {
  if (trackingNumber === "") return "";
  const known = providers[provider];
  if (known) return known.link(trackingNumber);
  return trackingCarrier === "" ? "" : afterShip(trackingCarrier)(trackingNumber);
}

/**
 * How many units of a line can still be shipped: none of what goes nowhere. Refunded ones count: that the
 * platform subtracts them is nowhere said.
 */
export const availableToShip = (order: Order, line: Line): number =>
  line.destinationId === 0 ? 0 : line.quantity - shippedQuantity(order, line.id);

/** Creates a shipment; the order becomes Shipped or Partially Shipped, whatever it was before. */
export function ship(store: Store, order: Order, wish: NewShipment): Shipment {
  const shipment = { ...wish, id: store.nextId("shipment"), createdAt: store.now() };
  order.shipments.push(shipment);
  const isWhole = order.lines.every((line) => availableToShip(order, line) === 0);
  if (isWhole) order.shippedAt = store.now();
  tell(store, order, shipment, "created");
  setStatus(store, order, isWhole ? shipped : partiallyShipped);
  return shipment;
}

/** Changes tracking and comments. The order's own date stays: polling by it does not see this. */
export function changeShipment(
  store: Store,
  order: Order,
  shipment: Shipment,
  changes: Partial<NewShipment>,
): void {
  Object.assign(shipment, changes);
  tell(store, order, shipment, "updated");
}

/** Deletes a shipment for good. The order's status does not move back. */
export function unship(store: Store, order: Order, shipment: Shipment): void {
  order.shipments = order.shipments.filter((each) => each !== shipment);
  tell(store, order, shipment, "deleted");
  saveOrder(store, order);
}

function tell(store: Store, order: Order, { id }: Shipment, event: string): void {
  store.tell(`store/shipment/${event}`, { type: "shipment", id, orderId: order.id });
}
