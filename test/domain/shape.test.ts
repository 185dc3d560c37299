import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deliveryOf, parcelDelivery } from "../../src/domain/delivery.js";
import { derive } from "../../src/domain/derive.js";
import type { OrderDocument } from "../../src/domain/document.js";
import { merge } from "../../src/domain/merge.js";
import type { Order } from "../../src/domain/order.js";
import { present } from "../../src/domain/part.js";
import { shapeOrder } from "../../src/domain/shape.js";
import type { Snapshot } from "../../src/domain/snapshot.js";
import { at, line, shipment } from "../support/snapshots.js";
import { counting, orders, orderWith, refund, scan } from "./arbitraries.js";

const lines = [line("1", 3)];
const only = (document: OrderDocument) => {
  const [first] = document.fulfillments;
  if (!first) throw new Error("the document has no shipment");
  return first;
};

describe("the shape of any order", () => {
  it("is the same for the same facts, and changes nothing of them", () => {
    fc.assert(
      fc.property(orders, (order) => {
        const facts = structuredClone(order);
        expect(shapeOrder(order)).toEqual(shapeOrder(structuredClone(order)));
        expect(order).toEqual(facts);
      }),
    );
  });

  it("survives being written as JSON and read again", () => {
    fc.assert(
      fc.property(orders, (order) => {
        const document = shapeOrder(order);
        expect(JSON.parse(JSON.stringify(document))).toEqual(document);
      }),
    );
  });

  it("does not depend on the order in which scans are kept", () => {
    fc.assert(
      fc.property(orders, (order) => {
        const other: Order = {
          ...order,
          fulfillments: order.fulfillments.map((row) => ({
            ...row,
            packages: row.packages.map((parcel) => ({
              ...parcel,
              scans: parcel.scans.toReversed(),
            })),
          })),
        };
        expect(shapeOrder(other)).toEqual(shapeOrder(order));
      }),
    );
  });

  it("names no line that is not in it", () => {
    fc.assert(
      fc.property(orders, (order) => {
        const document = shapeOrder(order);
        const known = document.lines.map((row) => row.id);
        const named = [
          ...document.fulfillments.flatMap((row) => [
            ...row.lines,
            ...row.packages.flatMap((parcel) => parcel.lines),
          ]),
          ...document.refunds.flatMap((row) => row.lines),
          ...document.fulfillmentOrders.flatMap((row) => row.lines),
        ];
        for (const { lineId } of named) expect(known).toContain(lineId);
      }),
    );
  });

  it("holds the rows that stand, and of those that went only tracking numbers and shipments taken back", () => {
    fc.assert(
      fc.property(orders, (order) => {
        const document = shapeOrder(order);
        const ids = (rows: { id: string }[]) => rows.map((row) => row.id);
        expect(ids(document.lines)).toEqual(ids(present(order.lines)));
        expect(ids(document.fulfillments)).toEqual(
          ids(order.fulfillments.filter((row) => !row.removedAt || row.status === "CANCELED")),
        );
        expect(ids(document.refunds)).toEqual(ids(present(order.refunds)));
        expect(ids(document.transactions)).toEqual(ids(present(order.transactions)));
        for (const row of present(order.fulfillments)) {
          const shown = document.fulfillments.find(({ id }) => id === row.id)?.packages ?? [];
          const kept = row.packages.filter((parcel) => !parcel.removedAt || parcel.tracking);
          expect(ids(shown)).toEqual(ids(kept));
        }
      }),
    );
  });

  it("takes its statuses and quantities from the facts", () => {
    fc.assert(
      fc.property(orders, (order) => {
        const document = shapeOrder(order);
        const { statuses, byLine } = derive(order);
        expect([
          document.state,
          document.paymentStatus,
          document.fulfillmentStatus,
          document.deliveryStatus,
          document.returnStatus,
        ]).toEqual(Object.values(statuses));
        for (const row of document.lines) expect(row.quantities).toEqual(byLine.get(row.id));
      }),
    );
  });
});

