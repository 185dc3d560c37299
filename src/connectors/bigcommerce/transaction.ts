import type { TransactionFacts, TransactionKind, TransactionStatus } from "../../domain/refund.js";
import type { Native } from "../../domain/snapshot.js";
import type { Amounts } from "./amount.js";
import { momentOf } from "./clock.js";
import type { TransactionPayload } from "./payload.js";

const KINDS: Readonly<Record<string, TransactionKind>> = {
  purchase: "SALE",
  authorization: "AUTHORIZATION",
  capture: "CAPTURE",
  refund: "REFUND",
  void: "VOID",
  pending: "SALE",
  settled: "SALE",
};
const STATUSES: Readonly<Record<string, TransactionStatus>> = { ok: "SUCCEEDED", error: "FAILED" };

/**
 * The payment log of an order. A pending payment settles under a record of its own: what settles a purchase that
 * counted already is no second one. One in a currency that the order does not know is left out, as it adds up to nothing.
 */
export function translateTransactions(
  all: readonly TransactionPayload[],
  amounts: Amounts,
): Native<TransactionFacts>[] {
  const eventOf = new Map(all.map((it) => [it.id, it.event]));
  return all.flatMap((it): Native<TransactionFacts>[] => {
    const amount = amounts.inCurrency(it.amount, it.currency);
    if (amount === null) return [];
    const counted = eventOf.get(it.reference_transaction_id ?? "");
    const repeats = it.event === "settled" && counted !== undefined && counted !== "pending";
    return [
      {
        nativeId: it.id,
        kind: repeats ? "OTHER" : (KINDS[it.event] ?? "OTHER"),
        status: it.event === "pending" ? "PENDING" : (STATUSES[it.status ?? ""] ?? "UNKNOWN"),
        gateway: it.gateway,
        amount,
        processedAt: momentOf(it.date_created),
        parentNativeId: it.reference_transaction_id,
      },
    ];
  });
}
