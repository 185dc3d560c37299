import type {
  Capability,
  ChannelOperation,
  Support,
  UpstreamIdempotency,
} from "../../domain/channel.js";
import { SCOPES } from "./scope.js";

interface Row {
  support: Support;
  idempotent: UpstreamIdempotency;
  scope: string;
  constraints?: string[];
  note?: string;
}

const OWN_MAILS = "the store's own settings decide whether its customer is mailed";
const ONE_ADDRESS = "one shipment for each address of the order";

const KEPT_RETURN: Row = {
  support: "EMULATED",
  idempotent: "NATURAL",
  scope: SCOPES.readOrders,
  note: "the gateway keeps the return; BigCommerce's API knows none, so the store gets the refund and a staff note",
};

const ROWS: Readonly<Record<ChannelOperation, Row>> = {
  ORDER_READ: { support: "NATIVE", idempotent: "NATURAL", scope: SCOPES.readOrders },
  ORDER_CANCEL: {
    support: "PARTIAL",
    idempotent: "NATURAL",
    scope: SCOPES.writeOrders,
    constraints: [
      "whole orders only",
      "whether the stock goes back is a setting of the store: neither restock: true nor false can be enforced",
      "with refund: true all that is left is refunded first and the status set after it, since a refund writes its own status over Cancelled; no payment is voided or captured",
      "the reason is not kept",
    ],
  },
  ORDER_NOTE: {
    support: "NATIVE",
    idempotent: "CHECK_THEN_ACT",
    scope: SCOPES.writeOrders,
    constraints: ["for the store's staff; messages to customers can only be read"],
    note: "a line at the end of the staff notes, which are one text for everybody",
  },
  ORDER_TAG: {
    support: "EMULATED",
    idempotent: "NATURAL",
    scope: SCOPES.readOrders,
    note: "the gateway keeps the tags; BigCommerce's orders have none",
  },
  ORDER_ADDRESS_UPDATE: {
    support: "PARTIAL",
    idempotent: "NATURAL",
    scope: SCOPES.writeOrders,
    constraints: [
      "orders that go to one address",
      "shipping costs and taxes stay as they are",
      "the e-mail of the address stays",
    ],
  },
  FULFILLMENT_ORDER_HOLD: {
    support: "EMULATED",
    idempotent: "NATURAL",
    scope: SCOPES.writeOrders,
    note: "the gateway keeps the hold and holds back what it ships; the store's staff see a line in the staff notes",
  },
  FULFILLMENT_ORDER_MOVE: {
    support: "NONE",
    idempotent: "NATURAL",
    scope: SCOPES.readOrders,
    note: "BigCommerce's shipments name no place they leave from",
  },
  FULFILLMENT_ORDER_SPLIT: {
    support: "NONE",
    idempotent: "NATURAL",
    scope: SCOPES.readOrders,
    note: "work is one address or one place of pickup; what leaves apart is shipped in parts",
  },
  EXCHANGE_CREATE: {
    support: "NONE",
    idempotent: "NATURAL",
    scope: SCOPES.readOrders,
    note: "BigCommerce's API knows neither returns nor exchanges",
  },
  RETURN_CREATE: KEPT_RETURN,
  RETURN_APPROVE: KEPT_RETURN,
  RETURN_RECEIVE: KEPT_RETURN,
  RETURN_CLOSE: KEPT_RETURN,
  REFUND_QUOTE: {
    support: "NATIVE",
    idempotent: "NATURAL",
    scope: SCOPES.refunds,
    constraints: ["only of orders whose payment came in, and not of canceled ones"],
    note: "the store prices a refund as a whole; above 8 lines they share its sum by what they cost",
  },
  REFUND_LINES: {
    support: "NATIVE",
    idempotent: "CHECK_THEN_ACT",
    scope: SCOPES.refunds,
    constraints: [
      "whole pieces",
      "a line's own amount may be lower than the store's price of the pieces, not higher",
      "refused, with nothing sent, where the store's price is no longer the one that was planned",
      "sent by the gateway that took the money where it can, else recorded and to be sent by hand",
    ],
  },
  REFUND_SHIPPING: {
    support: "NATIVE",
    idempotent: "CHECK_THEN_ACT",
    scope: SCOPES.refunds,
    constraints: [
      "the store counts the tax on top of what is named; a part whose tax does not come out to the cent is refused",
    ],
  },
  REFUND_ARBITRARY_AMOUNT: {
    support: "NATIVE",
    idempotent: "CHECK_THEN_ACT",
    scope: SCOPES.refunds,
    note: "against the order as a whole; no tax is counted on it",
  },
  REFUND_RESTOCK: {
    support: "NONE",
    idempotent: "NATURAL",
    scope: SCOPES.refunds,
    note: "a refund puts nothing back into stock; the store's inventory settings may do so by themselves when an order becomes Refunded or Cancelled, never when Partially Refunded; else change the stock in the store",
  },
  WEBHOOK_RETURN: {
    support: "NONE",
    idempotent: "NATURAL",
    scope: SCOPES.readOrders,
    note: "BigCommerce's API knows no returns",
  },
  FULFILLMENT_CREATE: {
    support: "NATIVE",
    idempotent: "CHECK_THEN_ACT",
    scope: SCOPES.writeOrders,
    constraints: [ONE_ADDRESS, "nothing that is picked up", OWN_MAILS],
  },
  FULFILLMENT_PARTIAL: {
    support: "NATIVE",
    idempotent: "CHECK_THEN_ACT",
    scope: SCOPES.writeOrders,
    constraints: [ONE_ADDRESS],
  },
  FULFILLMENT_MULTI_PACKAGE: {
    support: "NATIVE",
    idempotent: "CHECK_THEN_ACT",
    scope: SCOPES.writeOrders,
    constraints: ["each package but one names its lines"],
    note: "a shipment has room for one tracking number, so every package is one",
  },
  FULFILLMENT_FROM_LOCATION: {
    support: "NONE",
    idempotent: "NATURAL",
    scope: SCOPES.writeOrders,
    note: "BigCommerce's shipments name no place they leave from",
  },
  FULFILLMENT_TRACKING_UPDATE: {
    support: "NATIVE",
    idempotent: "NATURAL",
    scope: SCOPES.writeOrders,
    constraints: ["one package a shipment"],
  },
  FULFILLMENT_CANCEL: {
    support: "NATIVE",
    idempotent: "NATURAL",
    scope: SCOPES.writeOrders,
    note: "the shipment is deleted; the order's status does not move back by itself, so it is put back in a second step",
  },
  FULFILLMENT_EVENT_CREATE: {
    support: "EMULATED",
    idempotent: "NATURAL",
    scope: SCOPES.readOrders,
    note: "BigCommerce takes no scans: the gateway keeps them itself, the store is told nothing",
  },
  NOTIFY_CUSTOMER: {
    support: "NONE",
    idempotent: "UNSAFE",
    scope: SCOPES.writeOrders,
    note: OWN_MAILS,
  },
  WEBHOOK_ORDER: {
    support: "NATIVE",
    idempotent: "NATURAL",
    scope: SCOPES.readOrders,
    note: "they name the order only, so it is read after each",
  },
  WEBHOOK_FULFILLMENT: { support: "NATIVE", idempotent: "NATURAL", scope: SCOPES.readOrders },
  WEBHOOK_REFUND: { support: "NATIVE", idempotent: "NATURAL", scope: SCOPES.readOrders },
  POLL_UPDATED_SINCE: { support: "NATIVE", idempotent: "NATURAL", scope: SCOPES.readOrders },
};

/** What a store can do, and what of it its token may: `missing` are the scopes that were asked for and refused. */
export function capabilitiesWithout(missing: ReadonlySet<string>): Capability[] {
  return Object.entries(ROWS).map(([operation, row]) => ({
    operation: operation as ChannelOperation,
    support: row.support,
    constraints: row.constraints ?? [],
    note: row.note ?? null,
    requiredScopes: [row.scope],
    granted: !missing.has(row.scope),
    idempotent: row.idempotent,
  }));
}
