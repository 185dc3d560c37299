import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { pauseShop, resumeShop } from "../../src/commands/pause.js";
import { stateAfter } from "../../src/domain/problem.js";
import { noteProblem, reportHealth } from "../../src/ingest/health.js";
import { createTallies } from "../../src/ingest/tally.js";
import { createWebhookReceiver } from "../../src/ingest/webhook.js";
import { refreshes } from "../../src/store/tables.js";
import { silent } from "../support/log.js";
import { down, type FakeShop, refusedKey } from "./fake-shop.js";
import { viewer } from "./gateway.js";
import { createWorld, eventually, gate, tenantId, type World } from "./world.js";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterEach(() => world.stopAll());
afterAll(() => world?.end());

const pause = (channelId: string, reason: string | null = null) =>
  pauseShop(world, viewer, channelId, { reason });
const resume = (channelId: string) => resumeShop(world, viewer, channelId);
const polls = (shop: FakeShop) => shop.pulls.filter(({ from }) => from !== undefined);
/** Resolves when this channel was polled at least once more than now. */
async function polledAgain(shop: FakeShop) {
  const before = polls(shop).length;
  await eventually(() => expect(polls(shop).length).toBeGreaterThan(before));
}

it("A paused channel says who paused it and why, and a change of its health is news", async () => {
  const { channelId } = await world.connect();
  expect(await pause(channelId, " stocktaking ")).toEqual({ channelId, errors: [] });
  expect(await world.row(channelId)).toMatchObject({
    health: "PAUSED",
    problem: {
      code: "ON_HOLD",
      message: "Paused by tests: stocktaking",
      remedy: expect.stringContaining("channelResume"),
    },
  });
  expect(await resume(channelId)).toEqual({ channelId, errors: [] });
  expect(await world.row(channelId)).toMatchObject({ health: "HEALTHY", problem: null });
  const actor = { kind: "API_CLIENT", id: viewer.keyId, name: viewer.client };
  expect(await world.events(channelId)).toMatchObject([
    { type: "CHANNEL_HEALTH_CHANGED", source: "MANUAL", actor, changes: [{ after: "PAUSED" }] },
    { type: "CHANNEL_HEALTH_CHANGED", changes: [{ before: "PAUSED", after: "HEALTHY" }] },
  ]);
  expect(inspect(await world.events(channelId), { depth: null })).not.toContain("stocktaking");
});

it("Pausing and resuming twice is told, and changes nothing", async () => {
  const { channelId } = await world.connect();
  expect((await resume(channelId)).errors).toMatchObject([
    { code: "ALREADY_IN_STATE", message: "It is HEALTHY, not paused" },
  ]);
  await pause(channelId, "first");
  expect((await pause(channelId, "second")).errors).toMatchObject([
    { code: "ALREADY_IN_STATE", message: "Paused by tests: first" },
  ]);
  expect((await world.row(channelId)).problem?.message).toBe("Paused by tests: first");
  expect(await world.events(channelId)).toHaveLength(1);
});

it("A channel that this key does not reach, or an endless reason, is refused", async () => {
  const { channelId } = await world.connect();
  const stranger = { ...viewer, channelIds: [] };
  const refused = { channelId: null, errors: [{ code: "NOT_FOUND", path: ["id"] }] };
  expect(await pauseShop(world, stranger, channelId, { reason: null })).toMatchObject(refused);
  expect(await resumeShop(world, stranger, channelId)).toMatchObject(refused);
  expect(await pause(channelId, "x".repeat(501))).toMatchObject({
    errors: [{ code: "INVALID_INPUT", path: ["reason"] }],
  });
  expect((await world.row(channelId)).health).toBe("HEALTHY");
});

it("A pause ends polls at once, one under way too, and other channels go on", async () => {
  const paused = await world.connect();
  const running = await world.connect();
  const { opened, open } = gate();
  let aborted = false;
  paused.shop.beforePage = ({ signal }) => {
    signal?.addEventListener("abort", () => {
      aborted = true;
      open();
    });
    return opened;
  };
  world.run({ pollEveryMs: 10 });
  await eventually(() => expect(polls(paused.shop)).toHaveLength(1));
  await pause(paused.channelId);
  await eventually(() => expect(aborted).toBe(true));
  for (let round = 0; round < 3; round++) await polledAgain(running.shop);
  expect(polls(paused.shop)).toHaveLength(1);
  expect(await world.row(paused.channelId)).toMatchObject({ leaseOwner: null, lastPollAt: null });
});

