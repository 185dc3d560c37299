import { type CommandStatus, ENDED } from "../domain/command.js";
import type { NewEvent } from "../domain/event.js";
import type { Order } from "../domain/order.js";
import { commandUpdated } from "../events/command.js";
import type { RecordedOrder } from "../events/record.js";
import type { Origin } from "../events/recorder.js";
import { reportAttempt } from "../store/attempts.js";
import { advance, findUnsettled, type StepRow, type StoredCommand } from "../store/commands.js";
import type { Tx } from "../store/db.js";
import { storeError } from "./face.js";
import { hasHappened } from "./happened.js";
import { basic } from "./refusal.js";

/**
 * Ends steps whose effect a channel has just reported: a planned shipment, return or refund that it now names, or, for a
 * step whose outcome nobody knew, whatever else the order now shows of it. A refund that stands in the shop as one that
 * moved no money has failed. What waits behind is due at once. Runs inside the recording transaction.
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
    const seen = command.steps.filter((step) => isSeen(step, command, item));
    if (seen.length === 0) continue;
    // What the shop answered itself needs nobody's word beside it.
    const failed = seen.filter((step) => movedNothing(step, item.order));
    for (const step of origin.source === "COMMAND" ? [] : seen)
      await reportAttempt(tx, tenantId, step.id, failed.includes(step) ? "REFUSED" : "DONE");
    const steps = seen.map((step) => ({
      id: step.id,
      status: failed.includes(step) ? ("FAILED" as const) : ("SUCCEEDED" as const),
    }));
    const errors = failed.map(noMoney);
    const goesOn = command.steps.some((step) => !seen.includes(step) && !isEnded(step));
    const nextAttemptAt = goesOn ? origin.now : null;
    const progress = { steps, command: { errors, nextAttemptAt } };
    const status = await advance(tx, command, progress, origin.now);
    if (status.before !== status.after)
      events.push(commandUpdated(command.row, status, item.order.version, origin));
  }
  return events;
}

function isSeen(
  step: StepRow,
  command: StoredCommand,
  { before, order, adopted }: RecordedOrder,
): boolean {
  if (isEnded(step)) return false;
  // One call that cancels and gives the money back is done when both show.
  if (step.partId && step.step.kind === "ORDER_CANCEL")
    return order.head.canceledAt !== null && isReported(order, step.partId);
  if (step.partId) return adopted.some((part) => part.id === step.partId);
  return isDoubted(step) && hasHappened({ command, step, order }, before);
}

function isDoubted({ status }: StepRow): boolean {
  return status === "NEEDS_ATTENTION" || status === "OUTCOME_UNKNOWN";
}

function isEnded({ status }: StepRow): boolean {
  return ENDED.has(status as CommandStatus);
}

function noMoney({ step }: StepRow) {
  const canceled = step.kind === "ORDER_CANCEL" ? "the order is canceled, but " : "";
  const message = `${canceled}the shop shows the refund as failed, so no money was given back; ask for a new one`;
  return storeError(basic("CHANNEL_REJECTED", message, null));
}

function movedNothing({ partId }: StepRow, { refunds }: Order): boolean {
  return refunds.some(({ id, status }) => id === partId && status === "FAILED");
}

function isReported({ refunds }: Order, refundId: string): boolean {
  return refunds.some(({ id, nativeId }) => id === refundId && nativeId !== null);
}
