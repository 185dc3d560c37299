import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ChannelError } from "../../src/domain/errors.js";
import { channels, refreshes, sweeps } from "../../src/store/tables.js";
import { type FakeShop, refusedKey, tooMany } from "./fake-shop.js";
import { createWorld, eventually, gate, tenantId, type World } from "./world.js";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterEach(() => world.stopAll());
afterAll(() => world.end());

const HOUR_MS = 3_600_000;
/** Nothing but sweeps, and all that they find counts. */
const QUIET = { sweepPatienceMs: -HOUR_MS, sweepEveryMs: HOUR_MS };

/** A channel whose orders came in with a first sweep, and which nobody polls. */
async function sweptShop(...nativeIds: string[]): Promise<{ channelId: string; shop: FakeShop }> {
  const connected = await world.connect();
  connected.shop.change(...nativeIds);
  await due(connected.channelId);
  world.run(QUIET);
  await lastSweep(connected.channelId);
  await world.stopAll();
  connected.shop.reads.length = 0;
  return connected;
}

/** Makes a sweep due, and no poll. */
function due(channelId: string): Promise<unknown> {
  const set = { nextSweepAt: new Date(0), nextPollAt: new Date(Date.now() + HOUR_MS) };
  return world.db.asSystem((tx) => tx.update(channels).set(set).where(eq(channels.id, channelId)));
}

function sweepsOf(channelId: string) {
  return world.db.asSystem((tx) =>
    tx.select().from(sweeps).where(eq(sweeps.channelId, channelId)).orderBy(sweeps.startedAt),
  );
}

/** The sweep that ended last, when so many have. */
function lastSweep(channelId: string, count = 1) {
  return eventually(async () => {
    const all = await sweepsOf(channelId);
    const ended = all.filter(({ finishedAt }) => finishedAt !== null);
    expect(ended).toHaveLength(count);
    return ended.at(-1);
  });
}

async function sweepAgain(channelId: string) {
  const before = (await sweepsOf(channelId)).length;
  await due(channelId);
  world.run(QUIET);
  const swept = await lastSweep(channelId, before + 1);
  await world.stopAll();
  return swept;
}

async function repairedIn(channelId: string) {
  const all = await world.events(channelId);
  return all.filter(({ type }) => type === "SYNC_REPAIRED");
}

