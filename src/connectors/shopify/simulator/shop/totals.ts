import { decimalsOf, fromMinor, share, toMinor } from "../../../simulator/money.js";
import { shopCurrency } from "./shop.js";
import type { Bag, Line, Order, RefundLine, Tax } from "./state.js";

/** No money in either currency. */
export const nothing: Bag = { shop: 0, presentment: 0 };

/** The sum of amounts. */
export function sum(bags: Iterable<Bag>): Bag {
  const total = { ...nothing };
  for (const { shop, presentment } of bags) {
    total.shop += shop;
    total.presentment += presentment;
  }
  return total;
}

const negative = ({ shop, presentment }: Bag): Bag => ({
  shop: 0 - shop,
  presentment: 0 - presentment,
});

export const minus = (from: Bag, ...less: Bag[]): Bag => sum([from, negative(sum(less))]);

const times = ({ shop, presentment }: Bag, factor: number): Bag => ({
  shop: shop * factor,
  presentment: presentment * factor,
});

/** `part` of `whole` units of an amount, rounded to minor units in each currency. */
export const portion = ({ shop, presentment }: Bag, part: number, whole: number): Bag =>
  whole === 0
    ? nothing
    : { shop: share(shop, part, whole), presentment: share(presentment, part, whole) };

/** Reads a decimal string of the customer's currency as an amount in both, at the order's own rate. */
export function bagFrom(order: Order, presentment: string): Bag {
  const minor = toMinor(presentment, decimals(order.currency));
  const total = placedTotals(order).total;
  const rated = total.presentment === 0 ? minor : share(minor, total.shop, total.presentment);
  return { shop: order.currency === shopCurrency ? minor : rated, presentment: minor };
}

export function decimals(currency: string): number {
  const known = decimalsOf[currency];
  if (known === undefined) throw new RangeError(`this shop does not sell in "${currency}"`);
  return known;
}

/** "12.50" as written in webhooks: with all the decimals of the currency. */
export const plain = (minor: number, currency: string): string =>
  fromMinor(minor, decimals(currency));

/** "12.5", "10.0": the Decimal scalar drops zeros at the end and keeps at least one decimal. */
export function decimal(minor: number, currency: string): string {
  const [whole, fraction = ""] = plain(minor, currency).split(".");
  return `${whole}.${fraction.replace(/0+$/, "") || "0"}`;
}

export const lineTotal = (line: Line): Bag => times(line.unitPrice, line.quantity);
const lineDiscount = (line: Line): Bag => sum(line.allocations.map(({ amount }) => amount));
export const taxOf = (taxed: { taxes: Tax[] }): Bag => sum(taxed.taxes.map(({ amount }) => amount));
export const lineNet = (line: Line): Bag => minus(lineTotal(line), lineDiscount(line));

/** Every refund line of one order line. */
const refundedOf = (order: Order, line: Line): RefundLine[] =>
  order.refunds.flatMap(({ lines }) => lines.filter(({ lineId }) => lineId === line.id));

/** Units that were neither edited away nor refunded. */
export function currentQuantity(order: Order, line: Line): number {
  const refunded = refundedOf(order, line).reduce((units, { quantity }) => units + quantity, 0);
  return line.quantity - line.removed - refunded;
}

export interface Totals {
  subtotal: Bag;
  discounts: Bag;
  shipping: Bag;
  tax: Bag;
  total: Bag;
}

/** What the order came to when it was placed; what is sent in exchange came later. */
export function placedTotals(order: Order): Totals {
  const lines = order.lines.filter(({ exchangedIn }) => exchangedIn === undefined);
  const shipping = order.shippingLines.map((each) =>
    minus(each.price, sum(each.allocations.map(({ amount }) => amount))),
  );
  return totals(order, {
    subtotal: sum(lines.map(lineNet)),
    discounts: sum(
      [...lines, ...order.shippingLines].flatMap(({ allocations }) =>
        allocations.map(({ amount }) => amount),
      ),
    ),
    shipping: sum(shipping),
    tax: sum([...lines, ...order.shippingLines].map(taxOf)),
  });
}

/** What the order comes to after its edits, exchanges and refunds. */
export function currentTotals(order: Order): Totals {
  const placed = placedTotals(order);
  const left = order.lines.map((line) => ({
    line,
    units: currentQuantity(order, line),
    of: line.quantity,
  }));
  const part = (pick: (line: Line) => Bag): Bag =>
    sum(left.map(({ line, units, of }) => portion(pick(line), units, of)));
  const shippingBack = order.refunds.flatMap(({ shipping }) => shipping);
  const shippingTax = sum(order.shippingLines.map(taxOf));
  const current = totals(order, {
    subtotal: part(lineNet),
    discounts: minus(
      placed.discounts,
      minus(sum(order.lines.map(lineDiscount)), part(lineDiscount)),
    ),
    shipping: minus(placed.shipping, sum(shippingBack.map(({ amount }) => amount))),
    tax: minus(sum([part(taxOf), shippingTax]), sum(shippingBack.map(({ tax }) => tax))),
  });
  const beside = order.refunds.flatMap(({ adjustments }) =>
    adjustments.map(({ amount }) => amount),
  );
  return { ...current, total: sum([current.total, ...beside]) };
}

export interface Payments {
  received: Bag;
  refunded: Bag;
  /** Authorised and not yet captured. */
  authorized: Bag;
}

/** What has really been paid, paid back and authorised. */
export function payments(order: Order): Payments {
  const succeeded = (...kinds: string[]): Bag =>
    sum(
      order.transactions
        .filter(({ status, kind }) => status === "SUCCESS" && kinds.includes(kind))
        .map(({ amount }) => amount),
    );
  return {
    received: succeeded("SALE", "CAPTURE"),
    refunded: succeeded("REFUND"),
    authorized: minus(succeeded("AUTHORIZATION"), succeeded("CAPTURE", "VOID")),
  };
}

/** What is still owed, below zero where the shop owes. */
export function outstanding(order: Order): Bag {
  const { received, refunded } = payments(order);
  return minus(currentTotals(order).total, minus(received, refunded));
}

function totals(order: Order, parts: Omit<Totals, "total">): Totals {
  const tax = order.taxesIncluded ? nothing : parts.tax;
  return { ...parts, total: sum([parts.subtotal, parts.shipping, tax]) };
}
