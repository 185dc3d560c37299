import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { type Database, openDatabase } from "../../src/store/db.js";
import { dropDatabase } from "./drop-database.js";
import { databaseUrl, type TestServer } from "./postgres.js";

export interface TestDatabase {
  /** Connects as the owner. */
  url: string;
  database: Database;
  /** Closes the database and removes it. */
  drop(): Promise<void>;
}

/** A migrated database without rows that nobody else uses; in `beforeAll`, with `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = await askForServer();
  const admin = postgres(adminUrl, { max: 1, idle_timeout: 1 });
  const name = `tributary_test_${randomBytes(6).toString("hex")}`;
  await admin.unsafe(`create database ${name} template ${template} strategy file_copy`);
  const url = databaseUrl(adminUrl, name);
  const database = openDatabase(url);
  return {
    url,
    database,
    async drop() {
      await database.close();
      await dropDatabase(admin, name);
      await admin.end();
    },
  };
}

/** This worker's PostgreSQL; the first to ask waits until it is started and the template migrated. */
export async function askForServer(): Promise<TestServer> {
  const response = await fetch(`${inject("postgresDoor")}/${process.env.VITEST_POOL_ID}`);
  if (!response.ok) throw new Error(`No PostgreSQL for tests: ${await response.text()}`);
  return (await response.json()) as TestServer;
}
