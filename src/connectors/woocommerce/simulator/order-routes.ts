import { batchRoute } from "./batch.js";
import { collectionParameters, filtered, orderCollectionParameters, paged } from "./collections.js";
import { invalidId, RestError } from "./errors.js";
import { calculate, metaOf, writeItems } from "./items.js";
import { newOrder, saveOrder, setMeta } from "./order.js";
import {
  changeStatus,
  completePayment,
  eraseOrder,
  insertOrder,
  trashOrder,
} from "./order-status.js";
import { viewOrder } from "./order-view.js";
import type { Arguments, Parameters } from "./parameters.js";
import { creatable, deletable, editable, type Route, type RouteCall, readable } from "./router.js";
import type { Site } from "./site.js";
import type { Address, Order } from "./state.js";
import { listableStatuses, orderStatuses, writableStatuses } from "./statuses.js";

const path = "/wc/v3/orders";

const items: Parameters[string] = {
  type: "array",
  items: {
    type: "object",
    properties: {
      id: { type: "integer" },
      quantity: { type: "integer" },
      total: { type: "string" },
    },
  },
};
const writeParameters: Parameters = {
  parent_id: { type: "integer" },
  created_via: { type: "string" },
  status: { type: "string", enum: writableStatuses },
  currency: { type: "string" },
  customer_id: { type: "integer" },
  customer_note: { type: "string" },
  billing: { type: "object", properties: { email: { type: "string", format: "email" } } },
  shipping: { type: "object" },
  payment_method: { type: "string" },
  payment_method_title: { type: "string" },
  transaction_id: { type: "string" },
  meta_data: { type: "array", items: { type: "object" } },
  line_items: items,
  shipping_lines: items,
  fee_lines: items,
  coupon_lines: items,
  set_paid: { type: "boolean" },
  manual_update: { type: "boolean" },
};
const listParameters: Parameters = {
  ...collectionParameters,
  ...orderCollectionParameters,
  status: { type: "array", items: { type: "string", enum: listableStatuses }, default: ["any"] },
  customer: { type: "integer" },
  product: { type: "integer" },
  order_item_display_meta: { type: "boolean", default: false },
  include_meta: { type: "array", items: { type: "string" }, default: [] },
  exclude_meta: { type: "array", items: { type: "string" }, default: [] },
  created_via: { type: "array", items: { type: "string" } },
};
const itemParameters: Parameters = {
  context: { type: "string", enum: ["view", "edit"], default: "view" },
};

/** /wc/v3/orders with everything that is not below one order. */
export const orderRoutes: readonly Route[] = [
  {
    methods: readable,
    path: `${path}/statuses`,
    guard: "nobody",
    run: () => ({ body: orderStatuses }),
  },
  batchRoute(`${path}/batch`, {
    create: (given, { site }) => viewOrder(site, create(site, withKnownStatus(given))),
    update: (id, given, { site }) => viewOrder(site, update(site, id, withKnownStatus(given))),
    delete: (id, { site }) => remove(site, id, true),
  }),
  { methods: readable, path, guard: "list", parameters: listParameters, run: list },
  {
    methods: creatable,
    path,
    guard: "create",
    parameters: writeParameters,
    run: ({ site, args }) => {
      const order = create(site, args);
      const location = `${site.url}/wp-json${path}/${order.id}`;
      return { status: 201, body: viewOrder(site, order), headers: { location } };
    },
  },
  {
    methods: readable,
    path: `${path}/(?P<id>[\\d]+)`,
    guard: "view",
    parameters: { ...itemParameters, dp: { type: "integer", default: 2 } },
    run: ({ site, args }) => ({
      body: viewOrder(site, find(site, Number(args.id), 404), args.dp as number),
    }),
  },
  {
    methods: editable,
    path: `${path}/(?P<id>[\\d]+)`,
    guard: "edit",
    parameters: writeParameters,
    run: ({ site, args }) => ({ body: viewOrder(site, update(site, Number(args.id), args)) }),
  },
  {
    methods: deletable,
    path: `${path}/(?P<id>[\\d]+)`,
    guard: "delete",
    parameters: { force: { type: "boolean", default: false } },
    run: ({ site, args }) => ({ body: remove(site, Number(args.id), args.force === true) }),
  },
];

function find({ data }: Site, id: number, status: 400 | 404): Order {
  const order = data.orders[id];
  if (!order) throw invalidId("shop_order", status);
  return order;
}

function list(call: RouteCall) {
  const { site, args } = call;
  const rows = filtered(
    Object.values(site.data.orders).filter((order) => wanted(order, args)),
    call,
  );
  return paged(call, path, rows, (order) => {
    const view = viewOrder(site, order, args.dp as number);
    return { ...view, meta_data: keptMeta(order.meta, args) };
  });
}

