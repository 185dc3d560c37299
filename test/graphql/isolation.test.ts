import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mintId } from "../../src/domain/id.js";
import type { Viewer } from "../../src/domain/scope.js";
import { SCOPES } from "../../src/domain/scope.js";
import { deadLetters, locations } from "../../src/store/tables.js";
import { openTestApi, type TestApi } from "../support/api.js";
import { insertChannel } from "../support/channel.js";
import { OrderDetailDocument } from "../support/operations.js";
import { shipment, snapshot } from "../support/snapshots.js";

const SOUTH = "south";
let api: TestApi;
let southern: Viewer;
let channelId: string;
/** Ids of everything that the other tenant has. */
let ids: string[];
let orderId: string;

beforeAll(async () => {
  api = await openTestApi();
  channelId = mintId("Channel");
  await insertChannel(api.database, SOUTH, channelId);
  const { key } = await api.keys.create(SOUTH, { client: "c", name: "n", scopes: SCOPES });
  const found = await api.keys.authenticate(key);
  if (found.kind !== "viewer") throw new Error(found.kind);
  southern = found.viewer;
  const origin = {
    channelId,
    source: "WEBHOOK" as const,
    actor: { kind: "CHANNEL" as const, id: channelId, name: null },
    now: new Date(),
  };
  const shipped = {
    asOf: new Date().toISOString(),
    complete: true,
    value: [shipment("f", { 1: 1 }, { number: "1Z5" })],
  };
  const [recorded] = await api.recorder.transact(SOUTH, (scope) =>
    scope.record(origin, [snapshot("theirs", 0, { fulfillments: shipped })]),
  );
  orderId = recorded?.orderId as string;
  const [locationId, letterId] = [mintId("Location"), mintId("DeadLetter")];
  await api.database.forTenant(SOUTH, async (tx) => {
    await tx
      .insert(locations)
      .values({ tenantId: SOUTH, id: locationId, channelId, nativeId: "1", name: "Depot" });
    await tx.insert(deadLetters).values({
      tenantId: SOUTH,
      id: letterId,
      channelId,
      source: "WEBHOOK",
      reason: "odd",
      body: '{"a":1}',
    });
  });
  const { order } = await api.read(OrderDetailDocument, { id: orderId }, southern);
  ids = [
    orderId,
    channelId,
    locationId,
    letterId,
    ...(order?.lines.nodes ?? []).map(({ id }) => id),
    ...(order?.fulfillments ?? []).flatMap((row) => [row.id, ...row.packages.map(({ id }) => id)]),
    ...(order?.timeline.nodes ?? []).map(({ id }) => id),
  ];
});
afterAll(() => api?.drop());

const EVERY_QUERY = `query ($ids: [ID!]!, $orderId: ID!, $channelId: ID!, $event: EventFilter, $orders: OrderFilter, $writes: CommandFilter, $returns: ReturnFilter) {
  nodes(ids: $ids) { id }
  order(id: $orderId) { id }
  channel(id: $channelId) { id }
  channels { id }
  orderByExternalId(channelId: $channelId, externalId: "theirs") { id }
  trackingByNumber(number: "1Z5") { id }
  orders(filter: $orders) { nodes { id } totalCount { value } }
  commands(filter: $writes) { nodes { id } }
  deadLetters { nodes { id } }
  returns(filter: $returns) { nodes { id } }
  found: orders(search: "1z5") { nodes { id } totalCount { value } }
  events(filter: $event) { nodes { id } }
}`;
const variables = () => ({
  ids,
  orderId,
  channelId,
  orders: { trackingNumber: { eq: "1Z5" } },
  event: { orderIds: [orderId] },
  writes: { orderId: [orderId] },
  returns: { orderId: [orderId] },
});

describe("another tenant", () => {
  it("has something to be hidden", async () => {
    const data = await api.read<{ nodes: unknown[]; deadLetters: { nodes: unknown[] } }>(
      EVERY_QUERY,
      variables(),
      southern,
    );
    expect(data.nodes).toEqual(ids.map((id) => ({ id })));
    expect(ids.length).toBeGreaterThanOrEqual(9);
    expect(data.deadLetters.nodes).toHaveLength(1);
  });

  it("is invisible through every query, even to one that knows its ids", async () => {
    expect(await api.read(EVERY_QUERY, variables())).toEqual({
      nodes: ids.map(() => null),
      order: null,
      channel: null,
      channels: expect.not.arrayContaining([{ id: channelId }]),
      orderByExternalId: null,
      trackingByNumber: [],
      orders: { nodes: [], totalCount: { value: 0 } },
      commands: { nodes: [] },
      deadLetters: { nodes: [] },
      returns: { nodes: [] },
      found: { nodes: [], totalCount: { value: 0 } },
      events: { nodes: [] },
    });
  });

  it.each([
    "{ orders(filter: { or: [{ not: { channelId: [$] } }] }) { nodes { id } } }",
    "{ returns(filter: { channelId: [$] }) { nodes { id } } }",
    "{ commands(filter: { channelId: [$] }) { nodes { id } } }",
    "{ deadLetters(channelId: [$]) { nodes { id } } }",
    "{ events(filter: { channelIds: [$] }) { nodes { id } } }",
  ])("has shops that do not exist for a filter: %s", async (query) => {
    const refusals = [];
    for (const id of [channelId, mintId("Channel"), "nonsense"]) {
      const { errors } = await api.run(query.replace("$", `"${id}"`));
      expect(errors[0]?.extensions.code).toBe("NOT_FOUND");
      refusals.push(errors[0]?.message.replace(id, ""));
    }
    expect(new Set(refusals).size).toBe(1);
    expect((await api.run(query.replace("$", `"${api.woo}"`))).errors).toEqual([]);
  });

  it.each([
    "subscription { channelHealth(ids: [$]) { id } }",
    "subscription { events(filter: { channelIds: [$] }) { __typename } }",
    "subscription { trackingUpdates(filter: { channelIds: [$] }) { __typename } }",
  ])("has shops of which no stream is: %s", async (query) => {
    for (const id of [channelId, mintId("Channel")])
      await expect(api.stream(query.replace("$", `"${api.woo}", "${id}"`))).rejects.toThrow(id);
  });

  it("is invisible through every subscription", async () => {
    for (const [operation, wanted] of [
      ["subscription ($orderId: ID!) { orderUpdated(id: $orderId) { id } }", ["NOT_FOUND"]],
      [`subscription { commandUpdated(id: "${mintId("Command")}") { id } }`, ["NOT_FOUND"]],
    ] as const) {
      const stream = await api.stream(operation, { orderId });
      expect(await stream.ended()).toEqual(wanted);
    }
    const events = await api.stream<Shown>(
      'subscription { events(resume: { since: "2020-01-01T00:00:00Z" }) { ... on EventMessage { event { order { id } } } } }',
    );
    const next = firstOrder(events);
    const [mine] = await api.record(api.woo, snapshot("mine"));
    expect(await next).toBe(mine?.orderId);
    await events.close();
  });
});

interface Shown {
  events: { event?: { order: { id: string } } };
}

/** The order of the first event; checkpoints come before it where it takes long. */
async function firstOrder(stream: { next(): Promise<Shown> }): Promise<string> {
  for (;;) {
    const { events } = await stream.next();
    if (events.event) return events.event.order.id;
  }
}
