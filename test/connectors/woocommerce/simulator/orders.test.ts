import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fromMinor, toMinor } from "../../../../src/connectors/simulator/money.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../../src/connectors/woocommerce/simulator/index.js";
import { signedClient } from "./client.js";

let shop: SimulatedWooCommerce;
let client: ReturnType<typeof signedClient>;
/** The shop's clock: it stands still unless a test moves it. */
let time: number;

const start = async (orders: number, more: object = {}) => {
  time = Date.now();
  shop = await startWooCommerce({ orders, now: () => new Date(time), ...more });
  client = signedClient(shop.settings);
};
const gmt = (ms: number) => new Date(ms).toISOString().slice(0, 19);
const ids = (body: { id: number }[]) => body.map(({ id }) => id);
afterEach(() => shop.stop());

describe("the order list of the simulated WooCommerce", () => {
  beforeEach(() => start(23));

  it("pages with totals, links and an empty page past the end", async () => {
    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) => client.get(`/orders?per_page=10&page=${page}`)),
    );
    expect(pages.map(({ body }) => body.length)).toEqual([10, 10, 3, 0]);
    expect(pages.map(({ headers }) => headers.get("x-wp-total"))).toEqual(["23", "23", "23", "23"]);
    expect(new Set(pages.flatMap(({ body }) => ids(body))).size).toBe(23);
    const rels = pages.map(({ headers }) =>
      headers
        .get("link")
        ?.match(/rel="(prev|next)"/g)
        ?.join(),
    );
    expect(rels).toEqual(['rel="next"', 'rel="prev",rel="next"', 'rel="prev"', 'rel="prev"']);
  });

  it("leaves out orders modified in the very second of modified_after", async () => {
    const { orderId } = await shop.acts.placeOrder();
    const changed = async (ms: number) =>
      ids((await client.get(`/orders?modified_after=${gmt(ms)}&dates_are_gmt=true`)).body).includes(
        Number(orderId),
      );
    expect([await changed(time), await changed(time - 1000)]).toEqual([false, true]);
  });

  it("shifts modified_after by the site's offset when a Z meets dates_are_gmt, and only then", async () => {
    const { orderId } = await shop.acts.placeOrder();
    const now = time;
    time += 7 * 3_600_000;
    const finds = async (query: string) =>
      ids((await client_(query)).body).includes(Number(orderId));
    const client_ = (query: string) =>
      signedClient(shop.settings, { timestamp: time / 1000 }).get(`/orders?${query}`);
    const later = gmt(now + 60_000);
    expect(await finds(`modified_after=${later}&dates_are_gmt=true`)).toBe(false);
    expect(await finds(`modified_after=${later}Z`)).toBe(false);
    expect(await finds(`modified_after=${later}Z&dates_are_gmt=true`)).toBe(true);
    expect(await finds(`modified_after=${gmt(now - 8 * 3_600_000 - 60_000)}`)).toBe(true);
    expect(await finds(`modified_after=${gmt(now - 8 * 3_600_000 + 60_000)}`)).toBe(false);
  });

  it("orders equal times of modification by id", async () => {
    for (let count = 0; count < 5; count += 1) await shop.acts.placeOrder();
    const { body } = await client.get("/orders?orderby=modified&order=asc&per_page=100");
    const times = body.map(
      ({ date_modified_gmt }: { date_modified_gmt: string }) => date_modified_gmt,
    );
    expect(times).toEqual([...times].sort());
    const last = ids(body).slice(-5);
    expect(last).toEqual([...last].sort((one, other) => one - other));
  });

  it("filters by status, customer, product, search, include, exclude and creation", async () => {
    const placed = await shop.acts.placeOrder({
      lines: [{ sku: "LAMP-1", quantity: 1 }],
      email: "only.one@example.org",
    });
    const all = (await client.get("/orders?per_page=100")).body as {
      id: number;
      status: string;
      customer_id: number;
    }[];
    const found = async (query: string) => (await client.get(`/orders?per_page=100&${query}`)).body;
    const completed = await found("status=completed,cancelled");
    expect(ids(completed)).toEqual(
      ids(all.filter(({ status }) => ["completed", "cancelled"].includes(status))),
    );
    expect(ids(await found("customer=3"))).toEqual(
      ids(all.filter(({ customer_id }) => customer_id === 3)),
    );
    expect(ids(await found("search=only.one%40example.org"))).toEqual([Number(placed.orderId)]);
    expect(ids(await found(`include=${placed.orderId}`))).toEqual([Number(placed.orderId)]);
    expect(await found(`exclude=${placed.orderId}`)).toHaveLength(23);
    expect(await found("created_via=nowhere")).toEqual([]);
    const { product_id } = (await found(`include=${placed.orderId}`))[0].line_items[0];
    expect(ids(await found(`product=${product_id}`))).toContain(Number(placed.orderId));
  });

  it("keeps only the fields asked for, into objects but not into lists", async () => {
    const { body } = await client.get("/orders?per_page=1&_fields=id,billing.email,line_items.sku");
    expect(Object.keys(body[0])).toEqual(["id", "billing", "line_items"]);
    expect(Object.keys(body[0].billing)).toEqual(["email"]);
    expect(body[0].line_items).toEqual([]);
  });

  it("writes amounts with as many decimals as asked for", async () => {
    const { body } = await client.get("/orders?per_page=1&dp=6");
    expect(body[0].total).toMatch(/^\d+\.\d{6}$/);
  });
});

