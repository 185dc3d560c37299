import type { Config } from "../config.js";
import { createLog } from "../log.js";
import { openDatabase } from "../store/db.js";
import { migrate } from "../store/migrate.js";
import { rebuildDocuments } from "../store/rebuild.js";
import { openStore } from "./store.js";

/** Brings the configured database to the shape this version expects, its orders too. Progress goes to standard error. */
export async function migrateStore(config: Config): Promise<void> {
  const log = createLog("warn", process.stderr);
  const store = await openStore(config, log);
  try {
    await migrate(store.url);
    const database = openDatabase(store.url, { log });
    await rebuildDocuments(database, ({ done, total }) =>
      process.stderr.write(`reshaped ${done} of ${total} orders\n`),
    ).finally(database.close);
  } finally {
    await store.stop();
  }
}
