/**
 * A small process of its own that owns the embedded PostgreSQL: `keeper <dataDir> [throwaway]`, forked and
 * detached by embedded.ts. It lives outside of the gateway's process group, so that Ctrl-C does not end the
 * database before the gateway has drained, and it watches the channel to its parent, so that PostgreSQL ends
 * when the parent does, however that happens.
 *
 * starting (initdb, launch, roles) → ready → stopping → gone. The parent's word "stop", the end of the channel and
 * SIGTERM lead to stopping from anywhere; PostgreSQL ending by itself leads from ready to gone.
 */
import postgres from "postgres";
import { type Cluster, openCluster } from "./cluster.js";
import type { EmbeddedErrorDetail, EmbeddedFailure } from "./errors.js";
import { EmbeddedPostgresError } from "./errors.js";
import { type Server, startServer, stopServer } from "./postmaster.js";

/** What the keeper tells its parent. */
export type KeeperReport =
  | { kind: "log"; line: string }
  | { kind: "ready"; url: string; pid: number; dir: string }
  | { kind: "failed"; reason: EmbeddedFailure; message: string; detail: EmbeddedErrorDetail }
  | { kind: "ended"; tail: string };

/** The role and the database the gateway works with: it may make roles and databases, but is no superuser. */
const OWNER = "tributary";

const [dataDir = ".data", mode] = process.argv.slice(2);
const throwaway = mode === "throwaway";
const stopping = new AbortController();
let server: Server | null = null;

process.on("disconnect", stop);
process.on("message", (message) => message === "stop" && stop());
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
await run();

async function run() {
  try {
    const cluster = await openCluster(dataDir, { throwaway, signal: stopping.signal });
    server = await startServer(cluster, {
      throwaway,
      signal: stopping.signal,
      keptBy: { keeper: process.pid, parent: process.ppid },
      onLine: (line) => report({ kind: "log", line }),
    });
    await prepareOwner(cluster, server.port);
    const { pid, port } = server;
    const url = `postgres://${OWNER}:${cluster.passwords.owner}@127.0.0.1:${port}/${OWNER}`;
    report({ kind: "ready", url, pid, dir: cluster.dir });
    await server.ended;
    if (!stopping.signal.aborted) report({ kind: "ended", tail: server.tail() });
  } catch (error) {
    if (!stopping.signal.aborted) report(failure(error));
  } finally {
    if (server) await stopServer(server);
    if (process.connected) process.disconnect();
  }
}

function stop() {
  stopping.abort();
  if (server) void stopServer(server);
}

/** Makes the owner and its database where they are missing; the superuser's password never leaves this process. */
async function prepareOwner({ passwords }: Cluster, port: number) {
  const sql = postgres({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password: passwords.superuser,
    database: "postgres",
    max: 1,
    fetch_types: false,
  });
  try {
    const [found] = await sql`
      select exists (select from pg_roles where rolname = ${OWNER}) as role,
             exists (select from pg_database where datname = ${OWNER}) as database`;
    if (!found?.role) {
      await sql.unsafe(
        `create role ${OWNER} login nosuperuser createrole createdb password '${passwords.owner}'`,
      );
    }
    if (!found?.database) await sql.unsafe(`create database ${OWNER} owner ${OWNER}`);
  } finally {
    await sql.end();
  }
}

function failure(error: unknown): KeeperReport {
  if (error instanceof EmbeddedPostgresError) {
    const { reason, message, pid, port } = error;
    return { kind: "failed", reason, message, detail: { pid, port } };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { kind: "failed", reason: "START", message, detail: {} };
}

function report(message: KeeperReport) {
  if (process.connected) process.send?.(message);
}
