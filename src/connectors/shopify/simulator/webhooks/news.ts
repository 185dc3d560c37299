/** What webhooks tell, by topic. Bodies are built when the act is done, so that all its topics agree. */

import { gid, type News, type Shop } from "../shop/shop.js";
import type {
  Fulfillment,
  FulfillmentOrder,
  Hold,
  Line,
  Order,
  ParcelEvent,
  Refund,
  Transaction,
} from "../shop/state.js";
import { orderWire } from "./payload-order.js";
import { eventWire, fulfillmentWire, refundWire, transactionWire } from "./payload-parts.js";
import { localTime, numeral } from "./wire.js";

export const orderNews = (shop: Shop, topic: `ORDERS_${string}`, order: Order): News => ({
  topic,
  body: () => orderWire(shop, order),
});

/** orders/edited tells the differences only. */
export function editNews(shop: Shop, order: Order, line: Line, removed: number): News {
  const at = localTime(order.updatedAt);
  const id = numeral(shop.mint("OrderEdit"));
  const none = { additions: [], removals: [] };
  const body = {
    id,
    app_id: null,
    created_at: at,
    committed_at: at,
    notify_customer: false,
    order_id: numeral(order.id),
    staff_note: "",
    user_id: null,
    line_items: { additions: [], removals: [{ id: numeral(line.id), delta: removed }] },
    discounts: { line_item: none },
    shipping_lines: none,
  };
  return { topic: "ORDERS_EDITED", body: () => ({ order_edit: body }) };
}

export const transactionNews = (order: Order, transaction: Transaction): News => ({
  topic: "ORDER_TRANSACTIONS_CREATE",
  body: () => transactionWire(order, transaction),
});

export const refundNews = (shop: Shop, order: Order, refund: Refund): News => ({
  topic: "REFUNDS_CREATE",
  body: () => refundWire(shop, order, refund),
});

export const fulfillmentNews = (
  shop: Shop,
  topic: "FULFILLMENTS_CREATE" | "FULFILLMENTS_UPDATE",
  order: Order,
  fulfillment: Fulfillment,
): News => ({ topic, body: () => fulfillmentWire(shop, order, fulfillment) });

export const fulfillmentEventNews = (
  order: Order,
  fulfillment: Fulfillment,
  event: ParcelEvent,
): News => ({
  topic: "FULFILLMENT_EVENTS_CREATE",
  body: () => eventWire(order, fulfillment, event),
});

/** fulfillment_orders/* tell no more than which one and how it stands. */
export const fulfillmentOrderNews = (
  topic: `FULFILLMENT_ORDERS_${string}`,
  target: FulfillmentOrder,
): News => ({
  topic,
  body: () => ({ fulfillment_order: brief(target) }),
});

export const holdNews = (target: FulfillmentOrder, { id, reason, reasonNotes }: Hold): News => ({
  topic: "FULFILLMENT_ORDERS_PLACED_ON_HOLD",
  body: () => ({
    fulfillment_order: brief(target),
    created_fulfillment_hold: {
      id: gid("FulfillmentHold", id),
      reason: reason.toLowerCase(),
      reason_notes: reasonNotes,
    },
  }),
});

const brief = ({ id, status }: FulfillmentOrder): Record<string, string> => ({
  id: gid("FulfillmentOrder", id),
  status: status.toLowerCase(),
});
