import type { MoneyBag } from "./money.js";
import type { Identity, MadeBy } from "./part.js";
import type { Quantity } from "./quantity.js";
import type { Instant } from "./time.js";

export const REFUND_STATUSES = ["PENDING", "SUCCEEDED", "FAILED", "OUTCOME_UNKNOWN"] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** Money given back, with or without goods. */
export interface RefundFacts {
  status: RefundStatus;
  amount: MoneyBag;
  lines: RefundLine[];
  shipping: MoneyBag | null;
  reason: string | null;
  createdAt: Instant;
  /** The return it pays for: the shop's id inside a snapshot, ours inside an order. */
  returnId: string | null;
  marker: string | null;
}
export interface RefundLine {
  lineId: string;
  quantity: Quantity;
  amount: MoneyBag;
  /** null where the platform does not say. */
  restocked: boolean | null;
  /** true where the platform says the goods never left (Shopify restock type CANCEL). */
  cancels: boolean;
  /** true where the platform says that the goods came back with it, outside of any return (Shopify restock type RETURN). */
  cameBack?: boolean;
}
export interface Refund extends RefundFacts, Identity, MadeBy {}

/** Asked for by a command, and neither done nor given up as far as we know. */
export function isPlannedRefund(
  refund: Pick<Refund, "status" | "nativeId" | "commandId">,
): boolean {
  const open = refund.status === "PENDING" || refund.status === "OUTCOME_UNKNOWN";
  return open && refund.nativeId === null && refund.commandId !== null;
}

export const TRANSACTION_KINDS = [
  "AUTHORIZATION",
  "CAPTURE",
  "SALE",
  "REFUND",
  "VOID",
  "OTHER",
] as const;
export type TransactionKind = (typeof TRANSACTION_KINDS)[number];
export const TRANSACTION_STATUSES = ["PENDING", "SUCCEEDED", "FAILED", "UNKNOWN"] as const;
export type TransactionStatus = (typeof TRANSACTION_STATUSES)[number];

/** One movement of money as the platform's payment log tells it. */
export interface TransactionFacts {
  kind: TransactionKind;
  status: TransactionStatus;
  gateway: string | null;
  amount: MoneyBag;
  processedAt: Instant | null;
  /** The transaction this one follows (a capture its authorization), the platform's id. */
  parentNativeId: string | null;
  /** The pieces a capture billed, where the platform gives money back capture by capture; its own ids, inside an order too. */
  billed?: { nativeLineId: string; quantity: Quantity }[];
}
export interface Transaction extends TransactionFacts, Identity {}
