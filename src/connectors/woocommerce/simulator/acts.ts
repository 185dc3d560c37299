import { carriers, goods, people } from "../../simulator/catalog.js";
import type { LifeAct } from "../../simulator/life.js";
import { share } from "../../simulator/money.js";
import type { Acts, NewRefund } from "../../simulator/shop.js";
import { checkOut } from "./checkout.js";
import { gatewayFor, gatewayOf } from "./gateways.js";
import { amountOf, needsProcessing, sum } from "./items.js";
import { refundedQuantity, remainingRefund, saveOrder } from "./order.js";
import { changeStatus, completePayment, eraseOrder } from "./order-status.js";
import { productOf } from "./products.js";
import { createRefund, type RefundWish } from "./refunds.js";
import { openLines, shipOrder } from "./shipping.js";
import type { Site } from "./site.js";
import type { Line, Order } from "./state.js";

const commonGoods = [
  { sku: "MUG-01", quantity: 2 },
  { sku: "TEE-M", quantity: 1 },
];
const gone = ["cancelled", "refunded", "trash"];

/** What customers and the merchant do in this shop without the API. */
export function createActs(site: Site): Acts {
  function find(orderId: string): Order {
    const order = site.data.orders[orderId];
    if (order) return order;
    throw new Error(`there is no order ${orderId}`);
  }
  function findOpen(orderId: string, wish: string): Order {
    const order = find(orderId);
    if (!gone.includes(order.status)) return order;
    throw new Error(`order ${orderId} is ${order.status}, so it cannot be ${wish}`);
  }

  return {
    async placeOrder({ lines = commonGoods, paid = true, payment = "online", ...given } = {}) {
      const { currency, email } = given;
      const person = site.random.pick(people);
      const gateway = gatewayFor[payment];
      const order = checkOut(site, { lines, person, email, currency, gateway });
      if (paid) completePayment(site, order, transactionId(site));
      return { orderId: String(order.id), number: order.number };
    },
    async pay(orderId) {
      const order = find(orderId);
      if (order.paidAt !== null) throw new Error(`order ${orderId} is paid already`);
      completePayment(site, order, transactionId(site));
    },
    async edit(orderId) {
      const order = find(orderId);
      order.customerNote = `Please ring twice, or leave it at door ${site.random.integer(1, 99)}.`;
      saveOrder(site, order);
    },
    async cancel(orderId) {
      changeStatus(site, findOpen(orderId, "cancelled"), "cancelled");
    },
    async hold(orderId) {
      changeStatus(site, findOpen(orderId, "held"), "on-hold");
    },
    async ship(orderId, shipment) {
      return { shipmentId: shipOrder(site, findOpen(orderId, "shipped"), shipment) };
    },
    async moveParcel() {
      throw new Error("WooCommerce does not know where a parcel is");
    },
    async refund(orderId, refund) {
      const order = findOpen(orderId, "refunded");
      return { refundId: String(createRefund(site, order, wishOf(site, order, refund)).id) };
    },
    async deleteOrder(orderId) {
      eraseOrder(site, find(orderId));
    },
  };
}

/** What happens by itself, the common things more often. */
export function lifeActs(site: Site, acts: Acts): readonly LifeAct[] {
  const { random } = site;
  const some = (fits: (order: Order) => boolean): string => {
    const recent = Object.values(site.data.orders).slice(-200).filter(fits);
    if (recent.length === 0) throw new Error("no order is ready for it");
    return String(random.pick(recent).id);
  };
  const isIn =
    (...statuses: string[]) =>
    ({ status }: Order) =>
      statuses.includes(status);

  return [
    { name: "a customer orders", weight: 6, run: () => acts.placeOrder(randomCart(site)) },
    {
      name: "a customer pays",
      weight: 3,
      run: () => acts.pay(some(({ paidAt, status }) => paidAt === null && isPayable(status))),
    },
    {
      name: "the merchant edits an order",
      weight: 2,
      run: () => acts.edit(some(isIn("processing", "on-hold"))),
    },
    {
      name: "the merchant cancels an order",
      weight: 1,
      run: () => acts.cancel(some(isIn("pending", "on-hold"))),
    },
    {
      name: "the merchant holds an order",
      weight: 0.5,
      run: () => acts.hold(some(isIn("processing"))),
    },
    {
      name: "the merchant ships",
      weight: 5,
      run: () => {
        const isReady = (order: Order) =>
          order.status === "processing" && openLines(site, order).length > 0;
        const carrier = random.pick(carriers);
        return acts.ship(some(isReady), {
          tracking: { number: carrier.number(random), carrier: carrier.code },
        });
      },
    },
    {
      name: "the merchant refunds a unit",
      weight: 1,
      run: () => {
        const isRefundable = (order: Order) =>
          order.status === "completed" &&
          remainingRefund(site, order) > 0 &&
          needsProcessing(order);
        const order = site.data.orders[some(isRefundable)];
        const sku = order?.lines
          .map((line) => productOf(line)?.sku)
          .find((each) => each !== undefined);
        if (!order || !sku) throw new Error("no line of it can be refunded");
        return acts.refund(String(order.id), { lines: [{ sku, quantity: 1 }], restock: true });
      },
    },
  ];
}

function isPayable(status: string): boolean {
  return ["pending", "on-hold", "failed"].includes(status);
}

function randomCart({ random }: Site): Parameters<Acts["placeOrder"]>[0] {
  const skus = new Set(Array.from({ length: random.integer(1, 3) }, () => random.pick(goods).sku));
  const lines = Array.from(skus, (sku) => ({ sku, quantity: random.integer(1, 3) }));
  const payment = random.chance(0.2) ? "offline" : "online";
  return { lines, paid: random.chance(0.7), payment };
}

/** A made-up payment reference, as a gateway would leave it. */
export function transactionId({ random }: Site): string {
  return `ch_${random.text(24, "abcdefghijklmnopqrstuvwxyz0123456789")}`;
}

/** Without lines and amount, all that is left of everything. The gateway is asked where it can refund. */
export function wishOf(
  site: Site,
  order: Order,
  { lines, amount, restock = false }: NewRefund = {},
): RefundWish {
  const items = lines
    ? lines.map(({ sku, quantity }) =>
        itemOf(
          order.lines.find((line) => productOf(line)?.sku === sku),
          sku,
          quantity,
        ),
      )
    : amount === undefined
      ? order.lines.map((line) =>
          itemOf(line, "", line.quantity - refundedQuantity(site, order, line.id)),
        )
      : [];
  const cost = lines ? sum(items, ({ total, tax }) => total + tax) : remainingRefund(site, order);
  return {
    amount: amountOf(amount) ?? cost,
    items: items.filter(({ quantity }) => quantity > 0),
    pay: gatewayOf(order.paymentMethod)?.refunds === true && order.transactionId !== "",
    restock,
  };
}

function itemOf(
  line: Line | undefined,
  sku: string,
  quantity: number,
): RefundWish["items"][number] {
  if (!line) throw new RangeError(`the order has no line with the SKU "${sku}"`);
  const part = (cents: number): number => share(cents, quantity, Math.max(1, line.quantity));
  return { itemId: line.id, quantity, total: part(line.total), tax: part(line.totalTax) };
}
