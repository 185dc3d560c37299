// One living store, followed from the quote of a refund to its books, in one place so that it can be read as one; hence its length.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bigcommerce } from "../../../src/connectors/bigcommerce/index.js";
import {
  type SimulatedBigCommerce,
  startBigCommerce,
} from "../../../src/connectors/bigcommerce/simulator/index.js";
import type { Fault, NewOrder } from "../../../src/connectors/simulator/shop.js";
import type { Channel, Outcome, Quote } from "../../../src/domain/channel.js";
import type { RefundWish, Step } from "../../../src/domain/command.js";
import { derive } from "../../../src/domain/derive.js";
import {
  addBags,
  isZero,
  type MoneyBag,
  subtractBags,
  zeroBag,
} from "../../../src/domain/money.js";
import type { Order } from "../../../src/domain/order.js";
import { refundableOf } from "../../../src/domain/quantities.js";
import { specsDir } from "../../support/specs.js";
import {
  addFault,
  clearFaults,
  connect,
  lineIdOf,
  orderOf,
  perform,
  pulled,
  readOrder,
  run,
} from "../bench.js";
import { untilAnswerIsLost } from "../lost-answer.js";
import { checkRequests, watcher, writesAmong } from "./traffic.js";

const { fetch: watching, writes, exchanges } = watcher();
let shop: SimulatedBigCommerce;
let channel: Channel;
beforeAll(async () => {
  shop = await startBigCommerce({ orders: 60, relaxedDelivery: true, plan: "wide" });
  ({ channel } = await connect(bigcommerce, shop.settings, { fetch: watching }));
});
afterAll(() => shop.stop());

const marker = "MarkerMarkerMarker0001";
const goods = [
  { sku: "MUG-01", quantity: 3 },
  { sku: "TEE-M", quantity: 1 },
];

async function place(more: NewOrder = {}): Promise<Order> {
  const { orderId } = await shop.acts.placeOrder({ lines: goods, ...more });
  return readOrder(channel, orderId);
}

/** Pieces by SKU and the shipping costs, as a quote is asked. */
function quote(order: Order, pieces: Record<string, number>, shipping = false) {
  const lines = Object.entries(pieces).map(([sku, quantity]) => ({
    lineId: lineIdOf(order, sku),
    quantity,
    restock: false,
    locationId: null,
  }));
  return channel.quote?.(order, { lines, shipping }) ?? expect.fail("no quote");
}

/** A wish for what the store itself says that it comes to, as `submit` resolves it. */
async function wishFor(
  order: Order,
  pieces: Record<string, number>,
  {
    shipping = false,
    ...more
  }: Partial<Omit<RefundWish, "shipping">> & { shipping?: boolean } = {},
): Promise<RefundWish> {
  const priced = await quote(order, pieces, shipping);
  const lines = priced.lines.map((line) => ({
    ...line,
    fixed: false,
    restock: false,
    locationId: null,
  }));
  const costs = shipping ? priced.shippingMaximum : null;
  const extra = more.extra ?? null;
  const parts = [...lines.map(({ amount }) => amount), ...[costs, extra].flatMap((it) => it ?? [])];
  const amount = parts.reduce(addBags, zeroBag(priced.maximum));
  return { returnId: null, lines, shipping: costs, extra, amount, reason: null, ...more };
}

function stepFor(order: Order, refund: RefundWish, toStoreCredit = false): Step {
  const base = { orderId: order.id, notifyCustomer: null };
  const steps = channel.plan({ ...base, type: "REFUND_CREATE", refund, toStoreCredit }, order);
  expect(steps).toHaveLength(1);
  return steps[0] ?? expect.fail("no step");
}

const bag = (amount: string, currency = "USD"): MoneyBag => ({
  shop: { amount, currency },
  presentment: { amount, currency },
});
const refundsOf = ({ nativeId }: Order) => shop.view(nativeId)?.refunds ?? [];
const sentRefunds = ({ nativeId }: Order) =>
  writes.filter(({ path }) => path === `/v3/orders/${nativeId}/payment_actions/refunds`);
const failureOf = (outcome: Outcome) =>
  outcome.kind === "done" ? expect.fail("it was done") : outcome.error;

