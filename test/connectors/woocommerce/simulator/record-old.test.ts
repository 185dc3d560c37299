import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../../src/connectors/woocommerce/simulator/index.js";
import { specsDir } from "../../../support/specs.js";
import { openInbox } from "../../bench.js";
import { signedClient } from "./client.js";
import { recorded as recordedOf } from "./record.js";

const recorded = (name: string) => recordedOf(name, "samples-9.9.5");
const mugs = { product_id: 11, quantity: 3, subtotal: "36.00", total: "36.00" };
const tee = { product_id: 12, variation_id: 14, quantity: 1, subtotal: "25.00" };
const shipping = { method_id: "flat_rate", method_title: "Flat rate", total: "7.50" };
const billing = { first_name: "Ada", last_name: "Byron", state: "OR", country: "US" };

if (!specsDir) console.warn("skipped: no recorded traffic of WooCommerce 9.9.5 here (SPECS_DIR)");

describe.skipIf(!specsDir)("a simulated 9.9.5, where it differs from 10.5.0", () => {
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
  it("shows orders without what came later, and their taxes by rate unrounded", async () => {
    const order = await place();
    const { body } = await client.get(`/orders/${order.id}`);
    expect(body.version).toBe("9.9.5");
    expect(body.line_items[0]).not.toHaveProperty("global_unique_id");
    expect(body.line_items[1]).toMatchObject({
      total_tax: "2.06",
      taxes: [{ total: "2.0625", subtotal: "2.0625" }],
    });
    expect(body.shipping_lines[0]).toMatchObject({ taxes: [{ total: "0.61875" }] });
  });

  it("shows refunds at their order, without meta, and none in the list of all", async () => {
    const order = await place();
    const path = `/orders/${order.id}/refunds`;
    const refund = await client.post(path, { amount: "1.00", api_refund: false });
    expect(refund.body.meta_data).toEqual([]);
    expect((await client.get(path)).body).toHaveLength(1);
    expect((await client.get("/refunds")).body).toEqual(recorded("refunds_all_orders").body);
  });

  it("tells nobody of an order that comes back from the bin, as 10.5 does", async () => {
    for (const version of ["9.9.5", "10.5.0"] as const) {
      const inbox = await openInbox();
      const other = await startWooCommerce({
        orders: 0,
        version,
        plan: "wide",
        relaxedDelivery: true,
      });
      try {
        const { orderId } = await other.acts.placeOrder();
        const hands = signedClient(other.settings);
        await hands.delete(`/orders/${orderId}`);
        const hook = { topic: "order.updated", delivery_url: inbox.url, secret: "x" };
        await hands.post("/webhooks", hook);
        await hands.put(`/orders/${orderId}`, { status: "processing" });
        await other.settled();
        const told = inbox.deliveries.filter(({ headers }) => headers["x-wc-webhook-topic"]);
        expect(told, version).toHaveLength(version === "9.9.5" ? 0 : 1);
      } finally {
        await other.stop();
        await inbox.stop();
      }
    }
  });

  it("has no fulfillments, which came with 10.1, and cannot be given them", async () => {
    const order = await place();
    const answer = await client.get(`/orders/${order.id}/fulfillments`);
    expect([answer.status, answer.body]).toEqual([404, recorded("error_404_route").body]);
    await expect(startWooCommerce({ version: "9.9.5", fulfillments: "core" })).rejects.toThrow(
      /came with 10.1/,
    );
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
