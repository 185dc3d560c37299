import { sql } from "drizzle-orm";
import type { Logger } from "pino";
import { createOpenChannel, createWebhookAddress } from "./channels.js";
import { createAlarm, watchingDoubles } from "./commands/alarm.js";
import { createApiKeys } from "./commands/api-key.js";
import { connectShop } from "./commands/connect.js";
import { createDeadLetters } from "./commands/dead-letter.js";
import { disconnectShop } from "./commands/disconnect.js";
import { settleReported } from "./commands/effect.js";
import type { ApiKeys, Channels } from "./commands/face.js";
import { createCommands, createRefunds } from "./commands/index.js";
import { pauseShop, resumeShop } from "./commands/pause.js";
import { askReconcile } from "./commands/reconcile.js";
import { setStatusMapping } from "./commands/status-mapping.js";
import { updateShop } from "./commands/update.js";
import { startWorker, type WorkerParts } from "./commands/worker.js";
import type { Config } from "./config.js";
import { connectors as registered } from "./connectors/index.js";
import { worded } from "./connectors/wording.js";
import type { Connector } from "./domain/channel.js";
import { createEgress } from "./egress.js";
import { openPostgresBus } from "./events/postgres.js";
import { createLog } from "./events/reader.js";
import { createRecorder } from "./events/record.js";
import { openRedisBus } from "./events/redis.js";
import { startTail } from "./events/tail.js";
import { contextMaker } from "./graphql/context.js";
import { operationGate } from "./graphql/operation.js";
import { createSchema } from "./graphql/schema.js";
import { type IngestOptions, startIngest } from "./ingest/index.js";
import { createTallies } from "./ingest/tally.js";
import { createWebhookReceiver } from "./ingest/webhook.js";
import { countRows } from "./server/figures.js";
import { createReadiness, type Readiness } from "./server/health.js";
import { type Front, startServer } from "./server/http.js";
import { createMetrics } from "./server/metrics.js";
import { createLifetime, type Lifetime } from "./server/shutdown.js";
import { type Database, openDatabase } from "./store/db.js";
import { beginEpoch } from "./store/events.js";
import { ensureTenant, type Keys, openKeys } from "./store/keys.js";
import { rebuildDocuments } from "./store/rebuild.js";
import type { KeyRing } from "./store/seal.js";

/** What a process of the gateway does: answers, works, or both. */
export type Role = "api" | "worker" | "both";

/** The one tenant of a gateway that nobody divides; rows bear it so that many can share a database later. */
export const TENANT = "default";

export interface GatewayOptions {
  config: Config;
  /** A migrated database, as its owner. */
  databaseUrl: string;
  log: Logger;
  role?: Role;
  /** Opens the sealed credentials of shops. */
  keyRing: KeyRing;
  /** The platforms it can connect to; all that are registered where absent. */
  connectors?: readonly Connector[];
  /** What else must be there before this gateway is ready. */
  readiness?: Readiness;
  ingest?: Pick<
    IngestOptions,
    | "onProgress"
    | "pollEveryMs"
    | "pollOverlapMs"
    | "watchEveryMs"
    | "readCooldownMs"
    | "firstSweepAfterMs"
  >;
  /** When steps in doubt are looked for. */
  commands?: Pick<WorkerParts, "lookAfterMs" | "settleMs" | "lookAgainMs">;
}

export interface Gateway {
  /** Where it listens, without a slash at the end. */
  url: string;
  port: number;
  database: Database;
  keys: Keys;
  channels: Channels;
  readiness: Readiness;
  /** Drains: no new requests, those under way finish, sockets close, workers end, then the database. Never rejects. */
  stop(): Promise<void>;
}

/** What the command line does beside a running gateway: keys and channels, without a server. */
export interface Desk {
  tenantId: string;
  database: Database;
  keys: Keys;
  apiKeys: ApiKeys;
  channels: Channels;
  close(): Promise<void>;
}

