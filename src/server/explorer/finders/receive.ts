import type { Candidate } from "../fill.js";
import { freshKey } from "../fresh.js";
import { leftOf, nameOf, type Order } from "./order.js";

/** What candidates/receive.graphql answers. */
interface Data {
  returns: { nodes: Awaited[] };
}
interface Awaited {
  id: string;
  name: string;
  order: Order;
  lines: {
    line: { id: string; name: string };
    approved: number;
    received: number;
    rejected: number;
  }[];
}

/** Returns of which something is still awaited, with all of it. */
export function returnsToReceive({ returns }: Data): Candidate[] {
  return returns.nodes.flatMap(({ id, name, order, lines }) => {
    const due = lines
      .map(({ line, approved, received, rejected }) => ({
        line,
        left: leftOf(approved, received, rejected),
      }))
      .filter(({ left }) => left > 0);
    if (due.length === 0) return [];
    const goods = due.map(({ line, left }) => `${left} × ${line.name}`).join(", ");
    return {
      about: `Return ${name} of ${nameOf(order)} arrives: ${goods}.`,
      variables: {
        returnId: id,
        lines: due.map(({ line, left }) => ({
          lineId: line.id,
          received: left,
          disposition: "RESTOCK",
        })),
        options: { idempotencyKey: freshKey("receive"), waitUntil: "SUCCEEDED" },
      },
    };
  });
}
