import { describe, expect, it } from "vitest";
import { ensureHooks } from "../../../src/connectors/bigcommerce/webhooks.js";
import { ChannelError } from "../../../src/domain/errors.js";
import { before, json, noContent } from "./store.js";

const failureOf = async (promise: Promise<unknown>): Promise<ChannelError> => {
  const error = await promise.catch((reason: unknown) => reason);
  return error instanceof ChannelError ? error : expect.fail(String(error));
};

describe("a request", () => {
  it("always bears the token and asks for JSON, a read too", async () => {
    const { api, sent } = before(() => json([]));
    await api.get("/v2/orders", { "id:in": "1,2", min_date_modified: "2026-11-23T04:00:00+00:00" });
    const [{ url, headers }] = sent as [(typeof sent)[number]];
    expect(headers.get("x-auth-token")).toBe("token-1234");
    expect(headers.get("accept")).toBe("application/json");
    expect(headers.get("content-type")).toBe("application/json");
    expect(url.pathname).toBe("/stores/abc123/v2/orders");
    expect(url.search).toContain("min_date_modified=2026-11-23T04%3A00%3A00%2B00%3A00");
  });

  it("reads no content as an empty list, of v2 and of v3", async () => {
    const { api } = before(noContent);
    expect(await api.get("/v2/orders")).toEqual([]);
    expect(await api.get("/v3/orders/1/transactions")).toEqual([]);
    expect(await api.list("/v2/orders/1/shipments")).toEqual([]);
  });

  it("takes v3 out of its envelope, and its money for text", async () => {
    const { api } = before(
      () => new Response('{"data":[{"id":7,"amount":0.10000000000000001}],"meta":{}}'),
    );
    expect(await api.get("/v3/orders/1/transactions")).toEqual([
      { id: 7, amount: "0.10000000000000001" },
    ]);
  });

  it("reads all pages, by what v3 says of them and by what v2 gives", async () => {
    const v3 = before(({ url }) => {
      const page = Number(url.searchParams.get("page"));
      return json({ data: [page], meta: { pagination: { total_pages: 3 } } });
    });
    expect(await v3.api.list("/v3/hooks")).toEqual([1, 2, 3]);
    const v2 = before(({ url }) => {
      if (url.searchParams.get("page") === "3") return noContent();
      return json(Array.from({ length: 250 }, (_, index) => index));
    });
    expect(await v2.api.list("/v2/orders/1/shipments")).toHaveLength(500);
    expect(v2.sent).toHaveLength(3);
  });

  it("is given up where a page comes instead of JSON, and a write then is unknown", async () => {
    const { api } = before(() => new Response("<html>maintenance</html>"));
    expect(await failureOf(api.get("/v2/store"))).toMatchObject({
      code: "CHANNEL_UNAVAILABLE",
      mayHaveHappened: false,
    });
    expect(
      (await api.call({ method: "PUT", path: "/v2/orders/1", body: {} })).body,
    ).toBeUndefined();
  });
});

describe("an error", () => {
  it("of v2 and of v3 is told in the store's own words", async () => {
    const v2 = before(() =>
      json([{ status: 404, message: "The requested resource was not found." }], 404),
    );
    expect(await failureOf(v2.api.get("/v2/orders/1"))).toMatchObject({
      code: "NOT_FOUND",
      upstreamMessage: "The requested resource was not found.",
      message: expect.stringContaining("GET api.example/stores/abc123/v2/orders/1"),
    });
    const problem = {
      status: 422,
      title: "JSON data is missing or invalid",
      errors: { destination: "error.path.missing." },
    };
    const v3 = before(() => json(problem, 422));
    expect(await failureOf(v3.api.get("/v3/hooks"))).toMatchObject({
      code: "CHANNEL_REJECTED",
      retryable: false,
      upstreamMessage: "JSON data is missing or invalid; destination error.path.missing.",
    });
    const nested = before(() => json({ data: [{ status: 422, title: "No store credit." }] }, 422));
    expect((await failureOf(nested.api.get("/v3/hooks"))).upstreamMessage).toBe("No store credit.");
  });

  it("names the scope that is missing, by the control panel's own name", async () => {
    const { api } = before(() =>
      json({ status: 403, title: "You don't have a required scope" }, 403),
    );
    for (const [path, scope] of [
      ["/v2/orders", "Orders: read-only"],
      ["/v2/store", "Information & Settings: read-only"],
      ["/v3/orders/1/transactions", "Order Transactions: read-only"],
      ["/v3/inventory/locations", "Store Locations: read-only"],
    ])
      expect(await failureOf(api.get(path ?? ""))).toMatchObject({
        code: "SCOPE_NOT_GRANTED_BY_CHANNEL",
        message: expect.stringMatching(
          new RegExp(`OAuth scope ${scope} under Settings > API > Store-level API accounts`),
        ),
      });
  });

  it("never holds the token", async () => {
    const { api } = before(() => json({ status: 401, title: "Unauthorized" }, 401));
    const { message } = await failureOf(api.get("/v2/store"));
    expect(message).not.toContain("token-1234");
    expect(message).toContain("access token");
  });
});

