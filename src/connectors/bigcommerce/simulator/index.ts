import { createFaults } from "../../simulator/faults.js";
import { startLife } from "../../simulator/life.js";
import { type Random, seededRandom } from "../../simulator/random.js";
import { listen, type ShopAnswer, type ShopRequest } from "../../simulator/server.js";
import type { SimulatedShop, SimulatorOptions } from "../../simulator/shop.js";
import { openState, type State } from "../../simulator/state.js";
import { Problem } from "./api/errors.js";
import { hookRoutes } from "./api/hook-routes.js";
import { inventoryRoutes } from "./api/inventory-routes.js";
import { metafieldRoutes } from "./api/metafield-routes.js";
import { orderRoutes } from "./api/order-routes.js";
import { paymentRoutes } from "./api/payment-routes.js";
import { createQuota } from "./api/quota.js";
import { createRouter, placeOf } from "./api/router.js";
import { shipmentRoutes } from "./api/shipment-routes.js";
import { storeRoutes } from "./api/store-routes.js";
import { createHooks, type Hooks } from "./hooks/deliver.js";
import { type BigCommerceActs, createActs } from "./store/acts.js";
import { dailyLife } from "./store/daily-life.js";
import { carryOut, type Jobs, startJobs } from "./store/jobs.js";
import { seed } from "./store/seed.js";
import { emptyStore, type StoreData } from "./store/state.js";
import type { Store } from "./store/store.js";
import { viewOrder } from "./store/view.js";

export interface BigCommerceOptions extends SimulatorOptions {
  /** OAuth scopes of the access token. Default all that an order gateway needs. */
  scopes?: readonly string[];
}

export interface SimulatedBigCommerce extends SimulatedShop {
  readonly acts: BigCommerceActs;
  readonly settings: {
    storeHash: string;
    accessToken: string;
    clientId: string;
    clientSecret: string;
    /** Base that stands in the place of https://api.bigcommerce.com. */
    url: string;
  };
}

/** All scopes that an order gateway needs. */
export const allScopes: readonly string[] = [
  "store_v2_orders",
  "store_v2_transactions",
  "store_v2_products_read_only",
  "store_v2_information_read_only",
  "store_inventory",
  "store_locations_read_only",
];

/**
 * Starts a store that speaks BigCommerce's REST API: orders and shipments in v2, payments, hooks, inventory
 * and metafields in v3. What the specification leaves open is decided beside each part, and said there.
 */
export async function startBigCommerce(
  options: BigCommerceOptions = {},
): Promise<SimulatedBigCommerce> {
  const { seed: seedNumber = 1, orders = 250, plan = "standard", log } = options;
  const first = seededRandom(seedNumber);
  const state = await openState<StoreData>({
    file: options.stateFile,
    initial: () => emptyStore(first),
    log,
  });
  // A restarted store goes on with other choices than those it began with.
  const random = state.fresh ? first : seededRandom(seedNumber + state.data.last.order);
  const faults = createFaults();
  const world: World = { url: "" };
  const store = createStore({ state, random, now: options.now ?? (() => new Date()), world });
  if (state.fresh) seed(store, orders);
  else finishPayments(store);
  const hooks = createHooks({ store: () => store, faults, plan, log });
  const jobs = startJobs(() => store);
  Object.assign(world, { hooks, jobs });
  const acts = createActs(store);
  const granted = new Set(options.scopes ?? allScopes);
  const relaxed = options.relaxedDelivery ?? false;
  const routes = [
    ...orderRoutes,
    ...shipmentRoutes,
    ...paymentRoutes,
    ...metafieldRoutes,
    ...hookRoutes({ hooks: () => hooks, granted, relaxed }),
    ...inventoryRoutes,
    ...storeRoutes,
  ];
  const server = await listen({
    port: options.port,
    tls: options.tls,
    handler: createRouter({ store, routes, quota: createQuota(plan), granted }),
    nameOf,
    faults,
    refuse,
    acts,
    log,
  });
  world.url = server.url;
  const everyMs = options.lifeEveryMs;
  const life = startLife({ everyMs, random, acts: dailyLife(store, acts), log });

  return {
    platform: "bigcommerce",
    url: server.url,
    settings: { ...state.data.credentials, url: server.url },
    acts,
    view: (orderId) => viewOrder(store, orderId),
    calls: server.calls,
    async settled() {
      await jobs.settled();
      await hooks.settled();
    },
    async stop() {
      await life.stop();
      await server.close();
      jobs.stop();
      await hooks.stop();
      await state.save();
    },
  };
}

/** What a store has around it once it is open. */
interface World {
  url: string;
  hooks?: Hooks;
  jobs?: Jobs;
}

interface StoreOptions {
  state: State<StoreData>;
  random: Random;
  now: () => Date;
  world: World;
}

function createStore({ state, random, now, world }: StoreOptions): Store {
  return {
    data: state.data,
    random,
    get url() {
      return world.url;
    },
    now: () => Math.floor(now().getTime() / 1000),
    nextId(sequence) {
      state.data.last[sequence] += 1;
      return state.data.last[sequence];
    },
    tell(scope, data) {
      state.changed();
      world.hooks?.tell(scope, data);
    },
    later(order, pending) {
      state.changed();
      world.jobs?.add(order, pending);
    },
    changed: state.changed,
  };
}

/** Carries out what an earlier life of the store had promised. */
function finishPayments(store: Store): void {
  for (const order of Object.values(store.data.orders))
    for (const pending of [...order.pending]) carryOut(store, order, pending);
}

/** "GET /v2/orders/1042/shipments", without the store's hash. */
function nameOf({ method, path }: ShopRequest): string {
  return `${method} ${placeOf(path)?.path ?? path}`;
}

/** An overloaded platform: no word of limits, so no word of when to come back. */
function refuse(status: 429 | 500): ShopAnswer {
  const title = status === 429 ? "Too Many Requests" : "Internal Server Error";
  return {
    status,
    headers: { "content-type": "application/problem+json" },
    body: JSON.stringify(new Problem(status, title)),
  };
}
