import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parcelsOf } from "../../../src/connectors/woocommerce/parcel.js";
import { byLine } from "../../../src/domain/quantity.js";
import { tracked } from "../bench.js";

const lines = [
  { lineId: "a", quantity: 3 },
  { lineId: "b", quantity: 1.5 },
];

describe("parcels", () => {
  it("are one without a package where none is wished", () => {
    expect(parcelsOf(lines, [])).toEqual([{ lines, package: null }]);
  });

  it("give what is left to the one package that names no lines", () => {
    const [first, rest] = [tracked("1", [{ lineId: "a", quantity: 1 }]), tracked("2")];
    expect(parcelsOf(lines, [rest, first])).toEqual([
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
    expect(() => parcelsOf(lines, [tracked("1", lines), tracked("2")])).toThrow(/empty/);
    expect(() => parcelsOf(lines, [tracked("1", [{ lineId: "z", quantity: 1 }])])).toThrow(
      /1 of 0/,
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
        const parcels = attempt(() => parcelsOf(whole, packages));
        if (!parcels) return;
        expect(byLine(parcels.flatMap((it) => it.lines))).toEqual(byLine(whole));
        expect(parcels.every((it) => it.lines.length > 0)).toBe(true);
      }),
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
