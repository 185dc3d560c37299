import { afterEach, describe, expect, it } from "vitest";
import { magento } from "../../../src/connectors/magento/index.js";
import {
  type MagentoOptions,
  type SimulatedMagento,
  startMagento,
} from "../../../src/connectors/magento/simulator/index.js";
import { ChannelError } from "../../../src/domain/errors.js";
import { addFault, connect } from "../bench.js";

let shop: SimulatedMagento | undefined;
async function start(options: MagentoOptions = {}): Promise<SimulatedMagento> {
  shop = await startMagento({ orders: 5, ...options });
  return shop;
}
afterEach(async () => {
  await shop?.stop();
  shop = undefined;
});
/** The error that connecting ends with. */
async function failing(settings: Record<string, unknown>): Promise<ChannelError> {
  const error = await connect(magento, settings).then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof ChannelError ? error : expect.fail(`no ChannelError: ${String(error)}`);
}

describe("Connecting a Magento shop", () => {
  it("finds out its edition, currency, sources and what it cannot do", async () => {
    const { settings } = await start();
    const { probe } = await connect(magento, settings);
    expect(probe).toMatchObject({
      shopName: new URL(settings.url).host,
      currency: "USD",
      platformVersion: "2.4 (Community)",
      findings: { edition: "Magento Open Source", rma: false, sources: true },
    });
    expect(probe.locations.map(({ nativeId }) => nativeId)).toContain("default");
    const support = Object.fromEntries(probe.capabilities.map((it) => [it.operation, it.support]));
    expect(support).toMatchObject({
      FULFILLMENT_CREATE: "NATIVE",
      FULFILLMENT_CANCEL: "NONE",
      FULFILLMENT_FROM_LOCATION: "NATIVE",
      ORDER_CANCEL: "PARTIAL",
      WEBHOOK_ORDER: "NONE",
    });
    expect(probe.capabilities.every(({ granted }) => granted)).toBe(true);
  });

  it("finds the returns of Adobe Commerce", async () => {
    const { settings } = await start({ edition: "commerce" });
    const { probe } = await connect(magento, settings);
    expect(probe.findings).toMatchObject({
      edition: "Adobe Commerce",
      rma: true,
      returnOptions: { reason: expect.arrayContaining([{ label: "Wrong Size", value: "201" }]) },
    });
    const supportOf = (of: typeof probe, wanted: string) =>
      of.capabilities.find(({ operation }) => operation === wanted)?.support;
    expect(supportOf(probe, "RETURN_CREATE")).toBe("NATIVE");
    const open = await connect(magento, (await start()).settings);
    expect(supportOf(open.probe, "RETURN_CREATE")).toBe("EMULATED");
  });

  it("writes nothing while it finds out what it may write", async () => {
    const opened = await start();
    const before = opened.view("1");
    await connect(magento, opened.settings);
    const writes = opened.calls().filter(({ name }) => !name.startsWith("GET"));
    expect(writes.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
      "POST /rest/V1/order/0/refund 404",
      "POST /rest/V1/order/0/ship 404",
      "POST /rest/V1/orders/0/cancel 404",
      "POST /rest/V1/orders/0/comments 400",
      "POST /rest/V1/orders/0/hold 404",
      "POST /rest/V1/orders/0/unhold 404",
      "PUT /rest/V1/orders/0 400",
    ]);
    expect(opened.view("1")).toEqual(before);
  });

  it("names every permission to read that is missing, as the admin shows it", async () => {
    const { restricted } = await start();
    const error = await failing(restricted);
    expect(error.code).toBe("SCOPE_NOT_GRANTED_BY_CHANNEL");
    for (const title of ["Shipments", "Invoices", "Credit Memos"])
      expect(error.message).toContain(`"Sales > Operations > ${title}" (Magento_Sales::`);
    expect(error.message).not.toContain("Actions > View");
    expect(error.message).toContain("System > Extensions > Integrations > Edit > API");
  });

  it("connects without permission to write, and says what is not granted", async () => {
    const opened = await start();
    // A shop whose integration may read everything and write nothing.
    const { probe } = await connect(magento, opened.settings, {
      fetch: async (url, init) =>
        init?.method === "POST" || init?.method === "PUT"
          ? Response.json(
              {
                message: "The consumer isn't authorized to access %resources.",
                parameters: { resources: "Magento_Sales::ship" },
              },
              { status: 401 },
            )
          : fetch(url, init),
    });
    const refused = probe.capabilities.filter(({ granted }) => !granted);
    expect(refused.map(({ operation }) => operation)).toEqual([
      "ORDER_CANCEL",
      "FULFILLMENT_CREATE",
      "FULFILLMENT_PARTIAL",
      "FULFILLMENT_MULTI_PACKAGE",
      "FULFILLMENT_ORDER_HOLD",
      "REFUND_LINES",
      "REFUND_SHIPPING",
      "REFUND_ARBITRARY_AMOUNT",
      "REFUND_RESTOCK",
      "ORDER_NOTE",
      "ORDER_ADDRESS_UPDATE",
      "FULFILLMENT_FROM_LOCATION",
    ]);
  });

  it("takes an access token alone where the shop does, and else says which setting to change", async () => {
    const open = await start({ bearer: true });
    const { url, accessToken } = open.settings;
    expect((await connect(magento, { url, accessToken })).probe.currency).toBe("USD");
    await open.stop();
    const closed = await start();
    const error = await failing({ ...closed.settings, ...bearerOnly(closed) });
    expect(error.message).toMatch(/since 2\.4\.4 .* Consumer Settings .* Bearer tokens to Yes/);
  });

  it.each([
    ["consumerKey", "x".repeat(32), /does not know this key or token/],
    ["consumerSecret", "x".repeat(32), /secret does not belong to its key/],
    ["accessTokenSecret", "x".repeat(32), /secret does not belong to its key/],
    ["accessToken", "x".repeat(32), /does not know this key or token/],
    ["accessToken", "short", /copy the Access Token again/],
  ])("says what is wrong with a wrong %s (%s)", async (name, value, remedy) => {
    const { settings } = await start();
    const error = await failing({ ...settings, [name]: value });
    expect(error).toMatchObject({ code: "SCOPE_NOT_GRANTED_BY_CHANNEL", retryable: false });
    expect(error.message).toMatch(remedy);
    expect(error.message).not.toContain(value);
  });

  it("says that something is no shop, and waits for one under maintenance", async () => {
    const opened = await start();
    const away = await failing({ ...opened.settings, url: `${opened.url}/elsewhere` });
    expect(away.message).toMatch(/answered 404/);
    opened.maintenance(true);
    const error = await failing(opened.settings);
    expect(error).toMatchObject({ code: "CHANNEL_UNAVAILABLE", retryable: true, httpStatus: 503 });
  });

  it("signs every try anew", async () => {
    const opened = await start();
    const { channel } = await connect(magento, opened.settings);
    await addFault(opened, { kind: "500", count: 2 });
    expect(await channel.read({ nativeId: "1" })).not.toBeNull();
  });

  it("takes nothing for a webhook", async () => {
    const { settings } = await start();
    const { channel } = await connect(magento, settings);
    const body = Buffer.from('{"entity_id":1}');
    expect(channel.receive({ headers: {}, body })).toMatchObject({ kind: "rejected" });
    expect(await channel.ensureWebhooks("https://gateway.example/hooks/1")).toEqual([]);
  });
});

function bearerOnly({ settings }: SimulatedMagento) {
  const { accessToken } = settings;
  const none = undefined;
  return { accessToken, consumerKey: none, consumerSecret: none, accessTokenSecret: none };
}
