import { Kind, type ValueNode } from "graphql";
import { describe, expect, it } from "vitest";
import {
  CountryCode,
  CurrencyCode,
  Cursor,
  DateTime,
  Decimal,
  Duration,
  IdempotencyKey,
  Json,
  Quantity,
  Url,
} from "../../src/graphql/scalars.js";

const scalars = {
  CountryCode,
  CurrencyCode,
  Cursor,
  DateTime,
  Decimal,
  IdempotencyKey,
  Quantity,
  Url,
};
const text = (value: string): ValueNode => ({ kind: Kind.STRING, value });

describe("scalars take in", () => {
  it.each([
    ["DateTime", "2026-01-31T10:30:00+01:00", new Date("2026-01-31T09:30:00Z")],
    ["Decimal", "-12.50", "-12.50"],
    ["CurrencyCode", "EUR", "EUR"],
    ["CountryCode", "DE", "DE"],
    ["Url", "https://example.com/a b", "https://example.com/a%20b"],
    ["Cursor", "MS4yLjM", "MS4yLjM"],
    ["IdempotencyKey", "ship-1", "ship-1"],
  ] as const)("%s: %s", (name, given, expected) => {
    expect(scalars[name].parseValue(given)).toEqual(expected);
    expect(scalars[name].parseLiteral(text(given), {})).toEqual(expected);
  });

  it.each([
    ["DateTime", "2026-01-31"],
    ["DateTime", "2026-01-31T10:30:00"],
    ["DateTime", "2026-02-31T25:00:00Z"],
    ["DateTime", 1769848200000],
    ["Decimal", 12.5],
    ["Decimal", "1e3"],
    ["Decimal", "1,5"],
    ["CurrencyCode", "eur"],
    ["CountryCode", "DEU"],
    ["Url", "javascript:alert(1)"],
    ["Url", "/relative"],
    ["Cursor", "with space"],
    ["IdempotencyKey", ""],
    ["IdempotencyKey", "x".repeat(256)],
    ["Quantity", 0.00001],
    ["Quantity", "1"],
    ["Quantity", Number.POSITIVE_INFINITY],
  ] as const)("%s: not %s", (name, given) => {
    expect(() => scalars[name].parseValue(given)).toThrow(/cannot be/);
  });

  it("any JSON, with variables in the middle of it", () => {
    const literal: ValueNode = {
      kind: Kind.OBJECT,
      fields: [
        {
          kind: Kind.OBJECT_FIELD,
          name: { kind: Kind.NAME, value: "a" },
          value: { kind: Kind.LIST, values: [{ kind: Kind.INT, value: "1" }, { kind: Kind.NULL }] },
        },
        {
          kind: Kind.OBJECT_FIELD,
          name: { kind: Kind.NAME, value: "b" },
          value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: "v" } },
        },
      ],
    };
    expect(Json.parseLiteral(literal, { v: "x" })).toEqual({ a: [1, null], b: "x" });
  });
});

describe("scalars give out", () => {
  it("moments in UTC with milliseconds, of dates and of our own text", () => {
    expect(DateTime.serialize(new Date("2026-01-31T10:30:00+01:00"))).toBe(
      "2026-01-31T09:30:00.000Z",
    );
    expect(DateTime.serialize("2026-01-31T09:30:00.000Z")).toBe("2026-01-31T09:30:00.000Z");
  });

  it("quantities as numbers without what binary fractions leave behind", () => {
    expect(Quantity.serialize(0.1 + 0.2)).toBe(0.3);
    expect(Quantity.serialize("2.5000")).toBe(2.5);
  });

  it("spans of time by ISO 8601", () => {
    expect(Duration.serialize(1500)).toBe("PT1.5S");
  });
});
