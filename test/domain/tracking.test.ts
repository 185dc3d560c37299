import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DELIVERY_STATUSES } from "../../src/domain/status.js";
import {
  deliveryStatusOf,
  normalizeTrackingNumber,
  rollUpDelivery,
  type Scan,
} from "../../src/domain/tracking.js";
import { at } from "../support/snapshots.js";

const statuses = fc.constantFrom(...DELIVERY_STATUSES);
const scanned = (status: Scan["status"], occurredAt: string): Scan => ({
  status,
  rawStatus: null,
  message: null,
  city: null,
  region: null,
  country: null,
  occurredAt,
  source: "UPS",
});
/** Few moments, so that some scans happen at the same one. */
const moments = fc.integer({ min: 1, max: 4 }).map(at);
const scans = fc.array(
  fc.tuple(statuses, moments).map(([status, occurredAt]) => scanned(status, occurredAt)),
);
const ENDS = ["DELIVERED", "RETURNED_TO_SENDER", "LOST"];

describe("a tracking number", () => {
  it("is the same in any case, with or without spaces and dashes", () => {
    expect(normalizeTrackingNumber(" 1z 999-aa1 ")).toBe("1Z999AA1");
    fc.assert(
      fc.property(fc.string(), (number) => {
        const normal = normalizeTrackingNumber(number);
        expect(normalizeTrackingNumber(normal)).toBe(normal);
        expect(normalizeTrackingNumber(` ${number.toLowerCase()}-`)).toBe(normal);
        expect(normal).not.toMatch(/[\s-]/);
      }),
    );
  });
});

describe("where a parcel is", () => {
  it("does not depend on the order in which its scans came", () => {
    fc.assert(
      fc.property(
        scans.chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
        ([all, other]) => {
          expect(deliveryStatusOf(other, "UNKNOWN")).toBe(deliveryStatusOf(all, "UNKNOWN"));
        },
      ),
    );
  });

  it("is final once an end was reached: only another end takes its place", () => {
    fc.assert(
      fc.property(scans, scans, (before, after) => {
        if (!ENDS.includes(deliveryStatusOf(before, "UNKNOWN"))) return;
        expect(ENDS).toContain(deliveryStatusOf([...before, ...after], "UNKNOWN"));
      }),
    );
  });

  it("is the last scan's word, and the shop's own where no scan says anything", () => {
    expect(
      deliveryStatusOf(
        [scanned("OUT_FOR_DELIVERY", at(9)), scanned("IN_TRANSIT", at(5))],
        "UNKNOWN",
      ),
    ).toBe("OUT_FOR_DELIVERY");
    expect(deliveryStatusOf([], "DELAYED")).toBe("DELAYED");
    expect(deliveryStatusOf([scanned("UNKNOWN", at(9))], "DELAYED")).toBe("DELAYED");
  });

  it("is not lowered by a late IN_TRANSIT after DELIVERED, nor by one of the same day", () => {
    const delivered = scanned("DELIVERED", at(9));
    expect(deliveryStatusOf([delivered, scanned("IN_TRANSIT", at(20))], "UNKNOWN")).toBe(
      "DELIVERED",
    );
    expect(deliveryStatusOf([scanned("IN_TRANSIT", at(9)), delivered], "UNKNOWN")).toBe(
      "DELIVERED",
    );
  });

  it("changes from one end to another where the parcel turns up after all", () => {
    expect(deliveryStatusOf([scanned("LOST", at(5)), scanned("DELIVERED", at(9))], "UNKNOWN")).toBe(
      "DELIVERED",
    );
  });
});

describe("the roll-up of parcels", () => {
  it("is the same whether parcels are counted at once or by shipments", () => {
    const groups = fc.array(fc.array(statuses, { minLength: 1, maxLength: 3 }), { minLength: 1 });
    fc.assert(
      fc.property(groups, (shipments) => {
        expect(rollUpDelivery(shipments.map(rollUpDelivery))).toBe(
          rollUpDelivery(shipments.flat()),
        );
      }),
    );
  });

  it("is DELIVERED only when all are, and partly so when some are", () => {
    fc.assert(
      fc.property(fc.array(statuses, { minLength: 1 }), (parcels) => {
        const all = parcels.every((status) => status === "DELIVERED");
        const some = parcels.some((s) => s === "DELIVERED" || s === "PARTIALLY_DELIVERED");
        const rolled = rollUpDelivery(parcels);
        expect(rolled === "DELIVERED").toBe(all);
        expect(rolled === "PARTIALLY_DELIVERED").toBe(some && !all);
      }),
    );
  });

  it("shows trouble before progress, and nothing shipped where there is nothing", () => {
    expect(rollUpDelivery([])).toBe("NOT_SHIPPED");
    expect(rollUpDelivery(["IN_TRANSIT", "EXCEPTION"])).toBe("EXCEPTION");
    expect(rollUpDelivery(["LABEL_CREATED", "IN_TRANSIT"])).toBe("IN_TRANSIT");
  });
});

function shuffled<T>(items: T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length });
}
