import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { type SimulatorName, simulators } from "../../src/connectors/simulators.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";
import {
  FindOrderOfShopDocument,
  type FindOrderOfShopQuery,
  HoldWorkDocument,
  type HoldWorkMutation,
  OrderWorkDocument,
  type OrderWorkQuery,
  ReleaseWorkDocument,
  type ReleaseWorkMutation,
  ShipManyDocument,
  type ShipManyMutation,
} from "../support/operations.js";

const WAIT = { waitUntil: "SUCCEEDED", waitTimeoutMs: 20_000 } as const;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.end());

/** Work on orders of shops that have no holds: what partners ask over HTTP, and what the shop itself then shows. */
describe.each<SimulatorName>(["woocommerce", "bigcommerce", "magento"])("a %s shop", (platform) => {
  let shop: SimulatedShop;
  let channelId: string;
  beforeAll(async () => {
    shop = await simulators[platform]({ orders: 1, plan: "wide", relaxedDelivery: true });
    channelId = await gateway.connect(shop);
  });
  afterAll(() => shop?.stop());

  const ask = async <Data>(operation: { toString(): string }, variables: object) => {
    const { data, errors } = await gateway.ask<Data>(operation.toString(), { ...variables });
    expect(errors).toBeUndefined();
    return data as Data;
  };
  const see = async (id: string) => {
    const { order } = await ask<OrderWorkQuery>(OrderWorkDocument, { id });
    if (!order) throw new Error(`no order ${id}`);
    const [work] = order.fulfillmentOrders;
    if (!work) throw new Error(`order ${id} has no work`);
    return { ...order, work };
  };
  /** A paid order, as soon as the gateway knows it. */
  const place = async () => {
    const { orderId } = await shop.acts.placeOrder({
      lines: [{ sku: "MUG-01", quantity: 3 }],
      paid: true,
    });
    const find = async () => {
      const at = { channelId, externalId: orderId };
      const { orderByExternalId } = await ask<FindOrderOfShopQuery>(FindOrderOfShopDocument, at);
      return orderByExternalId;
    };
    await expect.poll(find, { timeout: 20_000 }).toMatchObject({ state: "OPEN" });
    return { nativeId: orderId, id: (await find())?.id as string };
  };
  const hold = async (id: string) =>
    (
      await ask<HoldWorkMutation>(HoldWorkDocument, {
        id,
        reason: "FRAUD_REVIEW",
        note: "call her",
        options: WAIT,
      })
    ).fulfillmentOrderHold;
  const release = async (id: string) =>
    (await ask<ReleaseWorkMutation>(ReleaseWorkDocument, { id, options: WAIT }))
      .fulfillmentOrderRelease;
  const shipAll = async (...orderIds: string[]) =>
    (
      await ask<ShipManyMutation>(ShipManyDocument, {
        items: orderIds.map((orderId) => ({ input: { orderId }, options: WAIT })),
      })
    ).fulfillmentCreateBatch;
  const enabled = (actions: { operation: string; enabled: boolean }[]) =>
    actions.filter((action) => action.enabled).map(({ operation }) => operation);

  it("has its orders held back and released, ships nothing of them meanwhile, and the rest at once", async () => {
    const [first, second] = [await place(), await place()];
    const before = await see(first.id);
    expect(enabled(before.work.availableActions)).toEqual(
      expect.arrayContaining(["FULFILLMENT_CREATE", "FULFILLMENT_ORDER_HOLD"]),
    );
    expect(await hold(before.work.id)).toMatchObject({
      command: { status: "SUCCEEDED" },
      order: { fulfillmentStatus: "ON_HOLD" },
      userErrors: [],
    });
    const held = await see(first.id);
    expect(held.work).toMatchObject({ id: before.work.id, status: "ON_HOLD" });
    expect(held.holds).toMatchObject([{ reason: "FRAUD_REVIEW", note: "call her" }]);
    expect(enabled(held.availableActions)).toContain("FULFILLMENT_ORDER_RELEASE");
    expect(enabled(held.work.availableActions)).not.toContain("FULFILLMENT_CREATE");
    const holdId = held.holds[0]?.id as string;
    const node = await gateway.ask("query ($id: ID!) { node(id: $id) { __typename id } }", {
      id: holdId,
    });
    expect(node.data).toEqual({ node: { __typename: "Hold", id: holdId } });

    const batch = await shipAll(first.id, second.id, first.id);
    expect(batch).toMatchObject({ accepted: 1, rejected: 2 });
    expect(
      batch.items.map(({ command, userErrors }) => [command?.status, userErrors[0]?.code]),
    ).toEqual([
      [undefined, "ON_HOLD"],
      ["SUCCEEDED", undefined],
      [undefined, "ON_HOLD"],
    ]);
    expect(batch.items[0]?.userErrors[0]).toMatchObject({ path: ["items", "0", "input", "lines"] });
    expect(batch.items[0]?.userErrors[0]?.message).toContain(holdId);
    expect((await see(second.id)).work.status).toBe("CLOSED");

    expect(await release(before.work.id)).toMatchObject({
      command: { status: "SUCCEEDED" },
      userErrors: [],
    });
    // Magento says itself that it is on hold, until it is read again.
    await expect
      .poll(() => see(first.id), { timeout: 20_000 })
      .toMatchObject({ fulfillmentStatus: "UNFULFILLED" });
    expect((await shipAll(first.id)).items).toMatchObject([{ command: { status: "SUCCEEDED" } }]);
    expect(await see(first.id)).toMatchObject({ fulfillmentStatus: "FULFILLED", holds: [] });
  });

  // Magento's own staff ship nothing that is on hold there.
  if (platform !== "magento")
    it("is believed when its staff ship what is held back here", async () => {
      const { id, nativeId } = await place();
      const { work } = await see(id);
      await hold(work.id);
      await shop.acts.ship(nativeId);
      await expect
        .poll(() => see(id), { timeout: 20_000 })
        .toMatchObject({
          fulfillmentStatus: "FULFILLED",
          work: { id: work.id, status: "CLOSED", holds: [{ reason: "FRAUD_REVIEW" }] },
        });
      expect((await release(work.id)).userErrors).toEqual([]);
      expect((await see(id)).holds).toEqual([]);
    });
});
