import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startShopify } from "../../src/connectors/shopify/simulator/index.js";
import { seededRandom } from "../../src/connectors/simulator/random.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { startWooCommerce } from "../../src/connectors/woocommerce/simulator/index.js";
import { channels, deadLetters, orders, refreshes } from "../../src/store/tables.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { startTestGateway, type TestGateway, viewer } from "./gateway.js";
import { eventually } from "./world.js";

const shops = [
  { name: "WooCommerce", start: startWooCommerce },
  { name: "Shopify", start: startShopify },
];
const ACTS = 80;

describe.each(shops)("A busy $name shop behind a bad line", ({ start }) => {
  let test: TestDatabase;
  let gateway: TestGateway;
  let shop: SimulatedShop;

  beforeAll(async () => {
    test = await createTestDatabase();
    gateway = await startTestGateway({ db: test.database });
    shop = await start({ orders: 120, relaxedDelivery: true, plan: "wide" });
  });
  afterAll(async () => {
    await gateway?.stop();
    await shop?.stop();
    await test?.drop();
  });

  const faults = (method: string, body?: object) =>
    fetch(`${shop.url}/_faults`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { tenantId } = viewer;

  /** People in the shop do this and that, as the shop lets them. */
  async function live(): Promise<Set<string>> {
    const random = seededRandom(7);
    const touched: string[] = [];
    for (let i = 0; i < ACTS; i++) {
      if (touched.length < 8 || random.chance(0.2)) {
        touched.push((await shop.acts.placeOrder({ paid: random.chance(0.5) })).orderId);
      } else {
        const orderId = random.pick(touched);
        const { acts } = shop;
        const act = random.pick(["pay", "edit", "edit", "ship", "refund", "cancel"] as const);
        // What the shop refuses (paying twice, shipping nothing) did not happen.
        await Promise.resolve(acts[act](orderId)).catch(() => undefined);
      }
      if (i % 5 === 0) await shop.settled();
    }
    await shop.settled();
    return new Set(touched);
  }

  it("is known exactly in the end: a fresh read of each order brings nothing new", async () => {
    const channelId = await gateway.connect(shop);
    // Two processes, a backfill, polls and webhooks at once, which are lost, doubled, late and refused.
    const processes = [1, 2].map(() => gateway.run({ pollEveryMs: 150, watchEveryMs: 500 }));
    await faults("POST", { kind: "webhook-drop", count: 15 });
    await faults("POST", { kind: "webhook-double", count: 20 });
    await faults("POST", { kind: "webhook-late", ms: 150, count: 20 });
    await faults("POST", {
      kind: "500",
      count: 10,
      match: shop.platform === "shopify" ? "query" : "GET",
    });
    const touched = await live();
    await faults("DELETE");

    await test.database.asSystem((tx) => tx.update(channels).set({ nextPollAt: null }));
    const since = Date.now();
    await eventually(async () => {
      const [row] = await test.database.asSystem((tx) => tx.select().from(channels));
      expect(row).toMatchObject({ backfillStatus: "COMPLETED", health: "HEALTHY" });
      expect(row?.lastPollAt?.getTime()).toBeGreaterThan(since);
      expect(await test.database.forTenant(tenantId, (tx) => tx.$count(refreshes))).toBe(0);
    });
    await Promise.all(processes.map((ingest) => ingest.stop()));

    const channel = await gateway.openChannel(tenantId, channelId);
    const stored = await test.database.forTenant(tenantId, (tx) => tx.select().from(orders));
    const known = new Set(stored.map(({ nativeId }) => nativeId));
    expect([...touched].filter((orderId) => !known.has(orderId))).toEqual([]);
    const actor = { kind: "SYSTEM", id: null, name: null } as const;
    for (const nativeId of touched) {
      const snapshot = await channel.read({ nativeId });
      if (!snapshot) throw new Error(`the shop lost ${nativeId}`);
      const [recorded] = await gateway.recorder.transact(tenantId, (scope) =>
        scope.record({ source: "MANUAL", actor, channelId, now: new Date() }, [snapshot]),
      );
      expect(recorded, `order ${nativeId}`).toMatchObject({ changed: false });
    }
    const letters = await test.database.forTenant(tenantId, (tx) => tx.select().from(deadLetters));
    expect(letters.map(({ reason }) => reason)).toEqual([]);
    expect(gateway.outcomes).toContain("duplicate");
    expect(gateway.outcomes.filter((outcome) => outcome === "failed")).toEqual([]);
  }, 90_000);
});
