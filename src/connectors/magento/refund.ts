import type { RefundFacts, RefundStatus } from "../../domain/refund.js";
import type { Native } from "../../domain/snapshot.js";
import { bagger, both, isNothing, less, plus } from "./amount.js";
import { fromUtc } from "./clock.js";
import { markerOf, withoutMarkers } from "./marker.js";
import type { CreditmemoPayload } from "./payload.js";

/** States of a credit memo (Magento\Sales\Model\Order\Creditmemo). */
const REFUND_STATES: Readonly<Record<number, RefundStatus>> = {
  1: "PENDING",
  2: "SUCCEEDED",
  3: "FAILED",
};

/**
 * A credit memo. Its amount holds adjustments, which belong to no line. `isLine` leaves out rows that only stand for
 * others: variants, and bundles that cost what their parts cost, of which Magento writes all that was billed into every
 * credit memo of a part. Whether goods went back to stock is not said.
 */
export function translateCreditmemo(
  memo: CreditmemoPayload,
  isLine: (rowId: string) => boolean,
): Native<RefundFacts> {
  const bag = bagger(memo);
  const shipping = plus(both(memo, "shipping_amount"), both(memo, "shipping_tax_amount"));
  return {
    nativeId: memo.entity_id,
    status: REFUND_STATES[memo.state ?? 2] ?? "OUTCOME_UNKNOWN",
    amount: bag(both(memo, "grand_total")),
    lines: memo.items
      .filter(({ order_item_id, qty }) => qty > 0 && isLine(order_item_id))
      .map((row) => ({
        lineId: row.order_item_id,
        quantity: row.qty,
        amount: bag(
          plus(
            less(both(row, "row_total"), both(row, "discount_amount")),
            both(row, "discount_tax_compensation_amount"),
            both(row, "tax_amount"),
          ),
        ),
        restocked: null,
        cancels: false,
      })),
    shipping: isNothing(shipping) ? null : bag(shipping),
    reason: withoutMarkers(memo.comments)[0]?.comment ?? null,
    createdAt: fromUtc(memo.created_at),
    returnId: null,
    marker: markerOf(memo.comments),
  };
}
