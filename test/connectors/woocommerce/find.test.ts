import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { woocommerce } from "../../../src/connectors/woocommerce/index.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../src/connectors/woocommerce/simulator/index.js";
import type { Channel, Finding } from "../../../src/domain/channel.js";
import type { Command, Step } from "../../../src/domain/command.js";
import type { Order } from "../../../src/domain/order.js";
import { present } from "../../../src/domain/part.js";
import {
  addFault,
  clearFaults,
  connect,
  perform,
  placeMugs,
  run,
  shipCommand,
  tracked,
} from "../bench.js";
import { untilAnswerIsLost } from "../lost-answer.js";
import { restOf } from "./open.js";

type Dialect = "core" | "shipment-tracking" | "ast" | "none";

/** A step to be lost, with what its write is called in the shop's list of calls. */
interface Lost {
  name: string;
  dialects: Dialect[];
  match: string;
  /** The command, on an order that the case prepares itself. */
  make: (channel: Channel, shop: SimulatedWooCommerce) => Promise<{ order: Order; step: Step }>;
}

const TRACKINGS: Dialect[] = ["shipment-tracking", "ast"];
const base = (order: Order) => ({ orderId: order.id, notifyCustomer: null });

async function planned(
  channel: Channel,
  shop: SimulatedWooCommerce,
  wish: (order: Order) => Command,
  kind: Step["kind"],
) {
  const { order } = await placeMugs(shop, channel);
  const step = channel.plan(wish(order), order).find((each) => each.kind === kind);
  return { order, step: step ?? expect.fail(`no step ${kind}`) };
}

/** The same after the order was shipped with tracking 1ZA. */
async function onShipped(
  channel: Channel,
  shop: SimulatedWooCommerce,
  wish: (order: Order, fulfillmentId: string) => Command,
  at: number,
) {
  const { order } = await placeMugs(shop, channel);
  const shipped = await run(channel, shipCommand(order, null, [tracked("1ZA")]), order);
  const id = present(shipped.order.fulfillments)[0]?.id ?? "";
  const step = channel.plan(wish(shipped.order, id), shipped.order)[at];
  return { order: shipped.order, step: step ?? expect.fail(`no step ${at}`) };
}

const tracking = (order: Order, fulfillmentId: string): Command => ({
  ...base(order),
  type: "FULFILLMENT_TRACKING_UPDATE",
  fulfillmentId,
  packages: [tracked("1ZB")],
  replace: true,
});
const cancelShipment = (order: Order, fulfillmentId: string): Command => ({
  ...base(order),
  type: "FULFILLMENT_CANCEL",
  fulfillmentId,
  reason: null,
});

const cases: Lost[] = [
  {
    name: "a fulfillment",
    dialects: ["core"],
    match: "POST /wp-json",
    make: (channel, shop) =>
      planned(channel, shop, (order) => shipCommand(order, null), "FULFILLMENT_CREATE"),
  },
  {
    name: "a parcel",
    dialects: TRACKINGS,
    match: "POST /wp-json",
    make: (channel, shop) =>
      planned(
        channel,
        shop,
        (order) => shipCommand(order, null, [tracked("1ZLOST")]),
        "FULFILLMENT_CREATE",
      ),
  },
  {
    name: "new tracking of a fulfillment",
    dialects: ["core"],
    match: "PUT /wp-json",
    make: (channel, shop) => onShipped(channel, shop, tracking, 0),
  },
  {
    name: "a new tracking",
    dialects: TRACKINGS,
    match: "POST /wp-json",
    make: (channel, shop) => onShipped(channel, shop, tracking, 0),
  },
  {
    name: "a shipment taken back",
    dialects: ["core", ...TRACKINGS],
    match: "DELETE /wp-json",
    make: (channel, shop) => onShipped(channel, shop, cancelShipment, 0),
  },
  {
    name: "a cancellation",
    dialects: ["core"],
    match: "PUT /wp-json",
    make: (channel, shop) =>
      planned(
        channel,
        shop,
        (order) => ({
          ...base(order),
          type: "ORDER_CANCEL",
          reason: "OTHER",
          restock: true,
          refund: null,
        }),
        "ORDER_CANCEL",
      ),
  },
  {
    name: "a note",
    dialects: ["core"],
    match: "POST /wp-json",
    make: (channel, shop) =>
      planned(
        channel,
        shop,
        (order) => ({
          ...base(order),
          type: "ORDER_NOTE_ADD",
          text: "Ring twice",
          pushToChannel: true,
        }),
        "ORDER_NOTE_ADD",
      ),
  },
  {
    name: "a status",
    dialects: ["none"],
    match: "PUT /wp-json",
    make: (channel, shop) =>
      planned(channel, shop, (order) => shipCommand(order, null), "ORDER_STATUS"),
  },
  {
    name: "an address",
    dialects: ["core"],
    match: "PUT /wp-json",
    make: (channel, shop) =>
      planned(
        channel,
        shop,
        (order) => ({
          ...base(order),
          type: "ORDER_ADDRESS_UPDATE",
          shippingAddress: {
            name: "Ada Byron",
            company: null,
            line1: "9 New Street",
            line2: null,
            city: "Salem",
            region: "OR",
            regionCode: "OR",
            postalCode: "97301",
            country: "US",
            phone: null,
          },
        }),
        "ORDER_ADDRESS_UPDATE",
      ),
  },
  {
    name: "a refund",
    dialects: ["core"],
    match: "POST /wp-json",
    make: (channel, shop) =>
      planned(
        channel,
        shop,
        (order) => {
          const currency = order.head.totals.total.shop.currency;
          const bag = {
            shop: { amount: "5.00", currency },
            presentment: { amount: "5.00", currency },
          };
          return {
            ...base(order),
            type: "REFUND_CREATE",
            toStoreCredit: false,
            refund: {
              returnId: null,
              lines: [],
              shipping: null,
              extra: bag,
              amount: bag,
              reason: "goodwill",
            },
          };
        },
        "REFUND_CREATE",
      ),
  },
];

