import Big from "big.js";
import { afterEach, describe, expect, it } from "vitest";
import { magento } from "../../../src/connectors/magento/index.js";
import {
  type MagentoOptions,
  type SimulatedMagento,
  startMagento,
} from "../../../src/connectors/magento/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import { derive } from "../../../src/domain/derive.js";
import { connect, idsOf, orderOf, pulled } from "../bench.js";
import { checkSnapshot } from "../invariants.js";

let shop: SimulatedMagento;
async function start(options: MagentoOptions = {}): Promise<Channel> {
  shop = await startMagento({ orders: 60, ...options });
  return (await connect(magento, shop.settings)).channel;
}
afterEach(() => shop.stop());
/** Ids of orders that a pull shows whole. */
const wholeIds = (pages: Awaited<ReturnType<typeof pulled>>) =>
  pages.flatMap((page) => page.snapshots.filter(({ head }) => head).map(({ ref }) => ref.nativeId));

describe("Everything of a Magento shop", () => {
  it("comes whole, sound and adding up, whatever kind of order it is", async () => {
    const channel = await start({ orders: 100 });
    const pages = await pulled(channel);
    expect(pages.flatMap(({ unreadable }) => unreadable)).toEqual([]);
    expect(pages[0]?.estimatedTotal).toBe(idsOf(pages).length);
    for (const snapshot of pages.flatMap((page) => page.snapshots)) {
      checkSnapshot(snapshot);
      const { nativeId } = snapshot.ref;
      const view = shop.view(nativeId);
      const { totals } = snapshot.head?.value ?? expect.fail("no head");
      const lines = snapshot.lines?.value ?? [];
      for (const side of ["shop", "presentment"] as const) {
        const goods = lines.reduce((sum, it) => sum.plus(it.total[side].amount), Big(0));
        const shippingTax = snapshot.head?.value.shippingLines.reduce(
          (sum, it) => sum.plus(it.tax[side].amount),
          Big(0),
        );
        const whole = goods.plus(totals.shipping[side].amount).plus(shippingTax ?? 0);
        // Magento rounds taxes by line and converts currencies by column.
        const off = whole.minus(totals.total[side].amount).abs().toNumber();
        expect(off, `order ${nativeId} ${side}`).toBeLessThanOrEqual(0.02 * lines.length);
      }
      const shipped = view?.shipments.flatMap((it) => it.lines) ?? [];
      const told = snapshot.fulfillments?.value.flatMap((it) => it.lines) ?? [];
      expect(told.length, `order ${nativeId}`).toBe(shipped.length);
      expect(derive(orderOf(snapshot)).anomalies, `order ${nativeId}`).toEqual([]);
    }
  });

  it("comes in whole pages, in steps that the shop's own limits allow", async () => {
    const limits = { maxPageSize: 20, defaultPageSize: 7, maxItems: 20 };
    const channel = await start({ limits });
    const pages = await pulled(channel);
    expect(new Set(idsOf(pages)).size).toBe(idsOf(pages).length);
    expect(idsOf(pages).length).toBeGreaterThanOrEqual(60);
    expect(pages.every((page) => page.snapshots.length <= 20)).toBe(true);
  });

  it("reads as much from a shop that repeats its last page", async () => {
    const channel = await start({ lastPageRepeats: true });
    const ids = idsOf(await pulled(channel));
    expect(new Set(ids).size).toBe(ids.length);
    expect(idsOf(await pulled(channel, { from: new Date(0) })).length).toBeGreaterThanOrEqual(
      ids.length,
    );
  });
});

