import { describe, expect, it } from "vitest";
import type { Quote } from "../../../src/domain/channel.js";
import type { Command, RefundLineWish, RefundWish } from "../../../src/domain/command.js";
import { derive } from "../../../src/domain/derive.js";
import { addBags, type MoneyBag, sameMoney, zeroBag } from "../../../src/domain/money.js";
import type { Order } from "../../../src/domain/order.js";
import { untilAnswerIsLost } from "../lost-answer.js";
import { carryOut, marker, openShopify, perform } from "./open.js";

type Opened = Awaited<ReturnType<typeof openWithOrder>>;

/** A shop with one order of three mugs and a shirt. */
async function openWithOrder(
  placed: Parameters<Awaited<ReturnType<typeof openShopify>>["acts"]["placeOrder"]>[0] = {},
  options: Parameters<typeof openShopify>[0] = {},
) {
  const opened = await openShopify(options);
  const lines = [
    { sku: "MUG-01", quantity: 3 },
    { sku: "TEE-M", quantity: 1 },
  ];
  const { orderId } = await opened.acts.placeOrder({ lines, ...placed });
  return { ...opened, orderId, placed: await opened.order(orderId) };
}

function lineOf(order: Order, sku: string): Order["lines"][number] {
  const line = order.lines.find((each) => each.sku === sku);
  if (!line) throw new Error(`no ${sku}`);
  return line;
}

/** What the shop says that so many mugs come to, with the shipping where asked. */
async function quote(
  { channel }: Pick<Opened, "channel">,
  order: Order,
  pieces: Record<string, number>,
  shipping = false,
): Promise<Quote> {
  const lines = Object.entries(pieces).map(([sku, quantity]) => ({
    lineId: lineOf(order, sku).id,
    quantity,
    restock: false,
    locationId: null,
  }));
  const quoted = await channel.quote?.(order, { lines, shipping });
  if (!quoted) throw new Error("Shopify prices refunds");
  return quoted;
}

function wish(given: Partial<RefundWish> & { amount: MoneyBag }): RefundWish {
  return { returnId: null, lines: [], shipping: null, extra: null, reason: null, ...given };
}

function command(order: Order, refund: RefundWish, toStoreCredit = false): Command {
  return { type: "REFUND_CREATE", orderId: order.id, notifyCustomer: false, refund, toStoreCredit };
}

function cancel(order: Order, refund: RefundWish): Command {
  const base = { orderId: order.id, notifyCustomer: false, reason: "CUSTOMER", restock: false };
  return { ...base, type: "ORDER_CANCEL", refund };
}

/** A refund of quoted pieces. */
function ofQuote(quoted: Quote, more: Partial<RefundLineWish> = {}): RefundWish {
  const lines = quoted.lines.map((line) => ({
    ...line,
    fixed: false,
    restock: false,
    locationId: null,
    ...more,
  }));
  const shipping = Number(quoted.shippingMaximum.shop.amount) > 0 ? quoted.shippingMaximum : null;
  const amount = lines
    .map((line) => line.amount)
    .reduce(addBags, shipping ?? zeroBag(quoted.maximum));
  return wish({ lines, shipping, amount });
}

