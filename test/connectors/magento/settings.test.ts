import { describe, expect, it } from "vitest";
import { parseSettings } from "../../../src/connectors/magento/settings.js";
import { authorization, baseString } from "../../../src/connectors/magento/signature.js";

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
  it("signs what RFC 5849 says, in its order and encoding", () => {
    const url = "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2&a3=2+q";
    const oauth = {
      oauth_consumer_key: "9djdj82h48djs9d2",
      oauth_token: "kkk9d7dh3k39sjv7",
      oauth_signature_method: "HMAC-SHA1",
      oauth_timestamp: "137131201",
      oauth_nonce: "7d8f3e4a",
    };
    // Section 3.4.1.1, its form parameters moved into the query.
    expect(baseString({ method: "post", url }, oauth)).toBe(
      "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7",
    );
  });

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
