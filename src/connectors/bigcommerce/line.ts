import Big from "big.js";
import type { KeyValue, LineFacts } from "../../domain/order.js";
import { type Quantity, roundQuantity } from "../../domain/quantity.js";
import type { Native } from "../../domain/snapshot.js";
import { minus, sum } from "../amount.js";
import { UNTOLD_LINE } from "../line.js";
import { type Amounts, isNothing } from "./amount.js";
import { type ProductPayload, productsOf } from "./payload.js";
import { type OrderRecords, untoldOf } from "./record.js";

/** The order's gift wrapping, all of it: the API gives it no id. */
export const WRAPPING = "wrapping";

/** Fees count by themselves, so their ids would clash with those of products. */
export function feeLineId(feeId: string): string {
  return `fee-${feeId}`;
}

/** The products; then fees and gift wrapping, each a line of one piece that needs no shipping, so that the lines add up. */
export function linesOf(
  { order, shipments }: Pick<OrderRecords, "order" | "shipments">,
  amounts: Amounts,
  shop: { gramsPerUnit: string | null },
): Native<LineFacts>[] {
  const shown = (net: string, gross: string) =>
    amounts.bag(order.is_tax_inclusive_pricing ? gross : net);
  const extra = (
    nativeId: string,
    name: string,
    cost: { net: string; gross: string; tax: string },
  ) => ({
    ...UNTOLD_LINE,
    nativeId,
    name,
    ordered: 1,
    unitPrice: shown(cost.net, cost.gross),
    discounts: amounts.bag("0"),
    tax: amounts.bag(cost.tax),
    total: amounts.bag(cost.gross),
  });
  const wrapping = {
    net: order.wrapping_cost_ex_tax,
    gross: order.wrapping_cost_inc_tax,
    tax: order.wrapping_cost_tax,
  };
  return [
    ...productsOf(order).map((product) => ({
      ...productLine(product, amounts, shown, shop.gramsPerUnit),
      fulfilled: untoldOf(product, shipments),
    })),
    ...order.fees.map((fee) =>
      extra(feeLineId(fee.id), fee.display_name_customer ?? fee.display_name_merchant ?? "Fee", {
        net: fee.cost_ex_tax ?? fee.cost_exc_tax ?? minus(fee.cost_inc_tax, fee.cost_tax),
        gross: fee.cost_inc_tax,
        tax: fee.cost_tax,
      }),
    ),
    ...(isNothing(wrapping.gross) ? [] : [extra(WRAPPING, "Gift wrapping", wrapping)]),
  ];
}

function productLine(
  product: ProductPayload,
  amounts: Amounts,
  shown: (net: string, gross: string) => LineFacts["unitPrice"],
  gramsPerUnit: string | null,
): Native<LineFacts> {
  const discount = sum(product.applied_discounts.map((it) => it.amount));
  const variants = product.product_options.filter(isChoice);
  return {
    ...UNTOLD_LINE,
    nativeId: product.id,
    name: product.name,
    sku: product.sku,
    barcode: product.upc,
    variantTitle: variants.map((it) => it.display_value).join(" / ") || null,
    requiresShipping: product.type === "physical",
    weightGrams: weightOf(product.weight, gramsPerUnit),
    ordered: product.quantity,
    unitPrice: shown(product.price_ex_tax, product.price_inc_tax),
    discounts: amounts.bag(discount),
    tax: amounts.bag(product.total_tax),
    total: amounts.bag(product.discounted_total_inc_tax ?? minus(product.total_inc_tax, discount)),
    properties: propertiesOf(product),
    externalProductId: product.product_id,
    externalVariantId: product.variant_id,
    parentLineId: product.parent_order_product_id,
  };
}

type Option = ProductPayload["product_options"][number];

/** Options of which each value is a variant; the others are what the customer wrote or chose besides. */
function isChoice({ type, display_value }: Option): boolean {
  return (type === "Multiple choice" || type === "Swatch") && display_value !== null;
}

function propertiesOf(product: ProductPayload): KeyValue[] {
  const pairs: [string | null, string | null][] = [
    ...product.product_options.map((it): [string | null, string | null] => [
      it.display_name,
      it.display_value,
    ]),
    ...product.configurable_fields.map((it): [string | null, string | null] => [it.name, it.value]),
    ["Gift wrapping", product.wrapping_name],
    ["Gift message", product.wrapping_message],
  ];
  return pairs.flatMap(([key, value]) => (key && value ? [{ key, value }] : []));
}

/** Weights stand in the store's own unit. */
function weightOf(weight: string, gramsPerUnit: string | null): Quantity | null {
  if (gramsPerUnit === null || isNothing(weight)) return null;
  return roundQuantity(Big(weight).times(gramsPerUnit).toNumber());
}
