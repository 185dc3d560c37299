import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectShop } from "../../src/commands/connect.js";
import { startBigCommerce } from "../../src/connectors/bigcommerce/simulator/index.js";
import { startShopify } from "../../src/connectors/shopify/simulator/index.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../src/connectors/woocommerce/simulator/index.js";
import { channels } from "../../src/store/tables.js";
import { restOf } from "../connectors/woocommerce/open.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { startTestGateway, type TestGateway, viewer } from "./gateway.js";
import { eventually } from "./world.js";

let test: TestDatabase;
let gateway: TestGateway;
beforeAll(async () => {
  test = await createTestDatabase();
  gateway = await startTestGateway({ db: test.database });
  gateway.run();
});
afterAll(async () => {
  await gateway?.stop();
  await test?.drop();
});

/** As the merchant does it in the shop, where it can be done. */
async function switchOffInBigCommerce({ settings }: SimulatedShop): Promise<void> {
  const { url, storeHash, accessToken } = settings as Record<string, string>;
  const headers = { "x-auth-token": accessToken ?? "", "content-type": "application/json" };
  const hooks = `${url}/stores/${storeHash}/v3/hooks`;
  const found = (await (await fetch(hooks, { headers })).json()) as { data: { id: number }[] };
  const body = JSON.stringify({ is_active: false });
  for (const { id } of found.data) await fetch(`${hooks}/${id}`, { method: "PUT", headers, body });
}

async function switchOffInWoo({ settings }: SimulatedShop): Promise<void> {
  const rest = restOf({ settings: settings as unknown as SimulatedWooCommerce["settings"] });
  const { body } = await rest.get("/wc/v3/webhooks");
  for (const { id } of body as { id: number }[])
    await rest.call({
      method: "PUT",
      path: `/wc/v3/webhooks/${id}`,
      body: { status: "disabled" },
    });
}

/** It knows no switch: what fails eight times it deletes. */
async function failInShopify({ acts, settled }: SimulatedShop): Promise<void> {
  const { receive } = gateway;
  gateway.receive = async () => ({ status: 503, body: "", outcome: "failed" });
  for (let i = 0; i < 8; i++) {
    await acts.placeOrder();
    await settled();
  }
  gateway.receive = receive;
}

const platforms = [
  { name: "WooCommerce", start: startWooCommerce, switchOff: switchOffInWoo },
  { name: "Shopify", start: startShopify, switchOff: failInShopify },
  { name: "BigCommerce", start: startBigCommerce, switchOff: switchOffInBigCommerce },
];

describe.each(platforms)("The watchdog at a $name shop", ({ start, switchOff }) => {
  let shop: SimulatedShop;
  let channelId: string;
  let url: string;
  beforeAll(async () => {
    shop = await start({ orders: 1, plan: "wide", relaxedDelivery: true });
    const wish = { platform: shop.platform.toUpperCase(), name: "Shop", settings: shop.settings };
    const deaf = { ...gateway.connectOptions, webhookAddress: async () => null };
    ({ channelId } = (await connectShop(deaf, viewer, wish)) as { channelId: string });
    url = String(await gateway.connectOptions.webhookAddress(viewer.tenantId, channelId));
  });
  afterAll(() => shop?.stop());

  const row = async () => {
    const [found] = await test.database.asSystem((tx) =>
      tx.select().from(channels).where(eq(channels.id, channelId)),
    );
    return found;
  };
  const inShop = async () => {
    const channel = await gateway.openChannel(viewer.tenantId, channelId);
    return channel.webhooks(url);
  };
  const isActive = ({ active }: { active: boolean }) => active;
  /** Has the watchdog look once more; answers when it has, and what the channel then shows. */
  const look = async () => {
    await test.database.asSystem((tx) =>
      tx
        .update(channels)
        .set({ webhooksCheckedAt: null, webhooks: [] })
        .where(eq(channels.id, channelId)),
    );
    return eventually(async () => {
      const found = await row();
      expect(found?.webhooksCheckedAt).not.toBeNull();
      return found;
    });
  };
  const expectAlive = async (topics: readonly string[]) => {
    const shown = await look();
    const alive = shown?.webhooks.filter(isActive).map(({ topic }) => topic);
    expect(alive?.toSorted()).toEqual(topics.toSorted());
    expect(shown).toMatchObject({ problem: null, health: "HEALTHY" });
    expect((await inShop()).filter(isActive)).toHaveLength(topics.length);
  };
  const topicsMade = async () => (await inShop()).map(({ topic }) => topic);

  it("makes webhooks that were never made, and the channel has no problem any more", async () => {
    await eventually(async () => expect((await row())?.webhooksCheckedAt).not.toBeNull());
    const topics = await topicsMade();
    expect(topics.length).toBeGreaterThan(3);
    await expectAlive(topics);
  });

  it("makes those again that somebody deleted in the shop", async () => {
    const topics = await topicsMade();
    const channel = await gateway.openChannel(viewer.tenantId, channelId);
    await channel.removeWebhooks(url);
    expect(await inShop()).toEqual([]);
    await expectAlive(topics);
  });

  it("wakes those that were switched off", async () => {
    const topics = await topicsMade();
    await switchOff(shop);
    expect((await inShop()).filter(isActive).length).toBeLessThan(topics.length);
    await expectAlive(topics);
  });
});
