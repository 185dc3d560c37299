import { addBags, isZero, type MoneyBag, subtractBags, zeroBag } from "../../domain/money.js";
import type { HeadTotals } from "../../domain/order.js";
import { bag, bagOrNull, sumBags } from "./bag.js";
import type { RefundFragment, TransactionFragment } from "./payload.js";
import type { OrderTold } from "./told.js";
import { refundAmount } from "./translate-refund.js";

/**
 * The amounts of an order. Shopify tells each amount twice: as placed (`total…`), which edits do not move,
 * and current (`currentTotal…`), which edits and refunds both lower. We want it after edits with refunds not
 * taken off, so what refunds took is added back to the current amount: to the total the money that went
 * back, to lines and tax the refunded lines. A refund record that moved no money stays taken off, since
 * the customer owes that much less. A cancellation refunds every unit whether money moves or not; there
 * the total as placed says what the order was about.
 */
export function translateTotals(order: OrderTold): HeadTotals {
  const current = bag(order.currentTotalPriceSet);
  const canceled = order.cancelledAt !== null;
  const back = order.refunds.filter((refund) => canceled || movesMoney(refund));
  const lines = back.flatMap((refund) => refund.refundLineItems.nodes);
  const shipping = back.flatMap((refund) => refund.refundShippingLines.nodes);
  const taxes = [
    order.currentTotalTaxSet,
    ...lines.map((line) => line.totalTaxSet),
    ...shipping.map((line) => line.taxAmountSet),
  ];
  return {
    original: bag(order.originalTotalPriceSet ?? order.totalPriceSet),
    subtotal: sumBags(
      [order.currentSubtotalPriceSet, ...lines.map((line) => line.subtotalSet)],
      current,
    ),
    shipping: sumBags(
      order.shippingLines.nodes.map((line) => line.discountedPriceSet),
      current,
    ),
    discounts: bag(
      order.edited
        ? order.currentTotalDiscountsSet
        : (order.totalDiscountsSet ?? order.currentTotalDiscountsSet),
    ),
    tax: sumBags(taxes, current),
    duties: bagOrNull(order.originalTotalDutiesSet),
    total: canceled
      ? bag(order.totalPriceSet)
      : [bag(order.totalRefundedSet), onItsWay(order.refunds, current)].reduce(addBags, current),
    authorized: order.totalReceivedSet && authorized(order.transactions, current),
    captured: bagOrNull(order.totalReceivedSet),
    refunded: bag(order.totalRefundedSet),
  };
}

/** What is authorised and neither captured nor voided. */
function authorized(transactions: TransactionFragment[], like: MoneyBag): MoneyBag {
  const succeeded = transactions.filter(({ status }) => status === "SUCCESS");
  const parents = new Map(
    succeeded
      .filter(({ kind }) => kind === "AUTHORIZATION" || kind === "EMV_AUTHORIZATION")
      .map((each) => [each.id, each]),
  );
  const ended = succeeded.filter(
    ({ kind, parentTransaction }) =>
      (kind === "CAPTURE" || kind === "VOID") && parents.has(parentTransaction?.id ?? ""),
  );
  const amounts = (list: Iterable<TransactionFragment>) =>
    sumBags(
      [...list].map(({ amountSet }) => amountSet),
      like,
    );
  const open = subtractBags(amounts(parents.values()), amounts(ended));
  return open.shop.amount.startsWith("-") ? zeroBag(like) : open;
}

/** Also money that is still on its way. */
function movesMoney(refund: RefundFragment): boolean {
  return !isZero(refundAmount(refund).shop);
}

/** What goes back and has not arrived, which Shopify does not count as refunded. */
function onItsWay(refunds: RefundFragment[], like: MoneyBag): MoneyBag {
  return refunds
    .map((refund) => subtractBags(refundAmount(refund), bag(refund.totalRefundedSet)))
    .reduce(addBags, zeroBag(like));
}
