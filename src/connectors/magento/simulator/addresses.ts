import { ApiError } from "./errors.js";
import type { Given, ObjectShape } from "./input.js";
import type { Site } from "./site.js";
import type { Address } from "./state.js";
import { regionsOf } from "./taxes.js";

export const addressShape: ObjectShape = {
  address_type: "string",
  city: "string",
  company: "string",
  country_id: "string",
  customer_address_id: "int",
  customer_id: "int",
  email: "string",
  entity_id: "int",
  fax: "string",
  firstname: "string",
  lastname: "string",
  middlename: "string",
  parent_id: "int",
  postcode: "string",
  prefix: "string",
  region: "string",
  region_code: "string",
  region_id: "int",
  street: "any",
  suffix: "string",
  telephone: "string",
  vat_id: "string",
  extension_attributes: {},
};

/** What a row may not lack (Order\Address\Validator); null will do, but for the e-mail. */
const required = [
  "parent_id",
  "postcode",
  "lastname",
  "street",
  "city",
  "email",
  "country_id",
  "firstname",
  "address_type",
  "telephone",
];

/**
 * PUT /V1/orders/:parent_id. Neither the path nor the order's own row matters: the row is the one of `entity_id`, of the
 * order in `parent_id`, and without an id it is a new one that belongs to nobody. What is not named stays as it was.
 */
export function saveAddress(site: Site, given: Given): Record<string, unknown> {
  const isWhole = required.every((name) => name in given) && isEmail(given.email);
  const order = site.data.orders[String(given.parent_id)];
  if (!isWhole || !order) throw new ApiError(400, "The order address couldn't be saved.");
  const row = [order.shipping, order.billing].find((each) => each?.id === given.entity_id);
  if (!row) return { ...given, entity_id: site.nextId("sales_order_address") };
  const named = columns.filter((name) => name in given);
  Object.assign(row, Object.fromEntries(named.map((name) => [name, given[name]])));
  site.changed();
  return { ...given };
}

const columns: readonly (keyof Address)[] = [
  "city",
  "company",
  "country_id",
  "email",
  "firstname",
  "lastname",
  "postcode",
  "region",
  "region_code",
  "region_id",
  "street",
  "telephone",
];

function isEmail(value: unknown): boolean {
  return typeof value === "string" && /^[^@\s]+@[^@\s]+$/.test(value);
}

/** GET /V1/directory/countries/:id, which names regions only where Magento has a list of them. */
export function viewCountry(id: string): Record<string, unknown> {
  if (!/^[A-Z]{2}$/.test(id)) throw new ApiError(404, "The country isn't available.");
  const regions = regionsOf(id);
  return {
    id,
    two_letter_abbreviation: id,
    three_letter_abbreviation: id,
    full_name_locale: id,
    full_name_english: id,
    ...(regions.length > 0 && { available_regions: regions }),
  };
}
