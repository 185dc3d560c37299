import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { NewOrder } from "../../../src/connectors/simulator/shop.js";
import type { Woo } from "../../../src/connectors/woocommerce/client.js";
import { woocommerce } from "../../../src/connectors/woocommerce/index.js";
import { quoteRefund } from "../../../src/connectors/woocommerce/quote.js";
import type { SimulatedWooCommerce } from "../../../src/connectors/woocommerce/simulator/index.js";
import { applyLocal } from "../../../src/domain/apply-local.js";
import type { Channel, Outcome } from "../../../src/domain/channel.js";
import type { RefundCreate, RefundWish, Step } from "../../../src/domain/command.js";
import { mintId } from "../../../src/domain/id.js";
import { addBags, sameMoney, zeroBag } from "../../../src/domain/money.js";
import type { Order } from "../../../src/domain/order.js";
import { present } from "../../../src/domain/part.js";
import {
  addFault,
  clearFaults,
  connect,
  lineIdOf,
  perform,
  readOrder,
  run,
  webhookSecret,
} from "../bench.js";
import { untilAnswerIsLost } from "../lost-answer.js";
import { openShop } from "./open.js";
import { recordedShop } from "./records.js";

let shop: SimulatedWooCommerce;
let channel: Channel;
/** The shop's REST API, for what people do there with other tools. */
let rest: Woo;
beforeAll(async () => {
  ({ shop, channel, rest } = await openShop({ orders: 60, relaxedDelivery: true }));
});
afterEach(() => clearFaults(shop));
afterAll(() => shop.stop());

/** An order of the shop's own country, where 8.25 % are taken, so that every amount is known. */
const place = async (payment_method = "woocommerce_payments") => {
  const { body } = await rest.call({
    method: "POST",
    path: "/wc/v3/orders",
    body: {
      set_paid: true,
      payment_method,
      transaction_id: "ch_1",
      billing: { country: "US" },
      line_items: [
        { sku: "MUG-01", quantity: 3, subtotal: "36.00", total: "36.00" },
        { sku: "TEE-M", quantity: 1, subtotal: "25.00", total: "25.00" },
      ],
      shipping_lines: [{ method_id: "flat_rate", method_title: "Flat rate", total: "7.50" }],
    },
  });
  const orderId = String((body as { id: number }).id);
  return { orderId, order: await readOrder(channel, orderId) };
};
const placed = async (order: NewOrder) => {
  const { orderId } = await shop.acts.placeOrder(order);
  return { orderId, order: await readOrder(channel, orderId) };
};

interface Parts {
  lines?: { sku: string; quantity: number; amount: string; restock?: boolean }[];
  shipping?: string;
  extra?: string;
  reason?: string;
}
/** A wish with every amount named. */
function wishOf(order: Order, { lines = [], shipping, extra, reason }: Parts): RefundWish {
  const { currency } = order.head.totals.total.shop;
  const bag = (amount: string) => sameMoney(amount, currency);
  const wished = lines.map(({ sku, quantity, amount, restock = false }) => ({
    lineId: lineIdOf(order, sku),
    quantity,
    amount: bag(amount),
    fixed: true,
    restock,
    locationId: null,
  }));
  const others = [shipping, extra].flatMap((amount) => (amount ? [bag(amount)] : []));
  return {
    returnId: null,
    lines: wished,
    shipping: shipping ? bag(shipping) : null,
    extra: extra ? bag(extra) : null,
    amount: [...wished.map((line) => line.amount), ...others].reduce(
      addBags,
      zeroBag(order.head.totals.total),
    ),
    reason: reason ?? null,
  };
}
const refundCommand = (order: Order, parts: Parts): RefundCreate => ({
  type: "REFUND_CREATE",
  orderId: order.id,
  notifyCustomer: null,
  refund: wishOf(order, parts),
  toStoreCredit: false,
});
function stepOf(order: Order, parts: Parts, from = channel): Step {
  const [step, ...more] = from.plan(refundCommand(order, parts), order);
  if (!step || more.length > 0) throw new Error("that takes more than one step");
  return step;
}
const one = { lines: [{ sku: "MUG-01", quantity: 1, amount: "12.99" }] };
const refundsOf = (orderId: string) => shop.view(orderId)?.refunds ?? [];

