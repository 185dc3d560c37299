/** When a step that the shop certainly did not do is tried again, by number of attempts made; after the last it has failed. */
export const RETRY_AFTER_MS = [
  1_000, 2_000, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
] as const;

/** Milliseconds until the next attempt, or null where it is time to give up. The shop's own wish is respected. */
export function retryDelayMs(
  attempts: number,
  wishMs: number | null,
  random: () => number = Math.random,
): number | null {
  const base = RETRY_AFTER_MS[attempts - 1];
  if (base === undefined) return null;
  // Spread, so that many commands refused at once do not come back at once.
  return Math.max(wishMs ?? 0, Math.round(base * (0.75 + random() / 2)));
}
