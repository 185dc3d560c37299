import { type Good, goods, people } from "../../../simulator/catalog.js";
import { addressOf } from "./address.js";
import { type Shop, seconds } from "./shop.js";
import type { Customer, Location, Product, ShopData, Variant } from "./state.js";

/** A shop before its first day. */
export const emptyShop = (): ShopData => ({
  given: {},
  lastOrderNumber: 1000,
  installed: true,
  tokens: [],
  orders: [],
  customers: [],
  products: [],
  locations: [],
  subscriptions: [],
  jobs: [],
  kept: [],
});

/** Goods that lie in the warehouse; everything else is in the store. */
const inWarehouse = new Set(["HOODIE-M", "HOODIE-L", "LAMP-1", "CANDLE-1", "BOTTLE-75", "TEA-100"]);

/** Where the shop is; the first is the store. */
const places = [
  {
    name: "Main Street Store",
    address1: "1 Main Street",
    city: "New York",
    provinceCode: "NY",
    province: "New York",
    zip: "10098",
  },
  {
    name: "Harbor Warehouse",
    address1: "40 Pier Road",
    city: "Oakland",
    provinceCode: "CA",
    province: "California",
    zip: "94198",
  },
] as const;

/** Furnishes an empty shop: two locations, the goods, and its registered customers. */
export function furnish(shop: Shop, openedAt: Date): void {
  const at = seconds(openedAt);
  shop.data.locations = places.map((place) => locationOf(shop, place));
  const [store = "", warehouse = ""] = shop.data.locations.map(({ id }) => id);
  for (const variants of families()) {
    shop.data.products.push(
      productOf(shop, variants, at, (sku) => (inWarehouse.has(sku) ? warehouse : store)),
    );
  }
  for (const person of people) {
    const customer: Customer = {
      id: shop.mint("Customer"),
      createdAt: at,
      firstName: person.firstName,
      lastName: person.lastName,
      email: person.email,
      phone: person.phone,
      address: addressOf(person),
    };
    shop.data.customers.push(customer);
  }
}

function families(): Good[][] {
  const byStem = new Map<string, Good[]>();
  for (const good of goods) {
    const stem = good.variant?.of ?? good.sku;
    byStem.set(stem, [...(byStem.get(stem) ?? []), good]);
  }
  return [...byStem.values()];
}

function productOf(
  shop: Shop,
  variants: Good[],
  at: string,
  placeOf: (sku: string) => string,
): Product {
  const productId = shop.mint("Product");
  const title = variants[0]?.name ?? "";
  const handle = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return {
    id: productId,
    title,
    handle,
    variants: variants.map(
      (good): Variant => ({
        id: shop.mint("ProductVariant"),
        productId,
        inventoryItemId: shop.mint("InventoryItem"),
        sku: good.sku,
        title: good.variant ? Object.values(good.variant.options).join(" / ") : "Default Title",
        grams: good.weightGrams,
        requiresShipping: !good.digital,
        locationId: placeOf(good.sku),
        available: 2_000,
        updatedAt: at,
      }),
    ),
  };
}

function locationOf(shop: Shop, { name, ...place }: (typeof places)[number]): Location {
  return {
    id: shop.mint("Location"),
    name,
    address: {
      firstName: null,
      lastName: null,
      company: null,
      address2: null,
      country: "United States",
      countryCode: "US",
      phone: "+1 212 555 0100",
      ...place,
    },
  };
}
