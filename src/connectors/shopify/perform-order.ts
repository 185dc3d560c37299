import { setTimeout as sleep } from "node:timers/promises";
import type { Outcome } from "../../domain/channel.js";
import { ChannelError } from "../../domain/errors.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { instant } from "../../domain/time.js";
import { type Attempt, accepted } from "./attempt.js";
import { hasNote } from "./look-order.js";
import { job, orderCancel, refundIds } from "./operations.js";
import { orderNote, orderUpdate, tagsAdd, tagsRemove } from "./operations-order.js";
import { refuse } from "./outcome.js";
import { readOrder } from "./read.js";
import type { RequestOf } from "./request.js";

/**
 * Shopify cancels in a job of its own, and gives the money back in the same. What the job did is seen at the order, not
 * at the job: where a refund was asked for, the one that was not there before is it.
 */
export async function cancelOrder(
  attempt: Attempt,
  { reason, restock, refund, notifyCustomer }: RequestOf<"cancelOrder">,
): Promise<Outcome> {
  const { order, signal } = attempt.call;
  const before = refund ? await refundsOf(attempt) : [];
  const refundMethod = refund ? ({ originalPaymentMethodsRefund: true } as const) : null;
  const variables = { id: order.nativeId, reason, restock, notifyCustomer, refundMethod };
  const answer = (await attempt.send(orderCancel, variables)).orderCancel;
  const started = accepted("cancel the order", answer?.job, answer?.orderCancelUserErrors);
  await jobEnd(attempt, started);
  const after = await readOrder(attempt.reader, order, signal);
  if (!after?.head?.value.canceledAt) throw notCanceled(refund);
  const made = refund ? madeRefund(after, before, attempt.call.marker) : null;
  return { kind: "done", snapshot: after, nativeId: made, httpStatus: 200 };
}

/** With money in it nobody may say that nothing happened: the job may have failed between the two, or be read too early. */
function notCanceled(withMoney: boolean): Error {
  const what = "the shop took the cancellation and then left the order as it is";
  return withMoney
    ? new ChannelError("CHANNEL_REJECTED", `Shopify: ${what}; look there whether money went back`)
    : refuse("CHANNEL_REJECTED", what);
}

async function refundsOf(attempt: Attempt): Promise<string[]> {
  const { order } = await attempt.ask(refundIds, { id: attempt.call.order.nativeId });
  return (order?.refunds ?? []).map(({ id }) => id);
}

/** The refund that the cancellation brought, marked as ours. Throws where the shop shows none: then nobody knows of the money. */
function madeRefund(after: Snapshot, before: string[], marker: string): string {
  const made = after.refunds?.value.find(({ nativeId }) => !before.includes(nativeId));
  if (!made)
    throw new ChannelError(
      "CHANNEL_REJECTED",
      "Shopify canceled the order and shows no refund; look there whether the money went back",
    );
  made.marker = marker;
  return made.nativeId;
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

/** An order has one note: what is there stays, and ours is put behind it. One that stands there already is not put twice. */
export async function addNote(attempt: Attempt, { text }: RequestOf<"addNote">): Promise<Outcome> {
  const id = attempt.call.order.nativeId;
  const { order } = await attempt.ask(orderNote, { id });
  if (!order) throw refuse("NOT_FOUND", "the order is gone");
  const present = order.note ?? "";
  if (!hasNote(present, text)) {
    const note = present ? `${present}\n${text}` : text;
    const answer = (await attempt.send(orderUpdate, { input: { id, note } })).orderUpdate;
    accepted("add the note", answer?.order, answer?.userErrors);
  }
  return attempt.done(null);
}

/** Adding what is there and removing what is not changes nothing, so nothing is looked at first. */
export async function changeTags(
  attempt: Attempt,
  { how, tags }: RequestOf<"changeTags">,
): Promise<Outcome> {
  const given = { id: attempt.call.order.nativeId, tags };
  const answer =
    how === "add"
      ? (await attempt.send(tagsAdd, given)).tagsAdd
      : (await attempt.send(tagsRemove, given)).tagsRemove;
  accepted(`${how} the tags`, answer, answer?.userErrors);
  return attempt.done(null);
}

export async function changeAddress(
  attempt: Attempt,
  { address }: RequestOf<"changeAddress">,
): Promise<Outcome> {
  const input = { id: attempt.call.order.nativeId, shippingAddress: address };
  const answer = (await attempt.send(orderUpdate, { input })).orderUpdate;
  accepted("change the address", answer?.order, answer?.userErrors);
  return attempt.done(null);
}

/** Reads the order anew, and says where it is gone. */
export async function refresh({ reader, call }: Attempt): Promise<Outcome> {
  const snapshot = (await readOrder(reader, call.order, call.signal)) ?? {
    ref: call.order,
    deletedAt: instant(reader.now()),
  };
  return { kind: "done", snapshot, nativeId: call.order.nativeId, httpStatus: 200 };
}
