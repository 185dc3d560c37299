import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mintId } from "../../src/domain/id.js";
import type { LocalFact } from "../../src/domain/local.js";
import { sameMoney } from "../../src/domain/money.js";
import { commands } from "../../src/store/tables.js";
import {
  refund,
  refundPlanned,
  returned,
  returnLine,
  returnPlanned,
} from "../domain/arbitraries.js";
import { openTestApi, TENANT, type TestApi } from "../support/api.js";
import { FindReturnsDocument, OrderDetailDocument } from "../support/operations.js";
import { at, head, shipment, snapshot } from "../support/snapshots.js";

let api: TestApi;
/** Orders by their number. */
const orders: Record<string, string> = {};
const commandId = mintId("Command");
const mine = { return: mintId("Return"), refund: mintId("Refund"), kept: mintId("Return") };

const whole = <T>(value: T) => ({ asOf: at(0), complete: true, value });
const shipped = whole([shipment("f", { 1: 3 })]);

beforeAll(async () => {
  api = await openTestApi();
  await give("A", api.shopify, {
    fulfillments: shipped,
    returns: whole([
      returned(
        "r1",
        [returnLine("1", 2, { received: 1, disposition: "DAMAGED", note: "call Ada" })],
        {
          requestedAt: at(10),
          exchangeLines: [
            {
              nativeId: "x1",
              sku: "LAMP-1",
              name: "Desk Lamp",
              quantity: 1,
              unitPrice: sameMoney("89.95", "USD"),
            },
          ],
          shipments: [
            {
              tracking: {
                number: "R1",
                carrier: "DHL",
                carrierCode: "dhl",
                url: null,
                estimatedDeliveryAt: null,
              },
              labelUrl: "https://labels.example/1",
            },
          ],
        },
      ),
      returned("r2", [returnLine("1", 1, { approved: 0 })], {
        stage: "DECLINED",
        requestedAt: at(20),
      }),
    ]),
    refunds: whole([refund("m1", { 1: 1 }, { returnId: "r1", reason: "as told to Ada" })]),
  });
  await give("B", api.woo, { fulfillments: shipped });
  await give("D", api.woo, { fulfillments: shipped });
  await give("C", api.woo, {
    returns: whole([
      returned("r3", [returnLine("1", 1, { approved: 0 })], {
        stage: "REQUESTED",
        requestedAt: at(20),
      }),
    ]),
    fulfillments: shipped,
  });
  await queueCommand("B");
  await know("B", {
    ...returnPlanned("line", { returnId: mine.return, commandId, plannedAt: at(30) }),
    lines: [{ ...WISH, lineId: await lineOf("B"), quantity: 1 }],
  });
  await know(
    "B",
    refundPlanned(await lineOf("B"), { refundId: mine.refund, commandId, returnId: mine.return }),
  );
});
afterAll(() => api?.drop());

const WISH = { reason: "WRONG_ITEM", note: null, resolution: "REFUND" } as const;

async function give(number: string, channelId: string, changes: Parameters<typeof snapshot>[2]) {
  const [recorded] = await api.record(
    channelId,
    snapshot(number, 0, { head: whole(head({ number })), ...changes }),
  );
  orders[number] = recorded?.orderId as string;
}

function know(number: string, fact: LocalFact) {
  const actor = { kind: "API_CLIENT", id: "till", name: "Till" } as const;
  const origin = { source: "COMMAND", actor, now: new Date(), causedBy: commandId } as const;
  return api.recorder.transact(TENANT, (scope) =>
    scope.recordLocal(origin, orders[number] as string, [fact]),
  );
}

async function lineOf(number: string): Promise<string> {
  const { order } = await api.read(OrderDetailDocument, { id: orders[number] as string });
  return order?.lines.nodes[0]?.id as string;
}

function queueCommand(number: string) {
  const orderId = orders[number] as string;
  return api.database.forTenant(TENANT, (tx) =>
    tx.insert(commands).values({
      tenantId: TENANT,
      id: commandId,
      channelId: api.woo,
      orderId,
      type: "RETURN_CREATE",
      status: "QUEUED",
      command: { type: "RETURN_CANCEL", orderId, returnId: mine.return, notifyCustomer: null },
      client: "till",
      actor: { kind: "API_CLIENT", id: "till", name: "Till" },
      inputHash: "",
      targetId: orderId,
    }),
  );
}

