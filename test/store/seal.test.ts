import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mintKey, parseKeyRing } from "../../src/store/seal.js";

const place = { tenantId: "demo", channelId: "channel_1", field: "settings" };
const secret = "cs_0123456789abcdef";
const ring = parseKeyRing(mintKey("k1"));

describe("A key ring", () => {
  it("opens what it sealed, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (plain) => {
        expect(ring.open(ring.seal(plain, place), place)).toBe(plain);
      }),
      { numRuns: 100 },
    );
  });

  it("never seals the same text the same way twice", () => {
    const sealed = new Set(Array.from({ length: 100 }, () => ring.seal(secret, place)));
    expect(sealed.size).toBe(100);
  });

  it("shows nothing of the text in what it seals", () => {
    const sealed = ring.seal(secret, place);
    expect(sealed).not.toContain(secret);
    expect(sealed).not.toContain(Buffer.from(secret).toString("base64url"));
    expect(sealed).toMatch(/^s1\.k1\.[\w-]+$/);
  });

  it.each([
    ["tenant", { ...place, tenantId: "other" }],
    ["channel", { ...place, channelId: "channel_2" }],
    ["field", { ...place, field: "secret" }],
    ["shifted border", { tenantId: 'demo","channel_1', channelId: "settings", field: "" }],
  ])("refuses to open it under another %s", (_what, elsewhere) => {
    expect(() => ring.open(ring.seal(secret, place), elsewhere)).toThrow(/belongs to another row/);
  });

  it("refuses a text of which any single character was altered", () => {
    const sealed = ring.seal("abc", place);
    const start = sealed.lastIndexOf(".") + 1;
    for (let at = start; at < sealed.length - 1; at++) {
      const other = sealed[at] === "A" ? "B" : "A";
      const altered = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect(() => ring.open(altered, place)).toThrow(/was altered/);
    }
  });

  it.each(["", "plain text", "s1.k1", "s1.k1.AAAA", "s2.k1.AAAA", "s1.k1.AAAA.more"])(
    "refuses %j, which nobody sealed",
    (text) => {
      expect(() => ring.open(text, place)).toThrow(/sealed settings of channel_1/);
    },
  );

  it("opens what older keys sealed and seals with the newest", () => {
    const [old, fresh] = [mintKey("k1"), mintKey("k2")];
    const before = parseKeyRing(old).seal(secret, place);
    const rotated = parseKeyRing(`${fresh},${old}`);
    expect(rotated.open(before, place)).toBe(secret);
    expect(rotated.isCurrent(before)).toBe(false);
    const after = rotated.seal(secret, place);
    expect(rotated.isCurrent(after)).toBe(true);
    expect(parseKeyRing(fresh).open(after, place)).toBe(secret);
  });

  it("names the key that is missing", () => {
    const sealed = parseKeyRing(mintKey("lost")).seal(secret, place);
    expect(() => ring.open(sealed, place)).toThrow(/sealed with the key lost/);
  });

  it("shows neither the text nor a key in its errors", () => {
    const key = mintKey("k1");
    const sealed = parseKeyRing(key).seal(secret, place);
    const error = thrown(() => parseKeyRing(mintKey("k1")).open(sealed, place));
    const shown = inspect(error, { depth: 10 });
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(key.slice(3));
  });
});

describe("Text of a key ring", () => {
  it.each([
    ["", /is empty/],
    [" , ", /is empty/],
    ["k1", /not <id>:<base64/],
    [`k1:${Buffer.alloc(16).toString("base64")}`, /16 bytes under k1/],
    [`${mintKey("k1")},${mintKey("k1")}`, /names the key k1 twice/],
  ])("%j is refused with the reason", (text, reason) => {
    expect(() => parseKeyRing(text)).toThrow(reason);
  });
});

function thrown(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("expected an error");
}
