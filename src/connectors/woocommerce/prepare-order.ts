import { z } from "zod";
import type { StepCall } from "../../domain/command.js";
import { instant } from "../../domain/time.js";
import { markerIn, withMarker } from "../marker.js";
import type { Found } from "../step.js";
import { type AddressPayload, metaText, notePayload } from "./payload.js";
import { type Prepared, present, refuse, refuseClosed } from "./prepare.js";
import { type OrderRecords, type Reader, snapshotOf } from "./read.js";
import { requests } from "./request.js";
import { CANCEL_REASON_KEY, CANCELED_AT_KEY, MARKER_KEY } from "./translate.js";

/** Canceling an order, with marker, reason and time in its meta; WooCommerce puts the stock back by itself. */
export async function prepareCancel(reader: Reader, call: StepCall): Promise<Prepared> {
  const { reason } = requests.ORDER_CANCEL.parse(call.step.request);
  const records = await present(reader, call);
  const { order } = records;
  if (isMarked(records, call.marker)) return found(records, reader);
  if (order.status === "cancelled")
    throw refuse("ALREADY_IN_STATE", `order ${order.id} is canceled already`);
  return saveOrder(call, {
    status: "cancelled",
    meta_data: [
      { key: MARKER_KEY, value: call.marker },
      { key: CANCEL_REASON_KEY, value: reason },
      { key: CANCELED_AT_KEY, value: instant(reader.now()) },
    ],
  });
}

/** A canceled order that was refunded in full is called "refunded". */
function isMarked({ order }: OrderRecords, marker: string): boolean {
  const closed = order.status === "cancelled" || order.status === "refunded";
  return closed && metaText(order.meta_data, MARKER_KEY) === marker;
}

/** The order, where it is canceled: by this step, or by anybody else. */
export function foundCancel(records: OrderRecords, reader: Reader, marker: string): Found | null {
  const isCanceled = records.order.status === "cancelled" || isMarked(records, marker);
  return isCanceled ? found(records, reader) : null;
}

/** Completing an order of a shop without fulfillments. */
export async function prepareStatus(reader: Reader, call: StepCall): Promise<Prepared> {
  const { status } = requests.ORDER_STATUS.parse(call.step.request);
  const records = await present(reader, call);
  if (records.order.status === status) return found(records, reader);
  refuseClosed(records);
  return saveOrder(call, { status, meta_data: [{ key: MARKER_KEY, value: call.marker }] });
}

/** Notes have no room for a token but their text. */
export async function prepareNote(reader: Reader, call: StepCall): Promise<Prepared> {
  const { text, toCustomer } = requests.ORDER_NOTE_ADD.parse(call.step.request);
  const records = await present(reader, call);
  const before = await foundNote(reader, records, call);
  if (before) return before;
  const note = withMarker(call.marker, text);
  const body = { note, customer_note: toCustomer };
  return { kind: "send", request: { method: "POST", path: notesOf(call), body } };
}

/** The note whose text bears this step's token, if any. */
export async function foundNote(
  reader: Reader,
  records: OrderRecords,
  call: StepCall,
): Promise<Found | null> {
  const { body } = await reader.woo.get(notesOf(call), {}, call.signal);
  const notes = z.array(notePayload).parse(body);
  const marked = notes.filter(({ note }) => markerIn(note) === call.marker);
  const [first] = marked;
  return first ? { ...found(records, reader, first.id), times: marked.length } : null;
}

function notesOf({ order }: StepCall): string {
  return `/wc/v3/orders/${order.nativeId}/notes`;
}

/** The whole shipping address. One that is so already is left alone, since every save tells the shop's own plugins. */
export async function prepareAddress(reader: Reader, call: StepCall): Promise<Prepared> {
  const { address } = requests.ORDER_ADDRESS_UPDATE.parse(call.step.request);
  const records = await present(reader, call);
  refuseClosed(records);
  const shipping = shippingOf(address);
  const now: AddressPayload = records.order.shipping;
  const same = Object.entries(shipping).every(
    ([field, value]) => (now[field as keyof AddressPayload] ?? "") === value,
  );
  return same ? found(records, reader) : saveOrder(call, { shipping });
}

type AddressWish = z.output<typeof requests.ORDER_ADDRESS_UPDATE>["address"];

/** In WooCommerce's fields. It keeps two names: the last word is the last name, so that both together read as given. */
function shippingOf(address: AddressWish): Record<string, string> {
  const words = address.name?.trim().split(/\s+/) ?? [];
  const lastName = words.length > 1 ? words.pop() : "";
  return {
    first_name: words.join(" "),
    last_name: lastName ?? "",
    company: address.company ?? "",
    address_1: address.line1 ?? "",
    address_2: address.line2 ?? "",
    city: address.city ?? "",
    state: address.regionCode ?? address.region ?? "",
    postcode: address.postalCode ?? "",
    country: address.country ?? "",
    phone: address.phone ?? "",
  };
}

function found(records: OrderRecords, { shop }: Reader, nativeId: string | null = null): Found {
  return { kind: "found", snapshot: snapshotOf(records, shop), nativeId };
}

function saveOrder(call: StepCall, body: Record<string, unknown>): Prepared {
  const path = `/wc/v3/orders/${call.order.nativeId}`;
  return { kind: "send", request: { method: "PUT", path, body } };
}
