import { setTimeout as sleep } from "node:timers/promises";
import type { Outcome } from "../../domain/channel.js";
import type { StepCall } from "../../domain/command.js";
import { ChannelError } from "../../domain/errors.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { instant } from "../../domain/time.js";
import {
  fulfillmentCancel,
  fulfillmentCreate,
  job,
  type Operation,
  oneFulfillment,
  orderCancel,
  scanCreate,
  trackingUpdate,
} from "./operations.js";
import { outcomeOf, refusalOf, refuse, type Stage } from "./outcome.js";
import type { FulfillmentPayload, UserErrorPayload } from "./payload.js";
import { type Reader, readOrder, readScans, readWork } from "./read.js";
import { type RequestOf, type StepRequest, stepRequest } from "./request.js";
import { mergeParcels, trackingOf } from "./tracking.js";

/** Sends one step and reads the order back. Never throws: see Outcome. */
export async function performStep(reader: Reader, call: StepCall): Promise<Outcome> {
  const attempt = new Attempt(reader, call);
  try {
    return await act(attempt, stepRequest.parse(call.step.request));
  } catch (error) {
    return outcomeOf(error, attempt.stage);
  }
}

function act(attempt: Attempt, request: StepRequest): Promise<Outcome> {
  switch (request.act) {
    case "fulfill":
      return fulfill(attempt, request);
    case "track":
      return track(attempt, request);
    case "cancelFulfillment":
      return cancelShipment(attempt, request);
    case "scan":
      return scan(attempt, request);
    case "cancelOrder":
      return cancelOrder(attempt, request);
    case "read":
      return refresh(attempt);
    case "nothing":
      return Promise.resolve({ kind: "done", snapshot: null, nativeId: null, httpStatus: null });
  }
}

/** One step on its way, with how far its mutation has come. */
class Attempt {
  stage: Stage = "before";
  readonly reader: Reader;
  readonly call: StepCall;
  constructor(reader: Reader, call: StepCall) {
    this.reader = reader;
    this.call = call;
  }

  ask<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): Promise<Data> {
    return this.reader.client.call(operation, variables, this.call.signal);
  }

  async send<Data, Variables>(
    mutation: Operation<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    this.stage = "sending";
    const answer = await this.ask(mutation, variables);
    this.stage = "answered";
    return answer;
  }

  /** The effect stands; the order after it is told if it can be read at once, and else by the next poll. */
  async done(nativeId: string | null, see: (after: Snapshot) => void = () => {}): Promise<Outcome> {
    const { order, signal } = this.call;
    const snapshot = await readOrder(this.reader, order, signal).catch(() => null);
    if (snapshot) see(snapshot);
    return { kind: "done", snapshot, nativeId, httpStatus: 200 };
  }
}

/**
 * Fulfillments take no marker and no key. What remains in the fulfillment orders bounds the harm: it is read
 * just before, and the new fulfillment is marked in the snapshot by the id that the mutation answered.
 */
async function fulfill(attempt: Attempt, request: RequestOf<"fulfill">): Promise<Outcome> {
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
async function track(attempt: Attempt, request: RequestOf<"track">): Promise<Outcome> {
  const { fulfillmentId, parcels, replace, notifyCustomer } = request;
  const before = await standing(attempt, fulfillmentId);
  const kept = before.trackingInfo.flatMap(({ number, company, url }) =>
    number ? [{ number, company, url }] : [],
  );
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
async function cancelShipment(
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
async function scan(attempt: Attempt, request: RequestOf<"scan">): Promise<Outcome> {
  const { fulfillmentId, status, happenedAt, message } = request;
  const { reader, call } = attempt;
  const known = await readScans(reader.client, fulfillmentId, call.signal);
  if (!known) throw refuse("NOT_FOUND", `${fulfillmentId} is gone`);
  const same = known.find(
    (each) => each.status === status && sameSecond(each.happenedAt, happenedAt),
  );
  if (same) return attempt.done(same.id);
  const event = { fulfillmentId, status, happenedAt, ...(message !== null && { message }) };
  const answer = (await attempt.send(scanCreate, { event })).fulfillmentEventCreate;
  const made = accepted("take the scan", answer?.fulfillmentEvent, answer?.userErrors);
  return attempt.done(made.id);
}

/** Shopify cancels in a job of its own. What the job did is seen at the order, not at the job. */
async function cancelOrder(
  attempt: Attempt,
  { reason, restock, notifyCustomer }: RequestOf<"cancelOrder">,
): Promise<Outcome> {
  const { order, signal } = attempt.call;
  const variables = { id: order.nativeId, reason, restock, notifyCustomer };
  const answer = (await attempt.send(orderCancel, variables)).orderCancel;
  const started = accepted("cancel the order", answer?.job, answer?.orderCancelUserErrors);
  await jobEnd(attempt, started);
  const after = await readOrder(attempt.reader, order, signal);
  if (!after?.head?.value.canceledAt)
    throw refuse(
      "CHANNEL_REJECTED",
      "the shop took the cancellation and then left the order as it is",
    );
  return { kind: "done", snapshot: after, nativeId: order.nativeId, httpStatus: 200 };
}

async function jobEnd(attempt: Attempt, started: { id: string; done: boolean }): Promise<void> {
  let done = started.done;
  for (let waitMs = 200; !done; waitMs = Math.min(2 * waitMs, 3_000)) {
    await sleep(waitMs, undefined, { signal: attempt.call.signal });
    const { job: now } = await attempt.ask(job, { id: started.id });
    if (!now) throw new ChannelError("CHANNEL_REJECTED", `Shopify knows nothing of ${started.id}`);
    done = now.done;
  }
}

async function refresh({ reader, call }: Attempt): Promise<Outcome> {
  const snapshot = (await readOrder(reader, call.order, call.signal)) ?? {
    ref: call.order,
    deletedAt: instant(reader.now()),
  };
  return { kind: "done", snapshot, nativeId: call.order.nativeId, httpStatus: 200 };
}

/** A fulfillment as it is now, which must be there and stand. */
async function standing(attempt: Attempt, id: string): Promise<FulfillmentPayload> {
  const { fulfillment } = await attempt.ask(oneFulfillment, { id });
  if (!fulfillment) throw refuse("NOT_FOUND", `${id} is gone`);
  if (fulfillment.status === "CANCELLED")
    throw refuse("ALREADY_IN_STATE", `${id} is canceled; its tracking cannot change`);
  return fulfillment;
}

/** What a mutation made; throws Refusal with its user errors, or ChannelError where it tells neither. */
function accepted<T>(
  what: string,
  made: T | null | undefined,
  errors: UserErrorPayload[] | undefined,
): T {
  if (errors && errors.length > 0) throw refusalOf(what, errors);
  if (made) return made;
  throw new ChannelError("CHANNEL_REJECTED", `Shopify was asked to ${what} and told no result`, {
    httpStatus: 200,
  });
}

function trackingInput({ company, numbers, urls }: ReturnType<typeof trackingOf>) {
  return { numbers, ...(company !== null && { company }), ...(urls && { urls }) };
}

/** Shopify keeps moments to the second. */
function sameSecond(a: string, b: string): boolean {
  return Math.floor(Date.parse(a) / 1000) === Math.floor(Date.parse(b) / 1000);
}
