import { decimalsOf, fromMinor, share } from "./money.js";
import type { Random } from "./random.js";

/** Something for sale, the same in every simulated shop. */
export interface Good {
  sku: string;
  name: string;
  /** Price before tax in US cents. */
  priceCents: number;
  weightGrams: number;
  /** true: downloaded, never shipped. */
  digital?: boolean;
  /** Set on one variant of a product: the product's SKU stem and what tells this variant apart. */
  variant?: { of: string; options: Readonly<Record<string, string>> };
}

/** Twenty goods; MUG-01, TEE-M, POSTER-A2 and EBOOK-1 are the ones tests may name. */
export const goods: readonly Good[] = [
  { sku: "MUG-01", name: "Harbor Mug", priceCents: 1400, weightGrams: 380 },
  {
    sku: "TEE-S",
    name: "Tributary Tee",
    priceCents: 2500,
    weightGrams: 160,
    variant: { of: "TEE", options: { Color: "Navy", Size: "S" } },
  },
  {
    sku: "TEE-M",
    name: "Tributary Tee",
    priceCents: 2500,
    weightGrams: 170,
    variant: { of: "TEE", options: { Color: "Navy", Size: "M" } },
  },
  {
    sku: "TEE-L",
    name: "Tributary Tee",
    priceCents: 2500,
    weightGrams: 180,
    variant: { of: "TEE", options: { Color: "Navy", Size: "L" } },
  },
  {
    sku: "HOODIE-M",
    name: "Delta Hoodie",
    priceCents: 5400,
    weightGrams: 520,
    variant: { of: "HOODIE", options: { Color: "Moss", Size: "M" } },
  },
  {
    sku: "HOODIE-L",
    name: "Delta Hoodie",
    priceCents: 5600,
    weightGrams: 560,
    variant: { of: "HOODIE", options: { Color: "Moss", Size: "L" } },
  },
  { sku: "POSTER-A2", name: "River Map Poster A2", priceCents: 1850, weightGrams: 140 },
  { sku: "POSTER-A3", name: "River Map Poster A3", priceCents: 1250, weightGrams: 90 },
  {
    sku: "EBOOK-1",
    name: "Currents: a field guide (e-book)",
    priceCents: 900,
    weightGrams: 0,
    digital: true,
  },
  {
    sku: "ALBUM-1",
    name: "Sounds of the Estuary (download)",
    priceCents: 799,
    weightGrams: 0,
    digital: true,
  },
  { sku: "NOTE-A5", name: "Dotted Notebook A5", priceCents: 1199, weightGrams: 310 },
  { sku: "PEN-3", name: "Gel Pens, set of three", priceCents: 675, weightGrams: 45 },
  { sku: "BOTTLE-75", name: "Steel Bottle 0.75 l", priceCents: 2990, weightGrams: 340 },
  { sku: "CAP-1", name: "Ferry Cap", priceCents: 1999, weightGrams: 95 },
  { sku: "SOCKS-2", name: "Wool Socks, two pairs", priceCents: 1649, weightGrams: 120 },
  { sku: "CANDLE-1", name: "Driftwood Candle", priceCents: 2235, weightGrams: 410 },
  { sku: "TOTE-1", name: "Canvas Tote", priceCents: 1500, weightGrams: 180 },
  { sku: "LAMP-1", name: "Lighthouse Desk Lamp", priceCents: 8995, weightGrams: 2100 },
  { sku: "TEA-100", name: "Mountain Spring Tea 100 g", priceCents: 1125, weightGrams: 130 },
  { sku: "STICKER-5", name: "Stickers, five", priceCents: 350, weightGrams: 15 },
];

/** As many lines as no page of anything holds, of all goods in turn. */
export function manyLines(count: number): { sku: string; quantity: number }[] {
  return Array.from({ length: count }, (_, index) => ({
    sku: (goods[index % goods.length] as Good).sku,
    quantity: 1 + (index % 3),
  }));
}

/** The good with this SKU; throws with the list of those there are. */
export function goodOf(sku: string): Good {
  const good = goods.find((each) => each.sku === sku);
  if (good) return good;
  throw new RangeError(
    `no good has the SKU "${sku}"; there are ${goods.map((each) => each.sku).join(", ")}`,
  );
}

/** A thousandth of a currency's unit per US dollar: round numbers, not a day's rate. */
const perDollarMilli: Readonly<Record<string, number>> = {
  USD: 1000,
  EUR: 900,
  GBP: 800,
  CAD: 1350,
  AUD: 1500,
  CHF: 850,
  SEK: 10_400,
  JPY: 150_000,
  KWD: 305,
};

/** What a good costs in a currency, before tax, as a decimal string with that currency's decimals. */
export function priceIn(currency: string, { priceCents }: Good): string {
  const decimals = decimalsOf[currency];
  const rate = perDollarMilli[currency];
  if (decimals === undefined || rate === undefined) {
    throw new RangeError(
      `no price in "${currency}"; there are ${Object.keys(perDollarMilli).join(", ")}`,
    );
  }
  return fromMinor(share(priceCents, rate * 10 ** decimals, 100 * 1000), decimals);
}

