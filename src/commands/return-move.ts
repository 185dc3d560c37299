import { shipmentOf } from "../domain/apply-made.js";
import type { Command } from "../domain/command.js";
import type { ReturnMove } from "../domain/return.js";

/** Commands that change a return that is there. */
export type ReturnChange = Extract<Command, { returnId: string }>;

/** Whether a command changes a return that is there. */
export function changesReturn(command: Command): command is ReturnChange {
  return "returnId" in command;
}

/** What a command does to its return. */
export function moveOf(command: ReturnChange): ReturnMove {
  switch (command.type) {
    case "RETURN_APPROVE":
      return { to: "approved", lines: command.lines };
    case "RETURN_DECLINE":
      return { to: "declined", reason: command.reason };
    case "RETURN_RECEIVE":
      return { to: "received", lines: command.lines };
    case "RETURN_TRACKING_UPDATE":
      return { to: "tracked", shipment: shipmentOf(command.tracking) };
    case "RETURN_CLOSE":
      return { to: "closed" };
    case "RETURN_CANCEL":
      return { to: "canceled" };
  }
}
