import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { follow } from "../../src/client/stream.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { type SimulatorName, simulators } from "../../src/connectors/simulators.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";
import {
  FindOrderOfShopDocument,
  FollowEventsDocument,
  OrderDetailDocument,
  ShipOrderDocument,
} from "../support/operations.js";

/**
 * What a browser, a warehouse and a partner see of one shop, from outside: HTTP, WebSocket, and the shop's own truth. They
 * ask with the operations that we hand out (schema/operations).
 */
describe.each(Object.keys(simulators) as SimulatorName[])("a %s shop", (platform) => {
  let shop: SimulatedShop;
  let gateway: TestGateway;
  let channelId: string;

  beforeAll(async () => {
    [shop, gateway] = await Promise.all([
      simulators[platform]({ orders: 30, plan: "wide", relaxedDelivery: true }),
      startTestGateway(),
    ]);
    channelId = await gateway.connect(shop);
  });
  afterAll(async () => {
    await gateway.end();
    await shop.stop();
  });

  interface Item {
    cursor: string;
    event?: {
      type: string;
      source: string;
      causedBy: { id: string } | null;
      order: { id: string; number: string };
    };
  }
  /** Items until one is what is waited for, that one last. */
  async function until(items: AsyncIterable<Item>, wanted: (item: Item) => boolean) {
    const seen: Item[] = [];
    for await (const item of items) {
      seen.push(item);
      if (wanted(item)) return seen;
    }
    throw new Error(`the stream ended after ${JSON.stringify(seen)}`);
  }
  const stream = (after?: string) =>
    follow<Item>({
      url: `${gateway.url.replace("http", "ws")}/graphql`,
      key: gateway.key,
      query: FollowEventsDocument.toString(),
      webSocketImpl: WebSocket,
      ...(after !== undefined && { after }),
    });
  const isCreated = (number: string) => (item: Item) =>
    item.event?.type === "ORDER_CREATED" &&
    item.event.order.number.replace("#", "") === number.replace("#", "");
  const position = async () => {
    const { data } = await gateway.ask<{ orders: { asOf: string } }>(
      "{ orders(first: 1) { asOf } }",
    );
    return data?.orders.asOf ?? "";
  };
  interface Order {
    id: string;
    number: string;
    paymentStatus: string;
    fulfillmentStatus: string;
    lines: { nodes: { id: string; sku: string; quantities: { fulfillable: number } }[] };
    fulfillments: {
      id: string;
      status: string;
      packages: { tracking: { number: string } | null }[];
    }[];
  }
  const read = async (externalId: string) => {
    const found = await gateway.ask<{ orderByExternalId: { id: string } | null }>(
      FindOrderOfShopDocument.toString(),
      { channelId, externalId },
    );
    const id = found.data?.orderByExternalId?.id;
    if (!id) return null;
    const { data, errors } = await gateway.ask<{ order: Order | null }>(
      OrderDetailDocument.toString(),
      { id },
    );
    expect(errors).toBeUndefined();
    return data?.order ?? null;
  };

  it("is read whole when it is connected, newest orders first", async () => {
    const { data, errors } = await gateway.ask<{
      orders: { totalCount: { value: number }; nodes: { placedAt: string }[] };
    }>("{ orders(first: 50) { totalCount { value } nodes { placedAt } } }");
    expect(errors).toBeUndefined();
    expect(data?.orders.totalCount.value).toBe(30);
    const times = data?.orders.nodes.map(({ placedAt }) => placedAt) ?? [];
    expect(times).toEqual(times.toSorted().reverse());
  });

  it("tells subscribers of an order within moments of its being placed, and again after a resume", async () => {
    const before = await position();
    const { orderId, number } = await shop.acts.placeOrder({ paid: true });
    const live = await until(stream(before), isCreated(number));
    expect((await read(orderId))?.id).toBe(live.at(-1)?.event?.order.id);
    // Whoever was away sees the same items in the same order.
    const again = await until(stream(before), isCreated(number));
    expect(again.map(({ cursor }) => cursor)).toEqual(live.map(({ cursor }) => cursor));
  });

  it("is shipped by a mutation, once, and says so to everybody", async () => {
    const { orderId } = await shop.acts.placeOrder({
      lines: [{ sku: "MUG-01", quantity: 3 }],
      paid: true,
    });
    await expect
      .poll(() => read(orderId))
      .toMatchObject({
        paymentStatus: "PAID",
        fulfillmentStatus: "UNFULFILLED",
      });
    const order = await read(orderId);
    const before = await position();
    const ship = (quantity: number, idempotencyKey: string) =>
      gateway.ask<{
        fulfillmentCreate: {
          fulfillments: { id: string; status: string }[];
          command: { id: string; status: string; replayed: boolean } | null;
          userErrors: { code: string }[];
        };
      }>(ShipOrderDocument.toString(), {
        input: {
          orderId: order?.id,
          lines: [{ lineId: order?.lines.nodes[0]?.id, quantity }],
          packages: [{ tracking: { number: "JD014600003SE", carrier: "DHL" } }],
        },
        idempotencyKey,
      });

    const first = (await ship(2, "parcel-1")).data?.fulfillmentCreate;
    expect(first).toMatchObject({ command: { status: "SUCCEEDED" }, userErrors: [] });
    const again = (await ship(2, "parcel-1")).data?.fulfillmentCreate;
    expect(again?.command).toMatchObject({ id: first?.command?.id, replayed: true });
    const tooMany = (await ship(2, "parcel-2")).data?.fulfillmentCreate;
    expect(tooMany).toMatchObject({
      command: null,
      userErrors: [{ code: "QUANTITY_EXCEEDS_FULFILLABLE" }],
    });

    await expect
      .poll(() => read(orderId))
      .toMatchObject({
        fulfillmentStatus: "PARTIALLY_FULFILLED",
        fulfillments: [
          {
            id: first?.fulfillments[0]?.id,
            status: "SUCCESS",
            packages: [{ tracking: { number: "JD014600003SE" } }],
          },
        ],
      });
    const shipped = await until(
      stream(before),
      ({ event }) => event?.type === "FULFILLMENT_CREATED",
    );
    expect(shipped.at(-1)?.event?.causedBy?.id).toBe(first?.command?.id);
  });

  it("loses nothing that happened while the gateway was down", async () => {
    const before = await position();
    let placed = "";
    gateway = await gateway.restart(async () => {
      placed = (await shop.acts.placeOrder()).number;
    });
    const seen = await until(stream(before), isCreated(placed));
    expect(seen.length).toBeGreaterThan(0);
  });

  it("that is slow does not slow a query", async () => {
    await fetch(`${shop.url}/_faults`, {
      method: "POST",
      body: JSON.stringify({ kind: "latency", ms: 8_000 }),
    });
    const began = performance.now();
    const { errors } = await gateway.ask("{ orders(first: 20) { nodes { number } } }");
    expect(errors).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(7_000);
    await fetch(`${shop.url}/_faults`, { method: "DELETE" });
  });
});
