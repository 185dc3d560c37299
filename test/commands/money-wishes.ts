import type { RefundLineAsked, Wish } from "../../src/commands/face.js";
import { sameMoney } from "../../src/domain/money.js";
import { head, line } from "../support/snapshots.js";
import type { Bench } from "./bench.js";

export const eur = (amount: string) => ({ amount, currency: "EUR" });

/** Places three pieces at 10.00, one at 10.00 and 5.00 of shipping, all paid; nothing has left. */
export async function placePaid(bench: Bench): Promise<void> {
  const all = sameMoney("45.00", "EUR");
  const price = sameMoney("5.00", "EUR");
  const none = sameMoney("0.00", "EUR");
  const totals = { ...head().totals, original: all, total: all, captured: all, shipping: price };
  const post = { id: "1", title: "Post", code: null, carrier: null, price };
  const value = head({ totals, shippingLines: [{ ...post, discounts: none, tax: none }] });
  const goods = [line("1", 3, { total: sameMoney("30.00", "EUR") }), line("2", 1)];
  const asOf = new Date(0).toISOString();
  await bench.place({
    head: { asOf, complete: true, value },
    lines: { asOf, complete: true, value: goods },
  });
}

type RefundWish = Extract<Wish, { type: "REFUND_CREATE" }>;
let keys = 0;

/** What tests of money ask for, of the order that was placed last. */
export function moneyWishes(bench: () => Bench) {
  const wanted = (changes: Partial<RefundWish> = {}): RefundWish => ({
    type: "REFUND_CREATE",
    orderId: bench().orderId,
    returnId: null,
    lines: null,
    shipping: null,
    extraAmount: null,
    reason: null,
    toStoreCredit: false,
    ...changes,
  });
  const newKey = () => `key ${++keys}`;
  return {
    wanted,
    newKey,
    amount: (extraAmount: string) => wanted({ extraAmount: eur(extraAmount) }),
    pieces: async (
      quantity: number,
      changes: Partial<RefundLineAsked> = {},
    ): Promise<RefundLineAsked[]> => {
      const lineId = await bench().lineId();
      return [{ lineId, quantity, amount: null, restock: false, locationId: null, ...changes }];
    },
    give: (wish: RefundWish, idempotencyKey = newKey()) => bench().submit(wish, { idempotencyKey }),
    cancel: (refund: boolean): Wish => ({
      type: "ORDER_CANCEL",
      orderId: bench().orderId,
      lines: null,
      reason: "changed mind",
      restock: true,
      refund,
    }),
    money: async () => {
      const { refunded, refundPending } = (await bench().document()).totals;
      return { refunded: refunded.shop.amount, pending: refundPending.shop.amount };
    },
  };
}
