import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { simulators } from "../../src/connectors/simulators.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";

let gateway: TestGateway;
let shop: SimulatedShop;
let id: string;
beforeAll(async () => {
  [gateway, shop] = await Promise.all([
    // It is never swept by itself here, and polled at its beginning only.
    startTestGateway({ ingest: { pollEveryMs: 3_600_000 } }),
    simulators.woocommerce({ orders: 3, plan: "wide", relaxedDelivery: true }),
  ]);
  id = await gateway.connect(shop);
  await vi.waitFor(async () => expect((await sync())?.lastPollAt).not.toBeNull(), 20_000);
});
afterAll(async () => {
  await gateway.end();
  await shop.stop();
});

interface Sync {
  lastPollAt: string | null;
  lastReconcileAt: string | null;
  webhooksMissed24h: number;
  repairedByReconcile24h: number;
}
const sync = async () => {
  const { data } = await gateway.ask<{ channel: { sync: Sync } }>(
    `query ($id: ID!) { channel(id: $id) {
      sync { lastPollAt lastReconcileAt webhooksMissed24h repairedByReconcile24h } } }`,
    { id },
  );
  return data?.channel.sync;
};
interface Command {
  id: string;
  type: string;
  status: string;
  cancelable: boolean;
  target: { id: string };
  result: { id: string };
  steps: { index: number; summary: string; status: string }[];
}
const COMMAND =
  "id type status cancelable target { id } result { id } steps { index summary status }";

it("A lost webhook is found by asking: the write is followed to its end, the order told as repaired, and both are counted", async () => {
  expect(await sync()).toMatchObject({ lastReconcileAt: null, webhooksMissed24h: 0 });
  await fetch(`${shop.url}/_faults`, {
    method: "POST",
    body: JSON.stringify({ kind: "webhook-drop" }),
  });
  const { orderId } = await shop.acts.placeOrder();
  await shop.settled();
  const { data, errors } = await gateway.ask<{
    channelReconcile: { command: Command; userErrors: object[] };
  }>(
    `mutation ($id: ID!, $from: DateTime!) { channelReconcile(id: $id, from: $from) {
      command { ${COMMAND} } userErrors { code message } } }`,
    { id, from: new Date(Date.now() - 3_600_000).toISOString() },
  );

  expect(errors).toBeUndefined();
  expect(data?.channelReconcile.userErrors).toEqual([]);
  const asked = data?.channelReconcile.command;
  expect(asked).toMatchObject({ type: "CHANNEL_RECONCILE", target: { id }, result: { id } });
  const states: Command[] = [];
  for await (const { data: state } of gateway.follow<{ commandUpdated: Command }>(
    `subscription ($id: ID!) { commandUpdated(id: $id) { ${COMMAND} } }`,
    { id: asked?.id },
  ))
    if (state) states.push(state.commandUpdated);
  const ended = states.at(-1);
  expect(ended).toMatchObject({ status: "SUCCEEDED", cancelable: false });
  expect(ended?.steps).toMatchObject([{ index: 0, status: "SUCCEEDED" }]);
  expect(ended?.steps[0]?.summary).toMatch(/: \d+ looked at, 1 missed, 1 repaired$/);

  const { data: found } = await gateway.ask<{ orderByExternalId: { id: string } | null }>(
    `query ($id: ID!, $orderId: String!) { orderByExternalId(channelId: $id, externalId: $orderId) { id } }`,
    { id, orderId },
  );
  const { data: told } = await gateway.ask<{ events: { nodes: object[] } }>(
    `query ($id: ID!) { events(filter: { channelIds: [$id], types: [SYNC_REPAIRED] }) {
      nodes { source causedBy { id } order { id availableActions(operations: [CHANNEL_RECONCILE]) { operation } } } } }`,
    { id },
  );
  const order = { id: found?.orderByExternalId?.id, availableActions: [] };
  expect(told?.events.nodes).toEqual([{ source: "RECONCILE", causedBy: { id: asked?.id }, order }]);

  expect(await sync()).toMatchObject({
    lastReconcileAt: expect.any(String),
    webhooksMissed24h: 1,
    repairedByReconcile24h: 1,
  });
  const headers = { authorization: `Bearer ${gateway.key}` };
  const metrics = await (await fetch(`${gateway.url}/metrics`, { headers })).text();
  expect(metrics).toContain('tributary_sweep_missed_orders{platform="WOOCOMMERCE"} 1');
  expect(metrics).toContain('tributary_sweep_repaired_orders{platform="WOOCOMMERCE"} 1');
});

it("Whoever may not administer shops neither asks for a sweep nor withdraws one", async () => {
  const { key } = await gateway.makeKey(["ORDERS_READ", "ORDERS_WRITE"]);
  const from = new Date(Date.now() - 1000).toISOString();
  const asked = await gateway.ask(
    `mutation ($id: ID!, $from: DateTime!) { channelReconcile(id: $id, from: $from) { command { id } } }`,
    { id, from },
    key,
  );
  expect(asked.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  const { data } = await gateway.ask<{ commands: { nodes: { id: string }[] } }>(
    "{ commands(filter: { type: [CHANNEL_RECONCILE] }) { nodes { id } } }",
    {},
    key,
  );
  expect(data?.commands.nodes).toHaveLength(1);
  const withdrawn = await gateway.ask(
    "mutation ($id: ID!) { commandCancel(id: $id) { userErrors { code } } }",
    { id: data?.commands.nodes[0]?.id },
    key,
  );
  expect(withdrawn.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});
