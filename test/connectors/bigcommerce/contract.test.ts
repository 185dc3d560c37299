import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bigcommerce } from "../../../src/connectors/bigcommerce/index.js";
import {
  type SimulatedBigCommerce,
  startBigCommerce,
} from "../../../src/connectors/bigcommerce/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { Command } from "../../../src/domain/command.js";
import { present } from "../../../src/domain/part.js";
import { specsDir } from "../../support/specs.js";
import { connect, openInbox, pulled, readOrder, run, shipCommand, tracked } from "../bench.js";
import { refundOf } from "../refund-wish.js";
import { checkRequest } from "./described.js";
import { mended, openApi } from "./spec.js";
import { checkAnswers, checkRequests, watcher } from "./traffic.js";

const { fetch: watching, exchanges } = watcher();
let shop: SimulatedBigCommerce;
let channel: Channel;
beforeAll(async () => {
  shop = await startBigCommerce({ orders: 60, relaxedDelivery: true, plan: "wide" });
  ({ channel } = await connect(bigcommerce, shop.settings, { fetch: watching }));
  await askEverything();
});
afterAll(() => shop.stop());

/** One of everything that the gateway ever asks of a store. */
async function askEverything(): Promise<void> {
  await pulled(channel);
  await pulled(channel, { from: new Date(Date.now() - 3_600_000), to: new Date() });
  for await (const _ of channel.survey?.({ from: new Date(0), to: new Date() }) ?? []);
  await writeEverything();
  const inbox = await openInbox();
  await channel.ensureWebhooks(inbox.url);
  await setHook(inbox.url);
  await channel.ensureWebhooks(inbox.url);
  await channel.removeWebhooks(inbox.url);
  await inbox.stop();
}

/** Switches one of our webhooks off, as the platform does after failed deliveries. */
async function setHook(url: string): Promise<void> {
  const { storeHash, accessToken } = shop.settings;
  const hooks = `${shop.url}/stores/${storeHash}/v3/hooks`;
  const headers = {
    "x-auth-token": accessToken,
    accept: "application/json",
    "content-type": "application/json",
  };
  const found = (await (await fetch(`${hooks}?limit=250`, { headers })).json()) as {
    data: { id: number; destination: string }[];
  };
  const own = found.data.find(({ destination }) => destination === url);
  const body = JSON.stringify({ is_active: false });
  await fetch(`${hooks}/${own?.id}`, { method: "PUT", headers, body });
}

async function writeEverything(): Promise<void> {
  const lines = [{ sku: "MUG-01", quantity: 3 }];
  const { orderId } = await shop.acts.placeOrder({ lines });
  let order = await readOrder(channel, orderId);
  const base = { orderId: order.id, notifyCustomer: null };
  const act = async (command: Command) => {
    const done = await run(channel, command, order);
    expect(done.outcomes.map(({ kind }) => kind)).not.toContain("refused");
    order = await readOrder(channel, orderId, done.order);
  };
  await act(shipCommand(order, { "MUG-01": 1 }, [tracked("1ZFIRST")]));
  const fulfillmentId = present(order.fulfillments)[0]?.id ?? expect.fail("no shipment");
  const packages = [tracked("1ZOTHER")];
  await act({
    ...base,
    type: "FULFILLMENT_TRACKING_UPDATE",
    fulfillmentId,
    packages,
    replace: true,
  });
  await act({ ...base, type: "FULFILLMENT_CANCEL", fulfillmentId, reason: null });
  await act({ ...base, type: "ORDER_NOTE_ADD", text: "Call first", pushToChannel: true });
  const shippingAddress = order.head.shippingAddress ?? expect.fail("no address");
  await act({
    ...base,
    type: "ORDER_ADDRESS_UPDATE",
    shippingAddress: { ...shippingAddress, line1: "1 New Street" },
  });
  await act(await refundOf(channel, order, { "MUG-01": 1 }));
  await act({ ...base, type: "ORDER_CANCEL", reason: "CUSTOMER", restock: false, refund: null });
}

/** Paths as the connector's source writes them, whatever stands for their parameters. */
function pathsInSource(): Set<string> {
  const folder = fileURLToPath(new URL("../../../src/connectors/bigcommerce/", import.meta.url));
  const texts = readdirSync(folder)
    // It names the beginnings of paths, and what permission each needs.
    .filter((name) => name.endsWith(".ts") && name !== "scope.ts")
    .map((name) => readFileSync(folder + name, "utf8"));
  const found = texts.flatMap((text) => [...text.matchAll(/["`](\/v[23]\/[^"`?\s]*)["`]/g)]);
  return new Set(found.map(([, path = ""]) => path.replace(/\$\{[^}]+\}|\b0\b/g, "{}")));
}

