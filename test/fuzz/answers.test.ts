import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectors } from "../../src/connectors/index.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { type SimulatorName, simulators } from "../../src/connectors/simulators.js";
import { worded } from "../../src/connectors/wording.js";
import type { Channel, Outcome } from "../../src/domain/channel.js";
import type { Command } from "../../src/domain/command.js";
import { ChannelError } from "../../src/domain/errors.js";
import type { Order } from "../../src/domain/order.js";
import { shapeOrder } from "../../src/domain/shape.js";
import { connect, orderOf, perform, pulled, readOrder, shipCommand } from "../connectors/bench.js";
import { seed } from "./seed.js";
import { type Spoiling, spoilings } from "./spoil.js";

/**
 * Whatever a shop answers, its connector says what is wrong in an error for people, takes no order for gone, and claims of
 * a write only what is certain.
 */
const RUNS = 40;
/** Which answers are spoiled: the one of this number, or all from it on. */
interface Trouble {
  from: number;
  lasting: boolean;
  spoiling: Spoiling;
}
const troubles: fc.Arbitrary<Trouble> = fc.record({
  from: fc.integer({ min: 0, max: 4 }),
  lasting: fc.boolean(),
  spoiling: spoilings,
});

describe.each(connectors.map((connector) => [connector.name, connector] as const))(
  "%s, when its answers are spoiled,",
  (_, connector) => {
    let shop: SimulatedShop;
    let channel: Channel;
    let trouble: Trouble | null = null;
    let answers = 0;
    let ids: string[];

    const spoiling: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      const number = answers++;
      if (!trouble || number < trouble.from || (number > trouble.from && !trouble.lasting))
        return answer;
      const body = trouble.spoiling.spoil(Buffer.from(await answer.arrayBuffer()));
      const { status, headers } = answer;
      const empty = status === 204 || status === 304;
      return new Response(empty ? null : new Uint8Array(body), { status, headers });
    };
    /** What comes of some work while answers are spoiled. */
    async function within<T>(given: Trouble, work: () => Promise<T>): Promise<T | ChannelError> {
      trouble = given;
      answers = 0;
      try {
        return await work();
      } catch (error) {
        expect(error, String(error)).toBeInstanceOf(ChannelError);
        return error as ChannelError;
      } finally {
        trouble = null;
      }
    }
    const checkError = (error: ChannelError) => {
      expect(error.message).toContain(connector.name);
      expect(error.message.length).toBeGreaterThan(20);
      expect(error.message.length).toBeLessThan(1_000);
    };

    beforeAll(async () => {
      const start = simulators[connector.platform.toLowerCase() as SimulatorName];
      shop = await start({ orders: 12, plan: "wide", relaxedDelivery: true });
      ({ channel } = await connect(worded(connector), shop.settings, { fetch: spoiling }));
      ids = (await pulled(channel)).flatMap((page) =>
        page.snapshots.map(({ ref }) => ref.nativeId),
      );
    });
    afterAll(() => shop.stop());

    it("takes no order for gone, and reads it whole as soon as the shop answers well", async () => {
      await fc.assert(
        fc.asyncProperty(troubles, fc.nat(), async (given, pick) => {
          const nativeId = ids[pick % ids.length] as string;
          const read = await within(given, () => channel.read({ nativeId }));
          // Null in the place of an order is how a shop says that it is gone.
          if (!given.spoiling.what.startsWith("null at"))
            expect(read, given.spoiling.what).not.toBeNull();
          if (read instanceof ChannelError) checkError(read);
          else if (read?.head) shapeOrder(orderOf(read));
          expect((await readOrder(channel, nativeId)).lines.length).toBeGreaterThan(0);
        }),
        { numRuns: RUNS, seed },
      );
    }, 60_000);

    it("loses no order of a list without a word", async () => {
      await fc.assert(
        fc.asyncProperty(troubles, async (given) => {
          const pages = await within(given, () => pulled(channel));
          if (pages instanceof ChannelError) return checkError(pages);
          for (const { reason } of pages.flatMap((page) => page.unreadable))
            expect(reason.length).toBeGreaterThan(10);
          for (const snapshot of pages.flatMap((page) => page.snapshots))
            if (snapshot.head) shapeOrder(orderOf(snapshot));
          if (TELLS_OF_NOTHING.test(given.spoiling.what)) return;
          const found = pages.flatMap((page) => [...page.snapshots, ...page.unreadable]);
          expect(found.length, given.spoiling.what).toBeGreaterThanOrEqual(ids.length);
        }),
        { numRuns: RUNS / 2, seed },
      );
    }, 60_000);

    const writes: [what: string, wish: (order: Order) => Command, done: (id: string) => number][] =
      [
        [
          "shipped",
          (order) => shipCommand(order, { "MUG-01": 1 }),
          (id) => shop.view(id)?.shipments.length ?? 0,
        ],
        ["paid back", (order) => refundCommand(order), (id) => shop.view(id)?.refunds.length ?? 0],
      ];
    it.each(writes)(
      "says of what is %s nothing but what is certain",
      async (_what, wish, done) => {
        await fc.assert(
          fc.asyncProperty(troubles, async (given) => {
            const { orderId } = await shop.acts.placeOrder({
              lines: [{ sku: "MUG-01", quantity: 2 }],
              paid: true,
            });
            const order = await readOrder(channel, orderId);
            const outcomes: Outcome[] = [];
            for (const step of channel.plan(wish(order), order)) {
              const outcome = await within(given, () => perform(channel, step, orderId));
              if (outcome instanceof ChannelError) return expect.fail("perform threw");
              outcomes.push(outcome);
              if (outcome.kind !== "done") break;
            }
            const last = outcomes.at(-1);
            if (last?.kind === "refused")
              expect(done(orderId), "it was said to be refused").toBe(0);
            if (last?.kind === "done") expect(done(orderId), "it was said to be done").toBe(1);
            expect(done(orderId)).toBeLessThanOrEqual(1);
            if (last && last.kind !== "done") checkError(last.error);
          }),
          { numRuns: RUNS / 2, seed },
        );
      },
      60_000,
    );
  },
);

/** What looks like a whole answer about nothing, or changes what a list says of itself. */
const TELLS_OF_NOTHING = /nothing|values/;

/** Money for one mug, by hand where the shop cannot send it. */
function refundCommand(order: Order): Command {
  const line = order.lines[0] ?? expect.fail("no line");
  const { shop, presentment } = line.unitPrice;
  const amount = { shop, presentment };
  return {
    type: "REFUND_CREATE",
    orderId: order.id,
    notifyCustomer: false,
    toStoreCredit: false,
    refund: {
      returnId: null,
      lines: [
        { lineId: line.id, quantity: 1, amount, fixed: false, restock: false, locationId: null },
      ],
      shipping: null,
      extra: null,
      amount,
      reason: "spoiled",
    },
  };
}
