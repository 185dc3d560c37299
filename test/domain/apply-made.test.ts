import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyLocal } from "../../src/domain/apply-local.js";
import { derive } from "../../src/domain/derive.js";
import { InvalidInput } from "../../src/domain/errors.js";
import type { LocalFact } from "../../src/domain/local.js";
import { merge } from "../../src/domain/merge.js";
import type { Order } from "../../src/domain/order.js";
import { countQuantities, refundableOf } from "../../src/domain/quantities.js";
import { refundableAmount } from "../../src/domain/quote.js";
import { shapeOrder } from "../../src/domain/shape.js";
import type { Snapshot } from "../../src/domain/snapshot.js";
import { at, line, shipment } from "../support/snapshots.js";
import {
  counting,
  orders,
  orderWith,
  quantities,
  refund,
  refundPlanned,
  returned,
  returnLine,
  returnPlanned,
} from "./arbitraries.js";

let minted = 0;
const context = { ...counting(at(50)), mint: (type: string) => `${type} ${++minted}` };
const apply = (before: Order, ...facts: LocalFact[]) =>
  facts.reduce((now, fact) => applyLocal(now, fact, context), before);
const told = (order: Order, sections: Partial<Snapshot>) =>
  merge(order, { ref: { nativeId: "o" }, ...sections }, context).order;
const whole = <T>(value: T) => ({ asOf: at(60), complete: true, value });

/** Three pieces of which two left. */
const order = orderWith({ lines: [line("1", 3)], fulfillments: [shipment("f", { 1: 2 })] });
const lineId = order.lines[0]?.id as string;
const countsOf = (of: Order) => countQuantities(of).byLine.get(lineId);
const onlyReturn = (of: Order) => of.returns[0] ?? expect.fail("no return");
const onlyRefund = (of: Order) => of.refunds[0] ?? expect.fail("no refund");

const confirmedReturn: LocalFact = {
  kind: "return-confirmed",
  returnId: "ret_mine",
  nativeId: null,
};
const droppedReturn: LocalFact = { kind: "return-dropped", returnId: "ret_mine" };
const keptReturn: LocalFact = { kind: "return-kept", returnId: "ret_mine" };
const confirmedRefund: LocalFact = {
  kind: "refund-confirmed",
  refundId: "ref_mine",
  nativeId: null,
};
const droppedRefund: LocalFact = { kind: "refund-dropped", refundId: "ref_mine" };

/** What is left of every line, and of the money. */
const leftOf = (of: Order) => ({
  lines: [...countQuantities(of).byLine].map(([id, { fulfillable, returnable }]) => [
    id,
    fulfillable,
    returnable,
  ]),
  refundable: [...refundableOf(of)],
  money: refundableAmount(shapeOrder(of)),
});

describe("what a command plans of any order", () => {
  const plans = fc.tuple(orders, quantities, quantities);

  it("takes from what is left, and never more than there is", () => {
    fc.assert(
      fc.property(plans, ([any, back, paid]) => {
        const id = any.lines[0]?.id ?? "line_9";
        const planned = apply(
          any,
          returnPlanned(id, { quantity: back }),
          refundPlanned(id, { quantity: paid }),
        );
        const before = countQuantities(any).byLine;
        for (const [each, q] of countQuantities(planned).byLine) {
          const was = before.get(each) ?? expect.fail("a line came");
          expect(q.returnable).toBeGreaterThanOrEqual(0);
          expect(q.returnable).toBeLessThanOrEqual(was.returnable);
          expect(q.fulfillable).toBeGreaterThanOrEqual(0);
          expect(q.fulfillable).toBeLessThanOrEqual(was.fulfillable);
          expect({ ...q, returnable: 0, fulfillable: 0 }, "nothing else counts yet").toEqual({
            ...was,
            returnable: 0,
            fulfillable: 0,
          });
          expect(refundableOf(planned).get(each)).toBeLessThanOrEqual(
            refundableOf(any).get(each) ?? 0,
          );
        }
        expect(derive(planned).statuses).toEqual(derive(any).statuses);
      }),
    );
  });

  it("gives all of it back when it is dropped", () => {
    fc.assert(
      fc.property(plans, ([any, back, paid]) => {
        const id = any.lines[0]?.id ?? "line_9";
        const dropped = apply(
          any,
          returnPlanned(id, { quantity: back }),
          refundPlanned(id, { quantity: paid }),
          droppedRefund,
          droppedReturn,
        );
        expect(leftOf(dropped)).toEqual(leftOf(any));
        expect(shapeOrder(dropped)).toEqual(shapeOrder(any));
      }),
    );
  });

  it("is planned once, however often its step is, and leaves what it is given alone", () => {
    fc.assert(
      fc.property(orders, (any) => {
        const before = structuredClone(any);
        const id = any.lines[0]?.id ?? "line_9";
        const once = apply(any, returnPlanned(id), refundPlanned(id));
        expect(apply(once, returnPlanned(id), refundPlanned(id))).toEqual(once);
        expect(any).toEqual(before);
      }),
    );
  });
});

