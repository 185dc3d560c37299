import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedBigCommerce,
  startBigCommerce,
} from "../../../../src/connectors/bigcommerce/simulator/index.js";
import { toMinor } from "../../../../src/connectors/simulator/money.js";
import { type Asker, allOrders, askerOf } from "./ask.js";

// biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it reads
type Record = any;

const cents = (amount: string) => toMinor(amount, 4);
const add = (amounts: string[]) => amounts.reduce((all, each) => all + cents(each), 0);

describe("the orders that a store begins with", () => {
  let shop: SimulatedBigCommerce;
  let ask: Asker;
  let orders: Record[];
  let startedMs: number;
  beforeAll(async () => {
    const from = performance.now();
    shop = await startBigCommerce({ plan: "wide" });
    startedMs = performance.now() - from;
    ask = askerOf(shop);
    orders = await allOrders(
      ask,
      "&include=consignments.line_items,fees&consignment_structure=object",
    );
  });
  afterAll(() => shop.stop());

  const linesOf = (order: Record): Record[] => [
    ...order.consignments.shipping.flatMap((each: Record) => each.line_items),
    ...order.consignments.pickups.flatMap((each: Record) => each.line_items),
    ...order.consignments.downloads.flatMap((each: Record) => each.line_items),
  ];

  it("are there well within a second", () => {
    expect(startedMs).toBeLessThan(1_000);
  });

  it("are 250 beside those never finished, of every status, 1042 among them", () => {
    expect(orders.filter(({ status_id }) => status_id !== 0)).toHaveLength(250);
    expect(new Set(orders.map(({ status_id }) => status_id)).size).toBe(15);
    expect(orders.map(({ id }) => id)).toContain(1042);
    const isGuest = ({ customer_id }: Record) => customer_id === 0;
    expect(orders.some(isGuest)).toBe(true);
    expect(orders.every(isGuest)).toBe(false);
  });

  it("add up to the ten-thousandth", () => {
    for (const order of orders) {
      const where = `order ${order.id}`;
      const lines = linesOf(order);
      expect(add(lines.map((line) => line.total_inc_tax)), where).toBe(
        cents(order.subtotal_inc_tax),
      );
      const discounts = cents(order.discount_amount) + cents(order.coupon_discount);
      expect(add(lines.map((line) => line.discounted_total_inc_tax)), where).toBe(
        cents(order.subtotal_inc_tax) - discounts,
      );
      const extras = add([
        order.shipping_cost_inc_tax,
        order.handling_cost_inc_tax,
        order.wrapping_cost_inc_tax,
        ...order.fees.map((fee: Record) => fee.cost_inc_tax),
      ]);
      expect(cents(order.subtotal_inc_tax) + extras - discounts, where).toBe(
        cents(order.total_inc_tax),
      );
      expect(cents(order.total_inc_tax) - cents(order.total_ex_tax), where).toBe(
        cents(order.total_tax),
      );
      expect(lines.reduce((all, { quantity }) => all + quantity, 0)).toBe(order.items_total);
    }
  });

  it("know currencies that are paid in and others that are only shown", () => {
    const paidIn = new Set(orders.map((order) => order.default_currency_code));
    expect([...paidIn].sort()).toEqual(["CAD", "EUR", "GBP", "JPY", "KWD", "USD"]);
    const shown = orders.filter((it) => it.currency_code !== it.default_currency_code);
    expect(shown[0]).toMatchObject({
      currency_code: "GBP",
      currency_exchange_rate: "0.8000000000",
      default_currency_code: "USD",
      store_default_to_transactional_exchange_rate: "1.0000000000",
    });
    const yen = orders.filter((it) => it.default_currency_code === "JPY");
    expect(yen.every((it) => it.total_inc_tax.endsWith(".0000"))).toBe(true);
    const dinars = orders.filter((it) => it.default_currency_code === "KWD");
    expect(dinars.some((it) => !it.total_inc_tax.endsWith("00"))).toBe(true);
  });

  it("have taxes within and on top, discounts, wraps, fees, options and downloads among them", () => {
    const some = (fits: (order: Record) => boolean) => expect(orders.some(fits)).toBe(true);
    some((it) => it.is_tax_inclusive_pricing && !/00$/.test(it.subtotal_ex_tax));
    some((it) => !it.is_tax_inclusive_pricing && cents(it.total_tax) > 0);
    some((it) => cents(it.coupon_discount) > 0 && cents(it.discount_amount) === 0);
    some((it) => cents(it.discount_amount) > 0);
    some((it) => cents(it.wrapping_cost_inc_tax) > 0);
    some((it) => it.fees.length > 0);
    some((it) => it.order_is_digital && it.consignments.shipping.length === 0);
    some((it) => linesOf(it).some(({ product_options }) => product_options.length === 2));
    some((it) => it.shipping_address_count === 2);
    some((it) => it.status_id === 8 && it.consignments.pickups.length === 1);
    some((it) => linesOf(it).length === 300);
  });

  it("hide shipments behind refunds: 14 where everything was shipped", () => {
    const hidden = orders.filter((it) => it.status_id === 14 && it.items_shipped > 0);
    expect(hidden.length).toBeGreaterThan(0);
  });

  it("have taxes that come to what the order says", async () => {
    for (const order of orders.slice(0, 40)) {
      for (const query of ["limit=250", "limit=250&details=true"]) {
        const { status, body } = await ask.get(`/v2/orders/${order.id}/taxes?${query}`);
        const fees = add(order.fees.map((fee: Record) => fee.cost_tax));
        const own = status === 204 ? [] : body.map((tax: Record) => tax.line_amount);
        if (own.length < 250)
          expect(add(own) + fees, `order ${order.id} ${query}`).toBe(cents(order.total_tax));
      }
    }
  });

  it("keep what they say in every place that shows a part of them", async () => {
    for (const { id } of orders.slice(0, 36)) {
      for (const part of [
        "",
        "/products",
        "/shipping_addresses",
        "/coupons",
        "/shipments",
        "/shipments/count",
        "/messages",
        "/fees",
        "/consignments",
      ])
        expect([200, 204]).toContain((await ask.get(`/v2/orders/${id}${part}`)).status);
      for (const part of ["/transactions", "/payment_actions/refunds", "/metafields"])
        expect([200, 204]).toContain((await ask.get(`/v3/orders/${id}${part}`)).status);
    }
  });

  it("are the same for the same seed, and others for another", async () => {
    const ofSeed = async (seed: number) => {
      const other = await startBigCommerce({ orders: 12, seed, now: () => new Date(0) });
      const list = await allOrders(askerOf(other));
      await other.stop();
      return list.map(({ id, total_inc_tax, cart_id }) => ({ id, total_inc_tax, cart_id }));
    };
    expect(await ofSeed(5)).toEqual(await ofSeed(5));
    expect(await ofSeed(6)).not.toEqual(await ofSeed(5));
  });
});
