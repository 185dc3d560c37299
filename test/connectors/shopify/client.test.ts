import { describe, expect, it } from "vitest";
import { createClient } from "../../../src/connectors/shopify/client.js";
import { job } from "../../../src/connectors/shopify/operations.js";
import { parseSettings } from "../../../src/connectors/shopify/settings.js";
import { ChannelError, InvalidInput } from "../../../src/domain/errors.js";
import { clientOf, failureOf, type Reply } from "./client-of.js";

const cost = (currentlyAvailable: number, requestedQueryCost = 10, restoreRate = 50_000) => ({
  requestedQueryCost,
  actualQueryCost: null,
  throttleStatus: { maximumAvailable: 2_000, currentlyAvailable, restoreRate },
});
const done = { body: { data: { job: { id: "gid://shopify/Job/1", done: true } } } };
const canceled = {
  body: {
    data: {
      fulfillmentCancel: { fulfillment: { id: "gid://shopify/Fulfillment/1" }, userErrors: [] },
    },
  },
};
const throttled = {
  body: {
    errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
    extensions: { cost: cost(5) },
  },
};
const failing = (code: string, data: unknown = null, path?: string[]): Reply => ({
  body: { data, errors: [{ message: `went wrong: ${code}`, path, extensions: { code } }] },
});

describe("a call", () => {
  it("goes to the pinned version with the token", async () => {
    const { read, asked } = clientOf([done]);
    await read();
    expect(asked[0]).toMatchObject({
      url: "https://goods.myshopify.com/admin/api/2026-10/graphql.json",
      token: "shpat_x",
    });
  });

  it("knows which version answered", async () => {
    const { read, client } = clientOf([
      { ...done, headers: { "x-shopify-api-version": "2027-01" } },
    ]);
    expect(client.servedVersion()).toBeNull();
    await read();
    expect(client.servedVersion()).toBe("2027-01");
  });

  it.each(["read", "write"] as const)(
    "that is throttled waits and is sent again, a %s too",
    async (kind) => {
      const shop = clientOf([throttled, throttled, kind === "read" ? done : canceled]);
      await shop[kind]();
      expect(shop.asked).toHaveLength(3);
      expect(shop.limits[0]?.remaining).toBe(5);
    },
  );

  it("that can never fit into the bucket is given up at once, certainly not done", async () => {
    const never = { body: { ...throttled.body, extensions: { cost: cost(2_000, 3_000) } } };
    const error = await failureOf(clientOf([never]).write());
    expect(error).toMatchObject({
      code: "CHANNEL_RATE_LIMITED",
      retryable: false,
      mayHaveHappened: false,
    });
    expect(error.message).toContain("costs 3000 points");
  });

  it("waits before it is sent where the shop has said that points are short", async () => {
    const first = { body: { ...canceled.body, extensions: { cost: cost(0, 100, 1_000) } } };
    const { write, asked } = clientOf([first, canceled]);
    await write();
    const start = performance.now();
    await write();
    expect(asked).toHaveLength(2);
    expect(performance.now() - start).toBeGreaterThan(80);
  });
});