/** The shop itself, but refunds are answered like this instead of being made. */
async function answering(answer: () => Promise<Response>): Promise<Channel> {
  const { probe } = await connect(woocommerce, shop.settings);
  const instead = ((url: string, init: RequestInit) =>
    init.method === "POST" && url.includes("/refunds")
      ? answer()
      : fetch(url, init)) as typeof fetch;
  return woocommerce.open(shop.settings, { webhookSecret, probe, fetch: instead });
}
const json = (status: number, body: unknown) =>
  Promise.resolve(new Response(JSON.stringify(body), { status }));

describe("a refund", () => {
  it("of lines, shipping and goodwill comes to the cent, with its taxes, reason and pieces", async () => {
    const { orderId, order } = await place();
    const parts: Parts = {
      lines: [{ sku: "MUG-01", quantity: 2, amount: "25.98" }],
      shipping: "4.06",
      extra: "1.00",
      reason: "Broken (handle)",
    };
    const step = stepOf(order, parts);
    expect(step).toMatchObject({
      kind: "REFUND_CREATE",
      money: true,
      creates: { noun: "Refund", reason: "Broken (handle)" },
      summary:
        "refund 31.04 USD by the payment gateway woocommerce_payments, for 2 pieces of 1 line and shipping and 1.00 USD beside",
    });
    const marker = "MarkerMarkerMarker0001";
    const outcome = await perform(channel, step, orderId, { marker });
    if (outcome.kind !== "done") return expect.fail(JSON.stringify(outcome));
    expect(refundsOf(orderId)).toMatchObject([
      { id: outcome.nativeId, amount: "31.04", moved: true, lines: [{ quantity: 2 }] },
    ]);
    const after = await readOrder(channel, orderId, order);
    expect(present(after.refunds)).toMatchObject([
      {
        nativeId: outcome.nativeId,
        status: "SUCCEEDED",
        amount: { shop: { amount: "31.04", currency: "USD" } },
        lines: [
          {
            lineId: lineIdOf(order, "MUG-01"),
            quantity: 2,
            amount: { shop: { amount: "25.98" } },
            restocked: null,
          },
        ],
        shipping: { shop: { amount: "4.06" } },
        reason: "Broken (handle)",
        marker,
      },
    ]);
    const { body } = await rest.get(`/wc/v3/orders/${orderId}/refunds`);
    const [raw] = body as {
      line_items: { total: string; total_tax: string }[];
      shipping_lines: { total: string; total_tax: string }[];
    }[];
    expect(raw?.line_items).toMatchObject([{ total: "-24.00", total_tax: "-1.98" }]);
    expect(raw?.shipping_lines).toMatchObject([{ total: "-3.75", total_tax: "-0.31" }]);
  });

  it("of one line in two rows gives back both, although WooCommerce would keep only the last", async () => {
    const { orderId, order } = await place();
    const row = { sku: "MUG-01", quantity: 1, amount: "12.99" };
    const step = stepOf(order, { lines: [row, { ...row, amount: "10.00" }] });
    expect((await perform(channel, step, orderId)).kind).toBe("done");
    expect(refundsOf(orderId)).toMatchObject([{ amount: "22.99", lines: [{ quantity: 2 }] }]);
    const [refund] = present((await readOrder(channel, orderId)).refunds);
    expect(refund?.lines).toMatchObject([{ quantity: 2, amount: { shop: { amount: "22.99" } } }]);
  });

  it("performed twice is made once, also where the answer of the first was lost", async () => {
    const { orderId, order } = await place();
    const step = stepOf(order, one);
    const marker = "MarkerMarkerMarker0002";
    await addFault(shop, { kind: "timeout-after", match: "POST /wp-json", count: 1 });
    const signal = untilAnswerIsLost(shop);
    expect(await perform(channel, step, orderId, { marker, signal })).toMatchObject({
      kind: "unknown",
      error: { mayHaveHappened: true },
    });
    await clearFaults(shop);
    expect(refundsOf(orderId)).toHaveLength(1);
    // What the next read shows is known as ours.
    expect(present((await readOrder(channel, orderId)).refunds)).toMatchObject([{ marker }]);
    const again = await perform(channel, step, orderId, { marker });
    expect(again).toMatchObject({ kind: "done", nativeId: refundsOf(orderId)[0]?.id });
    expect(refundsOf(orderId)).toHaveLength(1);
  });

  it("whose answer was lost is recognised as the planned one by what the shop tells next", async () => {
    const { orderId, order } = await place();
    const command = refundCommand(order, one);
    const step = stepOf(order, one);
    const marker = "MarkerMarkerMarker0005";
    const planned = {
      kind: "refund-planned",
      refundId: mintId("Refund"),
      commandId: mintId("Command"),
      stepIndex: 0,
      marker,
      plannedAt: new Date().toISOString(),
      ...command.refund,
    } as const;
    const context = { mint: mintId, now: planned.plannedAt };
    const waiting = applyLocal(order, planned, context);
    await addFault(shop, { kind: "timeout-after", match: "/refunds", count: 1 });
    const signal = untilAnswerIsLost(shop);
    expect((await perform(channel, step, orderId, { marker, signal })).kind).toBe("unknown");
    await clearFaults(shop);
    const unclear = applyLocal(
      waiting,
      { kind: "refund-unclear", refundId: planned.refundId },
      context,
    );
    expect(present(unclear.refunds)).toMatchObject([{ status: "OUTCOME_UNKNOWN", nativeId: null }]);
    const after = await readOrder(channel, orderId, unclear);
    expect(present(after.refunds)).toMatchObject([
      {
        id: planned.refundId,
        nativeId: refundsOf(orderId)[0]?.id,
        status: "SUCCEEDED",
        commandId: planned.commandId,
        reason: null,
      },
    ]);
  });

  it("is not sent where the same was given back in the shop meanwhile, and is where it was before", async () => {
    const { orderId, order } = await place();
    const planned = stepOf(order, one);
    await shop.acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
    expect(await perform(channel, planned, orderId)).toMatchObject({
      kind: "refused",
      error: { code: "ALREADY_IN_STATE", mayHaveHappened: false },
    });
    const later = await readOrder(channel, orderId, order);
    expect((await perform(channel, stepOf(later, one), orderId)).kind).toBe("done");
    expect(refundsOf(orderId)).toHaveLength(2);
  });

  it("of more pieces or more money than is left is refused before it is sent", async () => {
    const { orderId, order } = await place();
    const two = stepOf(order, { lines: [{ sku: "MUG-01", quantity: 2, amount: "25.98" }] });
    const all = stepOf(order, { extra: order.head.totals.total.shop.amount });
    await shop.acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 2 }] });
    const later = await readOrder(channel, orderId);
    for (const step of [
      {
        ...two,
        request: stepOf(later, { lines: [{ sku: "MUG-01", quantity: 2, amount: "25.98" }] })
          .request,
      },
      all,
      stepOf(later, { shipping: "8.13" }),
    ]) {
      const before = shop.calls().length;
      expect(await perform(channel, step, orderId), step.summary).toMatchObject({
        kind: "refused",
        error: { code: "AMOUNT_EXCEEDS_REFUNDABLE", mayHaveHappened: false, retryable: false },
      });
      const sent = shop.calls().slice(before);
      expect(sent.filter(({ name }) => name.startsWith("POST"))).toEqual([]);
    }
    expect(refundsOf(orderId)).toHaveLength(1);
  });

  it("puts goods back to stock where asked, and becomes two where some go back and some do not", async () => {
    const { orderId, order } = await place();
    const before = shop.view(orderId)?.stock ?? {};
    const command = refundCommand(order, {
      lines: [
        { sku: "MUG-01", quantity: 1, amount: "12.99", restock: true },
        { sku: "TEE-M", quantity: 1, amount: "27.06" },
      ],
      shipping: "8.12",
    });
    const steps = channel.plan(command, order);
    expect(steps.map(({ summary }) => summary)).toEqual([
      "refund 12.99 USD by the payment gateway woocommerce_payments, for 1 piece of 1 line, put back to stock",
      "refund 35.18 USD by the payment gateway woocommerce_payments, for 1 piece of 1 line and shipping",
    ]);
    expect(steps.map(({ creates }) => creates)).toMatchObject([
      { amount: { shop: { amount: "12.99" } }, shipping: null },
      { amount: { shop: { amount: "35.18" } }, shipping: { shop: { amount: "8.12" } } },
    ]);
    const { outcomes } = await run(channel, command, order);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(refundsOf(orderId).map(({ amount }) => amount)).toEqual(["12.99", "35.18"]);
    const after = shop.view(orderId)?.stock ?? {};
    expect(after["MUG-01"]).toBe((before["MUG-01"] ?? 0) + 1);
    expect(after["TEE-M"]).toBe(before["TEE-M"]);
  });

  it("of part of a piece is refused with its place, unless the line was sold in parts", async () => {
    const { order } = await place();
    const lines = [
      { sku: "TEE-M", quantity: 1, amount: "27.06" },
      { sku: "MUG-01", quantity: 0.5, amount: "6.50" },
    ];
    const line = lineIdOf(order, "MUG-01");
    expect(() => channel.plan(refundCommand(order, { lines }), order)).toThrow(
      expect.objectContaining({
        code: "INVALID_INPUT",
        path: ["lines", "1", "quantity"],
        message: expect.stringContaining(`whole pieces, not 0.5 of line ${line}`),
      }),
    );
    const byLength = structuredClone(order);
    for (const row of byLength.lines) if (row.id === line) row.ordered = 2.5;
    expect(stepOf(byLength, { lines }).warning).toBeUndefined();
  });

  it("paid by what cannot send money is recorded, and says that a person must send it", async () => {
    const { orderId, order } = await place("bacs");
    const step = stepOf(order, one);
    expect(step.summary).toBe(
      "record a refund of 12.99 USD, for 1 piece of 1 line, and send the money by hand, since the payment method bacs cannot",
    );
    expect(step.warning).toBe("the shop sends no money back: send 12.99 USD by hand");
    expect((await perform(channel, step, orderId)).kind).toBe("done");
    expect(refundsOf(orderId)).toMatchObject([{ amount: "12.99", moved: false }]);
  });

  it("where the key may not see payment gateways is recorded only, and the capability says so", async () => {
    const hidden = ((url: string, init: RequestInit) =>
      url.includes("/payment_gateways")
        ? json(401, {
            code: "woocommerce_rest_cannot_view",
            message: "Sorry, you cannot list resources.",
            data: { status: 401 },
          })
        : fetch(url, init)) as typeof fetch;
    const { channel: blind } = await connect(woocommerce, shop.settings, { fetch: hidden });
    const lines = blind.capabilities.find(({ operation }) => operation === "REFUND_LINES");
    expect(lines).toMatchObject({ support: "PARTIAL", note: expect.stringContaining("not known") });
    const { orderId, order } = await place();
    const step = stepOf(order, one, blind);
    expect(step.summary).toContain("not known whether the payment method woocommerce_payments can");
    expect(step.warning).toMatch(/send 12.99 USD by hand/);
    expect((await perform(blind, step, orderId)).kind).toBe("done");
    expect(refundsOf(orderId)).toMatchObject([{ moved: false }]);
  });

  it("planned for a gateway that the order has no longer is refused", async () => {
    const { orderId, order } = await place();
    const step = stepOf(order, one);
    const path = `/wc/v3/orders/${orderId}`;
    await rest.call({ method: "PUT", path, body: { payment_method: "bacs" } });
    expect(await perform(channel, step, orderId)).toMatchObject({
      kind: "refused",
      error: { code: "CHANNEL_REJECTED", message: expect.stringContaining("no longer paid by") },
    });
  });

  it.each([
    ["JPY", "MUG-01", "990"],
    ["KWD", "MUG-01", "1.55"],
  ])("in %s is exact", async (currency, sku, amount) => {
    const { orderId, order } = await placed({ currency });
    const step = stepOf(order, { lines: [{ sku, quantity: 1, amount }] });
    expect((await perform(channel, step, orderId)).kind).toBe("done");
    const [refund] = present((await readOrder(channel, orderId)).refunds);
    const expected = sameMoney(amount, currency).shop.amount;
    expect(Number(refund?.amount.shop.amount)).toBe(Number(expected));
    expect(refund?.lines[0]?.amount).toEqual(refund?.amount);
  });

  it("of an order paid offline at the checkout is not sent by the gateway either", async () => {
    const { orderId, order } = await placed({ payment: "offline" });
    expect((await perform(channel, stepOf(order, { extra: "1.00" }), orderId)).kind).toBe("done");
    expect(refundsOf(orderId)).toMatchObject([{ amount: "1.00", moved: false }]);
  });

  it("finer than the shop counts is refused, since it would be shown as another amount", async () => {
    const { order } = await placed({ currency: "KWD" });
    const lines = [{ sku: "MUG-01", quantity: 1, amount: "1.555" }];
    expect(() => stepOf(order, { lines })).toThrow(/counts 2 decimals/);
  });

  it.each([
    [2, "KWD", "3.333", "1.110"],
    [0, "HUF", "1000.00", "333.00"],
    [null, "KWD", "3.333", "1.111"],
  ])(
    "with %j decimals in %s is priced so that the shop can count it",
    async (decimals, currency, total, expected) => {
      const { order } = await placed({ currency: "KWD" });
      const line = order.lines[0] ?? expect.fail("no line");
      const priced = {
        ...order,
        lines: [{ ...line, ordered: 3, total: sameMoney(total, currency) }],
      };
      const asked = {
        lines: [{ lineId: line.id, quantity: 1, restock: false, locationId: null }],
        shipping: false,
      };
      const quote = await quoteRefund(priced, asked, recordedShop({ decimals }));
      expect(quote.lines[0]?.amount.shop).toEqual({ amount: expected, currency });
      expect(quote.exact).toBe(false);
    },
  );

  it("as store credit, or to a location, is not offered", async () => {
    const { order } = await place();
    const command = refundCommand(order, one);
    const notOffered = expect.objectContaining({ code: "CAPABILITY_NOT_SUPPORTED" });
    expect(() => channel.plan({ ...command, toStoreCredit: true }, order)).toThrow(notOffered);
    const [line] = command.refund.lines;
    const lines = line ? [{ ...line, locationId: "1" }] : [];
    expect(() => channel.plan({ ...command, refund: { ...command.refund, lines } }, order)).toThrow(
      notOffered,
    );
  });

  it("of the whole order in parts leaves nothing of its money, and turns it refunded", async () => {
    const { orderId, order } = await place();
    let held = order;
    for (const parts of [
      one,
      { lines: [{ sku: "MUG-01", quantity: 2, amount: "25.98" }], shipping: "8.12" },
      { lines: [{ sku: "TEE-M", quantity: 1, amount: "27.06" }] },
    ]) {
      const { outcomes, order: after } = await run(channel, refundCommand(held, parts), held);
      expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
      held = after;
    }
    expect(shop.view(orderId)?.status).toBe("refunded");
    expect(held.head.totals.refunded).toEqual(held.head.totals.total);
  });

  it("of a fee given back whole counts as its piece", async () => {
    const { body } = await rest.call({
      method: "POST",
      path: "/wc/v3/orders",
      body: {
        set_paid: true,
        payment_method: "bacs",
        line_items: [{ product_id: 11, quantity: 1 }],
        fee_lines: [{ name: "Gift wrap", total: "3.00" }],
      },
    });
    const orderId = String((body as { id: number }).id);
    const order = await readOrder(channel, orderId);
    const fee = order.lines.find(({ name }) => name === "Gift wrap") ?? expect.fail("no fee");
    const refund = wishOf(order, {});
    const line = { quantity: 1, fixed: false, restock: true, locationId: null };
    const wish = {
      ...refund,
      amount: fee.total,
      lines: [{ ...line, lineId: fee.id, amount: fee.total }],
    };
    const command = { ...refundCommand(order, {}), refund: wish };
    const { outcomes, order: after } = await run(channel, command, order);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
    expect(present(after.refunds)).toMatchObject([
      { lines: [{ lineId: fee.id, quantity: 1, amount: fee.total }] },
    ]);
  });
});

