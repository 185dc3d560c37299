import { people } from "../../../simulator/catalog.js";
import type { Random } from "../../../simulator/random.js";
import type { Acts, NewRefund, NewShipment } from "../../../simulator/shop.js";
import { amountOf, portion } from "./amounts.js";
import { addMessage, archive, setStatus } from "./ordering.js";
import { completeCheckout, settle } from "./paying.js";
import { type Cart, placeOrder } from "./placing.js";
import {
  declineRefund,
  everything,
  quote,
  type RefundWish,
  refund,
  refundable,
  wayBack,
} from "./refunding.js";
import { availableToShip, ship } from "./shipping.js";
import type { Line, Order } from "./state.js";
import { cancelled, declined, incomplete, manualVerification, refunded } from "./statuses.js";
import { type Store, saveOrder } from "./store.js";

const commonGoods: Cart["lines"] = [
  { sku: "MUG-01", quantity: 2 },
  { sku: "TEE-M", quantity: 1 },
];
const over: readonly number[] = [incomplete, refunded, cancelled, declined];

export interface BigCommerceActs extends Acts {
  /** The merchant archives an order: it leaves the lists, and can still be read. */
  archiveOrder(orderId: string): Promise<void>;
  /** The merchant gives an order a status by its id, 0 to 14. */
  setStatus(orderId: string, statusId: number): Promise<void>;
  /** The payment provider sends nothing for a refund after all. */
  declineRefund(orderId: string, refundId: string): Promise<void>;
  /** The customer writes to the merchant about an order. */
  writeMessage(orderId: string, text: string): Promise<void>;
}

/** What customers and the merchant do in this store without the API. */
export function createActs(store: Store): BigCommerceActs {
  function find(orderId: string): Order {
    const order = store.data.orders[orderId];
    if (order) return order;
    throw new Error(`there is no order ${orderId}`);
  }
  function findOpen(orderId: string, wish: string): Order {
    const order = find(orderId);
    if (!over.includes(order.statusId)) return order;
    throw new Error(`order ${orderId} has status ${order.statusId}, so it cannot be ${wish}`);
  }

  return {
    async placeOrder({ lines = commonGoods, paid = true, currency, email, payment } = {}) {
      const online = payment ? payment === "online" : paid;
      // Paid by card and not paid yet is authorized: this gateway takes the money when the merchant says so.
      const gateway = online ? (paid ? "testgateway" : "stripe") : "bankdeposit";
      const buyer = store.random.pick(people);
      const order = placeOrder(store, { lines, people: [buyer], currency, email, gateway });
      completeCheckout(store, order, { paid });
      return { orderId: String(order.id), number: String(order.id) };
    },
    async pay(orderId) {
      settle(store, findOpen(orderId, "paid"));
    },
    async edit(orderId) {
      const order = find(orderId);
      order.customerMessage = `Please ring twice, or leave it at door ${store.random.integer(1, 99)}.`;
      saveOrder(store, order);
    },
    async cancel(orderId) {
      setStatus(store, findOpen(orderId, "cancelled"), cancelled);
    },
    async hold(orderId) {
      setStatus(store, findOpen(orderId, "held"), manualVerification);
    },
    async ship(orderId, shipment) {
      return { shipmentId: shipByHand(store, findOpen(orderId, "shipped"), shipment) };
    },
    async moveParcel() {
      throw new Error("BigCommerce does not know where a parcel is");
    },
    async refund(orderId, wish) {
      return { refundId: refundByHand(store, findOpen(orderId, "refunded"), wish) };
    },
    async deleteOrder(orderId) {
      delete store.data.orders[find(orderId).id];
      store.changed();
    },
    async archiveOrder(orderId) {
      archive(store, find(orderId));
    },
    async setStatus(orderId, statusId) {
      setStatus(store, find(orderId), statusId);
    },
    async declineRefund(orderId, refundId) {
      declineRefund(store, find(orderId), Number(refundId), "The card was closed.");
    },
    async writeMessage(orderId, text) {
      addMessage(store, find(orderId), { from: "customer", text });
    },
  };
}

