import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Receipt } from "../../src/domain/channel.js";
import { mintId } from "../../src/domain/id.js";
import { createTallies, type Tallies } from "../../src/ingest/tally.js";
import { createWebhookReceiver, type ReceiveWebhook } from "../../src/ingest/webhook.js";
import { DatabaseError } from "../../src/store/errors.js";
import { deadLetters, deliveries, refreshes } from "../../src/store/tables.js";
import { silent } from "../support/log.js";
import type { FakeShop } from "./fake-shop.js";
import { createWorld, tenantId, type World } from "./world.js";

let world: World;
let tallies: Tallies;
let receive: ReceiveWebhook;
let channelId: string;
let shop: FakeShop;

beforeAll(async () => {
  world = await createWorld();
  tallies = createTallies({ db: world.db, log: silent });
  receive = createWebhookReceiver({ ...world, tallies });
});
afterAll(() => world?.end());

async function freshShop(): Promise<void> {
  ({ channelId, shop } = await world.connect());
  shop.receive = ({ kind, id = "" }): Receipt => {
    const dedupeKey = `${kind} ${id} ${shop.orders.get(id)?.note}`;
    const snapshot = shop.snapshotOf(id) ?? { ref: { nativeId: id } };
    switch (kind) {
      case "snapshot":
        return { kind, topic: "order.updated", dedupeKey, snapshot, refresh: false };
      case "partial":
        return { kind: "snapshot", topic: "refund", dedupeKey, snapshot, refresh: true };
      case "hint":
        return { kind, topic: "fulfillment", dedupeKey, ref: { nativeId: id } };
      case "uninstalled":
        return { kind, topic: "app.uninstalled", dedupeKey };
      case "unreadable":
        return { kind, topic: "order.updated", dedupeKey, reason: "line_items is no list" };
      case "ping":
        return { kind: "ignored", topic: null, reason: "a ping", store: false };
      case "foreign":
        return { kind: "ignored", topic: "product.updated", reason: "not an order", store: true };
      default:
        throw new Error("translator fell over");
    }
  };
}

const deliver = (body: Record<string, string>, signature = "good", to = channelId) =>
  receive(to, { headers: { signature }, body: Buffer.from(JSON.stringify(body)) });
const inbox = () => world.rows(deliveries, channelId);
const letters = () => world.rows(deadLetters, channelId);
const waiting = () => world.rows(refreshes, channelId);

describe("A webhook", () => {
  beforeAll(freshShop);

  it("that holds an order is recorded and in the inbox when the shop hears 200", async () => {
    shop.change("a");
    expect(await deliver({ kind: "snapshot", id: "a" })).toMatchObject({
      status: 200,
      outcome: "recorded",
    });
    const [order] = await world.orders(channelId);
    expect(order).toMatchObject({ nativeId: "a", version: 1, observedSource: "WEBHOOK" });
    const [delivery] = await inbox();
    expect(delivery).toMatchObject({ outcome: "RECORDED", topic: "order.updated", reason: null });
    expect(delivery?.body?.toString()).toBe('{"kind":"snapshot","id":"a"}');
    const [event] = await world.events(channelId);
    expect(event).toMatchObject({
      type: "ORDER_CREATED",
      source: "WEBHOOK",
      deliveryId: delivery?.id,
      actor: { kind: "CHANNEL" },
    });
    expect(await waiting()).toEqual([]);
  });

  it("that comes again is a duplicate and changes nothing", async () => {
    const before = await world.events(channelId);
    expect(await deliver({ kind: "snapshot", id: "a" })).toMatchObject({
      status: 200,
      outcome: "duplicate",
    });
    expect(await world.events(channelId)).toEqual(before);
    expect(await inbox()).toHaveLength(1);
  });

  it("that comes 20 times at once is taken once", async () => {
    shop.change("twins");
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => deliver({ kind: "snapshot", id: "twins" })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(answers.filter(({ outcome }) => outcome === "recorded")).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === "duplicate")).toHaveLength(19);
    const events = await world.events(channelId);
    expect(events.filter(({ type }) => type === "ORDER_CREATED")).toHaveLength(2);
  });

  it("that comes late, after a newer one, changes nothing", async () => {
    shop.change("late");
    const old = shop.snapshotOf("late");
    shop.change("late");
    await deliver({ kind: "snapshot", id: "late" });
    const usual = shop.receive;
    shop.receive = () => ({
      kind: "snapshot",
      topic: "order.updated",
      dedupeKey: "the older one",
      snapshot: old ?? { ref: { nativeId: "late" } },
      refresh: false,
    });
    expect(await deliver({ kind: "late" })).toMatchObject({ outcome: "recorded" });
    shop.receive = usual;
    const order = (await world.orders(channelId)).find(({ nativeId }) => nativeId === "late");
    expect(order?.version).toBe(1);
    expect(order?.head.tags).toEqual([shop.orders.get("late")?.note]);
  });
});

