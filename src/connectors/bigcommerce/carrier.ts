/**
 * Carriers of BigCommerce's own list (`shipping_provider`, orders.v2), and of AfterShip's (`tracking_carrier`) those that
 * stores commonly ship with, each with how people write it.
 */
const PROVIDERS: Readonly<Record<string, string>> = {
  auspost: "Australia Post",
  canadapost: "Canada Post",
  endicia: "Endicia",
  fedex: "FedEx",
  royalmail: "Royal Mail",
  ups: "UPS",
  usps: "USPS",
};
const TRACKING_CARRIERS: Readonly<Record<string, string>> = {
  "amazon-logistics": "Amazon Logistics",
  aramex: "Aramex",
  bpost: "bpost",
  "colis-prive": "Colis Privé",
  correos: "Correos",
  dhl: "DHL Express",
  "dhl-germany": "DHL Germany",
  dpd: "DPD",
  "dpd-uk": "DPD UK",
  evri: "Evri",
  gls: "GLS",
  inpost: "InPost",
  "la-poste-colissimo": "Colissimo",
  ontrac: "OnTrac",
  "post-nl": "PostNL",
  purolator: "Purolator",
  tnt: "TNT",
  yodel: "Yodel",
};

/** How a carrier is named for people; null where the store names none, or one of its own that only it can name. */
export function carrierName(
  provider: string | null,
  trackingCarrier: string | null,
): string | null {
  if (provider && PROVIDERS[provider]) return PROVIDERS[provider];
  return trackingCarrier ? (TRACKING_CARRIERS[trackingCarrier] ?? trackingCarrier) : null;
}

/** Where a shipment names its carrier; both empty where BigCommerce has no word for it. */
export interface CarrierWords {
  shipping_provider: string;
  tracking_carrier: string;
}

/** BigCommerce's words for a carrier given by code or name. A made-up word would be refused. */
export function carrierWords(given: {
  carrier: string | null;
  carrierCode: string | null;
}): CarrierWords {
  const keys = [given.carrierCode, given.carrier].flatMap((it) => (it ? [simplify(it)] : []));
  for (const key of keys) {
    const name = ALIASES[key] ?? key;
    const provider = BY_NAME.providers.get(name);
    if (provider) return { shipping_provider: provider, tracking_carrier: "" };
    const carrier = BY_NAME.trackingCarriers.get(name);
    if (carrier) return { shipping_provider: "", tracking_carrier: carrier };
  }
  return { shipping_provider: "", tracking_carrier: "" };
}

const ALIASES: Readonly<Record<string, string>> = {
  australianpost: "auspost",
  colissimo: "lapostecolissimo",
  deutschepostdhl: "dhlgermany",
  dhlexpress: "dhl",
  dhlpaket: "dhlgermany",
  evrihermes: "evri",
  hermes: "evri",
  unitedparcelservice: "ups",
  unitedstatespostalservice: "usps",
};

const BY_NAME = {
  providers: namesOf(PROVIDERS),
  trackingCarriers: namesOf(TRACKING_CARRIERS),
};

function namesOf(carriers: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(
    Object.entries(carriers).flatMap(([slug, name]) => [
      [simplify(name), slug],
      [simplify(slug), slug],
    ]),
  );
}

function simplify(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
