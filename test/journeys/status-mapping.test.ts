import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { simulators } from "../../src/connectors/simulators.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";

let gateway: TestGateway;
let shop: SimulatedShop;
let id: string;
beforeAll(async () => {
  [gateway, shop] = await Promise.all([
    startTestGateway(),
    simulators.woocommerce({ orders: 12, plan: "wide", relaxedDelivery: true }),
  ]);
  id = await gateway.connect(shop);
});
afterAll(async () => {
  await gateway.end();
  await shop.stop();
});

interface Provenance {
  dimension: string;
  basis: string;
  ruleId: string | null;
  from: { field: string; value: string }[];
}
interface OrderRead {
  id: string;
  version: number;
  fulfillmentStatus: string;
  freshness: { observedAt: string };
  statusProvenance: Provenance[];
}
interface Mapping {
  id: string;
  platformField: string;
  platformValue: string;
  dimension: string;
  unified: string;
  builtIn: boolean;
  ordersAffected: number;
}

const processing = async () => {
  const { data } = await gateway.ask<{ orders: { nodes: OrderRead[] } }>(
    `query ($id: ID!) {
      orders(first: 50, filter: { channelId: [$id], platformStatus: { eq: "processing" } }) {
        nodes { id version fulfillmentStatus freshness { observedAt }
          statusProvenance { dimension basis ruleId from { field value } } } } }`,
    { id },
  );
  return data?.orders.nodes ?? [];
};

const set = async (more: { value?: string; dimension?: string; unified: string }) => {
  const { data, errors } = await gateway.ask<{
    statusMappingSet: {
      channel: { statusMappings: Mapping[] } | null;
      userErrors: { code: string; path: string[]; message: string }[];
    };
  }>(
    `mutation ($id: ID!, $value: String!, $dimension: StatusDimension!, $unified: String!) {
      statusMappingSet(channelId: $id, platformField: "status", platformValue: $value,
        dimension: $dimension, unified: $unified) {
        channel { statusMappings { id platformField platformValue dimension unified builtIn ordersAffected } }
        userErrors { code path message } } }`,
    { id, value: "processing", dimension: "FULFILLMENT", ...more },
  );
  expect(errors).toBeUndefined();
  return data?.statusMappingSet;
};

describe("What a merchant says of a status word", () => {
  it("counts for the orders that bear it already, for those that come, and is told in their events", async () => {
    const before = await processing();
    const open = before.filter(({ fulfillmentStatus }) => fulfillmentStatus === "UNFULFILLED");
    expect(open.length).toBeGreaterThan(0);

    const result = await set({ unified: "IN_PROGRESS" });
    expect(result?.userErrors).toEqual([]);
    const [mapping] = result?.channel?.statusMappings ?? [];
    expect(mapping).toMatchObject({
      platformField: "status",
      platformValue: "processing",
      dimension: "FULFILLMENT",
      unified: "IN_PROGRESS",
      builtIn: false,
      ordersAffected: before.length,
    });

    await expect
      .poll(async () =>
        (await processing()).filter((order) => order.fulfillmentStatus === "UNFULFILLED"),
      )
      .toEqual([]);
    const after = new Map((await processing()).map((order) => [order.id, order]));
    for (const was of open) {
      const is = after.get(was.id);
      expect(is).toMatchObject({ fulfillmentStatus: "IN_PROGRESS", version: was.version + 1 });
      expect(is?.statusProvenance).toContainEqual({
        dimension: "FULFILLMENT",
        basis: "MERCHANT_RULE",
        ruleId: mapping?.id,
        from: [{ field: "status", value: "processing" }],
      });
    }

    const { data: told } = await gateway.ask<{
      events: { nodes: { source: string; order: { id: string } }[] };
    }>(
      `query ($ids: [ID!]) {
      events(filter: { types: [ORDER_STATUS_CHANGED], sources: [MANUAL], orderIds: $ids }) {
        nodes { source order { id } } } }`,
      { ids: open.map((order) => order.id) },
    );
    expect(told?.events.nodes.map(({ order }) => order.id).sort()).toEqual(
      open.map((order) => order.id).sort(),
    );

    const { orderId } = await shop.acts.placeOrder();
    await expect
      .poll(async () => {
        const { data } = await gateway.ask<{ orderByExternalId: OrderRead | null }>(
          `query ($id: ID!, $externalId: String!) {
            orderByExternalId(channelId: $id, externalId: $externalId) { fulfillmentStatus } }`,
          { id, externalId: orderId },
        );
        return data?.orderByExternalId?.fulfillmentStatus;
      })
      .toBe("IN_PROGRESS");
  });

  it("is said anew in the place of what was said before, and every mapping is found by its id", async () => {
    const result = await set({ unified: "UNFULFILLED" });
    const mappings = result?.channel?.statusMappings ?? [];
    const same = mappings.filter(
      ({ platformValue, dimension }) =>
        platformValue === "processing" && dimension === "FULFILLMENT",
    );
    expect(same).toHaveLength(1);
    expect(same[0]).toMatchObject({ unified: "UNFULFILLED", builtIn: false });
    await expect
      .poll(async () => (await processing()).map((order) => order.fulfillmentStatus))
      .not.toContain("IN_PROGRESS");

    const builtIn = mappings.find((mapping) => mapping.builtIn);
    expect(builtIn).toBeDefined();
    for (const mapping of [same[0], builtIn]) {
      const { data } = await gateway.ask<{ node: Mapping }>(
        "query ($id: ID!) { node(id: $id) { id ... on StatusMapping { platformValue unified builtIn } } }",
        { id: mapping?.id },
      );
      expect(data?.node).toEqual({
        id: mapping?.id,
        platformValue: mapping?.platformValue,
        unified: mapping?.unified,
        builtIn: mapping?.builtIn,
      });
    }
  });

  it("is refused where the word is none of the dimension's, or no word at all", async () => {
    expect(await set({ unified: "DELIVERED" })).toMatchObject({
      userErrors: [{ code: "INVALID_INPUT", path: ["unified"] }],
    });
    expect(await set({ value: "  ", unified: "IN_PROGRESS" })).toMatchObject({
      userErrors: [{ code: "INVALID_INPUT", path: ["platformValue"] }],
    });
  });
});
