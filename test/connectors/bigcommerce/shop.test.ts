import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bigcommerce } from "../../../src/connectors/bigcommerce/index.js";
import {
  allScopes,
  type SimulatedBigCommerce,
  startBigCommerce,
} from "../../../src/connectors/bigcommerce/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { Command } from "../../../src/domain/command.js";
import { derive } from "../../../src/domain/derive.js";
import { present } from "../../../src/domain/part.js";
import { specsDir } from "../../support/specs.js";
import {
  addFault,
  clearFaults,
  connect,
  lineIdOf,
  openInbox,
  orderOf,
  perform,
  placeMugs,
  pulled,
  readOrder,
  run,
  shipCommand,
  tracked,
} from "../bench.js";
import { requestErrors } from "./spec.js";
import { checkRequests, watcher, writesAmong } from "./traffic.js";

/** All that any test asked, for the check against the official descriptions at the end. */
const { fetch: watching, writes, exchanges } = watcher();

let shop: SimulatedBigCommerce;
let channel: Channel;
beforeAll(async () => {
  shop = await startBigCommerce({ orders: 60, relaxedDelivery: true, plan: "wide" });
  ({ channel } = await connect(bigcommerce, shop.settings, { fetch: watching }));
});
afterEach(() => clearFaults(shop));
afterAll(() => shop.stop());

const place = (mugs?: number) => placeMugs(shop, channel, mugs);
const marker = "MarkerMarkerMarker0001";
const callsDuring = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = shop.calls().length;
  await work();
  return shop
    .calls()
    .slice(before)
    .map((call) => call.name);
};

describe("a probe", () => {
  const probeWith = async (...without: string[]) => {
    const scopes = allScopes.filter((scope) => !without.includes(scope));
    const other = await startBigCommerce({ orders: 1, scopes });
    try {
      return await connect(bigcommerce, other.settings);
    } finally {
      await other.stop();
    }
  };

  it("learns name, currency, zone, the store's own labels and its places", async () => {
    const { probe } = await connect(bigcommerce, shop.settings);
    expect(probe.findings.statusLabels).toMatchObject({ 2: "On its way", 10: "Completed" });
    expect(probe.findings).toMatchObject({ readsTransactions: true, warnings: [] });
    expect(probe.findings.gramsPerUnit).toEqual(expect.stringMatching(/^\d/));
    expect(probe.locations.length).toBeGreaterThan(0);
  });

  it.each([
    ["store_v2_information_read_only", /Information & Settings: read-only/],
    ["store_v2_orders", /Orders: read-only/],
  ])("without %s fails, and names the scope and where to give it", async (scope, name) => {
    await expect(probeWith(scope)).rejects.toMatchObject({
      code: "SCOPE_NOT_GRANTED_BY_CHANNEL",
      message: expect.stringMatching(name),
    });
    await expect(probeWith(scope)).rejects.toThrow(/Settings > API > Store-level API accounts/);
  });

  it("with a scope to read orders alone takes every write away, and says how to get it", async () => {
    const other = await startBigCommerce({
      orders: 1,
      scopes: ["store_v2_orders_read_only", "store_v2_information_read_only"],
    });
    try {
      const { probe } = await connect(bigcommerce, other.settings);
      const granted = Object.fromEntries(
        probe.capabilities.map((it) => [it.operation, it.granted] as const),
      );
      expect(granted).toMatchObject({
        ORDER_READ: true,
        POLL_UPDATED_SINCE: true,
        ORDER_CANCEL: false,
        FULFILLMENT_CREATE: false,
      });
      expect(probe.findings.warnings).toEqual([
        expect.stringContaining(
          "Orders can be read only: give the API account the OAuth scope Orders: modify",
        ),
        expect.stringContaining("No money can be given back"),
        expect.stringContaining("Order Transactions: read-only"),
        expect.stringContaining("Store Locations: read-only"),
      ]);
      expect(probe.locations).toEqual([]);
    } finally {
      await other.stop();
    }
  });

  it("finds that either scope is enough to refund, by the names of the control panel", async () => {
    const other = await startBigCommerce({
      orders: 1,
      scopes: [
        "store_v2_orders_read_only",
        "store_v2_transactions",
        "store_v2_information_read_only",
      ],
    });
    try {
      const { probe } = await connect(bigcommerce, other.settings);
      const rows = Object.fromEntries(probe.capabilities.map((it) => [it.operation, it] as const));
      expect(rows.REFUND_LINES).toMatchObject({
        granted: true,
        requiredScopes: ["Orders: modify (or Order Transactions: modify)"],
      });
      expect(rows.ORDER_CANCEL).toMatchObject({
        granted: false,
        requiredScopes: ["Orders: modify"],
      });
    } finally {
      await other.stop();
    }
  });

  it("writes nothing", async () => {
    const before = JSON.stringify(shop.view("100"));
    await connect(bigcommerce, shop.settings);
    expect(JSON.stringify(shop.view("100"))).toBe(before);
  });
});

