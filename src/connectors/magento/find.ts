import type { Finding } from "../../domain/channel.js";
import type { StepCall, StepKind } from "../../domain/command.js";
import { type Found, lookFor } from "../step.js";
import { markedBy } from "./marked.js";
import { PREPARE } from "./perform.js";
import { foundIn, presentRecords, refuse } from "./prepare.js";
import type { Reader } from "./read.js";
import { requests } from "./request.js";

/** Looks for a step of which nobody knows whether it happened; writes nothing and never throws. */
export function findStep(reader: Reader, call: StepCall): Promise<Finding> {
  const look = LOOKS[call.step.kind] ?? PREPARE[call.step.kind];
  return lookFor("Magento", look && (() => look(reader, call)));
}

type Look = (reader: Reader, call: StepCall) => Promise<Found | { kind: "send" }>;

/** Steps whose marker is written with the effect: where it stands nowhere nothing was done, whatever would refuse it now. */
const LOOKS: { readonly [Kind in StepKind]?: Look } = {
  FULFILLMENT_CREATE: lookForMarker,
  ORDER_NOTE_ADD: lookForMarker,
  REFUND_CREATE: lookForRefund,
};

async function lookForMarker(reader: Reader, call: StepCall): ReturnType<Look> {
  const records = await presentRecords(reader, call);
  const marked = markedBy(records, call);
  return marked ? foundIn(records, reader, marked) : { kind: "send" };
}

/** Where a gateway was to send the money no credit memo proves nothing: it may have, before the shop's books failed. */
async function lookForRefund(reader: Reader, call: StepCall): ReturnType<Look> {
  const { invoiceId } = requests.REFUND_CREATE.parse(call.step.request);
  const found = await lookForMarker(reader, call);
  if (found.kind === "found" || invoiceId === null) return found;
  throw refuse(
    "CHANNEL_REJECTED",
    `no credit memo of order ${call.order.nativeId} bears the reference of this refund, but the payment gateway is asked before one is made; look for the refund in the gateway's own books`,
  );
}
