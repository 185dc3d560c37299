import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import type { Cluster } from "./cluster.js";
import { EmbeddedPostgresError, startFailure } from "./errors.js";
import { freePort, isAlive } from "./process.js";

/** A running PostgreSQL that is a child of this process. */
export interface Server {
  pid: number;
  port: number;
  /** Settles when the process is gone; never rejects. */
  ended: Promise<unknown>;
  /** The last lines it wrote. */
  tail(): string;
  process: ChildProcess;
}

export interface StartOptions {
  throwaway: boolean;
  signal: AbortSignal;
  keptBy: Keepers;
  onLine: (line: string) => void;
}

/** Who looks after a running PostgreSQL: written into its cluster_name, so that it can be asked. */
interface Keepers {
  keeper: number;
  parent: number;
}

/** A server whose processes were killed one by one lets go of its memory within moments; so does one that is stopping. */
const PATIENCE_MS = 10_000;
const RETRY_MS = 100;
/** A fast shutdown takes well under a second; what takes longer is not coming back. */
const SHUTDOWN_MS = 10_000;
const TAIL_LINES = 40;

/**
 * Starts PostgreSQL on a free port. Tries again where the port was taken meanwhile and, for ten seconds, where an
 * earlier server still holds the data; ends one whose keeper was killed. Throws EmbeddedPostgresError:
 * ALREADY_RUNNING with pid and port where another live program uses the data.
 */
export async function startServer(cluster: Cluster, options: StartOptions): Promise<Server> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    options.signal.throwIfAborted();
    const server = await launch(cluster, await freePort(), options);
    if (server.ready) return server;
    const said = server.tail();
    const held = /lock file "postmaster.pid" already exists|pre-existing shared memory/.test(said);
    const portTaken = /could not bind|address already in use/i.test(said);
    if (held) await askHolder(cluster);
    if (!(held || portTaken) || Date.now() > giveUpAt) throw await hopeless(cluster, said, held);
    await delay(RETRY_MS, undefined, { signal: options.signal });
  }
}

/** Ends PostgreSQL, politely first; returns when it is gone, also when it was gone before. */
export async function stopServer(server: Server): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (server.process.exitCode !== null || server.process.signalCode !== null) return;
    server.process.kill(signal);
    await Promise.race([server.ended, delay(SHUTDOWN_MS, undefined, { ref: false })]);
  }
}

async function launch(
  cluster: Cluster,
  port: number,
  options: StartOptions,
): Promise<Server & { ready: boolean }> {
  const child = spawn(cluster.binaries.postgres, ["-D", cluster.dir, ...settings(port, options)], {
    ...cluster.runAs,
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe"],
  });
  const failed = once(child, "error").then(([error]) => error as Error);
  const ended = Promise.race([once(child, "close"), failed]);
  const lines: string[] = [];
  const accepting = new Promise<true>((done) => {
    createInterface({ input: child.stderr }).on("line", (line) => {
      lines.push(line);
      if (lines.length > TAIL_LINES) lines.shift();
      options.onLine(line);
      if (line.includes("database system is ready to accept connections")) done(true);
    });
  });
  const ready = await Promise.race([accepting, ended.then(() => false as const)]);
  return { process: child, pid: child.pid ?? 0, port, ended, ready, tail: () => lines.join("\n") };
}

/** Modest enough for a laptop, and nothing of a row in the server's own log. */
function settings(port: number, { throwaway, keptBy }: StartOptions): string[] {
  const values = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    cluster_name: `tributary keeper ${keptBy.keeper} parent ${keptBy.parent}`,
    timezone: "UTC",
    log_timezone: "UTC",
    // Errors are the gateway's to report: here they would show values and statements.
    log_min_messages: "log",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    max_connections: 100,
    shared_buffers: "128MB",
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    max_wal_size: "512MB",
    // One machine, no replicas: the log of changes need only survive a crash.
    wal_level: "minimal",
    max_wal_senders: 0,
    jit: "off",
    ...(throwaway && { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/**
 * Finds out who holds the data. Another live gateway: throws ALREADY_RUNNING. A server whose keeper was killed:
 * ends it. Anything else (starting, stopping, just killed) settles by itself: returns.
 */
async function askHolder(cluster: Cluster) {
  const holder = await readPidFile(cluster);
  const keptBy = holder && (await askKeepers(cluster, holder.port));
  if (!holder || !keptBy) return;
  const [keeper, parent] = await Promise.all([isAlive(keptBy.keeper), isAlive(keptBy.parent)]);
  if (keeper && parent) throw alreadyRunning(cluster, holder);
  // It answered with our own password and its own pid file, so this is our server and not a stranger with its number.
  if (!keeper) signalQuietly(holder.pid);
}

interface Holder {
  pid: number;
  port: number;
}

/** postmaster.pid: line 1 the pid, line 4 the port; absent or half-written while a server starts or stops. */
async function readPidFile(cluster: Cluster): Promise<Holder | null> {
  const text = await readFile(join(cluster.dir, "postmaster.pid"), "utf8").catch(() => "");
  const lines = text.split("\n");
  const holder = { pid: Number(lines[0]), port: Number(lines[3]) };
  return holder.pid > 0 && holder.port > 0 ? holder : null;
}

async function askKeepers({ dir, passwords }: Cluster, port: number): Promise<Keepers | null> {
  const sql = postgres({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password: passwords.superuser,
    database: "postgres",
    max: 1,
    fetch_types: false,
    connect_timeout: 2,
  });
  try {
    const [row] =
      await sql`select current_setting('cluster_name') as name, current_setting('data_directory') as dir`;
    const pids = /keeper (\d+) parent (\d+)/.exec(row?.name);
    return row?.dir === dir && pids ? { keeper: Number(pids[1]), parent: Number(pids[2]) } : null;
  } catch {
    return null;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function hopeless(
  cluster: Cluster,
  said: string,
  held: boolean,
): Promise<EmbeddedPostgresError> {
  const holder = held ? await readPidFile(cluster) : null;
  if (!holder) return startFailure(cluster.binaries.packageName, "PostgreSQL did not start", said);
  return new EmbeddedPostgresError(
    "START",
    `PostgreSQL cannot have ${cluster.dir}: its postmaster.pid names process ${holder.pid}, which runs but does not answer ` +
      `as this database on port ${holder.port}. End that process; if it is not PostgreSQL, delete postmaster.pid`,
    holder,
  );
}

function alreadyRunning(cluster: Cluster, holder: Holder): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    "ALREADY_RUNNING",
    `PostgreSQL is already running on ${cluster.dir} (pid ${holder.pid}, port ${holder.port}): ` +
      "stop the gateway that started it, or set DATA_DIR to another folder",
    holder,
  );
}

function signalQuietly(pid: number) {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    // Gone meanwhile, which is what was wanted.
  }
}
