import { afterAll, beforeAll, expect, it } from "vitest";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { simulators } from "../../src/connectors/simulators.js";
import { keepDeadLetter, letterOfOrder } from "../../src/store/deliveries.js";
import { orders } from "../../src/store/tables.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";

let gateway: TestGateway;
let shop: SimulatedShop;
let channelId: string;
beforeAll(async () => {
  // No polls: what is not replayed does not come in.
  const ingest = { pollEveryMs: 3_600_000, watchEveryMs: 3_600_000 };
  [gateway, shop] = await Promise.all([
    startTestGateway({ ingest }),
    simulators.woocommerce({ orders: 3, plan: "wide", relaxedDelivery: true }),
  ]);
  channelId = await gateway.connect(shop);
});
afterAll(async () => {
  await gateway.end();
  await shop.stop();
});

const inTenant: TestGateway["database"]["forTenant"] = (tenantId, work) =>
  gateway.database.forTenant(tenantId, work);
interface Letters {
  deadLetters: { nodes: { id: string; attempts: number; reason: string }[] };
}
const letters = async () =>
  (await gateway.ask<Letters>("{ deadLetters { nodes { id attempts reason } } }")).data?.deadLetters
    .nodes ?? [];
const replay = async (id: string | undefined) =>
  (
    await gateway.ask(
      `mutation ($id: ID!) { deadLetterReplay(id: $id) { command { id } userErrors { code message } } }`,
      { id },
    )
  ).data;
const knownOrders = () =>
  inTenant(gateway.viewer.tenantId, (tx) => tx.select({ nativeId: orders.nativeId }).from(orders));

it("What was not understood is seen, tried again, and an order in the end", async () => {
  const { tenantId } = gateway.viewer;
  const [{ nativeId } = expect.unreachable()] = await knownOrders();
  await inTenant(tenantId, (tx) => tx.delete(orders));
  const base = { tenantId, channelId, source: "WEBHOOK", receivedAt: new Date() } as const;
  const topic = "order.updated";
  await inTenant(tenantId, async (tx) => {
    await keepDeadLetter(tx, { ...base, topic, reason: "broken", body: '{"id":' });
    await keepDeadLetter(tx, {
      ...base,
      topic: null,
      reason: "slow",
      body: letterOfOrder(nativeId),
    });
  });
  const [slow, broken] = await letters();
  expect(await replay(slow?.id)).toEqual({
    deadLetterReplay: { command: null, userErrors: [] },
  });
  expect(await knownOrders()).toEqual([{ nativeId }]);
  expect(await replay(broken?.id)).toMatchObject({
    deadLetterReplay: {
      command: null,
      userErrors: [{ code: "INVALID_INPUT", message: expect.stringContaining("no JSON") }],
    },
  });
  expect(await letters()).toEqual([{ id: broken?.id, attempts: 2, reason: "the body is no JSON" }]);
});
