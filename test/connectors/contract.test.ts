// One list of behaviours that every platform is held against, in one place so that it can be read as one; hence its length.
import Big from "big.js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { connectors } from "../../src/connectors/index.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { type SimulatorName, simulators } from "../../src/connectors/simulators.js";
import type { Channel, ChannelOperation, Connector, Probe } from "../../src/domain/channel.js";
import { isKept } from "../../src/domain/command.js";
import { ChannelError } from "../../src/domain/errors.js";
import { present } from "../../src/domain/part.js";
import {
  addFault,
  clearFaults,
  connect,
  type Inbox,
  idsOf,
  lineIdOf,
  openInbox,
  perform,
  pulled,
  readOrder,
  run,
  shipCommand,
  tracked,
} from "./bench.js";
import { checkSnapshot } from "./invariants.js";
import { untilAnswerIsLost } from "./lost-answer.js";

/** What this list knows of single platforms: what their writes are called in a shop's own list of calls. */
const writes: Record<string, string> = {
  SHOPIFY: "mutation",
  WOOCOMMERCE: "POST /wp-json",
  MAGENTO: "POST /rest/V1",
  BIGCOMMERCE: "POST /v2",
};

const startOf = (platform: string) => simulators[platform.toLowerCase() as SimulatorName];

/** Platforms that cancel no order once its money came in. */
const cancelsUnpaidOnly: ReadonlySet<string> = new Set(["MAGENTO"]);

const orderCount = 120;

it("every registered platform has a simulated shop to be held against", () => {
  expect(connectors.map(({ platform }) => platform.toLowerCase()).sort()).toEqual(
    Object.keys(simulators).sort(),
  );
  expect(connectors.map(({ platform }) => writes[platform])).not.toContain(undefined);
});

