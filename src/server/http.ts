import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import type { Logger } from "pino";
import { GatewayError } from "../domain/errors.js";
import type { Viewer } from "../domain/scope.js";
import type { ReceiveWebhook } from "../ingest/webhook.js";
import type { Api, Authenticator } from "./api.js";
import { startApollo } from "./apollo.js";
import { authenticate, REFUSALS } from "./auth.js";
import { refusal } from "./errors.js";
import { serveExplorer } from "./explorer.js";
import { type Readiness, serveHealth } from "./health.js";
import type { Metrics } from "./metrics.js";
import { serveWebhooks } from "./webhooks.js";
import { type SocketLimits, serveSockets } from "./ws.js";

export interface ServerOptions {
  /** null: health and metrics only, as a worker serves them. */
  front: Front | null;
  keys: Authenticator;
  readiness: Readiness;
  metrics: Metrics;
  log: Logger;
}

/** What people, programs and shops talk to. */
export interface Front {
  api: Api;
  receiveWebhook: ReceiveWebhook;
  /** Hears that some key changed, in any process; answers how to stop hearing. */
  onKeysChanged: (hear: () => void) => () => void;
  socketLimits?: Partial<SocketLimits>;
}

export interface GatewayServer {
  /** Without a slash at the end. */
  url: string;
  port: number;
  /** Takes no more requests, lets those under way finish, closes sockets so that clients come back elsewhere. */
  close(): Promise<void>;
}

/** A slow client may hold a connection this long before its request is whole. Milliseconds. */
const TIMES = {
  headersTimeout: 8_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 500,
  keepAliveTimeout: 65_000,
};
const MAX_GRAPHQL_BODY_BYTES = 256 * 1024;

declare module "fastify" {
  interface FastifyRequest {
    viewer: Viewer | null;
  }
}

/** Serves HTTP and WebSocket on one port: the explorer, GraphQL, webhooks, health and metrics. */
export async function startServer(
  options: ServerOptions,
  where: { port: number; host: string },
): Promise<GatewayServer> {
  const { front, keys, readiness, metrics, log } = options;
  const server = createFastify(log);
  watch(server, metrics);
  answerInGraphqlShape(server);
  serveHealth(server, readiness);
  serveMetrics(server, keys, metrics);
  const served = front && (await serveFront(server, front, options));

  await server.listen(where).catch((error: unknown) => rethrowTaken(error, where));
  const address = server.server.address();
  const port = typeof address === "object" && address ? address.port : where.port;
  return {
    url: `http://${urlHost(where.host)}:${port}`,
    port,
    async close() {
      // Clients that keep connections would else keep the server.
      const idle = setInterval(() => server.server.closeIdleConnections(), 50);
      const drained = server.close();
      await served?.sockets.close();
      await drained;
      clearInterval(idle);
      await served?.apollo.stop();
    },
  };
}

function createFastify(log: Logger): FastifyInstance {
  const server = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIdOf,
    bodyLimit: MAX_GRAPHQL_BODY_BYTES,
    requestTimeout: TIMES.requestTimeout,
    keepAliveTimeout: TIMES.keepAliveTimeout,
    http: {
      headersTimeout: TIMES.headersTimeout,
      connectionsCheckingInterval: TIMES.connectionsCheckingInterval,
    },
    routerOptions: { maxParamLength: 100 },
  });
  server.decorateRequest("viewer", null);
  return server;
}

/** The explorer, GraphQL over both ways, and webhooks; answers what outlives a request and is to be ended. */
async function serveFront(server: FastifyInstance, front: Front, options: ServerOptions) {
  const { keys, metrics, log } = options;
  const { api } = front;
  const apollo = await startApollo({ api, metrics, log });
  server.route({
    method: ["GET", "POST"],
    url: "/graphql",
    // Before the body is read: nobody without a key makes us parse anything.
    onRequest: [requireKey(keys), refuseCompressed],
    handler: fastifyApolloHandler(apollo, {
      context: async (request, reply) =>
        api.contextOf({
          viewer: viewerOf(request),
          requestId: request.id,
          signal: goneSignal(reply.raw),
        }),
    }),
  });
  serveWebhooks(server, front.receiveWebhook, metrics);
  serveExplorer(server);
  const sockets = serveSockets(server.server, { ...front, keys, metrics, log }, front.socketLimits);
  return { apollo, sockets };
}

