import { CUSTOM_CARRIER } from "./fulfillment.js";
import type { Track } from "./request.js";

/** Carriers that Magento ships with, by code; any other code is accepted too, and means something to extensions alone. */
const CODES: Readonly<Record<string, string>> = {
  dhl: "dhl",
  federalexpress: "fedex",
  fedex: "fedex",
  unitedparcelservice: "ups",
  unitedstatespostalservice: "usps",
  ups: "ups",
  usps: "usps",
};

/** A track as Magento takes it: a code it knows, or the one that was given, or "custom" with the carrier's name. */
export function trackOf({ number, carrier, carrierCode }: Track) {
  const known = [carrierCode, carrier].map((name) => CODES[simplify(name ?? "")]).find(Boolean);
  const code = known ?? carrierCode ?? CUSTOM_CARRIER;
  return { track_number: number, title: carrier ?? carrierCode ?? "Carrier", carrier_code: code };
}

function simplify(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
