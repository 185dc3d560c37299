import { describe, expect, it } from "vitest";
import type { Capability } from "../../src/domain/channel.js";
import { COMMAND_TYPES } from "../../src/domain/command.js";
import type {
  DocumentFulfillment,
  DocumentFulfillmentOrder,
  DocumentReturn,
  OrderDocument,
} from "../../src/domain/document.js";
import type { FulfillmentOrderStatus } from "../../src/domain/fulfillment.js";
import { sameMoney } from "../../src/domain/money.js";
import type { ReturnStatus } from "../../src/domain/return.js";
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
  native("FULFILLMENT_ORDER_HOLD"),
  native("FULFILLMENT_ORDER_MOVE"),
  native("ORDER_NOTE"),
  native("ORDER_TAG"),
  native("ORDER_ADDRESS_UPDATE"),
  native("RETURN_CREATE"),
  native("RETURN_APPROVE"),
  native("RETURN_RECEIVE"),
  native("RETURN_CLOSE"),
  native("REFUND_LINES"),
];
const shipped = { status: "SUCCESS", packages: [{ id: "pkg" }] } as DocumentFulfillment;
const returning = (status: ReturnStatus, received = 0, more: Partial<DocumentReturn> = {}) =>
  ({
    id: `return_${status}`,
    status,
    owner: "CHANNEL",
    planned: false,
    lines: [{ received, rejected: 0 }],
    ...more,
  }) as DocumentReturn;
const totalsOf = (captured: string, refunded = "0", refundPending = "0") =>
  ({
    captured: sameMoney(captured, "EUR"),
    refunded: sameMoney(refunded, "EUR"),
    refundPending: sameMoney(refundPending, "EUR"),
    outstanding: sameMoney("0", "EUR"),
  }) as OrderDocument["totals"];
const ours = { id: "hold_1", nativeId: null, commandId: null };
const theirs = { id: "hold_2", nativeId: "gid://2", commandId: null };
const working = (status: FulfillmentOrderStatus, more: object = {}) =>
  ({
    id: "fo_1",
    status,
    locationId: "berlin",
    holds: [],
    ...more,
  }) as unknown as DocumentFulfillmentOrder;
