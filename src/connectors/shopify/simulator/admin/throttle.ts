/** A leaky bucket of cost points, one for each app in a shop. */
export interface Bucket {
  /** Takes the points if they are there. */
  take(points: number): boolean;
  giveBack(points: number): void;
  status(): { maximumAvailable: number; currentlyAvailable: number; restoreRate: number };
}

/** Points a bucket holds, and how many come back each second, by the shop's plan. */
export const limits = {
  standard: { maximumAvailable: 2_000, restoreRate: 100 },
  wide: { maximumAvailable: 1_000_000, restoreRate: 100_000 },
} as const;

/** No single query may cost more, whatever the plan. */
export const mostPerQuery = 1_000;

/** A full bucket of the plan. `nowMs` is a monotonic clock in milliseconds. */
export function createBucket(
  plan: keyof typeof limits,
  nowMs: () => number = () => performance.now(),
): Bucket {
  const { maximumAvailable, restoreRate } = limits[plan];
  let available: number = maximumAvailable;
  let atMs = nowMs();

  function restore(): void {
    const passedMs = nowMs() - atMs;
    available = Math.min(maximumAvailable, available + (passedMs * restoreRate) / 1_000);
    atMs += passedMs;
  }
  return {
    take(points) {
      restore();
      if (points > available) return false;
      available -= points;
      return true;
    },
    giveBack(points) {
      available = Math.min(maximumAvailable, available + points);
    },
    status() {
      restore();
      return { maximumAvailable, currentlyAvailable: Math.floor(available), restoreRate };
    },
  };
}
