import type { PullWindow } from "../../domain/channel.js";
import { instant } from "../../domain/time.js";
import { unlessGone } from "../gone.js";
import { momentOf, queryTime, shiftSeconds } from "./clock.js";
import { FOLDED, listRefunds, type Reader } from "./read.js";
import { isDeclined } from "./record.js";
import { type LateRefunds, type Position, type Row, rowSchema } from "./walk.js";

/** How many orders with late refunds are told in one page. */
const PAGE = 25;
/** A provider that declines a refund does so within minutes, a bank within a day. */
const SETTLES_SECONDS = 24 * 60 * 60;

/**
 * The next orders whose refunds say something that their own date does not: a refund is a record of its own, which is
 * carried out after it was made and may be declined then. `told` are orders that this poll has read already.
 */
export async function readLateRefunds(
  reader: Reader,
  position: LateRefunds,
  told: ReadonlySet<number>,
  { to, signal }: PullWindow,
): Promise<{ rows: Row[]; next: Position }> {
  const refunds = await listRefunds(
    reader.api,
    {
      "created:min": queryTime(shiftSeconds(position.begun, -SETTLES_SECONDS)),
      ...(to ? { "created:max": queryTime(instant(to)) } : {}),
    },
    signal,
  );
  const news = refunds.filter(
    (refund) =>
      (momentOf(refund.created) ?? position.begun) >= position.begun || isDeclined(refund),
  );
  const left = [...new Set(news.map(({ order_id }) => Number(order_id)))]
    .filter((id) => id > position.above && !told.has(id))
    .sort((a, b) => a - b);
  const ids = left.slice(0, PAGE);
  const rows = await Promise.all(
    ids.map((id) =>
      unlessGone(async () =>
        rowSchema.parse(await reader.api.get(`/v2/orders/${id}`, FOLDED, signal)),
      ),
    ),
  );
  const last = ids.at(-1);
  return {
    rows: rows.filter((row) => row !== null),
    next:
      last === undefined || left.length <= PAGE ? { walk: "end" } : { ...position, above: last },
  };
}
