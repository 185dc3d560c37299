import { z } from "zod";
import type { Outcome } from "../../domain/channel.js";
import type { StepCall, StepKind } from "../../domain/command.js";
import { lookThenSend, sendOnce, type Verdict, verdictByStatus } from "../step.js";
import {
  type Prepare,
  type Prepared,
  prepareCancel,
  prepareShipment,
  prepareShipmentCancel,
  prepareStatus,
  prepareTracking,
} from "./prepare.js";
import { prepareAddress, prepareNote } from "./prepare-head.js";
import { prepareRefund } from "./prepare-refund.js";
import { type Reader, readOrder } from "./read.js";
import { type Answer, refusal } from "./refusal.js";

/**
 * Sends one step: looks at the store first, writes once, reads the order back. Never throws. What fails before the
 * write is refused; what fails in it is unknown unless the store certainly did nothing.
 */
export function performStep(reader: Reader, call: StepCall): Promise<Outcome> {
  const prepare = PREPARE[call.step.kind];
  return lookThenSend<Sendable>(
    "BigCommerce",
    prepare && (() => prepare(reader, call)),
    ({ request, achieves, makes }) =>
      sendOnce("BigCommerce", {
        call: async () => contentOf(await reader.api.call({ ...request, signal: call.signal })),
        verdictOf: makes ? verdictOfMaking : verdictByStatus,
        refusal: (answer) => refusal(answer, reader.api.asked(request)),
        achieves,
        readBack: () => readOrder(reader, call.order.nativeId, call.signal),
      }),
  );
}

/** v3 wraps what it made in `data`; a refusal keeps its form. */
function contentOf(answer: Answer): Answer {
  const data = answer.status < 300 ? enveloped.safeParse(answer.body).data?.data : undefined;
  return data === undefined ? answer : { ...answer, body: data };
}
const enveloped = z.object({ data: z.unknown() });

/** Success that does not name what it made may have made something all the same. */
function verdictOfMaking(answer: Answer): Verdict {
  const verdict = verdictByStatus(answer);
  const isNamed = z.object({ id: z.number() }).safeParse(answer.body).success;
  return verdict === "done" && !isNamed ? "unknown" : verdict;
}

type Sendable = Extract<Prepared, { kind: "send" }>;

/** What is sent for each kind of step. */
export const PREPARE: Partial<Record<StepKind, Prepare>> = {
  FULFILLMENT_CREATE: prepareShipment,
  FULFILLMENT_TRACKING_UPDATE: prepareTracking,
  FULFILLMENT_CANCEL: prepareShipmentCancel,
  REFUND_CREATE: prepareRefund,
  ORDER_NOTE_ADD: prepareNote,
  ORDER_ADDRESS_UPDATE: prepareAddress,
  ORDER_CANCEL: prepareCancel,
  ORDER_STATUS: prepareStatus,
};
