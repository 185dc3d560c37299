import type { MoneyBag } from "../../domain/money.js";
import type { RefundFacts, RefundLine } from "../../domain/refund.js";
import type { Native } from "../../domain/snapshot.js";
import type { Instant } from "../../domain/time.js";
import { type Amounts, share, sum } from "./amount.js";
import { momentOf } from "./clock.js";
import { feeLineId, WRAPPING } from "./line.js";
import { type OrderPayload, productsOf, type RefundPayload } from "./payload.js";

/** Whether money went back, or is on its way: a refund all of whose payments were declined gave nothing. */
export function isDeclined({ payments }: RefundPayload): boolean {
  return payments.length > 0 && payments.every((payment) => payment.is_declined === true);
}

/**
 * A refund of v3, in the order's transactional currency, which it does not name. Fees and wrapping count as amounts
 * without a quantity; amounts against the order as a whole belong to no line. Whether goods went back to stock or never
 * left is not said.
 */
export function translateRefund(
  refund: RefundPayload,
  order: OrderPayload,
  amounts: Amounts,
): Native<RefundFacts> {
  return {
    nativeId: refund.id,
    status: isDeclined(refund) ? "FAILED" : "SUCCEEDED",
    amount: amounts.bag(refund.total_amount),
    lines: refund.items.flatMap((item) => lineOf(item, order, amounts)),
    shipping: shippingOf(refund, amounts),
    reason: refund.reason,
    createdAt: momentOf(refund.created) as Instant,
    returnId: null,
    marker: null,
  };
}

type RefundItem = RefundPayload["items"][number];

function lineOf(item: RefundItem, order: OrderPayload, amounts: Amounts): RefundLine[] {
  const row = (lineId: string, quantity: number, amount: string): RefundLine[] => [
    { lineId, quantity, amount: amounts.bag(amount), restocked: null, cancels: false },
  ];
  const asked = item.requested_amount ?? null;
  if (item.item_type === "PRODUCT") {
    const product = productsOf(order).find((it) => it.id === item.item_id);
    const quantity = item.quantity ?? 0;
    if (!product) return [];
    const whole = product.discounted_total_inc_tax ?? product.total_inc_tax;
    return row(product.id, quantity, asked ?? share(whole, quantity, product.quantity));
  }
  if (item.item_type === "FEE" && order.fees.some((fee) => fee.id === item.item_id))
    return row(feeLineId(item.item_id ?? ""), 0, asked ?? "0");
  if (item.item_type === "GIFT_WRAPPING" && Number(order.wrapping_cost_inc_tax) !== 0)
    return row(WRAPPING, 0, asked ?? "0");
  return [];
}

function shippingOf({ items }: RefundPayload, amounts: Amounts): MoneyBag | null {
  const parts = items.filter(
    ({ item_type }) => item_type === "SHIPPING" || item_type === "HANDLING",
  );
  if (parts.length === 0) return null;
  return amounts.bag(sum(parts.map((item) => item.requested_amount ?? "0")));
}