describe("a quote", () => {
  it("says what pieces and shipping come to, and together they are what a refund moves", async () => {
    const order = await place();
    const { maximum, lines, shippingMaximum, exact, warnings } = await quote(
      order,
      { "MUG-01": 3, "TEE-M": 1 },
      true,
    );
    const sum = [...lines.map(({ amount }) => amount), shippingMaximum].reduce(addBags);
    expect(sum).toEqual(maximum);
    expect(maximum.presentment.amount).toBe(shop.view(order.nativeId)?.total);
    expect({ exact, warnings }).toEqual({ exact: true, warnings: [] });
    expect(lines.map(({ amount }) => amount)).toEqual(order.lines.map(({ total }) => total));
  });

  it("of the rest takes what rounding left, and of shipping what is left of it", async () => {
    const order = await place();
    const first = await wishFor(order, { "MUG-01": 1 }, { shipping: true });
    expect((await perform(channel, stepFor(order, first), order.nativeId)).kind).toBe("done");
    const later = await readOrder(channel, order.nativeId, order);
    const rest = await quote(later, { "MUG-01": 2, "TEE-M": 1 }, true);
    const sum = rest.lines.map(({ amount }) => amount).reduce(addBags);
    expect(sum).toEqual(rest.maximum);
    expect(Number(rest.shippingMaximum.presentment.amount)).toBe(0);
  });

  it("says where a person must send the money, and in the store's words why nothing is refunded", async () => {
    const offline = await place({ payment: "offline" });
    expect((await quote(offline, { "MUG-01": 1 })).warnings).toEqual([
      expect.stringMatching(/Bank Deposit sends nothing back, so a person must send the money/),
    ]);
    const unpaid = await place({ paid: false });
    await expect(quote(unpaid, { "MUG-01": 1 })).rejects.toMatchObject({
      code: "CHANNEL_REJECTED",
      message: expect.stringContaining("no settled payment"),
    });
  });

  it("of part of a piece asks the store for nothing", async () => {
    const order = await place();
    const before = shop.calls().length;
    await expect(quote(order, { "MUG-01": 0.5 })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      path: ["lines"],
      message: expect.stringContaining(`not 0.5 of line ${lineIdOf(order, "MUG-01")}`),
    });
    expect(shop.calls()).toHaveLength(before);
  });

  it("of many lines asks once for all of them, which share the sum to the cent", async () => {
    const lines = [
      "MUG-01",
      "TEE-S",
      "TEE-L",
      "PEN-3",
      "CAP-1",
      "TOTE-1",
      "SOCKS-2",
      "NOTE-A5",
      "TEA-100",
    ];
    const order = await place({ lines: lines.map((sku) => ({ sku, quantity: 3 })) });
    const before = shop.calls().length;
    const priced = await quote(order, Object.fromEntries(lines.map((sku) => [sku, 2])));
    const asked = shop
      .calls()
      .slice(before)
      .filter(({ name }) => name.includes("refund_quotes"));
    expect(asked).toHaveLength(1);
    const wish = await wishFor(order, Object.fromEntries(lines.map((sku) => [sku, 2])));
    expect(priced.lines).toEqual(
      wish.lines.map(({ lineId, quantity, amount }) => ({ lineId, quantity, amount })),
    );
    expect((await perform(channel, stepFor(order, wish), order.nativeId)).kind).toBe("done");
    expect(refundsOf(order)[0]?.amount).toBe(wish.amount.presentment.amount);
  });

  it("changes nothing in the store", async () => {
    const order = await place();
    const before = JSON.stringify(shop.view(order.nativeId));
    await quote(order, { "MUG-01": 3, "TEE-M": 1 }, true);
    expect(JSON.stringify(shop.view(order.nativeId))).toBe(before);
  });
});

