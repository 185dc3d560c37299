import type {
  Capability,
  ChannelOperation,
  Support,
  UpstreamIdempotency,
} from "../../domain/channel.js";

type Row = [Support, UpstreamIdempotency, { constraints?: string[]; note?: string }?];

const ANY_SHOP = {
  ORDER_READ: ["NATIVE", "NATURAL"],
  ORDER_CANCEL: [
    "PARTIAL",
    "NATURAL",
    {
      constraints: [
        "whole orders only",
        "WooCommerce puts the stock back by itself: restock: false cannot be honoured",
        "no payment is refunded",
      ],
    },
  ],
  FULFILLMENT_FROM_LOCATION: ["NONE", "NATURAL", { note: "WooCommerce knows no locations" }],
  FULFILLMENT_EVENT_CREATE: [
    "EMULATED",
    "NATURAL",
    { note: "the gateway keeps scans itself; the shop is told nothing" },
  ],
  NOTIFY_CUSTOMER: ["NATIVE", "UNSAFE"],
  WEBHOOK_ORDER: [
    "PARTIAL",
    "NATURAL",
    {
      note: "a failed delivery is lost, and nothing is sent when an order is deleted for good",
    },
  ],
  WEBHOOK_FULFILLMENT: [
    "PARTIAL",
    "NATURAL",
    { note: "order.updated says that something changed" },
  ],
  WEBHOOK_REFUND: ["PARTIAL", "NATURAL", { note: "order.updated carries the sums only" }],
  POLL_UPDATED_SINCE: ["NATIVE", "NATURAL"],
} satisfies Partial<Record<ChannelOperation, Row>>;

const CORE_FULFILLMENTS = {
  FULFILLMENT_CREATE: ["NATIVE", "CHECK_THEN_ACT"],
  FULFILLMENT_PARTIAL: ["NATIVE", "CHECK_THEN_ACT"],
  FULFILLMENT_MULTI_PACKAGE: [
    "NATIVE",
    "CHECK_THEN_ACT",
    {
      constraints: ["each package but one names its lines"],
      note: "a fulfillment has room for one tracking number, so every package is one",
    },
  ],
  FULFILLMENT_TRACKING_UPDATE: [
    "NATIVE",
    "NATURAL",
    { constraints: ["one package a shipment", "shipments that an extension keeps are read-only"] },
  ],
  FULFILLMENT_CANCEL: [
    "NATIVE",
    "NATURAL",
    { constraints: ["shipments that an extension keeps are read-only"] },
  ],
} satisfies Partial<Record<ChannelOperation, Row>>;

const KEPT_HERE =
  "the shop has no fulfillments (core ones are off): the gateway keeps the shipment, the shop gets a note and, when all is shipped, the status Completed";
const EMULATED = {
  FULFILLMENT_CREATE: ["EMULATED", "CHECK_THEN_ACT", { note: KEPT_HERE }],
  FULFILLMENT_PARTIAL: ["EMULATED", "CHECK_THEN_ACT", { note: KEPT_HERE }],
  FULFILLMENT_MULTI_PACKAGE: ["EMULATED", "CHECK_THEN_ACT", { note: KEPT_HERE }],
  FULFILLMENT_TRACKING_UPDATE: [
    "EMULATED",
    "CHECK_THEN_ACT",
    { constraints: ["shipments that the gateway keeps"], note: KEPT_HERE },
  ],
  FULFILLMENT_CANCEL: [
    "EMULATED",
    "CHECK_THEN_ACT",
    { constraints: ["shipments that the gateway keeps"], note: KEPT_HERE },
  ],
} satisfies Partial<Record<ChannelOperation, Row>>;

const READS: ReadonlySet<string> = new Set(["ORDER_READ", "POLL_UPDATED_SINCE"]);

/** What a shop can do, by whether it has core fulfillments. A key that can be used at all has every permission needed. */
export function capabilitiesOf(coreFulfillments: boolean): Capability[] {
  const rows: Partial<Record<ChannelOperation, Row>> = {
    ...ANY_SHOP,
    ...(coreFulfillments ? CORE_FULFILLMENTS : EMULATED),
  };
  return Object.entries(rows).map(([operation, [support, idempotent, words]]) => ({
    operation: operation as ChannelOperation,
    support,
    constraints: words?.constraints ?? [],
    note: words?.note ?? null,
    requiredScopes: [READS.has(operation) ? "read" : "read_write"],
    granted: true,
    idempotent,
  }));
}
