import { describe, expect, it } from "vitest";
import type {
  Command,
  FulfillmentCreate,
  PackageWish,
  RefundWish,
} from "../../../src/domain/command.js";
import { derive } from "../../../src/domain/derive.js";
import type { MoneyBag } from "../../../src/domain/money.js";
import type { Order } from "../../../src/domain/order.js";
import { untilAnswerIsLost } from "../lost-answer.js";
import { carryOut, marker, openShopify, perform } from "./open.js";

/** A wish to ship so many of each line, by SKU; absent: everything. */
function ship(
  order: Order,
  skus?: Record<string, number>,
  packages: PackageWish[] = [],
): FulfillmentCreate {
  const lines = order.lines.flatMap(({ id, sku, ordered }) => {
    const quantity = skus ? (skus[sku ?? ""] ?? 0) : ordered;
    return quantity > 0 ? [{ lineId: id, quantity }] : [];
  });
  return {
    type: "FULFILLMENT_CREATE",
    orderId: order.id,
    notifyCustomer: null,
    lines,
    fulfillmentOrderId: null,
    locationId: null,
    packages,
    shippedAt: null,
  };
}
const parcel = (
  number: string,
  carrier = "UPS",
  lines: PackageWish["lines"] = [],
): PackageWish => ({
  tracking: { number, carrier, carrierCode: null, url: null },
  lines,
});
const mugs = [{ sku: "MUG-01", quantity: 3 }];

/** A shop with one order of three mugs. */
async function openWithOrder(options: Parameters<typeof openShopify>[0] = {}, lines = mugs) {
  const opened = await openShopify(options);
  const { orderId } = await opened.acts.placeOrder({ lines });
  return { ...opened, orderId, placed: await opened.order(orderId) };
}

describe("shipping", () => {
  it("makes one fulfillment with its tracking and shows the order after it, marked", async () => {
    const { channel, placed, shop, orderId } = await openWithOrder();
    const [outcome] = await carryOut(
      channel,
      placed,
      ship(placed, { "MUG-01": 2 }, [parcel("1Z999AA1")]),
    );
    const view = shop.view(orderId);
    expect(view?.shipments).toEqual([
      {
        id: expect.any(String),
        canceled: false,
        lines: [{ lineId: placed.lines[0]?.nativeId, quantity: 2 }],
        tracking: ["1Z999AA1"],
      },
    ]);
    expect(outcome).toMatchObject({
      kind: "done",
      nativeId: view?.shipments[0]?.id,
      httpStatus: 200,
    });
    const told = outcome?.kind === "done" ? outcome.snapshot?.fulfillments?.value[0] : undefined;
    expect(told).toMatchObject({
      nativeId: view?.shipments[0]?.id,
      marker,
      packages: [{ nativeId: "1Z999AA1" }],
    });
  });

  it("from two locations makes two fulfillments, one call each", async () => {
    const lines = [...mugs, { sku: "LAMP-1", quantity: 1 }];
    const { channel, placed, shop, orderId, asked } = await openWithOrder({}, lines);
    const places = new Set(placed.fulfillmentOrders.map(({ locationId }) => locationId));
    expect(places.size).toBe(2);
    const outcomes = await carryOut(channel, placed, ship(placed));
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(shop.view(orderId)?.shipments).toHaveLength(2);
    expect(asked("FulfillmentCreate")).toBe(2);
  });

  it("in packages that name their lines makes a fulfillment of each", async () => {
    const { channel, placed, shop, orderId } = await openWithOrder();
    const lineId = placed.lines[0]?.id ?? "";
    const packages = [
      parcel("1Z1", "UPS", [{ lineId, quantity: 1 }]),
      parcel("00340434", "DHL Express", [{ lineId, quantity: 2 }]),
    ];
    const outcomes = await carryOut(channel, placed, ship(placed, undefined, packages));
    expect(outcomes.every(({ kind }) => kind === "done")).toBe(true);
    const shipments = shop
      .view(orderId)
      ?.shipments.map(({ tracking, lines }) => [tracking, lines[0]?.quantity]);
    expect(shipments).toEqual([
      [["1Z1"], 1],
      [["00340434"], 2],
    ]);
  });

  it("is refused, and nothing sent, when a hold came after the plan", async () => {
    const { channel, placed, acts, orderId, asked } = await openWithOrder();
    const [step] = channel.plan(ship(placed), placed);
    await acts.hold(orderId);
    const outcome = step && (await perform(channel, placed, step));
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { code: "ON_HOLD", mayHaveHappened: false },
    });
    expect(asked("FulfillmentCreate")).toBe(0);
  });

  it("of an order on hold is refused when it is planned", async () => {
    const { channel, acts, orderId, order } = await openWithOrder();
    await acts.hold(orderId);
    const held = await order(orderId);
    expect(() => channel.plan(ship(held), held)).toThrow(
      expect.objectContaining({ code: "ON_HOLD" }),
    );
  });

  it("is refused, and nothing sent, when somebody shipped in the meantime", async () => {
    const { channel, placed, acts, orderId, asked } = await openWithOrder();
    const [step] = channel.plan(ship(placed), placed);
    await acts.ship(orderId, { lines: [{ sku: "MUG-01", quantity: 2 }] });
    const outcome = step && (await perform(channel, placed, step));
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { code: "QUANTITY_EXCEEDS_FULFILLABLE" },
    });
    expect(asked("FulfillmentCreate")).toBe(0);
  });

  it("without the scope is refused and says which one to grant", async () => {
    const { channel, placed } = await openWithOrder({
      scopes: ["read_orders", "read_merchant_managed_fulfillment_orders"],
    });
    const [outcome] = await carryOut(channel, placed, ship(placed));
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { code: "SCOPE_NOT_GRANTED_BY_CHANNEL" },
    });
    expect(outcome?.kind === "refused" && outcome.error.message).toContain(
      "write_merchant_managed_fulfillment_orders",
    );
  });
});

