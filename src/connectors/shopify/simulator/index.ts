import { createDeliveries, type Deliveries } from "../../simulator/deliveries.js";
import { createFaults } from "../../simulator/faults.js";
import { startLife } from "../../simulator/life.js";
import { seededRandom } from "../../simulator/random.js";
import { listen, type ShopAnswer } from "../../simulator/server.js";
import type { SimulatedShop, SimulatorOptions } from "../../simulator/shop.js";
import { openState } from "../../simulator/state.js";
import { apiVersion, createAdmin, json } from "./admin/answer.js";
import { type Credentials, nameRequest, openDoor } from "./admin/door.js";
import { bulkFields } from "./admin/mutate-bulk.js";
import { fulfillmentMutations } from "./admin/mutate-fulfillment.js";
import { fulfillmentOrderMutations } from "./admin/mutate-fulfillment-order.js";
import { orderMutations } from "./admin/mutate-order.js";
import { refundMutations } from "./admin/mutate-refund.js";
import { returnMutations } from "./admin/mutate-return.js";
import { reverseMutations } from "./admin/mutate-reverse.js";
import { webhookMutations } from "./admin/mutate-webhook.js";
import { queries } from "./admin/queries.js";
import { buildAdminSchema } from "./admin/schema.js";
import { allScopes } from "./admin/scopes.js";
import { createBucket } from "./admin/throttle.js";
import { type Bulk, createBulk } from "./bulk/operations.js";
import { createActs, type ShopifyActs } from "./shop/acts.js";
import { dailyLife } from "./shop/daily-life.js";
import { startJobs } from "./shop/jobs.js";
import { seedShop } from "./shop/seed.js";
import { runShop } from "./shop/shop.js";
import type { ShopData } from "./shop/state.js";
import { viewOrder } from "./shop/view.js";
import { deliveryPolicy, tellSubscribers } from "./webhooks/tell.js";

export interface ShopifyOptions extends SimulatorOptions {
  /** Access scopes that the merchant granted the app. Default all that an order gateway needs. */
  scopes?: readonly string[];
  /** Where ids begin, as digits. Default where those of running shops are, thirteen digits. */
  firstId?: string;
}

export interface SimulatedShopify extends SimulatedShop {
  readonly acts: ShopifyActs;
  /** Its exports, and what may become of them. */
  readonly bulk: Bulk;
}

/**
 * Opens a Shopify shop: Admin GraphQL 2026-10 on a slice of the official schema, client-credentials grants and
 * webhooks. What the schema cannot say (cost, throttling, scopes, state machines) is told beside each part. Its domain
 * follows from its seed and its port, so that two shops at once are two shops.
 */
export async function startShopify(options: ShopifyOptions = {}): Promise<SimulatedShopify> {
  const {
    seed = 1,
    orders = 250,
    plan = "standard",
    relaxedDelivery = false,
    scopes = allScopes,
    log,
  } = options;
  let port = options.port ?? 0;
  const domain = () => `tributary-goods-${seed}-${port}.myshopify.com`;
  const now = options.now ?? (() => new Date());
  const random = seededRandom(seed);
  const credentials = credentialsOf(seed);
  const faults = createFaults();
  const state = await openState<ShopData>({
    file: options.stateFile,
    initial: () => seedShop({ orders, random, now: now(), domain, firstId: options.firstId }),
    log,
  });
  const { data } = state;
  const deliveries: Deliveries = createDeliveries({
    policy: deliveryPolicy,
    faults,
    switchOff: unsubscribe,
    log,
  });

  function unsubscribe(id: string): void {
    const place = data.subscriptions.findIndex((each) => each.id === id);
    if (place >= 0) data.subscriptions.splice(place, 1);
    state.changed();
  }

  const shop = runShop({
    data,
    domain,
    random,
    now,
    tell(news, eventId) {
      state.changed();
      const { subscriptions } = data;
      tellSubscribers({
        news,
        eventId,
        subscriptions,
        deliveries,
        domain: domain(),
        clientSecret: credentials.clientSecret,
        random,
        at: now(),
      });
    },
  });
  const jobs = startJobs(shop);
  const acts = createActs(shop);
  const schema = buildAdminSchema();
  const asked = queries(shop);
  const bulk = createBulk({
    schema,
    root: asked,
    now: shop.now,
    baseUrl: () => server.url,
    scopes,
    apiVersion,
  });
  const admin = createAdmin({
    schema,
    root: {
      ...asked,
      ...bulkFields(bulk, schema),
      ...fulfillmentMutations(shop),
      ...fulfillmentOrderMutations(shop),
      ...orderMutations(shop, jobs),
      ...refundMutations(shop),
      ...returnMutations(shop),
      ...reverseMutations(shop),
      ...webhookMutations({ shop, relaxedDelivery, forget: deliveries.forget }),
    },
    bucket: createBucket(plan),
    scopes,
  });
  const server = await listen({
    port: options.port,
    tls: options.tls,
    handler: openDoor({ shop, credentials, scopes, files: bulk.serve, admin }),
    nameOf: nameRequest,
    faults,
    refuse,
    acts,
    log,
  });
  port = Number(new URL(server.url).port);
  const life = startLife({
    everyMs: options.lifeEveryMs,
    random,
    acts: dailyLife(shop, acts),
    log,
  });

  return {
    platform: "shopify",
    url: server.url,
    settings: { shop: domain(), url: server.url, ...credentials },
    acts,
    bulk,
    view: (orderId) => viewOrder(shop, orderId),
    calls: server.calls,
    async settled() {
      await jobs.settled();
      await bulk.settled();
      await deliveries.settled();
    },
    async stop() {
      await life.stop();
      await server.close();
      jobs.stop();
      bulk.stop();
      await deliveries.stop();
      await state.save();
    },
  };
}

/** The same seed gives the same keys, so that a shop can be found again after a restart. */
function credentialsOf(seed: number): Credentials {
  const random = seededRandom(seed + 0x5eed);
  return {
    accessToken: `shpat_${random.text(32)}`,
    clientId: random.text(32),
    clientSecret: `shpss_${random.text(32)}`,
  };
}

const refuse = (status: 429 | 500): ShopAnswer =>
  status === 429
    ? json(
        429,
        {
          errors:
            "Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.",
        },
        { "retry-after": "2.0" },
      )
    : json(500, { errors: "Internal Server Error" });
