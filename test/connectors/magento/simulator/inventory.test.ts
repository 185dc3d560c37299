import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../../src/connectors/magento/simulator/index.js";
import { search, signedClient } from "./client.js";

let shop: SimulatedMagento;
let client: ReturnType<typeof signedClient>;
beforeAll(async () => {
  shop = await startMagento({ orders: 10 });
  client = signedClient(shop.settings);
});
afterAll(() => shop.stop());

const salable = async (sku: string) =>
  (await client.get(`/inventory/get-product-salable-quantity/${sku}/2`)).body as number;
/** What lies in the default source and the two warehouses. */
async function lying(sku: string): Promise<number[]> {
  const query = search([["sku", "eq", sku]]);
  const { body } = await client.get(`/inventory/source-items?${query}`);
  return body.items.map(({ quantity }: { quantity: number }) => quantity);
}

describe("stock in a simulated Magento", () => {
  it("is reserved when an order is placed, and leaves the shelf when it is shipped", async () => {
    const [before, shelf] = [await salable("TEE-M"), await lying("TEE-M")];
    const { orderId } = await shop.acts.placeOrder({
      lines: [{ sku: "TEE-M", quantity: 3 }],
      paid: false,
    });
    expect([await salable("TEE-M"), await lying("TEE-M")]).toEqual([before - 3, shelf]);
    const source_code = "wh3";
    await client.post(`/order/${orderId}/ship`, {
      arguments: { extension_attributes: { source_code } },
    });
    const [own = 0, second = 0, third = 0] = shelf;
    expect(await lying("TEE-M")).toEqual([own, second, third - 3]);
    expect(await salable("TEE-M")).toBe(before - 3);
  });

  it("is free again when an order is canceled", async () => {
    const before = await salable("TEE-M");
    const { orderId } = await shop.acts.placeOrder({ paid: false });
    expect(await salable("TEE-M")).toBe(before - 1);
    await shop.acts.cancel(orderId);
    expect(await salable("TEE-M")).toBe(before);
  });

  it("is written as what lies there, whatever is reserved", async () => {
    const source = { sku: "MUG-01", source_code: "wh2", status: 1 };
    const answer = await client.post("/inventory/source-items", {
      sourceItems: [{ ...source, quantity: 77.5 }],
    });
    expect([answer.status, answer.body]).toEqual([200, []]);
    expect((await lying("MUG-01"))[1]).toBe(77.5);
    const bulk = await client.post("/rest/default/async/bulk/V1/inventory/source-items", [
      { sourceItems: [{ ...source, quantity: 60 }] },
    ]);
    expect(bulk.status).toBe(202);
    await shop.settled();
    expect((await lying("MUG-01"))[1]).toBe(60);
  });

  it("takes a bundle's parts with the bundle", async () => {
    const [lamps] = await lying("LAMP-1");
    const [notebooks] = await lying("NOTE-A5");
    const { orderId } = await shop.acts.placeOrder({ lines: [{ sku: "DESK-SET", quantity: 2 }] });
    await shop.acts.ship(orderId);
    expect((await lying("LAMP-1"))[0]).toBe((lamps ?? 0) - 2);
    expect((await lying("NOTE-A5"))[0]).toBe((notebooks ?? 0) - 4);
  });

  it("lies in sources that the API lists without being asked by criteria", async () => {
    const { body } = await client.get("/inventory/sources");
    const codes = body.items.map((source: { source_code: string }) => source.source_code);
    expect(codes).toEqual(["default", "wh2", "wh3"]);
    expect(body.search_criteria).toEqual({ filter_groups: [] });
  });
});
