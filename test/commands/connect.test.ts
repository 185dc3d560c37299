import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { eq } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConnectWish, connectShop } from "../../src/commands/connect.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../src/connectors/woocommerce/simulator/index.js";
import { createEgress } from "../../src/egress.js";
import { channels, locations, orders, refreshes } from "../../src/store/tables.js";
import { startTestGateway, type TestGateway, viewer } from "../ingest/gateway.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

let test: TestDatabase;
let gateway: TestGateway;
let shop: SimulatedWooCommerce;

beforeAll(async () => {
  test = await createTestDatabase();
  gateway = await startTestGateway({ db: test.database });
  shop = await startWooCommerce({ orders: 20, relaxedDelivery: true });
});
afterAll(async () => {
  await gateway?.stop();
  await shop?.stop();
  await test?.drop();
});

const connect = (wish: Partial<ConnectWish> = {}, options = gateway.connectOptions) =>
  connectShop(options, viewer, {
    platform: "WOOCOMMERCE",
    name: "Mugs and more",
    settings: shop.settings,
    ...wish,
  });
const rows = () => test.database.asSystem((tx) => tx.select().from(channels));
const connected = async () => (await rows()).filter((row) => row.disconnectedAt === null);

describe("A shop that cannot be connected", () => {
  it.each([
    ["a platform that is not known", { platform: "OSCOMMERCE" }, ["input", "platform"]],
    ["an empty name", { name: "  " }, ["input", "name"]],
    ["settings that are none", { settings: "secret" }, ["input", "settings", "settings"]],
    [
      "a setting that is wrong",
      { settings: { url: "ftp://x", consumerKey: "ck_1", consumerSecret: "cs_1" } },
      ["input", "settings", "url"],
    ],
  ])("is refused with the path that leads to %s", async (_what, wish, path) => {
    const { channelId, errors } = await connect(wish);
    expect(channelId).toBeNull();
    expect(errors).toMatchObject([{ kind: "BasicUserError", code: "INVALID_INPUT", path }]);
    expect(await rows()).toEqual([]);
  });

  it("is refused in the shop's words where the credentials are wrong, and nothing is kept or told", async () => {
    const consumerSecret = "cs_this0is0not0the0secret0of0this0shop";
    const written: string[] = [];
    const log = pino({ level: "trace" }, { write: (line) => written.push(line) });
    const { channelId, errors } = await connect(
      { settings: { ...shop.settings, consumerSecret } },
      { ...gateway.connectOptions, log },
    );
    expect(channelId).toBeNull();
    expect(errors).toMatchObject([
      {
        kind: "ChannelError",
        httpStatus: 401,
        path: ["input", "settings"],
        message: expect.stringMatching(/consumer (key|secret)/i),
      },
    ]);
    expect(await rows()).toEqual([]);
    expect(inspect(errors) + written.join("")).not.toContain(consumerSecret);
  });

  it("is refused with the permission to give where the key may do too little", async () => {
    const { consumerKey, consumerSecret } = shop.restricted.write;
    const { errors } = await connect({
      settings: { ...shop.settings, consumerKey, consumerSecret },
    });
    expect(errors).toMatchObject([{ kind: "ChannelError" }]);
    expect(errors[0]?.message).toMatch(/read/i);
    expect(await rows()).toEqual([]);
  });

  it("is not even called where its address is private and private ones are not allowed", async () => {
    const before = shop.calls().length;
    const guarded = createEgress({ allowPrivateHosts: false });
    const { errors } = await connect({}, { ...gateway.connectOptions, fetch: guarded.fetch });
    await guarded.close();
    expect(errors).toMatchObject([
      { kind: "ChannelError", message: expect.stringMatching(/ALLOW_PRIVATE_HOSTS/) },
    ]);
    expect(shop.calls()).toHaveLength(before);
    expect(await rows()).toEqual([]);
  });

  it("is given up when it does not answer in time", async () => {
    const silent = createServer(() => {});
    await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const startedAt = performance.now();
    const { errors } = await connect(
      { settings: { ...shop.settings, url } },
      { ...gateway.connectOptions, timeoutMs: 200 },
    );
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(errors).toMatchObject([
      { code: "CHANNEL_UNAVAILABLE", message: expect.stringMatching(/within 0.2 s/) },
    ]);
    silent.closeAllConnections();
    await new Promise((done) => silent.close(done));
    expect(await rows()).toEqual([]);
  });
});