function requireKey(keys: Authenticator, allows: (viewer: Viewer) => boolean = () => true) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const found = await authenticate(keys, request.headers.authorization);
    if (found.kind !== "viewer") {
      reply.header("www-authenticate", 'Bearer realm="tributary"');
      return reply.code(401).send(refusal(REFUSALS[found.kind], "UNAUTHENTICATED", request.id));
    }
    if (!allows(found.viewer)) {
      const message = "This key lacks the scope CHANNELS_ADMIN, which metrics need";
      return reply.code(403).send(refusal(message, "FORBIDDEN", request.id));
    }
    request.viewer = found.viewer;
  };
}

/** A compressed body hides its size until it is inflated. */
async function refuseCompressed({ headers, id }: FastifyRequest, reply: FastifyReply) {
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding === "identity") return;
  const message = `Send the body as it is, without content-encoding: ${encoding}`;
  return reply.code(415).send(refusal(message, "UNSUPPORTED_MEDIA_TYPE", id));
}

/** Figures tell of all tenants, so that only a key that administers channels, unrestricted, may read them. */
function serveMetrics(server: FastifyInstance, keys: Authenticator, { registry }: Metrics) {
  const administers = ({ scopes, channelIds }: Viewer) =>
    scopes.includes("CHANNELS_ADMIN") && channelIds === null;
  server.get("/metrics", { onRequest: requireKey(keys, administers) }, async (_request, reply) => {
    reply.header("content-type", registry.contentType);
    return registry.metrics();
  });
}

/** Whatever goes wrong before GraphQL is told as GraphQL tells errors. */
function answerInGraphqlShape(server: FastifyInstance) {
  server.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send(refusal("There is nothing here; GraphQL is at /graphql", "NOT_FOUND", request.id)),
  );
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      request.log.error({ err: error }, "request failed");
      return reply.code(status).send(refusal("Internal error", "INTERNAL", request.id));
    }
    return reply.code(status).send(refusal(error.message, codeOf(error), request.id));
  });
}

const CODES: Record<number, string> = {
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  503: "SHUTTING_DOWN",
};
const codeOf = ({ statusCode = 400 }: FastifyError) => CODES[statusCode] ?? "BAD_REQUEST";

/** Logs and measures every answer by its route; a URL may hold a query, and a query personal data. */
function watch(server: FastifyInstance, { requests }: Metrics) {
  server.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
    reply.header("x-content-type-options", "nosniff");
  });
  server.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    const { method } = request;
    const ms = Math.round(reply.elapsedTime);
    requests.observe(
      { route, method, status: String(reply.statusCode) },
      reply.elapsedTime / 1_000,
    );
    const line = { route, method, status: reply.statusCode, ms, keyId: request.viewer?.keyId };
    request.log.info(line, "answered");
  });
}

function requestIdOf({ headers }: { headers: Record<string, unknown> }): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}

function viewerOf({ viewer }: FastifyRequest): Viewer {
  if (!viewer) throw new Error("A request got to GraphQL without a viewer");
  return viewer;
}

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  return gone.signal;
}

function rethrowTaken(cause: unknown, { host, port }: { host: string; port: number }): never {
  const reasons: Record<string, string> = {
    EADDRINUSE: "is taken: stop what listens there, or choose another with PORT",
    EACCES: "may not be used by this user: choose one above 1023 with PORT",
    EADDRNOTAVAIL: "is not an address of this machine: choose another with HOST",
    ENOTFOUND: "is not an address of this machine: choose another with HOST",
  };
  const reason = reasons[String((cause as NodeJS.ErrnoException).code)];
  if (!reason) throw cause;
  throw new GatewayError("INTERNAL", `${host}:${port} ${reason}`, { cause });
}

function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
