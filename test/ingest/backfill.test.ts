import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ChannelError } from "../../src/domain/errors.js";
import type { BackfillProgress } from "../../src/ingest/backfill.js";
import { leaseChannels } from "../../src/store/channel-sync.js";
import { deadLetters, orders } from "../../src/store/tables.js";
import { down, type FakeShop } from "./fake-shop.js";
import { createWorld, eventually, gate, type World } from "./world.js";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterEach(() => world.stopAll());
afterAll(() => world?.end());

/** Not backfilled, and polls are to see nothing of it. */
const fresh = () =>
  world.connect({ backfilled: false, polledTo: new Date(Date.now() + 3_600_000) });
const orderIds = (count: number) =>
  Array.from({ length: count }, (_, i) => `o${String(i).padStart(3, "0")}`);
const completed = (channelId: string) =>
  eventually(async () => expect((await world.row(channelId)).backfillStatus).toBe("COMPLETED"));
const backfills = (shop: FakeShop) => shop.pulls.filter(({ from }) => from === undefined);

describe("A backfill", () => {
  it("brings in everything, newest first, and says how far it is", async () => {
    const { channelId, shop } = await fresh();
    shop.change(...orderIds(25));
    const told: BackfillProgress[] = [];
    const ingest = world.run({ onProgress: (progress) => told.push(progress) });
    await completed(channelId);
    await ingest.stop();
    expect(await world.orders(channelId)).toHaveLength(25);
    expect(told.map(({ imported, completed }) => [imported, completed])).toEqual([
      [10, false],
      [20, false],
      [25, false],
      [25, true],
    ]);
    expect(told[0]).toMatchObject({ channelId, name: "Test shop", estimatedTotal: 25 });
    const row = await world.row(channelId);
    expect(row).toMatchObject({
      backfillImported: 25,
      backfillEstimatedTotal: 25,
      backfillCursor: null,
    });
    expect(row.firstPageAt).toBeInstanceOf(Date);
    expect(row.backfillStartedAt).toBeInstanceOf(Date);
    const events = await world.events(channelId);
    expect(new Set(events.map(({ type, source }) => `${type} ${source}`))).toEqual(
      new Set(["ORDER_IMPORTED BACKFILL"]),
    );
    expect(events).toHaveLength(25);
  });

  it("goes on with the page after the last when its process died in between", async () => {
    const { channelId, shop } = await fresh();
    shop.change(...orderIds(30));
    const died = gate();
    const resurrection = gate();
    shop.beforePage = ({ from }, page) => {
      if (from !== undefined || page < 2) return;
      died.open();
      return resurrection.opened;
    };
    // It hangs, renews nothing and gives nothing back, as a process that is gone: only its lease tells.
    const leaseMs = 400;
    world.run({ leaseMs, idleMs: 3_600_000 });
    await died.opened;
    expect(await world.row(channelId)).toMatchObject({
      backfillStatus: "RUNNING",
      backfillCursor: "20",
      backfillImported: 20,
    });
    shop.beforePage = () => {};
    const heir = world.run({ leaseMs });
    await completed(channelId);
    await heir.stop();
    expect(backfills(shop).map(({ cursor }) => cursor)).toEqual([undefined, "20"]);
    expect((await world.row(channelId)).backfillImported).toBe(30);
    expect(await world.orders(channelId)).toHaveLength(30);
    resurrection.open();
  });

  it("writes a page and its cursor together or not at all", async () => {
    const { channelId, shop } = await fresh();
    shop.change(...orderIds(20));
    let writes = 0;
    const ingest = world.run({
      recorder: {
        transact: (tenantId, work) =>
          world.recorder.transact(tenantId, async (scope) => {
            const value = await work(scope);
            // The second page fails after its rows were written and before they are committed.
            const isOurs = eq(orders.channelId, channelId);
            if ((await scope.tx.$count(orders, isOurs)) === 20) {
              writes += 1;
              if (writes === 1) throw new Error("the machine lost power");
            }
            return value;
          }),
      },
    });
    await eventually(() => expect(writes).toBe(1));
    expect(await world.row(channelId)).toMatchObject({ backfillCursor: "10" });
    await completed(channelId);
    await ingest.stop();
    expect((await world.row(channelId)).backfillImported).toBe(20);
  });

  it("keeps what cannot be translated as dead letters and goes on", async () => {
    const { channelId, shop } = await fresh();
    shop.change(...orderIds(12));
    shop.unreadable = [
      { ref: { nativeId: "77" }, reason: "total is no number", body: { id: 77, total: "?" } },
      { ref: null, reason: "not an order", body: "<html>\0</html>" },
    ];
    const ingest = world.run();
    await completed(channelId);
    await ingest.stop();
    expect(await world.orders(channelId)).toHaveLength(12);
    const letters = await world.rows(deadLetters, channelId);
    const reasons = letters.map(({ reason }) => reason).toSorted();
    expect(reasons).toEqual(["not an order", "order 77: total is no number"]);
    expect(letters.find(({ reason }) => reason.includes("77"))?.body).toBe('{"id":77,"total":"?"}');
  });

  it("begins again when the shop forgot its cursor", async () => {
    const { channelId, shop } = await fresh();
    shop.change(...orderIds(30));
    let refused = false;
    shop.beforePage = ({ from, cursor }, page) => {
      if (from === undefined && cursor === undefined && page === 2 && !refused) throw down();
      if (cursor === "20" && !refused) {
        refused = true;
        throw new ChannelError("CURSOR_EXPIRED", "the shop does not know this cursor any more");
      }
    };
    const ingest = world.run();
    await completed(channelId);
    await ingest.stop();
    expect(backfills(shop).map(({ cursor }) => cursor)).toEqual([undefined, "20", undefined]);
    expect((await world.row(channelId)).backfillImported).toBe(30);
  });

  it("waits after a failure and then goes on from its cursor", async () => {
    const { channelId, shop } = await fresh();
    shop.change(...orderIds(20));
    let failures = 0;
    shop.beforePage = ({ from }, page) => {
      if (from === undefined && page === 1 && failures++ === 0) throw down();
    };
    const ingest = world.run();
    await completed(channelId);
    await ingest.stop();
    expect(backfills(shop).map(({ cursor }) => cursor)).toEqual([undefined, "10"]);
  });

  it("does not hold up polls of the same channel, which begin after its first page", async () => {
    const { channelId, shop } = await world.connect({ backfilled: false });
    shop.pageSize = 1;
    shop.change("old", "older");
    const door = gate();
    shop.beforePage = ({ from }, page) =>
      from === undefined && page === 1 ? door.opened : undefined;
    const ingest = world.run({ pollEveryMs: 20 });
    await eventually(async () => expect((await world.row(channelId)).lastPollAt).not.toBeNull());
    expect(shop.pulls[0]?.from).toBeUndefined();
    shop.change("new");
    await eventually(async () =>
      expect((await world.orders(channelId)).map(({ nativeId }) => nativeId)).toContain("new"),
    );
    expect((await world.row(channelId)).backfillStatus).toBe("RUNNING");
    const [first] = await world.events(channelId);
    expect(first).toMatchObject({ type: "ORDER_IMPORTED", source: "BACKFILL" });
    door.open();
    await completed(channelId);
    await ingest.stop();
  });
});

describe("A channel", () => {
  it("has one process in charge, however many there are", async () => {
    const { channelId, shop } = await fresh();
    shop.change(...orderIds(30));
    const processes = [world.run(), world.run(), world.run()];
    await completed(channelId);
    await Promise.all(processes.map((ingest) => ingest.stop()));
    expect(backfills(shop)).toHaveLength(1);
    expect((await world.row(channelId)).backfillImported).toBe(30);
  });

  it("is free at once when its process stops in good order", async () => {
    const { channelId } = await world.connect();
    const ingest = world.run({ leaseMs: 3_600_000 });
    await eventually(async () => expect((await world.row(channelId)).leaseOwner).not.toBeNull());
    await ingest.stop();
    expect(await world.row(channelId)).toMatchObject({ leaseOwner: null, leaseUntil: null });
    const taken = await world.db.asSystem((tx) => leaseChannels(tx, "another", 1_000));
    expect(taken.map((sync) => sync.channelId)).toContain(channelId);
  });
});
