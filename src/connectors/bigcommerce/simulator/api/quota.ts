/** Requests that a store may receive in a window, by its plan; all apps share them. */
export const quotas = { standard: 150, wide: 1_000_000 } as const;

export const windowMs = 30_000;

export interface Quota {
  /** Takes one request; false where none is left until the window ends. */
  take(): boolean;
  /** The headers that tell of it, as they stand on every answer. */
  headers(): Record<string, string>;
}

/** A fresh window of requests. `nowMs` is a monotonic clock in milliseconds. */
export function createQuota(
  plan: keyof typeof quotas,
  nowMs: () => number = () => performance.now(),
): Quota {
  const quota = quotas[plan];
  let left: number = quota;
  let endsAtMs = nowMs() + windowMs;

  function turn(): void {
    if (nowMs() < endsAtMs) return;
    left = quota;
    endsAtMs = nowMs() + windowMs;
  }
  return {
    take() {
      turn();
      if (left === 0) return false;
      left -= 1;
      return true;
    },
    headers() {
      turn();
      return {
        "x-rate-limit-requests-left": String(left),
        "x-rate-limit-requests-quota": String(quota),
        "x-rate-limit-time-reset-ms": String(Math.ceil(endsAtMs - nowMs())),
        "x-rate-limit-time-window-ms": String(windowMs),
      };
    },
  };
}
