import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedBigCommerce,
  startBigCommerce,
} from "../../../../src/connectors/bigcommerce/simulator/index.js";
import { type Asker, allOrders, askerOf, linesOf, placed } from "./ask.js";

let clock = Date.parse("2026-11-01T10:00:00Z");
let shop: SimulatedBigCommerce;
let ask: Asker;
beforeAll(async () => {
  shop = await startBigCommerce({ plan: "wide", orders: 60, now: () => new Date(clock) });
  ask = askerOf(shop);
});
afterAll(() => shop.stop());

const statusOf = async (orderId: string) => (await ask.get(`/v2/orders/${orderId}`)).body.status_id;

describe("a shipment", () => {
  it("moves the order to Partially Shipped and then to Shipped, and dates it", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const [mug, tee] = [bySku("MUG-01"), bySku("TEE-M")];
    const path = `/v2/orders/${orderId}/shipments`;
    const first = await ask.post(path, {
      order_address_id: mug.order_address_id,
      items: [{ order_product_id: mug.id, quantity: 2 }],
      tracking_number: "1Z999AA10123456784",
      shipping_provider: "ups",
      comments: "Fragile",
      merchant_shipping_cost: "1.0000",
    });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      order_id: Number(orderId),
      items: [{ order_product_id: mug.id, quantity: 2 }],
      shipping_provider_display_name: "UPS",
      generated_tracking_link: "https://www.ups.com/track?tracknum=1Z999AA10123456784",
      tracking_link: "",
      merchant_shipping_cost: "1.0000",
      comments: "Fragile",
    });
    expect(await statusOf(orderId)).toBe(3);
    const items = [
      { order_product_id: mug.id, quantity: 1 },
      { order_product_id: tee.id, quantity: 1 },
    ];
    await ask.post(path, { order_address_id: mug.order_address_id, items });
    const { body } = await ask.get(`/v2/orders/${orderId}`);
    expect(body).toMatchObject({ status_id: 2, items_shipped: 4 });
    expect(body.date_shipped).not.toBe("");
    expect((await ask.get(path)).body).toHaveLength(2);
    expect((await ask.get(`${path}/count`)).body).toEqual({ count: 2 });
    expect((await ask.get(`${path}/${first.body.id}`)).body).toEqual(first.body);
    expect((await linesOf(ask, orderId)).bySku("MUG-01")).toMatchObject({ quantity_shipped: 3 });
  });

  it("cannot hold more than is left, in the platform's own words", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const { id, order_address_id } = bySku("MUG-01");
    await shop.acts.ship(orderId, { lines: [{ sku: "MUG-01", quantity: 2 }] });
    const items = [{ order_product_id: id, quantity: 2 }];
    const { status, body } = await ask.post(`/v2/orders/${orderId}/shipments`, {
      order_address_id,
      items,
    });
    expect(status).toBe(400);
    expect(body).toEqual([
      {
        status: 400,
        message: "The field 'quantity' is invalid.",
        details: {
          invalid_reason:
            "The quantity specified is greater than the quantity of the product that is available to ship.",
          available_quantity: 1,
          order_product_id: id,
        },
      },
    ]);
    expect(shop.view(orderId)?.shipments).toHaveLength(1);
  });

  it("counts the same line twice within one request", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const { id, order_address_id } = bySku("MUG-01");
    const item = { order_product_id: id, quantity: 2 };
    const { status } = await ask.post(`/v2/orders/${orderId}/shipments`, {
      order_address_id,
      items: [item, item],
    });
    expect(status).toBe(400);
  });

  it("needs its address and items, and takes no field that is not its own", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const { id, order_address_id } = bySku("MUG-01");
    const items = [{ order_product_id: id, quantity: 1 }];
    const whole = { order_address_id, items };
    const cases: [body: object, message: string][] = [
      [{ items }, "The required field 'order_address_id' was not supplied."],
      [{ order_address_id }, "The required field 'items' was not supplied."],
      [{ ...whole, order_address_id: 1 }, "The field 'order_address_id' is invalid."],
      [
        { ...whole, items: [{ order_product_id: 1, quantity: 1 }] },
        "The field 'order_product_id' is invalid.",
      ],
      [
        { ...whole, items: [{ order_product_id: id, quantity: 0 }] },
        "The field 'quantity' is invalid.",
      ],
      [{ ...whole, tracking_number: "9".repeat(51) }, "The field 'tracking_number' is invalid."],
      [{ ...whole, shipping_provider: "pigeon" }, "The field 'shipping_provider' is invalid."],
      [
        { ...whole, items: [{ order_product_id: id, product_id: 1, quantity: 1 }] },
        "The field 'product_id' cannot be written to. Please remove it from your request before trying again.",
      ],
      [
        { ...whole, date_created: "" },
        "The field 'date_created' cannot be written to. Please remove it from your request before trying again.",
      ],
    ];
    for (const [body, message] of cases) {
      const answer = await ask.post(`/v2/orders/${orderId}/shipments`, body);
      expect(answer.body).toEqual([{ status: 400, message }]);
    }
    expect((await ask.get(`/v2/orders/${orderId}/shipments`)).status).toBe(204);
  });

  it("is of one address alone", async () => {
    const orders = await allOrders(ask);
    const order = orders.find((it) => it.shipping_address_count === 2 && it.status_id === 3);
    const { bySku } = await linesOf(ask, String(order.id));
    const [mug, poster] = [bySku("MUG-01"), bySku("POSTER-A2")];
    expect(mug.order_address_id).not.toBe(poster.order_address_id);
    const ship = (order_address_id: number) =>
      ask.post(`/v2/orders/${order.id}/shipments`, {
        order_address_id,
        items: [{ order_product_id: poster.id, quantity: 1 }],
      });
    expect((await ship(mug.order_address_id)).status).toBe(400);
    expect((await ship(poster.order_address_id)).status).toBe(201);
  });

  it("cannot be made of what is picked up", async () => {
    const [order] = (await allOrders(ask)).filter(({ status_id }) => status_id === 8);
    expect((await ask.get(`/v2/orders/${order.id}/shipping_addresses`)).status).toBe(204);
    await expect(shop.acts.ship(String(order.id))).rejects.toThrow("nothing left to ship");
  });

  it("links to AfterShip for a carrier by slug, and to nothing for a number alone", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const { id, order_address_id } = bySku("MUG-01");
    const ship = (fields: object) =>
      ask.post(`/v2/orders/${orderId}/shipments`, {
        order_address_id,
        items: [{ order_product_id: id, quantity: 1 }],
        tracking_number: "JD01",
        ...fields,
      });
    const slug = await ship({ shipping_provider: "", tracking_carrier: "dhl" });
    expect(slug.body.generated_tracking_link).toBe("https://store.aftership.com/dhl/JD01");
    const link = "https://parcels.example.com/JD01";
    const own = await ship({ tracking_link: link });
    expect(own.body).toMatchObject({
      generated_tracking_link: "",
      tracking_link: link,
      shipping_provider: "custom",
    });
  });

  it("changes its tracking without touching the order, and never its items", async () => {
    const { orderId } = await placed(shop, ask);
    const { shipmentId } = await shop.acts.ship(orderId);
    const before = (await ask.get(`/v2/orders/${orderId}`)).body;
    clock += 60_000;
    const path = `/v2/orders/${orderId}/shipments/${shipmentId}`;
    const { body } = await ask.put(path, { tracking_number: "9400", shipping_provider: "usps" });
    expect(body).toMatchObject({ tracking_number: "9400", shipping_provider_display_name: "USPS" });
    const { status } = await ask.put(path, { items: [] });
    expect(status).toBe(400);
    expect((await ask.get(`/v2/orders/${orderId}`)).body).toEqual(before);
  });

  it("goes without moving the order back", async () => {
    const { orderId } = await placed(shop, ask);
    const { shipmentId } = await shop.acts.ship(orderId);
    expect((await ask.delete(`/v2/orders/${orderId}/shipments/${shipmentId}`)).status).toBe(204);
    const { body } = await ask.get(`/v2/orders/${orderId}`);
    expect(body).toMatchObject({ status_id: 2, items_shipped: 0 });
    expect(shop.view(orderId)?.shipments).toEqual([]);
    await shop.acts.ship(orderId);
    expect((await ask.delete(`/v2/orders/${orderId}/shipments`)).status).toBe(204);
    expect((await ask.get(`/v2/orders/${orderId}/shipments`)).status).toBe(204);
  });

  it("hides a refund: the status of a refunded order becomes Shipped", async () => {
    const { orderId } = await placed(shop, ask);
    await shop.acts.refund(orderId, { lines: [{ sku: "TEE-M", quantity: 1 }] });
    expect(await statusOf(orderId)).toBe(14);
    await shop.acts.ship(orderId);
    expect(await statusOf(orderId)).toBe(2);
  });
});
