import type { z } from "zod";
import type { StepCall } from "../../domain/command.js";
import { ChannelError } from "../../domain/errors.js";
import { normalizeTrackingNumber } from "../../domain/tracking.js";
import { trackOf } from "./carrier.js";
import type { MagentoRequest } from "./client.js";
import { toUtc } from "./clock.js";
import { FIELDS } from "./fields.js";
import { markedBy, unmarkedReturn } from "./marked.js";
import { markerComment, markerOf } from "./marker.js";
import { type ReturnItemPayload, type ReturnPayload, returnPayload } from "./payload-return.js";
import { foundIn, type Prepared, presentRecords, refuse, type Sending } from "./prepare.js";
import type { Reader } from "./read.js";
import { requests, type Track } from "./request.js";
import { dispositionComment, quantitiesOf, stageOf } from "./return.js";

type Move = z.output<typeof requests.RETURN_MOVE>;

/** A new return, authorized at once or only asked for: found by its marker. */
export async function prepareReturn(reader: Reader, call: StepCall): Promise<Prepared> {
  const request = requests.RETURN_CREATE.parse(call.step.request);
  const records = await presentRecords(reader, call);
  const before = markedBy(records, call) ?? unmarkedReturn(records, request.items, call);
  if (before) return foundIn(records, reader, before);
  const { order } = records;
  const status = request.requested ? "pending" : "authorized";
  const reference = commentOf(status, markerComment(call.marker, request.note));
  const rmaDataObject = {
    order_id: Number(order.entity_id),
    order_increment_id: order.increment_id,
    ...(order.store_id ? { store_id: Number(order.store_id) } : {}),
    ...(order.customer_id ? { customer_id: Number(order.customer_id) } : {}),
    date_requested: toUtc(records.readAt),
    customer_custom_email: "",
    status,
    items: request.items.map(({ rowId, quantity, ...options }) => ({
      order_item_id: Number(rowId),
      qty_requested: quantity,
      ...(request.requested ? {} : { qty_authorized: quantity }),
      ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null)),
      status,
    })),
    comments: [reference],
    tracks: [],
  };
  return {
    kind: "send",
    requests: [{ method: "POST", path: "/returns", body: { rmaDataObject } }],
    idOf: ({ body }) => returnPayload.safeParse(body).data?.entity_id,
    // What a shop does not take in with the return itself is told to it afterwards.
    after: (nativeId, { body }) => {
      const made = returnPayload.safeParse(body).data;
      const { track } = request;
      return [
        ...(made && markerOf(made.comments) === call.marker
          ? []
          : [addComment(nativeId ?? "", reference)]),
        ...(track && !hasTrack(made, track) ? [addTrack(nativeId ?? "", track)] : []),
      ];
    },
  };
}

/** A return as it is to be. Items are set, not counted on, so what is so already is done. */
export async function prepareMove(reader: Reader, call: StepCall): Promise<Prepared> {
  const move = requests.RETURN_MOVE.parse(call.step.request);
  const rma = await presentReturn(reader, call, move.returnId);
  if (isMoved(rma, move)) return foundIn(await presentRecords(reader, call), reader);
  for (const item of rma.items) refuseBackward(rma, item, move);
  return {
    kind: "send",
    requests: [
      {
        method: "PUT",
        path: `/returns/${rma.entity_id}`,
        body: { rmaDataObject: movedObject(rma, move) },
      },
    ],
    idOf: ({ body }) => (returnPayload.safeParse(body).success ? "" : undefined),
    differs: (_, after) => {
      const now = after.returns?.value.find(({ nativeId }) => nativeId === rma.entity_id);
      return !now || now.stage === move.stage ? null : movedOtherwise(rma, move);
    },
    after: () => commentsOf(rma, move),
  };
}

/** A number of the parcel that comes back; those that it has stay. */
export async function prepareReturnTrack(reader: Reader, call: StepCall): Promise<Prepared> {
  const { returnId, track } = requests.RETURN_TRACKING_UPDATE.parse(call.step.request);
  const rma = await presentReturn(reader, call, returnId);
  if (hasTrack(rma, track)) return foundIn(await presentRecords(reader, call), reader);
  const sending: Sending = { kind: "send", requests: [addTrack(returnId, track)] };
  return { ...sending, idOf: ({ body }) => (body === true ? "" : undefined) };
}

async function presentReturn(
  { magento }: Reader,
  { order, signal }: StepCall,
  returnId: string,
): Promise<ReturnPayload> {
  const path = `/returns/${returnId}`;
  const rma = returnPayload.parse(await magento.get(path, { fields: FIELDS.return }, signal));
  if (rma.order_id === order.nativeId) return rma;
  throw refuse("NOT_FOUND", `order ${order.nativeId} has no return ${returnId}`);
}

function targetOf(item: ReturnItemPayload, { items }: Move) {
  return items.find(({ itemId }) => itemId === item.entity_id);
}

