import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createQuota, quotas } from "../../../../src/connectors/bigcommerce/simulator/api/quota.js";
import {
  type BigCommerceOptions,
  type SimulatedBigCommerce,
  startBigCommerce,
} from "../../../../src/connectors/bigcommerce/simulator/index.js";
import { type Asker, allOrders, askerOf } from "./ask.js";

const shops: SimulatedBigCommerce[] = [];
async function open(options: BigCommerceOptions = {}) {
  const shop = await startBigCommerce({ plan: "wide", orders: 5, ...options });
  shops.push(shop);
  return { shop, ask: askerOf(shop) };
}
afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.stop();
});

describe("whoever asks", () => {
  it("needs a token of this very store", async () => {
    const { shop, ask } = await open();
    const { settings } = shop;
    const none = await ask.get("/v2/store", { headers: { "x-auth-token": "" } });
    expect(none).toMatchObject({
      status: 401,
      body: { status: 401, title: "X-Auth-Token header is required" },
    });
    const wrong = await ask.get("/v3/hooks", { headers: { "x-auth-token": "wrong" } });
    const elsewhere = askerOf({ settings: { ...settings, storeHash: "elsewhere" } });
    for (const answer of [wrong, await elsewhere.get("/v2/store")]) {
      expect(answer.status).toBe(401);
      expect(answer.body.title).toContain("not a valid combination for this store");
      expect(answer.text).not.toContain(settings.accessToken);
    }
  });

  it("may do what the token's scopes say, and hears so otherwise", async () => {
    const { ask } = await open({ scopes: ["store_v2_orders_read_only"] });
    expect((await ask.get("/v2/orders")).status).toBe(200);
    expect((await ask.get("/v2/time")).status).toBe(200);
    const refused = [
      await ask.put("/v2/orders/1042", { status_id: 5 }),
      await ask.get("/v2/store"),
      await ask.get("/v3/inventory/items"),
      await ask.get("/v3/orders/1042/transactions"),
    ];
    for (const { status, body } of refused)
      expect({ status, body }).toEqual({
        status: 403,
        body: {
          status: 403,
          title: "You don't have a required scope to access the endpoint",
          type: "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes",
          errors: {},
        },
      });
    const hook = { destination: "https://example.com/hook", scope: "store/sku/*" };
    expect((await ask.post("/v3/hooks", hook)).status).toBe(403);
  });

  it("asks 150 times in half a minute and no more, and always knows how often still", async () => {
    const { ask } = await open({ plan: "standard" });
    const answers = [];
    for (let asked = 0; asked <= quotas.standard; asked += 1)
      answers.push(await ask.get("/v2/time"));
    const { headers } = answers[0] ?? expect.fail("no answer");
    expect(headers.get("x-rate-limit-requests-quota")).toBe("150");
    expect(headers.get("x-rate-limit-requests-left")).toBe("149");
    expect(headers.get("x-rate-limit-time-window-ms")).toBe("30000");
    const last = answers.at(-1);
    expect(answers.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(1);
    expect(last?.status).toBe(429);
    expect(Number(last?.headers.get("x-rate-limit-time-reset-ms"))).toBeGreaterThan(0);
  });

  it("may ask again when the window has ended", () => {
    let nowMs = 0;
    const quota = createQuota("standard", () => nowMs);
    for (let asked = 0; asked < quotas.standard; asked += 1) expect(quota.take()).toBe(true);
    expect(quota.take()).toBe(false);
    nowMs = 29_999;
    expect(quota.headers()["x-rate-limit-time-reset-ms"]).toBe("1");
    expect(quota.take()).toBe(false);
    nowMs = 30_000;
    expect(quota.take()).toBe(true);
  });

  it("hears nothing of limits from an overloaded platform", async () => {
    const { shop, ask } = await open();
    await fetch(`${shop.url}/_faults`, {
      method: "POST",
      body: JSON.stringify({ kind: "429", match: "GET /v2/orders", count: 1 }),
    });
    const { status, headers } = await ask.get("/v2/orders");
    expect(status).toBe(429);
    expect([...headers.keys()].filter((name) => name.startsWith("x-rate-limit"))).toEqual([]);
    expect(shop.calls().at(-1)).toMatchObject({ name: "GET /v2/orders", status: 429 });
    expect((await ask.get("/v2/orders")).status).toBe(200);
  });
});

describe("the format of v2", () => {
  let shop: SimulatedBigCommerce;
  let ask: Asker;
  beforeAll(async () => {
    shop = await startBigCommerce({ plan: "wide", orders: 5 });
    ask = askerOf(shop);
  });
  afterAll(() => shop.stop());

  it("is XML for those who do not ask for JSON", async () => {
    for (const accept of ["*/*", "application/xml"]) {
      const { headers, text } = await ask.get("/v2/orders/1042", { headers: { accept } });
      expect(headers.get("content-type")).toBe("application/xml");
      expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<order><id>1042<\/id>/);
    }
    const list = await ask.get("/v2/orders", { headers: { accept: "*/*" } });
    expect(list.text).toContain("<orders><order><id>");
    const missing = await ask.get("/v2/orders/7", { headers: { accept: "*/*" } });
    expect(missing.text).toContain(
      "<errors><error><status>404</status><message>The requested resource was not found.</message></error></errors>",
    );
  });

  it("is JSON where the path ends so, and nothing else than the two", async () => {
    const { body } = await ask.get("/v2/time.json", {
      headers: { accept: "*/*" },
      specified: false,
    });
    expect(body.time).toBeGreaterThan(0);
    const { status } = await ask.get("/v2/time", { headers: { accept: "text/html" } });
    expect(status).toBe(406);
  });

  it("does not reach v3, which is JSON whatever is asked for", async () => {
    const { headers } = await ask.get("/v3/inventory/locations", { headers: { accept: "*/*" } });
    expect(headers.get("content-type")).toBe("application/json");
  });

  it("refuses bodies that are no JSON, and paths and methods that are none", async () => {
    const text = { headers: { "content-type": "text/plain" } };
    expect((await ask.put("/v2/orders/1042", { status_id: 5 }, text)).status).toBe(415);
    expect((await ask.put("/v2/orders/1042", "{")).status).toBe(400);
    expect((await ask.post("/v3/hooks", "{")).body.title).toBe("Input is invalid.");
    expect((await ask.get("/v2/nonsense", { specified: false })).status).toBe(404);
    expect((await ask.delete("/v2/store", { specified: false })).status).toBe(405);
    expect((await fetch(`${shop.url}/elsewhere`)).status).toBe(404);
  });
});

