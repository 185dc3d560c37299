import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bigcommerce } from "../../../src/connectors/bigcommerce/index.js";
import {
  type SimulatedBigCommerce,
  startBigCommerce,
} from "../../../src/connectors/bigcommerce/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { Command, Step } from "../../../src/domain/command.js";
import type { Order } from "../../../src/domain/order.js";
import { connect, perform, placeMugs, shipCommand } from "../bench.js";
import { refundOf } from "../refund-wish.js";
import { type Asker, askerOf } from "./simulator/ask.js";

let shop: SimulatedBigCommerce;
let channel: Channel;
let ask: Asker;
beforeAll(async () => {
  shop = await startBigCommerce({ orders: 2, plan: "wide" });
  ({ channel } = await connect(bigcommerce, shop.settings));
  ask = askerOf(shop);
});
afterAll(() => shop.stop());

const marker = "MarkerMarkerMarker0001";
const planned = (command: Command, order: Order): Step =>
  channel.plan(command, order)[0] ?? expect.fail("no step");
const find = (step: Step, orderId: string) =>
  channel.find?.({
    step,
    marker,
    key: "",
    order: { nativeId: orderId },
    signal: AbortSignal.timeout(20_000),
  });

describe("a look for a step of which no answer came", () => {
  it("counts how many shipments and notes bear its token, for one too many is an alarm", async () => {
    const { orderId, order } = await placeMugs(shop, channel);
    const ship = planned(shipCommand(order, { "MUG-01": 1 }), order);
    await perform(channel, ship, orderId, { marker });
    const [first] = (await ask.get(`/v2/orders/${orderId}/shipments`)).body;
    const { order_address_id, comments } = first;
    const [{ order_product_id }] = first.items;
    const twin = { order_address_id, comments, items: [{ order_product_id, quantity: 1 }] };
    expect((await ask.post(`/v2/orders/${orderId}/shipments`, twin)).status).toBe(201);
    expect(await find(ship, orderId)).toMatchObject({
      kind: "found",
      times: 2,
      nativeId: String(first.id),
    });
    const text = "Call first";
    const base = { orderId: order.id, notifyCustomer: null };
    const note = planned({ ...base, type: "ORDER_NOTE_ADD", text, pushToChannel: true }, order);
    await ask.put(`/v2/orders/${orderId}`, {
      staff_notes: `a (ref ${marker})\nb\nc (ref ${marker})`,
    });
    expect(await find(note, orderId)).toMatchObject({ kind: "found", times: 2, nativeId: null });
  });

  it("says absent of a shipment whose token stands nowhere, though all has left by another hand", async () => {
    const { orderId, order } = await placeMugs(shop, channel);
    const ship = planned(shipCommand(order, null), order);
    await shop.acts.ship(orderId);
    expect(await find(ship, orderId)).toEqual({ kind: "absent" });
  });

  it("cannot tell of an order that is archived, nor of a refund that the provider declined", async () => {
    const { orderId, order } = await placeMugs(shop, channel);
    const step = planned(await refundOf(channel, order, { "MUG-01": 1 }), order);
    const made = await perform(channel, step, orderId, { marker });
    expect(await find(step, orderId)).toMatchObject({ kind: "found", times: 1 });
    const refundId = made.kind === "done" ? made.nativeId : null;
    await shop.acts.declineRefund(orderId, refundId ?? expect.fail("no refund"));
    expect(await find(step, orderId)).toMatchObject({
      kind: "unclear",
      error: { message: expect.stringMatching(/declined .* make a new refund/) },
    });
    await shop.acts.archiveOrder(orderId);
    expect(await find(step, orderId)).toMatchObject({
      kind: "unclear",
      error: { code: "NOT_FOUND", message: expect.stringContaining(orderId) },
    });
  });
});
