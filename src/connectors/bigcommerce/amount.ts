import Big from "big.js";
import { type MoneyBag, minorDigits, money } from "../../domain/money.js";

/** The lower of two amounts. */
export function lesser(a: string, b: string): string {
  return Big(a).lte(b) ? a : b;
}

/** -1, 0 or 1, whatever zeros the texts end in. */
export function compare(a: string, b: string): -1 | 0 | 1 {
  return Big(a).cmp(b) as -1 | 0 | 1;
}

/** `part` / `whole` of an amount, rounded to what its currency can be paid in. */
export function portion(amount: string, part: string, whole: string, currency: string): string {
  if (Big(whole).eq(0)) return "0";
  const exact = Big(amount).times(part).div(whole);
  return exact.round(minorDigits(currency), Big.roundHalfUp).toFixed();
}

/** A JSON number for v3, which takes no texts. A number of at most 15 digits is written as it was read: nothing is counted with it. */
export function jsonNumber(amount: string): number {
  return Number(Big(amount).toFixed());
}

export function isNothing(amount: string): boolean {
  return Big(amount).eq(0);
}

/** Four places are as fine as BigCommerce itself writes amounts. */
const FourPlaces = Big();
FourPlaces.DP = 4;
FourPlaces.RM = Big.roundHalfUp;

/** What an order says of its currencies. */
export interface Currencies {
  /** The transactional currency: in it the customer pays, and every amount of the order stands. */
  default_currency_code: string;
  /** The store's own; empty where the store has but one. */
  store_default_currency_code: string | null;
  /** How many of the transactional currency one of the store's own is. */
  store_default_to_transactional_exchange_rate: string;
}

/** How one order's amounts become money: the store's own currency on the shop's side, the transactional one on the customer's. */
export interface Amounts {
  bag(amount: string): MoneyBag;
  /** An amount that names its currency; null where it is neither of the two. */
  inCurrency(amount: string, currency: string): MoneyBag | null;
}

/** Throws RangeError where two currencies come without a rate. */
export function amountsOf(order: Currencies): Amounts {
  const paid = order.default_currency_code;
  const own = order.store_default_currency_code || paid;
  const rate = Big(order.store_default_to_transactional_exchange_rate);
  if (own !== paid && rate.lte(0))
    throw new RangeError(`no exchange rate from ${own} to ${paid}: "${rate.toFixed()}"`);
  const toOwn = (amount: string) =>
    own === paid ? amount : new FourPlaces(amount).div(rate).toFixed();
  const bag = (amount: string): MoneyBag => ({
    shop: money(toOwn(amount), own),
    presentment: money(amount, paid),
  });
  return {
    bag,
    inCurrency(amount, currency) {
      if (currency.toUpperCase() === paid) return bag(amount);
      if (currency.toUpperCase() !== own) return null;
      const converted = new FourPlaces(Big(amount).times(rate)).round(4).toFixed();
      return { shop: money(amount, own), presentment: money(converted, paid) };
    },
  };
}
