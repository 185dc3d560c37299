import type { MoneyBag } from "../../domain/money.js";
import type { HeadTotals } from "../../domain/order.js";
import { minus, sum } from "../amount.js";
import { type Amounts, isNothing } from "./amount.js";
import type { OrderRecords } from "./record.js";
import { amountOf } from "./refund.js";
import { translateTransactions } from "./transaction.js";

/**
 * The amounts of an order. BigCommerce keeps no first total, and refunds do not lower the one it has. Its subtotal is
 * before discounts and without fees and wrapping, which are lines with us. `refunded_amount` is always 0 and not read.
 */
export function totalsOf(records: OrderRecords, amounts: Amounts): HeadTotals {
  const { order } = records;
  const { bag } = amounts;
  const gross = order.is_tax_inclusive_pricing;
  const discounts = sum([order.discount_amount, order.coupon_discount]);
  const fees = order.fees.map((fee) =>
    gross
      ? fee.cost_inc_tax
      : (fee.cost_ex_tax ?? fee.cost_exc_tax ?? minus(fee.cost_inc_tax, fee.cost_tax)),
  );
  const goods = gross
    ? [order.subtotal_inc_tax, order.wrapping_cost_inc_tax]
    : [order.subtotal_ex_tax, order.wrapping_cost_ex_tax];
  const shipping = gross
    ? [order.shipping_cost_inc_tax, order.handling_cost_inc_tax]
    : [order.shipping_cost_ex_tax, order.handling_cost_ex_tax];
  const refunded = refundedOf(records, amounts);
  return {
    original: bag(order.total_inc_tax),
    subtotal: bag(minus(sum([...goods, ...fees]), discounts)),
    shipping: bag(sum(shipping)),
    discounts: bag(discounts),
    tax: bag(order.total_tax),
    duties: null,
    total: bag(order.total_inc_tax),
    authorized: authorizedOf(records, amounts),
    captured: capturedOf(records, amounts, !isNothing(refunded.presentment.amount)),
    refunded,
  };
}

/** Statuses of a payment in which all of it has come in. */
const PAID: ReadonlySet<string> = new Set(["paid", "captured"]);
const GIVEN_BACK: ReadonlySet<string> = new Set(["refunded", "partially refunded"]);
const AUTHORIZED: ReadonlySet<string> = new Set(["authorized", "capture pending"]);

/**
 * By the payment log; where it is empty or closed to us, a payment that counts as paid came in whole. Null where
 * nothing is said, and where only a word says that money went back and nobody how much.
 */
function capturedOf(
  { order, transactions }: OrderRecords,
  amounts: Amounts,
  refundsKnown: boolean,
): MoneyBag | null {
  const logged = movedBy(["SALE", "CAPTURE"], transactions, amounts);
  if (!isNothing(logged)) return amounts.bag(logged);
  const status = order.payment_status ?? "";
  const paid = PAID.has(status) || (GIVEN_BACK.has(status) && refundsKnown);
  return paid ? amounts.bag(order.total_inc_tax) : null;
}

/** Null leaves it to the payment log, where there is one. */
function authorizedOf({ order, transactions }: OrderRecords, amounts: Amounts): MoneyBag | null {
  if (transactions !== null && transactions.length > 0) return null;
  return AUTHORIZED.has(order.payment_status ?? "") ? amounts.bag(order.total_inc_tax) : null;
}

/** By the refunds; those made before there were any leave their trace in the payment log, or in a word alone. */
function refundedOf({ order, refunds, transactions }: OrderRecords, amounts: Amounts): MoneyBag {
  if (refunds.length > 0) return amounts.bag(sum(refunds.map(amountOf)));
  const logged = movedBy(["REFUND"], transactions, amounts);
  if (!isNothing(logged)) return amounts.bag(logged);
  return amounts.bag(order.payment_status === "refunded" ? order.total_inc_tax : "0");
}

/** Sums before it converts, so that parts in another currency never differ from their whole by a rounding. */
function movedBy(
  kinds: readonly string[],
  transactions: OrderRecords["transactions"],
  amounts: Amounts,
): string {
  const moved = translateTransactions(transactions ?? [], amounts).filter(
    (it) => it.status === "SUCCEEDED" && kinds.includes(it.kind),
  );
  return sum(moved.map((it) => it.amount.presentment.amount));
}
