import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { seedShop } from "../../../../src/connectors/shopify/simulator/shop/seed.js";
import { seededRandom } from "../../../../src/connectors/simulator/random.js";
import { openReceiver, openShop, subscribe } from "./ask.js";

const now = new Date("2026-11-23T00:00:00Z");
const seed = (number: number, orders = 250) =>
  seedShop({ orders, random: seededRandom(number), now, domain: () => "a.myshopify.com" });

it("gives the same shop for the same seed and another for another, each well within a second", () => {
  const [one, same, other] = [1, 1, 2].map((number) => {
    const startedMs = performance.now();
    return { data: seed(number), tookMs: performance.now() - startedMs };
  });
  expect(Math.min(...[one, same, other].map((each) => each?.tookMs ?? 0))).toBeLessThan(700);
  expect(one?.data).toEqual(same?.data);
  expect(one?.data).not.toEqual(other?.data);
  expect(one?.data.orders).toHaveLength(250);
  expect(one?.data.orders.map(({ name }) => name)).toContain("#1042");
});

it("has every kind of order there is", async () => {
  const { ask } = await openShop({ orders: 250, now: () => now });
  const { orders } = await ask(
    "{ orders(first: 250) { nodes { test edited presentmentCurrencyCode taxesIncluded displayFinancialStatus displayFulfillmentStatus discountCodes customer { id } cancelledAt fulfillments { displayStatus } } } }",
  );
  const all = (pick: string): unknown[] => [
    ...new Set<unknown>(orders.nodes.map((order: Record<string, unknown>) => order[pick])),
  ];
  expect(all("displayFinancialStatus").sort()).toEqual([
    "AUTHORIZED",
    "EXPIRED",
    "PAID",
    "PARTIALLY_PAID",
    "PARTIALLY_REFUNDED",
    "PENDING",
    "REFUNDED",
    "VOIDED",
  ]);
  expect(all("displayFulfillmentStatus").sort()).toEqual([
    "FULFILLED",
    "ON_HOLD",
    "PARTIALLY_FULFILLED",
    "SCHEDULED",
    "UNFULFILLED",
  ]);
  expect(all("presentmentCurrencyCode").sort()).toEqual(["EUR", "JPY", "KWD", "USD"]);
  for (const flag of ["test", "edited", "taxesIncluded"])
    expect(all(flag).sort()).toEqual([false, true]);
  expect(all("customer")).toContain(null);
  const parcels = orders.nodes.flatMap(
    ({ fulfillments }: { fulfillments: { displayStatus: string }[] }) =>
      fulfillments.map(({ displayStatus }) => displayStatus),
  );
  expect([...new Set(parcels)].sort()).toEqual([
    "ATTEMPTED_DELIVERY",
    "CANCELED",
    "DELIVERED",
    "FAILURE",
    "FULFILLED",
    "IN_TRANSIT",
    "LABEL_PURCHASED",
    "OUT_FOR_DELIVERY",
  ]);
}, 60_000);

it("adds up: lines less discounts, shipping and tax make the total, and what came less what went is the net", async () => {
  const bag = "{ shopMoney { amount } presentmentMoney { amount } }";
  const sums =
    "subtotalPriceSet totalShippingPriceSet totalTaxSet totalPriceSet totalReceivedSet totalRefundedSet netPaymentSet currentTotalPriceSet totalOutstandingSet"
      .split(" ")
      .map((name) => `${name} ${bag}`)
      .join(" ");
  const { ask } = await openShop({ orders: 32 });
  const { orders } = await ask(
    `{ orders(first: 50) { nodes { name taxesIncluded ${sums} lineItems(first: 250) { pageInfo { hasNextPage } nodes { originalTotalSet ${bag} discountAllocations { allocatedAmountSet ${bag} } } } } } }`,
  );
  type Bag = Record<"shopMoney" | "presentmentMoney", { amount: string }>;
  for (const order of orders.nodes) {
    if (order.lineItems.pageInfo.hasNextPage) continue;
    for (const side of ["shopMoney", "presentmentMoney"] as const) {
      const of = (given: Bag): number => Math.round(Number(given[side].amount) * 1_000);
      const lines = order.lineItems.nodes.map(
        (line: { originalTotalSet: Bag; discountAllocations: { allocatedAmountSet: Bag }[] }) =>
          of(line.originalTotalSet) -
          line.discountAllocations.reduce((total, each) => total + of(each.allocatedAmountSet), 0),
      );
      expect([order.name, of(order.subtotalPriceSet)]).toEqual([
        order.name,
        lines.reduce((a: number, b: number) => a + b, 0),
      ]);
      const tax = order.taxesIncluded ? 0 : of(order.totalTaxSet);
      expect(of(order.totalPriceSet)).toBe(
        of(order.subtotalPriceSet) + of(order.totalShippingPriceSet) + tax,
      );
      expect(of(order.netPaymentSet)).toBe(of(order.totalReceivedSet) - of(order.totalRefundedSet));
      expect(of(order.totalOutstandingSet)).toBe(
        of(order.currentTotalPriceSet) - of(order.netPaymentSet),
      );
    }
  }
}, 60_000);

