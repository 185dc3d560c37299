import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOpenChannel, createWebhookAddress } from "../src/channels.js";
import type { Channel, Connector, OpenContext } from "../src/domain/channel.js";
import { mintId } from "../src/domain/id.js";
import { disconnectChannel, openSecrets, sealSecrets } from "../src/store/channels.js";
import { mintKey, parseKeyRing } from "../src/store/seal.js";
import { channels } from "../src/store/tables.js";
import { insertChannel } from "./support/channel.js";
import { createTestDatabase, type TestDatabase } from "./support/database.js";

const tenantId = "t1";
const keyRing = parseKeyRing(mintKey("k1"));
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test?.drop());

/** A connector that remembers how it was opened. */
function listeningConnector(ring = keyRing) {
  const opened: { settings: unknown; context: OpenContext }[] = [];
  const connector: Connector = {
    platform: "WOOCOMMERCE",
    name: "WooCommerce",
    settings: {},
    capabilities: [],
    open(settings, context) {
      opened.push({ settings, context });
      return { capabilities: [] } as unknown as Channel;
    },
  };
  const limits: unknown[] = [];
  const openChannel = createOpenChannel({
    db: test.database,
    connectors: new Map([[connector.platform, connector]]),
    keyRing: ring,
    fetch,
    onRateLimit: (...told) => limits.push(told),
  });
  return { opened, openChannel, limits };
}
async function connect(settings: unknown, platform = "WOOCOMMERCE"): Promise<string> {
  const id = mintId("Channel");
  await insertChannel(test.database, tenantId, id, platform);
  await reseal(id, settings);
  return id;
}
const reseal = (id: string, settings: unknown) =>
  test.database.asSystem((tx) =>
    tx
      .update(channels)
      .set({ sealed: sealSecrets(keyRing, tenantId, id, { settings, webhookSecret: "whsec" }) })
      .where(eq(channels.id, id)),
  );

describe("Opening a channel", () => {
  it("gives the connector its settings, its webhook secret and what the probe found", async () => {
    const { opened, openChannel, limits } = listeningConnector();
    const id = await connect({ url: "https://shop.example", key: "ck_1" });
    await openChannel(tenantId, id);
    expect(opened).toMatchObject([
      {
        settings: { url: "https://shop.example", key: "ck_1" },
        context: { webhookSecret: "whsec", probe: { shopName: "Test shop" }, fetch },
      },
    ]);
    opened[0]?.context.onRateLimit?.({ remaining: 7, resetsAt: null });
    expect(limits).toEqual([[tenantId, id, { remaining: 7, resetsAt: null }]]);
  });

  it("gives the same channel to all who ask, so that they share its budget", async () => {
    const { opened, openChannel } = listeningConnector();
    const id = await connect({});
    const all = await Promise.all(Array.from({ length: 10 }, () => openChannel(tenantId, id)));
    all.push(await openChannel(tenantId, id));
    expect(new Set(all).size).toBe(1);
    expect(opened).toHaveLength(1);
  });

  it("opens anew when the settings changed", async () => {
    const { opened, openChannel } = listeningConnector();
    const id = await connect({ key: "old" });
    const before = await openChannel(tenantId, id);
    await reseal(id, { key: "new" });
    expect(await openChannel(tenantId, id)).not.toBe(before);
    expect(opened.map(({ settings }) => settings)).toEqual([{ key: "old" }, { key: "new" }]);
  });

  it("puts credentials under the present key that an older one sealed", async () => {
    const [old, fresh] = [mintKey("k0"), mintKey("k2")];
    const id = mintId("Channel");
    await insertChannel(test.database, tenantId, id);
    const secrets = { settings: { key: "ck_1" }, webhookSecret: "whsec" };
    const sealed = sealSecrets(parseKeyRing(old), tenantId, id, secrets);
    const ofChannel = eq(channels.id, id);
    await test.database.asSystem((tx) => tx.update(channels).set({ sealed }).where(ofChannel));
    const { opened, openChannel } = listeningConnector(parseKeyRing(`${fresh},${old}`));
    await openChannel(tenantId, id);
    const [row] = await test.database.asSystem((tx) => tx.select().from(channels).where(ofChannel));
    expect(openSecrets(parseKeyRing(fresh), tenantId, id, row?.sealed ?? "")).toEqual(secrets);
    expect(opened[0]?.settings).toEqual({ key: "ck_1" });
  });

  it("ends when the channel is disconnected, open or not", async () => {
    const { openChannel } = listeningConnector();
    const id = await connect({});
    await openChannel(tenantId, id);
    await test.database.forTenant(tenantId, (tx) =>
      disconnectChannel(tx, tenantId, id, new Date()),
    );
    await expect(openChannel(tenantId, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is refused to another tenant", async () => {
    const { openChannel } = listeningConnector();
    const id = await connect({});
    await openChannel(tenantId, id);
    await expect(openChannel("t2", id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("says which platforms this build knows where it does not know the channel's", async () => {
    const { openChannel } = listeningConnector();
    const id = await connect({}, "OSCOMMERCE");
    await expect(openChannel(tenantId, id)).rejects.toThrow(/OSCOMMERCE.*knows WOOCOMMERCE/);
  });
});

describe("The address for webhooks", () => {
  const address = (publicUrl: string | null, localUrl: string | null = "http://127.0.0.1:4000") =>
    createWebhookAddress({ db: test.database, keyRing, publicUrl, localUrl: () => localUrl });

  it("is under the public URL, for every shop", async () => {
    const id = await connect({ url: "https://shop.example" });
    expect(await address("https://orders.example/")(tenantId, id)).toBe(
      `https://orders.example/webhooks/${id}`,
    );
  });

  it.each([
    ["http://127.0.0.1:4102"],
    ["http://localhost:4102/shop"],
    ["http://[::1]:4102"],
    ["http://127.1:4102"],
  ])("is the gateway's own without one, for a shop at %s", async (url) => {
    const id = await connect({ shop: "mugs.myshopify.com", url });
    expect(await address(null)(tenantId, id)).toBe(`http://127.0.0.1:4000/webhooks/${id}`);
    expect(await address(null, null)(tenantId, id)).toBeNull();
  });

  it.each([
    ["https://shop.example"],
    ["http://10.0.0.7"],
    ["http://127.0.0.1.nip.example"],
    ["localhost"],
    [undefined],
  ])("is none without one, for a shop at %s", async (url) => {
    const id = await connect({ url });
    expect(await address(null)(tenantId, id)).toBeNull();
  });
});