describe("reading", () => {
  it("takes two requests for an order that neither shipped nor was paid, and four for one that did both", async () => {
    const { orderId } = await shop.acts.placeOrder({ paid: false });
    expect(await callsDuring(() => channel.read({ nativeId: orderId }))).toEqual([
      `GET /v2/orders/${orderId}`,
      "GET /v3/orders/payment_actions/refunds",
    ]);
    await shop.acts.pay(orderId);
    await shop.acts.ship(orderId);
    const calls = await callsDuring(() => channel.read({ nativeId: orderId }));
    expect(calls.sort()).toEqual([
      `GET /v2/orders/${orderId}`,
      `GET /v2/orders/${orderId}/shipments`,
      `GET /v3/orders/${orderId}/transactions`,
      "GET /v3/orders/payment_actions/refunds",
    ]);
  });

  it("takes about two requests an order when it reads them all", async () => {
    let orders = 0;
    const calls = await callsDuring(async () => {
      for (const page of await pulled(channel)) orders += page.snapshots.length;
    });
    expect(orders).toBeGreaterThanOrEqual(60);
    expect(calls.length / orders).toBeLessThan(2.2);
  });

  it("sees an archived order as deleted, by reading and by polling", async () => {
    const { orderId } = await place();
    await shop.acts.archiveOrder(orderId);
    expect((await channel.read({ nativeId: orderId }))?.deletedAt).toBeDefined();
    const pages = await pulled(channel, { from: new Date(Date.now() - 5_000) });
    const found = pages.flatMap((page) => page.snapshots).find((it) => it.ref.nativeId === orderId);
    expect(found?.deletedAt).toBeDefined();
  });

  it("counts every order's money to the same sums as the store", async () => {
    for (const { snapshots } of await pulled(channel))
      for (const snapshot of snapshots) {
        const order = orderOf(snapshot);
        const { totals, statuses } = derive(order);
        const view = shop.view(order.nativeId) ?? expect.fail("no view");
        expect(totals.total.presentment.currency).toBe(view.currency);
        if (statuses.PAYMENT === "REFUNDED")
          expect(totals.refunded.presentment.amount).toBe(totals.captured.presentment.amount);
      }
  });
});

