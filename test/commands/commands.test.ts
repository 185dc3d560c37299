import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { settleReported } from "../../src/commands/effect.js";
import {
  type Commands,
  DEFAULT_WRITE_OPTIONS,
  type Wish,
  type WriteOptions,
} from "../../src/commands/face.js";
import { createCommands } from "../../src/commands/index.js";
import { pauseShop, resumeShop } from "../../src/commands/pause.js";
import { startWorker, type Worker } from "../../src/commands/worker.js";
import type { OrderDocument } from "../../src/domain/document.js";
import { mintId } from "../../src/domain/id.js";
import { SCOPES, type Viewer } from "../../src/domain/scope.js";
import { createHub } from "../../src/events/hub.js";
import { createRecorder } from "../../src/events/record.js";
import type { Recorder } from "../../src/events/recorder.js";
import { loadCommand, reservedOf } from "../../src/store/commands.js";
import { beginEpoch, readEvents } from "../../src/store/events.js";
import { loadOrders } from "../../src/store/orders.js";
import { insertChannel } from "../support/channel.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { silent } from "../support/log.js";
import { snapshot } from "../support/snapshots.js";
import { refused, ScriptedShop, unknown } from "./scripted-shop.js";

const tenantId = "t1";
const channelId = mintId("Channel");
const viewer: Viewer = {
  tenantId,
  keyId: mintId("ApiKey"),
  client: "warehouse",
  name: "Warehouse",
  scopes: SCOPES,
  channelIds: null,
  expiresAt: null,
};
let test: TestDatabase;
let recorder: Recorder;
let commands: Commands;
let worker: Worker;
let shop: ScriptedShop;
let orderId: string;
let nativeId: string;
let count = 0;
const openChannel = async () => shop;
const hub = createHub(async (topics) => hub.hear(topics));
const bus = { notify: hub.notify, listen: hub.listen, close: hub.close };
const work = () =>
  startWorker({
    db: test.database,
    bus,
    recorder,
    openChannel,
    log: silent,
    leaseMs: 400,
    lookAfterMs: 60_000,
  });

beforeAll(async () => {
  test = await createTestDatabase();
  await insertChannel(test.database, tenantId, channelId);
  await test.database.asSystem(beginEpoch);
  recorder = createRecorder({ db: test.database, bus, onRecorded: settleReported });
  commands = createCommands({ db: test.database, recorder, bus, openChannel });
  worker = work();
});
afterAll(async () => {
  await worker?.stop();
  await test?.drop();
});
beforeEach(async () => {
  shop = new ScriptedShop();
  count += 1;
  nativeId = `n${count}`;
  orderId = (await poll()).orderId as string;
});

const poll = async (snapshots = [snapshot(nativeId)]) => {
  const origin = {
    channelId,
    source: "POLL" as const,
    actor: { kind: "CHANNEL" as const, id: channelId, name: null },
    now: new Date(),
  };
  const [result] = await recorder.transact(tenantId, (scope) => scope.record(origin, snapshots));
  if (!result) throw new Error("nothing was recorded");
  return result;
};
const submit = (wish: Wish, options: Partial<WriteOptions> = {}, who = viewer) =>
  commands.submit(who, wish, {
    ...DEFAULT_WRITE_OPTIONS,
    waitUntil: "SUCCEEDED",
    waitTimeoutMs: 10_000,
    ...options,
  });
const ship = (
  quantity: number,
  extra: Partial<Extract<Wish, { type: "FULFILLMENT_CREATE" }>> = {},
): Promise<Wish> =>
  document().then(({ lines }) => ({
    type: "FULFILLMENT_CREATE",
    orderId,
    lines: [{ lineId: lines[0]?.id as string, quantity }],
    fulfillmentOrderId: null,
    locationId: null,
    packages: [],
    shippedAt: null,
    ...extra,
  }));
const document = async (): Promise<OrderDocument> => {
  const found = await test.database.forTenant(tenantId, (tx) =>
    loadOrders(tx, tenantId, channelId, [nativeId]),
  );
  return found.get(nativeId)?.document as OrderDocument;
};
const command = async (id: string | null) => {
  const found = await test.database.forTenant(tenantId, (tx) =>
    loadCommand(tx, tenantId, id as string),
  );
  if (!found) throw new Error(`no command ${id}`);
  return found;
};
const reserved = async () => [
  ...(await test.database.forTenant(tenantId, (tx) => reservedOf(tx, tenantId, orderId))).values(),
];
const events = async () => {
  const start = { epoch: 0, xid: 0n, seq: 0n };
  const { placed } = await test.database.forTenant(tenantId, (tx) =>
    readEvents(tx, start, 10_000, tenantId),
  );
  return placed.map(({ event }) => event).filter((event) => event.orderId === orderId);
};