describe("a quote", () => {
  it("is the shop's own price of the pieces with their tax, and changes nothing", async () => {
    const opened = await openWithOrder();
    const whole = await quote(opened, opened.placed, { "MUG-01": 3, "TEE-M": 1 }, true);
    const { total } = derive(opened.placed).totals;
    const sum = whole.lines.map(({ amount }) => amount).reduce(addBags, whole.shippingMaximum);
    expect(whole).toMatchObject({ exact: true, warnings: [], maximum: total });
    expect(sum).toEqual(total);
    expect(opened.shop.view(opened.orderId)?.refunds).toEqual([]);
  });

  it("in an order of another currency says both", async () => {
    const opened = await openWithOrder({ currency: "EUR" });
    const { lines } = await quote(opened, opened.placed, { "MUG-01": 1 });
    expect(lines[0]?.amount).toMatchObject({
      shop: { currency: "USD" },
      presentment: { currency: "EUR" },
    });
  });

  it("warns where the order's money does not reach", async () => {
    const opened = await openWithOrder({ paid: false });
    const { maximum, warnings } = await quote(opened, opened.placed, { "MUG-01": 1 });
    expect(maximum.shop.amount).toBe("0.00");
    expect(warnings).toEqual([expect.stringContaining("more than")]);
  });

  it("of parts of a unit is refused", async () => {
    const opened = await openWithOrder();
    await expect(quote(opened, opened.placed, { "MUG-01": 0.5 })).rejects.toThrow(/whole units/);
    const { lines, amount } = ofQuote(await quote(opened, opened.placed, { "MUG-01": 1 }));
    const half = wish({ lines: lines.map((line) => ({ ...line, quantity: 0.5 })), amount });
    expect(() => opened.channel.plan(command(opened.placed, half), opened.placed)).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT", path: ["lines", "0", "quantity"] }),
    );
  });
});

