import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { magento } from "../../../src/connectors/magento/index.js";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../src/connectors/magento/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import { type Command, isKept } from "../../../src/domain/command.js";
import type { FulfillmentOrder, PlacedHold } from "../../../src/domain/fulfillment.js";
import type { Order } from "../../../src/domain/order.js";
import { connect, perform, readOrder } from "../bench.js";
import { signedClient } from "./simulator/client.js";

let shop: SimulatedMagento;
let channel: Channel;
let clock = Date.now();
beforeAll(async () => {
  shop = await startMagento({ orders: 3, now: () => new Date(clock) });
  ({ channel } = await connect(magento, shop.settings));
});
afterAll(() => shop.stop());

const WORK = "fulfillmentOrder_1";
const holdOf = (id: string): PlacedHold => ({
  id,
  nativeId: null,
  reason: "ADDRESS",
  note: null,
  since: null,
  by: null,
  commandId: null,
});
const place = async (holds: PlacedHold[] = []) => {
  const { orderId } = await shop.acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 2 }] });
  const order = await readOrder(channel, orderId);
  const work = { id: WORK, holds, owner: "GATEWAY" } as unknown as FulfillmentOrder;
  return { orderId, order: { ...order, fulfillmentOrders: [work] } };
};
const base = (order: Order) => ({
  orderId: order.id,
  notifyCustomer: null,
  fulfillmentOrderId: WORK,
});
const hold = (order: Order): Command => ({
  ...base(order),
  type: "FULFILLMENT_ORDER_HOLD",
  reason: "ADDRESS",
  note: "No such street",
});
const release = (order: Order, holdIds = ["hold_1"]): Command => ({
  ...base(order),
  type: "FULFILLMENT_ORDER_RELEASE",
  holdIds,
});
/** What the shop is sent of a command, beside what the gateway keeps. */
const sent = (command: Command, order: Order) =>
  channel.plan(command, order).filter(({ kind }) => !isKept(kind));
async function go(command: Command, order: Order) {
  const [step = expect.fail("nothing is sent")] = sent(command, order);
  return perform(channel, step, order.nativeId);
}
const stateOf = async (orderId: string) =>
  (await readOrder(channel, orderId)).head.platformStatuses[0]?.value;

describe("Work held back at Magento", () => {
  it("is kept here, and puts the whole order on hold there with the reason for its staff", async () => {
    const { orderId, order } = await place();
    expect(channel.plan(hold(order), order).map(({ kind }) => kind)).toEqual([
      "GATEWAY_HOLD",
      "ORDER_STATUS",
    ]);
    expect(await go(hold(order), order)).toMatchObject({ kind: "done" });
    const { head } = await readOrder(channel, orderId);
    expect(head.platformStatuses[0]?.value).toBe("holded");
    expect(head.notes.map(({ text }) => text)).toContain(
      "Held back by the gateway (ADDRESS): No such street",
    );
    expect(head.notes.every(({ customerVisible }) => !customerVisible)).toBe(true);
    // Tried again it finds itself done.
    expect(await go(hold(order), order)).toMatchObject({ kind: "done", httpStatus: null });
  });

  it("is released there with the last of our holds, and not before", async () => {
    const { orderId, order } = await place([holdOf("hold_1"), holdOf("hold_2")]);
    await go(hold(order), order);
    expect(sent(release(order, ["hold_1"]), order)).toEqual([]);
    expect(await go(release(order, ["hold_1", "hold_2"]), order)).toMatchObject({ kind: "done" });
    expect(await stateOf(orderId)).toBe("processing");
    expect(await go(release(order, ["hold_2", "hold_1"]), order)).toMatchObject({
      kind: "done",
      httpStatus: null,
    });
  });

  it("leaves a hold alone that the shop's own staff placed, also after one of ours", async () => {
    const { orderId, order } = await place();
    const theirs = {
      kind: "refused",
      error: {
        code: "ON_HOLD",
        message: expect.stringMatching(/shop's own staff; release it there/),
      },
    };
    await shop.acts.hold(orderId);
    expect(await go(hold(order), order)).toMatchObject({ kind: "done", httpStatus: null });
    expect(await go(release(order), order)).toMatchObject(theirs);
    const client = () => signedClient(shop.settings, { timestamp: clock / 1000 });
    await client().post(`/orders/${orderId}/unhold`);
    await go(hold(order), order);
    await go(release(order), order);
    clock += 3_600_000;
    await shop.acts.hold(orderId);
    expect(await go(release(order), order)).toMatchObject(theirs);
    expect(await stateOf(orderId)).toBe("holded");
  });

  it("is refused of an order that is over", async () => {
    const { orderId, order } = await place();
    await shop.acts.ship(orderId);
    expect(await go(hold(order), order)).toMatchObject({
      kind: "refused",
      error: { message: expect.stringMatching(/is complete in the shop/) },
    });
  });
});

describe("Work moved to another source of Magento", () => {
  const move = (order: Order, lines: { lineId: string; quantity: number }[] | null): Command => ({
    ...base(order),
    type: "FULFILLMENT_ORDER_MOVE",
    locationId: "wh2",
    lines,
  });

  it("is kept here, whole, where the shop has sources", async () => {
    const { order } = await place();
    expect(channel.plan(move(order, null), order)).toMatchObject([{ kind: "GATEWAY_MOVE" }]);
    const part = [{ lineId: order.lines[0]?.id ?? "", quantity: 1 }];
    expect(() => channel.plan(move(order, part), order)).toThrow(/one source for all that is left/);
    const single = magento.open(shop.settings, { webhookSecret: "x", probe: null, fetch });
    expect(() => single.plan(move(order, null), order)).toThrow(/no sources to ship from/);
  });
});
