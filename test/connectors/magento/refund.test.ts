import Big from "big.js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { magento } from "../../../src/connectors/magento/index.js";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../src/connectors/magento/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { OrderCancel, RefundCreate, RefundWish, Step } from "../../../src/domain/command.js";
import { derive } from "../../../src/domain/derive.js";
import { addBags, type MoneyBag, zeroBag } from "../../../src/domain/money.js";
import type { Order } from "../../../src/domain/order.js";
import { present } from "../../../src/domain/part.js";
import { quoteByFacts } from "../../../src/domain/quote.js";
import { shapeOrder } from "../../../src/domain/shape.js";
import { addFault, clearFaults, connect, lineIdOf, perform, readOrder, run } from "../bench.js";
import { untilAnswerIsLost } from "../lost-answer.js";
import { signedClient } from "./simulator/client.js";

let shop: SimulatedMagento;
let channel: Channel;
beforeAll(async () => {
  shop = await startMagento({ orders: 3 });
  ({ channel } = await connect(magento, shop.settings));
});
afterEach(() => clearFaults(shop));
afterAll(() => shop.stop());

type Line = [sku: string, quantity: number, options?: { restock?: boolean; amount?: string }];
interface Asked {
  lines?: Line[];
  shipping?: boolean;
  extra?: string;
  reason?: string;
}

/** A wish as the gateway resolves it: amounts of the order's own unless they are named. */
function wishOf(order: Order, { lines = [], shipping = false, extra, reason }: Asked): RefundWish {
  const document = shapeOrder(order);
  const asked = lines.map(([sku, quantity, { restock = false } = {}]) => ({
    lineId: lineIdOf(order, sku),
    quantity,
    restock,
    locationId: null,
  }));
  const quote = quoteByFacts(order, document, { lines: asked, shipping });
  const zero = zeroBag(document.totals.total);
  const inBase = (amount: string): MoneyBag => {
    const { shop: base, presentment } = document.totals.original;
    const other = Big(base.amount).eq(0) ? Big(1) : Big(presentment.amount).div(base.amount);
    return {
      shop: { amount, currency: base.currency },
      presentment: { amount: Big(amount).times(other).toFixed(2), currency: presentment.currency },
    };
  };
  const resolved = asked.map((line, at) => {
    const named = lines[at]?.[2]?.amount;
    const amount = named ? inBase(named) : (quote.lines[at]?.amount ?? zero);
    return { ...line, amount, fixed: named !== undefined };
  });
  const costs = shipping ? quote.shippingMaximum : null;
  const more = extra ? inBase(extra) : null;
  return {
    returnId: null,
    lines: resolved,
    shipping: costs,
    extra: more,
    amount: [...resolved.map(({ amount }) => amount), costs ?? zero, more ?? zero].reduce(addBags),
    reason: reason ?? null,
  };
}

const commandOf = (order: Order, asked: Asked): RefundCreate => ({
  type: "REFUND_CREATE",
  orderId: order.id,
  notifyCustomer: null,
  refund: wishOf(order, asked),
  toStoreCredit: false,
});
const place = async (
  lines = [{ sku: "MUG-01", quantity: 3 }],
  options: { payment?: "online" | "offline"; currency?: string } = {},
) => {
  const { orderId } = await shop.acts.placeOrder({ lines, paid: true, ...options });
  return { orderId, order: await readOrder(channel, orderId) };
};
const refunds = (orderId: string) => shop.view(orderId)?.refunds ?? [];
const only = (steps: Step[]): Step => {
  expect(steps).toHaveLength(1);
  return steps[0] ?? expect.fail("no step");
};
const client = () => signedClient(shop.settings);
const memosOf = async (orderId: string) => {
  const all = (await client().get("/creditmemos?searchCriteria=")).body.items;
  return all.filter((memo: { order_id: number }) => String(memo.order_id) === orderId);
};

