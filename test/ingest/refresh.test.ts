import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Receipt } from "../../src/domain/channel.js";
import { GIVE_UP_AFTER, refreshOrder } from "../../src/ingest/refresh.js";
import { type Refresher, startRefresher } from "../../src/ingest/refresher.js";
import { createTallies } from "../../src/ingest/tally.js";
import { createWebhookReceiver } from "../../src/ingest/webhook.js";
import { askRefresh, claimRefreshes, type Refresh } from "../../src/store/refreshes.js";
import { deadLetters, refreshes } from "../../src/store/tables.js";
import { silent } from "../support/log.js";
import { down, type FakeShop, refusedKey, tooMany } from "./fake-shop.js";
import { createWorld, eventually, gate, tenantId, type World } from "./world.js";

let world: World;
let channelId: string;
let shop: FakeShop;
let refresher: Refresher | undefined;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.end());
beforeEach(async () => {
  ({ channelId, shop } = await world.connect());
});
afterEach(async () => {
  await refresher?.stop();
  refresher = undefined;
});

function start(options: Partial<Parameters<typeof startRefresher>[0]> = {}): void {
  refresher = startRefresher({ ...world, idleMs: 10, cooldownMs: 20, ...options });
  world.bus.listen("refreshes", refresher.wake);
}
async function ask(nativeIds: string[], priority: 0 | 1 | 2 = 1): Promise<void> {
  await world.db.forTenant(tenantId, (tx) =>
    askRefresh(tx, {
      tenantId,
      channelId,
      nativeIds,
      priority,
      source: "WEBHOOK",
      dueAt: new Date(),
    }),
  );
  refresher?.wake();
}
const waiting = () => world.rows(refreshes, channelId);
const done = () => eventually(async () => expect(await waiting()).toEqual([]));
/** One claim, read to its end, without a worker around it. */
async function readOnce(now = new Date(Date.now() + 1_000)): Promise<{ quietMs: number }> {
  const claimed = await world.db.asSystem((tx) =>
    claimRefreshes(tx, { now, leaseMs: 60_000, perChannel: 1, taken: new Map() }),
  );
  const refresh = claimed.find((row) => row.channelId === channelId) as Refresh;
  return refreshOrder({ ...world, now: () => now }, refresh, new AbortController().signal);
}

describe("An order that was asked for", () => {
  it("is read, recorded and asked for no more", async () => {
    shop.change("a");
    start();
    await ask(["a"]);
    await done();
    expect(shop.reads).toEqual(["a"]);
    expect(await world.orders(channelId)).toMatchObject([
      { nativeId: "a", observedSource: "WEBHOOK" },
    ]);
  });

  it("is recorded as deleted when the shop has it no more", async () => {
    shop.change("a");
    start();
    await ask(["a"]);
    await done();
    shop.orders.delete("a");
    await ask(["a"]);
    await done();
    const [order] = await world.orders(channelId);
    expect(order?.deletedAt).toBeInstanceOf(Date);
    expect((await world.events(channelId)).map(({ type }) => type)).toContain("ORDER_DELETED");
  });

  it("is nothing when the shop never had it", async () => {
    start();
    await ask(["ghost"]);
    await done();
    expect(await world.orders(channelId)).toEqual([]);
  });

  it("is read once more when it was asked for during the read", async () => {
    shop.change("a");
    let asks = 0;
    shop.beforeRead = async () => {
      if (asks++ === 0) await ask(["a"]);
    };
    start();
    await ask(["a"]);
    await done();
    expect(shop.reads).toEqual(["a", "a"]);
  });

  it("comes before others where a person waits for it", async () => {
    shop.change("sweep", "news", "person");
    await ask(["sweep"], 2);
    await ask(["news"], 1);
    await ask(["person"], 0);
    start({ perChannel: 1 });
    await done();
    expect(shop.reads).toEqual(["person", "news", "sweep"]);
  });
});

