import { addressShape, saveAddress } from "./addresses.js";
import { dbTime } from "./clock.js";
import { itemColumns, orderColumns } from "./columns.js";
import { noEntity } from "./errors.js";
import type { Given } from "./input.js";
import { columnsOf, viewItem } from "./item-view.js";
import { cancel, comment, hold, unhold } from "./order-status.js";
import { orderRow, viewHistory, viewOrder } from "./order-view.js";
import type { Call, Route } from "./router.js";
import { belongingTo, criteriaOf, found } from "./search.js";
import type { Site } from "./site.js";
import type { Item, Order } from "./state.js";

/** /V1/orders and what is below an order. */
export const orderRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/orders",
    resource: "Magento_Sales::actions_view",
    run: ({ site, query }) =>
      found(site, criteriaOf(site, query), {
        rows: Object.values(site.data.orders),
        columns: [...orderColumns, "shipping_method"],
        row: orderRow,
        view: viewOrder,
      }),
  },
  {
    method: "GET",
    path: "/orders/items",
    resource: "Magento_Sales::actions_view",
    run: ({ site, query }) =>
      found(site, criteriaOf(site, query), {
        rows: Object.values(site.data.orders).flatMap((order) =>
          order.items.map((item): [Order, Item] => [order, item]),
        ),
        columns: itemColumns,
        row: ([order, item]) => columnsOf(order, item),
        view: ([order, item]) => viewItem(order, item),
      }),
  },
  {
    method: "GET",
    path: "/orders/:id",
    resource: "Magento_Sales::actions_view",
    run: (call) => viewOrder(orderIn(call)),
  },
  {
    method: "GET",
    path: "/orders/:id/statuses",
    resource: "Magento_Sales::actions_view",
    run: (call) => orderIn(call).status,
  },
  {
    method: "GET",
    path: "/orders/:id/comments",
    resource: "Magento_Sales::actions_view",
    run: (call) => {
      const id = call.id("id");
      const order = call.site.data.orders[String(id)];
      const rows = [...(order?.histories ?? [])].reverse();
      return found(call.site, belongingTo(id), {
        rows,
        columns: ["parent_id"],
        row: () => ({ parent_id: id }),
        view: (history) => (order ? viewHistory(order, history) : history),
      });
    },
  },
  {
    method: "POST",
    path: "/orders/:id/comments",
    resource: "Magento_Sales::comment",
    parameters: {
      required: ["status_history"],
      shape: {
        status_history: {
          comment: "string",
          created_at: "string",
          entity_id: "int",
          entity_name: "string",
          is_customer_notified: "int",
          is_visible_on_front: "int",
          parent_id: "int",
          status: "string",
          extension_attributes: {},
        },
      },
    },
    run: (call) => {
      const given = call.given.status_history as Record<string, unknown>;
      const text = (name: string): string | null =>
        typeof given[name] === "string" ? given[name] : null;
      return comment(call.site, orderIn(call), {
        comment: text("comment"),
        entityName: text("entity_name"),
        isCustomerNotified: Number(given.is_customer_notified ?? 0),
        isVisibleOnFront: Number(given.is_visible_on_front ?? 0),
        status: text("status"),
      });
    },
  },
  {
    method: "PUT",
    path: "/orders/:parentId",
    resource: "Magento_Sales::create",
    parameters: { required: ["entity"], shape: { entity: addressShape } },
    run: (call) => saveAddress(call.site, call.given.entity as Given),
  },
  ...[
    { name: "cancel", run: cancel },
    { name: "hold", run: hold },
    { name: "unhold", run: unhold },
    { name: "emails", run: () => true },
  ].map(
    ({ name, run }: { name: string; run: (site: Site, order: Order) => boolean }): Route => ({
      method: "POST",
      path: `/orders/:id/${name}`,
      resource: `Magento_Sales::${name}`,
      run: (call) => run(call.site, orderIn(call)),
    }),
  ),
  {
    method: "GET",
    path: "/transactions",
    resource: "Magento_Sales::transactions_fetch",
    run: ({ site, query }) =>
      found(site, criteriaOf(site, query), {
        rows: site.data.transactions,
        columns: ["transaction_id", "order_id", "payment_id", "txn_id", "txn_type", "created_at"],
        row: (row) => transaction(site, row),
        view: (row) => transaction(site, row),
      }),
  },
];

/** The order that a path names, as `name`. */
export function orderIn(call: Call, name = "id"): Order {
  const order = call.site.data.orders[String(call.id(name))];
  if (!order) throw noEntity();
  return order;
}

function transaction(
  { data }: Site,
  { id, orderId, txnId, type, createdAt }: Site["data"]["transactions"][number],
): Record<string, unknown> {
  return {
    transaction_id: id,
    parent_id: null,
    order_id: orderId,
    payment_id: data.orders[String(orderId)]?.payment.id,
    txn_id: txnId,
    parent_txn_id: null,
    txn_type: type,
    is_closed: 0,
    additional_information: [],
    created_at: dbTime(createdAt),
    child_transactions: [],
  };
}
