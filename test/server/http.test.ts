import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { getIntrospectionQuery } from "graphql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KEY, startTestServer, type TestServer, viewer } from "../support/server.js";

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.close());

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${KEY}`, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const errorOf = async (response: Response) => {
  const { errors } = (await response.json()) as {
    errors: { message: string; extensions: { code: string; requestId: string } }[];
  };
  const [error] = errors;
  if (!error) throw new Error("the answer has no error");
  return error;
};

describe("GraphQL over HTTP", () => {
  it("answers a query with variables", async () => {
    const query = "query($name: String) { hello(name: $name) me }";
    const response = await post({ query, variables: { name: "you" } });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ data: { hello: "Hello you", me: "till" } });
  });

  it("answers a GET that no form or image could have sent, and refuses one that could", async () => {
    const url = `${server.url}/graphql?query=${encodeURIComponent("{ hello }")}`;
    const headers = { authorization: `Bearer ${KEY}` };
    const plain = await fetch(url, { headers });
    expect([plain.status, (await errorOf(plain)).message]).toEqual([
      400,
      expect.stringContaining("CSRF"),
    ]);
    const preflighted = await fetch(url, {
      headers: { ...headers, "apollo-require-preflight": "1" },
    });
    expect(await preflighted.json()).toEqual({ data: { hello: "Hello world" } });
  });

  it.each([
    ["a syntax error", { query: "{ hello" }, "GRAPHQL_PARSE_FAILED"],
    ["an unknown field", { query: "{ helo }" }, "GRAPHQL_VALIDATION_FAILED"],
    [
      "a wrong variable",
      { query: "query($n: String) { hello(name: $n) }", variables: { n: 1 } },
      "BAD_USER_INPUT",
    ],
    [
      "an unknown operation",
      { query: "{ hello }", operationName: "Other" },
      "OPERATION_RESOLUTION_FAILURE",
    ],
    ["no query", {}, "BAD_REQUEST"],
    ["a subscription", { query: "subscription { silence }" }, "BAD_REQUEST"],
    ["a batch", [{ query: "{ hello }" }], "BAD_REQUEST"],
    ["too much", { query: `{ ${"hello ".repeat(3_000)} }` }, "LIMIT_EXCEEDED"],
  ])("answers 400 and a code to %s", async (_, body, code) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect((await errorOf(response)).extensions.code).toBe(code);
  });

  it("masks what failed inside, and logs it under the id that the answer bears", async () => {
    const response = await post({ query: "{ fails }" });
    const error = await errorOf(response);
    expect(error.extensions.code).toBe("INTERNAL");
    expect(JSON.stringify(error)).not.toContain("hunter2");
    expect(response.headers.get("x-request-id")).toBe(error.extensions.requestId);
    expect(server.logged()).toMatch(new RegExp(`${error.extensions.requestId}.*hunter2`));
  });

  it("logs every answer with the id of its key, never the key", async () => {
    await post({ query: "{ hello }" });
    await expect.poll(() => server.logged()).toMatch(/"keyId":"[^"[]+","msg":"answered"/);
    expect(server.logged()).not.toContain(KEY);
  });

  it("tells resolvers when nobody waits for the answer any more", async () => {
    await post({ query: "{ hello }" });
    await expect.poll(() => server.signals[0]?.aborted).toBe(true);
  });
});

describe("who is let in", () => {
  it.each([
    ["no key", undefined],
    ["an unknown key", "Bearer somebody-else"],
    ["an empty key", "Bearer "],
  ])("answers 401 to %s before reading anything", async (_, authorization) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(authorization && { authorization }) },
      body: "{ not even JSON",
    });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain("Bearer");
    expect((await errorOf(response)).extensions.code).toBe("UNAUTHENTICATED");
  });

  it.each(["expired", "revoked"] as const)("says that a key is %s", async (kind) => {
    server.setKey(KEY, { kind });
    const response = await post({ query: "{ hello }" });
    expect(response.status).toBe(401);
    expect((await errorOf(response)).message).toContain(kind);
  });

  it("tells the whole schema as explorers and code generators ask for it", async () => {
    const response = await post({ query: getIntrospectionQuery({ inputValueDeprecation: true }) });
    expect(await response.json()).toMatchObject({
      data: { __schema: { queryType: { name: "Query" } } },
    });
  });

  it("needs the scope INTROSPECT to tell of the schema, hints included", async () => {
    const scopes = ["ORDERS_READ"] as const;
    server.setKey("narrow", { kind: "viewer", viewer: { ...viewer, scopes } });
    const authorization = "Bearer narrow";
    const told = await post({ query: "{ __schema { types { name } } }" }, { authorization });
    expect((await errorOf(told)).extensions.code).toBe("FORBIDDEN");
    const hinted = await post({ query: "{ helo }" }, { authorization });
    expect((await errorOf(hinted)).message).not.toContain("hello");
    expect((await post({ query: "{ __typename }" }, { authorization })).status).toBe(200);
  });
});

describe("what is too much or malformed", () => {
  it("is told as GraphQL tells errors", async () => {
    const cases = [
      [await post("{ not json"), 400, "BAD_REQUEST"],
      [await post({ query: "x".repeat(300_000) }), 413, "PAYLOAD_TOO_LARGE"],
      [await post("hello", { "content-type": "text/x-other" }), 415, "UNSUPPORTED_MEDIA_TYPE"],
      [await fetch(`${server.url}/nothing?email=ada@example.org`), 404, "NOT_FOUND"],
    ] as const;
    for (const [response, status, code] of cases) {
      expect(response.status).toBe(status);
      const error = await errorOf(response);
      expect(error.extensions).toEqual({ code, requestId: response.headers.get("x-request-id") });
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    }
    expect(server.logged()).not.toContain("ada@example.org");
  });

  it("includes compressed bodies, which could hide their size", async () => {
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-encoding": "gzip",
        authorization: `Bearer ${KEY}`,
      },
      body: gzipSync(JSON.stringify({ query: "{ hello }" })),
    });
    expect(response.status).toBe(415);
    expect((await errorOf(response)).message).toContain("gzip");
  });

  it("does not keep a connection whose headers never end", async () => {
    const { port } = server;
    const ended = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1", () =>
        socket.write("GET / HTTP/1.1\r\nhost: x\r\nx-"),
      );
      socket.on("data", (data) => resolve(String(data)));
      socket.on("error", () => undefined);
    });
    expect(ended).toContain("408");
  }, 12_000);

  it("takes a request id that is plain, and makes one where it is not", async () => {
    const given = await post({ query: "{ hello }" }, { "x-request-id": "abc-123" });
    expect(given.headers.get("x-request-id")).toBe("abc-123");
    const made = await post({ query: "{ hello }" }, { "x-request-id": "a b\"'<script>" });
    expect(made.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
  });
});

describe("webhooks", () => {
  const deliver = (path: string, body: Buffer | string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, {
      method: "POST",
      headers,
      body: new Uint8Array(Buffer.from(body)),
    });

  it("come through without a key, byte by byte, whatever they say they are", async () => {
    const body = Buffer.from('{ "a" : 1.10,\n "ü": "\\u00e9" }');
    const type = "application/json; charset=utf-8";
    expect((await deliver("/webhooks/channel_1", body, { "content-type": type })).status).toBe(200);
    expect(
      (await deliver("/webhooks/channel_1", "webhook_id=1", { "X-Topic": "ping" })).status,
    ).toBe(200);
    expect(server.webhooks.map(({ request }) => request.body.toString())).toEqual([
      body.toString(),
      "webhook_id=1",
    ]);
    expect(server.webhooks[1]).toMatchObject({
      channelId: "channel_1",
      request: { headers: { "x-topic": "ping" } },
    });
  });

  it("may have no body and no content type", async () => {
    const status = await new Promise((resolve) => {
      const outgoing = httpRequest(
        `${server.url}/webhooks/channel_1`,
        { method: "POST" },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      outgoing.end();
    });
    expect(status).toBe(200);
    expect(server.webhooks[0]?.request.body).toEqual(Buffer.alloc(0));
  });

  it("are taken up to 5 MiB", async () => {
    expect((await deliver("/webhooks/c", Buffer.alloc(5 * 1024 * 1024))).status).toBe(200);
    expect((await deliver("/webhooks/c", Buffer.alloc(5 * 1024 * 1024 + 1))).status).toBe(413);
  });
});

describe("health and metrics", () => {
  it("is well as long as it answers, and ready when nothing is missing", async () => {
    let missing: string | null = "not migrated";
    server.readiness.require("database", () => missing);
    server.readiness.require("shop", async () => {
      throw new Error("secret host refused");
    });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const unready = await fetch(`${server.url}/readyz`);
    expect(unready.status).toBe(503);
    expect(await unready.json()).toEqual({
      ready: false,
      missing: { database: "not migrated", shop: "failed; the log says why" },
    });
    missing = null;
    server.readiness.require("shop", () => null);
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true }]);
  });

  it("shows figures to a key that administers channels, and to no other", async () => {
    await post({ query: "{ hello }" });
    const get = (authorization: string) =>
      fetch(`${server.url}/metrics`, { headers: { authorization } });
    server.setKey("narrow", { kind: "viewer", viewer: { ...viewer, scopes: ["ORDERS_READ"] } });
    server.setKey("one-shop", { kind: "viewer", viewer: { ...viewer, channelIds: ["channel_1"] } });
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    expect((await get("Bearer narrow")).status).toBe(403);
    expect((await get("Bearer one-shop")).status).toBe(403);
    const figures = await (await get(`Bearer ${KEY}`)).text();
    expect(figures).toMatch(
      /tributary_graphql_operations_total\{kind="query",way="http",outcome="ok"\} 1/,
    );
    expect(figures).toMatch(/tributary_http_request_seconds_count\{route="\/graphql"/);
  });
});

describe("closing", () => {
  it("lets a request under way finish and takes no new ones", async () => {
    const agentless = httpRequest(`${server.url}/webhooks/c`, {
      method: "POST",
      headers: { "content-length": "4" },
    });
    const answered = new Promise<number | undefined>((resolve) =>
      agentless.on("response", (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }),
    );
    agentless.write("ab");
    await expect.poll(() => server.metrics !== undefined).toBe(true);
    await fetch(`${server.url}/healthz`);
    const closed = server.close();
    agentless.end("cd");
    expect(await answered).toBe(200);
    await closed;
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  });
});
