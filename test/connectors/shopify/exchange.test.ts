import { describe, expect, it } from "vitest";
import type { ReturnCreate, ReturnReceive } from "../../../src/domain/command.js";
import { derive } from "../../../src/domain/derive.js";
import { addBags } from "../../../src/domain/money.js";
import type { Order } from "../../../src/domain/order.js";
import { carryOut, openShopify } from "./open.js";

/** A shop with one shipped order of two mugs. */
async function openShipped(context: Parameters<typeof openShopify>[1] = {}) {
  const opened = await openShopify({}, context);
  const { orderId } = await opened.acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 2 }] });
  await opened.acts.ship(orderId);
  const now = () => opened.order(orderId);
  return { ...opened, orderId, now, placed: await now() };
}

const base = (order: Order) => ({ orderId: order.id, notifyCustomer: null });
const mugs = (order: Order) => order.lines[0]?.id ?? "";

function swap(
  order: Order,
  exchangeLines: ReturnCreate["exchangeLines"],
  more: Partial<ReturnCreate> = {},
): ReturnCreate {
  return {
    ...base(order),
    type: "RETURN_CREATE",
    lines: [
      {
        lineId: mugs(order),
        quantity: 2,
        reason: "STYLE",
        note: null,
        resolution: "EXCHANGE",
      },
    ],
    ...(exchangeLines && { exchangeLines }),
    requested: false,
    tracking: null,
    note: null,
    ...more,
  };
}

const receive = (order: Order, received: number, rejected = 0): ReturnReceive => ({
  ...base(order),
  type: "RETURN_RECEIVE",
  returnId: order.returns[0]?.id ?? "",
  lines: [{ lineId: mugs(order), received, rejected, disposition: "RESTOCK" }],
});

const waiting = (order: Order) =>
  order.fulfillmentOrders
    .filter(({ status }) => status === "OPEN")
    .flatMap(({ lines }) => lines)
    .map(({ lineId, remaining }) => ({
      sku: order.lines.find(({ id }) => id === lineId)?.sku,
      remaining,
    }));

