import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mintId } from "../../src/domain/id.js";
import { createHub } from "../../src/events/hub.js";
import { createRecorder } from "../../src/events/record.js";
import type { Origin, Recorder } from "../../src/events/recorder.js";
import { beginEpoch, readEvents } from "../../src/store/events.js";
import { loadOrders } from "../../src/store/orders.js";
import { insertChannel } from "../support/channel.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { at, head, line, shipment, snapshot } from "../support/snapshots.js";

const tenantId = "t1";
const channelId = mintId("Channel");
const origin: Origin & { channelId: string } = {
  channelId,
  source: "WEBHOOK",
  actor: { kind: "CHANNEL", id: channelId, name: null },
  now: new Date(at(60)),
};
let test: TestDatabase;
let recorder: Recorder;

beforeAll(async () => {
  test = await createTestDatabase();
  await insertChannel(test.database, tenantId, channelId);
  await test.database.asSystem(beginEpoch);
  const hub = createHub(async () => {});
  recorder = createRecorder({ db: test.database, bus: hub });
});
afterAll(() => test?.drop());

const record = (
  ...snapshots: Parameters<typeof snapshot>[0] extends string
    ? ReturnType<typeof snapshot>[]
    : never
) => recorder.transact(tenantId, (scope) => scope.record(origin, snapshots));

const eventsOf = async (orderId: string) => {
  const { placed } = await test.database.forTenant(tenantId, (tx) =>
    readEvents(tx, { epoch: 0, xid: 0n, seq: 0n }, 1_000, tenantId),
  );
  return placed.map((item) => item.event).filter((event) => event.orderId === orderId);
};
const load = async (nativeId: string) => {
  const found = await test.database.forTenant(tenantId, (tx) =>
    loadOrders(tx, tenantId, channelId, [nativeId]),
  );
  const stored = found.get(nativeId);
  if (!stored) throw new Error(`order ${nativeId} was not stored`);
  return stored;
};

