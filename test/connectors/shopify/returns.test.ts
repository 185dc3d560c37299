import { describe, expect, it } from "vitest";
import type {
  Command,
  RefundWish,
  ReturnCreate,
  ReturnReceive,
} from "../../../src/domain/command.js";
import { derive } from "../../../src/domain/derive.js";
import { sameMoney } from "../../../src/domain/money.js";
import type { Order } from "../../../src/domain/order.js";
import type { ReceivedLine, Return } from "../../../src/domain/return.js";
import { untilAnswerIsLost } from "../lost-answer.js";
import { carryOut, marker, openShopify, perform, pull } from "./open.js";

/** A shop with one shipped order of three mugs and a lamp, which leave from two places. */
async function openShipped(options: Parameters<typeof openShopify>[0] = {}) {
  const opened = await openShopify(options);
  const { orderId } = await opened.acts.placeOrder({
    lines: [
      { sku: "MUG-01", quantity: 3 },
      { sku: "LAMP-1", quantity: 1 },
    ],
  });
  await opened.acts.ship(orderId);
  const now = () => opened.order(orderId);
  return { ...opened, orderId, now, placed: await now() };
}
type Opened = Awaited<ReturnType<typeof openShipped>>;

const base = (order: Order) => ({ orderId: order.id, notifyCustomer: null });

function lineId(order: Order, sku: string): string {
  const line = order.lines.find((each) => each.sku === sku);
  if (!line) throw new Error(`no ${sku}`);
  return line.id;
}

function create(
  order: Order,
  pieces: Record<string, number>,
  more: Partial<ReturnCreate> = {},
): ReturnCreate {
  return {
    ...base(order),
    type: "RETURN_CREATE",
    lines: Object.entries(pieces).map(([sku, quantity]) => ({
      lineId: lineId(order, sku),
      quantity,
      reason: "SIZE_TOO_SMALL",
      note: "Holds too little",
      resolution: "REFUND",
    })),
    requested: false,
    tracking: null,
    note: null,
    ...more,
  };
}

/** The order with a return that the shop has made. */
async function withReturn(opened: Opened, wish: Partial<ReturnCreate> = {}) {
  const outcomes = await carryOut(
    opened.channel,
    opened.placed,
    create(opened.placed, { "MUG-01": 2, "LAMP-1": 1 }, wish),
  );
  expect(outcomes.every(({ kind }) => kind === "done")).toBe(true);
  const order = await opened.now();
  return { order, row: order.returns[0] as Return };
}

function receive(order: Order, row: Return, lines: Partial<ReceivedLine>[]): ReturnReceive {
  return {
    ...base(order),
    type: "RETURN_RECEIVE",
    returnId: row.id,
    lines: lines.map((line) => ({
      lineId: lineId(order, "MUG-01"),
      received: 0,
      rejected: 0,
      disposition: "RESTOCK",
      ...line,
    })),
  };
}

