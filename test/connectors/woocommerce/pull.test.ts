import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Woo } from "../../../src/connectors/woocommerce/client.js";
import { woocommerce } from "../../../src/connectors/woocommerce/index.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../src/connectors/woocommerce/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import { InvalidInput } from "../../../src/domain/errors.js";
import { clearFaults, connect, idsOf, placeMugs, pulled, webhookSecret } from "../bench.js";
import { checkSnapshot } from "../invariants.js";
import { openShop } from "./open.js";

let shop: SimulatedWooCommerce;
let channel: Channel;
/** The shop's REST API, for what people do there with other tools. */
let rest: Woo;
beforeAll(async () => {
  ({ shop, channel, rest } = await openShop({ orders: 250, relaxedDelivery: true }));
});
afterEach(() => clearFaults(shop));
afterAll(() => shop.stop());

const place = (mugs?: number) => placeMugs(shop, channel, mugs);
describe("a pull", () => {
  it("of 250 orders with their refunds and shipments takes few seconds and few calls", async () => {
    const before = { calls: shop.calls().length, at: performance.now() };
    const pages = await pulled(channel);
    expect(performance.now() - before.at).toBeLessThan(5_000);
    expect(pages[0]?.estimatedTotal).toBeGreaterThanOrEqual(250);
    const names = shop
      .calls()
      .slice(before.calls)
      .map(({ name }) => name);
    expect(names.filter((name) => name.endsWith("/refunds")).length).toBeLessThan(15);
    for (const snapshot of pages.flatMap((page) => page.snapshots)) checkSnapshot(snapshot);
  });

  it("asks for changes in UTC without a Z, and overlaps what was seen", async () => {
    const queries: URLSearchParams[] = [];
    const spy = ((url: string, init: RequestInit) => {
      if (url.includes("/orders?")) queries.push(new URL(url).searchParams);
      return fetch(url, init);
    }) as typeof fetch;
    const { channel: spied } = await connect(woocommerce, shop.settings, { fetch: spy });
    queries.length = 0;
    await pulled(spied, { from: new Date("2026-11-01T10:00:30.500Z") });
    expect(Object.fromEntries(queries[0] ?? [])).toMatchObject({
      modified_after: "2026-11-01T10:00:00",
      dates_are_gmt: "true",
      orderby: "modified",
      order: "asc",
      status: "any",
      per_page: "100",
    });
  });

  it("brings an order that was put into the bin as deleted", async () => {
    const { orderId } = await place();
    await rest.call({ method: "DELETE", path: `/wc/v3/orders/${orderId}` });
    const from = new Date(Date.now() - 5_000);
    const snapshots = (await pulled(channel, { from })).flatMap((page) => page.snapshots);
    const gone = snapshots.find(({ ref }) => ref.nativeId === orderId);
    expect(gone?.deletedAt).toEqual(expect.any(String));
    expect((await channel.read({ nativeId: orderId }))?.deletedAt).toEqual(expect.any(String));
  });

  it("loses nobody when orders are deleted and placed between two pages", async () => {
    const busy = await startWooCommerce({ orders: 230 });
    try {
      const { channel: other } = await connect(woocommerce, busy.settings);
      const expected = new Set(idsOf(await pulled(other)));
      const found: string[] = [];
      for await (const page of other.pull({})) {
        const ids = idsOf([page]);
        found.push(...ids);
        // The next page begins so many rows further up than the walk knows.
        for (const id of ids.slice(0, 20)) {
          await busy.acts.deleteOrder(id);
          expected.delete(id);
        }
        await busy.acts.placeOrder();
      }
      expect([...expected].filter((id) => !found.includes(id))).toEqual([]);
      expect(new Set(found).size).toBe(found.length);
    } finally {
      await busy.stop();
    }
  });

  it("gets through more changes within one second than a page holds", async () => {
    const clock = new Date("2026-11-20T12:00:00Z");
    const still = await startWooCommerce({ orders: 0, now: () => clock });
    try {
      const now = () => clock;
      const context = { webhookSecret, probe: null, fetch, now };
      const probe = await woocommerce.open(still.settings, context).probe();
      const other = woocommerce.open(still.settings, { ...context, probe });
      const placed = new Set<string>();
      for (let count = 0; count < 230; count++)
        placed.add(
          (await still.acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 1 }] })).orderId,
        );
      const ids = idsOf(await pulled(other, { from: clock }));
      expect(new Set(ids)).toEqual(placed);
      expect(ids).toHaveLength(230);
    } finally {
      await still.stop();
    }
  });

  it("keeps what it cannot read, with the reason, and goes on", async () => {
    const { orderId } = await place();
    const spoil = (async (url: string, init: RequestInit) => {
      const answer = await fetch(url, init);
      if (!url.includes("/orders?")) return answer;
      const orders = (await answer.json()) as { id: number }[];
      const body = orders.map((it) => (String(it.id) === orderId ? { ...it, total: null } : it));
      return new Response(JSON.stringify(body), { headers: answer.headers });
    }) as typeof fetch;
    const probe = await woocommerce
      .open(shop.settings, { webhookSecret, probe: null, fetch })
      .probe();
    const spoiled = woocommerce.open(shop.settings, { webhookSecret, probe, fetch: spoil });
    const pages = await pulled(spoiled, { from: new Date(Date.now() - 5_000) });
    expect(pages.flatMap((page) => page.unreadable)).toMatchObject([
      { ref: { nativeId: orderId }, reason: expect.stringContaining("total") },
    ]);
  });

  it("ends with an error where the shop ignores the filters, instead of never", async () => {
    const rows = (from: number, step: number) =>
      Array.from({ length: 100 }, (_, at) => ({
        id: from + at * step,
        date_modified_gmt: `2026-11-20T10:${String(at % 60).padStart(2, "0")}:00`,
      })).sort((a, b) => (a.date_modified_gmt < b.date_modified_gmt ? -1 : 1));
    const list = (body: unknown) =>
      (() => Promise.resolve(new Response(JSON.stringify(body)))) as unknown as typeof fetch;
    const open = (body: unknown) =>
      woocommerce.open(shop.settings, { webhookSecret, probe: null, fetch: list(body) });
    await expect(pulled(open(rows(1, 1)))).rejects.toThrow(/ignores orderby=id/);
    const from = new Date("2026-11-20T00:00:00Z");
    await expect(pulled(open(rows(1, 1)), { from })).rejects.toThrow(/ignores modified_after/);
  });

  it("refuses a cursor that it did not give", async () => {
    await expect(pulled(channel, { cursor: "page=2" })).rejects.toThrow(InvalidInput);
  });
});
