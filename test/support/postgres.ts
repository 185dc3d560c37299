import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../src/store/embedded.js";
import { migrate } from "../../src/store/migrate.js";
import { dropDatabase } from "./drop-database.js";

/** Where a test file asks for the server; a run that needs no database never starts one. */
export interface TestServer {
  /** Connects as an owner who may create databases, to a database that nobody uses. */
  adminUrl: string;
  /** A migrated database without rows, to be cloned. */
  template: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** Answers with a TestServer as JSON, once it is there. */
    postgresDoor: string;
  }
}

/**
 * A PostgreSQL for each of the workers, started by its first test file that asks: an embedded one that flushes nothing to
 * the disk, since a log is read only as far as nobody in its whole server is still writing; or for all of them that of
 * TEST_DATABASE_URL (an owner with CREATEROLE and CREATEDB). Gone when the run is over.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<TestServer>>();
  const cleanups: (() => Promise<unknown>)[] = [];
  const door = createServer(({ url: worker = "/" }, response) => {
    const server = started.get(worker) ?? start(cleanups);
    started.set(worker, server);
    server.then(
      (found) => response.end(JSON.stringify(found)),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((done) => door.listen(0, "127.0.0.1", done));
  project.provide("postgresDoor", `http://127.0.0.1:${(door.address() as AddressInfo).port}`);
  return async () => {
    await Promise.allSettled(started.values());
    for (const cleanup of cleanups.reverse()) await cleanup();
    door.closeAllConnections();
    await new Promise((done) => door.close(done));
  };
}

async function start(cleanups: (() => Promise<unknown>)[]): Promise<TestServer> {
  const adminUrl = process.env.TEST_DATABASE_URL ?? (await startEmbedded(cleanups));
  const template = `tributary_template_${randomBytes(4).toString("hex")}`;
  const admin = postgres(adminUrl, { max: 1 });
  await admin.unsafe(`create database ${template}`);
  cleanups.push(async () => {
    await dropDatabase(admin, template);
    await admin.end();
  });
  await migrate(databaseUrl(adminUrl, template));
  return { adminUrl, template };
}

async function startEmbedded(cleanups: (() => Promise<unknown>)[]): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "tributary-test-"));
  // Under root PostgreSQL runs as another user, who must pass through.
  await chmod(dataDir, 0o755);
  cleanups.push(() => rm(dataDir, { recursive: true, force: true }));
  const log = pino({ level: "silent" });
  const { url, stop } = await startEmbeddedPostgres({ dataDir, log, throwaway: true });
  cleanups.push(stop);
  return url;
}

/** The same server and user, another database. */
export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
