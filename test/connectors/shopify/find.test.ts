import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/domain/channel.js";
import type {
  Command,
  RefundWish,
  ReturnCreate,
  Step,
  StepCall,
} from "../../../src/domain/command.js";
import type { MoneyBag } from "../../../src/domain/money.js";
import type { Order } from "../../../src/domain/order.js";
import { untilAnswerIsLost } from "../lost-answer.js";
import { carryOut, marker, openShopify } from "./open.js";

type Opened = Awaited<ReturnType<typeof openShopify>>;

/** A kind of step: what a shop needs before it, the wish, and the mutation that does it. */
interface Case {
  mutation: string;
  /** Which of the wish's steps is meant. Default the first. */
  step?: number;
  prepare?: (opened: Opened, orderId: string) => Promise<unknown>;
  wish: (order: Order) => Command;
}

const base = (order: Order) => ({ orderId: order.id, notifyCustomer: null });
const lineId = (order: Order) => order.lines[0]?.id ?? "";
const parcel = (number: string) => ({
  tracking: { number, carrier: "UPS", carrierCode: null, url: null },
  lines: [],
});
const ship = (order: Order, quantity = 2): Command => ({
  ...base(order),
  type: "FULFILLMENT_CREATE",
  lines: [{ lineId: lineId(order), quantity }],
  fulfillmentOrderId: null,
  locationId: null,
  packages: [parcel("1Z999AA10000000009")],
  shippedAt: null,
});
const returning = (order: Order, requested = false): Command => ({
  ...base(order),
  type: "RETURN_CREATE",
  lines: [
    {
      lineId: lineId(order),
      quantity: 2,
      reason: "DEFECTIVE",
      note: "cracked",
      resolution: "REFUND",
    },
  ],
  requested,
  tracking: null,
  note: null,
});
const exchanging = (order: Order): Command => ({
  ...(returning(order) as ReturnCreate),
  exchangeLines: [{ sku: "LAMP-1", quantity: 1 }],
});
const shipped = ({ acts }: Opened, orderId: string) => acts.ship(orderId);
const asked = async (opened: Opened, orderId: string) => {
  await shipped(opened, orderId);
  await opened.acts.askReturn(orderId, { lines: [{ sku: "MUG-01", quantity: 2 }] });
};
const agreed = async (opened: Opened, orderId: string) => {
  await shipped(opened, orderId);
  const order = await opened.order(orderId);
  await carryOut(opened.channel, order, returning(order));
};
const usd = (amount: string): MoneyBag => ({
  shop: { amount, currency: "USD" },
  presentment: { amount, currency: "USD" },
});
const goodwill = (order: Order, returnId: string | null = null): Command => {
  const refund: RefundWish = {
    returnId,
    lines: [],
    shipping: null,
    extra: usd("3.00"),
    amount: usd("3.00"),
    reason: "goodwill",
  };
  return { ...base(order), type: "REFUND_CREATE", refund, toStoreCredit: false };
};
const fulfillmentId = (order: Order) => order.fulfillments[0]?.id ?? "";
const returnId = (order: Order) => order.returns[0]?.id ?? "";
const ofReturn = (order: Order) => ({ ...base(order), returnId: returnId(order) });
const address = {
  name: "Ada Lovelace",
  company: null,
  line1: "12 St James's Square",
  line2: null,
  city: "Toronto",
  region: null,
  regionCode: "ON",
  postalCode: "M5V 1J1",
  country: "CA",
  phone: null,
};

const workOf = (order: Order) => order.fulfillmentOrders[0];
const ofWork = (order: Order) => ({
  ...base(order),
  fulfillmentOrderId: workOf(order)?.id ?? "",
});
const hold = (order: Order): Command => ({
  ...ofWork(order),
  type: "FULFILLMENT_ORDER_HOLD",
  reason: "FRAUD_REVIEW",
  note: "look twice",
});
/** The place that the order's work is not at; these shops have two. */
const elsewhere = (order: Order): string =>
  order.fulfillmentOrders
    .map(({ locationId }) => locationId)
    .find((id) => id !== workOf(order)?.locationId) ?? "";

