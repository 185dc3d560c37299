import type { Metafield, Order } from "../store/state.js";
import type { Store } from "../store/store.js";
import { invalidData, Problem } from "./errors.js";
import { pageV3 } from "./page.js";
import {
  fieldsOf,
  orderOfV3,
  type Route,
  type RouteAnswer,
  type RouteCall,
  scopes,
} from "./route.js";
import { iso8601 } from "./time.js";

const { readOrders, writeOrders } = scopes;
const path = "/v3/orders/{order_id}/metafields";

/** What apps keep with an order: each key once in its namespace. */
export const metafieldRoutes: readonly Route[] = [
  { method: "GET", path, scopes: readOrders, run: list },
  { method: "POST", path, scopes: writeOrders, run: create },
  { method: "GET", path: `${path}/{metafield_id}`, scopes: readOrders, run: show },
  { method: "PUT", path: `${path}/{metafield_id}`, scopes: writeOrders, run: update },
  { method: "DELETE", path: `${path}/{metafield_id}`, scopes: writeOrders, run: remove },
];

const most = 250;
const permissions = ["app_only", "read", "write", "read_and_sf_access", "write_and_sf_access"];

function list(call: RouteCall): RouteAnswer {
  const { query, store } = call;
  const order = orderOfV3(call);
  const isWanted = ({ key, namespace }: Metafield): boolean =>
    [query.get("key") ?? key, query.get("namespace") ?? namespace].join() ===
    [key, namespace].join();
  return pageV3(order.metafields.filter(isWanted), query, {
    show: (each) => view(store, order, each),
  });
}

function create(call: RouteCall): RouteAnswer {
  const { store } = call;
  const order = orderOfV3(call);
  if (order.metafields.length >= most)
    throw new Problem(422, `Only ${most} metafields are allowed on each order.`);
  const now = store.now();
  const metafield: Metafield = {
    ...read(fieldsOf(call.body)),
    id: store.nextId("metafield"),
    createdAt: now,
    modifiedAt: now,
  };
  refuseTwin(order, metafield);
  order.metafields.push(metafield);
  store.changed();
  return { body: { data: view(store, order, metafield), meta: {} } };
}

function show(call: RouteCall): RouteAnswer {
  const order = orderOfV3(call);
  return { body: { data: view(call.store, order, metafieldOf(call, order)), meta: {} } };
}

function update(call: RouteCall): RouteAnswer {
  const order = orderOfV3(call);
  const metafield = metafieldOf(call, order);
  const changed = read({ ...view(call.store, order, metafield), ...fieldsOf(call.body) });
  refuseTwin(order, { ...changed, id: metafield.id });
  Object.assign(metafield, changed, { modifiedAt: call.store.now() });
  call.store.changed();
  return { body: { data: view(call.store, order, metafield), meta: {} } };
}

function remove(call: RouteCall): RouteAnswer {
  const order = orderOfV3(call);
  const metafield = metafieldOf(call, order);
  order.metafields = order.metafields.filter((each) => each !== metafield);
  call.store.changed();
  return { status: 204 };
}

function metafieldOf({ params }: RouteCall, { metafields }: Order): Metafield {
  const metafield = metafields.find(({ id }) => id === params.metafield_id);
  if (metafield) return metafield;
  throw new Problem(404, `Metafield with id ${params.metafield_id} not found`);
}

function read(
  given: Record<string, unknown>,
): Pick<Metafield, "permissionSet" | "namespace" | "key" | "value" | "description"> {
  const errors: Record<string, string> = {};
  const text = (name: string, length: number): string => {
    const value = given[name];
    if (typeof value === "string" && value !== "" && value.length <= length) return value;
    errors[name] = value === undefined ? "error.path.missing" : "error.expected.jsstring";
    return "";
  };
  const field = {
    permissionSet: text("permission_set", 30),
    namespace: text("namespace", 64),
    key: text("key", 64),
    value: text("value", 65_535),
    description: typeof given.description === "string" ? given.description : "",
  };
  if (!permissions.includes(field.permissionSet)) errors.permission_set ??= "error.invalid";
  if (Object.keys(errors).length > 0) throw invalidData(errors);
  return field;
}

function refuseTwin(
  { metafields }: Order,
  { id, namespace, key }: Pick<Metafield, "id" | "namespace" | "key">,
): void {
  const isTwin = (each: Metafield): boolean =>
    each.id !== id && each.namespace === namespace && each.key === key;
  if (metafields.some(isTwin))
    throw new Problem(409, `The metafield ${key} exists in the namespace ${namespace} already.`);
}

function view({ data }: Store, order: Order, metafield: Metafield): Record<string, unknown> {
  return {
    id: metafield.id,
    key: metafield.key,
    value: metafield.value,
    namespace: metafield.namespace,
    permission_set: metafield.permissionSet,
    resource_type: "order",
    resource_id: order.id,
    description: metafield.description,
    date_created: iso8601(metafield.createdAt),
    date_modified: iso8601(metafield.modifiedAt),
    owner_client_id: data.credentials.clientId,
  };
}
