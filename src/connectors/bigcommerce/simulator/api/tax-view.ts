import { fromMinor } from "../../../simulator/money.js";
import { money } from "../store/amounts.js";
import type { Cost, Order } from "../store/state.js";
import { lineTax, taxIn } from "../store/totals.js";

type ItemType = "item" | "shipping" | "handling" | "gift-wrapping";

interface Tax {
  addressId: number;
  pickupId: number;
  type: ItemType;
  productId: number | null;
  amount: number;
}

const classes: Readonly<Record<ItemType, string>> = {
  item: "Default Tax Class",
  shipping: "Shipping",
  handling: "Handling",
  "gift-wrapping": "Gift Wrapping",
};

/** The taxes of an order, one by address and class; with details one by taxed thing. */
export function taxViews(order: Order, details: boolean): unknown[] {
  const taxes = taxesOf(order).filter(({ amount }) => amount !== 0);
  const rows = details ? taxes : grouped(taxes);
  return rows.map(({ addressId, pickupId, type, productId, amount }, index) => ({
    id: order.id * 1_000 + index,
    order_id: order.id,
    order_address_id: addressId,
    tax_rate_id: 1,
    sales_tax_id: "STANDARD",
    tax_class_id: 0,
    name: "Tax",
    class: classes[type],
    rate: fromMinor(order.taxRate * 100, 4),
    priority: 0,
    priority_amount: money(amount),
    line_amount: money(amount),
    order_pickup_method_id: pickupId,
    ...(details && {
      order_product_id: productId === null ? "" : String(productId),
      line_item_type: type,
    }),
  }));
}

function taxesOf(order: Order): Tax[] {
  const of = (addressId: number, type: ItemType, cost: Cost): Tax => ({
    addressId,
    pickupId: 0,
    type,
    productId: null,
    amount: taxIn(cost),
  });
  return [
    ...order.lines.flatMap((line): Tax[] => [
      {
        addressId: line.destinationId,
        pickupId: line.pickupId,
        type: "item",
        productId: line.id,
        amount: lineTax(order, line),
      },
      ...(line.wrapping ? [of(line.destinationId, "gift-wrapping", line.wrapping.cost)] : []),
    ]),
    ...order.destinations.flatMap(({ id, shipping, handling }) => [
      of(id, "shipping", shipping),
      of(id, "handling", handling),
    ]),
  ];
}

function grouped(taxes: readonly Tax[]): Tax[] {
  const groups = new Map<string, Tax>();
  for (const tax of taxes) {
    const key = `${tax.addressId} ${tax.pickupId} ${tax.type}`;
    const before = groups.get(key)?.amount ?? 0;
    groups.set(key, { ...tax, productId: null, amount: before + tax.amount });
  }
  return [...groups.values()];
}
