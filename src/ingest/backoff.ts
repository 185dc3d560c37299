/** After the first failure; doubles with each further one. Milliseconds. */
const FIRST_MS = 1_000;
/** The longest pause: a shop that comes back is noticed within it. */
const LONGEST_MS = 5 * 60_000;

/** How long to wait after so many failures in a row; between half and all of it by chance, so that many do not come back together. */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const fullMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return fullMs * (0.5 + random() / 2);
}
