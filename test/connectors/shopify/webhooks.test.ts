import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { translateWebhook } from "../../../src/connectors/shopify/translate-webhook.js";
import { parseBody } from "../../../src/connectors/shopify/webhook-payload.js";
import {
  type Receiver,
  receiveWebhook,
  translateKept,
} from "../../../src/connectors/shopify/webhooks.js";
import type { Receipt } from "../../../src/domain/channel.js";
import type { Snapshot } from "../../../src/domain/snapshot.js";
import { specsDir } from "../../support/specs.js";

const shop = "goods.myshopify.com";
const secret = "shpss_now";
const now = () => new Date("2026-11-03T00:00:00Z");
const receiver: Receiver = {
  shops: [shop],
  currency: "USD",
  secrets: [secret, "shpss_before"],
  now,
};

interface Sent {
  topic?: string;
  key?: string;
  prefix?: string;
  headers?: Record<string, string>;
}
/** What the connector makes of a body that is signed as Shopify signs. */
function receive(
  body: string,
  { topic = "orders/updated", key = secret, prefix = "x-shopify", headers = {} }: Sent = {},
): Receipt {
  const bytes = Buffer.from(body);
  return receiveWebhook(receiver, {
    headers: {
      [`${prefix}-hmac-sha256`]: createHmac("sha256", key).update(bytes).digest("base64"),
      [`${prefix}-topic`]: topic,
      [`${prefix}-shop-domain`]: shop,
      [`${prefix}-webhook-id`]: "b54557e4",
      ...headers,
    },
    body: bytes,
  });
}
const order = JSON.stringify({ admin_graphql_api_id: "gid://shopify/Order/1", name: "#1001" });

describe("a body that was kept", () => {
  const receivedAt = new Date("2026-11-01T00:00:00Z");
  const kept = (topic: string | null, body: string) =>
    translateKept(receiver, { topic, body, receivedAt });

  it("says what its delivery said, without a signature", () => {
    const ref = { nativeId: "gid://shopify/Order/1", number: "#1001" };
    expect(kept("orders/updated", order)).toMatchObject({ kind: "hint", ref });
    expect(kept(null, order)).toMatchObject({ kind: "hint", ref });
  });

  it("that was pulled tells which order to read", () => {
    const pulled = JSON.stringify({ id: "gid://shopify/Order/7", name: "#1007", lineItems: {} });
    const ref = { nativeId: "gid://shopify/Order/7", number: "#1007" };
    expect(kept(null, pulled)).toMatchObject({ kind: "hint", ref });
  });

  it("deleted its order when it came, not when it is read", () => {
    expect(kept("orders/delete", '{"id":5}')).toMatchObject({
      kind: "snapshot",
      snapshot: { deletedAt: "2026-11-01T00:00:00.000Z" },
    });
  });

  it("is ignored where it tells nothing of orders now", () => {
    expect(kept("products/update", "{}").kind).toBe("ignored");
    // Whether the app is there now is known otherwise.
    expect(kept("app/uninstalled", "{}").kind).toBe("ignored");
  });

  it.each(["", "{", "null", "[]", '{"id":{}}'])("of %j never throws", (body) => {
    expect(["unreadable", "ignored"]).toContain(kept("orders/updated", body).kind);
    expect(["unreadable", "ignored"]).toContain(kept(null, body).kind);
  });
});

