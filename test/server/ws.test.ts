import { createClient } from "graphql-ws";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { SocketLimits } from "../../src/server/ws.js";
import { KEY, startTestServer, type TestServer, viewer } from "../support/server.js";

let server: TestServer;
const sockets: WebSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await server.close();
});

async function start(limits?: Partial<SocketLimits>) {
  server = await startTestServer(limits);
  return server.url.replace("http", "ws").concat("/graphql");
}

/** A bare socket, so that every message and close code is seen as it is. */
async function open(url: string, protocol = "graphql-transport-ws") {
  const socket = new WebSocket(url, protocol);
  sockets.push(socket);
  const messages: Record<string, unknown>[] = [];
  let wake = () => {};
  socket.on("message", (data) => {
    messages.push(JSON.parse(String(data)));
    wake();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once("close", (code, reason) => resolve({ code, reason: String(reason) })),
  );
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  return {
    socket,
    closed,
    send: (message: unknown) => socket.send(JSON.stringify(message)),
    async next() {
      while (messages.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return messages.shift() ?? {};
    },
  };
}

async function openWithKey(url: string, params: unknown = { authorization: `Bearer ${KEY}` }) {
  const client = await open(url);
  client.send({ type: "connection_init", payload: params });
  expect(await client.next()).toEqual({ type: "connection_ack" });
  return client;
}
const subscribe = (id: string, query: string) => ({ id, type: "subscribe", payload: { query } });

describe("a subscription", () => {
  it("gives every item to the usual client, then completes", async () => {
    const url = await start();
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: { Authorization: `Bearer ${KEY}` },
    });
    const counts = [];
    for await (const { data } of client.iterate({ query: "subscription { count(to: 3) }" })) {
      counts.push(data?.count);
    }
    expect(counts).toEqual([1, 2, 3]);
    await client.dispose();
  });

  it("answers queries too, on the same socket", async () => {
    const client = await openWithKey(await start());
    client.send(subscribe("1", "{ hello me }"));
    expect(await client.next()).toEqual({
      id: "1",
      type: "next",
      payload: { data: { hello: "Hello world", me: "till" } },
    });
    expect(await client.next()).toEqual({ id: "1", type: "complete" });
  });

  it("is ended at its source when the client completes it, though nothing came", async () => {
    const client = await openWithKey(await start());
    client.send(subscribe("1", "subscription { silence }"));
    await expect.poll(() => server.signals.length).toBe(1);
    client.send({ id: "1", type: "complete" });
    await expect.poll(() => server.signals[0]?.aborted).toBe(true);
    client.send(subscribe("2", "{ hello }"));
    expect(await client.next()).toMatchObject({ id: "2", type: "next" });
  });

  it("is ended at its source when the client goes away", async () => {
    const client = await openWithKey(await start());
    client.send(subscribe("1", "subscription { silence }"));
    await expect.poll(() => server.signals.length).toBe(1);
    client.socket.terminate();
    await expect.poll(() => server.signals[0]?.aborted).toBe(true);
    await expect
      .poll(async () => (await server.metrics.subscriptions.get()).values[0]?.value)
      .toBe(0);
  });
});

describe("who is let in", () => {
  it.each(["authorization", "Authorization", "AUTHORIZATION"])(
    "takes the key as %s",
    async (name) => {
      await openWithKey(await start(), { [name]: `Bearer ${KEY}` });
    },
  );

  it("takes the key among headers, as explorers send it", async () => {
    await openWithKey(await start(), { headers: { Authorization: `Bearer ${KEY}` } });
  });

  it.each([
    ["no parameters", undefined],
    ["no key", {}],
    ["a wrong key", { authorization: "Bearer wrong" }],
    ["what is no text", { authorization: 5 }],
  ])("closes 4401, which clients do not retry, on %s", async (_, payload) => {
    const client = await open(await start());
    client.send({ type: "connection_init", payload });
    expect(await client.closed).toMatchObject({ code: 4401 });
  });

  it.each(["expired", "revoked"] as const)(
    "closes 4403, on which clients come back with fresh parameters, on a key that is %s",
    async (kind) => {
      const url = await start();
      server.setKey(KEY, { kind });
      const client = await open(url);
      client.send({ type: "connection_init", payload: { authorization: `Bearer ${KEY}` } });
      expect(await client.closed).toEqual({ code: 4403, reason: expect.stringContaining(kind) });
    },
  );

  it("closes the sockets of a key at once when it is revoked", async () => {
    const client = await openWithKey(await start());
    server.setKey(KEY, { kind: "revoked" });
    expect(await client.closed).toMatchObject({ code: 4403 });
  });

  it("closes the sockets of a key that expires though nobody says so", async () => {
    const url = await start({ checkKeysEveryMs: 20 });
    let expired = false;
    server.setKey(KEY, {
      get kind() {
        return expired ? "expired" : "viewer";
      },
      viewer,
    } as never);
    const client = await openWithKey(url);
    expired = true;
    expect(await client.closed).toMatchObject({ code: 4403 });
  });

  it("closes 4401 on who subscribes before saying who it is", async () => {
    const client = await open(await start());
    client.send(subscribe("1", "{ hello }"));
    expect(await client.closed).toMatchObject({ code: 4401 });
  });

  it("does not wait for ever to hear who it is", async () => {
    const client = await open(await start({ initWithinMs: 30 }));
    expect(await client.closed).toMatchObject({ code: 4408 });
  });
});

