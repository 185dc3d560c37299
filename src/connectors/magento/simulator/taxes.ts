import type { Address as CatalogAddress, Person } from "../../simulator/catalog.js";
import type { Site } from "./site.js";
import type { Address } from "./state.js";

/** Percent in ten-thousandths by country, or by country and region; elsewhere nothing is taxed. */
const rates: Readonly<Record<string, number>> = {
  "US-CA": 82_500,
  "US-NY": 88_750,
  DE: 190_000,
  FR: 200_000,
  GB: 200_000,
  "CA-BC": 120_000,
};

/** The tax rate at an address. */
export function rateAt({ country, region }: CatalogAddress): number {
  return rates[`${country}-${region}`] ?? rates[country] ?? 0;
}

/** What a tax is called: "US-CA-*-Rate 1" for the rate of California. */
export function taxCode({ country_id, region_code }: Address): string {
  return `${country_id}-${region_code ?? "*"}-*-Rate 1`;
}

const regions: Readonly<Record<string, readonly [id: number, name: string, country: string]>> = {
  CA: [12, "California", "US"],
  NY: [43, "New York", "US"],
  BC: [67, "British Columbia", "CA"],
  BE: [82, "Berlin", "DE"],
  NSW: [570, "New South Wales", "AU"],
};

/** The regions of a country that this shop lists. */
export function regionsOf(country: string): { id: string; code: string; name: string }[] {
  return Object.entries(regions)
    .filter(([, region]) => region[2] === country)
    .map(([code, [id, name]]) => ({ id: String(id), code, name }));
}

/** An address row of an order. Regions that Magento has no list of are text without a code. */
export function addressOf(site: Site, person: Person, email: string): Address {
  const { address, company, firstName, lastName, phone } = person;
  const known = regions[address.region];
  return {
    id: site.nextId("sales_order_address"),
    city: address.city,
    company: company ?? null,
    country_id: address.country,
    email,
    firstname: firstName,
    lastname: lastName,
    postcode: address.postcode,
    region: known?.[1] ?? (address.region || null),
    region_code: known ? address.region : null,
    region_id: known?.[0] ?? null,
    street: [address.address1, ...(address.address2 ? [address.address2] : [])],
    telephone: phone,
  };
}
