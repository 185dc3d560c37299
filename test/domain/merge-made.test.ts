import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sameRefund, sameReturn } from "../../src/domain/adopt.js";
import { applyLocal } from "../../src/domain/apply-local.js";
import { merge } from "../../src/domain/merge.js";
import { sameMoney } from "../../src/domain/money.js";
import type { Order } from "../../src/domain/order.js";
import { present } from "../../src/domain/part.js";
import { countQuantities } from "../../src/domain/quantities.js";
import type { RefundFacts } from "../../src/domain/refund.js";
import type { ReturnFacts } from "../../src/domain/return.js";
import { shapeOrder } from "../../src/domain/shape.js";
import type { Native, Snapshot } from "../../src/domain/snapshot.js";
import { at, line, shipment } from "../support/snapshots.js";
import {
  anySnapshots,
  counting,
  minutes,
  orders,
  orderWith,
  refund,
  refundPlanned,
  returned,
  returnLine,
  returnPlanned,
} from "./arbitraries.js";

let minted = 0;
const context = { ...counting(at(50)), mint: (type: string) => `${type} ${++minted}` };
const order = orderWith({ lines: [line("1", 3)], fulfillments: [shipment("f", { 1: 3 })] });
const lineId = order.lines[0]?.id as string;

/** With a return and a refund of one piece planned and sent. */
function asked(of = order, sentAt: string | null = at(7)): Order {
  const id = of.lines[0]?.id ?? "line_9";
  const planned = [returnPlanned(id), refundPlanned(id, { returnId: "ret_mine" })].reduce<Order>(
    (now, fact) => applyLocal(now, fact, context),
    of,
  );
  for (const row of [...planned.returns, ...planned.refunds])
    if (row.commandId !== null) row.sentAt = sentAt;
  return planned;
}
const says = (
  minute: number,
  { returns, refunds }: { returns?: Native<ReturnFacts>[]; refunds?: Native<RefundFacts>[] },
  complete = true,
): Snapshot => ({
  ref: { nativeId: "o" },
  ...(returns && { returns: { asOf: at(minute), complete, value: returns } }),
  ...(refunds && { refunds: { asOf: at(minute), complete, value: refunds } }),
});
const then = (before: Order, ...words: Snapshot[]) =>
  words.reduce((now, word) => merge(now, word, context).order, before);
const standing = (rows: (Order["returns"][number] | Order["refunds"][number])[]) =>
  present(rows).map(({ id, nativeId }) => [id, nativeId]);

const five = sameMoney("5.00", "EUR");
const back = (changes: Partial<ReturnFacts> = {}) =>
  returned("77", [returnLine("1", 1)], { requestedAt: at(8), ...changes });
const paid = (changes: Partial<RefundFacts> = {}) =>
  refund("88", { 1: 1 }, { amount: five, createdAt: at(8), ...changes });

describe("a return or refund of ours that the shop reports", () => {
  it("keeps the id that was promised by its marker, whatever else differs", () => {
    const { order: after, adopted } = merge(
      asked(order, null),
      says(9, {
        returns: [back({ marker: "r".repeat(22), lines: [returnLine("1", 2)] })],
        refunds: [paid({ marker: "f".repeat(22), amount: sameMoney("9.00", "EUR") })],
      }),
      context,
    );
    expect(standing(after.returns)).toEqual([["ret_mine", "77"]]);
    expect(standing(after.refunds)).toEqual([["ref_mine", "88"]]);
    expect(adopted.map((row) => row.id)).toEqual(["ret_mine", "ref_mine"]);
    expect(after.returns[0]).toMatchObject({
      made: true,
      projection: "NATIVE",
      commandId: "cmd_1",
      marker: "r".repeat(22),
    });
    expect(after.refunds[0]).toMatchObject({ status: "SUCCEEDED", commandId: "cmd_1" });
  });

  it("keeps it by its looks where the shop kept no marker, and keeps the marker itself", () => {
    const after = then(asked(), says(9, { returns: [back()], refunds: [paid()] }));
    expect(standing(after.returns)).toEqual([["ret_mine", "77"]]);
    expect(standing(after.refunds)).toEqual([["ref_mine", "88"]]);
    expect(after.refunds[0]?.marker).toBe("f".repeat(22));
  });

  it("keeps what was asked of it that the shop has no word for", () => {
    const mine = asked();
    const wished = mine.returns[0]?.lines[0]?.resolution;
    const [told, silent] = [back(), paid()];
    const after = then(
      mine,
      says(9, {
        returns: [{ ...told, lines: told.lines.map((row) => ({ ...row, resolution: "NONE" })) }],
        refunds: [{ ...silent, lines: silent.lines.map((row) => ({ ...row, restocked: null })) }],
      }),
    );
    expect(after.returns[0]?.lines[0]?.resolution).toBe(wished);
    expect(wished).not.toBe("NONE");
    expect(after.refunds[0]?.lines[0]?.restocked).toBe(mine.refunds[0]?.lines[0]?.restocked);
    expect(after.refunds[0]?.lines[0]?.restocked).not.toBeNull();
  });

  it("is not taken for ours where its pieces, its money or its time differ", () => {
    const others = {
      returns: [
        back({ lines: [returnLine("1", 2)] }),
        back({ requestedAt: "2025-12-31T23:50:00.000Z" }),
        back({ marker: "another" }),
      ],
      refunds: [
        paid({ amount: sameMoney("6.00", "EUR") }),
        paid({ lines: [] }),
        paid({ createdAt: "2025-12-31T23:50:00.000Z" }),
        paid({ status: "FAILED" }),
        paid({ marker: "another" }),
      ],
    };
    for (const each of others.returns)
      expect(then(asked(), says(9, { returns: [each] })).returns).toHaveLength(2);
    for (const each of others.refunds)
      expect(then(asked(), says(9, { refunds: [each] })).refunds).toHaveLength(2);
    const unsent = then(asked(order, null), says(9, { returns: [back()], refunds: [paid()] }));
    expect([unsent.returns.length, unsent.refunds.length]).toEqual([2, 2]);
  });

  it("keeps that id also where the marker comes though the step was given up", () => {
    const dropped = [
      { kind: "return-dropped", returnId: "ret_mine" } as const,
      { kind: "refund-dropped", refundId: "ref_mine" } as const,
    ].reduce<Order>((now, fact) => applyLocal(now, fact, context), asked());
    const after = then(
      dropped,
      says(9, {
        returns: [back({ marker: "r".repeat(22) })],
        refunds: [paid({ marker: "f".repeat(22) })],
      }),
    );
    expect(standing(after.returns)).toEqual([["ret_mine", "77"]]);
    expect(standing(after.refunds)).toEqual([["ref_mine", "88"]]);
    expect(countQuantities(after).byLine.get(lineId)).toMatchObject({ refunded: 1, returnable: 2 });
  });

  it("stays where a whole read was taken before the shop had it", () => {
    const after = then(asked(), says(9, { returns: [], refunds: [] }));
    expect(standing(after.returns)).toEqual([["ret_mine", null]]);
    expect(standing(after.refunds)).toEqual([["ref_mine", null]]);
  });

  it("is one, though two alike are planned and one comes", () => {
    const two = applyLocal(
      asked(),
      refundPlanned(lineId, { refundId: "ref_other", marker: "g".repeat(22), stepIndex: 1 }),
      context,
    );
    for (const row of two.refunds) row.sentAt = at(7);
    const first = then(two, says(9, { refunds: [paid()] }));
    expect(first.refunds.filter((row) => row.nativeId === "88")).toHaveLength(1);
    const second = then(first, says(10, { refunds: [paid(), { ...paid(), nativeId: "89" }] }));
    expect(second.refunds.map((row) => row.nativeId).sort()).toEqual(["88", "89"]);
  });
});

