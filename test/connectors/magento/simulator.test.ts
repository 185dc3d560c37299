import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  type MagentoOptions,
  type SimulatedMagento,
  startMagento,
} from "../../../src/connectors/magento/simulator/index.js";
import { search, signedClient } from "./simulator/client.js";

let shop: SimulatedMagento | undefined;
async function start(options: MagentoOptions = {}): Promise<SimulatedMagento> {
  await shop?.stop();
  shop = await startMagento(options);
  return shop;
}
afterEach(async () => {
  await shop?.stop();
  shop = undefined;
});

interface OrderSeen {
  entity_id: number;
  increment_id: string;
  store_id: number;
  state: string;
  status: string;
  order_currency_code: string;
  customer_is_guest: number;
  is_virtual: number;
  grand_total: number;
  discount_amount: number;
  total_invoiced?: number;
  total_refunded?: number;
  created_at: string;
  items: {
    product_type: string;
    parent_item_id?: number;
    qty_ordered: number;
    qty_invoiced: number;
    qty_shipped: number;
    is_qty_decimal: number;
  }[];
}
async function allOrders(of: SimulatedMagento): Promise<OrderSeen[]> {
  return (await signedClient(of.settings).get("/orders?searchCriteria=")).body.items;
}

describe("the orders a simulated Magento opens with", () => {
  it("are 250 of the last ninety days, within moments", async () => {
    const before = performance.now();
    const opened = await start();
    expect(performance.now() - before).toBeLessThan(5_000);
    const orders = await allOrders(opened);
    expect(orders).toHaveLength(250);
    const ages = orders.map(({ created_at }) => Date.now() - Date.parse(`${created_at}Z`));
    expect(Math.max(...ages)).toBeLessThan(91 * 86_400_000);
    expect(Math.min(...ages)).toBeGreaterThan(0);
  });

  it("have 1042 as the shop numbers it, and 1042 as the shop before it did", async () => {
    for (const count of [5, 250]) {
      const orders = await allOrders(await start({ orders: count }));
      const numbers = orders.map(({ increment_id }) => increment_id);
      expect(numbers.filter((number) => number.endsWith("1042"))).toEqual(["000001042", "1042"]);
      expect(new Set(numbers).size).toBe(count);
    }
  });

  it("are of every kind a gateway must understand", async () => {
    const opened = await start();
    const orders = await allOrders(opened);
    const some = (what: string, fits: (order: OrderSeen) => boolean) =>
      expect(orders.some(fits), what).toBe(true);
    const states = "new pending_payment processing payment_review complete closed canceled holded";
    for (const state of states.split(" ")) some(state, (order) => order.state === state);
    for (const status of ["pending", "fraud", "awaiting_pickup"])
      some(status, (order) => order.status === status);
    for (const currency of ["USD", "EUR", "GBP", "CAD", "JPY", "KWD"])
      some(currency, (order) => order.order_currency_code === currency);
    for (const type of ["simple", "configurable", "bundle", "virtual", "downloadable"])
      some(type, ({ items }) => items.some(({ product_type }) => product_type === type));
    some("guest", ({ customer_is_guest }) => customer_is_guest === 1);
    some("customer", ({ customer_is_guest }) => customer_is_guest === 0);
    some("coupon", ({ discount_amount }) => discount_amount < 0);
    some("another store", ({ store_id }) => store_id === 2);
    some("only downloads", ({ is_virtual }) => is_virtual === 1);
    some("by weight", ({ items }) => items.some(({ is_qty_decimal }) => is_qty_decimal === 1));
    const [mug] = [({ items }: OrderSeen) => items[0] ?? expect.fail("an order without items")];
    some("partly shipped", (order) => {
      const { qty_shipped, qty_ordered } = mug(order);
      return qty_shipped > 0 && qty_shipped < qty_ordered && order.state === "processing";
    });
    some("partly invoiced", (order) => {
      const { qty_invoiced, qty_ordered } = mug(order);
      return qty_invoiced > 0 && qty_invoiced < qty_ordered;
    });
    some("shipped and not paid", (order) => mug(order).qty_shipped > 0 && !order.total_invoiced);
    some(
      "partly refunded",
      ({ total_refunded = 0, grand_total }) => total_refunded > 0 && total_refunded < grand_total,
    );
    const long = orders.filter(
      ({ items }) => items.filter((it) => !it.parent_item_id).length === 300,
    );
    expect(long).toHaveLength(1);
  });

  it("left from several sources, and one parcel has two tracks", async () => {
    const opened = await start();
    const { body } = await signedClient(opened.settings).get("/shipments?searchCriteria=");
    type Seen = {
      order_id: number;
      tracks: unknown[];
      extension_attributes: { source_code: string };
    };
    const shipments = body.items as Seen[];
    const sources = new Map<number, Set<string>>();
    for (const { order_id, extension_attributes } of shipments)
      sources.set(
        order_id,
        (sources.get(order_id) ?? new Set()).add(extension_attributes.source_code),
      );
    expect([...sources.values()].some(({ size }) => size > 1)).toBe(true);
    expect(shipments.some(({ tracks }) => tracks.length === 2)).toBe(true);
  });

  it("are the same for the same seed", async () => {
    const now = new Date();
    const text = async (seed: number) =>
      JSON.stringify(await allOrders(await start({ seed, orders: 30, now: () => now })));
    const first = await text(7);
    expect(await text(7)).toBe(first);
    expect(await text(8)).not.toBe(first);
  });
});

