import { expect, it } from "vitest";
import { createBucket } from "../../../../src/connectors/shopify/simulator/admin/throttle.js";
import { openShop } from "./ask.js";

const names = "{ orders(first: 5) { nodes { name } } }";

it("refuses a token it does not know with 401", async () => {
  const { post } = await openShop();
  const answer = await post(names, {}, { token: "shpat_wrong" });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({
    errors: "[API] Invalid API key or access token (unrecognized login or wrong password)",
  });
});

it("serves its own version, falls forward from older ones and knows no others", async () => {
  const { post } = await openShop();
  for (const version of ["2026-10", "2026-07", "2024-01"]) {
    const answer = await post(names, {}, { version });
    expect([answer.status, answer.headers.get("x-shopify-api-version")]).toEqual([200, "2026-10"]);
  }
  for (const version of ["2027-01", "2026-09", "v1"])
    expect((await post(names, {}, { version })).status).toBe(404);
});

it("grants client credentials a token for a day, asked by form or JSON, and refuses a wrong secret", async () => {
  const { settings, post } = await openShop();
  const { clientId: client_id, clientSecret: client_secret } = settings;
  const given = { grant_type: "client_credentials", client_id, client_secret };
  const ask = (body: string, type: string) =>
    fetch(`${settings.url}/admin/oauth/access_token`, {
      method: "POST",
      body,
      headers: { "content-type": type },
    });
  const forms = [
    [new URLSearchParams(given).toString(), "application/x-www-form-urlencoded"],
    [JSON.stringify(given), "application/json"],
  ] as const;
  for (const [body, type] of forms) {
    const granted = (await (await ask(body, type)).json()) as Record<string, string>;
    expect(granted).toMatchObject({
      expires_in: 86_399,
      scope: expect.stringContaining("read_orders"),
    });
    expect((await post(names, {}, { token: granted.access_token ?? "" })).status).toBe(200);
  }
  expect(
    (await ask(JSON.stringify({ ...given, client_secret: "no" }), "application/json")).status,
  ).toBe(400);
});

it("lets a granted token die after a day", async () => {
  let time = Date.parse("2026-11-01T00:00:00Z");
  const { settings, post } = await openShop({ now: () => new Date(time) });
  const { clientId: client_id, clientSecret: client_secret } = settings;
  const body = JSON.stringify({ grant_type: "client_credentials", client_id, client_secret });
  const headers = { "content-type": "application/json" };
  const granted = await fetch(`${settings.url}/admin/oauth/access_token`, {
    method: "POST",
    body,
    headers,
  });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  time += 86_000_000;
  expect((await post(names, {}, { token })).status).toBe(200);
  time += 1_000_000;
  expect((await post(names, {}, { token })).status).toBe(401);
});

it("wants first or last on every connection, not both, and at most 250", async () => {
  const { answer } = await openShop({ orders: 3 });
  const without = await answer("{ orders { nodes { id } } }");
  expect(without.data).toBeNull();
  expect(without.errors).toMatchObject([
    {
      message: "you must provide one of first or last",
      path: ["orders"],
      extensions: { code: "BAD_REQUEST" },
    },
  ]);
  const nested = await answer("{ orders(first: 1) { nodes { lineItems { nodes { id } } } } }");
  expect(nested.errors[0].path).toEqual(["orders", "nodes", 0, "lineItems"]);
  const both = await answer("{ orders(first: 1, last: 1) { nodes { id } } }");
  expect(both.errors[0].message).toBe("providing both first and last is not supported");
  for (const field of [
    "orders(first: 251) { nodes { id } }",
    "orders(first: 1) { nodes { transactions(first: 251) { id } } }",
  ])
    expect((await answer(`{ ${field} }`)).errors[0].message).toBe("first cannot exceed 250");
});

