import { inspect } from "node:util";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pauseShop, resumeShop } from "../../src/commands/pause.js";
import { type ChannelChange, updateShop } from "../../src/commands/update.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../src/connectors/woocommerce/simulator/index.js";
import { stateAfter } from "../../src/domain/problem.js";
import { reportHealth } from "../../src/ingest/health.js";
import { listChannels } from "../../src/store/channels.js";
import { events } from "../../src/store/tables.js";
import { refusedKey } from "../ingest/fake-shop.js";
import { startTestGateway, type TestGateway, viewer } from "../ingest/gateway.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

const { tenantId } = viewer;
let test: TestDatabase;
let gateway: TestGateway;
let shop: SimulatedWooCommerce;
let other: SimulatedWooCommerce;
let channelId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  gateway = await startTestGateway({ db: test.database });
  shop = await startWooCommerce({ orders: 3, relaxedDelivery: true });
  other = await startWooCommerce({ orders: 3, seed: 2, relaxedDelivery: true });
  channelId = await gateway.connect(shop, "Mugs");
});
afterAll(async () => {
  await gateway?.stop();
  await Promise.all([shop?.stop(), other?.stop()]);
  await test?.drop();
});

const update = (change: Partial<ChannelChange>, as = viewer, options = gateway.connectOptions) =>
  updateShop(options, as, channelId, { name: null, settings: null, ...change });
/** The channel as it is stored, without when a webhook last came: the simulated shop keeps telling of its orders. */
const row = async () => {
  const rows = await test.database.forTenant(tenantId, (tx) => listChannels(tx, tenantId));
  const found = rows.find(({ id }) => id === channelId);
  if (!found) throw new Error("the channel is not there");
  const { lastWebhookAt: _, ...channel } = found;
  return channel;
};
const done = () => ({ channelId, errors: [] });
const origin = () => ({ tenantId, channelId, source: "POLL", now: new Date() }) as const;
const healthChanges = () =>
  test.database.forTenant(tenantId, (tx) =>
    tx
      .select({ changes: events.changes, actor: events.actor })
      .from(events)
      .where(eq(events.type, "CHANNEL_HEALTH_CHANGED"))
      .orderBy(events.seq),
  );

describe("A channel", () => {
  it("gets another name, and keeps everything else", async () => {
    const { name: _, ...before } = await row();
    expect(await update({ name: "  Mugs and more " })).toEqual(done());
    const { name, ...after } = await row();
    expect(name).toBe("Mugs and more");
    expect(after).toEqual(before);
  });

  it("takes credentials that the shop accepts, sealed, and is opened anew with them", async () => {
    const { sealed } = await row();
    const before = await gateway.openChannel(tenantId, channelId);
    expect(await update({ settings: shop.settings })).toEqual(done());
    const after = await row();
    expect(after.sealed).not.toBe(sealed);
    expect(JSON.stringify(after)).not.toContain(shop.settings.consumerSecret);
    expect(await gateway.openChannel(tenantId, channelId)).not.toBe(before);
  });

  it("keeps the secret that is left out, and the shop still delivers with the signature it knows", async () => {
    const { consumerSecret: _, ...open } = shop.settings;
    expect(await update({ settings: open })).toEqual(done());
    const channel = await gateway.openChannel(tenantId, channelId);
    expect(await channel.probe()).toMatchObject({ externalUrl: shop.url });
    await shop.acts.placeOrder();
    await shop.settled();
    expect(gateway.outcomes).not.toContain("rejected");
    expect(gateway.outcomes.length).toBeGreaterThan(0);
  });

  it("has the webhooks made again that somebody took away", async () => {
    const channel = await gateway.openChannel(tenantId, channelId);
    const url = String(await gateway.connectOptions.webhookAddress(tenantId, channelId));
    await channel.removeWebhooks(url);
    expect(await update({ settings: shop.settings })).toEqual(done());
    expect(await channel.webhooks(url)).not.toEqual([]);
    expect((await row()).webhooks).toEqual(await channel.webhooks(url));
  });
});

