import type { Outcome } from "../../domain/channel.js";
import { type Attempt, accepted } from "./attempt.js";
import { findExchange, openExchange } from "./exchange.js";
import {
  bearsMarker,
  isAlready,
  openReturnOf,
  parcelNumbers,
  processedOf,
  quantityOf,
} from "./look-return.js";
import { withMarker } from "./marker.js";
import { moreReturnables } from "./operations-more.js";
import {
  removeFromReturn,
  returnApprove,
  returnables,
  returnCancel,
  returnClose,
  returnCreate,
  returnDecline,
  returnProcess,
  returnReasons,
  returnRequest,
  reverseDeliveryCreate,
  reverseDeliveryUpdate,
} from "./operations-return.js";
import { refuse } from "./outcome.js";
import { followPages } from "./pages.js";
import type {
  ReasonFragment,
  ReturnablesQuery,
  ReturnFragment,
  ReturnLineItemInput,
  ReturnReasonsQuery,
  ReturnRequestLineItemInput,
  ReverseFragment,
} from "./payload.js";
import { readReturn, readReturns, shippedLine } from "./read-return.js";
import type { RequestOf } from "./request.js";
import { definitionFor } from "./return-reason.js";

/** Opens a return, or asks for one. One that bears our token is it already. */
export async function createReturn(
  attempt: Attempt,
  request: RequestOf<"createReturn">,
): Promise<Outcome> {
  const { reader, call } = attempt;
  const before = await readReturns(reader.client, call.order.nativeId, call.signal);
  if (!before) throw refuse("NOT_FOUND", "the order is gone");
  const known = before.find((row) => bearsMarker(row, call.marker));
  if (known) return attempt.done(known.id);
  const input = { orderId: call.order.nativeId, returnLineItems: await linesOf(attempt, request) };
  const exchangeLineItems = await findExchange(attempt, request.exchange);
  const answer = request.requested
    ? (await attempt.send(returnRequest, { input })).returnRequest
    : (await attempt.send(returnCreate, { input: { ...input, ...exchangeLineItems } }))
        .returnCreate;
  const made = accepted("open the return", answer?.return, answer?.userErrors);
  return attempt.done(made.id, (after) => {
    const own = after.returns?.value.find(({ nativeId }) => nativeId === made.id);
    if (own) own.marker = call.marker;
  });
}

/** The most that Shopify keeps of a note: from a customer, and about a reason. */
const LONGEST = { customerNote: 300, returnReasonNote: 255 } as const;

/** A line of a return that is opened or asked for; which of the notes it bears depends on that. */
type ReturnedLine = ReturnLineItemInput & ReturnRequestLineItemInput;

/** Finds ordered lines in what was shipped and may still come back. The first note bears our token. */
async function linesOf(
  attempt: Attempt,
  { lines, requested }: RequestOf<"createReturn">,
): Promise<ReturnedLine[]> {
  const free = await readReturnables(attempt);
  const definitions = await readReasons(attempt);
  const field = requested ? "customerNote" : "returnReasonNote";
  const inputs: ReturnedLine[] = [];
  for (const { lineItemId, quantity, reason, note } of lines) {
    let missing = quantity;
    for (const row of free.filter((each) => each.lineItemId === lineItemId)) {
      const units = Math.min(missing, row.quantity);
      if (units <= 0) continue;
      row.quantity -= units;
      missing -= units;
      const definition = definitionFor(reason, definitions);
      const longest = LONGEST[field];
      const text =
        inputs.length === 0
          ? withMarker(note, attempt.call.marker, longest)
          : note?.slice(0, longest);
      inputs.push({
        fulfillmentLineItemId: row.id,
        quantity: units,
        ...(definition && { returnReasonDefinitionId: definition }),
        ...(text && { [field]: text }),
      });
    }
    if (missing > 0)
      throw refuse(
        "QUANTITY_EXCEEDS_RETURNABLE",
        `${quantity} of ${lineItemId} are to come back, and ${quantity - missing} may`,
      );
  }
  return inputs;
}