describe("a refund", () => {
  it("of lines, shipping and an amount moves exactly what was planned, by the gateway that took it", async () => {
    const order = await place();
    const wish = await wishFor(
      order,
      { "MUG-01": 2 },
      { shipping: true, extra: bag("1.10"), reason: "Chipped" },
    );
    const step = stepFor(order, wish);
    expect(step).toMatchObject({
      money: true,
      idempotent: "CHECK_THEN_ACT",
      creates: { noun: "Refund", amount: wish.amount },
      summary: expect.stringContaining("for 2 pieces of 1 line, shipping, an amount of its own by"),
    });
    const outcome = await perform(channel, step, order.nativeId, { marker });
    if (outcome.kind !== "done") return expect.fail(JSON.stringify(outcome));
    const { amount } = wish.amount.presentment;
    expect(refundsOf(order)).toMatchObject([
      { id: outcome.nativeId, amount, moved: true, lines: [{ quantity: 2 }] },
    ]);
    expect(sentRefunds(order)).toMatchObject([
      {
        body: {
          items: [
            { item_type: "PRODUCT", quantity: 2, reason: `Chipped (ref ${marker})` },
            { item_type: "SHIPPING" },
            { item_type: "ORDER", item_id: Number(order.nativeId), amount: 1.1 },
          ],
          payments: [{ provider_id: "testgateway", amount: Number(amount), offline: false }],
        },
      },
    ]);
    const after = orderOf(outcome.snapshot ?? expect.fail("no snapshot"), order);
    expect(after.refunds).toMatchObject([
      {
        nativeId: outcome.nativeId,
        marker,
        reason: "Chipped",
        status: "SUCCEEDED",
        amount: wish.amount,
      },
    ]);
    expect(after.refunds[0]?.lines).toMatchObject([{ quantity: 2, restocked: null }]);
  });

  it("of everything, part by part, leaves nothing and gives back the whole to the cent", async () => {
    let order = await place();
    for (const [pieces, shipping] of [
      [{ "MUG-01": 1 }, false],
      [{ "MUG-01": 1, "TEE-M": 1 }, false],
      [{ "MUG-01": 1 }, true],
    ] as const) {
      const wish = await wishFor(order, pieces, { shipping });
      expect((await perform(channel, stepFor(order, wish), order.nativeId)).kind).toBe("done");
      order = await readOrder(channel, order.nativeId, order);
    }
    const { totals, statuses } = derive(order);
    expect(totals.refunded).toEqual(totals.captured);
    expect(statuses.PAYMENT).toBe("REFUNDED");
    expect(order.refunds).toHaveLength(3);
  });

  it.each(["JPY", "KWD", "EUR"])("in %s has the decimals of its currency", async (currency) => {
    const order = await place({ currency });
    const wish = await wishFor(order, { "MUG-01": 2 }, { shipping: true });
    expect(wish.amount.presentment.currency).toBe(currency);
    expect((await perform(channel, stepFor(order, wish), order.nativeId)).kind).toBe("done");
    const after = await readOrder(channel, order.nativeId, order);
    expect(after.refunds[0]?.amount.presentment).toEqual(wish.amount.presentment);
    expect(refundsOf(order)[0]?.amount).toBe(wish.amount.presentment.amount);
  });

  it("of what was paid by other means is recorded, and says that a person sends the money", async () => {
    const order = await place({ payment: "offline" });
    const wish = await wishFor(order, { "MUG-01": 1 });
    const step = stepFor(order, wish);
    expect(step.summary).toMatch(
      /^record a refund of .* send the money by hand, since the payment method bankdeposit cannot$/,
    );
    expect((await perform(channel, step, order.nativeId)).kind).toBe("done");
    expect(refundsOf(order)).toMatchObject([{ moved: false }]);
    expect(sentRefunds(order)).toMatchObject([
      { body: { payments: [{ provider_id: "bankdeposit", offline: true }] } },
    ]);
  });

  it("becomes store credit where that was asked for, and is refused for a guest", async () => {
    const order = await place();
    const step = stepFor(order, await wishFor(order, { "MUG-01": 1 }), true);
    expect(step.summary).toMatch(/^give .* as store credit/);
    expect(failureOf(await perform(channel, step, order.nativeId)).message).toMatch(
      /no store credit .* refund it without toStoreCredit/,
    );
    expect(refundsOf(order)).toEqual([]);
  });

  it("of a line for less than its pieces cost is lowered by an adjustment, and for more is refused", async () => {
    const order = await place();
    const wish = await wishFor(order, { "MUG-01": 2, "TEE-M": 1 });
    const [mugs, tee] = wish.lines;
    if (!mugs || !tee) return expect.fail("two lines");
    const fixedAt = (amount: string): RefundWish => ({
      ...wish,
      lines: [{ ...mugs, amount: bag(amount), fixed: true }, tee],
      amount: addBags(bag(amount), tee.amount),
    });
    const dear = await perform(channel, stepFor(order, fixedAt("99.00")), order.nativeId);
    expect(failureOf(dear)).toMatchObject({
      code: "CAPABILITY_NOT_SUPPORTED",
      message: expect.stringMatching(/99\.00 USD were asked for \(lines\.amount\).*extraAmount/),
    });
    expect(refundsOf(order)).toEqual([]);
    expect((await perform(channel, stepFor(order, fixedAt("11.37")), order.nativeId)).kind).toBe(
      "done",
    );
    const after = await readOrder(channel, order.nativeId, order);
    expect(after.refunds).toMatchObject([
      {
        amount: fixedAt("11.37").amount,
        lines: [{ amount: bag("11.37") }, { amount: tee.amount }],
      },
    ]);
  });

  it("that the provider declines later has failed, gave nothing, and is not made again by its step", async () => {
    const order = await place();
    const wish = await wishFor(order, { "MUG-01": 3 }, { shipping: true });
    const step = stepFor(order, wish);
    const outcome = await perform(channel, step, order.nativeId, { marker });
    if (outcome.kind !== "done") return expect.fail(JSON.stringify(outcome));
    await shop.settled();
    await shop.acts.declineRefund(order.nativeId, outcome.nativeId ?? "");
    const after = await readOrder(channel, order.nativeId, order);
    expect(after.refunds).toMatchObject([{ status: "FAILED", marker, amount: wish.amount }]);
    expect(Number(derive(after).totals.refunded.presentment.amount)).toBe(0);
    const again = await perform(channel, step, order.nativeId, { marker });
    expect(failureOf(again).message).toMatch(
      /was declined by the payment provider \(The card was closed\.\)/,
    );
    expect(sentRefunds(order)).toHaveLength(1);
    const anew = await quote(after, {}, true);
    expect(anew.maximum.presentment.amount).toBe(shop.view(order.nativeId)?.total);
    expect(anew.shippingMaximum).toEqual(wish.shipping);
  });

  it("puts nothing back into stock", async () => {
    const order = await place();
    const before = shop.view(order.nativeId)?.stock;
    const wish = await wishFor(order, { "MUG-01": 1 });
    await perform(channel, stepFor(order, wish), order.nativeId);
    expect(shop.view(order.nativeId)?.stock).toEqual(before);
    const restock = { ...wish, lines: wish.lines.map((line) => ({ ...line, restock: true })) };
    expect(() => stepFor(order, restock)).toThrow(/nothing back into stock/);
  });
});