describe("people in a simulated Magento", () => {
  it("order, pay, change, hold, cancel, ship and give back", async () => {
    const { acts, view, settings } = await start({ orders: 0 });
    const { orderId, number } = await acts.placeOrder({
      paid: false,
      lines: [
        { sku: "MUG-01", quantity: 2 },
        { sku: "EBOOK-1", quantity: 1 },
      ],
    });
    expect([view(orderId)?.status, view(orderId)?.number]).toEqual(["pending", number]);
    await acts.pay(orderId);
    expect(view(orderId)?.status).toBe("processing");
    await expect(acts.pay(orderId)).rejects.toThrow("nothing left to pay");
    const first = await acts.ship(orderId, {
      lines: [{ sku: "MUG-01", quantity: 1 }],
      tracking: { number: "1Z1", carrier: "ups" },
    });
    expect(view(orderId)?.shipments).toMatchObject([
      { id: first.shipmentId, tracking: ["1Z1"], lines: [{ quantity: 1 }] },
    ]);
    await acts.edit(orderId);
    const { body } = await signedClient(settings).get(`/orders/${orderId}`);
    expect(body.status_histories[0].is_visible_on_front).toBe(1);
    await acts.ship(orderId);
    expect(view(orderId)?.status).toBe("complete");
    await expect(acts.ship(orderId)).rejects.toThrow("does not allow a shipment");
    const { refundId } = await acts.refund(orderId, {
      lines: [{ sku: "MUG-01", quantity: 1 }],
      restock: true,
    });
    expect(view(orderId)?.refunds).toMatchObject([{ id: refundId, lines: [{ quantity: 1 }] }]);
    await acts.refund(orderId, { amount: "2.50" });
    expect(view(orderId)?.refunds[1]).toMatchObject({ amount: "2.50", lines: [] });
    await acts.refund(orderId);
    expect(view(orderId)?.status).toBe("closed");
    const held = await acts.placeOrder();
    await acts.hold(held.orderId);
    expect(view(held.orderId)?.status).toBe("holded");
    await expect(acts.cancel(held.orderId)).rejects.toThrow("is holded");
    const other = await acts.placeOrder({ paid: false });
    await acts.cancel(other.orderId);
    expect(view(other.orderId)?.status).toBe("canceled");
    await expect(acts.moveParcel(orderId, first.shipmentId, "DELIVERED")).rejects.toThrow(
      "does not know",
    );
    await acts.deleteOrder(orderId);
    expect(view(orderId)).toBeNull();
    const left = await signedClient(settings).get(
      `/shipments?${search([["order_id", "eq", orderId]])}`,
    );
    expect(left.body.total_count).toBe(0);
    await expect(acts.edit(orderId)).rejects.toThrow(`there is no order ${orderId}`);
    await expect(acts.placeOrder({ lines: [{ sku: "NOPE", quantity: 1 }] })).rejects.toThrow(
      '"NOPE"',
    );
  });

  it("can be moved by hand over HTTP", async () => {
    const { url, view } = await start({ orders: 0 });
    const body = '[{"currency":"KWD"}]';
    const response = await fetch(`${url}/_acts/placeOrder`, { method: "POST", body });
    const { orderId } = (await response.json()) as { orderId: string };
    expect(view(orderId)?.currency).toBe("KWD");
  });

  it("go on by themselves where life is on, until the shop stops", async () => {
    const seen: string[] = [];
    await new Promise<void>((enough, failed) => {
      const log = (message: string) => seen.push(message) > 60 && enough();
      start({ orders: 40, lifeEveryMs: 1, log }).catch(failed);
    });
    const happened = seen.filter((message) => message.startsWith("life: "));
    const done = happened.filter((message) => !message.includes("came to nothing"));
    expect(done.length).toBeGreaterThan(40);
  });
});

