import { nothing, portion, sum, sumCosts, times } from "./amounts.js";
import type { Cost, Line, Order, RefundItem } from "./state.js";

/** What an order comes to. Discounts are taken off what goods cost with tax. */
export interface Totals {
  subtotal: Cost;
  /** Tax on the goods after discounts. */
  subtotalTax: number;
  shipping: Cost;
  handling: Cost;
  wrapping: Cost;
  fees: Cost;
  /** Discounts of the merchant's own hand. */
  discount: number;
  couponDiscount: number;
  total: Cost;
  tax: number;
}

export const taxIn = ({ ex, inc }: Cost): number => inc - ex;

export const lineTotal = ({ price, quantity }: Line): Cost => times(price, quantity);

/** What a line costs with tax after its discounts. */
export const discountedTotal = (line: Line): number =>
  lineTotal(line).inc - sum(line.discounts.map(({ amount }) => amount));

/** Tax on a line after its discounts. */
export function lineTax(order: Order, line: Line): number {
  const total = lineTotal(line);
  const discounted = discountedTotal(line);
  if (discounted === total.inc) return taxIn(total);
  return portion(taxIn(total), discounted, total.inc, order.currency);
}

/**
 * Adds an order up, as the published example does: total with tax = goods + shipping − discounts, total tax =
 * tax on discounted goods + tax on the rest, total without tax = the difference.
 */
export function totalsOf(order: Order): Totals {
  const { lines, destinations } = order;
  const subtotal = sumCosts(lines.map(lineTotal));
  const subtotalTax = sum(lines.map((line) => lineTax(order, line)));
  const shipping = sumCosts(destinations.map((each) => each.shipping));
  const handling = sumCosts(destinations.map((each) => each.handling));
  const wrapping = sumCosts(lines.map((line) => line.wrapping?.cost ?? nothing));
  const fees = sumCosts(order.fees.map(({ cost }) => cost));
  const discounts = lines.flatMap((line) => line.discounts);
  const discount = sum(discounts.filter(({ code }) => code === null).map(({ amount }) => amount));
  const couponDiscount = sum(
    discounts.filter(({ code }) => code !== null).map(({ amount }) => amount),
  );
  const extras = sumCosts([shipping, handling, wrapping, fees]);
  const inc = subtotal.inc + extras.inc - discount - couponDiscount;
  const tax = subtotalTax + taxIn(extras);
  return {
    subtotal,
    subtotalTax,
    shipping,
    handling,
    wrapping,
    fees,
    discount,
    couponDiscount,
    total: { ex: inc - tax, inc },
    tax,
  };
}

/** Units of a line that shipments hold. */
export const shippedQuantity = ({ shipments }: Order, lineId: number): number =>
  sum(
    shipments.flatMap(({ items }) =>
      items.filter((item) => item.lineId === lineId).map(({ quantity }) => quantity),
    ),
  );

/** Units of a line that refunds name. */
export const refundedQuantity = (order: Order, lineId: number): number =>
  sum(
    refundedItems(order)
      .filter(({ type, itemId }) => type === "PRODUCT" && itemId === lineId)
      .map(({ quantity }) => quantity),
  );

/** What refunds name; one whose payments were all declined gave nothing back. */
export const refundedItems = ({ refunds }: Order): RefundItem[] =>
  refunds
    .filter(({ payments }) => payments.some(({ declined }) => declined === undefined))
    .flatMap(({ items }) => items);

/** The line of an order with this id; undefined where it has none. */
export const lineOf = ({ lines }: Order, id: number): Line | undefined =>
  lines.find((line) => line.id === id);
