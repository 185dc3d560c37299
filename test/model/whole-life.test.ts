import fc from "fast-check";
import { afterAll, beforeAll, describe, it, vi } from "vitest";
import { connectors } from "../../src/connectors/index.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import {
  type ShopOptions,
  type SimulatorName,
  simulators,
} from "../../src/connectors/simulators.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";
import { handsOf } from "./hands.js";
import { CALLS, impatient, SETTLE_MS } from "./lost.js";
import { moves } from "./moves.js";
import { type Dialect, Player } from "./player.js";

/**
 * Whatever happens to an order, in whatever sequence, by us or by the shop: its quantities, its money and its statuses are
 * those of a plain model, the shop's own books say the same, and what is said to be possible is, also where an answer is
 * lost on its way: goods and money that arrived are found, and goods that did not arrive are sent again.
 */
const seed = Number(process.env.MODEL_SEED ?? 20_260_401);
const RUNS = Number(process.env.MODEL_RUNS ?? 6);
const LENGTH = 8;
console.info(`the whole life of orders with MODEL_SEED=${seed}`);

const SHOPS: [name: string, platform: SimulatorName, options: ShopOptions][] = [
  ...(Object.keys(simulators) as SimulatorName[]).map(
    (platform): [string, SimulatorName, ShopOptions] => [platform, platform, {}],
  ),
  ["magento with returns of its own", "magento", { edition: "commerce" }],
];
const USUAL: Dialect = {
  cancelObstacle: () => null,
  restocks: true,
  takesRestockedAsReturned: false,
  reopensReturns: false,
};
const DIALECTS: Record<SimulatorName, Dialect> = {
  shopify: { ...USUAL, takesRestockedAsReturned: true, reopensReturns: true },
  woocommerce: USUAL,
  magento: {
    ...USUAL,
    cancelObstacle: (life, seen, withMoney) => {
      if (seen.lines.nodes.some(({ quantities }) => quantities.fulfilled > 0))
        return "something left";
      return withMoney && life.refunds.length === 0 ? null : "what was invoiced stays";
    },
  },
  bigcommerce: { ...USUAL, restocks: false },
};

let gateway: TestGateway;
const open: SimulatedShop[] = [];
beforeAll(async () => {
  gateway = await startTestGateway({
    connectors: impatient(connectors, open),
    commands: { settleMs: SETTLE_MS, lookAgainMs: 20 },
  });
});
afterAll(() => gateway.end());

describe.concurrent.each(SHOPS)("at a %s shop", (name, platform, options) => {
  it("every order lives as it should", async () => {
    const shop: SimulatedShop = await simulators[platform]({
      ...options,
      orders: 2,
      plan: "wide",
      relaxedDelivery: true,
    });
    open.push(shop);
    try {
      const channelId = await gateway.connect(shop);
      const hands = handsOf(gateway, name);
      await fc.assert(
        fc.asyncProperty(moves(LENGTH), fc.boolean(), async (life, online) => {
          const { orderId } = await shop.acts.placeOrder({
            lines: [
              { sku: "MUG-01", quantity: 3 },
              { sku: "TEE-M", quantity: 2 },
            ],
            paid: true,
            payment: online ? "online" : "offline",
          });
          const seen = await vi.waitFor(
            async () => {
              const id = await hands.find(channelId, orderId);
              const order = id === null ? null : await hands.see(id);
              if (order?.paymentStatus !== "PAID") throw new Error(`${orderId} is not paid yet`);
              return order;
            },
            { timeout: 30_000, interval: 50 },
          );
          const player = new Player(
            { hands, shop, dialect: DIALECTS[platform], calls: CALLS[platform] },
            orderId,
            seen,
          );
          for (const move of life) await player.play(move);
          await player.finish();
        }),
        { numRuns: RUNS, seed, endOnFailure: true },
      );
    } finally {
      await shop.stop();
    }
  }, 600_000);
});
