import { sameMoney } from "../../domain/money.js";
import type { RefundFacts } from "../../domain/refund.js";
import type { Native } from "../../domain/snapshot.js";
import type { Instant } from "../../domain/time.js";
import { sum } from "../amount.js";
import { markerIn, withoutMarkers } from "../marker.js";
import { absolute } from "./amount.js";
import { fromGmt } from "./clock.js";
import { metaText, type OrderPayload, type RefundPayload } from "./payload.js";

/**
 * A refund in the currency of its order, which it does not name itself. Its lines are negative copies with ids of
 * their own; the order's line is in their meta. A fee has no quantity: one given back whole counts as its one piece, a
 * part as an amount alone. Whether goods went back to stock is kept on the order's line as a running sum only, so it is
 * not said here.
 */
export function translateRefund(refund: RefundPayload, order: Refunded): Native<RefundFacts> {
  const { currency } = order;
  const total = (items: RefundPayload["line_items"]) =>
    sameMoney(absolute(sum(items.flatMap((it) => [it.total, it.total_tax]))), currency);
  const lineOf = (item: RefundPayload["line_items"][number], quantity: number) => {
    const lineId = refundedItem(item);
    return lineId === null
      ? []
      : [{ lineId, quantity, amount: total([item]), restocked: null, cancels: false }];
  };
  return {
    nativeId: refund.id,
    status: "SUCCEEDED",
    amount: sameMoney(absolute(refund.amount), currency),
    lines: [
      ...refund.line_items.flatMap((item) => lineOf(item, Math.abs(item.quantity ?? 0))),
      ...refund.fee_lines.flatMap((item) => lineOf(item, isWhole(item, order) ? 1 : 0)),
    ],
    shipping: refund.shipping_lines.length > 0 ? total(refund.shipping_lines) : null,
    reason: withoutMarkers(refund.reason),
    marker: markerIn(refund.reason),
    createdAt: fromGmt(refund.date_created_gmt) as Instant,
    returnId: null,
  };
}

/** What of its order a refund is read with. */
export type Refunded = Pick<OrderPayload, "currency" | "fee_lines">;

/** The order's own item that an item of a refund gives back, or null. */
export function refundedItem({ meta_data }: RefundPayload["line_items"][number]): string | null {
  return metaText(meta_data, "_refunded_item_id");
}

function isWhole(item: RefundPayload["fee_lines"][number], { fee_lines }: Refunded): boolean {
  const fee = fee_lines.find(({ id }) => id === refundedItem(item));
  return fee !== undefined && sum([fee.total, fee.total_tax, item.total, item.total_tax]) === "0";
}

/** The order a refund belongs to: named in the list over all orders, else at the end of its link upward. */
export function orderOfRefund(refund: RefundPayload): string | null {
  return refund.parent_id ?? orderOfLinks(refund._links);
}

/** The order at the end of a record's link upward, or null. */
export function orderOfLinks(links: RefundPayload["_links"]): string | null {
  return /\/orders\/(\d+)\/?$/.exec(links?.up?.[0]?.href ?? "")?.[1] ?? null;
}
