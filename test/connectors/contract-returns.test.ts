// What a platform that has returns is held against; where it has none the gateway keeps them, and asks the shop nothing.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectors } from "../../src/connectors/index.js";
import { startMagento } from "../../src/connectors/magento/simulator/index.js";
import { startShopify } from "../../src/connectors/shopify/simulator/index.js";
import type { SimulatedShop, SimulatorOptions } from "../../src/connectors/simulator/shop.js";
import type { Channel } from "../../src/domain/channel.js";
import type { Command, ReturnCreate, ReturnReceive } from "../../src/domain/command.js";
import { derive } from "../../src/domain/derive.js";
import type { Order } from "../../src/domain/order.js";
import { present } from "../../src/domain/part.js";
import { returnStatusOf } from "../../src/domain/return.js";
import { connect, lineIdOf, perform, readOrder, run, shipCommand } from "./bench.js";
import { checkSnapshot } from "./invariants.js";

const options: SimulatorOptions = { orders: 5, plan: "wide", relaxedDelivery: true };
const shops = [
  { name: "Shopify", platform: "SHOPIFY", start: () => startShopify(options) },
  {
    name: "Adobe Commerce",
    platform: "MAGENTO",
    start: () => startMagento({ ...options, edition: "commerce" }),
  },
];