describe.each(connectors.map((connector) => [connector.name, connector] as const))(
  "%s",
  (_, connector) => {
    let shop: SimulatedShop;
    let channel: Channel;
    let probe: Probe;
    beforeAll(async () => {
      shop = await startOf(connector.platform)({
        orders: orderCount,
        plan: "wide",
        relaxedDelivery: true,
      });
      ({ channel, probe } = await connect(connector, shop.settings));
    });
    afterEach(() => clearFaults(shop));
    afterAll(() => shop.stop());

    /** Whether the platform can do it at all. What it cannot is tested as well: it says so and does nothing. */
    const offers = (wanted: ChannelOperation) =>
      connector.capabilities.some(
        ({ operation, support }) => operation === wanted && support !== "NONE",
      );
    const place = async (mugs = 3, paid = true) => {
      const lines = [
        { sku: "MUG-01", quantity: mugs },
        { sku: "TEE-M", quantity: 1 },
      ];
      const { orderId } = await shop.acts.placeOrder({ lines, paid });
      return { orderId, order: await readOrder(channel, orderId) };
    };
    const living = (orderId: string) =>
      (shop.view(orderId)?.shipments ?? []).filter((shipment) => !shipment.canceled);

    describe("connecting", () => {
      it("finds out who the shop is and what it can do", () => {
        expect(probe.shopName).not.toBe("");
        expect(probe.currency).toMatch(/^[A-Z]{3}$/);
        expect(() => new Intl.DateTimeFormat("en", { timeZone: probe.timezone })).not.toThrow();
        expect(probe.capabilities.filter(({ granted }) => !granted)).toEqual([]);
        expect(JSON.parse(JSON.stringify(probe.findings))).toEqual(probe.findings);
        const operations = probe.capabilities.map(({ operation }) => operation);
        expect(new Set(operations).size).toBe(operations.length);
      });

      it("refuses a wrong secret, names the remedy and never the secret", async () => {
        const wrong = wrongSecrets(connector, shop.settings);
        const error = await connect(connector, wrong).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(ChannelError);
        expect((error as ChannelError).retryable).toBe(false);
        expect((error as Error).message.length).toBeGreaterThan(40);
        for (const secret of secretsOf(connector, { ...shop.settings, ...wrong }))
          expect((error as Error).message).not.toContain(secret);
      });

      it("names every setting that is wrong, without calling anybody", () => {
        const before = shop.calls().length;
        expect(() =>
          connector.open({ nonsense: 1 }, { webhookSecret: "x", probe: null, fetch }),
        ).toThrow(/settings/i);
        expect(shop.calls()).toHaveLength(before);
      });

      it("describes its settings so that a form can be made of them", () => {
        const properties = connector.settings.properties as Record<string, Record<string, unknown>>;
        for (const property of Object.values(properties)) {
          expect(property.title).toEqual(expect.any(String));
          expect(property.description).toEqual(expect.any(String));
        }
        expect(secretsOf(connector, shop.settings).length).toBeGreaterThan(0);
      });
    });

    describe("reading", () => {
      it("pulls every order once, newest first, whole and sound", async () => {
        const pages = await pulled(channel);
        const ids = idsOf(pages);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeGreaterThanOrEqual(orderCount);
        expect(pages.flatMap((page) => page.unreadable)).toEqual([]);
        const snapshots = pages.flatMap((page) => page.snapshots);
        for (const snapshot of snapshots) {
          checkSnapshot(snapshot);
          expect(
            snapshot.head?.complete && snapshot.lines?.complete && snapshot.refunds?.complete,
          ).toBe(true);
          const view = shop.view(snapshot.ref.nativeId);
          expect(view?.number).toBe(snapshot.head?.value.number);
          // Some platforms lower their total by what was refunded; ours stays.
          if (view?.refunds.length === 0)
            expect(
              Big(snapshot.head?.value.totals.total.presentment.amount ?? "").eq(view.total),
            ).toBe(true);
          const sum = (amounts: string[]) =>
            amounts.reduce((all, it) => all.plus(it), Big(0)).toFixed();
          expect(sum(snapshot.refunds?.value.map((it) => it.amount.presentment.amount) ?? [])).toBe(
            sum(view?.refunds.map((it) => it.amount) ?? []),
          );
        }
        const placed = snapshots.map((it) => it.head?.value.placedAt ?? "");
        expect(placed[0] ?? "").toBe([...placed].sort().at(-1));
      });

      it("resumes a pull after any page", async () => {
        const all = idsOf(await pulled(channel));
        const first = [];
        let cursor = "";
        for await (const page of channel.pull({})) {
          first.push(...idsOf([page]));
          cursor = page.cursor;
          break;
        }
        expect(first.length).toBeLessThan(all.length);
        const rest = idsOf(await pulled(channel, { cursor }));
        expect([...first, ...rest]).toEqual(all);
      });

      it("sees by polling what changed and what came", async () => {
        const [old] = idsOf(await pulled(channel)).slice(-1);
        const { orderId } = await shop.acts.placeOrder();
        const from = new Date(Date.now() - 1000);
        const quiet = idsOf(await pulled(channel, { from }));
        await shop.acts.edit(orderId);
        const pages = await pulled(channel, { from });
        expect(idsOf(pages)).toContain(orderId);
        expect(quiet).not.toContain(old);
        for (const snapshot of pages.flatMap((page) => page.snapshots)) checkSnapshot(snapshot);
      });

      it("reads one order with all its sections", async () => {
        const { orderId } = await place();
        await shop.acts.ship(orderId, {
          lines: [{ sku: "MUG-01", quantity: 1 }],
          tracking: { number: "1Z999AA10123456784", carrier: "ups" },
        });
        await shop.acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
        const snapshot = (await channel.read({ nativeId: orderId })) ?? expect.fail("it is gone");
        checkSnapshot(snapshot);
        const order = await readOrder(channel, orderId);
        const mug = lineIdOf(order, "MUG-01");
        expect(order.fulfillments).toMatchObject([
          {
            status: "SUCCESS",
            lines: [{ lineId: mug, quantity: 1 }],
            packages: [{ tracking: { number: "1Z999AA10123456784" } }],
          },
        ]);
        expect(order.refunds).toMatchObject([{ lines: [{ lineId: mug, quantity: 1 }] }]);
        expect(order.refunds[0]?.amount.presentment.amount).toBe(
          shop.view(orderId)?.refunds[0]?.amount,
        );
      });

      it("reads null for an order that was deleted for good, and for one that never was", async () => {
        const { orderId } = await place();
        await shop.acts.deleteOrder(orderId);
        expect(await channel.read({ nativeId: orderId })).toBeNull();
      });

      it("comes back by itself after a limit, and not before the shop allows", async () => {
        const { orderId } = await shop.acts.placeOrder();
        await addFault(shop, { kind: "429", count: 1 });
        const before = shop.calls().length;
        expect(await channel.read({ nativeId: orderId })).not.toBeNull();
        const [refused, next] = shop.calls().slice(before);
        expect(refused?.status).toBe(429);
        expect(Number(next?.at) - Number(refused?.at)).toBeGreaterThanOrEqual(950);
      });

      it("comes back by itself after failures of the shop", async () => {
        const { orderId } = await shop.acts.placeOrder();
        await addFault(shop, { kind: "500", count: 2 });
        expect(await channel.read({ nativeId: orderId })).not.toBeNull();
      });
    });

    const webhooks = () => {
      let inbox: Inbox;
      beforeAll(async () => {
        inbox = await openInbox();
      });
      afterAll(async () => {
        await channel.removeWebhooks(inbox.url);
        await inbox.stop();
      });

      it("are subscribed once, however often it is asked for", async () => {
        const first = await channel.ensureWebhooks(inbox.url);
        expect(first.length).toBeGreaterThan(0);
        expect(first.every(({ active }) => active)).toBe(true);
        const second = await channel.ensureWebhooks(inbox.url);
        const topics = (list: { topic: string }[]) => list.map(({ topic }) => topic).sort();
        expect(topics(second)).toEqual(topics(first));
        expect(topics(await channel.webhooks(inbox.url))).toEqual(topics(first));
        expect(await channel.webhooks(`${inbox.url}/other`)).toEqual([]);
      });

      it("tell of a new order, signed", async () => {
        const { orderId } = await shop.acts.placeOrder();
        await shop.settled();
        const receipts = inbox.deliveries.map((delivery) => channel.receive(delivery));
        expect(receipts.filter(({ kind }) => kind === "rejected" || kind === "unreadable")).toEqual(
          [],
        );
        const news = receipts.filter(
          (receipt) =>
            (receipt.kind === "snapshot" && receipt.snapshot.ref.nativeId === orderId) ||
            (receipt.kind === "hint" && receipt.ref.nativeId === orderId),
        );
        expect(news.length).toBeGreaterThan(0);
        for (const receipt of receipts)
          if (receipt.kind === "snapshot") checkSnapshot(receipt.snapshot);
      });

      it("are rejected when a byte was changed, and when nobody signed them", () => {
        const signed = inbox.deliveries.filter((delivery) =>
          ["snapshot", "hint"].includes(channel.receive(delivery).kind),
        );
        expect(signed.length).toBeGreaterThan(0);
        for (const { headers, body } of signed) {
          const altered = Buffer.from(body);
          altered[altered.length - 2] = (altered[altered.length - 2] ?? 0) ^ 1;
          expect(channel.receive({ headers, body: altered }).kind).toBe("rejected");
          expect(channel.receive({ headers: {}, body }).kind).toBe("rejected");
        }
      });

      it("have the same key when they are delivered twice", async () => {
        const before = inbox.deliveries.length;
        await addFault(shop, { kind: "webhook-double", count: 1 });
        await shop.acts.placeOrder();
        await shop.settled();
        const keys = inbox.deliveries.slice(before).flatMap((delivery) => {
          const receipt = channel.receive(delivery);
          return "dedupeKey" in receipt ? [receipt.dedupeKey] : [];
        });
        expect(keys.length).toBe(new Set(keys).size + 1);
      });

      it("never throw, whatever comes", () => {
        for (const body of ["", "{", "null", "[]", '{"id":1}', "webhook_id=1", "\u0000"])
          for (const headers of [{}, ...inbox.deliveries.slice(0, 1).map((it) => it.headers)])
            expect(["rejected", "ignored"]).toContain(
              channel.receive({ headers, body: Buffer.from(body) }).kind,
            );
      });

      it("come back when they were lost, and go when they are taken away", async () => {
        await channel.removeWebhooks(inbox.url);
        expect(await channel.webhooks(inbox.url)).toEqual([]);
        expect((await channel.ensureWebhooks(inbox.url)).length).toBeGreaterThan(0);
      });
    };
    if (offers("WEBHOOK_ORDER")) describe("webhooks", webhooks);
    else
      it("has no webhooks, says so, and takes nothing for one", async () => {
        const url = "https://gateway.example/hooks/channel_1";
        const before = shop.calls().length;
        for (const answer of [channel.ensureWebhooks(url), channel.webhooks(url)])
          expect(await answer).toEqual([]);
        await channel.removeWebhooks(url);
        expect(shop.calls()).toHaveLength(before);
        for (const body of ["", "{", "null", '{"entity_id":1}', "\u0000"])
          expect(channel.receive({ headers: {}, body: Buffer.from(body) }).kind).toBe("rejected");
      });

    describe("writing", () => {
      it("plans without calling the shop, twice the same, and leaves the order alone", async () => {
        const { order } = await place();
        const before = shop.calls().length;
        const kept = structuredClone(order);
        const command = shipCommand(order, null, [tracked("1Z1")]);
        const steps = channel.plan(command, order);
        expect(channel.plan(command, order)).toEqual(steps);
        expect(JSON.parse(JSON.stringify(steps))).toEqual(steps);
        expect(order).toEqual(kept);
        expect(shop.calls()).toHaveLength(before);
      });

      it("ships a part with tracking, and shows it at once", async () => {
        const { orderId, order } = await place();
        const command = shipCommand(order, { "MUG-01": 2 }, [tracked("1Z999AA10123456784")]);
        const { outcomes, order: after } = await run(channel, command, order);
        expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
        expect(living(orderId)).toMatchObject([
          { lines: [{ quantity: 2 }], tracking: ["1Z999AA10123456784"] },
        ]);
        expect(present(after.fulfillments)).toMatchObject([
          {
            status: "SUCCESS",
            lines: [{ lineId: lineIdOf(order, "MUG-01"), quantity: 2 }],
            packages: [{ tracking: { number: "1Z999AA10123456784", carrier: "UPS" } }],
          },
        ]);
      });

      it("ships the rest after a part, in two packages", async () => {
        const { orderId, order } = await place();
        const { order: partly } = await run(channel, shipCommand(order, { "MUG-01": 1 }), order);
        const wish = { "MUG-01": 2, "TEE-M": 1 };
        const packages = [
          tracked("1Z00000000000000A1", [{ lineId: lineIdOf(order, "MUG-01"), quantity: 2 }]),
          tracked("1Z00000000000000B2", [{ lineId: lineIdOf(order, "TEE-M"), quantity: 1 }]),
        ];
        const { outcomes } = await run(channel, shipCommand(partly, wish, packages), partly);
        expect(outcomes.every(({ kind }) => kind === "done")).toBe(true);
        const shipments = living(orderId);
        expect(shipments.flatMap(({ tracking }) => tracking).sort()).toEqual([
          "1Z00000000000000A1",
          "1Z00000000000000B2",
        ]);
        const total = shipments
          .flatMap(({ lines }) => lines)
          .reduce((sum, it) => sum + it.quantity, 0);
        expect(total).toBe(4);
      });

      it("changes the tracking of a shipment and keeps everything else of it", async () => {
        const { orderId, order } = await place();
        const first = await run(channel, shipCommand(order, null, [tracked("1ZOLD")]), order);
        const shipment = present(first.order.fulfillments)[0] ?? expect.fail("no shipment");
        const before = living(orderId)[0];
        const { outcomes, order: after } = await run(
          channel,
          {
            type: "FULFILLMENT_TRACKING_UPDATE",
            orderId: order.id,
            notifyCustomer: false,
            fulfillmentId: shipment.id,
            packages: [tracked("1ZNEW")],
            replace: true,
          },
          first.order,
        );
        expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
        expect(living(orderId)).toEqual([{ ...before, tracking: ["1ZNEW"] }]);
        const [updated] = present(after.fulfillments);
        expect(updated).toMatchObject({
          id: shipment.id,
          status: "SUCCESS",
          marker: shipment.marker,
        });
      });

      it("takes a shipment back, after which its lines can be shipped again, or says that it cannot", async () => {
        const { orderId, order } = await place();
        const first = await run(channel, shipCommand(order, null), order);
        const shipment = present(first.order.fulfillments)[0] ?? expect.fail("no shipment");
        const command = {
          type: "FULFILLMENT_CANCEL",
          orderId: order.id,
          notifyCustomer: false,
          fulfillmentId: shipment.id,
          reason: null,
        } as const;
        if (!offers("FULFILLMENT_CANCEL")) {
          expect(() => channel.plan(command, first.order)).toThrow(
            expect.objectContaining({ code: "CAPABILITY_NOT_SUPPORTED" }),
          );
          return expect(living(orderId)).toHaveLength(1);
        }
        const { outcomes, order: after } = await run(channel, command, first.order);
        // Some platforms need a second step, to put their status back.
        expect([...new Set(outcomes.map(({ kind }) => kind))]).toEqual(["done"]);
        expect(living(orderId)).toEqual([]);
        const again = await run(channel, shipCommand(after, null), after);
        expect(again.outcomes.map(({ kind }) => kind)).toEqual(["done"]);
        expect(living(orderId)).toHaveLength(1);
      });

      it("cancels an order", async () => {
        const { orderId, order } = await place(3, !cancelsUnpaidOnly.has(connector.platform));
        const { outcomes } = await run(
          channel,
          {
            type: "ORDER_CANCEL",
            orderId: order.id,
            notifyCustomer: false,
            reason: "CUSTOMER",
            restock: true,
            refund: null,
          },
          order,
        );
        expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
        expect((await readOrder(channel, orderId)).head.canceledAt).not.toBeNull();
      });

      it("keeps scans itself where the platform takes none, and sends nothing then", async () => {
        const { orderId, order } = await place();
        const shipped = await run(channel, shipCommand(order, null, [tracked("1ZSCAN")]), order);
        const shipment = present(shipped.order.fulfillments)[0] ?? expect.fail("no shipment");
        const steps = channel.plan(
          {
            type: "TRACKING_EVENT_ADD",
            orderId: order.id,
            notifyCustomer: null,
            fulfillmentId: shipment.id,
            packageId: shipment.packages[0]?.id ?? "",
            status: "OUT_FOR_DELIVERY",
            occurredAt: new Date().toISOString(),
            message: null,
          },
          shipped.order,
        );
        expect(steps).toHaveLength(1);
        const before = shop.calls().length;
        for (const step of steps)
          if (!isKept(step.kind))
            expect((await perform(channel, step, orderId)).kind, step.kind).toBe("done");
        if (steps[0]?.kind === "GATEWAY_SCAN") expect(shop.calls()).toHaveLength(before);
      });

      it("is refused for more than is there, and nothing happens", async () => {
        const { orderId, order } = await place();
        await run(channel, shipCommand(order, { "MUG-01": 2 }), order);
        const [step] = channel.plan(shipCommand(order, { "MUG-01": 3 }), order);
        const outcome = await perform(channel, step ?? expect.fail("no step"), orderId);
        expect(outcome).toMatchObject({ kind: "refused", error: { mayHaveHappened: false } });
        expect(living(orderId)).toHaveLength(1);
      });

      it("is unknown when the answer never comes, and a second try makes no second shipment", async () => {
        const { orderId, order } = await place();
        const [step] = channel.plan(shipCommand(order, null, [tracked("1ZONCE")]), order);
        if (!step) return expect.fail("no step");
        await addFault(shop, {
          kind: "timeout-after",
          match: writes[connector.platform] ?? "",
        });
        const marker = "MarkerMarkerMarker1234";
        const signal = untilAnswerIsLost(shop);
        const outcome = await perform(channel, step, orderId, { marker, signal });
        expect(outcome).toMatchObject({ kind: "unknown", error: { mayHaveHappened: true } });
        await clearFaults(shop);
        expect(living(orderId)).toHaveLength(1);
        await perform(channel, step, orderId, { marker });
        expect(living(orderId)).toHaveLength(1);
        const [found] = present((await readOrder(channel, orderId)).fulfillments);
        expect(found?.packages[0]?.tracking?.number).toBe("1ZONCE");
      });

      it("is unknown when the shop fails in the middle", async () => {
        const { orderId, order } = await place();
        const [step] = channel.plan(shipCommand(order, null), order);
        await addFault(shop, {
          kind: "500",
          match: writes[connector.platform] ?? "",
          count: 1,
        });
        const outcome = await perform(channel, step ?? expect.fail("no step"), orderId);
        expect(outcome.kind).toBe("unknown");
      });

      it("is refused where nothing was sent, and can be tried again", async () => {
        const { orderId, order } = await place();
        const [step] = channel.plan(shipCommand(order, null), order);
        const signal = AbortSignal.abort();
        const outcome = await perform(channel, step ?? expect.fail("no step"), orderId, { signal });
        expect(outcome).toMatchObject({ kind: "refused", error: { mayHaveHappened: false } });
        expect(living(orderId)).toEqual([]);
      });
    });
  },
);

/** The settings that are secret, by the platform's own schema. */
function secretNames(connector: Connector): string[] {
  const properties = connector.settings.properties as Record<string, { writeOnly?: boolean }>;
  return Object.keys(properties).filter((name) => properties[name]?.writeOnly);
}

function secretsOf(connector: Connector, settings: Record<string, unknown>): string[] {
  return secretNames(connector).flatMap((name) => settings[name] ?? []) as string[];
}

function wrongSecrets(connector: Connector, settings: Record<string, unknown>) {
  const wrong = secretNames(connector)
    .filter((name) => settings[name] !== undefined)
    .map((name) => [name, `${String(settings[name])}0`]);
  return { ...settings, ...Object.fromEntries(wrong) };
}
