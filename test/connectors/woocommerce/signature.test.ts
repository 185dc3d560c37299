import { describe, expect, it } from "vitest";
import { basicHeader } from "../../../src/connectors/woocommerce/signature.js";

const credentials = { consumerKey: "ck_1", consumerSecret: "cs_1" };
describe("Basic", () => {
  it("is key and secret in base64", () => {
    expect(basicHeader(credentials)).toBe(`Basic ${Buffer.from("ck_1:cs_1").toString("base64")}`);
  });
});
