import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Probe } from "../../src/domain/channel.js";
import { mintId } from "../../src/domain/id.js";
import {
  completeBackfill,
  LeaseLost,
  leaseChannels,
  releaseChannels,
  saveBackfillPage,
  savePoll,
} from "../../src/store/channel-sync.js";
import {
  disconnectChannel,
  eraseChannelData,
  findChannel,
  findConnectedShop,
  findOpening,
  findRevision,
  insertChannel,
  listChannels,
  openSecrets,
  saveLocations,
  saveProbe,
  sealSecrets,
  tenantOfChannel,
} from "../../src/store/channels.js";
import type { Tx } from "../../src/store/db.js";
import { forgetDeliveries, keepDeadLetter, keepDelivery } from "../../src/store/deliveries.js";
import { mintKey, parseKeyRing } from "../../src/store/seal.js";
import { channels, deadLetters, deliveries, locations, tenants } from "../../src/store/tables.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

const tenantId = "t1";
const keyRing = parseKeyRing(mintKey("k1"));
let test: TestDatabase;
let id: string;

beforeAll(async () => {
  test = await createTestDatabase();
  for (const tenant of [tenantId, "t2"])
    await test.database.asSystem((tx) =>
      tx.insert(tenants).values({ tenantId: tenant, name: tenant }),
    );
});
afterAll(() => test?.drop());
beforeEach(async () => {
  // Each test has the leases to itself.
  await test.database.asSystem((tx) => tx.update(channels).set({ disconnectedAt: new Date() }));
  id = await connect();
});

const probe = (changes: Partial<Probe> = {}): Probe => ({
  shopName: "Mugs",
  currency: "EUR",
  timezone: "Europe/Berlin",
  platformVersion: "10.5.0",
  externalUrl: "https://mugs.example",
  capabilities: [],
  locations: [{ nativeId: "1", name: "Berlin", address: null }],
  findings: { dialect: "core" },
  ...changes,
});
async function connect(tenant = tenantId, shop = probe()): Promise<string> {
  const channelId = mintId("Channel");
  const secrets = { settings: { key: "ck_1" }, webhookSecret: "whsec" };
  const sealed = sealSecrets(keyRing, tenant, channelId, secrets);
  await test.database.forTenant(tenant, (tx) =>
    insertChannel(tx, {
      tenantId: tenant,
      id: channelId,
      platform: "WOOCOMMERCE",
      name: "Mugs",
      sealed,
      probe: shop,
      connectedAt: new Date(),
    }),
  );
  return channelId;
}
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  test.database.forTenant(tenantId, work);
const find = () => inTenant((tx) => findChannel(tx, tenantId, id));

