import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectors } from "../../src/connectors/index.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { type SimulatorName, simulators } from "../../src/connectors/simulators.js";
import { addFault } from "../connectors/bench.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";
import { type Hands, handsOf } from "./hands.js";
import { CALLS, impatient, LOST, SETTLE_MS, type What } from "./lost.js";

/**
 * Whatever becomes of an answer on its way back, every write ends with one effect in the shop's books, and all that a
 * person is left with is money that is certainly not there. Nothing but the look tells: no webhook arrives, nothing polls.
 */
const NAMES = Object.keys(simulators) as SimulatorName[];
/** Platforms that give money once however often they are asked with the same key. */
const KEYED: ReadonlySet<SimulatorName> = new Set(["shopify"]);

const shops: SimulatedShop[] = [];
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({
    connectors: impatient(connectors, shops),
    ingest: { pollEveryMs: 600_000, watchEveryMs: 600_000 },
    commands: { settleMs: SETTLE_MS, lookAgainMs: 2, lookAfterMs: 600_000 },
  });
});
afterAll(async () => {
  await gateway?.end();
  for (const shop of shops) await shop.stop();
});

describe.concurrent.each(NAMES)("at a %s shop", (name) => {
  it("a write of which no answer comes is done once, or left to a person as money that is not there", async () => {
    const shop = await simulators[name]({ orders: 1, plan: "wide", relaxedDelivery: true });
    shops.push(shop);
    await addFault(shop, { kind: "webhook-drop" });
    const cases = (["ship", "note", "refund"] as const).flatMap((what) =>
      Object.entries(LOST).map(([words, fault]) => ({ what, words, fault })),
    );
    const orders: string[] = [];
    for (const _ of cases) orders.push((await shop.acts.placeOrder({ paid: true })).orderId);
    const channelId = await gateway.connect(shop);
    const hands = handsOf(gateway, name);
    for (const [index, { what, words, fault }] of cases.entries()) {
      const arrives = fault.kind !== "timeout-before";
      const externalId = orders[index] as string;
      const id =
        (await hands.find(channelId, externalId)) ?? expect.fail(`${externalId} is not in`);
      const match = CALLS[name](what, externalId);
      const before = shop.calls().length;
      await addFault(shop, { ...fault, match });
      const done = await write(hands, what, id);
      const story = `${what} ${words} at ${name}: ${done.refusals.join()}`;
      const left = what === "refund" && !arrives && !KEYED.has(name);
      expect(done.status, story).toBe(left ? "NEEDS_ATTENTION" : "SUCCEEDED");
      const sent = shop
        .calls()
        .slice(before)
        .filter((call) => call.name.includes(match));
      const [first, ...more] = sent.map(({ status }) => (status === 0 ? "lost" : status < 300));
      expect(first, story).toBe("lost");
      if (arrives || left) expect(more, story).toEqual([]);
      else expect(more[0], story).toBe(true);
      expect(effects(shop, externalId, what), story).toBe(what === "note" || left ? 0 : 1);
      const [attempt] = await attemptsOf(id);
      expect(attempt, story).toEqual({
        outcome: "UNKNOWN",
        verifiedBy: arrives ? "FOUND_AT_CHANNEL" : left ? null : "NOT_FOUND_AT_CHANNEL",
      });
      const seen = await hands.see(id);
      expect(seen.anomalies, story).toEqual([]);
      if (what === "ship") expect(seen.fulfillmentStatus, story).toBe("FULFILLED");
      if (what === "refund" && !left)
        expect(seen.refunds, story).toMatchObject([{ status: "SUCCEEDED" }]);
    }
  }, 120_000);
});

async function write(hands: Hands, what: What, orderId: string) {
  switch (what) {
    case "ship": {
      const packages = [{ tracking: { number: "1ZLOST", carrier: "UPS" } }];
      return hands.write("fulfillmentCreate", { input: { orderId, packages } });
    }
    case "note":
      return hands.write("orderNoteAdd", { orderId, text: "ring twice", pushToChannel: true });
    case "refund": {
      const { currency } = (await hands.see(orderId)).totals.captured.shop;
      const input = {
        orderId,
        lines: [],
        extraAmount: { amount: "1.00", currency },
        reason: "late",
      };
      return hands.write("refundCreate", { input });
    }
  }
}

/** How often it stands in the shop's own books; a note does not. */
function effects(shop: SimulatedShop, externalId: string, what: What): number {
  const view = shop.view(externalId) ?? expect.fail(`${externalId} is gone`);
  if (what === "ship") return view.shipments.filter(({ canceled }) => !canceled).length;
  return what === "refund" ? view.refunds.length : 0;
}

interface Attempts {
  commands: {
    nodes: { steps: { attempts: { outcome: string; verifiedBy: string | null }[] }[] }[];
  };
}
async function attemptsOf(orderId: string) {
  const { data } = await gateway.ask<Attempts>(
    "query ($of: [ID!]) { commands(filter: { orderId: $of }) { nodes { steps { attempts { outcome verifiedBy } } } } }",
    { of: [orderId] },
  );
  const steps = data?.commands.nodes.flatMap((node) => node.steps) ?? [];
  return steps.flatMap((step) => step.attempts).filter(({ outcome }) => outcome === "UNKNOWN");
}