const order = {
  platform: "WOOCOMMERCE",
  state: "OPEN",
  deletedAt: null,
  lines: [{ requiresShipping: true, quantities: { onHold: 0, fulfilled: 2, returnable: 1 } }],
  fulfillmentOrders: [working("ON_HOLD", { holds: [ours] })],
  fulfillments: [shipped],
  returns: [returning("REQUESTED"), returning("APPROVED")],
  refunds: [],
  transactions: [],
  totals: totalsOf("30.00"),
} as unknown as ActionFacts["order"];
const viewer = { scopes: SCOPES } as unknown as Viewer;
const facts: ActionFacts = {
  order,
  open: order.lines,
  channel: { capabilities, disconnectedAt: null },
  viewer,
  places: [{ nativeId: "berlin" }, { nativeId: "ghent" }],
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
const changed = (changes: object) => ({ ...order, ...changes }) as unknown as ActionFacts["order"];
const without = (operation: Capability["operation"]) =>
  capabilities.filter((each) => each.operation !== operation);

const HERE = { city: "Ghent" };
/** An order of a Magento shop, in a state of it, by default paid and with nothing shipped. */
const atMagento = (state: string, changes: object = {}) =>
  changed({
    platform: "MAGENTO",
    platformStatuses: [{ field: "state", value: state }],
    lines: [{ requiresShipping: true, quantities: { fulfilled: 0 } }],
    shippingAddress: HERE,
    transactions: [{ kind: "CAPTURE", status: "SUCCEEDED" }],
    ...changes,
  });
/** An order of a BigCommerce store that goes so. */
const atBigCommerce = (...methods: string[]) =>
  changed({
    platform: "BIGCOMMERCE",
    fulfillmentOrders: methods.map((method) => ({
      ...working("OPEN"),
      method,
      lines: [{ lineId: "line_1" }],
    })),
  });
const opening = (requiresShipping: boolean) =>
  [{ id: "line_1", requiresShipping }] as unknown as ActionFacts["open"];

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
    ["nothing left", { open: [] }, "FULFILLMENT_CREATE", "Nothing is left to ship"],
    [
      "a hold",
      {
        open: [],
        order: changed({ lines: [{ quantities: { onHold: 2 } }] }),
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
      "a canceled order of a platform that refunds none",
      { order: changed({ platform: "BIGCOMMERCE", state: "CANCELED" }) },
      "REFUND_CREATE",
      "BigCommerce refunds no canceled order; put its status back in the store first",
    ],
    [
      "a deleted order",
      { order: { ...order, deletedAt: "2026-01-01T00:00:00.000Z" } },
      "FULFILLMENT_CANCEL",
      "The order was deleted in its shop",
    ],
    [
      "work that is over",
      { order: changed({ fulfillmentOrders: [working("CLOSED")] }) },
      "FULFILLMENT_ORDER_HOLD",
      "Work that is CLOSED cannot be held",
    ],
    [
      "work all of which is over",
      { order: changed({ fulfillmentOrders: [working("CLOSED"), working("CANCELED")] }) },
      "FULFILLMENT_ORDER_MOVE",
      "The order has no work that can be moved",
    ],
    [
      "no work",
      { order: changed({ fulfillmentOrders: [] }) },
      "FULFILLMENT_ORDER_HOLD",
      "The order has no work that is planned",
    ],
    [
      "no hold",
      { order: changed({ fulfillmentOrders: [working("OPEN")] }) },
      "FULFILLMENT_ORDER_RELEASE",
      "Nothing holds it back",
    ],
    [
      "no other place",
      { places: [{ nativeId: "berlin" }] },
      "FULFILLMENT_ORDER_MOVE",
      "The shop has no other place that it could leave from",
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
    [
      "nothing that left",
      { order: changed({ lines: [{ quantities: { fulfilled: 0, returnable: 0 } }] }) },
      "RETURN_CREATE",
      "Nothing has left yet",
    ],
    [
      "all of it in returns",
      { order: changed({ lines: [{ quantities: { fulfilled: 2, returnable: 0 } }] }) },
      "RETURN_CREATE",
      "All that left is in a return already",
    ],
    ["no return", { order: changed({ returns: [] }) }, "RETURN_RECEIVE", "The order has no return"],
    [
      "a return still to be made",
      { order: changed({ returns: [returning("APPROVED", 0, { planned: true })] }) },
      "RETURN_CLOSE",
      "The return is not made yet",
    ],
    [
      "no return that waits for a decision",
      { order: changed({ returns: [returning("APPROVED")] }) },
      "RETURN_DECLINE",
      "The order has no return that can be declined now",
    ],
    [
      "no money",
      { order: changed({ totals: totalsOf("0") }) },
      "REFUND_CREATE",
      "No money was received",
    ],
    [
      "no money left",
      { order: changed({ totals: totalsOf("30.00", "10.00", "20.00") }) },
      "REFUND_CREATE",
      "All of the money was given back, or is about to be",
    ],
    [
      "a shipment, at Shopify",
      { order: changed({ platform: "SHOPIFY" }) },
      "ORDER_CANCEL",
      "Shopify cancels no order of which something was shipped",
    ],
    [
      "an open return, at Shopify",
      { order: changed({ platform: "SHOPIFY", lines: [{ quantities: { fulfilled: 0 } }] }) },
      "ORDER_CANCEL",
      "Shopify cancels no order with an open return",
    ],
    [
      "a payment in doubt, at Shopify",
      {
        order: changed({
          platform: "SHOPIFY",
          lines: [{ quantities: { fulfilled: 0 } }],
          transactions: [{ kind: "AUTHORIZATION", status: "PENDING" }],
        }),
      },
      "ORDER_CANCEL",
      "Shopify cancels no order whose payment is still being authorised",
    ],
    [
      "returns that are asked for only, at Shopify",
      { order: changed({ platform: "SHOPIFY", returns: [returning("REQUESTED")] }) },
      "RETURN_CANCEL",
      "Shopify cancels no return that is only asked for; decline it",
    ],
  ])("disables a write for %s, and says so", (_, changes, operation, reason) => {
    expect(reasons(changes)[operation]).toBe(reason);
  });

  it.each<[string, DocumentReturn, string, string | null]>([
    ["asked for", returning("REQUESTED"), "RETURN_APPROVE", null],
    ["asked for", returning("REQUESTED"), "RETURN_CANCEL", null],
    [
      "agreed to",
      returning("APPROVED"),
      "RETURN_APPROVE",
      "A return that is APPROVED cannot be approved",
    ],
    ["half back", returning("PARTIALLY_RECEIVED", 1), "RETURN_RECEIVE", null],
    [
      "half back",
      returning("PARTIALLY_RECEIVED", 1),
      "RETURN_CANCEL",
      "Something of it came back already",
    ],
    ["all back", returning("INSPECTED", 2), "RETURN_RECEIVE", "All of it came back already"],
    ["all back", returning("INSPECTED", 2), "RETURN_CLOSE", null],
    ["ended", returning("CLOSED", 2), "RETURN_CLOSE", "A return that is CLOSED cannot be closed"],
    ["ended", returning("CLOSED", 2), "REFUND_CREATE", null],
  ])(
    "says of one return that is %s whether it can be moved (case %#)",
    (_, of, operation, reason) => {
      expect(reasons({ of, order: changed({ returns: [of] }) })[operation]).toBe(reason);
    },
  );

  it("says of one piece of work what can be done with it", () => {
    const [free, held, over] = [
      working("OPEN", { locationId: "ghent" }),
      working("ON_HOLD", { holds: [theirs] }),
      working("CLOSED"),
    ];
    const of = (work: DocumentFulfillmentOrder) =>
      reasons({ work, order: changed({ fulfillmentOrders: [free, held, over] }) });
    expect(of(free)).toMatchObject({
      FULFILLMENT_ORDER_HOLD: null,
      FULFILLMENT_ORDER_RELEASE: "Nothing holds it back",
      FULFILLMENT_ORDER_MOVE: null,
    });
    expect(of(held)).toMatchObject({
      FULFILLMENT_ORDER_HOLD: null,
      FULFILLMENT_ORDER_RELEASE: null,
    });
    expect(of(over)).toMatchObject({
      FULFILLMENT_ORDER_HOLD: "Work that is CLOSED cannot be held",
      FULFILLMENT_ORDER_MOVE: "Work that is CLOSED cannot be moved",
    });
  });

  it("says beforehand that holds of others have to be named", () => {
    const constraints = (...holds: object[]) =>
      availableActions({ ...facts, work: working("ON_HOLD", { holds }) }, [
        "FULFILLMENT_ORDER_RELEASE",
      ])[0]?.constraints;
    expect(constraints(theirs)).toEqual([
      "holdIds is demanded, since others placed what holds it back",
    ]);
    expect(constraints(theirs, ours)).toEqual([]);
  });

  it("asks nothing of the shop for a return that the gateway keeps", () => {
    const of = returning("APPROVED", 0, { owner: "GATEWAY" });
    const channel = { capabilities: [], disconnectedAt: null };
    const [close, refund] = availableActions({ ...facts, of, channel }, [
      "RETURN_CLOSE",
      "REFUND_CREATE",
    ]);
    expect(close).toMatchObject({ enabled: true, support: "EMULATED" });
    expect(refund).toMatchObject({ enabled: false, support: "NONE" });
  });

  it("says beforehand what guards money", () => {
    const [refund] = availableActions(facts, ["REFUND_CREATE"]);
    expect(refund?.constraints).toEqual([
      "options.idempotencyKey is demanded",
      "never sent again by itself; an unknown outcome waits for commandResolve",
    ]);
    const refunds = [{ status: "OUTCOME_UNKNOWN" }];
    const ability: Capability = {
      ...native("REFUND_LINES"),
      idempotent: "KEYED",
      support: "EMULATED",
    };
    const [doubtful] = availableActions(
      {
        ...facts,
        order: changed({ refunds }),
        channel: { capabilities: [ability], disconnectedAt: null },
      },
      ["REFUND_CREATE"],
    );
    expect(doubtful?.constraints).toEqual([
      "options.idempotencyKey is demanded",
      "options.allowEmulated: true is demanded",
      "waits until the refund is resolved whose outcome is unknown",
    ]);
  });

  it("lets a deleted order be read again, for it may have come back", () => {
    expect(
      reasons({ order: { ...order, deletedAt: "2026-01-01T00:00:00.000Z" } }).ORDER_REFRESH,
    ).toBeNull();
  });

  it.each<[state: string, operation: string, reason: string | null]>([
    ["processing", "FULFILLMENT_CREATE", null],
    ["processing", "ORDER_CANCEL", null],
    ["processing", "REFUND_CREATE", null],
    ["holded", "FULFILLMENT_CREATE", "The order is on hold in the shop; release it there first"],
    ["holded", "ORDER_CANCEL", "The order is on hold in the shop; release it there first"],
    ["holded", "REFUND_CREATE", "The order is on hold in the shop; release it there first"],
    ["holded", "FULFILLMENT_TRACKING_UPDATE", null],
    ["holded", "ORDER_NOTE_ADD", null],
    ["payment_review", "REFUND_CREATE", "The order's payment is under review in the shop"],
    [
      "complete",
      "ORDER_CANCEL",
      "The order is complete in the shop; take back and refund what is to come back",
    ],
    ["complete", "REFUND_CREATE", null],
    ["closed", "ORDER_CANCEL", "The order is closed in the shop: all of it was refunded"],
    ["closed", "FULFILLMENT_CREATE", "The order is closed in the shop: all of it was refunded"],
    ["closed", "ORDER_ADDRESS_UPDATE", null],
    ["canceled", "REFUND_CREATE", "Magento refunds no canceled order"],
    ["a_state_of_an_extension", "ORDER_CANCEL", null],
  ])("says what Magento does of an order that is %s (%s)", (state, operation, reason) => {
    expect(reasons({ order: atMagento(state) })[operation]).toBe(reason);
  });

  it("says that an order closed by its refund cannot be canceled, though no money is left", () => {
    const order = atMagento("closed", { totals: totalsOf("30.00", "30.00") });
    expect(reasons({ order }).ORDER_CANCEL).toBe(
      "The order is closed in the shop: all of it was refunded",
    );
  });

  it.each<[string, Partial<ActionFacts>, string, string | null]>([
    [
      "partly shipped, at Magento",
      {
        order: atMagento("processing", {
          lines: [{ quantities: { fulfilled: 0 } }, { quantities: { fulfilled: 1 } }],
        }),
      },
      "ORDER_CANCEL",
      "Magento cancels no order of which something was shipped",
    ],
    [
      "billed but not paid, at Magento",
      {
        order: atMagento("processing", {
          totals: totalsOf("0"),
          transactions: [{ kind: "CAPTURE", status: "PENDING" }],
        }),
      },
      "ORDER_CANCEL",
      "Magento cancels nothing that was billed, and no money came in that could be given back",
    ],
    [
      "billed whole, and given back as an amount, at Magento",
      { order: atMagento("processing", { totals: totalsOf("30.00", "30.00") }) },
      "ORDER_CANCEL",
      "Magento cancels nothing that was billed, and all of its money was given back",
    ],
    [
      "neither billed nor paid, at Magento",
      { order: atMagento("new", { totals: totalsOf("0"), transactions: [] }) },
      "ORDER_CANCEL",
      null,
    ],
    [
      "paid, at Magento, for a key that moves no money",
      {
        order: atMagento("processing"),
        viewer: { ...viewer, scopes: SCOPES.filter((scope) => scope !== "REFUNDS_WRITE") },
      },
      "ORDER_CANCEL",
      "This key lacks the scope REFUNDS_WRITE",
    ],
    [
      "sent nowhere, at Magento",
      { order: atMagento("processing", { shippingAddress: null }) },
      "ORDER_ADDRESS_UPDATE",
      "Nothing of the order is sent to an address",
    ],
    [
      "left with virtual goods, at Magento",
      { order: atMagento("processing"), open: opening(false) },
      "FULFILLMENT_CREATE",
      "Nothing that is left needs shipping",
    ],
    [
      "left with virtual goods, at BigCommerce",
      { order: atBigCommerce("SHIPPING"), open: opening(false) },
      "FULFILLMENT_CREATE",
      "Nothing that is left needs shipping",
    ],
    [
      "left with virtual goods, at WooCommerce, which takes a shipment of them",
      { open: opening(false) },
      "FULFILLMENT_CREATE",
      null,
    ],
    [
      "picked up, at BigCommerce",
      { order: atBigCommerce("PICKUP"), open: opening(true) },
      "FULFILLMENT_CREATE",
      "What is left is sent to no address; BigCommerce ships nothing that is picked up",
    ],
    [
      "sent to an address, at BigCommerce",
      { order: atBigCommerce("SHIPPING", "PICKUP"), open: opening(true) },
      "FULFILLMENT_CREATE",
      null,
    ],
    [
      "sent to an address, at BigCommerce",
      { order: atBigCommerce("SHIPPING", "PICKUP") },
      "ORDER_ADDRESS_UPDATE",
      null,
    ],
    [
      "sent to two addresses, at BigCommerce",
      { order: atBigCommerce("SHIPPING", "SHIPPING") },
      "ORDER_ADDRESS_UPDATE",
      "The order goes to 2 addresses; change them in the store's control panel",
    ],
    [
      "sent to no address, at BigCommerce",
      { order: atBigCommerce("PICKUP") },
      "ORDER_ADDRESS_UPDATE",
      "Nothing of the order is sent to an address",
    ],
  ])("says of an order that is %s whether it can be done", (_, changes, operation, reason) => {
    expect(reasons(changes)[operation]).toBe(reason);
  });

  it("says beforehand that Magento cancels what was paid only with its money", () => {
    const constraintsOf = (order: ActionFacts["order"]) =>
      availableActions({ ...facts, order }, ["ORDER_CANCEL"])[0]?.constraints;
    expect(constraintsOf(atMagento("processing"))).toEqual([
      "refund: true is demanded, since the shop cancels nothing that was billed",
    ]);
    expect(constraintsOf(atMagento("new", { totals: totalsOf("0") }))).toEqual([]);
  });

  it.each<[string, ReturnStatus, string]>([
    ["SHOPIFY", "REQUESTED", "Shopify cancels no return that is only asked for; decline it"],
    ["MAGENTO", "APPROVED", "Adobe Commerce cancels no return; close it"],
  ])("asks what %s makes of a return only where the shop has it", (platform, status, reason) => {
    const asked = (owner: DocumentReturn["owner"]) => {
      const of = returning(status, 0, { owner });
      const order = changed({ platform, platformStatuses: [], transactions: [], returns: [of] });
      return reasons({ of, order }).RETURN_CANCEL;
    };
    expect(asked("CHANNEL")).toBe(reason);
    expect(asked("GATEWAY")).toBeNull();
  });

  it("cancels no return of Adobe Commerce's own, whichever of an order's is meant", () => {
    const any = (owner: DocumentReturn["owner"]) =>
      reasons({ order: atMagento("complete", { returns: [returning("APPROVED", 0, { owner })] }) })
        .RETURN_CANCEL;
    expect(any("CHANNEL")).toBe("Adobe Commerce cancels no return; decline or close it");
    expect(any("GATEWAY")).toBeNull();
  });
});
