import { type Good, goods } from "../../../simulator/catalog.js";

/** A good as the store's catalog has it: every good is a variant, alone or with others, of a product. */
export interface Product {
  good: Good;
  productId: number;
  variantId: number;
  /** The catalog v2's id of the SKU; null for the base variant of a product without options. */
  skuId: number | null;
}

const stems = [...new Set(goods.map(({ sku, variant }) => variant?.of ?? sku))];
const optionNames = [
  ...new Set(goods.flatMap(({ variant }) => Object.keys(variant?.options ?? {}))),
];
const optionValues = [
  ...new Set(goods.flatMap(({ variant }) => Object.values(variant?.options ?? {}))),
];

export const products: readonly Product[] = goods.map((good, index) => ({
  good,
  productId: 111 + stems.indexOf(good.variant?.of ?? good.sku),
  variantId: 361 + index,
  skuId: good.variant ? 461 + index : null,
}));

/** The product with this SKU; throws with the list of those there are. */
export function productOf(sku: string): Product {
  const product = products.find(({ good }) => good.sku === sku);
  if (product) return product;
  const known = goods.map((each) => each.sku).join(", ");
  throw new RangeError(`the store does not sell "${sku}"; it sells ${known}`);
}

/** Ids of an option and of its chosen value. */
export const optionIds = (name: string, value: string): { optionId: number; valueId: string } => ({
  optionId: 18 + optionNames.indexOf(name),
  valueId: String(101 + optionValues.indexOf(value)),
});
