import type { Outcome } from "../../domain/channel.js";
import { type Attempt, accepted } from "./attempt.js";
import { parcelsThere, scanIn } from "./look-fulfillment.js";
import {
  fulfillmentCancel,
  fulfillmentCreate,
  oneFulfillment,
  scanCreate,
  trackingUpdate,
} from "./operations.js";
import { refuse } from "./outcome.js";
import type { FulfillmentFragment } from "./payload.js";
import { readScans, readWork } from "./read.js";
import type { RequestOf } from "./request.js";
import { mergeParcels, trackingOf } from "./tracking.js";

/**
 * Fulfillments take no marker and no key. What remains in the fulfillment orders bounds the harm: it is read
 * just before, and the new fulfillment is marked in the snapshot by the id that the mutation answered.
 */
export async function fulfill(attempt: Attempt, request: RequestOf<"fulfill">): Promise<Outcome> {
  await checkWork(attempt, request);
  const { work, tracking, notifyCustomer } = request;
  const fulfillment = {
    lineItemsByFulfillmentOrder: work.map(({ fulfillmentOrderId, lines }) => ({
      fulfillmentOrderId,
      fulfillmentOrderLineItems: lines,
    })),
    ...(tracking && { trackingInfo: trackingInput(tracking) }),
    ...(notifyCustomer !== null && { notifyCustomer }),
  };
  const answer = (await attempt.send(fulfillmentCreate, { fulfillment })).fulfillmentCreate;
  const made = accepted("fulfill these lines", answer?.fulfillment, answer?.userErrors);
  return attempt.done(made.id, (after) => {
    const own = after.fulfillments?.value.find(({ nativeId }) => nativeId === made.id);
    if (own) own.marker = attempt.call.marker;
  });
}

/** Refuses where the work has changed since the step was planned. */
async function checkWork({ reader, call }: Attempt, { work }: RequestOf<"fulfill">): Promise<void> {
  const now = await readWork(reader.client, call.order.nativeId, call.signal);
  if (!now) throw refuse("NOT_FOUND", "the order is gone");
  for (const { fulfillmentOrderId, lines } of work) {
    const present = now.find(({ id }) => id === fulfillmentOrderId);
    if (present?.status === "ON_HOLD")
      throw refuse("ON_HOLD", `${fulfillmentOrderId} is on hold; release the hold first`);
    if (!present?.supportedActions.some(({ action }) => action === "CREATE_FULFILLMENT"))
      throw refuse(
        "QUANTITY_EXCEEDS_FULFILLABLE",
        `${fulfillmentOrderId} can no longer be fulfilled (${present?.status ?? "gone"})`,
      );
    for (const { id, quantity } of lines) {
      const row = present.lineItems.nodes.find((each) => each.id === id);
      const remaining = row?.remainingQuantity ?? 0;
      if (remaining < quantity)
        throw refuse(
          "QUANTITY_EXCEEDS_FULFILLABLE",
          `${quantity} of ${row?.lineItem.id ?? id} are to be shipped, and ${remaining} remain`,
        );
    }
  }
}

/** Shopify replaces all numbers at once, so what is to stay is read and sent along. */
export async function track(attempt: Attempt, request: RequestOf<"track">): Promise<Outcome> {
  const { fulfillmentId, parcels, replace, notifyCustomer } = request;
  const kept = parcelsThere(await standing(attempt, fulfillmentId));
  const tracking = trackingOf(replace ? parcels : mergeParcels(kept, parcels));
  const answer = await attempt.send(trackingUpdate, {
    id: fulfillmentId,
    tracking: trackingInput(tracking),
    notifyCustomer,
  });
  const { fulfillment, userErrors } = answer.fulfillmentTrackingInfoUpdate ?? {};
  accepted("change the tracking", fulfillment, userErrors);
  return attempt.done(fulfillmentId);
}

/** A fulfillment that is canceled already is as wished. */
export async function cancelShipment(
  attempt: Attempt,
  { fulfillmentId }: RequestOf<"cancelFulfillment">,
): Promise<Outcome> {
  const { fulfillment: before } = await attempt.ask(oneFulfillment, { id: fulfillmentId });
  if (!before) throw refuse("NOT_FOUND", `${fulfillmentId} is gone`);
  if (before.status !== "CANCELLED") {
    const answer = (await attempt.send(fulfillmentCancel, { id: fulfillmentId })).fulfillmentCancel;
    accepted("cancel the fulfillment", answer?.fulfillment, answer?.userErrors);
  }
  return attempt.done(fulfillmentId);
}

/** The same word at the same moment is the same scan: it is not told twice. */
export async function scan(attempt: Attempt, request: RequestOf<"scan">): Promise<Outcome> {
  const { fulfillmentId, status, happenedAt, message } = request;
  const { reader, call } = attempt;
  const known = await readScans(reader.client, fulfillmentId, call.signal);
  if (!known) throw refuse("NOT_FOUND", `${fulfillmentId} is gone`);
  const same = scanIn(known, request);
  if (same) return attempt.done(same.id);
  const event = { fulfillmentId, status, happenedAt, ...(message !== null && { message }) };
  const answer = (await attempt.send(scanCreate, { event })).fulfillmentEventCreate;
  const made = accepted("take the scan", answer?.fulfillmentEvent, answer?.userErrors);
  return attempt.done(made.id);
}

/** A fulfillment as it is now, which must be there and stand. */
async function standing(attempt: Attempt, id: string): Promise<FulfillmentFragment> {
  const { fulfillment } = await attempt.ask(oneFulfillment, { id });
  if (!fulfillment) throw refuse("NOT_FOUND", `${id} is gone`);
  if (fulfillment.status === "CANCELLED")
    throw refuse("ALREADY_IN_STATE", `${id} is canceled; its tracking cannot change`);
  return fulfillment;
}

function trackingInput({ company, numbers, urls }: ReturnType<typeof trackingOf>) {
  return { numbers, ...(company !== null && { company }), ...(urls && { urls }) };
}
