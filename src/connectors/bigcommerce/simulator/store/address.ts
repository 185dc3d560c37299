import type { Person } from "../../../simulator/catalog.js";
import type { Address } from "./state.js";

const countries: Readonly<Record<string, string>> = {
  US: "United States",
  CA: "Canada",
  GB: "United Kingdom",
  DE: "Germany",
  FR: "France",
  JP: "Japan",
  KW: "Kuwait",
  AU: "Australia",
};
/** The platform writes regions out where it knows them. */
const regions: Readonly<Record<string, string>> = {
  "US CA": "California",
  "US NY": "New York",
  "US IL": "Illinois",
  "CA BC": "British Columbia",
  "DE BE": "Berlin",
  "JP JP13": "Tokyo",
  "AU NSW": "New South Wales",
};
/** Tax in hundredths of a percent, by country; elsewhere goods go out untaxed. */
const taxRates: Readonly<Record<string, number>> = {
  US: 825,
  CA: 1200,
  GB: 2000,
  DE: 1900,
  FR: 2000,
  JP: 1000,
  AU: 1000,
};

/** A person's address; what is not known is an empty text, never null. */
export function addressOf(person: Person, email = person.email): Address {
  const { firstName, lastName, company = "", phone, address } = person;
  return {
    first_name: firstName,
    last_name: lastName,
    company,
    street_1: address.address1,
    street_2: address.address2 ?? "",
    city: address.city,
    state: regions[`${address.country} ${address.region}`] ?? address.region,
    zip: address.postcode,
    country: countries[address.country] ?? address.country,
    country_iso2: address.country,
    phone,
    email,
  };
}

export const taxRateIn = (country: string): number => taxRates[country] ?? 0;
