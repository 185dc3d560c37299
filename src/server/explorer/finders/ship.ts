import type { Candidate } from "../fill.js";
import { freshKey, freshTrackingNumber } from "../fresh.js";
import { type Line, nameOf, type Order, onePiece } from "./order.js";

/** What candidates/ship.graphql answers. */
interface Data {
  orders: { nodes: (Order & { lines: { nodes: OpenLine[] } })[] };
}
type OpenLine = Line<"fulfillable"> & { requiresShipping: boolean };

/** One piece of an order that waits to be shipped; orders of which the most remains first, so that it is a part. */
export function partsToShip({ orders }: Data): Candidate[] {
  return orders.nodes
    .flatMap(({ lines, ...order }) => {
      const open = lines.nodes.filter((line) => line.requiresShipping && leftOf(line) > 0);
      const left = open.reduce((sum, line) => sum + leftOf(line), 0);
      return open.slice(0, 1).map((line) => ({ order, line, left }));
    })
    .sort((one, other) => other.left - one.left)
    .map(({ order, line, left }) => shipmentOf(order, line, left));
}

const leftOf = ({ quantities }: OpenLine) => quantities.fulfillable;

function shipmentOf(order: Order, line: OpenLine, left: number): Candidate {
  const quantity = onePiece(leftOf(line));
  return {
    about: `Ships ${quantity} × ${line.name} of the ${left} pieces that wait in ${nameOf(order)}.`,
    variables: {
      input: {
        orderId: order.id,
        lines: [{ lineId: line.id, quantity }],
        packages: [{ tracking: { number: freshTrackingNumber(), carrier: "DHL" } }],
      },
      options: { idempotencyKey: freshKey("ship"), waitUntil: "SUCCEEDED" },
    },
  };
}