describe("writing orders of the simulated WooCommerce", () => {
  beforeEach(() => start(2));

  it("gives an order a number that is not its id", async () => {
    const { orderId, number } = await shop.acts.placeOrder();
    expect(number).not.toBe(orderId);
    expect((await client.get(`/orders/${orderId}`)).body.number).toBe(number);
  });

  it("moves date_modified with every save, of identical data too, but not with a note", async () => {
    const { orderId } = await shop.acts.placeOrder();
    const modified = async () => (await client.get(`/orders/${orderId}`)).body.date_modified_gmt;
    const before = await modified();
    time += 5_000;
    await client.post(`/orders/${orderId}/notes`, { note: "packed" });
    expect(await modified()).toBe(before);
    await client.put(`/orders/${orderId}`, {});
    expect(await modified()).toBe(gmt(time));
  });

  it("changes only what is given, and adds, changes and deletes meta", async () => {
    const { orderId } = await shop.acts.placeOrder();
    const before = (await client.get(`/orders/${orderId}`)).body;
    const { body } = await client.put(`/orders/${orderId}`, {
      billing: { city: "Salem" },
      meta_data: [{ key: "_gw_cmd", value: { token: "abc" } }],
    });
    expect(body.billing).toEqual({ ...before.billing, city: "Salem" });
    expect(body.total).toBe(before.total);
    const meta = body.meta_data.find(({ key }: { key: string }) => key === "_gw_cmd");
    expect(meta.value).toEqual({ token: "abc" });
    const changed = await client.put(`/orders/${orderId}`, {
      meta_data: [{ id: meta.id, key: "_gw_cmd", value: 2 }],
    });
    expect(changed.body.meta_data).toContainEqual({ ...meta, value: 2 });
    const gone = await client.put(`/orders/${orderId}`, {
      meta_data: [{ key: "_gw_cmd", value: null }],
    });
    expect(gone.body.meta_data).not.toContainEqual(expect.objectContaining({ key: "_gw_cmd" }));
  });

  it("changes, adds and removes lines, taxes following", async () => {
    const { orderId } = await shop.acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 2 }] });
    const line = (await client.get(`/orders/${orderId}`)).body.line_items[0];
    const more = await client.put(`/orders/${orderId}`, {
      line_items: [
        { id: line.id, quantity: 3 },
        { sku: "TEE-M", quantity: 1 },
      ],
    });
    expect(more.body.line_items[0]).toMatchObject({ quantity: 3, total: "42.00" });
    const less = await client.put(`/orders/${orderId}`, {
      line_items: [{ id: line.id, quantity: 0 }],
    });
    expect(less.body.line_items.map(({ sku }: { sku: string }) => sku)).toEqual(["TEE-M"]);
  });

  it("creates a second order when a request is repeated: there is no idempotency key", async () => {
    const given = {
      line_items: [{ sku: "MUG-01" }],
      meta_data: [{ key: "_gw_cmd", value: "same" }],
    };
    const [one, other] = [await client.post("/orders", given), await client.post("/orders", given)];
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(one.body.id).not.toBe(other.body.id);
  });

  it("moves to the trash, from where it can be read and taken back, or erases", async () => {
    const { orderId } = await shop.acts.placeOrder();
    expect((await client.delete(`/orders/${orderId}`)).status).toBe(200);
    expect((await client.get(`/orders/${orderId}`)).body.status).toBe("trash");
    expect(ids((await client.get("/orders")).body)).not.toContain(Number(orderId));
    expect(ids((await client.get("/orders?status=trash")).body)).toEqual([Number(orderId)]);
    expect((await client.delete(`/orders/${orderId}`)).body.code).toBe(
      "woocommerce_rest_already_trashed",
    );
    expect((await client.put(`/orders/${orderId}`, { status: "processing" })).body.status).toBe(
      "processing",
    );
    await client.delete(`/orders/${orderId}?force=true`);
    expect((await client.get(`/orders/${orderId}`)).body.code).toBe(
      "woocommerce_rest_shop_order_invalid_id",
    );
    expect(shop.view(orderId)).toBeNull();
    expect((await client.put(`/orders/${orderId}`, {})).status).toBe(400);
  });

  it("does not validate within a batch, where an unknown status becomes pending", async () => {
    const { orderId } = await shop.acts.placeOrder();
    const { status, body } = await client.post("/orders/batch", {
      update: [{ id: Number(orderId), status: "bogus" }],
    });
    expect([status, body.update[0].status]).toEqual([200, "pending"]);
  });

  it("takes stock once and gives it back on cancelling, and lets stock fall below nothing", async () => {
    const { orderId } = await shop.acts.placeOrder({
      lines: [{ sku: "MUG-01", quantity: 20_000 }],
    });
    const reduced = async () =>
      (await client.get(`/orders/${orderId}`)).body.line_items[0].meta_data.find(
        ({ key }: { key: string }) => key === "_reduced_stock",
      )?.value;
    expect(await reduced()).toBe("20000");
    const notes = (await client.get(`/orders/${orderId}/notes`)).body;
    expect(notes.some(({ note }: { note: string }) => note.includes("&rarr;-"))).toBe(true);
    await shop.acts.cancel(orderId);
    expect(await reduced()).toBeUndefined();
  });

  it("answers as if the route did not exist where fulfillments are off", async () => {
    await shop.stop();
    await start(30, { fulfillments: "none" });
    const { orderId } = await shop.acts.placeOrder();
    const { status, body } = await client.get(`/orders/${orderId}/fulfillments`);
    expect([status, body.code]).toEqual([404, "rest_no_route"]);
    expect((await (await fetch(`${shop.url}/wp-json/wc/v3`)).text()).includes("fulfillments")).toBe(
      false,
    );
    await shop.acts.ship(orderId, { tracking: { number: "1Z", carrier: "UPS" } });
    expect(shop.view(orderId)).toMatchObject({ status: "completed", shipments: [] });
    const notes = (await client.get(`/orders/${orderId}/notes?type=customer`)).body;
    expect(notes[0].note).toBe("Shipped with UPS: 1Z");
  });
});