describe("a shop that fails", () => {
  it("after the work leaves the outcome unknown, and there is exactly one fulfillment", async () => {
    const { channel, placed, fault, shop, orderId } = await openWithOrder();
    await fault({ kind: "timeout-after", match: "FulfillmentCreate" });
    const [outcome] = await carryOut(channel, placed, ship(placed), untilAnswerIsLost(shop));
    expect(outcome).toMatchObject({ kind: "unknown", error: { mayHaveHappened: true } });
    expect(shop.view(orderId)?.shipments).toHaveLength(1);
    const again = await carryOut(channel, placed, ship(placed));
    expect(again).toMatchObject([
      { kind: "refused", error: { code: "QUANTITY_EXCEEDS_FULFILLABLE" } },
    ]);
    expect(shop.view(orderId)?.shipments).toHaveLength(1);
  });

  it("before the work leaves the outcome unknown too: nobody can tell the two apart", async () => {
    const { channel, placed, fault, shop, orderId } = await openWithOrder();
    await fault({ kind: "timeout-before", match: "FulfillmentCreate" });
    const [outcome] = await carryOut(channel, placed, ship(placed), untilAnswerIsLost(shop));
    expect(outcome?.kind).toBe("unknown");
    expect(shop.view(orderId)?.shipments).toEqual([]);
  });

  it("with HTTP 500 leaves the outcome unknown", async () => {
    const { channel, placed, fault } = await openWithOrder();
    await fault({ kind: "500", match: "FulfillmentCreate" });
    const [outcome] = await carryOut(channel, placed, ship(placed));
    expect(outcome).toMatchObject({ kind: "unknown", error: { code: "CHANNEL_UNAVAILABLE" } });
  });

  it("while it is only asked has done nothing", async () => {
    const { shop, channel, placed, fault, asked } = await openWithOrder();
    await fault({ kind: "timeout-before", match: "MoreFulfillmentOrders" });
    const [outcome] = await carryOut(channel, placed, ship(placed), untilAnswerIsLost(shop));
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { retryable: true, mayHaveHappened: false },
    });
    expect(asked("FulfillmentCreate")).toBe(0);
  });

  it("when the order is read back has done the work all the same", async () => {
    const { channel, placed, fault, shop, orderId } = await openWithOrder();
    await fault({ kind: "500", match: "WholeOrder", count: 10 });
    const [outcome] = await carryOut(channel, placed, ship(placed));
    expect(outcome).toMatchObject({
      kind: "done",
      snapshot: null,
      nativeId: shop.view(orderId)?.shipments[0]?.id,
    });
  });

  it("with HTTP 429 has done nothing, and says when to come back", async () => {
    const { channel, placed, fault, shop, orderId } = await openWithOrder();
    await fault({ kind: "429", match: "FulfillmentCreate" });
    const [outcome] = await carryOut(channel, placed, ship(placed));
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { code: "CHANNEL_RATE_LIMITED", retryable: true, mayHaveHappened: false },
    });
    expect(outcome?.kind === "refused" && outcome.error.retryAfterMs).toBeGreaterThan(0);
    expect(shop.view(orderId)?.shipments).toEqual([]);
  });
});

