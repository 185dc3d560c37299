import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mintId } from "../../src/domain/id.js";
import type { Viewer } from "../../src/domain/scope.js";
import { openTestApi, TENANT, type TestApi } from "../support/api.js";
import {
  KeysDocument,
  MakeKeyDocument,
  type MakeKeyMutationVariables,
  RevokeKeyDocument,
} from "../support/operations.js";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api?.drop());

const till: MakeKeyMutationVariables = { client: "till", name: "Till 2", scopes: ["ORDERS_READ"] };
const make = async (wish: Partial<MakeKeyMutationVariables> = {}, as?: Viewer) =>
  (await api.read(MakeKeyDocument, { ...till, ...wish }, as)).apiKeyCreate;
const revoke = async (id: string, as?: Viewer) =>
  (await api.read(RevokeKeyDocument, { id }, as)).apiKeyRevoke;
const listed = async (as?: Viewer) => (await api.read(KeysDocument, {}, as)).apiKeys;

describe("apiKeyCreate", () => {
  it("shows the key itself once, and it opens the gateway with what it was given", async () => {
    const expiresAt = "2999-01-01T00:00:00.000Z";
    const { key, apiKey, userErrors } = await make({
      scopes: ["ORDERS_READ", "PII_READ", "ORDERS_READ"],
      channelIds: [api.woo],
      expiresAt,
    });
    expect(userErrors).toEqual([]);
    expect(apiKey).toMatchObject({
      client: "till",
      name: "Till 2",
      scopes: ["ORDERS_READ", "PII_READ"],
      channels: [{ id: api.woo, name: "Test shop" }],
      expiresAt,
      lastUsedAt: null,
      revokedAt: null,
    });
    expect(key?.startsWith(String(apiKey?.prefix))).toBe(true);
    expect(await api.keys.authenticate(String(key))).toMatchObject({
      kind: "viewer",
      viewer: { tenantId: TENANT, keyId: apiKey?.id, channelIds: [api.woo] },
    });
    expect(JSON.stringify(await listed())).not.toContain(key);
    const node = `query ($id: ID!) { node(id: $id) { __typename id ... on ApiKey { name } } }`;
    expect(await api.read(node, { id: apiKey?.id })).toEqual({
      node: { __typename: "ApiKey", id: apiKey?.id, name: "Till 2" },
    });
  });

  it("reaches every shop and never ends where nothing else is said", async () => {
    const { apiKey } = await make();
    expect(apiKey).toMatchObject({ channels: null, expiresAt: null });
  });

  it("gives no scope that the asking key lacks, and names it", async () => {
    const clerk = await api.viewerWith({ scopes: ["KEYS_ADMIN", "ORDERS_READ"] });
    const before = (await listed()).length;
    const { key, apiKey, userErrors } = await make(
      { scopes: ["ORDERS_READ", "REFUNDS_WRITE"] },
      clerk,
    );
    expect({ key, apiKey }).toEqual({ key: null, apiKey: null });
    expect(userErrors).toMatchObject([
      {
        code: "FORBIDDEN_FIELD",
        path: ["scopes", "1"],
        message: expect.stringContaining("REFUNDS_WRITE"),
      },
    ]);
    expect(await listed()).toHaveLength(before);
    expect((await make({ scopes: ["ORDERS_READ"] }, clerk)).userErrors).toEqual([]);
  });

  it("gives a key that reaches some shops only keys for these", async () => {
    const ofWoo = await api.viewerWith({ channelIds: [api.woo] });
    expect((await make({}, ofWoo)).apiKey?.channels).toMatchObject([{ id: api.woo }]);
    const { key, userErrors } = await make({ channelIds: [api.woo, api.shopify] }, ofWoo);
    expect(key).toBeNull();
    expect(userErrors).toMatchObject([{ code: "NOT_FOUND", path: ["channelIds", "1"] }]);
  });

  it.each([
    ["a shop that does not exist", { channelIds: [mintId("Channel")] }, ["channelIds", "0"]],
    ["no shop at all", { channelIds: [] }, ["channelIds"]],
    ["no scope", { scopes: [] }, ["scopes"]],
    ["no name", { name: "  " }, ["name"]],
    ["no client", { client: "" }, ["client"]],
    ["a name that nobody could read", { name: "x".repeat(101) }, ["name"]],
    ["an end that is over", { expiresAt: "2020-01-01T00:00:00Z" }, ["expiresAt"]],
  ])("refuses %s, with the way to it", async (_what, wish, path) => {
    const { key, apiKey, userErrors } = await make(wish);
    expect({ key, apiKey }).toEqual({ key: null, apiKey: null });
    expect(userErrors).toMatchObject([{ path }]);
  });
});

describe("apiKeyRevoke", () => {
  it("ends a key at once, and says so when asked again", async () => {
    const { key, apiKey } = await make();
    const id = String(apiKey?.id);
    const first = await revoke(id);
    expect(first.userErrors).toEqual([]);
    expect(first.apiKey?.revokedAt).not.toBeNull();
    expect(await api.keys.authenticate(String(key))).toEqual({ kind: "revoked" });
    const again = await revoke(id);
    expect(again.userErrors).toMatchObject([{ code: "ALREADY_IN_STATE", path: ["id"] }]);
    expect(again.apiKey).toEqual(first.apiKey);
  });

  it("lets a key end itself, and still answers", async () => {
    const me = await api.viewerWith({ scopes: ["KEYS_ADMIN"] });
    const { apiKey, userErrors } = await revoke(me.keyId, me);
    expect(userErrors).toEqual([]);
    expect(apiKey).toMatchObject({ id: me.keyId, revokedAt: expect.any(String) });
  });

  it("does not know a key that nobody has", async () => {
    const { apiKey, userErrors } = await revoke(mintId("ApiKey"));
    expect(apiKey).toBeNull();
    expect(userErrors).toMatchObject([{ code: "NOT_FOUND", path: ["id"] }]);
  });
});

describe("A key that reaches some shops only", () => {
  it("sees and ends only keys that reach no others", async () => {
    const ofWoo = await api.viewerWith({ channelIds: [api.woo] });
    const ofBoth = await api.viewerWith({ channelIds: [api.woo, api.shopify] });
    const seen = (await listed(ofWoo)).map(({ id }) => id);
    expect(seen).toContain(ofWoo.keyId);
    for (const other of [ofBoth.keyId, api.viewer.keyId]) {
      expect(seen).not.toContain(other);
      expect((await revoke(other, ofWoo)).userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
    }
    expect((await listed(ofBoth)).map(({ id }) => id)).toEqual(
      expect.arrayContaining([ofWoo.keyId, ofBoth.keyId]),
    );
    expect(await api.keys.check(ofBoth)).toMatchObject({ kind: "viewer" });
  });
});

describe("A key without KEYS_ADMIN", () => {
  it("sees, makes and ends none, not even itself", async () => {
    const clerk = await api.viewerWith({ scopes: ["ORDERS_READ", "CHANNELS_ADMIN"] });
    const asked = await Promise.all([
      api.run(KeysDocument, {}, clerk),
      api.run(MakeKeyDocument, till, clerk),
      api.run(RevokeKeyDocument, { id: clerk.keyId }, clerk),
      api.run("query ($id: ID!) { node(id: $id) { id } }", { id: clerk.keyId }, clerk),
    ]);
    for (const { errors } of asked) expect(errors[0]?.extensions.code).toBe("FORBIDDEN");
    expect(await api.keys.check(clerk)).toMatchObject({ kind: "viewer" });
  });
});