describe("what the shop answers to a refund", () => {
  const refused = (message: string) => ({
    code: "woocommerce_rest_cannot_create_order_refund",
    message,
    data: 500,
  });
  const answers: [string, () => Promise<Response>, Outcome["kind"]][] = [
    ["too much", () => json(500, refused("Invalid refund amount.")), "refused"],
    [
      "no gateway",
      () => json(500, refused("The payment gateway for this order does not exist.")),
      "refused",
    ],
    [
      "a gateway's own words",
      () => json(500, refused("cURL error 28: Operation timed out")),
      "unknown",
    ],
    [
      "a gateway's plain no",
      () =>
        json(
          500,
          refused(
            "An error occurred while attempting to create the refund using the payment gateway API.",
          ),
        ),
      "unknown",
    ],
    ["the same words in another tongue", () => json(500, refused("Ungültiger Betrag.")), "unknown"],
    [
      "a crash",
      () => json(500, { code: "internal_server_error", message: "critical", data: 500 }),
      "unknown",
    ],
    ["a page", () => Promise.resolve(new Response("<html>502</html>", { status: 502 })), "unknown"],
    ["a page as success", () => Promise.resolve(new Response("<html></html>")), "unknown"],
    ["a conflict", () => json(409, { code: "x", message: "y" }), "unknown"],
    ["a reset", () => Promise.reject(new TypeError("fetch failed")), "unknown"],
    [
      "no such order",
      () => json(404, { code: "woocommerce_rest_invalid_order_id", message: "Invalid order ID." }),
      "refused",
    ],
  ];
  it.each(answers)(
    "%s is told as such, and nothing is sent a second time",
    async (_, answer, kind) => {
      const { orderId, order } = await place();
      let sent = 0;
      const other = await answering(() => {
        sent += 1;
        return answer();
      });
      const outcome = await perform(other, stepOf(order, one), orderId);
      expect(outcome).toMatchObject({ kind, error: { mayHaveHappened: kind === "unknown" } });
      expect(sent).toBe(1);
      expect(refundsOf(orderId)).toEqual([]);
    },
  );

  it("a gateway that has lost the charge is unknown, though the shop keeps nothing", async () => {
    const { body } = await rest.call({
      method: "POST",
      path: "/wc/v3/orders",
      body: {
        set_paid: true,
        payment_method: "woocommerce_payments",
        line_items: [{ product_id: 11, quantity: 1 }],
      },
    });
    const orderId = String((body as { id: number }).id);
    const order = await readOrder(channel, orderId);
    const outcome = await perform(channel, stepOf(order, { extra: "1.00" }), orderId);
    expect(outcome.kind).toBe("unknown");
    expect(refundsOf(orderId)).toEqual([]);
  });
});
