import { createHash, createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deliveryPolicy } from "../../../../src/connectors/bigcommerce/simulator/hooks/deliver.js";
import {
  type SimulatedBigCommerce,
  startBigCommerce,
} from "../../../../src/connectors/bigcommerce/simulator/index.js";
import { specsDir } from "../../../support/specs.js";
import { type Inbox, openInbox } from "../../bench.js";
import { type Asker, allOrders, askerOf, placed } from "./ask.js";

let shop: SimulatedBigCommerce;
let ask: Asker;
let inbox: Inbox;
beforeAll(async () => {
  inbox = await openInbox();
  shop = await startBigCommerce({ plan: "wide", orders: 40, relaxedDelivery: true });
  ask = askerOf(shop);
});
beforeEach(() => {
  inbox.deliveries.length = 0;
});
afterEach(async () => {
  for (const { id } of (await ask.get("/v3/hooks")).body.data) await ask.delete(`/v3/hooks/${id}`);
  await fetch(`${shop.url}/_faults`, { method: "DELETE" });
});
afterAll(async () => {
  await shop.stop();
  await inbox.stop();
});

const subscribe = (scope: string, more: object = {}) =>
  ask.post("/v3/hooks", { scope, destination: inbox.url, is_active: true, ...more });
const bodies = () => inbox.deliveries.map(({ body }) => JSON.parse(String(body)));
const scopesHeard = () => bodies().map(({ scope }) => scope);
const fault = (given: object) =>
  fetch(`${shop.url}/_faults`, { method: "POST", body: JSON.stringify(given) });

/** Keys and types of a value, through and through. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, shapeOf(each)]),
  );
}

/** There is no sample of it; the documentation's schema has these fields, the order's number as a text. */
const transactionShape = {
  order_id: "string",
  platform_transaction_id: "string",
  provider_transaction_id: "string",
  result: { code: "string", message: "string", type: "string" },
  transaction_id: "string",
  transaction_status: "string",
  transaction_type: "string",
  type: "string",
};

describe("a hook", () => {
  it("is created, read, changed, listed and deleted, told back each time", async () => {
    const headers = { "x-secret": "river" };
    const { status, body } = await subscribe("store/order/*", { headers });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      client_id: shop.settings.clientId,
      store_hash: shop.settings.storeHash,
      scope: "store/order/*",
      destination: inbox.url,
      is_active: true,
      headers,
    });
    const path = `/v3/hooks/${body.data.id}`;
    expect((await ask.get(path)).body.data).toEqual(body.data);
    const { body: changed } = await ask.put(path, { is_active: false });
    expect(changed.data).toMatchObject({ is_active: false, headers });
    expect((await ask.get("/v3/hooks?is_active=true")).body.data).toEqual([]);
    expect((await ask.get("/v3/hooks?scope=store/order/*")).body.data).toHaveLength(1);
    expect((await ask.delete(path)).body.data.id).toBe(body.data.id);
    const gone = await ask.get(path);
    expect(gone.body).toMatchObject({
      status: 404,
      title: `Webhook with id [${body.data.id}] not found`,
    });
  });

  it("needs a scope that there is and a destination, ten of a scope at most", async () => {
    expect((await ask.post("/v3/hooks", { scope: "store/order/*" })).body).toMatchObject({
      status: 422,
      title: "JSON data is missing or invalid",
      errors: { destination: "error.path.missing" },
    });
    expect((await subscribe("store/order/nonsense")).status).toBe(422);
    expect((await subscribe("store/order/*", { destination: "nowhere" })).status).toBe(422);
    for (let made = 0; made < 10; made += 1)
      expect((await subscribe("store/order/*")).status).toBe(200);
    expect((await subscribe("store/order/*")).status).toBe(422);
    expect((await subscribe("store/order/updated")).status).toBe(200);
  });

  it("goes to https on port 443 alone where nothing was relaxed", async () => {
    const strict = await startBigCommerce({ plan: "wide", orders: 1 });
    try {
      const to = async (destination: string) =>
        (await askerOf(strict).post("/v3/hooks", { scope: "store/order/*", destination })).status;
      expect(await to("https://example.com/hooks")).toBe(200);
      expect(await to("https://example.com:443/hooks")).toBe(200);
      for (const refused of [
        "http://example.com/hooks",
        "https://example.com:8443/hooks",
        "https://127.0.0.1/hooks",
      ])
        expect(await to(refused), refused).toBe(422);
    } finally {
      await strict.stop();
    }
  });

  it("is active only a minute after it was made, and never hears of what came before", async () => {
    let clock = Date.now();
    const slow = await startBigCommerce({
      orders: 1,
      relaxedDelivery: true,
      now: () => new Date(clock),
    });
    try {
      const hook = { scope: "store/order/created", destination: inbox.url };
      await askerOf(slow).post("/v3/hooks", hook);
      await slow.acts.placeOrder();
      clock += 60_000;
      const { orderId } = await slow.acts.placeOrder();
      await slow.settled();
      expect(bodies().map(({ data }) => String(data.id))).toEqual([orderId]);
    } finally {
      await slow.stop();
    }
  });
});

