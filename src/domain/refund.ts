import type { MoneyBag } from "./money.js";
import type { Identity } from "./part.js";
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
}
export interface Refund extends RefundFacts, Identity {}

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
}
export interface Transaction extends TransactionFacts, Identity {}