describe("a shipment", () => {
  it("bears its marker in the comments, and is found by it instead of being made again", async () => {
    const { orderId, order } = await place();
    const [step] = channel.plan(shipCommand(order, null, [tracked("1ZBC")]), order);
    if (!step) return expect.fail("no step");
    const first = await perform(channel, step, orderId, { marker });
    if (first.kind !== "done") return expect.fail(JSON.stringify(first));
    expect(first.snapshot?.fulfillments?.value).toMatchObject([
      {
        nativeId: first.nativeId,
        marker,
        packages: [{ tracking: { number: "1ZBC", carrier: "UPS", carrierCode: "ups" } }],
      },
    ]);
    const second = await perform(channel, step, orderId, { marker });
    expect(second).toMatchObject({ kind: "done", nativeId: first.nativeId, httpStatus: null });
    expect(shop.view(orderId)?.shipments).toHaveLength(1);
  });

  it("keeps the name of a carrier that BigCommerce has no word for", async () => {
    const { orderId, order } = await place();
    const url = "https://bikes.example/1";
    const wish = {
      tracking: { number: "BIKE 1", carrier: "Bike Brothers", carrierCode: null, url },
      lines: [],
    };
    await run(channel, shipCommand(order, null, [wish]), order);
    expect(
      (await readOrder(channel, orderId)).fulfillments[0]?.packages[0]?.tracking,
    ).toMatchObject({ number: "BIKE 1", carrier: "Bike Brothers", url });
  });

  it("loses its tracking where it is to have none, and keeps its marker", async () => {
    const { orderId, order } = await place();
    const first = await run(channel, shipCommand(order, null, [tracked("1ZGONE")]), order);
    const [shipment] = present(first.order.fulfillments);
    const { outcomes } = await run(
      channel,
      {
        type: "FULFILLMENT_TRACKING_UPDATE",
        orderId: order.id,
        notifyCustomer: null,
        fulfillmentId: shipment?.id ?? "",
        packages: [{ tracking: null, lines: [] }],
        replace: true,
      },
      first.order,
    );
    expect(outcomes).toMatchObject([{ kind: "done", nativeId: shipment?.nativeId }]);
    const [after] = (await readOrder(channel, orderId)).fulfillments;
    expect(after?.packages).toMatchObject([{ tracking: null }]);
    expect(after?.marker).toBe(shipment?.marker);
    expect(after?.marker).not.toBeNull();
  });

  it("of an order with two addresses is two, each to its own", async () => {
    const all = (await pulled(channel)).flatMap((page) => page.snapshots).map((it) => orderOf(it));
    const order = all.find(
      (it) =>
        it.head.canceledAt === null &&
        it.fulfillmentOrders.filter((work) => work.status === "OPEN").length > 0 &&
        it.fulfillmentOrders.length > 1,
    );
    if (!order) return expect.fail("the store has no open order with two addresses");
    const { byLine } = derive(order);
    const lines = present(order.lines).flatMap((line) => {
      const quantity = byLine.get(line.id)?.fulfillable ?? 0;
      return quantity > 0 ? [{ lineId: line.id, quantity }] : [];
    });
    const { outcomes, order: after } = await run(
      channel,
      { ...shipCommand(order, null), lines },
      order,
    );
    expect(outcomes.every(({ kind }) => kind === "done")).toBe(true);
    expect(derive(after).statuses.FULFILLMENT).toBe("FULFILLED");
    expect(after.fulfillmentOrders.every((work) => work.status === "CLOSED")).toBe(true);
  });

  it("is refused for lines that were refunded meanwhile, which BigCommerce would ship", async () => {
    const { orderId, order } = await place();
    await shop.acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 2 }] });
    const [step] = channel.plan(shipCommand(order, { "MUG-01": 2 }), order);
    expect(await perform(channel, step ?? expect.fail("no step"), orderId)).toMatchObject({
      kind: "refused",
      error: {
        code: "QUANTITY_EXCEEDS_FULFILLABLE",
        retryable: false,
        message: expect.stringContaining("1 are open (ordered 3, shipped 0, refunded 2)"),
      },
    });
    expect(shop.view(orderId)?.shipments).toEqual([]);
  });

  it("is refused for another order's line, and for an order that was canceled or archived", async () => {
    const { orderId, order } = await place();
    const other = await place();
    const [step] = channel.plan(shipCommand(order, null), order);
    if (!step) return expect.fail("no step");
    expect(await perform(channel, step, other.orderId)).toMatchObject({
      kind: "refused",
      error: { code: "QUANTITY_EXCEEDS_FULFILLABLE" },
    });
    await shop.acts.cancel(orderId);
    expect(await perform(channel, step, orderId)).toMatchObject({
      kind: "refused",
      error: { code: "CHANNEL_REJECTED" },
    });
    await shop.acts.archiveOrder(orderId);
    expect(await perform(channel, step, orderId)).toMatchObject({
      kind: "refused",
      error: { code: "NOT_FOUND", mayHaveHappened: false },
    });
  });

  it("is refused when the store asks for patience, and may be tried again", async () => {
    const { orderId, order } = await place();
    const [step] = channel.plan(shipCommand(order, null), order);
    await addFault(shop, { kind: "429", match: "POST /v2", count: 1 });
    const outcome = await perform(channel, step ?? expect.fail("no step"), orderId);
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { code: "CHANNEL_RATE_LIMITED", retryable: true, retryAfterMs: 1000 },
    });
    expect(shop.view(orderId)?.shipments).toEqual([]);
  });
});

describe("taking shipments back", () => {
  const cancelShipment = (order: Awaited<ReturnType<typeof readOrder>>, at = 0): Command => ({
    type: "FULFILLMENT_CANCEL",
    orderId: order.id,
    notifyCustomer: null,
    fulfillmentId: present(order.fulfillments)[at]?.id ?? "",
    reason: null,
  });
  const statusOf = (orderId: string) => shop.view(orderId)?.status;

  it("puts the status back: to partly shipped while some is, then to awaiting fulfillment", async () => {
    const { orderId, order } = await place();
    const first = await run(channel, shipCommand(order, { "MUG-01": 3 }), order);
    const second = await run(channel, shipCommand(first.order, { "TEE-M": 1 }), first.order);
    const whole = statusOf(orderId);
    const partly = await run(channel, cancelShipment(second.order), second.order);
    expect(partly.order.head.platformStatuses[0]?.value).toBe("3");
    const none = await run(channel, cancelShipment(partly.order), partly.order);
    expect(none.order.head.platformStatuses[0]?.value).toBe("11");
    expect(derive(none.order).statuses).toMatchObject({
      ORDER: "OPEN",
      FULFILLMENT: "UNFULFILLED",
    });
    expect(statusOf(orderId)).not.toBe(whole);
  });

  it("is done where the shipment is gone already, and leaves alone a status that somebody else set", async () => {
    const { orderId, order } = await place();
    const shipped = await run(channel, shipCommand(order, null), order);
    const steps = channel.plan(cancelShipment(shipped.order), shipped.order);
    const [remove, status] = steps;
    if (!remove || !status) return expect.fail("two steps were expected");
    expect((await perform(channel, remove, orderId)).kind).toBe("done");
    expect((await perform(channel, remove, orderId)).kind).toBe("done");
    await shop.acts.setStatus(orderId, 12);
    const calls = await callsDuring(() => perform(channel, status, orderId));
    expect(calls.filter((name) => !name.startsWith("GET"))).toEqual([]);
  });
});

