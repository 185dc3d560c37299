import type { CommandType } from "../../src/domain/command.js";

/** An order as far as its writes name parts of it. */
export interface Seen {
  id: string;
  state: string;
  paymentStatus: string;
  availableActions: Action[];
  totals: { captured: Bag; refunded: Bag };
  lines: { nodes: { id: string }[] };
  fulfillmentOrders: (Part & { location: { id: string } | null; holds: { id: string }[] })[];
  fulfillments: { id: string; status: string; packages: { id: string }[] }[];
  returns: (Part & { lines: { line: { id: string }; approved: number; requested: number }[] })[];
}
/** What is said of a write before it is asked for. */
export interface Action {
  operation: CommandType;
  enabled: boolean;
  reason: string | null;
  support: string;
}
interface Part {
  id: string;
  availableActions: Pick<Action, "operation" | "enabled">[];
}
interface Bag {
  shop: { amount: string; currency: string };
}

/** What a write asks for beyond the least of its kind. */
export interface Way {
  /** Of the first line; for a move: no more than these. */
  pieces?: number;
  /** One piece of each line, each in a parcel of its own. */
  parcels?: boolean;
  /** Whether it says where the goods leave from. */
  place?: boolean;
  notify?: boolean;
  requested?: boolean;
  exchange?: boolean;
  everything?: boolean;
  shipping?: boolean;
  extra?: boolean;
  restock?: boolean;
}

/** A mutation, the types of its arguments, and the arguments. */
export type Asked = [
  mutation: string,
  types: Record<string, string>,
  variables: Record<string, unknown>,
];
type Write = (seen: Seen, way: Way, places: readonly string[]) => Asked | null;

export const SEE = `query ($id: ID!) { order(id: $id) {
  id state paymentStatus
  availableActions { operation enabled reason support }
  totals { captured { shop { amount currency } } refunded { shop { amount currency } } }
  lines(first: 10) { nodes { id } }
  fulfillmentOrders { id location { id } holds { id } availableActions { operation enabled } }
  fulfillments { id status packages { id } }
  returns { id lines { line { id } approved requested } availableActions { operation enabled } }
} }`;

const tracking = { number: "1Z999AA10123456784", carrier: "UPS" };

/** A place that no shop has. */
const NOWHERE = "loc_00000000000000000000000000";

