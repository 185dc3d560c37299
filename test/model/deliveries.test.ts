import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Big from "big.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { TENANT } from "../../src/app.js";
import { connectorOf } from "../../src/connectors/index.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { type SimulatorName, simulators } from "../../src/connectors/simulators.js";
import type { Channel } from "../../src/domain/channel.js";
import { mintId } from "../../src/domain/id.js";
import { merge, newOrder } from "../../src/domain/merge.js";
import type { Order } from "../../src/domain/order.js";
import { loadOrders } from "../../src/store/orders.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";
import { factsOf } from "./facts.js";

/**
 * However a shop's webhooks come (shuffled, doubled, some not at all), an order ends as its shop has it: by the webhooks
 * alone where none was lost, and with the next poll where one was. Amounts keep every decimal of their currency.
 */
const seed = Number(process.env.MODEL_SEED ?? 20_260_402);
const RUNS = Number(process.env.MODEL_RUNS ?? 4);
console.info(`deliveries with MODEL_SEED=${seed}`);

interface Delivery {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** Where shops deliver to, instead of the gateway: what comes is kept for the test to pass on. */
class Interception {
  readonly kept: Delivery[] = [];
  readonly #server: Server;
  url = "";

  constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const headers = Object.fromEntries(
        Object.entries(request.headers).flatMap(([name, value]) =>
          typeof value === "string" && !HOP.has(name) ? [[name, value]] : [],
        ),
      );
      this.kept.push({ path: request.url ?? "", headers, body: Buffer.concat(chunks).toString() });
      response.end();
    });
  }
  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  take(channelId: string): Delivery[] {
    const mine = this.kept.filter(({ path }) => path.endsWith(channelId));
    for (const delivery of mine) this.kept.splice(this.kept.indexOf(delivery), 1);
    return mine;
  }
  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
const HOP = new Set(["host", "connection", "content-length", "transfer-encoding"]);

const post = new Interception();
let gateway: TestGateway;
beforeAll(async () => {
  await post.open();
  gateway = await startTestGateway({
    publicUrl: post.url,
    ingest: { pollEveryMs: 3_600_000, readCooldownMs: 20, watchEveryMs: 3_600_000 },
  });
});
afterAll(async () => {
  await gateway.end();
  post.close();
});

/** What people in a shop do to an order; what the shop refuses as the order stands, it refuses. */
const ACTS = {
  pay: (shop: SimulatedShop, id: string) => shop.acts.pay(id),
  edit: (shop: SimulatedShop, id: string) => shop.acts.edit(id),
  hold: (shop: SimulatedShop, id: string) => shop.acts.hold(id),
  cancel: (shop: SimulatedShop, id: string) => shop.acts.cancel(id),
  shipOne: (shop: SimulatedShop, id: string) =>
    shop.acts.ship(id, {
      lines: [{ sku: "MUG-01", quantity: 1 }],
      tracking: { number: `1Z${id.replace(/\D/g, "")}`, carrier: "UPS" },
    }),
  shipRest: (shop: SimulatedShop, id: string) => shop.acts.ship(id),
  refundOne: (shop: SimulatedShop, id: string) =>
    shop.acts.refund(id, { lines: [{ sku: "TEE-M", quantity: 1 }] }),
} as const;
type ActName = keyof typeof ACTS;

/** Magento alone sells parts of pieces, to four decimals. */
const quantityAt = (platform: string) =>
  platform === "magento"
    ? fc.integer({ min: 10_001, max: 49_999 }).map((count) => count / 10_000)
    : fc.constantFrom(1, 3);

const lifeAt = (platform: string) =>
  fc.record({
    quantity: quantityAt(platform),
    currency: fc.constantFrom(undefined, "JPY", "KWD"),
    acts: fc.array(fc.constantFrom(...(Object.keys(ACTS) as ActName[])), {
      minLength: 2,
      maxLength: 6,
    }),
    /** For each delivery in turn: how often it comes, and when. */
    post: fc.array(fc.record({ times: fc.constantFrom(0, 1, 1, 1, 2), when: fc.nat(100) }), {
      minLength: 40,
      maxLength: 40,
    }),
    lossless: fc.boolean(),
  });

