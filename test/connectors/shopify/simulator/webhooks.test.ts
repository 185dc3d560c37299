import { createHmac } from "node:crypto";
import { expect, it, onTestFinished, vi } from "vitest";
import { openReceiver, openShop, subscribe } from "./ask.js";

/** A shop, somebody who listens to these topics, and one order. */
async function withListener(topics: string[], status?: () => number) {
  const opened = await openShop();
  const receiver = await openReceiver(status);
  for (const topic of topics) {
    const { webhookSubscriptionCreate } = await opened.ask(subscribe, {
      topic,
      sub: { uri: receiver.url },
    });
    expect(webhookSubscriptionCreate.userErrors).toEqual([]);
  }
  return { ...opened, receiver };
}

it("signs the raw body and says what, whose and since when in the headers", async () => {
  const { shop, settings, receiver } = await withListener(["ORDERS_CREATE"]);
  await shop.acts.placeOrder({});
  await shop.settled();
  const [arrived] = receiver.arrived;
  expect(arrived?.headers).toMatchObject({
    "content-type": "application/json",
    "x-shopify-topic": "orders/create",
    "x-shopify-shop-domain": settings.shop,
    "x-shopify-api-version": "2026-10",
    "x-shopify-webhook-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    "x-shopify-event-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    "x-shopify-triggered-at": expect.stringMatching(/^\d{4}-.*Z$/),
    "x-shopify-hmac-sha256": createHmac("sha256", settings.clientSecret)
      .update(arrived?.raw ?? "")
      .digest("base64"),
  });
});

it("tells the topics of one act under one event id, each under its own webhook id", async () => {
  const { shop, receiver } = await withListener([
    "FULFILLMENTS_CREATE",
    "ORDERS_UPDATED",
    "ORDERS_FULFILLED",
  ]);
  const { orderId } = await shop.acts.placeOrder({});
  await shop.settled();
  receiver.arrived.splice(0);
  await shop.acts.ship(orderId);
  await shop.settled();
  const topics = receiver.arrived.map(({ headers }) => headers["x-shopify-topic"]);
  expect(topics.sort()).toEqual(["fulfillments/create", "orders/fulfilled", "orders/updated"]);
  expect(new Set(receiver.arrived.map(({ headers }) => headers["x-shopify-event-id"])).size).toBe(
    1,
  );
  expect(new Set(receiver.arrived.map(({ headers }) => headers["x-shopify-webhook-id"])).size).toBe(
    3,
  );
});

it("tells nothing of an order when only its fulfillment orders change", async () => {
  const { shop, receiver } = await withListener([
    "ORDERS_UPDATED",
    "FULFILLMENT_ORDERS_PLACED_ON_HOLD",
  ]);
  const { orderId } = await shop.acts.placeOrder({});
  await shop.settled();
  receiver.arrived.splice(0);
  await shop.acts.hold(orderId);
  await shop.settled();
  expect(receiver.arrived.map(({ body }) => body)).toEqual([
    {
      fulfillment_order: {
        id: expect.stringContaining("gid://shopify/FulfillmentOrder/"),
        status: "on_hold",
      },
      created_fulfillment_hold: { id: expect.any(String), reason: "other", reason_notes: null },
    },
  ]);
});

it("goes only to https and public hosts, once for each topic and address", async () => {
  const { ask } = await openShop({ relaxedDelivery: false });
  const create = async (uri: string, topic = "ORDERS_CREATE") =>
    (await ask(subscribe, { topic, sub: { uri } })).webhookSubscriptionCreate;
  const field = ["webhookSubscription", "callbackUrl"];
  for (const [uri, message] of [
    ["http://shop.example.com/in", "Address protocol http:// is not supported"],
    ["https://localhost/in", "Address is not allowed"],
    ["https://10.0.0.1/in", "Address is not allowed"],
    ["nowhere", "Address is invalid"],
  ] as const)
    expect(await create(uri)).toEqual({
      webhookSubscription: null,
      userErrors: [{ field, message }],
    });
  const { webhookSubscription } = await create("https://shop.example.com/in");
  expect(webhookSubscription).toMatchObject({
    topic: "ORDERS_CREATE",
    uri: "https://shop.example.com/in",
  });
  expect((await create("https://shop.example.com/in")).userErrors).toEqual([
    { field, message: "Address for this topic has already been taken" },
  ]);
  expect((await create("https://shop.example.com/in", "ORDERS_UPDATED")).userErrors).toEqual([]);
  const { webhookSubscriptions } = await ask(
    "{ webhookSubscriptions(first: 10) { nodes { topic } } }",
  );
  expect(webhookSubscriptions.nodes).toEqual([
    { topic: "ORDERS_CREATE" },
    { topic: "ORDERS_UPDATED" },
  ]);
});