describe("A webhook that holds only part of an order", () => {
  beforeAll(freshShop);

  it("asks that the order be read when it says so itself", async () => {
    shop.change("p");
    expect(await deliver({ kind: "partial", id: "p" })).toMatchObject({ outcome: "refresh" });
    expect(await world.orders(channelId)).toHaveLength(1);
    expect(await waiting()).toMatchObject([{ nativeId: "p", asked: 1, priority: 1 }]);
    expect(await inbox()).toMatchObject([{ outcome: "REFRESH" }]);
  });

  it("asks that the order be read when it is only a hint, once however often it comes", async () => {
    for (const note of ["1", "2", "3"]) {
      shop.orders.set("h", { nativeId: "h", changedAt: new Date(), note });
      await deliver({ kind: "hint", id: "h" });
    }
    const row = (await waiting()).find(({ nativeId }) => nativeId === "h");
    expect(row).toMatchObject({ asked: 3, source: "WEBHOOK" });
  });

  it("asks that the order be read when its head is not known yet", async () => {
    expect(await deliver({ kind: "snapshot", id: "headless" })).toMatchObject({
      outcome: "refresh",
    });
    const rows = await waiting();
    expect(rows.map(({ nativeId }) => nativeId)).toContain("headless");
  });
});

describe("A webhook that is no news of an order", () => {
  beforeAll(freshShop);

  it("leaves nothing when it is a ping", async () => {
    expect(await deliver({ kind: "ping" })).toMatchObject({ status: 200, outcome: "ignored" });
    expect(await inbox()).toEqual([]);
  });

  it("is kept with the reason when it may matter later, and once", async () => {
    await deliver({ kind: "foreign" });
    expect(await deliver({ kind: "foreign" })).toMatchObject({ outcome: "duplicate" });
    expect(await inbox()).toMatchObject([{ outcome: "IGNORED", reason: "not an order" }]);
  });

  it("tells that the app was removed, once, as the channel's problem and as an event", async () => {
    expect(await deliver({ kind: "uninstalled" })).toMatchObject({ outcome: "uninstalled" });
    await deliver({ kind: "uninstalled" });
    const row = await world.row(channelId);
    expect(row.health).toBe("AUTH_REQUIRED");
    expect(row.problem).toMatchObject({ remedy: expect.stringMatching(/Install the app again/) });
    const events = await world.events(channelId);
    expect(events).toMatchObject([
      {
        type: "CHANNEL_HEALTH_CHANGED",
        subjectId: channelId,
        changes: [{ path: "sync.health", before: "HEALTHY", after: "AUTH_REQUIRED" }],
      },
    ]);
  });
});

