import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { performCommand } from "../../src/commands/perform.js";
import type { PerformParts } from "../../src/commands/ready.js";
import { claimCommand } from "../../src/store/claims.js";
import { Bench } from "./bench.js";
import { moneyWishes, placePaid } from "./money-wishes.js";

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
  await bench.rest();
});
afterAll(() => bench?.close());
beforeEach(() => placePaid(bench));

const { amount, newKey } = moneyWishes(() => bench);
const LEASE_MS = 60_000;

it("sends nothing for a claim that ran out and is somebody else's by now", async () => {
  const options = { idempotencyKey: newKey(), waitUntil: "ACCEPTED" } as const;
  const { command } = await bench.submit(amount("20.00"), options);
  const claimOf = async (owner: string, now: Date) => {
    const wish = { owner, now, leaseMs: LEASE_MS, busy: [] };
    const claim = await bench.database.asSystem((tx) => claimCommand(tx, wish));
    return claim ?? expect.fail(`nothing for ${owner} to claim`);
  };
  const { signal } = new AbortController();
  const partsOf = (owner: string): PerformParts => ({
    recorder: bench.recorder,
    owner,
    openChannel: async () => bench.shop,
    now: () => new Date(),
    alarm: () => {},
    lookAfterMs: 60_000,
    lookAgainMs: 0,
  });
  const slow = await claimOf("slow", new Date());
  const quick = await claimOf("quick", new Date(Date.now() + 2 * LEASE_MS));
  await performCommand(partsOf("slow"), slow, signal);
  expect(bench.shop.sent).toEqual([]);
  expect(await bench.status(command)).toBe("QUEUED");
  await performCommand(partsOf("quick"), quick, signal);
  expect(bench.shop.sent).toHaveLength(1);
  expect(await bench.status(command)).toBe("SUCCEEDED");
});
