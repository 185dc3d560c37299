import { createClient } from "graphql-ws";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { simulators } from "../../src/connectors/simulators.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";

/** Two processes that answer and one that works, on one database. */
let front: TestGateway;
let other: TestGateway;
let worker: TestGateway;
let shop: SimulatedShop;
let channelId: string;
beforeAll(async () => {
  [front, shop] = await Promise.all([
    startTestGateway({ role: "api" }),
    simulators.woocommerce({ orders: 5, plan: "wide", relaxedDelivery: true }),
  ]);
  other = await front.beside({ role: "api" });
  worker = await front.beside({ role: "worker", publicUrl: front.url });
  channelId = await front.connect(shop);
});
afterAll(async () => {
  await Promise.all([worker.stop(), other.stop()]);
  await front.end();
  await shop.stop();
});

it("is backfilled by the worker and read from both", async () => {
  for (const gateway of [front, other]) {
    const { data } = await gateway.ask<{ orders: { totalCount: { value: number } } }>(
      "{ orders(first: 1) { totalCount { value } } }",
    );
    expect(data?.orders.totalCount.value).toBe(5);
  }
});

it("tells a subscriber of one process what a webhook told another", async () => {
  const items = other.follow<{ events: { event?: { type: string } } }>(
    "subscription { events { ... on EventMessage { event { type } } ... on Checkpoint { cursor } } }",
  );
  const first = items.next();
  // The stream begins when it is first asked; orders are placed until one was placed after that.
  const placing = setInterval(() => void shop.acts.placeOrder(), 300);
  const { value } = await first;
  clearInterval(placing);
  expect(value?.data?.events.event?.type).toBe("ORDER_CREATED");
  await items.return?.();
});

it("ships what one process was asked and another sends", async () => {
  const { orderId } = await shop.acts.placeOrder({ paid: true });
  const find = `query($channelId: ID!, $externalId: String!) {
    orderByExternalId(channelId: $channelId, externalId: $externalId) { id fulfillmentStatus } }`;
  interface Found {
    orderByExternalId: { id: string; fulfillmentStatus: string } | null;
  }
  const read = async (gateway: TestGateway) =>
    (await gateway.ask<Found>(find, { channelId, externalId: orderId })).data?.orderByExternalId;
  await expect.poll(() => read(front)).toBeTruthy();
  const ship = `mutation($id: ID!) {
    fulfillmentCreate(input: { orderId: $id }, options: { waitUntil: SUCCEEDED, waitTimeoutMs: 15000 }) {
      command { status } userErrors { message } } }`;
  const { data } = await front.ask(ship, { id: (await read(front))?.id });
  expect(data).toEqual({
    fulfillmentCreate: { command: { status: "SUCCEEDED" }, userErrors: [] },
  });
  expect(await read(other)).toMatchObject({ fulfillmentStatus: "FULFILLED" });
});

it("closes a socket of one process when its key is revoked in another", async () => {
  const { key, id } = await front.makeKey(["EVENTS_READ", "ORDERS_READ"]);
  const closed = new Promise<number>((resolve) => {
    const client = createClient({
      url: `${other.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => undefined,
      connectionParams: { authorization: `Bearer ${key}` },
      on: {
        connected: () =>
          void front.ask("mutation($id: ID!) { apiKeyRevoke(id: $id) { userErrors { code } } }", {
            id,
          }),
        closed: (event) => {
          resolve((event as { code: number }).code);
          void client.dispose();
        },
      },
    });
  });
  expect(await closed).toBe(4403);
});