describe("a refund is refused, and nothing is sent", () => {
  afterEach(() => clearFaults(shop));

  it("where the store's price is another by now, with both amounts and the way out", async () => {
    const order = await place();
    const step = stepFor(order, await wishFor(order, { "MUG-01": 3, "TEE-M": 1 }));
    await shop.acts.refund(order.nativeId, { amount: "30.00" });
    const error = failureOf(await perform(channel, step, order.nativeId));
    expect(error).toMatchObject({
      code: "AMOUNT_EXCEEDS_REFUNDABLE",
      retryable: false,
      mayHaveHappened: false,
    });
    expect(error.message).toMatch(
      /prices this refund at [\d.]+ USD and [\d.]+ USD were planned.*new quote/,
    );
    expect(sentRefunds(order)).toEqual([]);
    expect(refundsOf(order)).toHaveLength(1);
  });

  it("for more pieces than are left, and for more shipping than it cost", async () => {
    const order = await place();
    const step = stepFor(order, await wishFor(order, { "MUG-01": 3 }));
    await shop.acts.refund(order.nativeId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
    expect(failureOf(await perform(channel, step, order.nativeId))).toMatchObject({
      code: "AMOUNT_EXCEEDS_REFUNDABLE",
      message: expect.stringContaining("3 of line"),
    });
    const dear = { ...(await wishFor(order, {})), shipping: bag("500.00"), amount: bag("500.00") };
    expect(failureOf(await perform(channel, stepFor(order, dear), order.nativeId)).message).toMatch(
      /more than is left of them/,
    );
    expect(sentRefunds(order)).toEqual([]);
  });

  it("of an order that was cancelled or archived in the store", async () => {
    const order = await place();
    const step = stepFor(order, await wishFor(order, { "MUG-01": 1 }));
    await shop.acts.cancel(order.nativeId);
    expect(failureOf(await perform(channel, step, order.nativeId)).message).toContain("Cancelled");
    await shop.acts.archiveOrder(order.nativeId);
    expect(failureOf(await perform(channel, step, order.nativeId)).code).toBe("NOT_FOUND");
    expect(sentRefunds(order)).toEqual([]);
  });

  it("where the quote never comes, fails or is not allowed now: that may be tried again", async () => {
    const order = await place();
    const step = stepFor(order, await wishFor(order, { "MUG-01": 1 }));
    for (const [kind, code] of [
      ["500", "CHANNEL_UNAVAILABLE"],
      ["429", "CHANNEL_RATE_LIMITED"],
    ] as const) {
      await addFault(shop, { kind, match: "refund_quotes", count: 1 });
      const outcome = await perform(channel, step, order.nativeId, { marker });
      expect(outcome).toMatchObject({ kind: "refused", error: { code, retryable: true } });
    }
    expect((await perform(channel, step, order.nativeId, { marker })).kind).toBe("done");
    expect(refundsOf(order)).toHaveLength(1);
  });
});

describe("money is sent once", () => {
  afterEach(() => clearFaults(shop));

  const sending = (order: Order) => `POST /v3/orders/${order.nativeId}/payment_actions/refunds`;

  it("however often a step is performed", async () => {
    const order = await place();
    const step = stepFor(order, await wishFor(order, { "MUG-01": 1 }));
    const first = await perform(channel, step, order.nativeId, { marker });
    for (let time = 0; time < 2; time += 1)
      expect(await perform(channel, step, order.nativeId, { marker })).toMatchObject({
        kind: "done",
        httpStatus: null,
        nativeId: first.kind === "done" ? first.nativeId : expect.fail("not done"),
      });
    expect(sentRefunds(order)).toHaveLength(1);
    expect(refundsOf(order)).toHaveLength(1);
  });

  it("also by two that perform the same step at the same time", async () => {
    const order = await place();
    const step = stepFor(order, await wishFor(order, { "MUG-01": 1 }));
    const both = await Promise.all(
      [1, 2].map(() => perform(channel, step, order.nativeId, { marker })),
    );
    expect(both.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(refundsOf(order)).toHaveLength(1);
  });

  it("for each of several refunds of one order, which go one after the other", async () => {
    const order = await place();
    const wish = await wishFor(order, { "MUG-01": 1 });
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => perform(channel, stepFor(order, wish), order.nativeId)),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done", "done"]);
    expect(refundsOf(order)).toHaveLength(3);
    const answers = shop.calls().filter(({ name }) => name === sending(order));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  });

  it("and is refused where another program's refund of the order is under way, since the store did nothing", async () => {
    const order = await place();
    const { channel: other } = await connect(bigcommerce, shop.settings);
    const step = stepFor(order, await wishFor(order, { "MUG-01": 1 }));
    const outcomes = await Promise.all([
      perform(channel, step, order.nativeId),
      perform(other, step, order.nativeId),
    ]);
    const done = outcomes.filter(({ kind }) => kind === "done");
    const refused = outcomes.filter(({ kind }) => kind === "refused");
    expect(done.length + refused.length).toBe(2);
    expect(refundsOf(order)).toHaveLength(done.length);
  });

  it.each<[Fault["kind"], number]>([
    ["timeout-after", 1],
    ["timeout-before", 0],
    ["500", 0],
  ])(
    "after %s nobody knows, nothing is sent again, and the store's own report tells",
    async (kind, made) => {
      const order = await place();
      const step = stepFor(order, await wishFor(order, { "MUG-01": 1 }, { reason: "Chipped" }));
      await addFault(shop, { kind, match: sending(order), count: 1 });
      const patience = { marker, signal: untilAnswerIsLost(shop) };
      const outcome = await perform(channel, step, order.nativeId, patience);
      expect(outcome).toMatchObject({ kind: "unknown", error: { mayHaveHappened: true } });
      expect(refundsOf(order)).toHaveLength(made);
      const after = await readOrder(channel, order.nativeId);
      expect(after.refunds.map((refund) => [refund.marker, refund.reason])).toEqual(
        made === 1 ? [[marker, "Chipped"]] : [],
      );
      if (made === 0) return;
      expect((await perform(channel, step, order.nativeId, { marker })).kind).toBe("done");
      expect(refundsOf(order)).toHaveLength(1);
    },
  );
});

describe("all that is left", () => {
  it("of every kind of paid order goes back to the cent: taxes within, coupons, fees, wrapping, handling", async () => {
    const orders = (await pulled(channel)).flatMap(({ snapshots }) =>
      snapshots.map((snapshot) => orderOf(snapshot)),
    );
    const paid = orders.filter((order) => {
      const { totals, statuses } = derive(order);
      const left = subtractBags(totals.captured, totals.refunded);
      const isOpen = statuses.ORDER !== "CANCELED" && order.deletedAt === null;
      return isOpen && order.lines.length < 20 && !isZero(left.shop);
    });
    const kinds = new Set<string>();
    for (const order of paid) {
      const pieces = [...refundableOf(order)].filter(([, quantity]) => quantity > 0);
      const lines = pieces.map(([lineId, quantity]) => ({
        lineId,
        quantity,
        restock: false,
        locationId: null,
      }));
      const priced = (await channel.quote?.(order, { lines, shipping: true })) as Quote;
      const amounts = [...priced.lines.map(({ amount }) => amount), priced.shippingMaximum];
      const all = amounts.reduce(addBags);
      // Where less than its price went back for a piece, more is left than the pieces come to.
      const extra = subtractBags(priced.maximum, all);
      const refund: RefundWish = {
        returnId: null,
        lines: priced.lines.map((line, index) => ({
          ...lines[index],
          ...line,
          fixed: false,
        })) as RefundWish["lines"],
        shipping: isZero(priced.shippingMaximum.shop) ? null : priced.shippingMaximum,
        extra: isZero(extra.presentment) ? null : extra,
        amount: priced.maximum,
        reason: null,
      };
      if (order.refunds.length === 0) expect(refund.extra, `order ${order.nativeId}`).toBeNull();
      const outcome = await perform(channel, stepFor(order, refund), order.nativeId);
      expect(outcome, `order ${order.nativeId}`).toMatchObject({ kind: "done" });
      const after = derive(await readOrder(channel, order.nativeId, order));
      expect(after.totals.refunded.presentment).toEqual(after.totals.captured.presentment);
      expect(after.statuses.PAYMENT).toBe("REFUNDED");
      kinds.add(order.head.totals.total.presentment.currency);
      for (const { nativeId } of order.lines)
        if (nativeId && /^(fee-|wrapping)/.test(nativeId)) kinds.add(nativeId.slice(0, 3));
    }
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining(["EUR", "GBP", "JPY", "USD", "fee", "wra"]),
    );
  });
});

