import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Woo } from "../../../../src/connectors/woocommerce/client.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../../src/connectors/woocommerce/simulator/index.js";
import { specsDir } from "../../../support/specs.js";
import { restOf } from "../open.js";
import { differences, recorded as recordedOf } from "./record.js";

const recorded = (name: string) => recordedOf(name, "samples-9.9.5");
const today = new Date().toISOString().slice(0, 10);
const base = "/wc-shipment-tracking/v3";

if (!specsDir) console.warn("skipped in part: no recorded traffic of AST here (SPECS_DIR)");

/** A shop with one paid order. */
async function open(fulfillments: "ast" | "shipment-tracking") {
  const shop = await startWooCommerce({ orders: 0, version: "9.9.5", fulfillments });
  const rest = restOf(shop);
  const { orderId } = await shop.acts.placeOrder();
  const path = `${base}/orders/${orderId}/shipment-trackings`;
  return { shop, rest, orderId, path };
}
const post = (rest: Woo, path: string, body: object) => rest.call({ method: "POST", path, body });
const items = async (rest: Woo, orderId: string) => {
  const { body } = await rest.get(`/wc/v3/orders/${orderId}`);
  const { meta_data } = body as { meta_data: { key: string; value: unknown }[] };
  return meta_data.find(({ key }) => key === "_wc_shipment_tracking_items")?.value;
};

describe("trackings of the simulated AST", () => {
  let shop: SimulatedWooCommerce;
  let rest: Woo;
  let orderId: string;
  let path: string;
  beforeAll(async () => {
    ({ shop, rest, orderId, path } = await open("ast"));
  });
  afterAll(() => shop.stop());

  it.skipIf(!specsDir)(
    "have the recorded shape, on the route and in the order's meta",
    async () => {
      const number = "9400111899560000000000";
      const made = await post(rest, path, { tracking_number: number, tracking_provider: "USPS" });
      const record = recorded("ast_tracking_created");
      expect(made.status).toBe(record.status);
      expect(differences(made.body, record.body)).toEqual([]);
      expect(made.body).toMatchObject({ tracking_provider: "USPS", date_shipped: today });
      expect((made.body as { tracking_link: string }).tracking_link).toContain(number);
      const list = await rest.get(path);
      expect(differences(list.body, recorded("ast_tracking_list").body)).toEqual([]);
      const order = recorded("order_single_with_tracking_meta").body as {
        meta_data: { key: string; value: object[] }[];
      };
      const known = order.meta_data.find(({ key }) => key === "_wc_shipment_tracking_items");
      const [item] = (await items(rest, orderId)) as object[];
      expect(Object.keys(item ?? {})).toEqual(Object.keys(known?.value[0] ?? {}));
      expect(differences([item], known?.value)).toEqual([]);
      const providers = await rest.get(`${path}/providers`);
      expect(Object.keys(providers.body as object)).toEqual(
        Object.keys(recorded("ast_providers").body as object),
      );
      const missing = await rest.call({ method: "GET", path: `${path}/${"f".repeat(32)}` });
      expect([missing.status, missing.body]).toEqual([404, recorded("error_404_tracking").body]);
    },
  );

  it("are taken of an unknown provider without a name, and their own links stay as they are", async () => {
    const { status, body } = await post(rest, path, {
      tracking_number: "EX1",
      custom_tracking_provider: "Bike Brothers",
      custom_tracking_link: "https://example.com/track/%1$s",
    });
    expect([status, body]).toMatchObject([
      201,
      { tracking_provider: "", tracking_link: "https://example.com/track/%1$s" },
    ]);
  });

  it("are doubled by a number that is there, and read a day only as DD-MM-YYYY", async () => {
    const day = async (date_shipped: string) =>
      (await post(rest, path, { tracking_number: "TWICE", date_shipped })).body;
    expect(await day("2026-11-20")).toMatchObject({ date_shipped: today });
    expect(await day("20-11-2026")).toMatchObject({ date_shipped: "2026-11-20" });
    const numbers = shop.view(orderId)?.shipments.flatMap(({ tracking }) => tracking) ?? [];
    expect(numbers.filter((number) => number === "TWICE")).toHaveLength(2);
  });

  it("leave a map instead of a list when one in the middle is taken away", async () => {
    const before = Object.values((await items(rest, orderId)) as object) as {
      tracking_id: string;
    }[];
    await rest.call({ method: "DELETE", path: `${path}/${before[0]?.tracking_id}` });
    const after = await items(rest, orderId);
    expect(Array.isArray(after)).toBe(false);
    expect(Object.values(after as object)).toEqual(before.slice(1));
  });

  it("complete the order where that is asked, and refuse other signs in a number", async () => {
    const { status, body } = await post(rest, path, { tracking_number: "A/1" });
    expect([status, body]).toMatchObject([404, { code: "woocommerce_rest_order_invalid_id" }]);
    await post(rest, path, { tracking_number: "LAST", status_shipped: 1, replace_tracking: 1 });
    expect(shop.view(orderId)).toMatchObject({
      status: "completed",
      shipments: [{ tracking: ["LAST"] }],
    });
  });
});

describe("trackings of the simulated Shipment Tracking", () => {
  it("follow its documentation: public providers, days as YYYY-MM-DD, carriers of one's own", async () => {
    const { shop, rest, path, orderId } = await open("shipment-tracking");
    try {
      const index = await fetch(`${shop.url}/wp-json/`).then((answer) => answer.json());
      expect(index.namespaces).toEqual(["wc/v3", "wc-shipment-tracking/v3"]);
      const providers = await fetch(`${shop.url}/wp-json${base}/shipment-trackings/providers`);
      expect((await providers.json()).Global.UPS).toContain("%1$s");
      const own = await post(rest, path, {
        tracking_number: "1/2",
        custom_tracking_provider: "Bike Brothers",
        custom_tracking_link: "https://example.com/track/%1$s",
        date_shipped: "2026-11-20",
      });
      expect(own.body).toMatchObject({
        tracking_provider: "Bike Brothers",
        tracking_link: "https://example.com/track/1/2",
        date_shipped: "2026-11-20",
      });
      expect((await rest.call({ method: "POST", path, body: {} })).body).toMatchObject({
        code: "rest_missing_callback_param",
      });
      await shop.acts.ship(orderId, { tracking: { number: "1Z", carrier: "UPS" } });
      expect(await items(rest, orderId)).toMatchObject([
        { custom_tracking_provider: "Bike Brothers" },
        { tracking_provider: "ups", tracking_number: "1Z" },
      ]);
    } finally {
      await shop.stop();
    }
  });
});
