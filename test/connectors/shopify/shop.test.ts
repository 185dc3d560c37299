import { describe, expect, it } from "vitest";
import { shopify } from "../../../src/connectors/shopify/index.js";
import { ChannelError } from "../../../src/domain/errors.js";
import { instant } from "../../../src/domain/time.js";
import { openShopify, pull } from "./open.js";

describe("probing", () => {
  it("says who the shop is, where it has places and what the app may do", async () => {
    const { channel, shop } = await openShopify();
    const probe = await channel.probe();
    expect(probe).toMatchObject({
      shopName: "Tributary Goods",
      currency: "USD",
      timezone: "America/New_York",
      platformVersion: "2026-10",
      externalUrl: `https://${shop.settings.shop}/admin`,
    });
    expect(probe.locations.length).toBeGreaterThan(1);
    expect(probe.capabilities.every(({ granted }) => granted)).toBe(true);
  });

  it("finds two simulated shops under two domains", async () => {
    const [one, other] = [await openShopify(), await openShopify()];
    expect(one.shop.settings.shop).not.toBe(other.shop.settings.shop);
    expect((await one.channel.probe()).findings.domain).toBe(one.shop.settings.shop);
  });

  it("grants what the scopes allow and says how far back orders go", async () => {
    const { channel } = await openShopify({
      scopes: ["read_orders", "write_assigned_fulfillment_orders"],
    });
    const probe = await channel.probe();
    const granted = (operation: string) =>
      probe.capabilities.find((each) => each.operation === operation)?.granted;
    expect(granted("ORDER_READ")).toBe(true);
    expect(granted("FULFILLMENT_CREATE")).toBe(true);
    expect(granted("FULFILLMENT_ORDER_HOLD")).toBe(false);
    expect(granted("ORDER_CANCEL")).toBe(false);
    expect(granted("FULFILLMENT_EVENT_CREATE")).toBe(false);
    for (const operation of ["RETURN_CREATE", "WEBHOOK_RETURN", "REFUND_LINES", "ORDER_NOTE"])
      expect(granted(operation), operation).toBe(false);
    expect(granted("REFUND_QUOTE")).toBe(true);
    expect(probe.findings.warnings).toEqual([
      "Shopify lets this app do only a part; ask for the access scopes read_fulfillments, read_products, read_returns, write_fulfillments, write_orders, write_returns and install the app anew",
      expect.stringContaining("last 60 days"),
    ]);
    expect(probe.locations).toEqual([]);
  });

  it("of a shop that lets nothing be read names the scope to grant", async () => {
    const { channel } = await openShopify({ scopes: ["read_products"] });
    await expect(channel.probe()).rejects.toThrow(/grant it the access scopes read_orders/);
  });

  it("warns of a version that ran out and of what Shopify means to remove", async () => {
    const later: typeof fetch = async (url, init) => {
      const answer = await fetch(url, init);
      const headers = new Headers(answer.headers);
      headers.set("x-shopify-api-version", "2027-10");
      headers.set("x-shopify-api-deprecated-reason", "https://shopify.dev/changelog/x");
      return new Response(await answer.text(), { status: answer.status, headers });
    };
    const { channel } = await openShopify({}, { fetch: later });
    const { findings, platformVersion } = await channel.probe();
    expect(platformVersion).toBe("2027-10");
    expect(findings.warnings).toEqual([
      expect.stringContaining("version 2027-10 instead of 2026-10, which it no longer supports"),
      expect.stringContaining("https://shopify.dev/changelog/x"),
    ]);
  });

  it("works with client credentials alone", async () => {
    const { shop } = await openShopify();
    const { accessToken: _, ...settings } = shop.settings;
    const channel = shopify.open(settings, { webhookSecret: "unused", probe: null, fetch });
    expect((await channel.probe()).shopName).toBe("Tributary Goods");
  });

  it("with a wrong token is refused as such", async () => {
    const { shop } = await openShopify();
    const settings = { ...shop.settings, accessToken: "shpat_wrong" };
    const channel = shopify.open(settings, { webhookSecret: "unused", probe: null, fetch });
    const error = await channel.probe().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChannelError);
    expect(error).toMatchObject({ httpStatus: 401, mayHaveHappened: false });
  });
});