describe.concurrent.each(Object.keys(simulators) as SimulatorName[])("at a %s shop", (platform) => {
  it("every order ends as its shop has it", async () => {
    const shop = await simulators[platform]({ orders: 1, plan: "wide", relaxedDelivery: true });
    try {
      const channelId = await gateway.connect(shop);
      const channel = await openAlone(shop);
      await fc.assert(
        fc.asyncProperty(
          lifeAt(platform),
          async ({ quantity, currency, acts, post: fates, lossless }) => {
            const { orderId } = await shop.acts.placeOrder({
              lines: [
                { sku: "MUG-01", quantity },
                { sku: "TEE-M", quantity: 2 },
              ],
              paid: false,
              ...(currency && { currency }),
            });
            await shop.settled();
            await expectExact(channel, shop, orderId, { currency, quantity });
            for (const act of acts) {
              await ACTS[act](shop, orderId).catch(() => undefined);
              await shop.settled();
            }
            const deliveries = post.take(channelId).flatMap((delivery, index) => {
              const { times, when } = fates[index % fates.length] ?? { times: 1, when: 0 };
              const copies = lossless ? Math.max(1, times) : times;
              return Array.from({ length: copies }, (_, copy) => ({
                delivery,
                when: when + copy * 50,
              }));
            });
            for (const { delivery } of deliveries.sort((a, b) => a.when - b.when))
              await deliver(delivery);
            // A platform that sends nothing is polled; one that lost something too.
            if (!lossless || deliveries.length === 0) await pollNow(channelId);
            const should = await truthOf(channel, orderId);
            await vi.waitFor(async () => expect(await known(channelId, orderId)).toEqual(should), {
              timeout: 30_000,
              interval: 50,
            });
          },
        ),
        { numRuns: RUNS, seed, endOnFailure: true },
      );
    } finally {
      await shop.stop();
    }
  }, 300_000);
});

async function deliver({ path, headers, body }: Delivery): Promise<void> {
  const response = await fetch(`${gateway.url}${path}`, { method: "POST", headers, body });
  expect(response.status).toBeLessThan(300);
}

/** The shop as any other program would see it. */
async function openAlone(shop: SimulatedShop): Promise<Channel> {
  const connector = connectorOf(shop.platform.toUpperCase());
  if (!connector) throw new Error(`no connector of ${shop.platform}`);
  const context = { webhookSecret: "another", fetch };
  const probe = await connector.open(shop.settings, { ...context, probe: null }).probe();
  return connector.open(shop.settings, { ...context, probe });
}

/** What is to be known of an order: what one fresh read of its shop comes to. */
async function truthOf(channel: Channel, nativeId: string) {
  const snapshot = await channel.read({ nativeId });
  if (!snapshot?.head) throw new Error(`the shop does not show ${nativeId}`);
  const context = { mint: mintId, now: new Date().toISOString() };
  const fresh = newOrder("channel", nativeId, snapshot.head.value, context);
  return factsOf(asStored(merge(fresh, snapshot, context).order));
}

async function known(channelId: string, nativeId: string) {
  const stored = await gateway.database.forTenant(TENANT, (tx) =>
    loadOrders(tx, TENANT, channelId, [nativeId]),
  );
  const order = stored.get(nativeId)?.order;
  if (!order) throw new Error(`${nativeId} is not known yet`);
  return factsOf(order);
}

/** A channel that is resumed is polled at once; one whose last poll was still under way is told again. */
async function pollNow(id: string): Promise<void> {
  const askedAt = new Date().toISOString();
  await vi.waitFor(
    async () => {
      await gateway.ask("mutation ($id: ID!) { channelPause(id: $id) { userErrors { code } } }", {
        id,
      });
      await gateway.ask("mutation ($id: ID!) { channelResume(id: $id) { userErrors { code } } }", {
        id,
      });
      await vi.waitFor(() => expectPoll(id, askedAt), { timeout: 5_000, interval: 50 });
    },
    { timeout: 60_000, interval: 50 },
  );
}

async function expectPoll(id: string, since: string): Promise<void> {
  const { data } = await gateway.ask<{ channel: { sync: { lastPollAt: string | null } } }>(
    "query ($id: ID!) { channel(id: $id) { sync { lastPollAt } } }",
    { id },
  );
  if ((data?.channel.sync.lastPollAt ?? "") < since) throw new Error(`${id} was not polled yet`);
}

function asStored(order: Order): Order {
  return JSON.parse(JSON.stringify(order)) as Order;
}

/** What the order comes to is what the shop says, to the last decimal, with no fewer than its currency has. */
async function expectExact(
  channel: Channel,
  shop: SimulatedShop,
  nativeId: string,
  placed: { currency: string | undefined; quantity: number },
): Promise<void> {
  const { total, lines } = await truthOf(channel, nativeId);
  const said = shop.view(nativeId);
  expect(total.presentment.currency).toBe(placed.currency ?? said?.currency);
  expect(lines.map(({ quantities }) => quantities?.ordered)).toContain(placed.quantity);
  expect(Big(total.presentment.amount).eq(said?.total ?? Number.NaN)).toBe(true);
  for (const bag of [total, ...lines.map((line) => line.total)])
    for (const { amount, currency: unit } of [bag.shop, bag.presentment])
      expect(amount.split(".")[1]?.length ?? 0, `${amount} ${unit}`).toBeGreaterThanOrEqual(
        decimalsOf(unit),
      );
}

function decimalsOf(currency: string): number {
  return (
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions()
      .maximumFractionDigits ?? 2
  );
}
