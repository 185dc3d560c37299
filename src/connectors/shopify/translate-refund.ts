import type {
  RefundFacts,
  RefundLine,
  RefundStatus,
  TransactionFacts,
} from "../../domain/refund.js";
import type { Native } from "../../domain/snapshot.js";
import { instant } from "../../domain/time.js";
import { bag, sumBags } from "./bag.js";
import type { RefundLinePayload, RefundPayload, TransactionPayload } from "./payload.js";
import { MOVEMENT, MOVEMENT_STATUS, wordOf } from "./status.js";

export function translateRefund(refund: RefundPayload): Native<RefundFacts> {
  const amount = bag(refund.totalRefundedSet);
  const shipping = refund.refundShippingLines.nodes.map((line) => line.subtotalAmountSet);
  return {
    nativeId: refund.id,
    status: refundStatus(refund.transactions.nodes),
    amount,
    lines: refund.refundLineItems.nodes.map(translateRefundLine),
    shipping: shipping.length === 0 ? null : sumBags(shipping, amount),
    reason: refund.note || null,
    createdAt: instant(refund.createdAt ?? refund.processedAt),
    returnId: null,
    marker: null,
  };
}

export function translateTransaction(transaction: TransactionPayload): Native<TransactionFacts> {
  return {
    nativeId: transaction.id,
    kind: wordOf(MOVEMENT, transaction.kind, "OTHER"),
    status: wordOf(MOVEMENT_STATUS, transaction.status, "UNKNOWN"),
    gateway: transaction.gateway,
    amount: bag(transaction.amountSet),
    processedAt: instant(transaction.processedAt ?? transaction.createdAt),
    parentNativeId: transaction.parentTransaction?.id ?? null,
  };
}

/** Amounts with or without tax as the shop shows it, like those of lines. */
function translateRefundLine(line: RefundLinePayload): RefundLine {
  return {
    lineId: line.lineItem.id,
    quantity: line.quantity,
    amount: bag(line.subtotalSet),
    restocked: line.restocked,
    cancels: line.restockType === "CANCEL",
  };
}

/** A refund stands with its payments: one that moved no money is done as soon as it is recorded. */
function refundStatus(transactions: { status: string }[]): RefundStatus {
  const statuses = transactions.map(({ status }) => wordOf(MOVEMENT_STATUS, status, "UNKNOWN"));
  if (statuses.includes("PENDING")) return "PENDING";
  if (statuses.length > 0 && statuses.every((status) => status === "FAILED")) return "FAILED";
  return "SUCCEEDED";
}