it("pages through an order of three hundred lines", async () => {
  const { ask } = await openShop({ orders: 20 });
  const skus: string[] = [];
  let after: string | null = null;
  do {
    const { orders } = await ask(
      "query ($after: String) { orders(first: 1, query: \"name:'#1020'\") { nodes { lineItems(first: 30, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } } }",
      { after },
    );
    const { nodes, pageInfo } = orders.nodes[0].lineItems;
    skus.push(...nodes.map(({ id }: { id: string }) => id));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
  expect([skus.length, new Set(skus).size]).toEqual([300, 300]);
});

it("keeps orders, subscriptions and keys over a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), "shop-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const stateFile = join(folder, "shopify.json");
  const first = await openShop({ orders: 2, stateFile });
  const receiver = await openReceiver();
  await first.ask(subscribe, { topic: "ORDERS_CREATE", sub: { uri: receiver.url } });
  const { orderId } = await first.shop.acts.placeOrder({});
  await first.shop.settled();
  const view = first.shop.view(orderId);
  await first.shop.stop();

  const second = await openShop({ orders: 2, stateFile });
  expect(second.settings.accessToken).toBe(first.settings.accessToken);
  expect(second.shop.view(orderId)).toEqual(view);
  const { shipmentId } = await second.shop.acts.ship(orderId);
  expect(second.shop.view(orderId)?.shipments[0]?.id).toBe(shipmentId);
  const next = await second.shop.acts.placeOrder({});
  await second.shop.settled();
  expect(next.number).toBe("#1004");
  expect(receiver.arrived).toHaveLength(2);
});

it("acts as people do, and says so when it cannot be", async () => {
  const { shop, ask } = await openShop();
  const { acts, view } = shop;
  const { orderId } = await acts.placeOrder({
    lines: [
      { sku: "MUG-01", quantity: 2 },
      { sku: "EBOOK-1", quantity: 1 },
    ],
    paid: false,
    currency: "EUR",
  });
  await acts.pay(orderId);
  await expect(acts.pay(orderId)).rejects.toThrow("nothing left to pay");
  await acts.edit(orderId);
  const { shipmentId } = await acts.ship(orderId, {
    lines: [{ sku: "MUG-01", quantity: 1 }],
    tracking: { number: "JD1", carrier: "dhl" },
  });
  await acts.moveParcel(orderId, shipmentId, "DELIVERED");
  await expect(acts.cancel(orderId)).rejects.toThrow("cannot be canceled");
  const { refundId } = await acts.refund(orderId, { amount: "3.50" });
  expect(view(orderId)).toMatchObject({
    orderId,
    status: "PARTIALLY_REFUNDED PARTIALLY_FULFILLED",
    currency: "EUR",
    lines: [
      { sku: "MUG-01", quantity: 2 },
      { sku: "EBOOK-1", quantity: 1 },
    ],
    shipments: [{ id: shipmentId, canceled: false, lines: [{ quantity: 1 }], tracking: ["JD1"] }],
    refunds: [{ id: refundId, amount: "3.50", lines: [] }],
  });
  await acts.deleteOrder(orderId);
  expect(view(orderId)).toBeNull();
  expect(await ask("query ($id: ID!) { order(id: $id) { id } }", { id: orderId })).toEqual({
    order: null,
  });
  await expect(acts.placeOrder({ lines: [{ sku: "NONE", quantity: 1 }] })).rejects.toThrow("NONE");
});

it("lives by itself when told to", async () => {
  const told: string[] = [];
  let enough = (): void => {};
  const lived = new Promise<void>((resolve) => (enough = resolve));
  await openShop({
    orders: 60,
    lifeEveryMs: 1,
    log(message) {
      if (message.startsWith("life: ")) told.push(message);
      if (told.length >= 200) enough();
    },
  });
  await lived;
  const done = new Set(told.filter((message) => !message.includes("came to nothing")));
  for (const what of [
    "an order is placed",
    "an order is paid",
    "an order is edited",
    "an order is shipped",
    "a parcel moves",
  ])
    expect(done).toContain(`life: ${what}`);
  const failures = told.filter(
    (message) => message.includes("came to nothing") && !/: no order /.test(message),
  );
  expect(failures).toEqual([]);
});
