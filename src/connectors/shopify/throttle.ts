/** What Shopify says of its bucket in every answer (`extensions.cost`), in points. */
export interface Cost {
  requestedQueryCost: number;
  actualQueryCost: number | null;
  throttleStatus: {
    maximumAvailable: number;
    currentlyAvailable: number;
    restoreRate: number;
  };
}

/** The cost that an answer tells; null where it tells none that can be reckoned with, which is no reason to lose the answer. */
export function readCost(told: unknown): Cost | null {
  const cost = told as Partial<Cost> | null | undefined;
  const { maximumAvailable, currentlyAvailable, restoreRate } = (cost?.throttleStatus ??
    {}) as Partial<Cost["throttleStatus"]>;
  const figures = [maximumAvailable, currentlyAvailable, restoreRate, cost?.requestedQueryCost];
  return figures.every((figure) => Number.isFinite(figure)) && Number(restoreRate) > 0
    ? (cost as Cost)
    : null;
}

/**
 * The bucket of one shop as we believe it to be. Nothing is assumed of its size: until the shop has answered
 * once nobody waits, and what an operation costs is known from its own earlier answers.
 */
export interface Throttle {
  /** Milliseconds until this operation should fit, 0 for now. What is `sparing` leaves a tenth of the bucket to others. */
  waitMs(operation: { name: string; sparing: boolean }): number;
  /** Sets its cost aside, until the answer is there: call what comes back with what the shop said of it, if anything. */
  begin(name: string): (cost: Cost | null) => void;
}

export function createThrottle(now: () => number): Throttle {
  const costs = new Map<string, number>();
  let bucket: { size: number; rate: number; level: number; at: number } | null = null;
  let underWay = 0;
  let reports = 0;
  const costOf = (name: string) => costs.get(name) ?? 0;

  return {
    waitMs({ name, sparing }) {
      if (!bucket) return 0;
      const cost = costOf(name);
      const spare = sparing ? Math.min(bucket.size / 10, bucket.size - cost) : 0;
      const restored = ((now() - bucket.at) / 1000) * bucket.rate;
      const level = Math.min(bucket.size, bucket.level + restored) - underWay;
      const missing = cost + Math.max(0, spare) - level;
      return missing <= 0 ? 0 : Math.ceil((missing / bucket.rate) * 1000);
    },
    begin(name) {
      const aside = costOf(name);
      const begunAt = reports;
      underWay += aside;
      return (cost) => {
        if (begunAt === reports) underWay -= aside;
        if (!cost) return;
        // The level that the shop reports is already without what it is working on besides.
        reports++;
        underWay = 0;
        const { maximumAvailable, restoreRate, currentlyAvailable } = cost.throttleStatus;
        costs.set(name, cost.requestedQueryCost);
        bucket = {
          size: maximumAvailable,
          rate: restoreRate,
          level: currentlyAvailable,
          at: now(),
        };
      };
    },
  };
}

/** How long to wait after a refusal for want of points, and whether waiting can help at all. */
export function refusedWaitMs({ requestedQueryCost, throttleStatus }: Cost): number | null {
  const { currentlyAvailable, maximumAvailable, restoreRate } = throttleStatus;
  if (requestedQueryCost > maximumAvailable) return null;
  const missing = Math.max(1, requestedQueryCost - currentlyAvailable);
  return Math.ceil((missing / restoreRate) * 1000);
}
