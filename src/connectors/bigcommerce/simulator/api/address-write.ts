import type { Destination } from "../store/state.js";
import { invalidField, readOnlyField } from "./errors.js";
import { fieldsOf } from "./route.js";

/** What a PUT of a shipping address can change. */
const writable = new Set(
  "first_name last_name company street_1 street_2 city state zip country country_iso2 phone email".split(
    " ",
  ),
);

/**
 * Changes an address as PUT does: fields that are not named stay, the country's name beside its code as well. Neither
 * shipping costs nor taxes follow. Everything is checked before anything is written.
 */
export function writeAddress(destination: Destination, body: unknown): void {
  const { shipping_method: method, form_fields: _, ...given } = fieldsOf(body);
  for (const [name, value] of Object.entries(given)) {
    if (!writable.has(name)) throw readOnlyField(name);
    if (typeof value !== "string") throw invalidField(name);
  }
  if (given.country_iso2 !== undefined && !/^[A-Z]{2}$/.test(String(given.country_iso2)))
    throw invalidField("country_iso2");
  if (method !== undefined && typeof method !== "string") throw invalidField("shipping_method");
  Object.assign(destination.address, given);
  if (typeof method === "string") destination.method = method;
}