describe("What is refused", () => {
  it("changes nothing: settings that the shop does not accept, told in its words", async () => {
    const before = await row();
    const consumerSecret = "cs_this0is0not0the0secret0of0this0shop";
    const { errors } = await update({
      name: "Other",
      settings: { ...shop.settings, consumerSecret },
    });
    expect(errors).toMatchObject([
      { kind: "ChannelError", httpStatus: 401, path: ["settings"], channelId },
    ]);
    expect(inspect(errors)).not.toContain(consumerSecret);
    expect(await row()).toEqual(before);
  });

  it("includes another shop, even where that accepts the settings", async () => {
    const before = await row();
    const { errors } = await update({ settings: other.settings });
    expect(errors).toMatchObject([
      { code: "INVALID_INPUT", path: ["settings"], message: expect.stringContaining(other.url) },
    ]);
    expect(await row()).toEqual(before);
  });

  it("includes another address for a kept secret, which is not even asked", async () => {
    const { consumerSecret: _, ...open } = shop.settings;
    const before = other.calls().length;
    const { errors } = await update({ settings: { ...open, url: other.url } });
    expect(errors).toMatchObject([{ code: "INVALID_INPUT", path: ["settings", "consumerSecret"] }]);
    expect(other.calls()).toHaveLength(before);
  });

  it.each([
    ["nothing to change", {}, ["name"]],
    ["an empty name", { name: " " }, ["name"]],
    ["settings that are none", { settings: "secret" }, ["settings", "settings"]],
    ["a setting that is wrong", { settings: { url: "ftp://x" } }, ["settings", "consumerSecret"]],
  ])("says where %s is wrong", async (_what, change, path) => {
    expect((await update(change)).errors).toMatchObject([{ code: "INVALID_INPUT", path }]);
  });

  it("includes a channel that this key does not reach", async () => {
    const result = await update({ name: "Mine" }, { ...viewer, channelIds: [] });
    expect(result).toMatchObject({ channelId: null, errors: [{ code: "NOT_FOUND" }] });
    expect((await row()).name).toBe("Mugs and more");
  });

  it("includes settings that somebody else changed while the shop was asked", async () => {
    let raced = false;
    const { fetch } = gateway.connectOptions;
    const racing = {
      ...gateway.connectOptions,
      fetch: (async (...request: Parameters<typeof fetch>) => {
        if (!raced) {
          raced = true;
          await update({ settings: shop.settings });
        }
        return fetch(...request);
      }) as typeof fetch,
    };
    const { errors } = await update({ name: "Late", settings: shop.settings }, viewer, racing);
    expect(errors).toMatchObject([{ code: "COMMAND_IN_FLIGHT" }]);
    expect((await row()).name).toBe("Mugs and more");
  });
});

describe("A channel that was not well", () => {
  it("is well at once when new settings work, and that is news of whoever gave them", async () => {
    const refused = stateAfter(refusedKey(), 1, new Date());
    await reportHealth(gateway.recorder, origin(), refused ?? expect.unreachable());
    expect((await row()).health).toBe("AUTH_REQUIRED");
    expect(await update({ settings: shop.settings })).toEqual(done());
    expect(await row()).toMatchObject({ health: "HEALTHY", problem: null });
    expect((await healthChanges()).at(-1)).toMatchObject({
      actor: { kind: "API_CLIENT", name: viewer.client },
      changes: [{ before: "AUTH_REQUIRED", after: "HEALTHY" }],
    });
  });

  it("stays paused where it is paused", async () => {
    await pauseShop(gateway.connectOptions, viewer, channelId, { reason: "moving" });
    const { problem } = await row();
    expect(await update({ settings: shop.settings })).toEqual(done());
    expect(await row()).toMatchObject({ health: "PAUSED", problem });
    await resumeShop(gateway.connectOptions, viewer, channelId);
  });
});

it("cannot be given to a channel that is disconnected", async () => {
  await gateway.disconnect(channelId);
  expect((await update({ name: "Gone" })).errors).toMatchObject([{ code: "ALREADY_IN_STATE" }]);
});
