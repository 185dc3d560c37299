import { amountIn } from "./amount.js";
import type { Parameters } from "./input.js";
import {
  salableQuantity,
  saveSourceItems,
  sources,
  stocks,
  viewSource,
  viewSourceItem,
  viewStockItem,
} from "./inventory.js";
import type { Route } from "./router.js";
import { criteriaOf, found } from "./search.js";
import type { SourceItem } from "./state.js";

const itemsParameters: Parameters = {
  required: ["source_items"],
  shape: {
    source_items: {
      type: "\\Magento\\InventoryApi\\Api\\Data\\SourceItemInterface",
      list: {
        sku: "string",
        source_code: "string",
        quantity: "float",
        status: "int",
        extension_attributes: {},
      },
    },
  },
};

/** Multi-source inventory, and the older stock items that know the default source only. */
export const inventoryRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/inventory/sources",
    resource: "Magento_InventoryApi::source",
    run: ({ site, query }) =>
      found(site, criteriaOf(site, { searchCriteria: "", ...query }), {
        rows: sources,
        columns: ["source_code", "name", "enabled", "country_id", "postcode"],
        row: (source) => ({ ...source, enabled: 1 }),
        view: viewSource,
      }),
  },
  {
    method: "GET",
    path: "/inventory/stocks",
    resource: "Magento_InventoryApi::stock",
    run: ({ site, query }) =>
      found(site, criteriaOf(site, { searchCriteria: "", ...query }), {
        rows: stocks,
        columns: ["stock_id", "name"],
        row: ({ stock_id, name }) => ({ stock_id, name }),
        view: (stock) => stock,
      }),
  },
  {
    method: "GET",
    path: "/inventory/source-items",
    resource: "Magento_InventoryApi::source",
    run: ({ site, query }) =>
      found(site, criteriaOf(site, query), {
        rows: site.data.sourceItems,
        columns: ["source_item_id", "sku", "source_code", "quantity", "status"],
        row: viewSourceItem,
        view: viewSourceItem,
      }),
  },
  {
    method: "POST",
    path: "/inventory/source-items",
    resource: "Magento_InventoryApi::stock_source_item_assign",
    parameters: itemsParameters,
    service: "magento.inventoryapi.api.sourceitemssaveinterface.execute",
    run: ({ site, given }) => {
      const items = given.source_items as { sku: string; source_code: string; quantity: number }[];
      saveSourceItems(
        site,
        items.map(
          (item): SourceItem => ({
            status: 1,
            ...item,
            quantity: amountIn(String(item.quantity)),
          }),
        ),
      );
      return [];
    },
  },
  {
    method: "GET",
    path: "/inventory/get-product-salable-quantity/:sku/:stockId",
    resource: "Magento_InventoryApi::stock",
    run: ({ site, path, id }) => salableQuantity(site, path.sku ?? "", id("stockId")),
  },
  {
    method: "GET",
    path: "/inventory/is-product-salable/:sku/:stockId",
    resource: "Magento_InventoryApi::stock",
    run: ({ site, path, id }) => salableQuantity(site, path.sku ?? "", id("stockId")) > 0,
  },
  {
    method: "GET",
    path: "/stockItems/:sku",
    resource: "Magento_CatalogInventory::cataloginventory",
    run: ({ site, path }) => viewStockItem(site, path.sku ?? ""),
  },
];
