import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lessQuantity, roundQuantity, sumQuantities } from "../../src/domain/quantity.js";
import {
  awaitedOf,
  canMove,
  claimedBy,
  isOutstanding,
  moveReturn,
  type ReturnFacts,
  type ReturnLine,
  type ReturnMove,
  returnStatusOf,
} from "../../src/domain/return.js";
import { quantities, returned, returnLine } from "./arbitraries.js";

const asked = (changes: Partial<ReturnFacts> = {}): ReturnFacts =>
  returned("r", [returnLine("1", 3, { approved: 0 }), returnLine("2", 1, { approved: 0 })], {
    stage: "REQUESTED",
    ...changes,
  });
const open = (...lines: ReturnLine[]): ReturnFacts => returned("r", lines);
const countsOf = ({ lines }: ReturnFacts) =>
  lines.map(({ requested, approved, received, rejected }) => [
    requested,
    approved,
    received,
    rejected,
  ]);
const came = (lineId: string, received: number, rejected = 0): ReturnMove => ({
  to: "received",
  lines: [{ lineId, received, rejected, disposition: "RESTOCK" }],
});
const document = (facts: ReturnFacts) => ({
  planned: false,
  status: returnStatusOf(facts),
  lines: facts.lines,
});

const lineIds = fc.constantFrom("1", "2");
const anyMove: fc.Arbitrary<ReturnMove> = fc.oneof(
  fc.record({
    to: fc.constant("approved" as const),
    lines: fc.array(fc.record({ lineId: lineIds, quantity: quantities }), { maxLength: 3 }),
  }),
  fc.record({ to: fc.constant("declined" as const), reason: fc.constant("worn") }),
  fc.record({
    to: fc.constant("received" as const),
    lines: fc.array(
      fc.record({
        lineId: lineIds,
        received: quantities,
        rejected: quantities,
        disposition: fc.constantFrom("RESTOCK" as const, "DAMAGED" as const, "PROCESSING" as const),
      }),
      { maxLength: 3 },
    ),
  }),
  fc.constant<ReturnMove>({ to: "closed" }),
  fc.constant<ReturnMove>({ to: "canceled" }),
);
/** Asked for of two lines, one of them in two rows, and moved as far as moves are possible. */
const lives = fc
  .tuple(
    fc.tuple(quantities, quantities, quantities),
    fc.array(anyMove, { minLength: 1, maxLength: 8 }),
  )
  .map(([[first, second, third], moves]) => {
    const rows = [
      returnLine("1", first, { approved: 0 }),
      returnLine("2", second, { approved: 0 }),
      returnLine("1", third, { approved: 0, nativeId: "another row of 1" }),
    ];
    const steps = [asked({ lines: rows })];
    for (const move of moves) {
      const now = steps.at(-1) as ReturnFacts;
      if (canMove(document(now), move.to)) steps.push(moveReturn(now, move));
    }
    return steps;
  });

describe("a return through any life", () => {
  it("never agrees to more than was asked for, nor takes in more than was agreed to", () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const { lines } of steps)
          for (const { requested, approved, received, rejected } of lines) {
            expect(approved).toBeLessThanOrEqual(requested);
            expect(roundQuantity(received + rejected)).toBeLessThanOrEqual(approved);
            expect(Math.min(approved, received, rejected)).toBeGreaterThanOrEqual(0);
          }
      }),
    );
  });

  it("takes up of a line what may still come or came, and nothing once it is off", () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const facts of steps)
          for (const line of facts.lines) {
            const handled = roundQuantity(line.received + line.rejected);
            const claimed = claimedBy(facts, line);
            expect(claimed).toBeGreaterThanOrEqual(handled);
            expect(claimed).toBeLessThanOrEqual(line.requested);
            if (facts.stage === "CLOSED") expect(claimed).toBe(handled);
            if (facts.stage === "DECLINED" || facts.stage === "CANCELED") expect(claimed).toBe(0);
          }
      }),
    );
  });

  it("waits for goods exactly as long as some are awaited", () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const facts of steps) {
          const awaited = sumQuantities(awaitedOf(facts.lines).values());
          expect(isOutstanding(facts)).toBe(facts.stage === "OPEN" && awaited > 0);
        }
      }),
    );
  });

  it("never moves again once it is over", () => {
    fc.assert(
      fc.property(lives, anyMove, (steps, move) => {
        const last = document(steps.at(-1) as ReturnFacts);
        if (["DECLINED", "CLOSED", "CANCELED"].includes(last.status))
          expect(canMove(last, move.to)).toBe(false);
      }),
    );
  });

  it("loses and invents no piece of what came, as far as it was awaited", () => {
    fc.assert(
      fc.property(lives, lineIds, quantities, quantities, (steps, lineId, received, rejected) => {
        const before = steps.at(-1) as ReturnFacts;
        const after = moveReturn(before, {
          to: "received",
          lines: [{ lineId, received, rejected, disposition: "RESTOCK" }],
        });
        const sum = ({ lines }: ReturnFacts, pick: (line: ReturnLine) => number) =>
          sumQuantities(lines.filter((line) => line.lineId === lineId).map(pick));
        const awaited = awaitedOf(before.lines).get(lineId) ?? 0;
        const taken = Math.min(received, awaited);
        expect(sum(after, (line) => line.received)).toBe(
          roundQuantity(sum(before, (line) => line.received) + taken),
        );
        expect(sum(after, (line) => line.rejected)).toBe(
          roundQuantity(
            sum(before, (line) => line.rejected) + Math.min(rejected, lessQuantity(awaited, taken)),
          ),
        );
      }),
    );
  });

  it("is left as it was by a move that makes another of it", () => {
    fc.assert(
      fc.property(lives, anyMove, (steps, move) => {
        const before = steps.at(-1) as ReturnFacts;
        const kept = structuredClone(before);
        moveReturn(before, move);
        expect(before).toEqual(kept);
      }),
    );
  });
});

