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

const ROWS: Readonly<Record<ChannelOperation, Row>> = {
  ORDER_READ: { support: "NATIVE", idempotent: "NATURAL", scope: SCOPES.readOrders },
  ORDER_CANCEL: {
    support: "PARTIAL",
    idempotent: "NATURAL",
    scope: SCOPES.writeOrders,
    constraints: [
      "whole orders only",
      "whether the stock goes back is a setting of the store: neither restock: true nor false can be enforced",
      "no payment is refunded, voided or captured",
      "the reason is not kept",
    ],
  },
  ORDER_NOTE: { support: "NONE", idempotent: "NATURAL", scope: SCOPES.writeOrders },
  ORDER_TAG: { support: "NONE", idempotent: "NATURAL", scope: SCOPES.writeOrders },
  ORDER_ADDRESS_UPDATE: { support: "NONE", idempotent: "NATURAL", scope: SCOPES.writeOrders },
  RETURN_CREATE: { support: "NONE", idempotent: "NATURAL", scope: SCOPES.writeOrders },
  RETURN_APPROVE: { support: "NONE", idempotent: "NATURAL", scope: SCOPES.writeOrders },
  RETURN_RECEIVE: { support: "NONE", idempotent: "NATURAL", scope: SCOPES.writeOrders },
  RETURN_CLOSE: { support: "NONE", idempotent: "NATURAL", scope: SCOPES.writeOrders },
  REFUND_QUOTE: { support: "NONE", idempotent: "NATURAL", scope: SCOPES.writeOrders },
  REFUND_LINES: { support: "NONE", idempotent: "NATURAL", scope: SCOPES.writeOrders },
  REFUND_SHIPPING: { support: "NONE", idempotent: "NATURAL", scope: SCOPES.writeOrders },
  REFUND_ARBITRARY_AMOUNT: { support: "NONE", idempotent: "NATURAL", scope: SCOPES.writeOrders },
  REFUND_RESTOCK: { support: "NONE", idempotent: "NATURAL", scope: SCOPES.writeOrders },
  WEBHOOK_RETURN: { support: "NONE", idempotent: "NATURAL", scope: SCOPES.readOrders },
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