function isMoved(rma: ReturnPayload, move: Move): boolean {
  if (stageOf(rma) !== move.stage) return false;
  return rma.items.every((item) => {
    const target = targetOf(item, move);
    const now = quantitiesOf(item);
    return (
      !target ||
      (now.approved === target.approved &&
        now.received === target.received &&
        now.rejected === target.rejected)
    );
  });
}

/** Somebody in the shop took more in than was known here: what they counted stays. */
function refuseBackward(rma: ReturnPayload, item: ReturnItemPayload, move: Move): void {
  const target = targetOf(item, move);
  const now = quantitiesOf(item);
  if (!target || now.received + now.rejected <= target.received + target.rejected) return;
  throw refuse(
    "STALE_VERSION",
    `item ${item.entity_id} of return ${rma.entity_id} was taken in by the shop meanwhile; refresh the order and look again`,
  );
}

/** The whole object, since Magento's schema knows no part of one; comments and tracks have routes of their own. */
function movedObject({ comments: _, tracks: __, ...rma }: ReturnPayload, move: Move) {
  return {
    ...rma,
    entity_id: Number(rma.entity_id),
    order_id: Number(rma.order_id),
    store_id: Number(rma.store_id ?? 0),
    // A guest is no customer, and the schema knows no null.
    customer_id: rma.customer_id ? Number(rma.customer_id) : undefined,
    customer_custom_email: rma.customer_custom_email ?? "",
    status: statusOf(move),
    items: rma.items.map((item) => movedItem(rma, item, move)),
  };
}

const statusOf = (move: Move) => STATUSES[move.stage] ?? openStatus(move);

const STATUSES: Partial<Record<Move["stage"], string>> = { DECLINED: "denied", CLOSED: "closed" };

function openStatus({ items }: Move): string {
  return items.some(({ received, rejected }) => received + rejected > 0)
    ? "received"
    : "authorized";
}

function movedItem(rma: Pick<ReturnPayload, "entity_id">, item: ReturnItemPayload, move: Move) {
  const whole = {
    ...item,
    entity_id: Number(item.entity_id),
    rma_entity_id: Number(rma.entity_id),
    order_item_id: Number(item.order_item_id),
  };
  const target = targetOf(item, move);
  if (!target || move.stage === "CLOSED") return whole;
  const { approved, received, rejected, disposition } = target;
  const isLooked = received + rejected > 0 && (rejected > 0 || disposition !== "PROCESSING");
  return {
    ...whole,
    qty_authorized: approved,
    qty_returned: received + rejected,
    qty_approved: isLooked ? received : 0,
    status: itemStatus(target, isLooked),
  };
}

function itemStatus({ approved, received, rejected }: Move["items"][number], isLooked: boolean) {
  if (isLooked) return received > 0 ? "approved" : "rejected";
  if (received + rejected > 0) return "received";
  return approved > 0 ? "authorized" : "denied";
}

/** Why it was denied, and what becomes of what came: Magento has no field for either. */
function commentsOf(rma: ReturnPayload, move: Move): MagentoRequest[] {
  const { stage, note, notify, items } = move;
  const status = statusOf(move);
  const told = note ? [commentOf(status, note, notify)] : [];
  const kept = items
    .filter(({ received }) => stage === "OPEN" && received > 0)
    .flatMap(({ itemId, disposition }) =>
      disposition ? [commentOf(status, dispositionComment(itemId, disposition))] : [],
    );
  return [...told, ...kept].map((comment) => addComment(rma.entity_id, comment));
}

function commentOf(status: string, comment: string, isVisible = false) {
  return { comment, status, customer_notified: false, visible_on_front: isVisible, admin: true };
}

function addComment(returnId: string, comment: ReturnType<typeof commentOf>): MagentoRequest {
  const data = { ...comment, rma_entity_id: Number(returnId) };
  return { method: "POST", path: `/returns/${returnId}/comments`, body: { data } };
}

function hasTrack(rma: ReturnPayload | undefined, { number }: Track): boolean {
  const wanted = normalizeTrackingNumber(number);
  return (rma?.tracks ?? []).some(
    ({ track_number }) => normalizeTrackingNumber(track_number ?? "") === wanted,
  );
}

function addTrack(returnId: string, wish: Track): MagentoRequest {
  const { title, ...named } = trackOf(wish);
  const track = { ...named, carrier_title: title, rma_entity_id: Number(returnId) };
  return { method: "POST", path: `/returns/${returnId}/tracking-numbers`, body: { track } };
}

function movedOtherwise(rma: ReturnPayload, { stage }: Move): ChannelError {
  return new ChannelError(
    "CHANNEL_REJECTED",
    `Magento: return ${rma.entity_id} was to become ${stage} and did not; see it under Sales > Returns`,
    { httpStatus: 200, mayHaveHappened: true },
  );
}
