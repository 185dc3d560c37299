import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { receiveWebhook } from "../../../src/connectors/shopify/webhooks.js";
import { clientOf, failureOf } from "./client-of.js";
import { openShopify, pull } from "./open.js";

const page = "<!DOCTYPE html><html><body>Be right back, ada@example.com</body></html>";

describe("an answer that is no GraphQL", () => {
  const remedy =
    "if it stays so, see Shopify's status page and what stands between it and the gateway";
  it.each([
    ["a maintenance page under 200", page, `a page instead of JSON; ${remedy}`],
    ["JSON that ends in the middle", '{"data":{"job":{"id":"gid', `broken JSON; ${remedy}`],
    ["nothing", "", `broken JSON; ${remedy}`],
    ["an object of nothing", "{}", `neither data nor errors; ${remedy}`],
    ["data of nothing", '{"data":{}}', `neither data nor errors; ${remedy}`],
    ["data that is a number", '{"data":42}', `neither data nor errors; ${remedy}`],
    ["a list", "[]", `neither data nor errors; ${remedy}`],
  ])("such as %s leaves a write unknown and says what to look at", async (_, body, said) => {
    const error = await failureOf(clientOf([{ body }]).write());
    expect(error).toMatchObject({
      code: "CHANNEL_UNAVAILABLE",
      mayHaveHappened: true,
      retryable: true,
      message: `Shopify: goods.myshopify.com answered FulfillmentCancel with ${said}`,
    });
  });

  it("such as a maintenance page under 503 leaves a write unknown, and its words are not passed on", async () => {
    const error = await failureOf(clientOf([{ status: 503, body: page }]).write());
    expect(error).toMatchObject({ code: "CHANNEL_UNAVAILABLE", mayHaveHappened: true });
    expect(error.message).not.toContain("ada@");
  });

  it("such as a firewall's page under 403 is no word of the shop's about the app", async () => {
    const told = (body: string) => failureOf(clientOf([{ status: 403, body }]).write());
    expect(await told(page)).toMatchObject({ code: "CHANNEL_UNAVAILABLE", mayHaveHappened: false });
    expect((await told(page)).message).toContain("have the gateway's address let through");
    expect(await told('{"errors":"merchant approval needed"}')).toMatchObject({
      code: "CHANNEL_REJECTED",
    });
  });

  it("such as the refusal of what looks like an attack (430) was certainly not done, and passes", async () => {
    const error = await failureOf(clientOf([{ status: 430, body: page }]).write());
    expect(error).toMatchObject({ mayHaveHappened: false, retryable: true });
  });

  it("to the request for a token is no word about the credentials, and nothing was asked with it", async () => {
    for (const reply of [{ body: page }, { body: "{}" }, { status: 403, body: page }]) {
      const error = await failureOf(clientOf([reply], { clientId: "client" }).write());
      expect(error).toMatchObject({
        code: "CHANNEL_UNAVAILABLE",
        retryable: true,
        upstreamCode: null,
        mayHaveHappened: false,
      });
    }
    const lost = Object.assign(new TypeError("reset"), { code: "ECONNRESET" });
    const error = await failureOf(clientOf([lost, lost, lost], { clientId: "client" }).write());
    expect(error.mayHaveHappened).toBe(false);
  });
});

describe("errors in another form than GraphQL's", () => {
  it.each([
    ["a text", "Not Found", "Not Found"],
    [
      "an object by field",
      { query: "Required parameter missing" },
      '{"query":"Required parameter missing"}',
    ],
    ["texts", ["Not Found"], "Not Found"],
    [
      "a code that is a number",
      [{ message: "went wrong", extensions: { code: 1010 } }],
      "went wrong",
    ],
    ["a message that is a number", [{ message: 42 }], '{"message":42}'],
  ])("(%s) are read all the same", async (_, errors, said) => {
    const error = await failureOf(clientOf([{ body: { errors } }]).read());
    expect(error.message).toBe(`Shopify: goods.myshopify.com refused Job: ${said}`);
    expect(error.upstreamCode).toBe(said === "went wrong" ? "1010" : null);
  });
});

