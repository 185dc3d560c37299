import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { magento } from "../../../src/connectors/magento/index.js";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../src/connectors/magento/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { Command, PackageWish } from "../../../src/domain/command.js";
import { derive } from "../../../src/domain/derive.js";
import type { Order } from "../../../src/domain/order.js";
import { present } from "../../../src/domain/part.js";
import {
  addFault,
  clearFaults,
  connect,
  perform,
  readOrder,
  run,
  shipCommand,
  tracked,
} from "../bench.js";
import { signedClient } from "./simulator/client.js";

let shop: SimulatedMagento;
let channel: Channel;
beforeAll(async () => {
  shop = await startMagento({ orders: 5 });
  ({ channel } = await connect(magento, shop.settings));
});
afterEach(() => clearFaults(shop));
afterAll(() => shop.stop());

const place = async (lines: { sku: string; quantity: number }[], paid = true) => {
  const { orderId } = await shop.acts.placeOrder({ lines, paid });
  return { orderId, order: await readOrder(channel, orderId) };
};
const mugs = (quantity: number) => [{ sku: "MUG-01", quantity }];
const shipments = (orderId: string) => shop.view(orderId)?.shipments ?? [];
const callsSince = (before: number) =>
  shop
    .calls()
    .slice(before)
    .map(({ name }) => name.replace(/\d+/g, "#"));
const cancelCommand = (order: Order): Command => ({
  type: "ORDER_CANCEL",
  orderId: order.id,
  notifyCustomer: null,
  reason: "CUSTOMER",
  restock: true,
  refund: null,
});
const trackCommand = (order: Order, packages: PackageWish[], replace: boolean): Command => ({
  type: "FULFILLMENT_TRACKING_UPDATE",
  orderId: order.id,
  notifyCustomer: null,
  fulfillmentId: present(order.fulfillments)[0]?.id ?? "",
  packages,
  replace,
});

