import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import { EmbeddedPostgresError } from "./errors.js";
import type { KeeperReport } from "./keeper.js";

export interface EmbeddedOptions {
  /** Folder for the data and passwords; made where it is missing. */
  dataDir: string;
  log: Logger;
  /** For tests: nothing is flushed to the disk, a crash of the machine loses the data. */
  throwaway?: boolean;
}

export interface EmbeddedPostgres {
  /** Connects as the owner of the database `tributary`, who is no superuser. Port and password are this start's and this folder's. */
  url: string;
  /** The pid of PostgreSQL itself. */
  pid: number;
  /** Ends PostgreSQL and waits until it is gone; may be called again, and when it is gone already. */
  stop(): Promise<void>;
}

/** The keeper gives PostgreSQL thirty seconds at most before it kills it. */
const STOP_MS = 40_000;

/**
 * A real PostgreSQL on this machine with nothing installed, under `dataDir`, on a free port of loopback. It ends with
 * this process, however that ends. Throws EmbeddedPostgresError, whose `reason` ALREADY_RUNNING comes with pid and port.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const keeper = forkKeeper(options);
  const exited = once(keeper, "exit");
  let crash = "";
  keeper.stderr?.on("data", (chunk) => {
    crash = (crash + String(chunk)).slice(-4_000);
  });
  const stop = async () => {
    keeper.ref();
    // A keeper that ends at this moment cannot be told, and need not be.
    if (keeper.connected) keeper.send("stop", () => undefined);
    await Promise.race([exited, delay(STOP_MS, undefined, { ref: false })]);
    keeper.kill("SIGKILL");
  };
  const report = await Promise.race([firstReport(keeper, options.log), exited]);
  if (!("kind" in report) || report.kind !== "ready") {
    await exited;
    throw "kind" in report && report.kind === "failed"
      ? new EmbeddedPostgresError(report.reason, report.message, report.detail)
      : new EmbeddedPostgresError(
          "START",
          `The keeper of PostgreSQL ended before it was ready:\n${crash}`,
        );
  }
  letGo(keeper);
  const { dir, pid } = report;
  options.log.info({ dir, pid, port: new URL(report.url).port }, "the embedded PostgreSQL is up");
  return { url: report.url, pid, stop };
}

/** In a checkout that was not built the keeper is TypeScript and needs the loader that development has. */
function forkKeeper({ dataDir, throwaway }: EmbeddedOptions): ChildProcess {
  const built = !import.meta.url.endsWith(".ts");
  const entry = new URL(built ? "keeper.js" : "keeper.ts", import.meta.url);
  return fork(fileURLToPath(entry), [resolve(dataDir), ...(throwaway ? ["throwaway"] : [])], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    detached: true,
    execArgv: built ? [] : ["--import", "@oxc-node/core/register"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

/** The first report that decides; PostgreSQL's own lines go to the log for as long as it runs. */
function firstReport(keeper: ChildProcess, log: Logger): Promise<KeeperReport> {
  return new Promise((done) => {
    keeper.on("message", (message: KeeperReport) => {
      if (message.kind === "log") log.debug({ postgres: message.line }, "postgres");
      if (message.kind === "ended") log.error({ tail: message.tail }, "PostgreSQL ended by itself");
      if (message.kind === "ready" || message.kind === "failed") done(message);
    });
  });
}

/** A program with nothing else to do may end; the keeper notices. */
function letGo(keeper: ChildProcess) {
  keeper.unref();
  keeper.channel?.unref();
  const stderr = keeper.stderr;
  if (stderr && "unref" in stderr && typeof stderr.unref === "function") stderr.unref();
}
