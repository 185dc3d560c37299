import { z } from "zod";
import type { StepCall } from "../../domain/command.js";
import type { ChannelError, ErrorCode } from "../../domain/errors.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { type Found, refusing } from "../step.js";
import type { MagentoRequest } from "./client.js";
import { lineIdsOf } from "./line.js";
import type { Marked } from "./marked.js";
import { type OrderRecords, type Reader, readRecords, snapshotOf } from "./read.js";
import type { MagentoAnswer } from "./refusal.js";

/** Why a step is not sent, before it is. */
export const refuse = refusing("Magento");

/** What a step comes to once the shop's present state was looked at. */
export type Prepared = Sending | Found;

/** Writes, ready to be sent in this order; what was looked at first leaves no more than these to be done. */
export interface Sending {
  kind: "send";
  requests: MagentoRequest[];
  /** The id that the last answer gives; undefined where it gives none and so cannot be believed. */
  idOf?: (answer: MagentoAnswer) => string | undefined;
  /** What success of its status hides. */
  refusedBy?: (answer: MagentoAnswer) => ChannelError | null;
  /** What the shop did otherwise than asked, by the order afterwards. */
  differs?: (nativeId: string, after: Snapshot) => ChannelError | null;
  /** Whether an answer that reads as a refusal is surely one; absent: always. */
  isCertain?: (answer: MagentoAnswer) => boolean;
  /** What is sent at the end and told to nobody when it fails: mails, comments. */
  after?: (nativeId: string | null, answer: MagentoAnswer) => MagentoRequest[];
}
/** Looks and checks, writes nothing; throws ChannelError where the step must not be sent. */
export type Prepare = (reader: Reader, call: StepCall) => Promise<Prepared>;

/** The order as it is now; throws where it is gone. */
export async function presentRecords(
  reader: Reader,
  { order, signal }: StepCall,
): Promise<OrderRecords> {
  const records = await readRecords(reader, order.nativeId, signal);
  if (records) return records;
  throw refuse("NOT_FOUND", `order ${order.nativeId} is deleted in the shop`);
}

/** What was wished is so already. */
export function foundIn(
  records: OrderRecords,
  reader: Reader,
  { nativeId, times }: Marked = { nativeId: null, times: 1 },
): Found {
  return { kind: "found", snapshot: snapshotOf(records, reader.shop), nativeId, times };
}

/** States in which something cannot be done, and why. */
export type Closed = Readonly<Record<string, readonly [code: ErrorCode, why: string]>>;

export function refuseClosed({ order }: OrderRecords, closed: Closed): void {
  const [code, why] = closed[order.state ?? ""] ?? [];
  if (code) throw refuse(code, `order ${order.entity_id} ${why}`);
}

/** A variant's row only says which one it is: its counters lie, and Magento ships and refunds by its product's row (measured). */
export function refuseVariant({ order }: OrderRecords, rowId: string): void {
  const lineId = lineIdsOf(order)(rowId);
  if (lineId !== rowId)
    throw refuse(
      "INVALID_INPUT",
      `row ${rowId} of order ${order.entity_id} only names the variant of line ${lineId}; name that line`,
    );
}

/** An id as Magento answers it to a write: a number as text, or the number. */
export function idIn({ body }: MagentoAnswer): string | undefined {
  return ID.safeParse(body).data;
}
const ID = z.union([z.string().regex(/^\d+$/), z.number().int().transform(String)]);
