import { type Good, goods, priceIn } from "../../simulator/catalog.js";
import { decimalsOf, share, toMinor } from "../../simulator/money.js";

/** A product or variation as order lines refer to it. */
export interface Product {
  /** Product id; for a variation its parent's. */
  productId: number;
  /** 0 for a product without variations. */
  variationId: number;
  sku: string;
  name: string;
  /** Name of the variable product; null for a simple one. */
  parentName: string | null;
  options: Readonly<Record<string, string>>;
  /** Virtual and downloadable. */
  digital: boolean;
  good: Good;
}

/** The catalog as this site numbers it; a product's variations follow it. */
export const products: readonly Product[] = numbered();

/** The product of a line, undefined where the site does not know it. */
export function productOf(line: { productId: number; variationId: number }): Product | undefined {
  return products.find(
    ({ productId, variationId }) =>
      productId === line.productId && variationId === line.variationId,
  );
}

/** Price before tax in cents of the currency: with two decimals whatever the currency has. */
export function priceCents(product: Product, currency: string): number {
  const decimals = decimalsOf[currency] ?? 2;
  return share(toMinor(priceIn(currency, product.good), decimals), 100, 10 ** decimals);
}

/** The id under which stock is counted. */
export function stockId({
  productId,
  variationId,
}: {
  productId: number;
  variationId: number;
}): number {
  return variationId || productId;
}

function numbered(): Product[] {
  const parents = new Map<string, number>();
  let last = 10;
  return goods.map((good) => {
    const { sku, name, variant, digital = false } = good;
    if (!variant) {
      last += 1;
      return {
        productId: last,
        variationId: 0,
        sku,
        name,
        parentName: null,
        options: {},
        digital,
        good,
      };
    }
    if (!parents.has(variant.of)) {
      last += 1;
      parents.set(variant.of, last);
    }
    last += 1;
    return {
      productId: parents.get(variant.of) ?? 0,
      variationId: last,
      sku,
      name: `${name} - ${Object.values(variant.options).join(", ")}`,
      parentName: name,
      options: variant.options,
      digital,
      good,
    };
  });
}
