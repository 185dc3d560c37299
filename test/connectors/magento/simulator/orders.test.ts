import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../../src/connectors/magento/simulator/index.js";
import { search, signedClient } from "./client.js";

let shop: SimulatedMagento;
let client: ReturnType<typeof signedClient>;
/** The shop's clock, in milliseconds; each step of a test lets time go by. */
let clock = Date.parse("2026-11-23T06:00:00Z");
beforeAll(async () => {
  shop = await startMagento({ orders: 30, now: () => new Date(clock) });
  client = signedClient(shop.settings, { timestamp: clock / 1000 });
});
afterAll(() => shop.stop());

const read = async (id: string) => (await client.get(`/orders/${id}`)).body;
async function place(lines = [{ sku: "MUG-01", quantity: 3 }], paid = false, currency = "USD") {
  const { orderId: id } = await shop.acts.placeOrder({ lines, paid, currency });
  const order = await read(id);
  return { id, order, first: order.items[0].item_id as number };
}
const ship = (id: string, item: number, qty: number, more: object = {}) =>
  client.post(`/order/${id}/ship`, { items: [{ order_item_id: item, qty }], ...more });
const refund = (id: string, body: object) => client.post(`/order/${id}/refund`, body);

describe("what an order's updated_at tells of a simulated Magento", () => {
  /** Whether something moves the order's updated_at. */
  async function moves(id: string, act: () => Promise<unknown>): Promise<boolean> {
    const before = (await read(id)).updated_at;
    clock += 60_000;
    await act();
    return (await read(id)).updated_at !== before;
  }

  it("moves with whatever changes the state, and not with a second shipment or a silent comment", async () => {
    const { id, first } = await place([{ sku: "MUG-01", quantity: 4 }]);
    const comment = (status?: string) =>
      client.post(`/orders/${id}/comments`, {
        statusHistory: {
          comment: "x",
          is_customer_notified: 0,
          is_visible_on_front: 0,
          parent_id: 1,
          ...(status && { status }),
        },
      });
    expect(await moves(id, () => client.post(`/orders/${id}/hold`))).toBe(true);
    expect(await moves(id, () => client.post(`/orders/${id}/unhold`))).toBe(true);
    expect(await moves(id, () => ship(id, first, 1))).toBe(true);
    expect(await moves(id, () => ship(id, first, 1))).toBe(false);
    expect(await moves(id, () => ship(id, first, 1, { notify: true }))).toBe(false);
    expect(await moves(id, () => comment())).toBe(false);
    expect(await moves(id, () => comment("processing"))).toBe(false);
    expect(await moves(id, () => comment("fraud"))).toBe(true);
    expect(await moves(id, () => client.post(`/order/${id}/invoice`, { capture: true }))).toBe(
      true,
    );
    const one = { items: [{ order_item_id: first, qty: 1 }], arguments: { shipping_amount: 0 } };
    expect(await moves(id, () => refund(id, one))).toBe(true);
    // Open to ship are those ordered less the greater of shipped and refunded: one of four.
    expect((await read(id)).state).toBe("processing");
    await ship(id, first, 9);
    expect(shop.view(id)?.shipments.at(-1)?.lines[0]?.quantity).toBe(1);
    expect((await read(id)).state).toBe("complete");
  });

  it("does not move with tracks, and neither does the shipment's own", async () => {
    const { id, first } = await place();
    const { body: shipment } = await ship(id, first, 1);
    const before = (await client.get(`/shipment/${shipment}`)).body.updated_at;
    const track = (number: string) => ({
      entity: {
        order_id: Number(id),
        parent_id: Number(shipment),
        track_number: number,
        title: "UPS",
        carrier_code: "ups",
      },
    });
    expect(await moves(id, () => client.post("/shipment/track", track("1Z1")))).toBe(false);
    const { body } = await client.get(`/shipment/${shipment}`);
    expect(body.updated_at).toBe(before);
    expect(body.tracks[0].updated_at > before).toBe(true);
    const gone = body.tracks[0].entity_id;
    expect(await moves(id, () => client.delete(`/shipment/track/${gone}`))).toBe(false);
    expect((await client.get(`/shipment/${shipment}`)).body).toMatchObject({
      updated_at: before,
      tracks: [],
    });
    expect((await client.post("/shipment/track", track(""))).status).toBe(200);
  });
});

