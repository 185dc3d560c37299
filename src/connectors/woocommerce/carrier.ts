/** Carriers that core WooCommerce knows by slug (read in the class of each provider, 10.5), and how people write them. */
const CARRIERS: Readonly<Record<string, string>> = {
  "amazon-logistics": "Amazon Logistics",
  "australia-post": "Australia Post",
  "canada-post": "Canada Post",
  dhl: "DHL",
  "evri-hermes": "Evri (Hermes)",
  fedex: "FedEx",
  "royal-mail": "Royal Mail",
  ups: "UPS",
  usps: "USPS",
};

/** How a carrier is named for people, from the slug the shop uses; the slug itself where it is not known. */
export function carrierName(slug: string): string {
  return CARRIERS[slug] ?? slug;
}

/**
 * The slug for a carrier given by code or name, or null where WooCommerce has none: then it is `other`
 * with a name. A wrong slug would be accepted and show nothing.
 */
export function carrierSlug(carrier: {
  carrier: string | null;
  carrierCode: string | null;
}): string | null {
  for (const given of [carrier.carrierCode, carrier.carrier]) {
    if (!given) continue;
    const key = simplify(given);
    const slug = ALIASES[key] ?? SLUG_BY_NAME.get(key);
    if (slug) return slug;
  }
  return null;
}

/** Whether two names or slugs mean one carrier, however they are written. */
export function sameCarrier(one: string, other: string): boolean {
  return simplify(one) === simplify(other);
}

const ALIASES: Readonly<Record<string, string>> = {
  evri: "evri-hermes",
  hermes: "evri-hermes",
  dhlexpress: "dhl",
  unitedparcelservice: "ups",
  unitedstatespostalservice: "usps",
  amazon: "amazon-logistics",
};

const SLUG_BY_NAME = new Map(
  Object.entries(CARRIERS).flatMap(([slug, name]) => [
    [simplify(slug), slug],
    [simplify(name), slug],
  ]),
);

function simplify(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