/** Opens keys and channels of a database for a moment. Shops deliver to `gatewayUrl` where they can reach it. */
export async function openDesk(options: GatewayOptions, gatewayUrl: string): Promise<Desk> {
  const { log } = options;
  const lifetime = createLifetime(log);
  try {
    const core = await openCore(options, lifetime);
    const shops = openShops(core, options, lifetime, () => gatewayUrl);
    const { database, keys } = core;
    const channels = openChannels({ ...core, ...shops, log });
    const apiKeys = createApiKeys({ db: database, keys });
    return { tenantId: TENANT, database, keys, apiKeys, channels, close: lifetime.end };
  } catch (error) {
    await lifetime.end();
    throw error;
  }
}

/** New months of the log are made long before they begin. */
const UPKEEP_EVERY_MS = 6 * 3_600_000;

/** Wires a whole gateway and starts it; what was started is ended again where a later part fails. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const lifetime = createLifetime(options.log, options.config.drainMs);
  try {
    return await wire(options, lifetime);
  } catch (error) {
    await lifetime.end();
    throw error;
  }
}

async function wire(options: GatewayOptions, lifetime: Lifetime): Promise<Gateway> {
  const { config, log, role = "both" } = options;
  const metrics = createMetrics();
  const core = await openCore(options, lifetime, () => metrics.doneTwice.inc());
  const { database, keys } = core;
  countRows(metrics.registry, database);
  let localUrl: string | null = null;
  const shops = openShops(core, options, lifetime, () => localUrl);
  const parts: Parts = { ...core, ...shops, log };
  const channels = openChannels(parts);
  const front = role === "worker" ? null : await openFront(parts, channels, lifetime);
  const { readiness = createReadiness() } = options;
  const drain = watchReadiness(readiness, database);
  const server = await startServer(
    { front, keys, readiness, metrics, log },
    { port: config.port, host: config.host },
  );
  if (front) localUrl = server.url;
  if (role !== "api") startWork(parts, options, lifetime);
  lifetime.add("server", server.close);

  return {
    url: server.url,
    port: server.port,
    database,
    keys,
    channels,
    readiness,
    stop() {
      drain();
      return lifetime.end();
    },
  };
}

type Core = Awaited<ReturnType<typeof openCore>>;
type Shops = ReturnType<typeof openShops>;
interface Parts extends Core, Shops {
  log: Logger;
}

/** Database, bus, keys, log and the one way in. */
async function openCore(
  { config, databaseUrl, log }: GatewayOptions,
  lifetime: Lifetime,
  countTwice = () => {},
) {
  const database = openDatabase(databaseUrl, { log, poolSize: config.databasePool });
  lifetime.add("database", database.close);
  await database.asSystem(beginEpoch);
  await ensureTenant(database, TENANT, "Default");
  // Before anything reads or records: an order of an older shape would be served wrong, and seem changed.
  await rebuildDocuments(database, (progress) => log.info(progress, "reshaping orders"));
  const bus = config.redisUrl
    ? await openRedisBus(config.redisUrl, log)
    : await openPostgresBus(database, log);
  lifetime.add("bus", bus.close);
  const keys = openKeys(database, { changed: () => bus.notify("keys") });
  bus.listen("keys", keys.forget);
  const alarm = createAlarm(log, countTwice);
  const onRecorded = watchingDoubles(alarm, settleReported);
  const recorder = createRecorder({ db: database, bus, onRecorded });
  return { database, bus, keys, recorder, alarm };
}

