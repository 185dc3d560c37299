import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Woo } from "../../../src/connectors/woocommerce/client.js";
import { woocommerce } from "../../../src/connectors/woocommerce/index.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../src/connectors/woocommerce/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import { type Command, isKept } from "../../../src/domain/command.js";
import { present } from "../../../src/domain/part.js";
import {
  addFault,
  clearFaults,
  connect,
  lineIdOf,
  orderOf,
  perform,
  placeMugs,
  readOrder,
  run,
  shipCommand,
  tracked,
  webhookSecret,
} from "../bench.js";
import { openShop, restOf } from "./open.js";

let shop: SimulatedWooCommerce;
let channel: Channel;
/** The shop's REST API, for what people do there with other tools. */
let rest: Woo;
beforeAll(async () => {
  ({ shop, channel, rest } = await openShop({ orders: 250, relaxedDelivery: true }));
});
afterEach(() => clearFaults(shop));
afterAll(() => shop.stop());

const place = (mugs?: number) => placeMugs(shop, channel, mugs);
describe("a shipment with core fulfillments", () => {
  it("bears its marker, its carrier by slug or by name, and its time in UTC", async () => {
    const { orderId, order } = await place();
    const parcel = {
      tracking: {
        number: "BIKE 1",
        carrier: "Bike Brothers",
        carrierCode: null,
        url: "https://b.example/1",
      },
      lines: [],
    };
    const [step] = channel.plan(shipCommand(order, null, [parcel]), order);
    if (!step) return expect.fail("no step");
    const before = Date.now();
    const outcome = await perform(channel, step, orderId, { marker: "MarkerMarkerMarker0001" });
    if (outcome.kind !== "done") return expect.fail(JSON.stringify(outcome));
    const [shipment] = outcome.snapshot?.fulfillments?.value ?? [];
    expect(shipment).toMatchObject({
      nativeId: outcome.nativeId,
      marker: "MarkerMarkerMarker0001",
      packages: [
        {
          nativeId: "BIKE1",
          tracking: { carrier: "Bike Brothers", carrierCode: null, url: "https://b.example/1" },
        },
      ],
    });
    expect(Math.abs(Date.parse(shipment?.shippedAt ?? "") - before)).toBeLessThan(5_000);
  });

  it("is found by its marker instead of being made again", async () => {
    const { orderId, order } = await place();
    const [step] = channel.plan(shipCommand(order, { "MUG-01": 1 }), order);
    if (!step) return expect.fail("no step");
    const marker = "MarkerMarkerMarker0002";
    const first = await perform(channel, step, orderId, { marker });
    const second = await perform(channel, step, orderId, { marker });
    expect(second).toMatchObject({
      kind: "done",
      nativeId: first.kind === "done" && first.nativeId,
    });
    expect(shop.view(orderId)?.shipments).toHaveLength(1);
  });

  it("is refused for lines that were refunded or shipped meanwhile, which WooCommerce would take", async () => {
    const { orderId, order } = await place();
    await shop.acts.ship(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
    await shop.acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 2 }] });
    const [step] = channel.plan(shipCommand(order, { "MUG-01": 2 }), order);
    const outcome = await perform(channel, step ?? expect.fail("no step"), orderId);
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { code: "QUANTITY_EXCEEDS_FULFILLABLE", retryable: false },
    });
    expect(shop.view(orderId)?.shipments).toHaveLength(1);
  });

  it("is refused for another order's line, and for a canceled or deleted order", async () => {
    const { orderId, order } = await place();
    const other = await place();
    const [step] = channel.plan(shipCommand(order, null), order);
    if (!step) return expect.fail("no step");
    expect(await perform(channel, step, other.orderId)).toMatchObject({
      kind: "refused",
      error: { code: "QUANTITY_EXCEEDS_FULFILLABLE" },
    });
    await shop.acts.cancel(orderId);
    expect(await perform(channel, step, orderId)).toMatchObject({ kind: "refused" });
    await shop.acts.deleteOrder(orderId);
    expect(await perform(channel, step, orderId)).toMatchObject({
      kind: "refused",
      error: { code: "NOT_FOUND", mayHaveHappened: false },
    });
  });

  it("needs the lines of each package but one, since there is room for one tracking number", async () => {
    const { order } = await place();
    const mug = { lineId: lineIdOf(order, "MUG-01"), quantity: 2 };
    const plan = (packages: Parameters<typeof shipCommand>[2]) =>
      channel.plan(shipCommand(order, null, packages), order);
    expect(() => plan([tracked("A"), tracked("B")])).toThrow(/name no lines/);
    expect(() => plan([tracked("A", [{ ...mug, quantity: 9 }])])).toThrow(/9 of 3/);
    expect(plan([tracked("A", [mug]), tracked("B")]).map(({ creates }) => creates?.lines)).toEqual([
      [mug],
      [
        { lineId: mug.lineId, quantity: 1 },
        { lineId: lineIdOf(order, "TEE-M"), quantity: 1 },
      ],
    ]);
    expect(plan([tracked("A", [mug])])).toHaveLength(2);
  });

  it("keeps what others wrote into it when its tracking changes", async () => {
    const { orderId, order } = await place();
    const first = await run(channel, shipCommand(order, null, [tracked("1ZA")]), order);
    const shipment = present(first.order.fulfillments)[0];
    const path = `/wc/v3/orders/${orderId}/fulfillments/${shipment?.nativeId}`;
    const { body } = await rest.get(path);
    const meta_data = [
      ...(body as { meta_data: object[] }).meta_data,
      { id: 0, key: "warehouse", value: "Pier 3" },
    ];
    await rest.call({
      method: "PUT",
      path,
      body: { status: "fulfilled", is_fulfilled: true, meta_data },
    });
    const update: Command = {
      type: "FULFILLMENT_TRACKING_UPDATE",
      orderId: order.id,
      notifyCustomer: null,
      fulfillmentId: shipment?.id ?? "",
      packages: [tracked("1ZB")],
      replace: true,
    };
    const { outcomes } = await run(channel, update, first.order);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
    const after = (await rest.get(path)).body as { meta_data: { key: string; value: unknown }[] };
    const meta = Object.fromEntries(after.meta_data.map(({ key, value }) => [key, value]));
    expect(meta).toMatchObject({
      warehouse: "Pier 3",
      _tracking_number: "1ZB",
      _shipment_provider: "ups",
      _tributary_marker: shipment?.marker,
    });
    expect(() => channel.plan({ ...update, replace: false }, first.order)).toThrow(/room for one/);
  });

  it("taken back twice is done both times, and an order that is gone is refused", async () => {
    const { orderId, order } = await place();
    const first = await run(channel, shipCommand(order, null), order);
    const [step] = channel.plan(
      {
        type: "FULFILLMENT_CANCEL",
        orderId: order.id,
        notifyCustomer: null,
        fulfillmentId: present(first.order.fulfillments)[0]?.id ?? "",
        reason: null,
      },
      first.order,
    );
    if (!step) return expect.fail("no step");
    expect((await perform(channel, step, orderId)).kind).toBe("done");
    expect((await perform(channel, step, orderId)).kind).toBe("done");
    await shop.acts.deleteOrder(orderId);
    expect((await perform(channel, step, orderId)).kind).toBe("refused");
  });

  it("stands although the order cannot be read back", async () => {
    const { orderId, order } = await place();
    const [step] = channel.plan(shipCommand(order, null), order);
    let written = false;
    const breaking = ((url: string, init: RequestInit) => {
      if (written) return Promise.reject(new TypeError("fetch failed"));
      written = init.method === "POST";
      return fetch(url, init);
    }) as typeof fetch;
    const probe = await woocommerce
      .open(shop.settings, { webhookSecret, probe: null, fetch })
      .probe();
    const broken = woocommerce.open(shop.settings, { webhookSecret, probe, fetch: breaking });
    expect(await perform(broken, step ?? expect.fail("no step"), orderId)).toMatchObject({
      kind: "done",
      snapshot: null,
      nativeId: expect.stringMatching(/^\d+$/),
    });
  });

  it("is not sent when the look before it fails", async () => {
    const { orderId, order } = await place();
    const [step] = channel.plan(shipCommand(order, null), order);
    await addFault(shop, { kind: "500" });
    expect(await perform(channel, step ?? expect.fail("no step"), orderId)).toMatchObject({
      kind: "refused",
      error: { retryable: true, mayHaveHappened: false },
    });
  });

  it("answered by a page instead of JSON is unknown, even under 200", async () => {
    const { orderId, order } = await place();
    const [step] = channel.plan(shipCommand(order, null), order);
    const maintenance = ((url: string, init: RequestInit) =>
      init.method === "POST"
        ? Promise.resolve(new Response("<html>Maintenance</html>"))
        : fetch(url, init)) as typeof fetch;
    const probe = await woocommerce
      .open(shop.settings, { webhookSecret, probe: null, fetch })
      .probe();
    const hidden = woocommerce.open(shop.settings, { webhookSecret, probe, fetch: maintenance });
    expect((await perform(hidden, step ?? expect.fail("no step"), orderId)).kind).toBe("unknown");
  });
});