const CASES: Record<string, Case> = {
  "a shipment": { mutation: "FulfillmentCreate", wish: ship },
  tracking: {
    mutation: "TrackingUpdate",
    prepare: shipped,
    wish: (order) => ({
      ...base(order),
      type: "FULFILLMENT_TRACKING_UPDATE",
      fulfillmentId: fulfillmentId(order),
      packages: [parcel("1Z2")],
      replace: false,
    }),
  },
  "a shipment's cancellation": {
    mutation: "FulfillmentCancel",
    prepare: shipped,
    wish: (order) => ({
      ...base(order),
      type: "FULFILLMENT_CANCEL",
      fulfillmentId: fulfillmentId(order),
      reason: null,
    }),
  },
  "a scan": {
    mutation: "FulfillmentEventCreate",
    prepare: shipped,
    wish: (order) => ({
      ...base(order),
      type: "TRACKING_EVENT_ADD",
      packageId: order.fulfillments[0]?.packages[0]?.id ?? "",
      fulfillmentId: fulfillmentId(order),
      status: "IN_TRANSIT",
      occurredAt: "2026-11-01T10:00:00.000Z",
      message: null,
    }),
  },
  "a hold": { mutation: "WorkHold", wish: hold },
  "a hold's end": {
    mutation: "WorkRelease",
    prepare: async (opened, orderId) => {
      const order = await opened.order(orderId);
      await carryOut(opened.channel, order, hold(order));
    },
    wish: (order) => ({
      ...ofWork(order),
      type: "FULFILLMENT_ORDER_RELEASE",
      holdIds: workOf(order)?.holds.map(({ id }) => id) ?? [],
    }),
  },
  "a move": {
    mutation: "WorkMove",
    wish: (order) => ({
      ...ofWork(order),
      type: "FULFILLMENT_ORDER_MOVE",
      locationId: elsewhere(order),
      lines: null,
    }),
  },
  "a move of some pieces": {
    mutation: "WorkMove",
    wish: (order) => ({
      ...ofWork(order),
      type: "FULFILLMENT_ORDER_MOVE",
      locationId: elsewhere(order),
      lines: [{ lineId: lineId(order), quantity: 2 }],
    }),
  },
  "a cancellation with its refund": {
    mutation: "OrderCancel",
    wish: (order) => ({
      ...base(order),
      type: "ORDER_CANCEL",
      reason: "CUSTOMER",
      restock: true,
      refund: {
        returnId: null,
        lines: [],
        shipping: null,
        extra: null,
        amount: order.head.totals.total,
        reason: null,
      },
    }),
  },
  "a note": {
    mutation: "OrderUpdate",
    wish: (order) => ({
      ...base(order),
      type: "ORDER_NOTE_ADD",
      text: "ring twice",
      pushToChannel: true,
    }),
  },
  tags: {
    mutation: "TagsAdd",
    wish: (order) => ({ ...base(order), type: "ORDER_TAGS_UPDATE", add: ["fragile"], remove: [] }),
  },
  "an address": {
    mutation: "OrderUpdate",
    wish: (order) => ({ ...base(order), type: "ORDER_ADDRESS_UPDATE", shippingAddress: address }),
  },
  "a refund": { mutation: "RefundCreate", wish: (order) => goodwill(order) },
  "a return": { mutation: "ReturnCreate", prepare: shipped, wish: (order) => returning(order) },
  "an exchange": { mutation: "ReturnCreate", prepare: shipped, wish: exchanging },
  "goods taken in, and others that go out instead": {
    mutation: "ReturnProcess",
    prepare: async (opened, orderId) => {
      await shipped(opened, orderId);
      const order = await opened.order(orderId);
      await carryOut(opened.channel, order, exchanging(order));
    },
    wish: (order) => ({
      ...ofReturn(order),
      type: "RETURN_RECEIVE",
      lines: [{ lineId: lineId(order), received: 2, rejected: 0, disposition: "RESTOCK" }],
    }),
  },
  "a return that is asked for": {
    mutation: "ReturnRequest",
    prepare: shipped,
    wish: (order) => returning(order, true),
  },
  "an approval": {
    mutation: "ReturnApprove",
    prepare: asked,
    wish: (order) => ({
      ...ofReturn(order),
      type: "RETURN_APPROVE",
      lines: [{ lineId: lineId(order), quantity: 1 }],
    }),
  },
  "pieces taken off a return": {
    mutation: "RemoveFromReturn",
    prepare: agreed,
    wish: (order) => ({
      ...ofReturn(order),
      type: "RETURN_RECEIVE",
      lines: [{ lineId: lineId(order), received: 1, rejected: 1, disposition: "RESTOCK" }],
    }),
    step: 1,
  },
  "goods taken in": {
    mutation: "ReturnProcess",
    prepare: agreed,
    wish: (order) => ({
      ...ofReturn(order),
      type: "RETURN_RECEIVE",
      lines: [{ lineId: lineId(order), received: 2, rejected: 0, disposition: "RESTOCK" }],
    }),
  },
  "a refund for an open return": {
    mutation: "ReturnProcess",
    prepare: async (opened, orderId) => {
      await agreed(opened, orderId);
      const [row] = (await opened.order(orderId)).returns;
      await opened.acts.receiveReturn(orderId, row?.nativeId ?? "");
    },
    wish: (order) => goodwill(order, returnId(order)),
  },
  "a refusal": {
    mutation: "ReturnDecline",
    prepare: asked,
    wish: (order) => ({ ...ofReturn(order), type: "RETURN_DECLINE", reason: "final sale" }),
  },
  "a return's end": {
    mutation: "ReturnClose",
    prepare: agreed,
    wish: (order) => ({ ...ofReturn(order), type: "RETURN_CLOSE" }),
  },
  "a return called off": {
    mutation: "ReturnCancel",
    prepare: agreed,
    wish: (order) => ({ ...ofReturn(order), type: "RETURN_CANCEL" }),
  },
  "a parcel on its way back": {
    mutation: "ReverseDeliveryCreate",
    prepare: agreed,
    wish: (order) => ({
      ...ofReturn(order),
      type: "RETURN_TRACKING_UPDATE",
      tracking: { number: "1ZBACK", carrier: null, carrierCode: null, url: null },
    }),
  },
};

