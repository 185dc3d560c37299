import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { magento } from "../../../src/connectors/magento/index.js";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../src/connectors/magento/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import { type Command, isKept } from "../../../src/domain/command.js";
import { sameMoney } from "../../../src/domain/money.js";
import type { Order } from "../../../src/domain/order.js";
import { present } from "../../../src/domain/part.js";
import { specsDir } from "../../support/specs.js";
import { connect, lineIdOf, orderOf, perform, pulled, readOrder, tracked } from "../bench.js";
import { everyExchange } from "./records.js";
import { signedClient } from "./simulator/client.js";
import { type Description, type Exchange, openSwagger } from "./spec.js";

/** Of Adobe Commerce, trimmed to what concerns orders; and of a running Open Source, whole. */
const COMMERCE = ["2.4.6", "2.4.8", "2.4.9"].map((it) => `admin-orders-${it}.trimmed.json`);
const OPEN_SOURCE = "swagger-live-2.4.6-p11-opensource.json";

const EDITIONS = ["community", "commerce"] as const;
type Edition = (typeof EDITIONS)[number];

/** What no trimmed description has; the whole one does. */
const ELSEWHERE = /^\/V1\/(modules|directory\/countries\/\w+)$/;
/**
 * The description calls required whatever an answer has: also what only the shop can give, a guest's number as a customer,
 * pieces that nobody counted yet, and what would be added a second time, since it has routes of its own.
 */
const NOT_OURS: readonly [route: RegExp, required: RegExp][] = [
  [/^POST \/V1\/returns/, /'(entity_id|increment_id|rma_entity_id|created_at|customer_id)'/],
  [/^POST \/V1\/returns$/, /'qty_(authorized|returned|approved)'/],
  [/^PUT \/V1\/returns/, /'(comments|tracks|customer_id)'/],
];
const isNotOurs = (exchange: Exchange, error: string) =>
  error.includes("must have required property") &&
  (isQuestion(exchange) ||
    NOT_OURS.some(
      ([route, name]) => route.test(`${exchange.method} ${exchange.path}`) && name.test(error),
    ));

/** A question that no answer can turn into a write, since its order cannot exist: what is required may lack. */
const isQuestion = ({ path }: Exchange) => /^\/V1\/orders?\/0(\/|$)/.test(path);

const opened = new Map<string, Description>();
const describing = (file: string): Description => {
  const known = opened.get(file) ?? openSwagger(file);
  opened.set(file, known);
  return known;
};
const named = ({ method, path }: Exchange) =>
  `${method} ${path.split("?")[0]?.replace(/\d+/g, "#")}`;

/** Everything between a connector and a shop, as the wire had it. */
function listening(exchanges: Exchange[]): typeof fetch {
  return async (url, init) => {
    const { pathname, search } = new URL(String(url));
    const answer = await fetch(url, init);
    const text = await answer.clone().text();
    const path = pathname.replace(/^\/rest(\/\w+)?(?=\/V1)/, "");
    if (path.startsWith("/V1/"))
      exchanges.push({
        method: init?.method ?? "GET",
        path: `${path}${search}`,
        ...(typeof init?.body === "string" && { sent: JSON.parse(init.body) }),
        status: answer.status,
        answer: JSON.parse(text),
      });
    return answer;
  };
}

