import { type Instant, instant } from "../../domain/time.js";

/**
 * The moment of a date as v2 ("Tue, 05 Mar 2019 21:40:11 +0000") or v3 (RFC 3339) writes it; null for the empty string
 * that v2 writes where there is none. Throws RangeError on what is no date.
 */
export function momentOf(text: string | null | undefined): Instant | null {
  const trimmed = text?.trim();
  if (!trimmed) return null;
  return instant(OFFSET.test(trimmed) ? trimmed : `${trimmed}Z`);
}

/** How dates end that say where they are; one that does not is in UTC, and Node would take it for local time. */
const OFFSET = /(Z|[+-]\d{2}:?\d{2}|GMT|UTC)$/;

/** A whole second as query parameters take it. */
export function queryTime(moment: Instant): string {
  return `${moment.slice(0, 19)}+00:00`;
}

/** A moment moved by so many seconds, its fraction cut off: BigCommerce counts in seconds. */
export function shiftSeconds(moment: Instant, seconds: number): Instant {
  return instant((Math.floor(Date.parse(moment) / 1000) + seconds) * 1000);
}
