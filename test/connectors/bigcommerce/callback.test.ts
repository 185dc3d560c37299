import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { receiveCallback } from "../../../src/connectors/bigcommerce/callback.js";
import { KEY_HEADER, webhookKey } from "../../../src/connectors/bigcommerce/signature.js";
import type { WebhookRequest } from "../../../src/domain/channel.js";
import { specsDir } from "../../support/specs.js";
import { callbackSamples } from "./spec.js";

const webhookSecret = "a secret of our own";
const clientSecret = "the app's client secret";
const now = new Date("2026-11-23T04:00:00Z");

const updated = {
  scope: "store/order/updated",
  store_id: "1025646",
  data: { type: "order", id: 250 },
  hash: "dd70c0976e06b67aaf671e73f49dcb79230ebf9d",
  created_at: 1561479335,
  producer: "stores/abc123",
};
const bodyOf = (callback: unknown) => Buffer.from(JSON.stringify(callback));
const key = { [KEY_HEADER]: webhookKey(webhookSecret) };

function signed(
  body: Buffer,
  { secret = clientSecret, at = now, others = "" } = {},
): WebhookRequest {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac("sha256", secret)
    .update(`msg_1.${timestamp}.`)
    .update(body)
    .digest("base64");
  return {
    headers: {
      ...key,
      "webhook-id": "msg_1",
      "webhook-timestamp": timestamp,
      "webhook-signature": `${others}v1,${signature}`,
    },
    body,
  };
}
const storeHash = "abc123";
const receive = (request: WebhookRequest, client: string | null = null) =>
  receiveCallback(request, { storeHash, webhookSecret, clientSecret: client }, now);

describe("a callback", () => {
  it("is a hint of its order, for it says no more", () => {
    expect(receive({ headers: key, body: bodyOf(updated) })).toEqual({
      kind: "hint",
      topic: "store/order/updated",
      dedupeKey: "store/order/updated dd70c0976e06b67aaf671e73f49dcb79230ebf9d",
      ref: { nativeId: "250" },
    });
  });

  it("of a shipment is a hint of the order it belongs to", () => {
    const data = { type: "shipment", id: 12, orderId: 251 };
    const callback = { ...updated, scope: "store/shipment/created", data };
    expect(receive({ headers: key, body: bodyOf(callback) })).toMatchObject({
      kind: "hint",
      ref: { nativeId: "251" },
    });
  });

  it("of a transaction is a hint of its order, which it names as a text", () => {
    const data = {
      type: "transaction",
      order_id: "252",
      transaction_id: "176342342",
      transaction_status: "complete",
      transaction_type: "refund",
    };
    const callback = { ...updated, scope: "store/order/transaction/created", data };
    for (const order_id of ["252", 252])
      expect(
        receive({ headers: key, body: bodyOf({ ...callback, data: { ...data, order_id } }) }),
      ).toMatchObject({ kind: "hint", ref: { nativeId: "252" } });
  });

  it("about another store's order of the same number is ignored, and says whose webhook to delete", () => {
    const callback = { ...updated, producer: "stores/xyz789" };
    expect(receive({ headers: key, body: bodyOf(callback) })).toEqual({
      kind: "ignored",
      topic: "store/order/updated",
      reason: "it is about another store (xyz789): delete the webhook there that delivers here",
      store: false,
    });
    const same = { ...updated, producer: "stores/ABC123" };
    expect(receive({ headers: key, body: bodyOf(same) }).kind).toBe("hint");
  });

  it("without the header that we chose is rejected", () => {
    const body = bodyOf(updated);
    expect(receive({ headers: {}, body }).kind).toBe("rejected");
    expect(receive({ headers: { [KEY_HEADER]: "" }, body }).kind).toBe("rejected");
    expect(receive({ headers: { [KEY_HEADER]: webhookKey("other") }, body }).kind).toBe("rejected");
  });

  it("is rejected where no secret is set, even with the header of an empty one", () => {
    const headers = { [KEY_HEADER]: webhookKey("") };
    const trust = { storeHash, webhookSecret: "", clientSecret: null };
    expect(receiveCallback({ headers, body: bodyOf(updated) }, trust, now).kind).toBe("rejected");
  });

  it("that the app is gone is told as such", () => {
    const callback = { ...updated, scope: "store/app/uninstalled", data: { type: "app" } };
    expect(receive({ headers: key, body: bodyOf(callback) }).kind).toBe("uninstalled");
  });

  it("about anything but orders is ignored", () => {
    const callback = {
      ...updated,
      scope: "store/sku/inventory/updated",
      data: { type: "sku", id: 4 },
    };
    expect(receive({ headers: key, body: bodyOf(callback) })).toMatchObject({
      kind: "ignored",
      store: false,
    });
  });

  it("that is none is told as unreadable, and one that is empty ignored", () => {
    for (const text of ["{", "null", "[]", '{"scope":"store/order/updated"}'])
      expect(receive({ headers: key, body: Buffer.from(text) }).kind, text).toBe("unreadable");
    expect(receive({ headers: key, body: Buffer.from("") }).kind).toBe("ignored");
  });

  it("has one key for the same news and another for each scope, though their hashes are equal", () => {
    const keyOf = (callback: unknown) => {
      const receipt = receive({ headers: key, body: bodyOf(callback) });
      return "dedupeKey" in receipt ? receipt.dedupeKey : expect.fail(receipt.kind);
    };
    expect(keyOf(updated)).toBe(keyOf({ ...updated }));
    expect(keyOf(updated)).not.toBe(keyOf({ ...updated, scope: "store/order/archived" }));
    expect(keyOf(updated)).not.toBe(keyOf({ ...updated, hash: "another" }));
  });
});