it("tells the cost of each query and gives back what was not used", async () => {
  const { answer } = await openShop({ orders: 5, plan: "standard" });
  const { extensions } = await answer(names);
  expect(extensions.cost).toEqual({
    requestedQueryCost: 5,
    actualQueryCost: 5,
    throttleStatus: {
      maximumAvailable: 2000,
      // More than 1995 where points came back while it was answered.
      currentlyAvailable: expect.toSatisfy((points: number) => points >= 1995 && points <= 2000),
      restoreRate: 100,
    },
  });
  const few = await answer(
    "{ orders(first: 100) { nodes { lineItems(first: 50) { nodes { id } } } } }",
  );
  expect(few.extensions.cost.requestedQueryCost).toBeGreaterThan(
    few.extensions.cost.actualQueryCost,
  );
});

it("weighs a connection as a running shop was measured to", async () => {
  const { answer } = await openShop();
  const { extensions } = await answer(
    "{ productVariants(first: 250) { nodes { inventoryItem { id } } } }",
  );
  expect(extensions.cost.requestedQueryCost).toBe(24);
});

it("throttles with HTTP 200 and without data when the bucket is empty", async () => {
  const { post } = await openShop({ orders: 30, plan: "standard" });
  const money = "originalTotalSet { shopMoney { amount } presentmentMoney { amount } }";
  const lines = `lineItems(first: 250) { nodes { ${money} more: ${money} } }`;
  const dear = `{ orders(first: 250) { nodes { ${lines} } } }`;
  const answers = await Promise.all(Array.from({ length: 30 }, () => post(dear)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const bodies = await Promise.all(
    answers.map((each) => each.json() as Promise<Record<string, unknown>>),
  );
  const throttled = bodies.find(({ errors }) => errors !== undefined);
  expect(throttled).toEqual({
    errors: [
      {
        message: "Throttled",
        extensions: {
          code: "THROTTLED",
          documentation: "https://shopify.dev/api/usage/rate-limits",
        },
      },
    ],
    extensions: {
      cost: {
        requestedQueryCost: expect.any(Number),
        actualQueryCost: null,
        throttleStatus: {
          maximumAvailable: 2000,
          currentlyAvailable: expect.any(Number),
          restoreRate: 100,
        },
      },
    },
  });
});

it("lets points come back with time, up to what the bucket holds", () => {
  let nowMs = 0;
  const bucket = createBucket("standard", () => nowMs);
  expect(bucket.take(1_900)).toBe(true);
  expect(bucket.take(150)).toBe(false);
  nowMs += 500;
  expect(bucket.take(150)).toBe(true);
  nowMs += 60_000;
  expect(bucket.status().currentlyAvailable).toBe(2_000);
});

it("refuses one query above a thousand points, whatever the plan", async () => {
  const { answer } = await openShop();
  const nested = (depth: number): string =>
    depth === 0
      ? "id"
      : `order { lineItems(first: 250) { nodes { id } } fulfillmentOrders(first: 250) { nodes { ${nested(depth - 1)} } } }`;
  const { errors, data } = await answer(
    `{ fulfillmentOrders(first: 250) { nodes { ${nested(3)} } } }`,
  );
  expect(data).toBeUndefined();
  expect(errors[0].extensions).toMatchObject({ code: "MAX_COST_EXCEEDED", maxCost: 1000 });
});

it("denies what the scopes do not open, and only that", async () => {
  const { answer } = await openShop({ orders: 1, scopes: ["read_orders", "read_all_orders"] });
  const { data, errors } = await answer(
    "{ shop { name } orders(first: 1) { nodes { name customer { id } fulfillments { id } } } }",
  );
  expect(data).toMatchObject({
    shop: { name: "Tributary Goods" },
    orders: { nodes: [{ name: "#1001", customer: null }] },
  });
  expect(errors).toMatchObject([
    {
      message: "Access denied for customer field. Required access: `read_customers` access scope.",
      path: ["orders", "nodes", 0, "customer"],
      extensions: { code: "ACCESS_DENIED" },
    },
  ]);
  const write = await answer(
    'mutation { orderUpdate(input: { id: "gid://shopify/Order/1" }) { order { id } } }',
  );
  expect(write.data).toEqual({ orderUpdate: null });
  expect(write.errors[0].extensions.code).toBe("ACCESS_DENIED");
  const node = await answer('{ node(id: "gid://shopify/Location/5450000032776") { id } }');
  expect(node.errors[0].extensions.code).toBe("ACCESS_DENIED");
});

it.each([
  'orderUpdate(input: { id: "gid://shopify/Order/1" }) { order { id } }',
  'tagsAdd(id: "gid://shopify/Order/1", tags: ["x"]) { node { id } }',
  'tagsRemove(id: "gid://shopify/Order/1", tags: ["x"]) { node { id } }',
  'fulfillmentCancel(id: "gid://shopify/Fulfillment/1") { fulfillment { id } }',
  'refundCreate(input: { orderId: "gid://shopify/Order/1" }) @idempotent(key: "k") { refund { id } }',
  'returnClose(id: "gid://shopify/Return/1") { return { id } }',
])("lets nobody write who may only read: %s", async (field) => {
  const { answer } = await openShop({ scopes: ["read_orders", "read_returns"] });
  const { data, errors } = await answer(`mutation { ${field} }`);
  expect(Object.values(data)).toEqual([null]);
  expect(errors[0].extensions.code).toBe("ACCESS_DENIED");
});

it("shows only the orders of sixty days without read_all_orders", async () => {
  const all = await openShop({ orders: 9 });
  const { orders } = await all.ask("{ orders(first: 9) { nodes { id createdAt } } }");
  const some = await openShop({ orders: 9, scopes: ["read_orders"] });
  const seen = await some.ask("{ orders(first: 9) { nodes { createdAt } } }");
  expect(orders.nodes).toHaveLength(9);
  expect(seen.orders.nodes).toHaveLength(6);
  expect(
    await some.ask("query ($id: ID!) { order(id: $id) { id } }", { id: orders.nodes[0].id }),
  ).toEqual({ order: null });
});

it("ignores search terms it does not know, and only whispers about it", async () => {
  const { answer } = await openShop({ orders: 6 });
  const { data, extensions } = await answer(
    '{ orders(first: 9, query: "updatedat:>2030-01-01") { nodes { id } } }',
  );
  expect(data.orders.nodes).toHaveLength(6);
  expect(extensions.search[0]).toMatchObject({
    path: ["orders"],
    warnings: [{ field: "updatedat", message: "Invalid search field for this query." }],
  });
});

it("finds orders by time, name, tag, status and their combinations", async () => {
  const { ask, shop } = await openShop({ orders: 30 });
  const find = async (query: string): Promise<string[]> => {
    const { orders } = await ask(
      "query ($query: String) { orders(first: 250, query: $query) { nodes { name } } }",
      { query },
    );
    return orders.nodes.map(({ name }: { name: string }) => name);
  };
  expect(await find("name:'#1007'")).toEqual(["#1007"]);
  expect(await find("name:1007 OR name:1008")).toEqual(["#1007", "#1008"]);
  expect(await find("tag:gift AND -tag:vip")).toEqual([]);
  expect(await find("tag:gift")).toEqual(["#1017"]);
  expect(await find("status:cancelled")).toEqual(["#1013", "#1016"]);
  expect(await find("fulfillment_status:on_hold NOT status:cancelled")).toEqual(["#1011"]);
  expect(await find("updated_at:>='2035-01-01T00:00:00Z'")).toEqual([]);
  const { orderId } = await shop.acts.placeOrder({});
  const { order } = await ask("query ($id: ID!) { order(id: $id) { updatedAt } }", { id: orderId });
  expect(await find(`updated_at:>='${order.updatedAt}'`)).toContain("#1031");
  expect(await find(`updated_at:>'${order.updatedAt}'`)).not.toContain("#1031");
});

it("pages by place, so an order that moves to the end is met again and none is lost", async () => {
  let time = Date.parse("2026-11-01T00:00:00Z");
  const { ask, shop } = await openShop({ now: () => new Date(time) });
  const placed: string[] = [];
  for (let place = 0; place < 4; place++) {
    time += 60_000;
    placed.push((await shop.acts.placeOrder({})).orderId);
  }
  const next = (after?: string) =>
    ask(
      "query ($after: String) { orders(first: 2, after: $after, sortKey: UPDATED_AT) { nodes { id } pageInfo { hasNextPage endCursor } } }",
      { after },
    );
  const first = await next();
  time += 60_000;
  await shop.acts.edit(placed[0] ?? "");
  const second = await next(first.orders.pageInfo.endCursor);
  const third = await next(second.orders.pageInfo.endCursor);
  const met = [first, second, third].flatMap(({ orders }) =>
    orders.nodes.map(({ id }: { id: string }) => id),
  );
  expect(met).toEqual([...placed, placed[0]]);
  expect(third.orders.pageInfo.hasNextPage).toBe(false);
});

it("words amounts, times and numbers as the platform does", async () => {
  const { ask, shop } = await openShop();
  const { orderId } = await shop.acts.placeOrder({
    lines: [{ sku: "MUG-01", quantity: 1 }],
    currency: "KWD",
  });
  const { order } = await ask(
    `query ($id: ID!) { order(id: $id) { createdAt legacyResourceId
      lineItems(first: 1) { nodes { originalUnitPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } } variant { price } } } } }`,
    { id: orderId },
  );
  expect(order.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(order.legacyResourceId).toBe(orderId.split("/").at(-1));
  expect(order.lineItems.nodes[0]).toEqual({
    originalUnitPriceSet: {
      shopMoney: { amount: "14.0", currencyCode: "USD" },
      presentmentMoney: { amount: "4.27", currencyCode: "KWD" },
    },
    variant: { price: "14.00" },
  });
});

it("wants real gids", async () => {
  const { answer } = await openShop();
  const bare = await answer('{ order(id: "123") { id } }');
  expect(bare.errors[0].message).toBe("Invalid global id '123'");
  const foreign = await answer('{ order(id: "gid://shopify/Product/1") { id } }');
  expect(foreign.errors[0]).toMatchObject({
    message: "Invalid id: gid://shopify/Product/1",
    extensions: { code: "RESOURCE_NOT_FOUND" },
  });
  expect(await answer('{ order(id: "gid://shopify/Order/1") { id } }')).toMatchObject({
    data: { order: null },
  });
});

it("answers 200 for GraphQL that is wrong and 400 for what is no JSON", async () => {
  const { answer, settings } = await openShop();
  expect((await answer("{ shop { nome } }")).errors[0].extensions).toEqual({
    code: "undefinedField",
    typeName: "Shop",
    fieldName: "nome",
  });
  expect((await answer("query ($id: ID!) { order(id: $id) { id } }")).errors[0].message).toContain(
    "$id",
  );
  expect((await answer("{ shop {")).errors[0].message).toContain("Syntax");
  const bad = await fetch(`${settings.url}/admin/api/2026-10/graphql.json`, {
    method: "POST",
    body: "{",
    headers: { "x-shopify-access-token": settings.accessToken },
  });
  expect(bad.status).toBe(400);
});

it("names its calls by operation, for faults and for those who count them", async () => {
  const { shop, answer, ask } = await openShop();
  await fetch(`${shop.url}/_faults`, {
    method: "POST",
    body: JSON.stringify({ kind: "500", match: "query Names", count: 1 }),
  });
  expect(await answer("query Names { shop { name } }")).toEqual({
    errors: "Internal Server Error",
  });
  await ask("query Names { shop { name } }");
  await ask("{ shop { name } }");
  expect(shop.calls().map(({ name, status }) => [name, status])).toEqual([
    ["query Names", 500],
    ["query Names", 200],
    ["query shop", 200],
  ]);
});
