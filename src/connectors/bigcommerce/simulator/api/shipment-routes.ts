import { amountOf, money } from "../store/amounts.js";
import {
  availableToShip,
  changeShipment,
  type NewShipment,
  providers,
  ship,
  trackingLink,
  unship,
} from "../store/shipping.js";
import type { Order, Shipment } from "../store/state.js";
import { lineOf } from "../store/totals.js";
import { invalidField, missingField, notFound, readOnlyField, type V2Error } from "./errors.js";
import { pageV2 } from "./page.js";
import {
  fieldsOf,
  orderOf,
  type Route,
  type RouteAnswer,
  type RouteCall,
  scopes,
} from "./route.js";
import { rfc2822 } from "./time.js";

type Fields = Record<string, unknown>;

const { readOrders, writeOrders } = scopes;
const path = "/v2/orders/{order_id}/shipments";

/** Shipments of an order. */
export const shipmentRoutes: readonly Route[] = [
  { method: "GET", path, scopes: readOrders, name: "shipments", run: list },
  { method: "POST", path, scopes: writeOrders, name: "shipment", run: create },
  { method: "DELETE", path, scopes: writeOrders, run: removeAll },
  {
    method: "GET",
    path: `${path}/count`,
    scopes: readOrders,
    name: "shipments",
    run: (call) => ({ body: { count: orderOf(call).shipments.length } }),
  },
  {
    method: "GET",
    path: `${path}/{shipment_id}`,
    scopes: readOrders,
    name: "shipment",
    run: (call) => ({ body: shipmentView(orderOf(call), shipmentOf(call)) }),
  },
  {
    method: "PUT",
    path: `${path}/{shipment_id}`,
    scopes: writeOrders,
    name: "shipment",
    run: update,
  },
  { method: "DELETE", path: `${path}/{shipment_id}`, scopes: writeOrders, run: remove },
];

function list(call: RouteCall): RouteAnswer {
  const order = orderOf(call);
  return pageV2(order.shipments, call.query, (each) => shipmentView(order, each));
}

function create(call: RouteCall): RouteAnswer {
  const order = orderOf(call);
  const given = fieldsOf(call.body);
  const { order_address_id: addressId, items } = given;
  if (addressId === undefined) throw missingField("order_address_id");
  if (items === undefined) throw missingField("items");
  const changes = tracking(without(given, ["order_address_id", "items"]));
  const destination = order.destinations.find(({ id }) => id === addressId);
  if (!destination) throw invalidField("order_address_id");
  const shipment = ship(call.store, order, {
    destinationId: destination.id,
    items: itemsOf(order, destination.id, items),
    trackingNumber: "",
    trackingCarrier: "",
    trackingLink: "",
    // Left out of a request, so the platform's own pages tell, it becomes "custom"; given empty, it stays so.
    provider: "custom",
    method: destination.method,
    cost: 0,
    comments: "",
    ...changes,
  });
  return { status: 201, body: shipmentView(order, shipment) };
}

/** Tracking, carrier and comments; the items of a shipment cannot be written to. */
function update(call: RouteCall): RouteAnswer {
  const order = orderOf(call);
  const shipment = shipmentOf(call);
  const { order_address_id: addressId, ...given } = fieldsOf(call.body);
  if (addressId !== undefined && addressId !== shipment.destinationId)
    throw invalidField("order_address_id");
  changeShipment(call.store, order, shipment, tracking(given));
  return { body: shipmentView(order, shipment) };
}

function remove(call: RouteCall): RouteAnswer {
  unship(call.store, orderOf(call), shipmentOf(call));
  return { status: 204 };
}

function removeAll(call: RouteCall): RouteAnswer {
  const order = orderOf(call);
  for (const shipment of [...order.shipments]) unship(call.store, order, shipment);
  return { status: 204 };
}

function shipmentOf(call: RouteCall): Shipment {
  const shipment = orderOf(call).shipments.find(({ id }) => id === call.params.shipment_id);
  if (shipment) return shipment;
  throw notFound();
}

