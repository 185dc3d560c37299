import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../../src/connectors/woocommerce/simulator/index.js";
import { specsDir } from "../../../support/specs.js";
import type { Answer } from "../../simulator/answer.js";
import { signedClient } from "./client.js";
import { differences, recorded as recordedOf } from "./record.js";

const recorded = (name: string) => recordedOf(name, "samples-9.9.5");
const mugs = { product_id: 11, quantity: 3, subtotal: "36.00", total: "36.00" };
const tee = { product_id: 12, variation_id: 14, quantity: 1, subtotal: "25.00" };
const shipping = { method_id: "flat_rate", method_title: "Flat rate", total: "7.50" };
const billing = { first_name: "Ada", last_name: "Byron", state: "OR", country: "US" };

if (!specsDir) console.warn("skipped: no recorded traffic of WooCommerce 9.9.5 here (SPECS_DIR)");

describe.skipIf(!specsDir)("answers of a simulated 9.9.5 against recorded ones", () => {
  let shop: SimulatedWooCommerce;
  let client: ReturnType<typeof signedClient>;
  beforeAll(async () => {
    shop = await startWooCommerce({ orders: 10, version: "9.9.5", relaxedDelivery: true });
    client = signedClient(shop.settings);
  });
  afterAll(() => shop.stop());

  const place = async (given: object = {}) =>
    (
      await client.post("/orders", {
        billing,
        payment_method: "stripe",
        set_paid: true,
        line_items: [mugs, tee],
        shipping_lines: [shipping],
        ...given,
      })
    ).body;
  function expectShape(answer: Answer, name: string, status = 200) {
    const record = recorded(name);
    expect(differences(answer.body, record.body)).toEqual([]);
    expect(answer.status).toBe(record.status ?? status);
  }

  it("shows orders without what came later, in the recorded order of keys", async () => {
    const order = await place({
      meta_data: [{ key: "gift", value: "yes" }],
      fee_lines: [{ name: "Gift wrap", total: "3.00" }],
      coupon_lines: [{ code: "ten" }],
      customer_id: 2,
    });
    const answer = await client.get(`/orders/${order.id}`);
    expectShape(answer, "order_single");
    expect(Object.keys(answer.body)).toEqual(Object.keys(recorded("order_single").body as object));
    expect(answer.body.version).toBe("9.9.5");
    expect(answer.body.line_items[0]).not.toHaveProperty("global_unique_id");
    const pending = await place({ set_paid: false, line_items: [mugs] });
    expectShape(await client.get(`/orders/${pending.id}`), "order_single_pending");
    const digital = await place({ line_items: [{ sku: "EBOOK-1" }], shipping_lines: [] });
    expectShape(await client.get(`/orders/${digital.id}`), "order_single_virtual_completed");
    const list = await client.get("/orders?per_page=5");
    const [first] = recorded("orders_list").body as object[];
    for (const row of list.body) expect(Object.keys(row)).toEqual(Object.keys(first ?? {}));
  });

  it("shows refunds at their order and none in the list of all, and notes as they were", async () => {
    const order = await place();
    const path = `/orders/${order.id}`;
    expectShape(await client.post(`${path}/notes`, { note: "Shipped" }), "order_note", 201);
    const refund = await client.post(`${path}/refunds`, {
      reason: "Broken mug",
      api_refund: false,
      line_items: [{ id: order.line_items[0].id, quantity: 1, refund_total: 12 }],
    });
    expectShape(refund, "refund_create_response", 201);
    expect(refund.body.meta_data).toEqual([]);
    expectShape(await client.get(path), "order_single_partially_refunded");
    expect((await client.get(`${path}/refunds`)).body).toHaveLength(1);
    expect((await client.get("/refunds")).body).toEqual(recorded("refunds_all_orders").body);
  });

  it("has no fulfillments, which came with 10.1, and cannot be given them", async () => {
    const order = await place();
    const answer = await client.get(`/orders/${order.id}/fulfillments`);
    expect([answer.status, answer.body]).toEqual([404, recorded("error_404_route").body]);
    await expect(startWooCommerce({ version: "9.9.5", fulfillments: "core" })).rejects.toThrow(
      /came with 10.1/,
    );
  });

  it("names its version where the record does", async () => {
    const status = await client.get("/system_status");
    const record = recorded("system_status").body as Record<string, Record<string, unknown>>;
    const { environment } = status.body;
    expect(environment.version).toBe("9.9.5");
    expect(
      differences(environment, record.environment).filter((line) => !line.includes("response")),
    ).toEqual([]);
  });

  it("orders equal times of change in any order, while ids and dates stay in theirs", async () => {
    const orders = await Promise.all(Array.from({ length: 12 }, () => place({ set_paid: false })));
    const ids = orders.map(({ id }) => id).join(",");
    const query = (by: string) => `/orders?include=${ids}&per_page=12&orderby=${by}`;
    const look = async (by: string) =>
      (await client.get(query(by))).body.map(({ id }: { id: number }) => id).join();
    expect(await look("id")).toBe(await look("id"));
    const seen = new Set(await Promise.all(Array.from({ length: 6 }, () => look("modified"))));
    expect(seen.size).toBeGreaterThan(1);
  });
});
