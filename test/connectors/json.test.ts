import { describe, expect, it } from "vitest";
import { isPageInstead, pageInstead, parseJson, readJson } from "../../src/connectors/json.js";

describe("JSON of a shop", () => {
  it("keeps every digit of a number that is not whole, and of one too large to count with", () => {
    expect(parseJson('{"id":12,"total":19.10,"rate":1e-5,"big":90071992547409931}')).toEqual({
      id: 12,
      total: "19.10",
      rate: "1e-5",
      big: "90071992547409931",
    });
  });

  it("is read behind a byte order mark", () => {
    expect(parseJson("\uFEFF[1]")).toEqual([1]);
  });

  it("throws on what is none, where only JSON will do", () => {
    expect(() => parseJson("<html>")).toThrow(SyntaxError);
  });

  it("tells a page instead of it from an empty value", () => {
    expect(readJson("<html>Maintenance</html>")).toBeUndefined();
    expect(readJson("null")).toBeNull();
  });
});

it("says of a page instead of JSON where it came from and what may stand there, and may be asked again", () => {
  const error = pageInstead(
    "WooCommerce",
    "GET shop.example/wp-json",
    "a firewall may stand there",
  );
  expect(error).toMatchObject({
    code: "CHANNEL_UNAVAILABLE",
    message:
      "WooCommerce: GET shop.example/wp-json answered a page instead of JSON; a firewall may stand there; it is tried again, and if it stays so, let the gateway's calls through there",
    retryable: true,
    mayHaveHappened: false,
  });
});

it("takes for such a page what bears no word of the shop's own, except where a person or time is asked for", () => {
  const page = (status: number) => isPageInstead({ status, body: undefined });
  expect([200, 403, 404, 406].map(page)).toEqual([true, true, true, true]);
  expect([401, 429, 500, 503].map(page)).toEqual([false, false, false, false]);
  expect(isPageInstead({ status: 404, body: { message: "No such order" } })).toBe(false);
});
