import Big from "big.js";
import type { Quote, QuoteAsked } from "./channel.js";
import type { OrderDocument } from "./document.js";
import {
  addBags,
  atLeastZero,
  type Money,
  type MoneyBag,
  minorDigits,
  money,
  subtractBags,
  zeroBag,
} from "./money.js";
import type { Order } from "./order.js";
import { present } from "./part.js";

/**
 * What a refund comes to by the order's own amounts: each line's total, after discounts and with tax, in proportion to the
 * pieces; the last piece takes what rounding left. Never exact, since only the shop knows its rounding.
 */
export function quoteByFacts(order: Order, document: OrderDocument, asked: QuoteAsked): Quote {
  const { total } = document.totals;
  const zero = zeroBag(total);
  return {
    maximum: refundableAmount(document),
    lines: asked.lines.map(({ lineId, quantity }) => ({
      lineId,
      quantity,
      amount: amountOf(order, lineId, quantity) ?? zero,
    })),
    shippingMaximum: asked.shipping ? shippingLeft(order, zero) : zero,
    exact: false,
    warnings: ["counted from the order's own amounts; the shop may round otherwise"],
  };
}

/** What may still be given back: captured, less what was refunded and what is under way. Never below zero. */
export function refundableAmount({ totals }: Pick<OrderDocument, "totals">): MoneyBag {
  return atLeastZero(
    subtractBags(subtractBags(totals.captured, totals.refunded), totals.refundPending),
  );
}

function amountOf(order: Order, lineId: string, quantity: number): MoneyBag | null {
  const line = present(order.lines).find((row) => row.id === lineId);
  if (!line || line.ordered <= 0) return null;
  const before = present(order.refunds)
    .filter((refund) => refund.status !== "FAILED")
    .flatMap((refund) => refund.lines)
    .filter((row) => row.lineId === lineId && row.quantity > 0);
  const refunded = before.map((row) => row.amount).reduce(addBags, zeroBag(line.total));
  const left = line.ordered - before.reduce((sum, row) => sum + row.quantity, 0);
  if (quantity >= left) return atLeastZero(subtractBags(line.total, refunded));
  return scaleBag(line.total, Big(quantity).div(line.ordered));
}

function shippingLeft(order: Order, zero: MoneyBag): MoneyBag {
  const given = present(order.refunds)
    .filter((refund) => refund.status !== "FAILED" && refund.shipping)
    .map((refund) => refund.shipping as MoneyBag);
  const costs = order.head.shippingLines.map(({ price, discounts, tax }) =>
    order.head.taxesIncluded
      ? subtractBags(price, discounts)
      : addBags(subtractBags(price, discounts), tax),
  );
  return atLeastZero(given.reduce(subtractBags, costs.reduce(addBags, zero)));
}

/** An amount in one of an order's two currencies as both; null where it is in neither. */
export function bagOf(amount: Money, { totals }: Pick<OrderDocument, "totals">): MoneyBag | null {
  const { shop, presentment } = totals.original;
  if (shop.currency === presentment.currency)
    return amount.currency === shop.currency ? { shop: amount, presentment: amount } : null;
  if (amount.currency === shop.currency)
    return { shop: amount, presentment: convert(amount, shop, presentment) };
  if (amount.currency === presentment.currency)
    return { shop: convert(amount, presentment, shop), presentment: amount };
  return null;
}

/** At the rate at which the order was placed. */
function convert(amount: Money, from: Money, to: Money): Money {
  if (Big(from.amount).eq(0)) return money("0", to.currency);
  return rounded(Big(amount.amount).times(to.amount).div(from.amount), to.currency);
}

function scaleBag(bag: MoneyBag, share: Big): MoneyBag {
  return {
    shop: rounded(Big(bag.shop.amount).times(share), bag.shop.currency),
    presentment: rounded(Big(bag.presentment.amount).times(share), bag.presentment.currency),
  };
}

function rounded(value: Big, currency: string): Money {
  return money(value.round(minorDigits(currency), Big.roundHalfUp).toFixed(), currency);
}