describe("shipping at a simulated Magento", () => {
  it("ships what is left where more was asked for, and everything where nothing was named", async () => {
    const { id, first } = await place();
    const { status } = await ship(id, first, 2);
    expect(status).toBe(200);
    const { body } = await ship(id, first, 99);
    expect((await client.get(`/shipment/${body}`)).body.total_qty).toBe(1);
    const other = await place([
      { sku: "MUG-01", quantity: 3 },
      { sku: "TEE-M", quantity: 2 },
      { sku: "EBOOK-1", quantity: 1 },
    ]);
    await client.post(`/order/${other.id}/ship`, { items: [] });
    expect(shop.view(other.id)?.shipments[0]?.lines.map(({ quantity }) => quantity)).toEqual([
      3, 2,
    ]);
  });

  it("does the same again when asked again: nothing makes a request the same as another", async () => {
    const { id, first } = await place();
    await Promise.all([ship(id, first, 1), ship(id, first, 1)]);
    expect(shop.view(id)?.shipments).toHaveLength(2);
    const both = await Promise.all([
      client.post(`/order/${id}/ship`),
      client.post(`/order/${id}/ship`),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it("keeps a comment to find a shipment again by", async () => {
    const { id, first } = await place();
    const comment = { comment: "gw:0123456789abcdefghijkl", is_visible_on_front: 0 };
    const { body } = await ship(id, first, 1, { appendComment: true, comment });
    const shipment = (await client.get(`/shipment/${body}`)).body;
    expect(shipment.comments).toMatchObject([{ ...comment, is_customer_notified: 0 }]);
  });

  it("takes goods from the source named, from the default one otherwise, and from no unknown one", async () => {
    const { id, first } = await place();
    const stock = async () => {
      const query = search([["sku", "eq", "MUG-01"]]);
      const { items } = (await client.get(`/inventory/source-items?${query}`)).body;
      return items.map(({ quantity }: { quantity: number }) => quantity);
    };
    const before = await stock();
    const from = (source_code: string) => ({
      arguments: { extension_attributes: { source_code } },
    });
    const { body } = await ship(id, first, 2, from("wh2"));
    await ship(id, first, 1);
    expect(await stock()).toEqual([before[0] - 1, before[1] - 2, before[2]]);
    const { extension_attributes } = (await client.get(`/shipment/${body}`)).body;
    expect(extension_attributes).toEqual({ source_code: "wh2" });
  });

  it("ships a bundle by its parent, or by its parts, as the product says and the order does not", async () => {
    const together = await place([{ sku: "DESK-SET", quantity: 2 }]);
    const [desk, lamp] = together.order.items;
    expect((await ship(together.id, lamp.item_id, 1)).status).toBe(400);
    expect((await ship(together.id, desk.item_id, 1)).status).toBe(200);
    const apart = await place([{ sku: "TEA-SET", quantity: 1 }]);
    const [set, mug, tea] = apart.order.items;
    expect((await ship(apart.id, set.item_id, 1)).status).toBe(400);
    expect((await ship(apart.id, mug.item_id, 1)).status).toBe(200);
    expect([mug.qty_ordered, tea.qty_ordered]).toEqual([2, 1]);
    expect(apart.order.subtotal).toBe(mug.row_total + tea.row_total);
    expect(set.row_total).toBe(apart.order.subtotal);
    const { custom_attributes } = (await client.get("/products/TEA-SET")).body;
    expect(custom_attributes).toContainEqual({ attribute_code: "shipment_type", value: "1" });
  });

  it("ships and refunds parts of what is sold by weight, and cuts parts off what is not", async () => {
    const { id, first } = await place([{ sku: "TEA-LOOSE", quantity: 1.25 }]);
    await client.post(`/order/${id}/invoice`, { capture: true });
    await ship(id, first, 0.75);
    await refund(id, {
      items: [{ order_item_id: first, qty: 0.25 }],
      arguments: { shipping_amount: 0 },
    });
    const [item] = (await read(id)).items;
    expect(item).toMatchObject({
      is_qty_decimal: 1,
      qty_ordered: 1.25,
      qty_shipped: 0.75,
      qty_refunded: 0.25,
      amount_refunded: 24.5,
    });
    const whole = await place();
    const { body } = await ship(whole.id, whole.first, 1.9);
    expect((await client.get(`/shipment/${body}`)).body.total_qty).toBe(1);
  });

  it("keeps the address of a shipment in its assignment, and none of a download's", async () => {
    const { order } = await place([{ sku: "EBOOK-1", quantity: 1 }], true);
    expect(order).toMatchObject({ is_virtual: 1, state: "complete", shipping_amount: 0 });
    const { shipping } = order.extension_attributes.shipping_assignments[0];
    expect(Object.keys(shipping)).toEqual(["total"]);
  });
});

describe("money at a simulated Magento", () => {
  it("refunds everything left, shipping too, where it is told nothing", async () => {
    const { id, first } = await place(undefined, false);
    await client.post(`/order/${id}/invoice`, { capture: true });
    await refund(id, { items: [{ order_item_id: first, qty: 1 }] });
    const once = await read(id);
    // Items were named, shipping was not: all of it went back with the first mug.
    expect(once.shipping_refunded).toBe(once.shipping_amount);
    await refund(id, {});
    const closed = await read(id);
    expect([closed.state, closed.total_refunded]).toEqual(["closed", closed.grand_total]);
  });

  it("refunds an amount alone by an adjustment beside a row of nothing", async () => {
    const { id, first } = await place();
    await client.post(`/order/${id}/invoice`, { capture: true });
    const { body } = await refund(id, {
      items: [{ order_item_id: first, qty: 0 }],
      arguments: { shipping_amount: 0, adjustment_positive: 3.5 },
    });
    const memo = (await client.get(`/creditmemo/${body}`)).body;
    expect(memo).toMatchObject({ grand_total: 3.5, items: [], adjustment_positive: 3.5 });
    expect((await client.get(`/creditmemo/${body}?fields=items%5Bqty%5D`)).body).toEqual({
      items: null,
    });
  });

  it("puts goods back only where it is told to", async () => {
    const { id, first } = await place();
    await client.post(`/order/${id}/invoice`, { capture: true });
    await ship(id, first, 3);
    const stock = async () => (await client.get("/stockItems/MUG-01")).body.qty;
    const before = await stock();
    const one = { order_item_id: first, qty: 1 };
    await refund(id, { items: [one], arguments: { shipping_amount: 0 } });
    expect(await stock()).toBe(before);
    await refund(id, {
      items: [one],
      arguments: { shipping_amount: 0, extension_attributes: { return_to_stock_items: [first] } },
    });
    expect(await stock()).toBe(before + 1);
  });

  it("refunds an invoice through its gateway, and notes both transactions", async () => {
    const { id, order, first } = await place(undefined, true);
    expect(order.payment).toMatchObject({
      method: "braintree",
      base_amount_paid_online: order.base_grand_total,
    });
    const { items } = (await client.get(`/invoices?${search([["order_id", "eq", id]])}`)).body;
    expect(items[0].transaction_id).toBe(order.payment.last_trans_id);
    const wish = {
      items: [{ order_item_id: first, qty: 1 }],
      isOnline: true,
      arguments: { shipping_amount: 0 },
    };
    const { body } = await client.post(`/invoice/${items[0].entity_id}/refund`, wish);
    const memo = (await client.get(`/creditmemo/${body}`)).body;
    expect(memo).toMatchObject({
      invoice_id: items[0].entity_id,
      transaction_id: expect.any(String),
    });
    const after = await read(id);
    expect(after.total_online_refunded).toBe(memo.grand_total);
    expect(after.total_offline_refunded).toBeUndefined();
    const found = (await client.get(`/transactions?${search([["order_id", "eq", id]])}`)).body;
    expect(found.items.map((each: { txn_type: string }) => each.txn_type)).toEqual([
      "capture",
      "refund",
    ]);
  });

  it("stays complete while money is left, though all goods were refunded", async () => {
    const { id, first } = await place();
    await client.post(`/order/${id}/invoice`, { capture: true });
    const all = [{ order_item_id: first, qty: 3 }];
    await refund(id, { items: all, arguments: { shipping_amount: 0 } });
    expect((await read(id)).state).toBe("complete");
    await refund(id, { items: [{ order_item_id: first, qty: 0 }] });
    expect((await read(id)).state).toBe("closed");
  });

  it("counts in two currencies, with two decimals in each of them, yen and dinars too", async () => {
    const yen = await place([{ sku: "PEN-3", quantity: 1 }], false, "JPY");
    expect(yen.order).toMatchObject({
      base_subtotal: 6.75,
      subtotal: 1012.5,
      base_to_order_rate: 150,
    });
    const dinars = await place([{ sku: "TEE-M", quantity: 1 }], false, "KWD");
    expect(dinars.order).toMatchObject({
      base_subtotal: 25,
      subtotal: 7.63,
      base_to_order_rate: 0.305,
    });
    expect(dinars.order.store_to_order_rate).toBe(0);
  });

  it("shows single prices with four decimals where the tax was within", async () => {
    const query = search(
      [
        ["store_id", "eq", 2],
        ["order_currency_code", "eq", "EUR"],
      ],
      { "[pageSize]": 1 },
    );
    const [order] = (await client.get(`/orders?${query}`)).body.items;
    const [item] = order.items;
    expect(item.row_total_incl_tax).toBeCloseTo(item.row_total + item.tax_amount, 4);
    const exact = item.row_total / item.qty_ordered;
    expect(item.price).toBeCloseTo(exact, 3);
    expect(order.increment_id).toMatch(/^2\d{9}$/);
    expect(order.extension_attributes.applied_taxes[0].percent).toBe(item.tax_percent);
  });

  it("adds up: what rows and documents say is what the order says", async () => {
    const cents = (amount: number) => Math.round(amount * 10_000);
    const { items: orders } = (await client.get("/orders?searchCriteria=")).body;
    const { items: memos } = (await client.get("/creditmemos?searchCriteria=")).body;
    const { items: invoices } = (await client.get("/invoices?searchCriteria=")).body;
    type Row = Record<string, number>;
    const sum = (rows: Row[], name: string) =>
      rows.reduce((all, row) => all + cents(row[name] ?? 0), 0);
    for (const order of orders) {
      const of = (rows: Row[]) => rows.filter((row) => row.order_id === order.entity_id);
      const parts = ["subtotal", "tax_amount", "shipping_amount", "discount_amount"];
      const whole = parts.reduce((all, name) => all + cents(order[name]), 0);
      expect(cents(order.grand_total), order.increment_id).toBe(whole);
      expect(cents(order.total_refunded ?? 0)).toBe(sum(of(memos), "grand_total"));
      expect(cents(order.total_invoiced ?? 0)).toBe(sum(of(invoices), "grand_total"));
      expect(cents(order.total_due)).toBe(cents(order.grand_total) - cents(order.total_paid ?? 0));
    }
  });
});

describe("what a simulated Magento takes for input", () => {
  it("fails on a property that it does not know within an object, and ignores one beside", async () => {
    const { id, first } = await place();
    const wrong = await client.post(`/order/${id}/ship`, {
      items: [{ order_item_id: first, qtyy: 1 }],
    });
    expect(wrong.status).toBe(500);
    expect(wrong.body.message).toContain("Internal Error");
    const beside = { items: [{ order_item_id: first, qty: 1 }], nonsense: 1 };
    expect((await client.post(`/order/${id}/ship`, beside)).status).toBe(200);
  });

  it("refuses bad JSON, wrong types and missing parameters, each in its own words", async () => {
    const { id, first } = await place();
    const bad = await client.post(`/order/${id}/ship`, "{");
    expect([bad.status, bad.body]).toEqual([400, { message: "Decoding error." }]);
    const type = await ship(id, first, "many" as never);
    expect([type.status, type.body.message]).toEqual([
      400,
      'Error occurred during "qty" processing. The "many" value\'s type is invalid. The "float" type was expected. Verify and try again.',
    ]);
    const missing = await client.post(`/orders/${id}/comments`, {});
    expect(missing.body.parameters).toEqual({ fieldName: "statusHistory" });
    expect((await client.get("/orders/99999")).status).toBe(404);
    expect((await client.get("/nowhere")).body).toEqual({
      message: "Request does not match any route.",
    });
  });

  it("writes JSON as PHP does, with slashes and letters escaped", async () => {
    const { text } = await client.get("/store/storeConfigs");
    expect(text).toContain("http:\\/\\/127.0.0.1");
    const { text: orders } = await client.get("/orders?searchCriteria=");
    expect(orders).toContain("J\\u00fcrgen");
  });
});