/** A shop with one order of five mugs, prepared, and one step of the wish as it is kept. */
async function prepared({ prepare, wish, step = 0 }: Case) {
  const opened = await openShopify();
  // The lamp lies in another place than the mugs.
  const { orderId } = await opened.acts.placeOrder({
    lines: [
      { sku: "MUG-01", quantity: 5 },
      { sku: "LAMP-1", quantity: 1 },
    ],
  });
  await prepare?.(opened, orderId);
  const order = await opened.order(orderId);
  const planned = opened.channel.plan(wish(order), order)[step];
  const call: StepCall = {
    step: JSON.parse(JSON.stringify(planned)) as Step,
    // Another than that of what was prepared.
    marker: "f".repeat(22),
    key: "0199b3c8-7f5e-7000-8000-0000000000ff",
    order: { nativeId: orderId },
    sentAt: new Date().toISOString(),
    signal: AbortSignal.timeout(20_000),
  };
  return {
    ...opened,
    orderId,
    call,
    perform: () => opened.channel.perform({ ...call, signal: untilAnswerIsLost(opened.shop) }),
    find: async (): Promise<Finding | undefined> => opened.channel.find?.(call),
    late: () => fetch(`${opened.shop.url}/_late`, { method: "POST" }),
  };
}

describe("a step whose answer never came", () => {
  it.each(Object.entries(CASES))("is found where the shop did it: %s", async (_name, each) => {
    const { fault, perform, find, call, shop } = await prepared(each);
    await fault({ kind: "timeout-after", match: each.mutation });
    expect(await perform()).toMatchObject({ kind: "unknown" });
    await shop.settled();
    const finding = await find();
    expect(finding).toMatchObject({ kind: "found", times: 1 });
    if (finding?.kind === "found") expect(finding.snapshot?.ref.nativeId).toBe(call.order.nativeId);
  });

  it.each(Object.entries(CASES))(
    "is absent where the shop never got it or still keeps it back, and found once it did it: %s",
    async (_name, each) => {
      const { fault, perform, find, late, shop } = await prepared(each);
      await fault({ kind: "timeout-before", match: each.mutation });
      expect(await perform()).toMatchObject({ kind: "unknown" });
      expect(await find()).toEqual({ kind: "absent" });
      await fault({ kind: "late", match: each.mutation });
      expect(await perform()).toMatchObject({ kind: "unknown" });
      expect(await find()).toEqual({ kind: "absent" });
      await late();
      // What the shop does in jobs of its own, such as canceling, ends after its answer.
      await shop.settled();
      expect(await find()).toMatchObject({ kind: "found", times: 1 });
    },
  );
});

