/** What the headers of an answer say of the window in which a store counts requests. */
export interface Window {
  left: number;
  quota: number;
  resetsInMs: number;
}

/** Null where an answer does not say: an unlimited plan, or a platform too busy to count. */
export function windowOf(headers: Headers): Window | null {
  const read = (name: string) => {
    const text = headers.get(`x-rate-limit-${name}`);
    return text !== null && /^\d+$/.test(text.trim()) ? Number(text) : null;
  };
  const left = read("requests-left");
  const quota = read("requests-quota");
  const resetsInMs = read("time-reset-ms");
  return left === null || quota === null || resetsInMs === null
    ? null
    : { left, quota, resetsInMs };
}

/**
 * The requests that a store still takes in its present window, as we believe. All apps of the store eat of the same
 * quota, so reads leave a tenth of it to writes and to others. Nothing is assumed before the store has answered once.
 */
export interface Budget {
  /** Milliseconds until one more request should fit, 0 for now. */
  waitMs(kind: "read" | "write"): number;
  /** Sets one request aside, until its answer is there: call what comes back with what the store said, if anything. */
  begin(): (said: Window | null) => void;
}

export function createBudget(now: () => number): Budget {
  let known: { left: number; quota: number; resetsAt: number } | null = null;
  let underWay = 0;

  function hear(said: Window): void {
    const resetsAt = now() + said.resetsInMs;
    // Answers overtake each other: within one window the least that was said is the latest.
    const same =
      known !== null &&
      Number.isFinite(known.resetsAt) &&
      resetsAt - known.resetsAt < NEXT_WINDOW_MS;
    known = {
      left: known && same ? Math.min(known.left, said.left) : said.left,
      quota: said.quota,
      resetsAt: known && same ? known.resetsAt : resetsAt,
    };
  }

  return {
    waitMs(kind) {
      if (known && now() >= known.resetsAt)
        known = { ...known, left: known.quota, resetsAt: Number.POSITIVE_INFINITY };
      if (!known) return 0;
      const spare = kind === "read" ? Math.ceil(known.quota * SPARE) : 0;
      if (known.left - underWay > spare) return 0;
      // A new window of which nothing was heard yet: whoever is under way will tell.
      return Number.isFinite(known.resetsAt) ? known.resetsAt - now() : LISTEN_MS;
    },
    begin() {
      underWay++;
      return (said) => {
        underWay--;
        if (said) hear(said);
        else if (known) known.left--;
      };
    },
  };
}

/** The part of the quota that reads leave alone. */
const SPARE = 0.1;
/** Two answers of one window put its end at the same moment, give or take their way; windows last seconds. */
const NEXT_WINDOW_MS = 1_000;
const LISTEN_MS = 50;
