import { describe, expect, it } from "vitest";
import { parseSettings } from "../../../src/connectors/magento/settings.js";
import { authorization } from "../../../src/connectors/magento/signature.js";

const signing = {
  consumerKey: "key",
  consumerSecret: "consumer secret",
  accessTokenSecret: "token secret",
};
const given = { url: "https://shop.example/store/", accessToken: "token", ...signing };
const now = new Date("2026-11-23T04:00:00Z");

describe("Settings of a Magento shop", () => {
  it("are four values of an integration, or its access token alone", () => {
    expect(parseSettings(given)).toEqual({
      url: "https://shop.example/store",
      accessToken: "token",
      signing,
    });
    expect(parseSettings({ url: given.url, accessToken: "token" }).signing).toBeNull();
  });

  it("name every value that is missing or wrong", () => {
    expect(() => parseSettings({ url: "shop", accessToken: "" })).toThrow(
      /url: must be the shop's address.*accessToken: must not be empty/,
    );
    expect(() => parseSettings({ ...given, consumerSecret: undefined })).toThrow(
      /consumerSecret: is missing: requests are signed with the key and both secrets/,
    );
  });
});

describe("Proof of who asks", () => {
  it("is new for every try, and shows no secret", () => {
    const request = { method: "GET", url: "https://shop.example/rest/V1/orders?a=1" };
    const [one, two] = [1, 2].map(() => authorization(parseSettings(given), request, now));
    expect(one).not.toBe(two);
    expect(one).toContain('oauth_signature_method="HMAC-SHA256"');
    expect(one).not.toContain("secret");
  });

  it("is the access token alone where nothing else was given", () => {
    const settings = parseSettings({ url: given.url, accessToken: "token" });
    expect(authorization(settings, { method: "GET", url: "https://shop.example/" }, now)).toBe(
      "Bearer token",
    );
  });
});
