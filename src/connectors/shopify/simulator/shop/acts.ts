import { carriers, type Person, people } from "../../../simulator/catalog.js";
import type {
  Acts,
  NewOrder,
  NewRefund,
  NewShipment,
  ParcelMove,
} from "../../../simulator/shop.js";
import { installationWire } from "../webhooks/payload-shop.js";
import { addEvent, fulfill, type Portion, trackingUrl } from "./fulfilling.js";
import { hold } from "./holding.js";
import {
  cancelOrder,
  deleteOrder,
  payOrder,
  removeUnits,
  updateOrder,
  whyNotCancel,
} from "./ordering.js";
import { type Placing, placeOrder } from "./placing.js";
import {
  payingBack,
  type RefundWish,
  reckon,
  refundOrder,
  settleRefunds,
  shippingLeft,
} from "./refunding.js";
import { type ReturnActs, returnActs } from "./return-acts.js";
import { gid, idOf, type Shop } from "./shop.js";
import type { Line, Order, Provider } from "./state.js";
import { refundableQuantity, unfulfilledQuantity } from "./status.js";
import { bagFrom, nothing } from "./totals.js";

/** What people do in this shop beyond what every shop's people do. */
export interface ShopifyActs extends Acts, ReturnActs {
  askReturn: ReturnActs["askReturn"];
  receiveReturn: ReturnActs["receiveReturn"];
  placeOrder(order?: NewShopifyOrder): Promise<{ orderId: string; number: string }>;
  /** The merchant edits the order: units of a line are taken off before they are shipped. */
  removeUnits(orderId: string, sku: string, units: number): Promise<void>;
  /** From now on the payment provider answers so when money is to go back. */
  setProvider(provider: Provider): Promise<void>;
  /** The payment provider settles the refunds of this order that it had not answered. */
  settleRefunds(orderId: string): Promise<void>;
  /** The merchant removes the app: its tokens die, its subscriptions go, app/uninstalled is told. */
  uninstall(): Promise<void>;
}

export interface NewShopifyOrder extends NewOrder {
  /** A third is paid with a gift card, the rest with a card. */
  giftCard?: boolean;
}

const someParcel = { number: "1Z999AA10000000001", carrier: "UPS" };

/** The hands of customer and merchant. They fail with what the admin would say. */
export function createActs(shop: Shop): ShopifyActs {
  const find = (given: string): Order => {
    const order = shop.order(idOf("Order", given) ?? given);
    if (order) return order;
    throw new Error(`there is no order ${given}; ids look like gid://shopify/Order/5450000032773`);
  };

  return {
    ...returnActs(shop, find),
    async placeOrder(given: NewShopifyOrder = {}) {
      const person = shop.random.pick(people);
      const order = placeOrder(shop, {
        lines: given.lines ?? [
          { sku: "MUG-01", quantity: 1 },
          { sku: "TEE-M", quantity: 1 },
        ],
        person,
        currency: given.currency ?? "USD",
        payment: paymentOf(given),
        // Whoever gives an address of their own is a guest; everybody else has an account here.
        ...(given.email === undefined ? accountOf(shop, person) : { email: given.email }),
      });
      return { orderId: gid("Order", order.id), number: order.name };
    },
    async pay(orderId) {
      payOrder(shop, find(orderId));
    },
    async edit(orderId) {
      updateOrder(shop, find(orderId), { note: `Looked at again ${shop.random.text(6)}` });
    },
    async cancel(orderId) {
      const order = find(orderId);
      const problem = whyNotCancel(order);
      if (problem) throw new Error(`order ${order.name} cannot be canceled: ${problem}`);
      cancelOrder(shop, order, { reason: "CUSTOMER", restock: true, refund: true });
    },
    async hold(orderId) {
      const order = find(orderId);
      const open = order.fulfillmentOrders.filter(
        ({ status }) => status === "OPEN" || status === "IN_PROGRESS",
      );
      if (open.length === 0) throw new Error(`order ${order.name} has nothing that could be held`);
      for (const target of open)
        hold(shop, order, target, {
          handle: null,
          reason: "OTHER",
          reasonNotes: null,
          externalId: null,
          byApp: false,
          units: [],
        });
    },
    async ship(orderId, shipment = {}) {
      return { shipmentId: ship(shop, find(orderId), shipment) };
    },
    async moveParcel(orderId, shipmentId, status: ParcelMove) {
      const order = find(orderId);
      const parcel = order.fulfillments.find(({ id }) => gid("Fulfillment", id) === shipmentId);
      if (parcel?.status !== "SUCCESS")
        throw new Error(`order ${order.name} has no parcel ${shipmentId} on its way`);
      addEvent(shop, order, parcel, { status });
    },
    async refund(orderId, refund = {}) {
      return { refundId: refundBy(shop, find(orderId), refund) };
    },
    async deleteOrder(orderId) {
      deleteOrder(shop, find(orderId));
    },
    async removeUnits(orderId, sku, units) {
      const order = find(orderId);
      const line = order.lines.find((each) => each.sku === sku);
      if (!line || unfulfilledQuantity(order, line) < units)
        throw new Error(`order ${order.name} has no ${units} unshipped units of ${sku}`);
      removeUnits(shop, order, line, units);
    },
    async setProvider(provider) {
      shop.data.provider = provider;
      shop.say([]);
    },
    async settleRefunds(orderId) {
      settleRefunds(shop, find(orderId));
    },
    async uninstall() {
      shop.data.installed = false;
      shop.data.tokens = [];
      shop.say([{ topic: "APP_UNINSTALLED", body: () => installationWire(shop) }]);
      shop.data.subscriptions.splice(0);
    },
  };
}

