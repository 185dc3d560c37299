import { buildSchema, type GraphQLSchema } from "graphql";
import { type Logger, pino } from "pino";
import type { WebhookRequest } from "../../src/domain/channel.js";
import { SCOPES, type Viewer } from "../../src/domain/scope.js";
import type { Context } from "../../src/graphql/context.js";
import { operationGate } from "../../src/graphql/operation.js";
import { createReadiness, type Readiness } from "../../src/server/health.js";
import { type GatewayServer, startServer } from "../../src/server/http.js";
import { createMetrics, type Metrics } from "../../src/server/metrics.js";
import type { SocketLimits } from "../../src/server/ws.js";
import type { Authentication } from "../../src/store/keys.js";

/** A server over a small schema of its own, with keys that a test hands out and takes back. */
export interface TestServer extends GatewayServer {
  readiness: Readiness;
  metrics: Metrics;
  webhooks: { channelId: string; request: WebhookRequest }[];
  /** What the log said, as one text. */
  logged: () => string;
  /** Changes what a key is, and says so to the server. */
  setKey(key: string, found: Authentication): void;
  /** Signals of the operations that ran, oldest first. */
  signals: AbortSignal[];
}

export const KEY = "a-key-that-opens-everything";

export const viewer: Viewer = {
  tenantId: "north",
  keyId: "key_1",
  client: "till",
  name: "Till",
  scopes: SCOPES,
  channelIds: null,
  expiresAt: null,
};

export async function startTestServer(limits: Partial<SocketLimits> = {}): Promise<TestServer> {
  const keys = new Map<string, Authentication>([[KEY, { kind: "viewer", viewer }]]);
  const hearing = new Set<() => void>();
  const lines: string[] = [];
  const log: Logger = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
  const webhooks: TestServer["webhooks"] = [];
  const signals: AbortSignal[] = [];
  const readiness = createReadiness();
  const metrics = createMetrics();
  const schema = testSchema();
  const server = await startServer(
    {
      front: {
        api: {
          schema,
          prepare: operationGate(schema),
          contextOf(request) {
            signals.push(request.signal);
            // The small schema's resolvers need nothing of the rest.
            return request as Context;
          },
        },
        async receiveWebhook(channelId, request) {
          webhooks.push({ channelId, request });
          return { status: 200, body: "recorded", outcome: "recorded" };
        },
        onKeysChanged(hear) {
          hearing.add(hear);
          return () => hearing.delete(hear);
        },
        socketLimits: limits,
      },
      keys: {
        authenticate: async (key) => keys.get(key) ?? { kind: "unknown" },
        check: async ({ keyId }) =>
          Array.from(keys.values()).find(
            (found) => found.kind !== "viewer" || found.viewer.keyId === keyId,
          ) ?? { kind: "unknown" },
      },
      readiness,
      metrics,
      log,
    },
    { port: 0, host: "127.0.0.1" },
  );
  return {
    ...server,
    readiness,
    metrics,
    webhooks,
    signals,
    logged: () => lines.join(""),
    setKey(key, found) {
      keys.set(key, found);
      for (const hear of hearing) hear();
    },
  };
}

function testSchema(): GraphQLSchema {
  const schema = buildSchema(`
    type Query { hello(name: String): String! fails: String me: String! }
    type Subscription { count(to: Int!): Int! silence: Int! }
  `);
  const query = schema.getQueryType()?.getFields() ?? {};
  const subscription = schema.getSubscriptionType()?.getFields() ?? {};
  Object.assign(query.hello ?? {}, {
    resolve: (_: unknown, { name }: { name?: string }) => `Hello ${name ?? "world"}`,
  });
  Object.assign(query.me ?? {}, {
    resolve: (_: unknown, __: unknown, context: Context) => context.viewer.client,
  });
  Object.assign(query.fails ?? {}, {
    resolve: () => {
      throw new Error("the password is hunter2");
    },
  });
  Object.assign(subscription.count ?? {}, {
    async *subscribe(_: unknown, { to }: { to: number }) {
      for (let count = 1; count <= to; count++) yield { count };
    },
  });
  Object.assign(subscription.silence ?? {}, {
    async *subscribe(_: unknown, __: unknown, { signal }: Context) {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
  });
  return schema;
}