describe("a planned return", () => {
  it("holds its pieces, and counts as asked for once it is made", () => {
    const planned = apply(order, returnPlanned(lineId, { quantity: 2 }));
    expect(onlyReturn(planned)).toMatchObject({ id: "ret_mine", made: false, nativeId: null });
    expect(countsOf(planned)).toMatchObject({ returnable: 0, returnRequested: 0 });
    expect(derive(planned).statuses.RETURN).toBe("NONE");
    const made = apply(planned, confirmedReturn);
    expect(countsOf(made)).toMatchObject({ returnable: 0, returnRequested: 2, returnApproved: 2 });
    expect(derive(made).statuses.RETURN).toBe("IN_PROGRESS");
  });

  it("is only asked for where it is still to be agreed to", () => {
    const asked = apply(order, returnPlanned(lineId, { requested: true }), confirmedReturn);
    expect(onlyReturn(asked)).toMatchObject({ stage: "REQUESTED", lines: [{ approved: 0 }] });
    expect(countsOf(asked)).toMatchObject({ returnable: 1, returnRequested: 1, returnApproved: 0 });
  });

  it("is the gateway's own where the platform has none", () => {
    const kept = apply(order, returnPlanned(lineId, { projection: "LOCAL_ONLY" }), keptReturn);
    expect(onlyReturn(kept)).toMatchObject({ owner: "GATEWAY", made: true, nativeId: null });
    const after = told(kept, { returns: whole([]) });
    expect(onlyReturn(after)).toEqual(onlyReturn(kept));
  });

  it("bears a name that no other return of its order bears", () => {
    const names = (of: Order) => of.returns.map((row) => row.name);
    const second = returnPlanned(lineId, { returnId: "ret_other" });
    const both = apply(order, returnPlanned(lineId), second);
    expect(names(both)).toEqual(["1001-R1", "1001-R2"]);
    expect(names(apply(both, droppedReturn, returnPlanned(lineId)))).toEqual(names(both));
    const native = orderWith({
      lines: [line("1", 3)],
      returns: [returned("r", [returnLine("1", 1)], { name: "1001-R1" })],
    });
    expect(names(apply(native, returnPlanned(lineId)))).toEqual(["1001-R1", "1001-R2"]);
  });

  it("moves as the shop or the gateway moves it", () => {
    const moved = apply(order, returnPlanned(lineId, { quantity: 2 }), keptReturn, {
      kind: "return-moved",
      returnId: "ret_mine",
      move: {
        to: "received",
        lines: [{ lineId, received: 1, rejected: 1, disposition: "DAMAGED" }],
      },
    });
    expect(countsOf(moved)).toMatchObject({
      returnReceived: 1,
      returnRejected: 1,
      writtenOff: 1,
      restocked: 0,
      returnable: 0,
    });
  });

  it("is not dropped once the channel knows it, and comes back when its step is tried again", () => {
    const known = apply(order, returnPlanned(lineId), { ...confirmedReturn, nativeId: "77" });
    expect(apply(known, droppedReturn)).toEqual(known);
    const gone = apply(order, returnPlanned(lineId), droppedReturn);
    expect(onlyReturn(gone).removedAt).toBe(at(50));
    expect(onlyReturn(apply(gone, returnPlanned(lineId))).removedAt).toBeNull();
  });

  it("takes the place of its twin where the report came first, and what was paid for it too", () => {
    const reported = told(apply(order, returnPlanned(lineId, { marker: "another" })), {
      returns: whole([returned("77", [returnLine("1", 1)])]),
      refunds: whole([refund("r", { 1: 1 }, { returnId: "77" })]),
    });
    const confirmed = apply(reported, { ...confirmedReturn, nativeId: "77" });
    const standing = confirmed.returns.filter((row) => row.removedAt === null);
    expect(standing).toMatchObject([{ id: "ret_mine", nativeId: "77", made: true }]);
    expect(onlyRefund(confirmed).returnId).toBe("ret_mine");
    expect(countsOf(confirmed)).toMatchObject({ returnable: 1 });
  });
});

