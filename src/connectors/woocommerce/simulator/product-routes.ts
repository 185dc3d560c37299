import { collectionParameters, filtered, paged } from "./collections.js";
import { invalidId } from "./errors.js";
import { madeAt, viewProduct, viewVariation } from "./product-view.js";
import { type Product, products } from "./products.js";
import { type Route, type RouteCall, readable } from "./router.js";
import type { Site } from "./site.js";

const path = "/wc/v3/products";

/** What is for sale, to be read; nobody changes it here. */
export const productRoutes: readonly Route[] = [
  {
    methods: readable,
    path,
    guard: "list",
    parameters: {
      ...collectionParameters,
      sku: { type: "string" },
      virtual: { type: "boolean" },
      orderby: { type: "string", enum: ["date", "id", "title"], default: "date" },
    },
    run: (call) => {
      const { virtual, sku } = call.args;
      const skus = typeof sku === "string" ? sku.split(",") : null;
      const wanted = listed(call.site).filter(
        (row) =>
          (virtual === undefined || row.view.virtual === virtual) &&
          (skus === null || skus.includes(String(row.view.sku))),
      );
      return paged(call, path, filtered(wanted, call), ({ view }) => view);
    },
  },
  {
    methods: readable,
    path: `${path}/(?P<id>[\\d]+)`,
    guard: "view",
    run: ({ site, args }) => ({ body: find(site, Number(args.id)) }),
  },
  {
    methods: readable,
    path: `${path}/(?P<product_id>[\\d]+)/variations`,
    guard: "list",
    parameters: collectionParameters,
    run: (call) => {
      const parent = Number(call.args.product_id);
      find(call.site, parent);
      return pageOfVariations(
        call,
        `${path}/${parent}/variations`,
        (it) => it.productId === parent,
      );
    },
  },
];

/** Variations of all products, a route that came after 9.9.5. */
export const variationRoutes: readonly Route[] = [
  {
    methods: readable,
    path: "/wc/v3/variations",
    guard: "list",
    parameters: collectionParameters,
    run: (call) => {
      const { body, ...answer } = pageOfVariations(call, "/wc/v3/variations", () => true);
      return { ...answer, body: (body as Record<string, unknown>[]).map(withoutHints) };
    },
  },
];

function pageOfVariations(call: RouteCall, at: string, fits: (product: Product) => boolean) {
  const rows = products
    .filter((product) => product.variationId !== 0 && fits(product))
    .map((product) => ({ id: product.variationId, createdAt: madeAt(call.site), product }));
  return paged(call, at, filtered(rows, call), ({ product }) => viewVariation(call.site, product));
}

/** In the list of all a variation's own link says nothing of what may be done with it (recorded). */
function withoutHints(view: Record<string, unknown>): Record<string, unknown> {
  const { self, ...links } = view._links as { self: { href: string }[] };
  return { ...view, _links: { self: self.map(({ href }) => ({ href })), ...links } };
}

interface Row {
  id: number;
  createdAt: number;
  view: Record<string, unknown>;
}

function listed(site: Site): Row[] {
  const ids = [...new Set(products.map(({ productId }) => productId))];
  return ids.map((id) => ({ id, createdAt: madeAt(site), view: viewProduct(site, id) }));
}

function find(site: Site, id: number): Record<string, unknown> {
  const row = listed(site).find((each) => each.id === id);
  if (!row) throw invalidId("product", 404);
  return row.view;
}
