import { gid, type Shop } from "../shop/shop.js";
import type { Allocation, Discount, Line, Order, ShippingLine } from "../shop/state.js";
import { fulfilledQuantity, refundableQuantity, unfulfilledQuantity } from "../shop/status.js";
import {
  currentQuantity,
  lineNet,
  lineTotal,
  minus,
  nothing,
  portion,
  sum,
} from "../shop/totals.js";
import { lineName } from "../webhooks/payload-line.js";
import { productNode, variantNode } from "./catalog-nodes.js";
import { money, moneyBag, type Node, taxNodes } from "./nodes.js";
import { firstOf, type PageArguments } from "./page.js";

/** One line; discounts on the whole order stand in its allocations, not in `totalDiscountSet`. */
export function lineNode(shop: Shop, order: Order, line: Line): Node {
  const product = shop.product(line.productId);
  const variant = shop.variant(line.variantId);
  const byCode = line.allocations.filter(({ index }) => order.discounts[index]?.kind === "code");
  return {
    __typename: "LineItem",
    id: gid("LineItem", line.id),
    name: lineName(line),
    title: line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    vendor: line.vendor,
    quantity: line.quantity,
    currentQuantity: currentQuantity(order, line),
    unfulfilledQuantity: unfulfilledQuantity(order, line),
    refundableQuantity: refundableQuantity(order, line),
    nonFulfillableQuantity: () =>
      line.quantity - fulfilledQuantity(order, line) - unfulfilledQuantity(order, line),
    requiresShipping: line.requiresShipping,
    weight: { unit: "GRAMS", value: line.grams },
    image: null,
    taxable: true,
    isGiftCard: false,
    restockable: line.requiresShipping,
    product: product && productNode(product),
    variant: variant && variantNode(shop, variant),
    originalUnitPriceSet: moneyBag(order, line.unitPrice),
    originalTotalSet: moneyBag(order, lineTotal(line)),
    discountedTotalSet: ({ withCodeDiscounts }: { withCodeDiscounts: boolean }) =>
      moneyBag(
        order,
        withCodeDiscounts
          ? minus(lineTotal(line), ...byCode.map(({ amount }) => amount))
          : lineTotal(line),
      ),
    discountedUnitPriceAfterAllDiscountsSet: () =>
      moneyBag(order, portion(lineNet(line), 1, line.quantity)),
    totalDiscountSet: moneyBag(order, nothing),
    taxLines: (given: PageArguments) => firstOf(taxNodes(order, line.taxes), given),
    discountAllocations: () => allocationNodes(order, line.allocations),
    customAttributes: line.attributes,
  };
}

/** A shipping line as the Admin API answers it. */
export function shippingNode(order: Order, line: ShippingLine): Node {
  const discount = sum(line.allocations.map(({ amount }) => amount));
  return {
    id: gid("ShippingLine", line.id),
    title: line.title,
    code: line.code,
    source: "shopify",
    carrierIdentifier: null,
    isRemoved: false,
    originalPriceSet: moneyBag(order, line.price),
    discountedPriceSet: moneyBag(order, minus(line.price, discount)),
    taxLines: taxNodes(order, line.taxes),
    discountAllocations: () => allocationNodes(order, line.allocations),
  };
}

function allocationNodes(order: Order, allocations: Allocation[]): Node[] {
  return allocations.flatMap(({ index, amount }) => {
    const discount = order.discounts[index];
    if (!discount) return [];
    return [
      {
        allocatedAmountSet: moneyBag(order, amount),
        discountApplication: discountNode(order, discount, index),
      },
    ];
  });
}

/** A discount as the order as a whole has it. */
export function discountNode(
  order: Order,
  { kind, name, value, target }: Discount,
  index: number,
): Node {
  return {
    __typename: kind === "code" ? "DiscountCodeApplication" : "AutomaticDiscountApplication",
    index,
    allocationMethod: "ACROSS",
    targetSelection: "ALL",
    targetType: target,
    value:
      "percentage" in value
        ? { __typename: "PricingPercentageValue", percentage: Number(value.percentage) }
        : money(value.amount.presentment, order.currency),
    ...(kind === "code" ? { code: name } : { title: name }),
  };
}
