import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
  type WooCommerceOptions,
} from "../../../src/connectors/woocommerce/simulator/index.js";
import { signedClient } from "./simulator/client.js";

let shop: SimulatedWooCommerce | undefined;
async function start(options: WooCommerceOptions = {}): Promise<SimulatedWooCommerce> {
  await shop?.stop();
  shop = await startWooCommerce(options);
  return shop;
}
afterEach(async () => {
  await shop?.stop();
  shop = undefined;
});

interface OrderSeen {
  id: number;
  number: string;
  status: string;
  currency: string;
  total: string;
  customer_id: number;
  prices_include_tax: boolean;
  refunds: { total: string }[];
  coupon_lines: object[];
  fee_lines: object[];
  line_items: { variation_id: number; total: string; total_tax: string }[];
  needs_processing: boolean;
  payment_method: string;
  meta_data: { key: string; value: unknown }[];
  date_created_gmt: string;
}
async function allOrders(of: SimulatedWooCommerce): Promise<OrderSeen[]> {
  const client = signedClient(of.settings);
  const pages = await Promise.all(
    [1, 2, 3].map((page) => client.get(`/orders?per_page=100&page=${page}`)),
  );
  return pages.flatMap(({ body }) => body as OrderSeen[]);
}

describe("the orders a simulated WooCommerce opens with", () => {
  it("are 250 of the last ninety days, number 1042 among them, within moments", async () => {
    const before = performance.now();
    const opened = await start();
    expect(performance.now() - before).toBeLessThan(5_000);
    const orders = await allOrders(opened);
    expect(orders).toHaveLength(250);
    expect(orders.filter(({ number }) => number === "1042")).toMatchObject([
      { status: "processing" },
    ]);
    const oldest = Math.min(
      ...orders.map(({ date_created_gmt }) => Date.parse(`${date_created_gmt}Z`)),
    );
    expect(Date.now() - oldest).toBeLessThan(91 * 86_400_000);
  });

  it("are of every kind a gateway must understand", async () => {
    const orders = await allOrders(await start());
    const some = (what: string, fits: (order: OrderSeen) => boolean) =>
      expect(orders.some(fits), what).toBe(true);
    for (const status of [
      "pending",
      "processing",
      "on-hold",
      "completed",
      "cancelled",
      "refunded",
      "failed",
      "partial-shipped",
      "awaiting-pickup",
    ]) {
      some(status, (order) => order.status === status);
    }
    for (const currency of ["USD", "EUR", "GBP", "CAD", "JPY", "KWD"])
      some(currency, (order) => order.currency === currency);
    for (const value of ["unfulfilled", "partially_fulfilled", "fulfilled"]) {
      some(value, ({ meta_data }) =>
        meta_data.some((meta) => meta.key === "_fulfillment_status" && meta.value === value),
      );
    }
    some("guest", ({ customer_id }) => customer_id === 0);
    some("customer", ({ customer_id }) => customer_id > 1);
    some("tax within", ({ prices_include_tax }) => prices_include_tax);
    some("untaxed", ({ line_items }) => line_items.every(({ total_tax }) => total_tax === "0.00"));
    some("coupon", ({ coupon_lines }) => coupon_lines.length > 0);
    some("fee", ({ fee_lines }) => fee_lines.length > 0);
    some("variation", ({ line_items }) => line_items.some(({ variation_id }) => variation_id > 0));
    some("only downloads", ({ needs_processing }) => !needs_processing);
    some("partly refunded", ({ refunds, status }) => refunds.length > 0 && status !== "refunded");
    some("gateway gone", ({ payment_method }) => payment_method === "stripe");
    expect(orders.filter(({ line_items }) => line_items.length === 300)).toHaveLength(1);
  });

  it("show whole yen with two decimals, as the site shows every currency", async () => {
    const orders = await allOrders(await start());
    const totals = orders.filter(({ currency }) => currency === "JPY").map(({ total }) => total);
    expect(totals.length).toBeGreaterThan(0);
    for (const total of totals) expect(total).toMatch(/^\d{4,}\.00$/);
  });

  it("are the same for the same seed, and 1042 exists in a small shop too", async () => {
    const now = new Date();
    const first = await allOrders(await start({ seed: 7, orders: 30, now: () => now }));
    const text = (orders: OrderSeen[], of: SimulatedWooCommerce) =>
      JSON.stringify(orders).replaceAll(of.url, "");
    const before = text(first, shop as SimulatedWooCommerce);
    const again = await start({ seed: 7, orders: 30, now: () => now });
    expect(text(await allOrders(again), again)).toBe(before);
    expect(first.some(({ number }) => number === "1042")).toBe(true);
    const other = await start({ seed: 8, orders: 30, now: () => now });
    expect(text(await allOrders(other), other)).not.toBe(before);
  });

  it("have two packages, deleted ones never", async () => {
    const opened = await start();
    const views = (await allOrders(opened)).map(({ id }) => opened.view(String(id)));
    const two = views.find((view) => view?.shipments.length === 2);
    expect(two?.shipments.flatMap(({ tracking }) => tracking)).toHaveLength(2);
  });
});

