import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectors } from "../../src/connectors/index.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { type SimulatorName, simulators } from "../../src/connectors/simulators.js";
import { deadLetters, deliveries, orders, type refreshes } from "../../src/store/tables.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";
import { letterheads } from "./letterhead.js";
import { seed } from "./seed.js";
import { type Spoiling, spoilings } from "./spoil.js";

/**
 * Whatever is posted to a shop's address, the gateway stays up, answers as the sender deserves, and loses no order: what
 * cannot be understood is kept and said, and the shop's next word or the next poll brings in what is true.
 */
const RUNS = 60;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.end());

const rows = <T extends typeof deadLetters | typeof deliveries | typeof orders | typeof refreshes>(
  table: T,
) => gateway.database.forTenant(gateway.viewer.tenantId, (tx) => tx.select().from(table as never));

describe.each(connectors.map(({ platform }) => platform.toLowerCase() as SimulatorName))(
  "the address of a %s shop",
  (platform) => {
    let shop: SimulatedShop;
    let channelId: string;
    let seeds: { topic: string; body: Buffer }[];
    const letterhead = letterheads[platform];

    beforeAll(async () => {
      shop = await simulators[platform]({ orders: 4, plan: "wide", relaxedDelivery: true });
      channelId = await gateway.connect(shop);
      const { orderId } = await shop.acts.placeOrder({ paid: true });
      await shop.acts.ship(orderId);
      await shop.settled();
      const said = (await rows(deliveries)) as (typeof deliveries.$inferSelect)[];
      seeds = [
        ...said
          .filter((row) => row.channelId === channelId && row.body)
          .map(({ topic, body }) => ({ topic: topic ?? "", body: body as Buffer })),
        ...(letterhead?.recorded() ?? []).map((body) => ({ topic: "", body })),
        { topic: "", body: Buffer.from('{"id":1,"line_items":[],"order_id":1}') },
      ];
    });
    afterAll(() => shop.stop());

    const post = (body: Buffer, headers: Record<string, string>) =>
      fetch(`${gateway.url}/webhooks/${channelId}`, {
        method: "POST",
        headers,
        body: new Uint8Array(body),
      });
    const letters = async () =>
      ((await rows(deadLetters)) as (typeof deadLetters.$inferSelect)[]).filter(
        (row) => row.channelId === channelId,
      );
    const known = async () =>
      ((await rows(orders)) as (typeof orders.$inferSelect)[]).filter(
        (row) => row.channelId === channelId,
      );
    const cases = () =>
      fc.record({
        seed: fc.constantFrom(...seeds),
        topic: fc.constantFrom(...(letterhead?.topics ?? ["any"])),
        spoilings: fc.array(spoilings, { minLength: 1, maxLength: 2 }),
      });
    const spoiled = (body: Buffer, all: Spoiling[]) =>
      all.reduce((now, { spoil }) => spoil(now), body);

    it("answers 401 to everything that is not signed, and keeps none of it", async () => {
      const before = (await letters()).length;
      await fc.assert(
        fc.asyncProperty(cases(), async ({ seed: { body }, topic, spoilings }) => {
          const headers = { "x-shopify-topic": topic, "x-wc-webhook-topic": topic };
          const answer = await post(spoiled(body, spoilings), headers);
          expect(answer.status).toBe(401);
        }),
        { numRuns: RUNS / 3, seed },
      );
      expect(await letters()).toHaveLength(before);
    });

    // A platform without webhooks signs nothing.
    if (letterhead)
      it("answers 200 to everything that is signed, and says of what it did not understand why", async () => {
        const { sign } = letterhead;
        const secret = await gateway.webhookSecret(channelId);
        await fc.assert(
          fc.asyncProperty(cases(), async (given) => {
            const body = spoiled(given.seed.body, given.spoilings);
            const topic = given.seed.topic || given.topic;
            const answer = await post(body, sign(body, topic, secret, shop.settings));
            const outcome = await answer.text();
            expect([answer.status, outcome]).toEqual([200, expect.stringMatching(OUTCOME)]);
            if (outcome !== "dead") return;
            const kept = body.toString().replaceAll("\0", "\u{fffd}");
            const letter = (await letters()).find((each) => each.body === kept);
            expect(letter?.reason).toMatch(/^.{12,}$/s);
          }),
          { numRuns: RUNS, seed },
        );
      }, 60_000);

    it("knows every order in the end as the shop has it, those whose news was spoiled too", async () => {
      await fetch(`${shop.url}/_faults`, {
        method: "POST",
        body: JSON.stringify({ kind: "webhook-drop" }),
      });
      const fresh = await shop.acts.placeOrder({ paid: true });
      if (letterhead) {
        const secret = await gateway.webhookSecret(channelId);
        const topic = letterhead.topics[0] ?? "";
        for (const text of [`{"id":${fresh.orderId.replace(/\D/g, "")}`, "<html>"]) {
          const body = Buffer.from(text);
          await post(body, letterhead.sign(body, topic, secret, shop.settings));
        }
      }
      await fetch(`${shop.url}/_faults`, { method: "DELETE" });
      await expect
        .poll(async () => (await known()).map(({ nativeId }) => nativeId), { timeout: 20_000 })
        .toContain(fresh.orderId);
      for (const { nativeId } of await known()) {
        if (!shop.view(nativeId)) continue;
        await shop.acts.edit(nativeId);
      }
      await shop.settled();
      await expect.poll(() => differences(), { timeout: 30_000, interval: 500 }).toEqual([]);
      const { data, errors } = await gateway.ask("{ orders(first: 5) { nodes { number } } }");
      expect(errors).toBeUndefined();
      expect(data).toBeTruthy();
    }, 150_000);

    /** Orders that a fresh read of the shop changes: the gateway did not know them as they are. */
    async function differences(): Promise<string[]> {
      const wrong: string[] = [];
      for (const { id, nativeId } of await known()) {
        if (!shop.view(nativeId)) continue;
        const before = await versionOf(id);
        const { data } = await gateway.ask<{ orderRefresh: { userErrors: unknown[] } }>(
          "mutation ($id: ID!) { orderRefresh(orderId: $id) { userErrors { message } } }",
          { id },
        );
        expect(data?.orderRefresh.userErrors).toEqual([]);
        if ((await versionOf(id)) !== before) wrong.push(nativeId);
      }
      return wrong;
    }
    const versionOf = async (id: string) =>
      (
        await gateway.ask<{ order: { version: number } }>(
          "query ($id: ID!) { order(id: $id) { version } }",
          { id },
        )
      ).data?.order.version;
  },
  90_000,
);

const OUTCOME = /^(recorded|refresh|duplicate|ignored|dead|uninstalled)$/;