async function readReturnables(attempt: Attempt) {
  const found: { id: string; lineItemId: string; quantity: number }[] = [];
  let after: string | null = null;
  for (;;) {
    const asked = { id: attempt.call.order.nativeId, after };
    const page: ReturnablesQuery["returnableFulfillments"] = (await attempt.ask(returnables, asked))
      .returnableFulfillments;
    for (const { id, returnableFulfillmentLineItems: lines } of page.nodes) {
      await followPages({
        client: attempt.reader.client,
        page: lines,
        id,
        operation: moreReturnables,
        pick: (data) => data.returnableFulfillment?.returnableFulfillmentLineItems,
        signal: attempt.call.signal,
      });
      for (const { quantity, fulfillmentLineItem: line } of lines.nodes)
        found.push({ id: line.id, lineItemId: line.lineItem.id, quantity });
    }
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}

async function readReasons(attempt: Attempt): Promise<ReasonFragment[]> {
  const found: ReasonFragment[] = [];
  let after: string | null = null;
  for (;;) {
    const page: ReturnReasonsQuery["returnReasonDefinitions"] = (
      await attempt.ask(returnReasons, { after })
    ).returnReasonDefinitions;
    found.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}

/** A return as it is now, which must be there. */
async function standing({ reader, call }: Attempt, id: string): Promise<ReturnFragment> {
  const row = await readReturn(reader.client, id, call.signal);
  if (!row) throw refuse("NOT_FOUND", `${id} is gone`);
  return row;
}

const told = (notifyCustomer: boolean | null) =>
  notifyCustomer === null ? {} : { notifyCustomer };

export async function approveReturn(
  attempt: Attempt,
  { returnId, notifyCustomer }: RequestOf<"approveReturn">,
): Promise<Outcome> {
  if (!isAlready(await standing(attempt, returnId), ["OPEN"], ["REQUESTED"])) {
    const input = { id: returnId, ...told(notifyCustomer) };
    const answer = (await attempt.send(returnApprove, { input })).returnApproveRequest;
    accepted("approve the return", answer?.return, answer?.userErrors);
  }
  return attempt.done(returnId);
}

export async function declineReturn(
  attempt: Attempt,
  { returnId, reason, note, notifyCustomer }: RequestOf<"declineReturn">,
): Promise<Outcome> {
  if (!isAlready(await standing(attempt, returnId), ["DECLINED"], ["REQUESTED"])) {
    const words = { declineReason: reason, declineNote: note };
    const input = { id: returnId, ...words, ...told(notifyCustomer) };
    const answer = (await attempt.send(returnDecline, { input })).returnDeclineRequest;
    accepted("decline the return", answer?.return, answer?.userErrors);
  }
  return attempt.done(returnId);
}

export async function endReturn(
  attempt: Attempt,
  { returnId, how }: RequestOf<"endReturn">,
): Promise<Outcome> {
  const wished = how === "close" ? "CLOSED" : "CANCELED";
  if (!isAlready(await standing(attempt, returnId), [wished], ["OPEN"])) {
    const answer =
      how === "close"
        ? (await attempt.send(returnClose, { id: returnId })).returnClose
        : (await attempt.send(returnCancel, { id: returnId })).returnCancel;
    accepted(`${how} the return`, answer?.return, answer?.userErrors);
  }
  return attempt.done(returnId);
}

/** What is processed already beyond what was when this was planned is not processed twice. */
export async function processReturn(
  attempt: Attempt,
  { returnId, lines, isLast, notifyCustomer }: RequestOf<"processReturn">,
): Promise<Outcome> {
  const row = await standing(attempt, returnId);
  const now = (id: string) => row.returnLineItems.nodes.find((line) => line.id === id);
  const isDone = lines.every(
    (line) => processedOf(row, line.returnLineId) >= line.before + line.quantity,
  );
  if (!isDone) {
    isAlready(row, ["OPEN"], []);
    const room = new Room(row.reverseFulfillmentOrders.nodes);
    const returnLineItems = lines.map((line) => {
      const present = now(line.returnLineId);
      const open = present ? present.quantity - present.processedQuantity : 0;
      if (!present || open < line.quantity)
        throw refuse(
          "QUANTITY_EXCEEDS_RETURNABLE",
          `${line.quantity} of ${line.returnLineId} are to be taken in, and ${open} are awaited`,
        );
      const { disposition: dispositionType, locationId } = line;
      const shipped = shippedLine(present)?.id ?? "";
      const dispositions = room.take(shipped, line.quantity).map((part) => ({
        ...part,
        dispositionType,
        ...(locationId !== null && { locationId }),
      }));
      return { id: line.returnLineId, quantity: line.quantity, dispositions };
    });
    const instead = isLast ? openExchange(row) : {};
    const input = { returnId, returnLineItems, ...instead, ...told(notifyCustomer) };
    const answer = (await attempt.send(returnProcess, { input })).returnProcess;
    accepted("process the return", answer?.return, answer?.userErrors);
  }
  return attempt.done(returnId);
}

/** What of each shipped line nobody has said anything of, by the rows of what is to be taken in. */
class Room {
  readonly #rows: { id: string; shipped: string; left: number }[];

  constructor(orders: readonly ReverseFragment[]) {
    this.#rows = orders
      .flatMap(({ lineItems }) => lineItems.nodes)
      .map(({ id, totalQuantity, fulfillmentLineItem, dispositions }) => ({
        id,
        shipped: fulfillmentLineItem?.id ?? "",
        left: dispositions.reduce((left, { quantity }) => left - quantity, totalQuantity),
      }));
  }

  /** Rows for so many pieces; fewer where it is decided of some already. */
  take(shipped: string, quantity: number) {
    let missing = quantity;
    return this.#rows
      .filter((row) => row.shipped === shipped)
      .flatMap((row) => {
        const units = Math.min(missing, row.left);
        if (units <= 0) return [];
        missing -= units;
        row.left -= units;
        return [{ reverseFulfillmentOrderLineItemId: row.id, quantity: units }];
      });
  }
}

/** What is off the return already is not taken off twice. */
export async function removePieces(
  attempt: Attempt,
  { returnId, lines }: RequestOf<"removeFromReturn">,
): Promise<Outcome> {
  const row = await standing(attempt, returnId);
  if (lines.some((line) => quantityOf(row, line.returnLineId) > line.before - line.quantity)) {
    isAlready(row, ["OPEN"], []);
    const given = lines.map(({ returnLineId, quantity }) => ({
      returnLineItemId: returnLineId,
      quantity,
    }));
    const answer = (await attempt.send(removeFromReturn, { id: returnId, lines: given }))
      .removeFromReturn;
    accepted("take this off the return", answer?.return, answer?.userErrors);
  }
  return attempt.done(returnId);
}

/** The number goes to the parcel that is there, else makes one with everything in it. */
export async function trackReturn(
  attempt: Attempt,
  request: RequestOf<"trackReturn">,
): Promise<Outcome> {
  const { number, url, notifyCustomer } = request;
  const row = await tracked(attempt, request);
  const [reverse] = row.reverseFulfillmentOrders.nodes;
  if (row.status !== "OPEN" || !reverse)
    throw refuse(
      "ALREADY_IN_STATE",
      `return ${row.name} is ${row.status}; parcels come to open ones`,
    );
  if (parcelNumbers(row).includes(number)) return attempt.done(row.id);
  const tracking = { number, ...(url !== null && { url }) };
  const last = row.reverseFulfillmentOrders.nodes
    .flatMap((each) => each.reverseDeliveries.nodes)
    .at(-1);
  const answer = last
    ? (await attempt.send(reverseDeliveryUpdate, { id: last.id, tracking, notifyCustomer }))
        .reverseDeliveryShippingUpdate
    : (await attempt.send(reverseDeliveryCreate, { id: reverse.id, tracking, notifyCustomer }))
        .reverseDeliveryCreateWithShipping;
  accepted("keep the tracking number", answer?.reverseDelivery, answer?.userErrors);
  return attempt.done(row.id);
}

/** The return that is meant: by its id, or, where a step before made it, the newest open one of just these pieces. */
async function tracked(
  attempt: Attempt,
  { returnId, of }: RequestOf<"trackReturn">,
): Promise<ReturnFragment> {
  if (returnId !== null) return standing(attempt, returnId);
  const { reader, call } = attempt;
  const rows = (await readReturns(reader.client, call.order.nativeId, call.signal)) ?? [];
  const found = openReturnOf(rows, of);
  if (!found) throw refuse("NOT_FOUND", "the shop has no open return of these pieces");
  return found;
}
