import { z } from "zod";
import type { StepCall } from "../../domain/command.js";
import { ChannelError } from "../../domain/errors.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { attempt } from "../step.js";
import type { AddressPayload, OrderPayload } from "./payload.js";
import { foundIn, type Prepared, presentRecords, refuse } from "./prepare.js";
import type { Reader } from "./read.js";
import { requests } from "./request.js";

type Wanted = z.output<typeof requests.ORDER_ADDRESS_UPDATE>;

/**
 * Another shipping address, written into the row that the order has: without its id Magento would add a second one. The
 * order's own time of change stays as it was.
 */
export async function prepareAddress(reader: Reader, call: StepCall): Promise<Prepared> {
  const wanted = requests.ORDER_ADDRESS_UPDATE.parse(call.step.request);
  const records = await presentRecords(reader, call);
  const { order } = records;
  const row = shippingRowOf(order);
  if (!row?.entity_id)
    throw refuse(
      "CHANNEL_REJECTED",
      `order ${order.entity_id} has no shipping address to change: nothing of it is shipped`,
    );
  if (isSame(row, wanted)) return foundIn(records, reader);
  const entity = {
    entity_id: Number(row.entity_id),
    parent_id: Number(order.entity_id),
    address_type: "shipping",
    email: row.email ?? order.customer_email,
    ...columnsOf(wanted),
    region_id: await regionIdOf(reader, wanted, call.signal),
  };
  return {
    kind: "send",
    requests: [{ method: "PUT", path: `/orders/${order.entity_id}`, body: { entity } }],
    idOf: ({ body }) => (SAVED.safeParse(body).success ? "" : undefined),
    differs: (_, after) => keptOtherwise(wanted, order, after),
  };
}

const SAVED = z.object({ address_type: z.string() });

/**
 * As Magento names it; titles and middle names belonged to whoever was there before. What is to be empty is an empty text:
 * the schema knows no null, and a column that is left out stays as it was.
 */
function columnsOf({ regionCode, country, ...wanted }: Wanted) {
  return {
    ...wanted,
    company: wanted.company ?? "",
    region: wanted.region ?? "",
    telephone: wanted.telephone ?? "",
    prefix: "",
    middlename: "",
    suffix: "",
    region_code: regionCode ?? "",
    country_id: country,
  };
}

function shippingRowOf(order: OrderPayload): AddressPayload | undefined {
  return order.extension_attributes?.shipping_assignments
    .map(({ shipping }) => shipping?.address)
    .find((address) => address != null);
}

function isSame(row: AddressPayload, { regionCode, country, ...wanted }: Wanted): boolean {
  const { street, ...words } = wanted;
  const wished = { ...words, region_code: regionCode, country_id: country, middlename: null };
  return (
    row.street.join("\n") === street.join("\n") &&
    Object.entries(wished).every(([name, value]) => row[name as keyof typeof wished] === value)
  );
}

const COUNTRY = z.object({
  available_regions: z
    .array(z.object({ id: z.union([z.string(), z.number()]), code: z.string(), name: z.string() }))
    .nullish(),
});

/** Where Magento lists a country's regions the admin shows the one of this id; elsewhere it is 0 and a region is text. */
async function regionIdOf(
  { magento }: Reader,
  { country, region, regionCode }: Wanted,
  signal: AbortSignal,
): Promise<number> {
  const path = `/directory/countries/${encodeURIComponent(country)}`;
  const body = await attempt(() => magento.get(path, {}, signal));
  const regions = COUNTRY.safeParse(body).data?.available_regions ?? [];
  const found = regions.find(({ code, name }) => code === regionCode || name === region);
  return found ? Number(found.id) : 0;
}

function keptOtherwise(wanted: Wanted, order: OrderPayload, after: Snapshot): ChannelError | null {
  const kept = after.head?.value.shippingAddress;
  const isKept = kept?.line1 === wanted.street[0] && kept?.postalCode === wanted.postcode;
  if (!after.head || isKept) return null;
  return new ChannelError(
    "CHANNEL_REJECTED",
    `Magento: order ${order.entity_id} shows another shipping address than the one that was written`,
    { httpStatus: 200, mayHaveHappened: true },
  );
}
