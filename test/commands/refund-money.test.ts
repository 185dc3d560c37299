import { describe, expect, it } from "vitest";
import { toTheLast } from "../../src/commands/check/refund-money.js";
import { type MoneyBag, money } from "../../src/domain/money.js";

const bag = (usd: string, kwd: string): MoneyBag => ({
  shop: money(usd, "USD"),
  presentment: money(kwd, "KWD"),
});

describe("an amount in two currencies", () => {
  const left = bag("139.19", "42.453");

  it("is the last of both where it is the last of the shop's", () => {
    expect(toTheLast(bag("139.19", "42.454"), left)).toEqual(left);
    expect(toTheLast(bag("139.19", "42.452"), left)).toEqual(left);
  });

  it("is never more than is left of the customer's", () => {
    expect(toTheLast(bag("139.18", "42.454"), left)).toEqual(bag("139.18", "42.453"));
    expect(toTheLast(bag("10.00", "3.050"), left)).toEqual(bag("10.00", "3.050"));
  });

  it("stays what was asked where it is too much, so that it is refused as asked", () => {
    expect(toTheLast(bag("200.00", "61.000"), left)).toEqual(bag("200.00", "61.000"));
  });
});