describe("opening a return", () => {
  it("finds a piece beyond the first fifty lines of a shipment", async () => {
    const { channel, acts, order } = await openShopify();
    const lines = Array.from({ length: 60 }, () => ({ sku: "MUG-01", quantity: 1 }));
    const { orderId } = await acts.placeOrder({ lines });
    await acts.ship(orderId);
    const placed = await order(orderId);
    const wish = create(placed, { "MUG-01": 1 });
    const last = placed.lines.at(-1)?.id ?? "";
    const [outcome] = await carryOut(channel, placed, {
      ...wish,
      lines: wish.lines.map((line) => ({ ...line, lineId: last })),
    });
    expect(outcome?.kind).toBe("done");
    const after = await order(orderId);
    expect(after.returns[0]?.lines).toMatchObject([{ lineId: after.lines.at(-1)?.id }]);
  });

  it("makes it in the shop, once, and shows it as ours with its reason", async () => {
    const opened = await openShipped();
    const { channel, placed, shop, orderId, asked } = opened;
    const [step] = channel.plan(create(placed, { "MUG-01": 2 }), placed);
    expect(step).toMatchObject({
      money: false,
      summary: "open a return of 2 units of 1 line",
      creates: { noun: "Return", projection: "NATIVE" },
    });
    const [outcome] = await carryOut(channel, placed, create(placed, { "MUG-01": 2 }));
    const made = shop.view(orderId)?.returns?.[0];
    expect(made).toMatchObject({ status: "OPEN", lines: [{ requested: 2, received: 0 }] });
    expect(outcome).toMatchObject({ kind: "done", nativeId: made?.id });
    const again = await carryOut(channel, placed, create(placed, { "MUG-01": 2 }));
    expect(again).toMatchObject([{ kind: "done", nativeId: made?.id }]);
    expect(asked("mutation ReturnCreate")).toBe(1);
    const order = await opened.now();
    expect(order.returns).toMatchObject([
      {
        name: "#1001-R1",
        stage: "OPEN",
        projection: "NATIVE",
        made: true,
        marker,
        lines: [
          {
            lineId: lineId(order, "MUG-01"),
            requested: 2,
            approved: 2,
            received: 0,
            reason: "SIZE_TOO_SMALL",
            rawReason: "too-small",
            note: "Holds too little",
          },
        ],
      },
    ]);
    expect(derive(order).statuses.RETURN).toBe("IN_PROGRESS");
    expect(derive(order).byLine.get(lineId(order, "MUG-01"))?.returnable).toBe(1);
  });

  it("with a tracking number tells that too", async () => {
    const opened = await openShipped();
    const tracking = { number: "1Z999", carrier: "UPS", carrierCode: null, url: null };
    const { row } = await withReturn(opened, { tracking });
    expect(row.shipments).toMatchObject([{ tracking: { number: "1Z999", carrier: "UPS" } }]);
    expect(() =>
      opened.channel.plan(
        create(opened.placed, { "MUG-01": 1 }, { tracking, requested: true }),
        opened.placed,
      ),
    ).toThrow(expect.objectContaining({ code: "CAPABILITY_NOT_SUPPORTED" }));
  });

  it("of more than may come back is refused, and nothing sent", async () => {
    const opened = await openShipped();
    const { channel, placed, acts, orderId, asked } = opened;
    const [step] = channel.plan(create(placed, { "MUG-01": 3 }), placed);
    await acts.askReturn(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
    const outcome = step && (await perform(channel, placed, step));
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { code: "QUANTITY_EXCEEDS_RETURNABLE", mayHaveHappened: false },
    });
    expect(asked("mutation ReturnCreate")).toBe(0);
  });

  it("whose answer is lost is unknown, found by the next read, and not made twice", async () => {
    const opened = await openShipped();
    const { channel, placed, fault, shop, orderId, now } = opened;
    await fault({ kind: "timeout-after", match: "mutation ReturnCreate" });
    const wish = create(placed, { "LAMP-1": 1 });
    const [outcome] = await carryOut(channel, placed, wish, untilAnswerIsLost(shop));
    expect(outcome).toMatchObject({ kind: "unknown", error: { mayHaveHappened: true } });
    expect((await now()).returns).toMatchObject([{ marker, stage: "OPEN" }]);
    expect(await carryOut(channel, placed, wish)).toMatchObject([{ kind: "done" }]);
    expect(shop.view(orderId)?.returns).toHaveLength(1);
  });

  it("without the scope says which one to grant", async () => {
    const opened = await openShipped({
      scopes: ["read_orders", "write_orders", "read_merchant_managed_fulfillment_orders"],
    });
    const [outcome] = await carryOut(
      opened.channel,
      opened.placed,
      create(opened.placed, { "MUG-01": 1 }),
    );
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { code: "SCOPE_NOT_GRANTED_BY_CHANNEL", message: expect.stringContaining("returns") },
    });
    expect(opened.placed.sections.returns).toBeUndefined();
  });
});

