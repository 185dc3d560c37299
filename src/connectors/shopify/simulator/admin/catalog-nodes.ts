import { goodOf, priceIn } from "../../../simulator/catalog.js";
import { gid, type Shop, shopCurrency } from "../shop/shop.js";
import type { Product, Variant } from "../shop/state.js";
import type { Node } from "./nodes.js";

export const productNode = ({ id, title, handle }: Product): Node => ({
  __typename: "Product",
  id: gid("Product", id),
  legacyResourceId: id,
  title,
  handle,
  status: "ACTIVE",
});

/** Prices here are the Money scalar: always with the currency's decimals, unlike `MoneyV2.amount`. */
export function variantNode(shop: Shop, variant: Variant): Node {
  const product = shop.product(variant.productId);
  return {
    __typename: "ProductVariant",
    id: gid("ProductVariant", variant.id),
    legacyResourceId: variant.id,
    sku: variant.sku,
    barcode: null,
    title: variant.title,
    displayName: `${product?.title} - ${variant.title}`,
    price: priceIn(shopCurrency, goodOf(variant.sku)),
    compareAtPrice: null,
    inventoryQuantity: variant.available,
    updatedAt: variant.updatedAt,
    product: () => product && productNode(product),
    inventoryItem: {
      __typename: "InventoryItem",
      id: gid("InventoryItem", variant.inventoryItemId),
      legacyResourceId: variant.inventoryItemId,
      sku: variant.sku,
      tracked: variant.requiresShipping,
      requiresShipping: variant.requiresShipping,
    },
  };
}