describe("a limit", () => {
  const headers = (left: number, resetsInMs: number) => ({
    "x-rate-limit-requests-left": String(left),
    "x-rate-limit-requests-quota": "150",
    "x-rate-limit-time-reset-ms": String(resetsInMs),
    "x-rate-limit-time-window-ms": "30000",
  });

  it("that was reached keeps everybody away until the window ends, then reads go on", async () => {
    let refused = false;
    const at: number[] = [];
    const { api } = before(() => {
      at.push(performance.now());
      if (refused) return json([], 200, headers(149, 30_000));
      refused = true;
      return json({ status: 429, title: "Too Many Requests" }, 429, headers(0, 300));
    });
    expect(await api.get("/v2/orders")).toEqual([]);
    expect(Number(at[1]) - Number(at[0])).toBeGreaterThanOrEqual(290);
  });

  it("is passed on of a write, which is never sent again by itself", async () => {
    const { api, sent } = before(() => json({ title: "Too Many Requests" }, 429, headers(0, 700)));
    const answer = await api.call({ method: "POST", path: "/v2/orders/1/shipments", body: {} });
    expect(answer).toMatchObject({ status: 429, retryAfterMs: 700 });
    expect(sent).toHaveLength(1);
  });

  it("is never reached by us alone: reads wait for the next window, writes go before them", async () => {
    const quota = 20;
    let left = quota;
    let endsAt = performance.now() + 250;
    const refusals: number[] = [];
    const order: string[] = [];
    const { api } = before(({ method }) => {
      if (performance.now() >= endsAt) {
        left = quota;
        endsAt = performance.now() + 250;
      }
      if (left === 0) refusals.push(1);
      left = Math.max(0, left - 1);
      order.push(method);
      return json([], 200, {
        ...headers(left, Math.ceil(endsAt - performance.now())),
        "x-rate-limit-requests-quota": String(quota),
      });
    });
    await api.get("/v2/store");
    const reads = Array.from({ length: 40 }, () => api.get("/v2/orders"));
    // A write looks first, and need not wait for that either.
    const write = api.urgent
      .get("/v2/orders/1")
      .then(() => api.urgent.call({ method: "PUT", path: "/v2/orders/1", body: {} }));
    await Promise.all([...reads, write]);
    expect(refusals).toEqual([]);
    expect(order).toHaveLength(43);
    expect(order.indexOf("PUT")).toBeLessThan(quota);
  });

  it("of connections leaves some to a command while a pull has hundreds of reads to do", async () => {
    const waiting: (() => void)[] = [];
    const { api, sent } = before(async ({ method }) => {
      if (method === "GET") await new Promise<void>((resolve) => waiting.push(resolve));
      return json([]);
    });
    const reads = Array.from({ length: 100 }, () => api.get("/v2/orders"));
    await api.urgent.call({ method: "PUT", path: "/v2/orders/1", body: {} });
    const sentBefore = sent.length;
    const release = setInterval(() => waiting.splice(0).forEach((go) => void go()), 1);
    await Promise.all(reads);
    clearInterval(release);
    expect(sentBefore).toBeLessThan(10);
    expect(sent).toHaveLength(101);
  });

  it("that leaves no room in time is told as such, and nothing was sent", async () => {
    const { api, sent } = before(() => json([], 200, headers(0, 3_600_000)));
    await api.get("/v2/orders");
    expect(await failureOf(api.get("/v2/orders"))).toMatchObject({
      code: "CHANNEL_RATE_LIMITED",
      retryable: true,
      mayHaveHappened: false,
    });
    expect(sent).toHaveLength(1);
  });
});

describe("webhooks", () => {
  it("of transactions are left out where the token may not have them or the store knows none, all others are not", async () => {
    const made: string[] = [];
    const store = (refused: RegExp, status = 403) =>
      before(({ method, body }) => {
        if (method === "GET") return json({ data: [], meta: {} });
        const { scope } = body as { scope: string };
        if (refused.test(scope)) return json({ status, title: "No such webhook" }, status);
        made.push(scope);
        return json({ data: {} });
      }).api;
    await ensureHooks(store(/transaction/), "https://gateway.example/hooks", "secret");
    expect(made).toContain("store/order/updated");
    await ensureHooks(store(/transaction/, 422), "https://gateway.example/hooks", "secret");
    expect(made.filter((scope) => scope.includes("transaction"))).toEqual([]);
    await expect(
      ensureHooks(store(/shipment/), "https://gateway.example/hooks", "secret"),
    ).rejects.toMatchObject({ code: "SCOPE_NOT_GRANTED_BY_CHANNEL" });
  });
});
