import { one, shown } from "./amount.js";
import { ApiError } from "./errors.js";
import { findProduct, products } from "./products.js";
import type { Site } from "./site.js";
import type { SourceItem } from "./state.js";

interface Source {
  source_code: string;
  name: string;
  country_id: string;
  postcode: string;
}

/** The default source exists in every shop; this one's website sells from the two warehouses. */
export const sources: readonly Source[] = [
  { source_code: "default", name: "Default Source", country_id: "US", postcode: "00000" },
  { source_code: "wh2", name: "Warehouse 2", country_id: "US", postcode: "10001" },
  { source_code: "wh3", name: "Warehouse 3", country_id: "DE", postcode: "10115" },
];

/** Stocks: the default one, which may only have the default source, and the website's. */
export const stocks = [
  { stock_id: 1, name: "Default Stock", extension_attributes: { sales_channels: [] } },
  {
    stock_id: 2,
    name: "Web Stock",
    extension_attributes: { sales_channels: [{ type: "website", code: "base" }] },
  },
] as const;
const sourcesOfStock: Readonly<Record<number, readonly string[]>> = {
  1: ["default"],
  2: ["wh3", "wh2"],
};

/** Every stocked good is in every source of a fresh shop, but warehouse 3 has few. */
export function stockUp(site: Site): void {
  const amounts: readonly (readonly [string, number])[] = [
    ["default", 5_000],
    ["wh2", 5_000],
    ["wh3", 400],
  ];
  for (const { sku, type } of products) {
    if (type !== "simple") continue;
    for (const [source_code, units] of amounts)
      site.data.sourceItems.push({ sku, source_code, quantity: units * one, status: 1 });
  }
}

/** A source as the API shows it. */
export function viewSource(source: Source): Record<string, unknown> {
  const { source_code, name, country_id, postcode } = source;
  return {
    source_code,
    name,
    enabled: true,
    description: name,
    latitude: 0,
    longitude: 0,
    country_id,
    postcode,
    use_default_carrier_config: true,
    carrier_links: [],
    extension_attributes: { is_pickup_location_active: false, frontend_name: "" },
  };
}

export function viewSourceItem({ sku, source_code, quantity, status }: SourceItem) {
  return { sku, source_code, quantity: shown(quantity), status };
}

/** Writes absolute quantities. A SKU that nobody sells is taken; a source that nobody has is not (measured). */
export function saveSourceItems(site: Site, given: readonly SourceItem[]): void {
  const isKnown = ({ source_code }: SourceItem): boolean =>
    sources.some((source) => source.source_code === source_code);
  if (!given.every(isKnown)) throw new ApiError(400, "Could not save Source Item");
  for (const item of given) {
    const known = site.data.sourceItems.find(
      ({ sku, source_code }) => sku === item.sku && source_code === item.source_code,
    );
    if (known) Object.assign(known, item);
    else site.data.sourceItems.push(item);
  }
  site.changed();
}

/** What may still be sold: the sources of the stock, less what open orders hold. */
export function salableQuantity({ data }: Site, sku: string, stockId: number): number {
  const codes = sourcesOfStock[stockId] ?? [];
  const held = data.sourceItems
    .filter((item) => item.sku === sku && codes.includes(item.source_code))
    .reduce((total, { quantity }) => total + quantity, 0);
  return shown(held - (stockId === 2 ? (data.reserved[sku] ?? 0) : 0));
}

/** GET /V1/stockItems/:sku, which knows the default source only. */
export function viewStockItem({ data }: Site, sku: string): Record<string, unknown> {
  const product = findProduct(sku);
  if (!product) throw new ApiError(404, 'The Product with the "%1" SKU doesn\'t exist.', [sku]);
  const stock = data.sourceItems.find((item) => item.sku === sku && item.source_code === "default");
  return {
    item_id: product.id,
    product_id: product.id,
    stock_id: 1,
    qty: shown(stock?.quantity ?? 0),
    is_in_stock: true,
    is_qty_decimal: product.isQtyDecimal,
    show_default_notification_message: false,
    use_config_min_qty: true,
    min_qty: 0,
    use_config_min_sale_qty: 1,
    min_sale_qty: 1,
    use_config_max_sale_qty: true,
    max_sale_qty: 10000,
    use_config_backorders: true,
    backorders: 0,
    use_config_notify_stock_qty: true,
    notify_stock_qty: 1,
    use_config_qty_increments: true,
    qty_increments: 0,
    use_config_enable_qty_inc: true,
    enable_qty_increments: false,
    use_config_manage_stock: true,
    manage_stock: true,
    low_stock_date: null,
    is_decimal_divided: false,
    stock_status_changed_auto: 0,
  };
}