describe("a refund", () => {
  it("of pieces moves what was quoted, once, and comes back as ours with its reason", async () => {
    const opened = await openWithOrder();
    const { channel, placed, shop, orderId, asked, read } = opened;
    const refund = {
      ...ofQuote(await quote(opened, placed, { "MUG-01": 2 })),
      reason: "Two were chipped",
    };
    const [step] = channel.plan(command(placed, refund), placed);
    expect(step).toMatchObject({ money: true, idempotent: "KEYED", creates: { noun: "Refund" } });
    expect(step?.summary).toBe(
      `refund ${refund.amount.shop.amount} USD for 2 units of 1 line by the way it was paid`,
    );
    const [outcome] = await carryOut(channel, placed, command(placed, refund));
    const [made] = shop.view(orderId)?.refunds ?? [];
    expect(made).toMatchObject({ moved: true, amount: refund.amount.shop.amount });
    expect(outcome).toMatchObject({ kind: "done", nativeId: made?.id });
    const again = await carryOut(channel, placed, command(placed, refund));
    expect(again).toMatchObject([{ kind: "done", nativeId: made?.id }]);
    expect(asked("mutation RefundCreate")).toBe(1);
    expect((await read(orderId)).refunds?.value).toMatchObject([
      {
        nativeId: made?.id,
        status: "SUCCEEDED",
        marker,
        reason: "Two were chipped",
        amount: refund.amount,
        lines: [{ quantity: 2, restocked: false, cancels: false }],
      },
    ]);
  });

  it("with a cancellation names its pieces and the shipping", async () => {
    const opened = await openWithOrder();
    const { channel, placed } = opened;
    const all = ofQuote(await quote(opened, placed, { "MUG-01": 3, "TEE-M": 1 }, true));
    const [step] = channel.plan(cancel(placed, all), placed);
    expect(step?.summary).toBe(
      `cancel the whole order for good, refund ${all.amount.shop.amount} USD for 4 units of 2 lines and shipping by the way it was paid, do not restock; this cannot be undone`,
    );
    expect(step?.warning).toBeUndefined();
  });

  it("with everything and the shipping leaves nothing of the money", async () => {
    const opened = await openWithOrder();
    const { channel, placed, order, orderId } = opened;
    const all = ofQuote(await quote(opened, placed, { "MUG-01": 3, "TEE-M": 1 }, true));
    await carryOut(channel, placed, command(placed, all));
    const after = await order(orderId);
    const { totals } = derive(after);
    expect(totals.refunded).toEqual(totals.captured);
    expect(after.refunds[0]?.shipping).not.toBeNull();
  });

  it("of part of the shipping takes its tax along", async () => {
    const opened = await openWithOrder();
    const { channel, placed, read, orderId } = opened;
    const { maximum, shippingMaximum } = await quote(opened, placed, {}, true);
    expect(Number(shippingMaximum.shop.amount)).toBeGreaterThan(6.9);
    const half = sameMoney("3.00", "USD");
    const refund = wish({ shipping: half, amount: half });
    const [outcome] = await carryOut(channel, placed, command(placed, refund));
    expect(outcome?.kind).toBe("done");
    const [made] = (await read(orderId)).refunds?.value ?? [];
    expect(made?.amount).toEqual(half);
    expect(Number(made?.shipping?.shop.amount)).toBeLessThan(3);
    const more = wish({ shipping: maximum, amount: maximum });
    const step = channel.plan(command(placed, more), placed)[0];
    const refused =
      step && (await channel.perform({ ...callOf(placed, step), marker: "x".repeat(22) }));
    expect(refused).toMatchObject({
      kind: "refused",
      error: { code: "AMOUNT_EXCEEDS_REFUNDABLE" },
    });
  });

  it("with restock cancels what has not left and takes back what has, to where it left from", async () => {
    const opened = await openWithOrder();
    const { channel, acts, shop, order, orderId } = opened;
    await acts.ship(orderId, { lines: [{ sku: "MUG-01", quantity: 2 }] });
    const placed = await order(orderId);
    const stock = shop.view(orderId)?.stock?.["MUG-01"] ?? 0;
    const refund = ofQuote(await quote(opened, placed, { "MUG-01": 3 }), { restock: true });
    const [step] = channel.plan(command(placed, refund), placed);
    expect(step?.request).toMatchObject({
      lines: [
        { quantity: 1, restockType: "CANCEL", locationId: null },
        { quantity: 2, restockType: "RETURN", locationId: placed.fulfillments[0]?.locationId },
      ],
    });
    const outcomes = await carryOut(channel, placed, command(placed, refund));
    expect(outcomes).toMatchObject([{ kind: "done" }]);
    expect(shop.view(orderId)?.stock?.["MUG-01"]).toBe(stock + 3);
    const after = await order(orderId);
    const quantities = derive(after).byLine.get(lineOf(after, "MUG-01").id);
    expect(quantities).toMatchObject({ refunded: 3, canceled: 1, restocked: 3, fulfillable: 0 });
  });

  it("of any amount stands in the shop as a discrepancy", async () => {
    const opened = await openWithOrder();
    const { channel, placed, read, orderId } = opened;
    const amount = sameMoney("5.00", "USD");
    const refund = wish({ amount, extra: amount, reason: "Goodwill" });
    expect(await carryOut(channel, placed, command(placed, refund))).toMatchObject([
      { kind: "done" },
    ]);
    const snapshot = await read(orderId);
    expect(snapshot.refunds?.value).toMatchObject([{ amount, lines: [], reason: "Goodwill" }]);
    expect(snapshot.transactions?.value.at(-1)).toMatchObject({ kind: "REFUND", amount });
  });

  it("goes over several payments where one does not suffice", async () => {
    const opened = await openWithOrder({ giftCard: true });
    const { channel, placed, orderId, read } = opened;
    const { total } = derive(placed).totals;
    const refund = wish({ amount: total, extra: total });
    expect(await carryOut(channel, placed, command(placed, refund))).toMatchObject([
      { kind: "done" },
    ]);
    const moves = (await read(orderId)).transactions?.value.filter(({ kind }) => kind === "REFUND");
    expect(moves).toHaveLength(2);
    expect(new Set(moves?.map(({ parentNativeId }) => parentNativeId)).size).toBe(2);
  });

  it("in the customer's currency is told in both", async () => {
    const opened = await openWithOrder({ currency: "JPY" });
    const { channel, placed, shop, orderId } = opened;
    const refund = ofQuote(await quote(opened, placed, { "MUG-01": 1 }));
    const [outcome] = await carryOut(channel, placed, command(placed, refund));
    expect(outcome?.kind).toBe("done");
    expect(shop.view(orderId)?.refunds[0]?.amount).toBe(refund.amount.presentment.amount);
    const told = outcome?.kind === "done" ? outcome.snapshot?.refunds?.value[0] : undefined;
    expect(told?.amount).toEqual(refund.amount);
  });

  it("of a payment that was made by hand is written down, and the plan says who must send the money", async () => {
    const opened = await openWithOrder({ payment: "offline" });
    const { channel, placed, shop, orderId } = opened;
    const refund = ofQuote(await quote(opened, placed, { "MUG-01": 1 }));
    const [step] = channel.plan(command(placed, refund), placed);
    expect(step?.summary).toMatch(/send the money by hand, since the payment method Bank Deposit/);
    const { amount, currency } = refund.amount.presentment;
    const warning = `the shop sends no money back: send ${amount} ${currency} by hand`;
    expect(step?.warning).toBe(warning);
    expect(channel.plan(cancel(placed, refund), placed)).toMatchObject([
      { summary: expect.stringMatching(/1 unit of 1 line .* send the money by hand/), warning },
    ]);
    await carryOut(channel, placed, command(placed, refund));
    expect(shop.view(orderId)?.refunds).toMatchObject([{ moved: false }]);
  });

  it("as store credit goes to a customer with an account, and to nobody else", async () => {
    const opened = await openWithOrder();
    const refund = ofQuote(await quote(opened, opened.placed, { "MUG-01": 1 }));
    const credit = await carryOut(
      opened.channel,
      opened.placed,
      command(opened.placed, refund, true),
    );
    expect(credit).toMatchObject([{ kind: "done" }]);
    const moves = (await opened.read(opened.orderId)).transactions?.value;
    expect(moves?.at(-1)).toMatchObject({ kind: "REFUND", gateway: "shopify_store_credit" });
    const guest = await openWithOrder({ email: "guest@example.com" });
    const outcomes = await carryOut(
      guest.channel,
      guest.placed,
      command(guest.placed, refundOf(guest.placed, "1.00"), true),
    );
    expect(outcomes).toMatchObject([{ kind: "refused", error: { mayHaveHappened: false } }]);
  });
});