describe("limits", () => {
  it("refuses one operation too many and goes on with the others", async () => {
    const client = await openWithKey(await start({ operationsPerSocket: 2 }));
    for (const id of ["1", "2", "3"]) client.send(subscribe(id, "subscription { silence }"));
    expect(await client.next()).toMatchObject({
      id: "3",
      type: "error",
      payload: [{ extensions: { code: "LIMIT_EXCEEDED" } }],
    });
    client.send({ id: "1", type: "complete" });
    await expect.poll(() => server.signals.filter(({ aborted }) => aborted).length).toBe(1);
    client.send(subscribe("4", "subscription { count(to: 1) }"));
    expect(await client.next()).toMatchObject({ id: "4", type: "next" });
  });

  it("closes one socket too many of a key, to be tried later", async () => {
    const url = await start({ socketsPerKey: 1 });
    await openWithKey(url);
    const second = await open(url);
    second.send({ type: "connection_init", payload: { authorization: `Bearer ${KEY}` } });
    expect(await second.closed).toMatchObject({ code: 1013 });
  });

  it("are those of HTTP for what an operation may be", async () => {
    const client = await openWithKey(await start());
    client.send(subscribe("1", `{ ${"hello ".repeat(3_000)} }`));
    expect(await client.next()).toMatchObject({
      type: "error",
      payload: [{ extensions: { code: "LIMIT_EXCEEDED" } }],
    });
    client.send(subscribe("2", "{ helo }"));
    expect(await client.next()).toMatchObject({
      payload: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }],
    });
  });

  it("close a socket that sends more than an operation can be", async () => {
    const client = await openWithKey(await start());
    client.socket.on("error", () => undefined);
    client.send({ type: "ping", payload: { much: "x".repeat(70_000) } });
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  it("drop a socket that does not answer pings", async () => {
    const url = await start({ pingEveryMs: 30 });
    const client = await openWithKey(url);
    // A paused socket reads nothing, so it answers nothing.
    client.socket.pause();
    await expect.poll(async () => (await server.metrics.sockets.get()).values[0]?.value).toBe(0);
  });
});

describe("what is wrong", () => {
  it("masks what failed inside", async () => {
    const client = await openWithKey(await start());
    client.send(subscribe("1", "{ fails }"));
    const message = await client.next();
    expect(message).toMatchObject({
      payload: { data: { fails: null }, errors: [{ extensions: { code: "INTERNAL" } }] },
    });
    expect(JSON.stringify(message)).not.toContain("hunter2");
  });

  it("refuses another protocol and another path", async () => {
    const url = await start();
    await expect(open(url, "graphql-ws")).rejects.toThrow();
    await expect(open(url.replace("/graphql", "/other"))).rejects.toThrow("404");
  });
});

describe("closing", () => {
  it("closes 1012, on which clients come back, and ends what ran", async () => {
    const client = await openWithKey(await start());
    client.send(subscribe("1", "subscription { silence }"));
    await expect.poll(() => server.signals.length).toBe(1);
    await server.close();
    expect(await client.closed).toMatchObject({ code: 1012 });
    expect(server.signals[0]?.aborted).toBe(true);
  });
});