describe("Shipping at Magento", () => {
  it("leaves its mark where only the shop's own people see it", async () => {
    const { orderId, order } = await place(mugs(1));
    const [step] = channel.plan(shipCommand(order, null), order);
    const marker = "MarkerMarkerMarker1234";
    await perform(channel, step ?? expect.fail("no step"), orderId, { marker });
    const after = await readOrder(channel, orderId);
    expect(after.fulfillments).toMatchObject([{ marker }]);
    expect(after.head.notes.map(({ text }) => text).join()).not.toContain(marker);
  });

  it("ships a configurable product, and all parts of a bundle, whichever way it leaves", async () => {
    const wanted = [
      { sku: "TEE-M", quantity: 2 },
      { sku: "DESK-SET", quantity: 2 },
      { sku: "TEA-SET", quantity: 1 },
    ];
    const { orderId, order } = await place(wanted);
    const { outcomes, order: after } = await run(channel, shipCommand(order, null), order);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
    const { statuses, anomalies } = derive(after);
    expect(anomalies).toEqual([]);
    expect(statuses.FULFILLMENT).toBe("FULFILLED");
    // The shop finds nothing left to ship either.
    await expect(shop.acts.ship(orderId)).rejects.toThrow();
  });

  it("ships fractions of what is sold by weight, and of nothing else", async () => {
    const { orderId, order } = await place([{ sku: "TEA-LOOSE", quantity: 2.5 }, ...mugs(2)]);
    const { outcomes } = await run(channel, shipCommand(order, { "TEA-LOOSE": 1.25 }), order);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
    expect(shipments(orderId)).toMatchObject([{ lines: [{ quantity: 1.25 }] }]);
    const [step] = channel.plan(shipCommand(order, { "MUG-01": 0.5 }), order);
    expect(await perform(channel, step ?? expect.fail("no step"), orderId)).toMatchObject({
      kind: "refused",
      error: { code: "INVALID_INPUT" },
    });
  });

  it("tells what shop-side haste left of it, since Magento says nothing", async () => {
    const { orderId, order } = await place(mugs(3));
    let isQuicker = true;
    // Somebody ships two of the three between our look and our write.
    const fetchLate: typeof fetch = async (url, init) => {
      if (init?.method === "POST" && isQuicker) {
        isQuicker = false;
        await shop.acts.ship(orderId, { lines: mugs(2) });
      }
      return fetch(url, init);
    };
    const context = { webhookSecret: "x", probe: null, fetch: fetchLate };
    const late = magento.open(shop.settings, context);
    const [step] = late.plan(shipCommand(order, null), order);
    const outcome = await perform(late, step ?? expect.fail("no step"), orderId);
    expect(outcome).toMatchObject({
      kind: "unknown",
      error: { code: "QUANTITY_EXCEEDS_FULFILLABLE", message: /holds 1 of line \d+ instead of 3/ },
    });
  });

  it("is refused before the call for more than is left, of which Magento would ship the rest in silence", async () => {
    const { orderId, order } = await place(mugs(3));
    await shop.acts.ship(orderId, { lines: mugs(2) });
    const before = shop.calls().length;
    const [step = expect.fail("no step")] = channel.plan(shipCommand(order, null), order);
    expect(await perform(channel, step, orderId)).toMatchObject({
      kind: "refused",
      error: {
        code: "QUANTITY_EXCEEDS_FULFILLABLE",
        message: expect.stringMatching(/3 of line \d+ were to be shipped and 1 are open/),
      },
    });
    expect(callsSince(before).filter((name) => name.startsWith("POST"))).toEqual([]);
    expect(shipments(orderId)).toHaveLength(1);
  });

  it("is refused before the call for a variant's own row, whose counters lie", async () => {
    const { orderId, order } = await place([{ sku: "TEE-M", quantity: 2 }]);
    const rows = (await signedClient(shop.settings).get(`/orders/${orderId}`)).body.items;
    const [parent, child] = rows as { item_id: number; parent_item_id?: number }[];
    expect(child?.parent_item_id).toBe(parent?.item_id);
    const before = shop.calls().length;
    const [step = expect.fail("no step")] = channel.plan(shipCommand(order, null), order);
    const request = {
      ...(step.request as object),
      rows: [{ rowId: String(child?.item_id), quantity: 1 }],
    };
    expect(await perform(channel, { ...step, request }, orderId)).toMatchObject({
      kind: "refused",
      error: { message: expect.stringMatching(/only names the variant of line \d+/) },
    });
    expect(callsSince(before).filter((name) => name.startsWith("POST"))).toEqual([]);
  });

  it("ships from the source that was asked for, and refuses one that the shop does not know", async () => {
    const { orderId, order } = await place(mugs(2));
    const sourceOf = async (locationId: string) => {
      const command = { ...shipCommand(order, { "MUG-01": 1 }), locationId };
      const { outcomes } = await run(channel, command, order);
      return outcomes[0];
    };
    expect(await sourceOf("default")).toMatchObject({ kind: "done" });
    expect((await readOrder(channel, orderId)).fulfillments[0]?.locationId).toBe("default");
    expect(await sourceOf("nowhere")).toMatchObject({ kind: "refused" });
  });

  it("sends the mail by itself, so that our mark is not in it", async () => {
    const { orderId, order } = await place(mugs(1));
    const before = shop.calls().length;
    const command = { ...shipCommand(order, null), notifyCustomer: true };
    expect((await run(channel, command, order)).outcomes).toMatchObject([{ kind: "done" }]);
    const writes = callsSince(before).filter((name) => name.startsWith("POST"));
    expect(writes).toEqual([`POST /rest/V#/order/#/ship`, `POST /rest/V#/shipment/#/emails`]);
    expect(shipments(orderId)).toHaveLength(1);
  });

  it.each([
    ["on hold", "ON_HOLD", (id: string) => shop.acts.hold(id)],
    ["refunded", "CHANNEL_REJECTED", (id: string) => shop.acts.refund(id)],
    ["shipped already", "QUANTITY_EXCEEDS_FULFILLABLE", (id: string) => shop.acts.ship(id)],
    ["deleted", "NOT_FOUND", (id: string) => shop.acts.deleteOrder(id)],
  ])("sends nothing for an order that is %s", async (_, code, act) => {
    const { orderId, order } = await place(mugs(1));
    await act(orderId);
    const before = shop.calls().length;
    const [step] = channel.plan(shipCommand(order, null), order);
    expect(await perform(channel, step ?? expect.fail("no step"), orderId)).toMatchObject({
      kind: "refused",
      error: { code, mayHaveHappened: false },
    });
    expect(callsSince(before).filter((name) => name.startsWith("POST"))).toEqual([]);
  });
});