describe("deciding about a return", () => {
  it("approves what was asked for, less what is not agreed to", async () => {
    const opened = await openShipped();
    const { channel, shop, orderId, now } = opened;
    const { order, row } = await withReturn(opened, { requested: true });
    expect(row).toMatchObject({ stage: "REQUESTED", marker, lines: [{ approved: 0 }, {}] });
    const approve: Command = {
      ...base(order),
      type: "RETURN_APPROVE",
      returnId: row.id,
      lines: [
        { lineId: lineId(order, "MUG-01"), quantity: 1 },
        { lineId: lineId(order, "LAMP-1"), quantity: 1 },
      ],
    };
    const outcomes = await carryOut(channel, order, approve);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect((await now()).returns).toMatchObject([
      { stage: "OPEN", lines: [{ approved: 1 }, { approved: 1 }] },
    ]);
    const again = await carryOut(channel, order, approve);
    expect(again.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(shop.view(orderId)?.returns).toMatchObject([
      { lines: [{ requested: 1 }, { requested: 1 }] },
    ]);
  });

  it.each([
    ["Sorry, this was a final sale", "FINAL_SALE"],
    ["The return period is over", "RETURN_PERIOD_ENDED"],
    ["It was worn", "OTHER"],
  ])("declines: %s", async (reason, word) => {
    const opened = await openShipped();
    const { order, row } = await withReturn(opened, { requested: true });
    const decline: Command = { ...base(order), type: "RETURN_DECLINE", returnId: row.id, reason };
    expect(opened.channel.plan(decline, order)[0]?.request).toMatchObject({ reason: word });
    expect(await carryOut(opened.channel, order, decline)).toMatchObject([{ kind: "done" }]);
    const after = await opened.now();
    expect(after.returns).toMatchObject([{ stage: "DECLINED", note: reason }]);
    expect(derive(after).byLine.get(lineId(after, "MUG-01"))?.returnable).toBe(3);
  });

  it("of one that the merchant declined meanwhile is refused", async () => {
    const opened = await openShipped();
    const { acts, orderId, channel } = opened;
    const { returnId } = await acts.askReturn(orderId);
    const order = await opened.now();
    const [row] = order.returns;
    await acts.decideReturn(orderId, returnId, "decline");
    const approve: Command = {
      ...base(order),
      type: "RETURN_APPROVE",
      returnId: row?.id ?? "",
      lines: [{ lineId: lineId(order, "MUG-01"), quantity: 1 }],
    };
    expect(await carryOut(channel, order, approve)).toMatchObject([
      { kind: "refused", error: { code: "ALREADY_IN_STATE" } },
    ]);
  });
});

describe("taking goods in", () => {
  it("counts them, puts them into stock where they left from, and does so once", async () => {
    const opened = await openShipped();
    const { channel, shop, orderId, now, asked } = opened;
    const { order, row } = await withReturn(opened);
    const stock = shop.view(orderId)?.stock ?? {};
    const wish = receive(order, row, [
      { received: 2 },
      { lineId: lineId(order, "LAMP-1"), received: 1, disposition: "DAMAGED" },
    ]);
    expect(channel.plan(wish, order)[0]?.summary).toBe("take in 3 units of return #1001-R1");
    expect(await carryOut(channel, order, wish)).toMatchObject([{ kind: "done" }]);
    expect(await carryOut(channel, order, wish)).toMatchObject([{ kind: "done" }]);
    expect(asked("mutation ReturnProcess")).toBe(1);
    const after = shop.view(orderId)?.stock ?? {};
    expect(after["MUG-01"]).toBe((stock["MUG-01"] ?? 0) + 2);
    expect(after["LAMP-1"]).toBe(stock["LAMP-1"]);
    const received = await now();
    expect(received.returns[0]?.lines).toMatchObject([
      { received: 2, restocked: 2, disposition: "RESTOCK" },
      { received: 1, restocked: 0, disposition: "NOT_RESTOCKED" },
    ]);
    expect(derive(received).statuses.RETURN).toBe("PARTIALLY_RETURNED");
  });

  it("in parts leaves the rest awaited", async () => {
    const opened = await openShipped();
    const { order, row } = await withReturn(opened);
    await carryOut(opened.channel, order, receive(order, row, [{ received: 1 }]));
    const half = await opened.now();
    expect(half.returns[0]?.lines[0]).toMatchObject({ approved: 2, received: 1 });
    const [again] = half.returns;
    const rest = receive(half, again as Return, [{ received: 1, disposition: "MISSING" }]);
    expect(await carryOut(opened.channel, half, rest)).toMatchObject([{ kind: "done" }]);
    expect((await opened.now()).returns[0]?.lines[0]).toMatchObject({
      received: 2,
      disposition: "MISSING",
    });
  });

  it("takes what is refused at the door off the return, and cancels one of which nothing is taken", async () => {
    const opened = await openShipped();
    const { order, row } = await withReturn(opened);
    const wish = receive(order, row, [{ received: 1, rejected: 1 }]);
    const outcomes = await carryOut(opened.channel, order, wish);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    const after = await opened.now();
    expect(after.returns[0]?.lines[0]).toMatchObject({ requested: 1, received: 1 });
    expect(derive(after).byLine.get(lineId(after, "MUG-01"))?.returnable).toBe(2);
    const other = await openShipped();
    const { order: fresh, row: refused } = await withReturn(other);
    const none = receive(fresh, refused, [
      { rejected: 2 },
      { lineId: lineId(fresh, "LAMP-1"), rejected: 1 },
    ]);
    expect(await carryOut(other.channel, fresh, none)).toMatchObject([{ kind: "done" }]);
    expect((await other.now()).returns).toMatchObject([{ stage: "CANCELED" }]);
  });
});

describe("ending a return", () => {
  const end = (order: Order, row: Return, type: "RETURN_CLOSE" | "RETURN_CANCEL"): Command => ({
    ...base(order),
    type,
    returnId: row.id,
  });

  it("closes it, and what did not come back may be returned anew", async () => {
    const opened = await openShipped();
    const { order, row } = await withReturn(opened);
    await carryOut(opened.channel, order, end(order, row, "RETURN_CLOSE"));
    expect((await opened.now()).returns).toMatchObject([{ stage: "CLOSED" }]);
    const again = await carryOut(opened.channel, order, end(order, row, "RETURN_CLOSE"));
    expect(again).toMatchObject([{ kind: "done" }]);
    expect(opened.asked("mutation ReturnClose")).toBe(1);
  });

  it("cancels it before anything came back, and not after", async () => {
    const opened = await openShipped();
    const { order, row } = await withReturn(opened);
    const [late] = opened.channel.plan(end(order, row, "RETURN_CANCEL"), order);
    await opened.acts.receiveReturn(opened.orderId, row.nativeId ?? "");
    const outcome = late && (await perform(opened.channel, order, late));
    expect(outcome).toMatchObject({ kind: "refused", error: { code: "ALREADY_IN_STATE" } });
    const other = await openShipped();
    const fresh = await withReturn(other);
    await carryOut(other.channel, fresh.order, end(fresh.order, fresh.row, "RETURN_CANCEL"));
    expect((await other.now()).returns).toMatchObject([{ stage: "CANCELED" }]);
  });

  it("of a mere request is told to be a decline", async () => {
    const opened = await openShipped();
    const { order, row } = await withReturn(opened, { requested: true });
    expect(() => opened.channel.plan(end(order, row, "RETURN_CANCEL"), order)).toThrow(
      /decline #1001-R1 instead/,
    );
  });
});

describe("tracking what comes back", () => {
  it("makes a parcel, and then changes its number", async () => {
    const opened = await openShipped();
    const { order, row } = await withReturn(opened);
    const track = (number: string): Command => ({
      ...base(order),
      type: "RETURN_TRACKING_UPDATE",
      returnId: row.id,
      tracking: { number, carrier: null, carrierCode: null, url: `https://example.com/${number}` },
    });
    for (const number of ["AA1", "AA1", "AA2"])
      expect(await carryOut(opened.channel, order, track(number))).toMatchObject([
        { kind: "done" },
      ]);
    expect(opened.asked("mutation ReverseDeliveryCreate")).toBe(1);
    expect(opened.asked("mutation ReverseDeliveryUpdate")).toBe(1);
    const after = await opened.now();
    expect(after.returns[0]?.shipments).toMatchObject([{ tracking: { number: "AA2" } }]);
  });
});

describe("paying for a return", () => {
  const pay = (order: Order, row: Return, amount: string): Command => {
    const bag = sameMoney(amount, "USD");
    const refund: RefundWish = {
      returnId: row.id,
      lines: [
        {
          lineId: lineId(order, "MUG-01"),
          quantity: 2,
          amount: bag,
          fixed: false,
          restock: false,
          locationId: null,
        },
      ],
      shipping: null,
      extra: null,
      amount: bag,
      reason: "Came back whole",
    };
    return { ...base(order), type: "REFUND_CREATE", refund, toStoreCredit: false };
  };

  it("refunds as part of it, once", async () => {
    const opened = await openShipped();
    const { channel, shop, orderId, now, asked } = opened;
    const { order, row } = await withReturn(opened);
    await carryOut(channel, order, receive(order, row, [{ received: 2 }]));
    const [step] = channel.plan(pay(order, row, "28.00"), order);
    expect(step).toMatchObject({ money: true, idempotent: "CHECK_THEN_ACT" });
    expect(step?.summary).toMatch(/for return #1001-R1$/);
    const outcomes = await carryOut(channel, order, pay(order, row, "28.00"));
    expect(outcomes).toMatchObject([
      { kind: "done", nativeId: shop.view(orderId)?.refunds[0]?.id },
    ]);
    await carryOut(channel, order, pay(order, row, "28.00"));
    expect(asked("mutation ReturnProcess")).toBe(2);
    const paid = await now();
    expect(paid.refunds).toMatchObject([
      {
        returnId: paid.returns[0]?.id,
        marker,
        reason: "Came back whole",
        amount: sameMoney("28.00", "USD"),
        lines: [{ quantity: 2 }],
      },
    ]);
    expect(derive(paid).byLine.get(lineId(paid, "MUG-01"))).toMatchObject({
      refunded: 2,
      restocked: 2,
      returnReceived: 2,
    });
  });

  it("of more than the order's money is refused, and nothing sent", async () => {
    const opened = await openShipped();
    const { order, row } = await withReturn(opened);
    const outcomes = await carryOut(opened.channel, order, pay(order, row, "900.00"));
    expect(outcomes).toMatchObject([
      { kind: "refused", error: { code: "AMOUNT_EXCEEDS_REFUNDABLE" } },
    ]);
    expect(opened.asked("mutation ReturnProcess")).toBe(0);
  });

  it("whose answer is lost is unknown, and found by the next read", async () => {
    const opened = await openShipped();
    const { channel, fault, now, shop, orderId } = opened;
    const { order, row } = await withReturn(opened);
    await fault({ kind: "timeout-after", match: "ReturnProcess" });
    const signal = untilAnswerIsLost(shop);
    const [outcome] = await carryOut(channel, order, pay(order, row, "14.00"), signal);
    expect(outcome?.kind).toBe("unknown");
    expect((await now()).refunds).toMatchObject([{ marker, status: "SUCCEEDED" }]);
    const again = await carryOut(channel, order, pay(order, row, "14.00"));
    expect(again).toMatchObject([{ kind: "done" }]);
    expect(shop.view(orderId)?.refunds).toHaveLength(1);
  });

  it("that is closed goes beside it, with a key", async () => {
    const opened = await openShipped();
    const { channel, now, acts, orderId } = opened;
    const { order, row } = await withReturn(opened);
    await acts.receiveReturn(orderId, row.nativeId ?? "");
    const close: Command = { ...base(order), type: "RETURN_CLOSE", returnId: row.id };
    await carryOut(channel, order, close);
    const closed = await now();
    const [back] = closed.returns;
    const [step] = channel.plan(pay(closed, back as Return, "14.00"), closed);
    expect(step).toMatchObject({ idempotent: "KEYED", request: { lines: [], returnId: null } });
    expect(await carryOut(channel, closed, pay(closed, back as Return, "14.00"))).toMatchObject([
      { kind: "done" },
    ]);
  });
});

describe("what the shop's own people do with returns", () => {
  it("is read, polled, and told without any command of ours", async () => {
    let nowMs = Date.parse("2026-11-10T10:00:00Z");
    const clock = () => new Date(nowMs);
    const opened = await openShopify({ now: clock }, { now: clock });
    const { acts, channel } = opened;
    const { orderId } = await acts.placeOrder({ lines: [{ sku: "TEE-M", quantity: 2 }] });
    await acts.ship(orderId);
    nowMs += 3_600_000;
    const from = clock();
    nowMs += 60_000;
    const { returnId } = await acts.askReturn(orderId);
    const polled = (await pull(channel, { from })).snapshots;
    expect(polled.map(({ ref }) => ref.nativeId)).toEqual([orderId]);
    expect(polled[0]?.returns).toMatchObject({
      complete: true,
      value: [{ nativeId: returnId, stage: "REQUESTED" }],
    });
    await acts.decideReturn(orderId, returnId, "approve");
    await acts.receiveReturn(orderId, returnId);
    await acts.payReturn(orderId, returnId);
    const order = await opened.order(orderId);
    expect(order.returns).toMatchObject([
      { stage: "OPEN", marker: null, lines: [{ received: 1, disposition: "RESTOCK" }] },
    ]);
    expect(order.refunds).toMatchObject([{ returnId: order.returns[0]?.id }]);
    expect((await channel.read({ nativeId: returnId }))?.ref.nativeId).toBe(orderId);
  });

  it("makes an order with an active return impossible to cancel", async () => {
    const { shop, orderId, acts } = await openShipped();
    await acts.askReturn(orderId);
    expect(shop.view(orderId)?.returns).toMatchObject([{ status: "REQUESTED" }]);
    await expect(acts.cancel(orderId)).rejects.toThrow(/cannot be canceled/);
  });

  it("in an order of many returns is followed page by page", async () => {
    const { acts, order } = await openShopify();
    const { orderId } = await acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 9 }] });
    await acts.ship(orderId);
    for (let count = 0; count < 9; count++) await acts.askReturn(orderId);
    const names = (await order(orderId)).returns.map(({ name }) => name);
    expect(names).toHaveLength(9);
    expect(new Set(names).size).toBe(9);
  });
});
