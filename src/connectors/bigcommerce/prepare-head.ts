import type { StepCall } from "../../domain/command.js";
import { markerIn, withMarker } from "../marker.js";
import type { AddressPayload } from "./payload.js";
import { done, found, type Prepared, present, refuse } from "./prepare.js";
import type { Reader } from "./read.js";
import type { OrderRecords } from "./record.js";
import { requests } from "./request.js";

/** As much as the staff notes of an order hold (orders.v2). */
export const NOTES_LENGTH = 65_535;

/**
 * A line more in the staff notes, which are one text that everybody overwrites: it is read, and written back with the note
 * behind it. Who writes in the same moment may lose theirs; messages, which have no such trouble, can only be read over the API.
 */
export async function prepareNote(reader: Reader, call: StepCall): Promise<Prepared> {
  const { text } = requests.ORDER_NOTE_ADD.parse(call.step.request);
  const records = await present(reader, call);
  const written = found(reader, records, notesBy(records, call.marker));
  if (written) return written;
  const before = records.order.staff_notes;
  const staff_notes = [...(before ? [before] : []), withMarker(call.marker, text)].join("\n");
  if (staff_notes.length > NOTES_LENGTH)
    throw refuse(
      "CHANNEL_REJECTED",
      `the staff notes of order ${records.order.id} have ${before?.length ?? 0} of ${NOTES_LENGTH} characters, so there is no room for this one; shorten them in the control panel, or keep the note here`,
    );
  const path = `/v2/orders/${call.order.nativeId}`;
  return { kind: "send", request: { method: "PUT", path, body: { staff_notes } } };
}

/** One null for each line of the staff notes that bears a step's token: a line has no id. */
export function notesBy({ order }: OrderRecords, marker: string): null[] {
  const lines = (order.staff_notes ?? "").split("\n");
  return lines.filter((line) => markerIn(line) === marker).map(() => null);
}

/** A new shipping address; done already where the order goes there. Costs and taxes stay what they were. */
export async function prepareAddress(reader: Reader, call: StepCall): Promise<Prepared> {
  const { addressId, address } = requests.ORDER_ADDRESS_UPDATE.parse(call.step.request);
  const records = await present(reader, call);
  const { shipping } = records.order.consignments;
  const [current] = shipping;
  if (shipping.length !== 1 || current?.id !== addressId)
    throw refuse(
      "CHANNEL_REJECTED",
      `order ${records.order.id} goes to ${shipping.length} addresses by now, and not to address ${addressId} alone; read the order again`,
    );
  if (isThere(current, address)) return done(reader, records);
  const path = `/v2/orders/${call.order.nativeId}/shipping_addresses/${addressId}`;
  return { kind: "send", request: { method: "PUT", path, body: address } };
}

/** Whether the order goes there already; a country's name follows its code. */
function isThere(current: AddressPayload, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(
    ([field, value]) =>
      field === "country" || (current[field as keyof AddressPayload] ?? "") === value,
  );
}
