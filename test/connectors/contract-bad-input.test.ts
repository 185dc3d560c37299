// One list of bad inputs that every platform is held against, in one place so that it can be read as one; hence its length.
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectors } from "../../src/connectors/index.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { type SimulatorName, simulators } from "../../src/connectors/simulators.js";
import { worded } from "../../src/connectors/wording.js";
import type { Channel, Receipt, WebhookRequest } from "../../src/domain/channel.js";
import { derive } from "../../src/domain/derive.js";
import { ChannelError } from "../../src/domain/errors.js";
import type { Snapshot } from "../../src/domain/snapshot.js";
import { altered, BAD_ANSWERS, maintenance, spoiledWay } from "./bad-answer.js";
import {
  connect,
  openInbox,
  orderOf,
  perform,
  pulled,
  readOrder,
  shipCommand,
  tracked,
  webhookSecret,
} from "./bench.js";
import { checkSnapshot } from "./invariants.js";

/** What this list knows of single platforms. */
interface Knowledge {
  /** Makes every status of an order one that nobody knows. */
  unknownStatus: (text: string) => string;
  /** Headers that prove a body, beside those of a delivery; null where there are no webhooks. */
  sign: ((body: Buffer, shop: SimulatedShop, at: Date) => Record<string, string>) | null;
}
const seconds = (at: Date) => String(Math.floor(at.getTime() / 1000));
const hmac = (secret: unknown, text: string | Buffer) =>
  createHmac("sha256", String(secret)).update(text).digest("base64");

const KNOWLEDGE: Record<string, Knowledge> = {
  SHOPIFY: {
    unknownStatus: (text) =>
      text.replace(/"display(Financial|Fulfillment)Status":"\w+"/g, '"display$1Status":"FLYING"'),
    sign: (body, { settings }) => ({ "x-shopify-hmac-sha256": hmac(settings.clientSecret, body) }),
  },
  WOOCOMMERCE: {
    unknownStatus: (text) => text.replace(/"status":"(processing|on-hold)"/g, '"status":"flying"'),
    sign: (body) => ({ "x-wc-webhook-signature": hmac(webhookSecret, body) }),
  },
  MAGENTO: {
    unknownStatus: (text) =>
      text.replace(/"(state|status)":"(new|pending|processing)"/g, '"$1":"flying"'),
    sign: null,
  },
  BIGCOMMERCE: {
    unknownStatus: (text) =>
      text
        .replace(/"status_id":\d+/g, '"status_id":99')
        .replace(/"payment_status":"\w+"/g, '"payment_status":"flying"'),
    sign: (body, { settings }, at) => ({
      "webhook-id": "msg_bad",
      "webhook-timestamp": seconds(at),
      "webhook-signature": `v1,${hmac(settings.clientSecret, `msg_bad.${seconds(at)}.${body}`)}`,
    }),
  },
};

/** A remedy, that it is tried again, or the shop's own words. */
const REMEDY =
  /tried again|if it stays so|check|give|let |look|make|install|copy|choose|close|stands? before|Something went wrong/i;
const minutes = (count: number) => count * 60_000;
/** What a snapshot says, without when it was read. */
const sayingOf = (snapshot: Snapshot | null | undefined): unknown =>
  snapshot && JSON.parse(JSON.stringify(snapshot, (key, it) => (key === "asOf" ? undefined : it)));
const totalOf = (snapshot: Snapshot) =>
  Number(snapshot.head?.value.totals.total.presentment.amount ?? Number.NaN);

