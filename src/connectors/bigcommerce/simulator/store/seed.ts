import { placeOrder } from "./placing.js";
import { products } from "./products.js";
import { sendRefund } from "./refunding.js";
import {
  asides,
  longScenario,
  type Past,
  plainScenario,
  type Scenario,
  scenarios,
  usualCart,
} from "./scenarios.js";
import type { Store } from "./store.js";

const days = 90;
const longAt = 7;
const knownId = 1042;

/**
 * Fills an empty store with `count` orders of the last ninety days, 1042 always among them; what was never
 * finished or is archived comes besides.
 */
export function seed(store: Store, count: number): void {
  for (const { good, variantId } of products)
    if (!good.digital) store.data.stock[variantId] = 10_000;
  store.data.last.order = (count >= knownId - 1000 ? 1001 : knownId) - 1;
  const end = store.now() - 60;
  for (let index = 0; index < count; index += 1) {
    const start = end - Math.floor(((count - index) * days * 86_400) / count);
    const isKnown = store.data.last.order + 1 === knownId;
    tell(pastOf(store, start, end), isKnown ? plainScenario : scenarioAt(index, count));
    const aside = asides[index % scenarios.length];
    if (aside && store.data.last.order + 1 !== knownId) tell(pastOf(store, start, end), aside);
  }
}

function scenarioAt(index: number, count: number): Scenario {
  if (index === longAt && count > scenarios.length) return longScenario;
  return scenarios[index % scenarios.length] ?? plainScenario;
}

function tell(past: Past, { cart, after }: Scenario): void {
  const order = placeOrder(past, { ...usualCart(past), ...cart });
  after?.(past, order);
}

function pastOf(store: Store, start: number, end: number): Past {
  let at = start;
  const past: Past = {
    ...store,
    now: () => at,
    tell: () => {},
    later: (order, pending) => {
      if (pending.kind === "refund") sendRefund(past, order, pending);
    },
    pass: (hours) => {
      at = Math.min(at + hours * 3600, end);
    },
  };
  return past;
}
