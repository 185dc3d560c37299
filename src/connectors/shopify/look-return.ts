import { readMarked } from "./marker.js";
import { refuse } from "./outcome.js";
import type { OrderFragment, ReturnFragment } from "./payload.js";
import { shippedLine } from "./read-return.js";
import type { RequestOf } from "./request.js";
import { type Look, pieces } from "./sight.js";

/** A return bears our token in the note of its first line. */
export const lookForReturn: Look<"createReturn"> = (order, _request, { marker }) => {
  const own = returnsOf(order).filter((row) => bearsMarker(row, marker));
  return own[0] ? { nativeId: own[0].id, times: own.length } : null;
};

export function bearsMarker({ returnLineItems }: ReturnFragment, marker: string): boolean {
  return returnLineItems.nodes.some(
    ({ returnReasonNote, customerNote }) =>
      readMarked(returnReasonNote || customerNote).marker === marker,
  );
}

/** One that was approved may have been closed or canceled since. */
export const lookForApproval: Look<"approveReturn"> = (order, { returnId }) =>
  isAlready(standing(order, returnId), ["OPEN", "CLOSED", "CANCELED"], ["REQUESTED"])
    ? { nativeId: returnId }
    : null;

export const lookForDecline: Look<"declineReturn"> = (order, { returnId }) =>
  isAlready(standing(order, returnId), ["DECLINED"], ["REQUESTED"]) ? { nativeId: returnId } : null;

export const lookForEnd: Look<"endReturn"> = (order, { returnId, how }) =>
  isAlready(standing(order, returnId), [how === "close" ? "CLOSED" : "CANCELED"], ["OPEN"])
    ? { nativeId: returnId }
    : null;

/** Whether a return is so already; throws Refusal unless it can become so from where it stands. */
export function isAlready(
  row: ReturnFragment,
  wished: readonly string[],
  from: readonly string[],
): boolean {
  if (wished.includes(row.status)) return true;
  if (from.includes(row.status)) return false;
  throw refuse("ALREADY_IN_STATE", `return ${row.name} is ${row.status} by now`);
}

/** Pieces that were taken in are counted: all of them, none, or something between that tells nothing. */
export const lookForReceipt: Look<"processReturn"> = (order, { returnId, lines }) => {
  const row = standing(order, returnId);
  const done = lines.map((line) => processedOf(row, line.returnLineId) - line.before);
  if (lines.every(({ quantity }, at) => (done[at] ?? 0) >= quantity)) return { nativeId: returnId };
  return noneOrUnclear(row, done);
};

export const lookForRemoval: Look<"removeFromReturn"> = (order, { returnId, lines }) => {
  const row = standing(order, returnId);
  const gone = lines.map((line) => line.before - quantityOf(row, line.returnLineId));
  if (lines.every(({ quantity }, at) => (gone[at] ?? 0) >= quantity)) return { nativeId: returnId };
  return noneOrUnclear(row, gone);
};

function noneOrUnclear({ name }: ReturnFragment, changed: readonly number[]): null {
  if (changed.every((units) => units <= 0)) return null;
  throw refuse("ALREADY_IN_STATE", `some pieces of return ${name} have changed since, others not`);
}

export function processedOf({ returnLineItems }: ReturnFragment, id: string): number {
  return returnLineItems.nodes.find((line) => line.id === id)?.processedQuantity ?? 0;
}

/** How many pieces of a line are in a return, 0 once the line is gone. */
export function quantityOf({ returnLineItems }: ReturnFragment, id: string): number {
  return returnLineItems.nodes.find((line) => line.id === id)?.quantity ?? 0;
}

export const lookForParcel: Look<"trackReturn"> = (order, request) => {
  const row = request.returnId
    ? standing(order, request.returnId)
    : openReturnOf(returnsOf(order), request.of);
  if (!row) throw refuse("NOT_FOUND", "the shop has no open return of these pieces");
  if (parcelNumbers(row).includes(request.number)) return { nativeId: row.id };
  if (row.status === "OPEN") return null;
  throw refuse("ALREADY_IN_STATE", `return ${row.name} is ${row.status} by now`);
};

/** The newest open return of just these pieces. */
export function openReturnOf(
  rows: readonly ReturnFragment[],
  of: RequestOf<"trackReturn">["of"],
): ReturnFragment | undefined {
  return rows.findLast((row) => row.status === "OPEN" && pieces(piecesOf(row)) === pieces(of));
}

const piecesOf = ({ returnLineItems }: ReturnFragment) =>
  returnLineItems.nodes.map((line) => ({
    lineItemId: shippedLine(line)?.lineItem.id ?? "",
    quantity: line.quantity,
  }));

/** The numbers of the parcels that a return comes back in. */
export function parcelNumbers({ reverseFulfillmentOrders }: ReturnFragment): string[] {
  return reverseFulfillmentOrders.nodes
    .flatMap(({ reverseDeliveries }) => reverseDeliveries.nodes)
    .flatMap(({ deliverable }) => deliverable?.tracking?.number ?? []);
}

function returnsOf({ returns }: OrderFragment): ReturnFragment[] {
  if (returns) return returns.nodes;
  throw refuse("SCOPE_NOT_GRANTED_BY_CHANNEL", "the shop lets the app see no returns");
}

function standing(order: OrderFragment, id: string): ReturnFragment {
  const row = returnsOf(order).find((each) => each.id === id);
  if (!row) throw refuse("NOT_FOUND", `${id} is gone`);
  return row;
}
