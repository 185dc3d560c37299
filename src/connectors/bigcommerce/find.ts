import type { Finding } from "../../domain/channel.js";
import type { StepCall, StepKind } from "../../domain/command.js";
import { lookFor } from "../step.js";
import { PREPARE } from "./perform.js";
import { found, present, refuse, shipmentsBy } from "./prepare.js";
import { notesBy } from "./prepare-head.js";
import { refundsBy } from "./prepare-refund.js";
import type { Reader } from "./read.js";
import type { OrderRecords } from "./record.js";
import { requests } from "./request.js";

/**
 * The longest that a call of which no answer came is waited for. BigCommerce names no limit; its own gateway answers 504
 * (orders.v3), and none in common use waits longer than a minute. Twice that.
 */
export const SETTLE_MS = 120_000;

/**
 * Looks for a step of which nobody knows whether it happened; writes nothing and never throws. Where no look of its own
 * is named here, that of its preparation tells.
 */
export function findStep(reader: Reader, call: StepCall): Promise<Finding> {
  const { kind } = call.step;
  const look = LOOKS[kind];
  const prepare = PREPARE[kind];
  return lookFor(
    "BigCommerce",
    look
      ? async () => {
          const records = await present(reader, call);
          return found(reader, records, look(records, call)) ?? ABSENT;
        }
      : prepare && (() => prepare(reader, call)),
  );
}

const ABSENT = { kind: "send" } as const;
/** What the store shows of a step: the ids of all that it made, or what it was done to. */
type Look = (records: OrderRecords, call: StepCall) => readonly (string | null)[];

/**
 * Steps that write their token with the effect: where it stands nowhere, nothing was done, whatever would refuse it now.
 * The other two are known by how the shipment looks.
 */
const LOOKS: { readonly [Kind in StepKind]?: Look } = {
  FULFILLMENT_CREATE: (records, { marker }) => shipmentsBy(records, marker),
  ORDER_NOTE_ADD: (records, { marker }) => notesBy(records, marker),
  REFUND_CREATE: (records, { marker }) => refundsBy(records, marker),
  FULFILLMENT_TRACKING_UPDATE: (records, { step }) => {
    const { shipmentId, tracking } = requests.FULFILLMENT_TRACKING_UPDATE.parse(step.request);
    const shipment = shipmentOf(records, shipmentId);
    if (!shipment)
      throw refuse(
        "NOT_FOUND",
        `shipment ${shipmentId} of order ${records.order.id} is gone, so its tracking tells nothing`,
      );
    // A provider that is none becomes "custom", and the store may put in a link of its own.
    const isSet =
      (shipment.tracking_number ?? "") === tracking.tracking_number &&
      (tracking.tracking_link === "" || shipment.tracking_link === tracking.tracking_link) &&
      (tracking.tracking_carrier === "" ||
        shipment.tracking_carrier === tracking.tracking_carrier) &&
      (tracking.shipping_provider === "" ||
        shipment.shipping_provider === tracking.shipping_provider);
    return isSet ? [shipmentId] : [];
  },
  FULFILLMENT_CANCEL: (records, { step }) => {
    const { shipmentId } = requests.FULFILLMENT_CANCEL.parse(step.request);
    return shipmentOf(records, shipmentId) ? [] : [shipmentId];
  },
};

function shipmentOf({ shipments }: OrderRecords, shipmentId: string) {
  return shipments.find(({ id }) => id === shipmentId);
}
