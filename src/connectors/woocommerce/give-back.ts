import Big from "big.js";
import { minorDigits } from "../../domain/money.js";
import { minus, sum } from "../amount.js";
import { decimalsOf, shareOut } from "./amount.js";
import type { OrderPayload, RefundPayload } from "./payload.js";
import type { OrderRecords } from "./read.js";
import { refundedItem } from "./refund.js";

/** An item of an order as far as its amounts go: net, tax in all, and tax by rate. */
type Item = Pick<OrderPayload["shipping_lines"][number], "id" | "total" | "total_tax" | "taxes">;

/** An item of the request for a refund. Amounts are text, which WooCommerce takes as numbers without rounding. */
export interface RefundItem {
  id: number;
  quantity?: number;
  refund_total: string;
  refund_tax: { id: number; refund_total: string }[];
}

/**
 * Splits an amount with tax into net and taxes by what is left of the item, so that several refunds of one item give back
 * exactly its net amount and exactly each of its taxes. An amount beyond what is left is split as the item was.
 */
export function refundItem(
  { item, quantity, amount }: { item: Item; quantity: number; amount: string },
  { order, refunds }: Pick<OrderRecords, "order" | "refunds">,
  siteDecimals: number | null,
): RefundItem {
  const minor = minorDigits(order.currency);
  const usual = Math.min(minor, siteDecimals ?? minor);
  const taxes = shownTaxes(item, usual);
  const before = givenBack(item.id, refunds);
  const left = [
    ...taxes.map((tax) => minus(tax.total, before.taxes.get(tax.id) ?? "0")),
    minus(item.total, before.net),
  ].map((part) => (Big(part).lt(0) ? "0" : part));
  const whole = [...taxes.map((tax) => tax.total), item.total];
  const weights = Big(sum(left)).gte(amount) ? left : whole;
  const decimals = Math.max(usual, ...[amount, ...weights].map(decimalsOf));
  const parts = shareOut(amount, weights, decimals);
  return {
    id: Number(item.id),
    ...(quantity > 0 ? { quantity } : {}),
    refund_total: parts.at(-1) ?? "0",
    refund_tax: taxes
      .map((tax, at) => ({ id: Number(tax.id), refund_total: parts[at] ?? "0" }))
      .filter((tax) => !Big(tax.refund_total).eq(0)),
  };
}

/**
 * An item's taxes by rate as its tax in all says them: 9.9.5 shows the single ones unrounded ("2.0625" of a tax of "2.06"),
 * so that parts of them would add up to more than was paid.
 */
function shownTaxes({ taxes, total_tax }: Item, decimals: number): Item["taxes"] {
  const rates = taxes.map(({ total }) => total);
  if (Big(sum(rates)).eq(total_tax)) return taxes;
  const shares = shareOut(total_tax, rates, Math.max(decimals, decimalsOf(total_tax)));
  return taxes.map((tax, at) => ({ ...tax, total: shares[at] ?? "0" }));
}

/** What of an order's item was given back so far, without signs. */
export function givenBack(itemId: string, refunds: readonly RefundPayload[]): GivenBack {
  const items = refunds
    .flatMap((refund) => [...refund.line_items, ...refund.shipping_lines, ...refund.fee_lines])
    .filter((item) => refundedItem(item) === itemId);
  const taxes = new Map<string, string>();
  for (const { id, total } of items.flatMap((item) => item.taxes))
    taxes.set(id, minus(taxes.get(id) ?? "0", total));
  return {
    net: minus("0", sum(items.map((item) => item.total))),
    gross: minus("0", sum(items.flatMap((item) => [item.total, item.total_tax]))),
    taxes,
  };
}
interface GivenBack {
  net: string;
  gross: string;
  /** By the id of the rate. */
  taxes: ReadonlyMap<string, string>;
}
