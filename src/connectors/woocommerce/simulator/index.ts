import { createFaults } from "../../simulator/faults.js";
import { startLife } from "../../simulator/life.js";
import { type Random, seededRandom } from "../../simulator/random.js";
import { listen, type ShopAnswer, type ShopRequest } from "../../simulator/server.js";
import type { SimulatedShop, SimulatorOptions } from "../../simulator/shop.js";
import { openState, type State } from "../../simulator/state.js";
import { createActs, lifeActs } from "./acts.js";
import { fulfillmentRoutes } from "./fulfillment-routes.js";
import { gatewayRoutes } from "./gateways.js";
import { noteRoutes } from "./note-routes.js";
import { orderRoutes } from "./order-routes.js";
import { parsePhpQuery, phpJson } from "./php.js";
import { productRoutes, variationRoutes } from "./product-routes.js";
import { refundRoutes } from "./refund-routes.js";
import { createRouter, type Route, routeOf } from "./router.js";
import { seed } from "./seed.js";
import type { Site, TrackingPlugin, WooVersion } from "./site.js";
import { type ApiKey, emptySite, type SiteData } from "./state.js";
import { systemRoutes } from "./system-routes.js";
import { trackingRoutes } from "./tracking-routes.js";
import { viewShop } from "./view.js";
import { webhookRoutes } from "./webhook-routes.js";
import { createWebhooks, type Webhooks } from "./webhooks.js";

export interface WooCommerceOptions extends SimulatorOptions {
  /** How the site keeps shipments. Default "core" on 10.5.0, "none" on 9.9.5, which has no core fulfillments. */
  fulfillments?: ShippingDialect;
  /** Default "10.5.0". */
  version?: WooVersion;
}

/**
 * How a site keeps shipments: not at all (most real ones), by core order fulfillments (off by default even in 10.5.0), or by
 * a plugin's trackings of the whole order.
 */
export type ShippingDialect = "none" | "core" | TrackingPlugin;

export interface SimulatedWooCommerce extends SimulatedShop {
  readonly settings: { url: string; consumerKey: string; consumerSecret: string };
  /** The same settings with other keys: one that may only read, one that may only write. */
  readonly restricted: { read: ApiKey; write: ApiKey };
}

/**
 * Starts a shop that speaks the REST API of WooCommerce 10.5.0 or 9.9.5 (orders, refunds, notes, fulfillments or
 * trackings, webhooks and what tells about the site), and fails where the real one was seen to fail.
 */
export async function startWooCommerce(
  options: WooCommerceOptions = {},
): Promise<SimulatedWooCommerce> {
  const { stateFile, seed: seedNumber = 1, orders = 250, plan = "standard", log } = options;
  const keyRandom = seededRandom(seedNumber);
  const state = await openState({ file: stateFile, initial: () => emptySite(keyRandom.text), log });
  // A restarted shop goes on with other choices than those it began with.
  const random = state.fresh ? keyRandom : seededRandom(seedNumber + state.data.last.post);
  const faults = createFaults();
  let url = "";
  let webhooks: Webhooks | undefined;
  const site = createSite({ state, random, options, url: () => url, webhooks: () => webhooks });
  if (state.fresh) seed(site, orders);
  webhooks = createWebhooks({
    site,
    faults,
    relaxed: options.relaxedDelivery ?? false,
    ...(plan === "wide" && { delayMs: 1_000 }),
    log,
  });
  const acts = createActs(site);
  const server = await listen({
    port: options.port,
    tls: options.tls,
    handler: createRouter(site, routesOf(site, webhooks)),
    nameOf,
    faults,
    refuse,
    acts,
    log,
  });
  url = server.url;
  const life = startLife({ everyMs: options.lifeEveryMs, random, acts: lifeActs(site, acts), log });
  const { settled, stop: stopWebhooks } = webhooks;
  const [key, read, write] = state.data.keys as [ApiKey, ApiKey, ApiKey];

  return {
    platform: "woocommerce",
    url,
    settings: { url, consumerKey: key.consumerKey, consumerSecret: key.consumerSecret },
    restricted: { read, write },
    acts,
    view: (orderId) => viewShop(site, orderId),
    calls: server.calls,
    settled,
    async stop() {
      await life.stop();
      await stopWebhooks();
      await server.close();
      await state.save();
    },
  };
}

interface SiteOptions {
  state: State<SiteData>;
  random: Random;
  options: WooCommerceOptions;
  /** Known once the shop listens. */
  url: () => string;
  webhooks: () => Webhooks | undefined;
}

function createSite({ state, random, options, url, webhooks }: SiteOptions): Site {
  const { now = () => new Date(), version = "10.5.0" } = options;
  const { fulfillments = version === "10.5.0" ? "core" : "none" } = options;
  if (fulfillments === "core" && version !== "10.5.0")
    throw new RangeError(`WooCommerce ${version} has no core fulfillments; they came with 10.1`);
  return {
    data: state.data,
    random,
    get url() {
      return url();
    },
    fulfillments: fulfillments === "core",
    tracking: fulfillments === "core" || fulfillments === "none" ? null : fulfillments,
    version,
    now: () => Math.floor(now().getTime() / 1000),
    nextId(sequence) {
      state.data.last[sequence] += 1;
      return state.data.last[sequence];
    },
    emit(topic, orderId) {
      state.changed();
      webhooks()?.tell(topic, orderId);
    },
    changed: state.changed,
  };
}

function routesOf(site: Site, webhooks: Webhooks): readonly Route[] {
  const routes: Route[] = [
    ...orderRoutes,
    ...refundRoutes,
    ...noteRoutes,
    ...gatewayRoutes,
    ...productRoutes,
    ...(site.version === "9.9.5" ? [] : variationRoutes),
    ...(site.fulfillments ? fulfillmentRoutes : []),
    ...trackingRoutes(site.tracking),
    ...webhookRoutes(webhooks),
    ...systemRoutes(() => routes),
  ];
  return routes;
}

/** "GET /wp-json/wc/v3/orders", however the client wrote the route. */
function nameOf({ method, path, url }: ShopRequest): string {
  const route = routeOf(path, parsePhpQuery(url.search));
  return `${method} ${route === null ? path : `/wp-json${route}`}`;
}

/** A host's own 429 is a page; a PHP failure is WordPress's JSON about a critical error. */
function refuse(status: 429 | 500): ShopAnswer {
  if (status === 429) {
    const headers = { "content-type": "text/html", "retry-after": "1" };
    return { status, headers, body: "<html><body><h1>429 Too Many Requests</h1></body></html>" };
  }
  const body = {
    code: "internal_server_error",
    message: "<p>There has been a critical error on this website.</p>",
    data: { status: 500 },
    additional_errors: [],
  };
  return {
    status,
    headers: { "content-type": "application/json; charset=UTF-8" },
    body: phpJson(body),
  };
}
