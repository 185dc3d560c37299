import { Agent, fetch as undiciFetch } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Woo } from "../../../src/connectors/woocommerce/client.js";
import { woocommerce } from "../../../src/connectors/woocommerce/index.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../src/connectors/woocommerce/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import { ChannelError, InvalidInput } from "../../../src/domain/errors.js";
import {
  addFault,
  clearFaults,
  connect,
  idsOf,
  openInbox,
  placeMugs,
  pulled,
  webhookSecret,
} from "../bench.js";
import { loopbackTls } from "../simulator/tls.js";
import { openShop } from "./open.js";

let shop: SimulatedWooCommerce;
let channel: Channel;
/** The shop's REST API, for what people do there with other tools. */
let rest: Woo;
beforeAll(async () => {
  ({ shop, channel, rest } = await openShop({ orders: 250, relaxedDelivery: true }));
});
afterEach(() => clearFaults(shop));
afterAll(() => shop.stop());

const place = (mugs?: number) => placeMugs(shop, channel, mugs);
const failure = (promise: Promise<unknown>): Promise<ChannelError> =>
  promise.then(
    () => expect.fail("it succeeded"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ChannelError);
      return error as ChannelError;
    },
  );

/** The shop itself, but for one path. */
function overriding(path: string, status: number, body: unknown): { fetch: typeof fetch } {
  return {
    fetch: ((url: string, init: RequestInit) =>
      new URL(url).pathname.endsWith(path)
        ? Promise.resolve(new Response(JSON.stringify(body), { status }))
        : fetch(url, init)) as typeof fetch,
  };
}

describe("a connection", () => {
  it("over http signs every request, and finds the shop", async () => {
    const { probe } = await connect(woocommerce, shop.settings);
    expect(probe).toMatchObject({
      shopName: "Harbor Goods",
      currency: "USD",
      timezone: "Etc/GMT+8",
      platformVersion: "10.5.0",
      findings: { coreFulfillments: true, hpos: true },
    });
    expect(JSON.stringify(probe)).not.toContain(shop.settings.consumerSecret);
  });

  it("over https sends the key as Basic", async () => {
    const secure = await startWooCommerce({ orders: 5, tls: loopbackTls });
    const agent = new Agent({ connect: { ca: loopbackTls.cert } });
    const seen: string[] = [];
    const trusting = ((url: string, init: RequestInit) => {
      seen.push(new Headers(init.headers).get("authorization")?.split(" ")[0] ?? "none");
      return undiciFetch(url, { ...init, dispatcher: agent } as never);
    }) as unknown as typeof fetch;
    try {
      const { channel: safe } = await connect(woocommerce, secure.settings, { fetch: trusting });
      expect(idsOf(await pulled(safe)).length).toBeGreaterThanOrEqual(5);
      expect(new Set(seen)).toEqual(new Set(["none", "Basic"]));
      const unknown = { ...secure.settings, consumerKey: "ck_0000" };
      const error = await failure(connect(woocommerce, unknown, { fetch: trusting }));
      // Under Basic an unknown key is answered like any missing right; a signed request tells more.
      expect(error.message).toMatch(/does not know this consumer key/);
      const untrusted = await failure(connect(woocommerce, secure.settings));
      expect(untrusted).toMatchObject({ mayHaveHappened: false, retryable: false });
    } finally {
      await agent.close();
      await secure.stop();
    }
  });

  it("signs a second try anew, since the shop takes a nonce only once", async () => {
    const { orderId } = await place();
    let failures = 2;
    const probe = await woocommerce
      .open(shop.settings, { webhookSecret, probe: null, fetch })
      .probe();
    const flaky = (async (url: string, init: RequestInit) => {
      const answer = await fetch(url, init);
      return failures-- > 0 ? new Response("bad gateway", { status: 502 }) : answer;
    }) as typeof fetch;
    const other = woocommerce.open(shop.settings, { webhookSecret, probe, fetch: flaky });
    expect((await other.read({ nativeId: orderId }))?.ref.nativeId).toBe(orderId);
    expect(failures).toBeLessThan(0);
  });

  it.each([
    [{ consumerSecret: "cs_wrong" }, /consumer secret does not belong to this key/],
    [{ consumerKey: "ck_unknown" }, /does not know this consumer key/],
  ])("with %j is refused with what to do", async (differences, remedy) => {
    const error = await failure(connect(woocommerce, { ...shop.settings, ...differences }));
    expect(error.code).toBe("SCOPE_NOT_GRANTED_BY_CHANNEL");
    expect(error.message).toMatch(remedy);
  });

  it("with a read-only key is refused before anything is written", async () => {
    const { consumerKey, consumerSecret } = shop.restricted.read;
    const settings = { url: shop.settings.url, consumerKey, consumerSecret };
    const before = shop.calls().length;
    const error = await failure(connect(woocommerce, settings));
    expect(error.message).toContain(
      "change the key's permission to Read/Write under WooCommerce > Settings > Advanced > REST API",
    );
    const written = shop.calls().slice(before);
    expect(written.filter(({ name, status }) => !name.startsWith("GET") && status < 400)).toEqual(
      [],
    );
  });

  it("to a site that is no shop is refused with what to check", async () => {
    const page = (body: string, status = 200) =>
      (() => Promise.resolve(new Response(body, { status }))) as unknown as typeof fetch;
    const settings = shop.settings;
    const plain = await failure(connect(woocommerce, settings, { fetch: page("<html>", 404) }));
    expect(plain.message).toMatch(/Settings > Permalinks/);
    const blog = JSON.stringify({ name: "Blog", namespaces: ["wp/v2"] });
    const wordpress = await failure(connect(woocommerce, settings, { fetch: page(blog) }));
    expect(wordpress.message).toMatch(/activate the plugin WooCommerce/);
  });

  it("whose user lacks manage_woocommerce is refused with the role to give", async () => {
    const body = { code: "woocommerce_rest_cannot_view", message: "Sorry.", data: { status: 403 } };
    const error = await failure(
      connect(woocommerce, shop.settings, overriding("/system_status", 403, body)),
    );
    expect(error.message).toMatch(/manage_woocommerce.*Shop manager or Administrator/);
  });

  it("to a host that closes the status report learns version and currency from an order", async () => {
    const { probe } = await connect(
      woocommerce,
      shop.settings,
      overriding("/system_status", 404, {}),
    );
    expect(probe).toMatchObject({ currency: expect.any(String), platformVersion: "10.5.0" });
  });

  it("learns which products are virtual, also where the shop ignores that filter", async () => {
    const products = [
      { id: 11, virtual: false },
      { id: 12, virtual: true },
    ];
    const { probe } = await connect(
      woocommerce,
      shop.settings,
      overriding("/products", 200, products),
    );
    expect(probe.findings.virtualProductIds).toEqual(["12"]);
  });

  it("to a site that does not notice its own https is told apart from a wrong key", async () => {
    const deaf = (async (url: string, init: RequestInit) => {
      const basic = new Headers(init.headers).get("authorization")?.startsWith("Basic");
      if (!url.includes("/orders")) return fetch(url.replace("https:", "http:"), init);
      const body = basic ? { code: "woocommerce_rest_cannot_view", message: "Sorry." } : [];
      return new Response(JSON.stringify(body), { status: basic ? 401 : 200 });
    }) as typeof fetch;
    const settings = { ...shop.settings, url: shop.settings.url.replace("http:", "https:") };
    const error = await failure(connect(woocommerce, settings, { fetch: deaf }));
    expect(error.message).toMatch(/X-Forwarded-Proto/);
  });

  it("tells how long the shop wants to be left alone", async () => {
    const limits: unknown[] = [];
    const { probe } = await connect(woocommerce, shop.settings);
    const channelOfLimits = woocommerce.open(shop.settings, {
      webhookSecret,
      probe,
      fetch,
      onRateLimit: (limit) => limits.push(limit),
    });
    await addFault(shop, { kind: "429", count: 1 });
    await channelOfLimits.read({ nativeId: "1" });
    expect(limits).toEqual([{ remaining: 0, resetsAt: expect.stringMatching(/Z$/) }]);
  });

  it("names every setting that is wrong, and shows no secret", () => {
    const open = () =>
      woocommerce.open(
        { url: "ftp://x", consumerKey: "cs_swapped", consumerSecret: "ck_swapped" },
        { webhookSecret, probe: null, fetch },
      );
    expect(open).toThrow(InvalidInput);
    expect(open).toThrow(/url.*consumerKey.*consumerSecret/);
    expect(open).not.toThrow(/swapped/);
  });
});

