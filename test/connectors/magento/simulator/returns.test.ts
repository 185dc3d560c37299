import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../../src/connectors/magento/simulator/index.js";
import { search, signedClient } from "./client.js";

let shop: SimulatedMagento;
let client: ReturnType<typeof signedClient>;
beforeAll(async () => {
  shop = await startMagento({ orders: 3, edition: "commerce" });
  client = signedClient(shop.settings);
});
afterAll(() => shop.stop());

describe("returns at a simulated Adobe Commerce", () => {
  it("are told by the modules and the version", async () => {
    expect((await client.get("/modules")).body).toContain("Magento_Rma");
    expect(await (await fetch(`${shop.url}/magento_version`)).text()).toBe(
      "Magento/2.4 (Enterprise)",
    );
  });

  it("are requested for what was shipped, go through their steps, and can be found by order", async () => {
    const { orderId } = await shop.acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 2 }] });
    const [line] = shop.view(orderId)?.lines ?? [];
    const item = {
      order_item_id: Number(line?.id),
      qty_requested: 1,
      reason: "200",
      condition: "210",
      resolution: "221",
    };
    const wish = { rmaDataObject: { order_id: Number(orderId), items: [item] } };
    expect((await client.post("/returns", wish)).status).toBe(400);
    await shop.acts.ship(orderId);
    const { body: rma } = await client.post("/returns", wish);
    expect(rma).toMatchObject({
      order_id: Number(orderId),
      order_increment_id: shop.view(orderId)?.number,
      status: "pending",
      items: [{ ...item, qty_authorized: 0, qty_returned: 0, status: "pending" }],
      comments: [],
      tracks: [],
    });
    const [{ entity_id }] = rma.items;
    const change = {
      entity_id: rma.entity_id,
      status: "authorized",
      items: [{ entity_id, qty_authorized: 1, status: "authorized" }],
    };
    await client.put(`/returns/${rma.entity_id}`, { rmaDataObject: change });
    const track = { track_number: "1Z9", carrier_title: "UPS", carrier_code: "ups" };
    expect((await client.post(`/returns/${rma.entity_id}/tracking-numbers`, { track })).body).toBe(
      true,
    );
    const data = { comment: "Send it back, please.", visible_on_front: true };
    expect((await client.post(`/returns/${rma.entity_id}/comments`, { data })).body).toBe(true);
    const { body } = await client.get(`/returns?${search([["order_id", "eq", orderId]])}`);
    expect(body).toMatchObject({
      total_count: 1,
      items: [
        {
          status: "authorized",
          items: [{ qty_requested: 1, qty_authorized: 1, status: "authorized" }],
          tracks: [track],
          comments: [data],
        },
      ],
    });
    const { body: tracks } = await client.get(`/returns/${rma.entity_id}/tracking-numbers`);
    await client.delete(`/returns/${rma.entity_id}/tracking-numbers/${tracks.items[0].entity_id}`);
    expect((await client.get(`/returns/${rma.entity_id}`)).body.tracks).toEqual([]);
    expect((await client.delete(`/returns/${rma.entity_id}`)).body).toBe(true);
    expect((await client.get(`/returns/${rma.entity_id}`)).status).toBe(404);
  });

  it("are there from the start, beside orders that were shipped", async () => {
    const opened = await startMagento({ orders: 40, edition: "commerce" });
    const { body } = await signedClient(opened.settings).get("/returns?searchCriteria=");
    expect(body.total_count).toBeGreaterThan(0);
    for (const rma of body.items)
      expect(opened.view(String(rma.order_id))?.shipments.length).toBeGreaterThan(0);
    await opened.stop();
  });

  it("refuse what the step before did not allow, options nobody has, and what is over", async () => {
    const { orderId } = await shop.acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 2 }] });
    await expect(shop.acts.askReturn?.(orderId)).rejects.toThrow(/nothing left/);
    await shop.acts.ship(orderId);
    const { returnId } = (await shop.acts.askReturn?.(orderId)) ?? expect.fail("no returns");
    const read = async () => (await client.get(`/returns/${returnId}`)).body;
    const before = await read();
    const [item] = before.items;
    const put = async (changes: object, status = "authorized") => {
      const items = [{ entity_id: item.entity_id, ...changes }];
      const rmaDataObject = { entity_id: before.entity_id, status, items };
      return (await client.put(`/returns/${returnId}`, { rmaDataObject })).status;
    };
    expect(await put({ qty_authorized: 2 })).toBe(400);
    expect(await put({ qty_authorized: 1, qty_returned: 2 })).toBe(400);
    expect(await put({ reason: "999" })).toBe(400);
    expect(await put({}, "somewhere")).toBe(400);
    expect(await read()).toEqual(before);
    await shop.acts.receiveReturn?.(orderId, returnId);
    expect(shop.view(orderId)?.returns).toMatchObject([
      { id: returnId, status: "approved", lines: [{ requested: 1, received: 1 }] },
    ]);
    expect(await put({}, "closed")).toBe(200);
    expect(await put({}, "authorized")).toBe(400);
    const rest = { lines: [{ sku: "MUG-01", quantity: 2 }] };
    await expect(shop.acts.askReturn?.(orderId, rest)).rejects.toThrow(/greater than you can/);
  });

  it("name their reasons, conditions and resolutions as options", async () => {
    const { body } = await client.get("/returnsAttributeMetadata");
    expect(body.map((each: { attribute_code: string }) => each.attribute_code)).toEqual([
      "reason",
      "condition",
      "resolution",
    ]);
  });
});
