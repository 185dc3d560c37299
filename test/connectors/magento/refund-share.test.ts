import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sourcesOf } from "../../../src/connectors/magento/capture.js";
import { invoicePayload } from "../../../src/connectors/magento/payload.js";
import { snapshotOf } from "../../../src/connectors/magento/read.js";
import { shareRefund } from "../../../src/connectors/magento/refund-share.js";
import type { RefundWish } from "../../../src/domain/command.js";
import { addBags, type MoneyBag, sameMoney } from "../../../src/domain/money.js";
import type { Order } from "../../../src/domain/order.js";
import { orderOf } from "../bench.js";
import { order as body, row } from "./body.js";
import { recordedShop } from "./records.js";

const PRICE = 1000;
const money = (cents: number): MoneyBag => sameMoney(Big(cents).div(100).toFixed(2), "USD");

/** An order of one line at 10.00 a piece, billed by these invoices through a gateway, shipping with the first. */
function billed(pieces: readonly number[], shipping: number, isOnline = true): Order {
  const ordered = pieces.reduce((sum, it) => sum + it, 0);
  const total = (count: number, at: number) => (count * PRICE + (at === 0 ? shipping : 0)) / 100;
  const payload = body(
    [
      row(1, {
        qty_ordered: ordered,
        row_total: (ordered * PRICE) / 100,
        base_row_total: (ordered * PRICE) / 100,
      }),
    ],
    {
      payment: { method: isOnline ? "braintree" : "checkmo" },
      grand_total: (ordered * PRICE + shipping) / 100,
      base_grand_total: (ordered * PRICE + shipping) / 100,
    },
  );
  const invoices = pieces.map((count, at) =>
    invoicePayload.parse({
      entity_id: at + 1,
      order_id: 7,
      created_at: "2026-11-20 08:00:00",
      state: 2,
      base_currency_code: "USD",
      order_currency_code: "USD",
      grand_total: String(total(count, at)),
      base_grand_total: String(total(count, at)),
      transaction_id: isOnline ? `txn-${at}` : null,
      items: [{ order_item_id: 1, qty: count }],
    }),
  );
  const records = { order: payload, shipments: [], invoices, creditmemos: [], returns: null };
  return orderOf(snapshotOf({ ...records, readAt: new Date() }, recordedShop()));
}

function wishOf(order: Order, quantity: number, shipping: number, extra: number): RefundWish {
  const lineId = order.lines[0]?.id ?? expect.fail("no line");
  const amount = money(quantity * PRICE);
  const line = { lineId, quantity, amount, fixed: false, restock: false, locationId: null };
  const parts = [amount, money(shipping), money(extra)];
  return {
    returnId: null,
    lines: quantity > 0 ? [line] : [],
    shipping: shipping > 0 ? money(shipping) : null,
    extra: extra > 0 ? money(extra) : null,
    amount: parts.reduce(addBags),
    reason: null,
  };
}

const wishes = fc
  .record({
    pieces: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    shipping: fc.integer({ min: 0, max: 900 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    extraShare: fc.double({ min: 0, max: 1, noNaN: true }),
    ships: fc.boolean(),
  })
  .map(({ pieces, shipping, share, extraShare, ships }) => {
    const ordered = pieces.reduce((sum, it) => sum + it, 0);
    const quantity = Math.floor(ordered * share);
    const wanted = ships ? shipping : 0;
    const left = ordered * PRICE + shipping - quantity * PRICE - wanted;
    return { pieces, shipping, quantity, wanted, extra: Math.floor(left * extraShare) };
  })
  .filter(({ quantity, wanted, extra }) => quantity * PRICE + wanted + extra > 0);

describe("A refund taken apart by Magento's invoices", () => {
  it("is all of the wish and no more, and of each invoice no more than it billed", () => {
    fc.assert(
      fc.property(wishes, ({ pieces, shipping, quantity, wanted, extra }) => {
        const order = billed(pieces, shipping);
        const wish = wishOf(order, quantity, wanted, extra);
        const shares = shareRefund(wish, order, sourcesOf(order));
        const sum = (amounts: (MoneyBag | null)[]) =>
          amounts.reduce((all, it) => all.plus(it?.shop.amount ?? 0), Big(0)).toFixed(2);
        expect(sum(shares.map(({ amount }) => amount))).toBe(wish.amount.shop.amount);
        for (const { amount, lines, shipping: costs, extra: more } of shares)
          expect(sum([...lines.map((line) => line.amount), costs, more])).toBe(amount.shop.amount);
        const given = shares.flatMap(({ lines }) => lines).map((line) => line.quantity);
        expect(given.reduce((all, it) => all + it, 0)).toBe(quantity);
        for (const { source, lines, amount } of shares) {
          const at = Number(source.invoiceId) - 1;
          const most = (pieces[at] ?? 0) * PRICE + (at === 0 ? shipping : 0);
          expect(Big(amount.shop.amount).times(100).lte(most)).toBe(true);
          expect(lines.reduce((all, line) => all + line.quantity, 0)).toBeLessThanOrEqual(
            pieces[at] ?? 0,
          );
        }
        expect(new Set(shares.map(({ source }) => source.invoiceId)).size).toBe(shares.length);
      }),
      { numRuns: 200 },
    );
  });

  it("is one memo of the order where no gateway has the money", () => {
    const order = billed([1, 2], 500, false);
    const shares = shareRefund(wishOf(order, 3, 500, 0), order, sourcesOf(order));
    expect(shares).toMatchObject([
      { source: { invoiceId: null, gateway: "checkmo" }, amount: { shop: { amount: "35.00" } } },
    ]);
  });

  it("is refused where no invoice has the pieces or the money any more", () => {
    const order = billed([1], 0);
    const more = wishOf(order, 1, 0, 1);
    expect(() => shareRefund(more, order, sourcesOf(order))).toThrow(
      expect.objectContaining({ code: "AMOUNT_EXCEEDS_REFUNDABLE" }),
    );
    const two = wishOf(order, 2, 0, 0);
    expect(() => shareRefund(two, order, sourcesOf(order))).toThrow(/in no invoice of order/);
  });
});
