import { goods, people } from "../../../simulator/catalog.js";
import type { Random } from "../../../simulator/random.js";
import { emptyShop, furnish } from "./opening.js";
import { type Placing, placeOrder } from "./placing.js";
import { type Scenario, scenarios } from "./scenarios.js";
import { runShop, type Shop } from "./shop.js";
import type { ShopData } from "./state.js";

export interface SeedOptions {
  orders: number;
  random: Random;
  /** The moment at which the seeded past ends. */
  now: Date;
  domain: () => string;
  /** Where ids begin; by default where those of running shops are. */
  firstId?: string | undefined;
}

/** The seeded past reaches this far back, so that some orders lie beyond the sixty days. */
const pastDays = 90;
/** Which order is the long one, where there are as many. */
const longOrder = 20;
const longOrderLines = 300;

/** A shop with a past. The same seed and the same moment give the same shop, to the last id. */
export function seedShop({ orders, random, now, domain, firstId }: SeedOptions): ShopData {
  const data: ShopData = { ...emptyShop(), ...(firstId !== undefined && { firstId }) };
  const startMs = now.getTime() - pastDays * 86_400_000;
  let clockMs = startMs;
  const open = () =>
    runShop({ data, domain, random, now: () => new Date(clockMs), tell: () => {} });
  // A shop indexes its goods and customers when it opens, hence once to furnish it and once to sell.
  furnish(open(), new Date(startMs));
  const shop = open();
  for (let place = 0; place < orders; place++) {
    const placedMs = startMs + ((place + 1) / (orders + 1)) * pastDays * 86_400_000;
    const at = (hours: number): void => {
      clockMs = Math.min(now.getTime(), placedMs + hours * 3_600_000);
    };
    at(0);
    const scenario = place === longOrder - 1 ? manyLines : scenarios[place % scenarios.length];
    if (!scenario) continue;
    const order = placeOrder(shop, placingOf(shop, scenario));
    scenario.after?.(shop, order, at);
  }
  return data;
}

function placingOf(shop: Shop, { placing }: Scenario): Placing {
  const { random } = shop;
  const person = random.pick(people);
  const customer = shop.data.customers.find(({ email }) => email === person.email);
  const isGuest = random.chance(0.4);
  return {
    lines: someGoods(random),
    person,
    currency: "USD",
    payment: "paid",
    customerId: isGuest ? null : (customer?.id ?? null),
    ...placing,
  };
}

const physical = goods.filter(({ digital }) => !digital);

/** One to four different goods that can be shipped. */
function someGoods(random: Random): Placing["lines"] {
  const first = random.integer(0, physical.length - 1);
  return Array.from({ length: random.integer(1, 4) }, (_, step) => ({
    sku: physical[(first + step * 5) % physical.length]?.sku ?? "MUG-01",
    quantity: random.integer(1, 3),
  }));
}

const manyLines: Scenario = {
  placing: {
    lines: Array.from({ length: longOrderLines }, (_, place) => ({
      sku: physical[place % physical.length]?.sku ?? "MUG-01",
      quantity: 1,
      attributes: [{ key: "row", value: String(place + 1) }],
    })),
  },
};
