import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyLocal } from "../../src/domain/apply-local.js";
import {
  addBags,
  compareMoney,
  isZero,
  type MoneyBag,
  minorDigits,
  money,
  sameMoney,
} from "../../src/domain/money.js";
import type { Order } from "../../src/domain/order.js";
import { refundableOf } from "../../src/domain/quantities.js";
import { bagOf, quoteByFacts, refundableAmount } from "../../src/domain/quote.js";
import { shapeOrder } from "../../src/domain/shape.js";
import { at, head, line } from "../support/snapshots.js";
import { counting, orderWith, refund, refundPlanned } from "./arbitraries.js";

const CURRENCIES = ["EUR", "JPY", "KWD"] as const;
/** So many of the currency's smallest unit. */
const minor = (units: number, currency: string) =>
  sameMoney(
    Big(units)
      .div(Big(10).pow(minorDigits(currency)))
      .toFixed(),
    currency,
  );
const isWhole = ({ amount, currency }: MoneyBag["shop"]) =>
  Big(amount)
    .times(Big(10).pow(minorDigits(currency)))
    .mod(1)
    .eq(0);

const orderOf = (total: MoneyBag, ordered: number, changes: Partial<Order["head"]> = {}) => {
  const none = sameMoney("0", total.shop.currency);
  const { totals } = head();
  return orderWith({
    head: {
      totals: {
        ...totals,
        original: total,
        subtotal: total,
        shipping: none,
        discounts: none,
        tax: none,
        total,
        captured: total,
      },
      ...changes,
    },
    lines: [line("1", ordered, { total })],
  });
};
const quoteOf = (order: Order, ...pieces: number[]) =>
  quoteByFacts(order, shapeOrder(order), {
    lines: pieces.map((quantity) => ({
      lineId: order.lines[0]?.id as string,
      quantity,
      restock: false,
      locationId: null,
    })),
    shipping: true,
  });
const amountsOf = (order: Order, ...pieces: number[]) =>
  quoteOf(order, ...pieces).lines.map(({ amount }) => amount.shop.amount);

/** What was given back of the order so far: so many pieces for so much money each time. */
const withRefunds = (order: Order, given: { quantity: number; amount: MoneyBag }[]): Order => {
  const lineId = order.lines[0]?.id as string;
  const refunds = given.map(({ quantity, amount }, index) => ({
    ...refund(`r${index}`, {}, { amount }),
    lines: [{ lineId, quantity, amount, restocked: null, cancels: false }],
    id: `ref_${index}`,
    owner: "CHANNEL" as const,
    removedAt: null,
    commandId: null,
    stepIndex: null,
    sentAt: null,
  }));
  return { ...order, refunds };
};

const pieces = fc.integer({ min: 1, max: 60_000 }).map((n) => n / 10_000);
const sales = fc.record({
  currency: fc.constantFrom(...CURRENCIES),
  units: fc.integer({ min: 0, max: 20_000 }),
  ordered: fc.oneof(fc.integer({ min: 1, max: 7 }), pieces),
  parts: fc.array(fc.oneof(fc.integer({ min: 1, max: 3 }), pieces), {
    minLength: 1,
    maxLength: 5,
  }),
});