describe("a sweep", () => {
  test("reads an order that neither webhook nor poll had brought, and tells that it is repaired", async () => {
    const { channelId, shop } = await sweptShop("1", "2");
    shop.change("3");

    const swept = await sweepAgain(channelId);

    expect(swept).toMatchObject({ looked: 3, missed: 1, repaired: 1, error: null });
    expect(shop.reads).toEqual(["3"]);
    const orders = await world.orders(channelId);
    const third = orders.find(({ nativeId }) => nativeId === "3");
    const told = (await repairedIn(channelId)).at(-1);
    expect(told).toMatchObject({ orderId: third?.id, subjectId: third?.id, source: "RECONCILE" });
  });

  test("finds what changed without a time of change, with the changes that the order's own events tell", async () => {
    const { channelId, shop } = await sweptShop("1", "2");
    shop.changeUntold("2");

    expect(await sweepAgain(channelId)).toMatchObject({ looked: 2, missed: 1, repaired: 1 });

    const events = await world.events(channelId);
    const told = events.at(-1);
    const own = events.at(-2);
    expect(told).toMatchObject({ type: "SYNC_REPAIRED", orderVersion: 2 });
    expect(own).toMatchObject({ type: "ORDER_UPDATED", orderVersion: 2, source: "RECONCILE" });
    expect(told?.changes).toEqual(own?.changes);
    expect(told?.changes.map(({ path }) => path)).toEqual(["tags"]);
  });

  test("finds that an order was deleted for good", async () => {
    const { channelId, shop } = await sweptShop("1", "2");
    shop.orders.delete("1");

    expect(await sweepAgain(channelId)).toMatchObject({ looked: 2, missed: 1, repaired: 1 });

    const [first, second] = await world.orders(channelId);
    expect(first?.deletedAt).not.toBeNull();
    expect(second?.deletedAt).toBeNull();
  });

  test("finds nothing a second time, and reads nothing for that", async () => {
    const { channelId, shop } = await sweptShop("1", "2");
    shop.change("3");
    shop.orders.delete("1");
    await sweepAgain(channelId);
    shop.reads.length = 0;

    expect(await sweepAgain(channelId)).toMatchObject({ looked: 2, missed: 0, repaired: 0 });
    expect(shop.reads).toEqual([]);
  });

  test("does not count an order that a poll had brought, though it never saw it like this", async () => {
    const { channelId, shop } = await world.connect();
    shop.change("1", "2");
    world.run({ firstSweepAfterMs: HOUR_MS });
    await eventually(async () => expect(await world.orders(channelId)).toHaveLength(2));
    await world.stopAll();

    expect(await sweepAgain(channelId)).toMatchObject({ looked: 2, missed: 0, repaired: 0 });
    expect(shop.reads.toSorted()).toEqual(["1", "2"]);
    expect(await repairedIn(channelId)).toEqual([]);
  });

  test("does not count an order that a webhook brings while the sweep reads it", async () => {
    const { channelId, shop } = await sweptShop("1");
    shop.changeUntold("1");
    shop.beforeRead = async () => {
      const snapshot = shop.snapshotOf("1");
      if (!snapshot) throw new Error("it is there");
      const actor = { kind: "CHANNEL", id: channelId, name: null } as const;
      const origin = { source: "WEBHOOK", actor, channelId, now: new Date() } as const;
      await world.recorder.transact(tenantId, (scope) => scope.record(origin, [snapshot]));
    };

    expect(await sweepAgain(channelId)).toMatchObject({ looked: 1, missed: 0, repaired: 0 });
    const [order] = await world.orders(channelId);
    expect(order?.version).toBe(2);
  });

  test("leaves an order to the read that a webhook has asked for", async () => {
    const { channelId, shop } = await sweptShop("1");
    shop.change("1");
    await world.db.asSystem((tx) =>
      tx.insert(refreshes).values({
        ...{ tenantId, channelId, nativeId: "1", priority: 1, source: "WEBHOOK" },
        dueAt: new Date(Date.now() + HOUR_MS),
      }),
    );

    expect(await sweepAgain(channelId)).toMatchObject({ looked: 1, missed: 0, repaired: 0 });
    expect(shop.reads).toEqual([]);
  });

  test("takes in what has just changed without counting it, since webhooks may still bring it", async () => {
    const { channelId, shop } = await sweptShop("1");
    shop.change("1");
    await due(channelId);
    world.run({ sweepPatienceMs: HOUR_MS });

    expect(await lastSweep(channelId, 2)).toMatchObject({ missed: 0, repaired: 0 });
    const [order] = await world.orders(channelId);
    expect(order?.version).toBe(2);
  });

  test("looks at orders that were placed in the window only", async () => {
    const { channelId, shop } = await sweptShop("1");
    shop.change("old");
    const old = shop.orders.get("old");
    if (old) old.placedAt = new Date(Date.now() - 31 * 24 * HOUR_MS);

    expect(await sweepAgain(channelId)).toMatchObject({ looked: 1, missed: 0 });
    const [first] = shop.surveys.slice(-1);
    const days = ((first?.to.getTime() ?? 0) - (first?.from.getTime() ?? 0)) / (24 * HOUR_MS);
    expect(days).toBe(30);
  });

  test("begins some time after the backfill, and again a day after it ended", async () => {
    const { channelId, shop } = await world.connect({ backfilled: false });
    shop.change("1");
    world.run({ firstSweepAfterMs: 40, sweepEveryMs: HOUR_MS, sweepPatienceMs: 0 });

    const swept = await lastSweep(channelId);

    expect(swept).toMatchObject({ looked: 1, missed: 0 });
    const { nextSweepAt } = await world.row(channelId);
    expect(nextSweepAt?.getTime()).toBe((swept?.finishedAt?.getTime() ?? 0) + HOUR_MS);
  });
});

