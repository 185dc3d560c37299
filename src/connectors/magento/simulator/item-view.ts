import { shown } from "./amount.js";
import { dbTime } from "./clock.js";
import { arranged, itemColumns } from "./columns.js";
import { isPricedElsewhere, parentOf } from "./order.js";
import type { Amounts, Item, Order, Pair } from "./state.js";

type Row = Record<string, unknown>;

/** Each amount under its name and, in base currency, under its base_ twin. */
export function bothCurrencies(
  amounts: Readonly<Amounts<string>>,
  baseNames: Readonly<Record<string, string>> = {},
): Row {
  const row: Row = {};
  for (const [name, pair] of Object.entries(amounts)) {
    if (!pair) continue;
    row[baseNames[name] ?? `base_${name}`] = shown(pair.base);
    row[name] = shown(pair.order);
  }
  return row;
}

/**
 * A row as every order shows it. The child of a configurable has its parent within, and fewer columns: it
 * was never priced.
 */
export function viewItem(order: Order, item: Item): Row {
  const parent = parentOf(order, item);
  const row = arranged(itemColumns, columnsOf(order, item));
  if (!parent) return withOption(row, item);
  return {
    ...row,
    parent_item: viewItem(order, parent),
    ...(isPricedElsewhere(order, item) && { row_total_incl_tax: 0, base_row_total_incl_tax: 0 }),
    ...withOption({}, item),
  };
}

function withOption(row: Row, { productOption }: Item): Row {
  return productOption ? { ...row, product_option: productOption } : row;
}

/** Columns of one row, as the database has them: what is null is undefined. */
export function columnsOf(order: Order, item: Item): Row {
  const isBare = item.parentId !== null && isPricedElsewhere(order, item);
  const wasCanceled = order.state === "canceled" && item.canceled > 0;
  return {
    ...bothCurrencies(amountsOf(item, isBare)),
    ...(isBare && { base_original_price: undefined }),
    created_at: dbTime(item.createdAt),
    discount_percent: shown(item.discountPercent),
    applied_rule_ids: order.coupon ? "1" : undefined,
    free_shipping: 0,
    discount_tax_compensation_canceled: wasCanceled ? 0 : undefined,
    is_qty_decimal: Number(item.isQtyDecimal),
    is_virtual: Number(item.isVirtual),
    item_id: item.id,
    name: item.name,
    no_discount: 0,
    order_id: order.id,
    parent_item_id: item.parentId ?? undefined,
    product_id: item.productId,
    product_type: item.productType,
    qty_canceled: shown(item.canceled),
    qty_invoiced: shown(item.invoiced),
    qty_ordered: shown(item.ordered),
    qty_refunded: shown(item.refunded),
    qty_shipped: shown(item.shipped),
    quote_item_id: item.id,
    row_weight: isBare ? 0 : shown(rowWeight(item)),
    sku: item.sku,
    store_id: order.storeId,
    tax_canceled: wasCanceled ? 0 : undefined,
    tax_percent: shown(item.taxPercent),
    updated_at: dbTime(item.updatedAt),
    weee_tax_applied: item.invoiced > 0 && !isBare ? "[]" : undefined,
    weight: shown(item.weight),
  };
}

/** Weight of a row, in ten-thousandths. */
export function rowWeight({ weight, ordered, isVirtual }: Item): number {
  return isVirtual ? 0 : Math.round((weight * ordered) / 10_000);
}

function amountsOf({ amounts }: Item, isBare: boolean): Record<string, Pair | undefined> {
  if (!isBare) return amounts;
  return {
    ...amounts,
    discount_tax_compensation_amount: undefined,
    price_incl_tax: undefined,
    row_total_incl_tax: undefined,
  };
}
