import { mostRefundable, payingBack, reckon, shippingLeft } from "../shop/refunding.js";
import { gid, idOf } from "../shop/shop.js";
import type { Order, Return } from "../shop/state.js";
import { bagFrom, nothing } from "../shop/totals.js";
import { lineOf } from "../webhooks/payload-parts.js";
import { notKept } from "./asking.js";
import { moneyBag, type Node } from "./nodes.js";
import { transactionNode } from "./refund-nodes.js";

export interface OutcomeArguments {
  returnLineItems: { id: string; quantity: number }[];
  exchangeLineItems: unknown[];
  refundShipping?: {
    fullRefund?: boolean | null;
    shippingRefundAmount?: { amount: string } | null;
  } | null;
}

/** How much money should move when these pieces of a return are processed. */
export function outcomeNode(order: Order, row: Return, given: OutcomeArguments): Node {
  if (given.exchangeLineItems.length > 0) throw notKept("exchanges");
  const lines = given.returnLineItems.flatMap(({ id, quantity }) => {
    const own = row.lines.find((line) => line.id === idOf("ReturnLineItem", id));
    return own
      ? [
          {
            line: lineOf(order, own.lineId),
            quantity,
            restock: "NO_RESTOCK" as const,
            locationId: null,
          },
        ]
      : [];
  });
  const { subtotal, tax, total } = reckon(order, lines, shippingOf(order, given.refundShipping));
  const money = payingBack(order, total);
  return {
    discountedSubtotal: moneyBag(order, subtotal),
    totalTax: moneyBag(order, tax),
    maximumRefundable: moneyBag(order, mostRefundable(order)),
    financialTransfer: {
      __typename: "RefundReturnOutcome",
      amount: moneyBag(order, total),
      suggestedTransactions: money.map(({ parent, amount }) => ({
        kind: "SUGGESTED_REFUND",
        gateway: parent.gateway,
        parentTransaction: {
          ...transactionNode(order, parent),
          id: gid("OrderTransaction", parent.id),
        },
        amountSet: moneyBag(order, amount),
        maximumRefundableSet: moneyBag(order, parent.amount),
      })),
    },
  };
}

/** How much of the shipping is to go back, before tax. */
export function shippingOf(order: Order, given: OutcomeArguments["refundShipping"]) {
  const amount = given?.shippingRefundAmount?.amount;
  if (amount) return bagFrom(order, amount);
  return given?.fullRefund ? shippingLeft(order) : nothing;
}
