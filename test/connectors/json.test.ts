import { describe, expect, it } from "vitest";
import { pageInstead, parseJson, readJson } from "../../src/connectors/json.js";

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
      "WooCommerce: GET shop.example/wp-json answered a page instead of JSON; a firewall may stand there",
    retryable: true,
    mayHaveHappened: false,
  });
});
