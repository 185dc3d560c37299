import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Woo } from "../../../src/connectors/woocommerce/client.js";
import { woocommerce } from "../../../src/connectors/woocommerce/index.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../src/connectors/woocommerce/simulator/index.js";
import type { Channel, Glance, SurveyWindow } from "../../../src/domain/channel.js";
import { connect, idsOf, pulled } from "../bench.js";
import { restOf } from "./open.js";

const everything = { from: new Date(0), to: new Date(Date.now() + 86_400_000) };

describe.each([
  { version: "10.5.0", fulfillments: "core" },
  { version: "9.9.5", fulfillments: "ast" },
] as const)("a survey of $version with $fulfillments", (options) => {
  let shop: SimulatedWooCommerce;
  let channel: Channel;
  let rest: Woo;
  /** WooCommerce tells times of change in seconds; the shop's clock goes on by so many between two changes. */
  let aheadMs = 0;
  beforeAll(async () => {
    const now = () => new Date(Date.now() + aheadMs);
    shop = await startWooCommerce({ ...options, orders: 130, plan: "wide", now });
    ({ channel } = await connect(woocommerce, shop.settings));
    rest = restOf(shop);
  });
  afterAll(() => shop.stop());

  const look = async (window: SurveyWindow = everything): Promise<Map<string, string>> => {
    const found: Glance[] = [];
    for await (const page of channel.survey(window)) found.push(...page.orders);
    expect(new Set(found.map(({ nativeId }) => nativeId)).size).toBe(found.length);
    return new Map(found.map(({ nativeId, print }) => [nativeId, print]));
  };
  const put = (path: string, body: object) => rest.call({ method: "PUT", path, body });

  it("shows every order that a pull shows, the bin too, in a call for each hundred", async () => {
    const { orderId } = await shop.acts.placeOrder();
    await rest.call({ method: "DELETE", path: `/wc/v3/orders/${orderId}` });
    const before = shop.calls().length;
    const seen = await look();
    expect(shop.calls().length - before).toBeLessThanOrEqual(4);
    expect([...seen.keys()].sort()).toEqual(idsOf(await pulled(channel)).sort());
    expect(seen.has(orderId)).toBe(true);
    await shop.acts.deleteOrder(orderId);
    expect((await look()).has(orderId)).toBe(false);
  });

  it("prints the same while nothing changes, and something else as soon as anything did", async () => {
    const { orderId } = await shop.acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 3 }] });
    const path = `/wc/v3/orders/${orderId}`;
    const changes: [name: string, change: () => Promise<unknown>][] = [
      ["an edit", () => put(path, { customer_note: "Ring twice" })],
      ["a shipment", () => shop.acts.ship(orderId, { tracking: { number: "1Z", carrier: "UPS" } })],
      ["a refund", () => shop.acts.refund(orderId, { amount: "1.00" })],
      ["a status", () => put(path, { status: "awaiting-pickup" })],
      ["a cancellation", () => shop.acts.cancel(orderId)],
      ["the bin", () => rest.call({ method: "DELETE", path })],
    ];
    let before = (await look()).get(orderId);
    expect((await look()).get(orderId)).toBe(before);
    for (const [name, change] of changes) {
      aheadMs += 1000;
      await change();
      const after = (await look()).get(orderId);
      expect(after, name).toBeDefined();
      expect(after, name).not.toBe(before);
      before = after;
    }
  });

  it("is of what was placed in the window, its ends included, and goes on at a cursor", async () => {
    const { orderId } = await shop.acts.placeOrder();
    const { body } = await rest.get(`/wc/v3/orders/${orderId}`);
    const at = new Date(`${(body as { date_created_gmt: string }).date_created_gmt}Z`);
    expect((await look({ from: at, to: at })).has(orderId)).toBe(true);
    const later = new Date(at.getTime() + 2000);
    expect((await look({ from: later, to: later })).has(orderId)).toBe(false);
    const pages = channel.survey(everything)[Symbol.asyncIterator]();
    const first = (await pages?.next())?.value;
    const onward = await look({ ...everything, cursor: first?.cursor });
    const all = await look();
    expect(first.orders.length + onward.size).toBe(all.size);
  });

  it("tells what an extension saved beside the order, without a new time of change", async () => {
    const { orderId } = await shop.acts.placeOrder();
    const seen = (await look()).get(orderId);
    const { probe } = await connect(woocommerce, shop.settings);
    // As where orders are posts: the meta is saved and the order is not.
    const beside = ((url: string, init: RequestInit) =>
      fetch(url, init).then(async (answer) => {
        const text = await answer.text();
        const rows = JSON.parse(text) as { id: number; meta_data: object[] }[];
        const value = [{ tracking_number: "1Z", tracking_id: "a".repeat(32) }];
        for (const row of rows)
          if (String(row.id) === orderId)
            row.meta_data.push({ id: 1, key: "_wc_shipment_tracking_items", value });
        return new Response(JSON.stringify(rows), answer);
      })) as typeof fetch;
    const other = woocommerce.open(shop.settings, { webhookSecret: "x", probe, fetch: beside });
    const glances: Glance[] = [];
    for await (const page of other.survey(everything)) glances.push(...page.orders);
    expect(glances.find(({ nativeId }) => nativeId === orderId)?.print).not.toBe(seen);
  });
});