describe("a call that somebody waits for", () => {
  /** What the shop lets through one at a time, as it comes. */
  function slowShop() {
    const arrived: string[] = [];
    const answers: (() => void)[] = [];
    const fetch = (_url: unknown, init?: RequestInit) =>
      new Promise<Response>((resolve) => {
        arrived.push(JSON.parse(String(init?.body)).variables.id);
        answers.push(() => resolve(new Response(JSON.stringify(done.body))));
      });
    const client = createClient({
      settings: parseSettings({
        shop: "goods.myshopify.com",
        clientSecret: "shpss_x",
        accessToken: "shpat_x",
      }),
      fetch: fetch as typeof globalThis.fetch,
      now: Date.now,
    });
    return { client, arrived, answer: () => answers.shift()?.() };
  }

  it("finds a place while polls fill all others, and goes before those that wait", async () => {
    const { client, arrived, answer } = slowShop();
    const polls = Array.from({ length: 8 }, (_, at) => client.call(job, { id: `poll ${at}` }));
    const find = client.urgent.call(job, { id: "find" });
    const late = client.urgent.call(job, { id: "find too" });
    await expect
      .poll(() => arrived)
      .toEqual([0, 1, 2, 3, 4].map((at) => `poll ${at}`).concat("find"));
    answer();
    await expect.poll(() => arrived.at(-1)).toBe("find too");
    const rest = setInterval(answer, 1);
    await Promise.all([...polls, find, late]);
    clearInterval(rest);
    expect(arrived).toHaveLength(10);
  });

  it("may use the tenth of the points that polls leave alone", async () => {
    const short = { body: { ...done.body, extensions: { cost: cost(150, 10, 1) } } };
    const { client, asked } = clientOf([short, done]);
    await client.call(job, { id: "poll" });
    const patience = AbortSignal.timeout(50);
    const poll = failureOf(client.call(job, { id: "poll" }, patience));
    await client.urgent.call(job, { id: "find" });
    expect(asked).toHaveLength(2);
    expect(await poll).toMatchObject({ code: "CHANNEL_RATE_LIMITED", mayHaveHappened: false });
  });

  it("calls nobody inside the time that the shop asked to be left alone, polls and commands alike", async () => {
    const later = { status: 429, body: "", headers: { "retry-after": "60" } };
    const { client, asked } = clientOf([later]);
    await failureOf(client.call(job, { id: "poll" }));
    for (const lane of [client, client.urgent])
      expect(await failureOf(lane.call(job, { id: "x" }))).toMatchObject({
        code: "CHANNEL_RATE_LIMITED",
        mayHaveHappened: false,
      });
    expect(asked).toHaveLength(1);
  });
});

describe("an error", () => {
  it.each([
    [401, "CHANNEL_REJECTED", false],
    [402, "CHANNEL_UNAVAILABLE", false],
    [423, "CHANNEL_UNAVAILABLE", false],
    [409, "CHANNEL_UNAVAILABLE", true],
    [500, "CHANNEL_UNAVAILABLE", true],
    [502, "CHANNEL_UNAVAILABLE", true],
  ])(
    "of HTTP %i is %s, and the write may have happened: %s",
    async (status, code, mayHaveHappened) => {
      const error = await failureOf(clientOf([{ status, body: "" }]).write());
      expect(error).toMatchObject({ code, mayHaveHappened, httpStatus: status });
    },
  );

  it("that denies access says which scope to grant", async () => {
    const denied = {
      body: {
        data: null,
        errors: [
          {
            message: "Access denied for fulfillmentCancel field.",
            extensions: {
              code: "ACCESS_DENIED",
              requiredAccess: "`write_merchant_managed_fulfillment_orders` access scope.",
            },
          },
        ],
      },
    };
    const error = await failureOf(clientOf([denied]).write());
    expect(error).toMatchObject({ code: "SCOPE_NOT_GRANTED_BY_CHANNEL", mayHaveHappened: false });
    expect(error.message).toContain(
      "grant the app the access scope write_merchant_managed_fulfillment_orders",
    );
  });

  it("that denies only a look at what a write made leaves the write unknown", async () => {
    const path = ["fulfillmentCancel", "fulfillment", "order"];
    const denied = failing("ACCESS_DENIED", { fulfillmentCancel: null }, path);
    const error = await failureOf(clientOf([denied]).write());
    expect(error).toMatchObject({ code: "SCOPE_NOT_GRANTED_BY_CHANNEL", mayHaveHappened: true });
  });

  it("inside the shop leaves a write unknown, and a read is tried again", async () => {
    const broken = failing("INTERNAL_SERVER_ERROR");
    expect((await failureOf(clientOf([broken]).write())).mayHaveHappened).toBe(true);
    await expect(clientOf([broken, done]).read()).resolves.toBeTruthy();
  });

  it("of an unreadable answer leaves a write unknown", async () => {
    expect((await failureOf(clientOf([{ body: "<html>" }]).write())).mayHaveHappened).toBe(true);
  });

  it("of a connection that was refused is no write", async () => {
    const refused = new TypeError("fetch failed", {
      cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }),
    });
    expect((await failureOf(clientOf([refused]).write())).mayHaveHappened).toBe(false);
  });

  it("on a field that an app can live without is overlooked, on any other not", async () => {
    const { client } = clientOf([
      failing("ACCESS_DENIED", { job: { customer: null } }, ["job", "customer"]),
      failing("ACCESS_DENIED", { job: null }, ["job", "customer"]),
      failing("ACCESS_DENIED", { job: null }, ["job"]),
    ]);
    const read = () => client.call(job, { id: "gid://shopify/Job/1" });
    await expect(read()).resolves.toEqual({ job: { customer: null } });
    // Null went up to the job: that it is gone may not be concluded.
    await expect(read()).rejects.toThrow(ChannelError);
    await expect(read()).rejects.toThrow(ChannelError);
  });

  it("on a part of a customer's data, for which Shopify wants an approval, is overlooked wherever null stands", async () => {
    const path = ["order", "customer", "defaultEmailAddress", "emailAddress"];
    const order = { id: "gid://shopify/Order/1", customer: { defaultEmailAddress: null } };
    const { client } = clientOf([
      failing("ACCESS_DENIED", { order }, path),
      failing("ACCESS_DENIED", { order: { ...order, customer: null } }, path),
      failing("ACCESS_DENIED", { order: null }, path),
    ]);
    const read = () => client.call(job, { id: "gid://shopify/Job/1" });
    await expect(read()).resolves.toEqual({ order });
    await expect(read()).resolves.toEqual({ order: { ...order, customer: null } });
    await expect(read()).rejects.toThrow(ChannelError);
  });

  it("names neither token nor secret", async () => {
    const error = await failureOf(clientOf([{ status: 401, body: "shpat_x" }]).write());
    expect(JSON.stringify(error) + error.message).not.toMatch(/shp(at|ss)_/);
  });
});