describe.each(connectors.map((connector) => [connector.name, connector] as const))(
  "%s",
  (name, connector) => {
    const start = simulators[connector.platform.toLowerCase() as SimulatorName];
    const { unknownStatus, sign } = KNOWLEDGE[connector.platform] ?? expect.fail(name);
    const way = spoiledWay();
    const options = { orders: 2, plan: "wide", relaxedDelivery: true } as const;
    let shop: SimulatedShop;
    let channel: Channel;
    /** An order of which something was shipped and something refunded, and what is read of it. */
    let orderId: string;
    let good: Snapshot;
    beforeAll(async () => {
      shop = await start(options);
      const opened = await connect(worded(connector), shop.settings, { fetch: way.fetch });
      channel = opened.channel;
      ({ orderId } = await shop.acts.placeOrder());
      await shop.acts.ship(orderId, {
        lines: [{ sku: "MUG-01", quantity: 1 }],
        tracking: { number: "1Z999AA10123456784", carrier: "ups" },
      });
      await shop.acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
      await shop.settled();
      good = (await channel.read({ nativeId: orderId })) ?? expect.fail("it is gone");
    });
    afterAll(() => shop.stop());

    const read = () => channel.read({ nativeId: orderId });
    /** The ids of a window's orders, those among them that cannot be read. */
    const idsSince = async (from: Date, of = channel) =>
      (await pulled(of, { from })).flatMap((page) =>
        [...page.snapshots, ...page.unreadable].map(({ ref }) => ref?.nativeId),
      );

    function expectError(error: unknown, about: string): void {
      expect(error, about).toBeInstanceOf(ChannelError);
      const { message } = error as ChannelError;
      expect(message, about).toMatch(new RegExp(`^${name}: `));
      expect(message, about).toMatch(REMEDY);
      expect(message, about).not.toContain("ada@example.com");
    }

    describe.each(BAD_ANSWERS)("answered $name", (bad) => {
      it("takes no order for gone and none for less than it is, whichever answer it was", async () => {
        for (let from = 1; from < 9; from += 1) {
          const { value, error, spoiled } = await way.during(bad, read, { from });
          if (!spoiled) break;
          const about = `request ${from}`;
          if (error === undefined) expect(sayingOf(value), about).toEqual(sayingOf(good));
          else {
            expectError(error, about);
            expect((error as Error).message).toContain(orderId.split("/").at(-1));
          }
        }
      });

      it("breaks a poll off rather than leave an order out", async () => {
        const since = () => idsSince(new Date(Date.now() - minutes(5)));
        for (let from = 1; from < 6; from += 1) {
          const { value, error, spoiled } = await way.during(bad, since, { from });
          if (!spoiled) break;
          if (error === undefined) expect(value, `request ${from}`).toContain(orderId);
          else expectError(error, `request ${from}`);
        }
      });

      it("says of no write that it was done, nor that it was not, where it may have been", async () => {
        const { orderId: fresh } = await shop.acts.placeOrder();
        const order = await readOrder(channel, fresh);
        const [step] = channel.plan(shipCommand(order, null, [tracked("1ZBAD")]), order);
        const marker = "MarkerMarkerMarker1234";
        const shipments = () => shop.view(fresh)?.shipments.length;
        for (let from = 1; from < 9; from += 1) {
          const attempt = () => perform(channel, step ?? expect.fail("no step"), fresh, { marker });
          const { value: outcome } = await way.during(bad, attempt, { from });
          if (!outcome) return expect.fail("perform threw");
          if (outcome.kind === "done" || outcome.kind === "refused")
            expect(shipments(), `request ${from}`).toBe(outcome.kind === "done" ? 1 : 0);
          if (outcome.kind !== "done") {
            expectError(outcome.error, `request ${from}`);
            expect(outcome.error.message).toContain(fresh.split("/").at(-1));
          }
          if (shipments() === 1) break;
        }
        await perform(channel, step ?? expect.fail("no step"), fresh, { marker });
        expect(shipments()).toBe(1);
      });
    });

    it("waits a maintenance page under 503 out, and says so of one that lasts", async () => {
      const short = await way.during(maintenance, read, { count: 1 });
      expect(sayingOf(short.value)).toEqual(sayingOf(good));
      const { error } = await way.during(maintenance, read);
      expect(error).toMatchObject({ code: "CHANNEL_UNAVAILABLE", retryable: true });
    });

    it("reads what it can of numbers that come as text and of text that comes as numbers", async () => {
      const changes = [
        (text: string) => text.replace(/:\s*"(-?(?:0|[1-9]\d*)(?:\.\d+)?)"/g, ":$1"),
        (text: string) => text.replace(/:\s*(-?\d+(?:\.\d+)?)(?=[,}])/g, ':"$1"'),
      ];
      for (const change of changes) {
        const bad = { name: "", reaches: true, of: altered(change) };
        const { value, error } = await way.during(bad, read);
        if (error !== undefined) expectError(error, String(change));
        else expect(totalOf(value ?? expect.fail("it is gone"))).toBe(totalOf(good));
      }
    });

    it("keeps an order whose statuses nobody knows, with the shop's own words", async () => {
      const bad = { name: "", reaches: true, of: altered(unknownStatus) };
      const { value } = await way.during(bad, read);
      if (!value) return expect.fail("it is gone");
      checkSnapshot(value);
      expect(JSON.stringify(value.head?.value.platformStatuses)).toMatch(/flying|99/i);
      expect(derive(orderOf(value)).statuses.ORDER).toEqual(expect.any(String));
    });

    it("keeps an order in a currency that nobody knows", async () => {
      const change = altered((text) => text.replaceAll('"USD"', '"XQZ"'));
      const { value } = await way.during({ name: "", reaches: true, of: change }, read);
      if (!value) return expect.fail("it is gone");
      checkSnapshot(value);
      expect(totalOf(value)).toBe(totalOf(good));
      expect(value.head?.value.totals.total.presentment.currency).toBe("XQZ");
    });

    it("says that an order is not there of which news ran ahead, and reads it when it is", async () => {
      const { orderId: gone } = await shop.acts.placeOrder();
      await shop.acts.deleteOrder(gone);
      const own: Response[] = [];
      const taking = {
        name: "",
        reaches: true,
        async of(real: Response | null) {
          if (real) own.push(real.clone());
          return real ?? expect.fail("nothing came");
        },
      };
      expect(await way.during(taking, () => channel.read({ nativeId: gone }))).toMatchObject({
        value: null,
      });
      const notYet = {
        name: "",
        reaches: false,
        of: async () => own[0]?.clone() ?? expect.fail("no answer was kept"),
      };
      const { orderId: late } = await shop.acts.placeOrder();
      const early = await way.during(notYet, () => channel.read({ nativeId: late }));
      expect(early).toMatchObject({ value: null, spoiled: true });
      expect((await readOrder(channel, late)).nativeId).toBe(late);
    });

    it.each([-10, 10])(
      "finds every change of a shop whose clock is %i minutes off",
      async (apart) => {
        const other = await start({ ...options, now: () => new Date(Date.now() + minutes(apart)) });
        try {
          const { channel: theirs } = await connect(worded(connector), other.settings);
          // A poll goes by the shop's own times, as far as it knows any.
          const from = new Date(Date.now() + minutes(apart) - 1000);
          const { orderId: came } = await other.acts.placeOrder();
          expect(await idsSince(from, theirs)).toContain(came);
          await other.acts.edit(came);
          expect(await idsSince(from, theirs)).toContain(came);
          const order = await readOrder(theirs, came);
          checkSnapshot((await theirs.read({ nativeId: came })) ?? expect.fail("it is gone"));
          const [step] = theirs.plan(shipCommand(order, null), order);
          const outcome = await perform(theirs, step ?? expect.fail("no step"), came);
          expect(outcome.kind).toBe("done");
        } finally {
          await other.stop();
        }
      },
    );

    const webhooks = (proof: NonNullable<Knowledge["sign"]>) => {
      let delivery: WebhookRequest;
      beforeAll(async () => {
        const inbox = await openInbox();
        await channel.ensureWebhooks(inbox.url);
        await shop.acts.placeOrder();
        await shop.settled();
        delivery =
          inbox.deliveries.find((it) => ["hint", "snapshot"].includes(channel.receive(it).kind)) ??
          expect.fail("no news came");
        await channel.removeWebhooks(inbox.url);
        await inbox.stop();
      });
      const signed = (body: string, at = new Date()): WebhookRequest => ({
        headers: { ...delivery.headers, ...proof(Buffer.from(body), shop, at) },
        body: Buffer.from(body),
      });
      const opened = (settings: Record<string, unknown>, secret: string, now = () => new Date()) =>
        worded(connector).open(settings, { webhookSecret: secret, probe: null, fetch, now });

      it("take an error, a page or half a body for no order, and keep what may be one", () => {
        const half = delivery.body.toString().slice(0, delivery.body.length / 2);
        const bodies = [
          '{"errors":"[API] This action requires merchant approval"}',
          '{"code":"rest_forbidden","message":"Sorry","data":{"status":401}}',
          "<html>Be right back</html>",
          "null",
          "[]",
          "42",
          half,
        ];
        for (const body of bodies) {
          const receipt: Receipt = channel.receive(signed(body));
          const isKept =
            receipt.kind === "unreadable" || (receipt.kind === "ignored" && receipt.store);
          expect(isKept, `${body.slice(0, 40)}: ${JSON.stringify(receipt)}`).toBe(true);
        }
      });

      it("of another shop, or signed with another's secret, are not taken", async () => {
        const other = await start({ ...options, seed: 2 });
        try {
          const theirs = opened(other.settings, "another secret");
          expect(["rejected", "ignored"]).toContain(theirs.receive(delivery).kind);
          expect(channel.receive(delivery).kind).not.toBe("rejected");
        } finally {
          await other.stop();
        }
      });

      it("of a clock ten minutes off are taken, or refused with a word of the clock", () => {
        const body = delivery.body.toString();
        for (const apart of [-10, 10]) {
          const ours = opened(
            shop.settings,
            webhookSecret,
            () => new Date(Date.now() + minutes(apart)),
          );
          const receipts = [
            ours.receive(signed(body)),
            channel.receive(signed(body, new Date(Date.now() + minutes(apart)))),
          ];
          for (const receipt of receipts)
            if (receipt.kind === "rejected") expect(receipt.reason).toMatch(/clock/);
            else expect(["hint", "snapshot"]).toContain(receipt.kind);
        }
      });
    };
    if (sign) describe("webhooks", () => webhooks(sign));
  },
);
