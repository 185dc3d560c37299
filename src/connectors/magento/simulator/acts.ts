import { type Carrier, carriers, goods, people } from "../../simulator/catalog.js";
import type { LifeAct } from "../../simulator/life.js";
import { share } from "../../simulator/money.js";
import type { Acts, NewRefund, NewReturn, NewShipment } from "../../simulator/shop.js";
import { amountIn, nothing, one, partOf, rounded, sum } from "./amount.js";
import { checkOut } from "./checkout.js";
import { type RefundWish, refundInvoice, refundOrder } from "./creditmemos.js";
import { ApiError } from "./errors.js";
import { invoice } from "./invoices.js";
import { canHold, canInvoice, canShip, quantityToRefund, refundable, touch } from "./order.js";
import { cancel, comment, erase, hold } from "./order-status.js";
import { isGateway } from "./payments.js";
import { requestReturn, takeIn } from "./returns.js";
import { ship, type TrackWish } from "./shipments.js";
import type { Site } from "./site.js";
import type { Creditmemo, Item, Order } from "./state.js";

const commonGoods = [
  { sku: "MUG-01", quantity: 2 },
  { sku: "TEE-M", quantity: 1 },
];

/** What customers and the merchant do in this shop without the API. */
export function createActs(site: Site): Acts {
  function find(orderId: string): Order {
    const order = site.data.orders[orderId];
    if (order) return order;
    throw new Error(`there is no order ${orderId}`);
  }

  return {
    async placeOrder({ lines = commonGoods, paid = true, currency, email, payment } = {}) {
      const isOnline = payment === undefined ? paid : payment === "online";
      const method = isOnline ? "braintree" : "checkmo";
      const person = site.random.pick(people);
      const order = checkOut(site, { lines, person, email, currency, method });
      if (paid) invoiceAll(site, order);
      return { orderId: String(order.id), number: order.incrementId };
    },
    async pay(orderId) {
      const order = find(orderId);
      if (!canInvoice(order)) throw new Error(`order ${orderId} has nothing left to pay`);
      invoiceAll(site, order);
    },
    async edit(orderId) {
      const order = find(orderId);
      const address = order.shipping ?? order.billing;
      address.street = [address.street[0] ?? "", `Door ${site.random.integer(1, 99)}`];
      comment(site, order, {
        comment: "The address was changed as you asked.",
        entityName: "order",
        isCustomerNotified: 1,
        isVisibleOnFront: 1,
        status: order.status,
      });
      // As extensions do that correct orders; the admin's own form (Order\AddressSave) saves the address and nothing else.
      touch(site, order);
    },
    async cancel(orderId) {
      const order = find(orderId);
      if (!cancel(site, order))
        throw new Error(`order ${orderId} is ${order.status}, so it cannot be canceled`);
    },
    async hold(orderId) {
      hold(site, find(orderId));
    },
    async ship(orderId, shipment) {
      return { shipmentId: String(shipByHand(site, find(orderId), shipment)) };
    },
    async moveParcel() {
      throw new Error("Magento does not know where a parcel is");
    },
    async refund(orderId, wish) {
      return { refundId: String(refundByHand(site, find(orderId), wish).id) };
    },
    async deleteOrder(orderId) {
      erase(site, find(orderId));
    },
    ...(site.edition === "commerce" && {
      async askReturn(orderId, asked) {
        const order = find(orderId);
        return { returnId: String(requestReturn(site, order, returned(order, asked)).id) };
      },
      async receiveReturn(orderId, returnId) {
        const order = find(orderId);
        const rma = site.data.returns.find(({ id }) => String(id) === returnId);
        if (rma?.orderId !== order.id)
          throw new Error(`order ${orderId} has no return ${returnId}`);
        takeIn(site, rma);
      },
    }),
  };
}

/** What somebody sends back: so much of each SKU, or one piece of the first line that left. */
function returned(order: Order, { lines }: NewReturn = {}): { item: Item; quantity: number }[] {
  if (lines) return lines.map(({ sku, quantity }) => ({ item: itemOf(order, sku), quantity }));
  const item = order.items.find(({ shipped }) => shipped >= one);
  if (item) return [{ item, quantity: 1 }];
  throw new Error(`of order ${order.id} nothing left that could come back`);
}

/** Invoices what is left, through the gateway where there is one. */
export function invoiceAll(site: Site, order: Order): void {
  invoice(site, order, { quantities: new Map(), capture: true });
}

/** Ships in the admin. Throws where the shop refuses, or where there is no such SKU on the order. */
export function shipByHand(
  site: Site,
  order: Order,
  { lines, tracking }: NewShipment = {},
  sourceCode: string | null = null,
): number {
  const quantities = new Map(
    lines?.map(({ sku, quantity }) => [itemOf(order, sku).id, Math.round(quantity * one)]),
  );
  const tracks = tracking ? [trackOf(tracking)] : [];
  return ship(site, order, { quantities, tracks, sourceCode }).id;
}

/** Codes that Magento knows of its own; every other carrier is "custom". */
const ownCarriers = ["ups", "usps", "fedex", "dhl"];

export function trackOf({ number, carrier = "" }: { number: string; carrier?: string }): TrackWish {
  const code = carrier.toLowerCase();
  const known: Carrier | undefined = carriers.find((each) => each.code === code);
  return {
    trackNumber: number,
    title: known?.name ?? (carrier || "Carrier"),
    carrierCode: ownCarriers.includes(code) ? code : "custom",
  };
}

