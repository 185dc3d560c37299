import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type ExecutionArgs, GraphQLError, getOperationAST } from "graphql";
import { handleProtocols, makeServer } from "graphql-ws";
import type { Logger } from "pino";
import { type WebSocket, WebSocketServer } from "ws";
import type { Viewer } from "../domain/scope.js";
import type { Authentication } from "../store/keys.js";
import type { Api, Authenticator } from "./api.js";
import { authenticate, credentialsIn, REFUSALS } from "./auth.js";
import { tellError } from "./errors.js";
import type { Metrics } from "./metrics.js";

export interface SocketOptions {
  api: Api;
  keys: Authenticator;
  metrics: Metrics;
  log: Logger;
  onKeysChanged: (hear: () => void) => () => void;
}

export interface SocketLimits {
  /** Operations that one socket may run at once. */
  operationsPerSocket: number;
  socketsPerKey: number;
  /** Between two looks whether keys are still good, for what was not told. Milliseconds. */
  checkKeysEveryMs: number;
  /** Between two pings; a socket that does not answer until the next is dropped. Milliseconds. */
  pingEveryMs: number;
  /** A socket must say who it is within this. Milliseconds. */
  initWithinMs: number;
}

export interface Sockets {
  /** Closes all with 1012, on which clients come back, and waits a moment for their goodbye. */
  close(): Promise<void>;
}

/**
 * Close codes. Clients of graphql-ws come back after 4403, 1012 and 1013, with fresh connection parameters,
 * and never after 4401 and 4429.
 */
const CLOSE = {
  unauthorized: 4401,
  forbidden: 4403,
  restart: 1012,
  tryLater: 1013,
} as const;

const LIMITS: SocketLimits = {
  operationsPerSocket: 100,
  socketsPerKey: 500,
  checkKeysEveryMs: 30_000,
  pingEveryMs: 12_000,
  initWithinMs: 3_000,
};
/** The longest message a client may send: an operation, never data. */
const MAX_MESSAGE_BYTES = 64 * 1024;
const GOODBYE_MS = 1_000;

/** One open socket and what runs on it. */
interface Extra {
  socket: WebSocket;
  request: IncomingMessage;
  requestId: string;
  viewer: Viewer | null;
  running: Map<string, AbortController>;
}

/** Serves graphql-transport-ws at `/graphql` of an HTTP server, on its own port. */
export function serveSockets(
  server: Server,
  options: SocketOptions,
  given: Partial<SocketLimits> = {},
): Sockets {
  const limits = { ...LIMITS, ...given };
  const { metrics, log } = options;
  const open = new Set<Extra>();
  const protocol = openProtocol(options, limits, open);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols,
  });

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split("?")[0] !== "/graphql") {
      socket.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (each) => accept(each, request));
  };
  server.on("upgrade", upgrade);

  function accept(socket: WebSocket, request: IncomingMessage) {
    const requestId = crypto.randomUUID();
    const extra: Extra = { socket, request, requestId, viewer: null, running: new Map() };
    open.add(extra);
    metrics.sockets.inc();
    const stopPings = keepAlive(socket, limits.pingEveryMs);
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => send(socket, data),
        close: (code, reason) => close(extra, code ?? 1000, reason ?? "", metrics),
        onMessage: (hear) => {
          socket.on("message", (data) => {
            hear(String(data)).catch((err: unknown) => {
              log.error({ err, requestId }, "WebSocket message failed");
              close(extra, 4500, "Internal error", metrics);
            });
          });
        },
      },
      extra,
    );
    // ws closes the socket itself on what it cannot accept (too long, not UTF-8).
    socket.on("error", (err) => log.info({ reason: err.message, requestId }, "WebSocket error"));
    socket.once("close", (code, reason) => {
      open.delete(extra);
      stopPings();
      metrics.sockets.dec();
      for (const operation of extra.running.values()) operation.abort();
      closed(code, String(reason)).catch((err: unknown) =>
        log.error({ err, requestId }, "WebSocket did not end well"),
      );
    });
  }

  const stopChecks = checkKeys(open, options, limits);
  return {
    async close() {
      stopChecks();
      server.off("upgrade", upgrade);
      server.on("upgrade", (_request, socket) => {
        socket.end("HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n");
      });
      const gone = Array.from(open, ({ socket }) => whenClosed(socket));
      for (const each of open) close(each, CLOSE.restart, "The gateway restarts", metrics);
      await Promise.all(gone);
      sockets.close();
    },
  };
}