describe("A channel's row", () => {
  it("holds what the probe found, with its credentials sealed to this very row", async () => {
    const row = await find();
    expect(row).toMatchObject({ currency: "EUR", timezone: "Europe/Berlin", health: "HEALTHY" });
    const sealed = row?.sealed ?? "";
    expect(openSecrets(keyRing, tenantId, id, sealed)).toEqual({
      settings: { key: "ck_1" },
      webhookSecret: "whsec",
    });
    expect(() => openSecrets(keyRing, "t2", id, sealed)).toThrow(/another row/);
    expect(() => openSecrets(keyRing, tenantId, mintId("Channel"), sealed)).toThrow(/another row/);
  });

  it("is one for each connected shop of a tenant, while another tenant may have the same shop", async () => {
    await expect(connect()).rejects.toMatchObject({ constraint: "channels_one_shop_once" });
    await expect(connect("t2")).resolves.toMatch(/^channel_/);
  });

  it("is not seen by another tenant", async () => {
    const seen = await test.database.forTenant("t2", (tx) => findChannel(tx, tenantId, id));
    expect(seen).toBeNull();
    const listed = await test.database.forTenant("t2", (tx) => listChannels(tx, tenantId));
    expect(listed).toEqual([]);
  });

  it("is found by its shop and by its id alone, until it is disconnected", async () => {
    const shop = { tenantId, platform: "WOOCOMMERCE", externalUrl: "https://mugs.example" };
    const byShop = () => inTenant((tx) => findConnectedShop(tx, shop));
    const tenant = () => test.database.asSystem((tx) => tenantOfChannel(tx, id));
    expect(await byShop()).toEqual({ id, name: "Mugs" });
    expect(await tenant()).toBe(tenantId);
    await inTenant((tx) => disconnectChannel(tx, tenantId, id, new Date()));
    expect(await byShop()).toBeNull();
    expect(await tenant()).toBeNull();
    expect(await inTenant((tx) => findOpening(tx, tenantId, id))).toBeNull();
    expect(await find()).toMatchObject({ sealed: "", leaseOwner: null });
  });

  it("has another revision when its credentials or its probe changed, and no other time", async () => {
    const revision = () => inTenant((tx) => findRevision(tx, tenantId, id));
    const first = await revision();
    await inTenant((tx) =>
      tx.update(channels).set({ lastWebhookAt: new Date() }).where(eq(channels.id, id)),
    );
    expect(await revision()).toBe(first);
    await inTenant((tx) => saveProbe(tx, tenantId, id, probe({ findings: { dialect: "ast" } })));
    const second = await revision();
    expect(second).not.toBe(first);
    await inTenant((tx) => tx.update(channels).set({ sealed: "x" }).where(eq(channels.id, id)));
    expect(await revision()).not.toBe(second);
  });

  it("keeps a location's id when the shop renames it, and locations that the shop no longer names", async () => {
    const places = () =>
      inTenant((tx) =>
        tx
          .select()
          .from(locations)
          .where(and(eq(locations.tenantId, tenantId), eq(locations.channelId, id)))
          .orderBy(locations.nativeId),
      );
    const [before] = await places();
    await inTenant((tx) =>
      saveLocations(tx, tenantId, id, [
        { nativeId: "1", name: "Berlin Mitte", address: null },
        { nativeId: "2", name: "Hamburg", address: null },
      ]),
    );
    await inTenant((tx) => saveLocations(tx, tenantId, id, []));
    expect(await places()).toMatchObject([
      { id: before?.id, name: "Berlin Mitte" },
      { nativeId: "2", name: "Hamburg" },
    ]);
  });
});