describe("a sweep that breaks off", () => {
  test("goes on with the page after the last, in another process too", async () => {
    const { channelId, shop } = await sweptShop("1", "2", "3", "4");
    shop.pageSize = 2;
    for (const nativeId of ["1", "4"]) shop.changeUntold(nativeId);
    const reached = gate();
    shop.beforeSurvey = (window, page) => {
      if (window.cursor || page === 0) return;
      reached.open();
      return new Promise((_, refuse) =>
        window.signal?.addEventListener("abort", () => refuse(new Error("the process ends"))),
      );
    };
    await due(channelId);
    world.run(QUIET);
    await reached.opened;
    await world.stopAll();
    const begun = (await sweepsOf(channelId)).at(-1);
    expect(begun).toMatchObject({ cursor: "2", looked: 2, missed: 1, finishedAt: null });
    shop.surveys.length = 0;

    world.run(QUIET);

    const swept = await lastSweep(channelId, 2);
    expect(swept).toMatchObject({ id: begun?.id, looked: 4, missed: 2, repaired: 2 });
    expect(shop.surveys.map(({ cursor }) => cursor)).toEqual(["2"]);
    expect(shop.reads).toEqual(["1", "4"]);
  });

  test("does not count again what it had found when the page comes a second time", async () => {
    const { channelId, shop } = await sweptShop("1", "2", "3");
    for (const nativeId of ["1", "2", "3"]) shop.changeUntold(nativeId);
    let reads = 0;
    shop.beforeRead = () => {
      reads += 1;
      if (reads === 3) throw tooMany(5);
    };

    const swept = await sweepAgain(channelId);

    expect(swept).toMatchObject({ looked: 3, missed: 3, repaired: 3, failures: 0, error: null });
    expect(shop.reads.toSorted()).toEqual(["1", "2", "3", "3"]);
  });

  test("begins its list anew where the shop has forgotten the cursor", async () => {
    const { channelId, shop } = await sweptShop("1", "2");
    shop.pageSize = 1;
    let forgotten = false;
    shop.beforeSurvey = (_window, page) => {
      if (forgotten || page === 0) return;
      forgotten = true;
      throw new ChannelError("CURSOR_EXPIRED", "the shop knows this page no more");
    };

    expect(await sweepAgain(channelId)).toMatchObject({ looked: 2, missed: 0, error: null });
    expect(shop.surveys.slice(-2).map(({ cursor }) => cursor)).toEqual([undefined, undefined]);
  });

  test("is given up where only a person can help, and says why", async () => {
    const { channelId, shop } = await sweptShop("1");
    shop.beforeSurvey = () => {
      throw refusedKey();
    };

    const swept = await sweepAgain(channelId);

    expect(swept?.error).toMatch(/key was refused/);
    expect((await world.row(channelId)).health).toBe("HEALTHY");
  });
});

test("an order that cannot be read is missed, not repaired, and read again by itself", async () => {
  const { channelId, shop } = await sweptShop("1", "2");
  shop.changeUntold("1");
  shop.beforeRead = () => {
    throw new Error("its shape is new to us");
  };

  expect(await sweepAgain(channelId)).toMatchObject({ looked: 2, missed: 1, repaired: 0 });
  const [waiting] = await world.rows(refreshes, channelId);
  expect(waiting).toMatchObject({ nativeId: "1", source: "RECONCILE" });

  shop.beforeRead = () => {};
  world.run(QUIET);
  await eventually(async () => {
    const [first] = await world.orders(channelId);
    expect(first?.version).toBe(2);
  });
});
