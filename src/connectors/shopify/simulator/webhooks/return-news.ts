/** What webhooks tell of returns, as the published samples have it. */
import { gid, type News } from "../shop/shop.js";
import type { Order, Return, ReverseDelivery } from "../shop/state.js";
import { localTime, numeral, type Wire } from "./wire.js";

/** A return that was asked for, decided about, closed or opened again. Its lines stand in the body as a number only. */
export const returnNews = (
  verb: "REQUEST" | "APPROVE" | "DECLINE" | "CANCEL" | "CLOSE" | "REOPEN",
  order: Order,
  row: Return,
): News => ({
  topic: `RETURNS_${verb}`,
  body: () => ({
    ...named("Return", row.id),
    status: row.status.toLowerCase(),
    order: named("Order", order.id),
    total_return_line_items: row.lines.length,
    name: row.name,
    return_line_items: [],
    return_shipping_fees: [],
    exchange_line_items: row.exchanges.map(({ id, lineIds: [lineId] }) => ({
      ...named("ExchangeLineItem", id),
      line_item: lineId === undefined ? null : named("LineItem", lineId),
    })),
    total_exchange_line_items: row.exchanges.length,
    ...(row.decline && {
      decline: { reason: row.decline.reason.toLowerCase(), note: row.decline.note },
    }),
  }),
});

/** returns/process tells nothing but that it happened, as far as its sample goes. */
export const processNews = (): News => ({ topic: "RETURNS_PROCESS", body: () => ({}) });

/** returns/update tells differences only, and names the return without its order. */
export const removalNews = (
  row: Return,
  removals: { lineId: string; quantity: number }[],
): News => ({
  topic: "RETURNS_UPDATE",
  body: () => ({
    admin_graphql_api_id: gid("Return", row.id),
    return_line_items: {
      removals: removals.map(({ lineId, quantity }) => ({
        admin_graphql_api_id: gid("ReturnLineItem", lineId),
        delta: quantity,
      })),
    },
    restocking_fees: { updates: [], removals: [] },
    return_shipping_fees: { updates: [], removals: [] },
  }),
});

export const deliverableNews = (row: Return, delivery: ReverseDelivery): News => ({
  topic: "REVERSE_DELIVERIES_ATTACH_DELIVERABLE",
  body: () => ({
    ...named("ReverseDelivery", delivery.id),
    return: named("Return", row.id),
    shipping_deliverable: {
      tracking: {
        carrier_name: delivery.tracking?.company ?? null,
        tracking_number: delivery.tracking?.number ?? null,
        tracking_url: delivery.tracking?.url ?? null,
      },
      label: {
        public_file_url: delivery.label?.url ?? null,
        created_at: localTime(delivery.label?.at ?? null),
      },
    },
  }),
});

const named = (kind: string, id: string): Wire => ({
  id: numeral(id),
  admin_graphql_api_id: gid(kind, id),
});
