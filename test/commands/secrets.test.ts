import { describe, expect, it } from "vitest";
import { replaceSettings } from "../../src/commands/secrets.js";

const secret = { type: "string", writeOnly: true };
const schema = {
  properties: { url: { type: "string" }, user: { type: "string" }, token: secret, old: secret },
};
const before = { url: "https://a.example", user: "ann", token: "t1", old: "t0" };
const { url, user } = before;
const replace = (given: unknown, from: unknown = before) => replaceSettings(schema, from, given);

describe("New settings", () => {
  it("keep the secrets that they leave out, and only these", () => {
    expect(replace({ url, user })).toEqual(before);
    expect(replace({ url, user, token: "t2" })).toEqual({ ...before, token: "t2" });
  });

  it("drop a secret that they say is null", () => {
    expect(replace({ url, user, old: null })).toEqual({ url, user, token: "t1" });
  });

  it("drop whatever else they leave out, once no secret is kept", () => {
    const given = { url: "https://b.example", token: "t2", old: null };
    expect(replace(given)).toEqual({ url: "https://b.example", token: "t2" });
  });

  it.each([
    ["another address", { url: "https://evil.example", user }],
    ["another user", { url, user: "bob" }],
    ["a setting more", { url, user, proxy: "https://evil.example" }],
    ["a setting less", { url }],
    ["another address and one of the secrets", { url: "https://evil.example", user, token: "t2" }],
  ])("are refused where kept secrets would go with %s", (_what, given) => {
    expect(() => replace(given)).toThrow(/must be given again: .*old/);
  });

  it("are left to the connector where they are no settings at all", () => {
    expect(replace("secret")).toBe("secret");
    expect(replace([1])).toEqual([1]);
    expect(replace({ url }, "garbage")).toEqual({ url });
  });
});
