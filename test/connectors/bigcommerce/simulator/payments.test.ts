import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedBigCommerce,
  startBigCommerce,
} from "../../../../src/connectors/bigcommerce/simulator/index.js";
import { toMinor } from "../../../../src/connectors/simulator/money.js";
import { type Asker, allOrders, askerOf, linesOf, placed } from "./ask.js";

let shop: SimulatedBigCommerce;
let ask: Asker;
beforeAll(async () => {
  shop = await startBigCommerce({ plan: "wide", orders: 60 });
  ask = askerOf(shop);
});
afterAll(() => shop.stop());

const actions = (orderId: string) => `/v3/orders/${orderId}/payment_actions`;
const cents = (amount: string | number) => toMinor(String(amount), 4);

/** A quote, and the way that the order was paid by, which comes last. */
async function quoted(orderId: string, items: object[]) {
  const { status, body } = await ask.post(`${actions(orderId)}/refund_quotes`, { items });
  expect(status, JSON.stringify(body)).toBe(201);
  const [{ provider_id, amount, offline }] = body.data.refund_methods.at(-1);
  return { quote: body.data, payments: [{ provider_id, amount, offline }] };
}

describe("a refund", () => {
  it("gives back what its quote says, and the order is Partially Refunded", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const items = [{ item_type: "PRODUCT", item_id: bySku("MUG-01").id, quantity: 1 }];
    const { quote, payments } = await quoted(orderId, items);
    const [mug] = (await ask.get(`/v2/orders/${orderId}/products`)).body;
    expect(cents(quote.total_refund_amount)).toBe(cents(mug.price_inc_tax));
    expect(cents(quote.total_refund_tax_amount)).toBe(cents(mug.price_tax));
    const { status, body } = await ask.post(`${actions(orderId)}/refunds`, { items, payments });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({
      order_id: Number(orderId),
      total_amount: quote.total_refund_amount,
      items: [{ item_type: "PRODUCT", quantity: 1 }],
      payments: [{ is_declined: false }],
    });
    const order = (await ask.get(`/v2/orders/${orderId}`)).body;
    expect(order).toMatchObject({
      status_id: 14,
      payment_status: "partially refunded",
      refunded_amount: "0.0000",
    });
    const after = await linesOf(ask, orderId);
    expect(after.bySku("MUG-01")).toMatchObject({ quantity_refunded: 1, is_refunded: false });
  });

  it("is carried out after the answer: its transaction comes later", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const items = [{ item_type: "PRODUCT", item_id: bySku("TEE-M").id, quantity: 1 }];
    const { payments } = await quoted(orderId, items);
    const made = await ask.post(`${actions(orderId)}/refunds`, { items, payments });
    expect(made.body.data.payments[0]).not.toHaveProperty("transaction_id");
    await shop.settled();
    const { body } = await ask.get(`${actions(orderId)}/refunds`);
    const { transaction_id } = body.data[0].payments[0];
    const { body: transactions } = await ask.get(`/v3/orders/${orderId}/transactions`);
    expect(transactions.data.at(-1)).toMatchObject({
      id: Number(transaction_id),
      event: "refund",
      amount: payments[0]?.amount,
      reference_transaction_id: transactions.data[0].id,
    });
  });

  it("is refused with 422 where the payments are not what the quote says", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const items = [{ item_type: "PRODUCT", item_id: bySku("MUG-01").id, quantity: 1 }];
    const { payments } = await quoted(orderId, items);
    const [payment] = payments;
    for (const amount of [(payment?.amount ?? 0) + 0.01, 0.01]) {
      const { status, headers, body } = await ask.post(`${actions(orderId)}/refunds`, {
        items,
        payments: [{ ...payment, amount }],
      });
      expect(status).toBe(422);
      expect(headers.get("content-type")).toBe("application/json");
      expect(body.data).toMatchObject([{ status: 422, title: expect.any(String) }]);
    }
    expect(shop.view(orderId)?.refunds).toEqual([]);
  });

  it("is refused for more units than are left, unknown items and guests' store credit", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const mug = { item_type: "PRODUCT", item_id: bySku("MUG-01").id };
    for (const item of [
      { ...mug, quantity: 4 },
      { ...mug, quantity: 0 },
      { ...mug, item_id: 1, quantity: 1 },
      { item_type: "SHIPPING", item_id: 1, amount: 1 },
      { item_type: "ORDER", item_id: Number(orderId), amount: 100_000 },
      { item_type: "NONSENSE", item_id: 1, amount: 1 },
    ]) {
      const { status } = await ask.post(`${actions(orderId)}/refund_quotes`, { items: [item] });
      expect(status, JSON.stringify(item)).toBe(422);
    }
    const items = [{ ...mug, quantity: 1 }];
    const { payments } = await quoted(orderId, items);
    const { status, body } = await ask.post(`${actions(orderId)}/refunds`, {
      items,
      payments: [{ ...payments[0], provider_id: "storecredit" }],
    });
    expect({ status, title: body.data[0].title }).toEqual({
      status: 422,
      title: "Unable to provide store credit for a guest customer.",
    });
  });

  it("comes to no more than is left of the order's money, and says by how much it was cut down", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const total = cents(shop.view(orderId)?.total ?? "");
    await shop.acts.refund(orderId, { amount: "60.00" });
    const items = [{ item_type: "PRODUCT", item_id: bySku("MUG-01").id, quantity: 3 }];
    const { quote, payments } = await quoted(orderId, items);
    const mugs = 3 * cents(bySku("MUG-01").price_inc_tax);
    expect(cents(quote.total_refund_amount)).toBe(total - cents("60.00"));
    expect(cents(quote.adjustment)).toBe(total - cents("60.00") - mugs);
    expect((await ask.post(`${actions(orderId)}/refunds`, { items, payments })).status).toBe(201);
    const again = await ask.post(`${actions(orderId)}/refund_quotes`, {
      items: [{ ...items[0], item_id: bySku("TEE-M").id, quantity: 1 }],
    });
    expect(again).toMatchObject({ status: 422, body: { title: expect.stringMatching(/greater/) } });
  });

  it("is lowered by what is taken off its units, and by nothing else", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const mug = { item_type: "PRODUCT", item_id: bySku("MUG-01").id, quantity: 1 };
    const items = [{ ...mug, adjustments: [{ amount: -5.16, description: "Scratched box" }] }];
    const { quote, payments } = await quoted(orderId, items);
    const price = cents(bySku("MUG-01").price_inc_tax);
    expect(cents(quote.total_refund_amount)).toBe(price - cents("5.16"));
    const { body } = await ask.post(`${actions(orderId)}/refunds`, { items, payments });
    expect(body.data.items[0].adjustments).toEqual(items[0]?.adjustments);
    for (const adjustments of [[{ amount: 1 }], [{ amount: -20 }]]) {
      const asked = { items: [{ ...mug, adjustments }] };
      expect((await ask.post(`${actions(orderId)}/refund_quotes`, asked)).status).toBe(422);
    }
  });

  it("is refused where no money came in, and of an order that was cancelled", async () => {
    const authorized = await shop.acts.placeOrder({ paid: false, payment: "online" });
    const unpaid = await shop.acts.placeOrder({ paid: false });
    const cancelled = await shop.acts.placeOrder();
    await shop.acts.cancel(cancelled.orderId);
    for (const { orderId } of [authorized, unpaid, cancelled]) {
      const items = [{ item_type: "ORDER", item_id: Number(orderId), amount: 1 }];
      expect((await ask.post(`${actions(orderId)}/refund_quotes`, { items })).status).toBe(422);
    }
  });

  it("moves money where the order was paid online, and is a note of it elsewhere", async () => {
    for (const payment of ["online", "offline"] as const) {
      const { orderId } = await shop.acts.placeOrder({ payment });
      const item = { item_type: "ORDER", item_id: Number(orderId), amount: 2 };
      const { payments } = await quoted(orderId, [item]);
      const body = { items: [item], payments };
      expect(payments[0]?.offline).toBe(payment === "offline");
      if (payment === "offline") {
        const online = { ...body, payments: payments.map((it) => ({ ...it, offline: false })) };
        expect((await ask.post(`${actions(orderId)}/refunds`, online)).status).toBe(422);
      }
      expect((await ask.post(`${actions(orderId)}/refunds`, body)).status).toBe(201);
      expect(shop.view(orderId)?.refunds).toMatchObject([
        { amount: "2.00", moved: payment === "online" },
      ]);
    }
  });

  it("has a reason of at most a thousand characters, and puts nothing back into stock", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const before = shop.view(orderId)?.stock;
    const mug = { item_type: "PRODUCT", item_id: bySku("MUG-01").id, quantity: 1 };
    const long = { items: [{ ...mug, reason: "x".repeat(1001) }] };
    expect((await ask.post(`${actions(orderId)}/refund_quotes`, long)).status).toBe(422);
    const items = [{ ...mug, reason: "Chipped" }];
    const { payments } = await quoted(orderId, items);
    const { body } = await ask.post(`${actions(orderId)}/refunds`, { items, payments });
    expect(body.data).toMatchObject({ reason: "Chipped", items: [{ reason: "Chipped" }] });
    expect(shop.view(orderId)?.stock).toEqual(before);
    expect(before).toMatchObject({ "MUG-01": expect.any(Number) });
  });

  it("does not go beside another one of the same order", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const items = [{ item_type: "PRODUCT", item_id: bySku("MUG-01").id, quantity: 1 }];
    const { payments } = await quoted(orderId, items);
    const refund = () => ask.post(`${actions(orderId)}/refunds`, { items, payments });
    const answers = await Promise.all([refund(), refund()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect((await refund()).status).toBe(201);
    expect(shop.view(orderId)?.refunds).toHaveLength(2);
  });

  it("of everything, unit by unit, comes to the whole to the cent", async () => {
    const orders = await allOrders(ask, "&status_id=11");
    const discounted = orders.filter(
      (it) => it.coupon_discount !== "0.0000" || it.default_currency_code !== "USD",
    );
    expect(discounted.length).toBeGreaterThan(1);
    for (const { id, total_inc_tax } of discounted) {
      const { lines } = await linesOf(ask, String(id));
      for (const line of lines)
        for (let unit = 0; unit < line.quantity; unit += 1)
          await shop.acts.refund(String(id), { lines: [{ sku: line.sku, quantity: 1 }] });
      await shop.acts.refund(String(id));
      const refunds = shop.view(String(id))?.refunds ?? [];
      expect(refunds.reduce((all, { amount }) => all + cents(amount), 0)).toBe(
        cents(total_inc_tax),
      );
      expect((await ask.get(`/v2/orders/${id}`)).body).toMatchObject({
        status_id: 4,
        payment_status: "refunded",
      });
    }
  });

  it("of shipping, handling, wrap and fee is by their own ids", async () => {
    const [order] = (await allOrders(ask)).filter((it) => it.handling_cost_inc_tax !== "0.0000");
    const [address] = (await ask.get(`/v2/orders/${order.id}/shipping_addresses`)).body;
    const [fee] = (await ask.get(`/v2/orders/${order.id}/fees`)).body;
    const { quote } = await quoted(String(order.id), [
      { item_type: "SHIPPING", item_id: address.id, amount: Number(address.cost_ex_tax) },
      { item_type: "HANDLING", item_id: address.id, amount: Number(address.handling_cost_ex_tax) },
      { item_type: "FEE", item_id: fee.id, amount: Number(fee.cost_ex_tax) },
    ]);
    expect(cents(quote.total_refund_amount)).toBe(
      cents(address.cost_inc_tax) + cents(address.handling_cost_inc_tax) + cents(fee.cost_inc_tax),
    );
  });

  it("can be of another amount where the merchant says so", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const items = [{ item_type: "PRODUCT", item_id: bySku("MUG-01").id, quantity: 1 }];
    const { body } = await ask.post(`${actions(orderId)}/refunds`, {
      items,
      payments: [{ provider_id: "custom", amount: 5, offline: true }],
      merchant_calculated_override: { total_amount: 5, total_tax: 0 },
    });
    expect(body.data).toMatchObject({ total_amount: 5, uses_merchant_override_values: true });
  });

  it("is listed by order, by store and by id, where what was asked for is a text", async () => {
    const { orderId } = await placed(shop, ask);
    const { refundId } = await shop.acts.refund(orderId, { amount: "3.25" });
    const all = await ask.get(`/v3/orders/payment_actions/refunds?order_id:in=${orderId},7`);
    expect(all.body.data.map(({ id }: { id: number }) => String(id))).toEqual([refundId]);
    expect(all.body.data[0].items[0].requested_amount).toBe(3.25);
    expect(all.body.meta.pagination).toMatchObject({ total: 1, current_page: 1 });
    const one = await ask.get(`/v3/orders/payment_actions/refunds/${refundId}`);
    expect(one.body.data.items[0].requested_amount).toBe("3.25");
    const later = encodeURIComponent(new Date(Date.now() + 60_000).toISOString());
    const none = await ask.get(`/v3/orders/payment_actions/refunds?created:min=${later}`);
    expect(none.body.data).toEqual([]);
    expect((await ask.get("/v3/orders/payment_actions/refunds/999999")).status).toBe(404);
  });
});

