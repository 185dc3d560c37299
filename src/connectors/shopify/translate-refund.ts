import type { MoneyBag } from "../../domain/money.js";
import type {
  RefundFacts,
  RefundLine,
  RefundStatus,
  TransactionFacts,
} from "../../domain/refund.js";
import type { Native } from "../../domain/snapshot.js";
import { instant } from "../../domain/time.js";
import { bag, sumBags } from "./bag.js";
import { readMarked } from "./marker.js";
import type { RefundFragment, RefundLineFragment, TransactionFragment } from "./payload.js";
import { MOVEMENT, MOVEMENT_STATUS, wordOf } from "./status.js";

/**
 * An order's refunds. Where processing a return leaves a record beside it that moved no money, that is the shop's
 * bookkeeping of the return, which tells it itself, and no refund.
 */
export function translateRefunds(refunds: readonly RefundFragment[]): Native<RefundFacts>[] {
  return refunds
    .filter((refund) => !refund.return || refund.transactions.nodes.length > 0)
    .map(translateRefund);
}

export function translateRefund(refund: RefundFragment): Native<RefundFacts> {
  const status = refundStatus(refund.transactions.nodes);
  const amount = refundAmount(refund);
  const { text, marker } = readMarked(refund.note);
  const shipping = refund.refundShippingLines.nodes.map((line) => line.subtotalAmountSet);
  return {
    nativeId: refund.id,
    status,
    amount,
    lines: refund.refundLineItems.nodes.map(translateRefundLine),
    shipping: shipping.length === 0 ? null : sumBags(shipping, amount),
    reason: text,
    createdAt: instant(refund.createdAt ?? refund.processedAt),
    returnId: refund.return?.id ?? null,
    marker,
  };
}

export function translateTransaction(transaction: TransactionFragment): Native<TransactionFacts> {
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
function translateRefundLine(line: RefundLineFragment): RefundLine {
  return {
    lineId: line.lineItem.id,
    quantity: line.quantity,
    amount: bag(line.subtotalSet),
    restocked: line.restocked,
    cancels: line.restockType === "CANCEL",
    ...(line.restockType === "RETURN" && { cameBack: true }),
  };
}

/** Money that is still on its way is no part of what Shopify says was refunded; so it is counted from the movements. */
export function refundAmount(refund: RefundFragment): MoneyBag {
  const status = refundStatus(refund.transactions.nodes);
  const total = bag(refund.totalRefundedSet);
  if (status === "SUCCEEDED" || status === "FAILED") return total;
  const live = refund.transactions.nodes.filter(
    (move) => move.kind === "REFUND" && wordOf(MOVEMENT_STATUS, move.status, null) !== "FAILED",
  );
  return sumBags(
    live.map(({ amountSet }) => amountSet),
    total,
  );
}

/** A refund stands with its payments: one that moved no money is done as soon as it is recorded. */
function refundStatus(transactions: { status: string }[]): RefundStatus {
  const statuses = transactions.map(({ status }) => wordOf(MOVEMENT_STATUS, status, "UNKNOWN"));
  if (statuses.includes("PENDING")) return "PENDING";
  if (statuses.includes("UNKNOWN")) return "OUTCOME_UNKNOWN";
  if (statuses.length > 0 && statuses.every((status) => status === "FAILED")) return "FAILED";
  return "SUCCEEDED";
}