it("A resumed channel is polled at once from where its polls had come", async () => {
  const { channelId, shop } = await world.connect();
  const overlap = { pollOverlapMs: 5_000 };
  shop.change("a");
  world.run(overlap);
  await eventually(async () => expect((await world.row(channelId)).lastPollAt).not.toBeNull());
  const { polledTo } = await world.row(channelId);
  await pause(channelId);
  shop.change("b");
  expect((await world.row(channelId)).polledTo).toEqual(polledTo);
  await resume(channelId);
  await eventually(async () => expect(await world.orders(channelId)).toHaveLength(2));
  expect(polls(shop)).toHaveLength(2);
  expect(polls(shop)[1]?.from?.getTime()).toBe((polledTo?.getTime() ?? 0) - 5_000);
});

it("A poll that a pause broke off never moves the watermark past what it asked for", async () => {
  const { channelId, shop } = await world.connect();
  shop.change(...Array.from({ length: 20 }, (_, i) => `o${i}`));
  let clock = Date.now();
  const { opened, open } = gate();
  shop.beforePage = ({ signal }, page) => {
    if (page === 0 || polls(shop).length > 1) return;
    signal?.addEventListener("abort", open);
    return opened;
  };
  world.run({ now: () => new Date(clock) });
  await eventually(async () => expect(await world.orders(channelId)).toHaveLength(10));
  const begunAt = clock;
  await pause(channelId);
  await opened;
  // A day passes; what changed in it need not be among the pages that were left.
  clock += 24 * 3_600_000;
  await resume(channelId);
  await eventually(async () => expect(await world.orders(channelId)).toHaveLength(20));
  await eventually(async () => expect((await world.row(channelId)).lastPollAt).not.toBeNull());
  const { polledTo } = await world.row(channelId);
  expect(polledTo?.getTime()).toBeLessThanOrEqual(begunAt);
});

it("What a paused shop delivers is taken in; what must be read for it waits, and is read after", async () => {
  const { channelId, shop } = await world.connect();
  shop.receive = ({ kind, id = "" }) =>
    kind === "hint"
      ? { kind, topic: "fulfillment", dedupeKey: id, ref: { nativeId: id } }
      : {
          kind: "snapshot",
          topic: "order.updated",
          dedupeKey: id,
          snapshot: shop.snapshotOf(id) ?? { ref: { nativeId: id } },
          refresh: false,
        };
  const running = await world.connect();
  world.run({ pollEveryMs: 20 });
  await polledAgain(running.shop);
  await pause(channelId);
  const tallies = createTallies({ db: world.db, log: silent });
  const receive = createWebhookReceiver({ ...world, tallies, settleMs: 0 });
  const deliver = (body: object) =>
    receive(channelId, {
      headers: { signature: "good" },
      body: Buffer.from(JSON.stringify(body)),
    });
  shop.change("whole", "hinted");
  expect(await deliver({ kind: "snapshot", id: "whole" })).toMatchObject({ outcome: "recorded" });
  expect(await deliver({ kind: "hint", id: "hinted" })).toMatchObject({ outcome: "refresh" });
  await tallies.flush();
  for (let round = 0; round < 3; round++) await polledAgain(running.shop);
  expect(shop.reads).toEqual([]);
  expect(await world.rows(refreshes, channelId)).toMatchObject([{ nativeId: "hinted" }]);
  const known = async () => (await world.orders(channelId)).map(({ nativeId }) => nativeId);
  expect(await known()).toEqual(["whole"]);
  await resume(channelId);
  await eventually(async () => expect(await world.rows(refreshes, channelId)).toEqual([]));
  expect(await known()).toEqual(["hinted", "whole"]);
});

it("Nothing that a shop does or fails to do ends a pause", async () => {
  const { channelId } = await world.connect();
  await pause(channelId, "stocktaking");
  const before = await world.row(channelId);
  const now = new Date();
  const origin = { tenantId, channelId, source: "POLL", now } as const;
  for (const error of [down(), refusedKey()]) {
    const state = stateAfter(error, 100, now);
    if (state) await reportHealth(world.recorder, origin, state);
  }
  await reportHealth(world.recorder, origin, { health: "HEALTHY", problem: null });
  await world.recorder.transact(tenantId, (scope) => noteProblem(scope, origin, null));
  expect(await world.row(channelId)).toEqual(before);
});
