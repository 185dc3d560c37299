import { GatewayError, InvalidInput, NotFound } from "../domain/errors.js";
import type { Fulfillment } from "../domain/fulfillment.js";
import type { Order, OrderLine } from "../domain/order.js";
import { present } from "../domain/part.js";

/** A line of the order by our id, which the shop knows by its own. Throws InvalidInput at `path` where there is none. */
export function lineOf(
  lineId: string,
  order: Order,
  path: string[] = ["lines"],
): OrderLine & { nativeId: string } {
  const line = present(order.lines).find(({ id }) => id === lineId);
  if (!line) throw new InvalidInput(`order ${order.id} has no line ${lineId}`, path);
  const { nativeId } = line;
  if (nativeId === null) throw new InvalidInput(`line ${lineId} is not known to the shop`, path);
  return { ...line, nativeId };
}

/** The same wishes by the shop's ids of lines. Throws InvalidInput, naming a line that the order does not have. */
export function nativeLines<Wish extends { lineId: string }>(
  lines: readonly Wish[],
  order: Order,
): Wish[] {
  return lines.map((wish) => ({ ...wish, lineId: lineOf(wish.lineId, order).nativeId }));
}

/** A shipment of the order by our id. Throws NotFound. */
export function shipmentOf(id: string, order: Order): Fulfillment {
  const shipment = present(order.fulfillments).find((it) => it.id === id);
  if (!shipment) throw new NotFound("fulfillment", id);
  return shipment;
}

/** The shop's id of something that a command may have made just now. Throws COMMAND_IN_FLIGHT until the shop told it. */
export function reportedId(
  noun: "fulfillment" | "return",
  { id, nativeId }: { id: string; nativeId: string | null },
): string {
  if (nativeId !== null) return nativeId;
  throw new GatewayError("COMMAND_IN_FLIGHT", `the shop has not reported ${noun} ${id} yet`);
}
