import type { Address } from "../../domain/address.js";
import type { FulfillmentOrderFacts, Hold, HoldReason } from "../../domain/fulfillment.js";
import type { ShippingLine } from "../../domain/order.js";
import { lessQuantity } from "../../domain/quantity.js";
import type { Native } from "../../domain/snapshot.js";
import { type Amounts, isNothing } from "./amount.js";
import type {
  AddressPayload,
  OrderPayload,
  PickupConsignment,
  ProductPayload,
  ShippingConsignment,
} from "./payload.js";
import { isClosed, STATUS } from "./status.js";

/** Work that goes to an address is named after it: `order_address_id` is what a shipment needs. */
const ADDRESS = "address-";
const PICKUP = "pickup-";

/** The `order_address_id` of work, or null for work that is picked up. */
export function addressIdOf(workNativeId: string): string | null {
  return workNativeId.startsWith(ADDRESS) ? workNativeId.slice(ADDRESS.length) : null;
}

/**
 * Consignments as work to be done: one for each address and each place of pickup. Only of goods; files and gift
 * certificates go by e-mail. `shippedOf` counts what left of a line.
 */
export function workOf(
  order: OrderPayload,
  shippedOf: (product: ProductPayload) => number,
): Native<FulfillmentOrderFacts>[] {
  const work = (
    nativeId: string,
    products: readonly ProductPayload[],
    where: Pick<FulfillmentOrderFacts, "method" | "destination" | "locationId" | "locationName">,
  ): Native<FulfillmentOrderFacts>[] => {
    const lines = products
      .filter((product) => product.type === "physical")
      .map((product) => ({
        nativeId: product.id,
        lineId: product.id,
        total: product.quantity,
        remaining: isClosed(order.status_id)
          ? 0
          : lessQuantity(product.quantity, shippedOf(product)),
      }));
    if (lines.length === 0) return [];
    const open = lines.some((line) => line.remaining > 0);
    const status = statusOf(order.status_id, open);
    const holds = status === "CLOSED" || status === "CANCELED" ? [] : holdsOf(order, nativeId);
    return [{ ...where, nativeId, status, shipBy: null, lines, holds, supportedActions: [] }];
  };
  const { shipping, pickups } = order.consignments;
  return [
    ...shipping.flatMap((it) =>
      work(`${ADDRESS}${it.id}`, it.line_items, {
        method: "SHIPPING",
        destination: addressOf(it),
        locationId: null,
        locationName: null,
      }),
    ),
    ...pickups.flatMap((it) =>
      work(`${PICKUP}${it.id}`, it.line_items, {
        method: "PICKUP",
        destination: placeOf(it),
        locationId: it.location?.id ?? null,
        locationName: it.location?.name ?? null,
      }),
    ),
  ];
}

function statusOf(statusId: number, open: boolean): FulfillmentOrderFacts["status"] {
  if (isClosed(statusId)) return "CANCELED";
  if (!open) return "CLOSED";
  if (statusId === STATUS.manualVerification) return "ON_HOLD";
  if (statusId === STATUS.awaitingShipment || statusId === STATUS.awaitingPickup)
    return "IN_PROGRESS";
  return "OPEN";
}

/** What an order waits for. Payment that is awaited is told and hinders nobody: the store ships such orders if it likes. */
const HOLDS: Readonly<Record<number, HoldReason>> = {
  [STATUS.awaitingPayment]: "AWAITING_PAYMENT",
  [STATUS.manualVerification]: "FRAUD_REVIEW",
};

function holdsOf(order: OrderPayload, workNativeId: string): Hold[] {
  const reason = HOLDS[order.status_id];
  if (!reason) return [];
  const id = `${workNativeId}-status-${order.status_id}`;
  return [{ id, reason, note: null, since: null, by: null }];
}

/** Shipping of each address, and handling where it costs something. */
export function shippingLinesOf(order: OrderPayload, amounts: Amounts): ShippingLine[] {
  const shown = (net: string, gross: string) =>
    amounts.bag(order.is_tax_inclusive_pricing ? gross : net);
  const none = amounts.bag("0");
  return order.consignments.shipping.flatMap((it: ShippingConsignment): ShippingLine[] => [
    {
      id: it.id,
      title: it.shipping_method ?? "",
      code: null,
      carrier: null,
      price: shown(it.cost_ex_tax, it.cost_inc_tax),
      discounts: none,
      tax: amounts.bag(it.cost_tax),
    },
    ...(isNothing(it.handling_cost_inc_tax)
      ? []
      : [
          {
            id: `handling-${it.id}`,
            title: "Handling",
            code: null,
            carrier: null,
            price: shown(it.handling_cost_ex_tax, it.handling_cost_inc_tax),
            discounts: none,
            tax: amounts.bag(it.handling_cost_tax),
          },
        ]),
  ]);
}

/** Null where nothing but an empty form is there. */
export function addressOf(from: AddressPayload | null | undefined): Address | null {
  if (!from) return null;
  const address: Address = {
    name: fullName(from),
    company: from.company ?? null,
    line1: from.street_1 ?? null,
    line2: from.street_2 ?? null,
    city: from.city ?? null,
    region: from.state ?? null,
    // States are written out, whatever the country.
    regionCode: null,
    postalCode: from.zip ?? null,
    country: countryOf(from.country_iso2),
    phone: from.phone ?? null,
  };
  return Object.values(address).some((value) => value !== null) ? address : null;
}

export function fullName(from: AddressPayload): string | null {
  return [from.first_name, from.last_name].filter(Boolean).join(" ") || null;
}

function placeOf({ location }: PickupConsignment): Address | null {
  if (!location) return null;
  return {
    name: location.name,
    company: null,
    line1: location.address_line_1,
    line2: location.address_line_2,
    city: location.city,
    region: location.state,
    regionCode: null,
    postalCode: location.postal_code,
    country: countryOf(location.country_alpha2),
    phone: location.phone,
  };
}

function countryOf(code: string | null | undefined): string | null {
  return code && /^[A-Za-z]{2}$/.test(code) ? code.toUpperCase() : null;
}
