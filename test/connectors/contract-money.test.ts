// What every platform is held against where money and goods go back, and for what is written on an order.
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { connectors } from "../../src/connectors/index.js";
import type { NewOrder, SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { type SimulatorName, simulators } from "../../src/connectors/simulators.js";
import type { Channel, ChannelOperation } from "../../src/domain/channel.js";
import type { OrderCancel, RefundCreate, Step } from "../../src/domain/command.js";
import { derive } from "../../src/domain/derive.js";
import { addBags, compareMoney, sameMoney, zeroBag } from "../../src/domain/money.js";
import type { Order } from "../../src/domain/order.js";
import { present } from "../../src/domain/part.js";
import { refundableOf } from "../../src/domain/quantities.js";
import { addFault, clearFaults, connect, lineIdOf, perform, readOrder, run } from "./bench.js";
import { checkSnapshot } from "./invariants.js";
import { untilAnswerIsLost } from "./lost-answer.js";
import { NOTHING, refundCommand, refundOf } from "./refund-wish.js";

/** What the call that moves an order's money is called in a shop's own list of calls. */
const moneyCalls: Record<string, (orderId: string) => string> = {
  SHOPIFY: () => "mutation RefundCreate",
  WOOCOMMERCE: (orderId) => `POST /wp-json/wc/v3/orders/${orderId}/refunds`,
  MAGENTO: () => "/refund",
  BIGCOMMERCE: (orderId) => `POST /v3/orders/${orderId}/payment_actions/refunds`,
};

it("every registered platform is held against this list", () => {
  expect(connectors.map(({ platform }) => moneyCalls[platform])).not.toContain(undefined);
});

describe.each(connectors.map((connector) => [connector.name, connector] as const))(
  "%s",
  (_, connector) => {
    let shop: SimulatedShop;
    let channel: Channel;
    beforeAll(async () => {
      const start = simulators[connector.platform.toLowerCase() as SimulatorName];
      shop = await start({ orders: 10, plan: "wide", relaxedDelivery: true });
      ({ channel } = await connect(connector, shop.settings));
    });
    afterEach(() => clearFaults(shop));
    afterAll(() => shop.stop());

    const supportOf = (wanted: ChannelOperation) =>
      channel.capabilities.find(({ operation }) => operation === wanted)?.support ?? "NONE";
    const place = async (wish: NewOrder = {}) => {
      const lines = [
        { sku: "MUG-01", quantity: 3 },
        { sku: "TEE-M", quantity: 1 },
      ];
      const { orderId } = await shop.acts.placeOrder({ lines, paid: true, ...wish });
      return { orderId, order: await readOrder(channel, orderId) };
    };
    const moneyCall = (orderId: string) => moneyCalls[connector.platform]?.(orderId) ?? "";
    const booked = (orderId: string) => shop.view(orderId)?.refunds ?? [];
    const onlyStep = (command: RefundCreate, order: Order): Step => {
      const steps = channel.plan(command, order);
      expect(steps).toHaveLength(1);
      return steps[0] as Step;
    };
    const returned = (order: Order) => {
      const refunds = present(order.refunds).filter(({ status }) => status === "SUCCEEDED");
      const zero = zeroBag(order.head.totals.total);
      return refunds.map(({ amount }) => amount).reduce(addBags, zero).shop;
    };

    describe("refunds", () => {
      it("give back what some pieces cost, and say so in the shop's books and in ours", async () => {
        const { orderId, order } = await place();
        const command = await refundOf(channel, order, { "MUG-01": 2 });
        const step = onlyStep(command, order);
        expect(step).toMatchObject({
          kind: "REFUND_CREATE",
          money: true,
          creates: { noun: "Refund" },
        });
        const { outcomes } = await run(channel, command, order);
        expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
        const { amount } = command.refund;
        expect(booked(orderId)).toMatchObject([{ lines: [{ quantity: 2 }] }]);
        expect(sameMoney(booked(orderId)[0]?.amount ?? "", amount.shop.currency).shop).toEqual(
          amount.shop,
        );
        const after = await readOrder(channel, orderId, order);
        expect(present(after.refunds)).toMatchObject([
          {
            status: "SUCCEEDED",
            amount: { shop: amount.shop },
            lines: [{ lineId: lineIdOf(order, "MUG-01"), quantity: 2 }],
          },
        ]);
        expect(refundableOf(after).get(lineIdOf(order, "MUG-01"))).toBe(1);
        expect(derive(after)).toMatchObject({
          totals: { refunded: { shop: amount.shop } },
          statuses: { PAYMENT: "PARTIALLY_REFUNDED" },
        });
      });

      it("give back the rest with its shipping after a part, to the last cent", async () => {
        const { orderId, order } = await place();
        const first = await run(channel, await refundOf(channel, order, { "MUG-01": 1 }), order);
        expect(first.outcomes.map(({ kind }) => kind)).toEqual(["done"]);
        const partly = await readOrder(channel, orderId, order);
        const rest = await refundOf(
          channel,
          partly,
          { "MUG-01": 2, "TEE-M": 1 },
          { shipping: true },
        );
        const { outcomes } = await run(channel, rest, partly);
        expect([...new Set(outcomes.map(({ kind }) => kind))]).toEqual(["done"]);
        const after = await readOrder(channel, orderId, order);
        expect(derive(after).statuses.PAYMENT).toBe("REFUNDED");
        expect(compareMoney(returned(after), derive(after).totals.captured.shop)).toBe(0);
        expect([...refundableOf(after).values()].every((left) => left === 0)).toBe(true);
      });

      it("give back the shipping alone", async () => {
        const { orderId, order } = await place();
        const command = await refundOf(channel, order, {}, { shipping: true });
        if (Number(command.refund.amount.shop.amount) === 0) return;
        const { outcomes } = await run(channel, command, order);
        expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
        const after = await readOrder(channel, orderId, order);
        expect(returned(after)).toEqual(command.refund.amount.shop);
        expect(present(after.refunds)[0]?.lines ?? []).toEqual([]);
      });

      it("give back an amount of its own, or say that the platform cannot", async () => {
        const { orderId, order } = await place();
        const extra = sameMoney("1.50", order.head.totals.total.shop.currency);
        const command = refundCommand(order, { ...NOTHING, extra, amount: extra });
        if (supportOf("REFUND_ARBITRARY_AMOUNT") === "NONE")
          return expect(() => channel.plan(command, order)).toThrow(
            expect.objectContaining({ code: "CAPABILITY_NOT_SUPPORTED" }),
          );
        const { outcomes } = await run(channel, command, order);
        expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
        const after = await readOrder(channel, orderId, order);
        expect(returned(after)).toEqual(extra.shop);
        expect(refundableOf(after).get(lineIdOf(order, "MUG-01"))).toBe(3);
      });

      it("are refused for more than was paid, and nothing happens", async () => {
        const { orderId, order } = await place();
        const { total } = order.head.totals;
        const extra = addBags(total, sameMoney("100.00", total.shop.currency));
        const command = refundCommand(order, { ...NOTHING, extra, amount: extra });
        if (supportOf("REFUND_ARBITRARY_AMOUNT") === "NONE") return;
        // Where it can be seen from the order, it is refused before anything is sent.
        const steps = () => channel.plan(command, order);
        if (refusesPlan(steps)) return expect(booked(orderId)).toEqual([]);
        const outcome = await perform(channel, steps()[0] as Step, orderId);
        expect(outcome).toMatchObject({ kind: "refused" });
        expect(booked(orderId)).toEqual([]);
      });

      it("move money once, however often one step is sent", async () => {
        const { orderId, order } = await place();
        const step = onlyStep(await refundOf(channel, order, { "MUG-01": 1 }), order);
        const call = again(step, orderId);
        expect((await channel.perform(call())).kind).toBe("done");
        expect((await channel.perform(call())).kind).toBe("done");
        expect(booked(orderId)).toHaveLength(1);
      });

      it("are unknown when the answer never comes; a look finds what was done, and money moves once", async () => {
        const { orderId, order } = await place();
        const step = onlyStep(await refundOf(channel, order, { "MUG-01": 1 }), order);
        const call = again(step, orderId);
        await addFault(shop, { kind: "timeout-after", match: moneyCall(orderId) });
        const outcome = await channel.perform({ ...call(), signal: untilAnswerIsLost(shop) });
        expect(outcome).toMatchObject({ kind: "unknown", error: { mayHaveHappened: true } });
        await clearFaults(shop);
        expect(booked(orderId)).toHaveLength(1);
        const [found] = present((await readOrder(channel, orderId)).refunds);
        expect(found?.marker).toBe(call().marker);
        expect((await channel.perform(call())).kind).toBe("done");
        expect(booked(orderId)).toHaveLength(1);
      });

      it("are unknown when the shop fails in the middle", async () => {
        const { orderId, order } = await place();
        const step = onlyStep(await refundOf(channel, order, { "MUG-01": 1 }), order);
        await addFault(shop, { kind: "500", match: moneyCall(orderId) });
        const outcome = await perform(channel, step, orderId);
        expect(outcome.kind).toBe("unknown");
      });

      it("put goods back into the stock where the platform can, and only when asked", async () => {
        const { orderId, order } = await place();
        const mugs = () => shop.view(orderId)?.stock?.["MUG-01"] ?? Number.NaN;
        const before = mugs();
        await run(channel, await refundOf(channel, order, { "MUG-01": 1 }), order);
        expect(mugs()).toBe(before);
        if (supportOf("REFUND_RESTOCK") === "NONE") return;
        const partly = await readOrder(channel, orderId, order);
        const { outcomes } = await run(
          channel,
          await refundOf(channel, partly, { "MUG-01": 2 }, { restock: true }),
          partly,
        );
        expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
        expect(mugs()).toBe(before + 2);
      });

      it("that the shop makes itself come in with their pieces", async () => {
        const { orderId, order } = await place();
        await shop.acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
        const snapshot = (await channel.read({ nativeId: orderId })) ?? expect.fail("gone");
        checkSnapshot(snapshot);
        const after = await readOrder(channel, orderId, order);
        expect(present(after.refunds)).toMatchObject([
          { commandId: null, lines: [{ lineId: lineIdOf(order, "MUG-01"), quantity: 1 }] },
        ]);
      });

      it("say in a step's summary what is given back, and never who gets it", async () => {
        const { order } = await place({ email: "ada.lovelace@example.com" });
        const command = await refundOf(channel, order, { "MUG-01": 1 });
        const { summary } = onlyStep(command, order);
        expect(summary).toContain(String(Number(command.refund.amount.shop.amount)));
        expect(summary).not.toMatch(/ada|lovelace/i);
      });
    });

    it("calls a paid order off and gives its money back", async () => {
      const { orderId, order } = await place();
      const { refund } = await refundOf(
        channel,
        order,
        { "MUG-01": 3, "TEE-M": 1 },
        { shipping: true },
      );
      const command: OrderCancel = {
        type: "ORDER_CANCEL",
        orderId: order.id,
        notifyCustomer: false,
        reason: "CUSTOMER",
        restock: true,
        refund,
      };
      const { outcomes } = await run(channel, command, order);
      expect([...new Set(outcomes.map(({ kind }) => kind))]).toEqual(["done"]);
      const after = await readOrder(channel, orderId, order);
      const { totals, statuses, byLine } = derive(after);
      expect(compareMoney(totals.refunded.shop, totals.captured.shop)).toBe(0);
      expect(statuses.PAYMENT).toBe("REFUNDED");
      expect([...byLine.values()].every(({ fulfillable }) => fulfillable === 0)).toBe(true);
    });

    describe("what is written on an order", () => {
      it("can be a note for the shop's staff, written once", async () => {
        if (supportOf("ORDER_NOTE") === "NONE") return;
        const { orderId, order } = await place();
        const [step] = channel.plan(
          {
            type: "ORDER_NOTE_ADD",
            orderId: order.id,
            notifyCustomer: null,
            text: "Fragile: wrap it twice",
            pushToChannel: true,
          },
          order,
        );
        const call = again(step ?? expect.fail("no step"), orderId);
        const writes = () => shop.calls().filter(({ name }) => !/^(GET|query)/.test(name)).length;
        expect((await channel.perform(call())).kind).toBe("done");
        const before = writes();
        expect((await channel.perform(call())).kind).toBe("done");
        expect(writes()).toBe(before);
      });

      it("can be another address to ship to", async () => {
        const { orderId, order } = await place();
        const shippingAddress = {
          name: "Grace Hopper",
          company: null,
          line1: "Kanaalweg 7",
          line2: "2nd floor",
          city: "Utrecht",
          region: null,
          regionCode: null,
          postalCode: "3526 KL",
          country: "NL",
          phone: "+31302000000",
        };
        const command = {
          type: "ORDER_ADDRESS_UPDATE",
          orderId: order.id,
          notifyCustomer: null,
          shippingAddress,
        } as const;
        if (supportOf("ORDER_ADDRESS_UPDATE") === "NONE")
          return expect(() => channel.plan(command, order)).toThrow(
            expect.objectContaining({ code: "CAPABILITY_NOT_SUPPORTED" }),
          );
        const { outcomes } = await run(channel, command, order);
        expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
        const after = await readOrder(channel, orderId, order);
        const { name, line1, city, postalCode, country } = shippingAddress;
        expect(after.head.shippingAddress).toMatchObject({
          name,
          line1,
          city,
          postalCode,
          country,
        });
      });
    });
  },
);

function refusesPlan(plan: () => Step[]): boolean {
  try {
    plan();
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: "AMOUNT_EXCEEDS_REFUNDABLE" });
    return true;
  }
}

/** The same call as often as it is asked for: one marker, one key. */
function again(step: Step, orderId: string) {
  const [marker, key] = [randomUUID().replaceAll("-", "").slice(0, 22), randomUUID()];
  return () => ({
    step,
    marker,
    key,
    order: { nativeId: orderId },
    signal: AbortSignal.timeout(20_000),
  });
}
