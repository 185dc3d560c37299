import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { onlyTracking, parcelsOf } from "../../src/connectors/parcel.js";
import type { FulfillmentTrackingUpdate, PackageWish } from "../../src/domain/command.js";
import type { Fulfillment } from "../../src/domain/fulfillment.js";
import { byLine, type LineQuantity } from "../../src/domain/quantity.js";
import { tracked } from "./bench.js";

const parcelsIn = (...[shipped, packed]: Wish) => parcelsOf("Shop", "shipment", shipped, packed);
type Wish = [lines: readonly LineQuantity[], packages: readonly PackageWish[]];
const lines = [
  { lineId: "a", quantity: 3 },
  { lineId: "b", quantity: 1.5 },
];

describe("parcels", () => {
  it("are one without a package where none is wished", () => {
    expect(parcelsIn(lines, [])).toEqual([{ lines, package: null }]);
  });

  it("give what is left to the one package that names no lines", () => {
    const [first, rest] = [tracked("1", [{ lineId: "a", quantity: 1 }]), tracked("2")];
    expect(parcelsIn(lines, [rest, first])).toEqual([
      { lines: [{ lineId: "a", quantity: 1 }], package: first },
      {
        lines: [
          { lineId: "a", quantity: 2 },
          { lineId: "b", quantity: 1.5 },
        ],
        package: rest,
      },
    ]);
  });

  it("are refused where a package would be empty, or holds what is not shipped", () => {
    expect(() => parcelsIn(lines, [tracked("1", lines), tracked("2")])).toThrow(/empty/);
    expect(() => parcelsIn(lines, [tracked("1", [{ lineId: "z", quantity: 1 }])])).toThrow(
      /1 of 0/,
    );
  });

  it("are refused where several packages name no lines, since a shipment holds one", () => {
    expect(() => parcelsIn(lines, [tracked("1"), tracked("2")])).toThrow(
      /^2 packages name no lines; Shop keeps one tracking number a shipment/,
    );
  });

  it("always hold exactly what is shipped", () => {
    const quantity = fc.integer({ min: 1, max: 50_000 }).map((units) => units / 10_000);
    const wish = fc.dictionary(fc.constantFrom("a", "b", "c"), quantity, { minKeys: 1 });
    fc.assert(
      fc.property(wish, fc.array(wish, { maxLength: 3 }), (shipped, packed) => {
        const whole = Object.entries(shipped).map(([lineId, amount]) => ({
          lineId,
          quantity: amount,
        }));
        const packages = packed.map((it, at) =>
          tracked(
            String(at),
            Object.entries(it).map(([lineId, amount]) => ({ lineId, quantity: amount })),
          ),
        );
        const parcels = attempt(() => parcelsIn(whole, packages));
        if (!parcels) return;
        expect(byLine(parcels.flatMap((it) => it.lines))).toEqual(byLine(whole));
        expect(parcels.every((it) => it.lines.length > 0)).toBe(true);
      }),
    );
  });
});

describe("the only tracking of a shipment", () => {
  const shipment = { id: "f", packages: [{ removedAt: null, ...tracked("OLD 1") }] };
  const after = (packages: PackageWish[], replace: boolean) => {
    const command = { packages, replace } as FulfillmentTrackingUpdate;
    return onlyTracking("Shop", command, shipment as unknown as Fulfillment);
  };

  it("is the one it is to have, or none", () => {
    expect(after([tracked("NEW 1")], true)?.number).toBe("NEW 1");
    expect(after([], false)?.number).toBe("OLD 1");
    expect(after([], true)).toBeNull();
  });

  it("may be written otherwise, and never be joined by another", () => {
    expect(after([tracked("old1")], false)?.number).toBe("old1");
    expect(() => after([tracked("NEW 1")], false)).toThrow(
      /^fulfillment f would have 2 tracking numbers and Shop has room for one/,
    );
  });
});

/** null where the wish is refused. */
function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