describe("a simulated Magento over time", () => {
  it("comes back from its file as it was, keys included", async () => {
    const folder = await mkdtemp(join(tmpdir(), "magento-"));
    const stateFile = join(folder, "shop.json");
    try {
      const first = await start({ stateFile, orders: 5 });
      const { consumerKey } = first.settings;
      const { orderId } = await first.acts.placeOrder();
      const before = first.view(orderId);
      const again = await start({ stateFile, orders: 5 });
      expect(again.settings.consumerKey).toBe(consumerKey);
      expect(again.view(orderId)).toEqual(before);
      expect(await allOrders(again)).toHaveLength(6);
      expect((await again.acts.placeOrder()).orderId).not.toBe(orderId);
      await again.stop();
      shop = undefined;
      await writeFile(stateFile, "{");
      await expect(startMagento({ stateFile })).rejects.toThrow("is no readable shop state");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("records calls by name, and does the work of a request whose answer it loses", async () => {
    const opened = await start({ orders: 1 });
    const match = "POST /rest/default/V1/order/1/ship";
    const fault = { kind: "timeout-after", match, count: 1 };
    await fetch(`${opened.url}/_faults`, { method: "POST", body: JSON.stringify(fault) });
    const client = signedClient(opened.settings);
    const lost = client.post("/order/1/ship", {}).catch((error: unknown) => error);
    while (opened.calls().length === 0) await new Promise(setImmediate);
    expect(opened.view("1")?.shipments).toHaveLength(1);
    await client.get("/orders/1");
    expect(opened.calls().map(({ name, status }) => [name, status])).toEqual([
      [match, 0],
      ["GET /rest/default/V1/orders/1", 200],
    ]);
    await opened.stop();
    shop = undefined;
    expect(await lost).toBeInstanceOf(Error);
  });

  it("words faults as what stands before it and as itself", async () => {
    const opened = await start({ orders: 1 });
    const client = signedClient(opened.settings);
    const faults = [
      { kind: "429", count: 1 },
      { kind: "500", count: 1 },
    ];
    await fetch(`${opened.url}/_faults`, { method: "POST", body: JSON.stringify(faults) });
    const busy = await client.get("/orders/1");
    expect([busy.status, busy.headers.get("retry-after"), busy.body]).toEqual([
      429,
      "1",
      undefined,
    ]);
    const broken = await client.get("/orders/1");
    expect([broken.status, broken.body.message]).toEqual([
      500,
      expect.stringContaining("Report ID"),
    ]);
  });

  it("has no webhooks to offer or deliver, and speaks UTC whatever its stores' time zones", async () => {
    const opened = await start({ orders: 1, now: () => new Date("2026-11-23T06:00:00Z") });
    const client = signedClient(opened.settings, { timestamp: 1_700_000_000 });
    const { orderId } = await opened.acts.placeOrder();
    await opened.settled();
    const { body: configs } = await client.get("/store/storeConfigs");
    expect(configs.map(({ timezone }: { timezone: string }) => timezone)).toEqual([
      "America/Chicago",
      "Europe/Berlin",
    ]);
    expect((await client.get(`/orders/${orderId}`)).body.created_at).toBe("2026-11-23 06:00:00");
    expect((await client.get("/webhooks")).status).toBe(404);
  });
});
