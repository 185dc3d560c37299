import { gmtTime, siteTime } from "./clock.js";
import { money } from "./items.js";
import { type Product, priceCents, products, stockId } from "./products.js";
import type { Site } from "./site.js";

const path = "/wc/v3/products";
const writable = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** The catalog is as old as the site's first order may be. */
export function madeAt(site: Site): number {
  return Math.min(site.now(), ...Object.values(site.data.orders).map(({ createdAt }) => createdAt));
}

/** A product as GET /wc/v3/products/<id> shows it; its variations by their ids. */
export function viewProduct(site: Site, id: number): Record<string, unknown> {
  const own = products.filter(({ productId }) => productId === id);
  const [first] = own as [Product];
  const isVariable = first.variationId !== 0;
  const name = first.parentName ?? first.name;
  const price = money(priceCents(first, "USD"));
  const stock = isVariable ? undefined : site.data.stock[stockId(first)];
  const slug = slugOf(name);
  return {
    id,
    name,
    slug,
    permalink: `${site.url}/product/${slug}/`,
    ...dates(site),
    type: isVariable ? "variable" : "simple",
    status: "publish",
    featured: false,
    catalog_visibility: "visible",
    description: "",
    short_description: "",
    sku: isVariable ? (first.good.variant?.of ?? "") : first.sku,
    price,
    regular_price: isVariable ? "" : price,
    ...noSale,
    purchasable: true,
    total_sales: 0,
    ...download(first),
    external_url: "",
    button_text: "",
    tax_status: "taxable",
    tax_class: "",
    manage_stock: stock !== undefined,
    stock_quantity: stock ?? null,
    backorders: "no",
    backorders_allowed: false,
    backordered: false,
    low_stock_amount: null,
    sold_individually: false,
    weight: isVariable ? "" : weightOf(first),
    dimensions: { length: "", width: "", height: "" },
    shipping_required: !first.digital,
    shipping_taxable: !first.digital,
    shipping_class: "",
    shipping_class_id: 0,
    reviews_allowed: true,
    average_rating: "0.00",
    rating_count: 0,
    upsell_ids: [],
    cross_sell_ids: [],
    parent_id: 0,
    purchase_note: "",
    categories: [{ id: 15, name: "Uncategorized", slug: "uncategorized" }],
    brands: [],
    tags: [],
    images: [],
    attributes: isVariable ? attributesOf(own) : [],
    default_attributes: [],
    variations: isVariable ? own.map(({ variationId }) => variationId) : [],
    grouped_products: [],
    menu_order: 0,
    price_html: `<span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">&#36;</span>${price}</bdi></span>`,
    related_ids: [],
    meta_data: [],
    stock_status: "instock",
    has_options: isVariable,
    post_password: "",
    global_unique_id: "",
    _links: linksOf(`${site.url}/wp-json${path}`, id),
  };
}

/** A variation as its product's list shows it. */
export function viewVariation(site: Site, product: Product): Record<string, unknown> {
  const { productId, variationId, sku, options } = product;
  const price = money(priceCents(product, "USD"));
  const stock = site.data.stock[stockId(product)];
  const parent = `${site.url}/wp-json${path}/${productId}`;
  const query = Object.entries(options).map(
    ([name, value]) => `attribute_${slugOf(name)}=${encodeURIComponent(value)}`,
  );
  return {
    id: variationId,
    type: "variation",
    ...dates(site),
    description: "",
    permalink: `${site.url}/product/${slugOf(product.parentName ?? "")}/?${query.join("&")}`,
    sku,
    global_unique_id: "",
    price,
    regular_price: price,
    ...noSale,
    status: "publish",
    purchasable: true,
    ...download(product),
    tax_status: "taxable",
    tax_class: "",
    manage_stock: stock !== undefined,
    stock_quantity: stock ?? null,
    stock_status: "instock",
    backorders: "no",
    backorders_allowed: false,
    backordered: false,
    low_stock_amount: null,
    weight: weightOf(product),
    dimensions: { length: "", width: "", height: "" },
    shipping_class: "",
    shipping_class_id: 0,
    image: null,
    attributes: Object.entries(options).map(([name, option]) => ({
      id: 0,
      name,
      slug: slugOf(name),
      option,
    })),
    menu_order: 0,
    meta_data: [],
    name: Object.values(options).join(", "),
    parent_id: productId,
    _links: { ...linksOf(`${parent}/variations`, variationId), up: [{ href: parent }] },
  };
}

function attributesOf(own: readonly Product[]): Record<string, unknown>[] {
  const names = Object.keys(own[0]?.options ?? {});
  return names.map((name, position) => ({
    id: 0,
    name,
    slug: slugOf(name),
    position,
    visible: true,
    variation: true,
    options: [...new Set(own.map(({ options }) => options[name] ?? ""))],
  }));
}

const noSale = {
  sale_price: "",
  date_on_sale_from: null,
  date_on_sale_from_gmt: null,
  date_on_sale_to: null,
  date_on_sale_to_gmt: null,
  on_sale: false,
};

function download({ digital }: Product): Record<string, unknown> {
  return {
    virtual: digital,
    downloadable: digital,
    downloads: [],
    download_limit: -1,
    download_expiry: -1,
  };
}

function dates(site: Site): Record<string, string> {
  const at = madeAt(site);
  return {
    date_created: siteTime(at),
    date_created_gmt: gmtTime(at),
    date_modified: siteTime(at),
    date_modified_gmt: gmtTime(at),
  };
}

/** In kilograms, as the recorded shop weighs. */
function weightOf({ good }: Product): string {
  return good.digital ? "" : String(good.weightGrams / 1000);
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function linksOf(collection: string, id: number): Record<string, unknown> {
  return {
    self: [{ href: `${collection}/${id}`, targetHints: { allow: writable } }],
    collection: [{ href: collection }],
  };
}
