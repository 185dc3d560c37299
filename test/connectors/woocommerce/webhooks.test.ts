import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { receiveWebhook, translateKept } from "../../../src/connectors/woocommerce/webhooks.js";
import type { WebhookRequest } from "../../../src/domain/channel.js";
import { specsDir } from "../../support/specs.js";
import { orderBody } from "./body.js";
import { deliveries, recordedShop } from "./records.js";

const secret = 'our & "secret" <1>';
const now = new Date("2026-11-23T04:00:00Z");
const receive = (request: WebhookRequest) => receiveWebhook(request, secret, recordedShop(), now);

function delivery(
  body: unknown,
  { topic = "order.updated", webhookId = "2", deliveryId = "abc" } = {},
): WebhookRequest {
  const raw = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return {
    headers: {
      "x-wc-webhook-topic": topic,
      "x-wc-webhook-id": webhookId,
      "x-wc-webhook-delivery-id": deliveryId,
      "x-wc-webhook-signature": createHmac("sha256", secret).update(raw).digest("base64"),
    },
    body: raw,
  };
}
const keyOf = (request: WebhookRequest) => {
  const receipt = receive(request);
  return "dedupeKey" in receipt ? receipt.dedupeKey : expect.fail(receipt.kind);
};

describe("a delivery", () => {
  it("of an order is a snapshot of its head and lines", () => {
    expect(receive(delivery(orderBody()))).toMatchObject({
      kind: "snapshot",
      topic: "order.updated",
      refresh: false,
      snapshot: { ref: { nativeId: "700" }, head: { complete: true }, lines: { complete: true } },
    });
  });

  it("whose body was altered is rejected", () => {
    const request = delivery(orderBody());
    const body = Buffer.from(request.body.toString().replace("31.50", "01.50"));
    expect(receive({ ...request, body })).toMatchObject({ kind: "rejected" });
  });

  it.each([
    ["no signature", undefined],
    ["an empty signature", ""],
    ["a signature of the wrong length", "AAAA"],
    ["a signature that is no base64", "%%%"],
  ])("with %s is rejected and never throws", (_, signature) => {
    const request = delivery(orderBody());
    const headers = { ...request.headers, "x-wc-webhook-signature": signature };
    expect(receive({ ...request, headers })).toMatchObject({ kind: "rejected" });
  });

  it("is rejected where no secret is set", () => {
    const raw = Buffer.from("{}");
    const signature = createHmac("sha256", "").update(raw).digest("base64");
    const headers = { "x-wc-webhook-topic": "order.updated", "x-wc-webhook-signature": signature };
    expect(receiveWebhook({ headers, body: raw }, "", recordedShop(), now).kind).toBe("rejected");
  });

  it("of a deleted order is a hint, since it holds the id alone", () => {
    expect(receive(delivery({ id: 35 }, { topic: "order.deleted" }))).toMatchObject({
      kind: "hint",
      ref: { nativeId: "35" },
    });
  });

  it("of an order without its lines is a hint, since something left parts of it out", () => {
    const { line_items: _, ...part } = orderBody();
    expect(receive(delivery(part))).toMatchObject({
      kind: "hint",
      topic: "order.updated",
      dedupeKey: expect.any(String),
      ref: { nativeId: "700" },
    });
    expect(receive(delivery({ id: 700, status: "processing" }))).toMatchObject({ kind: "hint" });
    const kept = { topic: "order.updated", body: JSON.stringify(part), receivedAt: now };
    expect(translateKept(kept, recordedShop())).toMatchObject({
      kind: "hint",
      ref: { nativeId: "700" },
    });
  });

  it("of a cart on its way through the checkout stays ignored", () => {
    expect(receive(delivery(orderBody({ status: "checkout-draft" })))).toMatchObject({
      kind: "ignored",
    });
  });

  it("that holds an error in place of the order is ignored and kept, with the reason", () => {
    const error = {
      code: "woocommerce_rest_shop_order_invalid_id",
      message: "Invalid ID.",
      data: { status: 404 },
    };
    expect(receive(delivery(error, { topic: "order.created" }))).toMatchObject({
      kind: "ignored",
      store: true,
      reason: expect.stringContaining("woocommerce_rest_shop_order_invalid_id"),
    });
  });

  it("about products, customers or coupons is ignored", () => {
    for (const topic of ["product.updated", "customer.created", "coupon.deleted"])
      expect(receive(delivery({ id: 1 }, { topic }))).toMatchObject({
        kind: "ignored",
        store: false,
      });
  });

  it("that cannot be translated is told as such, and keeps its key", () => {
    expect(receive(delivery("{oops"))).toMatchObject({ kind: "unreadable" });
    expect(receive(delivery(orderBody({ currency: 5 })))).toMatchObject({
      kind: "unreadable",
      dedupeKey: expect.any(String),
    });
  });

  it("has one key for the same news, whatever the delivery id", () => {
    const body = orderBody();
    expect(keyOf(delivery(body, { deliveryId: "1" }))).toBe(
      keyOf(delivery(body, { deliveryId: "2" })),
    );
    // One delivery id, two states within one second: both are news.
    expect(keyOf(delivery(body))).not.toBe(keyOf(delivery({ ...body, status: "completed" })));
    expect(keyOf(delivery(body))).not.toBe(keyOf(delivery(body, { webhookId: "3" })));
  });
});