describe.each(shops)("returns in $name", ({ platform, start }) => {
  let shop: SimulatedShop;
  let channel: Channel;
  beforeAll(async () => {
    shop = await start();
    const connector = connectors.find((each) => each.platform === platform);
    ({ channel } = await connect(connector ?? expect.fail("not registered"), shop.settings));
  });
  afterAll(() => shop.stop());

  /** An order of three mugs and a shirt that left. */
  const shipped = async () => {
    const lines = [
      { sku: "MUG-01", quantity: 3 },
      { sku: "TEE-M", quantity: 1 },
    ];
    const { orderId } = await shop.acts.placeOrder({ lines, paid: true });
    const order = await readOrder(channel, orderId);
    await run(channel, shipCommand(order, null), order);
    return readOrder(channel, orderId, order);
  };
  const go = async (command: Command, order: Order) => {
    const { outcomes } = await run(channel, command, order);
    expect([...new Set(outcomes.map(({ kind }) => kind))], JSON.stringify(outcomes)).toEqual([
      "done",
    ]);
    return readOrder(channel, order.nativeId, order);
  };
  const only = (order: Order) => present(order.returns)[0] ?? expect.fail("no return");
  const mugs = (order: Order) => derive(order).byLine.get(lineIdOf(order, "MUG-01"));

  it("are declared as its own", () => {
    const support = (operation: string) =>
      channel.capabilities.find((each) => each.operation === operation)?.support;
    for (const operation of ["RETURN_CREATE", "RETURN_APPROVE", "RETURN_RECEIVE", "RETURN_CLOSE"])
      expect(["NATIVE", "PARTIAL"], operation).toContain(support(operation));
  });

  it("are asked for, approved, received in parts and closed", async () => {
    const order = await shipped();
    const asked = await go(returnOf(order, { "MUG-01": 2 }, true), order);
    expect(only(asked)).toMatchObject({
      stage: "REQUESTED",
      projection: "NATIVE",
      owner: "CHANNEL",
    });
    expect(mugs(asked)).toMatchObject({ returnRequested: 2, returnApproved: 0, returnable: 1 });
    expect(derive(asked).statuses.RETURN).toBe("REQUESTED");
    const { id } = only(asked);
    const base = { orderId: order.id, notifyCustomer: false, returnId: id } as const;
    const lineId = lineIdOf(order, "MUG-01");

    const lines = [{ lineId, quantity: 2 }];
    const approved = await go({ ...base, type: "RETURN_APPROVE", lines }, asked);
    expect(only(approved)).toMatchObject({ id, stage: "OPEN" });
    expect(mugs(approved)).toMatchObject({ returnApproved: 2, returnReceived: 0 });
    expect(derive(approved).statuses.RETURN).toBe("IN_PROGRESS");

    const partly = await go(receipt(base, lineId, 1), approved);
    expect(mugs(partly)).toMatchObject({ returnReceived: 1, returnRejected: 0 });
    expect(returnStatusOf(only(partly))).toBe("PARTIALLY_RECEIVED");

    const whole = await go(receipt(base, lineId, 1), partly);
    expect(mugs(whole)).toMatchObject({ returnReceived: 2 });
    expect(derive(whole).statuses.RETURN).toBe("PARTIALLY_RETURNED");

    const closed = await go({ ...base, type: "RETURN_CLOSE" }, whole);
    expect(returnStatusOf(only(closed))).toBe("CLOSED");
    expect(shop.view(order.nativeId)?.returns).toMatchObject([
      { lines: [{ requested: 2, received: 2 }] },
    ]);
  });

  it("are agreed to at once, and tell how the goods come back", async () => {
    const order = await shipped();
    const open = await go(returnOf(order, { "TEE-M": 1 }, false), order);
    expect(only(open)).toMatchObject({ stage: "OPEN" });
    const moved = await go(
      {
        type: "RETURN_TRACKING_UPDATE",
        orderId: order.id,
        notifyCustomer: false,
        returnId: only(open).id,
        tracking: { number: "RET123456789", carrier: "UPS", carrierCode: null, url: null },
      },
      open,
    );
    expect(only(moved).shipments).toMatchObject([{ tracking: { number: "RET123456789" } }]);
    expect(returnStatusOf(only(moved))).toBe("IN_TRANSIT");
  });

  it("are declined, after which the goods can be asked back again", async () => {
    const order = await shipped();
    const asked = await go(returnOf(order, { "MUG-01": 3 }, true), order);
    const base = { orderId: order.id, notifyCustomer: false, returnId: only(asked).id } as const;
    const declined = await go({ ...base, type: "RETURN_DECLINE", reason: "Worn" }, asked);
    expect(only(declined).stage).toBe("DECLINED");
    expect(mugs(declined)).toMatchObject({ returnable: 3, returnRequested: 0 });
    expect(derive(declined).statuses.RETURN).toBe("DECLINED");
  });

  it("are refused for more than left, and nothing happens", async () => {
    const order = await shipped();
    const [step] = channel.plan(returnOf(order, { "MUG-01": 9 }, false), order);
    const outcome = await perform(channel, step ?? expect.fail("no step"), order.nativeId);
    expect(outcome).toMatchObject({ kind: "refused", error: { mayHaveHappened: false } });
    expect(shop.view(order.nativeId)?.returns ?? []).toEqual([]);
  });

  it("that a customer asks for in the shop appear here, and so does what the merchant takes in", async () => {
    const order = await shipped();
    const asked = await shop.acts.askReturn?.(order.nativeId, {
      lines: [{ sku: "MUG-01", quantity: 1 }],
    });
    if (!asked || !shop.acts.receiveReturn) return expect.fail("the shop has no returns");
    const snapshot = (await channel.read({ nativeId: order.nativeId })) ?? expect.fail("gone");
    checkSnapshot(snapshot);
    const seen = await readOrder(channel, order.nativeId, order);
    expect(only(seen)).toMatchObject({
      nativeId: asked.returnId,
      stage: "REQUESTED",
      commandId: null,
    });
    await shop.acts.receiveReturn(order.nativeId, asked.returnId);
    const after = await readOrder(channel, order.nativeId, seen);
    expect(only(after).id).toBe(only(seen).id);
    expect(mugs(after)).toMatchObject({ returnApproved: 1, returnReceived: 1 });
  });
});

function returnOf(order: Order, pieces: Record<string, number>, requested: boolean): ReturnCreate {
  return {
    type: "RETURN_CREATE",
    orderId: order.id,
    notifyCustomer: false,
    lines: Object.entries(pieces).map(([sku, quantity]) => ({
      lineId: lineIdOf(order, sku),
      quantity,
      reason: "DEFECTIVE",
      note: null,
      resolution: "REFUND",
    })),
    requested,
    tracking: null,
    note: null,
  };
}

function receipt(
  base: { orderId: string; notifyCustomer: boolean; returnId: string },
  lineId: string,
  received: number,
): ReturnReceive {
  const line = { lineId, received, rejected: 0, disposition: "RESTOCK" as const };
  return { ...base, type: "RETURN_RECEIVE", lines: [line] };
}
