import type { LifeAct } from "../../../simulator/life.js";
import type { ParcelMove } from "../../../simulator/shop.js";
import type { ShopifyActs } from "./acts.js";
import { unpaid } from "./receiving.js";
import { returnables } from "./returning.js";
import { gid, type Shop } from "./shop.js";
import type { Fulfillment, Order, Return } from "./state.js";
import { displayStatus, isUnfinished } from "./status.js";
import { outstanding } from "./totals.js";

/** Only this many of the newest orders still live. */
const recent = 60;
/** Where a parcel goes from where it is. */
const nextStage: Record<string, ParcelMove> = {
  FULFILLED: "IN_TRANSIT",
  IN_TRANSIT: "OUT_FOR_DELIVERY",
  OUT_FOR_DELIVERY: "DELIVERED",
  ATTEMPTED_DELIVERY: "DELIVERED",
};

/** What happens in the shop by itself, and how often. */
export function dailyLife(shop: Shop, acts: ShopifyActs): LifeAct[] {
  const some = (what: string, fits: (order: Order) => boolean): string => {
    const found = shop.data.orders
      .slice(-recent)
      .filter((order) => !order.cancelledAt && fits(order));
    if (found.length === 0) throw new Error(`no order ${what}`);
    return gid("Order", shop.random.pick(found).id);
  };
  const isShippable = ({ fulfillmentOrders }: Order): boolean =>
    fulfillmentOrders.some(
      (each) => isUnfinished(each) && each.status !== "ON_HOLD" && each.status !== "SCHEDULED",
    );
  const isUnshipped = ({ fulfillments }: Order): boolean =>
    fulfillments.every(({ status }) => status === "CANCELLED");

  async function moveSomeParcel(): Promise<void> {
    const moving = (order: Order): Fulfillment[] =>
      order.fulfillments.filter((each) => nextStage[displayStatus(each)] !== undefined);
    const orderId = some("has a parcel on its way", (order) => moving(order).length > 0);
    const order = shop.data.orders.find(({ id }) => gid("Order", id) === orderId);
    const [parcel] = order ? moving(order) : [];
    const stage = parcel && nextStage[displayStatus(parcel)];
    if (stage) await acts.moveParcel(orderId, gid("Fulfillment", parcel.id), stage);
  }

  /** A return in this state of some order, with what is to be done with it. */
  const ofReturn = (
    what: string,
    fits: (row: Return) => boolean,
    act: (orderId: string, returnId: string) => Promise<unknown>,
  ): Promise<unknown> => {
    const orderId = some(what, ({ returns }) => returns.some(fits));
    const order = shop.data.orders.find(({ id }) => gid("Order", id) === orderId);
    const row = order?.returns.find(fits);
    return row ? act(orderId, gid("Return", row.id)) : Promise.resolve();
  };
  const isUnpaid = (row: Return): boolean =>
    row.status === "OPEN" && unpaid(row).some(({ quantity }) => quantity > 0);
  const isAwaited = ({ status, lines }: Return): boolean =>
    status === "OPEN" && lines.some(({ quantity, processed }) => quantity > processed);

  return [
    {
      name: "a customer asks to send something back",
      weight: 0.6,
      run: () => acts.askReturn(some("can be returned", (order) => returnables(order).length > 0)),
    },
    {
      name: "a return is decided",
      weight: 1,
      run: () =>
        ofReturn(
          "has a return to decide",
          ({ status }) => status === "REQUESTED",
          (orderId, returnId) =>
            acts.decideReturn(orderId, returnId, shop.random.chance(0.8) ? "approve" : "decline"),
        ),
    },
    {
      name: "a return comes in",
      weight: 0.8,
      run: () => ofReturn("waits for a return", isAwaited, acts.receiveReturn),
    },
    {
      name: "a return is paid for",
      weight: 0.8,
      run: () => ofReturn("has a return to pay for", isUnpaid, acts.payReturn),
    },
    {
      name: "an order is placed",
      weight: 5,
      run: () => acts.placeOrder({ paid: shop.random.chance(0.8) }),
    },
    {
      name: "an order is paid",
      weight: 2,
      run: () => acts.pay(some("waits for money", (order) => outstanding(order).shop > 0)),
    },
    {
      name: "an order is edited",
      weight: 1,
      run: () => acts.edit(some("can be edited", () => true)),
    },
    {
      name: "an order is canceled",
      weight: 0.4,
      run: () => acts.cancel(some("can be canceled", isUnshipped)),
    },
    {
      name: "an order is shipped",
      weight: 3,
      run: () => acts.ship(some("can be shipped", isShippable)),
    },
    { name: "a parcel moves", weight: 5, run: moveSomeParcel },
    {
      name: "money goes back",
      weight: 0.4,
      run: () =>
        acts.refund(
          some("was paid", (order) => outstanding(order).shop <= 0),
          { amount: "1" },
        ),
    },
  ];
}