/** Three mugs, paid through a gateway, of which an invoice billed one. */
async function billedForOne() {
  const { orderId } = await shop.acts.placeOrder({
    lines: [{ sku: "MUG-01", quantity: 3 }],
    paid: false,
    payment: "online",
  });
  const [line] = shop.view(orderId)?.lines ?? [];
  const items = [{ order_item_id: Number(line?.id), qty: 1 }];
  const { body } = await client().post(`/order/${orderId}/invoice`, { capture: true, items });
  return { orderId, invoiceId: body };
}

describe("Refunding at Magento", () => {
  it("sends the money through the gateway out of the invoice, to the cent that was promised", async () => {
    const { orderId, order } = await place();
    const command = commandOf(order, { lines: [["MUG-01", 1]], reason: "Chipped" });
    const step = only(channel.plan(command, order));
    expect(step).toMatchObject({
      money: true,
      idempotent: "CHECK_THEN_ACT",
      kind: "REFUND_CREATE",
    });
    expect(step.summary).toMatch(/^refund \d+\.\d\d USD for 1 line by the payment gateway/);
    expect(step.warning).toBeUndefined();
    const { outcomes, order: after } = await run(channel, command, order);
    expect(outcomes).toMatchObject([{ kind: "done", nativeId: expect.any(String) }]);
    expect(refunds(orderId)).toMatchObject([
      { moved: true, amount: command.refund.amount.shop.amount, lines: [{ quantity: 1 }] },
    ]);
    expect(present(after.refunds)).toMatchObject([
      { reason: "Chipped", marker: expect.stringMatching(/^.{22}$/), status: "SUCCEEDED" },
    ]);
    const [memo] = await memosOf(orderId);
    expect(memo).toMatchObject({ adjustment: 0, shipping_amount: 0 });
    expect(memo.comments[0]).toMatchObject({ is_visible_on_front: 0, is_customer_notified: 0 });
  });

  it("only books what a method cannot send, and says that a person must", async () => {
    const { orderId, order } = await place(undefined, { payment: "offline" });
    const step = only(channel.plan(commandOf(order, { lines: [["MUG-01", 3]] }), order));
    expect(step.summary).toMatch(/^record a refund .* by hand, since the payment method checkmo/);
    expect(step.warning).toMatch(/^the shop sends no money back: send \d+\.\d\d USD by hand$/);
    expect(await perform(channel, step, orderId)).toMatchObject({ kind: "done" });
    expect(refunds(orderId)).toMatchObject([{ moved: false, lines: [{ quantity: 3 }] }]);
  });

  it("refunds nothing beyond what was named: not the shipping, not the other lines", async () => {
    const lines = [
      { sku: "MUG-01", quantity: 1 },
      { sku: "POSTER-A2", quantity: 1 },
    ];
    const { orderId, order } = await place(lines);
    await run(channel, commandOf(order, { lines: [["MUG-01", 1]] }), order);
    const after = await readOrder(channel, orderId);
    expect(after.refunds).toMatchObject([{ shipping: null, lines: [{ quantity: 1 }] }]);
    const goodwill = commandOf(after, { extra: "2.50" });
    const { order: last } = await run(channel, goodwill, after);
    expect(refunds(orderId)[1]).toMatchObject({ amount: "2.50", lines: [] });
    expect(derive(last).statuses.PAYMENT).toBe("PARTIALLY_REFUNDED");
  });

  it("gives back all that is left, after which the order is closed", async () => {
    const { orderId, order } = await place([
      { sku: "MUG-01", quantity: 3 },
      { sku: "TEE-M", quantity: 2 },
    ]);
    const first = await run(channel, commandOf(order, { lines: [["MUG-01", 1]] }), order);
    const rest: Asked = {
      lines: [
        ["MUG-01", 2],
        ["TEE-M", 2],
      ],
      shipping: true,
    };
    const { order: after } = await run(channel, commandOf(first.order, rest), first.order);
    expect(shop.view(orderId)?.status).toBe("closed");
    const { statuses, totals } = derive(after);
    expect(statuses.PAYMENT).toBe("REFUNDED");
    expect(totals.refunded).toEqual(totals.captured);
  });

  it("refunds fractions of what is sold by weight, and of nothing else", async () => {
    const { orderId, order } = await place([
      { sku: "TEA-LOOSE", quantity: 1.25 },
      { sku: "MUG-01", quantity: 1 },
    ]);
    const { outcomes } = await run(
      channel,
      commandOf(order, { lines: [["TEA-LOOSE", 0.4]] }),
      order,
    );
    expect(outcomes).toMatchObject([{ kind: "done" }]);
    expect(refunds(orderId)).toMatchObject([{ lines: [{ quantity: 0.4 }] }]);
    const half = only(channel.plan(commandOf(order, { lines: [["MUG-01", 0.5]] }), order));
    expect(await perform(channel, half, orderId)).toMatchObject({
      kind: "refused",
      error: { code: "INVALID_INPUT" },
    });
  });

  it("brings an amount that was named for a line about with an adjustment, up or down", async () => {
    const { orderId } = await place();
    for (const amount of ["5.00", "20.00"]) {
      const held = await readOrder(channel, orderId);
      const lines: Line[] = [["MUG-01", 1, { amount }]];
      const { outcomes } = await run(channel, commandOf(held, { lines }), held);
      expect(outcomes).toMatchObject([{ kind: "done" }]);
    }
    expect(refunds(orderId).map(({ amount }) => amount)).toEqual(["5.00", "20.00"]);
    const adjusted = (await memosOf(orderId)).map(
      (memo: { adjustment: number }) => memo.adjustment,
    );
    expect(adjusted[0]).toBeLessThan(0);
    expect(adjusted[1]).toBeGreaterThan(0);
  });

  it("counts in the website's currency where the customer paid in another", async () => {
    const { orderId, order } = await place(undefined, { currency: "EUR" });
    const command = commandOf(order, { lines: [["MUG-01", 1]], shipping: true, extra: "1.00" });
    const step = only(channel.plan(command, order));
    expect(step.summary).toMatch(/USD \(\d+\.\d\d EUR\)/);
    const { outcomes, order: after } = await run(channel, command, order);
    expect(outcomes).toMatchObject([{ kind: "done" }]);
    const [refund] = present(after.refunds);
    expect(refund?.amount.shop).toEqual(command.refund.amount.shop);
    expect(refund?.amount.presentment.currency).toBe("EUR");
    expect(refunds(orderId)[0]?.amount).toBe(refund?.amount.presentment.amount);
  });

  it("is refused before the call for a variant's own row", async () => {
    const { orderId, order } = await place([{ sku: "TEE-M", quantity: 2 }]);
    const rows = (await client().get(`/orders/${orderId}`)).body.items;
    const child = rows.find((row: { parent_item_id?: number }) => row.parent_item_id);
    const step = only(channel.plan(commandOf(order, { lines: [["TEE-M", 1]] }), order));
    const request = {
      ...(step.request as object),
      rows: [{ rowId: String(child.item_id), quantity: 1, restock: false }],
    };
    expect(await perform(channel, { ...step, request }, orderId)).toMatchObject({
      kind: "refused",
      error: { message: expect.stringMatching(/only names the variant of line \d+/) },
    });
    expect(refunds(orderId)).toEqual([]);
  });

  it("refunds a configurable product by its own row, and a bundle where its prices are", async () => {
    const { orderId, order } = await place([
      { sku: "TEE-M", quantity: 1 },
      { sku: "DESK-SET", quantity: 1 },
    ]);
    const lines: Line[] = [
      ["TEE-M", 1],
      ["DESK-SET", 1],
    ];
    const { outcomes } = await run(channel, commandOf(order, { lines }), order);
    expect(outcomes).toMatchObject([{ kind: "done" }]);
    expect(refunds(orderId)).toMatchObject([{ lines: [{ quantity: 1 }, { quantity: 1 }] }]);
    const apart = await place([{ sku: "TEA-SET", quantity: 1 }]);
    // The first row of such an order stands for others, and cannot stand for nothing either.
    const goodwill = await run(channel, commandOf(apart.order, { extra: "1.00" }), apart.order);
    expect(goodwill.outcomes).toMatchObject([{ kind: "done" }]);
    const ask = (wanted: Line[]) => commandOf(apart.order, { lines: wanted });
    expect(() => channel.plan(ask([["TEA-SET", 1]]), apart.order)).toThrow(/its parts/);
    const { order: after } = await run(channel, ask([["MUG-01", 1]]), apart.order);
    // Magento writes the whole bundle into the memo of one part; that is no refund of the bundle.
    expect(present(after.refunds)).toMatchObject([
      { lines: [] },
      { lines: [{ lineId: lineIdOf(apart.order, "MUG-01"), quantity: 1 }] },
    ]);
  });

  it("puts back on the shelf what is to go there, in a memo apart where the rest of a line is not", async () => {
    const { orderId, order } = await place();
    await shop.acts.ship(orderId);
    const stock = () => shop.view(orderId)?.stock?.["MUG-01"] ?? 0;
    const before = stock();
    const lines: Line[] = [
      ["MUG-01", 1, { restock: true }],
      ["MUG-01", 1, { restock: false }],
    ];
    const command = commandOf(order, { lines });
    expect(channel.plan(command, order)).toHaveLength(2);
    const { outcomes } = await run(channel, command, order);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(stock()).toBe(before + 1);
    expect(refunds(orderId).flatMap((refund) => refund.lines)).toHaveLength(2);
    const moved = command.refund.lines.map((line) => ({ ...line, locationId: "wh3" }));
    const elsewhere = { ...command, refund: { ...command.refund, lines: moved } };
    expect(() => channel.plan(elsewhere, order)).toThrow(/decides itself to which source/);
    expect(() => channel.plan({ ...command, toStoreCredit: true }, order)).toThrow(/store credit/);
  });

  it("takes a wish apart by the invoices that billed it, each with its own share", async () => {
    const { orderId } = await billedForOne();
    await client().post(`/order/${orderId}/invoice`, { capture: true });
    const order = await readOrder(channel, orderId);
    const command = commandOf(order, { lines: [["MUG-01", 3]], shipping: true });
    const steps = channel.plan(command, order);
    expect(steps.map(({ creates }) => creates?.lines.map(({ quantity }) => quantity))).toEqual([
      [1],
      [2],
    ]);
    const shares = steps.map(({ creates }) => (creates?.noun === "Refund" ? creates.amount : null));
    expect(shares.map((bag) => bag ?? expect.fail("no refund")).reduce(addBags)).toEqual(
      command.refund.amount,
    );
    expect(steps.map(({ summary }) => /out of invoice (\d+)/.exec(summary)?.[1])).toHaveLength(2);
    const { outcomes, order: after } = await run(channel, command, order);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(shop.view(orderId)?.status).toBe("closed");
    expect(refunds(orderId).every(({ moved }) => moved)).toBe(true);
    // What the first refund took of an invoice, a second one finds gone.
    expect(derive(after).totals.refunded).toEqual(derive(after).totals.captured);
  });

  it("goes on at the second invoice where the first was given back", async () => {
    const { orderId, invoiceId } = await billedForOne();
    const ids = [
      invoiceId,
      (await client().post(`/order/${orderId}/invoice`, { capture: true })).body,
    ];
    const held = await readOrder(channel, orderId);
    const first = await run(channel, commandOf(held, { lines: [["MUG-01", 1]] }), held);
    const step = only(
      channel.plan(commandOf(first.order, { lines: [["MUG-01", 1]] }), first.order),
    );
    expect(step.summary).toContain(`invoice ${ids[1]}`);
    expect(await perform(channel, step, orderId)).toMatchObject({ kind: "done" });
  });
});

