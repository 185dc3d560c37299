import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Woo } from "../../../src/connectors/woocommerce/client.js";
import type { SimulatedWooCommerce } from "../../../src/connectors/woocommerce/simulator/index.js";
import type { Address } from "../../../src/domain/address.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { Command, OrderCancel, RefundWish } from "../../../src/domain/command.js";
import { derive } from "../../../src/domain/derive.js";
import type { Order } from "../../../src/domain/order.js";
import { quoteByFacts } from "../../../src/domain/quote.js";
import { shapeOrder } from "../../../src/domain/shape.js";
import { addFault, clearFaults, orderOf, perform, readOrder, run, shipCommand } from "../bench.js";
import { untilAnswerIsLost } from "../lost-answer.js";
import { openShop } from "./open.js";

let shop: SimulatedWooCommerce;
let channel: Channel;
/** The shop's REST API, for what people do there with other tools. */
let rest: Woo;
beforeAll(async () => {
  ({ shop, channel, rest } = await openShop({ orders: 20, relaxedDelivery: true }));
});
afterEach(() => clearFaults(shop));
afterAll(() => shop.stop());

const place = async () => {
  const { orderId } = await shop.acts.placeOrder();
  return { orderId, order: await readOrder(channel, orderId) };
};
const stepsOf = (order: Order, command: Command) => channel.plan(command, order);
const writes = () => shop.calls().filter(({ name }) => !name.startsWith("GET")).length;

describe("a note for the shop's staff", () => {
  const command = (order: Order): Command => ({
    type: "ORDER_NOTE_ADD",
    orderId: order.id,
    notifyCustomer: null,
    text: "Customer called: leave it at the back door",
    pushToChannel: true,
  });
  const notesOf = async (orderId: string) => {
    const { body } = await rest.get(`/wc/v3/orders/${orderId}/notes`);
    return (body as { note: string; customer_note: boolean }[]).filter(({ note }) =>
      note.includes("back door"),
    );
  };

  it("is private, and written once although its answer was lost", async () => {
    const { orderId, order } = await place();
    const [step] = stepsOf(order, command(order));
    if (!step) return expect.fail("no step");
    expect(step).toMatchObject({
      support: "NATIVE",
      money: false,
      summary: "write a note for the shop's staff",
    });
    const marker = "MarkerMarkerMarker0001";
    await addFault(shop, { kind: "timeout-after", match: "POST", count: 1 });
    const lost = await perform(channel, step, orderId, {
      marker,
      signal: untilAnswerIsLost(shop),
    });
    expect(lost.kind).toBe("unknown");
    await clearFaults(shop);
    const again = await perform(channel, step, orderId, { marker });
    expect(again).toMatchObject({ kind: "done", nativeId: expect.stringMatching(/^\d+$/) });
    expect(await notesOf(orderId)).toMatchObject([{ customer_note: false }]);
  });

  it("is refused for an order that is gone", async () => {
    const { orderId, order } = await place();
    const [step] = stepsOf(order, command(order));
    await shop.acts.deleteOrder(orderId);
    expect(await perform(channel, step ?? expect.fail("no step"), orderId)).toMatchObject({
      kind: "refused",
      error: { code: "NOT_FOUND" },
    });
  });
});

describe("another shipping address", () => {
  const address: Address = {
    name: "Ada King Byron",
    company: "Analytical Engines",
    line1: "12 St James's Square",
    line2: "Flat 3",
    city: "London",
    region: "Greater London",
    regionCode: null,
    postalCode: "SW1Y 4JH",
    country: "GB",
    phone: "+44 20 0000 0000",
  };
  const command = (order: Order, shippingAddress: Address): Command => ({
    type: "ORDER_ADDRESS_UPDATE",
    orderId: order.id,
    notifyCustomer: null,
    shippingAddress,
  });

  it("replaces every field, leaves the billing address and the money, and reads back as given", async () => {
    const { order } = await place();
    const { outcomes, order: after } = await run(channel, command(order, address), order);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
    expect(after.head.shippingAddress).toEqual(address);
    expect(after.head.billingAddress).toEqual(order.head.billingAddress);
    expect(after.head.totals).toEqual(order.head.totals);
  });

  it("empties what it does not have, and keeps one name as one name", async () => {
    const { order } = await place();
    const bare = { ...address, name: "Ada", company: null, line2: null, region: null, phone: null };
    const { order: after } = await run(channel, command(order, bare), order);
    expect(after.head.shippingAddress).toEqual(bare);
  });

  it("that is so already is not saved again", async () => {
    const { orderId, order } = await place();
    const [step] = stepsOf(order, command(order, address));
    if (!step) return expect.fail("no step");
    expect((await perform(channel, step, orderId)).kind).toBe("done");
    const before = writes();
    expect((await perform(channel, step, orderId)).kind).toBe("done");
    expect(writes()).toBe(before);
  });

  it("is refused for a canceled order", async () => {
    const { orderId, order } = await place();
    const [step] = stepsOf(order, command(order, address));
    await shop.acts.cancel(orderId);
    expect(await perform(channel, step ?? expect.fail("no step"), orderId)).toMatchObject({
      kind: "refused",
      error: { code: "CHANNEL_REJECTED" },
    });
  });
});

