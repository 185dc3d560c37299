import { money, number } from "../store/amounts.js";
import { archive } from "../store/ordering.js";
import type { Coupon, Message, Order } from "../store/state.js";
import { type Status, statuses } from "../store/statuses.js";
import { saveOrder } from "../store/store.js";
import { addressView } from "./address-view.js";
import { writeAddress } from "./address-write.js";
import { consignments } from "./consignment-view.js";
import { notFound } from "./errors.js";
import { filtered } from "./order-filter.js";
import { feeView, includesOf, orderView } from "./order-view.js";
import { writeOrder } from "./order-write.js";
import { pageV2 } from "./page.js";
import { productView } from "./product-view.js";
import { orderOf, type Route, type RouteAnswer, type RouteCall, scopes } from "./route.js";
import { taxViews } from "./tax-view.js";
import { rfc2822 } from "./time.js";

const { readOrders, writeOrders } = scopes;

/** /v2/orders, what hangs below an order but for its shipments, and /v2/order_statuses. */
export const orderRoutes: readonly Route[] = [
  { method: "GET", path: "/v2/orders", scopes: readOrders, name: "orders", run: list },
  { method: "GET", path: "/v2/orders/count", scopes: readOrders, name: "orders", run: count },
  { method: "GET", path: "/v2/orders/{order_id}", scopes: readOrders, name: "order", run: show },
  { method: "PUT", path: "/v2/orders/{order_id}", scopes: writeOrders, name: "order", run: update },
  { method: "DELETE", path: "/v2/orders/{order_id}", scopes: writeOrders, run: remove },
  ...below("products", (_call, order) => order.lines.map((line) => productView(order, line))),
  one("products/{product_id}", (order, { params }) => {
    const line = order.lines.find(({ id }) => id === params.product_id);
    return line && productView(order, line);
  }),
  ...["shipping_addresses", "shippingaddresses"].flatMap((path) => [
    ...below(path, ({ store }, order) =>
      order.destinations.map((each) => addressView(store, order, each)),
    ),
    one(`${path}/{address_id}`, (order, { store, params }) => {
      const destination = order.destinations.find(({ id }) => id === params.address_id);
      return destination && addressView(store, order, destination);
    }),
  ]),
  {
    method: "PUT",
    path: "/v2/orders/{order_id}/shipping_addresses/{address_id}",
    scopes: writeOrders,
    name: "address",
    run: updateAddress,
  },
  ...below("coupons", (_call, order) => order.coupons.map((each) => couponView(order, each))),
  ...below("taxes", ({ query }, order) => taxViews(order, query.get("details") === "true")),
  ...below("messages", (_call, order) => order.messages.map((each) => messageView(order, each))),
  ...below("fees", (_call, order) => order.fees.map(feeView)),
  one("consignments", (order, { store, query }) =>
    consignments(store, order, (query.get("include") ?? "").includes("consignments.line_items")),
  ),
  {
    method: "GET",
    path: "/v2/order_statuses",
    scopes: readOrders,
    name: "statuses",
    run: () => ({ body: statuses.map(statusView) }),
  },
  {
    method: "GET",
    path: "/v2/order_statuses/{status_id}",
    scopes: readOrders,
    name: "status",
    run: ({ params }) => ({ body: statusView(found(statuses[params.status_id ?? -1])) }),
  },
];

function list({ store, query }: RouteCall): RouteAnswer {
  const includes = includesOf(query);
  const orders = filtered(Object.values(store.data.orders), query);
  return pageV2(orders, query, (order) => orderView(store, order, includes));
}

function count({ store, query }: RouteCall): RouteAnswer {
  const orders = filtered(Object.values(store.data.orders), query);
  const rows = [...statuses].sort((one, other) => one.order - other.order);
  return {
    body: {
      statuses: rows.map((status) => {
        const { order, ...view } = statusView(status);
        const own = orders.filter(({ statusId }) => statusId === status.id);
        return { ...view, count: own.length, sort_order: order };
      }),
      count: orders.length,
    },
  };
}

function show(call: RouteCall): RouteAnswer {
  return { body: orderView(call.store, orderOf(call), includesOf(call.query)) };
}

function update(call: RouteCall): RouteAnswer {
  const order = orderOf(call);
  writeOrder(call.store, order, call.body);
  return { body: orderView(call.store, order, includesOf(call.query)) };
}

function remove(call: RouteCall): RouteAnswer {
  archive(call.store, orderOf(call));
  return { status: 204 };
}

function updateAddress(call: RouteCall): RouteAnswer {
  const order = orderOf(call);
  const destination = found(order.destinations.find(({ id }) => id === call.params.address_id));
  writeAddress(destination, call.body);
  saveOrder(call.store, order);
  return { body: addressView(call.store, order, destination) };
}

/** A list below an order, in pages. */
function below(path: string, read: (call: RouteCall, order: Order) => unknown[]): Route[] {
  const run = (call: RouteCall): RouteAnswer => pageV2(read(call, orderOf(call)), call.query);
  const full = `/v2/orders/{order_id}/${path}`;
  return [{ method: "GET", path: full, scopes: readOrders, name: path, run }];
}

/** One thing below an order; undefined is its 404. */
function one(path: string, read: (order: Order, call: RouteCall) => unknown): Route {
  return {
    method: "GET",
    path: `/v2/orders/{order_id}/${path}`,
    scopes: readOrders,
    run: (call) => ({ body: found(read(orderOf(call), call)) }),
  };
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw notFound();
  return value;
}

function statusView({ id, name, customLabel, description, order }: Status) {
  return {
    id,
    name,
    system_label: name,
    custom_label: customLabel,
    system_description: description,
    order,
  };
}

/** `amount` is a text, `discount` a number: so says the specification. */
function couponView(order: Order, { id, code, percent, discount }: Coupon): unknown {
  return {
    id,
    coupon_id: 17,
    order_id: order.id,
    code,
    amount: money(percent * 10_000),
    type: 1,
    discount: number(discount),
  };
}

function messageView(order: Order, { id, from, subject, text, createdAt }: Message): unknown {
  return {
    id,
    order_id: order.id,
    staff_id: from === "admin" ? 1 : 0,
    customer_id: order.customerId,
    type: from,
    subject,
    message: text,
    status: "unread",
    is_flagged: false,
    date_created: rfc2822(createdAt),
    customer: {},
  };
}
