import type { z } from "zod";
import type { Address } from "../../domain/address.js";
import type {
  FulfillmentOrderHold,
  OrderAddressUpdate,
  OrderNoteAdd,
  Step,
} from "../../domain/command.js";
import { InvalidInput } from "../../domain/errors.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { MARKER_LENGTH } from "../marker.js";
import { cannot, QUIET } from "../plan.js";
import { HELD_NO_LONGER, heldBack } from "../words.js";
import { addressIdOf } from "./consignment.js";
import { NOTES_LENGTH } from "./prepare-head.js";
import type { requests } from "./request.js";

const EFFECT = { ...QUIET, support: "NATIVE" } as const;

/** A line in the order's staff notes. */
export function planNote({ text }: Pick<OrderNoteAdd, "text">): Step {
  const request: z.input<typeof requests.ORDER_NOTE_ADD> = { text: text.trim() };
  if (request.text.length + MARKER_LENGTH > NOTES_LENGTH)
    throw new InvalidInput(
      `a note of ${request.text.length} characters does not fit into the ${NOTES_LENGTH} of the store's staff notes`,
      ["text"],
    );
  return {
    ...EFFECT,
    kind: "ORDER_NOTE_ADD",
    idempotent: "CHECK_THEN_ACT",
    summary: "add a line to the staff notes",
    request,
  };
}

/** What the store's staff see of a hold that the gateway keeps, cut to what their notes have room for. */
export function noteHold(hold: FulfillmentOrderHold): Step {
  return {
    ...planNote({ text: heldBack(hold).slice(0, NOTES_LENGTH - MARKER_LENGTH) }),
    summary: "tell the store's staff of the hold",
  };
}

/** What they see when it ends. */
export function noteRelease(): Step {
  return {
    ...planNote({ text: HELD_NO_LONGER }),
    summary: "tell the store's staff of its end",
  };
}

/** A new shipping address for an order that goes to one. */
export function planAddress({ shippingAddress }: OrderAddressUpdate, order: Order): Step {
  const ids = present(order.fulfillmentOrders).flatMap(
    ({ nativeId }) => addressIdOf(nativeId ?? "") ?? [],
  );
  const [addressId] = ids;
  if (addressId === undefined)
    throw cannot(`BigCommerce: nothing of order ${order.head.number} is sent to an address`);
  if (ids.length > 1)
    throw cannot(
      `BigCommerce: order ${order.head.number} goes to ${ids.length} addresses, and which of them is meant cannot be said; change it in the store's control panel`,
    );
  const request: z.input<typeof requests.ORDER_ADDRESS_UPDATE> = {
    addressId,
    address: addressFields(shippingAddress),
  };
  return {
    ...EFFECT,
    kind: "ORDER_ADDRESS_UPDATE",
    idempotent: "NATURAL",
    summary: "change the shipping address; shipping costs and taxes stay as they are",
    request,
  };
}

/** An address in the store's words: names in two parts, countries by code and name, states written out. E-mail stays. */
function addressFields(address: Address): Record<string, string> {
  const words = (address.name ?? "").trim().split(/\s+/);
  return {
    first_name: words.slice(0, -1).join(" "),
    last_name: words.at(-1) ?? "",
    company: address.company ?? "",
    street_1: address.line1 ?? "",
    street_2: address.line2 ?? "",
    city: address.city ?? "",
    state: address.region ?? address.regionCode ?? "",
    zip: address.postalCode ?? "",
    ...(address.country === null
      ? { country: "", country_iso2: "" }
      : { country: countryName(address.country), country_iso2: address.country }),
    phone: address.phone ?? "",
  };
}

/** By the language data of the runtime; a code that it does not know stands for itself. */
function countryName(code: string): string {
  return new Intl.DisplayNames("en", { type: "region", fallback: "code" }).of(code) ?? code;
}
