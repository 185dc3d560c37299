import Big from "big.js";
import type { Quote, QuoteAsked } from "../../domain/channel.js";
import { type Money, type MoneyBag, money } from "../../domain/money.js";
import type { Order } from "../../domain/order.js";
import { quoteByFacts } from "../../domain/quote.js";
import { shapeOrder } from "../../domain/shape.js";
import type { Shop } from "./shop.js";

/**
 * What pieces come to by the order's own amounts, rounded half up to what the site counts: many count whole crowns or
 * forints, or only two decimals of a dinar, and would show a finer amount as another. WooCommerce itself names no price.
 */
export async function quoteRefund(
  order: Order,
  asked: QuoteAsked,
  { decimals }: Shop,
): Promise<Quote> {
  const quote = quoteByFacts(order, shapeOrder(order), asked);
  if (decimals === null) return quote;
  return {
    ...quote,
    lines: quote.lines.map((line) => ({ ...line, amount: rounded(line.amount, decimals) })),
  };
}

function rounded({ shop, presentment }: MoneyBag, decimals: number): MoneyBag {
  return { shop: roundedSide(shop, decimals), presentment: roundedSide(presentment, decimals) };
}

function roundedSide({ amount, currency }: Money, decimals: number): Money {
  return money(Big(amount).round(decimals, Big.roundHalfUp).toFixed(), currency);
}