describe("an exchange", () => {
  it("is planned with its return, in words", async () => {
    const { channel, placed } = await openShipped();
    const wish = swap(placed, [
      { sku: "LAMP-1", quantity: 1 },
      { sku: "TOTE-1", quantity: 2 },
    ]);
    expect(channel.plan(wish, placed)).toMatchObject([
      { summary: "open a return of 2 units of 1 line, with 3 units to be sent instead" },
    ]);
    const parts = swap(placed, [{ sku: "TEA-100", quantity: 0.5 }]);
    expect(() => channel.plan(parts, placed)).toThrow(
      expect.objectContaining({
        code: "INVALID_INPUT",
        path: ["exchangeLines", "0", "quantity"],
      }),
    );
  });

  it("cannot be asked for to be decided about", async () => {
    const { channel, placed } = await openShipped();
    const wish = swap(placed, [{ sku: "LAMP-1", quantity: 1 }], { requested: true });
    expect(() => channel.plan(wish, placed)).toThrow(
      expect.objectContaining({
        code: "CAPABILITY_NOT_SUPPORTED",
        message: expect.stringContaining("agreed to at once"),
      }),
    );
  });

  it("waits until all has come back, then comes into the order with work of its own", async () => {
    const { channel, placed, now } = await openShipped();
    const wish = swap(placed, [{ sku: "LAMP-1", quantity: 1 }]);
    expect(await carryOut(channel, placed, wish)).toMatchObject([{ kind: "done" }]);
    const agreed = await now();
    expect(agreed.returns[0]?.exchangeLines).toBeUndefined();
    expect(agreed.lines).toHaveLength(1);

    expect(await carryOut(channel, agreed, receive(agreed, 1))).toMatchObject([{ kind: "done" }]);
    const half = await now();
    expect(half.lines).toHaveLength(1);

    expect(await carryOut(channel, half, receive(half, 1))).toMatchObject([{ kind: "done" }]);
    const after = await now();
    const unitPrice = {
      shop: { amount: "89.95", currency: "USD" },
      presentment: { amount: "89.95", currency: "USD" },
    };
    expect(after.returns[0]?.exchangeLines).toMatchObject([
      { sku: "LAMP-1", name: "Lighthouse Desk Lamp", quantity: 1, unitPrice },
    ]);
    expect(waiting(after)).toEqual([{ sku: "LAMP-1", remaining: 1 }]);
    const lamp = after.lines.find(({ sku }) => sku === "LAMP-1") ?? expect.fail("no lamp");
    const { totals } = derive(after);
    expect(totals.original).toEqual(derive(placed).totals.original);
    expect(totals.total.shop).toEqual(
      [lamp.total, lamp.tax].reduce(addBags, derive(placed).totals.total).shop,
    );
  });

  it("goes also where the last of it was refused at the door beside something taken", async () => {
    const { channel, placed, now } = await openShipped();
    await carryOut(channel, placed, swap(placed, [{ sku: "LAMP-1", quantity: 1 }]));
    const agreed = await now();
    const outcomes = await carryOut(channel, agreed, receive(agreed, 1, 1));
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(waiting(await now())).toEqual([{ sku: "LAMP-1", remaining: 1 }]);
  });

  it("goes once, though the receipt is carried out twice", async () => {
    const { channel, placed, now, asked } = await openShipped();
    await carryOut(channel, placed, swap(placed, [{ sku: "LAMP-1", quantity: 1 }]));
    const agreed = await now();
    for (const _ of [1, 2]) await carryOut(channel, agreed, receive(agreed, 2));
    expect(asked("mutation ReturnProcess")).toBe(1);
    expect(waiting(await now())).toEqual([{ sku: "LAMP-1", remaining: 1 }]);
  });

  it("of many things is followed page by page", async () => {
    const { channel, placed, now } = await openShipped();
    const skus = ["LAMP-1", "TOTE-1", "CANDLE-1", "CAP-1", "PEN-3"];
    const wish = swap(
      placed,
      skus.map((sku) => ({ sku, quantity: 1 })),
    );
    await carryOut(channel, placed, wish);
    const agreed = await now();
    await carryOut(channel, agreed, receive(agreed, 2));
    const { returns } = await now();
    expect(returns[0]?.exchangeLines?.map(({ sku }) => sku)).toEqual(skus);
  });

  it.each(["NOTHING-9", "lamp-1", 'A"B\\', "x OR sku:LAMP-1"])(
    "for %s, which the shop does not sell so, is refused in words, and nothing sent",
    async (sku) => {
      const { channel, placed, asked, shop, orderId } = await openShipped();
      const outcomes = await carryOut(channel, placed, swap(placed, [{ sku, quantity: 1 }]));
      expect(outcomes).toMatchObject([
        { kind: "refused", error: { code: "NOT_FOUND", message: expect.stringContaining(sku) } },
      ]);
      expect(asked("mutation ReturnCreate")).toBe(0);
      expect(shop.view(orderId)?.returns ?? []).toHaveLength(0);
    },
  );

  it("for a SKU that two things bear is refused, and nothing sent", async () => {
    const answered: string[] = [];
    const twice: typeof fetch = async (url, init) => {
      const answer = await fetch(url, init);
      if (!String(init?.body).includes("VariantsBySku")) return answer;
      const { data } = (await answer.json()) as {
        data: { productVariants: { nodes: { sku: string }[] } };
      };
      answered.push(...data.productVariants.nodes.map(({ sku }) => sku));
      const [one] = data.productVariants.nodes;
      data.productVariants.nodes = [one, { ...one, id: "gid://shopify/ProductVariant/2" }] as never;
      return Response.json({ data });
    };
    const { channel, shop, placed, orderId, asked } = await openShipped({ fetch: twice });
    const wish = swap(placed, [{ sku: "LAMP-1", quantity: 1 }]);
    expect(await carryOut(channel, placed, wish)).toMatchObject([
      {
        kind: "refused",
        error: { code: "INVALID_INPUT", message: expect.stringContaining("sells 2 things") },
      },
    ]);
    expect(answered).toEqual(["LAMP-1"]);
    expect(asked("mutation ReturnCreate")).toBe(0);
    expect(shop.view(orderId)?.returns ?? []).toHaveLength(0);
  });
});