describe("A storm of webhooks", () => {
  it("of 5,000 for 50 orders is a small number of reads, and every order ends as the shop has it", async () => {
    shop.receive = ({ id = "", n = "" }): Receipt => ({
      kind: "hint",
      topic: "orders/updated",
      dedupeKey: n,
      ref: { nativeId: id },
    });
    const tallies = createTallies({ db: world.db, log: silent });
    const receive = createWebhookReceiver({ ...world, tallies });
    const ids = Array.from({ length: 50 }, (_, i) => `o${i}`);
    start({ cooldownMs: 1_000 });
    const send = async (n: number) => {
      const id = ids[n % 50] as string;
      shop.change(id);
      const body = Buffer.from(JSON.stringify({ id, n: String(n) }));
      const answer = await receive(channelId, { headers: { signature: "good" }, body });
      expect(answer.status).toBe(200);
    };
    const startedAt = performance.now();
    for (let n = 0; n < 5_000; n += 50)
      await Promise.all(Array.from({ length: 50 }, (_, i) => send(n + i)));
    const tookMs = performance.now() - startedAt;
    await done();
    console.info(
      `5,000 webhooks of 50 orders in ${Math.round(tookMs)} ms: ${shop.reads.length} reads`,
    );
    // At most one read of an order in a second, and the first and last of each.
    expect(shop.reads.length).toBeLessThanOrEqual(50 * (Math.ceil(tookMs / 1_000) + 2));
    expect(shop.reads.length).toBeLessThan(1_000);
    const orders = await world.orders(channelId);
    expect(orders).toHaveLength(50);
    for (const order of orders)
      expect(order.head.tags).toEqual([shop.orders.get(order.nativeId)?.note]);
  }, 60_000);
});

describe("Reads", () => {
  it("of one channel run no more at once than it has places, while others go on", async () => {
    const other = await world.connect();
    other.shop.change("free");
    let running = 0;
    let most = 0;
    const door = gate();
    const full = gate();
    shop.beforeRead = async () => {
      most = Math.max(most, ++running);
      if (running === 3) full.open();
      await door.opened;
      running -= 1;
    };
    const ids = Array.from({ length: 10 }, (_, i) => `o${i}`);
    shop.change(...ids);
    start({ perChannel: 3 });
    await ask(ids);
    await full.opened;
    const mine = channelId;
    channelId = other.channelId;
    await ask(["free"]);
    await done();
    expect(other.shop.reads).toEqual(["free"]);
    channelId = mine;
    door.open();
    await done();
    expect(most).toBe(3);
    expect(shop.reads).toHaveLength(10);
  });

  it("are shared by two processes, each order read by one", async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `o${i}`);
    shop.change(...ids);
    await ask(ids);
    start();
    const second = startRefresher({ ...world, idleMs: 10 });
    await done();
    await second.stop();
    expect(shop.reads.toSorted()).toEqual(ids.toSorted());
  });

  it("that a process left behind are read by another once the lease is over", async () => {
    shop.change("a");
    await ask(["a"]);
    const now = new Date();
    const claim = (at: Date) =>
      world.db.asSystem((tx) =>
        claimRefreshes(tx, { now: at, leaseMs: 60_000, perChannel: 4, taken: new Map() }),
      );
    expect(await claim(now)).toHaveLength(1);
    expect(await claim(new Date(now.getTime() + 59_000))).toHaveLength(0);
    expect(await claim(new Date(now.getTime() + 61_000))).toMatchObject([{ nativeId: "a" }]);
  });

  it("under way when the process stops are given back at once", async () => {
    shop.change("a");
    const reading = gate();
    const door = gate();
    shop.beforeRead = () => {
      reading.open();
      return door.opened;
    };
    start();
    await ask(["a"]);
    await reading.opened;
    const stopped = refresher?.stop();
    door.open();
    await stopped;
    expect(await waiting()).toMatchObject([{ nativeId: "a", leaseUntil: null, attempts: 0 }]);
    expect(await world.orders(channelId)).toEqual([]);
  });
});

