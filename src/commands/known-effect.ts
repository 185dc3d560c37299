import type { LocalFact } from "../domain/local.js";
import type { Order } from "../domain/order.js";
import type { Snapshot } from "../domain/snapshot.js";
import type { Origin } from "../events/recorder.js";
import type { StepRow, StoredCommand } from "../store/commands.js";
import { noteFact } from "./kept.js";
import { changesReturn, moveOf } from "./return-move.js";
import { returnNote } from "./return-note.js";

/** A step that a shop has done, with the order as it was before. */
export interface Done {
  command: StoredCommand;
  step: StepRow;
  order: Order;
}

/**
 * What is so once the shop has done a step, whatever it then shows: a shipment taken back was canceled, also where the
 * shop forgets it altogether; a note was written, also where the shop does not show it; a return was moved or a hold
 * released, where the shop's answer did not show it.
 */
export function knownEffect(done: Done, shown: Snapshot | null, origin: Origin): LocalFact[] {
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