describe("a backfill", () => {
  it("brings every order whole, newest first, in one call an order and a few for what is long", async () => {
    const { channel, shop } = await openShopify({ orders: 120 });
    const { snapshots, pages } = await pull(channel);
    expect(new Set(snapshots.map(({ ref }) => ref.nativeId)).size).toBe(120);
    const placed = snapshots.map(({ head }) => head?.value.placedAt ?? "");
    expect(placed).toEqual([...placed].sort().reverse());
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.map(({ estimatedTotal }) => estimatedTotal)).toEqual(pages.map(() => 120));
    expect(pages.flatMap(({ unreadable }) => unreadable)).toEqual([]);
    expect(shop.calls().length).toBeLessThan(120 * 1.3);
  });

  it("resumes after the page whose cursor was kept", async () => {
    const { channel } = await openShopify({ orders: 120 });
    const { pages } = await pull(channel);
    const rest = await pull(channel, { cursor: pages[0]?.cursor ?? "" });
    const later = pages.slice(1).flatMap(({ snapshots }) => snapshots);
    expect(rest.snapshots.map(({ ref }) => ref.nativeId)).toEqual(
      later.map(({ ref }) => ref.nativeId),
    );
  });

  it("follows the pages of an order with 300 lines", async () => {
    const { acts, read } = await openShopify();
    const lines = Array.from({ length: 300 }, () => ({ sku: "MUG-01", quantity: 2 }));
    const { orderId } = await acts.placeOrder({ lines });
    await acts.ship(orderId, {
      lines: Array.from({ length: 250 }, () => ({ sku: "MUG-01", quantity: 1 })),
    });
    await acts.refund(orderId, {
      lines: Array.from({ length: 40 }, () => ({ sku: "MUG-01", quantity: 1 })),
    });
    const snapshot = await read(orderId);
    expect(new Set(snapshot.lines?.value.map(({ nativeId }) => nativeId)).size).toBe(300);
    const units = (rows: { quantity: number }[] = []) =>
      rows.reduce((sum, row) => sum + row.quantity, 0);
    expect(units(snapshot.fulfillments?.value.flatMap((each) => each.lines))).toBe(250);
    expect(units(snapshot.refunds?.value.flatMap((each) => each.lines))).toBe(40);
    const work = snapshot.fulfillmentOrders?.value.flatMap((each) => each.lines) ?? [];
    expect(work.reduce((sum, row) => sum + row.total, 0)).toBe(600);
  });

  it("follows more shipments, scans and refunds than come with the order", async () => {
    const { acts, read } = await openShopify();
    const { orderId } = await acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 12 }] });
    const one = { lines: [{ sku: "MUG-01", quantity: 1 }] };
    const shipments: string[] = [];
    for (let count = 0; count < 8; count++)
      shipments.push((await acts.ship(orderId, one)).shipmentId);
    for (let count = 0; count < 7; count++)
      await acts.moveParcel(orderId, shipments[7] ?? "", "IN_TRANSIT");
    for (let count = 0; count < 4; count++) await acts.refund(orderId, one);
    const snapshot = await read(orderId);
    expect(snapshot.fulfillments?.value.map(({ nativeId }) => nativeId)).toEqual(shipments);
    expect(snapshot.scans?.value).toHaveLength(7);
    expect(snapshot.refunds?.value).toHaveLength(4);
  });
});

describe("a poll", () => {
  it("brings what changed, oldest change first, and not what did not", async () => {
    let nowMs = Date.parse("2026-11-10T10:00:00Z");
    const now = () => new Date(nowMs);
    const { acts, channel } = await openShopify({ orders: 20, now }, { now });
    const first = await acts.placeOrder();
    nowMs += 3_600_000;
    const from = now();
    nowMs += 600_000;
    const second = await acts.placeOrder();
    nowMs += 600_000;
    await acts.edit(first.orderId);
    const { snapshots } = await pull(channel, { from });
    expect(snapshots.map(({ ref }) => ref.nativeId)).toEqual([second.orderId, first.orderId]);
  });

  it("brings orders of which only the work changed: a hold moves no time of the order's own", async () => {
    let nowMs = Date.parse("2026-11-10T10:00:00Z");
    const now = () => new Date(nowMs);
    const { acts, channel, order, asked } = await openShopify({ orders: 20, now }, { now });
    const { orderId } = await acts.placeOrder();
    await acts.placeOrder();
    const before = await order(orderId);
    nowMs += 3_600_000;
    const from = now();
    await acts.hold(orderId);
    const reads = asked("WholeOrder");
    const { snapshots, pages } = await pull(channel, { from });
    expect(snapshots.map(({ ref }) => ref.nativeId)).toEqual([orderId]);
    expect(snapshots[0]?.head?.value.platformUpdatedAt).toBe(before.head.platformUpdatedAt);
    expect(snapshots[0]?.fulfillmentOrders?.value.map(({ status }) => status)).toEqual(["ON_HOLD"]);

    await acts.edit(orderId);
    expect((await pull(channel, { from })).snapshots).toHaveLength(1);
    expect(asked("WholeOrder") - reads).toBe(2);
    const resumed = await pull(channel, { from, cursor: pages[0]?.cursor ?? "" });
    expect(resumed.snapshots.map(({ ref }) => ref.nativeId)).toEqual([orderId]);
  });

  it("does not trust a search that was ignored", async () => {
    let nowMs = Date.parse("2026-11-10T10:00:00Z");
    const now = () => new Date(nowMs);
    const ignoring: typeof fetch = (url, init) =>
      fetch(url, { ...init, body: String(init?.body).replace("updated_at:>=", "updatd_at:>=") });
    const { acts, channel } = await openShopify({ orders: 20, now }, { now, fetch: ignoring });
    nowMs += 3_600_000;
    const { orderId } = await acts.placeOrder();
    const { snapshots } = await pull(channel, { from: now() });
    expect(snapshots.map(({ ref }) => ref.nativeId)).toEqual([orderId]);
  });
});

