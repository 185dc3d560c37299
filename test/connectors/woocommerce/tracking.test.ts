import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Woo } from "../../../src/connectors/woocommerce/client.js";
import { woocommerce } from "../../../src/connectors/woocommerce/index.js";
import { orderPayload } from "../../../src/connectors/woocommerce/payload.js";
import type { Shop } from "../../../src/connectors/woocommerce/shop.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../src/connectors/woocommerce/simulator/index.js";
import { shipmentsOfTrackings } from "../../../src/connectors/woocommerce/tracking.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { FulfillmentTrackingUpdate, PackageWish } from "../../../src/domain/command.js";
import type { Order } from "../../../src/domain/order.js";
import { present } from "../../../src/domain/part.js";
import { countQuantities } from "../../../src/domain/quantities.js";
import {
  addFault,
  clearFaults,
  connect,
  lineIdOf,
  openInbox,
  perform,
  placeMugs,
  pulled,
  readOrder,
  run,
  shipCommand,
  tracked,
  webhookSecret,
} from "../bench.js";
import { orderBody } from "./body.js";
import { restOf } from "./open.js";
import { recordedShop } from "./records.js";

const flavours = [
  { name: "Shipment Tracking", fulfillments: "shipment-tracking", version: "10.5.0" },
  { name: "AST", fulfillments: "ast", version: "9.9.5" },
] as const;

