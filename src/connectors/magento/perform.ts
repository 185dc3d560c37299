import type { Outcome } from "../../domain/channel.js";
import type { StepCall, StepKind } from "../../domain/command.js";
import { ChannelError } from "../../domain/errors.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { attempt, lookThenSend, unreadable, verdictByStatus } from "../step.js";
import type { Prepare, Prepared, Sending } from "./prepare.js";
import { prepareAddress } from "./prepare-address.js";
import { prepareCancel } from "./prepare-cancel.js";
import { prepareHold } from "./prepare-hold.js";
import { prepareNote } from "./prepare-note.js";
import { prepareRefund } from "./prepare-refund.js";
import { prepareMove, prepareReturn, prepareReturnTrack } from "./prepare-return.js";
import { prepareShipment, prepareTracking } from "./prepare-shipment.js";
import { type Reader, readOrder } from "./read.js";
import { type MagentoAnswer, refusal } from "./refusal.js";

/**
 * Sends one step: looks at the shop first, writes, reads the order back and compares. Never throws. What fails before the
 * first write is refused; what fails in one is unknown unless the shop certainly did nothing.
 */
export function performStep(reader: Reader, call: StepCall): Promise<Outcome> {
  const prepare = PREPARE[call.step.kind];
  return lookThenSend<Sendable>("Magento", prepare && (() => prepare(reader, call)), (sending) =>
    send(reader, call, sending),
  );
}

type Sendable = Extract<Prepared, { kind: "send" }>;

/** How each kind of step that is sent is prepared. */
export const PREPARE: Partial<Record<StepKind, Prepare>> = {
  FULFILLMENT_CREATE: prepareShipment,
  FULFILLMENT_TRACKING_UPDATE: prepareTracking,
  ORDER_CANCEL: prepareCancel,
  ORDER_NOTE_ADD: prepareNote,
  ORDER_STATUS: prepareHold,
  ORDER_ADDRESS_UPDATE: prepareAddress,
  REFUND_CREATE: prepareRefund,
  RETURN_CREATE: prepareReturn,
  RETURN_APPROVE: prepareMove,
  RETURN_DECLINE: prepareMove,
  RETURN_RECEIVE: prepareMove,
  RETURN_CLOSE: prepareMove,
  RETURN_TRACKING_UPDATE: prepareReturnTrack,
};

async function send(reader: Reader, call: StepCall, sending: Sending): Promise<Outcome> {
  let last: MagentoAnswer | null = null;
  for (const request of sending.requests) {
    const done = last !== null;
    try {
      const answer = await reader.magento.call({ ...request, signal: call.signal });
      const verdict = verdictByStatus(answer);
      if (verdict !== "done")
        return failed(refusal(answer, reader.magento.where(request), sending), done);
      last = answer;
    } catch (cause) {
      return failed(
        cause instanceof ChannelError ? cause : unreadable("Magento", cause, true),
        done,
      );
    }
  }
  return last
    ? finish(reader, call, sending, last)
    : failed(unreadable("Magento", null, false), false);
}

async function finish(
  reader: Reader,
  call: StepCall,
  { idOf, refusedBy, differs, after }: Sending,
  answer: MagentoAnswer,
): Promise<Outcome> {
  const error = refusedBy?.(answer);
  if (error) return failed(error, false);
  const told = idOf ? idOf(answer) : "";
  if (told === undefined) return { kind: "unknown", error: unreadable("Magento", null, true) };
  const nativeId = told || null;
  for (const request of after?.(nativeId, answer) ?? [])
    await attempt(() => reader.magento.call({ ...request, signal: call.signal }));
  const snapshot = await readBack(reader, call);
  const difference = snapshot && differs?.(nativeId ?? "", snapshot);
  if (difference) return { kind: "unknown", error: difference };
  return { kind: "done", snapshot, nativeId, httpStatus: answer.status };
}

/** `done`: whether an earlier write of the same step stands, so that nobody may say that nothing happened. */
function failed(error: ChannelError, done: boolean): Outcome {
  return { kind: error.mayHaveHappened || done ? "unknown" : "refused", error };
}

/** The order after the write; null where it cannot be read, for the write stands all the same. */
function readBack(reader: Reader, { order, signal }: StepCall): Promise<Snapshot | null> {
  return attempt(() => readOrder(reader, order.nativeId, signal));
}
