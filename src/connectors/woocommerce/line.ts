import type { KeyValue, LineFacts } from "../../domain/order.js";
import type { Native } from "../../domain/snapshot.js";
import { minus, sum } from "../amount.js";
import { UNTOLD_LINE } from "../line.js";
import { type Amounts, amountsOf, perUnit } from "./amount.js";
import { isSet, type LineItem, type Meta, type OrderPayload } from "./payload.js";
import type { Shop } from "./shop.js";

/** Goods, then fees: a fee is a line of one piece without a product that needs no shipping, so that the lines add up. */
export function linesOf(order: OrderPayload, shop: Shop): Native<LineFacts>[] {
  const amounts = amountsOf(order);
  const goods = order.line_items.map((item) => goodsLine(item, order, shop, amounts));
  const fees = order.fee_lines.map((fee) => ({
    ...UNTOLD_LINE,
    nativeId: fee.id,
    name: fee.name ?? "",
    ordered: 1,
    unitPrice: amounts.shown(fee.total, fee.total_tax),
    discounts: amounts.bag("0"),
    tax: amounts.bag(fee.total_tax),
    total: amounts.bag(sum([fee.total, fee.total_tax])),
    properties: visibleMeta(fee.meta_data),
  }));
  return [...goods, ...fees];
}

function goodsLine(
  item: LineItem,
  order: OrderPayload,
  shop: Shop,
  amounts: Amounts,
): Native<LineFacts> {
  const isVariation = isSet(item.variation_id);
  const before = amounts.shown(item.subtotal, item.subtotal_tax);
  return {
    ...UNTOLD_LINE,
    nativeId: item.id,
    name: isVariation ? (item.parent_name ?? item.name) : item.name,
    sku: item.sku,
    barcode: item.global_unique_id,
    variantTitle: isVariation ? variantTitle(item) : null,
    imageUrl: item.image?.src ?? null,
    requiresShipping: requiresShipping(item, order, shop),
    ordered: Math.max(0, item.quantity),
    unitPrice: amounts.bag(perUnit(before.shop.amount, item.quantity)),
    discounts: amounts.shown(
      minus(item.subtotal, item.total),
      minus(item.subtotal_tax, item.total_tax),
    ),
    tax: amounts.bag(item.total_tax),
    total: amounts.bag(sum([item.total, item.total_tax])),
    properties: visibleMeta(item.meta_data),
    externalProductId: isSet(item.product_id) ? item.product_id : null,
    externalVariantId: isVariation ? (item.variation_id ?? null) : null,
  };
}

/**
 * An order says of no line whether it is shipped. Goods are, unless the order needs no processing (then everything
 * in it is virtual and downloadable) or the probe saw that their product is virtual.
 */
function requiresShipping(item: LineItem, order: OrderPayload, shop: Shop): boolean {
  if (order.needs_processing === false) return false;
  const ids = [item.variation_id, item.product_id].filter(isSet);
  return !ids.some((productId) => shop.virtualProductIds.has(productId));
}

/** "M" of "Logo Tee - M"; from three attributes on WooCommerce leaves the name alone, then they are listed. */
function variantTitle(item: LineItem): string | null {
  const prefix = `${item.parent_name} - `;
  if (item.parent_name && item.name.startsWith(prefix)) return item.name.slice(prefix.length);
  const values = visibleMeta(item.meta_data).map(({ value }) => value);
  return values.length > 0 ? values.join(" / ") : null;
}

/** Meta entries that are shown to people: their keys have no underscore in front, their values are plain. */
export function visibleMeta(entries: readonly Meta[]): KeyValue[] {
  return entries
    .filter(({ key }) => !key.startsWith("_"))
    .flatMap(({ key, value, display_key, display_value }) => {
      const shown = plain(display_value) ?? plain(value);
      return shown === null ? [] : [{ key: plain(display_key) ?? key, value: shown }];
    });
}

function plain(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}
