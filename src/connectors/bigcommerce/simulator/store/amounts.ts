import { decimalsOf, fromMinor, share, toMinor } from "../../../simulator/money.js";
import type { Cost } from "./state.js";

const places = 4;
const whole = 10 ** places;
/** Taxes are kept in hundredths of a percent. */
const hundredPercent = 10_000;

export const nothing: Cost = { ex: 0, inc: 0 };

/** "62.6793": how v2 writes an amount. */
export const money = (amount: number): string => fromMinor(amount, places);

/** 62.6793: how v3 writes an amount, a JSON number. */
export const number = (amount: number): number => Number(money(amount));

/** An amount as a request has it, text or number; undefined where it is neither or has more than four decimals. */
export function amountOf(given: unknown): number | undefined {
  if (typeof given !== "string" && typeof given !== "number") return undefined;
  try {
    return toMinor(String(given), places);
  } catch {
    return undefined;
  }
}

/** "12.50", "1799" or "4.273": an amount with the decimals of its currency. */
export function plain(amount: number, currency: string): string {
  const decimals = decimalsIn(currency);
  return fromMinor(share(amount, 1, whole / 10 ** decimals), decimals);
}

/** The amount rounded to what its currency can be paid in. */
export function rounded(amount: number, currency: string): number {
  const unit = whole / 10 ** decimalsIn(currency);
  return share(amount, 1, unit) * unit;
}

/** `part` / `of` of an amount, rounded to what its currency can be paid in. */
export const portion = (amount: number, part: number, of: number, currency: string): number =>
  of === 0 ? 0 : rounded(share(amount, part, of), currency);

/**
 * An amount with its tax. Entered without tax, the tax is rounded to the currency; entered with tax, what is
 * left without it keeps four decimals, as a real store's 62.6793 of 67.8400 shows.
 */
export function taxed(
  amount: number,
  { taxRate, taxInclusive, currency }: { taxRate: number; taxInclusive: boolean; currency: string },
): Cost {
  if (taxInclusive)
    return { ex: share(amount, hundredPercent, hundredPercent + taxRate), inc: amount };
  return { ex: amount, inc: amount + rounded(share(amount, taxRate, hundredPercent), currency) };
}

export const sum = (amounts: readonly number[]): number =>
  amounts.reduce((all, each) => all + each, 0);

export const sumCosts = (costs: readonly Cost[]): Cost => ({
  ex: sum(costs.map(({ ex }) => ex)),
  inc: sum(costs.map(({ inc }) => inc)),
});

export const times = ({ ex, inc }: Cost, quantity: number): Cost => ({
  ex: ex * quantity,
  inc: inc * quantity,
});

function decimalsIn(currency: string): number {
  const decimals = decimalsOf[currency];
  if (decimals !== undefined) return decimals;
  throw new RangeError(
    `the store has no currency "${currency}"; it has ${Object.keys(decimalsOf).join(", ")}`,
  );
}