const refundOf = (_order: Order, amount: string): RefundWish =>
  wish({ amount: sameMoney(amount, "USD"), extra: sameMoney(amount, "USD") });

const callOf = (order: Order, step: Parameters<typeof perform>[2]) => ({
  step,
  marker,
  key: "0199b3c8-7f5e-7000-8000-000000000002",
  order: { nativeId: order.nativeId },
  signal: AbortSignal.timeout(10_000),
});

describe("money that is not there", () => {
  it("is not sent", async () => {
    const { channel, placed, asked } = await openWithOrder();
    const outcomes = await carryOut(channel, placed, command(placed, refundOf(placed, "900.00")));
    expect(outcomes).toMatchObject([
      { kind: "refused", error: { code: "AMOUNT_EXCEEDS_REFUNDABLE", mayHaveHappened: false } },
    ]);
    expect(asked("mutation RefundCreate")).toBe(0);
  });

  it("since somebody gave it back in the meantime is refused", async () => {
    const { channel, placed, acts, orderId, shop } = await openWithOrder();
    const { total } = derive(placed).totals;
    const [step] = channel.plan(command(placed, wish({ amount: total, extra: total })), placed);
    await acts.refund(orderId, { amount: "1.00" });
    const outcome = step && (await perform(channel, placed, step));
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { code: "AMOUNT_EXCEEDS_REFUNDABLE" },
    });
    expect(shop.view(orderId)?.refunds).toHaveLength(1);
  });

  it("for pieces that were refunded already is refused in the shop's words", async () => {
    const opened = await openWithOrder();
    const { channel, placed, acts, orderId } = opened;
    const refund = ofQuote(await quote(opened, placed, { "TEE-M": 1 }));
    const [step] = channel.plan(command(placed, refund), placed);
    await acts.refund(orderId, { lines: [{ sku: "TEE-M", quantity: 1 }], amount: "0.50" });
    const outcome = step && (await perform(channel, placed, step));
    expect(outcome).toMatchObject({ kind: "refused", error: { mayHaveHappened: false } });
  });
});

