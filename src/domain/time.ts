/**
 * A moment as RFC 3339 text in UTC with milliseconds, so that text order is time order.
 * Facts hold moments as text since they are stored, compared and shown as JSON.
 */
export type Instant = string;

/** The moment of a Date or of any RFC 3339 text with an offset. Throws RangeError on what is no moment. */
export function instant(value: Date | string | number): Instant {
  const date = value instanceof Date ? value : new Date(value);
  if (Number.isNaN(date.getTime())) throw new RangeError(`not a moment in time: ${String(value)}`);
  return date.toISOString();
}

/** The later of two moments; null stands for none. */
export function later(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null) return b;
  if (b === null) return a;
  return a > b ? a : b;
}
