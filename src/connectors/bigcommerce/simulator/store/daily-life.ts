import { carriers, goods } from "../../../simulator/catalog.js";
import type { LifeAct } from "../../../simulator/life.js";
import type { BigCommerceActs } from "./acts.js";
import { refundable } from "./refunding.js";
import { availableToShip } from "./shipping.js";
import type { Order } from "./state.js";
import { awaitingFulfillment, awaitingPayment, completed, shipped } from "./statuses.js";
import type { Store } from "./store.js";

/** Only this many of the newest orders still live. */
const recent = 200;

/** What happens in the store by itself, the common things more often. */
export function dailyLife(store: Store, acts: BigCommerceActs): LifeAct[] {
  const { random } = store;
  const pick = (what: string, fits: (order: Order) => boolean): Order => {
    const found = Object.values(store.data.orders).slice(-recent).filter(fits);
    if (found.length === 0) throw new Error(`no order ${what}`);
    return random.pick(found);
  };
  const some = (what: string, fits: (order: Order) => boolean): string =>
    String(pick(what, fits).id);
  const is =
    (...statusIds: number[]) =>
    ({ statusId, archived }: Order) =>
      !archived && statusIds.includes(statusId);

  return [
    { name: "a customer orders", weight: 6, run: () => acts.placeOrder(randomCart(store)) },
    {
      name: "a customer pays",
      weight: 3,
      run: () => acts.pay(some("waits for money", is(awaitingPayment))),
    },
    {
      name: "the merchant edits an order",
      weight: 2,
      run: () => acts.edit(some("can be edited", is(awaitingFulfillment, awaitingPayment))),
    },
    {
      name: "a customer writes",
      weight: 1,
      run: () =>
        acts.writeMessage(
          some("is under way", is(awaitingFulfillment, shipped)),
          "When will it be here?",
        ),
    },
    {
      name: "the merchant cancels an order",
      weight: 1,
      run: () => acts.cancel(some("can be cancelled", is(awaitingPayment))),
    },
    {
      name: "the merchant holds an order",
      weight: 0.5,
      run: () => acts.hold(some("can be held", is(awaitingFulfillment))),
    },
    {
      name: "the merchant ships",
      weight: 5,
      run: () => {
        const isReady = (order: Order): boolean =>
          is(awaitingFulfillment)(order) &&
          order.lines.some((line) => availableToShip(order, line) > 0);
        const carrier = random.pick(carriers);
        return acts.ship(some("can be shipped", isReady), {
          tracking: { number: carrier.number(random), carrier: carrier.code },
        });
      },
    },
    {
      name: "the merchant refunds a unit",
      weight: 1,
      run: () => {
        const isRefundable = (order: Order): boolean =>
          is(shipped, completed)(order) && order.refunds.length === 0 && refundable(order) > 0;
        const order = pick("can be refunded", isRefundable);
        const sku = order.lines[0]?.sku ?? "";
        return acts.refund(String(order.id), { lines: [{ sku, quantity: 1 }] });
      },
    },
  ];
}

function randomCart({ random }: Store): Parameters<BigCommerceActs["placeOrder"]>[0] {
  const skus = new Set(Array.from({ length: random.integer(1, 3) }, () => random.pick(goods).sku));
  const lines = Array.from(skus, (sku) => ({ sku, quantity: random.integer(1, 3) }));
  return { lines, paid: random.chance(0.7) };
}
