import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedBigCommerce,
  startBigCommerce,
} from "../../../../src/connectors/bigcommerce/simulator/index.js";
import { specsDir } from "../../../support/specs.js";
import { type Asker, allOrders, askerOf, linesOf, placed } from "./ask.js";
import { specification } from "./specification.js";

let clock = Date.parse("2026-11-01T10:00:00Z");
let shop: SimulatedBigCommerce;
let ask: Asker;
beforeAll(async () => {
  shop = await startBigCommerce({ plan: "wide", orders: 60, now: () => new Date(clock) });
  ask = askerOf(shop);
});
afterAll(() => shop.stop());

const encode = encodeURIComponent;

describe.skipIf(!specsDir)("the official schemas, made strict", () => {
  it("find what is missing, foreign, of another type or with too few decimals", async () => {
    const { body } = await ask.get("/v2/orders/1042");
    const problems = (changes: object) =>
      specification?.problems("GET", "/v2/orders/1042", 200, { ...body, ...changes });
    expect(problems({})).toEqual([]);
    expect(problems({ id: "1042" })).toHaveLength(1);
    expect(problems({ total_inc_tax: "12.50" })).toHaveLength(1);
    expect(problems({ total_inc_tax: undefined })).toHaveLength(1);
    expect(problems({ total_inc: "12.5000" })).toHaveLength(1);
    expect(specification?.problems("GET", "/v2/nonsense", 200, {})).toHaveLength(1);
  });
});

describe("a list of orders", () => {
  it("is bare, by id, fifty at a time, and 204 without a body behind its end", async () => {
    const { body, headers } = await ask.get("/v2/orders");
    expect(body).toHaveLength(50);
    expect(headers.get("content-type")).toBe("application/json");
    const ids = body.map(({ id }: { id: number }) => id);
    expect(ids).toEqual([...ids].sort((one, other) => one - other));
    const { status, text } = await ask.get("/v2/orders?page=99");
    expect({ status, text }).toEqual({ status: 204, text: "" });
  });

  it("takes at most 250 at a time", async () => {
    const { status, body } = await ask.get("/v2/orders?limit=251");
    expect(status).toBe(413);
    expect(body).toEqual([{ status: 413, message: expect.any(String) }]);
  });

  it("is filtered by every documented parameter", async () => {
    const orders = await allOrders(ask);
    const wanted = orders[20];
    const at = Date.parse(wanted.date_created) / 1000;
    const iso = new Date(at * 1000).toISOString();
    const cases: [query: string, fits: (order: typeof wanted) => boolean][] = [
      [`min_id=${wanted.id}`, ({ id }) => id >= wanted.id],
      [`max_id=${wanted.id}`, ({ id }) => id <= wanted.id],
      [
        `min_total=${Number(wanted.total_inc_tax)}`,
        (it) => Number(it.total_inc_tax) >= Number(wanted.total_inc_tax),
      ],
      [`max_total=50.5`, (it) => Number(it.total_inc_tax) <= 50.5],
      ["customer_id=0", ({ customer_id }) => customer_id === 0],
      ["status_id=14", ({ status_id }) => status_id === 14],
      ["channel_id=2", () => false],
      [
        `email=${encode(wanted.billing_address.email.toUpperCase())}`,
        (it) => it.billing_address.email === wanted.billing_address.email,
      ],
      [`cart_id=${wanted.cart_id}`, ({ id }) => id === wanted.id],
      ["payment_method=Bank%20Deposit", (it) => it.payment_method === "Bank Deposit"],
      ["external_order_id=none", () => false],
      [
        `min_date_created=${encode(wanted.date_created)}`,
        (it) => Date.parse(it.date_created) >= at * 1000,
      ],
      [`max_date_created=${encode(iso)}`, (it) => Date.parse(it.date_created) <= at * 1000],
      [`min_date_modified=${at}`, () => true],
      [
        `min_date_modified=${encode(wanted.date_modified)}&max_date_modified=${encode(orders[30].date_modified)}`,
        (it) =>
          Date.parse(it.date_modified) >= Date.parse(wanted.date_modified) &&
          Date.parse(it.date_modified) <= Date.parse(orders[30].date_modified),
      ],
    ];
    for (const [query, fits] of cases) {
      const answer = await ask.get(`/v2/orders?limit=250&${query}`);
      if (query === `min_date_modified=${at}`) {
        expect(answer.status).toBe(400);
        continue;
      }
      const got = answer.body ?? [];
      const ids = (list: { id: number }[]) => list.map(({ id }) => id);
      expect(ids(got), query).toEqual(ids(orders.filter(fits)));
      const { body } = await ask.get(`/v2/orders/count?${query}`);
      expect(body.count, query).toBe(got.length);
    }
  });

  it("refuses dates that it cannot read, a plus sign that became a space among them", async () => {
    for (const date of [
      "yesterday",
      "Tue, 05 Mar 2019 21:40:11 +0000",
      "2019-03-05T21:40:11+00:00",
    ]) {
      const { status, body } = await ask.get(`/v2/orders?min_date_modified=${date}`);
      expect({ status, body }).toEqual({
        status: 400,
        body: [{ status: 400, message: "The field 'min_date_modified' is invalid." }],
      });
    }
  });

  it("is sorted either way, and refuses other fields", async () => {
    const sorted = async (sort: string) =>
      (await allOrders(ask, `&sort=${sort}`)).map(({ id, date_modified, status_id }) => ({
        id,
        at: Date.parse(date_modified),
        status_id,
      }));
    const up = await sorted("date_modified:asc");
    expect(up.map(({ at }) => at)).toEqual(up.map(({ at }) => at).sort((a, b) => a - b));
    expect(await sorted("date_modified:desc")).toEqual(up.reverse());
    const byStatus = (await sorted("status_id")).map((it) => it.status_id);
    expect(byStatus).toEqual([...byStatus].sort((a, b) => a - b));
    expect((await ask.get("/v2/orders?sort=total")).status).toBe(400);
  });

  it("shifts under a reader's feet when an order changes between two pages", async () => {
    clock += 60_000;
    const query = "/v2/orders?limit=10&sort=date_modified:asc";
    const first = (await ask.get(query)).body;
    await shop.acts.edit(String(first[0].id));
    const second = (await ask.get(`${query}&page=2`)).body;
    const seen = new Set([...first, ...second].map(({ id }) => id));
    const all = (await allOrders(ask, "&sort=date_modified:asc")).slice(0, 20);
    expect(all.filter(({ id }) => !seen.has(id))).toHaveLength(1);
  });

  it("leaves archived orders out unless they are asked for, and shows them by their id", async () => {
    const { orderId } = await shop.acts.placeOrder();
    const ids = async (query = "") => (await allOrders(ask, query)).map(({ id }) => String(id));
    expect(await ids()).toContain(orderId);
    expect((await ask.delete(`/v2/orders/${orderId}`)).status).toBe(204);
    expect(await ids()).not.toContain(orderId);
    expect(await ids("&is_deleted=true")).toContain(orderId);
    expect((await ask.get(`/v2/orders/${orderId}`)).body.is_deleted).toBe(true);
    expect(shop.view(orderId)?.deleted).toBe(true);
  });

  it("counts by status, in the merchant's order and words", async () => {
    const { body } = await ask.get("/v2/orders/count");
    const orders = await allOrders(ask);
    expect(body.count).toBe(orders.length);
    for (const { id, count } of body.statuses)
      expect(count).toBe(orders.filter(({ status_id }) => status_id === id).length);
    const { body: statuses } = await ask.get("/v2/order_statuses");
    expect(statuses).toHaveLength(15);
    expect(statuses[2]).toMatchObject({ name: "Shipped", custom_label: "On its way" });
    expect((await ask.get("/v2/order_statuses/2")).body).toEqual(statuses[2]);
  });
});

