import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { simulators } from "../../src/connectors/simulators.js";
import { addMoney } from "../../src/domain/money.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";
import {
  BeginReturnDocument,
  type BeginReturnMutation,
  FindOrderOfShopDocument,
  type FindOrderOfShopQuery,
  OrderDetailDocument,
  type OrderDetailQuery,
  ReceiveReturnDocument,
  type ReceiveReturnMutation,
  ShipOrderDocument,
  type ShipOrderMutation,
} from "../support/operations.js";

/** Goods that are sent for others, from outside: at a shop that has exchanges, and at one that has none. */
const plan = { orders: 0, plan: "wide", relaxedDelivery: true } as const;
let shops: { shopify: SimulatedShop; woocommerce: SimulatedShop };
let gateway: TestGateway;
const channels: Record<string, string> = {};
beforeAll(async () => {
  const [shopify, woocommerce, started] = await Promise.all([
    simulators.shopify(plan),
    simulators.woocommerce(plan),
    startTestGateway(),
  ]);
  shops = { shopify, woocommerce };
  gateway = started;
  for (const name of ["shopify", "woocommerce"] as const)
    channels[name] = await gateway.connect(shops[name]);
});
afterAll(async () => {
  await gateway.end();
  await Promise.all([shops.shopify.stop(), shops.woocommerce.stop()]);
});

async function run<T>(document: { toString(): string }, variables: object): Promise<T> {
  const { data, errors } = await gateway.ask<T>(document.toString(), { ...variables });
  expect(errors).toBeUndefined();
  return data as T;
}
const read = async (id: string) =>
  (await run<OrderDetailQuery>(OrderDetailDocument, { id })).order ?? expect.fail("no order");
const lineOf = (order: Awaited<ReturnType<typeof read>>, sku: string) =>
  order.lines.nodes.find((line) => line.sku === sku) ?? expect.fail(`no ${sku}`);
const ship = (orderId: string) =>
  run<ShipOrderMutation>(ShipOrderDocument, { input: { orderId }, idempotencyKey: randomUUID() });
const begin = async (input: object) =>
  (await run<BeginReturnMutation>(BeginReturnDocument, { input, idempotencyKey: randomUUID() }))
    .returnCreate;

/** Two mugs, ordered, paid and shipped. */
async function shipped(name: "shopify" | "woocommerce"): Promise<string> {
  const { orderId } = await shops[name].acts.placeOrder({
    lines: [{ sku: "MUG-01", quantity: 2 }],
    paid: true,
  });
  const found = async () =>
    (
      await run<FindOrderOfShopQuery>(FindOrderOfShopDocument, {
        channelId: channels[name],
        externalId: orderId,
      })
    ).orderByExternalId?.id;
  await expect.poll(found).toBeTruthy();
  const id = (await found()) ?? "";
  expect((await ship(id)).fulfillmentCreate).toMatchObject({ userErrors: [] });
  return id;
}

const swap = (orderId: string, lineId: string, sku: string) => ({
  orderId,
  lines: [{ lineId, quantity: 1, reason: "STYLE", resolution: "EXCHANGE" }],
  exchangeLines: [{ sku, quantity: 1 }],
});

it("a mug goes back to a Shopify shop, and a lamp is shipped for it in the same order", async () => {
  const orderId = await shipped("shopify");
  const before = await read(orderId);
  const lineId = lineOf(before, "MUG-01").id;
  const begun = await begin(swap(orderId, lineId, "LAMP-1"));
  expect(begun).toMatchObject({
    userErrors: [],
    command: { status: "SUCCEEDED" },
    return: { status: "APPROVED", projection: "NATIVE", exchangeLines: [] },
  });

  const received = await run<ReceiveReturnMutation>(ReceiveReturnDocument, {
    returnId: begun.return?.id,
    lines: [{ lineId, received: 1, disposition: "RESTOCK" }],
    options: { waitUntil: "SUCCEEDED", waitTimeoutMs: 20_000 },
  });
  expect(received.returnReceive).toMatchObject({
    userErrors: [],
    return: {
      status: "INSPECTED",
      exchangeLines: [
        {
          sku: "LAMP-1",
          name: "Lighthouse Desk Lamp",
          quantity: 1,
          unitPrice: { shop: { amount: "89.95", currency: "USD" } },
          replacementOrder: null,
        },
      ],
    },
  });

  const owing = await read(orderId);
  expect(lineOf(owing, "MUG-01").quantities).toMatchObject({ fulfilled: 2, returnReceived: 1 });
  expect(lineOf(owing, "LAMP-1").quantities).toMatchObject({ ordered: 1, fulfillable: 1 });
  expect(owing.fulfillmentStatus).toBe("PARTIALLY_FULFILLED");
  expect(owing.totals.original).toEqual(before.totals.original);
  const lamp = lineOf(owing, "LAMP-1");
  const grown = addMoney(lamp.total.shop, lamp.tax.shop);
  expect(owing.totals.total.shop).toEqual(addMoney(before.totals.total.shop, grown));
  expect(owing.totals.outstanding.shop).toEqual(grown);

  expect((await ship(orderId)).fulfillmentCreate).toMatchObject({ userErrors: [] });
  const after = await read(orderId);
  expect(lineOf(after, "LAMP-1").quantities).toMatchObject({ fulfilled: 1, unfulfilled: 0 });
  expect(lineOf(after, "MUG-01").quantities).toMatchObject({ fulfilled: 2 });
  expect(after.fulfillmentStatus).toBe("FULFILLED");
});

it("for what a Shopify shop does not sell nothing goes back, and it says why", async () => {
  const orderId = await shipped("shopify");
  const lineId = lineOf(await read(orderId), "MUG-01").id;
  const begun = await begin(swap(orderId, lineId, "NOTHING-9"));
  expect(begun.command).toMatchObject({
    status: "FAILED",
    errors: [{ message: expect.stringContaining('nothing with the SKU "NOTHING-9"') }],
  });
  const order = await read(orderId);
  expect(order.returns).toEqual([]);
  expect(lineOf(order, "MUG-01").quantities).toMatchObject({ returnable: 2 });
});

it("a shop without exchanges refuses them with its reason, and begins no return", async () => {
  const orderId = await shipped("woocommerce");
  const lineId = lineOf(await read(orderId), "MUG-01").id;
  const begun = await begin(swap(orderId, lineId, "LAMP-1"));
  expect(begun).toMatchObject({
    return: null,
    command: null,
    userErrors: [
      {
        code: "CAPABILITY_NOT_SUPPORTED",
        message: expect.stringContaining("WooCommerce has no exchanges"),
      },
    ],
  });
  expect((await read(orderId)).returns).toEqual([]);
});