describe("Shipping in a refund at Magento", () => {
  /** An order of the store whose prices and shipping hold their tax. */
  const taxed = async (of: SimulatedMagento, through: Channel) => {
    const { body } = await signedClient(of.settings).get("/orders?searchCriteria=");
    const found = body.items.find(
      (each: { store_id: number; total_paid?: number; total_refunded?: number }) =>
        each.store_id === 2 && each.total_paid && !each.total_refunded,
    );
    const orderId = String(found.entity_id);
    return { orderId, order: await readOrder(through, orderId) };
  };

  it("comes back with its tax, in part and whole", async () => {
    const european = await startMagento({ orders: 40 });
    const { channel: through } = await connect(magento, european.settings);
    const { orderId, order } = await taxed(european, through);
    const [costs] = order.head.shippingLines;
    expect(Number(costs?.tax.shop.amount)).toBeGreaterThan(0);
    const gross = wishOf(order, { shipping: true }).shipping ?? expect.fail("no shipping");
    const third = Big(gross.shop.amount).div(3).round(2).toFixed(2);
    const part = { ...gross, shop: { ...gross.shop, amount: third } };
    const wish = { ...wishOf(order, {}), shipping: part, amount: part };
    const command = { ...commandOf(order, {}), refund: wish };
    const first = await run(through, command, order);
    expect(first.outcomes).toMatchObject([{ kind: "done" }]);
    expect(present(first.order.refunds)[0]?.amount.shop.amount).toBe(third);
    const rest = commandOf(first.order, { shipping: true });
    const second = await run(through, rest, first.order);
    expect(second.outcomes).toMatchObject([{ kind: "done" }]);
    const given = european.view(orderId)?.refunds ?? [];
    expect(given).toHaveLength(2);
    await european.stop();
  });

  it("is told where the shop takes it with its tax, of which no API speaks", async () => {
    const odd = await startMagento({ orders: 40, shippingShownWithTax: true });
    const { channel: through } = await connect(magento, odd.settings);
    const { orderId, order } = await taxed(odd, through);
    const step = only(through.plan(commandOf(order, { shipping: true }), order));
    expect(await perform(through, step, orderId)).toMatchObject({
      kind: "unknown",
      error: { message: expect.stringMatching(/credit memo \d+ came to .* instead of/) },
    });
    expect(odd.view(orderId)?.refunds).toHaveLength(1);
    await odd.stop();
  });
});