describe("a shipment asked for", () => {
  it("is made once, under the id that was promised, and told once as caused by its command", async () => {
    const result = await submit(await ship(2));
    expect(result.errors).toEqual([]);
    expect((await command(result.command)).row.status).toBe("SUCCEEDED");
    const { fulfillments, lines } = await document();
    expect(fulfillments).toMatchObject([
      { id: result.partIds[0], nativeId: "1", status: "SUCCESS" },
    ]);
    expect(lines[0]?.quantities).toMatchObject({ fulfilled: 2, fulfillable: 1 });
    await poll([shop.show(nativeId)]);
    expect((await document()).fulfillments.map((row) => row.id)).toEqual(result.partIds);
    const made = (await events()).filter((event) => event.type === "FULFILLMENT_CREATED");
    expect(made).toMatchObject([{ causedBy: result.command }]);
    expect(await reserved()).toEqual([]);
  });

  it("goes to one of two callers who both want the last three", async () => {
    const wish = await ship(3);
    const results = await Promise.all([
      submit(wish, { idempotencyKey: "a1" }),
      submit(wish, { idempotencyKey: "a2" }),
    ]);
    expect(results.map((result) => result.errors[0]?.code).sort()).toEqual([
      "QUANTITY_EXCEEDS_FULFILLABLE",
      undefined,
    ]);
    expect(results.flatMap((result) => result.errors)).toMatchObject([
      { kind: "QuantityError", requested: 3, available: 0 },
    ]);
    expect(shop.sent).toHaveLength(1);
  });

  it("is one command however many callers bring the same key at once", async () => {
    const wish = await ship(1);
    const results = await Promise.all(
      Array.from({ length: 12 }, () => submit(wish, { idempotencyKey: "same" })),
    );
    expect(new Set(results.map((result) => result.command)).size).toBe(1);
    expect(results.filter((result) => !result.replayed)).toHaveLength(1);
    expect(shop.sent).toHaveLength(1);
    const other = await submit(await ship(2), { idempotencyKey: "same" });
    expect(other.errors).toMatchObject([
      { code: "IDEMPOTENCY_KEY_REUSED", originalCommandId: results[0]?.command },
    ]);
  });

  it("claims no key and changes nothing in a dry run", async () => {
    const before = await document();
    const dry = await submit(await ship(1), { dryRun: true, idempotencyKey: "dry" });
    expect(dry).toMatchObject({ command: null, preview: { steps: ["ship"] }, errors: [] });
    expect(await document()).toEqual(before);
    expect((await submit(await ship(2), { idempotencyKey: "dry" })).errors).toEqual([]);
  });

  it("names every part of the input that cannot be", async () => {
    const wish = await ship(9, {
      locationId: "loc_x",
      packages: [
        { tracking: { number: " ", carrier: null, carrierCode: null, url: null }, lines: [] },
      ],
    });
    const { errors } = await submit(wish);
    expect(errors.map((error) => error.code)).toEqual([
      "QUANTITY_EXCEEDS_FULFILLABLE",
      "INVALID_INPUT",
      "NOT_FOUND",
    ]);
    expect(
      (await submit({ type: "ORDER_REFRESH", orderId: mintId("Order") })).errors,
    ).toMatchObject([{ code: "NOT_FOUND" }]);
  });
});

describe("a shop that refuses", () => {
  it("ends the command, gives the quantities back and drops the planned shipment", async () => {
    shop.answers.push(() => refused(false));
    const result = await submit(await ship(2));
    const { row } = await command(result.command);
    expect(row).toMatchObject({ status: "FAILED", errors: [{ code: "CHANNEL_REJECTED" }] });
    expect(await reserved()).toEqual([]);
    expect((await document()).fulfillments).toEqual([]);
  });

  it("is asked again where that may help, and the second try is the same step", async () => {
    shop.answers.push(() => refused(true));
    const result = await submit(await ship(1));
    expect((await command(result.command)).row.status).toBe("SUCCEEDED");
    expect(new Set(shop.sent.map((call) => call.marker)).size).toBe(1);
    expect(shop.shipments).toHaveLength(1);
  });

  it("withdraws what waits behind a step that failed", async () => {
    shop.answers.push(
      (_call, done) => done(),
      () => refused(false),
    );
    const { lines } = await document();
    const parcel = (number: string) => ({
      tracking: { number, carrier: null, carrierCode: null, url: null },
      lines: [{ lineId: lines[0]?.id as string, quantity: 1 }],
    });
    const result = await submit(
      await ship(3, { packages: [parcel("A"), parcel("B"), parcel("C")] }),
    );
    const { row, steps } = await command(result.command);
    expect(row.status).toBe("PARTIALLY_SUCCEEDED");
    expect(steps.map((step) => step.status)).toEqual(["SUCCEEDED", "FAILED", "CANCELED"]);
    expect((await document()).lines[0]?.quantities).toMatchObject({ fulfilled: 1, fulfillable: 2 });
    const again = await commands.retry(viewer, row.id);
    expect(again.errors).toEqual([]);
    await expect.poll(async () => (await command(row.id)).row.status).toBe("SUCCEEDED");
    expect((await document()).lines[0]?.quantities).toMatchObject({ fulfilled: 3, fulfillable: 0 });
  });
});

