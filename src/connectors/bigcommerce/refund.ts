import type { MoneyBag } from "../../domain/money.js";
import type { RefundFacts, RefundLine } from "../../domain/refund.js";
import type { Native } from "../../domain/snapshot.js";
import type { Instant } from "../../domain/time.js";
import { type Amounts, minus, portion, sum } from "./amount.js";
import { feeChargesOf, grossOf, shippingChargesOf } from "./charge.js";
import { momentOf } from "./clock.js";
import { feeLineId, WRAPPING } from "./line.js";
import { markerIn, withoutMarkers } from "./marker.js";
import { type OrderPayload, productsOf, type RefundPayload } from "./payload.js";

/** Whether money went back, or is on its way: a refund all of whose payments were declined gave nothing. */
export function isDeclined({ payments }: RefundPayload): boolean {
  return payments.length > 0 && payments.every((payment) => payment.is_declined === true);
}

/** What a refund gave back, in the order's transactional currency: its payments that were declined gave nothing. */
export function amountOf(refund: RefundPayload): string {
  if (isDeclined(refund)) return "0";
  const { total_amount, payments } = refund;
  const declined = payments.filter((payment) => payment.is_declined === true);
  return minus(total_amount, sum(declined.map(({ amount }) => amount)));
}

/** The token of the step that made a refund: the reason bears it, which the store shows with the refund or with its items. */
export function refundMarker({ reason, items }: RefundPayload): string | null {
  return (
    [reason, ...items.map((item) => item.reason)].map(markerIn).find((it) => it !== null) ?? null
  );
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
  const reason = refund.reason ?? refund.items.find((item) => item.reason)?.reason ?? null;
  const declined = isDeclined(refund);
  return {
    nativeId: refund.id,
    status: declined ? "FAILED" : "SUCCEEDED",
    amount: amounts.bag(declined ? refund.total_amount : amountOf(refund)),
    lines: refund.items.flatMap((item) => lineOf(item, order, amounts)),
    shipping: shippingOf(refund, order, amounts),
    reason: withoutMarkers(reason),
    createdAt: momentOf(refund.created) as Instant,
    returnId: null,
    marker: refundMarker(refund),
  };
}

type RefundItem = RefundPayload["items"][number];

/** What was asked of a product is told before its tax, if at all; its share of what the line cost has it in. */
function lineOf(item: RefundItem, order: OrderPayload, amounts: Amounts): RefundLine[] {
  const row = (lineId: string, quantity: number, amount: string): RefundLine[] => [
    { lineId, quantity, amount: amounts.bag(amount), restocked: null, cancels: false },
  ];
  const asked = item.requested_amount ?? "0";
  if (item.item_type === "PRODUCT") {
    const product = productsOf(order).find((it) => it.id === item.item_id);
    const quantity = item.quantity ?? 0;
    if (!product) return [];
    const whole = product.discounted_total_inc_tax ?? product.total_inc_tax;
    const off = item.adjustments.map(({ amount }) => amount);
    const own = portion(
      whole,
      String(quantity),
      String(product.quantity),
      order.default_currency_code,
    );
    return row(product.id, quantity, sum([own, ...off]));
  }
  if (item.item_type === "FEE") {
    const fee = feeChargesOf(order).find(({ id }) => id === item.item_id);
    return fee ? row(feeLineId(fee.id), 0, grossOf(fee, asked, order)) : [];
  }
  if (item.item_type === "GIFT_WRAPPING" && Number(order.wrapping_cost_inc_tax) !== 0)
    return row(WRAPPING, 0, asked);
  return [];
}

function shippingOf(
  { items }: RefundPayload,
  order: OrderPayload,
  amounts: Amounts,
): MoneyBag | null {
  const parts = items.filter(
    ({ item_type }) => item_type === "SHIPPING" || item_type === "HANDLING",
  );
  if (parts.length === 0) return null;
  const charges = shippingChargesOf(order);
  const given = parts.map((item) => {
    const charge = charges.find(({ type, id }) => type === item.item_type && id === item.item_id);
    const entered = item.requested_amount ?? "0";
    return charge ? grossOf(charge, entered, order) : entered;
  });
  return amounts.bag(sum(given));
}
