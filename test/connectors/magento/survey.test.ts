import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { magento } from "../../../src/connectors/magento/index.js";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../src/connectors/magento/simulator/index.js";
import type { Channel, Glance, SurveyWindow } from "../../../src/domain/channel.js";
import { connect, idsOf, pulled } from "../bench.js";
import { signedClient } from "./simulator/client.js";

let shop: SimulatedMagento;
let channel: Channel;
beforeAll(async () => {
  shop = await startMagento({ orders: 230, edition: "commerce" });
  ({ channel } = await connect(magento, shop.settings));
});
afterAll(() => shop.stop());

const api = () => signedClient(shop.settings);
const write = async (path: string, body?: unknown) => {
  const answer = await api().post(path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};
const DAY_MS = 86_400_000;
const always = () => ({ from: new Date(0), to: new Date(Date.now() + DAY_MS) });
async function surveyed(window: SurveyWindow): Promise<Glance[]> {
  const found: Glance[] = [];
  for await (const { orders } of channel.survey(window)) found.push(...orders);
  return found;
}
const printOf = async (orderId: string) =>
  (await surveyed({ from: new Date(Date.now() - DAY_MS), to: new Date(Date.now() + DAY_MS) })).find(
    ({ nativeId }) => nativeId === orderId,
  )?.print;

async function place(paid = true) {
  const lines = [{ sku: "MUG-01", quantity: 4 }];
  const { orderId } = await shop.acts.placeOrder({ lines, paid });
  const { body } = await api().get(`/orders/${orderId}`);
  return { id: orderId, row: body.items[0].item_id as number, body };
}
type Placed = Awaited<ReturnType<typeof place>>;
const ship = ({ id, row }: Placed) =>
  write(`/order/${id}/ship`, { items: [{ order_item_id: row, qty: 1 }] });
const track = ({ id }: Placed, shipment: unknown) => ({
  entity: {
    order_id: Number(id),
    parent_id: Number(shipment),
    track_number: "1Z1",
    title: "UPS",
    carrier_code: "ups",
    weight: 0,
    qty: 0,
    description: "",
  },
});

describe("The survey of a Magento shop", () => {
  it("sees every order of a window once, and none of another", async () => {
    const all = await surveyed(always());
    const read = new Set(idsOf(await pulled(channel)));
    expect(new Set(all.map(({ nativeId }) => nativeId))).toEqual(read);
    expect(all.length).toBe(read.size);
    const from = new Date(Date.now() - 30 * DAY_MS);
    const to = new Date(Date.now() - 10 * DAY_MS);
    const placed = (await pulled(channel))
      .flatMap(({ snapshots }) => snapshots)
      .filter(({ head }) => {
        const at = Date.parse(head?.value.placedAt ?? "");
        return at >= from.getTime() && at <= to.getTime();
      });
    expect(placed.length).toBeGreaterThan(10);
    expect((await surveyed({ from, to })).map(({ nativeId }) => nativeId).sort()).toEqual(
      placed.map(({ ref }) => ref.nativeId).sort(),
    );
  });

  it("costs a call for each kind and page, and none for an order", async () => {
    const before = shop.calls().length;
    const all = await surveyed(always());
    const pages = Math.ceil(all.length / 100);
    const lists = shop.calls().length - before;
    // A page's parts come in more than one page where they are many.
    expect(lists).toBeLessThanOrEqual(pages * 9);
    expect(lists).toBeLessThan(all.length / 8);
  });

  it("misses none while orders are placed and deleted on its way, and goes on after any page", async () => {
    const before = await surveyed(always());
    const gone = before[150]?.nativeId ?? expect.fail("few orders");
    const seen: string[] = [];
    let cursor = "";
    for await (const page of channel.survey(always())) {
      seen.push(...page.orders.map(({ nativeId }) => nativeId));
      if (!cursor) {
        await shop.acts.deleteOrder(gone);
        await shop.acts.placeOrder();
        cursor = page.cursor;
      }
    }
    const rest = await surveyed({ ...always(), cursor });
    const all = await surveyed(always());
    expect(seen).toEqual(all.map(({ nativeId }) => nativeId));
    expect(seen.slice(-rest.length)).toEqual(rest.map(({ nativeId }) => nativeId));
    expect(seen).not.toContain(gone);
    expect(seen.length).toBe(before.length);
  });

  it("shows the same print while nothing changes", async () => {
    const order = await place();
    const print = await printOf(order.id);
    expect(print).toMatch(/^[\w-]{43}$/);
    expect(await printOf(order.id)).toBe(print);
  });

  it.each<[what: string, act: (order: Placed) => Promise<unknown>, paid?: boolean]>([
    ["a second shipment", ship],
    [
      "a track that comes later",
      async (order) => write("/shipment/track", track(order, await shipmentOf(order))),
    ],
    ["an invoice", ({ id }) => write(`/order/${id}/invoice`, { capture: true }), false],
    ["a refund", ({ id }) => shop.acts.refund(id, { lines: [{ sku: "MUG-01", quantity: 1 }] })],
    ["a hold", ({ id }) => write(`/orders/${id}/hold`)],
    ["a comment that keeps the status", ({ id }) => comment(id)],
    ["a corrected address", ({ id, body }) => correct(id, body)],
    ["a return", ({ id }) => shop.acts.askReturn?.(id) ?? expect.fail("no returns")],
    [
      "a return that came",
      async ({ id }) => {
        const [rma] = shop.view(id)?.returns ?? [];
        await shop.acts.receiveReturn?.(id, rma?.id ?? "");
      },
    ],
  ])(
    "shows another print after %s, in whatever second it happens",
    async (what, act, paid = true) => {
      const order = await place(paid);
      await ship(order);
      if (what === "a return that came") await shop.acts.askReturn?.(order.id);
      const before = await printOf(order.id);
      await act(order);
      expect(await printOf(order.id)).not.toBe(before);
    },
  );

  it("shows another print after a track was deleted", async () => {
    const order = await place();
    const shipment = await ship(order);
    const before = await printOf(order.id);
    const { entity_id } = await write("/shipment/track", track(order, shipment));
    const between = await printOf(order.id);
    await api().delete(`/shipment/track/${entity_id}`);
    expect(between).not.toBe(before);
    expect(await printOf(order.id)).toBe(before);
  });
});

const shipmentOf = async ({ id }: Placed) => shop.view(id)?.shipments[0]?.id;
const comment = (id: string) =>
  write(`/orders/${id}/comments`, {
    statusHistory: {
      parent_id: Number(id),
      comment: "x",
      is_customer_notified: 0,
      is_visible_on_front: 0,
    },
  });
async function correct(id: string, { extension_attributes }: Placed["body"]): Promise<void> {
  const { address } = extension_attributes.shipping_assignments[0].shipping;
  const entity = { ...address, street: ["Elsewhere 9"] };
  expect((await api().put(`/orders/${id}`, { entity })).status).toBe(200);
}
