import type { Candidate } from "../fill.js";
import { freshKey } from "../fresh.js";
import { type Line, leftOf, nameOf, type Order, onePiece } from "./order.js";

/** What candidates/refund.graphql answers. */
interface Data {
  returns: { nodes: Received[] };
  orders: { nodes: (Order & { lines: { nodes: PaidLine[] } })[] };
}
interface Received {
  id: string;
  name: string;
  order: Order;
  refunds: { id: string }[];
  lines: { received: number }[];
}
type PaidLine = Line<"ordered" | "canceled" | "refunded">;

/** What came back and was not refunded first; then one piece of an order that was paid. */
export function moneyToRefund({ returns, orders }: Data): Candidate[] {
  return [...returns.nodes.flatMap(refundOfReturn), ...orders.nodes.flatMap(refundOfPiece)];
}

/** Without lines it is for all that came back. */
function refundOfReturn({ id, name, order, refunds, lines }: Received): Candidate[] {
  if (refunds.length > 0 || lines.every(({ received }) => received === 0)) return [];
  const about = `Gives back what return ${name} of ${nameOf(order)} cost.`;
  return [candidateOf(about, { orderId: order.id, returnId: id })];
}

function refundOfPiece({ lines, ...order }: Data["orders"]["nodes"][number]): Candidate[] {
  const left = lines.nodes.filter((line) => unpaidBack(line) > 0);
  return left.slice(0, 1).map((line) => {
    const quantity = onePiece(unpaidBack(line));
    const about = `Gives back what ${quantity} × ${line.name} of ${nameOf(order)} cost.`;
    return candidateOf(about, { orderId: order.id, lines: [{ lineId: line.id, quantity }] });
  });
}

const unpaidBack = ({ quantities: { ordered, canceled, refunded } }: PaidLine) =>
  leftOf(ordered, canceled, refunded);

function candidateOf(about: string, input: Record<string, unknown>): Candidate {
  const options = { idempotencyKey: freshKey("refund"), waitUntil: "SUCCEEDED" };
  return { about, variables: { input, options } };
}
