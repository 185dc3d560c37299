import type { Capability } from "../../domain/channel.js";
import { capabilitiesBy, type Row, type Rows } from "../capability.js";
import type { Trackings } from "./shop.js";

const KEPT_RETURN =
  "the gateway keeps the return; the shop sees the refund, and a note for its staff";
const ANY_SHOP = {
  ORDER_READ: ["NATIVE", "NATURAL"],
  ORDER_CANCEL: [
    "PARTIAL",
    "NATURAL",
    {
      constraints: [
        "whole orders only",
        "WooCommerce puts the stock back by itself: restock: false cannot be honoured",
        "the money is given back by a refund of its own, after which WooCommerce calls the order Refunded",
      ],
    },
  ],
  ORDER_NOTE: ["NATIVE", "CHECK_THEN_ACT", { note: "a private note for the shop's staff" }],
  ORDER_TAG: ["EMULATED", "NATURAL", { note: "WooCommerce has no tags: the gateway keeps them" }],
  ORDER_ADDRESS_UPDATE: [
    "NATIVE",
    "NATURAL",
    {
      constraints: ["not after a cancellation"],
      note: "shipping costs and taxes stay as they are",
    },
  ],
  FULFILLMENT_FROM_LOCATION: ["NONE", "NATURAL", { note: "WooCommerce knows no locations" }],
  FULFILLMENT_EVENT_CREATE: [
    "EMULATED",
    "NATURAL",
    { note: "the gateway keeps scans itself; the shop is told nothing" },
  ],
  FULFILLMENT_ORDER_HOLD: [
    "EMULATED",
    "NATURAL",
    {
      note: "the gateway keeps the hold and holds back what it ships; the shop's staff see a note, and may ship nevertheless",
    },
  ],
  FULFILLMENT_ORDER_MOVE: ["NONE", "NATURAL", { note: "WooCommerce knows no locations" }],
  FULFILLMENT_ORDER_SPLIT: ["NONE", "NATURAL", { note: "WooCommerce knows no fulfillment orders" }],
  EXCHANGE_CREATE: ["NONE", "NATURAL", { note: "WooCommerce has no exchanges" }],
  RETURN_CREATE: ["EMULATED", "NATURAL", { note: KEPT_RETURN }],
  RETURN_APPROVE: ["EMULATED", "NATURAL", { note: KEPT_RETURN }],
  RETURN_RECEIVE: ["EMULATED", "NATURAL", { note: KEPT_RETURN }],
  RETURN_CLOSE: ["EMULATED", "NATURAL", { note: KEPT_RETURN }],
  REFUND_QUOTE: [
    "EMULATED",
    "NATURAL",
    { note: "counted from the order's own amounts: WooCommerce names no price of a refund" },
  ],
  REFUND_RESTOCK: [
    "PARTIAL",
    "CHECK_THEN_ACT",
    {
      constraints: [
        "all lines of a refund or none: a wish for both becomes two refunds",
        "only goods whose stock the shop counts, and not after a cancellation",
      ],
    },
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
  WEBHOOK_RETURN: ["NONE", "NATURAL", { note: "WooCommerce has no returns" }],
  POLL_UPDATED_SINCE: ["NATIVE", "NATURAL"],
} satisfies Rows;

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
  FULFILLMENT_TRACKING_UPDATE: ["NATIVE", "NATURAL", { constraints: ["one package a shipment"] }],
  FULFILLMENT_CANCEL: ["NATIVE", "NATURAL"],
} satisfies Rows;

const PLUGINS: Record<Trackings["plugin"], string> = {
  "shipment-tracking": "Shipment Tracking",
  ast: "AST (Advanced Shipment Tracking)",
};

/** Trackings are for the order as a whole: what is less is said to be emulated, and by what. */
function trackedBy({ plugin }: Trackings) {
  const name = PLUGINS[plugin];
  const inMeta = `${name} keeps tracking numbers of the order as a whole: which lines a parcel holds stands in the order's meta, where the shop's staff do not see it`;
  const create = {
    constraints: [
      "whole orders in one parcel with a tracking number; anything else is emulated",
      "a parcel without a tracking number is noted in the shop and kept by the gateway",
      ...(plugin === "ast"
        ? [
            "letters, digits, spaces and dashes in tracking numbers",
            "a carrier that is not in AST's list is shown to customers without its name",
          ]
        : []),
    ],
    note: `a tracking of ${name} and, when all is shipped, the status Completed`,
  };
  return {
    FULFILLMENT_CREATE: ["PARTIAL", "CHECK_THEN_ACT", create],
    FULFILLMENT_PARTIAL: ["EMULATED", "CHECK_THEN_ACT", { note: inMeta }],
    FULFILLMENT_MULTI_PACKAGE: [
      "EMULATED",
      "CHECK_THEN_ACT",
      { constraints: ["each package but one names its lines"], note: inMeta },
    ],
    FULFILLMENT_TRACKING_UPDATE: [
      "EMULATED",
      "CHECK_THEN_ACT",
      { note: "a tracking cannot be changed: the new one is added, then the old one deleted" },
    ],
    FULFILLMENT_CANCEL: [
      "NATIVE",
      "NATURAL",
      { note: "its trackings are deleted; an order that is Completed stays so" },
    ],
  } satisfies Rows;
}

const KEPT_HERE =
  "the shop keeps neither shipments nor tracking numbers (core fulfillments are off, and neither Shipment Tracking nor AST is active): the gateway keeps the shipment, the shop gets a note and, when all is shipped, the status Completed";
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
} satisfies Rows;

function shipments({ coreFulfillments, trackings }: Parameters<typeof capabilitiesOf>[0]): Rows {
  if (coreFulfillments) return CORE_FULFILLMENTS;
  return trackings ? trackedBy(trackings) : EMULATED;
}

const READS: ReadonlySet<string> = new Set(["ORDER_READ", "POLL_UPDATED_SINCE"]);

/** Refunds are made everywhere; whether money is sent with them depends on how an order was paid. */
function refunds(gateways: readonly string[] | null | undefined) {
  const row: Row = [
    gateways?.length === 0 || gateways === null ? "PARTIAL" : "NATIVE",
    "CHECK_THEN_ACT",
    { constraints: ["no store credit", "one place to restock"], note: wayOf(gateways) },
  ];
  return { REFUND_LINES: row, REFUND_SHIPPING: row, REFUND_ARBITRARY_AMOUNT: row };
}

function wayOf(gateways: readonly string[] | null | undefined): string {
  if (gateways === undefined)
    return "the order's payment gateway sends the money where it can; else the refund is recorded and the money sent by hand";
  if (gateways === null)
    return "which payment gateways can send money is not known, as the key may not see them: refunds are recorded, and the money is sent by hand";
  if (gateways.length === 0)
    return "none of the shop's payment gateways can send money: refunds are recorded, and the money is sent by hand";
  return `the money is sent by ${gateways.join(", ")}; for orders paid otherwise the refund is recorded and the money sent by hand`;
}

/**
 * What a shop can do, by how it keeps shipments and which of its payment gateways can send money back (null: not known;
 * absent: any shop). A key that can be used at all has every permission needed.
 */
export function capabilitiesOf(shop: {
  coreFulfillments: boolean;
  trackings?: Trackings | null;
  refundGateways?: readonly string[] | null;
}): Capability[] {
  const rows: Rows = {
    ...ANY_SHOP,
    ...shipments(shop),
    ...refunds(shop.refundGateways),
  };
  return capabilitiesBy(rows, new Set()).map((capability) => ({
    ...capability,
    requiredScopes: [READS.has(capability.operation) ? "read" : "read_write"],
  }));
}
