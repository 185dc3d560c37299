import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bigcommerce } from "../../../src/connectors/bigcommerce/index.js";
import {
  type SimulatedBigCommerce,
  startBigCommerce,
} from "../../../src/connectors/bigcommerce/simulator/index.js";
import type { Address } from "../../../src/domain/address.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { Command, Step } from "../../../src/domain/command.js";
import type { Order } from "../../../src/domain/order.js";
import { specsDir } from "../../support/specs.js";
import { connect, orderOf, perform, pulled, readOrder, run } from "../bench.js";
import { checkRequests, watcher } from "./traffic.js";

const { fetch: watching, writes, exchanges } = watcher();
let shop: SimulatedBigCommerce;
let channel: Channel;
beforeAll(async () => {
  shop = await startBigCommerce({ orders: 60, plan: "wide" });
  ({ channel } = await connect(bigcommerce, shop.settings, { fetch: watching }));
});
afterAll(() => shop.stop());

const place = async (): Promise<Order> =>
  readOrder(channel, (await shop.acts.placeOrder()).orderId);
const base = (order: Order) => ({ orderId: order.id, notifyCustomer: null });
const marker = "MarkerMarkerMarker0001";
const planned = (command: Command, order: Order): Step =>
  channel.plan(command, order)[0] ?? expect.fail("no step");

describe("a note", () => {
  const note = (order: Order, text: string): Command => ({
    ...base(order),
    type: "ORDER_NOTE_ADD",
    text,
    pushToChannel: true,
  });

  it("is a line more in the staff notes, and what stood there stays", async () => {
    const order = await place();
    for (const text of ["Call first", "Second box is late"])
      expect((await run(channel, note(order, text), order)).outcomes[0]?.kind).toBe("done");
    const [last] = (await readOrder(channel, order.nativeId)).head.notes.slice(-1);
    expect(last).toMatchObject({ text: "Call first\nSecond box is late", customerVisible: false });
    expect(writes.at(-1)?.body).toEqual({
      staff_notes: expect.stringMatching(
        /^Call first \(ref \w{22}\)\nSecond box is late \(ref \w{22}\)$/,
      ),
    });
  });

  it("is written once, however often its step is performed, and twice where it was asked for twice", async () => {
    const order = await place();
    const step = planned(note(order, "Call first"), order);
    expect(step).toMatchObject({ money: false, idempotent: "CHECK_THEN_ACT", creates: null });
    for (let time = 0; time < 2; time += 1)
      expect((await perform(channel, step, order.nativeId, { marker })).kind).toBe("done");
    const [once] = (await readOrder(channel, order.nativeId)).head.notes.slice(-1);
    expect(once?.text).toBe("Call first");
    await perform(channel, step, order.nativeId);
    const [twice] = (await readOrder(channel, order.nativeId)).head.notes.slice(-1);
    expect(twice?.text).toBe("Call first\nCall first");
  });

  it("is refused where there is no room for it", async () => {
    const order = await place();
    expect(() => channel.plan(note(order, "x".repeat(65_530)), order)).toThrow(/65535/);
    const long = planned(note(order, "x".repeat(40_000)), order);
    expect((await perform(channel, long, order.nativeId)).kind).toBe("done");
    expect(await perform(channel, long, order.nativeId)).toMatchObject({
      kind: "refused",
      error: { message: expect.stringMatching(/40029 of 65535 characters.*shorten them/) },
    });
  });
});

describe("an address", () => {
  const shippingAddress: Address = {
    name: "Ada Maria Rivers",
    company: null,
    line1: "1 New Street",
    line2: null,
    city: "Wellington",
    region: null,
    regionCode: "WGN",
    postalCode: "6011",
    country: "NZ",
    phone: "+64 4 555 0100",
  };
  const update = (order: Order): Command => ({
    ...base(order),
    type: "ORDER_ADDRESS_UPDATE",
    shippingAddress,
  });

  it("becomes the new one as a whole, and the e-mail that is no part of it stays", async () => {
    const order = await place();
    const { outcomes, order: after } = await run(channel, update(order), order);
    expect(outcomes).toMatchObject([{ kind: "done", httpStatus: 200 }]);
    expect(after.head.shippingAddress).toEqual({
      ...shippingAddress,
      region: "WGN",
      regionCode: null,
    });
    expect(writes.at(-1)?.body).toMatchObject({
      first_name: "Ada Maria",
      last_name: "Rivers",
      street_2: "",
      country: "New Zealand",
      country_iso2: "NZ",
    });
    expect(writes.at(-1)?.body).not.toHaveProperty("email");
    const before = writes.length;
    const again = await run(channel, update(after), after);
    expect(again.outcomes).toMatchObject([{ kind: "done", httpStatus: null }]);
    expect(writes).toHaveLength(before);
  });

  it("is refused where several are meant, and where nothing is sent to any", async () => {
    const orders = (await pulled(channel)).flatMap(({ snapshots }) =>
      snapshots.map((it) => orderOf(it)),
    );
    const addressesOf = ({ fulfillmentOrders }: Order) =>
      fulfillmentOrders.filter(({ nativeId }) => nativeId?.startsWith("address-")).length;
    const two = orders.find((order) => addressesOf(order) === 2);
    const none = orders.find((order) => addressesOf(order) === 0);
    if (!two || !none) return expect.fail("the store has no such orders");
    const refusal = (message: RegExp) =>
      expect.objectContaining({
        code: "CAPABILITY_NOT_SUPPORTED",
        message: expect.stringMatching(message),
      });
    expect(() => channel.plan(update(two), two)).toThrow(
      refusal(/goes to 2 addresses.*control panel/),
    );
    expect(() => channel.plan(update(none), none)).toThrow(
      refusal(/nothing .* is sent to an address/),
    );
  });

  it("is refused where the order no longer has it", async () => {
    const order = await place();
    const other = await place();
    const step = planned(update(order), order);
    expect(await perform(channel, step, other.nativeId)).toMatchObject({
      kind: "refused",
      error: { message: expect.stringContaining("read the order again"), mayHaveHappened: false },
    });
  });
});

it.skipIf(!specsDir)(
  "everything that was asked is as BigCommerce's own descriptions have it",
  () => {
    const { operations, wrong } = checkRequests(exchanges);
    expect(wrong).toEqual([]);
    expect(operations).toContain("PUT /v2/orders/{order_id}/shipping_addresses/{id}");
  },
);
