import Big from "big.js";

/** An exact amount: a decimal string and an ISO 4217 currency. No float ever touches it. */
export interface Money {
  amount: string;
  currency: string;
}

/** One amount in the shop's currency and in the one the customer saw. */
export interface MoneyBag {
  shop: Money;
  presentment: Money;
}

/** Money from a decimal string; throws where it is none, naming the value. Keeps at least the currency's own decimals. */
export function money(amount: string, currency: string): Money {
  const value = decimal(amount);
  const places = Math.max(minorDigits(currency), fractionDigits(value));
  return { amount: value.toFixed(places), currency: currency.toUpperCase() };
}

/** The same money on both sides, for platforms with one currency an order. */
export function sameMoney(amount: string, currency: string): MoneyBag {
  const value = money(amount, currency);
  return { shop: value, presentment: value };
}

export function zeroMoney(currency: string): Money {
  return money("0", currency);
}

export function zeroBag(like: MoneyBag): MoneyBag {
  return { shop: zeroMoney(like.shop.currency), presentment: zeroMoney(like.presentment.currency) };
}

/** Sum; throws where the currencies differ. */
export function addMoney(a: Money, b: Money): Money {
  return combine(a, b, (x, y) => x.plus(y));
}

/** Difference, may be negative; throws where the currencies differ. */
export function subtractMoney(a: Money, b: Money): Money {
  return combine(a, b, (x, y) => x.minus(y));
}

export function addBags(a: MoneyBag, b: MoneyBag): MoneyBag {
  return { shop: addMoney(a.shop, b.shop), presentment: addMoney(a.presentment, b.presentment) };
}

export function subtractBags(a: MoneyBag, b: MoneyBag): MoneyBag {
  return {
    shop: subtractMoney(a.shop, b.shop),
    presentment: subtractMoney(a.presentment, b.presentment),
  };
}

/** The bag, or zero on a side that is below it. */
export function atLeastZero(bag: MoneyBag): MoneyBag {
  const zero = zeroBag(bag);
  const floor = (side: keyof MoneyBag) =>
    compareMoney(bag[side], zero[side]) < 0 ? zero[side] : bag[side];
  return { shop: floor("shop"), presentment: floor("presentment") };
}

/** -1, 0 or 1; throws where the currencies differ. */
export function compareMoney(a: Money, b: Money): -1 | 0 | 1 {
  sameCurrency(a, b);
  return Big(a.amount).cmp(b.amount) as -1 | 0 | 1;
}

export function isZero(value: Money): boolean {
  return Big(value.amount).eq(0);
}

/** The amount in the currency's smallest unit, what is finer cut off, for filters and sorting (JPY 500 → 500n, KWD 1.250 → 1250n). */
export function minorUnits(value: Money): bigint {
  const scaled = Big(value.amount).times(Big(10).pow(minorDigits(value.currency)));
  return BigInt(scaled.round(0, Big.roundDown).toFixed(0));
}

/** Decimals of a currency by ISO 4217 (JPY 0, KWD 3); 2 for one that is not known. */
export function minorDigits(currency: string): number {
  return OTHER_THAN_TWO.get(currency.toUpperCase()) ?? 2;
}

/**
 * Currencies without two decimals, by ISO 4217. Intl.NumberFormat is no source for them: it rounds as people are used to
 * (HUF, IDR, COP and PKR to 0 on Node 20) and changes with the version of its data, and stored amounts must not.
 */
const OTHER_THAN_TWO: ReadonlyMap<string, number> = new Map(
  (
    [
      [0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"],
      [3, "BHD IQD JOD KWD LYD OMR TND"],
      [4, "CLF UYW"],
    ] as const
  ).flatMap(([digits, codes]) => codes.split(" ").map((code) => [code, digits] as const)),
);

function decimal(amount: string): Big {
  if (!/^-?\d+(\.\d+)?$/.test(amount)) throw new RangeError(`not a decimal amount: "${amount}"`);
  return Big(amount);
}

function fractionDigits(value: Big): number {
  return Math.max(0, value.c.length - value.e - 1);
}

function combine(a: Money, b: Money, operation: (x: Big, y: Big) => Big): Money {
  sameCurrency(a, b);
  return money(operation(Big(a.amount), Big(b.amount)).toFixed(), a.currency);
}

function sameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency)
    throw new RangeError(`amounts in ${a.currency} and ${b.currency} cannot be combined`);
}