export interface Address {
  address1: string;
  address2?: string;
  city: string;
  /** State or province code, "" where the country has none. */
  region: string;
  postcode: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}
/** Somebody who buys; every one of them is made up. */
export interface Person {
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  company?: string;
  address: Address;
}

/** Buyers in eight countries. Mail goes to reserved domains, phones to numbers reserved for fiction. */
export const people: readonly Person[] = [
  {
    firstName: "Ada",
    lastName: "Rivers",
    email: "ada.rivers@example.com",
    phone: "+1 415 555 0101",
    address: {
      address1: "12 Sample Street",
      address2: "Apt 4",
      city: "San Francisco",
      region: "CA",
      postcode: "94199",
      country: "US",
    },
  },
  {
    firstName: "Ben",
    lastName: "Brook",
    email: "ben.brook@example.org",
    phone: "+1 212 555 0102",
    company: "Brook & Sons",
    address: {
      address1: "800 Placeholder Avenue",
      city: "New York",
      region: "NY",
      postcode: "10099",
      country: "US",
    },
  },
  {
    firstName: "Cleo",
    lastName: "Fjord",
    email: "cleo.fjord@example.com",
    phone: "+1 312 555 0103",
    address: {
      address1: "77 Fiction Road",
      city: "Chicago",
      region: "IL",
      postcode: "60699",
      country: "US",
    },
  },
  {
    firstName: "Dana",
    lastName: "O'Bay",
    email: "dana.obay@example.org",
    phone: "+1 604 555 0104",
    address: {
      address1: "5 Example Crescent",
      city: "Vancouver",
      region: "BC",
      postcode: "V0V 0V0",
      country: "CA",
    },
  },
  {
    firstName: "Elif",
    lastName: "Weir",
    email: "elif.weir@example.com",
    phone: "+44 1632 960105",
    address: {
      address1: "9 Nowhere Lane",
      city: "London",
      region: "",
      postcode: "ZZ99 9ZZ",
      country: "GB",
    },
  },
  {
    firstName: "Jürgen",
    lastName: "Bäch",
    email: "juergen.baech@example.org",
    phone: "+49 30 23125 106",
    address: {
      address1: "Musterstraße 6",
      city: "Berlin",
      region: "BE",
      postcode: "10999",
      country: "DE",
    },
  },
  {
    firstName: "Grace",
    lastName: "Étang",
    email: "grace.etang@example.com",
    phone: "+33 1 99 00 01 07",
    company: "Atelier Étang",
    address: {
      address1: "7 rue de l'Exemple",
      city: "Paris",
      region: "",
      postcode: "75099",
      country: "FR",
    },
  },
  {
    firstName: "遥",
    lastName: "川口",
    email: "haruka.kawaguchi@example.com",
    phone: "+81 3 5550 0108",
    address: {
      address1: "見本町1-2-3",
      city: "千代田区",
      region: "JP13",
      postcode: "100-0000",
      country: "JP",
    },
  },
  {
    firstName: "Huda",
    lastName: "Wadi",
    email: "huda.wadi@example.org",
    phone: "+965 5550 0109",
    address: {
      address1: "Block 1, Sample Street 10",
      city: "Kuwait City",
      region: "",
      postcode: "00000",
      country: "KW",
    },
  },
  {
    firstName: "Ivy",
    lastName: "Creek",
    email: "ivy.creek@example.com",
    phone: "+61 2 5550 0110",
    address: {
      address1: "11 Invented Parade",
      city: "Sydney",
      region: "NSW",
      postcode: "2999",
      country: "AU",
    },
  },
];

/** A carrier with the shape of its tracking numbers and its public tracking page. */
export interface Carrier {
  /** Short lower-case code: "ups". */
  code: string;
  name: string;
  number: (random: Random) => string;
  trackingUrl: (number: string) => string;
}

const digits = "0123456789";

/** Carriers; the numbers look right and belong to nobody. */
export const carriers: readonly Carrier[] = [
  {
    code: "ups",
    name: "UPS",
    number: (random) => `1Z999AA1${random.text(10, digits)}`,
    trackingUrl: (number) => `https://www.ups.com/track?tracknum=${number}`,
  },
  {
    code: "usps",
    name: "USPS",
    number: (random) => `9400100000${random.text(12, digits)}`,
    trackingUrl: (number) => `https://tools.usps.com/go/TrackConfirmAction?tLabels=${number}`,
  },
  {
    code: "fedex",
    name: "FedEx",
    number: (random) => `9999${random.text(8, digits)}`,
    trackingUrl: (number) => `https://www.fedex.com/fedextrack/?trknbr=${number}`,
  },
  {
    code: "dhl",
    name: "DHL",
    number: (random) => `JD0146000${random.text(11, digits)}`,
    trackingUrl: (number) => `https://www.dhl.com/en/express/tracking.html?AWB=${number}`,
  },
  {
    code: "royal-mail",
    name: "Royal Mail",
    number: (random) => `RM${random.text(9, digits)}GB`,
    trackingUrl: (number) =>
      `https://www.royalmail.com/track-your-item#/tracking-results/${number}`,
  },
];