describe("the shape of a shipment", () => {
  it("adds up lines that the shop names twice, and leaves out foreign ones", () => {
    const twice = [
      { lineId: "1", quantity: 1 },
      { lineId: "1", quantity: 0.5 },
      { lineId: "999", quantity: 7 },
    ];
    const order = orderWith({ lines, fulfillments: [shipment("f", {}, { lines: twice })] });
    expect(only(shapeOrder(order)).lines).toEqual([{ lineId: order.lines[0]?.id, quantity: 1.5 }]);
  });

  it("shows scans newest first, and of one time the last recorded first", () => {
    const order = orderWith({
      lines,
      fulfillments: [shipment("f", { 1: 3 }, { number: "1Z" })],
      scans: [
        scan("a", "f", "IN_TRANSIT", 2, { message: "a" }),
        scan("b", "f", "OUT_FOR_DELIVERY", 5, { message: "b" }),
        scan("c", "f", "IN_TRANSIT", 2, { message: "c" }),
      ],
    });
    const events = only(shapeOrder(order)).packages[0]?.tracking?.events;
    expect(events?.map((event) => event.message)).toEqual(["b", "c", "a"]);
  });

  it("knows when it arrived from the last parcel's scan, and only once all did", () => {
    const packages = ["1Z", "2Z"].map((number) => ({
      nativeId: number,
      tracking: { number, carrier: null, carrierCode: null, url: null, estimatedDeliveryAt: null },
      lines: [],
    }));
    const fulfillments = [shipment("f", { 1: 3 }, { packages })];
    const first = scan("a", "f", "DELIVERED", 5, { packageNativeId: "1Z" });
    const second = scan("b", "f", "DELIVERED", 9, { packageNativeId: "2Z" });
    const one = shapeOrder(orderWith({ lines, fulfillments, scans: [first] }));
    expect(only(one)).toMatchObject({ deliveryStatus: "PARTIALLY_DELIVERED", deliveredAt: null });
    const both = shapeOrder(orderWith({ lines, fulfillments, scans: [second, first] }));
    expect(only(both)).toMatchObject({ deliveryStatus: "DELIVERED", deliveredAt: at(9) });
  });

  it("keeps a tracking number that went, with the time it did", () => {
    const order = orderWith({ lines, fulfillments: [shipment("f", { 1: 3 }, { number: "1Z" })] });
    const word: Snapshot = {
      ref: { nativeId: "o" },
      fulfillments: {
        asOf: at(3),
        complete: true,
        value: [shipment("f", { 1: 3 }, { number: "2Z" })],
      },
    };
    const context = { ...counting(), mint: (type: string) => `${type} later` };
    const document = shapeOrder(merge(order, word, context).order);
    expect(
      only(document).packages.map(({ tracking }) => [tracking?.number, tracking?.removedAt]),
    ).toEqual([
      ["2Z", null],
      ["1Z", at(3)],
    ]);
  });

  it("is NOT_SHIPPED with its parcels until it left", () => {
    for (const status of ["OPEN", "CANCELED", "ERROR", "PENDING"] as const) {
      const order = orderWith({
        lines,
        fulfillments: [shipment("f", { 1: 3 }, { number: "1Z", status })],
        scans: [scan("a", "f", "DELIVERED", 5)],
      });
      const document = only(shapeOrder(order));
      expect(document.deliveryStatus, status).toBe("NOT_SHIPPED");
      expect(document.packages[0]?.tracking?.status, status).toBe("NOT_SHIPPED");
      expect(document.deliveredAt, status).toBeNull();
    }
  });

  it("is where its parcels are, by scans first and the shop's word where there are none", () => {
    fc.assert(
      fc.property(orders, (order) => {
        for (const row of present(order.fulfillments)) {
          const parcels = present(row.packages);
          if (row.status !== "SUCCESS") expect(deliveryOf(row)).toBe("NOT_SHIPPED");
          else if (parcels.length === 0) expect(deliveryOf(row)).toBe(row.deliveryStatus);
          else if (parcels.length === 1 && parcels[0])
            expect(deliveryOf(row)).toBe(parcelDelivery(parcels[0], row));
          for (const parcel of parcels)
            if (present(parcel.scans).every((each) => each.status === "UNKNOWN"))
              expect(parcelDelivery(parcel, row)).toBe(row.deliveryStatus);
        }
      }),
    );
  });
});

describe("the shape of a refund", () => {
  it("holds what was given back for which line", () => {
    const order = orderWith({
      lines,
      refunds: [refund("r", { 1: 1, 999: 1 }, { restocked: true })],
    });
    expect(shapeOrder(order).refunds[0]?.lines).toMatchObject([
      { lineId: order.lines[0]?.id, quantity: 1, restocked: true },
    ]);
  });
});
