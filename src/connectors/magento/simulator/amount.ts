import { decimalsOf, fromMinor, share } from "../../simulator/money.js";
import type { Pair } from "./state.js";

/** One of anything, in the ten-thousandths in which the database counts. */
export const one = 10_000;
export const nothing: Pair = { base: 0, order: 0 };

/** Magento rounds to two decimals in every currency, yen and dinars too (PriceCurrency). */
export function rounded(amount: number): number {
  return share(amount, 1, 100) * 100;
}

export function sum(pairs: readonly Pair[]): Pair {
  return pairs.reduce(
    (all, each) => ({ base: all.base + each.base, order: all.order + each.order }),
    nothing,
  );
}

export function plus(some: Pair | undefined, more: Pair): Pair {
  return sum([some ?? nothing, more]);
}

export function minus(some: Pair, less: Pair | undefined): Pair {
  return plus(some, negative(less ?? nothing));
}

export function negative({ base, order }: Pair): Pair {
  return { base: 0 - base, order: 0 - order };
}

/** An amount times `part` / `whole`, rounded as Magento rounds. */
export function partOf({ base, order }: Pair, part: number, whole: number): Pair {
  const of = (amount: number): number => share(amount, part, whole * 100) * 100;
  return { base: of(base), order: of(order) };
}

/** A base amount in both currencies. `rate` in ten-thousandths. */
export function inBoth(base: number, rate: number): Pair {
  return { base, order: share(base, rate, one * 100) * 100 };
}

/** As PHP writes it into JSON: the shortest number that reads back the same. */
export function shown(amount: number): number {
  return amount / one;
}

/** "62.5": a number in the middle of a message. */
export function plain(amount: number): string {
  return String(shown(amount));
}

/** "$25.00": the base currency as the admin formats it. */
export function formatted(amount: number): string {
  return `$${fromMinor(share(amount, 1, 100))}`;
}

/** A decimal string with the decimals of the currency, or with more where the amount has more. */
export function decimal(amount: number, currency: string): string {
  const decimals = decimalsOf[currency] ?? 2;
  const step = 10 ** (4 - decimals);
  return amount % step === 0 ? fromMinor(amount / step, decimals) : fromMinor(amount, 4);
}

/** "12.50" in ten-thousandths; what a JSON number was parsed to is taken as it prints. */
export function amountIn(given: string | number): number {
  const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(given).trim()) ?? [];
  if (whole === undefined) throw new RangeError(`"${given}" is no decimal amount`);
  const amount = Number(`${whole}${fraction.slice(0, 4).padEnd(4, "0")}`);
  return sign && amount !== 0 ? -amount : amount;
}