describe.each(["core", "shipment-tracking", "ast", "none"] as const)(
  "a step of which no answer came, in a shop with fulfillments: %s",
  (fulfillments) => {
    let shop: SimulatedWooCommerce;
    let channel: Channel;
    beforeAll(async () => {
      shop = await startWooCommerce({ orders: 0, plan: "wide", fulfillments });
      ({ channel } = await connect(woocommerce, shop.settings));
    });
    afterEach(() => clearFaults(shop));
    afterAll(() => shop.stop());

    const marker = "MarkerMarkerMarker0009";
    const find = (order: Order, step: Step): Promise<Finding> => {
      const signal = AbortSignal.timeout(20_000);
      const call = { step, marker, key: "", order: { nativeId: order.nativeId }, signal };
      return channel.find?.(call) ?? expect.fail("it looks for nothing");
    };
    const lose = async (order: Order, step: Step) => {
      const signal = untilAnswerIsLost(shop);
      const outcome = await perform(channel, step, order.nativeId, { marker, signal });
      expect(outcome.kind).toBe("unknown");
    };

    describe.each(cases.filter(({ dialects }) => dialects.includes(fulfillments)))(
      "$name",
      ({ match, make }) => {
        it("is found where it was done, absent where it never came, and found once it came late", async () => {
          const done = await make(channel, shop);
          expect(await find(done.order, done.step)).toEqual({ kind: "absent" });
          await addFault(shop, { kind: "timeout-after", match, count: 1 });
          await lose(done.order, done.step);
          const found = await find(done.order, done.step);
          expect(found).toMatchObject({ kind: "found", times: 1 });

          const never = await make(channel, shop);
          await addFault(shop, { kind: "timeout-before", match, count: 1 });
          await lose(never.order, never.step);
          expect(await find(never.order, never.step)).toEqual({ kind: "absent" });

          const late = await make(channel, shop);
          await addFault(shop, { kind: "late", match, count: 1 });
          await lose(late.order, late.step);
          expect(await find(late.order, late.step)).toEqual({ kind: "absent" });
          await fetch(`${shop.url}/_late`, { method: "POST" });
          expect(await find(late.order, late.step)).toMatchObject({ kind: "found", times: 1 });
        });
      },
    );

    it("is unclear while the shop does not answer, and where the order is gone", async () => {
      const { order } = await placeMugs(shop, channel);
      const [step] = channel.plan(
        { ...base(order), type: "ORDER_NOTE_ADD", text: "Ring", pushToChannel: true },
        order,
      );
      if (!step) return expect.fail("no step");
      await addFault(shop, { kind: "500", match: "/notes" });
      expect(await find(order, step)).toMatchObject({
        kind: "unclear",
        error: { message: expect.stringContaining("500") },
      });
      await clearFaults(shop);
      await shop.acts.deleteOrder(order.nativeId);
      expect(await find(order, step)).toMatchObject({
        kind: "unclear",
        error: { code: "NOT_FOUND" },
      });
    });

    it("is told as often as its token stands there", async () => {
      const { order, step } = await planned(
        channel,
        shop,
        (it) => ({ ...base(it), type: "ORDER_NOTE_ADD", text: "Ring", pushToChannel: true }),
        "ORDER_NOTE_ADD",
      );
      const path = `/wc/v3/orders/${order.nativeId}/notes`;
      const body = { note: `Ring (ref ${marker})` };
      for (const _ of ["once", "twice"]) await restOf(shop).call({ method: "POST", path, body });
      expect(await find(order, step)).toMatchObject({ kind: "found", times: 2 });
    });
  },
);

describe("a refund that looks like the one that was sent", () => {
  it("leaves it unclear whether that is it, as long as it bears no token", async () => {
    const shop = await startWooCommerce({ orders: 0 });
    try {
      const { channel } = await connect(woocommerce, shop.settings);
      const refund = cases.find(({ name }) => name === "a refund");
      const { order, step } = (await refund?.make(channel, shop)) ?? expect.fail("no case");
      await shop.acts.refund(order.nativeId, { amount: "5.00" });
      const signal = AbortSignal.timeout(20_000);
      const call = { step, marker: "x".repeat(22), key: "", order, signal };
      expect(await channel.find?.(call)).toMatchObject({
        kind: "unclear",
        error: { code: "ALREADY_IN_STATE" },
      });
    } finally {
      await shop.stop();
    }
  });
});
