import { type LineQuantity, sumQuantities } from "../domain/quantity.js";

/** "1 line", "2 lines". */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

/** "3 pieces of 2 lines". */
export function goods(lines: readonly Pick<LineQuantity, "quantity">[]): string {
  const pieces = sumQuantities(lines.map(({ quantity }) => quantity));
  return `${count(pieces, "piece")} of ${count(lines.length, "line")}`;
}
