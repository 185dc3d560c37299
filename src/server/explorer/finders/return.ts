import type { Candidate } from "../fill.js";
import { freshKey } from "../fresh.js";
import { type Line, nameOf, type Order, onePiece } from "./order.js";

/** What candidates/return.graphql answers. */
interface Data {
  orders: { nodes: (Order & { lines: { nodes: SentLine[] } })[] };
}
type SentLine = Line<"returnable"> & { requiresShipping: boolean };

/** One piece of an order that left and is in no return yet. */
export function piecesToReturn({ orders }: Data): Candidate[] {
  return orders.nodes.flatMap(({ lines, ...order }) => {
    const left = lines.nodes.filter(
      ({ requiresShipping, quantities }) => requiresShipping && quantities.returnable > 0,
    );
    return left.slice(0, 1).map((line) => returnOf(order, line));
  });
}

function returnOf(order: Order, { id, name, quantities }: SentLine): Candidate {
  const quantity = onePiece(quantities.returnable);
  return {
    about: `${quantity} × ${name} of ${nameOf(order)} comes back.`,
    variables: {
      input: {
        orderId: order.id,
        lines: [{ lineId: id, quantity, reason: "UNWANTED" }],
      },
      options: { idempotencyKey: freshKey("return"), waitUntil: "SUCCEEDED" },
    },
  };
}
