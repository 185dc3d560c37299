import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../src/connectors/woocommerce/simulator/index.js";
import type { BackfillProgress } from "../../src/ingest/backfill.js";
import { mintKey } from "../../src/store/seal.js";
import { channels, events, orders } from "../../src/store/tables.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { startTestGateway, type TestGateway, viewer } from "./gateway.js";
import { eventually } from "./world.js";

const ORDERS = 350;
const keys = mintKey("k1");
let test: TestDatabase;
let gateway: TestGateway;
let shop: SimulatedWooCommerce;

beforeAll(async () => {
  test = await createTestDatabase();
  gateway = await startTestGateway({ db: test.database, keys });
  shop = await startWooCommerce({ orders: ORDERS, relaxedDelivery: true, plan: "wide" });
});
afterAll(async () => {
  await gateway?.stop();
  await shop?.stop();
  await test?.drop();
});

/** Runs ingest in another process and kills it as soon as a page is in. */
async function backfillUntilKilled(): Promise<BackfillProgress> {
  const child = spawn(
    process.execPath,
    ["--import", "@oxc-node/core/register", "test/ingest/killed-gateway.ts", test.url, keys],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const exited = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    child.kill("SIGKILL");
    await exited;
    return JSON.parse(line);
  }
  throw new Error("the process ended before a page was in");
}

describe("A gateway that is killed during a backfill", () => {
  it("is followed by one that goes on where it ended: nothing is lost, nothing comes twice", async () => {
    const channelId = await gateway.connect(shop);
    // Slow enough that the kill comes before the end.
    await fetch(`${shop.url}/_faults`, {
      method: "POST",
      body: JSON.stringify({ kind: "latency", ms: 400, match: "GET /wp-json/wc/v3/orders" }),
    });
    const last = await backfillUntilKilled();
    await fetch(`${shop.url}/_faults`, { method: "DELETE" });
    const row = async () => {
      const [found] = await test.database.asSystem((tx) =>
        tx.select().from(channels).where(eq(channels.id, channelId)),
      );
      return found;
    };
    const left = await row();
    expect(left).toMatchObject({ backfillStatus: "RUNNING", leaseOwner: expect.any(String) });
    expect(left?.backfillImported).toBeGreaterThanOrEqual(last.imported);
    expect(left?.backfillImported).toBeLessThan(ORDERS);

    const told: BackfillProgress[] = [];
    const ingest = gateway.run({ onProgress: (progress) => told.push(progress) });
    await eventually(async () => expect((await row())?.backfillStatus).toBe("COMPLETED"));
    await ingest.stop();
    expect(told[0]?.imported).toBeGreaterThan(left?.backfillImported ?? 0);
    const { tenantId } = viewer;
    const stored = await test.database.forTenant(tenantId, (tx) => tx.select().from(orders));
    expect((await row())?.backfillImported).toBe(stored.length);
    expect(stored.every(({ version }) => version === 1)).toBe(true);
    const imported = await test.database.forTenant(tenantId, (tx) =>
      tx.select().from(events).where(eq(events.type, "ORDER_IMPORTED")),
    );
    expect(new Set(imported.map(({ orderId }) => orderId)).size).toBe(stored.length);
    expect(imported).toHaveLength(stored.length);
  });
});
