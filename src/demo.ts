import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Listr } from "listr2";
import { pino } from "pino";
import { type Gateway, startGateway, TENANT } from "./app.js";
import { openStore, type Store } from "./cli/store.js";
import { type Config, keepGatewayKeys, readConfig } from "./config.js";
import { openWithKey } from "./demo/key.js";
import { type Arrivals, awaitOrders, connectShops, watchArrivals } from "./demo/orders.js";
import { openShops, type Shop } from "./demo/shops.js";
import { welcome } from "./demo/welcome.js";
import { GatewayError } from "./domain/errors.js";
import type { Viewer } from "./domain/scope.js";
import { createLog, type Logger } from "./log.js";
import { createReadiness } from "./server/health.js";
import { createLifetime, endOnSignals, endWithParent } from "./server/shutdown.js";
import { EmbeddedPostgresError } from "./store/errors.js";
import { migrate } from "./store/migrate.js";
import { parseKeyRing } from "./store/seal.js";

/**
 * The whole world on one machine: an embedded PostgreSQL, one living simulated shop of each platform, and the gateway,
 * to which the shops are connected as real ones are. Everything it keeps is in the data folder, so that the next start
 * goes on where this one ended. Runs until a signal ends it.
 */
export async function demo(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const config = configOf(env);
  await mkdir(config.dataDir, { recursive: true });
  const logFile = join(config.dataDir, "gateway.log");
  const log = createLog(config.logLevel, pino.destination(logFile));
  const lifetime = createLifetime(log, config.drainMs * 2 + 5_000);
  process.on("uncaughtExceptionMonitor", (err) => log.fatal({ err }, "crashed"));
  endOnSignals(lifetime.end, {
    log,
    draining: () => console.log("\nStopping; press Ctrl-C again to stop at once."),
  });
  if (env.npm_lifecycle_event) endWithParent();
  try {
    const world = await start({ config, log, add: lifetime.add });
    console.log(await welcome({ ...world, logFile }));
  } catch (error) {
    await lifetime.end();
    throw explained(error, config);
  }
}

/** Its shops carry out a call at once or not at all. */
const SETTLE_MS = 5_000;

/** The demo keeps to its own database, whatever the environment says of another. */
function configOf(env: Readonly<Record<string, string | undefined>>): Config {
  for (const name of ["DATABASE_URL", "REDIS_URL"] as const) {
    if (!env[name]?.trim()) continue;
    console.log(`${name} is set, but the demo keeps to its own; to run the gateway with yours:`);
    console.log("  npm run build && node dist/cli.js serve\n");
  }
  const { DATABASE_URL: _, REDIS_URL: __, ...rest } = env;
  return { ...readConfig(rest), allowPrivateHosts: true };
}

interface Stage {
  config: Config;
  log: Logger;
  /** Has what was started ended with the demo. */
  add: (name: string, end: () => Promise<unknown>) => void;
}

/** What the steps of a start hand to those after them. */
interface World {
  store: Store;
  shops: Shop[];
  gateway: Gateway;
  key: string;
  viewer: Viewer;
  arrivals: Arrivals;
}

function start({ config, log, add }: Stage): Promise<World> {
  const arrivals = watchArrivals();
  const steps = new Listr<World>(
    [
      {
        title: "PostgreSQL",
        async task(world, task) {
          world.store = await openStore(config, log);
          add("PostgreSQL", world.store.stop);
          await migrate(world.store.url);
          task.title = `PostgreSQL, data in ${config.dataDir}`;
        },
      },
      {
        title: "Shops",
        async task(world, task) {
          world.shops = await openShops(config, log, add);
          const all = world.shops.map(({ name, url }) => `${name} ${url}`);
          task.title = `Shops: ${all.join(", ")}`;
        },
      },
      {
        title: "Gateway",
        async task(world, task) {
          const keyRing = parseKeyRing(await keepGatewayKeys(config));
          world.arrivals = arrivals;
          const readiness = createReadiness();
          readiness.require("shops", () => "to be connected");
          world.gateway = await startGateway({
            config,
            readiness,
            databaseUrl: world.store.url,
            keyRing,
            log,
            ingest: { onProgress: arrivals.onProgress },
            commands: { settleMs: SETTLE_MS },
          });
          add("gateway", world.gateway.stop);
          Object.assign(world, await openWithKey(world.gateway.keys, TENANT, config));
          task.title = `Gateway ${world.gateway.url}`;
        },
      },
      {
        title: "Orders",
        async task(world, task) {
          const memory = join(config.dataDir, "shops", "channels.json");
          const channels = await connectShops({ ...world, memory });
          return task.newListr(
            channels.map((channel) => ({
              title: channel.name,
              task: (_: World, each: { output: string; title: string }) =>
                awaitOrders(world, channel, each),
            })),
            { concurrent: true },
          );
        },
      },
    ],
    {
      registerSignalListeners: false,
      fallbackRenderer: "simple",
      fallbackRendererCondition: !isWide(process.stdout),
      rendererOptions: { collapseSubtasks: false },
    },
  );
  return steps.run({} as World);
}

/** Some terminals say that they have no columns; drawing into them takes a line for each letter. */
function isWide({ isTTY, columns }: { isTTY?: boolean; columns?: number }): boolean {
  return isTTY === true && (columns ?? 0) >= 40;
}

/** Says what to do about what a person can do something about. */
function explained(error: unknown, { dataDir }: Config): unknown {
  if (!(error instanceof EmbeddedPostgresError) || error.reason !== "ALREADY_RUNNING") return error;
  return new GatewayError(
    "INTERNAL",
    `Tributary already runs on ${dataDir} (PostgreSQL has pid ${error.pid}): use that one, stop it with Ctrl-C, ` +
      "or start another with DATA_DIR=… PORT=… npm start",
    { cause: error },
  );
}
