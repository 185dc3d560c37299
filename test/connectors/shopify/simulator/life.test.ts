import { expect, it } from "vitest";
import { createActs } from "../../../../src/connectors/shopify/simulator/shop/acts.js";
import { dailyLife } from "../../../../src/connectors/shopify/simulator/shop/daily-life.js";
import { seedShop } from "../../../../src/connectors/shopify/simulator/shop/seed.js";
import { runShop } from "../../../../src/connectors/shopify/simulator/shop/shop.js";
import { seededRandom } from "../../../../src/connectors/simulator/random.js";

it("brings returns that are asked for, decided, taken in and paid for", async () => {
  const random = seededRandom(7);
  const now = () => new Date("2026-11-10T10:00:00Z");
  const domain = () => "a.myshopify.com";
  const data = seedShop({ orders: 60, random, now: now(), domain });
  const shop = runShop({ data, domain, random, now, tell: () => {} });
  const life = dailyLife(shop, createActs(shop));
  for (let count = 0; count < 400; count++) {
    const act = random.weighted(life);
    // An act that finds nothing to act on comes to nothing, as it does in a living shop.
    await Promise.resolve()
      .then(act.run)
      .catch(() => undefined);
  }
  const returns = data.orders.flatMap((order) => order.returns);
  const statuses = new Set(returns.map(({ status }) => status));
  expect([...statuses]).toEqual(expect.arrayContaining(["REQUESTED", "OPEN", "DECLINED"]));
  const paid = data.orders.flatMap(({ refunds }) => refunds.filter(({ returnId }) => returnId));
  expect(paid.length).toBeGreaterThan(0);
  for (const { lines } of returns)
    for (const { quantity, processed, refunded } of lines)
      expect(refunded <= processed && processed <= quantity).toBe(true);
});