/** What graphql-ws does for each socket: who it is, what it may run, how errors are told. */
function openProtocol(options: SocketOptions, limits: SocketLimits, open: Set<Extra>) {
  const { api, keys, metrics, log } = options;
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: limits.initWithinMs,
    async onConnect({ connectionParams, extra }) {
      const found = await authenticate(keys, credentialsIn(connectionParams));
      if (found.kind !== "viewer") {
        const final = found.kind === "missing" || found.kind === "unknown";
        close(extra, final ? CLOSE.unauthorized : CLOSE.forbidden, REFUSALS[found.kind], metrics);
        return false;
      }
      const { keyId } = found.viewer;
      const ofKey = Array.from(open).filter(({ viewer }) => viewer?.keyId === keyId).length;
      if (ofKey >= limits.socketsPerKey) {
        close(extra, CLOSE.tryLater, `A key may have ${limits.socketsPerKey} sockets`, metrics);
        return false;
      }
      extra.viewer = found.viewer;
      return true;
    },
    onSubscribe({ extra }, id, payload): ExecutionArgs | readonly GraphQLError[] {
      const { viewer, requestId } = extra;
      if (!viewer) throw new Error("A socket got to GraphQL without a viewer");
      if (extra.running.size >= limits.operationsPerSocket) {
        return [tooMany(limits.operationsPerSocket)];
      }
      const { operationName, variables } = payload;
      const { document, errors } = api.prepare({ query: payload.query, variables }, viewer);
      if (errors) {
        metrics.operations.inc({ kind: "unknown", way: "websocket", outcome: "refused" });
        return errors;
      }
      const operation = new AbortController();
      extra.running.set(id, operation);
      metrics.subscriptions.inc();
      const contextValue = api.contextOf({ viewer, requestId, signal: operation.signal });
      return {
        schema: api.schema,
        document,
        operationName: operationName ?? null,
        variableValues: variables ?? null,
        contextValue,
      };
    },
    onOperation({ extra }, id, _payload, args, result) {
      const kind = getOperationAST(args.document, args.operationName)?.operation ?? "unknown";
      const outcome = "errors" in result && result.errors ? "errors" : "ok";
      metrics.operations.inc({ kind, way: "websocket", outcome });
      if (isGenerator(result)) return abortedOnReturn(result, extra.running.get(id));
      return undefined;
    },
    onNext({ extra }, _id, _payload, _args, result) {
      if (!result.errors) return undefined;
      const errors = result.errors.map((error) => tellError(error, extra.requestId, log));
      return { ...result, errors } as never;
    },
    onError: ({ extra }, id, _payload, errors) => {
      finish(extra, id, metrics);
      return errors.map((error) => tellError(error, extra.requestId, log)) as never;
    },
    onComplete: ({ extra }, id) => finish(extra, id, metrics),
    onClose({ extra }) {
      for (const id of extra.running.keys()) finish(extra, id, metrics);
      log.debug({ requestId: extra.requestId, key: extra.viewer?.keyId }, "WebSocket closed");
    },
  });
}

function finish({ running }: Extra, id: string, { subscriptions }: Metrics) {
  running.get(id)?.abort();
  if (running.delete(id)) subscriptions.dec();
}

function tooMany(limit: number) {
  return new GraphQLError(
    `A WebSocket may run ${limit} operations at once: end some, or open another socket`,
    { extensions: { code: "LIMIT_EXCEEDED" } },
  );
}

type Results = AsyncGenerator<unknown, void, void>;
function isGenerator(result: unknown): result is Results {
  return typeof result === "object" && result !== null && Symbol.asyncIterator in result;
}

/**
 * `return` of a generator that waits for its next value would wait with it: the signal wakes it first.
 */
function abortedOnReturn(results: Results, operation: AbortController | undefined) {
  const wrapped = {
    next: () => results.next(),
    throw: (error: unknown) => results.throw(error),
    return: () => {
      operation?.abort();
      return results.return();
    },
    [Symbol.asyncIterator]: () => wrapped,
  };
  return wrapped as never;
}

/** Resolves when the bytes were taken, so that a slow reader slows what is sent to it and nothing else. */
function send(socket: WebSocket, data: string): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    socket.send(data, () => resolve());
  });
}

function close({ socket }: Extra, code: number, reason: string, { closed }: Metrics) {
  if (socket.readyState !== socket.OPEN) return;
  closed.inc({ code: String(code) });
  // A close frame holds 123 bytes of reason.
  socket.close(code, reason.slice(0, 120));
}

function whenClosed(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => socket.terminate(), GOODBYE_MS);
    socket.once("close", () => {
      clearTimeout(patience);
      resolve();
    });
  });
}

function keepAlive(socket: WebSocket, everyMs: number): () => void {
  let answered = true;
  socket.on("pong", () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Closes the sockets of keys that are good no more: at once where it is told, within some time in any case. */
function checkKeys(open: Set<Extra>, options: SocketOptions, limits: SocketLimits): () => void {
  const { keys, metrics, log, onKeysChanged } = options;

  async function check() {
    const byKey = new Map<string, Viewer>();
    for (const { viewer } of open) if (viewer) byKey.set(viewer.keyId, viewer);
    for (const viewer of byKey.values()) {
      const found = await keys.check(viewer);
      if (found.kind !== "viewer") closeAll(viewer.keyId, found);
    }
  }
  function closeAll(keyId: string, { kind }: Exclude<Authentication, { kind: "viewer" }>) {
    for (const each of open) {
      if (each.viewer?.keyId === keyId) close(each, CLOSE.forbidden, REFUSALS[kind], metrics);
    }
  }
  const checkOrLog = () =>
    void check().catch((err: unknown) => log.warn({ err }, "could not check the sockets' keys"));

  const stopHearing = onKeysChanged(checkOrLog);
  const timer = setInterval(checkOrLog, limits.checkKeysEveryMs);
  timer.unref();
  return () => {
    stopHearing();
    clearInterval(timer);
  };
}
