import { describe, expect, it } from "vitest";
import { translateWebhook } from "../../../src/connectors/shopify/translate-webhook.js";
import { parseBody } from "../../../src/connectors/shopify/webhook-payload.js";
import type { Receipt } from "../../../src/domain/channel.js";
import type { OrderHead } from "../../../src/domain/order.js";
import type { Snapshot } from "../../../src/domain/snapshot.js";
import { openDelivering } from "./delivering.js";

type Opened = Awaited<ReturnType<typeof openDelivering>>;

const mugs = { lines: [{ sku: "MUG-01", quantity: 4 }] };
const last = <T>(list: T[]): T => {
  const item = list.at(-1);
  if (item === undefined) throw new Error("nothing came");
  return item;
};
const snapshotOf = (receipt: Receipt): Snapshot => {
  if (receipt.kind !== "snapshot") throw new Error(`a ${receipt.kind} came instead of a snapshot`);
  return receipt.snapshot;
};

describe("what the shop sends", () => {
  it("of returns leads to the order, whatever the body names", async () => {
    const { acts, channel, of } = await openDelivering();
    const { orderId } = await acts.placeOrder(mugs);
    await acts.ship(orderId);
    const { returnId } = await acts.askReturn(orderId);
    await acts.decideReturn(orderId, returnId, "approve");
    for (const topic of ["returns/request", "returns/approve"]) {
      const receipt = channel.receive(last(await of(topic)));
      expect(receipt, topic).toMatchObject({ kind: "hint", ref: { nativeId: orderId } });
    }
    await acts.receiveReturn(orderId, returnId);
    await acts.payReturn(orderId, returnId);
    const refund = snapshotOf(channel.receive(last(await of("refunds/create"))));
    expect(refund.refunds?.value).toMatchObject([{ returnId }]);
    const kept = { topic: "returns/update", receivedAt: new Date() };
    const body = JSON.stringify({ admin_graphql_api_id: returnId, return_line_items: {} });
    const hint = channel.translate?.({ ...kept, body });
    expect(hint).toMatchObject({ kind: "hint", ref: { nativeId: returnId } });
    const read = await channel.read({ nativeId: returnId });
    expect(read?.ref.nativeId).toBe(orderId);
    expect(read?.returns?.value).toMatchObject([{ nativeId: returnId, stage: "OPEN" }]);
  });

  it("is a hint to read the order, for everything that changes it", async () => {
    const { acts, channel, of } = await openDelivering();
    const { orderId } = await acts.placeOrder(mugs);
    const { shipmentId } = await acts.ship(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
    await acts.moveParcel(orderId, shipmentId, "IN_TRANSIT");
    await acts.hold(orderId);
    await acts.edit(orderId);
    const topics = [
      "orders/create",
      "orders/updated",
      "orders/partially_fulfilled",
      "fulfillments/create",
      "fulfillment_events/create",
      "fulfillment_orders/placed_on_hold",
    ];
    for (const topic of topics) {
      const receipt = channel.receive(last(await of(topic)));
      expect(receipt.kind, topic).toBe("hint");
      if (receipt.kind !== "hint") continue;
      expect((await channel.read(receipt.ref))?.ref.nativeId, topic).toBe(orderId);
    }
  });

  it("of a refund says exactly what a read says of it", async () => {
    const { acts, channel, of, read } = await openDelivering();
    const { orderId } = await acts.placeOrder(mugs);
    await acts.ship(orderId, { lines: [{ sku: "MUG-01", quantity: 2 }] });
    await acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }], restock: true });
    const receipt = channel.receive(last(await of("refunds/create")));
    const { refunds, ref } = snapshotOf(receipt);
    const known = (await read(orderId)).refunds;
    expect(ref.nativeId).toBe(orderId);
    expect(refunds?.complete).toBe(false);
    expect(refunds?.value).toEqual(known?.value);
    expect((refunds?.asOf ?? "") <= (known?.asOf ?? "")).toBe(true);
    expect(receipt.kind === "snapshot" && receipt.refresh).toBe(true);
  });

  it("of a payment says exactly what a read says of it", async () => {
    const { acts, channel, of, read } = await openDelivering();
    const { orderId } = await acts.placeOrder({ ...mugs, paid: false });
    await acts.pay(orderId);
    const { transactions } = snapshotOf(
      channel.receive(last(await of("order_transactions/create"))),
    );
    const known = (await read(orderId)).transactions?.value ?? [];
    expect(transactions?.value).toEqual([last(known)]);
  });

  it("of money in another currency than the shop's is a hint", async () => {
    const { acts, channel, of } = await openDelivering();
    const { orderId } = await acts.placeOrder({ ...mugs, currency: "KWD" });
    await acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
    expect(channel.receive(last(await of("refunds/create"))).kind).toBe("hint");
  });

  it("of a deleted order tells that it is gone", async () => {
    const { acts, channel, of } = await openDelivering();
    const { orderId } = await acts.placeOrder(mugs);
    await acts.deleteOrder(orderId);
    const snapshot = snapshotOf(channel.receive(last(await of("orders/delete"))));
    expect(snapshot).toMatchObject({ ref: { nativeId: orderId }, deletedAt: expect.any(String) });
  });

  it("when the app is removed says so", async () => {
    const { acts, channel, of } = await openDelivering();
    await acts.uninstall();
    expect(channel.receive(last(await of("app/uninstalled"))).kind).toBe("uninstalled");
  });
});

