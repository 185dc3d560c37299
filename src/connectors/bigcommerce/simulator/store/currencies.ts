import { storeCurrency } from "./store.js";

/** A currency of the store: its id, and how many of it one US dollar is, with ten decimals. */
export interface Currency {
  id: number;
  rate: string;
}

/** Ids as the control panel gave them, and the rates by which the catalog is priced. */
const currencies: Readonly<Record<string, Currency>> = {
  USD: { id: 1, rate: "1.0000000000" },
  EUR: { id: 2, rate: "0.9000000000" },
  GBP: { id: 3, rate: "0.8000000000" },
  CAD: { id: 4, rate: "1.3500000000" },
  AUD: { id: 5, rate: "1.5000000000" },
  CHF: { id: 6, rate: "0.8500000000" },
  SEK: { id: 7, rate: "10.4000000000" },
  JPY: { id: 8, rate: "150.0000000000" },
  KWD: { id: 9, rate: "0.3050000000" },
};

/** A currency of the store; throws with the list of those there are. */
export function currencyOf(code: string): Currency {
  const currency = currencies[code];
  if (currency) return currency;
  const known = Object.keys(currencies).join(", ");
  throw new RangeError(
    `the store has no currency "${code}"; it sells in ${known}, ${storeCurrency} by default`,
  );
}
