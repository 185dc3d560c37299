import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mintId } from "../../src/domain/id.js";
import { commandAttempts, commandSteps, commands, reservations } from "../../src/store/tables.js";
import { refund, returned, returnLine } from "../domain/arbitraries.js";
import { openTestApi, TENANT, type TestApi } from "../support/api.js";
import { head, line, shipment, snapshot } from "../support/snapshots.js";

/** Everything that an order can show, with every way back up. */
const EVERYTHING = `
query ($first: Int!) {
  orders(first: $first) {
    asOf totalCount { value exact } pageInfo { hasNextPage endCursor }
    nodes {
      id version number email syncState tags externalRef { id updatedAt }
      channel { id name sync { health pendingCommands deadLetters problem { code } webhooks { topic } } locations { id externalRef { id } } can(operation: ORDER_READ) { support } }
      platformStatuses { field observedAt } statusProvenance { dimension from { observedAt } }
      holds { id } anomalies { code observedAt } freshness { observedAt stale } notes { text syncState } attributes { key } totals { total { shop { amount } } }
      lines(first: 50) { nodes { id order { id } quantities { fulfillable } properties { key } parentLine { id } } }
      fulfillmentOrders { id location { id } lines { line { id } } availableActions { enabled } }
      fulfillments {
        id order { number } location { name } syncState command { id status } platformStatuses { observedAt }
        lines { line { sku } quantity }
        packages { id fulfillment { id } order { id } lines { quantity } tracking { number events(first: 20) { nodes { id status } } } }
      }
      returns { id name syncState order { id } refunds { id } lines { line { id } note } shipments { tracking { number } } availableActions { enabled } }
      refunds { id lines { line { id } } syncState return { id } } transactions { id externalRef { id } }
      timeline(first: 20) { nodes { type subject { id } order { id } channel { id } causedBy { id } } }
      commands { id target { id } result { id } channel { id } requestedBy { name } errors { code } steps { summary attempts { outcome } } }
      availableActions { operation enabled reason }
    }
  }
}`;

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  const shipped = (_: unknown, index: number) =>
    snapshot(`o${index}`, 0, {
      head: {
        asOf: "2026-01-01T00:00:00.000Z",
        complete: true,
        value: head({ number: `o${index}`, tags: ["x"] }),
      },
      lines: {
        asOf: "2026-01-01T00:00:00.000Z",
        complete: true,
        value: Array.from({ length: 8 }, (_, n) => line(String(n), 3)),
      },
      fulfillments: {
        asOf: "2026-01-01T00:00:00.000Z",
        complete: true,
        value: [
          shipment("f1", { 1: 1 }, { number: `A${index}`, locationId: "7" }),
          shipment("f2", { 2: 1 }, { number: `B${index}` }),
        ],
      },
      returns: {
        asOf: "2026-01-01T00:00:00.000Z",
        complete: true,
        value: [returned("r1", [returnLine("1", 1)])],
      },
      refunds: {
        asOf: "2026-01-01T00:00:00.000Z",
        complete: true,
        value: [refund("m1", { 1: 1 }, { returnId: "r1" })],
      },
    });
  await api.record(api.woo, ...Array.from({ length: 50 }, shipped));
  await giveEachACommand();
});
afterAll(() => api?.drop());

/** A command with a step, an attempt and a reservation on every order. */
async function giveEachACommand() {
  const { nodes } = (
    await api.read<{ orders: { nodes: { id: string; lines: { nodes: { id: string }[] } }[] } }>(
      "{ orders(first: 50) { nodes { id lines { nodes { id } } } } }",
    )
  ).orders;
  await api.database.forTenant(TENANT, async (tx) => {
    for (const { id: orderId, lines } of nodes) {
      const [commandId, stepId] = [mintId("Command"), crypto.randomUUID()];
      await tx.insert(commands).values({
        tenantId: TENANT,
        id: commandId,
        channelId: api.woo,
        orderId,
        type: "ORDER_REFRESH",
        status: "QUEUED",
        command: { type: "ORDER_REFRESH", orderId, notifyCustomer: null },
        client: "till",
        actor: { kind: "API_CLIENT", id: "till", name: "Till" },
        inputHash: "",
        targetId: orderId,
        resultId: lines.nodes[0]?.id ?? null,
      });
      await tx.insert(commandSteps).values({
        tenantId: TENANT,
        id: stepId,
        commandId,
        orderId,
        index: 0,
        marker: stepId,
        status: "QUEUED",
        step: {
          summary: "read it",
          kind: "ORDER_REFRESH",
          money: false,
          support: "NATIVE",
          idempotent: "NATURAL",
          request: {},
          creates: null,
        },
      });
      await tx
        .insert(commandAttempts)
        .values({ tenantId: TENANT, stepId, number: 1, startedAt: new Date(), outcome: "UNKNOWN" });
      await tx.insert(reservations).values({
        tenantId: TENANT,
        orderId,
        lineId: lines.nodes[0]?.id as string,
        stepId,
        quantity: "1",
      });
    }
  });
}

async function measure(first: number) {
  const { value, statements } = await api.database.countStatements(() =>
    api.read<{ orders: { nodes: { commands: unknown[]; syncState: string }[] } }>(EVERYTHING, {
      first,
    }),
  );
  return { nodes: value.orders.nodes, statements };
}

describe("a page of whole orders", () => {
  it("takes as many statements for fifty as for one", async () => {
    const one = await measure(1);
    const fifty = await measure(50);
    expect(one.nodes).toHaveLength(1);
    expect(fifty.nodes).toHaveLength(50);
    expect(
      fifty.nodes.every(
        ({ commands, syncState }) => commands.length === 1 && syncState === "PENDING_PUSH",
      ),
    ).toBe(true);
    expect(fifty.statements.length).toBe(one.statements.length);
    expect(new Set(fifty.statements)).toEqual(new Set(one.statements));
  });

  it("takes few statements: what is not asked for is not read", async () => {
    const { statements } = await measure(50);
    expect(statements.length).toBeLessThanOrEqual(26);
    const plain = await api.database.countStatements(() =>
      api.read(
        "{ orders(first: 50) { nodes { number lines { nodes { sku } } fulfillments { status } } } }",
      ),
    );
    // The log's position, the page's ids, its documents.
    expect(plain.statements).toHaveLength(3);
  });

  it("shows what can be shipped net of what unfinished writes hold", async () => {
    const { nodes } = (
      await api.read<{ orders: { nodes: { lines: { nodes: { quantities: object }[] } }[] } }>(
        "{ orders(first: 1) { nodes { lines { nodes { quantities { ordered fulfillable } } } } } }",
      )
    ).orders;
    expect(nodes[0]?.lines.nodes.slice(0, 3).map(({ quantities }) => quantities)).toEqual([
      { ordered: 3, fulfillable: 2 },
      { ordered: 3, fulfillable: 2 },
      { ordered: 3, fulfillable: 2 },
    ]);
  });
});