describe.skipIf(!specsDir)("What passes between the gateway and a Magento shop", () => {
  const exchanges: Record<Edition, Exchange[]> = { community: [], commerce: [] };
  const wholes: Record<Edition, Exchange[]> = { community: [], commerce: [] };
  const shops: SimulatedMagento[] = [];
  beforeAll(async () => {
    for (const edition of EDITIONS) {
      const shop = await startMagento({ orders: 12, edition });
      shops.push(shop);
      const { channel } = await connect(magento, shop.settings, {
        fetch: listening(exchanges[edition]),
      });
      await everything(shop, channel, edition);
      wholes[edition] = await everyList(shop, edition);
    }
  });
  afterAll(() => Promise.all(shops.map((shop) => shop.stop())));

  it("is every request that the connector has, reads and writes alike", () => {
    const all = [...exchanges.community, ...exchanges.commerce].filter((it) => !isQuestion(it));
    expect([...new Set(all.map(named))].sort()).toEqual([
      "DELETE /V#/shipment/track/#",
      "GET /V#/creditmemos",
      "GET /V#/directory/countries/US",
      "GET /V#/inventory/sources",
      "GET /V#/invoices",
      "GET /V#/modules",
      "GET /V#/orders",
      "GET /V#/orders/#",
      "GET /V#/returns",
      "GET /V#/returns/#",
      "GET /V#/returnsAttributeMetadata",
      "GET /V#/shipment/#",
      "GET /V#/shipments",
      "GET /V#/store/storeConfigs",
      "GET /V#/store/websites",
      "POST /V#/creditmemo/#/emails",
      "POST /V#/invoice/#/refund",
      "POST /V#/order/#/refund",
      "POST /V#/order/#/ship",
      "POST /V#/orders/#/cancel",
      "POST /V#/orders/#/comments",
      "POST /V#/orders/#/hold",
      "POST /V#/orders/#/unhold",
      "POST /V#/returns",
      "POST /V#/returns/#/comments",
      "POST /V#/returns/#/tracking-numbers",
      "POST /V#/shipment/#/emails",
      "POST /V#/shipment/track",
      "PUT /V#/orders/#",
      "PUT /V#/returns/#",
    ]);
  });

  it.each(COMMERCE)("is asked as %s says: path, query, fields and body", (file) => {
    const all = [...exchanges.community, ...exchanges.commerce].filter(
      ({ path }) => !ELSEWHERE.test(path.split("?")[0] ?? ""),
    );
    expect(all.length).toBeGreaterThan(100);
    expect(wrong(all, describing(file).requestErrors, isNotOurs)).toEqual({});
  });

  it("never leaves to Magento what it decides badly: pages, directions, times, and what a refund is of", () => {
    const all = [...exchanges.community, ...exchanges.commerce];
    const lists = all.filter(
      ({ path }) => path.includes("sortOrders") || path.includes("pageSize"),
    );
    expect(lists.length).toBeGreaterThan(50);
    for (const { path } of lists) {
      const query = new URLSearchParams(path.split("?")[1]);
      expect(Number(query.get("searchCriteria[pageSize]")), path).toBeGreaterThan(0);
      expect(query.get("fields") ?? "", path).not.toMatch(
        /protect_code|remote_ip|cc_|additional_information\b/,
      );
      for (const [name, value] of query) {
        // Without a direction a list runs downwards.
        const direction = query.get(name.replace("[field]", "[direction]"));
        if (/sortOrders.*\[field\]$/.test(name)) expect(direction, path).toMatch(/^(ASC|DESC)$/);
        // ISO 8601 only happens to work.
        if (/(_at|date_requested)$/.test(value) && name.endsWith("[field]"))
          expect(query.get(name.replace(/\[field\]$/, "[value]")) ?? "", path).toMatch(
            /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$|^$/,
          );
      }
    }
    const refunds = all.filter((it) => it.path.endsWith("/refund") && !isQuestion(it));
    expect(refunds.length).toBeGreaterThanOrEqual(3);
    // Without rows or without shipping Magento gives everything back.
    for (const { sent } of refunds)
      expect(sent).toMatchObject({
        items: [{ order_item_id: expect.any(Number) }],
        arguments: { shipping_amount: expect.any(Number) },
      });
    // A status that is named would be set, whatever the state.
    for (const { path, sent } of all.filter((it) => it.path.endsWith("/comments") && it.sent))
      if (path.startsWith("/V1/orders")) expect(sent).not.toHaveProperty("statusHistory.status");
  });

  it.each(COMMERCE)("is answered by the simulator as %s says", (file) => {
    const all = exchanges.commerce.filter(({ path }) => !ELSEWHERE.test(path.split("?")[0] ?? ""));
    expect(wrong(all, describing(file).answerErrors)).toEqual({});
  });

  it("is asked and answered as a running Open Source describes itself", () => {
    const description = describing(OPEN_SOURCE);
    const all = exchanges.community.filter(({ path }) => !path.startsWith("/V1/returns"));
    expect(wrong(all, description.requestErrors, isNotOurs)).toEqual({});
    expect(wrong(all, description.answerErrors)).toEqual({});
    const rest = exchanges.commerce.filter(({ path }) => ELSEWHERE.test(path.split("?")[0] ?? ""));
    expect(rest.length).toBeGreaterThan(0);
    expect(wrong(rest, description.requestErrors, isNotOurs)).toEqual({});
  });

  it("is whole documents as the schemas say, where nobody picks fields", () => {
    for (const edition of EDITIONS) {
      const description = describing(edition === "commerce" ? (COMMERCE[0] ?? "") : OPEN_SOURCE);
      expect(wholes[edition].length).toBeGreaterThanOrEqual(5);
      expect(wrong(wholes[edition], description.answerErrors)).toEqual({});
    }
  });
});