describe("client credentials", () => {
  const app = { clientId: "client" };
  const grant = (token: string) => ({
    body: { access_token: token, scope: "read_orders", expires_in: 86_399 },
  });

  it("bring a token that is kept, and renewed before its day is over", async () => {
    const shop = clientOf([grant("first"), done, done, grant("second"), done], app);
    await shop.read();
    await shop.read();
    shop.pass(23.9 * 3_600_000);
    await shop.read();
    expect(shop.asked.map(({ token }) => token)).toEqual([null, "first", "first", null, "second"]);
    expect(shop.asked[0]?.url).toBe("https://goods.myshopify.com/admin/oauth/access_token");
    expect(shop.asked[0]?.body).toContain("grant_type=client_credentials");
  });

  it("bring one new token when the shop refuses the old one, and not a second", async () => {
    const refused = { status: 401, body: "" };
    const renewed = clientOf([grant("old"), refused, grant("new"), done], app);
    await renewed.read();
    expect(renewed.asked.at(-1)?.token).toBe("new");

    const hopeless = clientOf([grant("old"), refused, grant("new"), refused], app);
    expect((await failureOf(hopeless.read())).httpStatus).toBe(401);
  });

  it("that are wrong are told as such, and nothing was done", async () => {
    const error = await failureOf(clientOf([{ status: 400, body: "" }], app).write());
    expect(error).toMatchObject({ upstreamCode: "AUTH", mayHaveHappened: false });
    expect(error.message).toContain("check client ID and client secret");
  });
});

describe("settings", () => {
  it("need a token or a client ID", () => {
    const given = { shop: "goods.myshopify.com", clientSecret: "shpss_x" };
    expect(() => parseSettings(given)).toThrow(InvalidInput);
    expect(() => parseSettings({ ...given, clientId: "client" })).not.toThrow();
  });

  it("that are wrong are all named, without their values", () => {
    expect(() => parseSettings({ shop: "https://goods.example", accessToken: "" })).toThrow(
      /shop: must be like .*; accessToken: .*; clientSecret: /,
    );
  });
});
