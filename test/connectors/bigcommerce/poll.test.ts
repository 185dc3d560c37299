import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bigcommerce } from "../../../src/connectors/bigcommerce/index.js";
import {
  type SimulatedBigCommerce,
  startBigCommerce,
} from "../../../src/connectors/bigcommerce/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { Snapshot } from "../../../src/domain/snapshot.js";
import { connect, idsOf, pulled } from "../bench.js";
import { type Asker, askerOf } from "./simulator/ask.js";

const start = Date.parse("2026-11-23T04:00:00Z");
let clock = start;
let shop: SimulatedBigCommerce;
let channel: Channel;
let ask: Asker;
beforeAll(async () => {
  shop = await startBigCommerce({ orders: 240, plan: "wide", now: () => new Date(clock) });
  ({ channel } = await connect(bigcommerce, shop.settings));
  ask = askerOf(shop);
});
afterAll(() => shop.stop());

const minutes = (count: number) => count * 60_000;
/** What a poll tells that begins at the shop's present time. */
async function polledFromNow(work: () => Promise<unknown>): Promise<Snapshot[]> {
  const from = new Date(clock);
  await work();
  return (await pulled(channel, { from })).flatMap(({ snapshots }) => snapshots);
}
const changedAt = async (orderId: string): Promise<string> =>
  (await ask.get(`/v2/orders/${orderId}`)).body.date_modified;
const goods = [{ sku: "MUG-01", quantity: 4 }];
const oneMug = { lines: [{ sku: "MUG-01", quantity: 1 }] };
const refundsIn = (found: readonly Snapshot[], orderId: string) =>
  found.find(({ ref }) => ref.nativeId === orderId)?.refunds?.value;

/** An order of which one mug was refunded an hour ago, with its date. */
async function refundedOnce() {
  const { orderId } = await shop.acts.placeOrder({ lines: goods });
  await shop.acts.refund(orderId, oneMug);
  await shop.settled();
  clock += minutes(60);
  return { orderId, date: await changedAt(orderId) };
}

describe("a poll of a store where refunds are records of their own", () => {
  it("finds a refund that leaves its order's date alone", async () => {
    const { orderId, date } = await refundedOnce();
    const found = await polledFromNow(async () => {
      await shop.acts.refund(orderId, oneMug);
      await shop.settled();
    });
    expect(await changedAt(orderId)).toBe(date);
    expect(refundsIn(found, orderId)).toHaveLength(2);
    expect(found.filter(({ ref }) => ref.nativeId === orderId)).toHaveLength(1);
  });

  it("finds out that a refund of hours ago was declined, though nothing else says so", async () => {
    const { orderId, date } = await refundedOnce();
    const { refundId } = await shop.acts.refund(orderId, oneMug);
    await shop.settled();
    clock += minutes(180);
    const found = await polledFromNow(() => shop.acts.declineRefund(orderId, refundId));
    expect(await changedAt(orderId)).toBe(date);
    expect(refundsIn(found, orderId)?.map(({ status }) => status)).toEqual(["SUCCEEDED", "FAILED"]);
  });

  it("tells an order once whose refund did change it, and takes three requests where nothing happened", async () => {
    const { orderId } = await shop.acts.placeOrder({ lines: goods });
    clock += minutes(60);
    const found = await polledFromNow(() => shop.acts.refund(orderId, oneMug));
    expect(found.filter(({ ref }) => ref.nativeId === orderId)).toHaveLength(1);
    await shop.settled();
    clock += minutes(26 * 60);
    const before = shop.calls().length;
    expect(await polledFromNow(async () => {})).toEqual([]);
    const calls = shop.calls().slice(before);
    expect(calls.map(({ name }) => name)).toEqual([
      "GET /v2/orders",
      "GET /v2/orders",
      "GET /v3/orders/payment_actions/refunds",
    ]);
  });

  it("tells all of many such orders, page by page, and goes on after any", async () => {
    const orderIds: string[] = [];
    for (let made = 0; made < 30; made += 1) orderIds.push((await refundedOnce()).orderId);
    const from = new Date(clock);
    for (const orderId of orderIds) await shop.acts.refund(orderId, oneMug);
    await shop.settled();
    const pages = [];
    for await (const page of channel.pull({ from })) {
      pages.push(page);
      break;
    }
    const [{ cursor } = expect.fail("no page")] = pages;
    pages.push(...(await pulled(channel, { from, cursor })));
    expect(idsOf(pages).sort()).toEqual(orderIds.sort());
  });
});

describe("a poll by time of change", () => {
  it("finds all of many orders that changed within one second", async () => {
    clock += minutes(60);
    const all = idsOf(await pulled(channel)).slice(0, 210);
    const found = await polledFromNow(async () => {
      for (const orderId of all) await shop.acts.edit(orderId);
    });
    expect(new Set(await Promise.all(all.map(changedAt))).size).toBe(1);
    const ids = found.map(({ ref }) => ref.nativeId);
    expect(new Set(ids)).toEqual(new Set(all));
  });

  it("misses none while orders change, come and go between its pages", async () => {
    clock += minutes(60);
    const from = new Date(clock);
    const all = idsOf(await pulled(channel)).slice(0, 210);
    for (const orderId of all) {
      clock += 1000;
      await shop.acts.edit(orderId);
    }
    const told: Snapshot[] = [];
    let came = "";
    for await (const { snapshots } of channel.pull({ from })) {
      if (came === "") {
        clock += 1000;
        // These move from where they were to the end, so that numbered pages would skip as many of the others.
        for (const orderId of all.slice(0, 20)) await shop.acts.edit(orderId);
        await shop.acts.archiveOrder(all[150] ?? "");
        came = (await shop.acts.placeOrder()).orderId;
      }
      told.push(...snapshots);
    }
    const ids = new Set(told.map(({ ref }) => ref.nativeId));
    for (const orderId of [...all, came]) expect(ids, orderId).toContain(orderId);
    const last = (orderId: string) => told.findLast(({ ref }) => ref.nativeId === orderId);
    expect(last(all[150] ?? "")?.deletedAt).toBeDefined();
    expect(last(all[3] ?? "")?.head?.value.platformUpdatedAt).toBe(new Date(clock).toISOString());
  });
});
