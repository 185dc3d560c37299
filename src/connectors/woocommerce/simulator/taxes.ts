import { share } from "../../simulator/money.js";
import type { Order } from "./state.js";

/** A rate of the site's tax table. */
export interface TaxRate {
  id: number;
  code: string;
  label: string;
  /** Hundredths of a percent: 825 is 8.25 %. */
  basisPoints: number;
}

/** One rate a country, the buyer's shipping country deciding; elsewhere nothing is taxed. */
const rates: Readonly<Record<string, TaxRate>> = {
  US: { id: 1, code: "US-OR-SALES TAX-1", label: "Sales Tax", basisPoints: 825 },
  DE: { id: 2, code: "DE-MWST-1", label: "MwSt.", basisPoints: 1900 },
  GB: { id: 3, code: "GB-VAT-1", label: "VAT", basisPoints: 2000 },
  FR: { id: 4, code: "FR-TVA-1", label: "TVA", basisPoints: 2000 },
  JP: { id: 5, code: "JP-CONSUMPTION TAX-1", label: "Consumption Tax", basisPoints: 1000 },
};

/** The rate that applies to a country; "" stands for the site's own, the US. */
export function rateFor(country: string): TaxRate | undefined {
  return rates[country || "US"];
}

/** The rate an order was taxed with; undefined: untaxed. */
export function rateOf({ tax }: Pick<Order, "tax">): TaxRate | undefined {
  return Object.values(rates).find(({ id }) => id === tax?.rateId);
}

/** Tax on a net amount, in cents. */
export function taxOn(net: number, rate: TaxRate | undefined): number {
  return rate ? share(net, rate.basisPoints, 10_000) : 0;
}

/** What is left of a gross amount without its tax, in cents. */
export function netOf(gross: number, rate: TaxRate | undefined): number {
  return rate ? share(gross, 10_000, 10_000 + rate.basisPoints) : gross;
}
