import Big from "big.js";
import {
  addMoney,
  compareMoney,
  isZero,
  type Money,
  minorDigits,
  money,
} from "../../domain/money.js";
import { bag } from "./bag.js";
import { refuse } from "./outcome.js";
import type { SuggestedRefundQuery } from "./payload.js";

type Basis = NonNullable<SuggestedRefundQuery["order"]>;

/** What is left of the shipping costs: as Shopify takes it, and with its tax, which it adds where prices are without. */
export function shippingLeft({ taxesIncluded, suggestedRefund }: Basis, zero: Money) {
  if (!suggestedRefund) return { net: zero, gross: zero };
  const { maximumRefundableSet, taxSet } = suggestedRefund.shipping;
  const net = bag(maximumRefundableSet).presentment;
  return { net, gross: taxesIncluded ? net : addMoney(net, bag(taxSet).presentment) };
}

/** So much of the shipping costs, tax included, in Shopify's words. Throws Refusal where less is left. */
export function shippingInput(
  gross: Money,
  left: { net: Money; gross: Money },
): { amount: string } | { fullRefund: true } {
  const order = compareMoney(gross, left.gross);
  if (order === 0) return { fullRefund: true };
  if (order > 0)
    throw refuse(
      "AMOUNT_EXCEEDS_REFUNDABLE",
      `${gross.amount} ${gross.currency} of the shipping are to go back, and ${left.gross.amount} are left of it`,
    );
  if (isZero(left.gross)) return { amount: gross.amount };
  const net = Big(gross.amount).times(left.net.amount).div(left.gross.amount);
  return { amount: money(net.toFixed(minorDigits(gross.currency)), gross.currency).amount };
}
