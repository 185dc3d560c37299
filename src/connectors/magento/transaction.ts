import type { TransactionFacts, TransactionStatus } from "../../domain/refund.js";
import type { Native } from "../../domain/snapshot.js";
import { bagger, both } from "./amount.js";
import { fromUtc } from "./clock.js";
import type { CreditmemoPayload, InvoicePayload, OrderPayload } from "./payload.js";

/** States of an invoice and of a credit memo: open, paid, canceled. */
const STATES: Readonly<Record<number, TransactionStatus>> = {
  1: "PENDING",
  2: "SUCCEEDED",
  3: "FAILED",
};

/**
 * Money moves as far as Magento keeps books of them for every payment method: an invoice is a capture, a credit memo a
 * refund. The gateway's own log exists for some methods only and needs a permission of its own; of it an invoice names the
 * payment that it follows, and a credit memo the invoice.
 */
export function translateMoves(
  order: OrderPayload,
  invoices: readonly InvoicePayload[],
  creditmemos: readonly CreditmemoPayload[],
): Native<TransactionFacts>[] {
  const move = (record: InvoicePayload | CreditmemoPayload) => ({
    // One without a state comes from an import: the books were closed elsewhere.
    status: STATES[record.state ?? 2] ?? "UNKNOWN",
    gateway: order.payment?.method ?? null,
    amount: bagger(record)(both(record, "grand_total")),
    processedAt: fromUtc(record.created_at),
  });
  return [
    ...invoices.map((invoice) => ({
      ...move(invoice),
      nativeId: captureId(invoice.entity_id),
      kind: "CAPTURE" as const,
      parentNativeId: invoice.transaction_id,
      billed: invoice.items
        .filter(({ qty }) => qty > 0)
        .map(({ order_item_id, qty }) => ({ nativeLineId: order_item_id, quantity: qty })),
    })),
    ...creditmemos.map((memo) => ({
      ...move(memo),
      nativeId: refundId(memo.entity_id),
      kind: "REFUND" as const,
      parentNativeId: memo.invoice_id ? captureId(memo.invoice_id) : null,
    })),
  ];
}

/** The id under which an invoice is a transaction. */
export function captureId(invoiceId: string): string {
  return `${CAPTURE}${invoiceId}`;
}

/** The invoice behind a capture. */
export function invoiceIdOf(captureNativeId: string): string {
  return captureNativeId.slice(CAPTURE.length);
}

/** The id under which a credit memo is a transaction. */
export function refundId(creditmemoId: string): string {
  return `creditmemo:${creditmemoId}`;
}

const CAPTURE = "invoice:";
