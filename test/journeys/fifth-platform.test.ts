import { afterAll, beforeAll, expect, it } from "vitest";
import { connectors } from "../../src/connectors/index.js";
import { type Market, marketConnector, Stall } from "../support/fifth-platform.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";
import {
  ConnectShopDocument,
  FindOrderOfShopDocument,
  OrderDetailDocument,
  ShipOrderDocument,
} from "../support/operations.js";

/** Another platform is one connector in the list that the program is given, and nothing else knows of it. */
const address = "https://market.example/stall-7";
const market: Market = new Map([[address, new Stall("Stall 7", 3)]]);
const stall = market.get(address) as Stall;
let gateway: TestGateway;
let channelId: string;

beforeAll(async () => {
  gateway = await startTestGateway({ connectors: [...connectors, marketConnector(market)] });
});
afterAll(() => gateway.end());

const orderOf = async (externalId: string) => {
  const found = await gateway.ask<{ orderByExternalId: { id: string } | null }>(
    FindOrderOfShopDocument.toString(),
    { channelId, externalId },
  );
  const { data } = await gateway.ask<{ order: Order | null }>(OrderDetailDocument.toString(), {
    id: found.data?.orderByExternalId?.id ?? "order_none",
  });
  return data?.order ?? null;
};
interface Order {
  id: string;
  number: string;
  fulfillmentStatus: string;
  lines: { nodes: { id: string; quantities: { fulfillable: number } }[] };
  fulfillments: { status: string; packages: { tracking: { number: string } | null }[] }[];
}

it("stands beside the others in the schema and among the platforms, with what it needs to know", async () => {
  const { data, errors } = await gateway.ask<{
    __type: { enumValues: { name: string }[] };
    platforms: { platform: string; name: string; settings: object }[];
  }>('{ __type(name: "Platform") { enumValues { name } } platforms { platform name settings } }');
  expect(errors).toBeUndefined();
  const names = data?.__type.enumValues.map(({ name }) => name) ?? [];
  expect(names).toContain("MARKET");
  expect(names).toHaveLength(connectors.length + 1);
  expect(data?.platforms.find(({ platform }) => platform === "MARKET")).toMatchObject({
    name: "Market stall",
    settings: { properties: { address: { title: "Address" } } },
  });
});

it("is connected like any other, and read whole", async () => {
  const connect = async (settings: object) => {
    const { data, errors } = await gateway.ask<{
      channelConnect: { channel: { id: string } | null; userErrors: { message: string }[] };
    }>(ConnectShopDocument.toString(), {
      input: { platform: "MARKET", name: "Our stall", settings },
    });
    expect(errors).toBeUndefined();
    return data?.channelConnect;
  };
  const wrong = await connect({ address: "https://market.example/nobody" });
  expect(wrong).toMatchObject({
    channel: null,
    userErrors: [{ message: expect.stringMatching(/nobody sells/) }],
  });
  const right = await connect({ address });
  expect(right?.userErrors).toEqual([]);
  channelId = right?.channel?.id ?? "";
  await expect.poll(() => orderOf("3"), { timeout: 20_000 }).toMatchObject({ number: "S3" });
  const { data } = await gateway.ask<{ orders: { totalCount: { value: number } } }>(
    "query ($filter: OrderFilter) { orders(first: 1, filter: $filter) { totalCount { value } } }",
    { filter: { platform: ["MARKET"] } },
  );
  expect(data?.orders.totalCount.value).toBe(3);
});

it("is polled, since it sends nothing", async () => {
  stall.sell("4", 2);
  await expect.poll(() => orderOf("4"), { timeout: 20_000 }).toMatchObject({ number: "S4" });
});

it("is shipped from by the same mutation, and shows it", async () => {
  const order = await orderOf("3");
  const { data, errors } = await gateway.ask(ShipOrderDocument.toString(), {
    input: {
      orderId: order?.id,
      lines: [{ lineId: order?.lines.nodes[0]?.id, quantity: 2 }],
      packages: [{ tracking: { number: "1Z999AA10123456784", carrier: "UPS" } }],
    },
    idempotencyKey: "from the stall",
  });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    fulfillmentCreate: { command: { status: "SUCCEEDED" }, userErrors: [] },
  });
  expect(stall.sold.get("3")?.left).toMatchObject([{ lines: [{ lineId: "goods", quantity: 2 }] }]);
  expect(await orderOf("3")).toMatchObject({
    fulfillmentStatus: "PARTIALLY_FULFILLED",
    lines: { nodes: [{ quantities: { fulfillable: 1 } }] },
    fulfillments: [
      { status: "SUCCESS", packages: [{ tracking: { number: "1Z999AA10123456784" } }] },
    ],
  });
});
