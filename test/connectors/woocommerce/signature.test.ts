import { describe, expect, it } from "vitest";
import { basicHeader, oauthHeader } from "../../../src/connectors/woocommerce/signature.js";

const credentials = { consumerKey: "ck_1", consumerSecret: "cs_1" };
const request = {
  method: "GET",
  url: "http://shop.example:8080/wp-json/wc/v3/orders?status=any,x&q=a+b%20%C3%A9",
};
const fields = (header: string) =>
  Object.fromEntries(
    Array.from(header.matchAll(/(\w+)="([^"]*)"/g), ([, name, value]) => [
      name,
      decodeURIComponent(value ?? ""),
    ]),
  );

describe("Basic", () => {
  it("is key and secret in base64", () => {
    expect(basicHeader(credentials)).toBe(`Basic ${Buffer.from("ck_1:cs_1").toString("base64")}`);
  });
});

describe("an OAuth signature", () => {
  it("names key, method, time and a nonce of its own each time, and never the secret", () => {
    const now = new Date("2026-11-23T03:26:16.900Z");
    const one = oauthHeader(credentials, request, now);
    const two = oauthHeader(credentials, request, now);
    expect(fields(one)).toMatchObject({
      oauth_consumer_key: "ck_1",
      oauth_signature_method: "HMAC-SHA256",
      oauth_timestamp: "1795404376",
    });
    expect(fields(one).oauth_nonce).not.toBe(fields(two).oauth_nonce);
    expect(fields(one).oauth_signature).not.toBe(fields(two).oauth_signature);
    expect(one).not.toContain("cs_1");
  });
});