describe("cancelling", () => {
  const cancel = (orderId: string): Command => ({
    type: "ORDER_CANCEL",
    orderId,
    notifyCustomer: null,
    reason: "CUSTOMER",
    restock: true,
    refund: null,
  });

  it("sends the status and nothing else, once", async () => {
    const { orderId, order } = await place();
    const before = writes.length;
    const { outcomes } = await run(channel, cancel(order.id), order);
    expect(outcomes).toMatchObject([{ kind: "done", snapshot: { head: {} } }]);
    expect(writes.slice(before)).toEqual([
      { method: "PUT", path: `/v2/orders/${orderId}`, body: { status_id: 5 } },
    ]);
    const again = await run(channel, cancel(order.id), order);
    expect(again.outcomes).toMatchObject([{ kind: "done", httpStatus: null }]);
    expect(writes.slice(before)).toHaveLength(1);
  });

  it("leaves nothing to be shipped", async () => {
    const { orderId, order } = await place();
    const { order: after } = await run(channel, cancel(order.id), order);
    const mug = derive(after).byLine.get(lineIdOf(after, "MUG-01"));
    expect(mug).toMatchObject({ ordered: 3, canceled: 3, fulfillable: 0 });
    expect((await readOrder(channel, orderId)).head.canceledAt).not.toBeNull();
  });
});

describe("webhooks", () => {
  it("are woken when they were switched off, and given our key when they bear another", async () => {
    const inbox = await openInbox();
    try {
      await channel.ensureWebhooks(inbox.url);
      const hooks = `${shop.url}/stores/${shop.settings.storeHash}/v3/hooks`;
      const headers = {
        "x-auth-token": shop.settings.accessToken,
        accept: "application/json",
        "content-type": "application/json",
      };
      const list = async () =>
        (
          (await (await fetch(`${hooks}?limit=250`, { headers })).json()) as {
            data: { id: number }[];
          }
        ).data;
      const [first, second] = await list();
      const put = (id: number | undefined, body: unknown) =>
        fetch(`${hooks}/${id}`, { method: "PUT", headers, body: JSON.stringify(body) });
      await put(first?.id, { is_active: false });
      await put(second?.id, { headers: { "x-tributary-key": "old" } });
      expect((await channel.webhooks(inbox.url)).filter((it) => !it.active)).toHaveLength(1);
      const after = await channel.ensureWebhooks(inbox.url);
      expect(after.every((it) => it.active)).toBe(true);
      const { orderId } = await shop.acts.placeOrder();
      await shop.settled();
      const receipts = inbox.deliveries.map((it) => channel.receive(it));
      expect(receipts.map((it) => it.kind)).not.toContain("rejected");
      expect(receipts).toContainEqual(
        expect.objectContaining({ kind: "hint", ref: { nativeId: orderId } }),
      );
    } finally {
      await channel.removeWebhooks(inbox.url);
      await inbox.stop();
    }
  });
});

describe.skipIf(!specsDir)("what was asked", () => {
  it("is all as BigCommerce's own descriptions have it", () => {
    const { operations, wrong } = checkRequests(exchanges);
    expect(wrong).toEqual([]);
    expect(writesAmong(operations)).toEqual([
      "DELETE /v2/orders/{order_id}/shipments/{shipment_id}",
      "DELETE /v3/hooks/{webhook_id}",
      "POST /v2/orders/{order_id}/shipments",
      "POST /v3/hooks",
      "POST /v3/orders/{order_id}/payment_actions/refund_quotes",
      "PUT /v2/orders/{order_id}",
      "PUT /v2/orders/{order_id}/shipments/{shipment_id}",
      "PUT /v3/hooks/{webhook_id}",
    ]);
  });

  it("would be told where it is not", () => {
    const request = { method: "POST", path: "/orders/{order_id}/shipments" };
    const check = (body: unknown) => requestErrors("orders.v2.oas2.yml", { ...request, body });
    expect(check({ order_address_id: "51" })).toEqual(["/order_address_id must be integer"]);
    expect(check({ trackingNumber: "1" })).toEqual([" must NOT have unevaluated properties"]);
  });
});
