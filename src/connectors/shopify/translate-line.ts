import { subtractBags } from "../../domain/money.js";
import type { KeyValue, LineFacts } from "../../domain/order.js";
import { roundQuantity, sumQuantities } from "../../domain/quantity.js";
import type { Native } from "../../domain/snapshot.js";
import { bag, sumBags } from "./bag.js";
import type { AttributeFragment, LineFragment, RefundFragment } from "./payload.js";

/** Every line of an order; refunds tell which of the missing units were refunded and not edited away. */
export function translateLines(
  lines: LineFragment[],
  refunds: RefundFragment[],
): Native<LineFacts>[] {
  return lines.map((line) => translateLine(line, refundedOf(line, refunds)));
}

/** Attributes as pairs; one without a value has an empty one. */
export function keyValues(attributes: AttributeFragment[]): KeyValue[] {
  return attributes.map(({ key, value }) => ({ key, value: value ?? "" }));
}

/**
 * `quantity` counts every unit ever ordered, `currentQuantity` those neither edited away nor refunded. Refunded
 * units stand in the refunds, those of restock type CANCEL marked `cancels`; only what no refund accounts for
 * was edited away. An edit that leaves a refund record behind is thereby counted once as well.
 */
function translateLine(line: LineFragment, refunded: number): Native<LineFacts> {
  const total = bag(line.originalTotalSet);
  const discounts = sumBags(
    line.discountAllocations.map((each) => each.allocatedAmountSet),
    total,
  );
  return {
    nativeId: line.id,
    name: line.title,
    sku: line.sku,
    barcode: line.variant?.barcode ?? null,
    variantTitle: line.variantTitle,
    imageUrl: line.image?.url ?? null,
    requiresShipping: line.requiresShipping,
    weightGrams: line.weight && grams(line.weight),
    ordered: line.quantity,
    canceled: Math.max(0, line.quantity - line.currentQuantity - refunded),
    fulfilled: null,
    unitPrice: bag(line.originalUnitPriceSet),
    discounts,
    tax: sumBags(
      line.taxLines.map((each) => each.priceSet),
      total,
    ),
    total: subtractBags(total, discounts),
    properties: keyValues(line.customAttributes),
    externalProductId: line.product?.id ?? null,
    externalVariantId: line.variant?.id ?? null,
    parentLineId: null,
  };
}

/** WeightUnit in grams. */
const GRAMS: Readonly<Record<string, number>> = {
  GRAMS: 1,
  KILOGRAMS: 1_000,
  OUNCES: 28.349_523_125,
  POUNDS: 453.592_37,
};

function grams({ unit, value }: { unit: string; value: number }): number | null {
  const factor = GRAMS[unit];
  return factor === undefined ? null : roundQuantity(value * factor);
}

function refundedOf(line: LineFragment, refunds: RefundFragment[]): number {
  const rows = refunds.flatMap((refund) => refund.refundLineItems.nodes);
  return sumQuantities(
    rows.filter((row) => row.lineItem.id === line.id).map((row) => row.quantity),
  );
}