describe("a callback", () => {
  it("is signed by the client secret, with the hook's own headers and its hash", async () => {
    await subscribe("store/order/created", { headers: { "x-secret": "river" } });
    const { orderId } = await shop.acts.placeOrder();
    await shop.settled();
    expect(inbox.deliveries).toHaveLength(1);
    const [{ headers, body } = expect.fail("nothing came")] = inbox.deliveries;
    expect(headers["x-secret"]).toBe("river");
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const signature = createHmac("sha256", shop.settings.clientSecret).update(signed);
    expect(headers["webhook-signature"]).toBe(`v1,${signature.digest("base64")}`);
    const now = Date.now() / 1000;
    expect(Math.abs(Number(headers["webhook-timestamp"]) - now)).toBeLessThan(5);
    const { hash, ...said } = JSON.parse(String(body));
    expect(hash).toBe(createHash("sha1").update(JSON.stringify(said)).digest("hex"));
    expect(said).toMatchObject({
      scope: "store/order/created",
      data: { type: "order", id: Number(orderId) },
      producer: `stores/${shop.settings.storeHash}`,
    });
  });

  it("tells of an order while it is still Incomplete, and then of its status", async () => {
    await subscribe("store/order/*");
    const { orderId } = await shop.acts.placeOrder();
    await shop.settled();
    expect(scopesHeard()).toEqual(
      expect.arrayContaining([
        "store/order/created",
        "store/order/statusUpdated",
        "store/order/updated",
      ]),
    );
    const status = bodies().find(({ scope }) => scope === "store/order/statusUpdated");
    expect(status.data).toEqual({
      type: "order",
      id: Number(orderId),
      status: { previous_status_id: 0, new_status_id: 11 },
    });
  });

  it.skipIf(!specsDir)("has the shape of its published sample, whatever it tells of", async () => {
    const folder = join(specsDir ?? "", "bigcommerce", "webhook-callback-samples");
    const samples = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .filter((text) => text.trim() !== "")
      .map((text) => JSON.parse(text));
    for (const resource of ["order", "shipment", "product", "sku"])
      await subscribe(`store/${resource}/*`);
    await doEverything();
    await shop.settled();
    const told = bodies();
    for (const sample of samples) {
      const own = told.filter(({ scope }) => scope === sample.scope);
      expect(own.length, sample.scope).toBeGreaterThan(0);
      for (const body of own) expect(shapeOf(body), sample.scope).toEqual(shapeOf(sample));
    }
    const known = new Set(samples.map(({ scope }) => scope));
    const others = told.filter(({ scope }) => !known.has(scope));
    expect(others.length).toBeGreaterThan(0);
    for (const { scope, data } of others) {
      expect(scope).toBe("store/order/transaction/created");
      expect(shapeOf(data)).toEqual(transactionShape);
    }
  });

  it("comes twice with the same id, late or never by fault", async () => {
    await subscribe("store/order/created");
    await fault({ kind: "webhook-double", count: 1 });
    await shop.acts.placeOrder();
    await shop.settled();
    const ids = inbox.deliveries.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    await fault({ kind: "webhook-drop", count: 1 });
    await shop.acts.placeOrder();
    await shop.settled();
    expect(inbox.deliveries).toHaveLength(2);
  });

  it("is tried eleven times more over two days, after which the hook is off", () => {
    const { retryDelaysMs, succeeds, lastFailureSwitchesOff } = deliveryPolicy;
    expect(retryDelaysMs).toHaveLength(11);
    expect(retryDelaysMs[0]).toBe(60_000);
    const hours = retryDelaysMs.reduce((all, each) => all + each) / 3_600_000;
    expect(Math.round(hours)).toBe(48);
    expect([200, 204, 302, 404, 500].map(succeeds)).toEqual([true, true, false, false, false]);
    expect(lastFailureSwitchesOff).toBe(true);
  });
});

/** One of everything that the samples tell of. */
async function doEverything(): Promise<void> {
  const { orderId } = await placed(shop, ask);
  const { shipmentId } = await shop.acts.ship(orderId);
  const path = `/v2/orders/${orderId}/shipments/${shipmentId}`;
  await ask.put(path, { comments: "Moved" });
  await ask.delete(path);
  await shop.acts.refund(orderId, { amount: "1" });
  await ask.put(`/v2/orders/${orderId}`, { status_id: 12 });
  await ask.delete(`/v2/orders/${orderId}`);
  const items = [
    { location_id: 1, sku: "MUG-01", quantity: 1 },
    { location_id: 1, sku: "TEE-M", quantity: 1 },
  ];
  await ask.post("/v3/inventory/adjustments/relative", { items });
  const [order] = await allOrders(ask, "&status_id=11");
  expect(order).toBeDefined();
  await shop.acts.writeMessage(String(order.id), "Where is it?");
}