/** How shops are reached: sealed credentials, the guarded way out, and one open channel a shop. */
function openShops(
  { database }: Core,
  { config, log, keyRing, connectors = registered }: GatewayOptions,
  lifetime: Lifetime,
  localUrl: () => string | null,
) {
  const byPlatform = new Map(connectors.map((each) => [each.platform, worded(each)]));
  const egress = createEgress({ allowPrivateHosts: config.allowPrivateHosts });
  lifetime.add("connections to shops", egress.close);
  const tallies = createTallies({ db: database, log });
  lifetime.add("tallies", tallies.flush);
  const openChannel = createOpenChannel({
    db: database,
    connectors: byPlatform,
    keyRing,
    fetch: egress.fetch,
    onRateLimit: tallies.rateLimited,
  });
  const { publicUrl } = config;
  const webhookAddress = createWebhookAddress({ db: database, keyRing, publicUrl, localUrl });
  const webhookUrl = (channelId: string) =>
    `${publicUrl ?? localUrl() ?? ""}/webhooks/${channelId}`;
  return {
    connectors: byPlatform,
    keyRing,
    fetch: egress.fetch,
    tallies,
    openChannel,
    webhookAddress,
    webhookUrl,
  };
}

function openChannels(parts: Parts): Channels {
  const options = { ...parts, db: parts.database };
  return {
    connect: (viewer, wish) => connectShop(options, viewer, wish),
    disconnect: (viewer, channelId, how) => disconnectShop(options, viewer, channelId, how),
    update: (viewer, channelId, change) => updateShop(options, viewer, channelId, change),
    pause: (viewer, channelId, how) => pauseShop(options, viewer, channelId, how),
    resume: (viewer, channelId) => resumeShop(options, viewer, channelId),
    reconcile: (viewer, channelId, window) => askReconcile(options, viewer, channelId, window),
    setStatusMapping: (viewer, channelId, wish) =>
      setStatusMapping(options, viewer, channelId, wish),
  };
}

/** What people, programs and shops talk to. */
async function openFront(parts: Parts, channels: Channels, lifetime: Lifetime): Promise<Front> {
  const { database, bus, keys, recorder, connectors, openChannel, tallies, webhookUrl, log } =
    parts;
  const tail = await startTail(database, bus, log);
  lifetime.add("log", tail.stop);
  const schema = createSchema([...connectors.keys()]);
  const contextOf = contextMaker({
    database,
    log: createLog(database, tail),
    bus,
    keys,
    apiKeys: createApiKeys({ db: database, keys }),
    commands: createCommands({ db: database, recorder, bus, openChannel }),
    refunds: createRefunds({ db: database, openChannel }),
    channels,
    deadLetters: createDeadLetters({ db: database, recorder, openChannel }),
    connectors: [...connectors.values()],
    webhookUrl,
  });
  return {
    api: { schema, contextOf, prepare: operationGate(schema) },
    receiveWebhook: createWebhookReceiver({
      db: database,
      recorder,
      bus,
      openChannel,
      tallies,
      log,
    }),
    onKeysChanged: (hear) => bus.listen("keys", hear),
  };
}

/** What goes on without being asked: ingest, commands on their way out, upkeep. */
function startWork(parts: Parts, options: GatewayOptions, lifetime: Lifetime) {
  const { config, ingest, commands } = options;
  const { database, log } = parts;
  const upkeep = setInterval(() => void keepUp(database, log), UPKEEP_EVERY_MS);
  lifetime.add("upkeep", async () => clearInterval(upkeep));
  const sweepEveryMs = config.sweepHours * 3_600_000;
  const ingesting = startIngest({ ...parts, db: database, sweepEveryMs, ...ingest });
  lifetime.add("ingest", ingesting.stop);
  const worker = startWorker({ ...parts, db: database, ...commands });
  lifetime.add("worker", () => worker.stop(config.drainMs));
}

async function keepUp(database: Database, log: Logger) {
  try {
    await database.asSystem((tx) => tx.execute(sql`select ensure_event_partitions()`));
  } catch (err) {
    log.error({ err }, "the log's next months could not be made; it is tried again");
  }
}

/** Answers how to say that the gateway is stopping. */
function watchReadiness(readiness: Readiness, database: Database): () => void {
  let stopping = false;
  readiness.require("gateway", () => (stopping ? "is stopping" : null));
  readiness.require("database", async () => {
    await database.asSystem((tx) => tx.execute(sql`select 1`));
    return null;
  });
  return () => {
    stopping = true;
  };
}