describe("The lease of a channel", () => {
  const lease = (owner: string, leaseMs = 60_000) =>
    test.database.asSystem((tx) => leaseChannels(tx, owner, leaseMs));
  const ids = async (owner: string, leaseMs?: number) =>
    (await lease(owner, leaseMs)).map(({ channelId }) => channelId);
  const held = (owner: string) => ({ tenantId, channelId: id, owner });
  const page = { cursor: "c1", records: 10, estimatedTotal: 30, at: new Date() };

  it("is one owner's until it ends, and renewed by its owner", async () => {
    expect(await ids("a")).toEqual([id]);
    expect(await ids("b")).toEqual([]);
    expect(await ids("a")).toEqual([id]);
    await test.database.asSystem((tx) => releaseChannels(tx, "a"));
    expect(await ids("b")).toEqual([id]);
    expect(await ids("a")).toEqual([]);
  });

  it("goes to one of many who ask at once", async () => {
    const asked = await Promise.all(Array.from({ length: 8 }, (_, i) => ids(`p${i}`)));
    expect(asked.flat()).toEqual([id]);
  });

  it("is not given for a channel that is paused or disconnected", async () => {
    await inTenant((tx) =>
      tx.update(channels).set({ health: "PAUSED" }).where(eq(channels.id, id)),
    );
    expect(await ids("a")).toEqual([]);
  });

  it("is needed to write progress: who lost it writes nothing", async () => {
    await lease("a");
    const save = (owner: string) => inTenant((tx) => saveBackfillPage(tx, held(owner), page));
    await save("a");
    await expect(save("b")).rejects.toThrow(LeaseLost);
    await inTenant((tx) =>
      tx
        .update(channels)
        .set({ leaseUntil: new Date(0) })
        .where(eq(channels.id, id)),
    );
    await expect(save("a")).rejects.toThrow(LeaseLost);
    expect(await find()).toMatchObject({ backfillCursor: "c1", backfillImported: 10 });
  });

  it("is over for everybody when the channel is disconnected", async () => {
    await lease("a");
    await inTenant((tx) => disconnectChannel(tx, tenantId, id, new Date()));
    await expect(inTenant((tx) => completeBackfill(tx, held("a")))).rejects.toThrow(LeaseLost);
    expect(await ids("a")).toEqual([]);
  });

  it("is renewed while webhooks are being written that point to its channel", async () => {
    await lease("a", 1);
    await inTenant(async (tx) => {
      await keepDelivery(tx, delivery("held open"));
      expect(await ids("a")).toEqual([id]);
    });
  });

  it("lets the watermark of polls move on, never back", async () => {
    await lease("a");
    const at = new Date("2026-03-01T00:00:00Z");
    const poll = (polledTo: string) =>
      inTenant((tx) => savePoll(tx, held("a"), { at, nextAt: at, polledTo: new Date(polledTo) }));
    await poll("2026-02-02T00:00:00Z");
    await poll("2026-02-01T00:00:00Z");
    expect((await find())?.polledTo?.toISOString()).toBe("2026-02-02T00:00:00.000Z");
  });

  it("adds pages up and remembers when the first came", async () => {
    await lease("a");
    for (const [cursor, minute, estimatedTotal] of [
      ["c1", 1, 30],
      ["c2", 2, null],
    ] as const) {
      const next = {
        ...page,
        cursor,
        estimatedTotal,
        at: new Date(Date.UTC(2026, 0, 1, 0, minute)),
      };
      await inTenant((tx) => saveBackfillPage(tx, held("a"), next));
    }
    expect(await find()).toMatchObject({
      backfillStatus: "RUNNING",
      backfillCursor: "c2",
      backfillImported: 20,
      backfillEstimatedTotal: 30,
      firstPageAt: new Date(Date.UTC(2026, 0, 1, 0, 1)),
      backfillStartedAt: new Date(Date.UTC(2026, 0, 1, 0, 1)),
    });
  });
});

describe("What came in as text", () => {
  const kept = () =>
    inTenant(async (tx) => ({
      inbox: await tx.$count(deliveries, eq(deliveries.channelId, id)),
      letters: await tx.$count(deadLetters, eq(deadLetters.channelId, id)),
    }));

  it("is forgotten when it is old, a bounded number at a time", async () => {
    await inTenant(async (tx) => {
      for (const n of [1, 2, 3]) await keepDelivery(tx, delivery(`old ${n}`, new Date(0)));
      await keepDelivery(tx, delivery("new"));
      await keepDeadLetter(tx, letter("new"));
    });
    const forget = () =>
      test.database.asSystem((tx) => forgetDeliveries(tx, new Date("2000-01-01"), 2));
    expect([await forget(), await forget(), await forget()]).toEqual([2, 1, 0]);
    expect(await kept()).toEqual({ inbox: 1, letters: 1 });
  });

  it("is erased with its channel, part by part, and of no other channel", async () => {
    const other = await connect(tenantId, probe({ externalUrl: "https://other.example" }));
    await inTenant(async (tx) => {
      await keepDelivery(tx, delivery("mine"));
      await keepDeadLetter(tx, letter("mine"));
      await keepDelivery(tx, { ...delivery("theirs"), channelId: other });
    });
    const erase = () => inTenant((tx) => eraseChannelData(tx, tenantId, id));
    expect(await erase()).toBe(true);
    expect(await erase()).toBe(false);
    expect(await kept()).toEqual({ inbox: 0, letters: 0 });
    id = other;
    expect(await kept()).toEqual({ inbox: 1, letters: 0 });
  });
});

function delivery(dedupeKey: string, receivedAt = new Date()) {
  const body = Buffer.from("{}");
  const fate = { topic: "order.updated", outcome: "RECORDED", reason: null } as const;
  return { tenantId, channelId: id, dedupeKey, receivedAt, body, ...fate };
}
function letter(reason: string) {
  const told = { source: "WEBHOOK", topic: null, receivedAt: new Date(), body: "{}" } as const;
  return { tenantId, channelId: id, reason, ...told };
}