describe("a shipment whose answer never came", () => {
  const shipment = CASES["a shipment"] as Case;
  const likeIt = {
    lines: [{ sku: "MUG-01", quantity: 2 }],
    tracking: { number: "1Z999AA10000000009", carrier: "UPS" },
  };
  const at = (call: StepCall, minutes: number): StepCall => ({
    ...call,
    sentAt: new Date(Date.now() + minutes * 60_000).toISOString(),
  });

  it("is not taken for one like it that is older, and left open where clocks may differ", async () => {
    const { acts, orderId, channel, call } = await prepared(shipment);
    await acts.ship(orderId, likeIt);
    expect(await channel.find?.(at(call, 30))).toEqual({ kind: "absent" });
    expect(await channel.find?.(at(call, 5))).toMatchObject({
      kind: "unclear",
      error: { message: expect.stringContaining("look in the shop whether it is this shipment") },
    });
  });

  it("is counted where there are two of it", async () => {
    const { acts, orderId, find } = await prepared(shipment);
    await acts.ship(orderId, likeIt);
    await acts.ship(orderId, likeIt);
    expect(await find()).toMatchObject({ kind: "found", times: 2 });
  });

  it("is not taken for one of other pieces or with another number", async () => {
    const { acts, orderId, find } = await prepared(shipment);
    await acts.ship(orderId, { ...likeIt, lines: [{ sku: "MUG-01", quantity: 1 }] });
    await acts.ship(orderId, { ...likeIt, tracking: { number: "1Z7" } });
    expect(await find()).toEqual({ kind: "absent" });
  });

  it("shows as ours in what was found", async () => {
    const { fault, perform, find, call } = await prepared(shipment);
    await fault({ kind: "timeout-after", match: "FulfillmentCreate" });
    await perform();
    const finding = await find();
    const [own] = (finding?.kind === "found" && finding.snapshot?.fulfillments?.value) || [];
    expect(own).toMatchObject({ marker: call.marker });
    expect(call.marker).not.toBe(marker);
  });
});

describe("what a look cannot tell", () => {
  it("is unclear where the shop does not answer, and where the order is gone", async () => {
    const { acts, orderId, find, fault } = await prepared(CASES["a note"] as Case);
    await fault({ kind: "500", match: "WholeOrder", count: 3 });
    expect(await find()).toMatchObject({ kind: "unclear", error: { code: "CHANNEL_UNAVAILABLE" } });
    await acts.deleteOrder(orderId);
    expect(await find()).toMatchObject({ kind: "unclear", error: { code: "NOT_FOUND" } });
  });

  it("is unclear of goods of which only some were taken in", async () => {
    const { channel, orderId, order, find } = await prepared(CASES["goods taken in"] as Case);
    const held = await order(orderId);
    const some = {
      lineId: lineId(held),
      received: 1,
      rejected: 0,
      disposition: "RESTOCK" as const,
    };
    await carryOut(channel, held, { ...ofReturn(held), type: "RETURN_RECEIVE", lines: [some] });
    expect(await find()).toMatchObject({
      kind: "unclear",
      error: { message: expect.stringContaining("some pieces of return #1001-R1 have changed") },
    });
  });
});