describe("News of a Magento shop", () => {
  const hour = 3_600_000;
  let at = Date.parse("2026-11-23T12:00:00Z");
  const now = () => new Date(at);

  /** A shop and a gateway on one clock that we hold. */
  async function startAt(): Promise<Channel> {
    at = Date.parse("2026-11-23T12:00:00Z");
    shop = await startMagento({ orders: 20, now });
    const context = { webhookSecret: "x", probe: null, fetch, now };
    const probe = await magento.open(shop.settings, context).probe();
    return magento.open(shop.settings, { ...context, probe });
  }

  it("includes what leaves an order's own time as it was: its second shipment", async () => {
    const channel = await startAt();
    const { orderId } = await shop.acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 3 }] });
    const one = { lines: [{ sku: "MUG-01", quantity: 1 }] };
    await shop.acts.ship(orderId, one);
    at += 2 * hour;
    const from = now();
    expect(wholeIds(await pulled(channel, { from }))).toEqual([]);
    await shop.acts.ship(orderId, one);
    const pages = await pulled(channel, { from });
    expect(wholeIds(pages)).toEqual([orderId]);
    const [snapshot] = pages.flatMap((page) => page.snapshots);
    expect(snapshot?.fulfillments?.value).toHaveLength(2);
    expect(snapshot?.head?.value.platformUpdatedAt).not.toBe(from.toISOString());
  });

  it("shows each order once where order, invoice and shipment changed together, and after a refund", async () => {
    const channel = await startAt();
    at += 2 * hour;
    const from = now();
    const { orderId } = await shop.acts.placeOrder({ paid: false });
    await shop.acts.pay(orderId);
    await shop.acts.ship(orderId);
    expect(wholeIds(await pulled(channel, { from }))).toEqual([orderId]);
    await shop.acts.refund(orderId);
    expect(wholeIds(await pulled(channel, { from }))).toEqual([orderId]);
  });

  it("includes tracks added to a shipment at once, and to an older one within an hour of polls", async () => {
    const channel = await startAt();
    const { orderId } = await shop.acts.placeOrder();
    const { shipmentId } = await shop.acts.ship(orderId, {
      tracking: { number: "1ZFIRST", carrier: "ups" },
    });
    const numbers = async (from: Date) =>
      (await pulled(channel, { from })).flatMap((page) =>
        page.snapshots
          .filter(({ ref, head }) => ref.nativeId === orderId && !head)
          .flatMap(({ fulfillments }) => fulfillments?.value ?? [])
          .filter(({ nativeId }) => nativeId === shipmentId)
          .flatMap(({ packages }) => packages.map(({ tracking }) => tracking?.number)),
      );
    at += hour / 2;
    await addTrack(channel, orderId, "1ZSECOND");
    expect(await numbers(now())).toEqual(["1ZFIRST", "1ZSECOND"]);
    at += 5 * 24 * hour;
    const seen: unknown[] = [];
    for (let minute = 0; minute < 60; minute++) {
      at += 60_000;
      seen.push(...(await numbers(now())));
    }
    expect(seen).toContain("1ZSECOND");
  });

  it("walks a second with more changes than a page, and resumes after any page", async () => {
    const channel = await startAt();
    at += 24 * hour;
    const from = now();
    const ids: string[] = [];
    for (let count = 0; count < 130; count++) ids.push((await shop.acts.placeOrder()).orderId);
    const pages = await pulled(channel, { from });
    expect(wholeIds(pages).sort()).toEqual([...ids].sort());
    const [first = expect.fail("nothing came")] = pages;
    const rest = await pulled(channel, { cursor: first.cursor });
    expect(new Set([...wholeIds([first]), ...wholeIds(rest)])).toEqual(new Set(ids));
  });

  it("refuses a cursor that is none of its own", async () => {
    const channel = await startAt();
    await expect(pulled(channel, { cursor: "page 2" })).rejects.toThrow(
      /none that a pull of Magento/,
    );
  });

  it("gives up on a shop that ignores filters instead of reading for ever", async () => {
    // Its limit makes pages, without which there would be nothing to go on with.
    const limits = { maxPageSize: 10, defaultPageSize: 10, maxItems: 20 };
    shop = await startMagento({ orders: 20, bearer: true, limits });
    const deaf: typeof fetch = (url, init) =>
      fetch(String(url).replace(/searchCriteria%5BfilterGroups%5D/g, "ignored"), init);
    const { url, accessToken } = shop.settings;
    const context = { webhookSecret: "x", probe: null, fetch: deaf };
    const channel = magento.open({ url, accessToken }, context);
    await expect(pulled(channel)).rejects.toThrow(/ignores filters when it lists/);
  });
});

/** What an app of the shop does: neither the order's nor the shipment's time moves. */
async function addTrack(channel: Channel, orderId: string, number: string): Promise<void> {
  const snapshot = await channel.read({ nativeId: orderId });
  const held = orderOf(snapshot ?? expect.fail("it is gone"));
  const [shipment] = held.fulfillments;
  const [step] = channel.plan(
    {
      type: "FULFILLMENT_TRACKING_UPDATE",
      orderId: held.id,
      notifyCustomer: null,
      fulfillmentId: shipment?.id ?? "",
      packages: [{ lines: [], tracking: { number, carrier: "UPS", carrierCode: null, url: null } }],
      replace: false,
    },
    held,
  );
  if (!step) throw new Error("nothing is planned");
  const order = { nativeId: orderId };
  const call = { step, marker: "M".repeat(22), key: "k", order, signal: AbortSignal.timeout(5000) };
  expect((await channel.perform(call)).kind).toBe("done");
}