describe("an order called off with its money", () => {
  /** All that is left, as the gateway asks for it. */
  function everything(order: Order): RefundWish {
    const lines = order.lines.map((line) => ({
      lineId: line.id,
      quantity: line.ordered,
      restock: true,
      locationId: null,
    }));
    const quote = quoteByFacts(order, shapeOrder(order), { lines, shipping: true });
    return {
      returnId: null,
      lines: lines.map((line, at) => ({
        ...line,
        fixed: false,
        amount: quote.lines[at]?.amount ?? expect.fail("no amount"),
      })),
      shipping: quote.shippingMaximum,
      extra: null,
      amount: quote.maximum,
      reason: null,
    };
  }
  const command = (order: Order): OrderCancel => ({
    type: "ORDER_CANCEL",
    orderId: order.id,
    notifyCustomer: null,
    reason: "CUSTOMER",
    restock: true,
    refund: everything(order),
  });

  it("is canceled first and refunded then, and both is known although the shop calls it refunded", async () => {
    const { orderId, order } = await place();
    const stock = shop.view(orderId)?.stock?.["MUG-01"] ?? Number.NaN;
    const steps = stepsOf(order, command(order));
    expect(steps.map(({ kind, money }) => [kind, money])).toEqual([
      ["ORDER_CANCEL", false],
      ["REFUND_CREATE", true],
    ]);
    let held = order;
    for (const step of steps) {
      const outcome = await perform(channel, step, orderId);
      if (outcome.kind !== "done" || !outcome.snapshot) return expect.fail(JSON.stringify(outcome));
      held = orderOf(outcome.snapshot, held);
    }
    expect(shop.view(orderId)).toMatchObject({
      status: "refunded",
      refunds: [{ amount: order.head.totals.total.shop.amount, moved: true }],
    });
    // What the order took from the stock came back with the cancellation, and once.
    expect(shop.view(orderId)?.stock?.["MUG-01"]).toBe(stock + 2);
    expect(derive(held).statuses).toMatchObject({
      ORDER: "CANCELED",
      PAYMENT: "REFUNDED",
      FULFILLMENT: "UNFULFILLED",
    });
    expect(held.head.cancelReason).toBe("CUSTOMER");
    // Whoever reads it for the first time now knows as much.
    const fresh = await readOrder(channel, orderId);
    expect(fresh.head.canceledAt).toBe(held.head.canceledAt);
  });

  it("is neither canceled nor refunded a second time", async () => {
    const { orderId, order } = await place();
    const steps = stepsOf(order, command(order));
    const markers = ["MarkerMarkerMarker0003", "MarkerMarkerMarker0004"];
    for (const [at, step] of steps.entries())
      expect((await perform(channel, step, orderId, { marker: markers[at] ?? "" })).kind).toBe(
        "done",
      );
    const before = writes();
    for (const [at, step] of steps.entries())
      expect((await perform(channel, step, orderId, { marker: markers[at] ?? "" })).kind).toBe(
        "done",
      );
    expect(writes()).toBe(before);
    expect(shop.view(orderId)?.refunds).toHaveLength(1);
  });

  it("is no longer fulfilled after its shipment was taken back", async () => {
    const { order } = await place();
    const shipped = await run(channel, shipCommand(order, null), order);
    await rest.call({
      method: "PUT",
      path: `/wc/v3/orders/${order.nativeId}`,
      body: { status: "completed" },
    });
    const completed = await readOrder(channel, order.nativeId, shipped.order);
    expect(derive(completed).statuses.FULFILLMENT).toBe("FULFILLED");
    const back: Command = {
      type: "FULFILLMENT_CANCEL",
      orderId: order.id,
      notifyCustomer: null,
      fulfillmentId: completed.fulfillments[0]?.id ?? "",
      reason: null,
    };
    const { order: open } = await run(channel, back, completed);
    const { order: canceled } = await run(channel, { ...command(open), refund: null }, open);
    expect(derive(canceled).statuses).toMatchObject({
      ORDER: "CANCELED",
      FULFILLMENT: "UNFULFILLED",
    });
  });
});

describe("a step's summary", () => {
  it("counts pieces and lines", async () => {
    const { order } = await place();
    const [step] = stepsOf(order, shipCommand(order, null));
    expect(step?.summary).toBe("ship 3 pieces of 2 lines");
  });
});
