import { type ExecutionResult, execute, type GraphQLSchema, subscribe } from "graphql";
import { createApiKeys } from "../../src/commands/api-key.js";
import type { Channels, Commands, DeadLetters, Refunds } from "../../src/commands/face.js";
import type { Capability } from "../../src/domain/channel.js";
import type { EventSource } from "../../src/domain/event.js";
import { mintId } from "../../src/domain/id.js";
import { SCOPES, type Scope, type Viewer } from "../../src/domain/scope.js";
import type { Snapshot } from "../../src/domain/snapshot.js";
import type { Bus } from "../../src/events/bus.js";
import type { Log } from "../../src/events/log.js";
import { openPostgresBus } from "../../src/events/postgres.js";
import { createLog } from "../../src/events/reader.js";
import { createRecorder } from "../../src/events/record.js";
import type { Recorded, Recorder } from "../../src/events/recorder.js";
import { startTail } from "../../src/events/tail.js";
import { type Context, contextMaker, type Services } from "../../src/graphql/context.js";
import { presentError } from "../../src/graphql/errors.js";
import { operationGate } from "../../src/graphql/operation.js";
import { createSchema } from "../../src/graphql/schema.js";
import { beginEpoch } from "../../src/store/events.js";
import { type Keys, openKeys } from "../../src/store/keys.js";
import { insertChannel } from "./channel.js";
import { createTestDatabase, type TestDatabase } from "./database.js";
import { silent } from "./log.js";

export const PLATFORMS = ["SHOPIFY", "WOOCOMMERCE"];
export const TENANT = "north";

/** What an answer is: data, and errors as callers see them. */
export interface Answer<T> {
  data: T | null | undefined;
  errors: ReturnType<typeof presentError>[];
}
/** The text of an operation, typed where it comes from schema/operations. */
export type Operation<T, V> =
  | (string & Partial<Typed<T, V>>)
  | ({ toString(): string } & Typed<T, V>);
interface Typed<T, V> {
  __apiType?: (variables: V) => T;
}

/** The whole API over a database of its own, without a server: two shops, a log and keys. */
export interface TestApi extends TestDatabase {
  schema: GraphQLSchema;
  bus: Bus;
  log: Log;
  keys: Keys;
  recorder: Recorder;
  /** A WooCommerce and a Shopify channel. */
  woo: string;
  shopify: string;
  /** Sees and may do everything. */
  viewer: Viewer;
  /** A viewer with a real key, that can be revoked. */
  viewerWith(wish: {
    scopes?: readonly Scope[];
    channelIds?: readonly string[] | null;
    expiresAt?: Date | null;
    client?: string;
  }): Promise<Viewer>;
  run<T = Record<string, unknown>, V = Record<string, unknown>>(
    operation: Operation<T, V>,
    variables?: V,
    viewer?: Viewer,
  ): Promise<Answer<T>>;
  /** What an operation answers that must not fail. */
  read<T = Record<string, unknown>, V = Record<string, unknown>>(
    operation: Operation<T, V>,
    variables?: V,
    viewer?: Viewer,
  ): Promise<T>;
  stream<T = Record<string, unknown>, V = Record<string, unknown>>(
    operation: Operation<T, V>,
    variables?: V,
    viewer?: Viewer,
  ): Promise<Stream<T>>;
  record(channelId: string, ...snapshots: Snapshot[]): Promise<Recorded[]>;
  recordFrom(source: EventSource, channelId: string, ...snapshots: Snapshot[]): Promise<Recorded[]>;
}

/** Items of a subscription; every stream is ended by `close`. */
export interface Stream<T> {
  /** The next item; throws where the stream has ended. */
  next(): Promise<T>;
  /** Resolves with the errors that it ended with, none where it just completed. */
  ended(): Promise<string[]>;
  close(): Promise<void>;
}

export interface TestApiOptions {
  commands?: Commands;
  refunds?: Refunds;
  channels?: Channels;
  deadLetters?: DeadLetters;
  now?: () => Date;
}