describe("a shipment of several parcels whose shop is paused on the way", () => {
  it("ends the step under way, sends no other, and goes on when the shop is resumed", async () => {
    const pausing = { db: test.database, recorder, bus };
    shop.answers.push(async (_call, done) => {
      await pauseShop(pausing, viewer, channelId, { reason: null });
      return done();
    });
    const { lines } = await document();
    const parcel = (number: string) => ({
      tracking: { number, carrier: null, carrierCode: null, url: null },
      lines: [{ lineId: lines[0]?.id as string, quantity: 1 }],
    });
    const wish = await ship(2, { packages: [parcel("A"), parcel("B")] });
    const result = await submit(wish, { waitTimeoutMs: 1_500 });
    const statuses = async () => (await command(result.command)).steps.map((step) => step.status);
    expect(await statuses()).toEqual(["SUCCEEDED", "QUEUED"]);
    expect(shop.sent).toHaveLength(1);
    await resumeShop(pausing, viewer, channelId);
    await expect.poll(statuses).toEqual(["SUCCEEDED", "SUCCEEDED"]);
    expect(shop.sent).toHaveLength(2);
  });
});

describe("an outcome nobody knows", () => {
  it("is never sent again, keeps its quantities, and lets the order's other shipments go on", async () => {
    shop.answers.push(() => unknown());
    const first = await submit(await ship(2));
    expect((await command(first.command)).row.status).toBe("NEEDS_ATTENTION");
    expect(await reserved()).toEqual([2]);
    expect((await submit(await ship(2))).errors).toMatchObject([
      { code: "QUANTITY_EXCEEDS_FULFILLABLE", available: 1 },
    ]);
    expect((await command((await submit(await ship(1))).command)).row.status).toBe("SUCCEEDED");
    expect(shop.sent).toHaveLength(2);
    expect((await commands.retry(viewer, first.command as string)).errors).toMatchObject([
      { code: "COMMAND_IN_FLIGHT" },
    ]);
  });

  it("ends well when the channel reports the effect, under the promised id", async () => {
    shop.answers.push((_call, done) => {
      done();
      return unknown();
    });
    const result = await submit(await ship(2));
    expect((await command(result.command)).row.status).toBe("NEEDS_ATTENTION");
    await poll([shop.show(nativeId)]);
    expect((await command(result.command)).row).toMatchObject({ status: "SUCCEEDED", errors: [] });
    expect((await document()).fulfillments.map((row) => row.id)).toEqual(result.partIds);
    expect(await reserved()).toEqual([]);
  });

  it("ends as a person says, and a late report still finds the promised id", async () => {
    shop.answers.push((_call, done) => {
      done();
      return unknown();
    });
    const result = await submit(await ship(1));
    const id = result.command as string;
    expect(
      (await commands.resolve(viewer, id, { outcome: "DONE", note: "saw it in the shop" })).errors,
    ).toEqual([]);
    expect((await command(id)).row.status).toBe("SUCCEEDED");
    expect((await document()).lines[0]?.quantities.fulfilled).toBe(1);
    await poll([shop.show(nativeId)]);
    const { fulfillments, lines } = await document();
    expect(fulfillments).toMatchObject([{ id: result.partIds[0], nativeId: "1" }]);
    expect(lines[0]?.quantities.fulfilled).toBe(1);
  });

  it("frees what it held when a person says it did not happen", async () => {
    shop.answers.push(() => unknown());
    const result = await submit(await ship(3));
    await commands.resolve(viewer, result.command as string, {
      outcome: "NOT_DONE",
      note: "nothing in the shop",
    });
    expect((await command(result.command)).row.status).toBe("FAILED");
    expect((await command((await submit(await ship(3))).command)).row.status).toBe("SUCCEEDED");
  });

  it("is what becomes of a step whose worker vanished on the way", async () => {
    let sending = () => {};
    const sent = new Promise<void>((resolve) => {
      sending = resolve;
    });
    shop.answers.push(({ signal }) => {
      sending();
      return new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(unknown()));
      });
    });
    const result = await submit(await ship(1), { waitUntil: "ACCEPTED" });
    await sent;
    // The lease of a vanished worker runs out: no renewal reaches it.
    await test.database.asSystem((tx) =>
      tx.execute(
        "update commands set lease_owner = 'gone', lease_until = now() - interval '1 second' where status = 'IN_FLIGHT'",
      ),
    );
    await expect
      .poll(async () => (await command(result.command)).row.status)
      .toBe("NEEDS_ATTENTION");
    expect(shop.sent).toHaveLength(1);
  });
});

