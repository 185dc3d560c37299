import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Probe } from "../../src/domain/channel.js";
import { createWorld, eventually, type World } from "./world.js";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterEach(() => world.stopAll());
afterAll(() => world?.end());

const found = (changes: Partial<Probe> = {}): Probe => ({
  shopName: "Test shop",
  currency: "EUR",
  timezone: "UTC",
  platformVersion: "10.6.0",
  externalUrl: "https://moved.example",
  capabilities: [
    {
      operation: "ORDER_READ",
      support: "NATIVE",
      constraints: [],
      note: null,
      requiredScopes: [],
      granted: true,
      idempotent: "NATURAL",
    },
  ],
  locations: [],
  findings: { plugins: ["tracking"] },
  ...changes,
});

describe("A later probe", () => {
  it("brings in what the shop can do now, and leaves which shop it is", async () => {
    const { channelId, shop } = await world.connect();
    const before = await world.row(channelId);
    shop.found = found();
    const ingest = world.run({ probeEveryMs: 20 });
    await eventually(async () =>
      expect(await world.row(channelId)).toMatchObject({
        platformVersion: "10.6.0",
        capabilities: [{ operation: "ORDER_READ", granted: true }],
        probe: { findings: { plugins: ["tracking"] } },
      }),
    );
    await ingest.stop();
    expect((await world.row(channelId)).externalUrl).toBe(before.externalUrl);
  });

  it("that fails says nothing of the channel's health, and is tried again", async () => {
    const { channelId, shop } = await world.connect();
    const ingest = world.run({ probeEveryMs: 20 });
    await eventually(async () => expect((await world.row(channelId)).lastPollAt).not.toBeNull());
    shop.found = found();
    await eventually(async () =>
      expect((await world.row(channelId)).platformVersion).toBe("10.6.0"),
    );
    await ingest.stop();
    expect(await world.events(channelId)).toEqual([]);
  });
});