describe("people in a simulated WooCommerce", () => {
  it("order, pay, change, hold, cancel, ship and give back", async () => {
    const { acts, view } = await start({ orders: 0 });
    const { orderId } = await acts.placeOrder({
      paid: false,
      lines: [
        { sku: "MUG-01", quantity: 2 },
        { sku: "EBOOK-1", quantity: 1 },
      ],
    });
    expect(view(orderId)?.status).toBe("pending");
    await acts.pay(orderId);
    expect(view(orderId)?.status).toBe("processing");
    await expect(acts.pay(orderId)).rejects.toThrow("is paid already");
    await acts.hold(orderId);
    expect(view(orderId)?.status).toBe("on-hold");
    await acts.edit(orderId);
    const first = await acts.ship(orderId, {
      lines: [{ sku: "MUG-01", quantity: 1 }],
      tracking: { number: "1Z1", carrier: "UPS" },
    });
    expect(view(orderId)?.shipments.find(({ id }) => id === first.shipmentId)).toMatchObject({
      tracking: ["1Z1"],
      lines: [{ quantity: 1 }],
    });
    await acts.ship(orderId);
    expect(view(orderId)?.status).toBe("completed");
    await expect(acts.ship(orderId)).rejects.toThrow("nothing left to ship");
    const { refundId } = await acts.refund(orderId, {
      lines: [{ sku: "MUG-01", quantity: 1 }],
      restock: true,
    });
    expect(view(orderId)?.refunds).toMatchObject([{ id: refundId, lines: [{ quantity: 1 }] }]);
    await acts.refund(orderId);
    expect(view(orderId)?.status).toBe("refunded");
    const other = await acts.placeOrder();
    await acts.cancel(other.orderId);
    expect(view(other.orderId)?.status).toBe("cancelled");
    await expect(acts.moveParcel(orderId, first.shipmentId, "DELIVERED")).rejects.toThrow(
      "does not know",
    );
    await acts.deleteOrder(orderId);
    expect(view(orderId)).toBeNull();
    await expect(acts.edit(orderId)).rejects.toThrow(`there is no order ${orderId}`);
    await expect(acts.placeOrder({ lines: [{ sku: "NOPE", quantity: 1 }] })).rejects.toThrow(
      '"NOPE"',
    );
  });

  it("can be moved by hand over HTTP", async () => {
    const { url, view } = await start({ orders: 0 });
    const response = await fetch(`${url}/_acts/placeOrder`, {
      method: "POST",
      body: '[{"currency":"KWD"}]',
    });
    const { orderId } = (await response.json()) as { orderId: string };
    expect(view(orderId)?.currency).toBe("KWD");
  });

  it("go on by themselves where life is on, until the shop stops", async () => {
    const seen: string[] = [];
    await new Promise<void>((enough, failed) => {
      start({
        orders: 40,
        lifeEveryMs: 1,
        log: (message) => seen.push(message) > 60 && enough(),
      }).catch(failed);
    });
    const happened = seen.filter((message) => message.startsWith("life: "));
    expect(
      happened.filter((message) => !message.includes("came to nothing")).length,
    ).toBeGreaterThan(40);
    await shop?.stop();
    shop = undefined;
  });
});

describe("a simulated WooCommerce over time", () => {
  it("comes back from its file as it was, keys and webhooks included", async () => {
    const folder = await mkdtemp(join(tmpdir(), "woocommerce-"));
    const stateFile = join(folder, "shop.json");
    try {
      const first = await start({ stateFile, orders: 5 });
      const { consumerKey } = first.settings;
      const { orderId } = await first.acts.placeOrder();
      await signedClient(first.settings).post("/webhooks", {
        topic: "order.created",
        delivery_url: "https://203.0.113.9/",
      });
      const before = first.view(orderId);
      const again = await start({ stateFile, orders: 5 });
      expect(again.settings.consumerKey).toBe(consumerKey);
      expect(again.view(orderId)).toEqual(before);
      const client = signedClient(again.settings);
      expect((await client.get("/webhooks")).body).toHaveLength(1);
      expect((await client.get("/orders")).headers.get("x-wp-total")).toBe("6");
      expect((await again.acts.placeOrder()).orderId).not.toBe(orderId);
      await again.stop();
      shop = undefined;
      await writeFile(stateFile, "{");
      await expect(startWooCommerce({ stateFile })).rejects.toThrow("is no readable shop state");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("records calls by name, and does the work of a request whose answer it loses", async () => {
    const opened = await start({ orders: 1 });
    const fault = { kind: "timeout-after", match: "POST /wp-json/wc/v3/orders", count: 1 };
    await fetch(`${opened.url}/_faults`, { method: "POST", body: JSON.stringify(fault) });
    const client = signedClient(opened.settings);
    const lost = client.post("/orders", {}).catch((error: unknown) => error);
    while (opened.calls().length === 0) await new Promise(setImmediate);
    expect((await client.get("/orders")).headers.get("x-wp-total")).toBe("2");
    expect(opened.calls().map(({ name, status }) => [name, status])).toEqual([
      ["POST /wp-json/wc/v3/orders", 0],
      ["GET /wp-json/wc/v3/orders", 200],
    ]);
    await opened.stop();
    shop = undefined;
    expect(await lost).toBeInstanceOf(Error);
  });

  it("tells its time zone at the index only, and PHP's, which is another, in its status", async () => {
    const opened = await start({ orders: 0 });
    const index = (await (await fetch(`${opened.url}/wp-json/`)).json()) as Record<string, unknown>;
    expect(index).toMatchObject({ gmt_offset: "-8", timezone_string: "", namespaces: ["wc/v3"] });
    const { body } = await signedClient(opened.settings).get("/system_status");
    expect(body.environment.default_timezone).toBe("UTC");
    expect(body.settings).toMatchObject({ currency: "USD", HPOS_enabled: true });
  });
});