describe("A webhook that cannot be understood", () => {
  beforeAll(freshShop);

  it("is a dead letter and answered 200, since sending it again would not help", async () => {
    expect(await deliver({ kind: "unreadable", id: "u" })).toMatchObject({
      status: 200,
      outcome: "dead",
    });
    expect(await letters()).toMatchObject([
      {
        reason: "line_items is no list",
        body: '{"kind":"unreadable","id":"u"}',
        source: "WEBHOOK",
      },
    ]);
    expect(await inbox()).toMatchObject([{ outcome: "DEAD" }]);
  });

  it("is a dead letter when the translator throws, and only once", async () => {
    expect(await deliver({ kind: "boom" })).toMatchObject({ status: 200, outcome: "dead" });
    expect(await deliver({ kind: "boom" })).toMatchObject({ outcome: "duplicate" });
    const reasons = (await letters()).map(({ reason }) => reason);
    expect(reasons).toContain("the translator failed: translator fell over");
    expect(reasons).toHaveLength(2);
  });

  it("is a dead letter and its order is read when recording it fails", async () => {
    const failing = createWebhookReceiver({
      ...world,
      tallies,
      recorder: {
        transact: (tenant, work) =>
          world.recorder.transact(tenant, (scope) =>
            work({ ...scope, record: () => Promise.reject(new RangeError("merge fell over")) }),
          ),
      },
    });
    shop.change("x");
    const body = Buffer.from('{"kind":"snapshot","id":"x"}');
    const answer = await failing(channelId, { headers: { signature: "good" }, body });
    expect(answer).toMatchObject({ status: 200, outcome: "dead" });
    expect(await world.orders(channelId)).toEqual([]);
    expect(await waiting()).toMatchObject([{ nativeId: "x" }]);
    expect((await letters()).map(({ reason }) => reason)).toContain(
      "could not be recorded: merge fell over",
    );
  });
});

describe("What is no genuine webhook", () => {
  beforeAll(freshShop);

  it("is answered 401 and leaves a counter and nothing else", async () => {
    for (let i = 0; i < 3; i++)
      expect(await deliver({ kind: "snapshot", id: "a" }, "bad")).toMatchObject({
        status: 401,
        outcome: "rejected",
      });
    await tallies.flush();
    expect((await world.row(channelId)).signatureFailures).toBe(3);
    expect((await world.row(channelId)).lastWebhookAt).toBeNull();
    expect(await inbox()).toEqual([]);
    expect(await letters()).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  it.each(["channel_unknown", "", "order_01k9", "'; drop table orders", mintId("Channel")])(
    "is answered 404 where the channel is %j",
    async (id) =>
      expect(await deliver({ kind: "ping" }, "good", id)).toMatchObject({ status: 404 }),
  );
});

describe("When the database fails", () => {
  beforeAll(freshShop);
  const lost = new DatabaseError("gone", { sqlState: "ECONNREFUSED" });

  it("answers 503, so that the shop tries again, and takes the next try", async () => {
    shop.change("a");
    const failing = createWebhookReceiver({
      ...world,
      tallies,
      recorder: { transact: () => Promise.reject(lost) },
    });
    const request = {
      headers: { signature: "good" },
      body: Buffer.from('{"kind":"snapshot","id":"a"}'),
    };
    expect(await failing(channelId, request)).toMatchObject({ status: 503, outcome: "failed" });
    expect(await receive(channelId, request)).toMatchObject({ status: 200, outcome: "recorded" });
  });

  it("tries a transaction again that lost against another one", async () => {
    let tries = 0;
    const contended = createWebhookReceiver({
      ...world,
      tallies,
      recorder: {
        async transact(tenant, work) {
          tries += 1;
          if (tries < 3) throw new DatabaseError("deadlock", { sqlState: "40P01" });
          return world.recorder.transact(tenant, work);
        },
      },
    });
    shop.change("b");
    const body = Buffer.from('{"kind":"snapshot","id":"b"}');
    const answer = await contended(channelId, { headers: { signature: "good" }, body });
    expect(answer).toMatchObject({ status: 200, outcome: "recorded" });
    expect(tries).toBe(3);
  });
});

describe("The time of the last webhook", () => {
  it("is written for genuine ones, never back", async () => {
    await freshShop();
    await deliver({ kind: "ping" });
    await tallies.flush();
    const { lastWebhookAt } = await world.row(channelId);
    expect(lastWebhookAt?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    const earlier = createTallies({ db: world.db, log: silent });
    earlier.webhookCame(tenantId, channelId, new Date(0));
    await earlier.flush();
    expect((await world.row(channelId)).lastWebhookAt).toEqual(lastWebhookAt);
  });
});
