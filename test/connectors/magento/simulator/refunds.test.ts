import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../../src/connectors/magento/simulator/index.js";
import { search, signedClient } from "./client.js";

let shop: SimulatedMagento;
let client: ReturnType<typeof signedClient>;
beforeAll(async () => {
  shop = await startMagento({ orders: 30 });
  client = signedClient(shop.settings);
});
afterAll(() => shop.stop());

const nothing = { shipping_amount: 0 };
const idOf = (orderId: string, sku: string) =>
  Number(shop.view(orderId)?.lines.find((line) => line.sku === sku)?.id);
const refundsOf = (orderId: string) => shop.view(orderId)?.refunds ?? [];

describe("refunds at a simulated Magento", () => {
  it("of an invoice stop at what it billed, without a word", async () => {
    const { orderId } = await shop.acts.placeOrder({
      lines: [{ sku: "MUG-01", quantity: 3 }],
      paid: false,
      payment: "online",
    });
    const mug = { order_item_id: idOf(orderId, "MUG-01"), qty: 1 };
    const { body: first } = await client.post(`/order/${orderId}/invoice`, {
      capture: true,
      items: [mug],
    });
    await client.post(`/order/${orderId}/invoice`, { capture: true });
    const wish = { items: [{ ...mug, qty: 2 }], isOnline: true, arguments: nothing };
    expect((await client.post(`/invoice/${first}/refund`, wish)).status).toBe(200);
    expect(refundsOf(orderId)).toMatchObject([{ moved: true, lines: [{ quantity: 1 }] }]);
    // Nothing of it is left, and what is worth nothing is no credit memo.
    expect((await client.post(`/invoice/${first}/refund`, wish)).status).toBe(400);
  });

  it("of a bundle's part name the whole bundle beside it, for nothing", async () => {
    const { orderId } = await shop.acts.placeOrder({ lines: [{ sku: "TEA-SET", quantity: 1 }] });
    const part = idOf(orderId, "MUG-01");
    const items = [{ order_item_id: part, qty: 1 }];
    const { body: id } = await client.post(`/order/${orderId}/refund`, {
      items,
      arguments: nothing,
    });
    const memo = (await client.get(`/creditmemo/${id}`)).body;
    const rows = memo.items.map((row: { sku: string; qty: number; row_total?: number }) => [
      row.sku,
      row.qty,
      row.row_total ?? 0,
    ]);
    expect(rows[0]).toEqual(["TEA-SET", 1, 0]);
    expect(rows[1]).toMatchObject(["MUG-01", 1, expect.any(Number)]);
    expect(refundsOf(orderId)).toMatchObject([{ lines: [{ lineId: String(part) }] }]);
  });

  it("put goods that never left back into what can be sold, and such that did onto their shelf", async () => {
    const stock = (orderId: string) => shop.view(orderId)?.stock?.["MUG-01"] ?? 0;
    for (const leaves of [false, true]) {
      const { orderId } = await shop.acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 2 }] });
      if (leaves) await shop.acts.ship(orderId);
      const before = stock(orderId);
      await shop.acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }], restock: true });
      expect(stock(orderId), String(leaves)).toBe(before + 1);
    }
  });

  it("take shipping without its tax and add it, unless the shop shows it with tax", async () => {
    const odd = await startMagento({ orders: 30, shippingShownWithTax: true });
    const seen: number[][] = [];
    for (const each of [shop, odd]) {
      const own = signedClient(each.settings);
      const query = search([["store_id", "eq", 2]], { "[sortOrders][0][field]": "entity_id" });
      const found = (await own.get(`/orders?${query}`)).body.items.find(
        (order: { total_paid?: number; total_refunded?: number }) =>
          order.total_paid && !order.total_refunded,
      );
      expect(found.shipping_incl_tax).toBeCloseTo(
        found.shipping_amount + found.shipping_tax_amount,
        4,
      );
      const items = [{ order_item_id: found.items[0].item_id, qty: 0 }];
      const { body: id } = await own.post(`/order/${found.entity_id}/refund`, {
        items,
        arguments: { shipping_amount: 1 },
      });
      const memo = (await own.get(`/creditmemo/${id}`)).body;
      seen.push([memo.base_shipping_amount, memo.base_grand_total]);
    }
    await odd.stop();
    const [plain, shown] = seen;
    expect(plain?.[0]).toBe(1);
    expect(plain?.[1]).toBeGreaterThan(1);
    expect(shown?.[0]).toBeLessThan(1);
    expect(shown?.[1]).toBeCloseTo(1, 2);
  });

  it("are online or not as the customer paid, whether at once or later", async () => {
    for (const payment of ["online", "offline"] as const)
      for (const paid of [true, false]) {
        const { orderId } = await shop.acts.placeOrder({ payment, paid });
        if (!paid) await shop.acts.pay(orderId);
        await shop.acts.refund(orderId);
        expect(refundsOf(orderId), `${payment} ${paid}`).toMatchObject([
          { moved: payment === "online" },
        ]);
      }
  });
});

describe("the address of an order at a simulated Magento", () => {
  it("needs the row's own id, the order's in the body, and everything that a row may not lack", async () => {
    const { orderId } = await shop.acts.placeOrder();
    const read = async () => (await client.get(`/orders/${orderId}`)).body;
    const before = await read();
    const [{ shipping }] = before.extension_attributes.shipping_assignments;
    const entity = { ...shipping.address, city: "Elsewhere" };
    const put = (changes: object) =>
      client.put(`/orders/${orderId}`, { entity: { ...entity, ...changes } });
    const { parent_id: _, ...orphan } = entity;
    expect((await client.put(`/orders/${orderId}`, { entity: orphan })).body.message).toBe(
      "The order address couldn't be saved.",
    );
    expect((await put({ email: "nobody" })).status).toBe(400);
    // Without its id the address is a new one, which the order does not show.
    const { entity_id: __, ...fresh } = entity;
    expect((await client.put(`/orders/${orderId}`, { entity: fresh })).status).toBe(200);
    expect((await read()).extension_attributes.shipping_assignments[0].shipping).toEqual(shipping);
    expect((await put({})).body.city).toBe("Elsewhere");
    const after = await read();
    expect(after.extension_attributes.shipping_assignments[0].shipping.address.city).toBe(
      "Elsewhere",
    );
    expect([after.updated_at, after.billing_address]).toEqual([
      before.updated_at,
      before.billing_address,
    ]);
  });
});
