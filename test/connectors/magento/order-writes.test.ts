import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { magento } from "../../../src/connectors/magento/index.js";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../src/connectors/magento/simulator/index.js";
import type { Address } from "../../../src/domain/address.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { Command } from "../../../src/domain/command.js";
import type { Order } from "../../../src/domain/order.js";
import { addFault, clearFaults, connect, perform, readOrder, run } from "../bench.js";
import { untilAnswerIsLost } from "../lost-answer.js";
import { signedClient } from "./simulator/client.js";

let shop: SimulatedMagento;
let channel: Channel;
beforeAll(async () => {
  shop = await startMagento({ orders: 3 });
  ({ channel } = await connect(magento, shop.settings));
});
afterEach(() => clearFaults(shop));
afterAll(() => shop.stop());

const place = async (sku = "MUG-01") => {
  const { orderId } = await shop.acts.placeOrder({ lines: [{ sku, quantity: 1 }] });
  return { orderId, order: await readOrder(channel, orderId) };
};
const body = async (orderId: string) =>
  (await signedClient(shop.settings).get(`/orders/${orderId}`)).body;

describe("A comment on a Magento order", () => {
  const noteOf = (order: Order): Command => ({
    type: "ORDER_NOTE_ADD",
    orderId: order.id,
    notifyCustomer: null,
    text: "Call before delivery",
    pushToChannel: true,
  });

  it("is for the staff alone, leaves the status, and is read without our reference", async () => {
    const { orderId, order } = await place();
    const { outcomes, order: after } = await run(channel, noteOf(order), order);
    expect(outcomes).toMatchObject([{ kind: "done" }]);
    const [newest] = (await body(orderId)).status_histories;
    expect(newest).toMatchObject({ is_visible_on_front: 0, is_customer_notified: 0 });
    expect(shop.view(orderId)?.status).toBe("processing");
    expect(after.head.notes.filter(({ text }) => text === "Call before delivery")).toMatchObject([
      { customerVisible: false },
    ]);
  });

  it("is written once, however often its step is tried", async () => {
    const { orderId, order } = await place();
    const [step = expect.fail("no step")] = channel.plan(noteOf(order), order);
    const marker = "MarkerMarkerMarker1234";
    await addFault(shop, { kind: "timeout-after", match: "/comments", count: 1 });
    const signal = untilAnswerIsLost(shop);
    expect((await perform(channel, step, orderId, { marker, signal })).kind).toBe("unknown");
    expect((await perform(channel, step, orderId, { marker })).kind).toBe("done");
    const texts = (await readOrder(channel, orderId)).head.notes.map(({ text }) => text);
    expect(texts.filter((text) => text === "Call before delivery")).toHaveLength(1);
  });
});

describe("The address of a Magento order", () => {
  const wanted: Address = {
    name: "Ada Maria Lovelace",
    company: null,
    line1: "12 St James's Square",
    line2: "Flat 3",
    city: "Los Angeles",
    region: "California",
    regionCode: "CA",
    postalCode: "90002",
    country: "US",
    phone: "555-0101",
  };
  const updateOf = (order: Order, changes: Partial<Address> = {}): Command => ({
    type: "ORDER_ADDRESS_UPDATE",
    orderId: order.id,
    notifyCustomer: null,
    shippingAddress: { ...wanted, ...changes },
  });

  it("is written into the row that the order has, with the region as the shop lists it", async () => {
    const { orderId, order } = await place();
    const before = (await body(orderId)).extension_attributes.shipping_assignments[0].shipping;
    const { outcomes, order: after } = await run(channel, updateOf(order), order);
    expect(outcomes).toMatchObject([{ kind: "done", nativeId: null }]);
    expect(after.head.shippingAddress).toEqual(wanted);
    expect(after.head.billingAddress).toEqual(order.head.billingAddress);
    const [assignment] = (await body(orderId)).extension_attributes.shipping_assignments;
    expect(assignment.shipping.address).toMatchObject({
      entity_id: before.address.entity_id,
      email: before.address.email,
      region_id: 12,
      firstname: "Ada Maria",
      lastname: "Lovelace",
    });
    const writes = shop.calls().length;
    expect((await run(channel, updateOf(after), after)).outcomes).toMatchObject([
      { kind: "done", httpStatus: null },
    ]);
    expect(
      shop
        .calls()
        .slice(writes)
        .filter(({ name }) => name.startsWith("PUT")),
    ).toEqual([]);
  });

  it("is refused before it is sent where Magento would not keep it", async () => {
    const { order } = await place();
    expect(() => channel.plan(updateOf(order, { name: "Ada" }), order)).toThrow(/first and last/);
    expect(() => channel.plan(updateOf(order, { postalCode: null }), order)).toThrow(/postalCode/);
    const virtual = await place("EBOOK-1");
    const [step = expect.fail("no step")] = channel.plan(updateOf(virtual.order), virtual.order);
    expect(await perform(channel, step, virtual.orderId)).toMatchObject({
      kind: "refused",
      error: { message: expect.stringMatching(/has no shipping address to change/) },
    });
  });
});

describe("A record of Magento that was kept", () => {
  const said = (text: string) =>
    channel.translate?.({ topic: null, body: text, receivedAt: new Date() });

  it("says what it says when it is read again: an order itself, a part its order", async () => {
    const { orderId } = await place();
    const row = await body(orderId);
    expect(said(JSON.stringify(row))).toMatchObject({
      kind: "snapshot",
      refresh: true,
      snapshot: { ref: { nativeId: orderId }, head: { value: { number: row.increment_id } } },
    });
    expect(said(JSON.stringify({ entity_id: 5, order_id: 7, created_at: "never" }))).toEqual({
      kind: "hint",
      ref: { nativeId: "7" },
    });
    expect(said(JSON.stringify({ ...row, created_at: "never" }))).toMatchObject({
      kind: "unreadable",
      reason: expect.stringMatching(/^created_at/),
    });
    expect(said('"nothing"')?.kind).toBe("ignored");
    expect(said("{")?.kind).toBe("unreadable");
  });
});