describe("reading one order", () => {
  it("that was deleted finds nothing", async () => {
    const { acts, channel } = await openShopify();
    const { orderId } = await acts.placeOrder();
    await acts.deleteOrder(orderId);
    expect(await channel.read({ nativeId: orderId })).toBeNull();
  });

  it("by one of its fulfillment orders finds the order, by one that is gone nothing", async () => {
    const { acts, channel, read } = await openShopify();
    const { orderId } = await acts.placeOrder();
    const work = (await read(orderId)).fulfillmentOrders?.value[0]?.nativeId ?? "";
    expect((await channel.read({ nativeId: work }))?.ref.nativeId).toBe(orderId);
    expect(await channel.read({ nativeId: "gid://shopify/FulfillmentOrder/1" })).toBeNull();
  });

  it("sees a hold although the order's update time stands still", async () => {
    const { acts, order } = await openShopify();
    const { orderId } = await acts.placeOrder();
    const before = await order(orderId);
    await acts.hold(orderId);
    const after = await order(orderId);
    expect(after.sections.head).toBe(before.sections.head);
    expect(after.fulfillmentOrders.every(({ status }) => status === "ON_HOLD")).toBe(true);
  });

  it("leaves out what the app may not see, and nothing else", async () => {
    const { acts, read } = await openShopify({
      scopes: ["read_orders", "read_merchant_managed_fulfillment_orders"],
    });
    const { orderId } = await acts.placeOrder();
    const snapshot = await read(orderId);
    expect(snapshot.head?.value.customer).toBeNull();
    expect(snapshot.lines?.value[0]?.externalVariantId).toBeNull();
    expect(snapshot.lines?.value).toHaveLength(2);
  });
});

describe("an order that the shop does not show", () => {
  const DAY_MS = 86_400_000;
  /** A shop as an app sees it that may see no old orders, two months after an order was placed. */
  const openLater = async (scopes: string[]) => {
    let later = 0;
    const now = () => new Date(Date.now() + later);
    const opened = await openShopify({ scopes, now });
    const { orderId } = await opened.acts.placeOrder();
    const probe = await opened.channel.probe();
    const channel = shopify.open(opened.shop.settings, {
      webhookSecret: "unused",
      probe,
      fetch: globalThis.fetch,
      now,
    });
    later = 61 * DAY_MS;
    const placed = (days: number) => ({
      nativeId: orderId,
      placedAt: instant(new Date(now().getTime() - days * DAY_MS)),
    });
    return { ...opened, channel, orderId, placed };
  };
  const few = ["read_orders", "read_merchant_managed_fulfillment_orders"];

  it("is not gone where the app may see no old orders", async () => {
    const { channel, orderId, placed } = await openLater(few);
    await expect(channel.read(placed(61))).rejects.toThrow(/older than 60 days.*read_all_orders/);
    await expect(channel.read({ nativeId: orderId })).rejects.toThrow(orderId);
  });

  it("is gone where it is young, or the app may see all", async () => {
    const { channel, placed } = await openLater(few);
    expect(await channel.read(placed(30))).toBeNull();
    const all = await openLater([...few, "read_all_orders"]);
    expect(await all.channel.read(all.placed(61))).not.toBeNull();
    await all.acts.deleteOrder(all.orderId);
    expect(await all.channel.read(all.placed(61))).toBeNull();
  });
});

describe("a shop that is short of points", () => {
  it("is waited for, and everything arrives", async () => {
    const limits: number[] = [];
    const { channel } = await openShopify(
      { orders: 16, plan: "standard" },
      { onRateLimit: ({ remaining }) => limits.push(remaining) },
    );
    const { snapshots } = await pull(channel);
    expect(snapshots).toHaveLength(16);
    expect(Math.min(...limits)).toBeLessThan(1_000);
  });
});
