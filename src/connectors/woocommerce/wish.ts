import { GatewayError, InvalidInput } from "../../domain/errors.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { type LineQuantity, sumQuantities } from "../../domain/quantity.js";

/** The same wishes by the shop's ids of lines. Throws InvalidInput, naming a line that the order does not have. */
export function nativeLines<Wish extends { lineId: string }>(
  lines: readonly Wish[],
  order: Order,
): Wish[] {
  return lines.map((wish) => {
    const line = present(order.lines).find((it) => it.id === wish.lineId);
    if (!line?.nativeId)
      throw new InvalidInput(`order ${order.id} has no line ${wish.lineId}`, ["lines"]);
    return { ...wish, lineId: line.nativeId };
  });
}

/** "3 pieces of 2 lines". */
export function goods(lines: readonly LineQuantity[]): string {
  const pieces = sumQuantities(lines.map(({ quantity }) => quantity));
  return `${count(pieces, "piece")} of ${count(lines.length, "line")}`;
}

/** "1 line", "2 lines". */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

/** What WooCommerce, or this shop, cannot do. */
export function cannot(message: string): GatewayError {
  return new GatewayError("CAPABILITY_NOT_SUPPORTED", message);
}