it("sends the fields that were asked for and no others", async () => {
  const { shop, ask } = await openShop();
  const receiver = await openReceiver();
  await ask(subscribe, {
    topic: "ORDERS_CREATE",
    sub: { uri: receiver.url, includeFields: ["id", "name"] },
  });
  const { number } = await shop.acts.placeOrder({});
  await shop.settled();
  expect(receiver.arrived[0]?.body).toEqual({ id: expect.any(Number), name: number });
});

it("sends again what was true then, and gives the subscription up after eight failures in a row", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  onTestFinished(() => void vi.useRealTimers());
  let status = 302;
  const { shop, ask, receiver } = await withListener(["ORDERS_UPDATED"], () => status);
  const { orderId } = await shop.acts.placeOrder({});
  const arrivals = async (count: number) => {
    for (; receiver.arrived.length < count; await new Promise(setImmediate))
      await vi.advanceTimersByTimeAsync(1_000);
  };
  await arrivals(1);
  await shop.acts.edit(orderId);
  await arrivals(2);
  await vi.advanceTimersByTimeAsync(60_000);
  await arrivals(4);
  const [first, edited] = receiver.arrived;
  const again = receiver.arrived
    .slice(2)
    .map(({ raw }) => raw)
    .sort();
  expect(again).toEqual([first?.raw, edited?.raw].sort());
  expect(receiver.arrived[2]?.headers["x-shopify-webhook-id"]).toSatisfy((id: string) =>
    [first, edited].some((each) => each?.headers["x-shopify-webhook-id"] === id),
  );
  status = 500;
  await arrivals(8);
  const subscriptions = async () =>
    (await ask("{ webhookSubscriptions(first: 5) { nodes { id } } }")).webhookSubscriptions.nodes;
  await vi.waitFor(async () => expect(await subscriptions()).toEqual([]));
});

it("tells app/uninstalled, forgets its tokens and stays silent from then on", async () => {
  const { shop, post, receiver } = await withListener(["APP_UNINSTALLED", "ORDERS_CREATE"]);
  await shop.acts.uninstall();
  await shop.acts.placeOrder({});
  await shop.settled();
  expect(receiver.arrived.map(({ headers }) => headers["x-shopify-topic"])).toEqual([
    "app/uninstalled",
  ]);
  expect((await post("{ shop { id } }")).status).toBe(401);
});

it("names everything by its number and its gid alike", async () => {
  const { shop, receiver } = await withListener(["ORDERS_CREATE"]);
  const { orderId } = await shop.acts.placeOrder({ currency: "JPY" });
  await shop.settled();
  const [{ body } = { body: null }] = receiver.arrived;
  expect(body.admin_graphql_api_id).toBe(orderId);
  expect(`gid://shopify/Order/${body.id}`).toBe(orderId);
  expect(body.line_items[0].admin_graphql_api_id).toBe(
    `gid://shopify/LineItem/${body.line_items[0].id}`,
  );
  expect(body.total_price_set).toEqual({
    shop_money: { amount: expect.stringMatching(/^\d+\.\d\d$/), currency_code: "USD" },
    presentment_money: { amount: expect.stringMatching(/^\d+$/), currency_code: "JPY" },
  });
  expect(body.created_at).toMatch(/-0[45]:00$/);
});