export async function openTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const test = await createTestDatabase();
  const { database } = test;
  await database.asSystem(beginEpoch);
  const bus = await openPostgresBus(database, silent);
  const tail = await startTail(database, bus, silent);
  const keys = openKeys(database, { changed: () => bus.notify("keys") });
  const recorder = createRecorder({ db: database, bus });
  const log = createLog(database, tail);
  const [woo, shopify] = [mintId("Channel"), mintId("Channel")];
  await insertChannel(database, TENANT, woo, "WOOCOMMERCE");
  await insertChannel(database, TENANT, shopify, "SHOPIFY");
  const schema = createSchema(PLATFORMS);
  const contextOf = contextMaker(services({ database, log, bus, keys }, options));
  const prepare = operationGate(schema);
  const viewerWith = keyMaker(keys);
  const viewer = await viewerWith({});

  function start(operation: { toString(): string }, variables: unknown, as: Viewer) {
    const query = String(operation);
    const variableValues = (variables ?? {}) as Record<string, unknown>;
    const prepared = prepare({ query, variables: variableValues }, as);
    const signal = new AbortController();
    const contextValue: Context = contextOf({
      viewer: as,
      requestId: "req-1",
      signal: signal.signal,
    });
    return { prepared, args: { schema, variableValues, contextValue } };
  }

  const api: TestApi = {
    ...test,
    schema,
    bus,
    log,
    keys,
    recorder,
    woo,
    shopify,
    viewer,
    viewerWith,
    async run(operation, variables, as = viewer) {
      const { prepared, args } = start(operation, variables, as);
      if (prepared.errors)
        return { data: null, errors: prepared.errors.map((e) => presentError(e)) };
      const result = await execute({ ...args, document: prepared.document });
      return answerOf(result);
    },
    async read(operation, variables, as = viewer) {
      const { data, errors } = await api.run(operation, variables, as);
      if (errors.length > 0 || !data) throw new Error(JSON.stringify(errors));
      return data;
    },
    async stream(operation, variables, as = viewer) {
      const { prepared, args } = start(operation, variables, as);
      if (prepared.errors) throw new Error(prepared.errors[0]?.message);
      const result = await subscribe({ ...args, document: prepared.document });
      if (!(Symbol.asyncIterator in result))
        throw new Error(JSON.stringify(result.errors?.map((error) => presentError(error))));
      return streamOf(result);
    },
    record: (channelId, ...snapshots) => api.recordFrom("WEBHOOK", channelId, ...snapshots),
    recordFrom(source, channelId, ...snapshots) {
      const actor = { kind: "CHANNEL", id: channelId, name: null } as const;
      const origin = { channelId, source, actor, now: new Date() };
      return recorder.transact(TENANT, (scope) => scope.record(origin, snapshots));
    },
    async drop() {
      await tail.stop();
      await bus.close();
      await test.drop();
    },
  };
  return api;
}

/** A capability that a shop has natively. */
export function native(operation: Capability["operation"]): Capability {
  return {
    operation,
    support: "NATIVE",
    constraints: [],
    note: null,
    requiredScopes: [],
    granted: true,
    idempotent: "CHECK_THEN_ACT",
  };
}

function services(
  parts: Pick<Services, "database" | "log" | "bus"> & { keys: Keys },
  { commands, refunds, channels, deadLetters, now }: TestApiOptions,
): Services {
  const unexpected = (name: string) => () => {
    throw new Error(`${name} was not expected in this test`);
  };
  return {
    ...parts,
    apiKeys: createApiKeys({ db: parts.database, keys: parts.keys, ...(now && { now }) }),
    commands: commands ?? {
      submit: unexpected("submit"),
      submitAll: unexpected("submitAll"),
      retry: unexpected("retry"),
      cancel: unexpected("cancel"),
      resolve: unexpected("resolve"),
    },
    refunds: refunds ?? { quote: unexpected("quote") },
    channels: channels ?? {
      connect: unexpected("connect"),
      disconnect: unexpected("disconnect"),
      update: unexpected("update"),
      pause: unexpected("pause"),
      resume: unexpected("resume"),
      reconcile: unexpected("reconcile"),
      setStatusMapping: unexpected("setStatusMapping"),
    },
    deadLetters: deadLetters ?? { replay: unexpected("replay") },
    connectors: [
      {
        platform: "WOOCOMMERCE",
        name: "WooCommerce",
        settings: { type: "object" },
        capabilities: [],
      },
    ],
    webhookUrl: (channelId) => `https://gateway.example/webhooks/${channelId}`,
    ...(now && { now }),
  };
}

function keyMaker(keys: Keys): TestApi["viewerWith"] {
  return async ({ scopes = SCOPES, channelIds = null, expiresAt = null, client = "till" }) => {
    const { key } = await keys.create(TENANT, {
      client,
      name: client,
      scopes,
      channelIds,
      expiresAt,
    });
    const found = await keys.authenticate(key);
    if (found.kind !== "viewer") throw new Error(`the new key is ${found.kind}`);
    return found.viewer;
  };
}

function answerOf<T>(result: ExecutionResult): Answer<T> {
  const errors = (result.errors ?? []).map((error) => presentError(error, "req-1"));
  return { data: result.data as T, errors };
}

function streamOf<T>(results: AsyncGenerator<ExecutionResult, void, void>): Stream<T> {
  return {
    async next() {
      const { value, done } = await results.next();
      if (done || !value) throw new Error("the stream has ended");
      const { data, errors } = answerOf<T>(value);
      if (errors.length > 0 || !data) throw new Error(JSON.stringify(errors));
      return data;
    },
    async ended() {
      try {
        for (;;) {
          const { value, done } = await results.next();
          if (done) return [];
          if (value.errors)
            return value.errors.map((error) => String(presentError(error).extensions.code));
        }
      } catch (error) {
        return [String(presentError(error).extensions.code)];
      }
    },
    close: async () => void (await results.return()),
  };
}
