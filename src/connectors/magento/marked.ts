import type { StepCall, StepKind } from "../../domain/command.js";
import { markerOf } from "./marker.js";
import type { CommentPayload } from "./payload.js";
import type { OrderRecords } from "./read.js";

/** What a step made, as its marker tells. */
export interface Marked {
  nativeId: string | null;
  /** More than one: the step was done more than once. */
  times: number;
}

interface Bearer {
  nativeId: string | null;
  comments: readonly Pick<CommentPayload, "comment">[];
}

/** Where each kind of step leaves its marker. */
const BEARERS: { readonly [Kind in StepKind]?: (records: OrderRecords) => readonly Bearer[] } = {
  FULFILLMENT_CREATE: ({ shipments }) => shipments.map(bearer),
  REFUND_CREATE: ({ creditmemos }) => creditmemos.map(bearer),
  RETURN_CREATE: ({ returns }) => (returns ?? []).map(bearer),
  ORDER_NOTE_ADD: ({ order }) =>
    order.status_histories.map((comment) => ({ nativeId: null, comments: [comment] })),
};

/** What bears the marker of a step; null where nothing does. */
export function markedBy(records: OrderRecords, { step, marker }: StepCall): Marked | null {
  const found = (BEARERS[step.kind]?.(records) ?? []).filter(
    ({ comments }) => markerOf(comments) === marker,
  );
  const [first] = found;
  return first ? { nativeId: first.nativeId, times: found.length } : null;
}

function bearer(record: { entity_id: string; comments: Bearer["comments"] }): Bearer {
  return { nativeId: record.entity_id, comments: record.comments };
}