describe("A read that fails", () => {
  const now = new Date(Date.now() + 3_600_000);

  it("waits longer each time, and degrades the channel after three", async () => {
    shop.beforeRead = () => {
      throw down();
    };
    await ask(["a"]);
    let at = now;
    const delays: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt++) {
      at = new Date(at.getTime() + 3_600_000);
      await readOnce(at);
      const [row] = await waiting();
      expect(row).toMatchObject({ attempts: attempt, leaseUntil: null });
      delays.push((row?.dueAt.getTime() ?? 0) - at.getTime());
      expect((await world.row(channelId)).health).toBe(attempt < 3 ? "HEALTHY" : "DEGRADED");
    }
    delays.forEach((delay, i) => {
      expect(delay).toBeGreaterThanOrEqual(500 * 2 ** i);
      expect(delay).toBeLessThanOrEqual(1000 * 2 ** i);
    });
    expect((await world.row(channelId)).problem).toMatchObject({
      code: "CHANNEL_UNAVAILABLE",
      message: "the shop answered 503",
    });
  });

  it("waits as long as the shop asks, and leaves the whole channel in peace", async () => {
    shop.beforeRead = () => {
      throw tooMany(90_000);
    };
    await ask(["a"]);
    expect(await readOnce(now)).toEqual({ quietMs: 90_000 });
    const [row] = await waiting();
    expect(row?.dueAt.getTime()).toBe(now.getTime() + 90_000);
    expect(row?.attempts).toBe(0);
    expect((await world.row(channelId)).health).toBe("HEALTHY");
  });

  it("is not tried on other orders of a channel that asked for peace", async () => {
    shop.beforeRead = () => {
      throw tooMany(60_000);
    };
    start({ perChannel: 1 });
    await ask(["a", "b", "c"]);
    await eventually(() => expect(shop.reads).toHaveLength(1));
    await ask(["d"]);
    await eventually(async () => {
      const rows = await waiting();
      expect(rows.filter(({ dueAt }) => dueAt.getTime() > Date.now() + 30_000)).toHaveLength(1);
      expect(rows).toHaveLength(4);
    });
    expect(shop.reads).toHaveLength(1);
  });

  it("says at once that a person must act when the key was refused", async () => {
    shop.beforeRead = () => {
      throw refusedKey();
    };
    await ask(["a"]);
    await readOnce();
    const row = await world.row(channelId);
    expect(row.health).toBe("AUTH_REQUIRED");
    expect(row.problem).toMatchObject({
      message: expect.stringMatching(/give it read permission/),
    });
    expect(await world.events(channelId)).toMatchObject([{ type: "CHANNEL_HEALTH_CHANGED" }]);
    expect(await waiting()).toHaveLength(1);
  });

  it("becomes a dead letter when only this order cannot be read, and the channel stays well", async () => {
    shop.beforeRead = () => {
      throw new TypeError("line_items is no list");
    };
    await ask(["poison"]);
    for (let attempt = 1; attempt <= GIVE_UP_AFTER; attempt++)
      await readOnce(new Date(now.getTime() + attempt * 3_600_000));
    expect(await waiting()).toEqual([]);
    expect(await world.rows(deadLetters, channelId)).toMatchObject([
      { reason: "order poison could not be read: line_items is no list" },
    ]);
    expect((await world.row(channelId)).health).toBe("HEALTHY");
  });

  it("does not go faster for further news, but for a person", async () => {
    shop.beforeRead = () => {
      throw down();
    };
    await ask(["a"]);
    await readOnce(new Date(now.getTime() + 3_600_000));
    const [failed] = await waiting();
    await ask(["a"], 1);
    expect((await waiting())[0]?.dueAt).toEqual(failed?.dueAt);
    await ask(["a"], 0);
    expect((await waiting())[0]?.dueAt.getTime()).toBeLessThanOrEqual(Date.now());
  });
});