describe("tracking", () => {
  async function shipped() {
    const opened = await openWithOrder();
    await carryOut(
      opened.channel,
      opened.placed,
      ship(opened.placed, { "MUG-01": 1 }, [parcel("1Z1")]),
    );
    const order = await opened.order(opened.orderId);
    const fulfillmentId = order.fulfillments[0]?.id ?? "";
    const update = (numbers: string[], replace: boolean): Command => ({
      type: "FULFILLMENT_TRACKING_UPDATE",
      orderId: order.id,
      notifyCustomer: false,
      fulfillmentId,
      packages: numbers.map((number) => parcel(number)),
      replace,
    });
    const numbers = () => opened.shop.view(opened.orderId)?.shipments[0]?.tracking;
    return { ...opened, order, fulfillmentId, update, numbers };
  }

  it("that is added keeps the numbers that are there, those of others too", async () => {
    const { channel, order, update, numbers } = await shipped();
    await carryOut(channel, order, update(["1Z2"], false));
    // The plan knows one number, the shop two by now.
    const [outcome] = await carryOut(channel, order, update(["1Z3", "1z 1"], false));
    expect(numbers()).toEqual(["1Z1", "1Z2", "1Z3"]);
    expect(
      outcome?.kind === "done" && outcome.snapshot?.fulfillments?.value[0]?.packages.length,
    ).toBe(3);
  });

  it("that replaces takes the place of all", async () => {
    const { channel, order, update, numbers } = await shipped();
    await carryOut(channel, order, update(["1Z8", "1Z9"], true));
    expect(numbers()).toEqual(["1Z8", "1Z9"]);
  });

  it("of a shipment that was canceled in the meantime is refused", async () => {
    const { channel, order, update, fulfillmentId } = await shipped();
    const cancel: Command = {
      type: "FULFILLMENT_CANCEL",
      orderId: order.id,
      notifyCustomer: null,
      fulfillmentId,
      reason: null,
    };
    expect(await carryOut(channel, order, cancel)).toMatchObject([{ kind: "done" }]);
    const outcomes = await carryOut(channel, order, update(["1Z2"], false));
    expect(outcomes).toMatchObject([{ kind: "refused", error: { code: "ALREADY_IN_STATE" } }]);
  });

  it("scans are told once, however often they are sent", async () => {
    const { channel, order, fulfillmentId, asked, read, orderId } = await shipped();
    const scan: Command = {
      type: "TRACKING_EVENT_ADD",
      orderId: order.id,
      notifyCustomer: null,
      packageId: order.fulfillments[0]?.packages[0]?.id ?? "",
      fulfillmentId,
      status: "OUT_FOR_DELIVERY",
      occurredAt: "2026-11-20T08:30:00.250Z",
      message: "On the van",
    };
    const outcomes = [
      ...(await carryOut(channel, order, scan)),
      ...(await carryOut(channel, order, scan)),
    ];
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(asked("FulfillmentEventCreate")).toBe(1);
    const after = await read(orderId);
    expect(after.scans?.value).toMatchObject([
      { status: "OUT_FOR_DELIVERY", message: "On the van" },
    ]);
    expect(after.fulfillments?.value[0]?.deliveryStatus).toBe("OUT_FOR_DELIVERY");
  });
});

describe("taking back", () => {
  it("a shipment frees its units, and a second time changes nothing", async () => {
    const { channel, placed, order, orderId, shop, asked } = await openWithOrder();
    await carryOut(channel, placed, ship(placed));
    const shippedOrder = await order(orderId);
    const cancel: Command = {
      type: "FULFILLMENT_CANCEL",
      orderId: placed.id,
      notifyCustomer: null,
      fulfillmentId: shippedOrder.fulfillments[0]?.id ?? "",
      reason: null,
    };
    const outcomes = [
      ...(await carryOut(channel, shippedOrder, cancel)),
      ...(await carryOut(channel, shippedOrder, cancel)),
    ];
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(asked("mutation FulfillmentCancel")).toBe(1);
    expect(shop.view(orderId)?.shipments[0]?.canceled).toBe(true);
    const after = await order(orderId);
    expect(derive(after).byLine.get(after.lines[0]?.id ?? "")?.fulfillable).toBe(3);
  });
});

