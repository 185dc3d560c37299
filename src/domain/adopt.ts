import type { Fulfillment } from "./fulfillment.js";
import { compareMoney } from "./money.js";
import type { MadeBy } from "./part.js";
import { byLine, type LineQuantity } from "./quantity.js";
import type { Refund, RefundFacts } from "./refund.js";
import type { Return, ReturnFacts } from "./return.js";
import type { NativeFulfillment } from "./snapshot.js";
import type { Instant } from "./time.js";
import { normalizeTrackingNumber } from "./tracking.js";

/** How far a shop's clock may be behind ours when it says when something was made. */
export const CLOCK_SKEW_MS = 10 * 60_000;

/** What a command planned, or what a channel tells of: recognised by its marker where the platform could keep one. */
interface Marked {
  marker: string | null;
}

/**
 * Which planned rows a channel's new rows are: by marker first, then by their looks (`alike`). Each planned row is taken
 * at most once, and one that was given up or whose step was never sent only by its marker: what merely looks like it is
 * somebody else's. Lines of `reported` are already in our ids.
 */
export function adopt<
  Row extends Marked & MadeBy & { removedAt: Instant | null },
  News extends Marked,
>(
  planned: readonly Row[],
  reported: readonly News[],
  alike: (row: Row, news: News, sentAt: Instant) => boolean,
): Map<News, Row> {
  const free = new Set(planned);
  const matches = new Map<News, Row>();
  const take = (news: News, candidate: Row | undefined) => {
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
        [...free].find(
          (row) => row.removedAt === null && row.sentAt !== null && alike(row, news, row.sentAt),
        ),
      );
  return matches;
}

/** The same lines and tracking numbers, made after the step was sent. */
export function sameShipment(
  planned: Fulfillment,
  reported: NativeFulfillment,
  sentAt: Instant,
): boolean {
  if (reported.status === "CANCELED" || !madeAfter(reported.createdAt, sentAt)) return false;
  return sameLines(planned.lines, reported.lines) && sameNumbers(planned, reported);
}

/** The same pieces, asked for after the step was sent. */
export function sameReturn(planned: Return, reported: ReturnFacts, sentAt: Instant): boolean {
  const asked = ({ lines }: Pick<ReturnFacts, "lines">) =>
    lines.map(({ lineId, requested }) => ({ lineId, quantity: requested }));
  return madeAfter(reported.requestedAt, sentAt) && sameLines(asked(planned), asked(reported));
}

/** The same amount and pieces, made after the step was sent. */
export function sameRefund(planned: Refund, reported: RefundFacts, sentAt: Instant): boolean {
  if (reported.status === "FAILED" || !madeAfter(reported.createdAt, sentAt)) return false;
  const { shop } = planned.amount;
  const same =
    shop.currency === reported.amount.shop.currency &&
    compareMoney(shop, reported.amount.shop) === 0;
  return same && sameLines(planned.lines, reported.lines);
}

function madeAfter(createdAt: Instant, sentAt: Instant): boolean {
  return Date.parse(createdAt) >= Date.parse(sentAt) - CLOCK_SKEW_MS;
}

function sameLines(a: readonly LineQuantity[], b: readonly LineQuantity[]): boolean {
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
