import type { Order } from "../store/state.js";
import type { Store } from "../store/store.js";
import { missingOrder, notFound } from "./errors.js";

/** What a route's code is given. */
export interface RouteCall {
  store: Store;
  /** Numbers of the path by name. */
  params: Readonly<Record<string, number>>;
  query: URLSearchParams;
  /** The parsed body; undefined where none came. */
  body: unknown;
}

export interface RouteAnswer {
  status?: number;
  /** Absent: an empty body, as with 204. */
  body?: unknown;
}

/** Scopes of a token, any one of which opens a route. */
type Scopes = readonly string[];

export interface Route {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** "/v2/orders/{order_id}/shipments": the names in braces are whole numbers. */
  path: string;
  scopes: Scopes;
  /** What a list of it is called in XML: "orders". */
  name?: string;
  run: (call: RouteCall) => RouteAnswer | Promise<RouteAnswer>;
}

const either = (name: string): Scopes => [name, `${name}_read_only`];

/** The scopes that the API's families ask for, by what is done to them. */
export const scopes = {
  readOrders: either("store_v2_orders"),
  writeOrders: ["store_v2_orders"],
  readPayments: [...either("store_v2_orders"), ...either("store_v2_transactions")],
  readTransactions: either("store_v2_transactions"),
  writePayments: ["store_v2_orders", "store_v2_transactions"],
  readProducts: either("store_v2_products"),
  readInformation: either("store_v2_information"),
  readLocations: either("store_locations"),
  readInventory: either("store_inventory"),
  writeInventory: ["store_inventory"],
  anybody: [],
} as const satisfies Record<string, Scopes>;

/** The order that a v2 path names; throws its 404. */
export function orderOf({ store, params }: RouteCall): Order {
  const order = store.data.orders[params.order_id ?? ""];
  if (order) return order;
  throw notFound();
}

/** The order that a v3 path names; throws its 404. */
export function orderOfV3({ store, params }: RouteCall): Order {
  const order = store.data.orders[params.order_id ?? ""];
  if (order) return order;
  throw missingOrder();
}

/** A body that is a JSON object; anything else counts as empty. */
export const fieldsOf = (body: unknown): Record<string, unknown> =>
  typeof body === "object" && body !== null && !Array.isArray(body)
    ? (body as Record<string, unknown>)
    : {};
