import type {
  RefundFacts,
  RefundStatus,
  TransactionFacts,
  TransactionStatus,
} from "../../domain/refund.js";
import type { Native } from "../../domain/snapshot.js";
import { bagger, both, isNothing, less, plus } from "./amount.js";
import { fromUtc } from "./clock.js";
import { markerOf, withoutMarkers } from "./marker.js";
import type { CreditmemoPayload, InvoicePayload, OrderPayload } from "./payload.js";

/** States of a credit memo (Magento\Sales\Model\Order\Creditmemo). */
const REFUND_STATES: Readonly<Record<number, RefundStatus>> = {
  1: "PENDING",
  2: "SUCCEEDED",
  3: "FAILED",
};

/**
 * A credit memo. Its amount holds adjustments, which belong to no line; `isLine` leaves out the rows of variants, which
 * repeat their parent's. Whether goods went back to stock is not said.
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

/** States of an invoice (Magento\Sales\Model\Order\Invoice): open, paid, canceled. */
const INVOICE_STATES: Readonly<Record<number, TransactionStatus>> = {
  1: "PENDING",
  2: "SUCCEEDED",
  3: "FAILED",
};

/**
 * Money moves as far as Magento keeps books of them for every payment method: an invoice is a capture, a credit memo a
 * refund. The gateway's own log exists for some methods only and needs a permission of its own.
 */
export function translateMoves(
  order: OrderPayload,
  invoices: readonly InvoicePayload[],
  creditmemos: readonly CreditmemoPayload[],
): Native<TransactionFacts>[] {
  const move = (
    kind: "CAPTURE" | "REFUND",
    record: InvoicePayload | CreditmemoPayload,
    states: Readonly<Record<number, TransactionStatus>>,
  ): Native<TransactionFacts> => ({
    nativeId: `${kind === "CAPTURE" ? "invoice" : "creditmemo"}:${record.entity_id}`,
    kind,
    // An invoice or credit memo without a state comes from an import: the books were closed elsewhere.
    status: states[record.state ?? 2] ?? "UNKNOWN",
    gateway: order.payment?.method ?? null,
    amount: bagger(record)(both(record, "grand_total")),
    processedAt: fromUtc(record.created_at),
    parentNativeId: null,
  });
  return [
    ...invoices.map((invoice) => move("CAPTURE", invoice, INVOICE_STATES)),
    ...creditmemos.map((memo) => move("REFUND", memo, INVOICE_STATES)),
  ];
}
