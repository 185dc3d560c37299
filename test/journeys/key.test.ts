import { afterAll, beforeAll, expect, it } from "vitest";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { simulators } from "../../src/connectors/simulators.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";

let gateway: TestGateway;
let shops: SimulatedShop[];
let channelIds: string[];
beforeAll(async () => {
  const options = { orders: 5, plan: "wide", relaxedDelivery: true } as const;
  [gateway, shops] = await Promise.all([
    startTestGateway(),
    Promise.all(Object.values(simulators).map((start) => start(options))),
  ]);
  channelIds = await Promise.all(shops.map((shop) => gateway.connect(shop)));
});
afterAll(async () => {
  await gateway.end();
  await Promise.all(shops.map((shop) => shop.stop()));
});

const people = "{ orders(first: 1) { nodes { id email shippingAddress { name } } } }";

it("sees the orders of its channels and no others", async () => {
  const [mine] = channelIds;
  const { key } = await gateway.makeKey(["ORDERS_READ"], mine ? [mine] : []);
  const { data } = await gateway.ask<{
    orders: { nodes: { id: string; channel: { id: string } }[] };
  }>("{ orders(first: 50) { nodes { id channel { id } } } }", {}, key);
  const nodes = data?.orders.nodes ?? [];
  expect(nodes).toHaveLength(5);
  expect(new Set(nodes.map(({ channel }) => channel.id))).toEqual(new Set([mine]));
});

it("sees no personal data without the scope for it", async () => {
  const { key } = await gateway.makeKey(["ORDERS_READ"]);
  const hidden = await gateway.ask(people, {}, key);
  expect(JSON.stringify(hidden.data)).not.toMatch(/@|"name":"\w/);
  const shown = await gateway.ask(people);
  expect(JSON.stringify(shown.data)).toMatch(/@/);
});

it("writes nothing without the scope for it", async () => {
  const { key } = await gateway.makeKey(["ORDERS_READ"]);
  const { data } = await gateway.ask<{ orders: { nodes: { id: string }[] } }>(people);
  const ship = `mutation($id: ID!) { fulfillmentCreate(input: { orderId: $id }) { command { id } } }`;
  const { errors } = await gateway.ask(ship, { id: data?.orders.nodes[0]?.id }, key);
  expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});

it("ends at once when it is revoked", async () => {
  const { key, id } = await gateway.makeKey(["ORDERS_READ"]);
  expect((await gateway.ask("{ __typename }", {}, key)).errors).toBeUndefined();
  await gateway.keys.revoke(gateway.viewer.tenantId, id);
  const { errors } = await gateway.ask("{ __typename }", {}, key);
  expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});

it("reads figures of all shops, where it may administer them", async () => {
  const response = await fetch(`${gateway.url}/metrics`, {
    headers: { authorization: `Bearer ${gateway.key}` },
  });
  const figures = await response.text();
  expect(figures).toMatch(/tributary_channels\{platform="SHOPIFY",health="HEALTHY"\} 1/);
  expect(figures).toMatch(/tributary_log_lag_seconds \d/);
  expect(figures).toMatch(/tributary_dead_letters 0/);
});
