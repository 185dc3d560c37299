import type { Outcome } from "../../domain/channel.js";
import type { StepCall, StepKind } from "../../domain/command.js";
import { lookThenSend, sendOnce } from "../step.js";
import {
  type Prepare,
  type Prepared,
  prepareShipment,
  prepareShipmentCancel,
  prepareTracking,
} from "./prepare.js";
import { prepareAddress, prepareCancel, prepareNote, prepareStatus } from "./prepare-order.js";
import { prepareRefund } from "./prepare-refund.js";
import { type Reader, readOrder } from "./read.js";
import { refusal, verdictOf } from "./refusal.js";

/**
 * Sends one step: looks at the shop first, writes once, reads the order back. Never throws. What fails before the
 * write is refused; what fails in it is unknown unless the shop certainly did nothing.
 */
export function performStep(reader: Reader, call: StepCall): Promise<Outcome> {
  const prepare = PREPARE[call.step.kind];
  return lookThenSend<Sendable>(
    "WooCommerce",
    prepare && (() => prepare(reader, call)),
    ({ request, achieves }) =>
      sendOnce("WooCommerce", {
        call: () => reader.woo.call({ ...request, signal: call.signal }),
        verdictOf,
        refusal: (answer) => refusal(answer, reader.woo.where(request)),
        achieves,
        readBack: () => readOrder(reader, call.order.nativeId, call.signal),
      }),
  );
}

type Sendable = Extract<Prepared, { kind: "send" }>;

/** What is sent for each kind of step. */
const PREPARE: Partial<Record<StepKind, Prepare>> = {
  FULFILLMENT_CREATE: prepareShipment,
  FULFILLMENT_TRACKING_UPDATE: prepareTracking,
  FULFILLMENT_CANCEL: prepareShipmentCancel,
  ORDER_CANCEL: prepareCancel,
  ORDER_STATUS: prepareStatus,
  ORDER_NOTE_ADD: prepareNote,
  ORDER_ADDRESS_UPDATE: prepareAddress,
  REFUND_CREATE: prepareRefund,
};