describe("refunds of the simulated WooCommerce", () => {
  beforeEach(() => start(0));
  const placed = async () => {
    const { orderId } = await shop.acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 3 }] });
    return {
      orderId,
      order: (await client.get(`/orders/${orderId}`)).body,
      path: `/orders/${orderId}/refunds`,
    };
  };

  it("asks the gateway unless told not to, and says whether it paid", async () => {
    const { path } = await placed();
    const sent = await client.post(path, { amount: "1.00" });
    expect([sent.status, sent.body.refunded_payment]).toEqual([201, true]);
    const kept = await client.post(path, { amount: "1.00", api_refund: false });
    expect(kept.body.refunded_payment).toBe(false);
  });

  it("does not check quantities: nine of three are taken and put back into stock", async () => {
    const { order, path, orderId } = await placed();
    const wish = {
      amount: "1.00",
      api_refund: false,
      line_items: [{ id: order.line_items[0].id, quantity: 9, refund_total: 1 }],
    };
    const { status, body } = await client.post(path, wish);
    expect([status, body.line_items[0].quantity]).toEqual([201, -9]);
    const line = (await client.get(`/orders/${orderId}`)).body.line_items[0];
    expect(
      line.meta_data.map(({ key, value }: { key: string; value: string }) => [key, value]),
    ).toEqual([
      ["_reduced_stock", "-6"],
      ["_restock_refunded_items", "9"],
    ]);
  });

  it("shows sums only in the order, negative, and turns it refunded when all is given back", async () => {
    const { order, path, orderId } = await placed();
    await client.post(path, { amount: "5.00", reason: "goodwill", api_refund: false });
    await client.post(path, {
      amount: "0.00",
      api_refund: false,
      line_items: [{ id: order.line_items[0].id, quantity: 1 }],
    });
    const partly = (await client.get(`/orders/${orderId}`)).body;
    expect(partly.status).toBe("processing");
    expect(partly.refunds.map(({ total }: { total: string }) => total)).toEqual(["-5.00", "-0.00"]);
    const rest = fromMinor(toMinor(order.total) - 500);
    await client.post(path, { amount: rest, api_refund: false });
    expect((await client.get(`/orders/${orderId}`)).body.status).toBe("refunded");
    expect(shop.view(orderId)?.refunds.map(({ amount }) => amount)).toEqual(["5.00", "0.00", rest]);
  });

  it("makes a refund of the rest, without lines, when the status is set to refunded by hand", async () => {
    const { order, path, orderId } = await placed();
    await client.put(`/orders/${orderId}`, { status: "refunded" });
    const { body } = await client.get(path);
    expect(body).toMatchObject([
      { amount: order.total, reason: "Order fully refunded.", line_items: [] },
    ]);
  });

  it("puts nothing back into stock that a cancellation put back before", async () => {
    const { order, path, orderId } = await placed();
    await shop.acts.cancel(orderId);
    const before = shop.view(orderId)?.stock;
    const line_items = [{ id: order.line_items[0].id, quantity: 1, refund_total: "1.00" }];
    expect((await client.post(path, { amount: "1.00", line_items })).status).toBe(201);
    expect(shop.view(orderId)?.stock).toEqual(before);
  });

  it("keeps the reason and the meta of a request", async () => {
    const { path } = await placed();
    const meta_data = [{ key: "_case", value: "R-17" }];
    const { body } = await client.post(path, { amount: "1.00", reason: "late", meta_data });
    expect(body).toMatchObject({
      reason: "late",
      meta_data: [{ key: "_refund_type" }, { key: "_case", value: "R-17" }],
    });
  });

  it("fails where the gateway says no, in core's words, and keeps no refund", async () => {
    const { path } = await placed();
    const order = await client.post("/orders", {
      set_paid: true,
      payment_method: "woocommerce_payments",
      line_items: [{ product_id: 11, quantity: 1 }],
    });
    const own = path.replace(/\d+/, String(order.body.id));
    const { status, body } = await client.post(own, { amount: "1.00" });
    expect([status, body.data]).toEqual([500, 500]);
    expect(body.message).toMatch(/error occurred while attempting to create the refund/);
    expect((await client.get(own)).body).toEqual([]);
  });

  it("lists its payment gateways, of which one can send money back", async () => {
    const { status, body } = await client.get("/payment_gateways");
    expect(status).toBe(200);
    const able = body.filter(({ method_supports }: { method_supports: string[] }) =>
      method_supports.includes("refunds"),
    );
    expect(able.map(({ id }: { id: string }) => id)).toEqual(["woocommerce_payments"]);
    expect((await client.get("/payment_gateways/bacs")).body.title).toBe("Direct bank transfer");
    expect((await client.get("/payment_gateways/stripe")).status).toBe(404);
  });

  it("says in its books which money it moved itself, and of an offline payment none", async () => {
    const online = await shop.acts.placeOrder({ payment: "online" });
    const offline = await shop.acts.placeOrder({ payment: "offline" });
    for (const { orderId } of [online, offline])
      await shop.acts.refund(orderId, { amount: "1.00" });
    expect(shop.view(online.orderId)?.refunds).toMatchObject([{ moved: true }]);
    expect(shop.view(offline.orderId)?.refunds).toMatchObject([{ moved: false }]);
  });

  it("leaves nothing behind when it refuses", async () => {
    const { path, orderId } = await placed();
    expect((await client.post(path, { amount: "999.00", api_refund: false })).status).toBe(500);
    await client.put(`/orders/${orderId}`, { payment_method: "bacs" });
    const manual = await client.post(path, { amount: "1.00" });
    expect(manual.body).toEqual({
      code: "woocommerce_rest_cannot_create_order_refund",
      message: "The payment gateway for this order does not support automatic refunds.",
      data: 500,
    });
    expect((await client.get(path)).body).toEqual([]);
  });
});