describe("webhooks", () => {
  it("that the shop switched off are woken, with the secret sent again", async () => {
    const inbox = await openInbox();
    try {
      await channel.ensureWebhooks(inbox.url);
      const { body } = await rest.get("/wc/v3/webhooks");
      const [hook] = body as { id: number }[];
      const path = `/wc/v3/webhooks/${hook?.id}`;
      await rest.call({ method: "PUT", path, body: { status: "disabled" } });
      expect((await channel.webhooks(inbox.url)).some(({ active }) => !active)).toBe(true);
      const after = await channel.ensureWebhooks(inbox.url);
      expect(after.map(({ topic }) => topic).sort()).toEqual([
        "order.created",
        "order.deleted",
        "order.restored",
        "order.updated",
      ]);
      expect(after.every(({ active }) => active)).toBe(true);
    } finally {
      await channel.removeWebhooks(inbox.url);
      await inbox.stop();
    }
  });

  it("tell of a refund by its sum only, so the order is to be read", async () => {
    const inbox = await openInbox();
    try {
      await channel.ensureWebhooks(inbox.url);
      const { orderId } = await place();
      await shop.acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
      await shop.settled();
      const receipts = inbox.deliveries.map((delivery) => channel.receive(delivery));
      expect(receipts.filter(({ kind }) => kind === "ignored").length).toBeGreaterThanOrEqual(4);
      const last = receipts.filter((receipt) => receipt.kind === "snapshot").at(-1);
      expect(last).toMatchObject({ refresh: true, snapshot: { ref: { nativeId: orderId } } });
      expect(last?.snapshot.refunds).toBeUndefined();
    } finally {
      await channel.removeWebhooks(inbox.url);
      await inbox.stop();
    }
  });
});
