import { type Desk, openDesk } from "../app.js";
import { type Config, keepGatewayKeys } from "../config.js";
import { createLog } from "../log.js";
import { migrate } from "../store/migrate.js";
import { parseKeyRing } from "../store/seal.js";
import { borrowStore } from "./store.js";

/** Works on keys and channels, whether a gateway runs on that database or not. Warnings go to standard error. */
export async function atDesk(config: Config, work: (desk: Desk) => Promise<void>): Promise<void> {
  const log = createLog("warn", process.stderr);
  const store = await borrowStore(config, log);
  try {
    await migrate(store.url);
    const keyRing = parseKeyRing(await keepGatewayKeys(config));
    const gatewayUrl = `http://127.0.0.1:${config.port}`;
    const desk = await openDesk({ config, databaseUrl: store.url, keyRing, log }, gatewayUrl);
    try {
      await work(desk);
    } finally {
      await desk.close();
    }
  } finally {
    await store.stop();
  }
}
