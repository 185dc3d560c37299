import type { LocalFact } from "../domain/local.js";
import type { Order } from "../domain/order.js";
import type { Snapshot } from "../domain/snapshot.js";
import type { Origin, RecordScope } from "../events/recorder.js";
import type { StepRow, StoredCommand } from "../store/commands.js";
import { askRefresh, REFRESH_PRIORITY } from "../store/refreshes.js";
import { noteFact } from "./kept.js";
import { changesReturn, moveOf } from "./return-move.js";
import { returnNote } from "./return-note.js";

/** A step that a shop has done, with the order as it was before. */
export interface Done {
  command: StoredCommand;
  step: StepRow;
  order: Order;
}

/** Takes in what a step did: what the shop shows of it, or else what is known of it; then its order is read soon. */
export async function recordEffect(
  scope: RecordScope,
  done: Done,
  shown: Snapshot | null,
  origin: Origin,
): Promise<void> {
  const { orderId, channelId } = done.command.row;
  const facts = knownEffect(done, shown, origin);
  if (facts.length > 0) await scope.recordLocal(origin, orderId, facts);
  if (shown) await scope.record({ ...origin, channelId }, [shown]);
  else
    await askRefresh(scope.tx, {
      tenantId: scope.tenantId,
      channelId,
      nativeIds: [done.order.nativeId],
      priority: REFRESH_PRIORITY.webhook,
      source: "RECONCILE",
      dueAt: origin.now,
    });
}

/**
 * What is so once the shop has done a step, whatever it then shows: a shipment taken back was canceled, also where the
 * shop forgets it altogether; a note was written, also where the shop does not show it; a return was moved or a hold
 * released, where the shop's answer did not show it.
 */
function knownEffect(done: Done, shown: Snapshot | null, origin: Origin): LocalFact[] {
  const { command } = done.command.row;
  const text = pushedText(done);
  if (text !== null) return [noteFact(text, "PUSHED", origin)];
  if (command.type === "FULFILLMENT_CANCEL")
    return [{ kind: "shipment-canceled", fulfillmentId: command.fulfillmentId }];
  if (changesReturn(command) && isSent(done) && !shown?.returns)
    return [{ kind: "return-moved", returnId: command.returnId, move: moveOf(command) }];
  if (command.type === "FULFILLMENT_ORDER_RELEASE" && isSent(done) && !shown?.fulfillmentOrders) {
    const { fulfillmentOrderId, holdIds } = command;
    return [{ kind: "holds-released", fulfillmentOrderId, holdIds }];
  }
  return [];
}

/** Whether the step is the command's own effect at the shop, and not what goes with it. */
function isSent({ command, step }: Done): boolean {
  return step.step.kind === command.row.command.type;
}

/** What a step wrote to the shop as a note of its own; null where it writes none. */
export function pushedText({ command: { row, steps }, step, order }: Done): string | null {
  if (step.step.kind !== "ORDER_NOTE_ADD") return null;
  const { command } = row;
  if (command.type === "ORDER_NOTE_ADD") return command.text;
  const made = steps.find(({ step: { creates } }) => creates?.noun === "Return");
  return returnNote(command, order, made?.partId ?? null);
}