function paymentOf({ paid, payment, giftCard }: NewShopifyOrder): Placing["payment"] {
  if (giftCard) return "split";
  if (paid === false) return "pending";
  return payment === "offline" ? "deposited" : "paid";
}

function accountOf(shop: Shop, { email }: Person): { customerId: string } | Record<string, never> {
  const customer = shop.data.customers.find((each) => each.email === email);
  return customer ? { customerId: customer.id } : {};
}

/** Ships what is wanted, one fulfillment for each location, and gives the first one's id. */
function ship(shop: Shop, order: Order, { lines, tracking = someParcel }: NewShipment): string {
  const portions = lines ? wantedPortions(order, lines) : openPortions(order);
  if (portions.length === 0) throw new Error(`order ${order.name} has nothing to ship`);
  const { number, carrier = "UPS" } = tracking;
  const company = carriers.find(({ code }) => code === carrier)?.name ?? carrier;
  const locations = [...new Set(portions.map(({ from }) => from.locationId))];
  const [first] = locations.map((locationId) =>
    fulfill(
      shop,
      order,
      portions.filter(({ from }) => from.locationId === locationId),
      [{ company, number, url: trackingUrl(company, number) }],
    ),
  );
  return gid("Fulfillment", first?.id ?? "");
}

const openPortions = (order: Order): Portion[] =>
  order.fulfillmentOrders
    .filter(({ status }) => status === "OPEN" || status === "IN_PROGRESS")
    .flatMap((from) => from.lines.map((line) => ({ from, line, quantity: line.remaining })))
    .filter(({ quantity }) => quantity > 0);

function wantedPortions(order: Order, wanted: { sku: string; quantity: number }[]): Portion[] {
  const open = openPortions(order);
  return wanted.flatMap(({ sku, quantity }) => {
    let left = quantity;
    const taken = open.flatMap((portion) => {
      const line = order.lines.find(({ id }) => id === portion.line.lineId);
      const units = line?.sku === sku ? Math.min(left, portion.quantity) : 0;
      left -= units;
      return units > 0 ? [{ ...portion, quantity: units }] : [];
    });
    if (left > 0)
      throw new Error(`order ${order.name} has fewer than ${quantity} units of ${sku} to ship`);
    return taken;
  });
}

function refundBy(shop: Shop, order: Order, { lines, amount, restock = false }: NewRefund): string {
  const wish = (line: Line, quantity: number): RefundWish["lines"][number] => {
    const way = unfulfilledQuantity(order, line) >= quantity ? "CANCEL" : "RETURN";
    return { line, quantity, restock: restock ? way : "NO_RESTOCK", locationId: null };
  };
  const chosen = lines
    ? lines.map(({ sku, quantity }) => wish(lineWith(order, sku, quantity), quantity))
    : amount === undefined
      ? order.lines
          .map((line) => wish(line, refundableQuantity(order, line)))
          .filter(({ quantity }) => quantity > 0)
      : [];
  const shipping = lines || amount !== undefined ? nothing : shippingLeft(order);
  const total =
    amount === undefined ? reckon(order, chosen, shipping).total : bagFrom(order, amount);
  const money = payingBack(order, total);
  if (money.length === 0)
    throw new Error(`order ${order.name} has no payment that could be refunded`);
  return gid("Refund", refundOrder(shop, order, { lines: chosen, shipping, money, note: null }).id);
}

function lineWith(order: Order, sku: string, quantity: number): Line {
  const line = order.lines.find(
    (each) => each.sku === sku && refundableQuantity(order, each) >= quantity,
  );
  if (line) return line;
  throw new Error(`order ${order.name} has no ${quantity} refundable units of ${sku}`);
}