describe("A shop that is connected", () => {
  let channelId: string;
  beforeAll(async () => {
    channelId = await gateway.connect(shop, "Mugs and more");
  });
  const row = async () => {
    const [found] = (await rows()).filter(({ id }) => id === channelId);
    if (!found) throw new Error("the channel is not there");
    return found;
  };

  it("is kept as the shop describes itself, its backfill pending", async () => {
    expect(await row()).toMatchObject({
      platform: "WOOCOMMERCE",
      name: "Mugs and more",
      externalUrl: shop.url,
      platformVersion: "10.5.0",
      backfillStatus: "PENDING",
      health: "HEALTHY",
      problem: null,
      disconnectedAt: null,
    });
    expect((await row()).capabilities.length).toBeGreaterThan(5);
  });

  it("has its credentials sealed: no row of the table shows them", async () => {
    const shown = JSON.stringify(await rows());
    expect(shown).not.toContain(shop.settings.consumerSecret);
    expect(shown).not.toContain(shop.settings.consumerKey);
    expect((await row()).sealed).toMatch(/^s1\.k1\./);
  });

  it("delivers webhooks to the gateway from now on", async () => {
    expect((await row()).webhooks).toEqual(
      expect.arrayContaining([
        { topic: "order.created", active: true },
        { topic: "order.updated", active: true },
      ]),
    );
    await shop.acts.placeOrder();
    await shop.settled();
    expect(gateway.outcomes.filter((outcome) => outcome === "rejected")).toEqual([]);
    const stored = await test.database.forTenant(viewer.tenantId, (tx) => tx.select().from(orders));
    expect(stored.length).toBe(1);
  });

  it("cannot be connected twice, also not at the same moment", async () => {
    const { errors } = await connect({ name: "Again" });
    expect(errors).toMatchObject([
      {
        code: "ALREADY_IN_STATE",
        channelId,
        message: expect.stringContaining(`"Mugs and more" (${channelId})`),
      },
    ]);
    expect(await connected()).toHaveLength(1);
  });

  it("has the locations that the shop named, once", async () => {
    const probe = (await row()).probe;
    const stored = await test.database.forTenant(viewer.tenantId, (tx) =>
      tx.select().from(locations).where(eq(locations.channelId, channelId)),
    );
    expect(stored.map(({ nativeId }) => nativeId).toSorted()).toEqual(
      probe.locations.map(({ nativeId }) => nativeId).toSorted(),
    );
  });

  it("can be disconnected: no webhooks, no credentials, no reads, and its orders stay", async () => {
    await test.database.forTenant(viewer.tenantId, (tx) =>
      tx.insert(refreshes).values({
        tenantId: viewer.tenantId,
        channelId,
        nativeId: "1",
        priority: 1,
        source: "WEBHOOK",
      }),
    );
    const channel = await gateway.openChannel(viewer.tenantId, channelId);
    const url = String(await gateway.connectOptions.webhookAddress(viewer.tenantId, channelId));
    expect(await channel.webhooks(url)).not.toEqual([]);
    expect(await gateway.disconnect(channelId)).toEqual({ channelId, errors: [] });
    expect(await channel.webhooks(url)).toEqual([]);
    expect(await row()).toMatchObject({ sealed: "", webhooks: [], leaseOwner: null });
    expect((await row()).disconnectedAt).toBeInstanceOf(Date);
    await expect(gateway.openChannel(viewer.tenantId, channelId)).rejects.toThrow(/does not exist/);
    const answer = await gateway.receive(channelId, { headers: {}, body: Buffer.from("{}") });
    expect(answer.status).toBe(404);
    const left = (table: typeof orders | typeof refreshes) =>
      test.database.forTenant(viewer.tenantId, (tx) => tx.$count(table));
    expect(await left(orders)).toBe(1);
    expect(await left(refreshes)).toBe(0);
  });

  it("has its data erased when that is asked for, also after it was disconnected", async () => {
    expect(await gateway.disconnect(channelId, true)).toEqual({ channelId, errors: [] });
    const left = await test.database.forTenant(viewer.tenantId, (tx) => tx.$count(orders));
    expect(left).toBe(0);
  });

  it("can be connected anew, as another channel", async () => {
    const again = await gateway.connect(shop, "Anew");
    expect(again).not.toBe(channelId);
    expect(await connected()).toMatchObject([{ id: again, name: "Anew" }]);
  });
});

describe("Two who connect the same shop at the same moment", () => {
  it("get one channel, and the other is told of it", async () => {
    const contested = await startWooCommerce({ orders: 1, relaxedDelivery: true });
    const wish = { settings: contested.settings, name: "Contested" };
    const results = await Promise.all([connect(wish), connect(wish), connect(wish)]);
    const winners = results.filter((result) => result.channelId !== null);
    expect(winners).toHaveLength(1);
    for (const { errors } of results.filter((result) => result.channelId === null))
      expect(errors).toMatchObject([
        { code: "ALREADY_IN_STATE", channelId: winners[0]?.channelId },
      ]);
    await contested.stop();
  });
});

describe("A channel that does not exist for this key", () => {
  it.each([
    ["is unknown", { ...viewer }, "channel_01k9zzzzzzzzzzzzzzzzzzzzzz"],
    ["is not among the key's", { ...viewer, channelIds: [] }, null],
  ])("cannot be disconnected: it %s", async (_what, as, id) => {
    const [some] = await connected();
    const { disconnectShop } = await import("../../src/commands/disconnect.js");
    const result = await disconnectShop(gateway.disconnectOptions, as, id ?? String(some?.id), {
      eraseData: true,
    });
    expect(result).toMatchObject({ channelId: null, errors: [{ code: "NOT_FOUND" }] });
    // Only its being there: what the gateway notes beside it (polls, health) may have moved meanwhile.
    expect((await connected()).map((row) => row.id)).toContain(some?.id);
  });
});
