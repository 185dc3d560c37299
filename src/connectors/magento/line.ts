import Big from "big.js";
import type { LineFacts } from "../../domain/order.js";
import { roundQuantity } from "../../domain/quantity.js";
import type { Native } from "../../domain/snapshot.js";
import { type Amount, bagger, both, isNothing, less, NOTHING, plus } from "./amount.js";
import type { ItemPayload, OrderPayload } from "./payload.js";
import type { Shop } from "./shop.js";

/**
 * The lines of an order, from its rows. A configurable product is two rows, of which the child's counters lie (measured):
 * the parent is the line and the child only tells the variant. A bundle and its parts are lines of their own.
 */
export function linesOf(order: OrderPayload, shop: Shop): Native<LineFacts>[] {
  const rows = new Map(order.items.map((row) => [row.item_id, row]));
  const partsOf = (row: ItemPayload) =>
    order.items.filter((it) => it.parent_item_id === row.item_id);
  return order.items
    .filter((row) => !isVariant(row, rows))
    .map((row) => {
      const parent = row.parent_item_id ? rows.get(row.parent_item_id) : undefined;
      const siblings = parent ? partsOf(parent) : [];
      return {
        ...factsOf(row, partsOf(row), order, shop),
        parentLineId: parent?.item_id ?? null,
        requiresShipping: isUnitOfShipping(row, parent, parent ? siblings : partsOf(row)),
      };
    });
}

/**
 * The rows that money is given back for: all lines but bundles that cost what their parts cost. To be asked by row id.
 */
export function isRefunded(order: OrderPayload): (rowId: string) => boolean {
  const rows = new Map(order.items.map((row) => [row.item_id, row]));
  return (rowId) => {
    const row = rows.get(rowId);
    if (!row || isVariant(row, rows)) return false;
    const parts = order.items.filter((it) => it.parent_item_id === rowId);
    return row.product_type === CONFIGURABLE || !isPricedByParts(parts);
  };
}

/** The line that a row belongs to: a variant's is its configurable product's, any other its own. */
export function lineIdsOf(order: OrderPayload): (rowId: string) => string {
  const rows = new Map(order.items.map((row) => [row.item_id, row]));
  return (rowId) => {
    const row = rows.get(rowId);
    return row?.parent_item_id && isVariant(row, rows) ? row.parent_item_id : rowId;
  };
}

/** What a row comes to, without tax and after its discount; Magento states discounts before it took their tax off. */
export function netOf(row: ItemPayload): Amount {
  return less(both(row, "row_total"), discountOf(row));
}

function factsOf(
  row: ItemPayload,
  parts: readonly ItemPayload[],
  order: OrderPayload,
  shop: Shop,
): Omit<Native<LineFacts>, "parentLineId" | "requiresShipping"> {
  const bag = bagger(order);
  const isConfigurable = row.product_type === CONFIGURABLE;
  const variant = isConfigurable ? parts[0] : undefined;
  // A bundle priced by its parts repeats their sum, which would count twice.
  const priced = isConfigurable || !isPricedByParts(parts);
  const own = (amount: Amount) => bag(priced ? amount : NOTHING);
  const tax = plus(both(row, "tax_amount"), fixedTaxOf(row));
  return {
    nativeId: row.item_id,
    name: row.name ?? row.sku ?? "",
    sku: row.sku,
    barcode: null,
    variantTitle: variant ? variantTitle(row, variant) : null,
    imageUrl: null,
    weightGrams: gramsOf(row, shop),
    ordered: row.qty_ordered,
    canceled: Math.max(0, row.qty_canceled),
    fulfilled: null,
    unitPrice: own(both(row, "price")),
    discounts: own(discountOf(row)),
    tax: own(tax),
    total: own(plus(netOf(row), tax)),
    properties: [],
    externalProductId: row.product_id ?? null,
    externalVariantId: variant?.product_id ?? null,
  };
}

export const CONFIGURABLE = "configurable";

function isPricedByParts(parts: readonly ItemPayload[]): boolean {
  return parts.some((part) => !isNothing(both(part, "row_total")));
}

function isVariant(row: ItemPayload, rows: ReadonlyMap<string, ItemPayload>): boolean {
  const parent = row.parent_item_id ? rows.get(row.parent_item_id) : undefined;
  return parent?.product_type === CONFIGURABLE;
}

/**
 * Whether a row leaves by itself. Virtual goods never do. A bundle leaves as a whole unless its parts were seen to leave
 * alone ("Ship Bundle Items: Separately"), which no field of an order says beforehand.
 */
function isUnitOfShipping(
  row: ItemPayload,
  parent: ItemPayload | undefined,
  parts: readonly ItemPayload[],
): boolean {
  if (row.is_virtual) return false;
  if (parts.length === 0 || row.product_type === CONFIGURABLE) return true;
  const whole = parent ?? row;
  const apart = whole.qty_shipped === 0 && parts.some((part) => part.qty_shipped > 0);
  return apart === (parent !== undefined);
}

function discountOf(row: ItemPayload): Amount {
  return less(both(row, "discount_amount"), both(row, "discount_tax_compensation_amount"));
}

/** Fixed product taxes (recycling fees), which Magento counts apart from other tax. */
function fixedTaxOf(row: ItemPayload): Amount {
  return { base: row.base_weee_tax_applied_row_amnt, order: row.weee_tax_applied_row_amount };
}

/** "Red" of "Tee" and "Tee Red"; names that have nothing in common are shown whole. */
function variantTitle(parent: ItemPayload, variant: ItemPayload): string | null {
  const name = variant.name?.trim() ?? "";
  const prefix = parent.name?.trim() ?? "";
  const title = name.startsWith(prefix)
    ? name.slice(prefix.length).replace(/^[\s\-–,/:]+/, "")
    : name;
  return title || null;
}

const GRAMS: Readonly<Record<string, string>> = { lbs: "453.59237", kgs: "1000" };

/** Weight of one piece. Magento writes 0 where nobody entered any. */
function gramsOf(row: ItemPayload, shop: Shop): number | null {
  const unit = GRAMS[shop.weightUnit ?? ""];
  if (unit === undefined || row.weight == null || Number(row.weight) === 0) return null;
  return roundQuantity(Big(row.weight).times(unit).toNumber());
}
