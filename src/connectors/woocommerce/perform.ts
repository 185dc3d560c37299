import type { Outcome } from "../../domain/channel.js";
import type { StepCall, StepKind } from "../../domain/command.js";
import type { ChannelError } from "../../domain/errors.js";
import { isGone } from "../gone.js";
import { lookThenSend, sendOnce, unsent } from "../step.js";
import type { WooRequest } from "./client.js";
import {
  type Prepare,
  type Prepared,
  prepareShipment,
  prepareShipmentCancel,
  prepareTracking,
} from "./prepare.js";
import { prepareAddress, prepareCancel, prepareNote, prepareStatus } from "./prepare-order.js";
import { prepareRefund } from "./prepare-refund.js";
import {
  isTracked,
  prepareTrackedShipment,
  prepareTrackingAdd,
  prepareTrackingTidy,
} from "./prepare-tracked.js";
import { type Reader, readOrder } from "./read.js";
import { refusal, verdictOf } from "./refusal.js";
import { requests } from "./request.js";

/**
 * Sends one step: looks at the shop first, writes once, reads the order back. Never throws. What fails before the
 * write is refused; what fails in it is unknown unless the shop certainly did nothing.
 */
export function performStep(reader: Reader, call: StepCall): Promise<Outcome> {
  const prepare = (isTracked(call.step.request) ? TRACKED : PREPARE)[call.step.kind];
  return lookThenSend<Sendable>(
    "WooCommerce",
    prepare && (() => prepare(reader, call)),
    async ({ before = [], request, achieves, nativeId }) => {
      const failed = await sendBefore(reader, before, call.signal);
      if (failed) return { kind: "refused", error: failed };
      return sendOnce("WooCommerce", {
        call: () => reader.woo.call({ ...request, signal: call.signal }),
        verdictOf,
        refusal: (answer) => refusal(answer, reader.woo.where(request)),
        achieves,
        nativeId,
        readBack: () => readOrder(reader, call.order.nativeId, call.signal),
      });
    },
  );
}

/** Makes the writes that mean nothing alone; what is gone needs none. Answers why one was not made, else null. */
async function sendBefore(
  reader: Reader,
  writes: readonly WooRequest[],
  signal: AbortSignal,
): Promise<ChannelError | null> {
  try {
    for (const request of writes) {
      const answer = await reader.woo.call({ ...request, signal });
      if (verdictOf(answer) === "done") continue;
      const error = refusal(answer, reader.woo.where(request));
      if (request.method !== "DELETE" || !isGone(error)) return unsent("WooCommerce", error);
    }
    return null;
  } catch (error) {
    return unsent("WooCommerce", error);
  }
}

type Sendable = Extract<Prepared, { kind: "send" }>;

/** What is sent for each kind of step. */
export const PREPARE: Partial<Record<StepKind, Prepare>> = {
  FULFILLMENT_CREATE: prepareShipment,
  FULFILLMENT_TRACKING_UPDATE: prepareTracking,
  FULFILLMENT_CANCEL: prepareShipmentCancel,
  ORDER_CANCEL: prepareCancel,
  ORDER_STATUS: prepareStatus,
  ORDER_NOTE_ADD: prepareNote,
  ORDER_ADDRESS_UPDATE: prepareAddress,
  REFUND_CREATE: prepareRefund,
};

/** What is sent to an extension that keeps trackings. */
export const TRACKED: Partial<Record<StepKind, Prepare>> = {
  FULFILLMENT_CREATE: prepareTrackedShipment,
  FULFILLMENT_TRACKING_UPDATE: (reader, call) =>
    requests.TRACKING_ADD.safeParse(call.step.request).success
      ? prepareTrackingAdd(reader, call)
      : prepareTrackingTidy(reader, call),
  FULFILLMENT_CANCEL: prepareTrackingTidy,
};