describe("cancelling with refund", () => {
  const cancel = (order: Order, refund: RefundWish) =>
    ({
      type: "ORDER_CANCEL",
      orderId: order.id,
      notifyCustomer: null,
      reason: "CUSTOMER",
      restock: true,
      refund,
    }) as const;

  it("refunds what is left and then sets the status, which a refund would overwrite", async () => {
    const order = await place();
    await shop.acts.refund(order.nativeId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
    const held = await readOrder(channel, order.nativeId, order);
    const refund = await wishFor(held, { "MUG-01": 2, "TEE-M": 1 }, { shipping: true });
    const steps = channel.plan(cancel(held, refund), held);
    expect(steps.map(({ kind }) => kind)).toEqual(["REFUND_CREATE", "ORDER_CANCEL"]);
    expect(steps[0]).toMatchObject({
      money: true,
      creates: { noun: "Refund" },
      summary: expect.stringMatching(/^first refund/),
    });
    const { outcomes, order: after } = await run(channel, cancel(held, refund), held);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(shop.view(order.nativeId)?.status).toBe("Cancelled");
    const { statuses, totals } = derive(after);
    expect(statuses).toMatchObject({ ORDER: "CANCELED", PAYMENT: "REFUNDED" });
    expect(totals.refunded).toEqual(totals.captured);
  });

  it("gives back an amount alone just as well, and only cancels where nothing is left", async () => {
    const order = await place();
    const { maximum } = await quote(order, {}, false);
    const nothing = zeroBag(maximum);
    const wish = { returnId: null, lines: [], shipping: null, reason: null };
    const { outcomes } = await run(
      channel,
      cancel(order, { ...wish, extra: maximum, amount: maximum }),
      order,
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(refundsOf(order)).toMatchObject([{ amount: maximum.presentment.amount }]);
    const empty = channel.plan(cancel(order, { ...wish, extra: nothing, amount: nothing }), order);
    expect(empty.map(({ kind }) => kind)).toEqual(["ORDER_CANCEL"]);
  });
});

it.skipIf(!specsDir)(
  "everything that was asked is as BigCommerce's own descriptions have it",
  () => {
    const { operations, wrong } = checkRequests(exchanges);
    expect(wrong).toEqual([]);
    expect(writesAmong(operations)).toEqual([
      "POST /v3/orders/{order_id}/payment_actions/refund_quotes",
      "POST /v3/orders/{order_id}/payment_actions/refunds",
      "PUT /v2/orders/{order_id}",
    ]);
  },
);