/** Every list of a shop, each record with all its fields. */
async function everyList(shop: SimulatedMagento, edition: Edition): Promise<Exchange[]> {
  const lists = ["/orders", "/orders/items", "/shipments", "/invoices", "/creditmemos"];
  if (edition === "commerce") lists.push("/returns");
  return Promise.all(
    lists.map(async (list) => {
      const path = `${list}?searchCriteria[pageSize]=100`;
      const { status, body } = await signedClient(shop.settings).get(path);
      expect(body.items.length, list).toBeGreaterThan(0);
      return { method: "GET", path: `/V1${path}`, status, answer: body };
    }),
  );
}

describe.skipIf(!specsDir)("The recorded traffic of Open Source 2.4.6-p11", () => {
  /** What was recorded because it is wrong, or is no business of ours: products and queued work. */
  const isMeantWrong =
    /^(ship_qty_0\.5|ship_error_non_numeric_id|refund_adjustment_only|track_add_minimal|shipment_post_raw|source_selection|product_|bulk_|inventory_|stock_|place_guest)/;
  /** Routes of the asynchronous API, which no description has, and of returns, which that shop had not. */
  const isElsewhere = /^(async_|rma_)/;

  it("bears out the descriptions, but for what is mended here in sight", () => {
    const description = describing(OPEN_SOURCE);
    const all = specsDir ? everyExchange() : [];
    const checked = all
      .filter(({ name }) => !isElsewhere.test(name) && !isMeantWrong.test(name))
      .map(({ method, path, status, raw }) => ({
        method,
        path: path.replace(/^\/rest(\/\w+)?(?=\/V1)/, ""),
        status,
        answer: raw,
      }))
      .filter(({ answer }) => typeof answer !== "string" || !answer.startsWith("<"));
    expect(checked.length).toBeGreaterThan(100);
    expect(wrong(checked, description.answerErrors)).toEqual({});
  });
});

/** Each mistake, with the requests that have it. */
function wrong(
  exchanges: readonly Exchange[],
  errorsOf: (exchange: Exchange) => string[],
  tolerates: (exchange: Exchange, error: string) => boolean = () => false,
): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const exchange of exchanges)
    for (const error of errorsOf(exchange)) {
      if (tolerates(exchange, error)) continue;
      found[error] = [...new Set([...(found[error] ?? []), named(exchange)])];
    }
  return found;
}

/** All that a channel does, each kind of command with what it sends beside the effect. */
async function everything(
  shop: SimulatedMagento,
  channel: Channel,
  edition: Edition,
): Promise<void> {
  await pulled(channel);
  await pulled(channel, { from: new Date(0), to: new Date() });
  const common = [ship, add, replace, note, address, refund];
  const commands = edition === "commerce" ? [...common, ...returns] : common;
  const lines = [{ sku: "MUG-01", quantity: 3 }];
  const place = async (options: object) => {
    const { orderId } = await shop.acts.placeOrder({ lines, ...options });
    return readOrder(channel, orderId);
  };
  await runAll(channel, commands, await place({}));
  await runAll(channel, [refund], await place({ paid: true, payment: "offline" }));
  await runAll(channel, [hold, release, cancel], await place({ paid: false }));
  // A refusal is an answer too.
  await channel.read({ nativeId: "999999" });
}

