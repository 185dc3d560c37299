import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { stateAfter } from "../../src/domain/problem.js";
import { reportHealth } from "../../src/ingest/health.js";
import { channels } from "../../src/store/tables.js";
import { refusedKey } from "./fake-shop.js";
import { createWorld, eventually, tenantId, type World } from "./world.js";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterEach(() => world.stopAll());
afterAll(() => world?.end());

describe("The watchdog", () => {
  it("makes webhooks that are missing and keeps what the shop then has", async () => {
    const { channelId, shop } = await world.connect();
    const ingest = world.run();
    await eventually(async () =>
      expect(await world.row(channelId)).toMatchObject({
        webhooks: [{ topic: "order.updated", active: true }],
        problem: null,
      }),
    );
    await ingest.stop();
    expect(shop.ensured).toBe(1);
  });

  it("looks again at intervals, so that what the shop switched off is woken", async () => {
    const { shop } = await world.connect();
    const ingest = world.run({ watchEveryMs: 20 });
    await eventually(() => expect(shop.ensured).toBeGreaterThanOrEqual(3));
    shop.registered = [{ topic: "order.updated", active: false }];
    await eventually(() => expect(shop.registered[0]?.active).toBe(true));
    await ingest.stop();
  });

  it("says so where the shop cannot reach the gateway, and asks the shop nothing", async () => {
    const { channelId, shop } = await world.connect();
    const ingest = world.run({ webhookAddress: async () => null });
    await eventually(async () =>
      expect((await world.row(channelId)).problem).toMatchObject({
        message: expect.stringMatching(/polled only/),
        remedy: expect.stringMatching(/PUBLIC_URL/),
      }),
    );
    await ingest.stop();
    expect(shop.ensured).toBe(0);
    expect(await world.row(channelId)).toMatchObject({ health: "HEALTHY", webhooks: [] });
    expect(await world.events(channelId)).toEqual([]);
  });

  it("finds nothing wrong with a shop whose platform sends none, and asks it nothing", async () => {
    const { channelId, shop } = await world.connect();
    const none = { constraints: [], note: null, requiredScopes: [], granted: true };
    shop.channel.capabilities.push({
      ...none,
      operation: "WEBHOOK_ORDER",
      support: "NONE",
      idempotent: "NATURAL",
    });
    const ingest = world.run({ webhookAddress: async () => null });
    await eventually(async () =>
      expect((await world.row(channelId)).webhooksCheckedAt).not.toBeNull(),
    );
    await ingest.stop();
    expect(shop.ensured).toBe(0);
    expect(await world.row(channelId)).toMatchObject({ webhooks: [], problem: null });
  });

  it("tells why the shop refused them, keeps what it knew, and clears it once they are there", async () => {
    const { channelId, shop } = await world.connect();
    await world.db.asSystem((tx) =>
      tx
        .update(channels)
        .set({ webhooks: [{ topic: "order.created", active: true }] })
        .where(eq(channels.id, channelId)),
    );
    let refusing = true;
    shop.beforeEnsure = () => {
      if (refusing) throw refusedKey();
    };
    const ingest = world.run({ watchEveryMs: 20 });
    await eventually(async () =>
      expect((await world.row(channelId)).problem).toMatchObject({
        message: expect.stringMatching(/polled only: the key was refused/),
      }),
    );
    expect(await world.row(channelId)).toMatchObject({
      health: "HEALTHY",
      webhooks: [{ topic: "order.created", active: true }],
    });
    refusing = false;
    await eventually(async () => expect((await world.row(channelId)).problem).toBeNull());
    await ingest.stop();
  });

  it("leaves what ails a channel that is not well, also where that came while it looked", async () => {
    const { channelId, shop } = await world.connect();
    const state = stateAfter(refusedKey(), 1, new Date());
    if (!state) throw new Error("a refused key says nothing");
    shop.beforePage = () => {
      throw refusedKey();
    };
    shop.beforeEnsure = () =>
      reportHealth(world.recorder, { tenantId, channelId, source: "POLL", now: new Date() }, state);
    const ingest = world.run();
    await eventually(async () =>
      expect((await world.row(channelId)).webhooks).toMatchObject([{ active: true }]),
    );
    await ingest.stop();
    expect(await world.row(channelId)).toMatchObject({
      health: "AUTH_REQUIRED",
      problem: { message: state.problem?.message },
    });
  });
});
