import { Agent, fetch as undiciFetch } from "undici";
import { bigcommerce } from "../../src/connectors/bigcommerce/index.js";
import {
  allScopes as allBigCommerceScopes,
  startBigCommerce,
} from "../../src/connectors/bigcommerce/simulator/index.js";
import { magento } from "../../src/connectors/magento/index.js";
import { startMagento } from "../../src/connectors/magento/simulator/index.js";
import { shopify } from "../../src/connectors/shopify/index.js";
import { startShopify } from "../../src/connectors/shopify/simulator/index.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { woocommerce } from "../../src/connectors/woocommerce/index.js";
import { startWooCommerce } from "../../src/connectors/woocommerce/simulator/index.js";
import type { Connector } from "../../src/domain/channel.js";
import { loopbackTls } from "../connectors/simulator/tls.js";

/** What a shop says to settings with one thing wrong, told as of a shop at shop.example. */
export interface RefusedConnect {
  /** What is wrong, in a few words. */
  wrong: string;
  /** The gateway's whole message. */
  says: string;
}

/** Every way in which connecting a shop commonly fails, by platform, tried on simulated shops. */
export async function refusedConnects(): Promise<Record<string, RefusedConnect[]>> {
  return {
    WooCommerce: await refusedByWooCommerce(),
    Shopify: await refusedByShopify(),
    Magento: await refusedByMagento(),
    BigCommerce: await refusedByBigCommerce(),
  };
}

/** Over https, as real shops are. */
async function refusedByWooCommerce(): Promise<RefusedConnect[]> {
  const shop = await startWooCommerce({ orders: 1, tls: loopbackTls });
  const agent = new Agent({ connect: { ca: loopbackTls.cert } });
  const trusting = ((url: string, init: RequestInit) =>
    undiciFetch(url, { ...init, dispatcher: agent } as never)) as unknown as typeof fetch;
  const connect = refusing(woocommerce, shop, trusting);
  const { consumerKey, consumerSecret } = shop.restricted.read;
  const refused = [
    await connect("a consumer secret of another key", { consumerSecret: "cs_other" }),
    await connect("a consumer key that was revoked", { consumerKey: "ck_other" }),
    await connect("a key that may only read", { consumerKey, consumerSecret }),
    await connect("another address", { url: `${shop.url}/blog` }),
  ];
  await agent.close();
  await shop.stop();
  return refused;
}

async function refusedByShopify(): Promise<RefusedConnect[]> {
  const shop = await startShopify({ orders: 1 });
  const blind = await startShopify({ orders: 1, scopes: ["read_products"] });
  const connect = refusing(shopify, shop);
  const refused = [
    await connect("a token that was revoked", { accessToken: "shpat_other" }),
    await connect("a client secret of another app", {
      accessToken: undefined,
      clientSecret: "other",
    }),
    await refusing(shopify, blind)("no scope to read orders", {}),
  ];
  await Promise.all([shop.stop(), blind.stop()]);
  return refused;
}

async function refusedByMagento(): Promise<RefusedConnect[]> {
  const shop = await startMagento({ orders: 1 });
  const connect = refusing(magento, shop);
  const refused = [
    await connect("a secret that is wrong", { consumerSecret: "x".repeat(32) }),
    await connect("an integration that is not active", { accessToken: "x".repeat(32) }),
    await connect("the access token alone", {
      consumerKey: undefined,
      consumerSecret: undefined,
      accessTokenSecret: undefined,
    }),
    await connect("resources that are missing", shop.restricted),
  ];
  await shop.stop();
  return refused;
}

async function refusedByBigCommerce(): Promise<RefusedConnect[]> {
  const shop = await startBigCommerce({ orders: 1 });
  const scopes = allBigCommerceScopes.filter((scope) => scope !== "store_v2_orders");
  const blind = await startBigCommerce({ orders: 1, scopes });
  const connect = refusing(bigcommerce, shop);
  const refused = [
    await connect("a token that was revoked", { accessToken: "another-token" }),
    await connect("another store's hash", { storeHash: "other1" }),
    await refusing(bigcommerce, blind)("no scope to read orders", {}),
  ];
  await Promise.all([shop.stop(), blind.stop()]);
  return refused;
}

function refusing(connector: Connector, shop: SimulatedShop, fetcher: typeof fetch = fetch) {
  return async (wrong: string, differences: Record<string, unknown>): Promise<RefusedConnect> => {
    const all = Object.entries({ ...shop.settings, ...differences });
    const settings = Object.fromEntries(all.filter(([, value]) => value !== undefined));
    const context = { webhookSecret: "a secret of our own", probe: null, fetch: fetcher };
    const says = await connector
      .open(settings, context)
      .probe()
      .then(
        () => "(it connects)",
        (error: Error) => error.message,
      );
    return { wrong, says: asAnyShop(shop, says) };
  };
}

/** The message as it would read of a shop with a name. */
function asAnyShop({ url, settings }: SimulatedShop, says: string): string {
  const { host } = new URL(url);
  return says
    .replaceAll(String(settings.shop), "your-shop.myshopify.com")
    .replaceAll(url, "https://shop.example")
    .replaceAll(host, "shop.example");
}