describe("a delivery", () => {
  it("is taken with the present and with the previous secret", () => {
    expect(receive(order).kind).toBe("hint");
    expect(receive(order, { key: "shpss_before" }).kind).toBe("hint");
  });

  it("is taken with either family of headers", () => {
    expect(receive(order, { prefix: "shopify" })).toMatchObject({
      kind: "hint",
      topic: "orders/updated",
      ref: { nativeId: "gid://shopify/Order/1", number: "#1001" },
    });
  });

  it("is rejected when its body was altered, when another secret signed it and when nothing did", () => {
    const signature = createHmac("sha256", secret).update(order).digest("base64");
    const altered = receive(`${order} `, { headers: { "x-shopify-hmac-sha256": signature } });
    expect(altered.kind).toBe("rejected");
    expect(receive(order, { key: "somebody's" }).kind).toBe("rejected");
    expect(receive(order, { headers: { "x-shopify-hmac-sha256": "" } }).kind).toBe("rejected");
    expect(receive(order, { headers: { "x-shopify-hmac-sha256": "c2hvcnQ=" } }).kind).toBe(
      "rejected",
    );
  });

  it("is rejected when it is another shop's, whose app has the same secret", () => {
    const foreign = receive(order, { headers: { "x-shopify-shop-domain": "other.myshopify.com" } });
    expect(foreign).toEqual({
      kind: "rejected",
      reason: "the delivery is from other.myshopify.com, not from goods.myshopify.com",
    });
  });

  it("has one key for each topic, the same when it is sent again", () => {
    const key = (receipt: Receipt) => "dedupeKey" in receipt && receipt.dedupeKey;
    expect(key(receive(order))).toBe(key(receive(order)));
    expect(key(receive(order))).not.toBe(key(receive(order, { topic: "orders/paid" })));
  });

  it("that is no JSON is unreadable, not a crash", () => {
    expect(receive("<html>").kind).toBe("unreadable");
  });

  it("says when the app was removed, whatever its body", () => {
    expect(receive("{}", { topic: "app/uninstalled" }).kind).toBe("uninstalled");
  });

  it("of a deleted order tells when", () => {
    const gone = receive('{"id":820982911946154508}', {
      topic: "orders/delete",
      headers: { "x-shopify-triggered-at": "2026-11-02T10:00:00Z" },
    });
    expect(gone).toMatchObject({
      kind: "snapshot",
      refresh: false,
      snapshot: {
        ref: { nativeId: "gid://shopify/Order/820982911946154508" },
        deletedAt: "2026-11-02T10:00:00.000Z",
      },
    });
  });

  it("of a fulfillment order leads to it, since it names no order", () => {
    const moved =
      '{"original_fulfillment_order":{"id":"gid://shopify/FulfillmentOrder/7","status":"closed"}}';
    expect(receive(moved, { topic: "fulfillment_orders/moved" })).toMatchObject({
      kind: "hint",
      ref: { nativeId: "gid://shopify/FulfillmentOrder/7" },
    });
  });

  it("about somebody's personal data is kept for a person", () => {
    expect(receive("{}", { topic: "customers/redact" })).toMatchObject({
      kind: "ignored",
      store: true,
    });
  });

  it("keeps ids above 2^53 exact where no gid stands beside them", () => {
    const hint = receive('{"id":1,"order_id":9007199254740993}', { topic: "fulfillments/update" });
    expect(hint).toMatchObject({ ref: { nativeId: "gid://shopify/Order/9007199254740993" } });
  });
});