describe("record", () => {
  it("makes an order of a first snapshot, with version 1 and one event", async () => {
    const [result] = await record(snapshot("a"));
    expect(result).toMatchObject({ nativeId: "a", version: 1, changed: true });
    const { order, document } = await load("a");
    expect(order.lines.map((row) => row.ordered)).toEqual([3, 1]);
    expect(document).toMatchObject({
      state: "OPEN",
      paymentStatus: "PAID",
      fulfillmentStatus: "UNFULFILLED",
    });
    expect((await eventsOf(order.id)).map((event) => event.type)).toEqual(["ORDER_CREATED"]);
  });

  it("lets a replay vanish: no version, no event", async () => {
    await record(snapshot("b"));
    const [again] = await record(snapshot("b", 5), snapshot("b", 3));
    expect(again).toMatchObject({ version: 1, changed: false });
    expect(await eventsOf((await load("b")).order.id)).toHaveLength(1);
  });

  it("gives every visible change one version and tells it by its own word", async () => {
    await record(snapshot("c"));
    await record(
      snapshot("c", 1, {
        fulfillments: {
          asOf: at(1),
          complete: true,
          value: [shipment("f1", { 1: 2 }, { number: "1Z" })],
        },
      }),
    );
    const { order, document } = await load("c");
    expect(order.version).toBe(2);
    expect(document.lines[0]?.quantities).toMatchObject({
      ordered: 3,
      fulfilled: 2,
      unfulfilled: 1,
      fulfillable: 1,
    });
    const events = await eventsOf(order.id);
    expect(events.map((event) => [event.orderVersion, event.type])).toEqual([
      [1, "ORDER_CREATED"],
      [2, "FULFILLMENT_CREATED"],
      [2, "TRACKING_ADDED"],
      [2, "ORDER_STATUS_CHANGED"],
    ]);
  });

  it("does not let an older snapshot undo a newer one", async () => {
    await record(
      snapshot("d", 10, { head: { asOf: at(10), complete: true, value: head({ number: "new" }) } }),
    );
    const [late] = await record(
      snapshot("d", 5, { head: { asOf: at(5), complete: true, value: head({ number: "old" }) } }),
    );
    expect(late?.changed).toBe(false);
    expect((await load("d")).order.head.number).toBe("new");
  });

  it("takes an order in whose note holds what PostgreSQL has no room for", async () => {
    const notes = [{ text: "a\u0000b \\u0000", author: null, at: at(0), customerVisible: true }];
    await record(
      snapshot("nul", 0, { head: { asOf: at(0), complete: true, value: head({ notes }) } }),
    );
    expect((await load("nul")).document.notes[0]?.text).toBe("a\ufffdb \\u0000");
  });

  it("tells where a word of the same age changed what was known", async () => {
    const told = snapshot("tie");
    const [first] = await record(told);
    expect(first?.tied).toBe(false);
    const same = structuredClone(told);
    expect((await record(same))[0]).toMatchObject({ changed: false, tied: false });
    if (same.head) same.head.value.tags = ["urgent"];
    expect((await record(same))[0]).toMatchObject({ changed: true, tied: true });
  });

  it("says that the order is unknown where only a part of it came", async () => {
    const { head: _, ...part } = snapshot("e");
    expect(await record(part)).toEqual([
      { nativeId: "e", orderId: null, version: 0, changed: false, tied: false },
    ]);
  });

  it("adopts the shipment that a command planned: its id stays", async () => {
    await record(snapshot("f"));
    const { order } = await load("f");
    const fulfillmentId = mintId("Fulfillment");
    const [first] = order.lines;
    await recorder.transact(tenantId, (scope) =>
      scope.recordLocal({ ...origin, source: "COMMAND" }, order.id, [
        {
          kind: "shipment-planned",
          fulfillmentId,
          commandId: mintId("Command"),
          stepIndex: 0,
          marker: "m".repeat(22),
          lines: [{ lineId: first?.id as string, quantity: 2 }],
          packages: [
            {
              tracking: { number: "1Z 9", carrier: null, carrierCode: null, url: null },
              lines: [],
            },
          ],
          locationId: null,
          plannedAt: at(2),
        },
      ]),
    );
    const planned = await load("f");
    expect(planned.document.fulfillments[0]).toMatchObject({
      id: fulfillmentId,
      status: "PENDING",
    });
    expect(planned.document.lines[0]?.quantities.fulfilled).toBe(0);
    await record(
      snapshot("f", 3, {
        fulfillments: {
          asOf: at(3),
          complete: true,
          value: [shipment("77", { 1: 2 }, { number: "1Z9", marker: "m".repeat(22) })],
        },
      }),
    );
    const after = await load("f");
    expect(after.order.fulfillments).toHaveLength(1);
    expect(after.order.fulfillments[0]).toMatchObject({
      id: fulfillmentId,
      nativeId: "77",
      status: "SUCCESS",
    });
    expect(after.order.fulfillments[0]?.packages).toHaveLength(1);
    const types = (await eventsOf(order.id)).map((event) => event.type);
    expect(types).toEqual([
      "ORDER_CREATED",
      "FULFILLMENT_CREATED",
      "TRACKING_ADDED",
      "ORDER_STATUS_CHANGED",
    ]);
  });

  it("writes many orders in a number of statements that does not grow with them", async () => {
    const many = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, i) => snapshot(`${prefix}${i}`));
    const one = await test.database.countStatements(() => record(...many("one", 1)));
    const fifty = await test.database.countStatements(() => record(...many("fifty", 50)));
    expect(fifty.statements.length).toBe(one.statements.length);
  });

  it("keeps versions gapless when eight writers change one order at once", async () => {
    await record(snapshot("g"));
    await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        record(
          snapshot("g", 20, {
            head: { asOf: at(20), complete: true, value: head({ tags: [`t${i}`] }) },
          }),
        ),
      ),
    );
    const { order } = await load("g");
    const events = await eventsOf(order.id);
    expect(events.map((event) => event.orderVersion)).toEqual(events.map((_, i) => i + 1));
    expect(order.version).toBe(9);
  });

  it("keeps a shipment that names a foreign line, and tells of it", async () => {
    await record(
      snapshot("h", 0, {
        lines: { asOf: at(0), complete: true, value: [line("1", 3)] },
        fulfillments: { asOf: at(0), complete: true, value: [shipment("f", { 1: 50, 999: 1 })] },
      }),
    );
    const { document } = await load("h");
    expect(document.anomalies.map((anomaly) => anomaly.code).sort()).toEqual([
      "FOREIGN_LINE",
      "OVER_FULFILLED",
    ]);
    expect(document.lines[0]?.quantities).toMatchObject({
      ordered: 3,
      fulfilled: 3,
      unfulfilled: 0,
    });
  });
});
