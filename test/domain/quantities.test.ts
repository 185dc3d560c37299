import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LineQuantities } from "../../src/domain/document.js";
import type { Order } from "../../src/domain/order.js";
import { present } from "../../src/domain/part.js";
import { countQuantities } from "../../src/domain/quantities.js";
import { byLine, lessQuantity, roundQuantity, sumQuantities } from "../../src/domain/quantity.js";
import type { ReturnStage } from "../../src/domain/return.js";
import { at, line, shipment } from "../support/snapshots.js";
import {
  orders,
  orderWith,
  quantities,
  refund,
  returned,
  returnLine,
  scan,
  work,
} from "./arbitraries.js";

/** The counts of the order's only line. */
function countsOf(order: Order): LineQuantities {
  const [only] = countQuantities(order).byLine.values();
  if (!only) throw new Error("the order has no line");
  return only;
}
const codesOf = (order: Order) => countQuantities(order).anomalies.map((anomaly) => anomaly.code);

describe("quantities of any order", () => {
  it("come out: ordered = canceled + unfulfilled + fulfilled", () => {
    fc.assert(
      fc.property(orders, (order) => {
        for (const [id, q] of countQuantities(order).byLine) {
          const facts = order.lines.find((row) => row.id === id);
          expect(q.ordered).toBe(facts?.ordered);
          expect(roundQuantity(q.canceled + q.unfulfilled + q.fulfilled)).toBe(q.ordered);
        }
      }),
    );
  });

  it("deliver no more than was shipped, and ship no more than was fulfilled", () => {
    fc.assert(
      fc.property(orders, (order) => {
        for (const q of countQuantities(order).byLine.values()) {
          expect(q.delivered).toBeLessThanOrEqual(q.shipped);
          expect(q.shipped).toBeLessThanOrEqual(q.fulfilled);
          expect(q.restocked).toBeLessThanOrEqual(q.ordered);
          expect(q.refunded).toBeLessThanOrEqual(q.ordered);
        }
      }),
    );
  });

  it("take in no more than was agreed to, agree to no more than was asked for", () => {
    fc.assert(
      fc.property(orders, (order) => {
        for (const q of countQuantities(order).byLine.values()) {
          const handled = roundQuantity(q.returnReceived + q.returnRejected);
          expect(handled).toBeLessThanOrEqual(q.returnApproved);
          expect(q.returnApproved).toBeLessThanOrEqual(q.returnRequested);
          expect(q.returnRequested).toBeLessThanOrEqual(q.ordered);
          expect(q.returnable).toBeLessThanOrEqual(q.fulfilled);
        }
      }),
    );
  });

  it("offer and hold together no more than is unfulfilled", () => {
    fc.assert(
      fc.property(orders, (order) => {
        for (const q of countQuantities(order).byLine.values())
          expect(roundQuantity(q.fulfillable + q.onHold)).toBeLessThanOrEqual(q.unfulfilled);
      }),
    );
  });

  it("are never negative and have four decimals at most", () => {
    fc.assert(
      fc.property(orders, (order) => {
        for (const q of countQuantities(order).byLine.values())
          for (const value of Object.values(q)) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(String(value)).toMatch(/^\d+(\.\d{1,4})?$/);
          }
      }),
    );
  });

  it("are counted for every line that stands and for no other", () => {
    fc.assert(
      fc.property(orders, (order) => {
        const standing = present(order.lines).map((row) => row.id);
        expect([...countQuantities(order).byLine.keys()]).toEqual(standing);
      }),
    );
  });

  it("tell an anomaly wherever the shop's count was cut", () => {
    fc.assert(
      fc.property(quantities, quantities, quantities, (ordered, shipped, refunded) => {
        const order = orderWith({
          lines: [line("1", ordered)],
          fulfillments: [shipment("f", { 1: shipped })],
          refunds: [refund("r", { 1: refunded })],
        });
        const codes = codesOf(order);
        expect(codes.includes("OVER_FULFILLED")).toBe(shipped > ordered);
        expect(codes.includes("OVER_REFUNDED")).toBe(refunded > ordered);
      }),
    );
  });

  it("stand a shop's negative counts without passing them on", () => {
    const order = orderWith({
      lines: [line("1", 3)],
      fulfillments: [shipment("f", { 1: -2 })],
      refunds: [refund("r", { 1: -1 }, { restocked: true })],
    });
    expect(countsOf(order)).toMatchObject({
      unfulfilled: 3,
      fulfillable: 3,
      fulfilled: 0,
      shipped: 0,
      refunded: 0,
      restocked: 0,
    });
  });

  it("round what a shop counts more finely than four decimals", () => {
    const q = countsOf(orderWith({ lines: [line("1", 1 / 3)] }));
    expect(q).toMatchObject({ ordered: 0.3333, unfulfilled: 0.3333, fulfillable: 0.3333 });
  });
});

