import { describe, expect, it } from "vitest";
import type { Capability } from "../../src/domain/channel.js";
import { COMMAND_TYPES } from "../../src/domain/command.js";
import type { DocumentFulfillment, OrderDocument } from "../../src/domain/document.js";
import { SCOPES, type Viewer } from "../../src/domain/scope.js";
import { type ActionFacts, availableActions } from "../../src/graphql/actions.js";
import { native } from "../support/api.js";

const capabilities: Capability[] = [
  native("ORDER_READ"),
  native("ORDER_CANCEL"),
  native("FULFILLMENT_CREATE"),
  native("FULFILLMENT_TRACKING_UPDATE"),
  native("FULFILLMENT_CANCEL"),
  { ...native("FULFILLMENT_EVENT_CREATE"), support: "EMULATED" },
];
const shipped = { status: "SUCCESS", packages: [{ id: "pkg" }] } as DocumentFulfillment;
const order = {
  state: "OPEN",
  deletedAt: null,
  lines: [{ quantities: { onHold: 0 } }],
  fulfillments: [shipped],
} as unknown as OrderDocument;
const viewer = { scopes: SCOPES } as unknown as Viewer;
const facts: ActionFacts = {
  order,
  hasFulfillable: true,
  channel: { capabilities, disconnectedAt: null },
  viewer,
};

/** Each write with the reason that stands against it. */
function reasons(changes: Partial<ActionFacts> = {}) {
  return Object.fromEntries(
    availableActions({ ...facts, ...changes }).map(({ operation, enabled, reason }) => {
      expect(enabled).toBe(reason === null);
      return [operation, reason];
    }),
  );
}
const without = (operation: Capability["operation"]) =>
  capabilities.filter((each) => each.operation !== operation);

describe("availableActions", () => {
  it("enables what the key, the shop and the order allow", () => {
    expect(reasons()).toEqual(Object.fromEntries(COMMAND_TYPES.map((type) => [type, null])));
  });

  it("says how well the shop can do it", () => {
    const [scan] = availableActions(facts, ["TRACKING_EVENT_ADD"]);
    expect(scan).toMatchObject({
      operation: "TRACKING_EVENT_ADD",
      support: "EMULATED",
      enabled: true,
    });
  });

  it.each<[string, Partial<ActionFacts>, string, string]>([
    [
      "a scope that the key lacks",
      { viewer: { ...viewer, scopes: ["ORDERS_READ"] } },
      "ORDER_CANCEL",
      "This key lacks the scope ORDERS_WRITE",
    ],
    [
      "a shop that was disconnected",
      { channel: { capabilities, disconnectedAt: new Date() } },
      "ORDER_REFRESH",
      "The shop is disconnected",
    ],
    [
      "a shop that cannot",
      { channel: { capabilities: without("ORDER_CANCEL"), disconnectedAt: null } },
      "ORDER_CANCEL",
      "The shop cannot do it",
    ],
    [
      "a permission that the shop has not granted",
      {
        channel: {
          capabilities: [
            { ...native("ORDER_CANCEL"), granted: false, requiredScopes: ["write_orders"] },
          ],
          disconnectedAt: null,
        },
      },
      "ORDER_CANCEL",
      "The shop has not granted write_orders",
    ],
    ["nothing left", { hasFulfillable: false }, "FULFILLMENT_CREATE", "Nothing is left to ship"],
    [
      "a hold",
      {
        hasFulfillable: false,
        order: { ...order, lines: [{ quantities: { onHold: 2 } }] } as unknown as OrderDocument,
      },
      "FULFILLMENT_CREATE",
      "What is left to ship is on hold",
    ],
    [
      "a canceled order",
      { order: { ...order, state: "CANCELED" } },
      "FULFILLMENT_CREATE",
      "The order is canceled",
    ],
    [
      "a deleted order",
      { order: { ...order, deletedAt: "2026-01-01T00:00:00.000Z" } },
      "FULFILLMENT_CANCEL",
      "The order was deleted in its shop",
    ],
    [
      "no shipment",
      { order: { ...order, fulfillments: [{ ...shipped, status: "CANCELED" }] } },
      "FULFILLMENT_CANCEL",
      "The order has no shipment",
    ],
    [
      "a shipment still to be made",
      { order: { ...order, fulfillments: [{ ...shipped, status: "PENDING" }] } },
      "FULFILLMENT_TRACKING_UPDATE",
      "The shipment is not made yet",
    ],
    [
      "no parcel",
      { order: { ...order, fulfillments: [{ ...shipped, packages: [] }] } },
      "TRACKING_EVENT_ADD",
      "The order has no parcel",
    ],
  ])("disables a write for %s, and says so", (_, changes, operation, reason) => {
    expect(reasons(changes)[operation]).toBe(reason);
  });

  it("lets a deleted order be read again, for it may have come back", () => {
    expect(
      reasons({ order: { ...order, deletedAt: "2026-01-01T00:00:00.000Z" } }).ORDER_REFRESH,
    ).toBeNull();
  });
});