describe.skipIf(!specsDir)("the documented samples", () => {
  const folder = join(specsDir ?? "", "shopify/webhook-samples");
  const files = specsDir ? readdirSync(folder) : [];
  /** A sample's topic and its body in its own digits. */
  const sample = (file: string) => {
    const text = readFileSync(join(folder, file), "utf8");
    const { name, response } = parseBody(text) as { name: string; response: unknown };
    // The body as it stands in the file: stringifying would write the digits as text.
    const body = text
      .slice(text.indexOf('"response":') + 11, text.lastIndexOf('"shop_feature"'))
      .trim()
      .replace(/,$/, "");
    return { topic: name, response, body };
  };
  const translated = (file: string): Snapshot => {
    const { topic, response } = sample(file);
    const snapshot = translateWebhook(topic, response, { shop, currency: "USD" });
    if (!snapshot) throw new Error(`${topic} was not translated`);
    return snapshot;
  };
  const orderId = "gid://shopify/Order/820982911946154508";
  /** What the file says in numbers, which lost their last digits before they came into the documentation. */
  const roundedOrderId = "gid://shopify/Order/820982911946154500";

  const expected: Record<string, [kind: Receipt["kind"], nativeId?: string]> = {
    "app_uninstalled.json": ["uninstalled"],
    "bulk_operations_finish.json": ["ignored"],
    "fulfillment_events_create.json": ["hint", roundedOrderId],
    "fulfillment_orders_order_routing_complete.json": ["hint", "gid://shopify/FulfillmentOrder/1"],
    "fulfillments_create.json": ["hint", roundedOrderId],
    "fulfillments_update.json": ["hint", roundedOrderId],
    "inventory_levels_update.json": ["ignored"],
    "order_transactions_create.json": ["snapshot", roundedOrderId],
    "orders_cancelled.json": ["hint", orderId],
    "orders_create.json": ["hint", orderId],
    "orders_edited.json": ["hint", roundedOrderId],
    "orders_updated.json": ["hint", orderId],
    "refunds_create.json": ["snapshot", roundedOrderId],
    "returns_approve.json": ["hint", "gid://shopify/Order/4783296544821"],
    "returns_process.json": ["ignored"],
    "returns_request.json": ["hint", "gid://shopify/Order/4783296544821"],
    // These name the return, which leads to the order.
    "returns_update.json": ["hint", "gid://shopify/Return/123134564567890"],
    "reverse_deliveries_attach_deliverable.json": [
      "hint",
      "gid://shopify/ReverseDelivery/9080907654321",
    ],
  };

  it("are all expected here", () => {
    expect([...files].sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(files)("%s means what it should", (file) => {
    const { topic, body } = sample(file);
    const receipt = receive(body, { topic });
    const ref =
      receipt.kind === "hint"
        ? receipt.ref
        : receipt.kind === "snapshot"
          ? receipt.snapshot.ref
          : undefined;
    expect([receipt.kind, ...(ref ? [ref.nativeId] : [])]).toEqual(expected[file]);
    if (receipt.kind === "ignored") expect(receipt.reason).not.toBe("");
  });

  it.each(["orders_create.json", "orders_updated.json", "orders_cancelled.json"])(
    "%s comes out with its money, units and status",
    (file) => {
      const { ref, head, lines } = translated(file);
      expect(ref).toEqual({ nativeId: orderId, number: "#9999" });
      const { totals, claims, shippingLines } = head?.value ?? {};
      expect(totals).toMatchObject({
        original: { shop: { amount: "404.95", currency: "USD" } },
        subtotal: { shop: { amount: "414.95" } },
        shipping: { shop: { amount: "0.00" } },
        discounts: { shop: { amount: "20.00" } },
        total: { presentment: { amount: "404.95" } },
        refunded: { shop: { amount: "0.00" } },
        captured: null,
      });
      expect(claims).toMatchObject({
        ORDER: { value: "CANCELED" },
        PAYMENT: { value: "VOIDED" },
        FULFILLMENT: { value: "UNFULFILLED" },
      });
      expect(shippingLines?.map(({ price }) => price.shop.amount)).toEqual(["10.00"]);
      expect(
        lines?.value.map(({ nativeId, ordered, canceled }) => [nativeId, ordered, canceled]),
      ).toEqual([
        ["gid://shopify/LineItem/487817672276298554", 1, 0],
        ["gid://shopify/LineItem/789012345678901234", 1, 0],
        ["gid://shopify/LineItem/890123456789012345", 1, 0],
        ["gid://shopify/LineItem/976318377106520349", 1, 0],
        ["gid://shopify/LineItem/315789986012684393", 1, 0],
      ]);
    },
  );

  it("a refund comes out with its money and the exact ids of its lines", () => {
    const refund = translated("refunds_create.json").refunds;
    expect(refund?.complete).toBe(false);
    expect(refund?.value[0]).toMatchObject({
      nativeId: "gid://shopify/Refund/890088186047892319",
      status: "SUCCEEDED",
      amount: { shop: { amount: "85.00", currency: "USD" } },
      reason: "Things were damaged",
      createdAt: "2022-01-01T00:00:00.000Z",
    });
    expect(refund?.value[0]?.lines.slice(0, 2)).toEqual([
      {
        lineId: "gid://shopify/LineItem/487817672276298554",
        quantity: 1,
        amount: expect.objectContaining({ shop: { amount: "89.99", currency: "USD" } }),
        restocked: false,
        cancels: false,
      },
      expect.objectContaining({ lineId: "gid://shopify/LineItem/789012345678901234" }),
    ]);
  });

  it("a fulfillment comes out with its lines, its parcel and its state", () => {
    const [shipment] = translated("fulfillments_create.json").fulfillments?.value ?? [];
    expect(shipment).toMatchObject({
      nativeId: "gid://shopify/Fulfillment/123456",
      status: "OPEN",
      deliveryStatus: "UNKNOWN",
      packages: [
        { nativeId: "1Z827WK74630", tracking: { number: "1z827wk74630", carrier: "UPS" } },
      ],
    });
    expect(shipment?.lines).toHaveLength(5);
    expect(shipment?.lines[0]).toEqual({
      lineId: "gid://shopify/LineItem/487817672276298554",
      quantity: 1,
    });
  });

  it("a transaction comes out with its money, kind and state", () => {
    expect(translated("order_transactions_create.json").transactions?.value).toEqual([
      {
        nativeId: "gid://shopify/OrderTransaction/120560818172775265",
        kind: "AUTHORIZATION",
        status: "SUCCEEDED",
        gateway: "visa",
        amount: {
          shop: { amount: "419.95", currency: "USD" },
          presentment: { amount: "419.95", currency: "USD" },
        },
        processedAt: "2022-01-01T00:00:00.000Z",
        parentNativeId: null,
      },
    ]);
  });

  it("a scan comes out with where and when", () => {
    expect(translated("fulfillment_events_create.json").scans?.value[0]).toMatchObject({
      nativeId: "gid://shopify/FulfillmentEvent/1234567",
      fulfillmentNativeId: "gid://shopify/Fulfillment/123456",
      status: "IN_TRANSIT",
      country: "CA",
      occurredAt: "2022-01-01T00:00:00.000Z",
    });
  });

  it("a payment in another currency than the shop's is a hint: its amount in the shop's is not told", () => {
    const { topic, body } = sample("order_transactions_create.json");
    expect(receive(body.replaceAll('"USD"', '"KWD"'), { topic }).kind).toBe("hint");
  });
});
