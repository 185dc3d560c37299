import { describe, expect, it } from "vitest";
import { carrierName, carrierSlug } from "../../../src/connectors/woocommerce/carrier.js";

describe("a carrier", () => {
  it.each([
    ["UPS", null, "ups"],
    ["Royal Mail", null, "royal-mail"],
    ["anything", "royal_mail", "royal-mail"],
    ["DHL Express", null, "dhl"],
    ["Evri", null, "evri-hermes"],
    ["Bike Brothers", null, null],
    [null, null, null],
  ])("%j with code %j has the slug %j", (carrier, carrierCode, slug) => {
    expect(carrierSlug({ carrier, carrierCode })).toBe(slug);
  });

  it("keeps a slug that is not known as its name", () => {
    expect(carrierName("fedex")).toBe("FedEx");
    expect(carrierName("pocket-post")).toBe("pocket-post");
  });
});
