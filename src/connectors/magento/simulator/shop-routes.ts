import { viewCountry } from "./addresses.js";
import { shown } from "./amount.js";
import { viewBulk } from "./bulk.js";
import { ApiError } from "./errors.js";
import { modulesOf } from "./modules.js";
import { findProduct, type Product, products } from "./products.js";
import type { Route } from "./router.js";
import { criteriaOf, found } from "./search.js";
import { currencies, storeConfigs, storeViews, websites } from "./stores.js";

/** What tells about the shop: stores, currencies, modules, products and queued work. */
export const shopRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/store/storeConfigs",
    resource: "Magento_Backend::store",
    run: ({ site }) => storeConfigs(site),
  },
  {
    method: "GET",
    path: "/store/storeViews",
    resource: "Magento_Backend::store",
    run: () => storeViews(),
  },
  {
    method: "GET",
    path: "/store/websites",
    resource: "Magento_Backend::store",
    run: () => websites,
  },
  {
    method: "GET",
    path: "/directory/currency",
    resource: "anonymous",
    run: () => currencies(),
  },
  {
    method: "GET",
    path: "/directory/countries/:id",
    resource: "anonymous",
    run: ({ path }) => viewCountry(path.id ?? ""),
  },
  {
    method: "GET",
    path: "/modules",
    resource: "Magento_Backend::all",
    run: ({ site }) => modulesOf(site.edition),
  },
  {
    // No administrator of this shop may sign in here.
    method: "POST",
    path: "/integration/admin/token",
    resource: "anonymous",
    parameters: {
      required: ["username", "password"],
      shape: { username: "string", password: "string" },
    },
    run: () => {
      throw new ApiError(
        401,
        "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later.",
      );
    },
  },
  {
    method: "GET",
    path: "/products",
    resource: "Magento_Catalog::products",
    run: ({ site, query }) =>
      found(site, criteriaOf(site, query), {
        rows: products,
        columns: ["entity_id", "sku", "type_id", "name", "price", "created_at", "updated_at"],
        row: (product) => ({ ...viewProduct(product), entity_id: product.id }),
        view: viewProduct,
      }),
  },
  {
    method: "GET",
    path: "/products/:sku",
    resource: "Magento_Catalog::products",
    run: ({ path }) => {
      const product = findProduct(path.sku ?? "");
      if (product) return viewProduct(product);
      const message =
        "The product that was requested doesn't exist. Verify the product and try again.";
      throw new ApiError(404, message);
    },
  },
  ...(["status", "detailed-status"] as const).map(
    (name): Route => ({
      method: "GET",
      path: `/bulk/:uuid/${name}`,
      resource: "Magento_Logging::system_magento_logging_bulk_operations",
      run: ({ site, path }) => viewBulk(site, path.uuid ?? "", name === "detailed-status"),
    }),
  ),
];

/** The part of a product that an order's reader may need; only here does a bundle say how it ships. */
function viewProduct({ id, sku, name, type, price, weight, bundle }: Product) {
  return {
    id,
    sku,
    name,
    attribute_set_id: 4,
    price: shown(price),
    status: 1,
    visibility: 4,
    type_id: type,
    created_at: "2026-01-05 08:00:00",
    updated_at: "2026-01-05 08:00:00",
    weight: shown(weight),
    extension_attributes: { website_ids: [1] },
    options: [],
    media_gallery_entries: [],
    custom_attributes: bundle
      ? [
          { attribute_code: "price_type", value: bundle.priceByChildren ? "0" : "1" },
          { attribute_code: "shipment_type", value: bundle.shipSeparately ? "1" : "0" },
        ]
      : [],
  };
}