const detail = async (number: string, viewer = api.viewer) =>
  (await api.read(OrderDetailDocument, { id: orders[number] as string }, viewer)).order;

describe("a return", () => {
  it("shows what comes back, how far it is, and the money for it", async () => {
    const order = await detail("A");
    expect(order?.returns[0]).toEqual({
      id: expect.stringMatching(/^return_/),
      name: "#1001-R-r1",
      status: "PARTIALLY_RECEIVED",
      requestedAt: at(10),
      origin: "CHANNEL",
      projection: "NATIVE",
      syncState: "SYNCED",
      lines: [
        {
          line: { id: order?.lines.nodes[0]?.id, sku: "SKU-1" },
          requested: 2,
          approved: 2,
          received: 1,
          rejected: 0,
          reason: "UNWANTED",
          rawReason: null,
          note: "call Ada",
          disposition: "DAMAGED",
          resolution: "REFUND",
        },
      ],
      exchangeLines: [
        {
          sku: "LAMP-1",
          name: "Desk Lamp",
          quantity: 1,
          unitPrice: { shop: { amount: "89.95", currency: "USD" } },
          replacementOrder: null,
        },
      ],
      shipments: [
        {
          tracking: { number: "R1", carrier: "DHL", url: null },
          labelUrl: "https://labels.example/1",
        },
      ],
      refunds: [{ id: order?.refunds[0]?.id, status: "SUCCEEDED", amount: expect.anything() }],
    });
    expect(order?.refunds[0]?.return).toEqual({ id: order?.returns[0]?.id });
    expect(order?.lines.nodes[0]?.quantities).toMatchObject({
      fulfilled: 3,
      returnRequested: 2,
      returnApproved: 2,
      returnReceived: 1,
      returnRejected: 0,
      returnable: 1,
      writtenOff: 1,
    });
  });

  it("hides what people wrote from a key without PII_READ", async () => {
    const order = await detail("A", await api.viewerWith({ scopes: ["ORDERS_READ"] }));
    expect(order?.returns[0]?.lines[0]?.note).toBeNull();
    expect((await detail("A"))?.refunds[0]?.reason).toBe("as told to Ada");
    expect(order?.refunds[0]?.reason).toBeNull();
  });

  it("that a write asks for waits, takes its pieces at once, and is in sight under its id", async () => {
    const order = await detail("B");
    expect(order?.returns).toMatchObject([
      { id: mine.return, origin: "GATEWAY", syncState: "PENDING_PUSH", status: "APPROVED" },
    ]);
    expect(order?.lines.nodes[0]?.quantities).toMatchObject({ returnRequested: 0, returnable: 2 });
    expect(order?.refunds).toMatchObject([
      {
        id: mine.refund,
        status: "PENDING",
        syncState: "PENDING_PUSH",
        return: { id: mine.return },
      },
    ]);
  });

  it("that the gateway keeps is here alone, and a refund in doubt says so", async () => {
    await know("C", {
      ...returnPlanned("line", { returnId: mine.kept, commandId, plannedAt: at(40) }),
      lines: [{ ...WISH, lineId: await lineOf("C"), quantity: 1 }],
      projection: "LOCAL_ONLY",
    });
    await know("C", { kind: "return-kept", returnId: mine.kept });
    await api.database.forTenant(TENANT, (tx) => tx.update(commands).set({ status: "SUCCEEDED" }));
    await know("B", { kind: "refund-unclear", refundId: mine.refund });
    const [c, b] = [await detail("C"), await detail("B")];
    expect(c?.returns.find(({ id }) => id === mine.kept)).toMatchObject({
      origin: "GATEWAY",
      projection: "LOCAL_ONLY",
      syncState: "LOCAL_ONLY",
    });
    expect(b?.refunds).toMatchObject([{ status: "OUTCOME_UNKNOWN", syncState: "OUTCOME_UNKNOWN" }]);
  });

  it("is found by its id, as its refund is, and is what its events are about", async () => {
    const order = await detail("A");
    const ids = [order?.returns[0]?.id, order?.refunds[0]?.id];
    const { nodes, events } = await api.read<{ nodes: object[]; events: { nodes: object[] } }>(
      `query ($ids: [ID!]!) {
        nodes(ids: $ids) { __typename ... on Return { order { number } } ... on Refund { order { number } return { name } } }
        events(filter: { types: [RETURN_REQUESTED] }) { nodes { subject { id } order { number } } } }`,
      { ids },
    );
    expect(nodes).toEqual([
      { __typename: "Return", order: { number: "A" } },
      { __typename: "Refund", order: { number: "A" }, return: { name: "#1001-R-r1" } },
    ]);
    expect(events.nodes).toContainEqual({ subject: { id: mine.kept }, order: { number: "C" } });
    const stranger = await api.viewerWith({ channelIds: [api.woo] });
    const hidden = await api.read(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
      { ids },
      stranger,
    );
    expect(hidden).toEqual({ nodes: [null, null] });
  });
});

