import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { connectors } from "../../src/connectors/index.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { type SimulatorName, simulators } from "../../src/connectors/simulators.js";
import type { Channel, ChannelOperation, Finding } from "../../src/domain/channel.js";
import { type Command, isKept, type Step, type StepCall } from "../../src/domain/command.js";
import type { Order } from "../../src/domain/order.js";
import { present } from "../../src/domain/part.js";
import { instant } from "../../src/domain/time.js";
import {
  addFault,
  clearFaults,
  connect,
  happenLate,
  perform,
  readOrder,
  run,
  shipCommand,
  tracked,
} from "./bench.js";
import { untilAnswerIsLost } from "./lost-answer.js";
import { refundOf } from "./refund-wish.js";

/** What a shop's own list calls its writes; a refund's in full, since some ask for prices in the same way. */
const WRITES: Record<string, { any: string[]; refund: (orderId: string) => string }> = {
  SHOPIFY: { any: ["mutation"], refund: () => "mutation RefundCreate" },
  WOOCOMMERCE: {
    any: ["POST", "PUT", "DELETE"],
    refund: (orderId) => `POST /wp-json/wc/v3/orders/${orderId}/refunds`,
  },
  MAGENTO: { any: ["POST", "PUT", "DELETE"], refund: () => "/refund" },
  BIGCOMMERCE: {
    any: ["POST", "PUT", "DELETE"],
    refund: (orderId) => `POST /v3/orders/${orderId}/payment_actions/refunds`,
  },
};

/** Platforms that cancel no order once its money came in. */
const cancelsUnpaidOnly: ReadonlySet<string> = new Set(["MAGENTO"]);

/** Of a refund through a gateway Magento's own books never prove that none was made. */
const cannotDenyRefunds: ReadonlySet<string> = new Set(["MAGENTO"]);
/** Platforms that take several calls for one step: where the first was done, the step is not yet, and sending it again does the rest. */
const severalCalls: ReadonlySet<string> = new Set(["MAGENTO FULFILLMENT_TRACKING_UPDATE"]);

interface Trial {
  operation: ChannelOperation;
  /** Whether the order is shipped with tracking first. */
  shipped?: boolean;
  command: (order: Order, channel: Channel) => Command | Promise<Command>;
}
const address = {
  name: "Ada Maria Rivers",
  company: null,
  line1: "1 New Street",
  line2: null,
  city: "Austin",
  region: "Texas",
  regionCode: "TX",
  postalCode: "78701",
  country: "US",
  phone: "+1 512 555 0100",
};
const base = (order: Order) => ({ orderId: order.id, notifyCustomer: false });
const shipmentIdOf = (order: Order) =>
  present(order.fulfillments)[0]?.id ?? expect.fail("no shipment");

/** One of each kind of step that platforms are sent. */
const TRIALS: Record<string, Trial> = {
  "a shipment": {
    operation: "FULFILLMENT_CREATE",
    command: (order) => shipCommand(order, { "MUG-01": 2 }, [tracked("1ZFIND")]),
  },
  "another tracking number": {
    operation: "FULFILLMENT_TRACKING_UPDATE",
    shipped: true,
    command: (order) => ({
      ...base(order),
      type: "FULFILLMENT_TRACKING_UPDATE",
      fulfillmentId: shipmentIdOf(order),
      packages: [tracked("1ZOTHER")],
      replace: true,
    }),
  },
  "a shipment taken back": {
    operation: "FULFILLMENT_CANCEL",
    shipped: true,
    command: (order) => ({
      ...base(order),
      type: "FULFILLMENT_CANCEL",
      fulfillmentId: shipmentIdOf(order),
      reason: null,
    }),
  },
  "a note": {
    operation: "ORDER_NOTE",
    command: (order) => ({
      ...base(order),
      type: "ORDER_NOTE_ADD",
      text: "Call first",
      pushToChannel: true,
    }),
  },
  "another address": {
    operation: "ORDER_ADDRESS_UPDATE",
    command: (order) => ({
      ...base(order),
      type: "ORDER_ADDRESS_UPDATE",
      shippingAddress: address,
    }),
  },
  "a cancellation": {
    operation: "ORDER_CANCEL",
    command: (order) => ({
      ...base(order),
      type: "ORDER_CANCEL",
      reason: "CUSTOMER",
      restock: true,
      refund: null,
    }),
  },
  "a refund": {
    operation: "REFUND_LINES",
    command: (order, channel) => refundOf(channel, order, { "MUG-01": 1 }),
  },
};

it("every registered platform is held against this list", () => {
  expect(connectors.map(({ platform }) => WRITES[platform])).not.toContain(undefined);
});

