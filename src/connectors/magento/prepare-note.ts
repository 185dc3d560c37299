import type { StepCall } from "../../domain/command.js";
import { markedBy } from "./marked.js";
import { markerComment } from "./marker.js";
import { foundIn, type Prepared, presentRecords } from "./prepare.js";
import type { Reader } from "./read.js";
import { requests } from "./request.js";

/** A comment that only the shop's staff sees; no status is named, so that the order keeps the one it has. */
export async function prepareNote(reader: Reader, call: StepCall): Promise<Prepared> {
  const { text } = requests.ORDER_NOTE_ADD.parse(call.step.request);
  const records = await presentRecords(reader, call);
  const before = markedBy(records, call);
  if (before) return foundIn(records, reader, before);
  const { entity_id } = records.order;
  const statusHistory = {
    parent_id: Number(entity_id),
    entity_name: "order",
    comment: markerComment(call.marker, text),
    is_customer_notified: 0,
    is_visible_on_front: 0,
  };
  return {
    kind: "send",
    requests: [{ method: "POST", path: `/orders/${entity_id}/comments`, body: { statusHistory } }],
    idOf: ({ body }) => (body === true ? "" : undefined),
  };
}
