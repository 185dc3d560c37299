import Big from "big.js";
import { type MoneyBag, money } from "../../domain/money.js";

/** One amount twice: in the website's base currency, in which Magento settles, and in the one the customer saw. */
export interface Amount {
  base: string;
  order: string;
}

export const NOTHING: Amount = { base: "0", order: "0" };

/** Decimals that Magento keeps of amounts and quantities: decimal(20,4) and decimal(12,4). */
const STORED_DECIMALS = 4;

/**
 * A number of Magento's JSON as exact decimal text. PHP may write a stored 12.5 as 12.499999999999998 or 1.0e-5; what
 * lies beyond the decimals that the database keeps is noise of its floats. Throws where it is no number.
 */
export function stored(digits: string | number): string {
  return Big(digits).round(STORED_DECIMALS, Big.roundHalfUp).toFixed();
}

/** An amount of a row by its column: `row_total` with `base_row_total`. */
export function both<K extends string>(
  row: { [name in K | `base_${K}`]: string },
  column: K,
): Amount {
  return { base: row[`base_${column}`], order: row[column] };
}

export function plus(...amounts: readonly Amount[]): Amount {
  return amounts.reduce((sum, it) => combine(sum, it, (a, b) => a.plus(b)), NOTHING);
}

export function less(from: Amount, ...amounts: readonly Amount[]): Amount {
  return amounts.reduce((rest, it) => combine(rest, it, (a, b) => a.minus(b)), from);
}

/** Nothing where it is below zero. */
export function atLeastNothing({ base, order }: Amount): Amount {
  const clamp = (text: string) => (Big(text).lt(0) ? "0" : text);
  return { base: clamp(base), order: clamp(order) };
}

export function isNothing({ base, order }: Amount): boolean {
  return Big(base).eq(0) && Big(order).eq(0);
}

/** How one record's amounts become money: `shop` in its base currency, `presentment` in the order's. */
export function bagger(currencies: {
  base_currency_code: string;
  order_currency_code: string;
}): (amount: Amount) => MoneyBag {
  return ({ base, order }) => ({
    shop: money(base, currencies.base_currency_code),
    presentment: money(order, currencies.order_currency_code),
  });
}

function combine(a: Amount, b: Amount, operation: (x: Big, y: Big) => Big): Amount {
  return {
    base: operation(Big(a.base), Big(b.base)).toFixed(),
    order: operation(Big(a.order), Big(b.order)).toFixed(),
  };
}
