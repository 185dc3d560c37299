import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareOut } from "../../../src/connectors/woocommerce/amount.js";
import { refundItem } from "../../../src/connectors/woocommerce/give-back.js";
import {
  type OrderPayload,
  orderPayload,
  type RefundPayload,
  refundPayload,
} from "../../../src/connectors/woocommerce/payload.js";
import { lineBody, orderBody } from "./body.js";

const sum = (amounts: readonly string[]) =>
  amounts.reduce((all, it) => all.plus(it), Big(0)).toFixed();
const gross = (item: { refund_total: string; refund_tax: { refund_total: string }[] }) =>
  sum([item.refund_total, ...item.refund_tax.map((tax) => tax.refund_total)]);

/** An order with one line of three pieces. */
function orderOf(line: Record<string, unknown>, currency = "USD"): OrderPayload {
  return orderPayload.parse(
    orderBody({ currency, line_items: [lineBody({ id: 5, quantity: 3, ...line })] }),
  );
}

/** A refund of that line as the shop would then show it. */
function refundOf(item: ReturnType<typeof refundItem>, id: number): RefundPayload {
  const minus = (amount: string) => Big(amount).times(-1).toFixed();
  const taxes = item.refund_tax.map((tax) => ({ id: tax.id, total: minus(tax.refund_total) }));
  return refundPayload.parse({
    id,
    date_created_gmt: "2026-11-23T04:00:00",
    amount: gross(item),
    reason: "",
    line_items: [
      {
        id: id + 1000,
        quantity: -(item.quantity ?? 0),
        total: minus(item.refund_total),
        total_tax: sum(taxes.map((tax) => tax.total)),
        taxes,
        meta_data: [{ id: 1, key: "_refunded_item_id", value: "5" }],
      },
    ],
  });
}

function split(order: OrderPayload, amount: string, refunds: RefundPayload[] = [], decimals = 2) {
  const [item] = order.line_items;
  if (!item) throw new Error("the order has no line");
  return refundItem({ item, quantity: 1, amount }, { order, refunds }, decimals);
}

describe("an amount with tax", () => {
  it("is split by the line's own tax, to the cent", () => {
    const order = orderOf({
      total: "36.00",
      total_tax: "2.97",
      taxes: [{ id: 1, total: "2.97", subtotal: "2.97" }],
    });
    expect(split(order, "12.99")).toEqual({
      id: 5,
      quantity: 1,
      refund_total: "12",
      refund_tax: [{ id: 1, refund_total: "0.99" }],
    });
  });

  it("of a shop that shows single taxes unrounded gives back the line's net amount and tax as shown", () => {
    const order = orderOf({
      total: "25.00",
      total_tax: "2.06",
      taxes: [{ id: 1, total: "2.0625", subtotal: "2.0625" }],
    });
    expect(split(order, "27.06")).toMatchObject({
      refund_total: "25",
      refund_tax: [{ id: 1, refund_total: "2.06" }],
    });
    const two = orderOf({
      total: "25.00",
      total_tax: "3.09",
      taxes: [
        { id: 1, total: "2.0625" },
        { id: 2, total: "1.03125" },
      ],
    });
    expect(split(two, "28.09")).toMatchObject({
      refund_total: "25",
      refund_tax: [
        { id: 1, refund_total: "2.06" },
        { id: 2, refund_total: "1.03" },
      ],
    });
  });

  it("is split among several rates, of which one may not apply", () => {
    const order = orderOf({
      total: "20.00",
      total_tax: "3.00",
      taxes: [
        { id: 7, total: "1.00" },
        { id: 8, total: "2.00" },
        { id: 9, total: "" },
      ],
    });
    expect(split(order, "7.67")).toMatchObject({
      refund_total: "6.67",
      refund_tax: [
        { id: 7, refund_total: "0.33" },
        { id: 8, refund_total: "0.67" },
      ],
    });
  });

  it("of an untaxed line is its net amount", () => {
    const order = orderOf({ total: "20.00", total_tax: "0.00", taxes: [] });
    expect(split(order, "6.67")).toMatchObject({ refund_total: "6.67", refund_tax: [] });
  });

  it("in yen is whole, and in yen with cents is what the site counts", () => {
    const whole = orderOf(
      { total: "1800", total_tax: "180", taxes: [{ id: 5, total: "180" }] },
      "JPY",
    );
    expect(split(whole, "667", [], 0)).toMatchObject({
      refund_total: "606",
      refund_tax: [{ id: 5, refund_total: "61" }],
    });
    const odd = orderOf(
      { total: "899.00", total_tax: "89.90", taxes: [{ id: 5, total: "89.90" }] },
      "JPY",
    );
    expect(split(odd, "988.90")).toMatchObject({
      refund_total: "899",
      refund_tax: [{ id: 5, refund_total: "89.9" }],
    });
  });

  it("in Kuwaiti dinars has three decimals where the site counts three, and two where it counts two", () => {
    const line = { total: "31.250", total_tax: "1.563", taxes: [{ id: 6, total: "1.563" }] };
    expect(split(orderOf(line, "KWD"), "10.938", [], 3)).toMatchObject({
      refund_total: "10.417",
      refund_tax: [{ id: 6, refund_total: "0.521" }],
    });
    const coarse = { total: "31.25", total_tax: "1.56", taxes: [{ id: 6, total: "1.56" }] };
    expect(split(orderOf(coarse, "KWD"), "10.94")).toMatchObject({
      refund_total: "10.42",
      refund_tax: [{ id: 6, refund_total: "0.52" }],
    });
  });

  it("beyond what is left of the line is split as the line was", () => {
    const order = orderOf({
      total: "10.00",
      total_tax: "1.00",
      taxes: [{ id: 1, total: "1.00" }],
    });
    const before = refundOf(split(order, "11.00"), 1);
    expect(split(order, "5.50", [before])).toMatchObject({
      refund_total: "5",
      refund_tax: [{ id: 1, refund_total: "0.5" }],
    });
  });

  it("given back in any parts gives back exactly the line's net amount and each of its taxes", () => {
    const cents = fc.integer({ min: 0, max: 100_000 });
    const parts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(cents, cents, cents, parts, (net, first, second, shares) => {
        const decimal = (amount: number) => Big(amount).div(100).toFixed(2);
        const whole = net + first + second;
        fc.pre(whole > 0);
        const taxes = [
          { id: 1, total: decimal(first) },
          { id: 2, total: decimal(second) },
        ];
        const order = orderOf({ total: decimal(net), total_tax: decimal(first + second), taxes });
        const refunds: RefundPayload[] = [];
        const given = shareOut(decimal(whole), shares.map(String), 2);
        for (const amount of given) {
          const item = split(order, amount, refunds);
          expect(Big(gross(item)).eq(amount)).toBe(true);
          for (const part of [item.refund_total, ...item.refund_tax.map((it) => it.refund_total)])
            expect(Big(part).gte(0)).toBe(true);
          refunds.push(refundOf(item, refunds.length + 1));
        }
        const lines = refunds.flatMap((refund) => refund.line_items);
        const back = (pick: (line: (typeof lines)[number]) => string[]) =>
          Big(sum(lines.flatMap(pick))).times(-1);
        expect(back((line) => [line.total]).eq(decimal(net))).toBe(true);
        for (const tax of taxes)
          expect(
            back((line) =>
              line.taxes.filter((it) => it.id === String(tax.id)).map((it) => it.total),
            ).eq(tax.total),
          ).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