describe("an authorized payment", () => {
  const authorized = async () => {
    const [order] = (await allOrders(ask)).filter((it) => it.payment_status === "authorized");
    return order ?? expect.fail("no order is authorized");
  };

  it("is captured after the answer, and the order goes on", async () => {
    const { id } = await authorized();
    const { status } = await ask.post(`${actions(id)}/capture`, {});
    expect(status).toBe(201);
    const pending = (await ask.get(`/v2/orders/${id}`)).body;
    expect(pending).toMatchObject({ payment_status: "capture pending", status_id: 7 });
    expect((await ask.post(`${actions(id)}/capture`, {})).status).toBe(422);
    await shop.settled();
    const done = (await ask.get(`/v2/orders/${id}`)).body;
    expect(done).toMatchObject({ payment_status: "captured", status_id: 11 });
    const { body } = await ask.get(`/v3/orders/${id}/transactions`);
    expect(body.data.map(({ event }: { event: string }) => event)).toEqual([
      "authorization",
      "capture",
    ]);
  });

  it("is let go the same way", async () => {
    const { id } = await authorized();
    await ask.post(`${actions(id)}/void`, {});
    await shop.settled();
    expect((await ask.get(`/v2/orders/${id}`)).body.payment_status).toBe("void");
  });
});

describe("stock and metafields", () => {
  it("go down with an order, and up and down by adjustment, whole batch or none", async () => {
    const read = async () => {
      const { body } = await ask.get("/v3/inventory/items?sku:in=MUG-01");
      return body.data[0].locations[0].available_to_sell;
    };
    const before = await read();
    await placed(shop, ask);
    expect(await read()).toBe(before - 3);
    const adjust = (items: object[]) => ask.post("/v3/inventory/adjustments/relative", { items });
    const mug = { location_id: 1, sku: "MUG-01", quantity: 5 };
    expect((await adjust([mug])).status).toBe(200);
    expect(await read()).toBe(before + 2);
    expect((await adjust([mug, { ...mug, sku: "NONE" }])).status).toBe(422);
    const { body: item } = await ask.get("/v3/inventory/items?sku:in=TEE-M");
    const { product_id } = item.data[0].identity;
    expect((await adjust([{ location_id: 1, product_id, quantity: 1 }])).body.title).toContain(
      "tracked by variant",
    );
    await ask.put("/v3/inventory/adjustments/absolute", { items: [{ ...mug, quantity: 7 }] });
    expect(await read()).toBe(7);
    expect((await ask.get("/v3/inventory/locations/1/items?sku:in=MUG-01")).body.data).toHaveLength(
      1,
    );
    expect((await ask.get("/v3/inventory/locations/2/items")).status).toBe(404);
  });

  it("keep an app's own words with an order, each key once", async () => {
    const { orderId } = await placed(shop, ask);
    const path = `/v3/orders/${orderId}/metafields`;
    const field = { permission_set: "app_only", namespace: "gateway", key: "return", value: "R1" };
    const { body } = await ask.post(path, field);
    expect((await ask.post(path, field)).status).toBe(409);
    expect((await ask.post(path, { namespace: "x" })).body.errors).toMatchObject({
      key: "error.path.missing",
    });
    await ask.put(`${path}/${body.data.id}`, { value: "R2" });
    const { body: list } = await ask.get(`${path}?namespace=gateway&key=return`);
    expect(list.data).toMatchObject([{ value: "R2", resource_id: Number(orderId) }]);
    expect((await ask.get(`${path}?namespace=other`)).body.data).toEqual([]);
    expect((await ask.delete(`${path}/${body.data.id}`)).status).toBe(204);
    expect((await ask.get(`${path}/${body.data.id}`)).status).toBe(404);
  });
});