describe("quantities of one line", () => {
  it("do not offer again what was refunded before it was shipped", () => {
    const order = orderWith({ lines: [line("1", 3)], refunds: [refund("r", { 1: 1 })] });
    expect(countsOf(order)).toMatchObject({
      canceled: 0,
      unfulfilled: 3,
      fulfillable: 2,
      refunded: 1,
    });
  });

  it("take a refund of shipped goods for one of those, and offer the rest", () => {
    const order = orderWith({
      lines: [line("1", 3)],
      fulfillments: [shipment("f", { 1: 2 })],
      refunds: [refund("r", { 1: 1 })],
    });
    expect(countsOf(order)).toMatchObject({ unfulfilled: 1, fulfillable: 1, refunded: 1 });
  });

  it("count as canceled what a refund says never left", () => {
    const order = orderWith({
      lines: [line("1", 3)],
      refunds: [refund("r", { 1: 1 }, { cancels: true, restocked: true })],
    });
    expect(countsOf(order)).toMatchObject({
      canceled: 1,
      unfulfilled: 2,
      fulfillable: 2,
      refunded: 1,
      restocked: 1,
    });
  });

  it("cut 50 shipped of 3 down to 3 and say so", () => {
    const order = orderWith({
      lines: [line("1", 3)],
      fulfillments: [shipment("f", { 1: 50 })],
    });
    expect(countsOf(order)).toMatchObject({ ordered: 3, fulfilled: 3, unfulfilled: 0 });
    expect(countQuantities(order).anomalies).toMatchObject([
      {
        code: "OVER_FULFILLED",
        lineId: order.lines[0]?.id,
        message: "the shop says 50 of 3 were fulfilled; counted as 3",
      },
    ]);
    expect(order.fulfillments[0]?.lines[0]?.quantity, "the shop's own word stays").toBe(50);
  });

  it("cut 9 refunded of 3 down to 3 and say so", () => {
    const order = orderWith({ lines: [line("1", 3)], refunds: [refund("r", { 1: 9 })] });
    expect(countsOf(order)).toMatchObject({ refunded: 3, unfulfilled: 3, fulfillable: 0 });
    expect(codesOf(order)).toEqual(["OVER_REFUNDED"]);
  });

  it("cancel whatever a canceled order had not shipped", () => {
    const order = orderWith({
      head: { canceledAt: at(9) },
      lines: [line("1", 3)],
      fulfillments: [shipment("f", { 1: 1 })],
    });
    expect(countsOf(order)).toMatchObject({
      canceled: 2,
      fulfilled: 1,
      unfulfilled: 0,
      fulfillable: 0,
    });
  });

  it("offer nothing of a deleted order", () => {
    const order = { ...orderWith({ lines: [line("1", 3)] }), deletedAt: at(9) };
    expect(countsOf(order)).toMatchObject({ unfulfilled: 3, fulfillable: 0 });
  });

  it("count no shipment that is a draft, canceled or failed", () => {
    for (const status of ["OPEN", "CANCELED", "ERROR", "PENDING"] as const) {
      const fulfillments = [shipment("f", { 1: 2 }, { status })];
      const order = orderWith({ lines: [line("1", 3)], fulfillments });
      expect(countsOf(order), status).toMatchObject({ fulfilled: 0, fulfillable: 3 });
    }
  });

  it("count no refund that failed", () => {
    const refunds = [refund("r", { 1: 2 }, { status: "FAILED" })];
    expect(countsOf(orderWith({ lines: [line("1", 3)], refunds }))).toMatchObject({
      refunded: 0,
      fulfillable: 3,
    });
  });

  it("count as fulfilled but not as shipped what has only a label", () => {
    for (const deliveryStatus of ["LABEL_CREATED", "NOT_SHIPPED"] as const) {
      const fulfillments = [shipment("f", { 1: 2 }, { deliveryStatus })];
      const order = orderWith({ lines: [line("1", 3)], fulfillments });
      expect(countsOf(order), deliveryStatus).toMatchObject({ fulfilled: 2, shipped: 0 });
    }
  });

  it("count as delivered what its scans say has arrived", () => {
    const order = orderWith({
      lines: [line("1", 3)],
      fulfillments: [shipment("f", { 1: 2 }, { number: "1Z" }), shipment("g", { 1: 1 })],
      scans: [scan("s", "f", "DELIVERED", 9)],
    });
    expect(countsOf(order)).toMatchObject({ fulfilled: 3, shipped: 3, delivered: 2 });
  });

  it("ship and deliver nothing of what needs no shipping", () => {
    const order = orderWith({
      lines: [line("1", 3, { requiresShipping: false })],
      fulfillments: [shipment("f", { 1: 3 }, { deliveryStatus: "DELIVERED" })],
    });
    expect(countsOf(order)).toMatchObject({ fulfilled: 3, shipped: 0, delivered: 0 });
  });

  it("believe the shop's own count where it names no shipments", () => {
    expect(countsOf(orderWith({ lines: [line("1", 3, { fulfilled: 2 })] }))).toMatchObject({
      fulfilled: 2,
      unfulfilled: 1,
    });
  });

  const back = (changes: Parameters<typeof returnLine>[2], stage?: ReturnStage) =>
    countsOf(
      orderWith({
        lines: [line("1", 3)],
        fulfillments: [shipment("f", { 1: 3 })],
        returns: [returned("r", [returnLine("1", 2, changes)], stage && { stage })],
      }),
    );

  it("offer for a return what left and is in no other one", () => {
    expect(back({}).returnable).toBe(1);
    expect(back({ approved: 0 }, "REQUESTED")).toMatchObject({ returnable: 1, returnRequested: 2 });
    expect(back({ approved: 1 }).returnable).toBe(2);
    expect(back({ received: 1, rejected: 1 }, "CLOSED").returnable).toBe(1);
    expect(back({ received: 1 }, "CLOSED").returnable).toBe(2);
    for (const stage of ["DECLINED", "CANCELED"] as const)
      expect(back({}, stage)).toMatchObject({ returnable: 3, returnRequested: 0 });
  });

  it("offer for no return what came back with a refund already", () => {
    const left = (cameBack: boolean, returnId: string | null) => {
      const paid = refund("x", { 1: 1 }, { restocked: true, returnId });
      const lines = paid.lines.map((row) => ({ ...row, cameBack }));
      return countsOf(
        orderWith({
          lines: [line("1", 3)],
          fulfillments: [shipment("f", { 1: 3 })],
          returns: [returned("r", [returnLine("1", 1, { received: 1 })], { stage: "CLOSED" })],
          refunds: [{ ...paid, lines }],
        }),
      ).returnable;
    };
    expect(left(true, null)).toBe(1);
    expect(left(true, "r"), "the return has it").toBe(2);
    expect(left(false, null), "it may come yet").toBe(2);
  });

  it("take what came for agreed to and asked for, where the shop counts otherwise", () => {
    expect(back({ approved: 0, received: 2, rejected: 1 })).toMatchObject({
      returnRequested: 3,
      returnApproved: 3,
      returnReceived: 2,
      returnRejected: 1,
    });
  });

  it("cut 9 returned of 3 down to 3 and say so", () => {
    const returns = [returned("r", [returnLine("1", 9, { received: 9 })])];
    const order = orderWith({ lines: [line("1", 3)], returns });
    expect(countsOf(order)).toMatchObject({ returnReceived: 3, returnRejected: 0, returnable: 0 });
    expect(codesOf(order)).toEqual(["OVER_RETURNED"]);
  });

  it("write off what came damaged or is missing, and restock what the shop put back", () => {
    expect(back({ received: 2, disposition: "DAMAGED" })).toMatchObject({ writtenOff: 2 });
    expect(back({ received: 2, disposition: "RESTOCK", restocked: 1 })).toMatchObject({
      writtenOff: 0,
      restocked: 1,
    });
  });

  it("restock once what a return and the refund that pays for it both tell of", () => {
    const order = orderWith({
      lines: [line("1", 3)],
      returns: [returned("r", [returnLine("1", 1, { received: 1, restocked: 1 })])],
      refunds: [refund("f", { 1: 1 }, { restocked: true, returnId: "r" })],
    });
    expect(countsOf(order)).toMatchObject({ refunded: 1, restocked: 1 });
  });

  it("restock what only the refund tells of, where the shop puts nothing back before it pays", () => {
    const order = orderWith({
      lines: [line("1", 3)],
      returns: [returned("r", [returnLine("1", 2, { received: 2 })])],
      refunds: [refund("f", { 1: 2 }, { restocked: true, returnId: "r" })],
    });
    expect(countsOf(order)).toMatchObject({ returnReceived: 2, restocked: 2 });
  });

  it("offer only what open work at a place still asks for, and not what is on hold", () => {
    const order = orderWith({
      lines: [line("1", 5)],
      work: [work("w1", { 1: 2 }), work("w2", { 1: 1 }, { status: "ON_HOLD" })],
    });
    expect(countsOf(order)).toMatchObject({ unfulfilled: 5, onHold: 1, fulfillable: 2 });
  });

  it("tell of shipments and refunds that name a line which the order does not have", () => {
    const order = orderWith({
      lines: [line("1", 3)],
      fulfillments: [shipment("f", { 999: 1 })],
      refunds: [refund("r", { 998: 1 })],
    });
    expect(codesOf(order)).toEqual(["FOREIGN_LINE", "FOREIGN_LINE"]);
    expect(countsOf(order)).toMatchObject({ fulfilled: 0, refunded: 0 });
  });
});

describe("arithmetic of quantities", () => {
  it("leaves no trace of binary fractions", () => {
    expect(sumQuantities([0.1, 0.2])).toBe(0.3);
    expect(lessQuantity(0.3, 0.1)).toBe(0.2);
    fc.assert(
      fc.property(fc.array(quantities), (values) => {
        const exact = values.reduce((sum, value) => sum + Math.round(value * 10_000), 0);
        expect(sumQuantities(values)).toBe(exact / 10_000);
      }),
    );
  });

  it("never goes below zero", () => {
    fc.assert(
      fc.property(quantities, quantities, (a, b) => {
        expect(lessQuantity(a, b)).toBe(a > b ? roundQuantity(a - b) : 0);
      }),
    );
  });

  it("adds up what names one line twice", () => {
    const lines = [
      { lineId: "a", quantity: 0.1 },
      { lineId: "b", quantity: 1 },
      { lineId: "a", quantity: 0.2 },
    ];
    expect([...byLine(lines)]).toEqual([
      ["a", 0.3],
      ["b", 1],
    ]);
  });
});