describe("an order in a form of its own", () => {
  it("keeps no other back from a pull, and is kept for a person with its id", async () => {
    const spoiled: { id?: string } = {};
    const spoiling: typeof fetch = async (url, init) => {
      const answer = await fetch(url, init);
      const about = String(init?.body);
      if (!spoiled.id || !about.includes("WholeOrder") || !about.includes(spoiled.id))
        return answer;
      return Response.json({ data: { order: { id: spoiled.id, lineItems: null } } });
    };
    const { channel, acts } = await openShopify({}, { fetch: spoiling });
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) ids.push((await acts.placeOrder()).orderId);
    spoiled.id = ids[1] ?? "";
    const { pages, snapshots } = await pull(channel);
    expect(snapshots.map(({ ref }) => ref.nativeId).sort()).toEqual([ids[0], ids[2]].sort());
    expect(pages.flatMap(({ unreadable }) => unreadable)).toMatchObject([
      { ref: { nativeId: spoiled.id }, reason: expect.stringContaining("null") },
    ]);
  });

  it("whose words and currencies nobody knows is read, with those words beside ours", async () => {
    const foreign: typeof fetch = async (url, init) => {
      const text = await (await fetch(url, init)).text();
      const words =
        /"(displayFinancialStatus|displayFulfillmentStatus|status|kind|restockType|methodType|action)":"\w+"/g;
      return new Response(
        text.replace(words, '"$1":"NEVER_HEARD_OF"').replaceAll('"USD"', '"XQQ"'),
      );
    };
    const { channel, acts } = await openShopify({}, { fetch: foreign });
    const { orderId } = await acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 2 }] });
    const { shipmentId } = await acts.ship(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
    await acts.moveParcel(orderId, shipmentId, "IN_TRANSIT");
    await acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
    const snapshot = await channel.read({ nativeId: orderId });
    expect(snapshot?.head?.value).toMatchObject({
      totals: { total: { shop: { currency: "XQQ" } } },
      claims: { PAYMENT: { value: "UNKNOWN" }, FULFILLMENT: { value: "UNKNOWN" } },
      platformStatuses: expect.arrayContaining([
        expect.objectContaining({ field: "displayFinancialStatus", value: "NEVER_HEARD_OF" }),
      ]),
    });
    expect(snapshot?.fulfillmentOrders?.value[0]?.status).toBe("INCOMPLETE");
    expect(snapshot?.fulfillments?.value).toHaveLength(1);
    expect(snapshot?.refunds?.value).toHaveLength(1);
    expect(snapshot?.scans?.value).toHaveLength(1);
  });
});

describe("a delivery", () => {
  const shop = "goods.myshopify.com";
  const now = () => new Date("2026-11-03T00:00:00Z");
  const receive = (topic: string, body: string, headers: Record<string, string> = {}) =>
    receiveWebhook(
      { shops: [shop], currency: "USD", secrets: ["shpss"], now },
      {
        headers: {
          "x-shopify-hmac-sha256": createHmac("sha256", "shpss").update(body).digest("base64"),
          "x-shopify-topic": topic,
          "x-shopify-shop-domain": shop,
          "x-shopify-webhook-id": "b54557e4",
          ...headers,
        },
        body: Buffer.from(body),
      },
    );
  const topics = ["orders/updated", "refunds/create", "order_transactions/create", "orders/delete"];

  it.each(topics)(
    "of %s with an error object, a page or half a body is no crash and no order",
    (topic) => {
      for (const body of [
        '{"errors":"Internal Server Error"}',
        '{"errors":[{"message":"no","code":500}]}',
        page,
        '{"id":820982911946154508,"admin_graphql_api_id":"gid://shop',
        "null",
        "42",
        "[]",
        "",
      ]) {
        const receipt = receive(topic, body);
        expect(["ignored", "unreadable"], body).toContain(receipt.kind);
        if ("reason" in receipt) expect(receipt.reason, body).not.toBe("");
      }
    },
  );

  it("that leads to an order but says the rest in a form of its own is kept for a person, with its reason", () => {
    const receipt = receive("refunds/create", '{"order_id":7,"transactions":"none"}');
    expect(receipt).toMatchObject({ kind: "unreadable", topic: "refunds/create" });
    expect(receipt).toHaveProperty("reason", expect.stringContaining("refunds/create: "));
  });

  it("with numbers where texts were, and texts where numbers were, leads to its order", () => {
    const ref = { nativeId: "gid://shopify/Order/7" };
    for (const body of ['{"order_id":7}', '{"order_id":"7"}', '{"order":{"id":7}}'])
      expect(receive("fulfillments/update", body), body).toMatchObject({ kind: "hint", ref });
  });

  it("whose time cannot be read deleted its order when it came", () => {
    const at = { "x-shopify-triggered-at": "yesterday" };
    expect(receive("orders/delete", '{"id":7}', at)).toMatchObject({
      kind: "snapshot",
      snapshot: { deletedAt: "2026-11-03T00:00:00.000Z" },
    });
  });

  it("that comes before its order can be read finds nothing, and the order later", async () => {
    const { channel, acts } = await openShopify();
    const { orderId } = await acts.placeOrder();
    const coming = orderId.replace(/\d+$/, (digits) => String(BigInt(digits) + 32_768n));
    expect(await channel.read({ nativeId: coming })).toBeNull();
    expect((await acts.placeOrder()).orderId).toBe(coming);
    expect((await channel.read({ nativeId: coming }))?.ref.nativeId).toBe(coming);
  });
});