describe("the store", () => {
  it("says who it is", async () => {
    const { ask } = await open();
    const { body } = await ask.get("/v2/store");
    expect(body).toMatchObject({
      name: "Tributary Goods",
      currency: "USD",
      timezone: { name: "America/Chicago" },
    });
    expect((await ask.get("/v3/inventory/locations")).body.data).toMatchObject([{ id: 1 }]);
  });

  it("keeps its state over a restart, and carries out what it promised", async () => {
    const folder = await mkdtemp(join(tmpdir(), "store-"));
    try {
      const options = { stateFile: join(folder, "store.json"), orders: 40 };
      const first = await open(options);
      const orders = await allOrders(first.ask);
      const order = orders.find(({ payment_status }) => payment_status === "authorized");
      await first.ask.post(`/v3/orders/${order.id}/payment_actions/capture`, {});
      await first.shop.acts.hold("1042");
      await shops.pop()?.stop();
      const second = await open(options);
      expect(second.shop.settings).toMatchObject({
        storeHash: first.shop.settings.storeHash,
        accessToken: first.shop.settings.accessToken,
      });
      expect(second.shop.view("1042")?.status).toBe("Manual Verification Required");
      const { body } = await second.ask.get(`/v2/orders/${order.id}`);
      expect(body.payment_status).toBe("captured");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("is worked in by people: orders come, are paid, held, cancelled, shipped and refunded", async () => {
    const { shop } = await open();
    const { acts } = shop;
    const { orderId } = await acts.placeOrder({ paid: false, currency: "JPY" });
    expect(shop.view(orderId)).toMatchObject({ status: "Awaiting Payment", currency: "JPY" });
    expect(shop.view(orderId)?.total).toMatch(/^\d+$/);
    await acts.pay(orderId);
    expect(shop.view(orderId)?.status).toBe("Awaiting Fulfillment");
    await acts.hold(orderId);
    await acts.ship(orderId, {
      lines: [{ sku: "MUG-01", quantity: 1 }],
      tracking: { number: "JD1", carrier: "dhl" },
    });
    expect(shop.view(orderId)).toMatchObject({
      status: "Partially Shipped",
      shipments: [{ tracking: ["JD1"], canceled: false }],
    });
    await expect(acts.moveParcel(orderId, "1", "DELIVERED")).rejects.toThrow("parcel");
    await acts.refund(orderId);
    expect(shop.view(orderId)).toMatchObject({ status: "Refunded" });
    await expect(acts.ship(orderId)).rejects.toThrow("cannot be shipped");
    const { orderId: download } = await acts.placeOrder({
      lines: [{ sku: "EBOOK-1", quantity: 1 }],
    });
    expect(shop.view(download)?.status).toBe("Completed");
    await acts.cancel(download);
    expect(shop.view(download)?.status).toBe("Cancelled");
    await expect(acts.pay("7")).rejects.toThrow("there is no order 7");
  });

  it("lives by itself where it is told to", async () => {
    const told: string[] = [];
    let lived: () => void = () => {};
    const living = new Promise<void>((resolve) => {
      lived = resolve;
    });
    const log = (message: string) => {
      told.push(message);
      if (told.length === 60) lived();
    };
    const { shop, ask } = await open({ orders: 60, lifeEveryMs: 1, log });
    await living;
    expect(new Set(told).size).toBeGreaterThan(4);
    expect(shop.calls()).toEqual([]);
    expect((await allOrders(ask)).length).toBeGreaterThan(60);
  });
});
