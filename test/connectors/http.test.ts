import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
} from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  classifyStatus,
  createHttp,
  type HttpOptions,
  parseRetryAfter,
  urgent,
} from "../../src/connectors/http.js";
import { ChannelError, InvalidInput } from "../../src/domain/errors.js";

const servers: (Server | TcpServer)[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ("closeAllConnections" in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function listen(server: Server | TcpServer): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
const serve = async (handler: Handler) => `http://127.0.0.1:${await listen(createServer(handler))}`;

const http = (options: Partial<HttpOptions> = {}) =>
  createHttp({ name: "Shop", fetch, backoffMs: 1, ...options });

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function failure(promise: Promise<unknown>): Promise<ChannelError> {
  const error = await promise.then(
    () => expect.fail("an answer came where none was expected"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ChannelError);
  return error as ChannelError;
}

/** Answers with these statuses in order, the last one for ever, and counts the calls. */
async function scripted(...answers: { status: number; headers?: Record<string, string> }[]) {
  const seen: string[] = [];
  const url = await serve((request, response) => {
    const answer = answers[Math.min(seen.length, answers.length - 1)];
    seen.push(request.method ?? "");
    response.writeHead(answer?.status ?? 500, answer?.headers);
    response.end(`answer ${seen.length}`);
  });
  return { url, seen };
}

describe("an answer", () => {
  it("carries status, headers and text, whatever the status", async () => {
    const { url } = await scripted({ status: 418, headers: { "x-tea": "yes" } });
    const answer = await http().send({ method: "GET", url });
    expect(answer).toMatchObject({ status: 418, text: "answer 1", retryAfterMs: null });
    expect(answer.headers.get("x-tea")).toBe("yes");
  });

  it("that is longer than allowed is an error after which a write may have happened", async () => {
    const url = await serve((_, response) => response.end("x".repeat(2000)));
    const error = await failure(http({ maxBodyBytes: 1000 }).send({ method: "POST", url }));
    expect(error.mayHaveHappened).toBe(true);
    expect(error.message).toContain("too much");
  });

  it("that redirects is refused, with the address to use instead", async () => {
    const url = await serve((_, response) => {
      response.writeHead(301, { location: "https://shop.example/new?secret=1" });
      response.end();
    });
    const error = await failure(http().send({ method: "POST", url: `${url}/old?secret=2` }));
    expect(error.mayHaveHappened).toBe(false);
    expect(error.message).toContain("https://shop.example/new");
    expect(error.message).not.toContain("secret");
  });
});

describe("no answer", () => {
  it("where nobody listens means that nothing happened", async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    servers.pop();
    const url = `http://127.0.0.1:${port}/wp?consumer_secret=cs_1`;
    const error = await failure(http().send({ method: "POST", url }));
    expect(error).toMatchObject({ mayHaveHappened: false, retryable: true });
    expect(error.message).toBe(
      `Shop: POST 127.0.0.1:${port}/wp could not be reached (ECONNREFUSED)`,
    );
    expect(error.cause).toBeDefined();
  });

  it("because a name does not exist means that nothing happened", async () => {
    const error = await failure(http().send({ method: "POST", url: "http://shop.invalid/" }));
    expect(error.mayHaveHappened).toBe(false);
  });

  it("because TLS could not be agreed means that nothing happened", async () => {
    const plain = await serve((_, response) => response.end());
    const error = await failure(
      http().send({ method: "POST", url: plain.replace("http:", "https:") }),
    );
    expect(error.mayHaveHappened).toBe(false);
  });

  it("because the line was cut during the TLS handshake means that nothing happened", async () => {
    const port = await listen(createTcpServer((socket) => socket.destroy()));
    const error = await failure(http().send({ method: "POST", url: `https://127.0.0.1:${port}/` }));
    expect(error.mayHaveHappened).toBe(false);
  });

  it("because the line was cut afterwards means that it may have happened", async () => {
    const url = await serve((request) => request.socket.destroy());
    const error = await failure(http().send({ method: "POST", url, body: "{}" }));
    expect(error).toMatchObject({ mayHaveHappened: true, retryable: true });
  });

  it("in time means that it may have happened", async () => {
    const url = await serve(() => {});
    const error = await failure(http({ timeoutMs: 50 }).send({ method: "POST", url }));
    expect(error).toMatchObject({ mayHaveHappened: true, code: "CHANNEL_UNAVAILABLE" });
    expect(error.message).toContain("in time");
  });

  it("counts the body into the time", async () => {
    const url = await serve((_, response) => void response.write("half"));
    const error = await failure(http({ timeoutMs: 80 }).send({ method: "POST", url }));
    expect(error.mayHaveHappened).toBe(true);
  });

  it("because the caller gave up is told apart by whether it was sent", async () => {
    const arrived = deferred<void>();
    const url = await serve(() => arrived.resolve());
    const early = await failure(http().send({ method: "POST", url, signal: AbortSignal.abort() }));
    expect(early.mayHaveHappened).toBe(false);
    const controller = new AbortController();
    const late = failure(http().send({ method: "POST", url, signal: controller.signal }));
    await arrived.promise;
    controller.abort();
    expect((await late).mayHaveHappened).toBe(true);
  });

  it("because the injected fetch forbids the address says why", async () => {
    const guard = () =>
      Promise.reject(
        new TypeError("fetch failed", { cause: new InvalidInput("10.0.0.1 is a private address") }),
      );
    const error = await failure(
      http({ fetch: guard }).send({ method: "POST", url: "http://10.0.0.1/" }),
    );
    expect(error).toMatchObject({ mayHaveHappened: false, retryable: false });
    expect(error.message).toContain("10.0.0.1 is a private address");
  });
});

describe("a second try", () => {
  it("comes for reads that failed in passing", async () => {
    const { url, seen } = await scripted({ status: 503 }, { status: 500 }, { status: 200 });
    expect((await http().send({ method: "GET", url })).status).toBe(200);
    expect(seen).toHaveLength(3);
  });

  it("comes for a query that says it only reads", async () => {
    const { url, seen } = await scripted({ status: 502 }, { status: 200 });
    expect((await http().send({ method: "POST", url, read: true })).status).toBe(200);
    expect(seen).toEqual(["POST", "POST"]);
  });

  it("never comes for a write", async () => {
    const { url, seen } = await scripted({ status: 503 });
    expect((await http().send({ method: "POST", url })).status).toBe(503);
    expect(seen).toHaveLength(1);
  });

  it("ends after as many as were allowed, with the last answer", async () => {
    const { url, seen } = await scripted({ status: 500 });
    expect((await http({ tries: 3 }).send({ method: "GET", url })).text).toBe("answer 3");
    expect(seen).toHaveLength(3);
  });

  it("never comes for what would be answered the same", async () => {
    const { url, seen } = await scripted({ status: 404 });
    await http().send({ method: "GET", url });
    expect(seen).toHaveLength(1);
  });

  it("asks for fresh headers", async () => {
    const { url } = await scripted({ status: 500 }, { status: 200 });
    let nonce = 0;
    await http().send({ method: "GET", url, headers: () => ({ nonce: String(++nonce) }) });
    expect(nonce).toBe(2);
  });

  it("is not waited for once the caller has given up", async () => {
    const { url, seen } = await scripted({ status: 503, headers: { "retry-after": "15" } });
    const signal = AbortSignal.timeout(1_000);
    await failure(http().send({ method: "GET", url, signal }));
    expect(seen).toHaveLength(1);
  });
});

describe("Retry-After", () => {
  it("is read in seconds and as a date", () => {
    expect(parseRetryAfter("1.5", 0)).toBe(1500);
    expect(parseRetryAfter("Thu, 01 Jan 1970 00:00:10 GMT", 4000)).toBe(6000);
    expect(parseRetryAfter("soon", 0)).toBeNull();
    expect(parseRetryAfter(null, 0)).toBeNull();
  });

  it("keeps everybody away from the shop, reads and writes", async () => {
    const at: number[] = [];
    const url = await serve((_, response) => {
      at.push(performance.now());
      response.writeHead(
        at.length === 1 ? 429 : 200,
        at.length === 1 ? { "retry-after": "0.3" } : {},
      );
      response.end();
    });
    const shop = http();
    const refused = await shop.send({ method: "POST", url });
    expect(refused).toMatchObject({ status: 429, retryAfterMs: 300 });
    await Promise.all([shop.send({ method: "GET", url }), shop.send({ method: "POST", url })]);
    expect(Math.min(...at.slice(1)) - (at[0] ?? 0)).toBeGreaterThanOrEqual(295);
  });

  it("that is too long to wait is passed on, and the next call is not even sent", async () => {
    const { url, seen } = await scripted({ status: 429, headers: { "retry-after": "3600" } });
    const shop = http();
    expect((await shop.send({ method: "GET", url })).retryAfterMs).toBe(3_600_000);
    const error = await failure(shop.send({ method: "POST", url }));
    expect(error).toMatchObject({ code: "CHANNEL_RATE_LIMITED", mayHaveHappened: false });
    expect(error.retryAfterMs).toBeGreaterThan(3_590_000);
    expect(seen).toHaveLength(1);
  });
});

describe("the bulkhead", () => {
  it("lets only so many calls be under way at once", async () => {
    let now = 0;
    let most = 0;
    const url = await serve((_, response) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        response.end();
      }, 10);
    });
    const shop = http({ maxInFlight: 3 });
    await Promise.all(Array.from({ length: 12 }, () => urgent(shop).send({ method: "GET", url })));
    expect(most).toBe(3);
  });

  it("lets a waiting call give up without having been sent", async () => {
    const held = deferred<ServerResponse>();
    let calls = 0;
    const url = await serve((_, response) => {
      calls++;
      held.resolve(response);
    });
    const shop = http({ maxInFlight: 1 });
    const first = shop.send({ method: "POST", url });
    const response = await held.promise;
    const second = await failure(
      shop.send({ method: "POST", url, signal: AbortSignal.timeout(20) }),
    );
    expect(second.mayHaveHappened).toBe(false);
    response.end();
    await first;
    expect(calls).toBe(1);
  });
});

