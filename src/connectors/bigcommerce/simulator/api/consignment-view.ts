import { number } from "../store/amounts.js";
import type { Line, Order } from "../store/state.js";
import type { Store } from "../store/store.js";
import { taxIn } from "../store/totals.js";
import { itemCounts } from "./address-view.js";
import { productView } from "./product-view.js";
import { location } from "./store-routes.js";

/**
 * An order's goods by the way they go out. Costs are numbers here, unlike everywhere else in v2, and are
 * texts again in the line items.
 */
export function consignments(store: Store, order: Order, withLines: boolean): unknown {
  const base = `${store.url}/stores/${store.data.credentials.storeHash}/v2`;
  const show = (lines: readonly Line[]): unknown[] =>
    lines.map((line) => {
      const resource = `/orders/${order.id}/products/${line.id}`;
      return withLines ? productView(order, line) : { url: `${base}${resource}`, resource };
    });
  const digital = order.lines.filter(({ type }) => type === "digital");
  return {
    pickups: order.pickup
      ? [
          {
            id: order.pickup.id,
            ...pickupMethod,
            collection_instructions: order.pickup.instructions,
            location: pickupLocation,
            line_items: show(order.lines.filter(({ pickupId }) => pickupId > 0)),
          },
        ]
      : [],
    shipping: order.destinations.map((destination) => {
      const { id, address, method, shipping, handling } = destination;
      const resource = `/orders/${order.id}/consignments/shipping/${id}/shipping_quotes`;
      const enter = ({ ex, inc }: { ex: number; inc: number }): number =>
        number(order.taxInclusive ? inc : ex);
      return {
        id,
        ...address,
        form_fields: [],
        line_items: show(order.lines.filter(({ destinationId }) => destinationId === id)),
        ...itemCounts(order, destination),
        shipping_method: method,
        base_cost: enter(shipping),
        cost_ex_tax: number(shipping.ex),
        cost_inc_tax: number(shipping.inc),
        cost_tax: number(taxIn(shipping)),
        cost_tax_class_id: 2,
        base_handling_cost: enter(handling),
        handling_cost_ex_tax: number(handling.ex),
        handling_cost_inc_tax: number(handling.inc),
        handling_cost_tax: number(taxIn(handling)),
        handling_cost_tax_class_id: 2,
        shipping_zone_id: 1,
        shipping_zone_name: "Everywhere",
        shipping_quotes: { url: `${base}${resource}`, resource },
      };
    }),
    downloads:
      digital.length > 0
        ? [{ recipient_email: order.billing.email, line_items: show(digital) }]
        : [],
    email: { gift_certificates: [] },
  };
}

const pickupMethod = {
  pickup_method_id: 1,
  pickup_method_display_name: "Pick Up",
  collection_time_description: "9am - 6pm",
};

/** The store's one location as an order's pickup shows it: other names than among the locations. */
const pickupLocation = {
  id: location.id,
  name: location.label,
  code: location.code,
  address_line_1: location.address.address1,
  address_line_2: location.address.address2,
  city: location.address.city,
  state: location.address.state,
  postal_code: location.address.zip,
  country_alpha2: location.address.country_code,
  email: location.address.email,
  phone: location.address.phone,
};
