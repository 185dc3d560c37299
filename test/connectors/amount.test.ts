import { expect, it } from "vitest";
import { minus, sum } from "../../src/connectors/amount.js";
import { withQuery } from "../../src/connectors/query.js";

it("adds and takes away decimal strings exactly, however many there are", () => {
  expect(sum(["0.1", "0.2", "12345678901234567890.005"])).toBe("12345678901234567890.305");
  expect(sum([])).toBe("0");
  expect(minus("0.3", "0.1")).toBe("0.2");
});

it("writes parameters into an address so that they mean themselves", () => {
  expect(withQuery("https://shop.example/a/orders", { q: "a&b=1 ü", page: "2" })).toBe(
    "https://shop.example/a/orders?q=a%26b%3D1+%C3%BC&page=2",
  );
  expect(withQuery("https://shop.example/a")).toBe("https://shop.example/a");
});
