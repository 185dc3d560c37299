import { parseJson } from "../../../src/connectors/json.js";
import { orderPayload } from "../../../src/connectors/magento/payload.js";

export type Fields = Record<string, unknown>;

/** A row of an order as Magento sends it: one mug at 12.50. */
export function row(itemId: number, fields: Fields = {}): Fields {
  return {
    item_id: itemId,
    product_id: 1,
    product_type: "simple",
    sku: "MUG-1",
    name: "Coffee Mug",
    is_virtual: 0,
    is_qty_decimal: 0,
    weight: 1,
    qty_ordered: 1,
    price: 12.5,
    base_price: 12.5,
    row_total: 12.5,
    base_row_total: 12.5,
    ...fields,
  };
}

/** An order as Magento sends it, read as the connector reads it. */
export function order(rows: readonly Fields[], fields: Fields = {}) {
  const body = {
    entity_id: 7,
    increment_id: "000000007",
    state: "processing",
    status: "processing",
    created_at: "2026-11-20 08:00:00",
    updated_at: "2026-11-20 09:00:00",
    base_currency_code: "USD",
    order_currency_code: "USD",
    items: rows,
    ...fields,
  };
  return orderPayload.parse(parseJson(JSON.stringify(body)));
}
