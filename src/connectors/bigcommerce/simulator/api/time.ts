/** "Tue, 05 Mar 2019 21:40:11 +0000": RFC 2822, as every date of v2. */
export const rfc2822 = (seconds: number): string =>
  new Date(seconds * 1000).toUTCString().replace("GMT", "+0000");

/** "" where a date is not set. */
export const rfc2822OrEmpty = (seconds: number | null): string =>
  seconds === null ? "" : rfc2822(seconds);

/** "2019-03-05T21:40:11+00:00": ISO 8601, as the dates of v3. */
export const iso8601 = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace(".000Z", "+00:00");

const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const rfc =
  /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|GMT)$/;

/**
 * Seconds of a date filter, RFC 2822 or ISO 8601; undefined for anything else, above all for an offset whose
 * plus sign was not percent-encoded and so arrived as a space. A time without offset is UTC here.
 */
export function secondsOf(text: string): number | undefined {
  if (!iso.test(text) && !rfc.test(text)) return undefined;
  const isNaive = iso.test(text) && text.length > 10 && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(text);
  const ms = Date.parse(isNaive ? `${text.replace(" ", "T")}Z` : text);
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}