describe("a payment provider", () => {
  it("that takes its time leaves the refund pending until it has settled", async () => {
    const opened = await openWithOrder();
    const { channel, placed, acts, order, orderId } = opened;
    await acts.setProvider("slow");
    const refund = ofQuote(await quote(opened, placed, { "MUG-01": 1 }));
    const [outcome] = await carryOut(channel, placed, command(placed, refund));
    expect(outcome?.kind).toBe("done");
    const pending = await order(orderId);
    expect(pending.refunds).toMatchObject([{ status: "PENDING", amount: refund.amount }]);
    expect(derive(pending).totals).toMatchObject({
      refundPending: refund.amount,
      total: derive(placed).totals.total,
    });
    await acts.settleRefunds(orderId);
    const settled = await order(orderId);
    expect(settled.refunds).toMatchObject([{ status: "SUCCEEDED", amount: refund.amount }]);
    expect(derive(settled).totals.refunded).toEqual(refund.amount);
  });

  it("that refuses makes the step refused, though the shop keeps a record", async () => {
    const { channel, placed, acts, read, orderId } = await openWithOrder();
    await acts.setProvider("refusing");
    const outcomes = await carryOut(channel, placed, command(placed, refundOf(placed, "4.00")));
    expect(outcomes).toMatchObject([
      { kind: "refused", error: { message: expect.stringMatching(/provider refused the money/) } },
    ]);
    expect((await read(orderId)).refunds?.value).toMatchObject([{ status: "FAILED", marker }]);
    const again = await carryOut(channel, placed, command(placed, refundOf(placed, "4.00")));
    expect(again).toMatchObject([
      { kind: "refused", error: { message: expect.stringMatching(/provider refused the money/) } },
    ]);
    expect((await read(orderId)).refunds?.value).toHaveLength(1);
  });
});

describe("a shop that fails", () => {
  it("after it gave the money back leaves the outcome unknown; the next read finds it as ours", async () => {
    const { channel, placed, fault, shop, orderId, read } = await openWithOrder();
    await fault({ kind: "timeout-after", match: "RefundCreate" });
    const signal = untilAnswerIsLost(shop);
    const [outcome] = await carryOut(
      channel,
      placed,
      command(placed, refundOf(placed, "4.00")),
      signal,
    );
    expect(outcome).toMatchObject({ kind: "unknown", error: { mayHaveHappened: true } });
    expect(shop.view(orderId)?.refunds).toHaveLength(1);
    expect((await read(orderId)).refunds?.value).toMatchObject([{ marker, status: "SUCCEEDED" }]);
    const again = await carryOut(channel, placed, command(placed, refundOf(placed, "4.00")));
    expect(again).toMatchObject([{ kind: "done", nativeId: shop.view(orderId)?.refunds[0]?.id }]);
    expect(shop.view(orderId)?.refunds).toHaveLength(1);
  });

  it.each(["timeout-before", "500"] as const)("by %s leaves the outcome unknown", async (kind) => {
    const { channel, placed, fault, shop, orderId } = await openWithOrder();
    await fault({ kind, match: "RefundCreate" });
    const signal = untilAnswerIsLost(shop);
    const refund = command(placed, refundOf(placed, "4.00"));
    const [outcome] = await carryOut(channel, placed, refund, signal);
    expect(outcome?.kind).toBe("unknown");
    expect(shop.view(orderId)?.refunds).toEqual([]);
  });

  it("while it is only asked has moved nothing", async () => {
    const { channel, placed, fault, asked } = await openWithOrder();
    await fault({ kind: "500", match: "SuggestedRefund", count: 5 });
    const outcomes = await carryOut(channel, placed, command(placed, refundOf(placed, "4.00")));
    expect(outcomes).toMatchObject([{ kind: "refused", error: { mayHaveHappened: false } }]);
    expect(asked("mutation RefundCreate")).toBe(0);
  });

  it("when the order is read back tells the refund all the same", async () => {
    const { channel, placed, fault } = await openWithOrder();
    await fault({ kind: "500", match: "WholeOrder", count: 10 });
    const [outcome] = await carryOut(channel, placed, command(placed, refundOf(placed, "4.00")));
    const told = outcome?.kind === "done" ? outcome.snapshot : null;
    expect(told?.refunds).toMatchObject({
      complete: false,
      value: [{ marker, amount: sameMoney("4.00", "USD") }],
    });
  });

  it("to know a key that was used for something else leaves the outcome unknown", async () => {
    const { channel, placed, shop, orderId } = await openWithOrder();
    const send = (amount: string, own: string) => {
      const step = channel.plan(command(placed, refundOf(placed, amount)), placed)[0];
      if (!step) throw new Error("no step");
      return channel.perform({ ...callOf(placed, step), marker: own.repeat(22) });
    };
    expect((await send("4.00", "a")).kind).toBe("done");
    expect(await send("5.00", "b")).toMatchObject({
      kind: "unknown",
      error: { upstreamCode: "IDEMPOTENCY_KEY_PARAMETER_MISMATCH" },
    });
    expect(shop.view(orderId)?.refunds).toHaveLength(1);
  });
});

