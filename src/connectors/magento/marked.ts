import type { StepCall, StepKind } from "../../domain/command.js";
import { toUtc } from "./clock.js";
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

/** How far before its step's own time a return may say that it was asked for. */
const ALLOWANCE_MS = 60_000;

/**
 * A return that looks as a step's would, of a shop that takes no comment in with a return and was cut off before it was
 * told apart: the same pieces, asked for since the step was sent, and nobody's marker.
 */
export function unmarkedReturn(
  { returns }: OrderRecords,
  items: readonly { rowId: string; quantity: number }[],
  { sentAt }: StepCall,
): Marked | null {
  if (!sentAt) return null;
  const since = toUtc(new Date(Date.parse(sentAt) - ALLOWANCE_MS));
  const wanted = piecesOf(items.map(({ rowId, quantity }) => [rowId, quantity]));
  const alike = (returns ?? []).filter(
    (rma) =>
      markerOf(rma.comments) === null &&
      rma.date_requested >= since &&
      piecesOf(rma.items.map((it) => [it.order_item_id, it.qty_requested])) === wanted,
  );
  const [first] = alike;
  return first ? { nativeId: first.entity_id, times: alike.length } : null;
}

function piecesOf(pieces: [rowId: string, quantity: number][]): string {
  return JSON.stringify(pieces.toSorted(([one], [other]) => Number(one) - Number(other)));
}

function bearer(record: { entity_id: string; comments: Bearer["comments"] }): Bearer {
  return { nativeId: record.entity_id, comments: record.comments };
}
