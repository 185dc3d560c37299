import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { createOpenChannel, createWebhookAddress } from "../../src/channels.js";
import { connectShop } from "../../src/commands/connect.js";
import { type DisconnectOptions, disconnectShop } from "../../src/commands/disconnect.js";
import type { UpdateOptions } from "../../src/commands/update.js";
import { connectors } from "../../src/connectors/index.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import type { OpenChannel } from "../../src/domain/channel.js";
import type { Viewer } from "../../src/domain/scope.js";
import { createEgress } from "../../src/egress.js";
import { createHub } from "../../src/events/hub.js";
import { createRecorder } from "../../src/events/record.js";
import type { Recorder } from "../../src/events/recorder.js";
import { type Ingest, type IngestOptions, startIngest } from "../../src/ingest/index.js";
import { createTallies, type Tallies } from "../../src/ingest/tally.js";
import { createWebhookReceiver, type ReceiveWebhook } from "../../src/ingest/webhook.js";
import type { Database } from "../../src/store/db.js";
import { beginEpoch } from "../../src/store/events.js";
import { mintKey, parseKeyRing } from "../../src/store/seal.js";
import { tenants } from "../../src/store/tables.js";
import { silent } from "../support/log.js";

export const viewer: Viewer = {
  tenantId: "t1",
  keyId: "key_1",
  client: "tests",
  name: "Tests",
  scopes: ["CHANNELS_ADMIN"],
  channelIds: null,
  expiresAt: null,
};

/** The way in as the program wires it, with a port that shops can deliver to. */
export interface TestGateway {
  db: Database;
  recorder: Recorder;
  openChannel: OpenChannel;
  connectOptions: UpdateOptions;
  disconnectOptions: DisconnectOptions;
  tallies: Tallies;
  /** Replaced by a test that wants deliveries to fail. */
  receive: ReceiveWebhook;
  /** What came in, in order. */
  readonly outcomes: string[];
  /** Connects a simulated shop; answers the channel's id. */
  connect(shop: SimulatedShop, name?: string): Promise<string>;
  disconnect(channelId: string, eraseData?: boolean): ReturnType<typeof disconnectShop>;
  run(options?: Partial<IngestOptions>): Ingest;
  stop(): Promise<void>;
}

export interface TestGatewayOptions {
  db: Database;
  /** Text of a key ring; a fresh one where absent. */
  keys?: string;
  publicUrl?: string;
}

export async function startTestGateway(options: TestGatewayOptions): Promise<TestGateway> {
  const { db, keys = mintKey("k1"), publicUrl = null } = options;
  await db.asSystem(beginEpoch);
  await db.asSystem((tx) =>
    tx.insert(tenants).values({ tenantId: viewer.tenantId, name: "Tests" }).onConflictDoNothing(),
  );
  const hub = createHub(async (topics) => hub.hear(topics));
  const egress = createEgress({ allowPrivateHosts: true });
  const registry = new Map(connectors.map((connector) => [connector.platform, connector]));
  const keyRing = parseKeyRing(keys);
  const recorder = createRecorder({ db, bus: hub });
  const tallies = createTallies({ db, log: silent });
  const openChannel = createOpenChannel({
    db,
    connectors: registry,
    keyRing,
    fetch: egress.fetch,
    onRateLimit: tallies.rateLimited,
  });
  let localUrl: string | null = null;
  const webhookAddress = createWebhookAddress({
    db,
    keyRing,
    publicUrl,
    localUrl: () => localUrl,
  });
  const shared = { db, bus: hub, recorder, openChannel, webhookAddress, log: silent };
  const outcomes: string[] = [];
  let running: Ingest[] = [];
  const gateway: TestGateway = {
    db,
    recorder,
    openChannel,
    tallies,
    outcomes,
    connectOptions: { ...shared, connectors: registry, keyRing, fetch: egress.fetch },
    disconnectOptions: shared,
    receive: createWebhookReceiver({ ...shared, tallies, settleMs: 20 }),
    async connect(shop, name = "Test shop") {
      const platform = shop.platform.toUpperCase();
      const wish = { platform, name, settings: shop.settings };
      const { channelId, errors } = await connectShop(gateway.connectOptions, viewer, wish);
      if (!channelId) throw new Error(`not connected: ${JSON.stringify(errors)}`);
      return channelId;
    },
    disconnect: (channelId, eraseData = false) =>
      disconnectShop(shared, viewer, channelId, { eraseData }),
    run(ingestOptions = {}) {
      const ingest = startIngest({
        ...shared,
        idleMs: 20,
        pollEveryMs: 3_600_000,
        readCooldownMs: 20,
        ...ingestOptions,
      });
      running.push(ingest);
      return ingest;
    },
    async stop() {
      await Promise.all(running.map((ingest) => ingest.stop()));
      running = [];
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await tallies.flush();
      await egress.close();
      await hub.close();
    },
  };
  const server = createServer(async (request, response) => {
    const channelId = request.url?.replace("/webhooks/", "") ?? "";
    const headers = request.headers as Record<string, string>;
    const { status, outcome } = await gateway.receive(channelId, {
      headers,
      body: await buffer(request),
    });
    outcomes.push(outcome);
    response.writeHead(status).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  localUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return gateway;
}
