import Big from "big.js";

/** Sum of decimal strings, exact; "0" of none. */
export function sum(amounts: readonly string[]): string {
  return amounts.reduce((total, amount) => total.plus(amount), Big(0)).toFixed();
}

/** One decimal string less another, exact. */
export function minus(a: string, b: string): string {
  return Big(a).minus(b).toFixed();
}