describe("a signed callback", () => {
  const body = bodyOf(updated);

  it("is taken where its signature fits, also as one of several", () => {
    expect(receive(signed(body), clientSecret).kind).toBe("hint");
    const others = "v1,AAAA v1a,BBBB ";
    expect(receive(signed(body, { others }), clientSecret).kind).toBe("hint");
  });

  it("is rejected when a byte was changed, when another signed it, and when nobody did", () => {
    const request = signed(body);
    const altered = Buffer.from(body.toString().replace("250", "251"));
    expect(receive({ ...request, body: altered }, clientSecret).kind).toBe("rejected");
    expect(receive(signed(body, { secret: "other" }), clientSecret).kind).toBe("rejected");
    expect(receive({ headers: key, body }, clientSecret).kind).toBe("rejected");
    const torn = { ...request.headers, "webhook-timestamp": "soon" };
    expect(receive({ headers: torn, body }, clientSecret).kind).toBe("rejected");
  });

  it("holds for five minutes, before and after", () => {
    const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
    expect(receive(signed(body, { at: minutes(-4.9) }), clientSecret).kind).toBe("hint");
    expect(receive(signed(body, { at: minutes(4.9) }), clientSecret).kind).toBe("hint");
    expect(receive(signed(body, { at: minutes(-5.1) }), clientSecret).kind).toBe("rejected");
    expect(receive(signed(body, { at: minutes(5.1) }), clientSecret).kind).toBe("rejected");
  });

  it("needs our header all the same", () => {
    const { [KEY_HEADER]: _, ...headers } = signed(body).headers;
    expect(receive({ headers, body }, clientSecret).kind).toBe("rejected");
  });
});

describe.skipIf(!specsDir)("BigCommerce's own samples of callbacks", () => {
  it("are all understood, the one that is empty on purpose ignored", () => {
    const receipts = callbackSamples().map(({ name, body }) => {
      const receipt = receive({ headers: key, body });
      const order = receipt.kind === "hint" ? ` ${receipt.ref.nativeId}` : "";
      return `${name.replace(".json", "")}: ${receipt.kind}${order}`;
    });
    expect(receipts.sort()).toEqual([
      "store_app_uninstalled: ignored",
      "store_order_archived: hint 250",
      "store_order_created: hint 250",
      "store_order_message_created: hint 250",
      "store_order_refund_created: hint 250",
      "store_order_statusUpdated: hint 250",
      "store_order_updated: hint 250",
      "store_product_inventory_order_updated: ignored",
      "store_product_inventory_updated: ignored",
      "store_shipment_created: hint 251",
      "store_shipment_deleted: hint 251",
      "store_shipment_updated: hint 251",
      "store_sku_inventory_order_updated: ignored",
      "store_sku_inventory_updated: ignored",
    ]);
  });

  it("are all signed alike, whatever they hold", () => {
    for (const { name, body } of callbackSamples())
      expect(receive(signed(body), clientSecret).kind, name).not.toBe("rejected");
  });
});
