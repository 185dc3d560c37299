import { type Good, goodOf, goods } from "../../simulator/catalog.js";
import { one } from "./amount.js";
import type { Item } from "./state.js";

/** A product as order rows refer to it. */
export interface Product {
  id: number;
  sku: string;
  name: string;
  type: Item["productType"];
  /** Base price in ten-thousandths; of a configurable, 0. */
  price: number;
  weight: number;
  isQtyDecimal: boolean;
  /** The configurable a variant belongs to. */
  configurable: Product | null;
  /** Attribute option ids by attribute id, of a variant. */
  options: { option_id: string; option_value: number }[];
  bundle: Bundle | null;
}
export interface Bundle {
  shipSeparately: boolean;
  priceByChildren: boolean;
  parts: { sku: string; quantity: number }[];
}

const optionValues = ["Navy", "Moss", "S", "M", "L"];
const attributes = { Color: "93", Size: "144" } as const;

/** What the site sells besides the common goods: by weight, and in bundles. */
const own: readonly (Omit<Product, "id" | "options" | "configurable"> & {
  type: Item["productType"];
})[] = [
  {
    sku: "TEA-LOOSE",
    name: "Mountain Spring Tea, loose, by the kilogram",
    type: "simple",
    price: 98_0000,
    weight: one,
    isQtyDecimal: true,
    bundle: null,
  },
  {
    sku: "DESK-SET",
    name: "Desk Set",
    type: "bundle",
    price: 100_0000,
    weight: 0,
    isQtyDecimal: false,
    bundle: {
      shipSeparately: false,
      priceByChildren: false,
      parts: [
        { sku: "LAMP-1", quantity: 1 },
        { sku: "NOTE-A5", quantity: 2 },
      ],
    },
  },
  {
    sku: "TEA-SET",
    name: "Tea Set",
    type: "bundle",
    price: 0,
    weight: 0,
    isQtyDecimal: false,
    bundle: {
      shipSeparately: true,
      priceByChildren: true,
      parts: [
        { sku: "MUG-01", quantity: 2 },
        { sku: "TEA-100", quantity: 1 },
      ],
    },
  },
];

/** Everything the site sells; a configurable comes before its variants. */
export const products: readonly Product[] = numbered();
const bySku = new Map(products.map((product) => [product.sku, product]));

/** The product with this SKU; a RangeError that lists the common goods where there is none. */
export function productOf(sku: string): Product {
  const product = bySku.get(sku);
  if (product) return product;
  goodOf(sku);
  throw new RangeError(`the shop does not sell "${sku}"`);
}

export function findProduct(sku: string): Product | undefined {
  return bySku.get(sku);
}

function numbered(): Product[] {
  const list: Product[] = [];
  const add = (product: Omit<Product, "id">): Product => {
    const added = { id: list.length + 1, ...product };
    list.push(added);
    return added;
  };
  for (const good of goods) {
    const { variant } = good;
    const parent =
      variant && (list.find(({ sku }) => sku === variant.of) ?? add(configurable(good)));
    add({ ...simple(good), configurable: parent ?? null, options: optionsOf(good) });
  }
  for (const product of own) add({ ...product, configurable: null, options: [] });
  return list;
}

function simple({
  sku,
  name,
  priceCents,
  weightGrams,
  digital,
  variant,
}: Good): Omit<Product, "id"> {
  const options = Object.values(variant?.options ?? {});
  return {
    sku,
    name: options.length > 0 ? `${name}-${options.join("-")}` : name,
    type: digital ? (sku.startsWith("ALBUM") ? "downloadable" : "virtual") : "simple",
    price: priceCents * 100,
    weight: weightGrams * 10,
    isQtyDecimal: false,
    configurable: null,
    options: [],
    bundle: null,
  };
}

function configurable(good: Good): Omit<Product, "id"> {
  const { variant, name } = good;
  return { ...simple(good), sku: variant?.of ?? good.sku, name, type: "configurable", price: 0 };
}

function optionsOf({ variant }: Good): Product["options"] {
  return Object.entries(variant?.options ?? {}).map(([label, value]) => ({
    option_id: attributes[label as keyof typeof attributes] ?? "200",
    option_value: optionValues.indexOf(value) + 4,
  }));
}