describe("Tracking at Magento", () => {
  const numbers = (orderId: string) => shipments(orderId)[0]?.tracking;

  it("adds, replaces and takes away, and does nothing where nothing is to do", async () => {
    const { orderId, order } = await place(mugs(1));
    const first = await run(channel, shipCommand(order, null, [tracked("A1")]), order);
    const set = async (wish: string[], replace: boolean, held = first.order) => {
      const before = shop.calls().length;
      const command = trackCommand(
        held,
        wish.map((number) => tracked(number)),
        replace,
      );
      const { outcomes } = await run(channel, command, held);
      expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
      return callsSince(before).filter((name) => !name.startsWith("GET"));
    };
    await set(["B2"], false);
    expect(numbers(orderId)).toEqual(["A1", "B2"]);
    expect(await set(["b 2", "C3"], true)).toEqual([
      "POST /rest/V#/shipment/track",
      "DELETE /rest/V#/shipment/track/#",
    ]);
    expect(numbers(orderId)).toEqual(["B2", "C3"]);
    expect(await set(["B2", "C3"], true)).toEqual([]);
    await set([], true);
    expect(numbers(orderId)).toEqual([]);
  });

  it("keeps the name of a carrier that Magento does not know, and the code of one it does", async () => {
    const { order } = await place(mugs(1));
    const wish = (carrier: string, carrierCode: string | null) => ({
      lines: [],
      tracking: { number: `N${carrier.length}`, carrier, carrierCode, url: null },
    });
    const packages = [
      wish("Bike Couriers", null),
      wish("United Parcel Service", null),
      wish("DPD", "dpd"),
    ];
    const { order: after } = await run(channel, shipCommand(order, null, packages), order);
    const told = after.fulfillments.flatMap((it) => present(it.packages));
    expect(told.map(({ tracking }) => [tracking?.carrier, tracking?.carrierCode])).toEqual([
      ["Bike Couriers", null],
      ["United Parcel Service", "ups"],
      ["DPD", "dpd"],
    ]);
  });

  it("never says that nothing happened when the second half fails", async () => {
    const { orderId, order } = await place(mugs(1));
    const first = await run(channel, shipCommand(order, null, [tracked("A1")]), order);
    await addFault(shop, { kind: "500", match: "DELETE", count: 1 });
    const [step] = channel.plan(trackCommand(first.order, [tracked("B2")], true), first.order);
    if (!step) return expect.fail("no step");
    expect((await perform(channel, step, orderId)).kind).toBe("unknown");
    expect(numbers(orderId)).toEqual(["A1", "B2"]);
    expect((await perform(channel, step, orderId)).kind).toBe("done");
    expect(numbers(orderId)).toEqual(["B2"]);
  });

  it("is refused for a shipment of another order", async () => {
    const { order } = await place(mugs(1));
    const other = await place(mugs(1));
    const first = await run(channel, shipCommand(order, null), order);
    const [step] = channel.plan(trackCommand(first.order, [tracked("B2")], true), first.order);
    expect(await perform(channel, step ?? expect.fail("no step"), other.orderId)).toMatchObject({
      kind: "refused",
      error: { code: "NOT_FOUND" },
    });
  });
});

describe("Canceling at Magento", () => {
  const cancel = async (order: Order) => (await run(channel, cancelCommand(order), order)).outcomes;

  it("cancels what nobody paid or shipped, and finds it done the second time", async () => {
    const { orderId, order } = await place(mugs(2), false);
    expect(await cancel(order)).toMatchObject([{ kind: "done", httpStatus: 200 }]);
    expect(await cancel(order)).toMatchObject([{ kind: "done", httpStatus: null }]);
    const after = await readOrder(channel, orderId);
    expect(derive(after).statuses).toMatchObject({ ORDER: "CANCELED", PAYMENT: "VOIDED" });
    expect(after.lines[0]?.canceled).toBe(2);
  });

  it.each([
    ["paid", /partly invoiced/, (id: string) => shop.acts.pay(id)],
    ["partly shipped", /partly shipped/, (id: string) => shop.acts.ship(id, { lines: mugs(1) })],
    ["on hold", /on hold/, (id: string) => shop.acts.hold(id)],
  ])("refuses an order that is %s, and sends nothing", async (_, message, act) => {
    const { orderId, order } = await place(mugs(2), false);
    await act(orderId);
    const before = shop.calls().length;
    expect(await cancel(order)).toMatchObject([
      { kind: "refused", error: { message, mayHaveHappened: false } },
    ]);
    expect(callsSince(before).filter((name) => name.startsWith("POST"))).toEqual([]);
    expect(shop.view(orderId)?.status).not.toBe("canceled");
  });

  it("takes the shop's false for a refusal, though its status is 200", async () => {
    const { orderId, order } = await place(mugs(2), false);
    const hasty: typeof fetch = async (url, init) => {
      if (init?.method === "POST") await shop.acts.hold(orderId);
      return fetch(url, init);
    };
    const late = magento.open(shop.settings, { webhookSecret: "x", probe: null, fetch: hasty });
    const { outcomes } = await run(late, cancelCommand(order), order);
    expect(outcomes).toMatchObject([
      {
        kind: "refused",
        error: { code: "CHANNEL_REJECTED", message: /says the shop and not why/ },
      },
    ]);
  });
});

it("names the line that an order has no more", async () => {
  const { orderId, order } = await place(mugs(1));
  const [step = expect.fail("no step")] = channel.plan(shipCommand(order, null), order);
  const request = { ...(step.request as object), rows: [{ rowId: "99999", quantity: 1 }] };
  expect(await perform(channel, { ...step, request }, orderId)).toMatchObject({
    kind: "refused",
    error: { message: expect.stringMatching(/has no line 99999/) },
  });
});
