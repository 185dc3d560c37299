import Big from "big.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Woo } from "../../../src/connectors/woocommerce/client.js";
import type { SimulatedWooCommerce } from "../../../src/connectors/woocommerce/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { RefundCreate } from "../../../src/domain/command.js";
import type { Order } from "../../../src/domain/order.js";
import { refundableOf } from "../../../src/domain/quantities.js";
import { orderOf, pulled, readOrder, run } from "../bench.js";
import { openShop } from "./open.js";

let shop: SimulatedWooCommerce;
let channel: Channel;
let rest: Woo;

/** One paid order of each kind that the shop's past has: currency, prices with tax or without, discounts, fees, refunds. */
async function kinds(): Promise<Map<string, Order>> {
  const found = new Map<string, Order>();
  for (const snapshot of (await pulled(channel)).flatMap((page) => page.snapshots)) {
    const order = orderOf(snapshot);
    const { head, lines } = order;
    if (!head.totals.captured || lines.length > 10) continue;
    if (shop.view(order.nativeId)?.status === "refunded") continue;
    const kind = [
      head.totals.total.shop.currency,
      head.taxesIncluded ? "tax within" : "tax beside",
      head.discounts.length > 0 ? "discounted" : null,
      lines.some((line) => line.externalProductId === null) ? "with a fee" : null,
      order.refunds.length > 0 ? "partly refunded" : null,
      head.paymentGateway,
    ];
    found.set(kind.filter(Boolean).join(", "), order);
  }
  return found;
}

/** So many pieces at what they cost by the order's own amounts, with or without what is left of the shipping. */
async function wish(
  order: Order,
  pieces: [lineId: string, quantity: number][],
  all: boolean,
): Promise<RefundCreate> {
  const asked = {
    lines: pieces.map(([lineId, quantity]) => ({
      lineId,
      quantity,
      restock: false,
      locationId: null,
    })),
    shipping: all,
  };
  const quote = (await channel.quote?.(order, asked)) ?? expect.fail("no quote");
  const lines = asked.lines.map((line, at) => ({
    ...line,
    fixed: false,
    amount: quote.lines[at]?.amount ?? expect.fail("no amount"),
  }));
  const parts = [...lines.map((line) => line.amount), quote.shippingMaximum];
  const { currency } = order.head.totals.total.shop;
  const sum = parts.reduce((total, bag) => total.plus(bag.shop.amount), Big(0)).toFixed();
  const amount = { amount: sum, currency };
  return {
    type: "REFUND_CREATE",
    orderId: order.id,
    notifyCustomer: null,
    toStoreCredit: false,
    refund: {
      returnId: null,
      lines,
      shipping: all ? quote.shippingMaximum : null,
      extra: null,
      // Whatever was given back before without lines is no longer there to give.
      amount: all ? quote.maximum : { shop: amount, presentment: amount },
      reason: "called off",
    },
  };
}

interface RawItem {
  id: number;
  total: string;
  total_tax: string;
  meta_data: { key: string; value: unknown }[];
}
type RawItems = Record<"line_items" | "shipping_lines" | "fee_lines", RawItem[]>;
const itemsOf = (raw: RawItems) => [...raw.line_items, ...raw.shipping_lines, ...raw.fee_lines];

// 9.9.5 shows taxes by rate unrounded.
describe.each(["10.5.0", "9.9.5"] as const)(
  "an order of %s given back a piece first and then all that is left",
  (version) => {
    beforeAll(async () => {
      ({ shop, channel, rest } = await openShop({ orders: 46, version }));
    });
    afterAll(() => shop.stop());

    it("leaves nothing of its money, its lines or their taxes, whatever its currency, taxes and discounts", async () => {
      const orders = await kinds();
      expect([...orders.keys()].join("; ")).toContain("discounted, with a fee");
      const currencies = [...orders.values()].map(({ head }) => head.totals.total.shop.currency);
      expect([...new Set(currencies)].sort()).toEqual(
        expect.arrayContaining(["CAD", "EUR", "GBP", "JPY", "KWD", "USD"]),
      );
      for (const [kind, order] of orders) {
        const [first] = [...refundableOf(order)].filter(([, left]) => left > 0);
        if (!first) return expect.fail(`${kind}: nothing to refund`);
        const piece = await run(channel, await wish(order, [[first[0], 1]], false), order);
        expect(piece.outcomes, kind).toMatchObject([{ kind: "done" }]);
        const held = await readOrder(channel, order.nativeId, piece.order);
        const left = [...refundableOf(held)].filter(([, quantity]) => quantity > 0);
        const { outcomes } = await run(channel, await wish(held, left, true), held);
        expect(outcomes, kind).toMatchObject([{ kind: "done" }]);
        const view = shop.view(order.nativeId);
        expect(view?.status, kind).toBe("refunded");
        const given = (view?.refunds ?? []).reduce((sum, it) => sum.plus(it.amount), Big(0));
        expect(given.toFixed(2), kind).toBe(view?.total);
        if (!kind.includes("partly refunded")) await checkItems(order.nativeId, kind);
      }
    });
  },
);

/** Every item of the order was given back whole: its net amount and its tax. */
async function checkItems(orderId: string, kind: string): Promise<void> {
  const path = `/wc/v3/orders/${orderId}`;
  const raw = (await rest.get(path)).body as RawItems;
  const refunds = (await rest.get(`${path}/refunds`)).body as RawItems[];
  for (const item of itemsOf(raw)) {
    const back = refunds
      .flatMap(itemsOf)
      .filter(({ meta_data }) =>
        meta_data.some(
          ({ key, value }) => key === "_refunded_item_id" && value === String(item.id),
        ),
      );
    for (const field of ["total", "total_tax"] as const) {
      const sum = back.reduce((all, it) => all.plus(it[field]), Big(item[field]));
      expect(sum.toFixed(2), `${kind}: ${field} of item ${item.id}`).toBe("0.00");
    }
  }
}
