import { afterAll, beforeAll, expect, it } from "vitest";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { simulators } from "../../src/connectors/simulators.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";

let gateway: TestGateway;
let shop: SimulatedShop;
let id: string;
beforeAll(async () => {
  [gateway, shop] = await Promise.all([
    startTestGateway(),
    simulators.woocommerce({ orders: 3, plan: "wide", relaxedDelivery: true }),
  ]);
  id = await gateway.connect(shop);
});
afterAll(async () => {
  await gateway.end();
  await shop.stop();
});

interface Sync {
  health: string;
  pendingCommands: number;
  problem: { code: string; message: string } | null;
}
const SYNC = "sync { health pendingCommands problem { code message } }";
const sync = async () => {
  const { data } = await gateway.ask<{ channel: { sync: Sync } }>(
    `query ($id: ID!) { channel(id: $id) { ${SYNC} } }`,
    { id },
  );
  return data?.channel.sync;
};
const find = async (externalId: string) => {
  interface Found {
    orderByExternalId: { id: string; fulfillmentStatus: string } | null;
  }
  const { data } = await gateway.ask<Found>(
    `query ($id: ID!, $externalId: String!) {
      orderByExternalId(channelId: $id, externalId: $externalId) { id fulfillmentStatus } }`,
    { id, externalId },
  );
  return data?.orderByExternalId;
};

it("A paused shop is not called, its news come in, and what waits is done when it is resumed", async () => {
  const watching = gateway.follow<{ channelHealth: { sync: Sync } }>(
    `subscription ($ids: [ID!]) { channelHealth(ids: $ids) { ${SYNC} } }`,
    { ids: [id] },
  );
  const healths = async () => (await watching.next()).value?.data?.channelHealth.sync.health;
  expect(await healths()).toBe("HEALTHY");

  const { data: paused } = await gateway.ask(
    `mutation ($id: ID!) { channelPause(id: $id, reason: "stocktaking") {
      channel { ${SYNC} } userErrors { code } } }`,
    { id },
  );
  const problem = { code: "ON_HOLD", message: "Paused by test: stocktaking" };
  expect(paused).toEqual({
    channelPause: {
      channel: { sync: { health: "PAUSED", pendingCommands: 0, problem } },
      userErrors: [],
    },
  });
  expect(await healths()).toBe("PAUSED");

  const calls = shop.calls().length;
  const { orderId } = await shop.acts.placeOrder({ paid: true });
  await expect.poll(() => find(orderId)).toBeTruthy();
  const order = await find(orderId);
  const { data: shipped } = await gateway.ask(
    `mutation ($orderId: ID!) { fulfillmentCreate(input: { orderId: $orderId },
      options: { waitUntil: SUCCEEDED, waitTimeoutMs: 1500 }) {
      command { status channel { sync { problem { message } } } } userErrors { code } } }`,
    { orderId: order?.id },
  );
  expect(shipped).toEqual({
    fulfillmentCreate: {
      command: { status: "QUEUED", channel: { sync: { problem: { message: problem.message } } } },
      userErrors: [],
    },
  });
  expect(await sync()).toEqual({ health: "PAUSED", pendingCommands: 1, problem });
  expect(shop.calls().slice(calls)).toEqual([]);

  await gateway.ask("mutation ($id: ID!) { channelResume(id: $id) { userErrors { code } } }", {
    id,
  });
  expect(await healths()).toBe("HEALTHY");
  await expect.poll(async () => (await find(orderId))?.fulfillmentStatus).toBe("FULFILLED");
  expect(await sync()).toMatchObject({ health: "HEALTHY", pendingCommands: 0, problem: null });
  await watching.return?.();
});
