import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALL_VARIABLES } from "../src/cli/variables.js";
import { readConfig } from "../src/config.js";
import { mintKey } from "../src/store/seal.js";
import { createTestDatabase, type TestDatabase } from "./support/database.js";

const root = fileURLToPath(new URL("..", import.meta.url));
let test: TestDatabase;
let folder: string;
let env: Record<string, string>;
const running: ChildProcess[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "tributary-cli-"));
  env = {
    DATABASE_URL: test.url,
    GATEWAY_KEYS: mintKey("k1"),
    DATA_DIR: folder,
    PORT: "0",
    ALLOW_PRIVATE_HOSTS: "true",
  };
});
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await test.drop();
  await rm(folder, { recursive: true });
});

function start(args: string[], more: Record<string, string> = {}): ChildProcess {
  const child = spawn(
    process.execPath,
    ["--import", "@oxc-node/core/register", "src/cli.ts", ...args],
    { cwd: root, env: { PATH: process.env.PATH, ...env, ...more } },
  );
  running.push(child);
  return child;
}
async function run(args: string[], more: Record<string, string> = {}) {
  const child = start(args, more);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, "exit"),
  ]);
  return { code, out, err };
}
/** Standard output up to a match. */
async function said(child: ChildProcess, pattern: RegExp): Promise<RegExpMatchArray> {
  let all = "";
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    all += chunk;
    const match = all.match(pattern);
    if (match) return match;
  }
  throw new Error(`it ended without saying ${pattern}:\n${all}`);
}
async function serving(more: Record<string, string> = {}) {
  const child = start(["serve"], more);
  const [, url] = await said(child, /"url":"(http[^"]+)","role":"both","msg":"serving"/);
  return { child, url: url ?? "" };
}

describe("the command line", () => {
  it("tells what it can do, each command by itself too", async () => {
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    const commands = ["serve", "demo", "migrate", "schema", "keys", "channels", "simulate"];
    for (const name of commands) {
      expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
      const help = await run([name, "--help"]);
      expect([name, help.code]).toEqual([name, 0]);
      expect(help.out).toContain(`Usage: tributary ${name}`);
    }
  }, 120_000);

  it.each([
    [["serv"], "Did you mean serve"],
    [["serve", "--role=all"], "api, worker, both"],
    [["keys", "create"], "--client"],
    [["keys", "create", "--client=till", "--expires=soon"], "2027-01-01T00:00:00Z"],
    [["simulate", "etsy"], "woocommerce"],
    [["channels", "connect", "magento", "--name", "Mugs"], "--settings <file>"],
  ])("ends with 2 and a remedy on %j", async (args, remedy) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).toContain(remedy);
  });

  it("names everything that is wrong in the configuration at once, and ends with 2", async () => {
    const { code, err } = await run(["serve"], {
      PORT: "high",
      LOG_LEVEL: "loud",
      GATEWAY_KEYS: "",
    });
    expect(code).toBe(2);
    for (const name of ["PORT", "LOG_LEVEL", "GATEWAY_KEYS"]) expect(err).toContain(name);
    expect(err).not.toContain("    at ");
  });

  it("prints the schema", async () => {
    const { code, out } = await run(["schema"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^type Subscription/m);
  });

  it("migrates a database, any number of times", async () => {
    expect((await run(["migrate"])).code).toBe(0);
    expect((await run(["migrate"])).code).toBe(0);
  });

  it("says in a sentence that the database is not there, and ends with 1", async () => {
    const DATABASE_URL = "postgres://nobody:x@127.0.0.1:1/none";
    const { code, err } = await run(["migrate"], { DATABASE_URL });
    expect(code).toBe(1);
    expect(err).toMatch(/cannot be reached/);
    expect(err).not.toMatch(/ {4}at |nobody:x/);
  });
});

describe("keys", () => {
  it("are made, listed and revoked beside a running gateway, which hears of it", async () => {
    const { child, url } = await serving();
    const made = await run(["keys", "create", "--client", "till", "--scope", "ORDERS_READ"]);
    const key = made.out.trim();
    const ask = () =>
      fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
        body: '{"query":"{ __typename }"}',
      });
    expect((await ask()).status).toBe(200);
    const listed = await run(["keys", "list"]);
    expect(listed.out).toMatch(/^ID.*\nkey_\w+ {2}till .*ORDERS_READ$/m);
    const [described] = JSON.parse((await run(["keys", "list", "--json"])).out);
    expect(described).toMatchObject({ client: "till", scopes: ["ORDERS_READ"], revokedAt: null });
    expect(listed.out).not.toContain(key);
    const id = listed.out.match(/key_[0-9a-z]{26}/)?.[0] ?? "";
    expect((await run(["keys", "revoke", id])).code).toBe(0);
    expect((await ask()).status).toBe(401);
    expect(await run(["keys", "revoke", "key_none"])).toMatchObject({ code: 1 });
    child.kill("SIGTERM");
    await once(child, "exit");
  }, 120_000);
});