describe("looks", () => {
  it("forgive a shop's clock that is ten minutes behind, and no more", () => {
    const { returns, refunds } = asked(order, at(20));
    const [plan, money] = [returns[0], refunds[0]];
    if (!plan || !money) return expect.fail("nothing was planned");
    const ours = { lineId };
    const askedAt = (minute: number) =>
      sameReturn(
        plan,
        { ...back({ requestedAt: at(minute) }), lines: [{ ...returnLine("1", 1), ...ours }] },
        at(20),
      );
    const paidAt = (minute: number) => {
      const { lines, ...rest } = paid({ createdAt: at(minute) });
      const named = lines.map((each) => ({ ...each, ...ours }));
      return sameRefund(money, { ...rest, lines: named }, at(20));
    };
    expect([askedAt(10), askedAt(9)]).toEqual([true, false]);
    expect([paidAt(10), paidAt(9)]).toEqual([true, false]);
  });
});

describe("a refund", () => {
  it("is tied to the return it pays for, also to one that comes later", () => {
    const early = then(order, says(1, { refunds: [refund("r", { 1: 1 }, { returnId: "77" })] }));
    expect(shapeOrder(early).refunds[0]?.returnId, "nobody can follow it yet").toBeNull();
    const late = then(early, says(2, { returns: [back()] }));
    expect(shapeOrder(late).refunds[0]?.returnId).toBe(late.returns[0]?.id);
  });

  it("stays tied to the return that we asked it to pay for where the shop ties it to none", () => {
    const after = then(asked(), says(9, { returns: [back()], refunds: [paid()] }));
    expect(after.refunds[0]?.returnId).toBe("ret_mine");
    const again = then(after, says(10, { refunds: [paid()] }));
    expect(again.refunds[0]?.returnId).toBe("ret_mine");
  });
});

describe("merging into an order with plans", () => {
  const plans = fc.tuple(
    orders.map((any) => asked(any)),
    minutes.chain(anySnapshots),
  );

  it("changes nothing when the same word comes again", () => {
    fc.assert(
      fc.property(plans, ([any, word]) => {
        const once = then(any, word);
        expect(then(once, word)).toEqual(once);
      }),
    );
  });

  it("keeps every plan under its id until it is made or given up", () => {
    fc.assert(
      fc.property(plans, ([any, word]) => {
        const after = then(any, word);
        expect(present(after.returns).map((row) => row.id)).toContain("ret_mine");
        expect(present(after.refunds).map((row) => row.id)).toContain("ref_mine");
      }),
    );
  });

  it("names no line, return or refund in what readers see that they cannot find there", () => {
    fc.assert(
      fc.property(plans, ([any, word]) => {
        const document = shapeOrder(then(any, word));
        const lines = new Set(document.lines.map((row) => row.id));
        const returns = new Set(document.returns.map((row) => row.id));
        for (const row of [...document.returns, ...document.refunds, ...document.fulfillments])
          for (const each of row.lines) expect(lines).toContain(each.lineId);
        for (const { returnId } of document.refunds)
          if (returnId !== null) expect(returns).toContain(returnId);
      }),
    );
  });
});
