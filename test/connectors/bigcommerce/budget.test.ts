import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBudget, windowOf } from "../../../src/connectors/bigcommerce/budget.js";

const window = { left: 150, quota: 150, resetsInMs: 30_000 };

describe("a budget", () => {
  it("lets anything through before the store has said anything", () => {
    expect(createBudget(() => 0).waitMs("read")).toBe(0);
  });

  it("keeps the last tenth from reads until the window ends, and gives it to writes", () => {
    let now = 0;
    const budget = createBudget(() => now);
    budget.begin()({ ...window, left: 15 });
    expect(budget.waitMs("read")).toBe(30_000);
    expect(budget.waitMs("write")).toBe(0);
    now = 20_000;
    expect(budget.waitMs("read")).toBe(10_000);
    now = 30_000;
    expect(budget.waitMs("read")).toBe(0);
  });

  it("counts what is under way, and stops writes only where nothing is left", () => {
    const budget = createBudget(() => 0);
    const overtaken = budget.begin();
    budget.begin()({ ...window, left: 2 });
    overtaken({ ...window, left: 60 });
    budget.begin();
    expect(budget.waitMs("write")).toBe(0);
    budget.begin();
    expect(budget.waitMs("write")).toBe(30_000);
  });

  it("believes the first answer of a new window", () => {
    let now = 0;
    const budget = createBudget(() => now);
    budget.begin()({ ...window, left: 0, resetsInMs: 500 });
    now = 600;
    budget.begin()({ ...window, left: 149 });
    expect(budget.waitMs("read")).toBe(0);
    budget.begin()({ ...window, left: 10, resetsInMs: 29_950 });
    expect(budget.waitMs("read")).toBe(30_000);
  });

  it("never lets more through than the quota, however answers and windows come", () => {
    const event = fc.record({
      kind: fc.constantFrom("read" as const, "write" as const),
      answers: fc.nat(3),
      pauseMs: fc.nat(400),
    });
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 200 }),
        fc.integer({ min: 5, max: 20 }),
        (events, quota) => {
          let now = 0;
          let left = quota;
          let endsAt = 1000;
          const budget = createBudget(() => now);
          const underWay: (() => void)[] = [];
          const serve = () => {
            expect(left, "the store had to refuse").toBeGreaterThan(0);
            left--;
            return { left, quota, resetsInMs: endsAt - now };
          };
          budget.begin()(serve());
          for (const { kind, answers, pauseMs } of events) {
            now += pauseMs;
            while (now >= endsAt) {
              endsAt += 1000;
              left = quota;
            }
            for (let index = 0; index < answers; index++) underWay.shift()?.();
            if (budget.waitMs(kind) > 0) continue;
            const settle = budget.begin();
            const said = serve();
            underWay.push(() => settle(said));
          }
        },
      ),
    );
  });
});

describe("the headers of an answer", () => {
  it("tell of the window, or of none", () => {
    const headers = new Headers({
      "X-Rate-Limit-Requests-Left": "6",
      "X-Rate-Limit-Requests-Quota": "25",
      "X-Rate-Limit-Time-Reset-Ms": "3000",
      "X-Rate-Limit-Time-Window-Ms": "5000",
    });
    expect(windowOf(headers)).toEqual({ left: 6, quota: 25, resetsInMs: 3000 });
    headers.delete("X-Rate-Limit-Requests-Left");
    expect(windowOf(headers)).toBeNull();
  });
});