describe("a delivery of another site", () => {
  const shop = recordedShop({ hosts: new Set(["shop.example"]) });
  const from = (source: string) => {
    const request = delivery(orderBody());
    const headers = { ...request.headers, "x-wc-webhook-source": source };
    return receiveWebhook({ ...request, headers }, secret, shop, now);
  };

  it("is left alone although its signature fits: a copy of a shop has its webhooks and secrets too", () => {
    expect(from("https://staging.shop.example/")).toMatchObject({
      kind: "ignored",
      reason: expect.stringMatching(/comes from staging\.shop\.example.*Webhooks/),
    });
  });

  it.each(["https://shop.example/", "http://www.shop.example/de/", "", "nonsense"])(
    "is not meant by the source %j",
    (source) => {
      expect(from(source).kind).toBe("snapshot");
    },
  );
});

describe("a body that was kept", () => {
  const kept = (body: string, receivedAt = now) =>
    translateKept({ topic: null, body, receivedAt }, recordedShop());

  it("says what its delivery said, without a signature and whatever the topic", () => {
    const body = JSON.stringify(orderBody());
    const { snapshot } = receive(delivery(body)) as { snapshot?: unknown };
    expect(snapshot).toBeDefined();
    expect(kept(body)).toEqual({ kind: "snapshot", snapshot, refresh: false });
    expect(kept('{"id":35}')).toMatchObject({ kind: "hint", ref: { nativeId: "35" } });
  });

  it("is as old as the day it came, so that it never hides what is newer", () => {
    const up = [{ href: "https://shop.example/wp-json/wc/v3/orders/35" }];
    const tracking = { tracking_id: "t", tracking_number: "1Z", _links: { up } };
    const [then, later] = [now, new Date(now.getTime() + 86_400_000)].map((receivedAt) =>
      kept(JSON.stringify(tracking), receivedAt),
    );
    for (const [said, at] of [
      [then, "2026-11-23"],
      [later, "2026-11-24"],
    ] as const)
      expect(said).toMatchObject({
        snapshot: { fulfillments: { asOf: expect.stringContaining(at) } },
      });
  });

  it.each(["", "{", "\u0000", "webhook_id=1", "null", "[]"])("of %j never throws", (body) => {
    expect(["unreadable", "ignored"]).toContain(kept(body).kind);
  });
});

describe("a ping", () => {
  it("is ignored: it comes unsigned, form-encoded and without headers", () => {
    const request = { headers: {}, body: Buffer.from("webhook_id=1") };
    expect(receive(request)).toMatchObject({ kind: "ignored", store: false });
  });

  it("cannot be pretended for anything else", () => {
    const body = Buffer.from("webhook_id=1&id=5");
    expect(receive({ headers: {}, body })).toMatchObject({ kind: "rejected" });
  });
});

describe.skipIf(!specsDir)("the recorded deliveries", () => {
  it.each(["samples", "samples-9.9.5"])("of %s are all understood", (folder) => {
    const kinds = deliveries(folder).map(({ headers, raw }) => {
      const body = Buffer.from(raw);
      const signature = createHmac("sha256", secret).update(body).digest("base64");
      const receipt = receive({
        headers: { ...headers, "x-wc-webhook-signature": signature },
        body,
      });
      return `${headers["x-wc-webhook-topic"]}: ${receipt.kind}`;
    });
    expect(kinds).toContain("order.deleted: hint");
    expect(kinds).toContain("order.created: snapshot");
    expect(kinds).toContain("order.updated: snapshot");
    expect(kinds.filter((kind) => !/: (snapshot|hint|ignored)$/.test(kind))).toEqual([]);
  });
});
