import { moveStock } from "../store/paying.js";
import { type Product, products } from "../store/products.js";
import type { Store } from "../store/store.js";
import { invalidData, Problem } from "./errors.js";
import { pageV3 } from "./page.js";
import { fieldsOf, type Route, type RouteAnswer, type RouteCall, scopes } from "./route.js";
import { location } from "./store-routes.js";

const { readInventory, writeInventory, readLocations } = scopes;

/** Stock by item, and its adjustments. */
export const inventoryRoutes: readonly Route[] = [
  { method: "GET", path: "/v3/inventory/items", scopes: readInventory, run: items },
  {
    method: "GET",
    path: "/v3/inventory/locations/{location_id}/items",
    scopes: [...readInventory, ...readLocations],
    run: itemsAt,
  },
  {
    method: "PUT",
    path: "/v3/inventory/adjustments/absolute",
    scopes: writeInventory,
    run: (call) => adjust(call, (_now, quantity) => quantity),
  },
  {
    method: "POST",
    path: "/v3/inventory/adjustments/relative",
    scopes: writeInventory,
    run: (call) => adjust(call, (now, quantity) => now + quantity),
  },
];

const mostItems = 2_000;

function items({ store, query }: RouteCall): RouteAnswer {
  return pageV3(wanted(query), query, {
    most: 1_000,
    show: (product) => ({
      identity: { ...identity(product), sku_id: product.skuId },
      locations: [
        {
          location_id: location.id,
          location_code: location.code,
          location_name: location.label,
          ...levels(store, product),
          location_enabled: location.enabled,
          settings,
        },
      ],
    }),
  });
}

function itemsAt({ store, query, params }: RouteCall): RouteAnswer {
  if (params.location_id !== location.id)
    throw new Problem(404, `Location with id ${params.location_id} was not found.`);
  return pageV3(wanted(query), query, {
    most: 1_000,
    show: (product) => ({ identity: identity(product), ...levels(store, product), settings }),
  });
}

const settings = {
  safety_stock: 0,
  is_in_stock: true,
  warning_level: 0,
  bin_picking_number: "",
};

function wanted(query: URLSearchParams): Product[] {
  const keys: [name: string, read: (product: Product) => string][] = [
    ["sku:in", ({ good }) => good.sku],
    ["variant_id:in", ({ variantId }) => String(variantId)],
    ["product_id:in", ({ productId }) => String(productId)],
  ];
  return products.filter(
    (product) =>
      !product.good.digital &&
      keys.every(([name, read]) => query.get(name)?.split(",").includes(read(product)) ?? true),
  );
}

const identity = ({ good, variantId, productId }: Product) => ({
  sku: good.sku,
  variant_id: variantId,
  product_id: productId,
});

function levels({ data }: Store, { variantId }: Product) {
  const onHand = data.stock[variantId] ?? 0;
  return { available_to_sell: onHand, total_inventory_onhand: onHand };
}

/** All or nothing: one item that cannot be adjusted refuses the whole batch. */
function adjust(
  { store, body }: RouteCall,
  next: (now: number, quantity: number) => number,
): RouteAnswer {
  const given = fieldsOf(body).items;
  if (!Array.isArray(given) || given.length === 0)
    throw invalidData({ items: "error.path.missing" });
  if (given.length > mostItems)
    throw new Problem(413, `The payload must not have more than ${mostItems} items.`);
  const moves = given.map((each: unknown) => {
    const { location_id, quantity, ...key } = fieldsOf(each);
    if (location_id !== location.id)
      throw new Problem(422, `[Location with id ${String(location_id)} not found]`);
    if (!Number.isInteger(quantity)) throw invalidData({ quantity: "error.expected.jsnumber" });
    const product = tracked(key);
    const now = store.data.stock[product.variantId] ?? 0;
    return { sku: product.good.sku, by: next(now, Number(quantity)) - now };
  });
  for (const { sku, by } of moves) moveStock(store, sku, by, "hand");
  return { body: { transaction_id: store.random.text(32) } };
}

/** The item that a key names; products with variants are tracked by variant alone. */
function tracked(key: Record<string, unknown>): Product {
  const product = products.find(
    ({ good, variantId, productId }) =>
      !good.digital &&
      (good.sku === key.sku || variantId === key.variant_id || productId === key.product_id),
  );
  if (!product) throw new Problem(422, `[Item with ${JSON.stringify(key)} not found]`);
  if (product.good.variant && key.product_id !== undefined) {
    throw new Problem(
      422,
      `[Item with product_id ${String(key.product_id)} is tracked by variant, please update stock by variant id]`,
    );
  }
  return product;
}
