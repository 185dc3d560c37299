import type { Client } from "./client.js";
import { FIRST } from "./fragments.js";
import { manyDiscounts, manyOfRefund, manyShippingLines } from "./operations-more.js";
import type { OrderFragment, RefundFragment } from "./payload.js";

/**
 * Fetches the whole of those lists of an order that came full, into it. They are short in all but a few orders, and none
 * of them is worth pages with the order itself.
 */
export async function completeFullLists(
  order: OrderFragment,
  client: Client,
  signal?: AbortSignal,
): Promise<void> {
  const { id } = order;
  if (order.shippingLines.nodes.length >= FIRST.shippingLines)
    order.shippingLines =
      (await client.call(manyShippingLines, { id }, signal)).order?.shippingLines ??
      order.shippingLines;
  if (order.discountApplications.nodes.length >= FIRST.discounts)
    order.discountApplications =
      (await client.call(manyDiscounts, { id }, signal)).order?.discountApplications ??
      order.discountApplications;
  for (const refund of order.refunds) await completeRefund(refund, client, signal);
}

async function completeRefund(
  refund: RefundFragment,
  client: Client,
  signal?: AbortSignal,
): Promise<void> {
  const isFull =
    refund.refundShippingLines.nodes.length >= FIRST.refundShippingLines ||
    refund.transactions.nodes.length >= FIRST.refundTransactions;
  if (!isFull) return;
  const { refund: whole } = await client.call(manyOfRefund, { id: refund.id }, signal);
  if (whole) Object.assign(refund, whole);
}