describe("a return", () => {
  it("goes from a request over approval and arrival to its end", () => {
    let facts = asked();
    expect(returnStatusOf(facts)).toBe("REQUESTED");
    facts = moveReturn(facts, { to: "approved", lines: [{ lineId: "1", quantity: 2 }] });
    expect(returnStatusOf(facts)).toBe("APPROVED");
    expect(countsOf(facts)).toEqual([
      [3, 2, 0, 0],
      [1, 0, 0, 0],
    ]);
    const tracking = {
      number: "1Z",
      carrier: null,
      carrierCode: null,
      url: null,
      estimatedDeliveryAt: null,
    };
    facts = moveReturn(facts, { to: "tracked", shipment: { tracking, labelUrl: null } });
    expect(returnStatusOf(facts)).toBe("IN_TRANSIT");
    facts = moveReturn(facts, came("1", 1));
    expect(returnStatusOf(facts)).toBe("PARTIALLY_RECEIVED");
    facts = moveReturn(facts, came("1", 0, 1));
    expect(returnStatusOf(facts)).toBe("INSPECTED");
    expect(countsOf(facts)[0]).toEqual([3, 2, 1, 1]);
    expect(returnStatusOf(moveReturn(facts, { to: "closed" }))).toBe("CLOSED");
  });

  it("is RECEIVED until it is decided what becomes of what came", () => {
    const undecided = returnLine("1", 2, { received: 2, disposition: "PROCESSING" });
    expect(returnStatusOf(open(undecided))).toBe("RECEIVED");
    expect(returnStatusOf(open({ ...undecided, disposition: null }))).toBe("RECEIVED");
    expect(returnStatusOf(open({ ...undecided, disposition: "DAMAGED" }))).toBe("INSPECTED");
  });

  it("keeps why it was declined", () => {
    const declined = moveReturn(asked(), { to: "declined", reason: "worn" });
    expect(declined).toMatchObject({ stage: "DECLINED", note: "worn" });
  });

  it("moves only from where a move makes sense", () => {
    const table: [facts: ReturnFacts, moves: ReturnMove["to"][]][] = [
      [asked(), ["approved", "declined", "canceled"]],
      [open(returnLine("1", 2)), ["received", "tracked", "closed", "canceled"]],
      [open(returnLine("1", 2, { received: 1 })), ["received", "tracked", "closed"]],
      [open(returnLine("1", 2, { rejected: 1 })), ["received", "tracked", "closed"]],
      [asked({ stage: "DECLINED" }), []],
      [asked({ stage: "CLOSED" }), []],
      [asked({ stage: "CANCELED" }), []],
    ];
    const all = ["approved", "declined", "received", "tracked", "closed", "canceled"] as const;
    for (const [facts, moves] of table) {
      expect(all.filter((move) => canMove(document(facts), move))).toEqual(moves);
      const planned = { ...document(facts), planned: true };
      expect(all.filter((move) => canMove(planned, move))).toEqual([]);
    }
  });

  it("spreads what came over the rows of a line in their order, each as far as it was approved", () => {
    const facts = open(returnLine("1", 1), returnLine("2", 5), returnLine("1", 2));
    expect(countsOf(moveReturn(facts, came("1", 2, 1)))).toEqual([
      [1, 1, 1, 0],
      [5, 5, 0, 0],
      [2, 2, 1, 1],
    ]);
  });

  it("keeps what did not come once it is closed only where it can be opened again", () => {
    const [line] = open(returnLine("1", 3, { received: 1 })).lines;
    if (!line) return expect.fail("no line");
    expect(claimedBy({ stage: "CLOSED" }, line)).toBe(1);
    expect(claimedBy({ stage: "CLOSED", reopens: true }, line)).toBe(3);
    expect(claimedBy({ stage: "CANCELED", reopens: true }, line)).toBe(0);
  });

  it("spreads an approval likewise, and counts no more what was not agreed to", () => {
    const facts = asked({ lines: [returnLine("1", 1), returnLine("1", 2)] });
    const agreed = moveReturn(facts, { to: "approved", lines: [{ lineId: "1", quantity: 2 }] });
    expect(countsOf(agreed)).toEqual([
      [1, 1, 0, 0],
      [2, 1, 0, 0],
    ]);
    expect(agreed.lines.map((line) => claimedBy(agreed, line))).toEqual([1, 1]);
  });
});