describe("Doubt about a refund at Magento", () => {
  it("is unknown when the answer never comes, found by its mark, and never sent twice", async () => {
    const { orderId, order } = await place();
    const step = only(channel.plan(commandOf(order, { lines: [["MUG-01", 1]] }), order));
    const marker = "MarkerMarkerMarker1234";
    await addFault(shop, { kind: "timeout-after", match: "/refund", count: 1 });
    const lost = await perform(channel, step, orderId, {
      marker,
      signal: untilAnswerIsLost(shop),
    });
    expect(lost).toMatchObject({ kind: "unknown", error: { mayHaveHappened: true } });
    expect(refunds(orderId)).toHaveLength(1);
    for (const _ of [1, 2])
      expect(await perform(channel, step, orderId, { marker })).toMatchObject({
        kind: "done",
        nativeId: refunds(orderId)[0]?.id,
        httpStatus: null,
      });
    expect(refunds(orderId)).toHaveLength(1);
    expect((await readOrder(channel, orderId)).refunds).toMatchObject([{ marker, reason: null }]);
  });

  it("remains after an error of the shop itself, and after one of its books that names no reason", async () => {
    const { orderId, order } = await place();
    const step = only(channel.plan(commandOf(order, { lines: [["MUG-01", 1]] }), order));
    await addFault(shop, { kind: "500", match: "/refund", count: 1 });
    expect((await perform(channel, step, orderId)).kind).toBe("unknown");
    const answering = (body: unknown): Channel =>
      magento.open(shop.settings, {
        webhookSecret: "x",
        probe: null,
        fetch: (url, init) =>
          init?.method === "POST"
            ? Promise.resolve(Response.json(body, { status: 400 }))
            : fetch(url, init),
      });
    const books = { message: "Could not save a Credit Memo, see error log for details" };
    expect(await perform(answering(books), step, orderId)).toMatchObject({
      kind: "unknown",
      error: { mayHaveHappened: true, httpStatus: 400 },
    });
    // Words that Magento uses before it asks the gateway may stand in what an extension says after it.
    for (const message of ["The export is done, but a tax number is required", "type was expected"])
      expect((await perform(answering({ message }), step, orderId)).kind).toBe("unknown");
    const sure = {
      message: "Creditmemo Document Validation Error(s):\nThe most money available to refund is 1.",
    };
    expect(await perform(answering(sure), step, orderId)).toMatchObject({
      kind: "refused",
      error: { code: "AMOUNT_EXCEEDS_REFUNDABLE" },
    });
    expect(refunds(orderId)).toEqual([]);
  });

  it("is none where the order was read before its gateway was known: nothing is merely booked", async () => {
    const { orderId, order } = await place();
    const old = structuredClone(order);
    for (const move of old.transactions) move.parentNativeId = null;
    const step = only(channel.plan(commandOf(old, { lines: [["MUG-01", 1]] }), old));
    expect(step.summary).toMatch(/by hand/);
    expect(await perform(channel, step, orderId)).toMatchObject({
      kind: "refused",
      error: { code: "STALE_VERSION" },
    });
    expect(refunds(orderId)).toEqual([]);
  });

  it("is none where the shop shows that it cannot be", async () => {
    const { orderId, order } = await place();
    const two = only(channel.plan(commandOf(order, { lines: [["MUG-01", 2]] }), order));
    await shop.acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 2 }] });
    const refusedBy = async (step: Step) => {
      const outcome = await perform(channel, step, orderId);
      return outcome.kind === "refused" ? outcome.error.code : outcome.kind;
    };
    expect(await refusedBy(two)).toBe("QUANTITY_EXCEEDS_RETURNABLE");
    const extra = Big(order.head.totals.total.shop.amount).minus(1).toFixed(2);
    const much = only(channel.plan(commandOf(order, { extra }), order));
    expect(await refusedBy(much)).toBe("AMOUNT_EXCEEDS_REFUNDABLE");
    await shop.acts.refund(orderId);
    expect(await refusedBy(two)).toBe("ALREADY_IN_STATE");
    expect(refunds(orderId)).toHaveLength(2);
  });
});

