import { money, sum } from "../store/amounts.js";
import type { Destination, Order } from "../store/state.js";
import type { Store } from "../store/store.js";
import { shippedQuantity, taxIn } from "../store/totals.js";

/** Units that go to an address, and those on their way. */
export function itemCounts(
  order: Order,
  { id }: Destination,
): { items_total: number; items_shipped: number } {
  const own = order.lines.filter(({ destinationId }) => destinationId === id);
  return {
    items_total: sum(own.map(({ quantity }) => quantity)),
    items_shipped: sum(own.map((line) => shippedQuantity(order, line.id))),
  };
}

/** One address that goods of the order go to. Its link to quotes points to a path that answers 204. */
export function addressView(store: Store, order: Order, destination: Destination): unknown {
  const { id, address, method, shipping, handling } = destination;
  const resource = `/orders/${order.id}/shippingaddresses/${id}/shippingquotes`;
  const enter = ({ ex, inc }: { ex: number; inc: number }): string =>
    money(order.taxInclusive ? inc : ex);
  return {
    id,
    order_id: order.id,
    ...address,
    ...itemCounts(order, destination),
    shipping_method: method,
    base_cost: enter(shipping),
    cost_ex_tax: money(shipping.ex),
    cost_inc_tax: money(shipping.inc),
    cost_tax: money(taxIn(shipping)),
    cost_tax_class_id: 2,
    base_handling_cost: enter(handling),
    handling_cost_ex_tax: money(handling.ex),
    handling_cost_inc_tax: money(handling.inc),
    handling_cost_tax: money(taxIn(handling)),
    handling_cost_tax_class_id: 2,
    shipping_zone_id: 1,
    shipping_zone_name: "Everywhere",
    shipping_quotes: {
      url: `${store.url}/stores/${store.data.credentials.storeHash}/v2${resource}`,
      resource,
    },
    form_fields: [],
  };
}