const refundWish = (amount: MoneyBag): RefundWish => ({
  returnId: null,
  lines: [],
  shipping: null,
  extra: amount,
  amount,
  reason: null,
});

describe("canceling", () => {
  const cancel = (order: Order): Command => ({
    type: "ORDER_CANCEL",
    orderId: order.id,
    notifyCustomer: false,
    reason: "customer changed their mind",
    restock: true,
    refund: null,
  });

  it("waits for the shop's job, keeps the money, and shows the canceled order", async () => {
    const { channel, placed, asked } = await openWithOrder();
    const [outcome] = await carryOut(channel, placed, cancel(placed));
    const head = outcome?.kind === "done" ? outcome.snapshot?.head?.value : undefined;
    expect(head).toMatchObject({
      cancelReason: "CUSTOMER",
      claims: { ORDER: { value: "CANCELED" } },
    });
    expect(head?.canceledAt).not.toBeNull();
    expect(head?.totals.refunded?.shop.amount).toBe("0.00");
    expect(asked("query Job")).toBeGreaterThan(0);
  });

  it("of a shipped order is refused when it is planned, and by the shop where it shipped since", async () => {
    const { channel, placed, order, orderId, asked } = await openWithOrder();
    const [early] = channel.plan(cancel(placed), placed);
    await carryOut(channel, placed, ship(placed));
    const shippedOrder = await order(orderId);
    expect(() => channel.plan(cancel(shippedOrder), shippedOrder)).toThrow(
      expect.objectContaining({
        code: "ALREADY_IN_STATE",
        message: expect.stringMatching(/cancel the shipments first/),
      }),
    );
    expect(asked("OrderCancel")).toBe(0);
    const outcome = early && (await perform(channel, placed, early));
    expect(outcome).toMatchObject({ kind: "refused", error: { mayHaveHappened: false } });
    expect(outcome?.kind === "refused" && outcome.error.upstreamMessage).toMatch(/fulfillments/);
  });

  it("with the money gives all of it back, and shows the refund as ours", async () => {
    const { channel, placed, shop, orderId } = await openWithOrder();
    const { total } = derive(placed).totals;
    const wish = { ...cancel(placed), refund: refundWish(total) } as Command;
    const [step] = channel.plan(wish, placed);
    expect(step).toMatchObject({ money: true, creates: { noun: "Refund", amount: total } });
    const [outcome] = await carryOut(channel, placed, wish);
    const [refund] = shop.view(orderId)?.refunds ?? [];
    expect(refund).toMatchObject({ moved: true, amount: total.shop.amount });
    expect(outcome).toMatchObject({ kind: "done", nativeId: refund?.id });
    const told = outcome?.kind === "done" ? outcome.snapshot : null;
    expect(told?.refunds?.value).toMatchObject([{ marker, status: "SUCCEEDED", amount: total }]);
    expect(told?.head?.value.canceledAt).not.toBeNull();
  });

  it("whose refund the payment provider refuses says so at the refund", async () => {
    const { channel, placed, acts } = await openWithOrder();
    await acts.setProvider("refusing");
    const wish = { ...cancel(placed), refund: refundWish(derive(placed).totals.total) } as Command;
    const [outcome] = await carryOut(channel, placed, wish);
    const told = outcome?.kind === "done" ? outcome.snapshot : null;
    expect(told?.refunds?.value).toMatchObject([{ marker, status: "FAILED" }]);
  });

  it("whose job does not end in time is unknown", async () => {
    const { shop, channel, placed, fault } = await openWithOrder();
    await fault({ kind: "timeout-before", match: "query Job" });
    const [outcome] = await carryOut(channel, placed, cancel(placed), untilAnswerIsLost(shop));
    expect(outcome).toMatchObject({ kind: "unknown", error: { mayHaveHappened: true } });
  });
});