function wanted(order: Order, args: Arguments): boolean {
  const { customer, product, created_via, search } = args;
  const statuses = args.status as string[];
  const isAny = statuses.includes("any") && !["trash", "auto-draft"].includes(order.status);
  const parents = args.parent as number[];
  return (
    (isAny || statuses.includes(order.status)) &&
    (customer === undefined || order.customerId === customer) &&
    (product === undefined ||
      order.lines.some(
        ({ productId, variationId }) => productId === product || variationId === product,
      )) &&
    (created_via === undefined || (created_via as string[]).includes(order.createdVia)) &&
    (parents.length === 0 || parents.includes(0)) &&
    (typeof search !== "string" || searchText(order).includes(search.toLowerCase()))
  );
}

function searchText({ id, number, billing, shipping, lines }: Order): string {
  const words = [
    id,
    number,
    ...Object.values(billing),
    ...Object.values(shipping),
    ...lines.map(({ name }) => name),
  ];
  return words.join(" ").toLowerCase();
}

function keptMeta(meta: Order["meta"], { include_meta, exclude_meta }: Arguments): Order["meta"] {
  const [included, excluded] = [include_meta as string[], exclude_meta as string[]];
  return meta.filter(
    ({ key }) => (included.length === 0 || included.includes(key)) && !excluded.includes(key),
  );
}

function create(site: Site, given: Arguments): Order {
  const order = newOrder(site, { createdVia: String(given.created_via ?? "rest-api") });
  if (given.currency !== undefined) order.currency = String(given.currency);
  write(site, order, given);
  calculate(site, order);
  order.status = String(given.status ?? "pending");
  insertOrder(site, order);
  if (given.set_paid === true) completePayment(site, order, order.transactionId);
  return order;
}

function update(site: Site, id: number, given: Arguments): Order {
  const order = find(site, id, 400);
  if (given.currency !== undefined) order.currency = String(given.currency);
  write(site, order, given);
  if (typeof given.status === "string") changeStatus(site, order, given.status);
  else saveOrder(site, order);
  if (given.set_paid === true) completePayment(site, order);
  return order;
}

const texts = {
  customer_note: "customerNote",
  payment_method: "paymentMethod",
  payment_method_title: "paymentMethodTitle",
  transaction_id: "transactionId",
} as const;

function write(site: Site, order: Order, given: Arguments): void {
  for (const [name, field] of Object.entries(texts) as [
    keyof typeof texts,
    (typeof texts)[keyof typeof texts],
  ][]) {
    if (given[name] !== undefined) order[field] = String(given[name]);
  }
  if (given.customer_id !== undefined) order.customerId = knownCustomer(Number(given.customer_id));
  if (given.billing) Object.assign(order.billing, known(order.billing, given.billing as Arguments));
  if (given.shipping)
    Object.assign(order.shipping, known(order.shipping, given.shipping as Arguments));
  writeItems(site, order, given);
  for (const meta of metaOf(given)) writeMeta(site, order, meta);
}

/** Ids of the site's customers; the administrator has 1. */
export const customerIds = { first: 2, last: 6 } as const;

function knownCustomer(id: number): number {
  if (id === 0 || id === 1 || (id >= customerIds.first && id <= customerIds.last)) return id;
  throw new RestError("woocommerce_rest_invalid_customer_id", "Customer ID is invalid.", 400);
}

function known(address: Address, given: Arguments): Partial<Address> {
  const names = Object.keys(address).filter((name) => typeof given[name] === "string");
  return Object.fromEntries(names.map((name) => [name, given[name]]));
}

/** With an id that meta, else the first of its key, else a new one; null deletes. */
function writeMeta(
  site: Site,
  order: Order,
  given: { id?: number; key: string; value: unknown },
): void {
  const found = given.id ? order.meta.find(({ id }) => id === given.id) : undefined;
  if (!found) setMeta(site, order, given.key, given.value);
  else if (given.value === null) order.meta = order.meta.filter((each) => each !== found);
  else Object.assign(found, { key: given.key ?? found.key, value: given.value });
}

/** The answer shows the order as it was before. */
function remove(site: Site, id: number, force: boolean): Record<string, unknown> {
  const order = find(site, id, 404);
  const before = viewOrder(site, order);
  if (force) eraseOrder(site, order);
  else if (order.status === "trash") {
    throw new RestError(
      "woocommerce_rest_already_trashed",
      "The order has already been deleted.",
      410,
    );
  } else trashOrder(site, order);
  return before;
}

/** Within a batch an unknown status is no error: it becomes pending (measured). */
function withKnownStatus(given: Arguments): Arguments {
  const isKnown = given.status === undefined || writableStatuses.includes(String(given.status));
  return isKnown ? given : { ...given, status: "pending" };
}
