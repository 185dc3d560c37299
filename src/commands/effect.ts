import type { Command, CommandStatus } from "../domain/command.js";
import { ENDED } from "../domain/command.js";
import type { NewEvent } from "../domain/event.js";
import type { Order } from "../domain/order.js";
import { normalizeTrackingNumber } from "../domain/tracking.js";
import type { RecordedOrder } from "../events/record.js";
import type { Origin } from "../events/recorder.js";
import { advance, endAttempt, findUnsettled, type StepRow } from "../store/commands.js";
import type { Tx } from "../store/db.js";
import { commandUpdated } from "./report.js";

/**
 * Ends steps whose effect a channel has just reported: a planned shipment that it now names, or, for a step whose outcome
 * nobody knew, the canceled shipment, the tracking number or the canceled order. Runs inside the recording transaction.
 */
export async function settleReported(
  tx: Tx,
  tenantId: string,
  changed: RecordedOrder[],
  origin: Origin,
): Promise<NewEvent[]> {
  // What we write ourselves is no report.
  if (origin.source === "COMMAND" && changed.every(({ adopted }) => adopted.length === 0))
    return [];
  const byOrder = new Map(changed.map((item) => [item.order.id, item]));
  const events: NewEvent[] = [];
  for (const command of await findUnsettled(tx, tenantId, [...byOrder.keys()])) {
    const item = byOrder.get(command.row.orderId) as RecordedOrder;
    const seen = command.steps.filter((step) => isSeen(step, command.row.command, item));
    if (seen.length === 0) continue;
    // What the shop answered itself needs nobody's word beside it.
    for (const step of origin.source === "COMMAND" ? [] : seen)
      await endAttempt(tx, tenantId, step.id, { verifiedBy: "REPORTED_BY_CHANNEL" });
    const steps = seen.map((step) => ({ id: step.id, status: "SUCCEEDED" as const }));
    const status = await advance(tx, command, { steps, command: { errors: [] } }, origin.now);
    if (status.before !== status.after)
      events.push(commandUpdated(command.row, status, item.order.version, origin));
  }
  return events;
}

function isSeen(step: StepRow, command: Command, { order, adopted }: RecordedOrder): boolean {
  if (ENDED.has(step.status as CommandStatus)) return false;
  if (step.partId) return adopted.some((shipment) => shipment.id === step.partId);
  return step.status === "NEEDS_ATTENTION" && hasHappened(command, order);
}

/** Whether an order shows what a command asked for. */
function hasHappened(command: Command, order: Order): boolean {
  if (command.type === "ORDER_CANCEL") return order.head.canceledAt !== null;
  if (!("fulfillmentId" in command)) return false;
  const shipment = order.fulfillments.find((row) => row.id === command.fulfillmentId);
  if (command.type === "FULFILLMENT_CANCEL")
    return !shipment || shipment.status === "CANCELED" || shipment.removedAt !== null;
  const parcels = shipment?.packages.filter((parcel) => parcel.removedAt === null) ?? [];
  if (command.type === "TRACKING_EVENT_ADD")
    return parcels.some((parcel) =>
      parcel.scans.some(
        (scan) => scan.status === command.status && scan.occurredAt === command.occurredAt,
      ),
    );
  const numbers = new Set(
    parcels.flatMap((p) => (p.tracking ? [normalizeTrackingNumber(p.tracking.number)] : [])),
  );
  const wished = command.packages.flatMap((p) =>
    p.tracking ? [normalizeTrackingNumber(p.tracking.number)] : [],
  );
  return wished.length > 0 && wished.every((number) => numbers.has(number));
}
