import type { Capability } from "../../domain/channel.js";
import { capabilitiesBy, type Row, type Rows } from "../capability.js";
import { REFUNDS } from "./capability-refund.js";
import { KEPT_RETURNS, NATIVE_RETURNS } from "./capability-return.js";

const VIEW = "Magento_Sales::actions_view";
const SHIP = "Magento_Sales::ship";
const SHIPMENTS = "Magento_Sales::shipment";
const NO_WEBHOOKS =
  "Magento Open Source has no webhooks: the shop is polled, for orders, shipments, invoices and credit memos apart";
const READS = [VIEW, SHIPMENTS, "Magento_Sales::sales_invoice", "Magento_Sales::sales_creditmemo"];

const ROWS = {
  ORDER_READ: ["NATIVE", "NATURAL", { scopes: READS }],
  ORDER_CANCEL: [
    "PARTIAL",
    "NATURAL",
    {
      scopes: ["Magento_Sales::cancel"],
      constraints: [
        "whole orders of which nothing was shipped, and which are not on hold",
        "what was invoiced is never canceled: with refund its money is given back, which closes the order; without refund such an order is refused",
        "Magento gives the stock free by itself: restock: false cannot be honoured",
        "Magento keeps no reason",
        "the customer is not told",
      ],
    },
  ],
  FULFILLMENT_CREATE: [
    "NATIVE",
    "CHECK_THEN_ACT",
    { scopes: [SHIP], constraints: ["fractions only of products sold in decimals"] },
  ],
  FULFILLMENT_PARTIAL: ["NATIVE", "CHECK_THEN_ACT", { scopes: [SHIP] }],
  FULFILLMENT_MULTI_PACKAGE: [
    "NATIVE",
    "CHECK_THEN_ACT",
    {
      scopes: [SHIP],
      note: "packages that name their lines become a shipment each; those that name none share one",
    },
  ],
  FULFILLMENT_TRACKING_UPDATE: [
    "EMULATED",
    "NATURAL",
    {
      scopes: [SHIPMENTS],
      note: "a track cannot be changed, so the new is added and then the old deleted; the customer is not told of it by itself",
    },
  ],
  FULFILLMENT_CANCEL: ["NONE", "NATURAL", { note: "a shipment in Magento cannot be taken back" }],
  FULFILLMENT_EVENT_CREATE: [
    "EMULATED",
    "NATURAL",
    { note: "the gateway keeps scans itself; the shop is told nothing" },
  ],
  FULFILLMENT_ORDER_HOLD: [
    "EMULATED",
    "NATURAL",
    {
      scopes: ["Magento_Sales::hold", "Magento_Sales::unhold", "Magento_Sales::comment"],
      constraints: ["the whole order, which Magento then neither invoices, refunds nor cancels"],
      note: "the gateway keeps the hold and holds back what it ships; Magento shows the order On Hold, with a comment that says why. An order that the shop's staff put on hold only they release",
    },
  ],
  FULFILLMENT_ORDER_SPLIT: ["NONE", "NATURAL", { note: "Magento knows no fulfillment orders" }],
  EXCHANGE_CREATE: ["NONE", "NATURAL", { note: "Magento knows no exchanges; take a new order" }],
  ...REFUNDS,
  ORDER_NOTE: [
    "NATIVE",
    "CHECK_THEN_ACT",
    { scopes: ["Magento_Sales::comment"], note: "a comment that only the shop's staff sees" },
  ],
  ORDER_TAG: [
    "EMULATED",
    "NATURAL",
    {
      note: "Magento knows no tags of orders: the gateway keeps them, and the shop is told nothing",
    },
  ],
  ORDER_ADDRESS_UPDATE: [
    "NATIVE",
    "NATURAL",
    {
      scopes: ["Magento_Sales::create"],
      constraints: [
        "a first and a last name, a street, a city, a postcode and a country",
        "taxes and shipping costs are not counted anew",
      ],
    },
  ],
  NOTIFY_CUSTOMER: [
    "PARTIAL",
    "UNSAFE",
    {
      scopes: [SHIPMENTS],
      constraints: ["shipments and refunds only"],
      note: "the mail is sent after the shipment or credit memo was made, so that our reference is not in it",
    },
  ],
  WEBHOOK_ORDER: ["NONE", "NATURAL", { note: NO_WEBHOOKS }],
  WEBHOOK_FULFILLMENT: ["NONE", "NATURAL", { note: NO_WEBHOOKS }],
  WEBHOOK_REFUND: ["NONE", "NATURAL", { note: NO_WEBHOOKS }],
  POLL_UPDATED_SINCE: [
    "NATIVE",
    "NATURAL",
    {
      scopes: READS,
      note: "what moves no time of change is seen within about an hour, for two weeks: tracks added to a shipment later or deleted, comments, and corrected addresses of open orders",
    },
  ],
} satisfies Rows;

const SOURCES: Row = [
  "NATIVE",
  "CHECK_THEN_ACT",
  {
    scopes: [SHIP],
    note: "Magento takes any source it knows, also one that does not serve the website",
  },
];
const KEPT_MOVE: Row = [
  "EMULATED",
  "NATURAL",
  { note: "the gateway keeps from which source the goods are to leave and says so when it ships" },
];
const ONE_STOCK: Row = [
  "NONE",
  "NATURAL",
  { note: "the shop has a single stock, or its sources may not be read" },
];

/** What a shop can do, by whether its stock lies at several sources, whether it has returns, and what its integration lacks. */
export function capabilitiesOf(shop: {
  sources: boolean;
  rma: boolean;
  missing: ReadonlySet<string>;
}): Capability[] {
  const rows: Rows = {
    ...ROWS,
    ...(shop.rma ? NATIVE_RETURNS : KEPT_RETURNS),
    FULFILLMENT_FROM_LOCATION: shop.sources ? SOURCES : ONE_STOCK,
    FULFILLMENT_ORDER_MOVE: shop.sources ? KEPT_MOVE : ONE_STOCK,
  };
  return capabilitiesBy(rows, shop.missing);
}