describe("the body of an order", () => {
  /** What body and read must agree on: money, units and those statuses that the body tells. */
  const comparable = ({ totals, claims, taxLines, discounts, shippingLines }: OrderHead) => {
    const { captured: _, authorized: __, ...amounts } = totals;
    const { PAYMENT, ORDER } = claims;
    return {
      amounts,
      taxLines,
      discounts,
      shippingLines,
      payment: PAYMENT?.value,
      state: ORDER?.value,
    };
  };
  async function bothWays(
    { of, read }: Pick<Awaited<ReturnType<typeof openDelivering>>, "of" | "read">,
    orderId: string,
  ) {
    const body = parseBody(last(await of("orders/updated")).body.toString("utf8"));
    const told = translateWebhook("orders/updated", body, {
      shop: "goods.myshopify.com",
      currency: "USD",
    });
    return { told, known: await read(orderId) };
  }
  const stories: Record<string, (acts: Opened["acts"]) => Promise<string>> = {
    "shipped in part and refunded in part": async (acts) => {
      const { orderId } = await acts.placeOrder(mugs);
      await acts.ship(orderId, { lines: [{ sku: "MUG-01", quantity: 2 }] });
      await acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }], restock: true });
      await acts.edit(orderId);
      return orderId;
    },
    "edited before it was paid": async (acts) => {
      const { orderId } = await acts.placeOrder({ ...mugs, paid: false });
      await acts.removeUnits(orderId, "MUG-01", 1);
      return orderId;
    },
    canceled: async (acts) => {
      const { orderId } = await acts.placeOrder(mugs);
      await acts.cancel(orderId);
      return orderId;
    },
    "paid in yen": async (acts) => {
      const { orderId } = await acts.placeOrder({ ...mugs, currency: "JPY" });
      await acts.edit(orderId);
      return orderId;
    },
  };

  it.each(Object.keys(stories))(
    "that was %s has the money, units and statuses that a read has",
    async (story) => {
      const opened = await openDelivering();
      const orderId = (await stories[story]?.(opened.acts)) ?? "";
      const { told, known } = await bothWays(opened, orderId);
      expect(told?.head && comparable(told.head.value)).toEqual(
        known.head && comparable(known.head.value),
      );
      expect(told?.head?.asOf).toBe(known.head?.asOf);
      const units = (snapshot: Snapshot | null | undefined) =>
        snapshot?.lines?.value.map(({ barcode: _, ...line }) => line);
      expect(units(told)).toEqual(units(known));
    },
  );

  it("does not tell what was received and what is on hold, which is why it is only a hint", async () => {
    const opened = await openDelivering();
    const { orderId } = await opened.acts.placeOrder(mugs);
    await opened.acts.hold(orderId);
    await opened.acts.edit(orderId);
    const { told, known } = await bothWays(opened, orderId);
    expect(told?.head?.value.totals.captured).toBeNull();
    expect(known.head?.value.totals.captured).not.toBeNull();
    expect(told?.head?.value.claims.FULFILLMENT?.value).toBe("UNFULFILLED");
    expect(known.head?.value.claims.FULFILLMENT?.value).toBe("ON_HOLD");
  });
});

describe("subscriptions", () => {
  it("are made once, those of others are left alone, and ours go away", async () => {
    const { channel, url } = await openDelivering();
    const theirs = `${url}/theirs`;
    await channel.ensureWebhooks(theirs);
    const first = await channel.webhooks(url);
    expect(await channel.ensureWebhooks(url)).toEqual(first);
    expect(new Set(first.map(({ topic }) => topic)).size).toBe(first.length);
    expect(first.map(({ topic }) => topic)).toContain("FULFILLMENT_ORDERS_PLACED_ON_HOLD");
    await channel.removeWebhooks(url);
    expect(await channel.webhooks(url)).toEqual([]);
    expect(await channel.webhooks(theirs)).toHaveLength(first.length);
  });

  it("are made once by two processes at the same time", async () => {
    const { channel, url } = await openDelivering();
    const mine = `${url}/mine`;
    const both = await Promise.all([channel.ensureWebhooks(mine), channel.ensureWebhooks(mine)]);
    const topics = (await channel.webhooks(mine)).map(({ topic }) => topic);
    expect(new Set(topics).size).toBe(topics.length);
    expect(topics.length).toBeGreaterThan(20);
    expect(both[0].length).toBeGreaterThan(20);
  });

  it("are those that the app's scopes allow", async () => {
    const { channel, url } = await openDelivering({
      scopes: ["write_orders", "read_merchant_managed_fulfillment_orders"],
    });
    const topics = (await channel.webhooks(url)).map(({ topic }) => topic);
    expect(topics).toContain("ORDERS_CREATE");
    expect(topics).toContain("APP_UNINSTALLED");
    expect(
      topics.some((topic) => /^(FULFILLMENTS_|FULFILLMENT_EVENTS_|RETURNS_)/.test(topic)),
    ).toBe(false);
  });
});