describe("what cannot be meant", () => {
  it("is told apart from what is shipped already: no lines named", async () => {
    const { errors } = await submit(await ship(1, { lines: [] }));
    expect(errors).toMatchObject([{ code: "INVALID_INPUT", path: ["input", "lines"] }]);
  });
});

describe("other writes", () => {
  it("cancels a shipment and gives its goods back", async () => {
    const made = await submit(await ship(2));
    const id = made.partIds[0] as string;
    const result = await submit({ type: "FULFILLMENT_CANCEL", fulfillmentId: id, reason: null });
    expect((await command(result.command)).row.status).toBe("SUCCEEDED");
    expect((await document()).lines[0]?.quantities).toMatchObject({ fulfilled: 0, fulfillable: 3 });
    expect(
      (await submit({ type: "FULFILLMENT_CANCEL", fulfillmentId: id, reason: null })).errors,
    ).toMatchObject([{ code: "ALREADY_IN_STATE" }]);
  });

  it("refuses to cancel single lines, and sends nothing", async () => {
    const wish = { type: "ORDER_CANCEL" as const, orderId, reason: "changed mind", restock: true };
    const { errors } = await submit({ ...wish, lines: [], refund: false });
    expect(errors).toMatchObject([
      { kind: "CapabilityError", code: "CAPABILITY_NOT_SUPPORTED", path: ["input", "lines"] },
    ]);
    expect(shop.sent).toEqual([]);
    expect((await submit({ ...wish, lines: null, refund: false })).errors).toEqual([]);
  });

  it("keeps a canceled shipment in sight, also where the shop forgets it", async () => {
    const made = await submit(await ship(2));
    const id = made.partIds[0] as string;
    shop.answers.push((call) => {
      shop.shipments.length = 0;
      return {
        kind: "done",
        snapshot: shop.show(call.order.nativeId),
        nativeId: null,
        httpStatus: 200,
      };
    });
    await submit({ type: "FULFILLMENT_CANCEL", fulfillmentId: id, reason: null });
    const { fulfillments, lines } = await document();
    expect(fulfillments).toMatchObject([{ id, status: "CANCELED" }]);
    expect(lines[0]?.quantities).toMatchObject({ fulfilled: 0, fulfillable: 3 });
    const told = (await events()).map((event) => event.type);
    expect(told).toContain("FULFILLMENT_CANCELED");
    expect(told).not.toContain("FULFILLMENT_REMOVED");
  });

  it("refuses a write whose caller looked at an order that changed since, but not for tags or scans", async () => {
    const { version } = await poll();
    const tagged = snapshot(nativeId, 1);
    if (tagged.head) tagged.head.value.tags = ["vip"];
    await poll([tagged]);
    expect((await submit(await ship(1), { expectedVersion: version })).errors).toEqual([]);
    const stale = await submit(await ship(1), { expectedVersion: version });
    expect(stale.errors).toMatchObject([{ kind: "StaleVersionError", code: "STALE_VERSION" }]);
  });

  it("does not send what still waits at its deadline", async () => {
    await worker.stop();
    const result = await submit(await ship(1), {
      waitUntil: "ACCEPTED",
      deadline: new Date(Date.now() + 30).toISOString(),
    });
    await expect.poll(() => Date.now(), { interval: 10 }).toBeGreaterThan(Date.now() + 40);
    worker = work();
    await expect.poll(async () => (await command(result.command)).row.status).toBe("CANCELED");
    expect(shop.sent).toEqual([]);
    expect((await document()).fulfillments).toEqual([]);
  });

  it("can be withdrawn while it waits, not after", async () => {
    await worker.stop();
    const waiting = await submit(await ship(1), { waitUntil: "ACCEPTED" });
    expect((await commands.cancel(viewer, waiting.command as string)).errors).toEqual([]);
    expect((await command(waiting.command)).row.status).toBe("CANCELED");
    worker = work();
    expect((await commands.cancel(viewer, waiting.command as string)).errors).toMatchObject([
      { code: "ALREADY_IN_STATE" },
    ]);
  });

  it("shows a key that is limited to other channels nothing", async () => {
    const stranger = { ...viewer, channelIds: [mintId("Channel")] };
    expect((await submit(await ship(1), {}, stranger)).errors).toMatchObject([
      { code: "NOT_FOUND" },
    ]);
    expect((await commands.cancel(stranger, mintId("Command"))).command).toBeNull();
  });
});
