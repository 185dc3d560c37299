import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bigcommerce } from "../../../src/connectors/bigcommerce/index.js";
import {
  type SimulatedBigCommerce,
  startBigCommerce,
} from "../../../src/connectors/bigcommerce/simulator/index.js";
import type { Channel, SurveyWindow } from "../../../src/domain/channel.js";
import { connect, pulled, readOrder } from "../bench.js";
import { type Asker, askerOf } from "./simulator/ask.js";

let shop: SimulatedBigCommerce;
let channel: Channel;
let ask: Asker;
beforeAll(async () => {
  shop = await startBigCommerce({ orders: 105, plan: "wide" });
  ({ channel } = await connect(bigcommerce, shop.settings));
  ask = askerOf(shop);
});
afterAll(() => shop.stop());

const ever = { from: new Date(0), to: new Date(Date.now() + 3_600_000) };
async function pages(window: SurveyWindow = ever) {
  const all = [];
  for await (const page of channel.survey(window)) all.push(page);
  return all;
}
const printsOf = async (window?: SurveyWindow) =>
  new Map(
    (await pages(window)).flatMap(({ orders }) => orders.map((it) => [it.nativeId, it.print])),
  );

describe("a survey", () => {
  it("shows every order once that a pull shows, in two requests a page, and goes on after any", async () => {
    const before = shop.calls().length;
    const all = await pages();
    expect(all.length).toBeGreaterThan(1);
    expect(shop.calls().length - before).toBeLessThanOrEqual(2 * all.length + 1);
    const ids = all.flatMap(({ orders }) => orders.map(({ nativeId }) => nativeId));
    const living = (await pulled(channel)).flatMap(({ snapshots }) =>
      snapshots.filter((it) => !it.deletedAt).map(({ ref }) => ref.nativeId),
    );
    expect([...ids].sort()).toEqual(living.sort());
    const [{ cursor } = expect.fail("no page")] = all;
    const rest = await pages({ ...ever, cursor });
    expect(rest.map(({ orders }) => orders)).toEqual(all.slice(1).map(({ orders }) => orders));
  });

  it("prints the same while nothing changes, and another after each kind of change", async () => {
    const lines = [{ sku: "MUG-01", quantity: 5 }];
    const lately = { ...ever, from: new Date() };
    const { orderId } = await shop.acts.placeOrder({ lines });
    const oneMug = { lines: [{ sku: "MUG-01", quantity: 1 }] };
    const last = async () => (await printsOf(lately)).get(orderId);
    const changes: [name: string, act: () => Promise<unknown>][] = [
      ["an edit", () => shop.acts.edit(orderId)],
      ["a status", () => shop.acts.setStatus(orderId, 12)],
      ["staff notes", () => ask.put(`/v2/orders/${orderId}`, { staff_notes: "Call first" })],
      ["a shipment", () => shop.acts.ship(orderId, oneMug)],
      ["a refund", () => shop.acts.refund(orderId, oneMug)],
      ["a refund that moves no date", () => shop.acts.refund(orderId, oneMug)],
      [
        "a refund that was declined after it",
        () => shop.acts.declineRefund(orderId, shop.view(orderId)?.refunds.at(-1)?.id ?? ""),
      ],
    ];
    let print = await last();
    expect(print).toEqual(expect.any(String));
    for (const [name, act] of changes) {
      expect(await last(), `before ${name}`).toBe(print);
      await act();
      await shop.settled();
      const after = await last();
      expect(after, name).not.toBe(print);
      print = after;
    }
  });

  it("misses none while orders are placed and deleted between its pages, and shows none that is gone", async () => {
    const all = [...(await printsOf()).keys()];
    const [gone = "", later = ""] = [all[5], all.at(-5)];
    const seen: string[] = [];
    for await (const { orders } of channel.survey(ever)) {
      if (seen.length === 0) {
        await shop.acts.deleteOrder(gone);
        await shop.acts.archiveOrder(later);
        await shop.acts.placeOrder();
      }
      seen.push(...orders.map(({ nativeId }) => nativeId));
    }
    expect(new Set(seen).size).toBe(seen.length);
    const wanted = all.filter((id) => id !== later);
    for (const id of wanted) expect(seen, id).toContain(id);
    const after = await printsOf();
    expect(after.has(gone) || after.has(later)).toBe(false);
  });

  it("keeps to orders placed within its window, both ends among them", async () => {
    const { orderId } = await shop.acts.placeOrder();
    const at = new Date((await readOrder(channel, orderId)).head.placedAt);
    expect((await printsOf({ from: at, to: at })).has(orderId)).toBe(true);
    const earlier = { from: new Date(0), to: new Date(at.getTime() - 2000) };
    expect((await printsOf(earlier)).has(orderId)).toBe(false);
  });
});
