import type { Finding } from "../../domain/channel.js";
import type { StepCall, StepKind } from "../../domain/command.js";
import { type Found, lookFor } from "../step.js";
import { PREPARE, TRACKED } from "./perform.js";
import { foundShipment, present } from "./prepare.js";
import { foundCancel, foundNote } from "./prepare-order.js";
import { foundRefund, refuseTwin } from "./prepare-refund.js";
import { foundParcel, isTracked } from "./prepare-tracked.js";
import type { Reader } from "./read.js";
import { requests } from "./request.js";

/**
 * Looks for a step of which nobody knows whether it happened; writes nothing and never throws. Where no look of its own
 * is named here, that of its preparation tells.
 */
export function findStep(reader: Reader, call: StepCall): Promise<Finding> {
  const [looks, prepares] = isTracked(call.step.request)
    ? [TRACKED_LOOKS, TRACKED]
    : [LOOKS, PREPARE];
  const look = looks[call.step.kind] ?? prepares[call.step.kind];
  return lookFor("WooCommerce", look && (() => look(reader, call)));
}

type Look = (reader: Reader, call: StepCall) => Promise<Found | typeof ABSENT>;
type Looks = { readonly [Kind in StepKind]?: Look };
const ABSENT = { kind: "send" } as const;

/** Steps whose token is written with the effect: where it stands nowhere nothing was done, whatever would refuse it now. */
const LOOKS: Looks = {
  FULFILLMENT_CREATE: async (reader, call) =>
    foundShipment(await present(reader, call), reader, call.marker) ?? ABSENT,
  ORDER_NOTE_ADD: async (reader, call) =>
    (await foundNote(reader, await present(reader, call), call)) ?? ABSENT,
  REFUND_CREATE: async (reader, call) => {
    const records = await present(reader, call);
    const found = foundRefund(records, reader, call.marker);
    if (found) return found;
    refuseTwin(requests.REFUND_CREATE.parse(call.step.request), records);
    return ABSENT;
  },
  // Canceled is canceled, whoever did it.
  ORDER_CANCEL: async (reader, call) => {
    const records = await present(reader, call);
    return foundCancel(records, reader, call.marker) ?? ABSENT;
  },
};
const TRACKED_LOOKS: Looks = {
  FULFILLMENT_CREATE: async (reader, call) =>
    foundParcel(await present(reader, call), reader, call) ?? ABSENT,
};
