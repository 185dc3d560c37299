import Big from "big.js";
import { type MoneyBag, sameMoney } from "../../domain/money.js";
import { sum } from "../amount.js";

/** Decimals of a unit price that does not come out even ("10.00" for 3 → "3.333333"), rounded half up. */
const UNIT_PRICE_DECIMALS = 6;

const Divided = Big();
Divided.DP = UNIT_PRICE_DECIMALS;
Divided.RM = Big.roundHalfUp;

/** Without its sign: WooCommerce writes refunds as negative amounts. */
export function absolute(amount: string): string {
  return Big(amount).abs().toFixed();
}

/** A total shared by a quantity: exact where it comes out within six decimals, else rounded half up there. */
export function perUnit(total: string, quantity: number): string {
  if (quantity === 0) return total;
  return new Divided(total).div(String(quantity)).toFixed();
}

/** "8.25" percent as the fraction "0.0825". */
export function fraction(percent: string | number): string {
  return Big(String(percent)).times("0.01").toFixed();
}

/**
 * How one order's amounts become money. WooCommerce states net and tax apart, whatever the shop shows; `shown`
 * is the amount as the shop shows it, so with tax where prices include it.
 */
export function amountsOf(order: { currency: string; prices_include_tax: boolean }): Amounts {
  const bag = (amount: string): MoneyBag => sameMoney(amount, order.currency);
  return {
    bag,
    shown: (net, tax) => bag(order.prices_include_tax ? sum([net, tax]) : sum([net])),
  };
}
export interface Amounts {
  bag(amount: string): MoneyBag;
  shown(net: string, tax: string): MoneyBag;
}

/** How many decimals an amount needs; zeros at its end do not count ("12.50" → 1). */
export function decimalsOf(amount: string): number {
  return /\.(\d*?)0*$/.exec(amount)?.[1]?.length ?? 0;
}

/**
 * An amount in proportion to weights, in parts of at most `decimals` decimals that add up to it. Each part is rounded
 * half up as far as the parts before it left room; without any weight the last part takes all. Nothing is negative.
 */
export function shareOut(amount: string, weights: readonly string[], decimals: number): string[] {
  const whole = weights.reduce((all, weight) => all.plus(weight), Big(0));
  if (whole.eq(0)) return weights.map((_, at) => (at === weights.length - 1 ? amount : "0"));
  let reached = Big(0);
  let given = Big(0);
  return weights.map((weight, at) => {
    reached = reached.plus(weight);
    const upTo =
      at === weights.length - 1
        ? Big(amount)
        : Big(amount).times(reached).div(whole).round(decimals, Big.roundHalfUp);
    const part = upTo.minus(given);
    given = upTo;
    return part.toFixed();
  });
}
