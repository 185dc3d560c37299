import type { Fulfillment } from "./fulfillment.js";
import { byLine, type LineQuantity } from "./quantity.js";
import type { NativeFulfillment } from "./snapshot.js";
import type { Instant } from "./time.js";
import { normalizeTrackingNumber } from "./tracking.js";

/** How far a shop's clock may be behind ours when it says when a shipment was made. */
const CLOCK_SKEW_MS = 10 * 60_000;

/**
 * Which planned shipments a channel's new shipments are: by marker first, then by fingerprint (the same lines and
 * tracking numbers, made after the step was sent). Each planned row is taken at most once, and one that was given up
 * or whose step was never sent only by its marker: what merely looks like it is somebody else's. Lines of `reported` are already in our ids.
 */
export function adopt(
  planned: readonly Fulfillment[],
  reported: readonly NativeFulfillment[],
): Map<NativeFulfillment, Fulfillment> {
  const free = new Set(planned);
  const matches = new Map<NativeFulfillment, Fulfillment>();
  const take = (news: NativeFulfillment, candidate: Fulfillment | undefined) => {
    if (!candidate) return;
    free.delete(candidate);
    matches.set(news, candidate);
  };
  for (const news of reported)
    if (news.marker)
      take(
        news,
        [...free].find((row) => row.marker === news.marker),
      );
  for (const news of reported)
    if (!news.marker && !matches.has(news))
      take(
        news,
        [...free].find((row) => looksAlike(row, news)),
      );
  return matches;
}

function looksAlike(planned: Fulfillment, reported: NativeFulfillment): boolean {
  if (planned.removedAt !== null || planned.sentAt === null || reported.status === "CANCELED")
    return false;
  if (!madeAfter(reported.createdAt, planned.sentAt)) return false;
  return sameLines(planned.lines, reported.lines) && sameNumbers(planned, reported);
}

function madeAfter(createdAt: Instant, sentAt: Instant): boolean {
  return Date.parse(createdAt) >= Date.parse(sentAt) - CLOCK_SKEW_MS;
}

function sameLines(a: LineQuantity[], b: LineQuantity[]): boolean {
  const left = byLine(a);
  const right = byLine(b);
  if (left.size !== right.size) return false;
  return [...left].every(([lineId, quantity]) => right.get(lineId) === quantity);
}

function sameNumbers(
  a: Pick<Fulfillment, "packages">,
  b: Pick<NativeFulfillment, "packages">,
): boolean {
  return numbers(a.packages).join() === numbers(b.packages).join();
}

function numbers(packages: readonly { tracking: { number: string } | null }[]): string[] {
  return packages
    .flatMap((parcel) => (parcel.tracking ? [normalizeTrackingNumber(parcel.tracking.number)] : []))
    .sort();
}
