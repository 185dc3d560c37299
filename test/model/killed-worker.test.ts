import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../src/connectors/woocommerce/simulator/index.js";
import { addFault } from "../connectors/bench.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";
import { handsOf } from "./hands.js";

const QUIET = { pollEveryMs: 600_000, watchEveryMs: 600_000 };
const PATIENT = { timeout: 30_000, interval: 20 };
let gateway: TestGateway;
let api: TestGateway;
let shop: SimulatedWooCommerce;
beforeAll(async () => {
  shop = await startWooCommerce({ orders: 1, plan: "wide", relaxedDelivery: true });
  await addFault(shop, { kind: "webhook-drop" });
  gateway = await startTestGateway({ ingest: QUIET });
});
afterAll(async () => {
  await api?.stop();
  await gateway?.end();
  await shop?.stop();
});

/** Another process that works, until it is killed. */
function startWorker() {
  const { databaseUrl, gatewayKeys } = gateway;
  const child = spawn(
    process.execPath,
    [
      "--import",
      "@oxc-node/core/register",
      "test/model/killed-worker.ts",
      databaseUrl,
      gatewayKeys,
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  const exited = once(child, "exit");
  return {
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

it("a worker that is killed while shipments are on their way leaves each to arrive exactly once", async () => {
  const faults = ["timeout-after", "timeout-before"] as const;
  const placed = await Promise.all(
    faults.map(async (kind) => {
      const { orderId } = await shop.acts.placeOrder({ paid: true });
      const match = `POST /wp-json/wc/v3/orders/${orderId}/fulfillments`;
      await addFault(shop, { kind, match, count: 1 });
      return orderId;
    }),
  );
  const channelId = await gateway.connect(shop);
  api = await gateway.beside({ role: "api" });
  await gateway.stop();
  const worker = startWorker();
  const hands = handsOf(api, "killed");
  const ids = await Promise.all(placed.map((externalId) => hands.find(channelId, externalId)));
  const writes = ids.map((orderId) => hands.write("fulfillmentCreate", { input: { orderId } }));
  const lost = () => shop.calls().filter(({ status }) => status === 0);
  await vi.waitFor(() => expect(lost()).toHaveLength(2), PATIENT);
  await worker.kill();
  const shipped = () => placed.map((externalId) => shop.view(externalId)?.shipments.length);
  expect(shipped()).toEqual([1, 0]);
  // As if the time of its leases had passed.
  await api.database.asSystem((tx) => tx.execute("update commands set lease_until = now()"));
  const commands = { settleMs: 500, lookAgainMs: 20 };
  const next = await api.beside({ role: "worker", ingest: QUIET, commands });
  try {
    for (const written of writes) expect(await written).toMatchObject({ status: "SUCCEEDED" });
    expect(shipped()).toEqual([1, 1]);
  } finally {
    await next.stop();
  }
}, 120_000);
