import Big, { type RoundingMode } from "big.js";
import type { Quote, QuoteAsked } from "./channel.js";
import type { OrderDocument } from "./document.js";
import {
  addBags,
  atLeastZero,
  compareMoney,
  type Money,
  type MoneyBag,
  minorDigits,
  money,
  subtractBags,
  zeroBag,
} from "./money.js";
import type { Order } from "./order.js";
import { present } from "./part.js";
import { lessQuantity, type Quantity, sumQuantities } from "./quantity.js";

/**
 * What a refund comes to by the order's own amounts: each line's total, after discounts and with tax, in proportion to the
 * pieces; the last piece takes what rounding left. Never exact, since only the shop knows its rounding.
 */
export function quoteByFacts(order: Order, document: OrderDocument, asked: QuoteAsked): Quote {
  const { total } = document.totals;
  const zero = zeroBag(total);
  const quoted: Quote["lines"] = [];
  for (const { lineId, quantity } of asked.lines)
    quoted.push({ lineId, quantity, amount: amountOf(order, quoted, lineId, quantity) ?? zero });
  return {
    maximum: refundableAmount(document),
    lines: quoted,
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

/** `quoted` counts as given back too, so that a line that is named twice is priced once. */
function amountOf(
  order: Order,
  quoted: Quote["lines"],
  lineId: string,
  quantity: Quantity,
): MoneyBag | null {
  const line = present(order.lines).find((row) => row.id === lineId);
  if (!line || line.ordered <= 0) return null;
  const before = present(order.refunds)
    .filter((refund) => refund.status !== "FAILED")
    .flatMap((refund): Quote["lines"] => refund.lines)
    .concat(quoted)
    .filter((row) => row.lineId === lineId && row.quantity > 0);
  const refunded = before.map((row) => row.amount).reduce(addBags, zeroBag(line.total));
  const left = atLeastZero(subtractBags(line.total, refunded));
  const pieces = lessQuantity(line.ordered, sumQuantities(before.map((row) => row.quantity)));
  const share = quantity >= pieces ? left : scaleBag(line.total, Big(quantity).div(line.ordered));
  return payable(share, left);
}

/** In whole minor units, and no more than what is left. */
function payable(share: MoneyBag, left: MoneyBag): MoneyBag {
  const side = (of: keyof MoneyBag) => {
    const { amount, currency } = share[of];
    const nearest = rounded(Big(amount), currency);
    return compareMoney(nearest, left[of]) <= 0
      ? nearest
      : rounded(Big(left[of].amount), currency, Big.roundDown);
  };
  return { shop: side("shop"), presentment: side("presentment") };
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
  const side = ({ amount, currency }: Money) => rounded(Big(amount).times(share), currency);
  return { shop: side(bag.shop), presentment: side(bag.presentment) };
}

function rounded(value: Big, currency: string, how: RoundingMode = Big.roundHalfUp): Money {
  return money(value.round(minorDigits(currency), how).toFixed(), currency);
}