/** The lines of one shipment, each of that address and not beyond what is left of it. */
function itemsOf(order: Order, destinationId: number, given: unknown): Shipment["items"] {
  if (!Array.isArray(given) || given.length === 0) throw invalidField("items");
  const taken = new Map<number, number>();
  return given.map((each: unknown) => {
    const { order_product_id: lineId, quantity, ...rest } = fieldsOf(each);
    const [unknown] = Object.keys(rest);
    if (unknown !== undefined) throw readOnlyField(unknown);
    if (lineId === undefined) throw missingField("order_product_id");
    if (quantity === undefined) throw missingField("quantity");
    const line = typeof lineId === "number" ? lineOf(order, lineId) : undefined;
    if (!line || line.destinationId !== destinationId) throw invalidField("order_product_id");
    if (!Number.isInteger(quantity) || Number(quantity) < 1) throw invalidField("quantity");
    const available = availableToShip(order, line) - (taken.get(line.id) ?? 0);
    if (Number(quantity) > available) throw tooMany(line.id, available);
    taken.set(line.id, (taken.get(line.id) ?? 0) + Number(quantity));
    return { lineId: line.id, quantity: Number(quantity) };
  });
}

/** The platform's own words, as clients have recorded them. */
function tooMany(lineId: number, available: number): V2Error {
  return invalidField("quantity", {
    invalid_reason:
      "The quantity specified is greater than the quantity of the product that is available to ship.",
    available_quantity: available,
    order_product_id: lineId,
  });
}

const texts: Readonly<
  Record<
    string,
    {
      field:
        | "trackingNumber"
        | "trackingLink"
        | "trackingCarrier"
        | "method"
        | "comments"
        | "provider";
      most: number;
      pattern?: RegExp;
    }
  >
> = {
  tracking_number: { field: "trackingNumber", most: 50 },
  tracking_link: { field: "trackingLink", most: 500 },
  tracking_carrier: { field: "trackingCarrier", most: 100, pattern: /^[a-z0-9-]*$/ },
  shipping_method: { field: "method", most: 255 },
  comments: { field: "comments", most: 65_535 },
  shipping_provider: {
    field: "provider",
    most: 100,
    pattern: new RegExp(`^(?:|custom|carrier_\\d+|${Object.keys(providers).join("|")})$`),
  },
};

/** The writable fields of a request in this store's own words; throws where one cannot be written so. */
function tracking(given: Fields): Partial<NewShipment> {
  const changes: Partial<NewShipment> = {};
  for (const [name, value] of Object.entries(given)) {
    if (name === "merchant_shipping_cost") {
      const cost = amountOf(value);
      if (cost === undefined || cost < 0) throw invalidField(name);
      changes.cost = cost;
      continue;
    }
    const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
    if (!text) throw readOnlyField(name);
    if (typeof value !== "string" || value.length > text.most) throw invalidField(name);
    if (text.pattern && !text.pattern.test(value)) throw invalidField(name);
    changes[text.field] = value;
  }
  return changes;
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

function shipmentView(order: Order, shipment: Shipment): unknown {
  const { provider } = shipment;
  const destination = order.destinations.find(({ id }) => id === shipment.destinationId);
  return {
    id: shipment.id,
    order_id: order.id,
    customer_id: order.customerId,
    order_address_id: shipment.destinationId,
    date_created: rfc2822(shipment.createdAt),
    tracking_number: shipment.trackingNumber,
    merchant_shipping_cost: money(shipment.cost),
    shipping_method: shipment.method,
    comments: shipment.comments,
    shipping_provider: provider,
    tracking_carrier: shipment.trackingCarrier,
    tracking_link: shipment.trackingLink,
    billing_address: order.billing,
    shipping_address: destination?.address ?? order.billing,
    items: shipment.items.map(({ lineId, quantity }) => ({
      order_product_id: lineId,
      product_id: lineOf(order, lineId)?.productId ?? 0,
      quantity,
    })),
    shipping_provider_display_name: providers[provider]?.name ?? (provider === "" ? "" : "Custom"),
    generated_tracking_link: trackingLink(shipment),
  };
}
