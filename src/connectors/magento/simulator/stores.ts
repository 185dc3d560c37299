import { priceIn } from "../../simulator/catalog.js";
import { decimalsOf, toMinor } from "../../simulator/money.js";
import { one, shown } from "./amount.js";
import type { Site } from "./site.js";

/** A store view. Both belong to one website, whose base currency is the US dollar. */
export interface Store {
  id: number;
  code: string;
  name: string;
  locale: string;
  currency: string;
  /** The API's dates are in UTC all the same. */
  timezone: string;
  weightUnit: "lbs" | "kgs";
  /** Catalog prices are entered with their tax. */
  pricesIncludeTax: boolean;
}

export const baseCurrency = "USD";
export const stores: readonly [Store, Store] = [
  {
    id: 1,
    code: "default",
    name: "Default Store View",
    locale: "en_US",
    currency: "USD",
    timezone: "America/Chicago",
    weightUnit: "lbs",
    pricesIncludeTax: false,
  },
  {
    id: 2,
    code: "eu",
    name: "Europe",
    locale: "de_DE",
    currency: "EUR",
    timezone: "Europe/Berlin",
    weightUnit: "kgs",
    pricesIncludeTax: true,
  },
];
export const storeNameOf = (id: number): string =>
  `Main Website\nMain Website Store\n${stores[id === 2 ? 1 : 0].name}`;

/** Units of the currency per US dollar, in ten-thousandths. */
export function rateOf(currency: string): number {
  const good = { sku: "", name: "", priceCents: 100 * one, weightGrams: 0 };
  const decimals = decimalsOf[currency] ?? 2;
  return toMinor(priceIn(currency, good), decimals) / 10 ** decimals;
}

/** GET /V1/store/storeConfigs. */
export function storeConfigs({ url }: Site): unknown[] {
  return stores.map((store) => ({
    id: store.id,
    code: store.code,
    website_id: 1,
    locale: store.locale,
    base_currency_code: baseCurrency,
    default_display_currency_code: store.currency,
    timezone: store.timezone,
    weight_unit: store.weightUnit,
    base_url: `${url}/`,
    base_link_url: `${url}/`,
    base_static_url: `${url}/static/version1795404019/`,
    base_media_url: `${url}/media/`,
    secure_base_url: `${url}/`,
    secure_base_link_url: `${url}/`,
    secure_base_static_url: `${url}/static/version1795404019/`,
    secure_base_media_url: `${url}/media/`,
  }));
}

/** GET /V1/store/storeViews, the admin's among them. */
export function storeViews(): unknown[] {
  const views = stores.map(({ id, code, name }) => ({
    id,
    code,
    name,
    website_id: 1,
    store_group_id: 1,
    is_active: 1,
  }));
  const admin = {
    id: 0,
    code: "admin",
    name: "Admin",
    website_id: 0,
    store_group_id: 0,
    is_active: 1,
  };
  return [...views, admin];
}

/** GET /V1/store/websites. */
export const websites: readonly unknown[] = [
  { id: 0, code: "admin", name: "Admin", default_group_id: 0 },
  { id: 1, code: "base", name: "Main Website", default_group_id: 1 },
];

/** GET /V1/directory/currency. */
export function currencies(): unknown {
  const codes = Object.keys(decimalsOf);
  return {
    base_currency_code: baseCurrency,
    base_currency_symbol: "$",
    default_display_currency_code: baseCurrency,
    default_display_currency_symbol: "$",
    available_currency_codes: codes,
    exchange_rates: codes.map((code) => ({ currency_to: code, rate: shown(rateOf(code)) })),
  };
}
