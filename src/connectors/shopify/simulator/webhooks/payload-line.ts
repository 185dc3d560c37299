import { gid, type Shop } from "../shop/shop.js";
import type { Line, Order } from "../shop/state.js";
import { fulfilledQuantity, unfulfilledQuantity } from "../shop/status.js";
import { nothing } from "../shop/totals.js";
import {
  allocations,
  moneySet,
  numeral,
  numeralOrNull,
  shopAmount,
  taxLines,
  type Wire,
} from "./wire.js";

/** A line as it stands in fulfillments and refunds; an order's own lines have a little more. */
export function lineWire(shop: Shop, order: Order, line: Line): Wire {
  const fulfilled = fulfilledQuantity(order, line);
  return {
    id: numeral(line.id),
    variant_id: numeralOrNull(line.variantId),
    title: line.title,
    quantity: line.quantity,
    sku: line.sku,
    variant_title: line.variantTitle,
    vendor: line.vendor,
    fulfillment_service: "manual",
    product_id: numeralOrNull(line.productId),
    requires_shipping: line.requiresShipping,
    taxable: true,
    gift_card: false,
    name: lineName(line),
    variant_inventory_management: line.requiresShipping ? "shopify" : null,
    properties: line.attributes.map(({ key, value }) => ({ name: key, value })),
    product_exists: shop.product(line.productId) !== undefined,
    fulfillable_quantity: unfulfilledQuantity(order, line),
    grams: line.grams,
    price: shopAmount(line.unitPrice),
    total_discount: shopAmount(nothing),
    fulfillment_status:
      fulfilled === 0 ? null : fulfilled < line.quantity ? "partial" : "fulfilled",
    price_set: moneySet(order, line.unitPrice),
    total_discount_set: moneySet(order, nothing),
    discount_allocations: allocations(order, line.allocations),
    duties: [],
    admin_graphql_api_id: gid("LineItem", line.id),
    tax_lines: taxLines(order, line.taxes),
  };
}

/** "Tributary Tee - Navy / M". */
export const lineName = ({ title, variantTitle }: Line): string =>
  variantTitle === null ? title : `${title} - ${variantTitle}`;