/** How each write is asked for on what an order has; null where it has nothing that the write could name. */
export const WRITES: Record<CommandType, Write> = {
  FULFILLMENT_CREATE: (seen, { pieces, parcels, place }, places) => {
    const [from] = seen.fulfillmentOrders.filter(allows("FULFILLMENT_CREATE"));
    const each = seen.lines.nodes.map(({ id: lineId }) => ({ lineId, quantity: 1 }));
    const input = {
      orderId: seen.id,
      ...(pieces && { lines: some(seen, pieces) }),
      ...(parcels && { lines: each }),
      ...(place && { locationId: from?.location?.id ?? places[0] ?? NOWHERE }),
      packages: parcels ? each.map((line) => ({ tracking, lines: [line] })) : [{ tracking }],
    };
    return ["fulfillmentCreate", { input: "FulfillmentCreateInput!" }, { input }];
  },
  FULFILLMENT_TRACKING_UPDATE: (seen) =>
    ofShipment("fulfillmentTrackingUpdate", seen, {
      packages: ["[PackageInput!]!", [{ tracking: { ...tracking, number: "1Z999AA10123456785" } }]],
      replace: ["Boolean", true],
    }),
  FULFILLMENT_CANCEL: (seen) => ofShipment("fulfillmentCancel", seen),
  TRACKING_EVENT_ADD: (seen) => {
    const parcel = shipmentOf(seen)?.packages[0];
    return parcel
      ? [
          "trackingEventAdd",
          { packageId: "ID!", status: "DeliveryStatus!", occurredAt: "DateTime!" },
          { packageId: parcel.id, status: "IN_TRANSIT", occurredAt: new Date().toISOString() },
        ]
      : null;
  },
  FULFILLMENT_ORDER_HOLD: (seen) =>
    ofWork("FULFILLMENT_ORDER_HOLD", "fulfillmentOrderHold", seen, {
      reason: ["HoldReason!", "OTHER"],
    }),
  FULFILLMENT_ORDER_RELEASE: (seen) => {
    const row = rowFor("FULFILLMENT_ORDER_RELEASE", seen.fulfillmentOrders);
    const holdIds = row?.holds.map(({ id }) => id) ?? [];
    return ofWork("FULFILLMENT_ORDER_RELEASE", "fulfillmentOrderRelease", seen, {
      ...(holdIds.length > 0 && { holdIds: ["[ID!]", holdIds] }),
    });
  },
  FULFILLMENT_ORDER_MOVE: (seen, { pieces }, places) => {
    const row = rowFor("FULFILLMENT_ORDER_MOVE", seen.fulfillmentOrders);
    const other = places.find((place) => place !== row?.location?.id) ?? NOWHERE;
    return ofWork("FULFILLMENT_ORDER_MOVE", "fulfillmentOrderMove", seen, {
      locationId: ["ID!", other],
      ...(pieces && { lines: ["[LineQuantityInput!]", some(seen, pieces)] }),
    });
  },
  ORDER_CANCEL: (seen) => [
    "orderCancel",
    { input: "OrderCancelInput!" },
    { input: { orderId: seen.id, reason: "changed their mind", refund: hasMoney(seen) } },
  ],
  ORDER_NOTE_ADD: (seen) => [
    "orderNoteAdd",
    { orderId: "ID!", text: "String!", pushToChannel: "Boolean" },
    { orderId: seen.id, text: "Handle with care", pushToChannel: true },
  ],
  ORDER_TAGS_UPDATE: (seen) => [
    "orderTagsUpdate",
    { orderId: "ID!", add: "[String!]" },
    { orderId: seen.id, add: ["vip"] },
  ],
  ORDER_ADDRESS_UPDATE: (seen) => [
    "orderAddressUpdate",
    { orderId: "ID!", shippingAddress: "AddressInput!" },
    {
      orderId: seen.id,
      shippingAddress: {
        name: "Ada Lovelace",
        line1: "Hauptstraße 1",
        city: "Berlin",
        postalCode: "10115",
        country: "DE",
        phone: "+49 30 1234567",
      },
    },
  ],
  ORDER_REFRESH: (seen) => ["orderRefresh", { orderId: "ID!" }, { orderId: seen.id }],
  RETURN_CREATE: (seen, { requested = false, exchange }) => [
    "returnCreate",
    { input: "ReturnCreateInput!" },
    {
      input: {
        orderId: seen.id,
        lines: some(seen, 1).map((line) => ({ ...line, reason: "UNWANTED" })),
        requested,
        ...(exchange && { exchangeLines: [{ sku: "TEE-M", quantity: 1 }] }),
      },
    },
  ],
  RETURN_APPROVE: (seen) => ofReturn("RETURN_APPROVE", "returnApprove", seen),
  RETURN_DECLINE: (seen) =>
    ofReturn("RETURN_DECLINE", "returnDecline", seen, { reason: ["String!", "Worn"] }),
  RETURN_RECEIVE: (seen) => {
    const lines = rowFor("RETURN_RECEIVE", seen.returns)?.lines.map(
      ({ line, approved, requested }) => ({ lineId: line.id, received: approved || requested }),
    );
    return ofReturn("RETURN_RECEIVE", "returnReceive", seen, {
      lines: ["[ReceiveLineInput!]!", lines],
    });
  },
  RETURN_TRACKING_UPDATE: (seen) =>
    ofReturn("RETURN_TRACKING_UPDATE", "returnTrackingUpdate", seen, {
      tracking: ["TrackingInput!", tracking],
    }),
  RETURN_CLOSE: (seen) => ofReturn("RETURN_CLOSE", "returnClose", seen),
  RETURN_CANCEL: (seen) => ofReturn("RETURN_CANCEL", "returnCancel", seen),
  REFUND_CREATE: (seen, { everything, shipping, extra, restock = false }) => {
    const { amount, currency } = seen.totals.captured.shop;
    const input = {
      orderId: seen.id,
      ...((everything || extra) && {
        extraAmount: { amount: everything ? amount : "1.00", currency },
      }),
      ...(shipping && { shipping: { amount: "1.00", currency } }),
      ...(!everything &&
        !extra &&
        !shipping && { lines: some(seen, 1).map((line) => ({ ...line, restock })) }),
    };
    return ["refundCreate", { input: "RefundCreateInput!" }, { input }];
  },
};

type Arguments = Record<string, [type: string, value: unknown]>;

function some(seen: Seen, quantity: number) {
  return [{ lineId: seen.lines.nodes[0]?.id, quantity }];
}

function shipmentOf(seen: Seen) {
  return seen.fulfillments.find(({ status }) => status !== "CANCELED");
}

function ofShipment(mutation: string, seen: Seen, more: Arguments = {}): Asked | null {
  const row = shipmentOf(seen);
  return row ? asked(mutation, { fulfillmentId: ["ID!", row.id], ...more }) : null;
}

function ofWork(by: CommandType, mutation: string, seen: Seen, more: Arguments = {}): Asked | null {
  const row = rowFor(by, seen.fulfillmentOrders);
  return row ? asked(mutation, { id: ["ID!", row.id], ...more }) : null;
}

function ofReturn(
  by: CommandType,
  mutation: string,
  seen: Seen,
  more: Arguments = {},
): Asked | null {
  const row = rowFor(by, seen.returns);
  return row ? asked(mutation, { returnId: ["ID!", row.id], ...more }) : null;
}

/** The part that says of itself that this can be done with it, or else the first. */
function rowFor<Row extends Part>(operation: CommandType, rows: readonly Row[]): Row | undefined {
  return rows.find(allows(operation)) ?? rows[0];
}

function allows(operation: CommandType) {
  return ({ availableActions }: Part) =>
    availableActions.some((action) => action.operation === operation && action.enabled);
}

function asked(mutation: string, given: Arguments): Asked {
  const parts = Object.entries(given);
  return [
    mutation,
    Object.fromEntries(parts.map(([name, [type]]) => [name, type])),
    Object.fromEntries(parts.map(([name, [, value]]) => [name, value])),
  ];
}

function hasMoney({ totals: { captured, refunded } }: Seen): boolean {
  return Number(captured.shop.amount) > Number(refunded.shop.amount);
}
