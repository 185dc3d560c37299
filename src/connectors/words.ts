import type { FulfillmentOrderHold } from "../domain/command.js";
import { type LineQuantity, sumQuantities } from "../domain/quantity.js";

/** "1 line", "2 lines". */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

/** The warning of a refund that a shop only records. */
export function sendByHand(sum: string): string {
  return `the shop sends no money back: send ${sum} by hand`;
}

/** "3 pieces of 2 lines". */
export function goods(lines: readonly Pick<LineQuantity, "quantity">[]): string {
  const pieces = sumQuantities(lines.map(({ quantity }) => quantity));
  return `${count(pieces, "piece")} of ${count(lines.length, "line")}`;
}

/** What a shop's staff read of a hold that the gateway keeps, and when it ends. */
export function heldBack({ reason, note }: Pick<FulfillmentOrderHold, "reason" | "note">): string {
  const why = reason.toLowerCase().replaceAll("_", " ");
  return `Held back from shipping (${why}).${note?.trim() ? ` ${note.trim()}` : ""}`;
}
export const HELD_NO_LONGER = "No longer held back from shipping.";
