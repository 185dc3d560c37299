import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newMarker } from "../../src/commands/marker.js";
import { askReconcile } from "../../src/commands/reconcile.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { simulators } from "../../src/connectors/simulators.js";
import { loadOrders } from "../../src/store/orders.js";
import { channels, events, orders, sweeps } from "../../src/store/tables.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { startTestGateway, type TestGateway, viewer } from "./gateway.js";
import { eventually } from "./world.js";

const DAY_MS = 24 * 3_600_000;
const NUMBER = "00340434161094042557";
/** What is done to orders while nobody tells us. */
const TOUCHED = ["edited", "shipped", "tracked", "refunded", "canceled", "held", "deleted"];

let test: TestDatabase;
let gateway: TestGateway;
beforeAll(async () => {
  test = await createTestDatabase();
  gateway = await startTestGateway({ db: test.database });
  gateway.run();
});
afterAll(async () => {
  await gateway?.stop();
  await test?.drop();
});
/** What no list of the platform shows: BigCommerce tells of another tracking number by its webhook alone. */
const UNSEEN: Record<string, string[]> = { bigcommerce: ["tracked"] };

describe.each(Object.keys(simulators))("What happens behind our back in a %s shop", (platform) => {
  let shop: SimulatedShop;
  let channelId: string;
  /** Shops tell times of change in seconds; theirs goes on by so many between what we see and what we miss. */
  let behindMs = 20_000;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    const now = () => new Date(Date.now() - behindMs);
    const start = simulators[platform as keyof typeof simulators];
    shop = await start({ orders: 3, plan: "wide", relaxedDelivery: true, now });
    for (const name of [...TOUCHED, "left"])
      ids[name] = (await shop.acts.placeOrder({ paid: name !== "canceled" })).orderId;
    await shop.acts.ship(ids.tracked ?? "");
    channelId = await gateway.connect(shop, platform);
    await eventually(async () => {
      const row = await channel();
      expect(row).toMatchObject({ backfillStatus: "COMPLETED" });
      expect(row?.lastPollAt).not.toBeNull();
    });
    await shop.settled();
    await fetch(`${shop.url}/_faults`, {
      method: "POST",
      body: JSON.stringify({ kind: "webhook-drop" }),
    });
  });
  afterAll(() => shop?.stop());

  const channel = async () => {
    const [row] = await test.database.asSystem((tx) =>
      tx.select().from(channels).where(eq(channels.id, channelId)),
    );
    return row;
  };
  /** Has every order of the shop compared; answers what came of it, and the calls that it took. */
  const sweep = async () => {
    const before = shop.calls().length;
    const window = { from: new Date(Date.now() - 1000 * DAY_MS), to: null };
    const { command } = await askReconcile(gateway.connectOptions, viewer, channelId, window);
    const ended = await eventually(async () => {
      const [row] = await test.database.asSystem((tx) =>
        tx
          .select()
          .from(sweeps)
          .where(eq(sweeps.commandId, command ?? "")),
      );
      expect(row?.finishedAt).toBeInstanceOf(Date);
      return row;
    });
    return { ...ended, calls: shop.calls().length - before };
  };
  const repaired = async () => {
    const rows = await test.database.forTenant(viewer.tenantId, (tx) =>
      tx
        .select({ nativeId: orders.nativeId })
        .from(events)
        .innerJoin(orders, eq(orders.id, events.orderId))
        .where(and(eq(events.type, "SYNC_REPAIRED"), eq(events.channelId, channelId))),
    );
    return rows.map(({ nativeId }) => nativeId);
  };

  const stored = async () => {
    const rows = await test.database.forTenant(viewer.tenantId, (tx) =>
      tx.select().from(orders).where(eq(orders.channelId, channelId)),
    );
    return new Map(rows.map((row) => [row.nativeId, row]));
  };
  /** Gives a shipment its number, as another program would that has the shop's key. */
  const track = async (nativeId: string) => {
    const { tenantId } = viewer;
    const found = await test.database.forTenant(tenantId, (tx) =>
      loadOrders(tx, tenantId, channelId, [nativeId]),
    );
    const order = found.get(nativeId)?.order;
    if (!order) throw new Error(`order ${nativeId} is not stored`);
    const tracking = {
      number: NUMBER,
      carrier: "DHL",
      carrierCode: "dhl",
      url: null,
    };
    const opened = await gateway.openChannel(tenantId, channelId);
    const steps = opened.plan(
      {
        type: "FULFILLMENT_TRACKING_UPDATE",
        orderId: order.id,
        notifyCustomer: null,
        fulfillmentId: order.fulfillments[0]?.id ?? "",
        packages: [{ tracking, lines: [] }],
        replace: true,
      },
      order,
    );
    for (const step of steps) {
      const call = { step, marker: newMarker(), key: randomUUID(), order: { nativeId } };
      const outcome = await opened.perform({ ...call, signal: AbortSignal.timeout(10_000) });
      expect(outcome).toMatchObject({ kind: "done" });
    }
  };

  it("is nothing at first: every order that came in reads as it came", async () => {
    const first = await sweep();
    expect(await repaired()).toEqual([]);
    expect(first).toMatchObject({ missed: 0, repaired: 0, error: null });
    expect(first.looked).toBeGreaterThanOrEqual(Object.keys(ids).length);
  });

  it("is found and put right, each order once, and then there is nothing more to find", async () => {
    behindMs -= 10_000;
    const { acts } = shop;
    const of = (name: string) => ids[name] ?? "";
    await acts.edit(of("edited"));
    await acts.ship(of("shipped"), { tracking: { number: "1Z999AA10123456784", carrier: "UPS" } });
    await track(of("tracked"));
    await acts.refund(of("refunded"), { amount: "1.00" });
    await acts.cancel(of("canceled"));
    await acts.hold(of("held"));
    await acts.deleteOrder(of("deleted"));
    ids.placed = (await acts.placeOrder()).orderId;
    await shop.settled();

    const found = await sweep();

    const unseen = ["left", ...(UNSEEN[platform] ?? [])];
    const missed = Object.keys(ids).filter((name) => !unseen.includes(name));
    expect((await repaired()).toSorted()).toEqual(missed.map(of).toSorted());
    const { length } = missed;
    expect(found).toMatchObject({ missed: length, repaired: length, error: null });
    const rows = await stored();
    const gone = [...rows.values()].filter(({ deletedAt }) => deletedAt !== null);
    expect(gone.map(({ nativeId }) => nativeId)).toEqual([ids.deleted]);
    expect(rows.get(of("shipped"))?.fulfillmentStatus).toBe("FULFILLED");
    const isTracked = JSON.stringify(rows.get(of("tracked"))?.document).includes(NUMBER);
    expect(isTracked).toBe(!unseen.includes("tracked"));

    const again = await sweep();
    expect(again).toMatchObject({ missed: 0, repaired: 0, looked: rows.size - 1 });
    expect(again.calls).toBeLessThan(found.calls / 2);
  });
});
