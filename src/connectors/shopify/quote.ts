import type { Quote, QuoteAsked } from "../../domain/channel.js";
import { ChannelError } from "../../domain/errors.js";
import { addBags, compareMoney, type MoneyBag, zeroBag } from "../../domain/money.js";
import type { Order } from "../../domain/order.js";
import { bag } from "./bag.js";
import { suggestedRefund } from "./operations-refund.js";
import { checkWhole, nativeLineId } from "./plan-step.js";
import type { Reader } from "./read.js";

/** What Shopify itself suggests to pay back for these pieces and the rest of the shipping. Throws ChannelError, and InvalidInput for what cannot be priced. */
export async function quoteRefund(
  { client }: Reader,
  order: Order,
  asked: QuoteAsked,
  signal?: AbortSignal,
): Promise<Quote> {
  checkWhole(asked.lines, "refunded");
  const lines = asked.lines.map(({ lineId, quantity }) => ({
    lineItemId: nativeLineId(order, lineId),
    quantity,
    // Prices are the same whether the pieces go back to the stock or not.
    restockType: "NO_RESTOCK",
  }));
  const variables = { id: order.nativeId, lines, shipping: asked.shipping };
  const { order: told } = await client.call(suggestedRefund, variables, signal);
  const suggested = told?.suggestedRefund;
  if (!told || !suggested)
    throw new ChannelError("NOT_FOUND", `Shopify has no ${order.nativeId} to price a refund of`, {
      mayHaveHappened: false,
    });
  const { taxesIncluded } = told;
  const gross = (net: MoneyBag, tax: MoneyBag) => (taxesIncluded ? net : addBags(net, tax));
  const maximum = bag(suggested.maximumRefundableSet);
  const zero = zeroBag(maximum);
  const priced = asked.lines.map(({ lineId, quantity }, place) => {
    const rows = suggested.refundLineItems.filter(
      ({ lineItem }) => lineItem.id === lines[place]?.lineItemId,
    );
    const amounts = rows.map((row) => gross(bag(row.subtotalSet), bag(row.totalTaxSet)));
    return { lineId, quantity, amount: amounts.reduce(addBags, zero) };
  });
  const { shipping } = suggested;
  const shippingMaximum = asked.shipping
    ? gross(bag(shipping.maximumRefundableSet), bag(shipping.taxSet))
    : zero;
  const sum = priced.map(({ amount }) => amount).reduce(addBags, shippingMaximum);
  const short = compareMoney(sum.presentment, maximum.presentment) > 0;
  return {
    maximum,
    lines: priced,
    shippingMaximum,
    exact: true,
    warnings: short ? ["these pieces come to more than the order's payments still hold"] : [],
  };
}
