import { describe, expect, it } from "vitest";
import { shopify } from "../../../src/connectors/shopify/index.js";
import { translateOrder } from "../../../src/connectors/shopify/translate.js";
import { orderPayload } from "./payload.js";

const { meanings = [] } = shopify;
const origin = { shop: "goods.myshopify.com", readAt: "2026-11-03T00:00:00.000Z" };

describe("the meanings that people are shown", () => {
  it("are what a read makes of the same words", () => {
    expect(meanings.length).toBeGreaterThan(20);
    for (const { field, value, dimension, unified } of meanings) {
      const said = field === "closed" ? {} : { [field]: value };
      const { head } = translateOrder(orderPayload(said), origin);
      const claim = head?.value.claims[dimension];
      expect(claim, `${field} ${value}`).toMatchObject({
        value: unified,
        from: [{ field, value }],
      });
    }
  });

  it("name each word once", () => {
    const words = meanings.map(({ field, value }) => `${field} ${value}`);
    expect(new Set(words).size).toBe(words.length);
  });
});
