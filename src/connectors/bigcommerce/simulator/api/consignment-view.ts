import { number } from "../store/amounts.js";
import type { Line, Order } from "../store/state.js";
import type { Store } from "../store/store.js";
import { taxIn } from "../store/totals.js";
import { itemCounts } from "./address-view.js";
import { productView } from "./product-view.js";

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
    pickups: [],
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