describe("one order", () => {
  it("points to its parts, and folds them in where it is asked for them rightly", async () => {
    const { orderId } = await placed(shop, ask);
    const plain = (await ask.get(`/v2/orders/${orderId}`)).body;
    expect(plain.consignments.resource).toBe(`/orders/${orderId}/consignments`);
    expect(plain.date_created).toMatch(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
    expect(plain).toMatchObject({ date_shipped: "", refunded_amount: "0.0000" });
    const alone = await ask.get(`/v2/orders/${orderId}?include=consignments.line_items`);
    expect(alone.body.consignments.url).toBeDefined();
    const structure = "consignment_structure=object";
    const links = await ask.get(`/v2/orders/${orderId}?include=consignments&${structure}`);
    expect(links.body.consignments.shipping[0].line_items[0].resource).toContain("/products/");
    const { body } = await ask.get(
      `/v2/orders/${orderId}?include=consignments.line_items,fees&${structure}`,
    );
    expect(body.fees).toEqual([]);
    const [parcel] = body.consignments.shipping;
    expect(typeof parcel.cost_inc_tax).toBe("number");
    const { lines } = await linesOf(ask, orderId);
    expect(parcel.line_items).toEqual(lines);
    expect((await ask.get(`/v2/orders/${orderId}/products/${lines[0]?.id}`)).body).toEqual(
      lines[0],
    );
  });

  it("has its lines in pages, the longest among them", async () => {
    const orders = await allOrders(
      ask,
      "&include=consignments.line_items&consignment_structure=object",
    );
    const long = orders.find((order) => order.consignments.shipping[0]?.line_items.length > 200);
    const { body } = await ask.get(`/v2/orders/${long.id}/products`);
    expect(body).toHaveLength(50);
    const rest = await ask.get(`/v2/orders/${long.id}/products?limit=250&page=2`);
    expect(rest.body).toHaveLength(50);
  });

  it("is not found by an unknown id, in v2's own words", async () => {
    for (const path of ["/v2/orders/7", "/v2/orders/7/shipments", "/v2/orders/1042/shipments/7"]) {
      const { status, body } = await ask.get(path);
      expect({ status, body }).toEqual({
        status: 404,
        body: [{ status: 404, message: "The requested resource was not found." }],
      });
    }
  });

  it("goes for good only where the merchant deletes it for good", async () => {
    const { orderId } = await placed(shop, ask);
    await shop.acts.deleteOrder(orderId);
    expect((await ask.get(`/v2/orders/${orderId}`)).status).toBe(404);
    expect(shop.view(orderId)).toBeNull();
  });
});

describe("changing an order", () => {
  it("takes status, notes and message, and leaves the rest alone", async () => {
    clock += 60_000;
    const { orderId } = await placed(shop, ask);
    const before = (await ask.get(`/v2/orders/${orderId}`)).body;
    clock += 60_000;
    const changes = { status_id: 5, staff_notes: "Called.", customer_message: "Sorry" };
    const { status, body } = await ask.put(`/v2/orders/${orderId}`, changes);
    expect(status).toBe(200);
    const { date_modified, ...after } = body;
    expect(Date.parse(date_modified)).toBeGreaterThan(Date.parse(before.date_modified));
    const expected = { ...before, ...changes, status: "Cancelled", custom_status: "Cancelled" };
    expect({ ...after, date_modified: "" }).toEqual({ ...expected, date_modified: "" });
    expect(shop.view(orderId)).toMatchObject({ status: "Cancelled", refunds: [] });
  });

  it("refuses what cannot be written, and then writes nothing of it", async () => {
    const { orderId } = await placed(shop, ask);
    const before = (await ask.get(`/v2/orders/${orderId}`)).body;
    for (const [field, value] of [
      ["status_id", 15],
      ["staff_notes", 7],
    ] as const) {
      const { body } = await ask.put(`/v2/orders/${orderId}`, {
        customer_message: "Never",
        [field]: value,
      });
      expect(body).toEqual([{ status: 400, message: `The field '${field}' is invalid.` }]);
    }
    const { body } = await ask.put(`/v2/orders/${orderId}`, { total_tax: "1.0000" });
    expect(body[0].message).toBe(
      "The field 'total_tax' cannot be written to. Please remove it from your request before trying again.",
    );
    expect((await ask.get(`/v2/orders/${orderId}`)).body).toEqual(before);
  });

  it("takes a new shipping address, field by field, and refuses what is not the address", async () => {
    const { orderId } = await placed(shop, ask);
    const path = `/v2/orders/${orderId}/shipping_addresses`;
    const [before] = (await ask.get(path)).body;
    const { status, body } = await ask.put(`${path}/${before.id}`, {
      street_1: "1 New Street",
      country_iso2: "NZ",
    });
    expect(status).toBe(200);
    expect(body).toEqual({ ...before, street_1: "1 New Street", country_iso2: "NZ" });
    const refused = await ask.put(`${path}/${before.id}`, { city: "Oslo", items_total: 9 });
    expect(refused).toMatchObject({
      status: 400,
      body: [{ message: expect.stringContaining("'items_total' cannot be written to") }],
    });
    expect((await ask.get(`${path}/${before.id}`)).body).toEqual(body);
    expect((await ask.put(`${path}/1`, { city: "Oslo" })).status).toBe(404);
  });

  it("loses the discounts of a line that it writes", async () => {
    const [order] = (await allOrders(ask)).filter(
      ({ coupon_discount }) => coupon_discount !== "0.0000",
    );
    const { lines } = await linesOf(ask, String(order.id));
    const [line] = lines;
    if (!line) return expect.fail("no line");
    const products = [{ id: line.id, quantity: line.quantity + 1 }];
    const { body } = await ask.put(`/v2/orders/${order.id}`, { products });
    expect(Number(body.coupon_discount)).toBeLessThan(Number(order.coupon_discount));
    const { body: written } = await ask.get(`/v2/orders/${order.id}/products/${line.id}`);
    expect(written).toMatchObject({ quantity: line.quantity + 1, applied_discounts: [] });
  });

  it("adds lines and takes them away", async () => {
    const { orderId, bySku } = await placed(shop, ask);
    const products = [
      { id: bySku("TEE-M").id, quantity: 0 },
      { name: "Engraving", quantity: 1, price_ex_tax: 10, price_inc_tax: "11.5000" },
    ];
    await ask.put(`/v2/orders/${orderId}`, { products });
    const { lines } = await linesOf(ask, orderId);
    expect(lines.map(({ sku }) => sku)).toEqual(["MUG-01", ""]);
  });
});
