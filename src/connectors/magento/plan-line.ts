import { GatewayError, InvalidInput } from "../../domain/errors.js";
import type { Order, OrderLine } from "../../domain/order.js";
import { present } from "../../domain/part.js";

/** A line of the order by our id; throws InvalidInput where there is none. */
export function lineOf(lineId: string, order: Order): OrderLine {
  const line = present(order.lines).find(({ id }) => id === lineId);
  if (!line) throw new InvalidInput(`order ${order.id} has no line ${lineId}`, ["lines"]);
  return line;
}

/** The shop's id of a line's row. */
export function nativeIdOf(line: OrderLine): string {
  if (line.nativeId === null)
    throw new InvalidInput(`line ${line.id} is not known to the shop`, ["lines"]);
  return line.nativeId;
}

/** "2 lines" */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

/** What this shop does not do at all. */
export function cannot(message: string): GatewayError {
  return new GatewayError("CAPABILITY_NOT_SUPPORTED", message);
}