describe("a planned refund", () => {
  const planned = apply(order, refundPlanned(lineId, { quantity: 2, money: "12.00" }));

  it("holds pieces and money, and counts once it is made", () => {
    expect(onlyRefund(planned)).toMatchObject({ id: "ref_mine", status: "PENDING" });
    expect(countsOf(planned)).toMatchObject({ refunded: 0, restocked: 0, fulfillable: 1 });
    expect(refundableOf(planned).get(lineId)).toBe(1);
    expect(shapeOrder(planned).totals.refundPending.shop.amount).toBe("12.00");
    const made = apply(planned, confirmedRefund);
    expect(countsOf(made)).toMatchObject({ refunded: 2, restocked: 2, fulfillable: 1 });
    expect(shapeOrder(made).totals).toMatchObject({
      refunded: { shop: { amount: "12.00" } },
      refundPending: { shop: { amount: "0.00" } },
    });
  });

  it("takes unshipped pieces from what may be shipped where more is paid back than left", () => {
    const all = apply(order, refundPlanned(lineId, { quantity: 3 }));
    expect(countsOf(all)).toMatchObject({ fulfillable: 0, unfulfilled: 1 });
    expect(countsOf(apply(all, droppedRefund))).toMatchObject({ fulfillable: 1 });
  });

  it("says that nobody knows what became of it, and holds on until it is known", () => {
    const unclear = apply(planned, { kind: "refund-unclear", refundId: "ref_mine" });
    expect(onlyRefund(unclear)).toMatchObject({ status: "OUTCOME_UNKNOWN", removedAt: null });
    expect(leftOf(unclear)).toEqual(leftOf(planned));
    expect(onlyRefund(apply(unclear, confirmedRefund)).status).toBe("SUCCEEDED");
    expect(onlyRefund(apply(unclear, droppedRefund)).status).toBe("FAILED");
    expect(onlyRefund(apply(unclear, refundPlanned(lineId))).status).toBe("PENDING");
  });

  it("is neither dropped nor in doubt once the channel knows it", () => {
    const known = apply(planned, { ...confirmedRefund, nativeId: "77" });
    for (const kind of ["refund-dropped", "refund-unclear"] as const)
      expect(apply(known, { kind, refundId: "ref_mine" })).toEqual(known);
  });

  it("takes the place of its twin where the report came first, and money counts once", () => {
    const reported = told(planned, { refunds: whole([refund("77", { 1: 2 })]) });
    const confirmed = apply(reported, { ...confirmedRefund, nativeId: "77" });
    const standing = confirmed.refunds.filter((row) => row.removedAt === null);
    expect(standing).toMatchObject([{ id: "ref_mine", nativeId: "77", status: "SUCCEEDED" }]);
    expect(countsOf(confirmed)).toMatchObject({ refunded: 2 });
  });
});

describe("notes and tags of ours", () => {
  it("are added, and tags taken away again", () => {
    const note = {
      text: "called",
      author: "Ada",
      at: at(1),
      customerVisible: false,
      kept: "HERE",
    } as const;
    const noted = apply(
      order,
      { kind: "note-added", note },
      { kind: "tags-kept", add: ["vip", "late"], remove: [] },
      { kind: "tags-kept", add: ["vip"], remove: ["late"] },
    );
    expect(noted.head.notes).toEqual([note]);
    expect(shapeOrder(noted).tags).toEqual(["vip"]);
  });
});

it("a fact of a return or refund that the order does not have is refused by its name", () => {
  const naming: LocalFact[] = [
    { ...confirmedReturn, returnId: "ret_9" },
    { ...droppedReturn, returnId: "ret_9" },
    { ...keptReturn, returnId: "ret_9" },
    { kind: "return-moved", returnId: "ret_9", move: { to: "closed" } },
    { ...confirmedRefund, refundId: "ret_9" },
    { ...droppedRefund, refundId: "ret_9" },
    { kind: "refund-unclear", refundId: "ret_9" },
  ];
  for (const fact of naming) {
    expect(() => apply(order, fact), fact.kind).toThrow(InvalidInput);
    expect(() => apply(order, fact), fact.kind).toThrow(/ret_9 is not part of order/);
  }
});