describe("a status", () => {
  it.each([
    [200, "done"],
    [201, "done"],
    [400, "refused"],
    [401, "refused"],
    [403, "refused"],
    [404, "refused"],
    [410, "refused"],
    [422, "refused"],
    [429, "refused"],
    [409, "unknown"],
    [408, "unknown"],
    [500, "unknown"],
    [503, "unknown"],
    [302, "unknown"],
    [499, "unknown"],
  ])("%i of a write means %s", (status, meaning) => {
    expect(classifyStatus(status)).toBe(meaning);
  });
});

describe("a command among polls", () => {
  /** A shop that keeps every answer back until it is told to give it. */
  async function reluctant() {
    const waiting: { path: string; answer: () => void }[] = [];
    const came = new Map<string, ReturnType<typeof deferred<void>>>();
    const arrival = (path: string) => {
      const known = came.get(path) ?? deferred<void>();
      came.set(path, known);
      return known;
    };
    const url = await serve((request, response) => {
      const path = request.url ?? "";
      waiting.push({ path, answer: () => response.end("{}") });
      arrival(path).resolve();
    });
    return { url, waiting, arrived: (path: string) => arrival(path).promise };
  }

  it("is sent at once, though polls take all the places that they may", async () => {
    const { url, waiting, arrived } = await reluctant();
    const shop = http({ maxInFlight: 3 });
    const polls = ["/1", "/2", "/3"].map((path) =>
      shop.send({ method: "GET", url: `${url}${path}` }),
    );
    await Promise.all([arrived("/1"), arrived("/2")]);
    const command = urgent(shop).send({ method: "POST", url: `${url}/command` });
    await arrived("/command");
    expect(waiting.map(({ path }) => path).sort()).toEqual(["/1", "/2", "/command"]);
    for (const { answer } of waiting) answer();
    await arrived("/3");
    waiting.at(-1)?.answer();
    await Promise.all([...polls, command]);
  });

  it("goes before polls that waited longer", async () => {
    const { url, waiting, arrived } = await reluctant();
    const shop = http({ maxInFlight: 1 });
    const first = shop.send({ method: "GET", url: `${url}/first` });
    await arrived("/first");
    const poll = shop.send({ method: "GET", url: `${url}/poll` });
    const command = urgent(shop).send({ method: "POST", url: `${url}/command` });
    waiting[0]?.answer();
    await arrived("/command");
    expect(waiting.map(({ path }) => path)).toEqual(["/first", "/command"]);
    waiting[1]?.answer();
    await arrived("/poll");
    waiting[2]?.answer();
    await Promise.all([first, poll, command]);
  });
});