/** Our carriers in the platform's two fields. */
const carrierFields: Readonly<Record<string, { provider: string; trackingCarrier: string }>> = {
  ups: { provider: "ups", trackingCarrier: "" },
  usps: { provider: "usps", trackingCarrier: "" },
  fedex: { provider: "fedex", trackingCarrier: "" },
  "royal-mail": { provider: "royalmail", trackingCarrier: "" },
  dhl: { provider: "", trackingCarrier: "dhl" },
};

/** One shipment for each address the goods go to; the id of the last. Throws where nothing is left. */
export function shipByHand(
  store: Store,
  order: Order,
  { lines, tracking }: NewShipment = {},
): string {
  const wanted = lines
    ? lines.map(({ sku, quantity }) => ({ line: openLine(order, sku), quantity }))
    : order.lines.map((line) => ({ line, quantity: availableToShip(order, line) }));
  const open = wanted.filter(({ quantity }) => quantity > 0);
  for (const { line, quantity } of open)
    if (quantity > availableToShip(order, line))
      throw new RangeError(`of "${line.sku}" ${availableToShip(order, line)} are left to ship`);
  let last = "";
  for (const { id, method } of order.destinations) {
    const own = open.filter(({ line }) => line.destinationId === id);
    if (own.length === 0) continue;
    const shipment = ship(store, order, {
      destinationId: id,
      items: own.map(({ line, quantity }) => ({ lineId: line.id, quantity })),
      trackingNumber: tracking?.number ?? "",
      trackingLink: "",
      ...(carrierFields[tracking?.carrier ?? ""] ?? { provider: "", trackingCarrier: "" }),
      method,
      cost: 0,
      comments: "",
    });
    last = String(shipment.id);
  }
  if (last === "") throw new Error(`order ${order.id} has nothing left to ship`);
  return last;
}

function openLine(order: Order, sku: string): Line {
  const own = order.lines.filter((line) => line.sku === sku);
  const line = own.find((each) => availableToShip(order, each) > 0) ?? own[0];
  if (line) return line;
  throw new RangeError(`order ${order.id} has no line with the SKU "${sku}"`);
}

/** Without lines and amount, all that is left of everything. Throws where nothing is. */
export function refundByHand(store: Store, order: Order, wish: NewRefund = {}): string {
  if (order.paymentStatus === "authorized" || order.paymentStatus === "pending")
    throw new Error(`order ${order.id} is not paid, so there is nothing to refund`);
  const quoted = quote(order, wishesOf(order, wish));
  const { provider, offline } = wayBack(order.gateway);
  const payment = { provider, amount: quoted.amount, offline };
  return String(refund(store, order, { quote: quoted, payments: [payment] }).id);
}

function wishesOf(order: Order, { lines, amount }: NewRefund): RefundWish[] {
  if (amount !== undefined) {
    const asked = amountOf(amount);
    if (asked === undefined) throw new RangeError(`"${amount}" is no amount`);
    return [{ type: "ORDER", itemId: order.id, amount: asked }];
  }
  if (!lines) return everything(order);
  return lines.map(({ sku, quantity }) => {
    const line = order.lines.find((each) => each.sku === sku);
    if (!line) throw new RangeError(`order ${order.id} has no line with the SKU "${sku}"`);
    return { type: "PRODUCT", itemId: line.id, quantity };
  });
}

/** A tenth of what can be given back, rounded to the order's currency. */
export const tenth = (order: Order): number => portion(refundable(order), 1, 10, order.currency);

/** Somebody of the catalog, from that country. */
export function personFrom(random: Random, country?: string): (typeof people)[number] {
  return random.pick(people.filter(({ address }) => !country || address.country === country));
}
