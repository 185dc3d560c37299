import type { Config } from "../config.js";
import { createLog } from "../log.js";
import { migrate } from "../store/migrate.js";
import { openStore } from "./store.js";

/** Brings the configured database to the shape this version expects. */
export async function migrateStore(config: Config): Promise<void> {
  const store = await openStore(config, createLog("warn", process.stderr));
  await migrate(store.url).finally(store.stop);
}
