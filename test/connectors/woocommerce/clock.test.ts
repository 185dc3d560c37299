import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fromGmt,
  fromSiteTime,
  siteDay,
  toGmt,
  zoneOf,
} from "../../../src/connectors/woocommerce/clock.js";

describe("a time of WooCommerce", () => {
  it("in a gmt field is UTC although it does not say so", () => {
    expect(fromGmt("2026-11-23T03:26:16")).toBe("2026-11-23T03:26:16.000Z");
    expect(fromGmt(null)).toBeNull();
  });

  it("goes out as UTC without a Z", () => {
    expect(toGmt(new Date("2026-11-23T03:26:16.789Z"))).toBe("2026-11-23T03:26:16");
  });

  it("is on the day that it is at the site", () => {
    const at = new Date("2026-11-23T03:28:15.000Z");
    expect(siteDay(at, "America/Los_Angeles")).toBe("2026-11-22");
    expect(siteDay(at, "+05:30")).toBe("2026-11-23");
  });

  it.each([
    ["2026-11-22 19:28:15", "America/Los_Angeles", "2026-11-23T03:28:15.000Z"],
    ["2026-07-22 19:28:15", "America/Los_Angeles", "2026-07-23T02:28:15.000Z"],
    ["2026-11-22 19:28:15", "Etc/GMT+8", "2026-11-23T03:28:15.000Z"],
    ["2026-11-22 19:28:15", "+05:30", "2026-11-22T13:58:15.000Z"],
    ["2026-11-22 19:28:15", "UTC", "2026-11-22T19:28:15.000Z"],
    ["2026-01-01 00:30:00", "Pacific/Auckland", "2025-12-31T11:30:00.000Z"],
    // The hour that is passed twice when clocks go back means its first pass.
    ["2026-10-25 02:30:00", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
    // The hour that clocks skip does not exist; it is taken as if they had not.
    ["2026-03-29 02:30:00", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ])("at the site (%s in %s) is turned into UTC", (text, zone, expected) => {
    expect(fromSiteTime(text, zone)).toBe(expected);
  });

  it("at the site comes back as the same moment, but for an hour that is passed twice", () => {
    const zones = fc.constantFrom(
      "Europe/Berlin",
      "America/Los_Angeles",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
      "Etc/GMT+8",
    );
    const moments = fc.integer({ min: 1_500_000_000, max: 2_000_000_000 });
    fc.assert(
      fc.property(moments, zones, (seconds, zone) => {
        const local = new Date(seconds * 1000).toLocaleString("sv-SE", { timeZone: zone });
        const found = Date.parse(fromSiteTime(local, zone)) / 1000;
        expect([0, 1800, 3600]).toContain(seconds - found);
        expect(new Date(found * 1000).toLocaleString("sv-SE", { timeZone: zone })).toBe(local);
      }),
    );
  });

  it("that is none is refused by name", () => {
    expect(() => fromSiteTime("soon", "UTC")).toThrow('"soon"');
  });
});

describe("the zone of a site", () => {
  it.each([
    ["Europe/Berlin", 1, "Europe/Berlin"],
    ["", -8, "Etc/GMT+8"],
    ["", 3, "Etc/GMT-3"],
    [undefined, 0, "UTC"],
    ["", 5.5, "+05:30"],
    ["", -9.5, "-09:30"],
  ])("named %j with offset %d is %s", (name, offset, expected) => {
    expect(zoneOf(name, offset)).toBe(expected);
  });
});