describe("an order's own fields", () => {
  const base = (order: Order) => ({ orderId: order.id, notifyCustomer: null });

  it("keep the note that is there and take a line behind it, once", async () => {
    const { channel, placed, acts, orderId, order, asked } = await openWithOrder();
    await acts.edit(orderId);
    const before = (await order(orderId)).head.notes[0]?.text;
    const note: Command = {
      ...base(placed),
      type: "ORDER_NOTE_ADD",
      text: "Call before noon",
      pushToChannel: true,
    };
    await carryOut(channel, placed, note);
    expect(await carryOut(channel, placed, note)).toMatchObject([{ kind: "done" }]);
    expect((await order(orderId)).head.notes[0]?.text).toBe(`${before}\nCall before noon`);
    expect(asked("mutation OrderUpdate")).toBe(1);
  });

  it("take tags and lose them, those of others left alone", async () => {
    const { channel, placed, orderId, order } = await openWithOrder();
    const change = (add: string[], remove: string[]): Command => ({
      ...base(placed),
      type: "ORDER_TAGS_UPDATE",
      add,
      remove,
    });
    await carryOut(channel, placed, change(["vip", "gift"], []));
    const outcomes = await carryOut(channel, placed, change(["urgent"], ["gift", "never there"]));
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect((await order(orderId)).head.tags).toEqual(["urgent", "vip"]);
  });

  it("take a whole new shipping address", async () => {
    const { channel, placed, orderId, order } = await openWithOrder();
    const shippingAddress = {
      name: "Mary Ann Miller",
      company: null,
      line1: "2 Harbor Road",
      line2: null,
      city: "Albany",
      region: "New York",
      regionCode: "NY",
      postalCode: "12207",
      country: "US",
      phone: null,
    };
    const change: Command = { ...base(placed), type: "ORDER_ADDRESS_UPDATE", shippingAddress };
    expect(await carryOut(channel, placed, change)).toMatchObject([{ kind: "done" }]);
    expect((await order(orderId)).head.shippingAddress).toEqual(shippingAddress);
    const noCode: Command = {
      ...change,
      shippingAddress: { ...shippingAddress, regionCode: null },
    };
    expect(() => channel.plan(noCode, placed)).toThrow(/regionCode/);
  });
});
