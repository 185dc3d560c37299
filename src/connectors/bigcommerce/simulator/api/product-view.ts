import { fromMinor } from "../../../simulator/money.js";
import { money, nothing } from "../store/amounts.js";
import type { Line, Order } from "../store/state.js";
import {
  discountedTotal,
  lineTotal,
  refundedQuantity,
  shippedQuantity,
  taxIn,
} from "../store/totals.js";

/** A line of an order as v2 shows it. Its totals are before discounts; the discounted one stands at the end. */
export function productView(order: Order, line: Line): unknown {
  const { id, name, price, quantity } = line;
  const total = lineTotal(line);
  const refunded = refundedQuantity(order, id);
  const enter = ({ ex, inc }: { ex: number; inc: number }): string =>
    money(order.taxInclusive ? inc : ex);
  return {
    id,
    order_id: order.id,
    product_id: line.productId,
    variant_id: line.variantId,
    order_pickup_method_id: line.pickupId,
    order_address_id: line.destinationId,
    name,
    name_customer: name,
    name_merchant: name,
    sku: line.sku,
    upc: "",
    type: line.type,
    base_price: enter(price),
    price_ex_tax: money(price.ex),
    price_inc_tax: money(price.inc),
    price_tax: money(taxIn(price)),
    base_total: enter(total),
    total_ex_tax: money(total.ex),
    total_inc_tax: money(total.inc),
    total_tax: money(taxIn(total)),
    // In kilograms, as the store is set up.
    weight: fromMinor(line.weightGrams * 10, 4),
    ...unmeasured,
    quantity,
    is_refunded: refunded > 0 && refunded === quantity,
    quantity_refunded: refunded,
    // Always 0, says the specification.
    refund_amount: money(0),
    return_id: 0,
    quantity_shipped: shippedQuantity(order, id),
    ...wrapping(line),
    ...unused,
    applied_discounts: line.discounts.map(({ amount, ...discount }) => ({
      ...discount,
      amount: money(amount),
    })),
    product_options: line.options.map((option) => optionView(line, option)),
    configurable_fields: [],
    gift_certificate_id: null,
    discounted_total_inc_tax: money(discountedTotal(line)),
  };
}

function wrapping({ wrapping: wrap }: Line): Record<string, unknown> {
  const cost = wrap?.cost ?? nothing;
  return {
    wrapping_id: wrap ? 1 : 0,
    wrapping_name: wrap?.name ?? "",
    base_wrapping_cost: money(cost.ex),
    wrapping_cost_ex_tax: money(cost.ex),
    wrapping_cost_inc_tax: money(cost.inc),
    wrapping_cost_tax: money(taxIn(cost)),
    wrapping_message: wrap?.message ?? "",
  };
}

function optionView({ id: lineId }: Line, option: Line["options"][number]): unknown {
  const { id, optionId, name, value, valueId } = option;
  const isColor = name === "Color";
  return {
    id,
    option_id: optionId,
    order_product_id: lineId,
    product_option_id: 100 + optionId,
    display_name: name,
    display_name_customer: name,
    display_name_merchant: name,
    display_value: value,
    display_value_customer: value,
    display_value_merchant: value,
    value: valueId,
    type: isColor ? "Swatch" : "Multiple choice",
    name: isColor ? "Colors" : "Apparel sizes",
    display_style: isColor ? "" : "Rectangle",
  };
}

const unmeasured = {
  width: "0.0000",
  height: "0.0000",
  depth: "0.0000",
  base_cost_price: "0.0000",
  cost_price_inc_tax: "0.0000",
  cost_price_ex_tax: "0.0000",
  cost_price_tax: "0.0000",
};

const unused = {
  event_name: null,
  event_date: null,
  fixed_shipping_cost: "0.0000",
  ebay_item_id: "",
  ebay_transaction_id: "",
  option_set_id: null,
  parent_order_product_id: null,
  is_bundled_product: false,
  bin_picking_number: "",
  external_id: null,
  brand: "",
};