describe("an order", () => {
  it("is canceled once; canceled by the shop before, it is refused as such", async () => {
    const { orderId, order } = await place();
    const command = {
      type: "ORDER_CANCEL",
      orderId: order.id,
      notifyCustomer: null,
      reason: "OUT_OF_STOCK",
      restock: false,
      refund: null,
    } as const;
    const [step] = channel.plan(command, order);
    if (!step) return expect.fail("no step");
    expect(step.summary).toContain("although it was asked not to");
    const marker = "MarkerMarkerMarker0003";
    const outcome = await perform(channel, step, orderId, { marker });
    if (outcome.kind !== "done" || !outcome.snapshot) return expect.fail(JSON.stringify(outcome));
    expect(orderOf(outcome.snapshot).head.cancelReason).toBe("OUT_OF_STOCK");
    expect(shop.view(orderId)?.status).toBe("cancelled");
    expect((await perform(channel, step, orderId, { marker })).kind).toBe("done");
    expect(
      await perform(channel, step, orderId, { marker: "MarkerMarkerMarker0004" }),
    ).toMatchObject({
      kind: "refused",
      error: { code: "ALREADY_IN_STATE" },
    });
  });
});

describe("a shop without core fulfillments", () => {
  let old: SimulatedWooCommerce;
  let channelOfOld: Channel;
  beforeAll(async () => {
    old = await startWooCommerce({ orders: 20, fulfillments: "none" });
    ({ channel: channelOfOld } = await connect(woocommerce, old.settings));
  });
  afterAll(() => old.stop());

  it("says that shipments are emulated, and why", () => {
    const create = channelOfOld.capabilities.find((it) => it.operation === "FULFILLMENT_CREATE");
    expect(create).toMatchObject({
      support: "EMULATED",
      note: expect.stringContaining("gateway keeps"),
    });
  });

  it("gets a note for a part, and a note and the status for the rest; the gateway keeps the shipment", async () => {
    const { orderId } = await old.acts.placeOrder({
      lines: [
        { sku: "MUG-01", quantity: 2 },
        { sku: "TEE-M", quantity: 1 },
      ],
    });
    const order = await readOrder(channelOfOld, orderId);
    const part = channelOfOld.plan(shipCommand(order, { "MUG-01": 1 }), order);
    expect(part.map(({ kind }) => kind)).toEqual(["ORDER_NOTE_ADD", "GATEWAY_SHIPMENT"]);
    const steps = channelOfOld.plan(shipCommand(order, null, [tracked("1ZALL")]), order);
    expect(steps.map(({ kind, creates }) => [kind, creates !== null])).toEqual([
      ["ORDER_NOTE_ADD", false],
      ["ORDER_STATUS", false],
      ["GATEWAY_SHIPMENT", true],
    ]);
    expect(steps.every(({ support }) => support === "EMULATED")).toBe(true);
    const marker = "MarkerMarkerMarker0005";
    const sent = steps.filter(({ kind }) => !isKept(kind));
    for (const step of [...sent, ...sent])
      expect((await perform(channelOfOld, step, orderId, { marker })).kind, step.kind).toBe("done");
    expect(old.view(orderId)?.status).toBe("completed");
    const notes = restOf(old);
    const { body } = await notes.get(`/wc/v3/orders/${orderId}/notes`);
    const ours = (body as { note: string }[]).filter(({ note }) => note.includes(marker));
    expect(ours.map(({ note }) => note)).toEqual([
      expect.stringContaining("2 × MUG-01, 1 × TEE-M. Tracking: UPS 1ZALL"),
    ]);
  });
});
