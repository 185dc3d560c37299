import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instant, later } from "../../src/domain/time.js";

const dates = fc.date({
  min: new Date("1970-01-01T00:00:00Z"),
  max: new Date("2999-12-31T23:59:59Z"),
  noInvalidDate: true,
});

describe("a moment", () => {
  it("is UTC text with milliseconds, whatever offset it was told in", () => {
    const noon = "2026-01-01T12:00:00.000Z";
    expect(instant("2026-01-01T13:00:00+01:00")).toBe(noon);
    expect(instant("2026-01-01T12:00:00Z")).toBe(noon);
    expect(instant(Date.parse(noon))).toBe(noon);
    expect(instant(new Date(noon))).toBe(noon);
    expect(instant(noon)).toBe(noon);
  });

  it("sorts as text the way it sorts in time", () => {
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        expect(instant(a) < instant(b)).toBe(a.getTime() < b.getTime());
        expect(later(instant(a), instant(b))).toBe(instant(a > b ? a : b));
      }),
    );
  });

  it("refuses what is no moment, naming it", () => {
    expect(() => instant("yesterday")).toThrow("not a moment in time: yesterday");
    expect(() => instant(new Date(Number.NaN))).toThrow(RangeError);
  });

  it("is later than none", () => {
    expect(later(null, null)).toBeNull();
    expect(later(null, "2026-01-01T12:00:00.000Z")).toBe("2026-01-01T12:00:00.000Z");
    expect(later("2026-01-01T12:00:00.000Z", null)).toBe("2026-01-01T12:00:00.000Z");
  });
});
