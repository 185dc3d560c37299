import { z } from "zod";
import type { Outcome } from "../../domain/channel.js";
import type { StepCall, StepKind } from "../../domain/command.js";
import { ChannelError } from "../../domain/errors.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { unreadable, unsent } from "../unsent.js";
import {
  type Prepare,
  type Prepared,
  prepareCancel,
  prepareShipment,
  prepareShipmentCancel,
  prepareStatus,
  prepareTracking,
} from "./prepare.js";
import { type Reader, readOrder } from "./read.js";
import { refusal, verdictOf } from "./refusal.js";

/**
 * Sends one step: looks at the store first, writes once, reads the order back. Never throws. What fails before the
 * write is refused; what fails in it is unknown unless the store certainly did nothing.
 */
export async function performStep(reader: Reader, call: StepCall): Promise<Outcome> {
  const prepare = PREPARE[call.step.kind];
  if (!prepare) return { kind: "done", snapshot: null, nativeId: null, httpStatus: null };
  let prepared: Prepared;
  try {
    prepared = await prepare(reader, call);
  } catch (error) {
    return { kind: "refused", error: unsent("BigCommerce", error) };
  }
  if (prepared.kind === "found") {
    const { snapshot, nativeId } = prepared;
    return { kind: "done", snapshot, nativeId, httpStatus: null };
  }
  return send(reader, call, prepared);
}

/** null: kept by the gateway, or no effect at all; nothing is sent. */
const PREPARE: Record<StepKind, Prepare | null> = {
  FULFILLMENT_CREATE: prepareShipment,
  FULFILLMENT_TRACKING_UPDATE: prepareTracking,
  FULFILLMENT_CANCEL: prepareShipmentCancel,
  ORDER_CANCEL: prepareCancel,
  ORDER_STATUS: prepareStatus,
  ORDER_NOTE: null,
  TRACKING_EVENT_ADD: null,
  ORDER_REFRESH: null,
  GATEWAY_SHIPMENT: null,
  GATEWAY_SCAN: null,
};

async function send(
  reader: Reader,
  call: StepCall,
  { request, achieves }: Extract<Prepared, { kind: "send" }>,
): Promise<Outcome> {
  try {
    const answer = await reader.api.call({ ...request, signal: call.signal });
    const verdict = verdictOf(answer);
    if (verdict !== "done") {
      const error = refusal(answer, reader.api.asked(request));
      if (!achieves?.(error)) return { kind: verdict, error };
    }
    return {
      kind: "done",
      snapshot: await readBack(reader, call),
      nativeId: z.object({ id: z.number() }).safeParse(answer.body).data?.id.toString() ?? null,
      httpStatus: answer.status,
    };
  } catch (cause) {
    const error = cause instanceof ChannelError ? cause : unreadable("BigCommerce", cause, true);
    return { kind: error.mayHaveHappened ? "unknown" : "refused", error };
  }
}

/** The order after the write; null where it cannot be read, for the write stands all the same. */
async function readBack(reader: Reader, { order, signal }: StepCall): Promise<Snapshot | null> {
  try {
    return await readOrder(reader, order.nativeId, signal);
  } catch {
    return null;
  }
}