describe.skipIf(!specsDir)("what passes between the gateway and a BigCommerce store", () => {
  it("is asked as the official descriptions have it: path, query, headers and body", () => {
    const { wrong } = checkRequests(exchanges);
    expect(wrong).toEqual([]);
  });

  it("would be told of what is asked otherwise", () => {
    const query = new URLSearchParams({
      sort: "age:asc",
      colour: "red",
      min_date_modified: "today",
    });
    const headers = new Headers({ accept: "text/html" });
    const asked = { method: "GET", path: "/v2/orders", query, headers, body: undefined };
    expect(checkRequest(asked).wrong).toEqual([
      "GET /v2/orders: sort=age:asc does not fit",
      "GET /v2/orders: has no parameter colour",
      "GET /v2/orders: min_date_modified=today does not fit",
      "GET /v2/orders: lacks the header X-Auth-Token",
      "GET /v2/orders: does not ask for JSON",
    ]);
    expect(checkRequest({ ...asked, path: "/v2/nothing" }).wrong).toEqual([
      "nobody describes GET /v2/nothing",
    ]);
  });

  it("is every request that the connector can make, for its source names no other path", () => {
    const { operations } = checkRequests(exchanges);
    const asked = operations.map((name) => name.split(" ")[1]?.replace(/\{\w+\}/g, "{}"));
    expect([...pathsInSource()].sort()).toEqual([...new Set(asked)].sort());
    expect(operations).toEqual([
      "DELETE /v2/orders/{order_id}/shipments/{shipment_id}",
      "DELETE /v3/hooks/{webhook_id}",
      "GET /v2/order_statuses",
      "GET /v2/orders",
      "GET /v2/orders/count",
      "GET /v2/orders/{order_id}",
      "GET /v2/orders/{order_id}/shipments",
      "GET /v2/store",
      "GET /v3/hooks",
      "GET /v3/inventory/locations",
      "GET /v3/orders/payment_actions/refunds",
      "GET /v3/orders/{order_id}/transactions",
      "POST /v2/orders/{order_id}/shipments",
      "POST /v3/hooks",
      "POST /v3/orders/{order_id}/payment_actions/refund_quotes",
      "POST /v3/orders/{order_id}/payment_actions/refunds",
      "PUT /v2/orders/{order_id}",
      "PUT /v2/orders/{order_id}/shipments/{shipment_id}",
      "PUT /v2/orders/{order_id}/shipping_addresses/{id}",
      "PUT /v3/hooks/{webhook_id}",
    ]);
  });

  it("is answered by the simulated store as they have it, with every field and no other", () => {
    expect(checkAnswers(exchanges)).toEqual([]);
  });

  it("bears RFC 2822 dates in v2, empty where there is none, and ISO 8601 in v3", () => {
    const dates = (version: string, field: RegExp) =>
      exchanges
        .filter(({ path }) => path.startsWith(version))
        .flatMap(({ text }) => [...text.matchAll(field)].map(([, value = ""]) => value));
    const v2 = dates("/v2/orders", /"date_(?:created|modified|shipped)":"([^"]*)"/g);
    expect(v2).toContain("");
    for (const date of new Set(v2))
      expect(date).toMatch(/^$|^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
    const v3 = dates("/v3/orders", /"(?:created|date_created)":"([^"]*)"/g);
    expect(v3.length).toBeGreaterThan(0);
    for (const date of new Set(v3)) expect(date).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/);
  });

  it("bears money as texts of four places in v2 and as numbers in v3", () => {
    const texts = (version: string) =>
      exchanges.filter(({ path, status }) => path.startsWith(version) && status < 300);
    const v2 = texts("/v2/orders").flatMap(({ text }) => [
      ...text.matchAll(/"(?:total_inc_tax|subtotal_ex_tax|coupon_discount)":("?[^",}]*"?)/g),
    ]);
    expect(v2.length).toBeGreaterThan(0);
    for (const [, value] of v2) expect(value).toMatch(/^"\d+\.\d{4}"$/);
    const v3 = texts("/v3/orders").flatMap(({ text }) => [
      ...text.matchAll(/"(?:total_amount|total_refund_amount|amount)":("?[^",}]*"?)/g),
    ]);
    expect(v3.length).toBeGreaterThan(0);
    for (const [, value] of v3) expect(value).toMatch(/^-?\d+(\.\d+)?$/);
  });

  it("is 204 without a body where a list of v2 is empty, and an empty list where one of v3 is", () => {
    const empty = exchanges.filter(({ status }) => status === 204);
    expect(empty.some(({ path, method }) => method === "GET" && path === "/v2/orders")).toBe(true);
    for (const { text } of empty) expect(text).toBe("");
    const v3 = exchanges.filter(
      ({ path, text }) => path === "/v3/hooks" && /"data":\[\]/.test(text),
    );
    expect(v3.map(({ status }) => status)).toContain(200);
  });
});

describe.skipIf(!specsDir)("the descriptions of v3 themselves", () => {
  /** Schemas that compile no more than what they refer to does. */
  const failing = (components: Record<string, unknown>): string[] => {
    const ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
    ajv.addSchema({ $id: "orders", components });
    return Object.keys(components.schemas as object).filter((name) => {
      try {
        ajv.compile({ $ref: `orders#/components/schemas/${name}` });
        return false;
      } catch {
        return true;
      }
    });
  };

  it("do not compile for refunds as they stand, and all do once the adjustment's bound is a number", () => {
    const components = openApi("orders.v3.yml").components as Record<string, unknown>;
    expect(failing(components)).toContain("RefundItemAdjustment");
    expect(failing(mended(components))).toEqual([]);
  });
});
