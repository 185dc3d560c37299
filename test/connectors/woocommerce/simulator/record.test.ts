import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../../src/connectors/woocommerce/simulator/index.js";
import { specsDir } from "../../../support/specs.js";
import type { Answer } from "../../simulator/answer.js";
import { signedClient } from "./client.js";
import { differences, recorded as recordedIn, schemaOf } from "./record.js";

const mug = 11;
const teeMedium = { product_id: 12, variation_id: 14 };
const oregon = {
  first_name: "Ada",
  last_name: "Byron",
  state: "OR",
  country: "US",
  email: "ada@example.com",
};
const mugs = { product_id: mug, quantity: 3, subtotal: "36.00", total: "36.00" };
const shipping = { method_id: "flat_rate", method_title: "Flat rate", total: "7.50" };
const items = (quantity: number, item_id: number) => ({
  id: 0,
  key: "_items",
  value: [{ item_id, qty: quantity }],
});

if (!specsDir) console.warn("skipped: no recorded traffic of WooCommerce here (SPECS_DIR)");

const versions = [
  { version: "10.5.0", folder: "samples" },
  { version: "9.9.5", folder: "samples-9.9.5" },
] as const;

describe.skipIf(!specsDir).each(versions)(
  "answers of a simulated $version against recorded ones",
  ({ version, folder }) => {
    const recorded = (name: string) => recordedIn(name, folder);
    const isNew = version === "10.5.0";
    let shop: SimulatedWooCommerce;
    let client: ReturnType<typeof signedClient>;
    beforeAll(async () => {
      shop = await startWooCommerce({ orders: 60, version });
      client = signedClient(shop.settings);
    });
    afterAll(() => shop.stop());

    const place = async (given: object) =>
      (
        await client.post("/orders", {
          billing: oregon,
          payment_method: "stripe",
          set_paid: true,
          ...given,
        })
      ).body;

    /** Same keys and types all the way down; the lists that the record holds empty are left out. */
    function expectShape(answer: Answer, name: string, status = 200) {
      const record = recorded(name);
      expect(differences(answer.body, record.body)).toEqual([]);
      expect(answer.status).toBe(record.status ?? status);
    }
    function expectSame(answer: Answer, name: string, status: number) {
      expect([answer.status, answer.body]).toEqual([status, recorded(name).body]);
    }

    it("shows an order with coupon, fee, shipping and variation in the recorded shape and amounts", async () => {
      const placed = await client.post("/orders", {
        customer_id: 2,
        billing: oregon,
        set_paid: true,
        meta_data: [{ key: "gift", value: "yes" }],
        line_items: [
          { product_id: mug, quantity: 2, subtotal: "24.00" },
          { ...teeMedium, quantity: 1, subtotal: "25.00" },
        ],
        shipping_lines: [shipping],
        fee_lines: [{ name: "Gift wrap", total: "3.00" }],
        coupon_lines: [{ code: "ten" }],
      });
      const answer = await client.get(`/orders/${placed.body.id}`);
      const record = recorded("order_single").body as Record<string, unknown>;
      expect(Object.keys(answer.body)).toEqual(Object.keys(record));
      // The recorded variation has one attribute, the simulated one two: the same shape.
      expectShape(answer, "order_single");
      const amounts = [
        "discount_total",
        "discount_tax",
        "shipping_total",
        "shipping_tax",
        "cart_tax",
        "total",
        "total_tax",
      ];
      for (const name of amounts) expect(answer.body[name], name).toBe(record[name]);
      expect(answer.body.line_items[0]).toMatchObject({
        subtotal_tax: "1.98",
        total: "21.60",
        total_tax: "1.78",
        price: 10.8,
      });
      expect(answer.body.coupon_lines[0]).toMatchObject({ discount: "4.9", discount_tax: "0.41" });
      expect(answer.body.tax_lines[0]).toMatchObject({
        rate_percent: 8.25,
        tax_total: "3.89",
        shipping_tax_total: "0.62",
      });
    });

    it("shows a pending order, a list and its headers as recorded", async () => {
      const pending = await place({
        set_paid: false,
        line_items: [mugs],
        shipping_lines: [shipping],
      });
      expectShape(await client.get(`/orders/${pending.id}`), "order_single_pending");
      const list = await client.get("/orders?per_page=5&page=2&orderby=date&order=asc&status=any");
      const first = (recorded("orders_list").body as object[])[0];
      for (const order of list.body) {
        expect(Object.keys(order)).toEqual(Object.keys(first ?? {}));
      }
      const headers = recorded("orders_list_headers").body as Record<string, string>;
      for (const name of [
        "allow",
        "cache-control",
        "content-type",
        "expires",
        "x-content-type-options",
        "x-robots-tag",
      ]) {
        expect(list.headers.get(name), name).toBe(headers[name]);
      }
      expect([list.headers.get("x-wp-total"), list.headers.get("x-wp-totalpages")]).toEqual([
        "62",
        "13",
      ]);
    });

    it("links pages as recorded, the query repeated", async () => {
      const headerClient = signedClient(shop.settings, { place: "header" });
      const { headers } = await headerClient.get(
        "/orders?per_page=5&page=2&orderby=date&order=asc&status=any",
      );
      const link = (recorded("orders_list_headers").body as Record<string, string>).link ?? "";
      const queries = (text: string) =>
        Array.from(text.matchAll(/\?([^>]*)>; rel="(\w+)"/g), ([, query, rel]) => [
          rel,
          [...new URLSearchParams(query)].sort(),
        ]);
      expect(queries(headers.get("link") ?? "")).toEqual(queries(link));
    });

    it("completes an order of downloads when it is paid, and counts them as fulfilled where it counts", async () => {
      const order = await place({ line_items: [{ sku: "EBOOK-1", quantity: 1 }] });
      const answer = await client.get(`/orders/${order.id}`);
      expectShape(answer, "order_single_virtual_completed");
      const told = answer.body.meta_data.filter(
        ({ key }: { key: string }) => key === "_fulfillment_status",
      );
      expect(told.map(({ value }: { value: string }) => value)).toEqual(isNew ? ["fulfilled"] : []);
      expect(answer.body).toMatchObject({ status: "completed", needs_processing: false });
    });

    it("takes an unknown product as a bare line", async () => {
      const answer = await client.post("/orders", {
        billing: oregon,
        line_items: [{ product_id: 999999, quantity: 1 }],
      });
      expectShape(answer, "order_created_with_unknown_product_id", 201);
      const record = recorded("order_created_with_unknown_product_id").body as {
        line_items: object[];
      };
      expect({ ...answer.body.line_items[0], id: 36 }).toEqual(record.line_items[0]);
    });

    it("shows an order that was completed, and all of one given back", async () => {
      const order = await place({ line_items: [mugs], shipping_lines: [shipping] });
      const path = `/orders/${order.id}`;
      await client.put(path, { status: "completed" });
      expectShape(await client.get(path), "order_single_completed");
      if (!isNew) return;
      await client.post(`${path}/refunds`, { amount: order.total, api_refund: false });
      const back = await client.get(path);
      expectShape(back, "order_single_fully_refunded");
      expect(back.body.status).toBe("refunded");
    });

    it("shows products and their variations as recorded", async () => {
      const [one] = (await client.get("/products?sku=MUG-01")).body;
      expectShape(await client.get(`/products/${one.id}`), "product_simple");
      const list = await client.get("/products?per_page=100&orderby=id&order=asc");
      expectShape(list, "products_list");
      const variable = list.body.find(({ type }: { type: string }) => type === "variable");
      expectShape(await client.get(`/products/${variable.id}`), "product_variable");
      const variations = await client.get(`/products/${variable.id}/variations`);
      expectShape(variations, "product_variations");
      expect(variations.body.map(({ id }: { id: number }) => id).sort()).toEqual(
        variable.variations,
      );
      const virtual = await client.get("/products?virtual=true");
      expect(virtual.body.map(({ sku }: { sku: string }) => sku)).toEqual(["ALBUM-1", "EBOOK-1"]);
      const all = await client.get("/variations");
      if (isNew) expectShape(all, "variations_all");
      else expect([all.status, all.body]).toEqual([404, recorded("error_404_route").body]);
    });

    it("shows payment gateways as their published schema has them", async () => {
      const { properties } = schemaOf("/wc/v3/payment_gateways");
      const { status, body } = await client.get("/payment_gateways");
      expect(status).toBe(200);
      for (const { _links, ...gateway } of body) {
        expect(Object.keys(gateway).sort()).toEqual(Object.keys(properties).sort());
        for (const [name, value] of Object.entries(gateway)) {
          const type = Array.isArray(value) ? "array" : typeof value;
          expect(type === "number" ? "integer" : type, name).toBe(properties[name]?.type);
        }
      }
    });

    it("shows notes and refunds as recorded", async () => {
      const order = await place({
        line_items: [mugs, { ...teeMedium, subtotal: "25.00" }],
        shipping_lines: [shipping],
      });
      const note = await client.post(`/orders/${order.id}/notes`, {
        note: "Shipped",
        customer_note: true,
      });
      expectShape(note, "order_note", 201);
      expectShape(await client.get(`/orders/${order.id}/notes`), "order_notes_list");
      const line = order.line_items[0].id;
      const refund = await client.post(`/orders/${order.id}/refunds`, {
        reason: "Broken mug",
        api_refund: false,
        line_items: [
          { id: line, quantity: 1, refund_total: 12, refund_tax: [{ id: 1, refund_total: 0.99 }] },
        ],
      });
      expectShape(refund, "refund_create_response", 201);
      const record = recorded("refund_create_response").body as Record<string, unknown>;
      expect(refund.body.amount).toBe(record.amount);
      expect(refund.body.line_items[0]).toMatchObject({
        quantity: -1,
        total: "-12.00",
        total_tax: "-0.99",
        price: 12,
      });
      expect(refund.body.line_items[0].meta_data[0]).toMatchObject({
        key: "_refunded_item_id",
        value: String(line),
      });
      expectShape(await client.get(`/orders/${order.id}/refunds`), "refunds_list");
      expectShape(await client.get(`/orders/${order.id}`), "order_single_partially_refunded");
      expectShape(await client.get("/refunds"), "refunds_all_orders");
      if (!isNew) return;
      const goodwill = { amount: "5.00", reason: "goodwill", api_refund: false };
      expectShape(
        await client.post(`/orders/${order.id}/refunds`, goodwill),
        "refund_amount_only",
        201,
      );
    });

    it("shows whom it does not let in as recorded", async () => {
      const { url, consumerKey } = shop.settings;
      const reading = signedClient({ url, ...shop.restricted.read });
      expectSame(
        await reading.post("/orders", { billing: oregon }),
        "error_401_read_only_key",
        401,
      );
      const forged = signedClient({ url, consumerKey, consumerSecret: "cs_wrong" });
      expectSame(await forged.get("/orders"), "error_401_oauth_bad_signature", 401);
    });

    if (isNew)
      it("shows fulfillments as recorded", async () => {
        const order = await place({ line_items: [mugs] });
        const path = `/orders/${order.id}/fulfillments`;
        const item = order.line_items[0].id;
        const created = await client.post(path, {
          status: "fulfilled",
          is_fulfilled: true,
          meta_data: [
            items(2, item),
            { id: 0, key: "_tracking_number", value: "1Z999AA10123456784" },
            { id: 0, key: "_shipment_provider", value: "ups" },
            {
              id: 0,
              key: "_tracking_url",
              value: "https://www.ups.com/track?tracknum=1Z999AA10123456784",
            },
            { id: 0, key: "_shipping_option", value: "tracking-number" },
          ],
        });
        expectShape(created, "fulfillment_created", 201);
        const keys = (body: { meta_data: { key: string }[] }) =>
          body.meta_data.map(({ key }) => key);
        expect(keys(created.body)).toEqual(
          keys(recorded("fulfillment_created").body as { meta_data: { key: string }[] }),
        );
        expectShape(await client.get(`${path}/${created.body.id}`), "fulfillment_single");
        expectShape(await client.get(path), "fulfillments_list");
        expectShape(
          await client.get(`${path}/${created.body.id}/metadata`),
          "fulfillment_metadata",
        );
        expectShape(
          await client.get(`/orders/${order.id}`),
          "order_single_with_fulfillment_status_meta",
        );
        const changed = await client.put(`${path}/${created.body.id}`, {
          is_fulfilled: true,
          status: "fulfilled",
          meta_data: [
            items(1, item),
            { key: "_tracking_number", value: "2" },
            { key: "_shipment_provider", value: "fedex" },
          ],
        });
        expectShape(changed, "fulfillment_updated");
        const much = await client.post(path, { status: "fulfilled", meta_data: [items(50, item)] });
        expectShape(much, "fulfillment_over_quantity_response", 201);
        const foreign = await client.post(path, {
          status: "fulfilled",
          meta_data: [items(1, 999999)],
        });
        expectShape(foreign, "fulfillment_foreign_item_response", 201);
        const draft = await client.post(path, {
          status: "unfulfilled",
          meta_data: [items(1, item)],
        });
        expectShape(draft, "fulfillment_created_draft", 201);
        const lookup = await client.get(`${path}/lookup?tracking_number=1Z999AA10123456784`);
        const { possibilities, ...record } = recorded("fulfillment_lookup").body as Record<
          string,
          unknown
        >;
        expect(lookup.body).toEqual(record);
        expectSame(await client.delete(`${path}/${draft.body.id}`), "fulfillment_deleted", 200);
      });

    it("shows webhooks and batches as recorded", async () => {
      const given = {
        name: "gw order.updated",
        topic: "order.updated",
        delivery_url: "https://203.0.113.9/hooks",
      };
      const created = await client.post("/webhooks", given);
      expectShape(created, "webhook_create_response", 201);
      expect(created.body.date_modified).toBeNull();
      expect(created.body.hooks).toEqual(
        (recorded("webhook_create_response").body as { hooks: string[] }).hooks,
      );
      expectShape(await client.get("/webhooks"), "webhooks_list");
      const order = await place({ line_items: [mugs] });
      const batch = await client.post("/orders/batch", {
        create: [{ billing: oregon, line_items: [{ sku: "EBOOK-1" }] }],
        update: [
          { id: order.id, status: "completed" },
          { id: 999999, status: "completed" },
        ],
        delete: [888888],
      });
      const record = recorded("orders_batch_mixed").body as Record<string, { error?: object }[]>;
      expect(batch.status).toBe(200);
      expect(batch.body.update[1]).toEqual(record.update?.find(({ error }) => error));
      expect(batch.body.delete).toEqual(record.delete);
    });

    it("tells about the site in the recorded shape", async () => {
      const status = await client.get("/system_status");
      const record = recorded("system_status").body as Record<string, Record<string, unknown>>;
      expect(Object.keys(status.body)).toEqual(Object.keys(record));
      expect(
        differences(status.body.environment, record.environment).filter(
          (line) => !line.includes("response"),
        ),
      ).toEqual([]);
      const { taxonomies, product_visibility_terms, ...settings } = record.settings ?? {};
      expect(differences(status.body.settings, settings)).toEqual([]);
      const statuses = await client.get("/orders/statuses");
      expect(statuses.body.slice(0, 8)).toEqual(recorded("order_statuses").body);
      expect(statuses.body.map(({ slug }: { slug: string }) => slug).slice(8)).toEqual([
        "partial-shipped",
        "awaiting-pickup",
      ]);
      const general = await client.get("/settings/general");
      // A select's options are keyed by what can be chosen, which is data and not shape.
      const plain = (list: object[]) => list.map((each) => ({ ...each, options: null }));
      const known = plain(recorded("store_settings_general").body as object[]);
      expect(differences(plain(general.body), known)).toEqual([]);
    });

    it("refuses in the recorded words", async () => {
      const order = await place({ line_items: [mugs], shipping_lines: [shipping] });
      const path = `/orders/${order.id}`;
      const withoutCustom = (answer: Answer) => ({
        ...answer,
        body: JSON.parse(
          answer.text.replaceAll(
            "failed, checkout-draft, partial-shipped, and awaiting-pickup",
            "failed, and checkout-draft",
          ),
        ),
      });
      expectSame(await client.get("/orders?modified_after=yesterday"), "error_400_bad_date", 400);
      expectSame(
        withoutCustom(await client.put(path, { status: "shipped" })),
        "error_400_bad_status",
        400,
      );
      expectSame(
        withoutCustom(await client.get("/orders?status=bogus")),
        "error_400_invalid_param",
        400,
      );
      expectSame(await client.get("/orders?page=0"), "error_400_page_zero", 400);
      expectSame(await client.get("/orders?per_page=101"), "error_400_per_page", 400);
      expectSame(await client.post("/orders", "{not json"), "error_400_invalid_json", 400);
      expectSame(await client.post(`${path}/notes`, {}), "error_400_note_missing", 400);
      expectSame(await client.get("/orders/999999"), "error_404_order", 404);
      expectSame(await client.get("/nothing"), "error_404_route", 404);
      expectSame(await client.get(`${path}/shipment-trackings`), "error_404_route_nested", 404);
      expectSame(
        await client.post("/webhooks", { topic: "bogus", delivery_url: "https://example.com" }),
        "error_400_webhook_topic",
        400,
      );
      expectSame(
        await client.post("/webhooks", { topic: "order.updated", delivery_url: "ftp://x" }),
        "error_400_webhook_url",
        400,
      );
      const many = Array.from({ length: 101 }, (_, index) => index + 1);
      expectSame(
        await client.post("/orders/batch", { delete: many }),
        "error_413_batch_too_large",
        413,
      );
      expectSame(
        await client.post(`${path}/refunds`, { amount: "500.00", api_refund: false }),
        "error_500_refund_too_much",
        500,
      );
      expectSame(
        await client.post(`${path}/refunds`, { amount: "1.00" }),
        "error_500_refund_gateway",
        500,
      );
      if (!isNew) return;
      const fulfillments = `${path}/fulfillments`;
      const noItems = { id: 0, key: "_tracking_number", value: "1" };
      const line = order.line_items[0].id;
      expectSame(await client.post(fulfillments, {}), "error_400_fulfillment_missing_meta", 400);
      expectSame(
        await client.post(fulfillments, { meta_data: [noItems] }),
        "error_400_fulfillment_no_items",
        400,
      );
      const { id: _, ...withoutId } = items(1, line);
      expectSame(
        await client.post(fulfillments, { meta_data: [withoutId] }),
        "error_400_fulfillment_meta_without_id",
        400,
      );
      const made = await client.post(fulfillments, { meta_data: [items(1, line)] });
      const update = await client.put(`${fulfillments}/${made.body.id}`, { meta_data: [noItems] });
      expectSame(update, "error_400_fulfillment_update_without_items", 400);
      expectSame(await client.get(`${fulfillments}/999999`), "error_fulfillment_not_found", 400);
      expectSame(
        await client.get("/orders/999999/fulfillments"),
        "error_404_fulfillment_order",
        404,
      );
    });
  },
);
