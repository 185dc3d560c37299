import { invalidOrderId, RestError } from "./errors.js";
import type { Arguments, Parameters } from "./parameters.js";
import { creatable, deletable, type Route, readable } from "./router.js";
import type { Site, TrackingPlugin } from "./site.js";
import type { Order } from "./state.js";
import {
  addTracking,
  formatted,
  type GivenTracking,
  removeTracking,
  type TrackingItem,
  trackingsOf,
  viewProviders,
} from "./trackings.js";

/** Namespaces that each plugin answers on; AST stands in for Shipment Tracking besides its own. */
export const trackingNamespaces: Readonly<Record<TrackingPlugin, readonly string[]>> = {
  "shipment-tracking": ["wc-shipment-tracking/v3"],
  ast: ["wc-ast/v3", "wc-shipment-tracking/v3"],
};

const writeParameters: Parameters = {
  tracking_number: { type: "string", required: true },
  tracking_provider: { type: "string" },
  custom_tracking_provider: { type: "string" },
  custom_tracking_link: { type: "string" },
  date_shipped: { type: "string" },
};

/** What a plugin for tracking adds to a site; `null`: none is installed. */
export function trackingRoutes(plugin: TrackingPlugin | null): readonly Route[] {
  if (plugin === null) return [];
  return trackingNamespaces[plugin].flatMap((namespace) => [
    ...routesOf(namespace),
    providersRoute(namespace, plugin),
  ]);
}

/** Public in Shipment Tracking, below an order and for keys only in AST (measured). */
function providersRoute(namespace: string, plugin: TrackingPlugin): Route {
  const isAst = plugin === "ast";
  return {
    methods: readable,
    path: isAst
      ? `/${namespace}/orders/(?P<order_id>[\\d]+)/shipment-trackings/providers`
      : `/${namespace}/shipment-trackings/providers`,
    guard: isAst ? "list" : "nobody",
    run: ({ site }) => ({ body: viewProviders(site) }),
  };
}

function routesOf(namespace: string): Route[] {
  const path = `/${namespace}/orders/(?P<order_id>[\\d]+)/shipment-trackings`;
  const one = `${path}/(?P<id>[a-fA-F0-9]{1,32})`;
  const view = (site: Site, order: Order, item: TrackingItem) =>
    viewTracking(site, namespace, order, item);
  return [
    {
      methods: readable,
      path,
      guard: "list",
      run: ({ site, args }) => {
        const order = orderOf(site, args);
        return { body: trackingsOf(order).map((item) => view(site, order, item)) };
      },
    },
    {
      methods: creatable,
      path,
      guard: "create",
      parameters: writeParameters,
      run: ({ site, args }) => {
        const order = orderOf(site, args);
        const item = addTracking(site, order, givenBy(site, args));
        // The id is cut by a %d meant for numbers (measured).
        const location = `${baseOf(site, namespace, order)}/${Number.parseInt(item.tracking_id, 10) || 0}`;
        return { status: 201, body: view(site, order, item), headers: { location } };
      },
    },
    {
      methods: readable,
      path: one,
      guard: "view",
      run: ({ site, args }) => {
        const order = orderOf(site, args);
        return { body: view(site, order, find(order, args)) };
      },
    },
    {
      methods: deletable,
      path: one,
      guard: "delete",
      run: ({ site, args }) => {
        const order = orderOf(site, args);
        const item = find(order, args);
        removeTracking(site, order, item.tracking_id);
        return { body: view(site, order, item) };
      },
    },
  ];
}

function givenBy(site: Site, args: Arguments): GivenTracking {
  const number = String(args.tracking_number);
  // In AST's own words, and under this code (read in its source).
  if (site.tracking === "ast" && /[^a-z0-9- ]/i.test(number))
    throw new RestError(
      "woocommerce_rest_order_invalid_id",
      "Special character not allowd in tracking number",
      404,
    );
  const text = (name: string): string => String(args[name] ?? "");
  return {
    number,
    provider: text("tracking_provider"),
    customProvider: text("custom_tracking_provider"),
    customLink: text("custom_tracking_link"),
    dateShipped: text("date_shipped"),
    statusShipped: text("status_shipped"),
    replace: site.tracking === "ast" && text("replace_tracking") === "1",
  };
}

function viewTracking(
  site: Site,
  namespace: string,
  order: Order,
  item: TrackingItem,
): Record<string, unknown> {
  const base = baseOf(site, namespace, order);
  const { name, link } = formatted(site, item);
  return {
    tracking_id: item.tracking_id,
    tracking_provider: name,
    tracking_link: link,
    tracking_number: item.tracking_number,
    date_shipped: new Date(item.date_shipped * 1000).toISOString().slice(0, 10),
    _links: {
      self: [{ href: `${base}/${item.tracking_id}`, targetHints: { allow: ["GET", "DELETE"] } }],
      collection: [{ href: base }],
      up: [{ href: `${site.url}/wp-json/${namespace}/orders/${order.id}` }],
    },
  };
}

function baseOf({ url }: Site, namespace: string, { id }: Order): string {
  return `${url}/wp-json/${namespace}/orders/${id}/shipment-trackings`;
}

function orderOf({ data }: Site, { order_id }: Arguments): Order {
  const order = data.orders[Number(order_id)];
  if (!order) throw invalidOrderId();
  return order;
}

function find(order: Order, { id }: Arguments): TrackingItem {
  const item = trackingsOf(order).find((each) => each.tracking_id === id);
  if (item) return item;
  throw new RestError(
    "woocommerce_rest_order_shipment_tracking_invalid_id",
    "Invalid shipment tracking ID.",
    404,
  );
}