async function runAll(
  channel: Channel,
  commands: ((order: Order) => Command)[],
  placed: Order,
): Promise<void> {
  let order = placed;
  for (const next of commands) {
    for (const step of channel.plan(next(order), order)) {
      // What the gateway keeps itself is not sent.
      if (isKept(step.kind)) continue;
      const done = await perform(channel, step, order.nativeId);
      if (done.kind !== "done") expect.fail(`${step.summary}: ${done.error.message}`);
      if (done.snapshot) order = orderOf(done.snapshot, order);
    }
  }
}

const base = (order: Order) => ({ orderId: order.id, notifyCustomer: true });
const mug = (order: Order) => lineIdOf(order, "MUG-01");
const returnId = (order: Order) => present(order.returns).at(-1)?.id ?? expect.fail("no return");

function ship(order: Order): Command {
  return {
    ...base(order),
    type: "FULFILLMENT_CREATE",
    lines: [{ lineId: mug(order), quantity: 3 }],
    fulfillmentOrderId: null,
    locationId: "wh2",
    packages: [tracked("1Z1")],
    shippedAt: null,
  };
}

const tracking =
  (number: string, isAll: boolean) =>
  (order: Order): Command => ({
    ...base(order),
    type: "FULFILLMENT_TRACKING_UPDATE",
    fulfillmentId: order.fulfillments[0]?.id ?? expect.fail("nothing was shipped"),
    packages: [tracked(number)],
    replace: isAll,
  });
const add = tracking("1Z2", false);
const replace = tracking("1Z3", true);

function note(order: Order): Command {
  return { ...base(order), type: "ORDER_NOTE_ADD", text: "A note", pushToChannel: true };
}

function address(order: Order): Command {
  return {
    ...base(order),
    type: "ORDER_ADDRESS_UPDATE",
    shippingAddress: {
      ...(order.head.shippingAddress ?? expect.fail("no address")),
      name: "Ada Lovelace",
      line1: "Somewhere else",
      country: "US",
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

const work = (order: Order) => ({ ...base(order), fulfillmentOrderId: "fulfillmentOrder_1" });

function hold(order: Order): Command {
  return { ...work(order), type: "FULFILLMENT_ORDER_HOLD", reason: "OTHER", note: null };
}

function release(order: Order): Command {
  return { ...work(order), type: "FULFILLMENT_ORDER_RELEASE", holdIds: ["hold_1"] };
}

function cancel(order: Order): Command {
  return { ...base(order), type: "ORDER_CANCEL", reason: "CUSTOMER", restock: true, refund: null };
}

const create =
  (requested: boolean) =>
  (order: Order): Command => ({
    ...base(order),
    type: "RETURN_CREATE",
    lines: [
      { lineId: mug(order), quantity: 1, reason: "UNWANTED", note: null, resolution: "NONE" },
    ],
    requested,
    tracking: requested ? null : { number: "BACK1", carrier: null, carrierCode: "ups", url: null },
    note: "Please",
  });

function approve(order: Order): Command {
  const lines = [{ lineId: mug(order), quantity: 1 }];
  return { ...base(order), type: "RETURN_APPROVE", returnId: returnId(order), lines };
}

function decline(order: Order): Command {
  return { ...base(order), type: "RETURN_DECLINE", returnId: returnId(order), reason: "Worn" };
}

function follow(order: Order): Command {
  const parcel = { number: "BACK2", carrier: "UPS", carrierCode: null, url: null };
  return {
    ...base(order),
    type: "RETURN_TRACKING_UPDATE",
    returnId: returnId(order),
    tracking: parcel,
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
  return { ...base(order), type: "RETURN_CLOSE", returnId: returnId(order) };
}

const returns = [
  create(false),
  receive,
  close,
  create(true),
  approve,
  follow,
  create(true),
  decline,
];
