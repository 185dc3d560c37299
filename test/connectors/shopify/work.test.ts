import { describe, expect, it } from "vitest";
import type { FulfillmentOrderHold, FulfillmentOrderMove } from "../../../src/domain/command.js";
import type { Order } from "../../../src/domain/order.js";
import { carryOut, openShopify, perform } from "./open.js";

/** A shop with one order of five mugs in one place and a lamp in another. */
async function openWithOrder() {
  const opened = await openShopify();
  const { orderId } = await opened.acts.placeOrder({
    lines: [
      { sku: "MUG-01", quantity: 5 },
      { sku: "LAMP-1", quantity: 1 },
    ],
  });
  const now = () => opened.order(orderId);
  return { ...opened, orderId, now, placed: await now() };
}

const line = (order: Order, sku: string) => order.lines.find((each) => each.sku === sku)?.id ?? "";
const workWith = (order: Order, sku: string) => {
  const found = order.fulfillmentOrders.find(({ lines }) =>
    lines.some(({ lineId, remaining }) => lineId === line(order, sku) && remaining > 0),
  );
  if (!found) throw new Error(`no work with ${sku}`);
  return found;
};
const hold = (order: Order, more: Partial<FulfillmentOrderHold> = {}): FulfillmentOrderHold => ({
  type: "FULFILLMENT_ORDER_HOLD",
  orderId: order.id,
  notifyCustomer: null,
  fulfillmentOrderId: workWith(order, "MUG-01").id,
  reason: "FRAUD_REVIEW",
  note: "look twice",
  ...more,
});
const move = (order: Order, lines: FulfillmentOrderMove["lines"] = null): FulfillmentOrderMove => ({
  type: "FULFILLMENT_ORDER_MOVE",
  orderId: order.id,
  notifyCustomer: null,
  fulfillmentOrderId: workWith(order, "MUG-01").id,
  locationId: workWith(order, "LAMP-1").locationId ?? "",
  lines,
});

describe("a hold", () => {
  it("keeps the whole of a fulfillment order back, once, and is known as ours", async () => {
    const { channel, placed, now, asked } = await openWithOrder();
    expect(await carryOut(channel, placed, hold(placed))).toMatchObject([{ kind: "done" }]);
    const held = workWith(await now(), "MUG-01");
    expect(held).toMatchObject({
      status: "ON_HOLD",
      holds: [{ reason: "FRAUD_REVIEW", note: "look twice", ours: true }],
    });
    expect(await carryOut(channel, placed, hold(placed))).toMatchObject([{ kind: "done" }]);
    expect(asked("WorkHold")).toBe(1);
  });

  it("of somebody else stays when ours is released", async () => {
    const { channel, placed, now, acts, orderId } = await openWithOrder();
    await acts.hold(orderId);
    await carryOut(channel, placed, hold(placed));
    const held = await now();
    const { id, holds } = workWith(held, "MUG-01");
    expect(holds.map(({ ours }) => ours).sort()).toEqual([false, true]);
    const release = {
      type: "FULFILLMENT_ORDER_RELEASE",
      orderId: held.id,
      notifyCustomer: null,
      fulfillmentOrderId: id,
      holdIds: holds.filter(({ ours }) => ours).map((each) => each.id),
    } as const;
    expect(await carryOut(channel, held, release)).toMatchObject([{ kind: "done" }]);
    const after = workWith(await now(), "MUG-01");
    expect(after).toMatchObject({ status: "ON_HOLD", holds: [{ ours: false }] });
  });

  it("is refused when it is planned, where ten of ours are there", async () => {
    const { placed, channel } = await openWithOrder();
    const work = workWith(placed, "MUG-01");
    const one = { reason: "OTHER" as const, note: null, since: null, by: null, ours: true };
    const holds = Array.from({ length: 10 }, (_, at) => ({
      ...one,
      id: `hold_${at}`,
      nativeId: `gid://shopify/FulfillmentHold/${at}`,
      commandId: null,
    }));
    const full = {
      ...placed,
      fulfillmentOrders: placed.fulfillmentOrders.map((each) =>
        each.id === work.id ? { ...each, holds } : each,
      ),
    };
    expect(() => channel.plan(hold(full), full)).toThrow(/takes no more; release one first/);
  });

  it("of work that was shipped meanwhile is refused in the shop's words", async () => {
    const { channel, placed, acts, orderId } = await openWithOrder();
    const [step] = channel.plan(hold(placed), placed);
    await acts.ship(orderId);
    expect(step && (await perform(channel, placed, step))).toMatchObject({
      kind: "refused",
      error: { upstreamCode: "TAKEN", mayHaveHappened: false },
    });
  });
});

describe("a move", () => {
  it("gives the whole of a fulfillment order to another place", async () => {
    const { channel, placed, now } = await openWithOrder();
    expect(await carryOut(channel, placed, move(placed))).toMatchObject([{ kind: "done" }]);
    const after = await now();
    expect(workWith(after, "MUG-01").locationId).toBe(workWith(after, "LAMP-1").locationId);
  });

  it("of some pieces parts the work in two, which can each be shipped", async () => {
    const { channel, placed, now, shop, orderId } = await openWithOrder();
    const lines = [{ lineId: line(placed, "MUG-01"), quantity: 2 }];
    expect(await carryOut(channel, placed, move(placed, lines))).toMatchObject([{ kind: "done" }]);
    const after = await now();
    const mugs = after.fulfillmentOrders
      .filter((work) => work.lines.some(({ lineId }) => lineId === line(after, "MUG-01")))
      .map((work) => [work.locationId === move(placed).locationId, work.lines[0]?.remaining]);
    expect(mugs.sort()).toEqual([
      [false, 3],
      [true, 2],
    ]);
    await carryOut(channel, after, {
      type: "FULFILLMENT_CREATE",
      orderId: after.id,
      notifyCustomer: null,
      lines: after.lines.map(({ id, ordered }) => ({ lineId: id, quantity: ordered })),
      fulfillmentOrderId: null,
      locationId: null,
      packages: [],
      shippedAt: null,
    });
    expect(shop.view(orderId)?.shipments).toHaveLength(2);
  });

  it("to a place that Shopify does not name for it is refused, and nothing is sent", async () => {
    const { channel, placed, asked } = await openWithOrder();
    const nowhere = { ...move(placed), locationId: "gid://shopify/Location/1" };
    expect(await carryOut(channel, placed, nowhere)).toMatchObject([
      { kind: "refused", error: { code: "NOT_FOUND" } },
    ]);
    expect(asked("WorkMove")).toBe(0);
  });
});
