import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startShopify } from "../../src/connectors/shopify/simulator/index.js";
import type { SimulatedShop, SimulatorOptions } from "../../src/connectors/simulator/shop.js";
import { startWooCommerce } from "../../src/connectors/woocommerce/simulator/index.js";
import { minorUnits } from "../../src/domain/money.js";
import type { BackfillProgress } from "../../src/ingest/backfill.js";
import type { Tx } from "../../src/store/db.js";
import { channels, deadLetters, events, orders, refreshes } from "../../src/store/tables.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { startTestGateway, type TestGateway, viewer } from "./gateway.js";
import { eventually } from "./world.js";

const ORDERS = 250;
const shops = [
  { name: "WooCommerce", start: startWooCommerce },
  { name: "Shopify", start: startShopify },
];
const options: SimulatorOptions = { orders: ORDERS, relaxedDelivery: true, plan: "wide" };

describe.each(shops)("From a $name shop", ({ start }) => {
  let test: TestDatabase;
  let gateway: TestGateway;
  let shop: SimulatedShop;
  let channelId: string;

  beforeAll(async () => {
    test = await createTestDatabase();
    gateway = await startTestGateway({ db: test.database });
    shop = await start(options);
    channelId = await gateway.connect(shop);
  });
  afterAll(async () => {
    await gateway?.stop();
    await shop?.stop();
    await test?.drop();
  });

  const inTenant = <T>(work: (tx: Tx) => Promise<T>) =>
    test.database.forTenant(viewer.tenantId, work);
  const row = async () => {
    const [found] = await test.database.asSystem((tx) =>
      tx.select().from(channels).where(eq(channels.id, channelId)),
    );
    if (!found) throw new Error("the channel is not there");
    return found;
  };
  const stored = () => inTenant((tx) => tx.select().from(orders));
  const find = async (orderId: string) =>
    (await stored()).find(({ nativeId }) => nativeId === orderId);
  const eventsOf = async (orderId: string) => {
    const order = await find(orderId);
    return inTenant((tx) =>
      tx
        .select()
        .from(events)
        .where(eq(events.orderId, order?.id ?? "")),
    );
  };
  /**
   * What the shop itself says, against what we hold. Shops take refunds and cancellations off an order's total, each
   * in its way, and some tell it in the customer's currency: amounts are compared where there is but one.
   */
  const expectSame = (order: typeof orders.$inferSelect | undefined, orderId: string): boolean => {
    const view = shop.view(orderId);
    if (!view) throw new Error(`the shop has no order ${orderId}`);
    if (!order) throw new Error(`order ${orderId} is not stored`);
    expect(order.number.replace("#", "")).toBe(view.number.replace("#", ""));
    const plain = view.refunds.length === 0 && order.state !== "CANCELED";
    if (!plain || view.currency !== order.currency) return false;
    expect(order.totalMinor).toBe(minorUnits({ amount: view.total, currency: view.currency }));
    return true;
  };
  const expectStored = async (orderId: string) => expectSame(await find(orderId), orderId);
  /** How many orders wait to be read. */
  const reads = () => inTenant((tx) => tx.$count(refreshes));
  const fault = (body: object) =>
    fetch(`${shop.url}/_faults`, { method: "POST", body: JSON.stringify(body) });

  it("everything it has comes in, newest first, exactly", async () => {
    const told: BackfillProgress[] = [];
    const startedAt = performance.now();
    const ingest = gateway.run({ onProgress: (progress) => told.push(progress) });
    await eventually(async () => expect((await row()).backfillStatus).toBe("COMPLETED"));
    console.info(`${ORDERS} orders in ${Math.round(performance.now() - startedAt)} ms`);
    await ingest.stop();
    const all = await stored();
    expect(all.length).toBeGreaterThanOrEqual(ORDERS - 10);
    const compared = all.filter((order) => expectSame(order, order.nativeId));
    expect(compared.length).toBeGreaterThan(ORDERS / 2);
    expect(told.at(-1)).toMatchObject({ completed: true });
    const letters = await inTenant((tx) => tx.select().from(deadLetters));
    expect(letters.map(({ reason }) => reason)).toEqual([]);
  });

  it("an order that a customer places comes in by webhook", async () => {
    const ingest = gateway.run();
    const { orderId } = await shop.acts.placeOrder({ paid: true });
    await shop.settled();
    await eventually(() => expectStored(orderId));
    const created = (await eventsOf(orderId)).filter(({ type }) => type === "ORDER_CREATED");
    expect(created).toMatchObject([{ source: "WEBHOOK", channelId }]);
    expect(created[0]?.deliveryId).not.toBeNull();
    await ingest.stop();
  });

  it("what the merchant ships in the shop's admin comes in by webhook", async () => {
    const ingest = gateway.run();
    const { orderId } = await shop.acts.placeOrder({ paid: true });
    await shop.acts.ship(orderId, { tracking: { number: "1Z999AA10123456784", carrier: "UPS" } });
    await shop.settled();
    await eventually(async () =>
      expect(await find(orderId)).toMatchObject({ fulfillmentStatus: "FULFILLED" }),
    );
    await ingest.stop();
  });

  it("a webhook that comes twice, or late behind a newer one, changes nothing more", async () => {
    const ingest = gateway.run();
    const { orderId } = await shop.acts.placeOrder({ paid: false });
    await shop.settled();
    await eventually(() => expectStored(orderId));
    await fault({ kind: "webhook-double", count: 2 });
    await fault({ kind: "webhook-late", ms: 300, count: 1 });
    await shop.acts.edit(orderId);
    await shop.acts.pay(orderId);
    await shop.settled();
    await eventually(async () =>
      expect(await find(orderId)).toMatchObject({ paymentStatus: "PAID" }),
    );
    await eventually(async () => expect(await reads()).toBe(0));
    await expectStored(orderId);
    const types = (await eventsOf(orderId)).map(({ type }) => type);
    expect(types.filter((type) => type === "ORDER_CREATED")).toHaveLength(1);
    expect(types.filter((type) => type === "PAYMENT_CHANGED").length).toBeLessThanOrEqual(1);
    const { version } = (await find(orderId)) ?? {};
    const versions = (await eventsOf(orderId)).map(({ orderVersion }) => orderVersion);
    expect(Math.max(...versions.map(Number))).toBe(version);
    await ingest.stop();
  });

  it("a change whose webhook was lost comes in with the next poll", async () => {
    await fault({ kind: "webhook-drop" });
    const { orderId } = await shop.acts.placeOrder({ paid: true });
    await shop.settled();
    await fetch(`${shop.url}/_faults`, { method: "DELETE" });
    expect(await find(orderId)).toBeUndefined();
    await test.database.asSystem((tx) => tx.update(channels).set({ nextPollAt: null }));
    const ingest = gateway.run();
    await eventually(() => expectStored(orderId));
    expect((await eventsOf(orderId)).map(({ source }) => source)).toContain("POLL");
    await ingest.stop();
  });

  it("webhooks that it switched off after failures are woken, and deliver again", async () => {
    const { receive } = gateway;
    gateway.receive = async () => ({ status: 503, body: "", outcome: "failed" });
    const channel = await gateway.openChannel(viewer.tenantId, channelId);
    const url = String(await gateway.connectOptions.webhookAddress(viewer.tenantId, channelId));
    const active = async () =>
      (await channel.webhooks(url)).filter((webhook) => webhook.active).length;
    const before = await active();
    for (let i = 0; i < 12 && (await active()) === before; i++) {
      await shop.acts.placeOrder();
      await shop.settled();
    }
    expect(await active()).toBeLessThan(before);
    gateway.receive = receive;
    await test.database.asSystem((tx) => tx.update(channels).set({ webhooksCheckedAt: null }));
    const ingest = gateway.run();
    await eventually(async () => expect(await active()).toBe(before));
    await eventually(async () =>
      expect((await row()).webhooks.filter((webhook) => webhook.active)).toHaveLength(before),
    );
    const { orderId } = await shop.acts.placeOrder({ paid: true });
    await shop.settled();
    await eventually(() => expectStored(orderId));
    expect((await eventsOf(orderId))[0]).toMatchObject({ source: "WEBHOOK" });
    await ingest.stop();
  });
});
