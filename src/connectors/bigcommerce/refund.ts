import type { MoneyBag } from "../../domain/money.js";
import type { RefundFacts, RefundLine } from "../../domain/refund.js";
import type { Native } from "../../domain/snapshot.js";
import type { Instant } from "../../domain/time.js";
import { minus, sum } from "../amount.js";
import { markerIn, withoutMarkers } from "../marker.js";
import { type Amounts, compare, isNothing, portion } from "./amount.js";
import { feeChargesOf, grossOf, shippingChargesOf } from "./charge.js";
import { momentOf } from "./clock.js";
import { feeLineId, WRAPPING } from "./line.js";
import { type OrderPayload, productsOf, type RefundPayload } from "./payload.js";
import { isDeclined } from "./record.js";

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
 * A refund of v3, in the order's transactional currency, which it does not name. Fees and wrapping are lines of one
 * piece; amounts against the order as a whole belong to no line. Whether goods went back to stock or never
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
    lines: rowsOf(refund, order).map((row) => ({
      ...row,
      amount: amounts.bag(row.amount),
      restocked: null,
      cancels: false,
    })),
    shipping: shippingOf(refund, order, amounts),
    reason: withoutMarkers(reason),
    createdAt: momentOf(refund.created) as Instant,
    returnId: null,
    marker: refundMarker(refund),
  };
}

type RefundItem = RefundPayload["items"][number];
type Row = Pick<RefundLine, "lineId" | "quantity"> & { amount: string };

function rowsOf({ items }: RefundPayload, order: OrderPayload): Row[] {
  return [...items.flatMap((item) => rowOf(item, order) ?? []), ...wrappingRow(items, order)];
}

function rowOf(item: RefundItem, order: OrderPayload): Row | null {
  if (item.item_type === "PRODUCT") return productRow(item, order);
  if (item.item_type !== "FEE") return null;
  const fee = feeChargesOf(order).find(({ id }) => id === item.item_id);
  if (!fee) return null;
  const amount = grossOf(fee, item.requested_amount ?? "0", order);
  // A fee is one piece, which is refunded once all of its amount is.
  return { lineId: feeLineId(fee.id), quantity: compare(amount, fee.gross) < 0 ? 0 : 1, amount };
}

/** What was asked of a product is told before its tax, if at all; its share of what the line cost has it in. */
function productRow(item: RefundItem, order: OrderPayload): Row | null {
  const product = productsOf(order).find((it) => it.id === item.item_id);
  if (!product) return null;
  const quantity = item.quantity ?? 0;
  const whole = product.discounted_total_inc_tax ?? product.total_inc_tax;
  const { default_currency_code: currency } = order;
  const own = portion(whole, String(quantity), String(product.quantity), currency);
  const off = item.adjustments.map(({ amount }) => amount);
  return { lineId: product.id, quantity, amount: sum([own, ...off]) };
}

/** The wrapping of all goods is one line of one piece; the store names the goods whose wrapping was refunded. */
function wrappingRow(items: readonly RefundItem[], order: OrderPayload): Row[] {
  const given = items.filter(({ item_type }) => item_type === "GIFT_WRAPPING");
  if (given.length === 0 || isNothing(order.wrapping_cost_inc_tax)) return [];
  const count = (of: readonly { quantity?: number | null | undefined }[]) =>
    of.reduce((total, { quantity }) => total + (quantity ?? 0), 0);
  const wrapped = count(productsOf(order).filter((it) => it.wrapping_name !== null));
  const units = Math.min(count(given), wrapped);
  const { wrapping_cost_inc_tax: cost, default_currency_code: currency } = order;
  const amount = portion(cost, String(units), String(wrapped), currency);
  return [{ lineId: WRAPPING, quantity: units > 0 && units === wrapped ? 1 : 0, amount }];
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