describe("the list of returns", () => {
  const names = async (filter: object, viewer = api.viewer) =>
    (await api.read(FindReturnsDocument, { filter }, viewer)).returns.nodes.map(
      ({ order, status }) => `${order.number} ${status}`,
    );

  it("holds those of all shops, the newest first", async () => {
    const all = await names({});
    expect(all).toEqual([
      "C APPROVED",
      "B APPROVED",
      ...["A DECLINED", "C REQUESTED"].sort((a, b) => all.indexOf(a) - all.indexOf(b)),
      "A PARTIALLY_RECEIVED",
    ]);
  });

  it.each<[string, () => object, string[]]>([
    ["status", () => ({ status: ["REQUESTED", "DECLINED"] }), ["A DECLINED", "C REQUESTED"]],
    ["shop", () => ({ channelId: [api.shopify] }), ["A DECLINED", "A PARTIALLY_RECEIVED"]],
    ["order", () => ({ orderId: [orders.B] }), ["B APPROVED"]],
    ["time", () => ({ requestedAt: { gte: at(10), lt: at(20) } }), ["A PARTIALLY_RECEIVED"]],
  ])("is filtered by %s", async (_, filter, expected) => {
    expect((await names(filter())).sort()).toEqual(expected);
  });

  it("shows nothing of a shop that the key does not reach", async () => {
    const viewer = await api.viewerWith({ channelIds: [api.shopify] });
    expect((await names({}, viewer)).sort()).toEqual(["A DECLINED", "A PARTIALLY_RECEIVED"]);
  });

  it("gives every return once, page by page, also such as were asked for at one moment", async () => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { returns }: Awaited<ReturnType<typeof page>> = await page(after);
      seen.push(...returns.nodes.map(({ id }) => id));
      more = returns.pageInfo.hasNextPage;
      after = returns.pageInfo.endCursor ?? null;
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });
  const page = (after: string | null) => api.read(FindReturnsDocument, { first: 2, after });

  it("refuses a cursor of another list", async () => {
    const { orders } = await api.read<{ orders: { pageInfo: { endCursor: string } } }>(
      "{ orders(first: 1) { pageInfo { endCursor } } }",
    );
    const { errors } = await api.run(FindReturnsDocument, { after: orders.pageInfo.endCursor });
    expect(errors[0]?.extensions.code).toBe("INVALID_INPUT");
  });

  it("takes as many statements for many as for one", async () => {
    const measure = async (first: number) =>
      (await api.database.countStatements(() => api.read(FindReturnsDocument, { first })))
        .statements;
    expect(await measure(5)).toHaveLength((await measure(1)).length);
  });

  it("finds orders with a return that is open", async () => {
    const open = async (hasOpenReturn: boolean) => {
      const { orders } = await api.read<{ orders: { nodes: { number: string }[] } }>(
        "query ($filter: OrderFilter) { orders(filter: $filter) { nodes { number } } }",
        { filter: { hasOpenReturn } },
      );
      return orders.nodes.map(({ number }) => number).sort();
    };
    expect(await open(true)).toEqual(["A", "B", "C"]);
    expect(await open(false)).toEqual(["D"]);
  });
});
