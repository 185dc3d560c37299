import Big from "big.js";
import type { ItemPayload, OrderPayload } from "./payload.js";

/**
 * What Magento itself will make of a refund, in base currency, so that an adjustment can bring it to the amount that was
 * promised (Creditmemo\Item::calcRowTotal and the collectors under Creditmemo\Total, 2.4).
 */
export interface Reckoned {
  /** What the argument must say; Magento adds tax and takes discounts off by itself. */
  argument: Big;
  /** What it then comes to. */
  total: Big;
}

/** Magento rounds to two decimals in every currency (PriceCurrency). */
const DECIMALS = 2;

/** What so many pieces of a row come to: net, with tax, after discounts; the last ones take what rounding left. */
export function refundOfRow(row: ItemPayload, quantity: number): Big {
  const billed = Big(row.qty_invoiced);
  const left = billed.minus(row.qty_refunded);
  const part = (invoiced: string, refunded: string) => {
    const rest = Big(invoiced).minus(refunded);
    return left.eq(quantity) || left.lte(0) ? rest : rounded(rest.div(left).times(quantity));
  };
  const fixedTax = Big(row.qty_ordered).lte(0)
    ? Big(0)
    : rounded(Big(row.base_weee_tax_applied_row_amnt).div(row.qty_ordered).times(quantity));
  return part(row.base_row_invoiced, row.base_amount_refunded)
    .plus(part(row.base_tax_invoiced, row.base_tax_refunded))
    .plus(
      part(
        row.base_discount_tax_compensation_invoiced,
        row.base_discount_tax_compensation_refunded,
      ),
    )
    .minus(part(row.base_discount_invoiced, row.base_discount_refunded))
    .plus(fixedTax);
}

/**
 * Shipping to give back, of which `gross` is wanted with tax and after its discount. The argument is without either, as
 * Magento takes it unless the shop displays shipping with tax in its credit memos. Null where less than that is left.
 */
export function refundOfShipping(order: OrderPayload, gross: Big): Reckoned | null {
  const net = Big(order.base_shipping_amount);
  const leftNet = net.minus(order.base_shipping_refunded);
  const tax = Big(order.base_shipping_tax_amount);
  const saved = Big(order.base_shipping_discount_amount).minus(
    order.base_shipping_discount_tax_compensation_amnt,
  );
  if (gross.lte(0)) return { argument: Big(0), total: Big(0) };
  if (net.lte(0) || leftNet.lte(0)) return null;
  const share = (of: Big, argument: Big) => rounded(of.times(argument).div(net));
  const all = leftNet
    .minus(share(saved, leftNet))
    .plus(tax.minus(order.base_shipping_tax_refunded));
  if (gross.gt(all)) return null;
  if (gross.eq(all)) return { argument: leftNet, total: all };
  const argument = rounded(gross.times(net).div(net.minus(saved).plus(tax)));
  return {
    argument,
    total: argument.minus(share(saved, argument)).plus(share(tax, argument)),
  };
}

function rounded(amount: Big): Big {
  return amount.round(DECIMALS, Big.roundHalfUp);
}
