import { createClient } from "graphql-ws";
import { pino } from "pino";
import { vi } from "vitest";
import { WebSocket } from "ws";
import { type Gateway, type GatewayOptions, startGateway, TENANT } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { SCOPES, type Scope, type Viewer } from "../../src/domain/scope.js";
import { findOpening, listChannels, openSecrets } from "../../src/store/channels.js";
import { mintKey, parseKeyRing } from "../../src/store/seal.js";
import { createTestDatabase, type TestDatabase } from "./database.js";

export interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions: { code: string } }[];
}

export interface TestOptions
  extends Pick<GatewayOptions, "role" | "ingest" | "connectors" | "commands"> {
  /** Where shops reach the gateway; absent: where it listens. */
  publicUrl?: string;
}

/** A whole gateway on a database of its own, as app.ts wires it, on a free port. */
export interface TestGateway extends Gateway {
  /** What another process needs to run on the same database. */
  databaseUrl: string;
  gatewayKeys: string;
  key: string;
  viewer: Viewer;
  /** One operation over HTTP, with the first key unless another is given. */
  ask<Data = Record<string, never>>(
    query: string,
    variables?: Record<string, unknown>,
    key?: string,
  ): Promise<Answer<Data>>;
  /** A subscription over WebSocket, from now on, until the loop over it is left. */
  follow<Data>(
    query: string,
    variables?: Record<string, unknown>,
  ): AsyncIterableIterator<{ data?: Data | null }>;
  /** Another key of the same tenant. */
  makeKey(scopes: readonly Scope[], channelIds?: string[]): Promise<{ key: string; id: string }>;
  /** What a shop was told to sign its webhooks with. */
  webhookSecret(channelId: string): Promise<string>;
  /** Connects a simulated shop as any shop is connected; resolves when all its orders are in. */
  connect(shop: SimulatedShop): Promise<string>;
  /** Starts another process' worth of gateway on the same database. */
  beside(options: TestOptions): Promise<TestGateway>;
  /** Ends this gateway and starts another on the same database. */
  restart(whileDown?: () => Promise<unknown>): Promise<TestGateway>;
  /** Ends the gateway and removes its database. */
  end(): Promise<void>;
}

/** In milliseconds; with `ingest` times that suit tests. */
export async function startTestGateway(options: TestOptions = {}): Promise<TestGateway> {
  const test = await createTestDatabase();
  return start(test, mintKey("k1"), options);
}

async function start(
  test: TestDatabase,
  gatewayKeys: string,
  options: TestOptions,
): Promise<TestGateway> {
  const config = {
    ...readConfig({ PORT: "0", ALLOW_PRIVATE_HOSTS: "true", DRAIN_MS: "5000" }),
    databasePool: 5,
    publicUrl: options.publicUrl ?? null,
  };
  const gateway = await startGateway({
    config,
    databaseUrl: test.url,
    keyRing: parseKeyRing(gatewayKeys),
    log: pino({ level: "silent" }),
    ...options,
    ingest: { pollEveryMs: 500, watchEveryMs: 1_000, readCooldownMs: 50, ...options.ingest },
  });
  const make = async (scopes: readonly Scope[], channelIds: string[] | null) => {
    const wish = { client: "test", name: "Test", scopes, channelIds };
    const { key, apiKey } = await gateway.keys.create(TENANT, wish);
    return { key, id: apiKey.id };
  };
  const { key } = await make(SCOPES, null);
  const found = await gateway.keys.authenticate(key);
  if (found.kind !== "viewer") throw new Error("a new key does not open the gateway");
  const { viewer } = found;

  return {
    ...gateway,
    databaseUrl: test.url,
    gatewayKeys,
    key,
    viewer,
    makeKey: (scopes, channelIds) => make(scopes, channelIds ?? null),
    async ask<Data>(query: string, variables = {}, asKey = key) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${asKey}` },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer<Data>;
    },
    follow<Data>(query: string, variables = {}) {
      const client = createClient({
        url: `${gateway.url.replace("http", "ws")}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { authorization: `Bearer ${key}` },
      });
      return client.iterate({ query, variables }) as AsyncIterableIterator<{ data?: Data | null }>;
    },
    async webhookSecret(channelId) {
      const row = await gateway.database.forTenant(TENANT, (tx) =>
        findOpening(tx, TENANT, channelId),
      );
      if (!row) throw new Error(`${channelId} is not connected`);
      const keyRing = parseKeyRing(gatewayKeys);
      return openSecrets(keyRing, TENANT, channelId, row.sealed).webhookSecret;
    },
    async connect(shop) {
      const platform = shop.platform.toUpperCase();
      const wish = { platform, name: `${platform} ${shop.url}`, settings: shop.settings };
      const { channelId, errors } = await gateway.channels.connect(viewer, wish);
      if (channelId === null) throw new Error(errors.map(({ message }) => message).join("; "));
      await vi.waitFor(() => expectBackfilled(gateway, channelId), {
        timeout: 30_000,
        interval: 50,
      });
      return channelId;
    },
    beside: (other) => start(test, gatewayKeys, other),
    async restart(whileDown = async () => {}) {
      await gateway.stop();
      await whileDown();
      return start(test, gatewayKeys, options);
    },
    async end() {
      await gateway.stop();
      await test.drop();
    },
  };
}

async function expectBackfilled({ database }: Gateway, channelId: string) {
  const rows = await database.forTenant(TENANT, (tx) => listChannels(tx, TENANT));
  const row = rows.find(({ id }) => id === channelId);
  if (row?.backfillStatus !== "COMPLETED") {
    throw new Error(`the backfill is ${row?.backfillStatus}: ${JSON.stringify(row?.problem)}`);
  }
}