describe("a quote by the order's own amounts", () => {
  it("never gives back more than was paid for a line, piece by piece to the minor unit", () => {
    fc.assert(
      fc.property(sales, ({ currency, units, ordered, parts }) => {
        const total = minor(units, currency);
        const given: { quantity: number; amount: MoneyBag }[] = [];
        for (const part of parts) {
          const order = withRefunds(orderOf(total, ordered), given);
          const left = refundableOf(order).get(order.lines[0]?.id as string) ?? 0;
          const quantity = Math.min(part, left);
          if (quantity === 0) break;
          const amount = quoteOf(order, quantity).lines[0]?.amount as MoneyBag;
          expect(isWhole(amount.shop)).toBe(true);
          given.push({ quantity, amount });
        }
        const sum = given.map(({ amount }) => amount).reduce(addBags, minor(0, currency));
        expect(compareMoney(sum.shop, total.shop)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });

  it("gives back all that was paid once all pieces are given back", () => {
    fc.assert(
      fc.property(sales, ({ currency, units, ordered, parts }) => {
        const total = minor(units, currency);
        const given: { quantity: number; amount: MoneyBag }[] = [];
        for (const part of [...parts, ordered]) {
          const order = withRefunds(orderOf(total, ordered), given);
          const left = refundableOf(order).get(order.lines[0]?.id as string) ?? 0;
          const quantity = Math.min(part, left);
          if (quantity > 0)
            given.push({ quantity, amount: quoteOf(order, quantity).lines[0]?.amount as MoneyBag });
        }
        const sum = given.map(({ amount }) => amount).reduce(addBags, minor(0, currency));
        expect(compareMoney(sum.shop, total.shop)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it("comes to the same in one question that names a line several times", () => {
    fc.assert(
      fc.property(sales, ({ currency, units, ordered, parts }) => {
        const order = orderOf(minor(units, currency), ordered);
        const amounts = quoteOf(order, ...parts).lines.map(({ amount }) => amount);
        const sum = amounts.reduce(addBags, minor(0, currency));
        expect(compareMoney(sum.shop, minor(units, currency).shop)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });

  it("lets the last piece take what rounding left", () => {
    const order = orderOf(sameMoney("10.00", "EUR"), 3);
    expect(amountsOf(order, 1, 1, 1)).toEqual(["3.33", "3.33", "3.34"]);
    expect(amountsOf(orderOf(sameMoney("0.02", "EUR"), 4), 1, 1, 1, 1)).toEqual([
      "0.01",
      "0.01",
      "0.00",
      "0.00",
    ]);
    expect(amountsOf(orderOf(sameMoney("100", "JPY"), 3), 1, 2)).toEqual(["33", "67"]);
    expect(amountsOf(orderOf(sameMoney("1.000", "KWD"), 3), 1, 2)).toEqual(["0.333", "0.667"]);
  });

  it("knows the last piece also where binary fractions do not", () => {
    expect(amountsOf(orderOf(sameMoney("10.00", "EUR"), 0.8), 0.1, 0.7)).toEqual(["1.25", "8.75"]);
    const order = withRefunds(orderOf(sameMoney("10.01", "EUR"), 0.8), [
      { quantity: 0.1, amount: sameMoney("1.26", "EUR") },
    ]);
    expect(amountsOf(order, 0.7)).toEqual(["8.75"]);
  });

  it("names no part of a minor unit where the shop counts more finely", () => {
    const order = orderOf(sameMoney("10.0075", "EUR"), 2);
    expect(amountsOf(order, 1, 1)).toEqual(["5.00", "5.00"]);
  });

  it("is zero for a line that the order does not have, and for shipping that was not paid", () => {
    const order = orderOf(sameMoney("10.00", "EUR"), 3);
    const asked = { lineId: "line_9", quantity: 1, restock: false, locationId: null };
    const quote = quoteByFacts(order, shapeOrder(order), { lines: [asked], shipping: true });
    expect(quote.lines[0]?.amount.shop.amount).toBe("0.00");
    expect(quote.shippingMaximum.shop.amount).toBe("0.00");
    expect(quote).toMatchObject({ exact: false, warnings: [expect.any(String)] });
  });

  it("leaves of shipping what was paid for it less what was given back, with the tax on it", () => {
    const shippingLines = [
      {
        id: "s",
        title: "Parcel",
        code: null,
        carrier: null,
        price: sameMoney("6.00", "EUR"),
        discounts: sameMoney("1.00", "EUR"),
        tax: sameMoney("0.95", "EUR"),
      },
    ];
    const net = orderOf(sameMoney("30.00", "EUR"), 3, { shippingLines });
    expect(quoteOf(net).shippingMaximum.shop.amount).toBe("5.95");
    const gross = orderOf(sameMoney("30.00", "EUR"), 3, { shippingLines, taxesIncluded: true });
    expect(quoteOf(gross).shippingMaximum.shop.amount).toBe("5.00");
    const given = withRefunds(net, [{ quantity: 0, amount: sameMoney("2.00", "EUR") }]);
    for (const row of given.refunds) row.shipping = sameMoney("2.00", "EUR");
    expect(quoteOf(given).shippingMaximum.shop.amount).toBe("3.95");
  });
});

describe("what may still be given back", () => {
  const context = counting();
  const order = orderOf(sameMoney("30.00", "EUR"), 3);
  const lineId = order.lines[0]?.id as string;
  const leftOf = (of: Order) => refundableAmount(shapeOrder(of)).shop.amount;

  it("is less what a command is going to give back from the moment it is planned", () => {
    const planned = applyLocal(order, refundPlanned(lineId, { money: "12.00" }), context);
    expect(leftOf(planned)).toBe("18.00");
    const unclear = applyLocal(planned, { kind: "refund-unclear", refundId: "ref_mine" }, context);
    expect(leftOf(unclear)).toBe("18.00");
    const dropped = applyLocal(planned, { kind: "refund-dropped", refundId: "ref_mine" }, context);
    expect(leftOf(dropped)).toBe("30.00");
  });

  it("stays less when it was given back, though the shop's own sum was read before", () => {
    const read = orderOf(sameMoney("30.00", "EUR"), 3);
    read.head.totals.refunded = sameMoney("0.00", "EUR");
    const planned = applyLocal(read, refundPlanned(lineId, { money: "12.00" }), context);
    const made = { kind: "refund-confirmed", refundId: "ref_mine", nativeId: "77" } as const;
    const confirmed = applyLocal(planned, made, context);
    expect(leftOf(confirmed)).toBe("18.00");
    expect(shapeOrder(confirmed)).toMatchObject({
      paymentStatus: "PARTIALLY_REFUNDED",
      totals: { refunded: { shop: { amount: "12.00" } } },
    });
  });

  it("is never below zero", () => {
    const planned = applyLocal(order, refundPlanned(lineId, { money: "31.00" }), context);
    expect(leftOf(planned)).toBe("0.00");
    expect(isZero(refundableAmount(shapeOrder({ ...order, deletedAt: at(1) })).shop)).toBe(false);
  });
});

describe("an amount in one of an order's currencies", () => {
  const bag = { shop: money("30.00", "EUR"), presentment: money("4500", "JPY") };
  const document = (original: MoneyBag) => {
    const order = orderOf(sameMoney("30.00", "EUR"), 3);
    const shaped = shapeOrder(order);
    return { totals: { ...shaped.totals, original } };
  };

  it("is both at the rate at which the order was placed, to each one's minor unit", () => {
    expect(bagOf(money("10.00", "EUR"), document(bag))).toEqual({
      shop: money("10.00", "EUR"),
      presentment: money("1500", "JPY"),
    });
    expect(bagOf(money("1", "JPY"), document(bag))).toEqual({
      shop: money("0.01", "EUR"),
      presentment: money("1", "JPY"),
    });
  });

  it("is nothing in a currency that the order does not have", () => {
    expect(bagOf(money("10.00", "USD"), document(bag))).toBeNull();
    expect(bagOf(money("10.00", "USD"), document(sameMoney("30.00", "EUR")))).toBeNull();
    expect(bagOf(money("10.00", "EUR"), document(sameMoney("30.00", "EUR")))).toEqual(
      sameMoney("10.00", "EUR"),
    );
  });

  it("is zero in the other one where the order cost nothing", () => {
    const free = { shop: money("0.00", "EUR"), presentment: money("0", "JPY") };
    expect(bagOf(money("5.00", "EUR"), document(free))?.presentment.amount).toBe("0");
  });
});
