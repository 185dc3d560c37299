import { Agent, fetch as fetchOverTls } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../../src/connectors/woocommerce/simulator/index.js";
import { answerOf } from "../../simulator/answer.js";
import { loopbackTls } from "../../simulator/tls.js";
import { sign, signedClient } from "./client.js";

let shop: SimulatedWooCommerce;
beforeAll(async () => {
  shop = await startWooCommerce({ orders: 3 });
});
afterAll(() => shop.stop());

const refusal = (message: string) => ({
  code: "woocommerce_rest_authentication_error",
  message,
  data: { status: 401 },
});

describe("authentication of the simulated WooCommerce over plain http", () => {
  it.each([
    ["HMAC-SHA256", "query"],
    ["HMAC-SHA256", "header"],
    ["HMAC-SHA1", "query"],
    ["HMAC-SHA1", "header"],
  ] as const)("takes OAuth 1.0a signed by %s in the %s", async (method, place) => {
    const { status, body } = await signedClient(shop.settings, { method, place }).get(
      "/orders?per_page=2&status=any",
    );
    expect([status, body.length]).toEqual([200, 2]);
  });

  it("takes signed values with spaces, plus signs, per cent signs, quotes and letters of other scripts", async () => {
    const search = encodeURIComponent(`a b+c%20"d'~*(é)遥`);
    const { status } = await signedClient(shop.settings).get(`/orders?search=${search}`);
    expect(status).toBe(200);
  });

  it("refuses status[]=, which PHP renames before the signature is checked, and takes status[0]= and a list", async () => {
    const client = signedClient(shop.settings);
    const answers = await Promise.all(
      ["status[]=pending", "status[0]=pending", "status=pending,processing"].map((query) =>
        client.get(`/orders?${query}`),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 200, 200]);
    expect(answers[0]?.body).toEqual(
      refusal("Invalid signature - provided signature does not match."),
    );
  });

  it("ignores Basic, as if nobody had authenticated", async () => {
    const { consumerKey, consumerSecret, url } = shop.settings;
    const authorization = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString("base64")}`;
    const { status, body } = await answerOf(
      await fetch(`${url}/wp-json/wc/v3/orders`, { headers: { authorization } }),
    );
    expect(status).toBe(401);
    expect(body).toEqual({
      code: "woocommerce_rest_cannot_view",
      message: "Sorry, you cannot list resources.",
      data: { status: 401 },
    });
  });

  it("takes a nonce once", async () => {
    const client = signedClient(shop.settings, { nonce: "only-once" });
    expect((await client.get("/orders")).status).toBe(200);
    const { status, body } = await client.get("/orders");
    expect([status, body]).toEqual([401, refusal("Invalid nonce - nonce has already been used.")]);
  });

  it("takes timestamps within fifteen minutes", async () => {
    const at = (minutes: number) =>
      signedClient(shop.settings, { timestamp: Date.now() / 1000 + minutes * 60 }).get("/orders");
    const answers = await Promise.all([at(-14), at(14), at(-16), at(16)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 401]);
    expect(answers[2]?.body).toEqual(refusal("Invalid timestamp."));
  });

  it("names an unknown key, a wrong secret and a missing parameter", async () => {
    const unknown = await signedClient({ ...shop.settings, consumerKey: "ck_no" }).get("/orders");
    expect(unknown.body).toEqual(refusal("Consumer key is invalid."));
    const wrong = await signedClient({ ...shop.settings, consumerSecret: "cs_no" }).get("/orders");
    expect(wrong.body).toEqual(refusal("Invalid signature - provided signature does not match."));
    const partial = await answerOf(
      await fetch(`${shop.url}/wp-json/wc/v3/orders?oauth_consumer_key=x&oauth_nonce=y`),
    );
    expect(partial.body).toEqual({
      code: "woocommerce_rest_authentication_missing_parameter",
      message: "Missing OAuth parameters oauth_timestamp, oauth_signature, oauth_signature_method",
      data: { status: 401 },
    });
  });

  it("answers 401 and not 403 where a key may not write or not read", async () => {
    const reader = signedClient({ ...shop.settings, ...shop.restricted.read });
    expect((await reader.get("/orders")).status).toBe(200);
    const write = await reader.post("/orders", {});
    expect([write.status, write.body]).toEqual([
      401,
      refusal("The API key provided does not have write permissions."),
    ]);
    const writer = signedClient({ ...shop.settings, ...shop.restricted.write });
    expect((await writer.get("/orders")).body).toEqual(
      refusal("The API key provided does not have read permissions."),
    );
  });

  it("shows its index and the statuses to anybody", async () => {
    for (const path of ["/wp-json/", "/wp-json/wc/v3", "/?rest_route=/wc/v3/orders/statuses"]) {
      expect((await fetch(shop.url + path)).status, path).toBe(200);
    }
  });

  it("answers outside the API with a page", async () => {
    const response = await fetch(`${shop.url}/shop`);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      404,
      "text/html; charset=UTF-8",
    ]);
  });

  it("takes twenty requests at once", async () => {
    const client = signedClient(shop.settings);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => client.get("/orders?per_page=1")),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it("signs the path with its port", () => {
    const { url } = sign(shop.settings, "GET", "/orders");
    expect(new URL(url).port).toBe(new URL(shop.url).port);
  });
});

describe("authentication of the simulated WooCommerce over TLS", () => {
  let secure: SimulatedWooCommerce;
  const agent = new Agent({ connect: { ca: loopbackTls.cert } });
  beforeAll(async () => {
    secure = await startWooCommerce({ orders: 1, tls: loopbackTls });
  });
  afterAll(async () => {
    await agent.close();
    await secure.stop();
  });

  async function get(path: string, pair?: string) {
    const authorization = `Basic ${Buffer.from(pair ?? "").toString("base64")}`;
    const headers = pair === undefined ? {} : { authorization };
    const response = await fetchOverTls(`${secure.url}/wp-json/wc/v3${path}`, {
      headers,
      dispatcher: agent,
    });
    return { status: response.status, body: await response.json() };
  }

  it("takes Basic and the key and secret in the query", async () => {
    const { consumerKey, consumerSecret } = secure.settings;
    expect((await get("/orders", `${consumerKey}:${consumerSecret}`)).status).toBe(200);
    const query = `consumer_key=${consumerKey}&consumer_secret=${consumerSecret}`;
    expect((await get(`/orders?${query}`)).status).toBe(200);
  });

  it("tells a wrong secret, and treats an unknown key as nobody", async () => {
    const wrong = await get("/orders", `${secure.settings.consumerKey}:cs_no`);
    expect([wrong.status, wrong.body]).toEqual([401, refusal("Consumer secret is invalid.")]);
    const unknown = await get("/orders", "ck_no:cs_no");
    expect([unknown.status, unknown.body]).toEqual([
      401,
      {
        code: "woocommerce_rest_cannot_view",
        message: "Sorry, you cannot list resources.",
        data: { status: 401 },
      },
    ]);
  });
});
