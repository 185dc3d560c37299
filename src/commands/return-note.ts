import { nextReturnName } from "../domain/apply-made.js";
import type { Command } from "../domain/command.js";
import type { Order } from "../domain/order.js";

/**
 * What a shop's staff reads of a return that the gateway keeps: "Return #1001-R1 agreed: 2 × SKU-1 (DEFECTIVE)". Null
 * where nothing is worth a note. Names no person and nothing that the customer said. `returnId` is that of a return made
 * by the command, null while it is only planned.
 */
export function returnNote(command: Command, order: Order, returnId: string | null): string | null {
  if (command.type === "RETURN_CREATE") {
    const name = nameOf(order, returnId) ?? nextReturnName(order);
    const lines = command.lines.map(
      ({ lineId, quantity, reason }) => `${quantity} × ${goodsOf(order, lineId)} (${reason})`,
    );
    return `Return ${name} ${command.requested ? "asked for" : "agreed"}: ${lines.join(", ")}`;
  }
  if (command.type !== "RETURN_RECEIVE") return null;
  const lines = command.lines.flatMap(({ lineId, received, rejected, disposition }) => {
    const goods = goodsOf(order, lineId);
    return [
      ...(received > 0 ? [`${received} × ${goods} (${disposition})`] : []),
      ...(rejected > 0 ? [`${rejected} × ${goods} (not taken)`] : []),
    ];
  });
  return `Return ${nameOf(order, command.returnId)} received: ${lines.join(", ")}`;
}

function nameOf(order: Order, id: string | null): string | null {
  return order.returns.find((row) => row.id === id)?.name ?? null;
}

function goodsOf(order: Order, lineId: string): string {
  const line = order.lines.find((row) => row.id === lineId);
  return line?.sku ?? line?.name ?? lineId;
}