describe.each(connectors.map((connector) => [connector.name, connector] as const))(
  "%s, asked whether a step happened of which no answer came:",
  (_, connector) => {
    const writes = WRITES[connector.platform] ?? expect.fail(connector.platform);
    let shop: SimulatedShop;
    let channel: Channel;
    beforeAll(async () => {
      const start = simulators[connector.platform.toLowerCase() as SimulatorName];
      shop = await start({ orders: 2, plan: "wide", relaxedDelivery: true });
      ({ channel } = await connect(connector, shop.settings));
    });
    afterEach(() => clearFaults(shop));
    afterAll(() => shop.stop());

    const supports = (wanted: ChannelOperation) =>
      channel.capabilities.some(
        ({ operation, support }) => operation === wanted && support !== "NONE",
      );

    /** The first call of a command that is sent to the shop, on an order of its own; null where none is. */
    async function callOf({ operation, shipped, command }: Trial): Promise<StepCall | null> {
      if (!supports(operation)) return null;
      const paid = operation !== "ORDER_CANCEL" || !cancelsUnpaidOnly.has(connector.platform);
      const lines = [
        { sku: "MUG-01", quantity: 3 },
        { sku: "TEE-M", quantity: 1 },
      ];
      const { orderId } = await shop.acts.placeOrder({ lines, paid });
      let order = await readOrder(channel, orderId);
      if (shipped) {
        const ship = shipCommand(order, null, [tracked("1ZFIRST")]);
        ({ order } = await run(channel, ship, order));
      }
      const steps = channel.plan(await command(order, channel), order);
      const step = steps.find(({ kind }) => !isKept(kind));
      if (!step) return null;
      const marker = randomUUID().replaceAll("-", "").slice(0, 22);
      const signal = AbortSignal.timeout(20_000);
      return { step, marker, key: randomUUID(), order: { nativeId: orderId }, signal };
    }

    /** Sends a step under a fault that keeps its answer back, which must leave it unknown. */
    async function sendLost(call: StepCall, kind: "timeout-before" | "timeout-after" | "late") {
      const matches = isRefund(call.step) ? [writes.refund(call.order.nativeId)] : writes.any;
      for (const match of matches) await addFault(shop, { kind, match, count: 1 });
      const sentAt = instant(new Date());
      const signal = untilAnswerIsLost(shop);
      const { step, marker, order } = call;
      const outcome = await perform(channel, step, order.nativeId, { marker, signal });
      expect(outcome.kind).toBe("unknown");
      await clearFaults(shop);
      return (): Promise<Finding> =>
        channel.find?.({ ...call, sentAt }) ?? expect.fail("it cannot look");
    }
    function expectNot({ step }: StepCall, finding: Finding): void {
      const kind =
        isRefund(step) && cannotDenyRefunds.has(connector.platform) ? "unclear" : "absent";
      expect(finding.kind).toBe(kind);
    }
    /** Some shops only take a job on, and are done a moment later. */
    async function expectDone(call: StepCall, find: () => Promise<Finding>): Promise<void> {
      if (severalCalls.has(`${connector.platform} ${call.step.kind}`)) {
        expect(await find()).toEqual({ kind: "absent" });
        const { step, marker, order } = call;
        expect((await perform(channel, step, order.nativeId, { marker })).kind).toBe("done");
      }
      await vi.waitFor(async () => expect(await find()).toMatchObject({ kind: "found", times: 1 }));
    }
    const isRefund = ({ kind }: Step) => kind === "REFUND_CREATE";

    describe.each(Object.entries(TRIALS))("%s", (_name, trial) => {
      it("is found where the shop did it, once", async () => {
        const call = await callOf(trial);
        if (!call) return expect(supports(trial.operation) && !trial.shipped).toBe(false);
        const find = await sendLost(call, "timeout-after");
        await expectDone(call, find);
        expect(await find()).toMatchObject({ kind: "found", times: 1 });
      });

      it("is absent where the shop never heard of it, and looking changes nothing", async () => {
        const call = await callOf(trial);
        if (!call) return expect(supports(trial.operation) && !trial.shipped).toBe(false);
        const before = JSON.stringify(shop.view(call.order.nativeId));
        const find = await sendLost(call, "timeout-before");
        for (let look = 0; look < 2; look += 1) expectNot(call, await find());
        expect(JSON.stringify(shop.view(call.order.nativeId))).toBe(before);
        const { step, marker, order } = call;
        expect((await perform(channel, step, order.nativeId, { marker })).kind).toBe("done");
      });

      it("is absent before the shop comes to it, and found after", async () => {
        const call = await callOf(trial);
        if (!call) return expect(supports(trial.operation) && !trial.shipped).toBe(false);
        const find = await sendLost(call, "late");
        expectNot(call, await find());
        expect(await happenLate(shop)).toBe(1);
        await expectDone(call, find);
      });
    });

    it("says how long the shop may take", () => {
      expect(channel.settleMs).toBeGreaterThan(0);
    });
  },
);
