import { inArray } from "drizzle-orm";
import { afterAll, beforeAll, bench, describe } from "vitest";
import { mintId } from "../../src/domain/id.js";
import { shapeOrder } from "../../src/domain/shape.js";
import type { Snapshot } from "../../src/domain/snapshot.js";
import { createHub } from "../../src/events/hub.js";
import { createRecorder } from "../../src/events/record.js";
import type { Recorder } from "../../src/events/recorder.js";
import { beginEpoch } from "../../src/store/events.js";
import { loadOrders } from "../../src/store/orders.js";
import { orders } from "../../src/store/tables.js";
import { insertChannel } from "../support/channel.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { shipment, snapshot } from "../support/snapshots.js";

const tenantId = "bench";
const channelId = mintId("Channel");
const actor = { kind: "CHANNEL" as const, id: channelId, name: null };
let test: TestDatabase;
let recorder: Recorder;
let made = 0;
const page = Array.from({ length: 50 }, (_, i) => `page-${i}`);

beforeAll(async () => {
  test = await createTestDatabase();
  await insertChannel(test.database, tenantId, channelId);
  await test.database.asSystem(beginEpoch);
  recorder = createRecorder({ db: test.database, bus: createHub(async () => {}) });
  await record(page.map((nativeId) => shipped(nativeId)));
});
afterAll(() => test?.drop());

const record = (snapshots: Snapshot[]) =>
  recorder.transact(tenantId, (scope) =>
    scope.record({ channelId, source: "BACKFILL", actor, now: new Date() }, snapshots),
  );
const shipped = (nativeId: string) => {
  const order = snapshot(nativeId);
  order.fulfillments?.value.push(
    shipment("f1", { 1: 2 }, { number: "1Z1" }),
    shipment("f2", { 1: 1 }, { number: "1Z2" }),
  );
  return order;
};
const fresh = (count: number) =>
  Array.from({ length: count }, () => {
    made += 1;
    return shipped(`new-${made}`);
  });

describe("100 new orders come in", () => {
  bench(
    "in one batch",
    async () => {
      await record(fresh(100));
    },
    { iterations: 5, time: 2_000 },
  );
  bench(
    "one by one",
    async () => {
      for (const order of fresh(100)) await record([order]);
    },
    { iterations: 3, time: 2_000 },
  );
});

describe("a page of 50 orders is read", () => {
  bench(
    "shaped when written",
    async () => {
      await test.database.forTenant(tenantId, (tx) =>
        tx.select({ document: orders.document }).from(orders).where(inArray(orders.nativeId, page)),
      );
    },
    { iterations: 20, time: 1_500 },
  );
  bench(
    "shaped from its rows when read",
    async () => {
      const found = await test.database.forTenant(tenantId, (tx) =>
        loadOrders(tx, tenantId, channelId, page),
      );
      for (const { order } of found.values()) shapeOrder(order);
    },
    { iterations: 20, time: 1_500 },
  );
});
