import { describe, expect, it } from "vitest";
import type { Glance } from "../../../src/domain/channel.js";
import { openShopify } from "./open.js";

const NOON = Date.parse("2026-11-10T12:00:00Z");

/** A shop whose clock goes on by a second when told. */
async function openDated(options: Parameters<typeof openShopify>[0] = {}) {
  let nowMs = NOON;
  const now = () => new Date(nowMs);
  const opened = await openShopify({ now, ...options }, { now });
  const survey = async (window: { from?: Date; to?: Date; cursor?: string } = {}) => {
    const seen = { pages: 0, orders: new Map<string, string>(), cursors: [] as string[] };
    const all = { from: new Date(0), to: new Date(NOON + 3_600_000) };
    for await (const page of opened.channel.survey({ ...all, ...window })) {
      seen.pages++;
      seen.cursors.push(page.cursor);
      for (const { nativeId, print } of page.orders as Glance[]) seen.orders.set(nativeId, print);
    }
    return seen;
  };
  const admin = async (query: string, variables: object) => {
    const { url, accessToken } = opened.shop.settings as { url: string; accessToken: string };
    const answer = await fetch(`${url}/admin/api/2026-10/graphql.json`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-shopify-access-token": accessToken },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await answer.json()) as { data: unknown; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    ...opened,
    admin,
    survey,
    tick: (seconds = 1) => {
      nowMs += seconds * 1_000;
    },
    at: (ms: number) => {
      nowMs = ms;
    },
  };
}
type Dated = Awaited<ReturnType<typeof openDated>>;

const workOf = async ({ read }: Dated, orderId: string) =>
  (await read(orderId)).fulfillmentOrders?.value.find(({ status }) => status !== "CLOSED");

/** What may change behind our back, and what must have happened before it. */
const CHANGES: Record<
  string,
  {
    before?: (shop: Dated, orderId: string) => unknown;
    change: (shop: Dated, orderId: string) => unknown;
  }
> = {
  "an edit": { change: ({ acts }, id) => acts.edit(id) },
  "a cancellation": { change: ({ acts }, id) => acts.cancel(id) },
  "a shipment": { change: ({ acts }, id) => acts.ship(id) },
  "a refund": { change: ({ acts }, id) => acts.refund(id, { amount: "1.00" }) },
  "a hold": { change: ({ acts }, id) => acts.hold(id) },
  "one of two holds released": {
    before: async (shop, id) => {
      await shop.acts.hold(id);
      const work = await workOf(shop, id);
      await shop.admin(
        `mutation ($id: ID!) { fulfillmentOrderHold(id: $id, fulfillmentHold: { reason: OTHER, handle: "second" }) { userErrors { message } } }`,
        { id: work?.nativeId },
      );
    },
    change: async (shop, id) => {
      const work = await workOf(shop, id);
      await shop.admin(
        "mutation ($id: ID!, $holds: [ID!]) { fulfillmentOrderReleaseHold(id: $id, holdIds: $holds) { userErrors { message } } }",
        { id: work?.nativeId, holds: [work?.holds[0]?.id] },
      );
    },
  },
  "a move to another place": {
    change: async (shop, id) => {
      const work = await workOf(shop, id);
      const places = (await shop.channel.probe()).locations.map(({ nativeId }) => nativeId);
      await shop.admin(
        "mutation ($id: ID!, $to: ID!) { fulfillmentOrderMove(id: $id, newLocationId: $to) { userErrors { message } } }",
        { id: work?.nativeId, to: places.find((each) => each !== work?.locationId) },
      );
    },
  },
  "a scan like the one before": {
    before: async (shop, id) => {
      const { shipmentId } = await shop.acts.ship(id);
      await shop.acts.moveParcel(id, shipmentId, "IN_TRANSIT");
    },
    change: async (shop, id) => {
      const [shipment] = shop.shop.view(id)?.shipments ?? [];
      await shop.acts.moveParcel(id, shipment?.id ?? "", "IN_TRANSIT");
    },
  },
  "a return that is asked for": {
    before: ({ acts }, id) => acts.ship(id),
    change: ({ acts }, id) => acts.askReturn(id),
  },
  "goods that are taken in": {
    before: async ({ acts }, id) => {
      await acts.ship(id);
      await acts.askReturn(id);
    },
    change: async ({ acts, shop }, id) =>
      acts.receiveReturn(id, shop.view(id)?.returns?.[0]?.id ?? ""),
  },
};

describe("a survey", () => {
  it.each(Object.entries(CHANGES))(
    "prints an order anew after %s, and no other",
    async (_name, each) => {
      const shop = await openDated();
      const other = await shop.acts.placeOrder();
      const { orderId } = await shop.acts.placeOrder();
      await each.before?.(shop, orderId);
      const first = await shop.survey();
      shop.tick();
      expect((await shop.survey()).orders).toEqual(first.orders);
      await each.change(shop, orderId);
      const second = await shop.survey();
      expect(second.orders.get(orderId)).not.toBe(first.orders.get(orderId));
      expect(second.orders.get(other.orderId)).toBe(first.orders.get(other.orderId));
    },
  );

  it("prints an order with more shipments than a glance shows from all of it", async () => {
    const shop = await openDated();
    const { orderId } = await shop.acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 9 }] });
    const shipments: string[] = [];
    for (let count = 0; count < 7; count++)
      shipments.push(
        (await shop.acts.ship(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] })).shipmentId,
      );
    const first = await shop.survey();
    shop.tick();
    await shop.acts.moveParcel(orderId, shipments[6] ?? "", "IN_TRANSIT");
    expect((await shop.survey()).orders.get(orderId)).not.toBe(first.orders.get(orderId));
  });

  it("lists what was placed from the first to the last second of its window, and nothing else", async () => {
    const shop = await openDated();
    const ids: string[] = [];
    for (let count = 0; count < 4; count++) {
      ids.push((await shop.acts.placeOrder()).orderId);
      shop.tick();
    }
    const { orders } = await shop.survey({
      from: new Date(NOON + 1_000),
      to: new Date(NOON + 2_000),
    });
    expect([...orders.keys()]).toEqual(ids.slice(1, 3));
  });

  it("loses nothing where orders come and go between its pages, and shows none that is gone for good", async () => {
    const shop = await openDated({ orders: 130 });
    const all = [...(await shop.survey()).orders.keys()];
    const pages: string[][] = [];
    const window = { from: new Date(0), to: new Date(NOON + 3_600_000) };
    for await (const page of shop.channel.survey(window)) {
      pages.push(page.orders.map(({ nativeId }) => nativeId));
      if (pages.length > 1) continue;
      for (const gone of [all[3], all[60], all[90]]) await shop.acts.deleteOrder(gone ?? "");
      await shop.acts.placeOrder();
    }
    const seen = pages.flat();
    expect(new Set(seen).size).toBe(seen.length);
    const kept = all.filter((id) => id !== all[60] && id !== all[90]);
    expect(kept.filter((id) => !seen.includes(id))).toEqual([]);
    expect(seen).not.toContain(all[60]);
    expect([...(await shop.survey()).orders.keys()]).not.toContain(all[3]);
  });

  it("resumes after the page whose cursor was kept, and costs a call for each fifty orders", async () => {
    const shop = await openDated({ orders: 130 });
    const before = shop.shop.calls().length;
    const whole = await shop.survey();
    const calls = shop.shop.calls().slice(before);
    expect(calls.filter(({ name }) => name === "query Survey")).toHaveLength(3);
    const rest = await shop.survey({ cursor: whole.cursors[0] ?? "" });
    expect([...rest.orders.keys()]).toEqual([...whole.orders.keys()].slice(50));
  });

  it("works for an app that may not see returns", async () => {
    const shop = await openDated({
      scopes: ["read_orders", "read_merchant_managed_fulfillment_orders"],
    });
    const { orderId } = await shop.acts.placeOrder();
    expect([...(await shop.survey()).orders.keys()]).toEqual([orderId]);
  });

  it("does not trust a search that was ignored", async () => {
    const ignoring: typeof fetch = (url, init) =>
      fetch(url, { ...init, body: String(init?.body).replaceAll("processed_at:", "procesed_at:") });
    const { acts, channel } = await openShopify({ orders: 3 }, { fetch: ignoring });
    await acts.placeOrder();
    const pages = [];
    const window = { from: new Date(0), to: new Date(1_000) };
    for await (const page of channel.survey(window)) pages.push(...page.orders);
    expect(pages).toEqual([]);
  });
});
