import { createFaults } from "../../simulator/faults.js";
import { startLife } from "../../simulator/life.js";
import { type Random, seededRandom } from "../../simulator/random.js";
import { listen, type ShopAnswer, type ShopRequest } from "../../simulator/server.js";
import type { SimulatedShop, SimulatorOptions } from "../../simulator/shop.js";
import { openState, type State } from "../../simulator/state.js";
import { createActs, lifeActs } from "./acts.js";
import { createQueue } from "./bulk.js";
import { documentRoutes } from "./document-routes.js";
import { internal } from "./errors.js";
import { inventoryRoutes } from "./inventory-routes.js";
import { maintenancePage } from "./maintenance.js";
import { orderRoutes } from "./order-routes.js";
import { phpJson } from "./php.js";
import { returnRoutes } from "./return-routes.js";
import { createRouter, type Route } from "./router.js";
import { seed } from "./seed.js";
import { shipmentRoutes } from "./shipment-routes.js";
import { shopRoutes } from "./shop-routes.js";
import type { InputLimits, Site } from "./site.js";
import { emptySite, type Integration, type SiteData } from "./state.js";
import { viewShop } from "./view.js";

export interface MagentoOptions extends SimulatorOptions {
  /** Adobe Commerce has returns (RMA) besides. Default "community". */
  edition?: "community" | "commerce";
  /** Whether the access token alone serves as a bearer token; off by default since 2.4.4. Default false. */
  bearer?: boolean;
  /** The limits of webapi/validation; off in a fresh shop. Default none. */
  limits?: InputLimits;
  /** A page past the end gives the last one again, as 2.3 did. Default false: it is empty. */
  lastPageRepeats?: boolean;
  /** Credit memos name shipping with its tax, and so take it. Default false, as in a fresh shop. */
  shippingShownWithTax?: boolean;
}

/** How to connect: OAuth 1.0a always; in a shop that allows it, the access token alone will do. */
export interface MagentoSettings extends Record<string, unknown> {
  url: string;
  consumerKey: string;
  consumerSecret: string;
  accessToken: string;
  accessTokenSecret: string;
}

export interface SimulatedMagento extends SimulatedShop {
  readonly settings: MagentoSettings;
  /** The same settings of an integration that may read orders and nothing else of theirs. */
  readonly restricted: MagentoSettings;
  /** Switches maintenance mode: every request then gets 503 and an HTML page. */
  maintenance(on: boolean): void;
}

/**
 * Starts a shop that speaks the REST API of Magento 2.4.6-p11 (orders, shipments, invoices, credit memos,
 * inventory, bulk), and fails where the real one was seen to fail. It delivers no webhooks: Open Source has none.
 */
export async function startMagento(options: MagentoOptions = {}): Promise<SimulatedMagento> {
  const { stateFile, seed: seedNumber = 1, orders = 250, log } = options;
  const secrets = seededRandom(seedNumber);
  const state = await openState({ file: stateFile, initial: () => emptySite(secrets.text), log });
  // A restarted shop goes on with other choices than those it began with.
  const random = state.fresh
    ? secrets
    : seededRandom(seedNumber + (state.data.last.sales_order ?? 0));
  const faults = createFaults();
  const queue = createLater();
  let url = "";
  let isUnderMaintenance = false;
  const site = createSite({ state, random, options, url: () => url, later: queue.later });
  if (state.fresh) seed(site, orders);
  const acts = createActs(site);
  const route = createRouter(site, routesOf(site), createQueue(site));
  const server = await listen({
    port: options.port,
    tls: options.tls,
    handler: (request) => {
      if (isUnderMaintenance) return maintenancePage(url);
      return request.path === "/magento_version" ? versionPage(site) : route(request);
    },
    nameOf: ({ method, path }: ShopRequest) => `${method} ${path.replace(/\/$/, "")}`,
    faults,
    refuse,
    acts,
    log,
  });
  url = server.url;
  const life = startLife({ everyMs: options.lifeEveryMs, random, acts: lifeActs(site, acts), log });
  const [whole, reader] = state.data.integrations as [Integration, Integration];

  return {
    platform: "magento",
    url,
    settings: settingsOf(url, whole),
    restricted: settingsOf(url, reader),
    acts,
    view: (orderId) => viewShop(site, orderId),
    calls: server.calls,
    settled: queue.settled,
    maintenance(on) {
      isUnderMaintenance = on;
    },
    async stop() {
      await life.stop();
      await queue.settled();
      await server.close();
      await state.save();
    },
  };
}

function settingsOf(url: string, integration: Integration): MagentoSettings {
  const { consumerKey, consumerSecret, accessToken, accessTokenSecret } = integration;
  return { url, consumerKey, consumerSecret, accessToken, accessTokenSecret };
}

function routesOf({ edition }: Site): readonly Route[] {
  return [
    ...orderRoutes,
    ...documentRoutes,
    ...shipmentRoutes,
    ...inventoryRoutes,
    ...shopRoutes,
    ...(edition === "commerce" ? returnRoutes : []),
  ];
}

interface SiteOptions {
  state: State<SiteData>;
  random: Random;
  options: MagentoOptions;
  /** Known once the shop listens. */
  url: () => string;
  later: Site["later"];
}

function createSite({ state, random, options, url, later }: SiteOptions): Site {
  const { now = () => new Date() } = options;
  const next = (sequence: string): number => {
    const id = (state.data.last[sequence] ?? 0) + 1;
    state.data.last[sequence] = id;
    return id;
  };
  return {
    data: state.data,
    random,
    get url() {
      return url();
    },
    edition: options.edition ?? "community",
    bearer: options.bearer ?? false,
    limits: options.limits ?? null,
    lastPageRepeats: options.lastPageRepeats ?? false,
    shippingShownWithTax: options.shippingShownWithTax ?? false,
    now: () => Math.floor(now().getTime() / 1000),
    nextId: next,
    nextNumber(kind, storeId) {
      const number = String(next(`${kind} ${storeId}`)).padStart(9, "0");
      return storeId === 1 ? number : `${storeId}${number}`;
    },
    changed: state.changed,
    later,
  };
}

/** Work that comes after the answer, and a way to wait for all of it. */
function createLater(): { later: Site["later"]; settled: () => Promise<void> } {
  const waiting = new Set<Promise<void>>();
  return {
    later(work) {
      const done = new Promise<void>((resolve, reject) => {
        setImmediate(() => {
          try {
            work();
            resolve();
          } catch (error) {
            reject(error);
          }
        });
      }).finally(() => waiting.delete(done));
      waiting.add(done);
    },
    async settled() {
      while (waiting.size > 0) await Promise.all(waiting);
    },
  };
}

function versionPage({ edition }: Site): ShopAnswer {
  const name = edition === "commerce" ? "Enterprise" : "Community";
  return { status: 200, headers: { "content-type": "text/html" }, body: `Magento/2.4 (${name})` };
}

/** A 429 comes from what stands before Magento, as a page; its own failures are JSON. */
function refuse(status: 429 | 500): ShopAnswer {
  if (status === 429) {
    const headers = { "content-type": "text/html", "retry-after": "1" };
    return { status, headers, body: "<html><body><h1>429 Too Many Requests</h1></body></html>" };
  }
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { status, headers, body: phpJson(internal("6b03b21de1b09")) };
}
