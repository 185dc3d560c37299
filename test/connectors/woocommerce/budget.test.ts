import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { woocommerce } from "../../../src/connectors/woocommerce/index.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../src/connectors/woocommerce/simulator/index.js";
import type { Channel, Probe } from "../../../src/domain/channel.js";
import { connect, perform, placeMugs, pulled, webhookSecret } from "../bench.js";

let shop: SimulatedWooCommerce;
let probe: Probe;
let channel: Channel;
beforeAll(async () => {
  shop = await startWooCommerce({ orders: 5, plan: "wide" });
  ({ probe, channel } = await connect(woocommerce, shop.settings));
});
afterAll(() => shop.stop());

const open = (fetching: typeof fetch) =>
  woocommerce.open(shop.settings, { webhookSecret, probe, fetch: fetching });

describe("a shop that asks to be left alone", () => {
  it("gets no call before the time is over, neither of a poll nor of a command", async () => {
    const { orderId, order } = await placeMugs(shop, channel);
    const calls: number[] = [];
    const limiting = (async (url: string, init: RequestInit) => {
      calls.push(performance.now());
      if (calls.length > 1) return fetch(url, init);
      return new Response("slow down", { status: 429, headers: { "retry-after": "1" } });
    }) as typeof fetch;
    const limited = open(limiting);
    const [step] = channel.plan(
      { ...QUIET, orderId: order.id, type: "ORDER_NOTE_ADD", text: "Ring", pushToChannel: true },
      order,
    );
    const first = limited.read({ nativeId: orderId });
    while (calls.length === 0) await new Promise(setImmediate);
    const [, outcome] = await Promise.all([
      first,
      perform(limited, step ?? expect.fail("no step"), orderId),
      pulled(limited),
    ]);
    expect(outcome.kind).toBe("done");
    const [limitedAt = 0, ...later] = calls;
    expect(later.length).toBeGreaterThan(4);
    // What set out together with the first was under way before anybody asked for anything.
    const inside = later.filter((at) => at - limitedAt > 50 && at - limitedAt < 990);
    expect(inside).toEqual([]);
  });
});

describe("a command", () => {
  it("goes out while as many polls as there is room for wait for the shop", async () => {
    const { orderId, order } = await placeMugs(shop, channel);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let waiting = 0;
    const slowLists = (async (url: string, init: RequestInit) => {
      if (/\/wc\/v3\/orders\?/.test(url)) {
        waiting += 1;
        await held;
      }
      return fetch(url, init);
    }) as typeof fetch;
    const busy = open(slowLists);
    const polls = Array.from({ length: 9 }, () => pulled(busy));
    while (waiting < 5) await new Promise(setImmediate);
    const [step] = channel.plan(
      { ...QUIET, orderId: order.id, type: "ORDER_NOTE_ADD", text: "Now", pushToChannel: true },
      order,
    );
    const outcome = await perform(busy, step ?? expect.fail("no step"), orderId);
    expect([outcome.kind, waiting]).toEqual(["done", 5]);
    release();
    expect(await Promise.all(polls)).toHaveLength(9);
  });
});

const QUIET = { notifyCustomer: null } as const;
