import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { follow } from "../../src/client/stream.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import {
  type ShopOptions,
  type SimulatorName,
  simulators,
} from "../../src/connectors/simulators.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";
import {
  ApproveReturnDocument,
  BeginReturnDocument,
  CloseReturnDocument,
  FindOrderOfShopDocument,
  FollowEventsDocument,
  OrderDetailDocument,
  QuoteRefundDocument,
  ReceiveReturnDocument,
  RefundOrderDocument,
  ShipOrderDocument,
} from "../support/operations.js";

const shops: [name: string, platform: SimulatorName, options: ShopOptions, projection: string][] = [
  ["Shopify", "shopify", {}, "NATIVE"],
  ["WooCommerce", "woocommerce", {}, "REFUND_AND_NOTE"],
  ["Magento", "magento", {}, "REFUND_AND_NOTE"],
  ["Adobe Commerce", "magento", { edition: "commerce" }, "NATIVE"],
  ["BigCommerce", "bigcommerce", {}, "REFUND_AND_NOTE"],
];

/** What a returns desk does, from outside: HTTP, WebSocket, the operations that we hand out, and the shop's own books. */
describe.each(shops)("goods that come back to a %s shop", (_, platform, options, projection) => {
  let shop: SimulatedShop;
  let gateway: TestGateway;
  let channelId: string;
  beforeAll(async () => {
    [shop, gateway] = await Promise.all([
      simulators[platform]({ ...options, orders: 5, plan: "wide", relaxedDelivery: true }),
      startTestGateway(),
    ]);
    channelId = await gateway.connect(shop);
  });
  afterAll(async () => {
    await gateway.end();
    await shop.stop();
  });

  /** One operation, of which the caller knows the shape of its answer. */
  async function run<T>(document: { toString(): string }, variables: object): Promise<T> {
    const { data, errors } = await gateway.ask<T>(document.toString(), { ...variables });
    expect(errors).toBeUndefined();
    return data as T;
  }
  interface Written {
    command: { status: string; errors: unknown[] } | null;
    userErrors: unknown[];
    return?: { id: string; status: string; projection: string };
    refund?: { status: string; amount: { shop: { amount: string } } };
  }
  /** A write that must succeed. */
  async function write(document: { toString(): string }, variables: object): Promise<Written> {
    const answer = Object.values(await run<Record<string, Written>>(document, variables))[0];
    expect(answer).toMatchObject({ userErrors: [], command: { status: "SUCCEEDED", errors: [] } });
    return answer as Written;
  }
  const read = async (id: string) =>
    (await run<{ order: Order }>(OrderDetailDocument, { id })).order;
  interface Order {
    id: string;
    returnStatus: string;
    paymentStatus: string;
    lines: { nodes: { id: string; sku: string; quantities: Record<string, number> }[] };
    returns: { id: string; status: string }[];
    totals: { refunded: { shop: { amount: string } } };
  }
  const mugsOf = (order: Order) =>
    order.lines.nodes.find(({ sku }) => sku === "MUG-01") ?? expect.fail("no mugs");

  it("are asked back, approved, taken in and paid for, once, and everybody is told", async () => {
    const { orderId } = await shop.acts.placeOrder({
      lines: [{ sku: "MUG-01", quantity: 3 }],
      paid: true,
    });
    const found = () =>
      run<{ orderByExternalId: { id: string } | null }>(FindOrderOfShopDocument, {
        channelId,
        externalId: orderId,
      });
    await expect.poll(async () => (await found()).orderByExternalId?.id).toBeTruthy();
    const id = (await found()).orderByExternalId?.id ?? "";
    const lineId = mugsOf(await read(id)).id;
    const { asOf } = (await run<{ orders: { asOf: string } }>("{ orders(first: 1) { asOf } }", {}))
      .orders;
    await write(ShipOrderDocument, { input: { orderId: id }, idempotencyKey: randomUUID() });

    const input = {
      orderId: id,
      requested: true,
      lines: [{ lineId, quantity: 2, reason: "DAMAGED_IN_TRANSIT" }],
    };
    const begun = await write(BeginReturnDocument, { input, idempotencyKey: randomUUID() });
    expect(begun.return).toMatchObject({ status: "REQUESTED", projection });
    const returnId = begun.return?.id ?? "";
    expect(mugsOf(await read(id)).quantities).toMatchObject({ returnRequested: 2, returnable: 1 });
    const patient = { options: { waitUntil: "SUCCEEDED", waitTimeoutMs: 20_000 } };
    await write(ApproveReturnDocument, { returnId, ...patient });
    const lines = [{ lineId, received: 2, disposition: "DAMAGED" }];
    const received = await write(ReceiveReturnDocument, { returnId, lines, ...patient });
    expect(received.return?.status).toBe("INSPECTED");

    const { refundQuote } = await run<{
      refundQuote: { quote: { lines: { amount: { shop: { amount: string } } }[] } };
    }>(QuoteRefundDocument, { orderId: id, lines: [{ lineId, quantity: 2 }] });
    const refund = {
      input: { orderId: id, returnId, reason: "Broken in the parcel" },
      idempotencyKey: randomUUID(),
    };
    const paid = await write(RefundOrderDocument, refund);
    const { amount } = refundQuote.quote.lines[0]?.amount.shop ?? expect.fail("no quote");
    expect(paid.refund).toMatchObject({ status: "SUCCEEDED", amount: { shop: { amount } } });
    // The same key again stands for the same refund.
    await write(RefundOrderDocument, refund);
    const books = shop.view(orderId)?.refunds ?? [];
    expect(books).toHaveLength(1);
    expect(Number(books[0]?.amount)).toBe(Number(amount));
    await write(CloseReturnDocument, { returnId, ...patient });

    await gateway.ask(
      "mutation Look($id: ID!) { orderRefresh(orderId: $id) { userErrors { code } } }",
      { id },
    );
    const after = await read(id);
    expect(after).toMatchObject({
      returnStatus: "PARTIALLY_RETURNED",
      paymentStatus: "PARTIALLY_REFUNDED",
      returns: [{ id: returnId, status: "CLOSED" }],
      totals: { refunded: { shop: { amount } } },
    });
    expect(mugsOf(after).quantities).toMatchObject({
      returnReceived: 2,
      refunded: 2,
      returnable: 1,
    });
    expect(await toldOf(id, asOf)).toEqual(
      expect.arrayContaining([
        "FULFILLMENT_CREATED",
        "RETURN_REQUESTED",
        "RETURN_UPDATED",
        "RETURN_RECEIVED",
        "REFUND_CREATED",
        "RETURN_CLOSED",
      ]),
    );
  }, 120_000);

  /** What followers are told of an order from a moment on, until its return is closed. */
  async function toldOf(id: string, after: string): Promise<string[]> {
    interface Item {
      cursor: string;
      event?: { type: string; order: { id: string } | null };
    }
    const items = follow<Item>({
      url: `${gateway.url.replace("http", "ws")}/graphql`,
      key: gateway.key,
      query: FollowEventsDocument.toString(),
      webSocketImpl: WebSocket,
      after,
    });
    const types: string[] = [];
    for await (const { event } of items) {
      if (event?.order?.id !== id) continue;
      types.push(event.type);
      if (event.type === "RETURN_CLOSED") break;
    }
    return types;
  }
});
