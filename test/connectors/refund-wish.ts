import { expect } from "vitest";
import type { Channel } from "../../src/domain/channel.js";
import type { RefundCreate, RefundWish } from "../../src/domain/command.js";
import {
  addBags,
  compareMoney,
  type MoneyBag,
  sameMoney,
  zeroBag,
} from "../../src/domain/money.js";
import type { Order } from "../../src/domain/order.js";
import { quoteByFacts } from "../../src/domain/quote.js";
import { shapeOrder } from "../../src/domain/shape.js";
import { lineIdOf } from "./bench.js";

/** A refund of nothing, to be filled. */
export const NOTHING: RefundWish = {
  returnId: null,
  lines: [],
  shipping: null,
  extra: null,
  amount: sameMoney("0.00", "EUR"),
  reason: "Arrived broken",
};

/** A wish for so many of each SKU, at the price the shop itself would say, or the order's own where it says none. */
export async function refundOf(
  channel: Channel,
  order: Order,
  pieces: Record<string, number>,
  { shipping = false, restock = false } = {},
): Promise<RefundCreate> {
  const lines = Object.entries(pieces).map(([sku, quantity]) => ({
    lineId: lineIdOf(order, sku),
    quantity,
    restock,
    locationId: null,
  }));
  const asked = { lines, shipping };
  const quote =
    (await channel.quote?.(order, asked)) ?? quoteByFacts(order, shapeOrder(order), asked);
  expect(quote.lines.map(({ lineId, quantity }) => ({ lineId, quantity }))).toEqual(
    lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
  );
  const wished = lines.map((line, index) => ({
    ...line,
    fixed: false,
    amount: quote.lines[index]?.amount as MoneyBag,
  }));
  const amount = [...wished.map((line) => line.amount), quote.shippingMaximum].reduce(
    addBags,
    zeroBag(order.head.totals.total),
  );
  expect(compareMoney(amount.shop, quote.maximum.shop)).toBeLessThanOrEqual(0);
  return refundCommand(order, {
    ...NOTHING,
    lines: wished,
    shipping: shipping ? quote.shippingMaximum : null,
    amount,
  });
}

/** The command of a wish, the money going the way it came. */
export function refundCommand(order: Order, refund: RefundWish): RefundCreate {
  return {
    type: "REFUND_CREATE",
    orderId: order.id,
    notifyCustomer: false,
    refund,
    toStoreCredit: false,
  };
}
