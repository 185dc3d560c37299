import { afterEach, describe, expect, it } from "vitest";
import {
  type MagentoOptions,
  type SimulatedMagento,
  startMagento,
} from "../../../../src/connectors/magento/simulator/index.js";
import { type Answer, answerOf } from "../../simulator/answer.js";
import { search, sign, signedClient } from "./client.js";

let shop: SimulatedMagento | undefined;
async function start(options: MagentoOptions = {}): Promise<SimulatedMagento> {
  shop = await startMagento({ orders: 3, ...options });
  return shop;
}
afterEach(async () => {
  await shop?.stop();
  shop = undefined;
});

const refusedFor = (resources: string) => ({
  message: "The consumer isn't authorized to access %resources.",
  parameters: { resources },
});
async function bare(of: SimulatedMagento, path: string, authorization?: string): Promise<Answer> {
  const headers: Record<string, string> = authorization ? { authorization } : {};
  return answerOf(await fetch(`${of.url}/rest/V1${path}`, { headers }));
}

describe("signing in at a simulated Magento", () => {
  it("takes a request signed as RFC 5849 says, brackets, spaces and all", async () => {
    const { settings } = await start();
    const client = signedClient(settings);
    const query = search([["updated_at", "gteq", "2020-01-01 00:00:00"]], { "[pageSize]": 2 });
    const answer = await client.get(`/orders?${query}&fields=total_count`);
    expect([answer.status, answer.body]).toEqual([200, { total_count: 3 }]);
    expect((await client.post("/orders/1/emails")).body).toBe(true);
  });

  it("takes HMAC-SHA256 alone", async () => {
    const { settings } = await start();
    const answer = await signedClient(settings, { method: "HMAC-SHA1" }).get("/orders/1");
    expect([answer.status, answer.body]).toEqual([
      400,
      { message: "Signature method %1 is not supported", parameters: ["HMAC-SHA1"] },
    ]);
  });

  it("refuses wrong secrets, unknown keys and tokens that are another's", async () => {
    const { settings, restricted } = await start();
    const none = "0".repeat(32);
    const cases: [object, string][] = [
      [{ consumerSecret: none }, "The signature is invalid. Verify and try again."],
      [{ accessTokenSecret: none }, "The signature is invalid. Verify and try again."],
      [{ consumerKey: none }, "A consumer having the specified key does not exist"],
      [{ accessToken: none }, "Specified token does not exist"],
      [
        { accessToken: restricted.accessToken },
        "Token is not associated with the specified consumer",
      ],
    ];
    for (const [wrong, message] of cases) {
      const answer = await signedClient({ ...settings, ...wrong }).get("/orders/1");
      expect([answer.status, answer.body.message]).toEqual([401, message]);
    }
    const short = await signedClient({ ...settings, accessToken: "abc" }).get("/orders/1");
    expect(short.status).toBe(400);
  });

  it("takes a nonce once, an old timestamp always, and one of the future never", async () => {
    const { settings } = await start();
    const now = Date.now() / 1000;
    const once = signedClient(settings, { nonce: "same" });
    expect((await once.get("/orders/1")).status).toBe(200);
    expect((await once.get("/orders/1")).status).toBe(401);
    const at = (timestamp: number) => signedClient(settings, { timestamp }).get("/orders/1");
    expect((await at(now - 86_400)).status).toBe(200);
    expect((await at(now + 590)).status).toBe(200);
    expect((await at(now + 700)).status).toBe(401);
  });

  it("names what a half-signed request lacks", async () => {
    const { settings } = await start();
    const one = await signedClient(settings, { without: ["oauth_nonce"] }).get("/orders/1");
    expect([one.status, one.body]).toEqual([
      400,
      {
        message: '"%fieldName" is required. Enter and try again.',
        parameters: { fieldName: "oauth_nonce" },
      },
    ]);
    const without = ["oauth_nonce", "oauth_token"];
    const two = await signedClient(settings, { without }).get("/orders/1");
    expect(two.body.message).toBe("One or more input exceptions have occurred.");
    expect(two.body.errors).toHaveLength(2);
    const version = await signedClient(settings, { version: "2.0" }).get("/orders/1");
    expect(version.status).toBe(400);
  });

  it("does not sign a parameter without an equals sign, whatever the RFC says", async () => {
    const { settings } = await start();
    const address = `${settings.url}/rest/V1/orders?searchCriteria`;
    const signedAsSent = sign(settings, "GET", address);
    expect(
      (await bare(shop as SimulatedMagento, "/orders?searchCriteria", signedAsSent)).status,
    ).toBe(401);
    const signedWithout = sign(settings, "GET", `${settings.url}/rest/V1/orders`);
    const answer = await bare(shop as SimulatedMagento, "/orders?searchCriteria", signedWithout);
    expect(answer.body.total_count).toBe(3);
  });

  it("takes the access token as a bearer token only where the shop allows it", async () => {
    const closed = await start();
    const bearer = `Bearer ${closed.settings.accessToken}`;
    const refused = await bare(closed, "/orders/1", bearer);
    expect([refused.status, refused.body]).toEqual([
      401,
      refusedFor("Magento_Sales::actions_view"),
    ]);
    await closed.stop();
    const open = await start({ bearer: true });
    expect((await bare(open, "/orders/1", `Bearer ${open.settings.accessToken}`)).status).toBe(200);
    expect((await bare(open, "/orders/1", "Bearer nonsense")).status).toBe(401);
    expect((await signedClient(open.settings).get("/orders/1")).status).toBe(200);
  });

  it("answers a missing permission as it answers a missing token, naming the resource", async () => {
    const opened = await start();
    const { restricted } = opened;
    const reader = signedClient(restricted);
    expect((await reader.get("/orders/1")).status).toBe(200);
    const refused = await reader.post("/order/1/ship", {});
    expect([refused.status, refused.body]).toEqual([401, refusedFor("Magento_Sales::ship")]);
    expect((await reader.get("/shipments?searchCriteria=")).body).toEqual(
      refusedFor("Magento_Sales::shipment"),
    );
    expect((await bare(opened, "/orders/1")).body).toEqual(
      refusedFor("Magento_Sales::actions_view"),
    );
  });

  it("lets no administrator sign in with a password", async () => {
    const { settings } = await start();
    const wish = { username: "admin", password: "wrong" };
    const answer = await signedClient(settings).post("/integration/admin/token", wish);
    expect(answer.status).toBe(401);
    expect(answer.body.message).toContain("The account sign-in was incorrect");
  });
});