describe("serve", () => {
  it("opens with BOOTSTRAP_API_KEY, is ready, and dies of SIGTERM after it has drained", async () => {
    const other = await createTestDatabase();
    const BOOTSTRAP_API_KEY = "correct-horse-battery-staple";
    const { child, url } = await serving({ DATABASE_URL: other.url, BOOTSTRAP_API_KEY });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ready: true });
    const metrics = await fetch(`${url}/metrics`, {
      headers: { authorization: `Bearer ${BOOTSTRAP_API_KEY}` },
    });
    expect(metrics.status).toBe(200);
    child.kill("SIGTERM");
    const [code, signal] = await once(child, "exit");
    expect({ code, signal }).toEqual({ code: null, signal: "SIGTERM" });
    await other.drop();
  });

  it("serves a worker's health and metrics, and nothing else of it", async () => {
    const child = start(["serve", "--role=worker"]);
    const [, url] = await said(child, /"url":"(http[^"]+)"/);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    for (const path of ["/", "/graphql"]) {
      expect((await fetch(`${url}${path}`)).status).toBe(404);
    }
    child.kill("SIGINT");
    const [, signal] = await once(child, "exit");
    expect(signal).toBe("SIGINT");
  });

  it("says whose turn it is when its port is taken, and ends with 1", async () => {
    const squatter = createServer().listen(0, "127.0.0.1");
    await once(squatter, "listening");
    const address = squatter.address();
    const PORT = String(typeof address === "object" ? address?.port : "");
    const { code, err } = await run(["serve"], { PORT });
    expect(code).toBe(1);
    expect(err).toContain(`127.0.0.1:${PORT} is taken`);
    squatter.close();
  });
});

describe("simulate and channels", () => {
  it("open a shop and connect it with what it printed", async () => {
    const shop = start(["simulate", "woocommerce", "--orders", "3"]);
    const [settings] = await said(shop, /\{[^}]*\}/);
    const file = join(folder, "settings.json");
    await writeFile(file, settings);
    const args = ["channels", "connect", "woocommerce", "--name", "Mugs", "--settings", file];
    const connected = await run(args);
    expect(connected).toMatchObject({ code: 0, err: "" });
    const id = connected.out.trim();
    const [titles, ...rows] = (await run(["channels", "list"])).out.trimEnd().split("\n");
    expect(titles).toMatch(/^ID {2,}NAME {2,}PLATFORM {2,}HEALTH {2,}ORDERS {2,}PROBLEM$/);
    expect(rows).toEqual([expect.stringMatching(`^${id}  Mugs  woocommerce  HEALTHY`)]);
    const listed = JSON.parse((await run(["channels", "list", "--json"])).out);
    expect(listed).toMatchObject([
      {
        ...{ id, name: "Mugs", health: "HEALTHY", problem: null, mayNot: [] },
        sync: { lastReconcileAt: null, webhooksMissed24h: 0, repairedByReconcile24h: 0 },
      },
    ]);
    const update = ["channels", "update", id, "--name", "Cups", "--settings-env", "SHOP"];
    expect(await run(update, { SHOP: settings })).toMatchObject({ code: 0, err: "" });
    expect((await run(["channels", "list"])).out).toContain(" Cups ");
    expect(await run(update, { SHOP: "{cs_secret" })).toMatchObject({
      code: 2,
      err: "SHOP is not JSON\n",
    });
    expect(await run(update)).toMatchObject({
      code: 2,
      err: "SHOP is not set in the environment\n",
    });
    const missing = await run([...args.slice(0, -1), join(folder, "none.json")]);
    expect(missing.err.trim()).toBe(`${join(folder, "none.json")} cannot be read (ENOENT)`);
    const twice = await run(args);
    expect(twice.code).toBe(1);
    expect(twice.err).toContain("connected already");
    expect(await run(["channels", "pause", id, "--reason", "stocktaking"])).toMatchObject({
      code: 0,
    });
    expect((await run(["channels", "list"])).out).toMatch(/PAUSED.*command-line: stocktaking/);
    expect((await run(["channels", "resume", id])).code).toBe(0);
    expect(await run(["channels", "resume", id])).toMatchObject({
      code: 1,
      err: expect.stringContaining("not paused"),
    });
    expect((await run(["channels", "disconnect", id])).code).toBe(0);
    shop.kill("SIGTERM");
    const [, signal] = await once(shop, "exit");
    expect(signal).toBe("SIGTERM");
  }, 240_000);

  it("tell what a platform needs to know, and what is wrong with what it was given", async () => {
    const { out } = await run(["channels", "platforms"]);
    expect(out).toMatch(
      /^woocommerce \(WooCommerce\)\n[\s\S]*consumerSecret {2}Consumer secret \(secret\)\./m,
    );
    const schemas = await run(["channels", "platforms", "--json"]);
    expect(JSON.parse(schemas.out)).toHaveProperty("woocommerce.properties.consumerKey");
    const file = join(folder, "wrong.json");
    await writeFile(file, '{"url":"nowhere"}');
    const { code, err } = await run([
      ...["channels", "connect", "woocommerce", "--name", "Mugs", "--settings", file],
    ]);
    expect(code).toBe(2);
    expect(err).toMatch(/url.*consumerKey/s);
  });
});

it("tells in its help of every variable that the configuration reads", async () => {
  const source = await readFile(new URL("../src/config.ts", import.meta.url), "utf8");
  const read = [...source.matchAll(/read\("([A-Z_]+)"\)/g)].map(([, name]) => name);
  expect(ALL_VARIABLES.toSorted()).toEqual(read.toSorted());
});

it("has defaults with which an empty environment is enough", () => {
  expect(readConfig({})).toMatchObject({ port: 4_000, host: "127.0.0.1", dataDir: ".data" });
});
