import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ensureTenant, type Keys, makeKey, openKeys } from "../../src/store/keys.js";
import { apiKeys } from "../../src/store/tables.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

const till = { client: "till", name: "Till", scopes: ["ORDERS_READ"] } as const;
const south = { tenantId: "south", channelIds: null };
let test: TestDatabase;
let now: Date;
let changes: number;
let keys: Keys;

beforeAll(async () => {
  test = await createTestDatabase();
  for (const tenant of ["north", "south"]) await ensureTenant(test.database, tenant, tenant);
});
afterAll(() => test.drop());
beforeEach(() => {
  now = new Date("2026-03-01T12:00:00Z");
  changes = 0;
  keys = openKeys(test.database, { now: () => now, changed: () => changes++ });
});

const rowOf = async (id: string) => {
  const [row] = await test.database.asSystem((tx) =>
    tx.select().from(apiKeys).where(eq(apiKeys.id, id)),
  );
  return row;
};

describe("a key", () => {
  it("opens its tenant with its scopes, and is not stored itself", async () => {
    const { key, apiKey } = await keys.create("north", { ...till, channelIds: ["channel_1"] });
    expect(key).toMatch(/^trib_[0-9A-Za-z]{49}$/);
    expect(await keys.authenticate(key)).toEqual({
      kind: "viewer",
      viewer: {
        ...till,
        tenantId: "north",
        keyId: apiKey.id,
        channelIds: ["channel_1"],
        expiresAt: null,
      },
    });
    expect(JSON.stringify(await rowOf(apiKey.id))).not.toContain(key.slice(12));
  });

  it("is unknown to the database and never asked for when mistyped or cut", async () => {
    const { key } = await keys.create("north", till);
    const mistyped = `${key.slice(0, 20)}${key[20] === "a" ? "b" : "a"}${key.slice(21)}`;
    const { value, statements } = await test.database.countStatements(() =>
      Promise.all([mistyped, key.slice(0, -1), "trib_", ""].map((each) => keys.authenticate(each))),
    );
    expect(value).toEqual([1, 2, 3, 4].map(() => ({ kind: "unknown" })));
    expect(statements).toEqual([]);
  });

  it("that nobody was given is unknown", async () => {
    expect(await keys.authenticate(makeKey())).toEqual({ kind: "unknown" });
  });

  it("expires when its time comes, also while it is remembered", async () => {
    const { key } = await keys.create("north", {
      ...till,
      expiresAt: new Date(now.getTime() + 1_000),
    });
    expect(await keys.authenticate(key)).toMatchObject({ kind: "viewer" });
    now = new Date(now.getTime() + 1_000);
    expect(await keys.authenticate(key)).toEqual({ kind: "expired" });
  });

  it("is asked of the database once in some seconds", async () => {
    const { key } = await keys.create("north", till);
    await keys.authenticate(key);
    const again = () => test.database.countStatements(() => keys.authenticate(key));
    expect((await again()).statements).toHaveLength(0);
    now = new Date(now.getTime() + 5_000);
    expect((await again()).statements).toHaveLength(1);
  });

  it("shows when it was last used, to some minutes", async () => {
    const { key, apiKey } = await keys.create("north", till);
    await keys.authenticate(key);
    expect((await rowOf(apiKey.id))?.lastUsedAt).toEqual(now);
    const first = now;
    now = new Date(now.getTime() + 60_000);
    await keys.authenticate(key);
    expect((await rowOf(apiKey.id))?.lastUsedAt).toEqual(first);
    now = new Date(now.getTime() + 300_000);
    await keys.authenticate(key);
    expect((await rowOf(apiKey.id))?.lastUsedAt).toEqual(now);
  });

  it("needs a client, a name and a scope", async () => {
    for (const wrong of [{ client: " " }, { name: "" }, { scopes: [] }]) {
      await expect(keys.create("north", { ...till, ...wrong })).rejects.toMatchObject({
        code: "INVALID_INPUT",
        path: Object.keys(wrong),
      });
    }
  });
});

describe("revoking", () => {
  it("ends a key at once here, and elsewhere as soon as that process forgets", async () => {
    const { key, apiKey } = await keys.create("north", till);
    const elsewhere = openKeys(test.database, { now: () => now });
    const opened = await keys.authenticate(key);
    await elsewhere.authenticate(key);
    const before = changes;

    const revoked = await keys.revoke("north", apiKey.id);

    expect(revoked).toMatchObject({ ended: true, apiKey: { revokedAt: now } });
    expect(changes).toBe(before + 1);
    expect(await keys.authenticate(key)).toEqual({ kind: "revoked" });
    elsewhere.forget();
    expect(await elsewhere.authenticate(key)).toEqual({ kind: "revoked" });
    if (opened.kind !== "viewer") throw new Error("it was good before");
    expect(await elsewhere.check(opened.viewer)).toEqual({ kind: "revoked" });
  });

  it("keeps the time of the first when asked again", async () => {
    const { apiKey } = await keys.create("north", till);
    const first = now;
    await keys.revoke("north", apiKey.id);
    now = new Date(now.getTime() + 1_000);
    expect(await keys.revoke("north", apiKey.id)).toMatchObject({
      ended: false,
      apiKey: { revokedAt: first },
    });
  });

  it("cannot reach another tenant's key", async () => {
    const { key, apiKey } = await keys.create("north", till);
    await expect(keys.revoke("south", apiKey.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await keys.authenticate(key)).toMatchObject({ kind: "viewer" });
    expect((await keys.list(south)).map(({ id }) => id)).not.toContain(apiKey.id);
  });
});

describe("a chosen key", () => {
  const chosen = "correct-horse-battery-staple";

  it("is taken once and stays revoked when offered again", async () => {
    await keys.adopt("south", chosen, till);
    await keys.adopt("south", chosen, { ...till, name: "again" });
    const listed = (await keys.list(south)).filter(({ prefix }) => prefix === "corr");
    expect(listed.map(({ name }) => name)).toEqual(["Till"]);
    await keys.revoke("south", listed[0]?.id ?? "");
    await keys.adopt("south", chosen, till);
    expect(await keys.authenticate(chosen)).toEqual({ kind: "revoked" });
  });

  it("is refused when it is short, without being repeated", async () => {
    await expect(keys.adopt("south", "hunter2", till)).rejects.toThrow(/24 to 256/);
    await expect(keys.adopt("south", "hunter2", till)).rejects.not.toThrow(/hunter2/);
  });
});
