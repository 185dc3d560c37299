import type { z } from "zod";
import type { OrderAddressUpdate, Step } from "../../domain/command.js";
import { InvalidInput } from "../../domain/errors.js";
import { QUIET } from "../plan.js";
import type { requests } from "./request.js";

/** What Magento keeps no address without (Order\Address\Validator), by our names. */
const REQUIRED = {
  line1: "street",
  city: "city",
  country: "country",
  postalCode: "postcode",
} as const;

/** Another shipping address. Magento wants a first and a last name; throws InvalidInput that names what is missing. */
export function planAddress({ shippingAddress }: OrderAddressUpdate): Step {
  const { name, line1, line2, city, country, postalCode } = shippingAddress;
  const words = name?.trim().split(/\s+/) ?? [];
  const missing = Object.entries(REQUIRED)
    .filter(([field]) => !shippingAddress[field as keyof typeof REQUIRED])
    .map(([field]) => field);
  if (words.length < 2) missing.unshift("name (first and last)");
  if (missing.length > 0)
    throw new InvalidInput(`Magento takes no address without ${missing.join(", ")}`, [
      "shippingAddress",
    ]);
  const request: z.input<typeof requests.ORDER_ADDRESS_UPDATE> = {
    firstname: words.slice(0, -1).join(" "),
    lastname: words.at(-1) ?? "",
    company: shippingAddress.company,
    street: [line1, line2].filter((line) => line !== null),
    city: city ?? "",
    region: shippingAddress.region,
    regionCode: shippingAddress.regionCode,
    postcode: postalCode ?? "",
    country: country ?? "",
    telephone: shippingAddress.phone,
  };
  return {
    ...QUIET,
    kind: "ORDER_ADDRESS_UPDATE",
    summary: "change the shipping address; taxes and shipping costs stay as they were",
    support: "NATIVE",
    idempotent: "NATURAL",
    request,
  };
}
