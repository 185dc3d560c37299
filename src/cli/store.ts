import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Config } from "../config.js";
import { startEmbeddedPostgres } from "../store/embedded.js";
import { EmbeddedPostgresError } from "../store/errors.js";

/** A PostgreSQL to work with. */
export interface Store {
  /** Connects as the owner. */
  url: string;
  /** Ends what was started here; does nothing to a server that was there before. */
  stop(): Promise<void>;
}

/** The database of DATABASE_URL, or the embedded one of the data folder, which this process then owns. */
export async function openStore(config: Config, log: Logger): Promise<Store> {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => {} };
  return startEmbeddedPostgres({ dataDir: config.dataDir, log });
}

/** As openStore, and also while a gateway runs on that data folder: then its server is used beside it. */
export async function borrowStore(config: Config, log: Logger): Promise<Store> {
  try {
    return await openStore(config, log);
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError) || error.reason !== "ALREADY_RUNNING")
      throw error;
    const file = join(config.dataDir, "postgres", "passwords.json");
    const { owner } = JSON.parse(await readFile(file, "utf8")) as { owner: string };
    const url = `postgres://tributary:${owner}@127.0.0.1:${error.port}/tributary`;
    return { url, stop: async () => {} };
  }
}