/** Refunds in the admin: out of the invoice where a gateway has its money, else offline. */
export function refundByHand(site: Site, order: Order, given: NewRefund = {}): Creditmemo {
  const wish = wishOf(order, given);
  const captured = site.data.invoices.find(
    ({ orderId, transactionId }) => orderId === order.id && transactionId !== null,
  );
  return captured && isGateway(order.payment.method)
    ? refundInvoice(site, { order, invoice: captured, isOnline: true }, wish)
    : refundOrder(site, order, wish);
}

/** Without lines and amount, all that is left of everything, shipping too. */
function wishOf(order: Order, { lines, amount, restock = false }: NewRefund): RefundWish {
  const quantities = new Map(
    lines?.map(({ sku, quantity }) => [itemOf(order, sku).id, Math.round(quantity * one)]),
  );
  const isAll = lines === undefined && amount === undefined;
  // A row with nothing of it keeps the other rows out of a refund of an amount alone.
  const first = order.items[0];
  if (!isAll && quantities.size === 0 && first) quantities.set(first.id, 0);
  const difference = isAll ? Math.min(0, -extraOf(order)) : beyond(order, quantities, amount);
  return {
    quantities,
    shipping: isAll ? null : 0,
    adjustmentPositive: difference > 0 ? difference : null,
    adjustmentNegative: difference < 0 ? -difference : null,
    restock: restock ? order.items.map(({ id }) => id) : [],
  };
}

/** By how much an amount differs from what the rows cost; an amount that was not named differs by nothing. */
function beyond(
  order: Order,
  quantities: ReadonlyMap<number, number>,
  amount: string | undefined,
): number {
  return amount === undefined ? 0 : toBase(order, amount) - costOf(order, quantities);
}

/** What went back beyond rows and shipping: so much less than all of them is left. */
function extraOf({ amounts }: Order): number {
  return (amounts.adjustment_positive?.base ?? 0) - (amounts.adjustment_negative?.base ?? 0);
}

function toBase({ rate }: Order, amount: string): number {
  return rounded(share(amountIn(amount), one, rate));
}

/** What so many of these rows cost, tax in and discount off, in base currency. */
function costOf(order: Order, quantities: ReadonlyMap<number, number>): number {
  const costs = order.items.map(({ id, ordered, amounts }) => {
    const { row_total = nothing, tax_amount = nothing, discount_amount = nothing } = amounts;
    const part = (pair: typeof nothing) => partOf(pair, quantities.get(id) ?? 0, ordered).base;
    return { base: part(row_total) + part(tax_amount) - part(discount_amount), order: 0 };
  });
  return sum(costs).base;
}

/** The row of a SKU: the configurable, not its child. */
function itemOf(order: Order, sku: string): Item {
  const item = order.items.find((each) => each.sku === sku);
  if (item) return item;
  throw new RangeError(`the order has no line with the SKU "${sku}"`);
}

/** What happens by itself, the common things more often. */
export function lifeActs(site: Site, acts: Acts): readonly LifeAct[] {
  const { random } = site;
  const some = (fits: (order: Order) => boolean): string => {
    const recent = Object.values(site.data.orders).slice(-200).filter(fits);
    if (recent.length === 0) throw new ApiError(404, "no order is ready for it");
    return String(random.pick(recent).id);
  };
  return [
    { name: "a customer orders", weight: 6, run: () => acts.placeOrder(randomCart(site)) },
    { name: "a customer pays", weight: 3, run: () => acts.pay(some(canInvoice)) },
    {
      name: "the merchant edits an order",
      weight: 2,
      run: () => acts.edit(some(({ state }) => state === "new" || state === "processing")),
    },
    {
      name: "the merchant cancels an order",
      weight: 1,
      run: () => acts.cancel(some(({ state }) => state === "new")),
    },
    { name: "the merchant holds an order", weight: 0.5, run: () => acts.hold(some(canHold)) },
    {
      name: "the merchant ships",
      weight: 5,
      run: () => {
        const carrier = random.pick(carriers);
        const tracking = { number: carrier.number(random), carrier: carrier.code };
        return acts.ship(some(canShip), { tracking });
      },
    },
    {
      name: "the merchant refunds a unit",
      weight: 1,
      run: () => {
        const isReady = (order: Order): boolean =>
          order.state === "complete" && refundable(order).base > 0 && unitOf(order) !== undefined;
        const order = site.data.orders[some(isReady)];
        const sku = (order && unitOf(order)?.sku) ?? "";
        const lines = [{ sku, quantity: 1 }];
        return acts.refund(String(order?.id), { lines, restock: true });
      },
    },
    ...returnActs(site, acts, some),
  ];
}

/** What happens to goods that come back, in a shop that keeps books of them. */
function returnActs(
  { data }: Site,
  { askReturn, receiveReturn }: Acts,
  some: (fits: (order: Order) => boolean) => string,
): LifeAct[] {
  if (!askReturn || !receiveReturn) return [];
  const open = () => data.returns.filter(({ status }) => status === "pending");
  return [
    {
      name: "a customer asks to send goods back",
      weight: 1,
      run: () => askReturn(some(({ items }) => items.some(({ shipped }) => shipped >= one))),
    },
    {
      name: "the merchant takes a return in",
      weight: 1,
      run: () => {
        const [rma] = open();
        if (!rma) throw new ApiError(404, "no return waits");
        return receiveReturn(String(rma.orderId), String(rma.id));
      },
    },
  ];
}

function unitOf(order: Order): Item | undefined {
  return order.items.find((item) => quantityToRefund(order, item) >= one);
}

function randomCart({ random }: Site): Parameters<Acts["placeOrder"]>[0] {
  const skus = new Set(Array.from({ length: random.integer(1, 3) }, () => random.pick(goods).sku));
  const lines = Array.from(skus, (sku) => ({ sku, quantity: random.integer(1, 3) }));
  return { lines, paid: random.chance(0.7) };
}
