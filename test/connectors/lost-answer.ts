import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";

const LOOK_EVERY_MS = 5;
const AT_MOST_MS = 25_000;

/**
 * Ends a call as soon as its shop keeps an answer back ("timeout-before", "timeout-after"), and no earlier: what is asked
 * before that may take as long as it takes.
 */
export function untilAnswerIsLost(shop: Pick<SimulatedShop, "calls">): AbortSignal {
  const lost = new AbortController();
  const isLost = ({ status }: { status: number }) => status === 0;
  const before = shop.calls().filter(isLost).length;
  const looking = setInterval(() => {
    if (shop.calls().filter(isLost).length > before) lost.abort();
    if (lost.signal.aborted) clearInterval(looking);
  }, LOOK_EVERY_MS);
  looking.unref();
  const late = AbortSignal.timeout(AT_MOST_MS);
  late.addEventListener("abort", () => clearInterval(looking), { once: true });
  return AbortSignal.any([lost.signal, late]);
}
