/** A quantity: a number with at most 4 decimals, since Magento sells fractions. */
export type Quantity = number;

/** How much of one line. `lineId` is the shop's id inside a snapshot and ours inside an order. */
export interface LineQuantity {
  lineId: string;
  quantity: Quantity;
}

/** Rounds away what binary fractions leave behind, to 4 decimals. */
export function roundQuantity(value: number): Quantity {
  return Math.round(value * 10_000) / 10_000;
}

export function sumQuantities(values: Iterable<Quantity>): Quantity {
  let sum = 0;
  for (const value of values) sum += value;
  return roundQuantity(sum);
}

/** `a − b`, never below zero. */
export function lessQuantity(a: Quantity, b: Quantity): Quantity {
  return Math.max(0, roundQuantity(a - b));
}

/** How much of each line, summed where a line is named twice. */
export function byLine(lines: Iterable<LineQuantity>): Map<string, Quantity> {
  const sums = new Map<string, Quantity>();
  for (const { lineId, quantity } of lines)
    sums.set(lineId, roundQuantity((sums.get(lineId) ?? 0) + quantity));
  return sums;
}
