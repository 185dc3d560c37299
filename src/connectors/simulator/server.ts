import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Faults } from "./faults.js";
import { createLate, type Late } from "./late.js";
import type { Acts, Call, Fault } from "./shop.js";

/** One request to the shop, read to its end. */
export interface ShopRequest {
  method: string;
  /** Path without the query, still percent-encoded. */
  path: string;
  /** Absolute, built from the Host header as the client sent it. */
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface ShopAnswer {
  status: number;
  headers?: Record<string, string | string[]>;
  body: string | Buffer;
}

export interface ListenOptions {
  /** TCP port on 127.0.0.1; 0 or absent takes a free one. */
  port?: number | undefined;
  tls?: { key: string; cert: string } | undefined;
  handler: (request: ShopRequest) => ShopAnswer | Promise<ShopAnswer>;
  /** What a request is called among the calls and to faults, e.g. "GET /wp-json/wc/v3/orders". */
  nameOf: (request: ShopRequest) => string;
  faults: Faults;
  /** How this platform words a 429 or a 500 that a fault causes. Default a bare text. */
  refuse?: (status: 429 | 500) => ShopAnswer;
  /** Served at POST /_acts/<act>, a JSON array of arguments in the body. */
  acts?: Acts;
  log?: ((message: string) => void) | undefined;
}

export interface Listening {
  url: string;
  port: number;
  /** Every API request since start, oldest first, at most the last 10,000; status 0 where a fault kept the answer back. */
  calls(): readonly Call[];
  /** Ends open connections, answered or not, and frees the port. */
  close(): Promise<void>;
}

const keptCalls = 10_000;

/**
 * Serves one shop on 127.0.0.1. Beside the platform's own API it answers, to loopback peers only,
 * GET, POST and DELETE /_faults, POST /_late and POST /_acts/<act>; those are not among the calls and suffer no faults.
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { tls, faults, log = () => {} } = options;
  const calls: Call[] = [];
  const late = createLate(log);

  function record(name: string, status: number): void {
    calls.push({ at: new Date(), name, status });
    if (calls.length > keptCalls) calls.shift();
  }

  /** The answer, or null where the client must wait in vain. */
  async function answer(request: ShopRequest): Promise<ShopAnswer | null> {
    const name = options.nameOf(request);
    const slow = faults.take("latency", name);
    if (slow) await wait(slow.ms ?? 1_000);
    if (faults.take("timeout-before", name)) {
      record(name, 0);
      return null;
    }
    for (const status of [429, 500] as const) {
      if (!faults.take(`${status}`, name)) continue;
      record(name, status);
      return (options.refuse ?? bareRefusal)(status);
    }
    const held = faults.take("late", name);
    if (held) {
      late.hold(() => options.handler(request), held.ms);
      record(name, 0);
      return null;
    }
    const given = await options.handler(request);
    const lost = faults.take("timeout-after", name) !== undefined;
    record(name, lost ? 0 : given.status);
    return lost ? null : given;
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming, tls ? "https" : "http");
    const given = request.path.startsWith("/_")
      ? await control(request, incoming, { ...options, late })
      : await answer(request);
    if (given === null) return;
    const body = Buffer.from(given.body);
    response.writeHead(given.status, { ...given.headers, "content-length": body.length });
    response.end(request.method === "HEAD" ? undefined : body);
  }

  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    serve(incoming, response).catch((cause: unknown) => {
      log(
        `${incoming.method} ${incoming.url?.split("?")[0]} failed: ${cause instanceof Error ? cause.stack : String(cause)}`,
      );
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end("the simulator itself failed; see its log");
    });
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  // As web servers commonly have it; Node's own five seconds cut off a client that was busy meanwhile.
  server.keepAliveTimeout = 75_000;
  const port = await bind(server, options.port ?? 0);

  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    port,
    calls: () => calls,
    close: () =>
      new Promise((resolve) => {
        late.forget();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bind(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) =>
      reject(new Error(`cannot listen on 127.0.0.1:${port}; choose another port or 0`, { cause })),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function read(incoming: IncomingMessage, scheme: string): Promise<ShopRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(`${scheme}://${incoming.headers.host ?? "127.0.0.1"}${incoming.url ?? "/"}`);
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    url,
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  };
}

/** The switches a person has beside the API. */
async function control(
  { method, path, body }: ShopRequest,
  { socket }: IncomingMessage,
  { faults, acts, late }: ListenOptions & { late: Late },
): Promise<ShopAnswer> {
  if (!/^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? "")) {
    return json(403, { error: "only loopback peers may switch this shop" });
  }
  try {
    if (path === "/_faults") {
      if (method === "POST") for (const fault of faultsIn(body)) faults.add(fault);
      else if (method === "DELETE") faults.clear();
      else if (method !== "GET") return json(405, { error: "use GET, POST or DELETE" });
      return json(200, faults.list());
    }
    if (path === "/_late") {
      if (method !== "POST") return json(405, { error: "use POST" });
      return json(200, { done: await late.happen() });
    }
    const name = path.match(/^\/_acts\/(\w+)$/)?.[1];
    if (acts && name !== undefined && Object.hasOwn(acts, name)) {
      if (method !== "POST") return json(405, { error: "use POST with a JSON array of arguments" });
      const perform = acts[name as keyof Acts] as (...given: unknown[]) => Promise<unknown>;
      return json(200, (await perform(...argumentsIn(body))) ?? null);
    }
    return json(404, {
      error: `there is no ${path}; use /_faults, /_late${acts ? ` or /_acts/{${Object.keys(acts).join(",")}}` : ""}`,
    });
  } catch (cause) {
    return json(422, { error: cause instanceof Error ? cause.message : String(cause) });
  }
}

function faultsIn(body: Buffer): Fault[] {
  const given: unknown = JSON.parse(body.toString());
  const list: unknown[] = Array.isArray(given) ? given : [given];
  return list.map((each) => {
    if (typeof each === "object" && each !== null) return each as Fault;
    throw new TypeError(`a fault is an object with a kind, not ${JSON.stringify(each)}`);
  });
}

function argumentsIn(body: Buffer): unknown[] {
  if (body.length === 0) return [];
  const given: unknown = JSON.parse(body.toString());
  if (Array.isArray(given)) return given;
  throw new TypeError("the body must be a JSON array of the act's arguments");
}

function bareRefusal(status: 429 | 500): ShopAnswer {
  const headers = { "content-type": "text/plain", ...(status === 429 && { "retry-after": "1" }) };
  return { status, headers, body: status === 429 ? "Too Many Requests" : "Internal Server Error" };
}

function json(status: number, value: unknown): ShopAnswer {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { status, headers, body: `${JSON.stringify(value)}\n` };
}
