import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addBags,
  addMoney,
  compareMoney,
  isZero,
  type Money,
  minorDigits,
  minorUnits,
  money,
  sameMoney,
  subtractBags,
  subtractMoney,
  zeroBag,
  zeroMoney,
} from "../../src/domain/money.js";

/** Amounts far beyond what a double holds exactly, with up to six decimals, of either sign. */
const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => {
    const sign = digits < 0n ? "-" : "";
    const text = String(digits < 0n ? -digits : digits).padStart(places + 1, "0");
    const whole = text.slice(0, text.length - places);
    return places === 0 ? sign + whole : `${sign}${whole}.${text.slice(-places)}`;
  });
const euros = decimals.map((amount) => money(amount, "EUR"));

/** The amount in millionths, by whole numbers alone: what every sum here is held against. */
function millionths({ amount }: Money): bigint {
  const [whole = "", fraction = ""] = amount.replace("-", "").split(".");
  const value = BigInt(whole + fraction.padEnd(6, "0"));
  return amount.startsWith("-") ? -value : value;
}

describe("money", () => {
  it("keeps every digit, however large the amount", () => {
    expect(money("123456789012345678901234567890.10", "EUR")).toEqual({
      amount: "123456789012345678901234567890.10",
      currency: "EUR",
    });
    expect(addMoney(money("9007199254740993", "EUR"), money("0.01", "EUR")).amount).toBe(
      "9007199254740993.01",
    );
    expect(addMoney(money("0.1", "EUR"), money("0.2", "EUR")).amount).toBe("0.30");
  });

  it("adds and subtracts exactly", () => {
    fc.assert(
      fc.property(euros, euros, (a, b) => {
        expect(millionths(addMoney(a, b))).toBe(millionths(a) + millionths(b));
        expect(millionths(subtractMoney(a, b))).toBe(millionths(a) - millionths(b));
      }),
    );
  });

  it("adds in any order and grouping, with zero changing nothing and subtraction undoing it", () => {
    fc.assert(
      fc.property(euros, euros, euros, (a, b, c) => {
        expect(addMoney(a, b)).toEqual(addMoney(b, a));
        expect(addMoney(addMoney(a, b), c)).toEqual(addMoney(a, addMoney(b, c)));
        expect(addMoney(a, zeroMoney("EUR"))).toEqual(a);
        expect(subtractMoney(addMoney(a, b), b)).toEqual(a);
        expect(isZero(subtractMoney(a, a))).toBe(true);
      }),
    );
  });

  it("compares by value", () => {
    fc.assert(
      fc.property(euros, euros, (a, b) => {
        const [x, y] = [millionths(a), millionths(b)];
        expect(compareMoney(a, b)).toBe(x < y ? -1 : x > y ? 1 : 0);
      }),
    );
  });

  it("writes equal values equally, at least with the currency's own decimals", () => {
    expect(money("30", "eur")).toEqual({ amount: "30.00", currency: "EUR" });
    expect(money("030.000", "EUR").amount).toBe("30.00");
    expect(money("1.2345", "EUR").amount).toBe("1.2345");
    expect(money("-0.00", "EUR").amount).toBe("0.00");
    expect(money("500.00", "JPY").amount).toBe("500");
    expect(money("500.5", "JPY").amount).toBe("500.5");
    expect(money("1.25", "KWD").amount).toBe("1.250");
    fc.assert(
      fc.property(euros, (value) => {
        expect(money(value.amount, value.currency)).toEqual(value);
      }),
    );
  });

  it("refuses what is no decimal amount, naming it", () => {
    for (const amount of ["", " 1", "1e3", "1,50", "0x10", ".5", "5.", "NaN", "Infinity", "--1"])
      expect(() => money(amount, "EUR"), amount).toThrow(`not a decimal amount: "${amount}"`);
  });

  it("refuses to combine or compare two currencies", () => {
    const euro = money("1", "EUR");
    const yen = money("1", "JPY");
    for (const operation of [addMoney, subtractMoney, compareMoney])
      expect(() => operation(euro, yen)).toThrow("amounts in EUR and JPY cannot be combined");
  });

  it("knows the decimals of currencies by ISO 4217, on every machine alike", () => {
    const digits = { EUR: 2, jpy: 0, KWD: 3, CLF: 4, HUF: 2, IDR: 2, COP: 2, PKR: 2, XOF: 0 };
    for (const [currency, expected] of Object.entries(digits))
      expect(minorDigits(currency), currency).toBe(expected);
    expect(minorDigits("no currency")).toBe(2);
    expect(money("10", "HUF").amount).toBe("10.00");
  });
});

describe("minor units", () => {
  it("are whole numbers of the currency's smallest unit", () => {
    expect(minorUnits(money("500", "JPY"))).toBe(500n);
    expect(minorUnits(money("1.250", "KWD"))).toBe(1_250n);
    expect(minorUnits(money("10.50", "HUF"))).toBe(1_050n);
    expect(minorUnits(money("90071992547409.93", "EUR"))).toBe(9_007_199_254_740_993n);
  });

  it("cut off what is finer, toward zero", () => {
    expect(minorUnits(money("1.999", "EUR"))).toBe(199n);
    expect(minorUnits(money("-1.999", "EUR"))).toBe(-199n);
  });

  it("sort as the amounts do", () => {
    fc.assert(
      fc.property(euros, euros, (a, b) => {
        if (compareMoney(a, b) < 0) expect(minorUnits(a) <= minorUnits(b)).toBe(true);
        expect(minorUnits(a)).toBe(millionths(a) / 10_000n);
      }),
    );
  });
});

describe("bags of money", () => {
  it("count both sides apart, each in its own currency", () => {
    const bag = { shop: money("10", "EUR"), presentment: money("1600", "JPY") };
    expect(addBags(bag, bag)).toEqual({
      shop: { amount: "20.00", currency: "EUR" },
      presentment: { amount: "3200", currency: "JPY" },
    });
    expect(subtractBags(bag, bag)).toEqual(zeroBag(bag));
    expect(sameMoney("5", "KWD")).toEqual({
      shop: { amount: "5.000", currency: "KWD" },
      presentment: { amount: "5.000", currency: "KWD" },
    });
  });
});
