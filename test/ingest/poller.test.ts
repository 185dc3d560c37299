import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { uninstalled } from "../../src/domain/problem.js";
import { reportHealth } from "../../src/ingest/health.js";
import { replaceSealed } from "../../src/store/channels.js";
import { deadLetters } from "../../src/store/tables.js";
import { down, type FakeShop, refusedKey, tooMany } from "./fake-shop.js";
import { createWorld, eventually, tenantId, type World } from "./world.js";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterEach(() => world.stopAll());
afterAll(() => world?.end());

const polls = (shop: FakeShop) => shop.pulls.filter(({ from }) => from !== undefined);
const polled = (shop: FakeShop, times: number) =>
  eventually(() => expect(polls(shop).length).toBeGreaterThanOrEqual(times));
const healthOf = async (channelId: string) => (await world.row(channelId)).health;

describe("A channel whose settings changed", () => {
  it("is polled at once, whatever pause its failures had earned", async () => {
    const { channelId, shop } = await world.connect();
    let failed = 0;
    shop.beforePage = () => {
      failed += 1;
      throw down();
    };
    // Time stands still, so that no pause ever ends by itself.
    const at = new Date();
    const ingest = world.run({ now: () => at });
    await eventually(() => expect(failed).toBe(1));
    shop.beforePage = () => {};
    await world.db.forTenant(tenantId, (tx) =>
      replaceSealed(tx, tenantId, channelId, { from: "", to: "other settings" }),
    );
    world.bus.notify("channels");
    await eventually(async () => expect((await world.row(channelId)).lastPollAt).toEqual(at));
    await ingest.stop();
  });
});

describe("A poll", () => {
  it("brings in what changed, and the next begins a little before the last change that the shop told of", async () => {
    const { channelId, shop } = await world.connect();
    shop.change("a", "b");
    const ingest = world.run({ pollEveryMs: 20, pollOverlapMs: 5_000 });
    await eventually(async () => expect(await world.orders(channelId)).toHaveLength(2));
    const first = polls(shop)[0]?.from;
    expect(first?.getTime()).toBe(Date.UTC(2026, 0, 1) - 5_000);
    await eventually(async () => expect((await world.row(channelId)).lastPollAt).not.toBeNull());
    await ingest.stop();
    const { nextPollAt, lastPollAt } = await world.row(channelId);
    expect(nextPollAt?.getTime()).toBeGreaterThan(lastPollAt?.getTime() ?? Number.NaN);
    expect((await world.events(channelId)).map(({ source }) => source)).toEqual(["POLL", "POLL"]);
  });

  it("makes no news of what it sees again", async () => {
    const { channelId, shop } = await world.connect();
    shop.change("a");
    const ingest = world.run({ pollEveryMs: 10, pollOverlapMs: 365 * 24 * 3_600_000 });
    await polled(shop, 5);
    await ingest.stop();
    expect(await world.events(channelId)).toHaveLength(1);
    expect((await world.orders(channelId))[0]?.version).toBe(1);
  });

  it("follows the shop's clock where that is behind ours", async () => {
    const { channelId, shop } = await world.connect();
    // Ten minutes behind: what it changes now bears a time that lies before our last poll.
    const behind = (nativeId: string) =>
      shop.orders.set(nativeId, {
        nativeId,
        changedAt: new Date(Date.now() - 10 * 60_000),
        note: nativeId,
      });
    behind("first");
    const ingest = world.run({ pollEveryMs: 20, pollOverlapMs: 5_000 });
    await eventually(async () => expect(await world.orders(channelId)).toHaveLength(1));
    const before = polls(shop).length;
    await polled(shop, before + 2);
    behind("second");
    await eventually(async () => expect(await world.orders(channelId)).toHaveLength(2));
    await ingest.stop();
  });

  it("that broke off goes on with its next page, and moves the watermark only when all is in", async () => {
    const { channelId, shop } = await world.connect();
    shop.change(...Array.from({ length: 20 }, (_, i) => `o${i}`));
    const before = (await world.row(channelId)).polledTo;
    let watermarkWhenBroken: Date | null = null;
    let broken = false;
    shop.beforePage = async (_window, page) => {
      if (page !== 1 || broken) return;
      broken = true;
      watermarkWhenBroken = (await world.row(channelId)).polledTo;
      throw down();
    };
    const ingest = world.run();
    await eventually(async () =>
      expect((await world.row(channelId)).polledTo).toEqual(shop.orders.get("o19")?.changedAt),
    );
    await ingest.stop();
    expect(watermarkWhenBroken).toEqual(before);
    expect(polls(shop).map(({ cursor }) => cursor)).toEqual([undefined, "10"]);
    expect(polls(shop)[1]?.from).toEqual(polls(shop)[0]?.from);
    expect(await world.orders(channelId)).toHaveLength(20);
  });

  it("begins anew when the shop does not take the cursor of one that broke off", async () => {
    const { channelId, shop } = await world.connect();
    shop.change(...Array.from({ length: 20 }, (_, i) => `o${i}`));
    shop.beforePage = ({ cursor }, page) => {
      if (cursor === undefined && page === 1 && polls(shop).length === 1) throw down();
      if (cursor !== undefined) throw down();
    };
    const ingest = world.run();
    await eventually(async () => expect((await world.row(channelId)).lastPollAt).not.toBeNull());
    await ingest.stop();
    expect(polls(shop).map(({ cursor }) => cursor)).toEqual([undefined, "10", undefined]);
    expect(await world.orders(channelId)).toHaveLength(20);
  });

  it("keeps an order that cannot be translated once, however often it sees it", async () => {
    const { channelId, shop } = await world.connect();
    shop.unreadable = [{ ref: { nativeId: "7" }, reason: "no total", body: { id: 7 } }];
    const ingest = world.run({ pollEveryMs: 10 });
    await polled(shop, 4);
    await ingest.stop();
    const letters = await world.rows(deadLetters, channelId);
    expect(letters).toHaveLength(1);
    expect(letters[0]?.attempts).toBeGreaterThanOrEqual(3);
  });
});