describe("fulfillments of the simulated WooCommerce", () => {
  beforeEach(() => start(0));
  const items = (item_id: unknown, qty: number) => ({
    id: 0,
    key: "_items",
    value: [{ item_id, qty }],
  });
  const placed = async (lines = [{ sku: "MUG-01", quantity: 3 }]) => {
    const { orderId } = await shop.acts.placeOrder({ lines });
    const order = (await client.get(`/orders/${orderId}`)).body;
    return {
      orderId,
      order,
      line: order.line_items[0].id as number,
      path: `/orders/${orderId}/fulfillments`,
    };
  };
  const statusOf = async (orderId: string) =>
    (await client.get(`/orders/${orderId}`)).body.meta_data.find(
      ({ key }: { key: string }) => key === "_fulfillment_status",
    )?.value;

  it("drops entries without an id on creation but not on update, which replaces all", async () => {
    const { line, path } = await placed();
    const url = { key: "_tracking_url", value: "https://example.com" };
    const made = await client.post(path, { status: "fulfilled", meta_data: [items(line, 1), url] });
    const keys = (body: { meta_data: { key: string }[] }) => body.meta_data.map(({ key }) => key);
    expect(keys(made.body)).toEqual(["_items", "_date_fulfilled"]);
    const { id: _, ...withoutId } = items(line, 1);
    const updated = await client.put(`${path}/${made.body.id}`, { meta_data: [withoutId, url] });
    expect(keys(updated.body)).toEqual(["_items", "_tracking_url", "_date_fulfilled"]);
    expect(updated.body.meta_data[0].id).toBe(made.body.meta_data[0].id);
    const again = await client.put(`${path}/${made.body.id}`, { meta_data: [withoutId] });
    expect(keys(again.body)).toEqual(["_items", "_date_fulfilled"]);
  });

  it("checks neither quantity nor order of an item, only that ids are numbers", async () => {
    const { line, path } = await placed();
    expect((await client.post(path, { meta_data: [items(line, 50)] })).status).toBe(201);
    expect((await client.post(path, { meta_data: [items(999_999, 1)] })).status).toBe(201);
    const text = await client.post(path, { meta_data: [items(String(line), 1)] });
    expect([text.status, text.body.message]).toEqual([400, "Invalid item."]);
  });

  it("takes an unknown status for unfulfilled", async () => {
    const { line, path } = await placed();
    const { body } = await client.post(path, { status: "shipped", meta_data: [items(line, 1)] });
    expect([body.status, body.is_fulfilled]).toEqual(["unfulfilled", false]);
  });

  it("tells in the order's meta how far it is, and never changes the order's status", async () => {
    const { orderId, line, path } = await placed();
    expect(await statusOf(orderId)).toBeUndefined();
    const draft = await client.post(path, { meta_data: [items(line, 1)] });
    expect(await statusOf(orderId)).toBe("unfulfilled");
    await client.post(path, { status: "fulfilled", meta_data: [items(line, 2)] });
    expect(await statusOf(orderId)).toBe("partially_fulfilled");
    await client.put(`${path}/${draft.body.id}`, {
      status: "fulfilled",
      meta_data: [items(line, 1)],
    });
    expect(await statusOf(orderId)).toBe("fulfilled");
    expect((await client.get(`/orders/${orderId}`)).body.status).toBe("processing");
  });

  it("deletes softly: gone from the list, HTTP 400 with code 404 when read, and deleted again without complaint", async () => {
    const { orderId, line, path } = await placed();
    const { body } = await client.post(path, { status: "fulfilled", meta_data: [items(line, 3)] });
    expect((await client.delete(`${path}/${body.id}`)).status).toBe(200);
    expect((await client.get(path)).body).toEqual([]);
    const read = await client.get(`${path}/${body.id}`);
    expect([read.status, read.body.code]).toEqual([400, 404]);
    expect((await client.delete(`${path}/${body.id}`)).status).toBe(200);
    expect(await statusOf(orderId)).toBeUndefined();
    expect(shop.view(orderId)?.shipments).toMatchObject([{ canceled: true }]);
  });

  it("fulfills downloads by itself and leaves the goods open", async () => {
    const { orderId, path } = await placed([
      { sku: "EBOOK-1", quantity: 1 },
      { sku: "MUG-01", quantity: 1 },
    ]);
    const { body } = await client.get(path);
    expect(body).toHaveLength(1);
    expect(await statusOf(orderId)).toBe("partially_fulfilled");
    expect((await client.get(`/orders/${orderId}`)).body.status).toBe("processing");
  });

  it("takes refunded units out of drafts, never out of what was sent", async () => {
    const { line, path, orderId } = await placed();
    await client.post(path, { status: "fulfilled", meta_data: [items(line, 1)] });
    await client.post(path, { meta_data: [items(line, 2)] });
    await shop.acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
    const { body } = await client.get(path);
    expect(
      body.map(
        ({ meta_data }: { meta_data: { value: { qty: number }[] }[] }) =>
          meta_data[0]?.value[0]?.qty,
      ),
    ).toEqual([1, 1]);
  });
});