describe.each(flavours)("a shop with $name", ({ fulfillments, version }) => {
  let shop: SimulatedWooCommerce;
  let channel: Channel;
  let rest: Woo;
  beforeAll(async () => {
    shop = await startWooCommerce({
      orders: 20,
      fulfillments,
      version,
      plan: "wide",
      relaxedDelivery: true,
    });
    ({ channel } = await connect(woocommerce, shop.settings));
    rest = restOf(shop);
  });
  afterEach(() => clearFaults(shop));
  afterAll(() => shop.stop());

  const place = (mugs?: number) => placeMugs(shop, channel, mugs);
  const numbersIn = (orderId: string) =>
    (shop.view(orderId)?.shipments ?? []).flatMap(({ tracking }) => tracking);
  const shipmentOf = (order: Order) => present(order.fulfillments);
  const parcelsOf = (order: Order) =>
    shipmentOf(order).map(({ packages }) =>
      present(packages).map(({ tracking }) => tracking?.number),
    );
  const updateOf = (
    order: Order,
    packages: PackageWish[],
    replace = true,
  ): FulfillmentTrackingUpdate => ({
    type: "FULFILLMENT_TRACKING_UPDATE",
    orderId: order.id,
    notifyCustomer: null,
    fulfillmentId: shipmentOf(order)[0]?.id ?? "",
    packages,
    replace,
  });
  const cancelOf = (order: Order) => ({
    type: "FULFILLMENT_CANCEL" as const,
    orderId: order.id,
    notifyCustomer: null,
    fulfillmentId: shipmentOf(order)[0]?.id ?? "",
    reason: null,
  });
  const shipped = async (
    packages = [tracked("1ZA")],
    amounts: Record<string, number> | null = null,
  ) => {
    const { orderId, order } = await place();
    const done = await run(channel, shipCommand(order, amounts, packages), order);
    expect(done.outcomes.map(({ kind }) => kind)).not.toContain("refused");
    return { orderId, ...done };
  };

  it("is detected by its namespaces, and says what it can do whole, in part and by emulation", async () => {
    const { probe } = await connect(woocommerce, shop.settings);
    expect(probe.findings).toMatchObject({
      coreFulfillments: false,
      trackings: { plugin: fulfillments, providers: { UPS: expect.stringContaining("ups.com") } },
    });
    const supports = Object.fromEntries(
      probe.capabilities.map(({ operation, support }) => [operation, support]),
    );
    expect(supports).toMatchObject({
      FULFILLMENT_CREATE: "PARTIAL",
      FULFILLMENT_PARTIAL: "EMULATED",
      FULFILLMENT_MULTI_PACKAGE: "EMULATED",
      FULFILLMENT_TRACKING_UPDATE: "EMULATED",
      FULFILLMENT_CANCEL: "NATIVE",
    });
  });

  it("gets a tracking and then the status for a whole order, natively, and every piece counts as shipped", async () => {
    const { orderId, order } = await place();
    const steps = channel.plan(shipCommand(order, null, [tracked("1ZWHOLE")]), order);
    expect(steps.map(({ kind, support }) => [kind, support])).toEqual([
      ["FULFILLMENT_CREATE", "NATIVE"],
      ["ORDER_STATUS", "NATIVE"],
    ]);
    const { outcomes, order: after } = await run(
      channel,
      shipCommand(order, null, [tracked("1ZWHOLE")]),
      order,
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(shop.view(orderId)).toMatchObject({
      status: "completed",
      shipments: [{ tracking: ["1ZWHOLE"] }],
    });
    const [shipment] = shipmentOf(after);
    expect(shipment).toMatchObject({
      nativeId: outcomes[0]?.kind === "done" && outcomes[0].nativeId,
      status: "SUCCESS",
      marker: expect.stringMatching(/^\w{22}$/),
      packages: [{ nativeId: "1ZWHOLE", tracking: { carrier: "UPS", carrierCode: "ups" } }],
    });
    expect(shipment?.packages[0]?.tracking?.url).toContain("1ZWHOLE");
    expect(
      [...countQuantities(after).byLine.values()].map(({ unfulfilled }) => unfulfilled),
    ).toEqual([0, 0]);
    // What other tools read says the same, from a pull as well.
    expect(parcelsOf(await readOrder(channel, orderId))).toEqual([["1ZWHOLE"]]);
  });

  it("keeps lines of a part in the order's meta, says so, and leaves the status alone", async () => {
    const { orderId, order } = await place();
    const command = shipCommand(order, { "MUG-01": 2 }, [tracked("1ZPART")]);
    const [step, ...others] = channel.plan(command, order);
    expect([step?.support, others]).toEqual(["EMULATED", []]);
    const { order: after } = await run(channel, command, order);
    expect(shop.view(orderId)?.status).toBe("processing");
    const mugs = countQuantities(after).byLine.get(lineIdOf(after, "MUG-01"));
    expect(mugs).toMatchObject({ fulfilled: 2, fulfillable: 1 });
    const all = shipCommand(after, { "MUG-01": 2 }, [tracked("1ZMORE")]);
    const [tooMuch] = channel.plan(all, after);
    expect(await perform(channel, tooMuch ?? expect.fail("no step"), orderId)).toMatchObject({
      kind: "refused",
      error: { code: "QUANTITY_EXCEEDS_FULFILLABLE" },
    });
    expect(numbersIn(orderId)).toEqual(["1ZPART"]);
  });

  it("makes a shipment of each parcel, and notes one that has no number", async () => {
    const { orderId, order } = await place();
    const mugs = [{ lineId: lineIdOf(order, "MUG-01"), quantity: 3 }];
    const two = shipCommand(order, null, [tracked("1ZONE", mugs), tracked("1ZTWO")]);
    expect(channel.plan(two, order).map(({ kind }) => kind)).toEqual([
      "FULFILLMENT_CREATE",
      "FULFILLMENT_CREATE",
      "ORDER_STATUS",
    ]);
    const after = await run(channel, two, order);
    expect(parcelsOf(after.order)).toEqual([["1ZONE"], ["1ZTWO"]]);
    expect(shop.view(orderId)?.status).toBe("completed");
    const bare = await place();
    expect(channel.plan(shipCommand(bare.order, null), bare.order).map(({ kind }) => kind)).toEqual(
      ["ORDER_NOTE_ADD", "ORDER_STATUS", "GATEWAY_SHIPMENT"],
    );
    const half = shipCommand(bare.order, null, [tracked("1ZHALF", mugsOf(bare.order))]);
    expect(channel.plan(half, bare.order).map(({ kind }) => kind)).toEqual([
      "FULFILLMENT_CREATE",
      "ORDER_NOTE_ADD",
      "ORDER_STATUS",
      "GATEWAY_SHIPMENT",
    ]);
  });
  const mugsOf = (order: Order) => [{ lineId: lineIdOf(order, "MUG-01"), quantity: 3 }];

  it("finds its own tracking instead of making it again, which the shop would", async () => {
    const { orderId, order } = await place();
    const [step] = channel.plan(shipCommand(order, null, [tracked("1Z ON-CE")]), order);
    if (!step) return expect.fail("no step");
    const marker = "MarkerMarkerMarker0001";
    const first = await perform(channel, step, orderId, { marker });
    const second = await perform(channel, step, orderId, { marker });
    expect(second).toMatchObject({
      kind: "done",
      nativeId: `shipment:${marker}`,
      httpStatus: null,
    });
    expect(first).toMatchObject({ kind: "done", nativeId: `shipment:${marker}`, httpStatus: 201 });
    expect(numbersIn(orderId)).toEqual(["1Z ON-CE"]);
  });

  it("takes a tracking of this number that somebody else made for the parcel, and gives it its lines", async () => {
    const { orderId, order } = await place();
    await shop.acts.ship(orderId, { tracking: { number: "1ZTHEIRS", carrier: "UPS" } });
    const seen = await readOrder(channel, orderId, order);
    expect(shipmentOf(seen)).toMatchObject([
      { nativeId: expect.stringMatching(/^tracking:[0-9a-f]{32}$/), lines: [], marker: null },
    ]);
    const { order: after } = await run(
      channel,
      shipCommand(seen, null, [tracked("1ZTHEIRS")]),
      seen,
    );
    expect(numbersIn(orderId)).toEqual(["1ZTHEIRS"]);
    expect(shipmentOf(after)).toMatchObject([
      { nativeId: expect.stringMatching(/^shipment:/), lines: [{ quantity: 3 }, { quantity: 1 }] },
    ]);
  });

  it("refuses closed orders and those that are gone before anything is written", async () => {
    const { orderId, order } = await place();
    const [step] = channel.plan(shipCommand(order, null, [tracked("1ZLATE")]), order);
    if (!step) return expect.fail("no step");
    await shop.acts.cancel(orderId);
    const before = shop.calls().length;
    expect(await perform(channel, step, orderId)).toMatchObject({ kind: "refused" });
    await shop.acts.deleteOrder(orderId);
    expect(await perform(channel, step, orderId)).toMatchObject({
      kind: "refused",
      error: { code: "NOT_FOUND", mayHaveHappened: false },
    });
    const writes = shop
      .calls()
      .slice(before)
      .filter(({ name }) => !name.startsWith("GET"));
    expect(writes).toEqual([]);
  });

  it("has made nothing where the packing could not be written, and may have where the tracking broke off", async () => {
    const { orderId, order } = await place();
    const [step] = channel.plan(shipCommand(order, null, [tracked("1ZBREAK")]), order);
    if (!step) return expect.fail("no step");
    await addFault(shop, { kind: "500", match: "PUT /wp-json/wc/v3/orders", count: 1 });
    expect(await perform(channel, step, orderId)).toMatchObject({
      kind: "refused",
      error: { retryable: true, mayHaveHappened: false },
    });
    await addFault(shop, { kind: "500", match: "shipment-trackings", count: 1 });
    expect(await perform(channel, step, orderId)).toMatchObject({ kind: "unknown" });
    expect(numbersIn(orderId)).toEqual([]);
  });

  it("replaces a tracking by a new one and then deletes the old one; the shipment stays the same", async () => {
    const { orderId, order } = await shipped();
    const [before] = shipmentOf(order);
    const update = updateOf(order, [tracked("1ZB")]);
    expect(channel.plan(update, order)).toHaveLength(2);
    const { outcomes, order: after } = await run(channel, update, order);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(numbersIn(orderId)).toEqual(["1ZB"]);
    expect(shipmentOf(after)).toMatchObject([
      { id: before?.id, nativeId: before?.nativeId, lines: before?.lines },
    ]);
    expect(parcelsOf(after)).toEqual([["1ZB"]]);
    // Once more, as after an answer that was lost: nothing is written.
    const again = await run(channel, update, after);
    expect(again.outcomes).toMatchObject([{ httpStatus: null }, { httpStatus: null }]);
    expect(numbersIn(orderId)).toEqual(["1ZB"]);
  });

  it("adds a second tracking to a shipment, and gives a number to another carrier", async () => {
    const { orderId, order } = await shipped();
    const { order: both } = await run(channel, updateOf(order, [tracked("1ZB")], false), order);
    expect(parcelsOf(both)).toEqual([["1ZA", "1ZB"]]);
    const bike = {
      tracking: {
        number: "1ZA",
        carrier: "Bike Brothers",
        carrierCode: null,
        url: "https://bike.example/1ZA",
      },
      lines: [],
    };
    const { order: after } = await run(channel, updateOf(both, [bike]), both);
    expect(numbersIn(orderId)).toEqual(["1ZA"]);
    expect(present(shipmentOf(after)[0]?.packages ?? [])).toMatchObject([
      { tracking: { carrier: "Bike Brothers", url: "https://bike.example/1ZA" } },
    ]);
    expect(() => channel.plan(updateOf(after, [{ tracking: null, lines: [] }]), after)).toThrow(
      /take the shipment back instead/,
    );
  });

  it("changes and takes back trackings that the merchant made", async () => {
    const { orderId, order } = await place();
    await shop.acts.ship(orderId, { tracking: { number: "1ZMERCHANT", carrier: "UPS" } });
    const seen = await readOrder(channel, orderId, order);
    const { order: changed } = await run(channel, updateOf(seen, [tracked("1ZOURS")]), seen);
    expect(numbersIn(orderId)).toEqual(["1ZOURS"]);
    expect(shipmentOf(changed)).toMatchObject([
      { id: shipmentOf(seen)[0]?.id, nativeId: shipmentOf(seen)[0]?.nativeId, lines: [] },
    ]);
    const { outcomes, order: after } = await run(channel, cancelOf(changed), changed);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
    expect([numbersIn(orderId), shipmentOf(after)]).toEqual([[], []]);
  });

  it("takes a shipment back by deleting its trackings, twice without harm, and warns of the status", async () => {
    const { orderId, order } = await shipped();
    const [step] = channel.plan(cancelOf(order), order);
    if (!step) return expect.fail("no step");
    expect([step.support, step.warning]).toEqual(["NATIVE", expect.stringMatching(/Completed/)]);
    const first = await perform(channel, step, orderId);
    expect(first).toMatchObject({ kind: "done", snapshot: { fulfillments: { value: [] } } });
    expect(await perform(channel, step, orderId)).toMatchObject({ kind: "done", httpStatus: null });
    expect(numbersIn(orderId)).toEqual([]);
    await shop.acts.deleteOrder(orderId);
    expect((await perform(channel, step, orderId)).kind).toBe("refused");
  });

  it("sends a webhook that tells trackings by itself, without a call to the extension", async () => {
    const inbox = await openInbox();
    try {
      await channel.ensureWebhooks(inbox.url);
      const { orderId } = await place();
      await shop.acts.ship(orderId, { tracking: { number: "1ZHOOK", carrier: "UPS" } });
      await shop.settled();
      const { probe } = await connect(woocommerce, shop.settings);
      const open = woocommerce.open(shop.settings, { webhookSecret, probe, fetch });
      const before = shop.calls().length;
      const receipts = inbox.deliveries.map((delivery) => open.receive(delivery));
      const told = receipts.filter(({ kind }) => kind === "snapshot").at(-1);
      expect(told).toMatchObject({
        kind: "snapshot",
        refresh: false,
        snapshot: {
          ref: { nativeId: orderId },
          fulfillments: { complete: true, value: [{ packages: [{ nativeId: "1ZHOOK" }] }] },
        },
      });
      expect(shop.calls()).toHaveLength(before);
    } finally {
      await channel.removeWebhooks(inbox.url);
      await inbox.stop();
    }
  });

  it("shows trackings in a pull, in as few calls as without", async () => {
    const before = shop.calls().length;
    const pages = await pulled(channel);
    const snapshots = pages.flatMap((page) => page.snapshots);
    expect(snapshots.some((it) => (it.fulfillments?.value.length ?? 0) > 0)).toBe(true);
    const asked = shop
      .calls()
      .slice(before)
      .map(({ name }) => name);
    expect(asked.filter((name) => name.includes("shipment-trackings"))).toEqual([]);
  });

  it("says the day a parcel left where that is not today, in its own format", async () => {
    const { orderId, order } = await place();
    const command = {
      ...shipCommand(order, null, [tracked("1ZOLD")]),
      shippedAt: "2026-11-20T20:00:00.000Z",
    };
    const { order: after } = await run(channel, command, order);
    expect(shipmentOf(after)[0]?.shippedAt).toBe("2026-11-20T00:00:00.000Z");
    expect(numbersIn(orderId)).toEqual(["1ZOLD"]);
  });

  it("of a carrier that the shop does not know gets name and link whole", async () => {
    const parcel = {
      tracking: {
        number: "BIKE 1",
        carrier: "Bike Brothers",
        carrierCode: null,
        url: "https://bike.example/track?n=BIKE%201",
      },
      lines: [],
    };
    const { orderId, order } = await shipped([parcel]);
    expect(shipmentOf(order)[0]?.packages[0]?.tracking).toMatchObject({
      carrier: "Bike Brothers",
      url: "https://bike.example/track?n=BIKE%201",
    });
    const path = `/wc-shipment-tracking/v3/orders/${orderId}/shipment-trackings`;
    const { body } = await rest.get(path);
    // AST shows its customers no name of such a carrier, which its capabilities say.
    expect(body).toMatchObject([
      {
        tracking_provider: fulfillments === "ast" ? "" : "Bike Brothers",
        tracking_link: "https://bike.example/track?n=BIKE%201",
      },
    ]);
  });

  it("without the extension leaves its trackings readable and says what is missing", async () => {
    const { order } = await shipped();
    const { probe } = await connect(woocommerce, shop.settings);
    const without = { ...probe, findings: { ...probe.findings, trackings: null } };
    const closed = woocommerce.open(shop.settings, { webhookSecret, probe: without, fetch });
    expect(() => closed.plan(cancelOf(order), order)).toThrow(/the shop has no more/);
    expect(parcelsOf(await readOrder(closed, order.nativeId))).toEqual([["1ZA"]]);
    const [step] = channel.plan(updateOf(order, [tracked("1ZC")]), order);
    const outcome = await perform(closed, step ?? expect.fail("no step"), order.nativeId);
    expect(outcome).toMatchObject({ kind: "refused", error: { code: "CAPABILITY_NOT_SUPPORTED" } });
  });

  it("gets the tracking of a shipment that the gateway keeps, and shows it only once", async () => {
    const { orderId, order } = await place();
    const kept: Order = {
      ...order,
      fulfillments: [
        {
          id: "ful_kept",
          nativeId: null,
          owner: "GATEWAY",
          removedAt: null,
          status: "SUCCESS",
          deliveryStatus: "UNKNOWN",
          locationId: null,
          lines: [],
          createdAt: "2026-11-20T00:00:00.000Z",
          shippedAt: null,
          deliveredAt: null,
          platformStatuses: [],
          marker: null,
          commandId: null,
          stepIndex: null,
          sentAt: null,
          packages: [],
        },
      ],
    };
    const steps = channel.plan(updateOf(kept, [tracked("1ZKEPT")]), kept);
    expect(steps.map(({ kind }) => kind)).toEqual([
      "FULFILLMENT_TRACKING_UPDATE",
      "GATEWAY_SHIPMENT",
    ]);
    const outcome = await perform(channel, steps[0] ?? expect.fail("no step"), orderId);
    expect(outcome).toMatchObject({ kind: "done", snapshot: { fulfillments: { value: [] } } });
    expect(numbersIn(orderId)).toEqual(["1ZKEPT"]);
  });
});

describe("AST's own ways", () => {
  it("refuses other signs in a number before anything is sent, as AST would in words about the order", async () => {
    const shop = await startWooCommerce({ orders: 0, fulfillments: "ast" });
    try {
      const { channel } = await connect(woocommerce, shop.settings);
      const { orderId, order } = await placeMugs(shop, channel);
      const command = shipCommand(order, null, [tracked("A/1")]);
      expect(() => channel.plan(command, order)).toThrow(/letters, digits, spaces and dashes/);
      const [step] = channel.plan(shipCommand(order, null, [tracked("A1")]), order);
      if (!step) return expect.fail("no step");
      const request = step.request as { tracking: { number: string } };
      request.tracking.number = "A/1";
      expect(await perform(channel, step, orderId)).toMatchObject({
        kind: "refused",
        error: { code: "CHANNEL_REJECTED", message: expect.stringContaining("letters, digits") },
      });
    } finally {
      await shop.stop();
    }
  });
});

describe("trackings in an order's meta", () => {
  const read = (value: unknown, differences: Partial<Shop> = {}) =>
    shipmentsOfTrackings(
      orderPayload.parse(
        orderBody({
          shipping: { postcode: "97201", country: "US" },
          meta_data: [{ id: 1, key: "_wc_shipment_tracking_items", value }],
        }),
      ),
      recordedShop({ coreFulfillments: false, ...differences }),
    );
  const item = (id: string, number: string, more: object = {}) => ({
    tracking_provider: "ups",
    custom_tracking_provider: "",
    custom_tracking_link: "",
    tracking_number: number,
    date_shipped: 1795404579,
    tracking_id: id,
    ...more,
  });

  it("are read from a map too, which PHP makes of a list with a gap", () => {
    expect(
      read({ 1: item("a", "1ZA"), 3: item("b", "1ZB") }).map(({ nativeId }) => nativeId),
    ).toEqual(["tracking:a", "tracking:b"]);
  });

  it("count a number that stands there twice as one parcel, with what was written last", () => {
    const twice = [item("a", "1Z A"), item("b", "1za", { tracking_provider: "fedex" })];
    expect(read(twice)).toMatchObject([
      { nativeId: "tracking:a", packages: [{ nativeId: "1ZA", tracking: { carrier: "FedEx" } }] },
    ]);
  });

  it("lose none of the others for one that cannot be read, and need no id", () => {
    const { tracking_id: _, ...bare } = item("", "BARE-1");
    expect(read([{ nonsense: true }, null, bare]).map(({ nativeId }) => nativeId)).toEqual([
      "tracking:BARE1",
    ]);
    expect(read("serialised nonsense")).toEqual([]);
  });

  it("have the link of a carrier that the shop knows, with number, postcode and country", () => {
    const providers = { UPS: "https://ups.example/%1$s?zip=%2$s&land=%3$s" };
    const trackings = { plugin: "shipment-tracking", namespace: "x", providers } as const;
    expect(read([item("a", "1Z A")], { trackings })[0]?.packages[0]?.tracking?.url).toBe(
      "https://ups.example/1Z%20A?zip=97201&land=US",
    );
  });
});