describe("A shop that fails", () => {
  it("is degraded after three failures, and well again after one success, with one event each", async () => {
    const { channelId, shop } = await world.connect();
    let failing = true;
    shop.beforePage = () => {
      if (failing) throw down();
    };
    const ingest = world.run({ pollEveryMs: 10 });
    await eventually(async () => expect(await healthOf(channelId)).toBe("DEGRADED"));
    expect(polls(shop)).toHaveLength(3);
    expect((await world.row(channelId)).problem).toMatchObject({
      code: "CHANNEL_UNAVAILABLE",
      remedy: expect.stringMatching(/tried again by itself/),
    });
    failing = false;
    await eventually(async () => expect(await healthOf(channelId)).toBe("HEALTHY"));
    await ingest.stop();
    expect((await world.row(channelId)).problem).toBeNull();
    const events = await world.events(channelId);
    expect(events.map(({ type, changes }) => [type, changes])).toEqual([
      ["CHANNEL_HEALTH_CHANGED", [{ path: "sync.health", before: "HEALTHY", after: "DEGRADED" }]],
      ["CHANNEL_HEALTH_CHANGED", [{ path: "sync.health", before: "DEGRADED", after: "HEALTHY" }]],
    ]);
  }, 40_000);

  it("needs a person at once where it refuses the key, and is polled less often", async () => {
    const { channelId, shop } = await world.connect();
    shop.beforePage = () => {
      throw refusedKey();
    };
    const ingest = world.run({ pollEveryMs: 10 });
    await eventually(async () => expect(await healthOf(channelId)).toBe("AUTH_REQUIRED"));
    await ingest.stop();
    expect(polls(shop)).toHaveLength(1);
    expect((await world.row(channelId)).problem).toMatchObject({
      message: "the key was refused; give it read permission",
    });
  });

  it("goes on saying that the app was removed, whatever its key is refused after that", async () => {
    const { channelId, shop } = await world.connect();
    shop.beforePage = () => {
      throw refusedKey();
    };
    const now = new Date();
    await reportHealth(
      world.recorder,
      { tenantId, channelId, source: "WEBHOOK", now },
      uninstalled(now),
    );
    const ingest = world.run();
    await polled(shop, 2);
    await ingest.stop();
    expect((await world.row(channelId)).problem).toEqual(uninstalled(now).problem);
    expect(await world.events(channelId)).toHaveLength(1);
  });

  it("is left in peace for as long as it asks", async () => {
    const { shop } = await world.connect();
    const other = await world.connect();
    shop.beforePage = () => {
      throw tooMany(3_600_000);
    };
    const ingest = world.run({ pollEveryMs: 10 });
    await polled(other.shop, 10);
    await ingest.stop();
    expect(polls(shop)).toHaveLength(1);
  });
});
