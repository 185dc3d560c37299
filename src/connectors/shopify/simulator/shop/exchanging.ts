import { fulfillmentOrderNews } from "../webhooks/news.js";
import { lineOf, taxesOn } from "./placing.js";
import { route } from "./routing.js";
import type { News, Shop } from "./shop.js";
import type { ExchangeLine, Line, Order, Return } from "./state.js";
import { lineNet } from "./totals.js";

/** How many pieces of what is sent instead. */
export interface Exchanging {
  line: ExchangeLine;
  quantity: number;
}

/** What is to be sent instead of what comes back; the order holds it once it is processed. Was checked before. */
export function openExchanges(
  shop: Shop,
  order: Order,
  given: { variantId: string; quantity: number }[],
): ExchangeLine[] {
  return given.map((each) => ({
    ...each,
    id: shop.mint("ExchangeLineItem", order),
    processed: 0,
    lineIds: [],
  }));
}

/** All of it that the order does not hold yet. */
export const unsent = ({ exchanges }: Return): Exchanging[] =>
  exchanges
    .map((line) => ({ line, quantity: line.quantity - line.processed }))
    .filter(({ quantity }) => quantity > 0);

/** Puts goods into the order as lines of their own, at the price of today, and opens the work of shipping them. */
export function exchange(shop: Shop, order: Order, row: Return, given: Exchanging[]): News[] {
  const lines = given.map(({ line, quantity }): Line => {
    const sku = shop.variant(line.variantId)?.sku ?? "";
    const added = { ...lineOf(shop, order, { sku, quantity }), exchangedIn: row.id };
    const { countryCode } = order.shippingAddress ?? order.billingAddress ?? {};
    added.taxes = taxesOn(order, countryCode ?? "", lineNet(added));
    line.processed += quantity;
    line.lineIds.push(added.id);
    return added;
  });
  order.lines.push(...lines);
  return route(shop, order, lines, null).map((work) =>
    fulfillmentOrderNews("FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE", work),
  );
}
