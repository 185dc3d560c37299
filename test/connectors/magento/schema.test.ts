import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { magento } from "../../../src/connectors/magento/index.js";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../src/connectors/magento/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { Command } from "../../../src/domain/command.js";
import { sameMoney } from "../../../src/domain/money.js";
import type { Order } from "../../../src/domain/order.js";
import { present } from "../../../src/domain/part.js";
import { specsDir } from "../../support/specs.js";
import { connect, lineIdOf, readOrder, run } from "../bench.js";

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
}
interface Swagger {
  paths: Record<string, Record<string, { parameters?: { in: string; schema?: Schema }[] }>>;
  definitions: Record<string, Schema>;
}

/** An unknown property is an error 500 at Magento (measured), so every body is held against its published schema. */
describe.skipIf(!specsDir)("What is written to Magento", () => {
  const swagger = specsDir
    ? (JSON.parse(
        readFileSync(join(specsDir, "magento", "admin-orders-2.4.8.trimmed.json"), "utf8"),
      ) as Swagger)
    : { paths: {}, definitions: {} };
  const written: { method: string; path: string; body: unknown }[] = [];
  let shop: SimulatedMagento;
  let channel: Channel;
  beforeAll(async () => {
    shop = await startMagento({ orders: 1, edition: "commerce" });
    const listening: typeof fetch = (url, init) => {
      const { pathname } = new URL(String(url));
      if (init?.method !== "GET" && typeof init?.body === "string")
        written.push({
          method: init.method ?? "",
          path: pathname.replace("/rest", ""),
          body: JSON.parse(init.body),
        });
      return fetch(url, init);
    };
    ({ channel } = await connect(magento, shop.settings, { fetch: listening }));
    written.length = 0;
  });
  afterAll(() => shop.stop());

  function resolve(schema: Schema | undefined): Schema {
    const name = schema?.$ref?.split("/").at(-1);
    return name
      ? (swagger.definitions[name] ?? expect.fail(`${name} is not defined`))
      : (schema ?? {});
  }
  function bodySchema(method: string, path: string): Schema {
    const operation = Object.entries(swagger.paths)
      .filter(([pattern]) => new RegExp(`^${pattern.replace(/\{\w+\}/g, "[^/]+")}$`).test(path))
      .map(([, item]) => item[method.toLowerCase()])
      .find(Boolean);
    if (!operation) return expect.fail(`${method} ${path} is in no schema`);
    return resolve(operation.parameters?.find((it) => it.in === "body")?.schema);
  }
  function unknownIn(value: unknown, given: Schema, at: string): string[] {
    const schema = resolve(given);
    if (Array.isArray(value))
      return value.flatMap((each) => unknownIn(each, schema.items ?? {}, `${at}[]`));
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([name, inner]) => {
      const property = schema.properties?.[name];
      return property ? unknownIn(inner, property, `${at}.${name}`) : [`${at}.${name}`];
    });
  }

  it("names nothing that the schema does not know", async () => {
    const lines = [{ sku: "MUG-01", quantity: 3 }];
    const { orderId } = await shop.acts.placeOrder({ lines });
    let order = await readOrder(channel, orderId);
    const go = async (command: Command) => {
      const done = await run(channel, command, order);
      expect(done.outcomes.map(({ kind }) => kind)).toEqual(["done"]);
      order = done.order;
    };
    for (const next of commands) await go(next(order));
    const paths = written.map(({ method, path }) => `${method} ${path.replace(/\d+/g, "#")}`);
    expect([...new Set(paths)].sort()).toEqual([
      "POST /V#/invoice/#/refund",
      "POST /V#/order/#/ship",
      "POST /V#/orders/#/comments",
      "POST /V#/returns",
      "POST /V#/returns/#/comments",
      "POST /V#/returns/#/tracking-numbers",
      "PUT /V#/orders/#",
      "PUT /V#/returns/#",
    ]);
    for (const { method, path, body } of written)
      expect(unknownIn(body, bodySchema(method, path), `${method} ${path}`)).toEqual([]);
  });
});

/** One command of each kind that writes, each made when its turn comes. */
const commands = [ship, note, address, refund, create, receive, close];

const base = (order: Order) => ({ orderId: order.id, notifyCustomer: true });
const mug = (order: Order) => lineIdOf(order, "MUG-01");
const returnId = (order: Order) => present(order.returns)[0]?.id ?? expect.fail("no return");

function ship(order: Order): Command {
  return {
    ...base(order),
    type: "FULFILLMENT_CREATE",
    lines: [{ lineId: mug(order), quantity: 3 }],
    fulfillmentOrderId: null,
    locationId: "wh2",
    packages: [],
    shippedAt: null,
  };
}

function note(order: Order): Command {
  return {
    ...base(order),
    type: "ORDER_NOTE_ADD",
    text: "A note",
    pushToChannel: true,
  };
}

function address(order: Order): Command {
  return {
    ...base(order),
    type: "ORDER_ADDRESS_UPDATE",
    shippingAddress: {
      ...(order.head.shippingAddress ?? expect.fail("no address")),
      name: "Ada Lovelace",
      line1: "Somewhere else",
    },
  };
}

function refund(order: Order): Command {
  const amount = sameMoney("1.00", "USD");
  const line = { lineId: mug(order), quantity: 1, amount, fixed: true, restock: true };
  return {
    ...base(order),
    type: "REFUND_CREATE",
    toStoreCredit: false,
    refund: {
      returnId: null,
      lines: [{ ...line, locationId: null }],
      shipping: null,
      extra: null,
      amount,
      reason: "Chipped",
    },
  };
}

function create(order: Order): Command {
  return {
    ...base(order),
    type: "RETURN_CREATE",
    lines: [
      { lineId: mug(order), quantity: 1, reason: "UNWANTED", note: null, resolution: "NONE" },
    ],
    requested: false,
    tracking: { number: "BACK1", carrier: null, carrierCode: "ups", url: null },
    note: "Please",
  };
}

function receive(order: Order): Command {
  return {
    ...base(order),
    type: "RETURN_RECEIVE",
    returnId: returnId(order),
    lines: [{ lineId: mug(order), received: 1, rejected: 0, disposition: "RESTOCK" }],
  };
}

function close(order: Order): Command {
  return {
    ...base(order),
    type: "RETURN_CLOSE",
    returnId: returnId(order),
  };
}
