import { describe, expect, it } from "vitest";
import { baseString, oauthHeader } from "../../src/connectors/oauth1.js";

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
});
