import { minus, sum } from "../amount.js";
import { isNothing, lesser, portion } from "./amount.js";
import type { OrderPayload, RefundPayload } from "./payload.js";
import { isDeclined } from "./record.js";

/**
 * Something beside the goods that was charged for and can be given back by amount: shipping and handling of an address,
 * or a fee. A refund names such amounts as the store enters prices (before tax, unless prices include it) and puts the
 * tax on top itself.
 */
export interface Charge {
  type: "SHIPPING" | "HANDLING" | "FEE";
  /** Of the address, or of the fee. */
  id: string;
  net: string;
  gross: string;
}

/** Shipping and handling of each address, as far as they cost something. */
export function shippingChargesOf({ consignments }: OrderPayload): Charge[] {
  return consignments.shipping
    .flatMap((it): Charge[] => [
      { type: "SHIPPING", id: it.id, net: it.cost_ex_tax, gross: it.cost_inc_tax },
      {
        type: "HANDLING",
        id: it.id,
        net: it.handling_cost_ex_tax,
        gross: it.handling_cost_inc_tax,
      },
    ])
    .filter(({ gross }) => !isNothing(gross));
}

/** Fees by their ids. */
export function feeChargesOf({ fees }: OrderPayload): Charge[] {
  return fees.map((fee) => ({
    type: "FEE",
    id: fee.id,
    net: fee.cost_ex_tax ?? fee.cost_exc_tax ?? minus(fee.cost_inc_tax, fee.cost_tax),
    gross: fee.cost_inc_tax,
  }));
}

/** What a refund calls an amount of a charge that has its tax in it. The whole of it is never rounded. */
export function enteredOf(charge: Charge, gross: string, order: OrderPayload): string {
  if (order.is_tax_inclusive_pricing) return gross;
  if (isNothing(minus(gross, charge.gross))) return charge.net;
  return portion(gross, charge.net, charge.gross, order.default_currency_code);
}

/** What an amount of a charge, as a refund names it, comes to with its tax. */
export function grossOf(charge: Charge, entered: string, order: OrderPayload): string {
  if (order.is_tax_inclusive_pricing || isNothing(charge.net)) return entered;
  if (isNothing(minus(entered, charge.net))) return charge.gross;
  return portion(entered, charge.gross, charge.net, order.default_currency_code);
}

/** What earlier refunds left of a charge, tax included; refunds that were declined took nothing. */
export function leftOf(
  charge: Charge,
  order: OrderPayload,
  refunds: readonly RefundPayload[],
): string {
  const entered = refunds
    .filter((refund) => !isDeclined(refund))
    .flatMap(({ items }) => items)
    .filter((item) => item.item_type === charge.type && item.item_id === charge.id)
    .map((item) => item.requested_amount ?? "0");
  const given = entered.map((amount) => grossOf(charge, amount, order));
  return minus(charge.gross, lesser(charge.gross, sum(given)));
}
