import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Wish } from "../../src/commands/face.js";
import { performCommand } from "../../src/commands/perform.js";
import type { PerformParts } from "../../src/commands/ready.js";
import { claimCommand, nextDue } from "../../src/store/claims.js";
import { Bench } from "./bench.js";
import { moneyWishes, placePaid } from "./money-wishes.js";
import { refused, unclear, unknown } from "./scripted-shop.js";

/**
 * Whatever becomes of requests and answers: a write is done at most once, one that is said to be done was done, and goods
 * arrive as long as the shop can be looked into. Time is the test's own, so that hours pass at once.
 */
const seed = Number(process.env.MODEL_SEED ?? 20_260_401);
const RUNS = Number(process.env.MODEL_RUNS ?? 20);
const LEASE_MS = 10_000;
const SETTLE_MS = 300_000;

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
  await bench.rest();
});
afterAll(() => bench?.close());

const { amount, newKey } = moneyWishes(() => bench);
const WISHES = {
  shipment: async (): Promise<Wish> => ({
    type: "FULFILLMENT_CREATE",
    orderId: bench.orderId,
    lines: [{ lineId: await bench.lineId(), quantity: 2 }],
    fulfillmentOrderId: null,
    locationId: null,
    packages: [],
    shippedAt: null,
  }),
  note: async (): Promise<Wish> => ({
    type: "ORDER_NOTE_ADD",
    orderId: bench.orderId,
    text: "ring twice",
    pushToChannel: true,
  }),
  refund: async () => amount("20.00"),
  "refund with a key": async () => amount("20.00"),
};
type What = keyof typeof WISHES;

/** What becomes of a request. late: it is carried out when nobody waits any more, but before the shop says it cannot be. */
const SENDS = [
  "done",
  "answer lost",
  "request lost",
  "late",
  "refused for now",
  "refused",
] as const;
/** What a look comes to; a report comes from the shop itself while it is looked for. */
const LOOKS = ["honest", "unclear", "report"] as const;
interface Script {
  sends: (typeof SENDS)[number][];
  looks: (typeof LOOKS)[number][];
}

let clock = new Date();
async function play(what: What, { sends, looks }: Script) {
  await placePaid(bench);
  const { shop } = bench;
  shop.settleMs = SETTLE_MS;
  shop.refundsAre = what === "refund with a key" ? "KEYED" : "UNSAFE";
  let late: { at: number; done: () => unknown } | null = null;
  const carryOutLate = (until: number) => {
    if (!late || until < late.at) return;
    late.done();
    late = null;
  };
  for (const send of sends)
    shop.answers.push((_call, done) => {
      carryOutLate(clock.getTime());
      if (send === "late") late = { at: clock.getTime() + SETTLE_MS - 1, done };
      else if (send === "answer lost") done();
      if (send === "refused" || send === "refused for now") return refused(send !== "refused");
      return send === "done" ? done() : unknown();
    });
  for (let look = 0; look < 20; look++)
    shop.looks.push(async (_call, honest) => {
      carryOutLate(clock.getTime());
      const seen = looks[look] ?? "honest";
      if (seen === "report") await bench.poll();
      return seen === "unclear" ? unclear() : honest();
    });
  const options = { idempotencyKey: newKey(), waitUntil: "ACCEPTED" } as const;
  const { command } = await bench.submit(await WISHES[what](), options);
  await pass();
  carryOutLate(Number.POSITIVE_INFINITY);
  const { row, steps } = await bench.command(command);
  const effects = shop.effectsOf(steps[0]?.marker as string);
  await bench.poll();
  return { status: row.status, effects, finished: await bench.status(command) };
}

/** Lets time go on until nothing is to be done any more. */
async function pass(): Promise<void> {
  clock = new Date(Math.max(clock.getTime(), Date.now() + 1_000));
  const owner = "the only worker";
  const parts: PerformParts = {
    recorder: bench.recorder,
    owner,
    openChannel: async () => bench.shop,
    now: () => clock,
    alarm: bench.alarm,
    lookAfterMs: 60_000,
    lookAgainMs: 5_000,
  };
  const { signal } = new AbortController();
  for (;;) {
    const wish = { owner, now: clock, leaseMs: LEASE_MS, busy: [] };
    const claim = await bench.database.asSystem((tx) => claimCommand(tx, wish));
    if (claim) {
      await performCommand(parts, claim, signal);
      continue;
    }
    const due = await bench.database.asSystem((tx) => nextDue(tx, clock));
    if (!due) return;
    clock = due;
  }
}

const whats = fc.constantFrom(...(Object.keys(WISHES) as What[]));
const looks = (most: number) => fc.array(fc.constantFrom(...LOOKS), { maxLength: most });

it("a write is done at most once, and what is said of it is true", async () => {
  const scripts = fc.record({
    sends: fc.array(fc.constantFrom(...SENDS), { maxLength: 5 }),
    looks: looks(8),
  });
  await fc.assert(
    fc.asyncProperty(whats, scripts, async (what, script) => {
      const { status, effects, finished } = await play(what, script);
      expect(effects).toBeLessThanOrEqual(1);
      expect(["SUCCEEDED", "FAILED", "NEEDS_ATTENTION"]).toContain(status);
      if (status === "SUCCEEDED") expect(effects).toBe(1);
      if (status === "FAILED") expect(effects).toBe(0);
      // What a person is left with ends by itself as soon as the shop shows it.
      if (status === "NEEDS_ATTENTION")
        expect(finished).toBe(effects === 1 ? "SUCCEEDED" : "NEEDS_ATTENTION");
      expect(await bench.reserved()).toEqual(
        finished === "NEEDS_ATTENTION" && what === "shipment" ? [2] : [],
      );
      expect(bench.alarms).toEqual([]);
    }),
    { numRuns: RUNS, seed, endOnFailure: true },
  );
}, 300_000);

it("goods arrive exactly once, and a person is asked of nothing but money", async () => {
  const fates = fc.constantFrom(...SENDS.filter((send) => send !== "refused"));
  const scripts = fc.record({ sends: fc.array(fates, { maxLength: 3 }), looks: looks(4) });
  await fc.assert(
    fc.asyncProperty(whats, scripts, async (what, script) => {
      const { status, effects } = await play(what, script);
      if (what !== "refund" && what !== "refund with a key")
        expect([status, effects]).toEqual(["SUCCEEDED", 1]);
      // Of money it is known whether it went: found, or seen twice not to be there.
      else if (status === "NEEDS_ATTENTION") expect(effects).toBe(0);
    }),
    { numRuns: RUNS, seed, endOnFailure: true },
  );
}, 300_000);
