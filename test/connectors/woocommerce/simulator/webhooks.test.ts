import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../../src/connectors/woocommerce/simulator/index.js";
import { specsDir } from "../../../support/specs.js";
import { signedClient } from "./client.js";
import { differences, recorded } from "./record.js";

interface Received {
  headers: IncomingHttpHeaders;
  raw: string;
}
const received: Received[] = [];
let answer: number;
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    received.push({ headers: request.headers, raw: Buffer.concat(chunks).toString() });
    response.writeHead(answer).end();
  });
});
const secret = `a & "quoted" <secret>`;

let shop: SimulatedWooCommerce;
let client: ReturnType<typeof signedClient>;
let url: string;

async function start(options: object = {}) {
  shop = await startWooCommerce({ orders: 1, relaxedDelivery: true, ...options });
  client = signedClient(shop.settings);
}
async function subscribe(...topics: string[]): Promise<number[]> {
  const made = [];
  for (const topic of topics) {
    made.push(
      (await client.post("/webhooks", { topic, delivery_url: url, secret })).body.id as number,
    );
  }
  await shop.settled();
  received.length = 0;
  return made;
}
const topicsReceived = () => received.map(({ headers }) => headers["x-wc-webhook-topic"]);

beforeEach(async () => {
  answer = 200;
  received.length = 0;
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/woo`;
  await start();
});
afterEach(async () => {
  await shop.stop();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

describe("webhooks of the simulated WooCommerce", () => {
  it("pings a new webhook with an unsigned form and never gives the secret back", async () => {
    const { body, text } = await client.post("/webhooks", {
      topic: "order.created",
      delivery_url: url,
      secret,
    });
    await shop.settled();
    expect(received.map(({ raw }) => raw)).toEqual([`webhook_id=${body.id}`]);
    const { headers } = received[0] as Received;
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(Object.keys(headers).filter((name) => name.startsWith("x-wc"))).toEqual([]);
    expect(text).not.toContain("secret");
    expect((await client.get(`/webhooks/${body.id}`)).body.date_modified).not.toBeNull();
  });

  it("signs the raw body, slashes and letters escaped as PHP does", async () => {
    await subscribe("order.created");
    await shop.acts.placeOrder({ email: "zoë@example.com" });
    await shop.settled();
    const { headers, raw } = received[0] as Received;
    expect(headers["x-wc-webhook-signature"]).toBe(
      createHmac("sha256", secret).update(raw).digest("base64"),
    );
    expect(raw).toContain("zo\\u00eb@example.com");
    expect(raw).toContain(`${shop.url.replaceAll("/", "\\/")}\\/checkout`);
    expect(raw).not.toMatch(/[^\\]\//);
  });

  it.skipIf(!specsDir)("delivers the recorded headers and the shape of the order", async () => {
    await subscribe("order.created");
    await shop.acts.placeOrder();
    await shop.settled();
    const { headers, raw } = received[0] as Received;
    const record = (
      recorded("webhook_deliveries_flow").body as { headers: object; body: object }[]
    )[0];
    const own = (given: object) =>
      Object.keys(given)
        .filter((name) => /^(x-|content-type|user-agent)/.test(name))
        .sort();
    expect(own(headers)).toEqual(own(record?.headers ?? {}));
    expect(headers).toMatchObject({
      "user-agent": "WooCommerce/10.5.0 Hookshot (WordPress/6.9)",
      "content-type": "application/json",
      "x-wc-webhook-source": `${shop.url}/`,
      "x-wc-webhook-resource": "order",
      "x-wc-webhook-event": "created",
    });
    expect(Object.keys(JSON.parse(raw))).toEqual(
      Object.keys(record?.body ?? {}).filter((key) => key !== "http_status"),
    );
    const { body } = await client.get(`/orders/${JSON.parse(raw).id}`);
    expect(JSON.parse(raw)).toEqual(body);
    // What was bought and noted is data; that it has the recorded shape is asked of the API's own answers.
    const rest = { ...JSON.parse(raw), line_items: null, meta_data: null };
    expect(differences(rest, record?.body)).toEqual([]);
  });

  it("builds the body when it delivers and merges what waits for one order", async () => {
    await subscribe("order.created", "order.updated");
    const { orderId } = await shop.acts.placeOrder();
    await shop.acts.edit(orderId);
    await client.put(`/orders/${orderId}`, { status: "completed" });
    await shop.settled();
    expect(topicsReceived()).toEqual(["order.created", "order.updated"]);
    expect(received.map(({ raw }) => JSON.parse(raw).status)).toEqual(["completed", "completed"]);
  });

  it("lets nothing leave before its queue is run", async () => {
    await subscribe("order.created");
    await shop.acts.placeOrder();
    await client.get("/orders");
    expect(received).toEqual([]);
    await shop.settled();
    expect(received).toHaveLength(1);
  });

  it("runs its queue by itself after a second on the wide plan", async () => {
    await shop.stop();
    await start({ plan: "wide" });
    await subscribe("order.created");
    const delivered = once(receiver, "request");
    await shop.acts.placeOrder();
    await delivered;
  });

  it("gives two deliveries of one webhook in one second the same delivery id", async () => {
    await shop.stop();
    const now = new Date();
    await start({ now: () => now });
    await subscribe("order.created");
    await shop.acts.placeOrder();
    await shop.acts.placeOrder();
    await shop.settled();
    const ids = received.map(({ headers }) => headers["x-wc-webhook-delivery-id"]);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(ids).toEqual([ids[0], ids[0]]);
    expect(new Set(received.map(({ raw }) => raw)).size).toBe(2);
  });

  it("delivers an error object for an order that was erased meanwhile, signed", async () => {
    await subscribe("order.created");
    const { orderId } = await shop.acts.placeOrder();
    await shop.acts.deleteOrder(orderId);
    await shop.settled();
    const { headers, raw } = received[0] as Received;
    expect(headers["x-wc-webhook-topic"]).toBe("order.created");
    expect(raw).toBe(
      '{"code":"woocommerce_rest_shop_order_invalid_id","message":"Invalid ID.","data":{"status":404}}',
    );
    expect(headers["x-wc-webhook-signature"]).toBe(
      createHmac("sha256", secret).update(raw).digest("base64"),
    );
  });

  it("tells nobody of notes and of erasing, and of the trash by the id alone", async () => {
    const { orderId } = await shop.acts.placeOrder();
    const other = await shop.acts.placeOrder();
    await subscribe("order.created", "order.updated", "order.deleted");
    await client.post(`/orders/${orderId}/notes`, { note: "packed", customer_note: true });
    await client.delete(`/orders/${other.orderId}?force=true`);
    await shop.settled();
    expect(received).toEqual([]);
    await client.delete(`/orders/${orderId}`);
    await shop.settled();
    expect(received.map(({ raw }) => raw)).toEqual([`{"id":${orderId}}`]);
    expect(topicsReceived()).toEqual(["order.deleted"]);
    await client.put(`/orders/${orderId}`, { status: "processing" });
    await shop.settled();
    expect(topicsReceived()).toEqual(["order.deleted", "order.updated"]);
  });

  it("tells order.updated of refunds, with their sum only, and of fulfillments", async () => {
    const { orderId } = await shop.acts.placeOrder();
    await subscribe("order.updated");
    await shop.acts.refund(orderId, { amount: "1.00" });
    await shop.settled();
    const item = JSON.parse((received[0] as Received).raw).line_items[0].id;
    const meta_data = [{ id: 0, key: "_items", value: [{ item_id: item, qty: 1 }] }];
    await client.post(`/orders/${orderId}/fulfillments`, { status: "fulfilled", meta_data });
    await shop.settled();
    const bodies = received.map(({ raw }) => JSON.parse(raw));
    expect(bodies.map(({ refunds }) => refunds[0].total)).toEqual(["-1.00", "-1.00"]);
    expect(bodies[1].meta_data).toContainEqual(
      expect.objectContaining({ key: "_fulfillment_status" }),
    );
    expect((received[1] as Received).raw).not.toContain("item_id");
  });

  it("never repeats a failed delivery, and is off after seven failures in a row until it is set active", async () => {
    const [id] = await subscribe("order.created");
    const status = async () => (await client.get(`/webhooks/${id}`)).body.status;
    answer = 500;
    for (let count = 1; count <= 6; count += 1) await shop.acts.placeOrder();
    await shop.settled();
    expect([received.length, await status()]).toEqual([6, "active"]);
    await shop.acts.placeOrder();
    await shop.settled();
    expect([received.length, await status()]).toEqual([7, "disabled"]);
    await shop.acts.placeOrder();
    await shop.settled();
    expect(received).toHaveLength(7);
    answer = 302;
    await client.put(`/webhooks/${id}`, { status: "active" });
    await shop.acts.placeOrder();
    await shop.settled();
    expect([received.length, await status()]).toEqual([8, "active"]);
  });

  it("goes on counting failures only from the last success", async () => {
    const [id] = await subscribe("order.created");
    for (const each of [500, 500, 500, 500, 500, 500, 200, 500]) {
      answer = each;
      await shop.acts.placeOrder();
      await shop.settled();
    }
    expect((await client.get(`/webhooks/${id}`)).body.status).toBe("active");
  });

  it("does not deliver to loopback or an odd port unless told to, and counts that as failure", async () => {
    await shop.stop();
    await start({ relaxedDelivery: false });
    const { body } = await client.post("/webhooks", {
      topic: "order.created",
      delivery_url: url,
      secret,
    });
    for (let count = 1; count <= 7; count += 1) await shop.acts.placeOrder();
    await shop.settled();
    expect(received).toEqual([]);
    expect((await client.get(`/webhooks/${body.id}`)).body.status).toBe("disabled");
  });

  it("forgets a webhook that was deleted, which needs force", async () => {
    const [id] = await subscribe("order.created");
    const refused = await client.delete(`/webhooks/${id}`);
    expect([refused.status, refused.body.code]).toEqual([
      501,
      "woocommerce_rest_trash_not_supported",
    ]);
    await shop.acts.placeOrder();
    expect((await client.delete(`/webhooks/${id}?force=true`)).body.id).toBe(id);
    await shop.settled();
    expect(received).toEqual([]);
    expect((await client.get(`/webhooks/${id}`)).status).toBe(404);
  });

  it("loses and doubles deliveries by fault", async () => {
    await subscribe("order.created");
    const fault = (kind: string) =>
      fetch(`${shop.url}/_faults`, {
        method: "POST",
        body: JSON.stringify({ kind, match: "order.", count: 1 }),
      });
    await fault("webhook-drop");
    await shop.acts.placeOrder();
    await shop.settled();
    expect(received).toEqual([]);
    await fault("webhook-double");
    await shop.acts.placeOrder();
    await shop.settled();
    expect(received).toHaveLength(2);
    expect(received[0]?.raw).toBe(received[1]?.raw);
  });
});
