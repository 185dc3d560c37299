import type { Person } from "../../../simulator/catalog.js";
import type { Address } from "./state.js";

const countries: Record<string, string> = {
  US: "United States",
  CA: "Canada",
  GB: "United Kingdom",
  DE: "Germany",
  FR: "France",
  JP: "Japan",
  KW: "Kuwait",
  AU: "Australia",
};

const provinces: Record<string, string> = {
  CA: "California",
  NY: "New York",
  IL: "Illinois",
  BC: "British Columbia",
  JP13: "Tōkyō",
  NSW: "New South Wales",
};

/** A buyer's address as the shop keeps it; Germany has no provinces here, Japan's code is JP-13. */
export function addressOf({ firstName, lastName, company, phone, address }: Person): Address {
  const province = address.country === "DE" ? undefined : provinces[address.region];
  return {
    firstName,
    lastName,
    company: company ?? null,
    address1: address.address1,
    address2: address.address2 ?? null,
    city: address.city,
    province: province ?? null,
    provinceCode: province ? address.region.replace("JP13", "JP-13") : null,
    country: countries[address.country] ?? address.country,
    countryCode: address.country,
    zip: address.postcode,
    phone,
  };
}

/** The address with the names that its country's and province's codes have. */
export function withNames(address: Address): Address {
  const { countryCode, provinceCode } = address;
  const code = provinceCode?.replace("JP-", "JP") ?? "";
  return {
    ...address,
    country: (countryCode && countries[countryCode]) ?? address.country,
    province: provinces[code] ?? address.province,
  };
}
