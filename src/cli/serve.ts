import { type Role, startGateway, TENANT } from "../app.js";
import { type Config, keepGatewayKeys } from "../config.js";
import { SCOPES } from "../domain/scope.js";
import { createLog } from "../log.js";
import { createLifetime, endOnSignals } from "../server/shutdown.js";
import type { Keys } from "../store/keys.js";
import { migrate } from "../store/migrate.js";
import { parseKeyRing } from "../store/seal.js";
import { openStore } from "./store.js";

/** Runs the gateway alone until a signal ends it; logs JSON lines to standard output. */
export async function serve(config: Config, role: Role): Promise<void> {
  const log = createLog(config.logLevel);
  const lifetime = createLifetime(log, config.drainMs * 2 + 5_000);
  process.on("uncaughtExceptionMonitor", (err) => log.fatal({ err }, "crashed"));
  endOnSignals(lifetime.end, { log });
  try {
    const store = await openStore(config, log);
    lifetime.add("PostgreSQL", store.stop);
    await migrate(store.url);
    const keyRing = parseKeyRing(await keepGatewayKeys(config));
    const gateway = await startGateway({ config, databaseUrl: store.url, keyRing, log, role });
    lifetime.add("gateway", gateway.stop);
    await bootstrap(gateway.keys, config, log.warn.bind(log));
    log.info({ url: gateway.url, role }, "serving");
  } catch (error) {
    await lifetime.end();
    throw error;
  }
}

/** BOOTSTRAP_API_KEY opens a gateway that has no key yet; later keys are made by people. */
async function bootstrap(keys: Keys, { bootstrapApiKey }: Config, warn: (message: string) => void) {
  const none = (await keys.list({ tenantId: TENANT, channelIds: null })).length === 0;
  if (bootstrapApiKey && none) {
    await keys.adopt(TENANT, bootstrapApiKey, {
      client: "bootstrap",
      name: "BOOTSTRAP_API_KEY",
      scopes: SCOPES,
    });
  } else if (bootstrapApiKey && (await keys.authenticate(bootstrapApiKey)).kind !== "viewer") {
    warn(
      "BOOTSTRAP_API_KEY is not a key of this gateway: it only sets the first. Make others with: tributary keys create",
    );
  } else if (none) {
    warn("no API key exists yet, so that nobody can get in: make one with: tributary keys create");
  }
}