describe("Canceling with the money at Magento", () => {
  const cancelOf = (order: Order, asked: Asked): OrderCancel => ({
    type: "ORDER_CANCEL",
    orderId: order.id,
    notifyCustomer: null,
    reason: "CUSTOMER",
    restock: true,
    refund: wishOf(order, asked),
  });

  it("gives everything back, which closes what was billed whole", async () => {
    const { orderId, order } = await place();
    const command = cancelOf(order, { lines: [["MUG-01", 3]], shipping: true });
    const step = only(channel.plan(command, order));
    expect(step).toMatchObject({ kind: "REFUND_CREATE", money: true });
    expect(step.summary).toMatch(/Magento cancels nothing that was billed/);
    const { order: after } = await run(channel, command, order);
    expect(shop.view(orderId)?.status).toBe("closed");
    expect(derive(after).statuses.PAYMENT).toBe("REFUNDED");
  });

  it("refunds what was billed and cancels the rest", async () => {
    const { orderId } = await billedForOne();
    const order = await readOrder(channel, orderId);
    const command = cancelOf(order, { lines: [["MUG-01", 1]], shipping: true });
    const steps = channel.plan(command, order);
    expect(steps.map(({ kind }) => kind)).toEqual(["REFUND_CREATE", "ORDER_CANCEL"]);
    const { outcomes } = await run(channel, command, order);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(shop.view(orderId)?.status).toBe("canceled");
    expect(refunds(orderId)).toMatchObject([{ moved: true }]);
  });

  it("keeps the money where goods left in the meantime", async () => {
    const { orderId, order } = await place();
    const command = cancelOf(order, { lines: [["MUG-01", 3]], shipping: true });
    const step = only(channel.plan(command, order));
    await shop.acts.ship(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
    expect(await perform(channel, step, orderId)).toMatchObject({
      kind: "refused",
      error: { message: expect.stringMatching(/was shipped meanwhile/) },
    });
    expect(refunds(orderId)).toEqual([]);
  });
});
